"""The events of one entity over some documents, ordered by date: the shape that timeline tasks ask for (SemEval-2015 Task 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dateline.chronicle.question import Question, select
from dateline.edtf import bounds, sort_key
from dateline.link.names import plain
from dateline.records import Entry, EventRow, Linked, Pin, StatementRow, Telling

_AUXILIARIES = frozenset(
    {"has", "have", "had", "is", "was", "were", "are", "be", "been", "being", "will", "would", "to", "not"}
)


def timeline(entity: str, lines: Sequence[Entry], linked: Linked, told: Sequence[Telling]) -> list[dict[str, Any]]:
    """The events of the lines about an entity and what it said, numbered by date; what has no date gets 0.

    Args:
        entity: an actor under any of its names, or words.
        lines: the chronicle of the documents.
        linked: what the link step made of them.
        told: the documents.

    Returns:
        ``order`` (from 1; 0: not placed in time), ``date`` (``2008``, ``2008-05``, ``2008-05-12``, or ``XXXX-XX-XX``) and
        ``events``: document, start, end and words of each mention. News without a date of its own is dated by its article.
    """
    published = {telling.report: telling.published for telling in told}
    events: dict[str, list[EventRow]] = defaultdict(list)
    for row in linked.events:
        events[row.entry or row.id].append(row)
    found: list[tuple[str | None, list[Pin]]] = []
    for line in select(lines, linked, Question(about=entity)):
        for row in events[line.id]:
            fresh = row.status == "happened" and not row.background
            found.append((row.date or (published[row.pins[0].report] if fresh else None), row.pins))
    names = {actor.name for actor in linked.actors if any(plain(entity) == plain(name.name) for name in actor.names)}
    found += [(said.date, [cue]) for said, cue in _cues(linked, told) if said.speaker in names]
    dates = sorted({date for edtf, _ in found if (date := _date(edtf))}, key=sort_key)
    order = {date: number for number, date in enumerate(dates, 1)}
    return [
        {"order": order.get(_date(edtf) or "", 0), "date": _date(edtf) or "XXXX-XX-XX", "events": list(_mentions(pins))}
        for edtf, pins in sorted(found, key=lambda event: sort_key(event[0]))
    ]


def _cues(linked: Linked, told: Sequence[Telling]) -> Iterator[tuple[StatementRow, Pin]]:
    """Every statement with the word that reports it."""
    by_pin = {(row.report, row.pin.start, row.pin.end): row for row in linked.statements}
    for one in told:
        for statement in one.reading.statements:
            cue = statement.cue
            row = (
                by_pin.get((one.report, statement.content[0].start, statement.content[0].end))
                if statement.content
                else None
            )
            if row and cue:
                yield row, Pin(report=one.report, version=one.version, start=cue.start, end=cue.end, text=cue.text)


def _date(edtf: str | None) -> str | None:
    """A day, a month or a year as timelines write it; None for what is none of them."""
    covered = bounds(edtf)
    bare = (edtf or "").rstrip("~?%")
    return bare if covered and "/" not in bare and "X" not in bare and len(bare) in (4, 7, 10) else None


def _mentions(pins: Iterable[Pin]) -> Iterator[dict[str, Any]]:
    """One word an event: the trigger's first that is no auxiliary."""
    for pin in pins:
        start = pin.start
        for word in pin.text.split():
            at = pin.text.index(word, start - pin.start) + pin.start
            start = at + len(word)
            if word.lower() not in _AUXILIARIES:
                yield {"doc": pin.report, "start": at, "end": start, "text": word}
                break
