"""Timelines of one entity across articles (SemEval-2015 Task 4, track A): raw texts and a name in, ordered events out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks.harness import DATA, Row, rows, score, write
from dateline.capture.layout import layout
from dateline.chronicle.entries import entries
from dateline.chronicle.question import Question, select
from dateline.edtf import bounds, sort_key
from dateline.link.linker import link
from dateline.link.names import plain
from dateline.read.reader import read
from dateline.records import Entry, EventRow, Linked, Pin, StatementRow, Telling

FOLDER = DATA / "timelines"
_AUXILIARIES = frozenset(
    {"has", "have", "had", "is", "was", "were", "are", "be", "been", "being", "will", "would", "to", "not"}
)


def telling(document: Row) -> Telling:
    """A document of the set as a report of its own."""
    text = document["text"]
    parts = layout(text)
    reading = read(
        text, published=document["dct"], title=document["title"], parts=parts, language="en", id=document["id"]
    )
    return Telling(
        report=document["id"], version=document["id"], title=document["title"], published=document["dct"], publisher=document["source"],
        origin=document["source"], text=text, parts=parts, reading=reading,
    )  # fmt: skip


def timeline(entity: str, lines: Sequence[Entry], linked: Linked, told: Sequence[Telling]) -> list[dict[str, Any]]:
    """The events of the lines about an entity and what it said, numbered by date; what has no date gets 0.

    The set dates the news of an article by the article where it says nothing else, and so does this.
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
    order = {date: n for n, date in enumerate(dates, 1)}
    return [
        {"order": order.get(_date(edtf) or "", 0), "date": _date(edtf) or "XXXX-XX-XX", "events": list(_mentions(pins))}
        for edtf, pins in sorted(found, key=lambda event: sort_key(event[0]))
    ]


def _cues(linked: Linked, told: Sequence[Telling]) -> Iterable[tuple[StatementRow, Pin]]:
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
    """A date as the set writes it: a day, a month or a year; None for what is none of them."""
    covered = bounds(edtf)
    bare = (edtf or "").rstrip("~?%")
    return bare if covered and "/" not in bare and "X" not in bare and len(bare) in (4, 7, 10) else None


def _mentions(pins: Iterable[Pin]) -> Iterable[dict[str, Any]]:
    """The set marks one word an event: the trigger's first that is no auxiliary."""
    for pin in pins:
        start = pin.start
        for word in pin.text.split():
            at = pin.text.index(word, start - pin.start) + pin.start
            start = at + len(word)
            if word.lower() not in _AUXILIARIES:
                yield {"doc": pin.report, "start": at, "end": start, "text": word}
                break


def run() -> dict[str, Any]:
    """Predict the timelines of the apple corpus from raw text and score them."""
    told = [telling(document) for document in rows(FOLDER / "docs_apple.jsonl.gz")]
    linked = link(told)
    lines = entries(linked, told)
    gold = FOLDER / "gold_apple.jsonl.gz"
    predicted = write(
        "timelines", ({"id": row["id"], "entries": timeline(row["entity"], lines, linked, told)} for row in rows(gold))
    )
    return score("timelines", gold, predicted)
