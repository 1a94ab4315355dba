"""Letting go of a capture that must not be kept: its bytes and all that rested on it alone. Its hash and the reason stay."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, text, update

from dateline.archive import history, shelf
from dateline.archive import schema as s
from dateline.archive.store import Store
from dateline.errors import ArchiveError, ReadingError
from dateline.records import Decision, RawCapture, Refusal


@dataclass(frozen=True)
class Removed:
    """A capture that was let go of: its id, the hash of its bytes, why, who and when, and how many decisions went with it."""

    capture: str
    sha256: str
    reason: str
    by: str
    at: str
    decisions: int


def remove(store: Store, capture: str, reason: str, by: str) -> Removed:
    """Take a capture out, in one transaction, with the report that was made of it. What else was in the report is left to be taken
    apart and folded again, which an `Archive.add` does.

    Raises:
        ArchiveError: there is no such capture.
        ReadingError: no reason is given.
    """
    if not reason.strip():
        raise ReadingError("reason", "say why it must go: the reason is what stays")
    with store.write() as cx:
        store.dialect.overwrite(cx)
        c = s.captures.c
        row = cx.execute(select(c.sha256, c.report).where(c.id == capture)).one_or_none()
        if row is None:
            raise ArchiveError(capture, "the archive has no such capture")
        _unmake(cx, store, row.report)
        cx.execute(delete(s.sightings).where(s.sightings.c.capture == capture))
        cx.execute(delete(s.captures).where(c.id == capture))
        if not cx.scalar(select(func.count()).where(c.sha256 == row.sha256)):
            cx.execute(delete(s.blobs).where(s.blobs.c.sha256 == row.sha256))
        gone = _decisions_on(cx, capture)
        cx.execute(delete(s.outcomes).where(s.outcomes.c.decision.in_(gone)))
        cx.execute(delete(s.decisions).where(s.decisions.c.id.in_(gone)))
        at = datetime.now(UTC).isoformat(timespec="seconds")
        done = Removed(capture, row.sha256, " ".join(reason.split()), " ".join(by.split()), at, len(gone))
        cx.execute(insert(s.removals).values(**vars(done)))
        history.cut(cx)
        store.mark_stale(cx)
    return done


def sweep(store: Store) -> None:
    """Let the file forget what was deleted: words in the index, pages that nobody uses, the journal."""
    with store.write() as cx:
        cx.execute(text("DELETE FROM readings WHERE version NOT IN (SELECT id FROM versions)"))
        shelf.remake(cx)
    store.forget()


def removed(store: Store) -> list[Removed]:
    """All captures that were let go of, in order."""
    with store.read() as cx:
        query = select(s.removals).order_by(s.removals.c.at, s.removals.c.capture)
        return [Removed(**row) for row in cx.execute(query).mappings()]


def barred(store: Store, raws: Iterable[RawCapture]) -> list[Refusal]:
    """Why some captures are not taken in: their bytes are those of one that was let go of."""
    given = [(hashlib.sha256(raw.data).hexdigest(), raw) for raw in raws]
    r = s.removals.c
    with store.read() as cx:
        query = select(r.sha256, r.reason, r.at).where(r.sha256.in_({digest for digest, _ in given}))
        gone = {row.sha256: f"it was removed on {row.at[:10]}: {row.reason}" for row in cx.execute(query)}
    return [Refusal(path=raw.path, record=raw.record, reason=gone[digest]) for digest, raw in given if digest in gone]


def _unmake(cx: Connection, store: Store, report: str | None) -> None:
    """Take a report apart: its captures wait to be folded anew, as if they had just come."""
    if report is None:
        return
    mine = select(s.wordings.c.id).where(s.wordings.c.report == report)
    cx.execute(delete(s.sketch_keys).where(s.sketch_keys.c.wording.in_(mine)))
    cx.execute(delete(s.wordings).where(s.wordings.c.report == report))
    cx.execute(
        update(s.captures).where(s.captures.c.report == report).values(report=None, extract=None, no_article=None)
    )
    store.drop_reports(cx, [report])
    cx.execute(delete(s.unmerged).where(s.unmerged.c.report == report))


def _decisions_on(cx: Connection, capture: str) -> list[str]:
    """The decisions that rest on a capture's words alone, and what undoes them."""
    found: set[str] = set()
    query = select(s.decisions.c.row).where(s.decisions.c.row.contains(json.dumps(capture), autoescape=True))
    for row in cx.scalars(query):
        decision = msgspec.json.decode(row, type=Decision)
        if any(set(part.anchor.captures) == {capture} for part in decision.parts):
            found.add(decision.id)
    for row in cx.scalars(select(s.decisions.c.row).where(s.decisions.c.verdict == "undo").order_by(s.decisions.c.seq)):
        undo = msgspec.json.decode(row, type=Decision)
        if undo.of in found:
            found.add(undo.id)
    return sorted(found)
