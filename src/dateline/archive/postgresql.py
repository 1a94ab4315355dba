"""An archive on a PostgreSQL server, for several people and programs at once.

Readers see one state throughout (REPEATABLE READ, read only). Writers take turns: each transaction that writes begins by taking
the archive's advisory lock, and from then on sees all that was written before it, so nothing ever has to be tried again.

Words are cut into tokens here and not by the server, whose own parsers hang on its locale and languages. The indexes hold tokens
as a ``tsvector`` under GIN; how often a report has a word is counted in the tokens themselves, so no text is too long for it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, cast

from sqlalchemy import Connection, Engine, Select, Table, bindparam, create_engine, event, literal_column, text
from sqlalchemy.exc import NoSuchModuleError
from typing_extensions import override

from dateline.archive.dialect import SHELF_WORDS, WAIT, Dialect, Either, Has, Wanted, quoted
from dateline.archive.place import Place
from dateline.errors import ArchiveError

_OLDEST = 15

_TOKEN = re.compile(r"[^\W_]+")
_SHELF_TOKEN = re.compile(r"(?:[^\W_]|[-.])+")
_DIACRITIC = re.compile("[\u0300-\u036f]")
_LONGEST = 400  # characters of a token that count: the server takes 2,046 bytes
_MOST = 1_000_000  # bytes of different tokens in one tsvector: the server takes 1,048,575
_NOWHERE = "''''"  # a lexeme that no row has: an apostrophe is in no token

# BM25 as FTS5 has it.
_K1, _B = 1.2, 0.75
_LEAST_IDF = 1e-6

_KINDS = {"text": "text", "int": "integer", "float": "double precision", "bool": "boolean"}

_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('dateline'), hashtext(current_schema()))")
_PUT_WORDS = text(
    "INSERT INTO report_words (rowid, report, size, words, tokens)"
    " VALUES (:row, :report, :size, :words, CAST(:tokens AS tsvector))"
)
_SIZES = text("SELECT count(*) AS rows, coalesce(sum(size), 0) AS size FROM report_words")
_HITS = text(
    "SELECT count(*) FROM report_words WHERE tokens @@ CAST(:tokens AS tsquery) AND position(:words IN words) > 0"
)
_ON_SHELF = text("SELECT rowid FROM shelf_words WHERE words @@ CAST(:words AS tsquery)")
_FIRST_WORDINGS = text(
    "SELECT j.key, k.wording FROM unnest(CAST(:keys AS bigint[])) AS j (key) CROSS JOIN LATERAL"
    " (SELECT wording FROM sketch_keys WHERE key = j.key ORDER BY wording LIMIT :limit) AS k"
)


class Postgresql(Dialect):
    """PostgreSQL 15 or later."""

    reading: ClassVar[Mapping[str, Any]] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    writing: ClassVar[Mapping[str, Any]] = {"isolation_level": "READ COMMITTED", "postgresql_readonly": False}

    @override
    def engine(self, place: Place) -> Engine:
        try:
            engine = create_engine(place.url, pool_pre_ping=True)
        except (ImportError, NoSuchModuleError) as error:
            raise ArchiveError(
                place, "PostgreSQL needs a further package: pip install 'dateline[postgresql]'"
            ) from error

        engine.dialect.use_insertmanyvalues_wo_returning = True  # many rows a statement instead of one

        @event.listens_for(engine, "do_connect")
        def _connecting(_: object, __: object, ___: object, options: dict[str, Any]) -> None:
            options.setdefault("client_encoding", "utf8")
            options.setdefault("application_name", "dateline")

        @event.listens_for(engine, "connect")
        def _connected(driver: Any, _: object) -> None:
            if driver.info.server_version < _OLDEST * 10_000:
                raise ArchiveError(place, f"the server is too old: PostgreSQL {_OLDEST} or later is needed")
            if driver.info.parameter_status("server_encoding") != "UTF8":
                raise ArchiveError(place, "the database's encoding is not UTF8: create it with ENCODING 'UTF8'")
            driver.autocommit = True
            driver.execute(
                f"SET lock_timeout = '{WAIT}s'; SET jit = off"
            )  # compiling a page's query takes longer than it
            driver.autocommit = False

        return engine

    @override
    def take(self, cx: Connection) -> None:
        cx.execute(_LOCK)

    @override
    def said(self, error: BaseException) -> str:
        return " ".join(str(error).split())

    # ── words ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @override
    def create_report_words(self, cx: Connection) -> None:
        cx.exec_driver_sql(
            'CREATE TABLE report_words (rowid bigint PRIMARY KEY, report text COLLATE "C" NOT NULL, size integer NOT NULL,'
            ' words text COLLATE "C" NOT NULL, tokens tsvector NOT NULL)'
        )
        cx.exec_driver_sql("CREATE INDEX report_words_tokens ON report_words USING gin (tokens)")

    @override
    def put_report_words(self, cx: Connection, row: int, report: str, title: str, text: str) -> None:
        parts = [list(_tokens(title)), list(_tokens(text))]
        words = "\n".join(_told(part) for part in parts)  # no query goes over the end of the title
        tokens = _vector(token for part in parts for token in part)
        size = sum(map(len, parts))
        cx.execute(_PUT_WORDS, {"row": row, "report": report, "size": size, "words": words, "tokens": tokens})

    @override
    def search(self, cx: Connection, words: str, limit: int) -> list[str]:
        phrases = list(filter(None, (list(_tokens(word)) for word in words.split())))
        if not phrases:
            return []
        asked: dict[str, Any] = {f"w{i}": _told(phrase) for i, phrase in enumerate(phrases)}
        counts = ", ".join(
            f"(length(words) - length(replace(words, :w{i}, ''))) / length(:w{i}) AS n{i}" for i in range(len(phrases))
        )
        rows, size = cx.execute(_SIZES).one()
        average = max(size / max(rows, 1), 1)
        scores = []
        for i, phrase in enumerate(phrases):
            hits = cx.scalar(_HITS, {"tokens": _all(phrase), "words": asked[f"w{i}"]}) if len(phrases) > 1 else 1
            idf = math.log((rows - (hits or 0) + 0.5) / ((hits or 0) + 0.5))
            asked[f"i{i}"] = max(idf, _LEAST_IDF)
            scores.append(
                f":i{i} * n{i} * {_K1 + 1} / (n{i} + {_K1} * (1 - {_B} + {_B} * size / CAST(:average AS float8)))"
            )
        query = (
            f"WITH hits AS MATERIALIZED (SELECT report, size, {counts} FROM report_words"
            " WHERE tokens @@ CAST(:tokens AS tsquery))"
            f" SELECT report FROM hits WHERE {' AND '.join(f'n{i} > 0' for i in range(len(phrases)))}"
            f" ORDER BY {' + '.join(scores)} DESC, report LIMIT :limit"
        )
        tokens = _all([token for phrase in phrases for token in phrase])
        return list(cx.execute(text(query), {**asked, "tokens": tokens, "average": average, "limit": limit}).scalars())

    @override
    def create_shelf_words(self, cx: Connection) -> None:
        cx.exec_driver_sql(
            "CREATE TABLE IF NOT EXISTS shelf_words (rowid integer PRIMARY KEY, words tsvector NOT NULL)"
        )
        cx.exec_driver_sql("CREATE INDEX IF NOT EXISTS shelf_words_words ON shelf_words USING gin (words)")

    @override
    def clear_shelf_words(self, cx: Connection) -> None:
        cx.exec_driver_sql("DELETE FROM shelf_words")  # not TRUNCATE, which readers of an older state would see

    @override
    def put_shelf_words(self, cx: Connection, rows: Sequence[tuple[int, str, str, str, str]]) -> None:
        told = (
            (
                key,
                _vector(
                    f"{column} {token}"
                    for column, words in zip(SHELF_WORDS, columns, strict=True)
                    for token in _shelf_tokens(words)
                ),
            )
            for key, *columns in rows
        )
        self._copy(cx, "shelf_words (rowid, words)", told)

    @override
    def drop_shelf_words(self, cx: Connection, keys: Sequence[int]) -> None:
        cx.execute(text("DELETE FROM shelf_words WHERE rowid = ANY(:keys)"), {"keys": list(keys)})

    @override
    def on_shelf(self, wanted: Wanted) -> Select[Any]:
        asked = _ON_SHELF.bindparams(bindparam("words", _query(wanted), unique=True))
        return cast(Select[Any], asked.columns(literal_column("rowid")))

    # ── single statements ─────────────────────────────────────────────────────────────────────────────────────────

    @override
    def fill(self, cx: Connection, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        self._copy(cx, f"{table.name} ({', '.join(map(quoted, columns))})", rows)

    def _copy(self, cx: Connection, into: str, rows: Iterable[Sequence[Any]]) -> None:
        driver: Any = cx.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    @override
    def first_wordings(self, cx: Connection, keys: Iterable[int], limit: int) -> Iterable[tuple[int, int]]:
        rows = cx.execute(_FIRST_WORDINGS, {"keys": sorted(set(keys)), "limit": limit})
        return ((row.key, row.wording) for row in rows)

    @override
    def numbered(self, cx: Connection, table: Table) -> None:
        [column] = table.primary_key.columns
        highest = cx.scalar(text(f"SELECT max({column.name}) FROM {table.name}"))
        if highest is not None:
            sequence = cx.scalar(text(f"SELECT pg_get_serial_sequence('{table.name}', '{column.name}')"))
            cx.execute(
                text("SELECT setval(CAST(:sequence AS text), :highest)"), {"sequence": sequence, "highest": highest}
            )

    # ── the server ────────────────────────────────────────────────────────────────────────────────────────────────

    @override
    def overwrite(self, cx: Connection) -> None:
        """`forget` writes the tables anew."""

    @override
    def forget(self, engine: Engine) -> None:
        # A plain VACUUM leaves the bytes of what was deleted where they were until something else is written there.
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT", postgresql_readonly=False) as cx:
            tables = (
                cx.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")).scalars().all()
            )
            quote = cx.dialect.identifier_preparer.quote
            for table in tables:
                cx.exec_driver_sql(f"VACUUM (FULL, ANALYZE) {quote(table)}")

    @override
    def integrity(self, cx: Connection) -> str:
        wrong = cx.execute(
            text(
                "SELECT c.relname FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid"
                " WHERE NOT i.indisvalid AND c.relnamespace = CAST(current_schema() AS regnamespace)"
            )
        )
        broken = ", ".join(wrong.scalars())
        return f"indexes that are not valid: {broken}" if broken else "ok"

    # ── JSON ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @override
    def field(self, document: str, path: str, kind: str = "text") -> str:
        found = f"(CAST({document} AS json) #>> '{{{path.replace('.', ',')}}}')"
        return found if kind == "text" else f"CAST({found} AS {_KINDS[kind]})"

    @override
    def length(self, document: str, path: str) -> str:
        return f"json_array_length(CAST({document} AS json) #> '{{{path.replace('.', ',')}}}')"

    @override
    def each(self, document: str, path: str, name: str) -> str:
        numbered = f"json_array_elements(CAST({document} AS json) #> '{{{path.replace('.', ',')}}}') WITH ORDINALITY"
        return f"LATERAL (SELECT n - 1 AS key, value FROM {numbered} AS each (value, n)) AS {name}"


# ── tokens ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _tokens(told: str) -> Iterator[str]:
    """The words of a text as FTS5's ``unicode61`` cuts and folds them: letters and digits, without diacritics and case."""
    bare = _DIACRITIC.sub("", unicodedata.normalize("NFD", told)).lower()
    return (found[0][:_LONGEST] for found in _TOKEN.finditer(bare))


def _shelf_tokens(told: str) -> Iterator[str]:
    """The tokens of words on the shelf, in which points and hyphens are letters and diacritics count."""
    return (found[0][:_LONGEST] for found in _SHELF_TOKEN.finditer(told.lower()))


def _told(tokens: Iterable[str]) -> str:
    """Tokens one after the other, each between blanks of its own, so that a token is found and counted as a whole."""
    return "".join(f" {token} " for token in tokens)


def _lexeme(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def _vector(tokens: Iterable[str]) -> str:
    """A ``tsvector`` of tokens, each once; of those that are too many the first."""
    found: list[str] = []
    size = 0
    for token in dict.fromkeys(tokens):
        size += len(token.encode()) + 1
        if size > _MOST:
            break
        found.append(_lexeme(token))
    return " ".join(found)


def _all(tokens: Sequence[str]) -> str:
    return " & ".join(map(_lexeme, tokens))


def _query(wanted: Wanted) -> str:
    """A query as a ``tsquery``."""
    if isinstance(wanted, Has):
        tokens = list(_shelf_tokens(wanted.token))
        if len(tokens) != 1:  # no token holds what parts tokens
            return _NOWHERE
        return _all([f"{wanted.column} {tokens[0]}"])
    between = " | " if isinstance(wanted, Either) else " & "
    return f"({between.join(map(_query, wanted.of))})" if wanted.of else _NOWHERE
