"""The index by which folding finds who is like a new capture: wordings, each once, under their keys.

Everything here goes by a key or an id; nothing reads more than a list's beginning, so the size of the archive does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from sqlalchemy import Connection, insert, select, text, update

from dateline.archive import schema as s
from dateline.archive.dialect import dialect_of, upsert
from dateline.archive.store import chunks
from dateline.fold.same import Body

_FIRST = text("SELECT min(id) FROM captures WHERE report = :report")
_ASSIGN = text("UPDATE captures SET report = :report WHERE id = :capture")
_CHANGED = text("INSERT INTO unmerged (report) VALUES (:report) ON CONFLICT DO NOTHING")
_UNMERGED = text("SELECT report FROM unmerged ORDER BY report LIMIT :limit")
_MERGED = text("DELETE FROM unmerged WHERE report = :report")


def reports_of(cx: Connection, wordings: Iterable[int]) -> dict[int, str]:
    """The report of each of some wordings that the archive has."""
    w = s.wordings.c
    ids = sorted(set(wordings))
    return {
        row.id: row.report for part in chunks(ids) for row in cx.execute(select(w.id, w.report).where(w.id.in_(part)))
    }


def put(cx: Connection, found: Sequence[tuple[Body, str]]) -> None:
    """Store new wordings, each with its report."""
    rows = [
        {"id": body.digest, "day": body.day, "words": body.words.astype("<u4").tobytes(), "report": report}
        for body, report in found
    ]
    if rows:
        cx.execute(insert(s.wordings), rows)


def put_keys(cx: Connection, keys: Mapping[int, Sequence[int]]) -> None:
    """Store the keys of new wordings."""
    rows = sorted((key, wording) for wording, each in keys.items() for key in each)
    if rows:
        cx.execute(upsert(s.sketch_keys), [{"key": key, "wording": wording} for key, wording in rows])


def bodies(cx: Connection, wordings: Iterable[int]) -> dict[int, Body]:
    """Some wordings, ready for comparison."""
    w = s.wordings.c
    ids = sorted(wordings)
    return {
        row.id: Body.of(np.frombuffer(row.words, dtype="<u4").astype(np.uint32), row.day)
        for part in chunks(ids)
        for row in cx.execute(select(w.id, w.words, w.day).where(w.id.in_(part)))
    }


def lists(cx: Connection, keys: Iterable[int], limit: int) -> dict[int, list[int]]:
    """The first wordings under each key, by id."""
    found: dict[int, list[int]] = defaultdict(list)
    for key, wording in dialect_of(cx.dialect.name).first_wordings(cx, keys, limit):
        found[key].append(wording)
    for wordings in found.values():
        wordings.sort()
    return found


def whole_list(cx: Connection, key: int) -> list[int]:
    """All wordings under a key."""
    return list(cx.scalars(select(s.sketch_keys.c.wording).where(s.sketch_keys.c.key == key)))


def first_capture(cx: Connection, report: str) -> str | None:
    """The smallest id of a capture of a report."""
    first: str | None = cx.execute(_FIRST, {"report": report}).scalar()
    return first


def unite(cx: Connection, old: str, report: str) -> None:
    """Put everything that is in a report into another one."""
    for table in (s.captures, s.wordings):
        cx.execute(update(table).where(table.c.report == old).values(report=report))
    changed(cx, [old, report])


def assign(cx: Connection, reports: Mapping[str, str]) -> None:
    """Put captures into their reports."""
    if reports:
        cx.execute(_ASSIGN, [{"capture": capture, "report": report} for capture, report in reports.items()])
        changed(cx, reports.values())


def changed(cx: Connection, reports: Iterable[str]) -> None:
    """Note that reports are to be made anew."""
    cx.execute(_CHANGED, [{"report": report} for report in sorted(set(reports))])


def captures_of(cx: Connection, reports: Iterable[str]) -> dict[str, list[str]]:
    """The captures of each of some reports, in order of their ids."""
    c = s.captures.c
    found: dict[str, list[str]] = {report: [] for report in reports}
    for part in chunks(list(found)):
        query = select(c.report, c.id).where(c.report.in_(part)).order_by(c.report, c.id)
        for report, capture in cx.execute(query):
            found[report].append(capture)
    return found


def leave(cx: Connection, capture: str) -> None:
    """Take a capture out of its report."""
    cx.execute(_ASSIGN, {"capture": capture, "report": None})


def unmerged(cx: Connection, limit: int) -> list[str]:
    """Reports whose captures changed since they were made, at most so many."""
    return list(cx.execute(_UNMERGED, {"limit": limit}).scalars())


def merged(cx: Connection, reports: Iterable[str]) -> None:
    """Note that reports were made of all their captures."""
    if rows := [{"report": report} for report in reports]:
        cx.execute(_MERGED, rows)
