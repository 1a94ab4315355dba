"""The archive's database: every statement of SQL that Dateline speaks stands in this room.

Writers take the database for themselves from their first statement on, so a transaction either happens as a whole or not at
all, and two writers wait for each other instead of failing half-way. What SQLite and PostgreSQL do differently is in
`dateline.archive.dialect`.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, func, insert, inspect, select, text, update
from sqlalchemy.exc import DatabaseError, InternalError, OperationalError

from dateline.archive import schema as s
from dateline.archive import shelf
from dateline.archive.dialect import dialect_of, json_text, upsert
from dateline.archive.place import Place
from dateline.errors import ArchiveError, StorageError
from dateline.records import (
    CaptureRef,
    Extract,
    Part,
    RawCapture,
    Reading,
    Refusal,
    Report,
    Version,
)

_MANY = 500  # values in one IN (…): well under SQLite's limit on parameters

# Statements that are spoken once or oftener for every capture: as text, which costs a tenth of putting them together.
_PUT_EXTRACT = text("UPDATE captures SET extract = :extract, no_article = :why WHERE id = :capture")
_DROP_REPORT = (
    text("DELETE FROM versions WHERE report = :report"),
    text("DELETE FROM reports WHERE id = :report"),
    text("DELETE FROM report_words WHERE rowid = :row"),
)

R = TypeVar("R", bound=msgspec.Struct)
T = TypeVar("T")


class Store:
    """One archive's database. Opens it, creating or migrating where needed.

    Raises:
        ArchiveError: the file cannot be opened, is no archive, or was made by a later version.
    """

    def __init__(self, place: str | Path | Place) -> None:
        self.place = Place.of(place)
        self._snapshot: ContextVar[Connection | None] = ContextVar("snapshot", default=None)
        self.dialect = dialect_of(self.place.url.get_backend_name())
        self._engine = self.dialect.engine(self.place)
        try:
            with self.read() as cx:
                stands = s.is_current(cx) and shelf.stands(cx)
            if not stands:  # who only looks need not wait for those who write
                with self.write() as cx:
                    s.migrate(cx, self.place)
                    shelf.refresh(cx)
        except StorageError as error:
            self.close()
            raise ArchiveError(self.place, f"cannot be opened as an archive ({error.reason})") from error
        except ArchiveError:
            self.close()
            raise

    @classmethod
    def exists(cls, place: Place) -> bool:
        """Whether there is an archive at a place, or something else that is no archive.

        Raises:
            ArchiveError: the database cannot be reached.
        """
        if place.path:
            return place.path.is_file()
        dialect = dialect_of(place.url.get_backend_name())
        engine = dialect.engine(place)
        try:
            with engine.connect() as cx:
                return bool(inspect(cx).get_table_names())
        except DatabaseError as error:
            raise ArchiveError(
                place, f"cannot be opened as an archive ({dialect.said(error.orig or error)})"
            ) from error
        finally:
            engine.dispose()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that may write: committed at the end, rolled back on an exception.

        Raises:
            StorageError: the disk or the file failed; nothing of the transaction happened.
        """
        with self._failing(), self._engine.connect().execution_options(**self.dialect.writing) as cx, cx.begin():
            self.dialect.take(cx)
            yield cx

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the archive throughout: that of the `snapshot` around it, if any.

        Raises:
            StorageError: the disk or the file failed.
        """
        if (shared := self._snapshot.get()) is not None:
            yield shared
            return
        with self._failing(), self._engine.connect().execution_options(**self.dialect.reading) as cx, cx.begin():
            yield cx

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read inside sees one state of the archive, whatever another program writes meanwhile."""
        with self.read() as cx:
            token = self._snapshot.set(cx)
            try:
                yield
            finally:
                self._snapshot.reset(token)

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            # What a statement was given is our mistake, not the disk's: SQLAlchemy has classes of their own for that.
            if isinstance(error, OperationalError | InternalError) or type(error) is DatabaseError:
                raise StorageError(self.place, self.dialect.said(error.orig or error)) from error
            raise

    def forget(self) -> None:
        """Let the database forget what was deleted: words in the indexes, space that nobody uses, the journal."""
        with self._failing():
            self.dialect.forget(self._engine)

    def close(self) -> None:
        """Let go of the file or the server."""
        self._engine.dispose()

    # ── runs and refusals ─────────────────────────────────────────────────────────────────────────────────────────

    def start_run(self, kind: str, versions: Mapping[str, str], options: Mapping[str, Any]) -> int:
        """Note that a run began; its number."""
        with self.write() as cx:
            done = cx.execute(
                insert(s.runs)
                .values(
                    kind=kind,
                    started=_now(),
                    versions=json.dumps(versions),
                    options=json.dumps(options, ensure_ascii=False),
                )
                .returning(s.runs.c.id)
            )
            return int(done.scalar_one())

    def end_run(self, run: int, counts: Mapping[str, int]) -> None:
        """Note that a run ended, and what it did."""
        with self.write() as cx:
            cx.execute(update(s.runs).where(s.runs.c.id == run).values(ended=_now(), counts=json.dumps(counts)))

    def refuse(self, run: int, refused: Sequence[Refusal]) -> None:
        """Keep inputs that could not be taken, each with its reason."""
        if refused:
            with self.write() as cx:
                cx.execute(insert(s.refusals), [{"run": run, **msgspec.structs.asdict(r)} for r in refused])

    def runs(self) -> list[dict[str, Any]]:
        """All runs in order; ``ended`` and ``counts`` are None for one that was cut short."""
        with self.read() as cx:
            return [
                {**row, **{k: row[k] and json.loads(row[k]) for k in ("versions", "options", "counts")}}
                for row in map(dict, cx.execute(select(s.runs).order_by(s.runs.c.id)).mappings())
            ]

    def refused(self) -> list[Refusal]:
        """Every refused input of every run, each once."""
        with self.read() as cx:
            c = s.refusals.c
            query = select(c.path, c.record, c.reason).distinct().order_by(c.path, c.record.nulls_first())
            return [Refusal(path=r.path, record=r.record, reason=r.reason) for r in cx.execute(query)]

    # ── captures ──────────────────────────────────────────────────────────────────────────────────────────────────

    def keep(self, raws: Sequence[RawCapture]) -> list[RawCapture]:
        """Put captures on disk as they came, before anything is derived from them; those that are new, each once."""
        with self.write() as cx:
            known = self._known(cx, [raw.id for raw in raws])
            first: dict[str, RawCapture] = {}
            for raw in raws:
                if raw.id not in known:
                    first.setdefault(raw.id, raw)
            new = list(first.values())
            hashes = [hashlib.sha256(raw.data).hexdigest() for raw in new]
            blobs = {
                digest: {"sha256": digest, "size": len(raw.data), "data": zlib.compress(raw.data, 6)}
                for digest, raw in zip(hashes, new, strict=True)
            }
            captures = [
                {
                    "id": raw.id,
                    "sha256": digest,
                    "raw": _json(msgspec.structs.replace(raw, data=b"")),
                    "url": raw.url,
                    "captured": raw.captured,
                }
                for digest, raw in zip(hashes, new, strict=True)
            ]
            seen = [{"capture": raw.id, "path": raw.path, "record": raw.record or ""} for raw in raws]
            puts = (
                (upsert(s.blobs), list(blobs.values())),
                (insert(s.captures), captures),
                (upsert(s.sightings), seen),
            )
            for put, rows in puts:
                if rows:
                    cx.execute(put, rows)
        return new

    def _known(self, cx: Connection, ids: Sequence[str]) -> set[str]:
        c = s.captures.c
        return {row for part in chunks(ids) for row in cx.scalars(select(c.id).where(c.id.in_(part)))}

    def unextracted(self) -> list[str]:
        """Captures that are on disk but were not taken further, in order of their ids."""
        c = s.captures.c
        with self.read() as cx:
            return list(cx.scalars(select(c.id).where(c.extract.is_(None)).order_by(c.id)))

    def raw(self, capture: str) -> RawCapture:
        """A capture as it came.

        Raises:
            ArchiveError: the archive has no such capture.
        """
        with self.read() as cx:
            query = (
                select(s.captures.c.raw, s.blobs.c.data)
                .join_from(s.captures, s.blobs)
                .where(s.captures.c.id == capture)
            )
            row = cx.execute(query).one_or_none()
        if row is None:
            raise ArchiveError(capture, "the archive has no such capture")
        return msgspec.structs.replace(msgspec.json.decode(row.raw, type=RawCapture), data=zlib.decompress(row.data))

    def extracts(self, cx: Connection, captures: Iterable[str]) -> dict[str, tuple[Extract, str | None]]:
        """Extract and time of retrieval of some captures, by id."""
        c = s.captures.c
        found: dict[str, tuple[Extract, str | None]] = {}
        for part in chunks(list(captures)):
            for row in cx.execute(select(c.id, c.extract, c.captured).where(c.id.in_(part))):
                found[row.id] = (msgspec.json.decode(row.extract, type=Extract), row.captured)
        return found

    def put_extracts(self, cx: Connection, extracts: Sequence[Extract]) -> None:
        """Store what captures hold."""
        if rows := [{"capture": each.id, "extract": _json(each), "why": each.no_article} for each in extracts]:
            cx.execute(_PUT_EXTRACT, rows)

    # ── reports ───────────────────────────────────────────────────────────────────────────────────────────────────

    def drop_reports(self, cx: Connection, reports: Iterable[str]) -> None:
        """Take reports away, where they are there; their captures stay."""
        if rows := [{"report": report, "row": s.row_of(report)} for report in reports]:
            for drop in _DROP_REPORT:
                cx.execute(drop, rows)

    def put_reports(self, cx: Connection, new: Sequence[Report]) -> None:
        """Store reports."""
        if not new:
            return
        heads = [
            {
                "id": each.id,
                "published": each.published,
                "country": each.country,
                "language": each.language,
                "current": each.current.id,
                "row": _json(msgspec.structs.replace(each, versions=[])),
            }
            for each in new
        ]
        versions = [
            {
                "report": each.id,
                "id": version.id,
                "seq": seq,
                "text": version.text,
                "parts": _json(version.parts),
                "captures": _json(version.captures),
            }
            for each in new
            for seq, version in enumerate(each.versions)
        ]
        for table, rows in ((s.reports, heads), (s.versions, versions)):
            cx.execute(insert(table), rows)
        for each in new:
            self.dialect.put_report_words(cx, s.row_of(each.id), each.id, each.title or "", each.current.text)

    def reports(self, ids: Sequence[str] | None = None) -> list[Report]:
        """Reports with all their versions, by publication day, the undated last; those of ``ids`` where given."""
        r, v = s.reports.c, s.versions.c
        query = select(r.row, v.id, v.text, v.parts, v.captures).join_from(s.reports, s.versions)
        if ids is not None:
            query = query.where(r.id.in_(list(ids)))
        order = (r.published.is_(None), r.published, r.id, v.seq)
        found: dict[str, Report] = {}
        with self.read() as cx:
            for row in cx.execute(query.order_by(*order)):
                head = msgspec.json.decode(row.row, type=Report)
                version = Version(
                    id=row.id,
                    text=row.text,
                    parts=msgspec.json.decode(row.parts, type=list[Part]),
                    captures=msgspec.json.decode(row.captures, type=list[str]),
                )
                so_far = found.get(head.id, head)
                found[head.id] = msgspec.structs.replace(so_far, versions=[*so_far.versions, version])
        return list(found.values())

    def text(self, report: str, version: str) -> str | None:
        """The text of a version of a report, None where there is none."""
        v = s.versions.c
        with self.read() as cx:
            return cx.scalar(select(v.text).where(v.report == report, v.id == version))

    def capture_refs(self, reports: Sequence[str] | None = None) -> dict[str, list[CaptureRef]]:
        """Every capture as reports list it, by capture id; one retrieved twice under other names stands twice.

        ``reports`` asks for the captures of some reports alone.
        """
        url = func.coalesce(s.captures.c.url, json_text(s.captures.c.extract, "url")).label("url")
        query = (
            select(s.captures.c.id, s.sightings.c.path, s.sightings.c.record, url, s.captures.c.captured)
            .join_from(s.captures, s.sightings)
            .order_by(s.captures.c.id, s.sightings.c.path, s.sightings.c.record)
        )
        if reports is not None:
            query = query.where(s.captures.c.report.in_(list(reports)))
        found: dict[str, list[CaptureRef]] = {}
        with self.read() as cx:
            for row in cx.execute(query):
                ref = CaptureRef(
                    id=row.id, path=row.path, record=row.record or None, url=row.url, captured=row.captured
                )
                found.setdefault(row.id, []).append(ref)
        return found

    def search(self, words: str, limit: int) -> list[str]:
        """Reports that hold all the words, the best match first. Every word is looked for as it stands, no operators."""
        with self.read() as cx:
            return self.dialect.search(cx, words, limit)

    # ── readings and what is made of them ─────────────────────────────────────────────────────────────────────────

    def unread(self) -> list[str]:
        """Reports whose current text has no Reading for its publication day and its publisher's country."""
        r, g = s.reports.c, s.readings.c
        have = select(g.version).where(s.is_of_now()).exists()
        with self.read() as cx:
            return list(cx.scalars(select(r.id).where(~have).order_by(r.id)))

    def read_by_others(self, reader: str) -> list[str]:
        """Reports whose Reading was made by another version of the reader."""
        r, g = s.reports.c, s.readings.c
        with self.read() as cx:
            return list(
                cx.scalars(
                    select(r.id)
                    .join_from(s.reports, s.readings, s.is_of_now())
                    .where(g.reader != reader)
                    .order_by(r.id)
                )
            )

    def has_readings(self) -> bool:
        """Whether anything was read yet."""
        with self.read() as cx:
            return cx.execute(select(s.readings.c.version).limit(1)).first() is not None

    def put_readings(self, rows: Sequence[tuple[Report, Reading]], reader: str) -> None:
        """Store Readings of reports' current texts, replacing earlier ones."""
        with self.write() as cx:
            looked_at = s.traces.c.report.in_([report.id for report, _ in rows])
            cx.execute(update(s.traces).where(looked_at).values(stamp=""))
            for report, reading in rows:
                key = {"version": report.current.id, "published": s.read_with(report)}
                value = {"reader": reader, "row": _json(reading)}
                cx.execute(upsert(s.readings, *key, change=value).values(**key, **value))
            if rows:
                self.mark_stale(cx)

    def readings(self, ids: Sequence[str] | None = None) -> dict[str, Reading]:
        """The Reading of every report that has one, by report id; of those in ``ids`` where given."""
        r, g = s.reports.c, s.readings.c
        query = select(r.id, g.row).join_from(s.reports, s.readings, s.is_of_now())
        if ids is not None:
            query = query.where(r.id.in_(list(ids)))
        with self.read() as cx:
            rows = cx.execute(query)
            return {row.id: msgspec.json.decode(row.row, type=Reading) for row in rows}

    def state(self) -> int:
        """The number of changes to reports and Readings so far: what was linked of another state is out of date."""
        return self._number("changed")

    def is_stale(self) -> bool:
        """Whether reports or Readings changed since they were last linked."""
        with self.snapshot():
            return self._number("changed") != self._number("linked")

    def _number(self, key: str) -> int:
        with self.read() as cx:
            return int(cx.scalar(select(s.meta.c.value).where(s.meta.c.key == key)) or 0)

    def _set(self, cx: Connection, key: str, value: int) -> None:
        cx.execute(upsert(s.meta, "key", change=["value"]).values(key=key, value=str(value)))

    def ties_cut(self) -> int:
        """How many ties between reports linking did not follow, because too many reports hang together."""
        return self._number("ties cut")

    def mark_stale(self, cx: Connection) -> None:
        """Note that what is linked is out of date."""
        changed = int(cx.scalar(select(s.meta.c.value).where(s.meta.c.key == "changed")) or 0)
        self._set(cx, "changed", changed + 1)

    def linked(self, name: str, type: type[R]) -> list[R]:
        """All records of one linked noun, in order."""
        table = s.LINKED[name]
        decode = msgspec.json.Decoder(type).decode
        with self.read() as cx:
            return [decode(row) for row in cx.scalars(select(table.c.row).order_by(table.c.seq))]

    def one(self, id: str, types: Mapping[str, type[R]]) -> R | None:
        """The linked record of an id, whichever of the nouns it is; None where there is none."""
        with self.read() as cx:
            for name, type in types.items():
                table = s.LINKED[name]
                if row := cx.scalar(select(table.c.row).where(table.c.id == id)):
                    return msgspec.json.decode(row, type=type)
        return None

    # ── counts and checks ─────────────────────────────────────────────────────────────────────────────────────────

    def counts(self) -> dict[str, int]:
        """How much of everything there is."""
        c = s.captures.c
        with self.read() as cx:
            size = {"captures": cx.scalar(select(func.count()).select_from(s.captures)) or 0}
            size["without an article"] = cx.scalar(select(func.count()).where(c.no_article.is_not(None))) or 0
            for name, table in {"reports": s.reports, **s.LINKED}.items():
                size[name] = cx.scalar(select(func.count()).select_from(table)) or 0
            return size

    def no_articles(self) -> dict[str, int]:
        """Why captures hold no article, and how many each."""
        c = s.captures.c
        with self.read() as cx:
            query = select(c.no_article, func.count()).where(c.no_article.is_not(None)).group_by(c.no_article)
            return {row[0]: row[1] for row in cx.execute(query.order_by(c.no_article))}

    def broken_blobs(self) -> Iterator[tuple[str, str]]:
        """Raw bytes that are no longer what they were: hash and what is wrong."""
        with self.read() as cx:
            for digest, size, data in cx.execute(select(s.blobs).order_by(s.blobs.c.sha256)):
                try:
                    raw = zlib.decompress(data)
                except zlib.error as error:
                    yield digest, f"cannot be unpacked ({error})"
                    continue
                if len(raw) != size or hashlib.sha256(raw).hexdigest() != digest:
                    yield digest, "the bytes do not match the hash"

    def integrity(self) -> str:
        """The database's own check of itself: "ok", or what is wrong with it."""
        with self.read() as cx:
            return self.dialect.integrity(cx)


def chunks(values: Sequence[T], size: int = _MANY) -> Iterator[Sequence[T]]:
    """Values a few at a time; by default so many as one statement takes."""
    return (values[i : i + size] for i in range(0, len(values), size))


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
