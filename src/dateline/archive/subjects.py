"""What an id stands for: a row of the lists, and the readings under it, in the reports that hold them."""

from __future__ import annotations

from typing import Any, cast

from dateline.archive import decisions as log
from dateline.archive.browse import ROWS, Ask, Shelves
from dateline.archive.store import Store
from dateline.errors import ArchiveError
from dateline.link.names import plain
from dateline.records import (
    Actor,
    Commitment,
    Decision,
    Dispute,
    Entry,
    EventRow,
    FigureRow,
    Judged,
    Record,
    Report,
    ReviewKind,
    StatementRow,
)
from dateline.review.decide import Desk, Subject
from dateline.review.fields import LISTS

KINDS: dict[type[Record], ReviewKind] = {
    StatementRow: "statement",
    FigureRow: "figure",
    EventRow: "event",
    Entry: "event",
    Commitment: "commitment",
    Dispute: "dispute",
    Actor: "actor",
}
"""What a decision on a row is about."""

Mention = tuple[Report, int, int]
"""A report, and where an actor's name stands in its current text."""


class Subjects:
    """What ids stand for in an archive. Safe to use from several threads."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.shelves = Shelves(store)

    def reading_of(self, report: Report) -> Desk | None:
        """A report's Reading with the decisions on it in force, whether it is linked yet or not; None where it is not read."""
        reading = self.store.readings([report.id]).get(report.id)
        if reading is None or not reading.read:
            return None
        return Desk(report, reading, log.decisions(self.store))

    def row(self, id: str) -> Record | None:
        """The row of an id; None for the address of a reading."""
        if ":" in id:
            return None
        found = self.store.one(id, ROWS)
        if found is None:
            raise ArchiveError(id, "the archive has nothing of that id (it may have gone with the last linking)")
        return found

    def report(self, id: str) -> Report | None:
        """A report with its texts."""
        return next(iter(self.store.reports([id])), None)

    def desk(self, report: str) -> Desk:
        """A report's Reading with the decisions on it.

        Raises:
            ArchiveError: there is no such report, or it is not read.
        """
        found = self.report(report)
        desk = self.reading_of(found) if found is not None else None
        if desk is None:
            raise ArchiveError(report, "there is no such report, or it is not read")
        return desk

    def under(self, id: str, row: Record | None) -> list[Subject]:
        """The readings that an id stands for, report by report."""
        if row is None:
            return [self._addressed(id)]
        if isinstance(row, StatementRow):
            wanted: list[tuple[ReviewKind, str, list[tuple[int, int]]]] = [
                ("statement", row.report, [(pin.start, pin.end) for pin in row.pins])
            ]
        elif isinstance(row, FigureRow):
            wanted = [("figure", row.report, [(row.pin.start, row.pin.end)])]
        else:
            events = [row] if isinstance(row, EventRow) else self._events_of(cast(Entry, row))
            pins = {(pin.report, pin.start, pin.end): None for event in events for pin in event.pins}
            wanted = [("event", report, [(start, end)]) for report, start, end in pins]
        desks: dict[str, Desk] = {}
        found = []
        for kind, report, places in wanted:
            desk = desks.setdefault(report, desks.get(report) or self.desk(report))
            if (subject := desk.subject(kind, places)) is not None:
                found.append(subject)
        if not found:
            raise ArchiveError(id, "its words are read otherwise by now: link the archive, or open it again")
        return found

    def _events_of(self, entry: Entry) -> list[EventRow]:
        ids = self.shelves.ids(Ask(noun="events", terms=(("entry", (entry.id,)),)))
        return cast(list[EventRow], self.shelves.rows("events", ids))

    def _addressed(self, address: str) -> Subject:
        kind, _, place = address.partition(":")
        report, _, offsets = place.partition("@")
        start, _, end = offsets.partition("-")
        if kind not in LISTS or not start.isdigit() or not end.isdigit():
            raise ArchiveError(address, f"is no address: write {' or '.join(LISTS)}, then :REPORT@START-END")
        subject = self.desk(report).at(cast(ReviewKind, kind), int(start), int(end))
        if subject is None:
            raise ArchiveError(address, f"no {kind} is read there")
        return subject

    def mention(
        self,
        actor: Actor,
        name: str | None = None,
        report: str | None = None,
        but: tuple[Report, int, int] | None = None,
    ) -> tuple[Report, int, int]:
        """A mention of an actor: by its own name if there is one, in a report that has it; of a name, or in a report, where given."""
        names = [name] if name else [actor.name, *(each.name for each in actor.names)]
        taken = (but[0].id, but[1]) if but else None
        for each in names:
            ids = [report] if report else self.store.search(each, 20)
            for held in self.store.reports(ids):
                reading = self.store.readings([held.id]).get(held.id)
                for local in reading.actors if reading else ():
                    called = plain(local.name) == plain(each)
                    for mention in local.mentions:
                        if (called or plain(mention.text) == plain(each)) and (held.id, mention.start) != taken:
                            return held, mention.start, mention.end
        raise ArchiveError(name or actor.id, "no report mentions it by that name")


def mark(one: Decision, part: Judged) -> tuple[object, ...]:
    """What tells whether a part of a decision is on a row (see `marks`)."""
    if one.kind == "actor":
        return ("actor", plain(str((part.was or {}).get("name"))))
    return (one.kind, part.anchor.version, part.anchor.start, part.anchor.end)


def marks(row: Any) -> list[tuple[object, ...]]:
    """What decisions on a row would be marked with."""
    kind = KINDS[type(row)]
    if isinstance(row, Actor):
        return [("actor", plain(row.name))]
    if isinstance(row, StatementRow):
        return [(kind, row.pin.version, min(p.start for p in row.pins), max(p.end for p in row.pins))]
    if isinstance(row, FigureRow | Commitment):
        return [(kind, row.pin.version, row.pin.start, row.pin.end)]
    pins = [side.pin for side in row.sides] if isinstance(row, Dispute) else row.pins
    return [(kind, pin.version, pin.start, pin.end) for pin in pins]
