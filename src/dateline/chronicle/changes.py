"""What changed between two states of a chronicle, line by line, and why: new captures, another reader, a person.

A line is known by its id; one that got another id is known by the words that it tells. What changed it is told by what else changed in
the same step of the archive: first by its own reports and decisions, and where those are as they were, by whatever there was in the step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec

from dateline.chronicle.question import Question, has_words, select
from dateline.edtf import sort_key
from dateline.link.words import words
from dateline.records import Commitment, Dispute, Entry, Linked, Record

Row = Entry | Commitment | Dispute
KINDS: dict[str, type[Row]] = {"entries": Entry, "commitments": Commitment, "disputes": Dispute}
"""The nouns whose changes are told."""

CauseKind = Literal["captures", "removal", "reader", "version", "person", "linking"]

_ALIKE = 0.6  # share of words that two wordings of one sentence have in common at least


class ReportState(Record, frozen=True, kw_only=True):
    """A report as it was read: its current version, its day, and by which version of the reader (None: not read).

    ``successor`` is the report that its captures went to, where it is there no more.
    """

    key: str
    title: str | None
    published: str | None
    version: str
    reader: str | None
    successor: str | None = None


class Decided(Record, frozen=True, kw_only=True):
    """A decision that was made: who, what, on which reports."""

    by: str
    verdict: str
    reports: list[str]


class Step(Record, frozen=True, kw_only=True):
    """One linking of the archive: the run it ended (or that decisions followed), and all that was new then.

    ``reports`` holds, for each report that is not as it was, how it was and how it is. ``updated``: another version of Dateline linked.
    """

    state: int
    run: int
    kind: str
    at: str
    updated: bool
    decisions: list[Decided]
    reports: dict[str, tuple[ReportState | None, ReportState | None]]


class Cause(Record, frozen=True, kw_only=True):
    """Why a line changed: new or edited ``captures``, the ``removal`` of one, another ``reader``, another ``version`` of Dateline, a
    ``person``; ``linking`` where nothing of that is known.

    ``direct``: the line's own reports or words are concerned; otherwise only others', which the step joins it with. ``by`` are the
    persons, ``reports`` those of the line's reports that changed.
    """

    kind: CauseKind
    run: int
    direct: bool
    by: list[str] = msgspec.field(default_factory=list)
    reports: list[str] = msgspec.field(default_factory=list)


class Change(Record, frozen=True, kw_only=True):
    """A row that is new (no ``before``), gone (no ``after``) or changed, in which ``fields``, and why.

    ``with_`` names the rows that it was joined with or parted from: those that tell its words now, or told them before.
    """

    noun: str
    id: str
    before: Row | None
    after: Row | None
    fields: list[str]
    causes: list[Cause]
    with_: list[str] = msgspec.field(default_factory=list)


class Raw(Record, frozen=True, kw_only=True):
    """A row as it stood before and as it stands after, and the states in which it changed in between."""

    noun: str
    id: str
    before: Row | None
    after: Row | None
    states: list[int]


def seen(row: Row) -> dict[str, Any]:
    """What a person sees of a row, field by field: where nothing of this changed, the row did not."""
    if isinstance(row, Entry):
        return {
            "date": row.date,
            "text": row.text,
            "place": row.place and row.place.name,
            "status": row.status,
            "background": row.background,
            "actors": sorted(row.actors),
            "reports": sorted(row.reports),
            "origins": sorted({"unknown" if name.startswith("unknown: ") else name for name in row.origins}),
            "tellings": sorted({pin.text for pin in row.pins}),
            "reviewed": row.reviewed,
        }
    if isinstance(row, Commitment):
        names = ("text", "kind", "due", "condition", "outcome", "reviewed")
        return {name: getattr(row, name) for name in names} | {"by": sorted(row.by), "reports": sorted(row.reports)}
    sides = sorted((side.by or "", side.date or "", side.text) for side in row.sides)
    return {"about": row.about, "sides": sides, "reviewed": row.reviewed}


def reports_of(row: Row) -> set[str]:
    """The reports that a row rests on."""
    return {side.report for side in row.sides} if isinstance(row, Dispute) else set(row.reports)


def changes(raw: Iterable[Raw], steps: Sequence[Step]) -> list[Change]:
    """The changes, those of a row under two ids as one, each with its causes: entries, commitments, disputes, in the order of dates."""
    later = _successors(steps)
    found: list[Change] = []
    by_noun: dict[str, list[Raw]] = defaultdict(list)
    for row in raw:
        before = None if row.before is None else _under_new_names(row.before, later)
        by_noun[row.noun].append(msgspec.structs.replace(row, before=before))
    for noun in KINDS:
        paired = _paired(by_noun[noun])
        joined = _joined(paired)
        for row in paired:
            fields = _fields(row)
            if not fields and row.before is not None and row.after is not None:
                continue  # it came back to what it was
            causes = list(_causes(row, _within(steps, row.states)))
            found.append(
                Change(
                    noun=noun, id=row.id, before=row.before, after=row.after, fields=fields, causes=causes,
                    with_=joined.get(id(row), []),
                )
            )  # fmt: skip
    return found


def in_question(found: Iterable[Change], linked: Linked, question: Question) -> list[Change]:
    """Those changes that a question asks for, in order of date: lines that answer it before or after, and commitments and disputes
    on which they rest, or in whose words what is asked about is.

    Raises:
        ValueError: the question has a date that is none.
    """
    every = sorted(found, key=_order)
    if question == Question():
        return every
    lines = [row for change in every for row in (change.before, change.after) if isinstance(row, Entry)]
    answers = {id(row) for row in select(lines, linked, question)}
    rest = {name for row in lines if id(row) in answers for name in (*row.disputes, row.commitment)}
    return [
        change
        for change in every
        if any(id(row) in answers for row in (change.before, change.after))
        or change.id in rest
        or (change.noun != "entries" and question.about and _says(change, question.about))
    ]


def _order(change: Change) -> tuple[object, ...]:
    row = change.after if change.after is not None else change.before
    day = row.date if isinstance(row, Entry) else row.due if isinstance(row, Commitment) else None
    return (list(KINDS).index(change.noun), sort_key(day), change.id)


def _says(change: Change, about: str) -> bool:
    row = change.after if change.after is not None else change.before
    assert row is not None
    told = [_line(row), *(row.by if isinstance(row, Commitment) else ())]
    if isinstance(row, Dispute):
        told += [f"{side.by or ''} {side.text}" for side in row.sides]
    return has_words(about, " ".join(told))


def _fields(row: Raw) -> list[str]:
    if row.before is None or row.after is None:
        return []
    before, after = seen(row.before), seen(row.after)
    return [name for name in before if before[name] != after[name]]


def _successors(steps: Sequence[Step]) -> dict[str, str]:
    """What reports are called now that were called otherwise, because their captures are another report's."""
    found: dict[str, str] = {}
    for step in steps:
        for id, (before, after) in step.reports.items():
            if after is None and before is not None and before.successor:
                found = {old: before.successor if new == id else new for old, new in found.items()}
                found[id] = before.successor
            elif after is not None:
                found.pop(id, None)
    return found


def _under_new_names(row: Row, later: Mapping[str, str]) -> Row:
    """A row with its reports under the names that they have now."""
    if later.keys().isdisjoint(reports_of(row)):
        return row
    replace = msgspec.structs.replace
    if isinstance(row, Dispute):
        return replace(row, sides=[replace(side, report=later.get(side.report, side.report)) for side in row.sides])
    reports = list(dict.fromkeys(later.get(report, report) for report in row.reports))
    if isinstance(row, Commitment):
        return replace(row, reports=reports)
    pins = [replace(pin, report=later.get(pin.report, pin.report)) for pin in row.pins]
    return replace(row, reports=reports, pins=pins)


# ── one row under two ids ─────────────────────────────────────────────────────────────────────────────────────────────


def _paired(rows: Sequence[Raw]) -> list[Raw]:
    """The rows, each that went with the new one that tells its words, where there is one, the likest pairs first."""
    gone = [row for row in rows if row.after is None]
    come = [row for row in rows if row.before is None]
    places: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(come):
        for key in _keys(row.after):
            places[key].append(at)
    likest = sorted(
        (-_likeness(old.before, come[at].after), i, at)
        for i, old in enumerate(gone)
        for at in {at for key in _keys(old.before) for at in places[key]}
    )
    other: dict[int, int] = {}
    taken: set[int] = set()
    for likeness, i, at in likest:
        if i not in other and at not in taken and -likeness >= _ALIKE:
            other[i] = at
            taken.add(at)
    paired = [row for row in rows if row.before is not None and row.after is not None]
    for i, old in enumerate(gone):
        if i in other:
            new = come[other[i]]
            states = sorted({*old.states, *new.states})
            paired.append(Raw(noun=new.noun, id=new.id, before=old.before, after=new.after, states=states))
        else:
            paired.append(old)
    return [*paired, *(row for at, row in enumerate(come) if at not in taken)]


def _keys(row: Row | None) -> set[str]:
    """By which a row is looked for among those that may be the same: its reports and its words."""
    assert row is not None
    return reports_of(row) | {_line(row)}


def _likeness(one: Row | None, other: Row | None) -> float:
    """How much speaks for two rows being one; of lines that are told by one sentence, date and status tell which is which."""
    assert one is not None
    assert other is not None
    before, after = seen(one), seen(other)
    same: int = sum(before.get(name) == after.get(name) for name in ("date", "status", "place"))
    if _line(one) == _line(other):
        return 2 + 0.1 * same
    if _tells(other) & _tells(one):
        return 1 + 0.1 * same
    first, second = set(words(_line(one))), set(words(_line(other)))
    return len(first & second) / max(len(first), len(second), 1)


def _joined(rows: Sequence[Raw]) -> dict[int, list[str]]:
    """The rows that took in what went, and those that what is new came out of: their ids, by the row's own place in memory."""
    tells_now: dict[str, list[str]] = defaultdict(list)
    told_before: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.before is not None and row.after is not None:
            for words_ in _tells(row.after):
                tells_now[words_].append(row.id)
            for words_ in _tells(row.before):
                told_before[words_].append(row.id)
    found = {}
    for row in rows:
        if row.after is None or row.before is None:
            index = tells_now if row.after is None else told_before
            told = _tells(row.before if row.before is not None else row.after)
            if ids := sorted({id for words_ in told for id in index.get(words_, ())}):
                found[id(row)] = ids
    return found


def _line(row: Row) -> str:
    return row.about if isinstance(row, Dispute) else row.text


def _tells(row: Row | None) -> set[str]:
    """The sentences that a row tells."""
    if isinstance(row, Entry):
        return {pin.text for pin in row.pins}
    return set() if row is None else {_line(row)}


# ── why ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _within(steps: Sequence[Step], states: Sequence[int]) -> list[Step]:
    """The steps in which some states were made; what a run began that was cut short, the next one ended."""
    ends = [next((step.state for step in steps if step.state >= state), None) for state in states]
    return [step for step in steps if step.state in ends]


def _causes(row: Raw, steps: Sequence[Step]) -> Iterator[Cause]:
    """What changed a row, step by step."""
    reports = {report for side in (row.before, row.after) if side is not None for report in reports_of(side)}
    reviewed = row.before is not None and row.after is not None and row.before.reviewed != row.after.reviewed
    for step in steps:
        direct = list(_direct(step, reports, reviewed))
        yield from direct or _possible(step)


def _direct(step: Step, reports: set[str], reviewed: bool) -> Iterator[Cause]:
    """What of a step concerns a row's own reports."""
    kinds = _by_kind(step, reports)
    for kind, ids in kinds.items():
        yield Cause(kind=kind, run=step.run, direct=True, reports=ids)
    by = sorted({one.by for one in step.decisions if reports & set(one.reports)})
    if by and (reviewed or not kinds):
        yield Cause(kind="person", run=step.run, direct=True, by=by)


def _possible(step: Step) -> Iterator[Cause]:
    """Whatever there was in a step, where nothing of it concerns a row's own reports."""
    found = [Cause(kind=kind, run=step.run, direct=False) for kind in _by_kind(step, step.reports)]
    if step.decisions:
        found.append(Cause(kind="person", run=step.run, direct=False, by=sorted({one.by for one in step.decisions})))
    if step.updated:
        # what is linked anew by another version changes lines whose reports nobody touched
        found.append(Cause(kind="version", run=step.run, direct=False))
    yield from found or [Cause(kind="linking", run=step.run, direct=False)]


def _by_kind(step: Step, reports: Iterable[str]) -> Mapping[CauseKind, list[str]]:
    """Those of some reports that are not as they were, by what became of them."""
    found: dict[CauseKind, list[str]] = defaultdict(list)
    for id in sorted(reports):
        if id in step.reports:
            before, after = step.reports[id]
            if after is None:
                found["removal" if step.kind == "remove" else "captures"].append(id)
            elif before is None or (before.version, before.published) != (after.version, after.published):
                found["captures"].append(id)
            else:
                found["reader"].append(id)
    return found
