"""The tables of decisions: appended to, never changed; and of what became of them, made anew by every linking."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

import msgspec
from sqlalchemy import Connection, delete, select

from dateline.archive import schema as s
from dateline.archive.dialect import upsert
from dateline.archive.store import Store
from dateline.records import Decision
from dateline.review.apply import Outcome


def append(store: Store, made: Iterable[Decision]) -> list[str]:
    """Keep decisions for good, those apart that are kept already; the ids of the new ones. What is linked is out of date then."""
    new: list[str] = []
    with store.write() as cx:
        for decision in made:
            row = {
                "id": decision.id,
                "kind": decision.kind,
                "verdict": decision.verdict,
                "by": decision.by,
                "at": decision.at,
                "row": msgspec.json.encode(decision).decode(),
            }
            kept = cx.scalar(upsert(s.decisions, "id").values(**row).returning(s.decisions.c.id))
            new += [kept] if kept else []
        if new:
            store.mark_stale(cx)
    return new


def decisions(store: Store) -> list[Decision]:
    """All decisions in the order in which they came."""
    decode = msgspec.json.Decoder(Decision).decode
    with store.read() as cx:
        return [decode(row) for row in cx.scalars(select(s.decisions.c.row).order_by(s.decisions.c.seq))]


def decision(store: Store, id: str) -> Decision | None:
    """A decision by its id."""
    with store.read() as cx:
        row = cx.scalar(select(s.decisions.c.row).where(s.decisions.c.id == id))
    return None if row is None else msgspec.json.decode(row, type=Decision)


def outcomes(store: Store, states: Sequence[str] | None = None) -> list[Outcome]:
    """What became of decisions when they were last linked, in the order of the decisions; those in some states where given."""
    o, d = s.outcomes.c, s.decisions.c
    query = select(o.row).join_from(s.outcomes, s.decisions, o.decision == d.id).order_by(d.seq, o.part)
    if states is not None:
        query = query.where(o.state.in_(list(states)))
    decode = msgspec.json.Decoder(Outcome).decode
    with store.read() as cx:
        return [decode(row) for row in cx.scalars(query)]


def put_outcomes(cx: Connection, found: Iterable[Outcome]) -> None:
    """Note what became of parts of decisions, in the transaction that writes what was linked with them in force."""
    rows = [
        {"decision": one.decision, "part": one.part, "state": one.state, "row": msgspec.json.encode(one).decode()}
        for one in found
    ]
    if rows:
        cx.execute(upsert(s.outcomes, "decision", "part", change=["state", "row"]), rows)


def drop_outcomes(cx: Connection, stands: Container[tuple[str, int]]) -> None:
    """Forget what became of all parts but those that still stand: of what was undone, or decided anew."""
    o = s.outcomes.c
    gone = [key for row in cx.execute(select(o.decision, o.part)) if (key := (row.decision, row.part)) not in stands]
    for decision, part in gone:
        cx.execute(delete(s.outcomes).where(o.decision == decision, o.part == part))
