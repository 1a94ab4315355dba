"""One thing to be looked at: its words in their surroundings, its fields, and what persons decided on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.archive.subjects import KINDS, Subjects, mark
from dateline.errors import ArchiveError
from dateline.link.names import plain
from dateline.records import Actor, Commitment, Decision, Dispute, Pin, Report, ReviewKind
from dateline.review.decide import kept
from dateline.review.fields import Fields, row_fields, spans

_AROUND = 500  # characters shown before and after the words of a reading


@dataclass(frozen=True)
class Sight:
    """One thing to be looked at: what it is, its words in their surroundings, its fields, and who decided on it.

    ``text`` is a stretch of the report, ``marked`` the words in it (offsets into ``text``). ``fields`` are what stands, None where
    it is rejected; ``reader`` what the reader finds, where that is something else. ``more`` are other reports that tell the same.
    """

    id: str
    kind: ReviewKind
    report: str
    version: str
    title: str | None
    published: str | None
    text: str
    marked: list[tuple[int, int]]
    pin: Pin
    fields: Fields | None
    reader: Fields | None
    decisions: list[Decision]
    notes: list[Decision]
    more: list[Pin] = field(default_factory=list)


def sight(subjects: Subjects, id: str, every: Sequence[Decision]) -> Sight:
    """What an id stands for, in its surroundings, with what was decided on it.

    Raises:
        ArchiveError: the archive has no such thing.
    """
    with subjects.store.snapshot():
        row = subjects.row(id)
        if isinstance(row, Commitment | Dispute | Actor):
            return _row_sight(subjects, id, row, every)
        found = subjects.under(id, row)
    first = found[0]
    now = first.now or first.reader or kept(first)
    places = spans(first.kind, now) if now else [(first.start, first.end)]
    marks = {(first.kind, s.report.current.id, s.start, s.end) for s in found}
    on = [one for one in every if any(mark(one, part) in marks for part in one.parts)]
    return _sight(
        id,
        first.kind,
        first.report,
        places,
        first.now,
        first.reader if first.reader != first.now else None,
        on,
        [_pin(s.report, s.start, s.end, text=s.report.current.text) for s in found[1:]],
    )


def _row_sight(subjects: Subjects, id: str, row: Commitment | Dispute | Actor, every: Sequence[Decision]) -> Sight:
    kind = KINDS[type(row)]
    if isinstance(row, Actor):
        report, start, end = subjects.mention(row)
        pins = [_pin(report, start, end, report.current.text)]
        shown: Fields = {"name": row.name, "kind": row.kind, "names": [n.name for n in row.names]}
        on = [
            one
            for one in every
            if one.kind == "actor"
            and any(plain(str((part.was or {}).get("name"))) == plain(row.name) for part in one.parts)
        ]
    else:
        pins = [row.pin] if isinstance(row, Commitment) else [side.pin for side in row.sides]
        found = subjects.report(pins[0].report)
        if found is None:
            raise ArchiveError(id, "its report is not in the archive")
        report = found
        shown = row_fields(kind, row)
        marks = {(kind, pin.version, pin.start, pin.end) for pin in pins}
        on = [one for one in every if any(mark(one, part) in marks for part in one.parts)]
    return _sight(id, kind, report, [(pins[0].start, pins[0].end)], shown, None, on, pins[1:])


def _sight(
    id: str,
    kind: ReviewKind,
    report: Report,
    places: Sequence[tuple[int, int]],
    now: Fields | None,
    reader: Fields | None,
    on: Sequence[Decision],
    more: list[Pin],
) -> Sight:
    text = report.current.text
    start, end = min(s for s, _ in places), max(e for _, e in places)
    low, high = _paragraph(text, start, end)
    return Sight(
        id=id,
        kind=kind,
        report=report.id,
        version=report.current.id,
        title=report.title,
        published=report.published,
        text=text[low:high],
        marked=[(s - low, e - low) for s, e in places],
        pin=_pin(report, start, end, text),
        fields=now,
        reader=reader,
        decisions=[one for one in on if one.verdict != "note"],
        notes=[one for one in on if one.verdict == "note"],
        more=more,
    )


def _pin(report: Report, start: int, end: int, text: str) -> Pin:
    return Pin(report=report.id, version=report.current.id, start=start, end=end, text=text[start:end])


def _paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    """The paragraph around some words, with those beside it where it is short, at most so much on either side."""
    low = text.rfind("\n\n", max(0, start - _AROUND), start)
    high = text.find("\n\n", end, end + _AROUND)
    low = max(0, start - _AROUND) if low < 0 else low + 2
    high = min(len(text), end + _AROUND) if high < 0 else high
    return low, high
