"""An archive in one file: SQLite with a write-ahead log and FTS5.

A writer takes the database from its first statement on (``BEGIN IMMEDIATE``), so two writers wait for each other.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, cast

from sqlalchemy import Connection, Engine, Select, Table, bindparam, create_engine, event, literal_column, text
from typing_extensions import override

from dateline.archive.dialect import SHELF_WORDS, WAIT, Dialect, Either, Has, Wanted, quoted
from dateline.archive.place import Place
from dateline.errors import ArchiveError

_SEARCH = text("SELECT report FROM report_words WHERE report_words MATCH :terms ORDER BY rank, report LIMIT :limit")
_PUT_WORDS = text("INSERT INTO report_words (rowid, report, title, text) VALUES (:row, :report, :title, :text)")
_ON_SHELF = text("SELECT rowid FROM shelf_words WHERE shelf_words MATCH :words")
_FIRST_WORDINGS = text(
    "SELECT j.value AS key, k.wording FROM json_each(:keys) AS j CROSS JOIN sketch_keys AS k"
    " ON k.key = j.value AND k.wording IN (SELECT wording FROM sketch_keys WHERE key = j.value ORDER BY wording LIMIT :limit)"
)

# The keys of a new capture lie all over their index, so what is at hand of it saves reading, and a journal that may grow
# saves writing the same page again and again.
_CACHE = 64_000  # KB
_JOURNAL = 8_000  # pages


def _keep_journal(dbapi: Any) -> None:
    """Write ahead; for the switch itself SQLite does not wait while another process makes the same file."""
    until = time.monotonic() + WAIT
    while True:
        try:
            dbapi.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


class Sqlite(Dialect):
    """SQLite."""

    reading: ClassVar[Mapping[str, Any]] = {"begin": "DEFERRED"}
    writing: ClassVar[Mapping[str, Any]] = {"begin": "IMMEDIATE"}

    @override
    def engine(self, place: Place) -> Engine:
        if place.path is None or not place.path.absolute().parent.is_dir():
            raise ArchiveError(place, "cannot be opened as an archive (there is no folder for it)")
        engine = create_engine(place.url, connect_args={"timeout": float(WAIT), "check_same_thread": False})

        @event.listens_for(engine, "connect")
        def _connected(dbapi: Any, _: object) -> None:
            dbapi.isolation_level = None  # transactions are begun below, not by the driver behind our back
            _keep_journal(dbapi)
            dbapi.execute("PRAGMA synchronous=FULL")
            dbapi.execute(f"PRAGMA cache_size=-{_CACHE}")
            dbapi.execute(f"PRAGMA wal_autocheckpoint={_JOURNAL}")

        @event.listens_for(engine, "begin")
        def _begin(cx: Connection) -> None:
            mode = cx.get_execution_options().get("begin", "DEFERRED")
            cx.exec_driver_sql(f"PRAGMA query_only={'OFF' if mode == 'IMMEDIATE' else 'ON'}")  # a reader cannot write
            cx.exec_driver_sql(f"BEGIN {mode}")

        return engine

    @override
    def take(self, cx: Connection) -> None:
        """``BEGIN IMMEDIATE`` did."""

    @override
    def said(self, error: BaseException) -> str:
        return str(error)

    @override
    def create_report_words(self, cx: Connection) -> None:
        cx.exec_driver_sql(
            "CREATE VIRTUAL TABLE report_words USING fts5(report UNINDEXED, title, text, tokenize='unicode61')"
        )

    @override
    def put_report_words(self, cx: Connection, row: int, report: str, title: str, text: str) -> None:
        cx.execute(_PUT_WORDS, {"row": row, "report": report, "title": title, "text": text})

    @override
    def search(self, cx: Connection, words: str, limit: int) -> list[str]:
        terms = " ".join('"' + word.replace('"', '""') + '"' for word in words.replace("\0", " ").split())
        return list(cx.execute(_SEARCH, {"terms": terms, "limit": limit}).scalars()) if terms else []

    @override
    def create_shelf_words(self, cx: Connection) -> None:
        tokens = "unicode61 remove_diacritics 0 tokenchars '-.'"
        cx.exec_driver_sql(
            "CREATE VIRTUAL TABLE IF NOT EXISTS shelf_words USING fts5("
            f"""{", ".join(SHELF_WORDS)}, content='', tokenize="{tokens}")"""
        )

    @override
    def clear_shelf_words(self, cx: Connection) -> None:
        cx.exec_driver_sql("INSERT INTO shelf_words (shelf_words) VALUES ('delete-all')")

    @override
    def put_shelf_words(self, cx: Connection, rows: Sequence[tuple[int, str, str, str, str]]) -> None:
        self._insert(cx, "shelf_words", ("rowid", *SHELF_WORDS), rows)

    @override
    def drop_shelf_words(self, cx: Connection, keys: Sequence[int]) -> None:
        """They stay until the shelf is made anew: an index without contents would have to be told every word of them."""

    @override
    def on_shelf(self, wanted: Wanted) -> Select[Any]:
        asked = _ON_SHELF.bindparams(bindparam("words", _match(wanted), unique=True))
        return cast(Select[Any], asked.columns(literal_column("rowid")))

    @override
    def fill(self, cx: Connection, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        self._insert(cx, table.name, columns, rows)

    def _insert(self, cx: Connection, into: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        # By the driver itself: hundreds of thousands of rows take half the time.
        if rows:
            marks = ", ".join("?" * len(columns))
            cx.exec_driver_sql(
                f"INSERT INTO {into} ({', '.join(map(quoted, columns))}) VALUES ({marks})", list(map(tuple, rows))
            )

    @override
    def first_wordings(self, cx: Connection, keys: Iterable[int], limit: int) -> Iterable[tuple[int, int]]:
        rows = cx.execute(_FIRST_WORDINGS, {"keys": json.dumps(sorted(set(keys))), "limit": limit})
        return ((row.key, row.wording) for row in rows)

    @override
    def numbered(self, cx: Connection, table: Table) -> None:
        """SQLite gives the number after the highest by itself."""

    @override
    def overwrite(self, cx: Connection) -> None:
        cx.exec_driver_sql("PRAGMA secure_delete=ON")

    @override
    def forget(self, engine: Engine) -> None:
        with engine.connect().execution_options(**self.writing) as cx, cx.begin():
            cx.exec_driver_sql("INSERT INTO report_words (report_words) VALUES ('optimize')")
        with engine.connect() as cx:
            driver = cx.connection.dbapi_connection
            assert driver is not None
            driver.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")  # outside of any transaction

    @override
    def integrity(self, cx: Connection) -> str:
        return str(cx.exec_driver_sql("PRAGMA integrity_check").scalar())

    @override
    def field(self, document: str, path: str, kind: str = "text") -> str:
        return f"json_extract({document}, '$.{path}')"

    @override
    def length(self, document: str, path: str) -> str:
        return f"json_array_length({document}, '$.{path}')"

    @override
    def each(self, document: str, path: str, name: str) -> str:
        return f"json_each({document}, '$.{path}') AS {name}"


def _match(wanted: Wanted) -> str:
    """A query in FTS5's language."""
    if isinstance(wanted, Has):
        return f'{wanted.column}:"{wanted.token.replace(chr(34), chr(34) * 2)}"'
    between = " OR " if isinstance(wanted, Either) else " AND "
    return f"({between.join(map(_match, wanted.of))})"
