"""What is linked, as the lines of a chronicle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from dateline.edtf import sort_key
from dateline.link.sentences import clip, points_back, sentence_around, sentence_before
from dateline.read.units import SPANS_OF_TIME
from dateline.records import Entry, EventRow, FigureRow, Linked, Pin, Span, StatementRow, Telling, content_id

_SHORT = 70  # words that a line of two sentences may have


def entries(linked: Linked, tellings: Sequence[Telling]) -> list[Entry]:
    """All lines in order: by date, the undated last, an imprecise date before the precise ones that begin with it.

    A line is one sentence of a report, word for word, and stands for all the events that it tells of one date, with every report
    that tells them. Its first pin is that sentence; the others are the sentences of the other tellings.
    """
    texts = {telling.report: telling for telling in tellings}
    grouped: dict[str, list[EventRow]] = defaultdict(list)
    for row in linked.events:
        grouped[row.entry or row.id].append(row)
    about = _About(linked)
    found = [_entry(id_, rows, texts, about) for id_, rows in grouped.items()]
    return sorted(found, key=lambda entry: (sort_key(entry.date), entry.pins[0].report, entry.pins[0].start, entry.id))


class _About:
    """Statements, figures, disputes and commitments by where their words stand."""

    def __init__(self, linked: Linked) -> None:
        self.statements: dict[str, list[StatementRow]] = defaultdict(list)
        self.figures: dict[str, list[FigureRow]] = defaultdict(list)
        for statement in linked.statements:
            self.statements[statement.report].append(statement)
        for figure in linked.figures:
            if _counts_something(figure):
                self.figures[figure.report].append(figure)
        self.disputes: dict[str, list[str]] = defaultdict(list)
        self.sides: dict[str, list[tuple[str, Pin]]] = defaultdict(list)
        for dispute in linked.disputes:
            for id_ in (*dispute.statements, *dispute.figures):
                self.disputes[id_].append(dispute.id)
            for side in dispute.sides:
                self.sides[side.report].append((dispute.id, side.pin))
        self.commitments = {commitment.event: commitment.id for commitment in linked.commitments}


def _counts_something(figure: FigureRow) -> bool:
    """Whether a figure is worth its place under a line: not how long or how old something is, nor a number of nothing."""
    if figure.unit == "-":
        return figure.of != figure.pin.text
    return figure.unit not in SPANS_OF_TIME and not figure.unit.endswith(" of age")


def _entry(id_: str, rows: Sequence[EventRow], texts: dict[str, Telling], about: _About) -> Entry:
    lead = next((row for row in rows if content_id("e", row.id) == id_), rows[0])
    rows = [lead, *(row for row in rows if row is not lead)]
    pins = _sentences(rows, texts)
    statements = [s.id for pin in pins for s in about.statements[pin.report] if any(_over(pin, p) for p in s.pins)]
    figures = [f.id for pin in pins for f in about.figures[pin.report] if _over(pin, f.pin)]
    disputes = [d for key in (*statements, *figures) for d in about.disputes[key]]
    disputes += [d for pin in pins for d, side in about.sides[pin.report] if _over(pin, side)]
    return Entry(
        id=id_,
        date=lead.date,
        date_basis=lead.date_basis,
        text=clip(pins[0].text),
        place=lead.place or next((row.place for row in rows if row.place), None),
        actors=list(dict.fromkeys(name for row in rows for name in (*row.actors, *row.recipients))),
        status=lead.status,
        background=all(row.background for row in rows),
        reports=list(dict.fromkeys(pin.report for pin in pins)),
        origins=sorted({texts[pin.report].origin for pin in pins}),
        pins=pins,
        statements=list(dict.fromkeys(statements)),
        figures=list(dict.fromkeys(figures)),
        disputes=list(dict.fromkeys(disputes)),
        commitment=next((about.commitments[row.id] for row in rows if row.id in about.commitments), None),
        reviewed=lead.reviewed,
    )


def _sentences(rows: Sequence[EventRow], texts: dict[str, Telling]) -> list[Pin]:
    """The sentences that tell the events, the line's own first; what follows it in the text and points back to it goes on in it."""
    found: dict[tuple[str, int], Pin] = {}
    for row in rows:
        for pin in row.pins:
            telling = texts[pin.report]
            sentence = sentence_around(telling.text, telling.parts, pin.start, pin.end)
            span = _understandable(telling, sentence)
            key = (pin.report, span.start)
            if key not in found or span.end > found[key].end:
                found[key] = Pin(report=pin.report, version=pin.version, start=span.start, end=span.end, text=span.text)
    return list(found.values())


def _understandable(telling: Telling, sentence: Span) -> Span:
    """A sentence with the one before it in its paragraph, where it points back ("He declined to name them.") and both are short."""
    earlier = sentence_before(telling.text, telling.parts, sentence) if points_back(sentence.text) else None
    return sentence if earlier is None else _joined(telling, earlier, sentence)


def _joined(telling: Telling, first: Span, second: Span) -> Span:
    """Two sentences in one, the second alone where that would be long."""
    text = telling.text[first.start : second.end]
    return Span(start=first.start, end=second.end, text=text) if len(text.split()) <= _SHORT else second


def _over(one: Pin, other: Pin) -> bool:
    return one.report == other.report and one.start < other.end and other.start < one.end
