"""What was collected, in the archive's database: every visit, every answer as it came, who asked to be left alone."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, select, update

from dateline.archive import schema as s
from dateline.archive.dialect import upsert
from dateline.archive.store import Store
from dateline.collect.memory import Kept, Kind, Known


class Waiting(NamedTuple):
    """An answer that has not become a capture yet: its number, where it came from, its WARC records."""

    id: int
    url: str
    data: bytes


class Fetched(NamedTuple):
    """A page as it came: where from, when, its validators, its WARC records."""

    url: str
    date: str
    etag: str | None
    modified: str | None
    data: bytes


class Ledger:
    """The memory of collecting (see `dateline.collect.memory`)."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def known(self, url: str, kind: Kind) -> Known | None:
        """What is known of an address, None for one never asked for; what it gave only if that was of this kind."""
        a, b = s.addresses.c, s.answers.c
        query = select(a.checked, a.failed, a.passing, b.etag, b.modified, b.digest, b.kind, b.taken)
        with self._store.read() as cx:
            row = cx.execute(query.join_from(s.addresses, s.answers, isouter=True).where(a.url == url)).one_or_none()
        if row is None:
            return None
        if row.kind != kind:
            return Known(row.checked, row.failed, bool(row.passing))
        waiting = kind == "page" and not row.taken
        return Known(row.checked, row.failed, bool(row.passing), row.etag, row.modified, row.digest, waiting)

    def keep(self, answer: Kept, asked: Sequence[str]) -> None:
        """Keep an answer, for its own address and for those that led there. Of a feed only the last one is kept."""
        is_feed = answer.kind == "feed"
        row = {
            **answer._asdict(),
            "data": zlib.compress(answer.data, 6) if is_feed else answer.data,
            "taken": int(is_feed),
        }
        with self._store.write() as cx:
            number = int(cx.execute(s.answers.insert().values(row).returning(s.answers.c.id)).scalar_one())
            self._note(cx, (*asked, answer.url), checked=answer.date, answer=number)
            if is_feed:
                older = (s.answers.c.url == answer.url) & (s.answers.c.kind == "feed") & (s.answers.c.id != number)
                cx.execute(delete(s.answers).where(older))

    def unchanged(self, url: str, asked: Sequence[str], checked: str) -> None:
        """Note that an address still gives what is kept."""
        with self._store.write() as cx:
            answer = cx.scalar(select(s.addresses.c.answer).where(s.addresses.c.url == url))
            self._note(cx, (*asked, url), checked=checked, answer=answer)

    def failed(self, asked: Sequence[str], checked: str, reason: str, passing: bool) -> None:
        """Note why a visit brought nothing; what came before stays known."""
        with self._store.write() as cx:
            self._note(cx, asked, checked=checked, failed=reason, passing=passing)

    def _note(
        self,
        cx: Connection,
        urls: Sequence[str],
        *,
        checked: str,
        failed: str | None = None,
        passing: bool = False,
        **answer: int | None,
    ) -> None:
        for url in urls:
            row: dict[str, Any] = {"checked": checked, "failed": failed, "passing": int(passing), **answer}
            cx.execute(upsert(s.addresses, "url", change=row).values(url=url, **row))

    def feed(self, url: str) -> bytes | None:
        """The body that a feed gave last."""
        b = s.answers.c
        query = select(b.data).where(b.url == url, b.kind == "feed").order_by(b.id.desc()).limit(1)
        with self._store.read() as cx:
            data = cx.scalar(query)
        return zlib.decompress(data) if data else None

    def quiet_until(self, host: str) -> float:
        """The moment (seconds since 1970) until which a host asked to be left alone, 0 where it did not."""
        with self._store.read() as cx:
            return float(cx.scalar(select(s.hosts.c.until).where(s.hosts.c.host == host)) or 0.0)

    def keep_quiet(self, host: str, until: float) -> None:
        """Note until when a host asked to be left alone."""
        with self._store.write() as cx:
            cx.execute(upsert(s.hosts, "host", change=["until"]).values(host=host, until=str(until)))

    # ── from answers to captures ──────────────────────────────────────────────────────────────────────────────────

    def waiting(self, after: int = 0, limit: int = 32) -> list[Waiting]:
        """Answers that are no captures yet, in order."""
        b = s.answers.c
        query = select(b.id, b.url, b.data).where(b.taken == 0, b.id > after).order_by(b.id).limit(limit)
        with self._store.read() as cx:
            return [Waiting(*row) for row in cx.execute(query)]

    def taken(self, ids: Sequence[int]) -> None:
        """Note that some answers are captures now."""
        with self._store.write() as cx:
            cx.execute(update(s.answers).where(s.answers.c.id.in_(list(ids))).values(taken=1))

    def pages(self) -> Iterator[Fetched]:
        """Every page that was fetched, in order."""
        b = s.answers.c
        with self._store.read() as cx:
            query = (
                select(b.url, b.date, b.etag, b.modified, b.data).where(b.kind == "page", b.data != b"").order_by(b.id)
            )
            for row in cx.execute(query):
                yield Fetched(*row)

    def forget(self, digest: str) -> None:
        """Let go of the records of a page that must not be kept; that it came, and its digest, stay known.

        Args:
            digest: the SHA-256 of the page, under which its capture's bytes are kept.
        """
        mine = (s.answers.c.digest == digest) & (s.answers.c.kind == "page")
        with self._store.write() as cx:
            cx.execute(update(s.answers).where(mine).values(data=b"", taken=1))

    def damaged(self) -> Iterator[tuple[str, str]]:
        """Pages whose records are no longer what they were: address and what is wrong."""
        from dateline.collect.record import damage  # what only this needs takes a while to import

        for page in self.pages():
            if why := damage(page.data):
                yield page.url, why
