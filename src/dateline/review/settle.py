"""Decisions on what only the link step makes (commitments, disputes), and the mark of review on every row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from dateline.records import (
    Actor,
    Commitment,
    Dispute,
    EventRow,
    FigureRow,
    Linked,
    Pin,
    Reviewed,
    StatementRow,
)
from dateline.review import fields as f
from dateline.review.anchors import shifted
from dateline.review.apply import Outcome, outcome
from dateline.review.identity import by_decision
from dateline.review.standing import Standing

Place = tuple[str, int, int]
Row = TypeVar("Row", Actor, StatementRow, FigureRow, EventRow, Commitment, Dispute)

_MARKS: dict[str, Reviewed] = {"confirm": "confirmed", "correct": "corrected"}


def place_of(pin: Pin) -> Place:
    """Where a pin stands, in its report's current text."""
    return (pin.report, pin.start, pin.end)


def settle(linked: Linked, standing: Sequence[Standing]) -> tuple[Linked, list[Outcome]]:
    """What is linked, with decisions on commitments and disputes in force, and what became of these decisions."""
    commitments: dict[Place, Commitment] = {place_of(row.pin): row for row in linked.commitments}
    disputes = {frozenset(place_of(side.pin) for side in row.sides): row for row in linked.disputes}
    outcomes: list[Outcome] = []
    for parts in by_decision(standing).values():
        decision = parts[0].decision
        if decision.kind == "commitment" and decision.verdict in ("confirm", "correct", "reject"):
            for one in parts:
                outcomes.append(_commitment(one, commitments))
        elif decision.kind == "dispute" and decision.verdict in ("confirm", "correct", "reject"):
            outcomes += _dispute(parts, disputes)
    settled = msgspec.structs.replace(
        linked,
        commitments=[held for old in linked.commitments if (held := commitments.get(place_of(old.pin)))],
        disputes=[
            row for old in linked.disputes if (row := disputes.get(frozenset(place_of(side.pin) for side in old.sides)))
        ],
    )
    return settled, outcomes


def marked(linked: Linked, standing: Sequence[Standing]) -> Linked:
    """What is linked, every row with its mark: confirmed or corrected by a person, or disputed among persons."""
    marks: dict[tuple[object, ...], Reviewed] = {}
    for one in standing:
        now, kind = one.part.now, one.decision.kind
        mark = _MARKS.get(one.decision.verdict)
        if mark is None or now is None or kind is None:
            continue
        mark = "disputed" if one.rivals else mark
        if kind == "actor":
            marks[kind, f.folded(now["name"])] = mark
        elif one.found is not None and kind in f.SPAN:
            for start, end in f.spans(kind, shifted(now, one.found.shift)):
                marks[kind, one.found.report, start, end] = mark
        elif one.found is not None:
            anchor, shift = one.part.anchor, one.found.shift
            marks[kind, one.found.report, anchor.start + shift, anchor.end + shift] = mark
    if not marks:
        return linked

    def put(row: Row, keys: list[tuple[object, ...]]) -> Row:
        found = [mark for key in keys if (mark := marks.get(key))]
        worst = next((mark for mark in ("disputed", "corrected", "confirmed") if mark in found), None)
        return msgspec.structs.replace(row, reviewed=worst) if worst else row

    return msgspec.structs.replace(
        linked,
        actors=[put(row, [("actor", f.folded(row.name))]) for row in linked.actors],
        statements=[put(row, [("statement", *place_of(pin)) for pin in row.pins]) for row in linked.statements],
        figures=[put(row, [("figure", *place_of(row.pin))]) for row in linked.figures],
        events=[put(row, [("event", *place_of(pin)) for pin in row.pins]) for row in linked.events],
        commitments=[put(row, [("commitment", *place_of(row.pin))]) for row in linked.commitments],
        disputes=[
            put(row, [("dispute", *place_of(side.pin)) for side in row.sides])
            if all(("dispute", *place_of(side.pin)) in marks for side in row.sides)
            else row
            for row in linked.disputes
        ],
    )


def _at(one: Standing) -> Place | None:
    if one.found is None:
        return None
    return (one.found.report, one.part.anchor.start + one.found.shift, one.part.anchor.end + one.found.shift)


def _commitment(one: Standing, rows: dict[Place, Commitment]) -> Outcome:
    at, now, was = _at(one), one.part.now, one.part.was
    if at is None:
        return outcome(one, "orphaned", "its words are not in the report any more")
    row = rows.get(at)
    if row is None:
        gone = "no commitment is found at these words any more"
        return outcome(one, "orphaned", gone) if now is not None else outcome(one, "applied")
    reader = f.row_fields("commitment", row)
    if now is None:
        del rows[at]
    else:
        rows[at] = msgspec.structs.replace(row, **{k: v for k, v in now.items() if k in f.FIELDS["commitment"]})
    return _against(one, "commitment", reader, was, now)


def _dispute(parts: Sequence[Standing], rows: dict[frozenset[Place], Dispute]) -> list[Outcome]:
    places = frozenset(at for one in parts if (at := _at(one)))
    now = parts[0].part.now
    if any(one.found is None for one in parts):
        return [outcome(one, "orphaned", "words of a side are not in the reports any more") for one in parts]
    if places in rows:
        if now is None:
            del rows[places]
        elif now.get("about"):
            rows[places] = msgspec.structs.replace(rows[places], about=now["about"])
        return [outcome(one, "disagreed" if one.rivals else "applied") for one in parts]
    near = next((row for key, row in rows.items() if len(key & places) >= 2), None)
    if near is not None:
        return [outcome(one, "orphaned", "the dispute now has other sides", {"about": near.about}) for one in parts]
    if now is None:
        return [outcome(one, "applied") for one in parts]
    return [outcome(one, "orphaned", "these words are not found to be in dispute any more") for one in parts]


def _against(one: Standing, kind: str, reader: f.Fields, was: f.Fields | None, now: f.Fields | None) -> Outcome:
    if one.rivals:
        return outcome(one, "disagreed", "persons decided differently", reader)
    if f.agree(kind, reader, was) or f.agree(kind, reader, now):
        return outcome(one, "applied", "", reader)
    names = ", ".join(f.differing(kind, was, reader)) if was else "reading"
    return outcome(one, "changed", f"the reader now gives another {names}", reader)
