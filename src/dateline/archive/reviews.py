"""What persons decide on an archive's readings: made, undone, listed, queued, handed on.

Every method that decides appends and returns the decision; what is linked follows with the next `Archive.relink`.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

import msgspec

from dateline.archive import decisions as log
from dateline.archive.browse import Ask, Noun
from dateline.archive.sights import Sight, sight
from dateline.archive.store import Store
from dateline.archive.subjects import KINDS, Subjects, mark, marks
from dateline.errors import ArchiveError, ReadingError
from dateline.link.names import plain
from dateline.records import (
    Actor,
    Commitment,
    Decision,
    Dispute,
    Entry,
    EventRow,
    Judged,
    ReviewKind,
)
from dateline.review import exchange
from dateline.review.anchors import Whereabouts, shifted
from dateline.review.apply import Outcome
from dateline.review.decide import Subject, corrected, decision, judged, judged_actor, judged_row, kept, value_of
from dateline.review.fields import FIELDS, SPAN
from dateline.review.standing import alive

Choice = Literal["confirm", "correct", "reject"]

REVIEWABLE: tuple[Noun, ...] = ("entries", "events", "statements", "figures", "commitments", "disputes", "actors")
"""The lists whose rows can be gone through one by one."""

_BATCH = 200


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
        self.subjects = Subjects(store)

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
        return self._keep(decision(choice, kind, parts, by, why, supersedes, row=id))

    def _parts(self, id: str, choice: Choice, changes: Mapping[str, Any]) -> tuple[ReviewKind, list[Judged], list[str]]:
        row = self.subjects.row(id)
        if isinstance(row, Commitment | Dispute):
            kind = KINDS[type(row)]
            parts = judged_row(row, self.subjects.report, changes, choice == "reject")
            return kind, parts, self._on(kind, parts)
        if isinstance(row, Actor):
            now = {name: value_of("actor", name, value, "", 0) for name, value in changes.items()}
            wanted = None if choice == "reject" else {"name": row.name, "kind": row.kind, **now}
            parts = [judged_actor(row, self.subjects.mention(row), wanted)]
            return "actor", parts, self._on("actor", parts)
        subjects = self.subjects.under(id, row)
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
                parts.append(judged(subject, subject.now or subject.reader or kept(subject)))
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
        return self._keep(decision("note", kind, parts, by, words, row=id))

    def merge(self, ids: Sequence[str], *, by: str, why: str | None = None) -> Decision:
        """Say that several actors are one, or several events: the first gives the name.

        Raises:
            ArchiveError: the archive has no such thing.
            ReadingError: there are fewer than two, or they are neither all actors nor all events.
        """
        with self._store.snapshot():
            rows = [self.subjects.row(id) for id in dict.fromkeys(ids)]
            if len(rows) < 2:
                raise ReadingError("merge", "needs two or more, all actors or all events")
            if all(isinstance(row, Actor) for row in rows):
                actors = cast(list[Actor], rows)
                parts = [judged_actor(actor, self.subjects.mention(actor), None) for actor in actors]
                return self._keep(decision("merge", "actor", parts, by, why))
            if not all(isinstance(row, EventRow | Entry) for row in rows):
                raise ReadingError("merge", "only actors can be merged with actors, and events with events")
            sides = [self.subjects.under(id, row) for id, row in zip(dict.fromkeys(ids), rows, strict=True)]
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
            actor = self.subjects.row(id)
            if not isinstance(actor, Actor):
                raise ReadingError(id, "is no actor")
            known = next((each.name for each in actor.names if plain(each.name) == plain(name)), None)
            if known is None:
                names = ", ".join(each.name for each in actor.names)
                raise ReadingError(name, f"{actor.name} does not go by that name; the names are {names}")
            if report is None and len(actor.names) < 2:
                raise ReadingError(name, "it is the actor's only name: say in which report another is meant")
            away = self.subjects.mention(actor, known, report)
            rest = msgspec.structs.replace(actor, names=[n for n in actor.names if n.name != known] or actor.names)
            home_name = actor.name if plain(actor.name) != plain(known) or report else rest.names[0].name
            home = msgspec.structs.replace(rest, name=home_name)
            parts = [
                judged_actor(home, self.subjects.mention(home, but=away), None),
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
            row = self.subjects.row(id)
            if not isinstance(row, EventRow | Entry):
                raise ReadingError(id, "is no event")
            subjects = self.subjects.under(id, row)
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
                report = self.subjects.report(found.report) if found else None
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
        ids = self.subjects.shelves.ids(Ask(noun=noun, about=about))
        if shuffled is not None:
            random.Random(shuffled).shuffle(ids)
        if again:
            yield from ids
            return
        decided = self._decided()
        for start in range(0, len(ids), _BATCH):
            for row in self.subjects.shelves.rows(noun, ids[start : start + _BATCH]):
                if row.reviewed is None and decided.isdisjoint([row.id, *marks(row)]):
                    yield row.id

    def sight(self, id: str) -> Sight:
        """What an id stands for, in its surroundings, with what was decided on it.

        Raises:
            ArchiveError: the archive has no such thing.
        """
        return sight(self.subjects, id, self.decisions())

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

    def _decided(self) -> set[object]:
        """What tells rows that were decided on: their ids, and where their words stand (see `marks`)."""
        made = [one for one in self.decisions() if one.verdict in ("confirm", "correct", "reject")]
        return {one.row for one in made} | {mark(one, part) for one in made for part in one.parts}


_PAST = {"confirm": "confirmed", "correct": "corrected", "reject": "rejected"}


def _key(kind: ReviewKind, part: Judged) -> tuple[object, ...]:
    if kind == "actor":
        return (kind, plain(str((part.was or {}).get("name"))))
    return (kind, part.anchor.version, part.anchor.start, part.anchor.end)
