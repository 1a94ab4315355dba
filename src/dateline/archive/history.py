"""What a chronicle was: how lines, commitments, disputes and reports stood after each of the last runs.

Only what changed is kept. What stands now lies where it always does; a row of the table ``history`` says since which state a row
stands, or how it stood until which. A state is what a run left (its number doubled), or what persons' decisions made of that (one
more). Of a capture that was removed nothing is kept: its removal drops all that was.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise

import msgspec
from sqlalchemy import Connection, and_, bindparam, delete, func, insert, literal, or_, select, update

from dateline.archive import schema as s
from dateline.archive.store import chunks
from dateline.chronicle.changes import KINDS, Decided, Raw, ReportState, Row, Step, seen
from dateline.errors import ReadingError
from dateline.records import Decision, Record

RUNS = 20  # as far back as what was is kept
LEAST = 20_000  # rows of what was that are kept in any case, and
TIMES = 2  # for each row that stands, how many more

_REPORTS = "reports"


class Known(Record, frozen=True, kw_only=True):
    """A state: the run that left it, whether ``decisions`` made it of that, and when."""

    state: int
    run: int
    decisions: bool
    at: str


def begin(cx: Connection, run: int | None) -> int:
    """The state that a linking makes: of what ``run`` brought, None for what decisions make of what is there."""
    known = cx.scalar(select(func.max(s.states.c.id))) or 0
    if run is None:
        return max(2 * (cx.scalar(select(func.max(s.runs.c.id))) or 0) + 1, known)
    return max(2 * run, known)


def note(cx: Connection, state: int, noun: str, after: Mapping[str, str | None]) -> None:
    """Note rows of a linked noun that may change: id, and as JSON how they stand from now on (None: no more).

    Called in the transaction that writes them, before it does. The first state of an archive begins with what stands.
    """
    if noun not in KINDS or not after or cx.scalar(select(func.max(s.states.c.id))) is None:
        return
    table = s.LINKED[noun]
    before: dict[str, str] = {}
    for part in chunks(list(after)):
        rows = cx.execute(select(table.c.id, table.c.row).where(table.c.id.in_(part)))
        before |= {row.id: row.row for row in rows}
    decode = msgspec.json.Decoder(KINDS[noun]).decode
    found = []
    for id, new in after.items():
        old = before.get(id)
        if old != new and (old is None or new is None or seen(decode(old)) != seen(decode(new))):
            found.append((id, old, new))
    _note(cx, state, noun, found)


def end(cx: Connection, state: int) -> None:
    """Note which reports changed, and that the state stands; let go of what is too old."""
    _note(cx, state, _REPORTS, [*_gone(cx), *_other(cx)])
    decided = cx.scalar(select(func.max(s.decisions.c.seq))) or 0
    cx.execute(delete(s.states).where(s.states.c.id == state))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    cx.execute(insert(s.states).values(id=state, at=now, decided=decided))
    _forget(cx)


def _note(cx: Connection, state: int, noun: str, found: Sequence[tuple[str, str | None, str | None]]) -> None:
    """Note how rows stood until a state, and that others stand since."""
    h = s.history.c
    since: dict[str, int] = {}
    for part in chunks([id for id, old, _ in found if old is not None]):
        query = select(h.id, h.since).where(h.noun == noun, h.until.is_(None), h.id.in_(part))
        since |= {row.id: row.since for row in cx.execute(query)}
    # What began in this very state is what it made of itself: how it stood in between is nobody's business.
    for part in chunks([id for id, at in since.items() if at == state]):
        cx.execute(delete(s.history).where(h.noun == noun, h.since == state, h.until.is_(None), h.id.in_(part)))
    past, closed, stand = [], [], []
    for id, old, new in found:
        if old is not None and id not in since:
            past.append({"noun": noun, "id": id, "since": 0, "until": state, "key": None, "row": _packed(old)})
        elif old is not None and since[id] < state:
            closed.append({"of": id, "at": since[id], "end": state, "was": _packed(old)})
        if new is not None:
            told, key = (_packed(new), json.loads(new)["key"]) if noun == _REPORTS else (None, None)
            stand.append({"noun": noun, "id": id, "since": state, "until": None, "key": key, "row": told})
    if closed:
        close = (
            update(s.history)
            .where(h.noun == noun, h.id == bindparam("of"), h.since == bindparam("at"))
            .values(until=bindparam("end"), row=bindparam("was"))
        )
        cx.execute(close, closed)
    for rows in (past, stand):
        if rows:
            cx.execute(insert(s.history), rows)


def cut(cx: Connection) -> None:
    """Forget all that was: a capture was removed, and nobody can tell how far its words reached."""
    cx.execute(delete(s.history))
    cx.execute(delete(s.states))


def states(cx: Connection) -> list[Known]:
    """The states that are known, in order."""
    return [
        Known(state=row.id, run=row.id // 2, decisions=bool(row.id % 2), at=row.at)
        for row in cx.execute(select(s.states).order_by(s.states.c.id))
    ]


def at(cx: Connection, run: int) -> int:
    """The state that a run left.

    Raises:
        ReadingError: there is no such run, or what it left is not known any more.
    """
    if cx.scalar(select(s.runs.c.id).where(s.runs.c.id == run)) is None:
        raise ReadingError(f"run {run}", "the archive has no such run: 'dateline status' lists them")
    state = cx.scalar(select(func.max(s.states.c.id)).where(s.states.c.id <= 2 * run))
    if state is None:
        first = cx.scalar(select(func.min(s.states.c.id)))
        if first is None:
            raise ReadingError(f"run {run}", "nothing was linked yet")
        cut = cx.scalar(select(s.runs.c.kind).where(s.runs.c.id == first // 2)) == "remove"
        why = "a capture was removed then, and all that was before went with it" if cut else "older ones are let go of"
        raise ReadingError(f"run {run}", f"what it left is not kept: that is known from run {first // 2} on ({why})")
    return int(state)


def between(cx: Connection, before: int, after: int) -> list[Raw]:
    """The rows that changed after one state, up to another: how they stood at both."""
    h = s.history.c
    inside = or_(and_(h.since > before, h.since <= after), and_(h.until > before, h.until <= after))
    found = []
    for noun, kind in KINDS.items():
        changed: dict[str, set[int]] = {}
        for row in cx.execute(select(h.id, h.since, h.until).where(h.noun == noun, inside)):
            changed.setdefault(row.id, set()).update(n for n in (row.since, row.until) if n and before < n <= after)
        decode = msgspec.json.Decoder(kind).decode
        for part in chunks(sorted(changed)):
            one, other = (_stood(cx, noun, part, state) for state in (before, after))
            for id in part:
                rows: list[Row | None] = [decode(told) if (told := side.get(id)) else None for side in (one, other)]
                if rows != [None, None]:
                    found.append(Raw(noun=noun, id=id, before=rows[0], after=rows[1], states=sorted(changed[id])))
    return found


def steps(cx: Connection, before: int, after: int) -> list[Step]:
    """The linkings after one state, up to another, with all that was new in each."""
    c, h, d = s.states.c, s.history.c, s.decisions.c
    known = cx.execute(select(s.states).where(c.id >= before, c.id <= after).order_by(c.id)).all()
    runs = {row.id: row for row in cx.execute(select(s.runs).where(s.runs.c.id.in_([row.id // 2 for row in known])))}
    found = []
    for last, row in pairwise(known):
        run, old = runs[row.id // 2], runs[last.id // 2]
        reports: dict[str, tuple[ReportState | None, ReportState | None]] = {}
        ended = select(h.id, h.row).where(h.noun == _REPORTS, h.until == row.id)
        begun = select(h.id, h.row).where(h.noun == _REPORTS, h.since == row.id)
        for id, packed in cx.execute(ended):
            reports[id] = (_report(packed), None)
        for id, packed in cx.execute(begun):
            reports[id] = (reports.get(id, (None, None))[0], _report(packed))
        for was, now in list(reports.values()):
            next_ = was.successor if was is not None and now is None else None
            if (
                next_ in reports and reports[next_][0] is None
            ):  # the same report, under another id since it has earlier captures
                reports[next_] = (was, reports[next_][1])
        made = select(d.row).where(d.seq > last.decided, d.seq <= row.decided).order_by(d.seq)
        found.append(
            Step(
                state=row.id, run=run.id, kind="review" if row.id % 2 else run.kind, at=row.at,
                updated=_version(run.versions) != _version(old.versions),
                decisions=[_decided(cx, each) for each in cx.scalars(made)], reports=reports,
            )
        )  # fmt: skip
    return found


def _stood(cx: Connection, noun: str, ids: Sequence[str], state: int) -> dict[str, str]:
    """How some rows stood at a state, as JSON by id."""
    h, table = s.history.c, s.LINKED[noun]
    rows = cx.execute(select(h.id, h.since, h.until, h.row).where(h.noun == noun, h.id.in_(ids))).all()
    found = {row.id: _unpacked(row.row) for row in rows if row.until and row.since <= state < row.until}
    young = {row.id for row in rows if row.until is None and row.since > state}
    still = [id for id in ids if id not in found and id not in young]
    found |= {row.id: row.row for row in cx.execute(select(table.c.id, table.c.row).where(table.c.id.in_(still)))}
    return found


def _gone(cx: Connection) -> Iterator[tuple[str, str, None]]:
    """Reports that the last state knew and that are not there any more: id, how it knew them, and which report has their captures."""
    h, c = s.history.c, s.captures.c
    there = select(s.reports.c.id).where(s.reports.c.id == h.id).exists()
    for row in cx.execute(select(h.id, h.row).where(h.noun == _REPORTS, h.until.is_(None), ~there).order_by(h.id)):
        told = json.loads(_unpacked(row.row))
        told["successor"] = cx.scalar(select(c.report).where(c.id == told["capture"]))
        yield row.id, json.dumps(told, ensure_ascii=False), None


def _other(cx: Connection) -> Iterator[tuple[str, str | None, str]]:
    """Reports that are not as the last state knew them: id, how it knew them, how they are."""
    r, g, h = s.reports.c, s.readings.c, s.history.c
    read = select(r.id, g.reader).join_from(s.reports, s.readings, s.is_of_now()).subquery()
    held = select(h.id, h.row, h.key).where(h.noun == _REPORTS, h.until.is_(None)).cte("held")
    held = held.prefix_with("MATERIALIZED")  # else all of it may be gone through for every report
    key = r.current + literal(" ") + func.coalesce(r.published, "") + literal(" ") + func.coalesce(read.c.reader, "")
    query = (
        select(r.id, r.row, r.current, read.c.reader, key.label("key"), held.c.row.label("was"))
        .join_from(s.reports, read, r.id == read.c.id, isouter=True)
        .join(held, r.id == held.c.id, isouter=True)
        .where(or_(held.c.key.is_(None), held.c.key != key))
        .order_by(r.id)
    )
    for row in cx.execute(query):
        head = json.loads(row.row)
        told = {"key": row.key, "title": head["title"], "published": head["published"], "version": row.current}
        told |= {"reader": row.reader, "capture": head["captures"][0]}
        yield row.id, None if row.was is None else _unpacked(row.was), json.dumps(told, ensure_ascii=False)


def _forget(cx: Connection) -> None:
    """Let go of what was, so far as it is too old or too much."""
    h, c = s.history.c, s.states.c
    known = list(cx.scalars(select(c.id).order_by(c.id)))
    first = sorted({state // 2 for state in known})[-RUNS:][0]
    ended = {row.until: row.rows for row in cx.execute(
        select(h.until, func.count().label("rows")).where(h.until.is_not(None)).group_by(h.until)
    )}  # fmt: skip
    stand = sum(cx.scalar(select(func.count()).select_from(s.LINKED[noun])) or 0 for noun in KINDS)
    allowed = max(LEAST, TIMES * stand)
    oldest = next(
        state
        for state in known
        if state == known[-1]
        or (state // 2 >= first and sum(rows for until, rows in ended.items() if until > state) <= allowed)
    )
    if oldest > known[0]:
        old = or_(h.until <= oldest, and_(h.until.is_(None), h.since <= oldest, h.noun != _REPORTS))
        cx.execute(delete(s.history).where(old))
        cx.execute(delete(s.states).where(c.id < oldest))


def _decided(cx: Connection, row: str) -> Decided:
    made = msgspec.json.decode(row, type=Decision)
    on = made
    if made.of and (undone := cx.scalar(select(s.decisions.c.row).where(s.decisions.c.id == made.of))):
        on = msgspec.json.decode(undone, type=Decision)
    return Decided(by=made.by, verdict=made.verdict, reports=sorted({part.anchor.report for part in on.parts}))


def _version(versions: str) -> str | None:
    """The version of Dateline that a run was made with."""
    found: dict[str, str] = json.loads(versions)
    return found.get("dateline")


def _report(packed: bytes) -> ReportState:
    return msgspec.json.decode(_unpacked(packed), type=ReportState)


def _packed(row: str) -> bytes:
    return zlib.compress(row.encode("utf-8", "surrogatepass"))


def _unpacked(row: bytes) -> str:
    return zlib.decompress(row).decode("utf-8", "surrogatepass")
