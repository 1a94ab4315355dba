"""What persons decide on an archive's readings: made, undone, listed, queued, handed on.

Every method that decides appends and returns the decision; what is linked follows with the next `Archive.relink`.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

import msgspec

from dateline.archive import decisions as log
from dateline.archive.browse import ROWS, Ask, Noun, Shelves
from dateline.archive.store import Store
from dateline.errors import ArchiveError, ReadingError
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
    Pin,
    Record,
    Report,
    ReviewKind,
    StatementRow,
)
from dateline.review import exchange
from dateline.review.anchors import Whereabouts, shifted
from dateline.review.apply import Outcome
from dateline.review.decide import Desk, Subject, corrected, decision, judged, judged_actor, judged_row, value_of
from dateline.review.fields import FIELDS, LISTS, SPAN, Fields, row_fields, spans, where
from dateline.review.standing import alive

Choice = Literal["confirm", "correct", "reject"]

REVIEWABLE: tuple[Noun, ...] = ("entries", "events", "statements", "figures", "commitments", "disputes", "actors")
"""The lists whose rows can be gone through one by one."""

_KINDS: dict[type[Record], ReviewKind] = {
    StatementRow: "statement",
    FigureRow: "figure",
    EventRow: "event",
    Entry: "event",
    Commitment: "commitment",
    Dispute: "dispute",
    Actor: "actor",
}
_AROUND = 500  # characters shown before and after the words of a reading
_BATCH = 200


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


@dataclass(frozen=True)
class Queued:
    """A decision that a person should look at again: what became of it, and why."""

    decision: Decision
    outcomes: list[Outcome]

    @property
    def first(self) -> Outcome:
        """The outcome that is told: that of the first part that is not simply applied."""
        return next((one for one in self.outcomes if one.state != "applied"), self.outcomes[0])

    @property
    def words(self) -> str:
        """The words that were decided on."""
        return self.decision.parts[self.first.part].anchor.text


@dataclass(frozen=True)
class Imported:
    """What came of an import: how many decisions are new, how many were here already."""

    new: int
    known: int


class Reviews:
    """The decisions of an archive."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._shelves = Shelves(store)

    # ── deciding ──────────────────────────────────────────────────────────────────────────────────────────────────

    def decide(
        self, id: str, choice: Choice, changes: Mapping[str, Any] | None = None, *, by: str, why: str | None = None
    ) -> Decision:
        """Confirm, correct or reject what an id stands for.

        Args:
            id: a row's id (a line of the chronicle stands for all its events), or ``KIND:REPORT@START-END`` for any reading.
            choice: what the person says of it.
            changes: with "correct", fields and their new values (see `dateline.review.fields.FIELDS`).
            by, why: who decides, and the reason in their words.

        Raises:
            ArchiveError: the archive has no such thing.
            ReadingError: a change cannot be.
        """
        if (choice == "correct") != bool(changes):
            raise ReadingError(choice, "a correction needs what to correct, anything else needs none")
        with self._store.snapshot():
            kind, parts, supersedes = self._parts(id, choice, changes or {})
        if choice == "correct" and all(part.was == part.now for part in parts):
            choice = "confirm"
        return self._keep(decision(choice, kind, parts, by, why, supersedes))

    def _parts(self, id: str, choice: Choice, changes: Mapping[str, Any]) -> tuple[ReviewKind, list[Judged], list[str]]:
        row = self._row(id)
        if isinstance(row, Commitment | Dispute):
            kind = _KINDS[type(row)]
            parts = judged_row(row, self._report, changes, choice == "reject")
            return kind, parts, self._on(kind, parts)
        if isinstance(row, Actor):
            now = {name: value_of("actor", name, value, "", 0) for name, value in changes.items()}
            wanted = None if choice == "reject" else {"name": row.name, "kind": row.kind, **now}
            parts = [judged_actor(row, self._mention(row), wanted)]
            return "actor", parts, self._on("actor", parts)
        subjects = self._subjects(id, row)
        if len(subjects) > 1 and SPAN[subjects[0].kind] in changes:
            raise ReadingError(
                SPAN[subjects[0].kind], "several reports tell this: correct the words of one (event:REPORT@START-END)"
            )
        parts = []
        for subject in subjects:
            if choice == "reject":
                parts.append(judged(subject, None))
            elif choice == "correct":
                parts.append(judged(subject, corrected(subject, changes)))
            else:
                parts.append(judged(subject, subject.now or subject.reader or _kept(subject)))
        return subjects[0].kind, parts, [one for subject in subjects for one in subject.by]

    def note(self, id: str, words: str, *, by: str) -> Decision:
        """Write a note at what an id stands for. It changes nothing.

        Raises:
            ArchiveError: the archive has no such thing.
            ReadingError: the note is empty.
        """
        if not words.strip():
            raise ReadingError("note", "is empty")
        with self._store.snapshot():
            kind, parts, _ = self._parts(id, "confirm", {})
        return self._keep(decision("note", kind, parts, by, words))

    def merge(self, ids: Sequence[str], *, by: str, why: str | None = None) -> Decision:
        """Say that several actors are one, or several events: the first gives the name.

        Raises:
            ArchiveError: the archive has no such thing.
            ReadingError: there are fewer than two, or they are neither all actors nor all events.
        """
        with self._store.snapshot():
            rows = [self._row(id) for id in dict.fromkeys(ids)]
            if len(rows) < 2:
                raise ReadingError("merge", "needs two or more, all actors or all events")
            if all(isinstance(row, Actor) for row in rows):
                actors = cast(list[Actor], rows)
                parts = [judged_actor(actor, self._mention(actor), None) for actor in actors]
                return self._keep(decision("merge", "actor", parts, by, why))
            if not all(isinstance(row, EventRow | Entry) for row in rows):
                raise ReadingError("merge", "only actors can be merged with actors, and events with events")
            sides = [self._subjects(id, row) for id, row in zip(dict.fromkeys(ids), rows, strict=True)]
        parts = [judged(s, s.now) for subjects in sides for s in subjects]
        return self._keep(decision("merge", "event", parts, by, why))

    def split_actor(
        self, id: str, name: str, *, report: str | None = None, by: str, why: str | None = None
    ) -> Decision:
        """Say that who goes by a name is not an actor, everywhere or in one report.

        Raises:
            ArchiveError: the archive has no such actor.
            ReadingError: the actor does not go by that name, or by no other.
        """
        with self._store.snapshot():
            actor = self._row(id)
            if not isinstance(actor, Actor):
                raise ReadingError(id, "is no actor")
            known = next((each.name for each in actor.names if plain(each.name) == plain(name)), None)
            if known is None:
                names = ", ".join(each.name for each in actor.names)
                raise ReadingError(name, f"{actor.name} does not go by that name; the names are {names}")
            if report is None and len(actor.names) < 2:
                raise ReadingError(name, "it is the actor's only name: say in which report another is meant")
            away = self._mention(actor, known, report)
            rest = msgspec.structs.replace(actor, names=[n for n in actor.names if n.name != known] or actor.names)
            home_name = actor.name if plain(actor.name) != plain(known) or report else rest.names[0].name
            home = msgspec.structs.replace(rest, name=home_name)
            parts = [
                judged_actor(home, self._mention(home, but=away), None),
                msgspec.structs.replace(
                    judged_actor(actor, away, None, name=known, only_there=report is not None), side=1
                ),
            ]
        return self._keep(decision("split", "actor", parts, by, why))

    def split_event(self, id: str, out: Sequence[str], *, by: str, why: str | None = None) -> Decision:
        """Say that what some reports tell is another event than what the rest tell.

        Args:
            id: the event, or the line that shows it.
            out: the reports whose telling is another.

        Raises:
            ArchiveError: the archive has no such event.
            ReadingError: none or all of the reports that tell it are named.
        """
        with self._store.snapshot():
            row = self._row(id)
            if not isinstance(row, EventRow | Entry):
                raise ReadingError(id, "is no event")
            subjects = self._subjects(id, row)
        away = [s for s in subjects if s.report.id in out]
        rest = [s for s in subjects if s.report.id not in out]
        if not away or not rest:
            told = ", ".join(dict.fromkeys(s.report.id for s in subjects))
            raise ReadingError("split", f"name some of the reports that tell it, but not all: {told}")
        parts = [judged(s, s.now) for s in rest] + [msgspec.structs.replace(judged(s, s.now), side=1) for s in away]
        return self._keep(decision("split", "event", parts, by, why))

    def undo(self, id: str | None = None, *, by: str, why: str | None = None) -> Decision:
        """Undo a decision (or an undoing); without an id the last one that the person made and that still holds.

        Raises:
            ArchiveError: there is no such decision.
            ReadingError: it is undone already.
        """
        every = log.decisions(self._store)
        holding = {one.id for one in alive(every)}
        if id is None:
            mine = [one for one in every if one.by == by and one.id in holding]
            if not mine:
                raise ReadingError("undo", f"{by} has decided nothing that could be undone")
            last = mine[-1]
        else:
            found = next((one for one in every if one.id == id), None)
            if found is None:
                raise ArchiveError(id, "there is no such decision")
            last = found
        if last.verdict != "undo" and last.id not in holding:
            raise ReadingError(last.id, "is undone already")
        return self._keep(decision("undo", last.kind, (), by, why, of=last.id))

    def keep(self, id: str, *, by: str, why: str | None = None) -> Decision:
        """Say that a queued decision holds, over what the reader now says and what others decided.

        Raises:
            ArchiveError: there is no such decision.
            ReadingError: its words are not there any more, or it is on who is who.
        """
        old = self._decision(id)
        if old.verdict not in ("confirm", "correct", "reject"):
            raise ReadingError(
                id, "only what was confirmed, corrected or rejected can be kept: undo it, or merge or split again"
            )
        outcomes = {one.part: one for one in log.outcomes(self._store) if one.decision == id}
        parts, over = [], {old.id}
        with self._store.snapshot():
            where = Whereabouts(self._store.reports())
            for i, part in enumerate(old.parts):
                found = where.find(part.anchor)
                report = self._report(found.report) if found else None
                if found is None or report is None:
                    raise ReadingError(id, "its words are not in the report any more: undo it, and decide anew")
                outcome = outcomes.get(i)
                over |= set(outcome.rivals) if outcome else set()
                at = part.anchor.start + found.shift, part.anchor.end + found.shift
                subject = Subject(
                    kind=old.kind or "statement",
                    report=report,
                    start=at[0],
                    end=at[1],
                    reader=outcome.reader if outcome else shifted(part.was, found.shift),
                    now=None,
                    item=shifted(part.item, found.shift),
                    beside=[[(s + found.shift, e + found.shift) for s, e in each] for each in part.beside],
                )
                parts.append(judged(subject, shifted(part.now, found.shift)))
        over |= {one.id for one in self.decisions() if not over.isdisjoint(one.supersedes)}
        over |= self._rivals(old.id)
        verdict = old.verdict
        if verdict == "confirm" and any(part.was != part.now for part in parts):
            verdict = "correct"
        return self._keep(decision(verdict, old.kind, parts, by, why, sorted(over)))

    def _rivals(self, id: str) -> set[str]:
        return {one.decision for one in log.outcomes(self._store, ["disagreed"]) if id in one.rivals}

    def _keep(self, made: Decision) -> Decision:
        log.append(self._store, [made])
        return made

    # ── what there is to see ──────────────────────────────────────────────────────────────────────────────────────

    def decisions(self, *, undone: bool = False) -> list[Decision]:
        """The decisions that hold, in order; with ``undone`` all that were ever made."""
        every = log.decisions(self._store)
        return every if undone else alive(every)

    def outcomes(self) -> dict[str, list[Outcome]]:
        """What became of each decision when the archive was last linked."""
        found: dict[str, list[Outcome]] = defaultdict(list)
        for one in log.outcomes(self._store):
            found[one.decision].append(one)
        return dict(found)

    def pending(self) -> bool:
        """Whether there are decisions, or readings, that the lists do not show yet."""
        return self._store.is_stale()

    def queue(self) -> list[Queued]:
        """The decisions that a person should look at again, as of the last linking: those settled since are left out."""
        holding = {one.id: one for one in self.decisions()}
        over = {id for one in holding.values() for id in one.supersedes}
        found: dict[str, list[Outcome]] = defaultdict(list)
        for one in log.outcomes(self._store, ["changed", "orphaned", "disagreed"]):
            if one.decision in holding and one.decision not in over:
                found[one.decision].append(one)
        return [Queued(holding[id], outcomes) for id, outcomes in found.items()]

    def rates(self) -> dict[str, dict[str, int]]:
        """For each kind how many were looked at, and how many of them confirmed, corrected and rejected, later decisions counting."""
        holding = [one for one in self.decisions() if one.verdict in ("confirm", "correct", "reject")]
        over = {id for one in holding for id in one.supersedes}
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for one in holding:
            if one.id not in over and one.kind:
                found[one.kind].update(["looked at", _PAST[one.verdict]])
        return {
            kind: {name: found[kind][name] for name in ("looked at", "confirmed", "corrected", "rejected")}
            for kind in FIELDS
            if kind in found
        }

    def todo(
        self, noun: Noun, about: str | None = None, *, shuffled: int | None = None, again: bool = False
    ) -> Iterator[str]:
        """The ids of the rows of a list that nobody has decided on, in order or, from a seed, by chance; with ``again`` of all.

        Raises:
            ReadingError: there is no such list.
        """
        if noun not in REVIEWABLE:
            raise ReadingError(noun, f"cannot be reviewed; {', '.join(REVIEWABLE)} can")
        ids = self._shelves.ids(Ask(noun=noun, about=about))
        if shuffled is not None:
            random.Random(shuffled).shuffle(ids)
        if again:
            yield from ids
            return
        decided = self._decided()
        for start in range(0, len(ids), _BATCH):
            for row in self._shelves.rows(noun, ids[start : start + _BATCH]):
                if row.reviewed is None and not any(mark in decided for mark in _marks(row)):
                    yield row.id

    def sight(self, id: str) -> Sight:
        """What an id stands for, in its surroundings, with what was decided on it.

        Raises:
            ArchiveError: the archive has no such thing.
        """
        with self._store.snapshot():
            row = self._row(id)
            every = self.decisions()
            if isinstance(row, Commitment | Dispute | Actor):
                return self._row_sight(id, row, every)
            subjects = self._subjects(id, row)
        first = subjects[0]
        now = first.now or first.reader or _kept(first)
        places = spans(first.kind, now) if now else [(first.start, first.end)]
        marks = {(first.kind, s.report.current.id, s.start, s.end) for s in subjects}
        on = [one for one in every if any(_mark(one, part) in marks for part in one.parts)]
        return self._sight(
            id,
            first.kind,
            first.report,
            places,
            first.now,
            first.reader if first.reader != first.now else None,
            on,
            [_pin(s.report, s.start, s.end, text=s.report.current.text) for s in subjects[1:]],
        )

    def _row_sight(self, id: str, row: Commitment | Dispute | Actor, every: Sequence[Decision]) -> Sight:
        kind = _KINDS[type(row)]
        if isinstance(row, Actor):
            report, start, end = self._mention(row)
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
            found = self._report(pins[0].report)
            if found is None:
                raise ArchiveError(id, "its report is not in the archive")
            report = found
            shown = row_fields(kind, row)
            marks = {(kind, pin.version, pin.start, pin.end) for pin in pins}
            on = [one for one in every if any(_mark(one, part) in marks for part in one.parts)]
        return self._sight(id, kind, report, [(pins[0].start, pins[0].end)], shown, None, on, pins[1:])

    def _sight(
        self,
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

    def reading_of(self, report: Report) -> Desk | None:
        """A report's Reading with the decisions on it in force, whether it is linked yet or not; None where it is not read."""
        reading = self._store.readings([report.id]).get(report.id)
        if reading is None or not reading.read:
            return None
        return Desk(report, reading, log.decisions(self._store))

    # ── handing on ────────────────────────────────────────────────────────────────────────────────────────────────

    def export(self) -> Iterator[str]:
        """All decisions, undone ones too, as JSON lines."""
        return exchange.lines(log.decisions(self._store))

    def import_(self, lines: Iterable[str]) -> Imported:
        """Take in decisions of others, or one's own again: who and when stay as they are, what is known is passed over.

        Raises:
            ReadingError: a line is no decision; nothing was taken in.
        """
        given = exchange.parsed(lines)
        new = log.append(self._store, given)
        return Imported(new=len(new), known=len(given) - len(new))

    # ── finding what an id stands for ─────────────────────────────────────────────────────────────────────────────

    def _row(self, id: str) -> Record | None:
        """The row of an id; None for the address of a reading."""
        if ":" in id:
            return None
        found = self._store.one(id, ROWS)
        if found is None:
            raise ArchiveError(id, "the archive has nothing of that id (it may have gone with the last linking)")
        return found

    def _report(self, id: str) -> Report | None:
        return next(iter(self._store.reports([id])), None)

    def _desk(self, report: str) -> Desk:
        found = self._report(report)
        desk = self.reading_of(found) if found is not None else None
        if desk is None:
            raise ArchiveError(report, "there is no such report, or it is not read")
        return desk

    def _subjects(self, id: str, row: Record | None) -> list[Subject]:
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
            desk = desks.setdefault(report, desks.get(report) or self._desk(report))
            if (subject := desk.subject(kind, places)) is not None:
                found.append(subject)
        if not found:
            raise ArchiveError(id, "its words are read otherwise by now: link the archive, or open it again")
        return found

    def _events_of(self, entry: Entry) -> list[EventRow]:
        ids = self._shelves.ids(Ask(noun="events", terms=(("entry", (entry.id,)),)))
        return cast(list[EventRow], self._shelves.rows("events", ids))

    def _addressed(self, address: str) -> Subject:
        kind, _, place = address.partition(":")
        report, _, offsets = place.partition("@")
        start, _, end = offsets.partition("-")
        if kind not in LISTS or not start.isdigit() or not end.isdigit():
            raise ArchiveError(address, f"is no address: write {' or '.join(LISTS)}, then :REPORT@START-END")
        subject = self._desk(report).at(cast(ReviewKind, kind), int(start), int(end))
        if subject is None:
            raise ArchiveError(address, f"no {kind} is read there")
        return subject

    def _mention(
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
            ids = [report] if report else self._store.search(each, 20)
            for held in self._store.reports(ids):
                reading = self._store.readings([held.id]).get(held.id)
                for local in reading.actors if reading else ():
                    called = plain(local.name) == plain(each)
                    for mention in local.mentions:
                        if (called or plain(mention.text) == plain(each)) and (held.id, mention.start) != taken:
                            return held, mention.start, mention.end
        raise ArchiveError(name or actor.id, "no report mentions it by that name")

    def _decision(self, id: str) -> Decision:
        found = log.decision(self._store, id)
        if found is None:
            raise ArchiveError(id, "there is no such decision")
        return found

    def _on(self, kind: ReviewKind, parts: Sequence[Judged]) -> list[str]:
        """Decisions that hold on just what these parts are about."""
        marks = {_key(kind, part) for part in parts}
        return [
            one.id
            for one in self.decisions()
            if one.kind == kind
            and one.verdict in ("confirm", "correct", "reject")
            and {_key(kind, part) for part in one.parts} == marks
        ]

    def _decided(self) -> set[tuple[object, ...]]:
        return {
            _mark(one, part)
            for one in self.decisions()
            if one.verdict in ("confirm", "correct", "reject")
            for part in one.parts
        }


_PAST = {"confirm": "confirmed", "correct": "corrected", "reject": "rejected"}


def _kept(subject: Subject) -> Fields | None:
    """What was kept of a reading that is rejected and that the reader has lost: nothing more than where it stood."""
    return where(subject.kind, subject.item)


def _key(kind: ReviewKind, part: Judged) -> tuple[object, ...]:
    if kind == "actor":
        return (kind, plain(str((part.was or {}).get("name"))))
    return (kind, part.anchor.version, part.anchor.start, part.anchor.end)


def _mark(one: Decision, part: Judged) -> tuple[object, ...]:
    if one.kind == "actor":
        return ("actor", plain(str((part.was or {}).get("name"))))
    return (one.kind, part.anchor.version, part.anchor.start, part.anchor.end)


def _marks(row: Any) -> list[tuple[object, ...]]:
    """What decisions on a row would be marked with."""
    kind = _KINDS[type(row)]
    if isinstance(row, Actor):
        return [("actor", plain(row.name))]
    if isinstance(row, StatementRow):
        return [(kind, row.pin.version, min(p.start for p in row.pins), max(p.end for p in row.pins))]
    if isinstance(row, FigureRow | Commitment):
        return [(kind, row.pin.version, row.pin.start, row.pin.end)]
    pins = [side.pin for side in row.sides] if isinstance(row, Dispute) else row.pins
    return [(kind, pin.version, pin.start, pin.end) for pin in pins]


def _pin(report: Report, start: int, end: int, text: str) -> Pin:
    return Pin(report=report.id, version=report.current.id, start=start, end=end, text=text[start:end])


def _paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    """The paragraph around some words, with those beside it where it is short, at most so much on either side."""
    low = text.rfind("\n\n", max(0, start - _AROUND), start)
    high = text.find("\n\n", end, end + _AROUND)
    low = max(0, start - _AROUND) if low < 0 else low + 2
    high = min(len(text), end + _AROUND) if high < 0 else high
    return low, high
