"""What differs between the databases that can hold an archive, named once; `sqlite` and `postgresql` say it each in their way.

Every other statement of this room is said once, in SQLAlchemy's terms or in SQL that both understand.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import Boolean, Connection, Engine, Insert, Select, Table, Text, insert
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.base import SyntaxExtension
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.sql.visitors import InternalTraversal

from dateline.archive.place import Place

WAIT = 60  # seconds that a writer waits for another one

Words = Text().with_variant(pg.TEXT(collation="C"), "postgresql")
"""The type of every text: compared and ordered by code points, whatever language the server speaks."""


# ── what is looked for on the shelf ───────────────────────────────────────────────────────────────────────────────────


class Has(NamedTuple):
    """Rows that have a token in a column of the words on the shelf; none has the empty token."""

    column: str
    token: str


class Every(NamedTuple):
    """Rows that answer to all of some."""

    of: tuple[Wanted, ...]


class Either(NamedTuple):
    """Rows that answer to one of some at least."""

    of: tuple[Wanted, ...]


Wanted = Has | Every | Either

SHELF_WORDS = ("stems", "names", "place_stems", "place_names")
"""The columns of the words on the shelf."""


# ── the databases ─────────────────────────────────────────────────────────────────────────────────────────────────────


class Dialect(ABC):
    """One kind of database. Its words live in two full-text indexes beside the tables: ``report_words`` and ``shelf_words``."""

    reading: ClassVar[Mapping[str, Any]]
    """The options of a connection that reads one state of the archive throughout."""

    writing: ClassVar[Mapping[str, Any]]
    """The options of a connection that writes."""

    # connections

    @abstractmethod
    def engine(self, place: Place) -> Engine:
        """The way to the database; nothing is opened yet.

        Raises:
            ArchiveError: it cannot be one, or what is needed to speak to it is not installed.
        """

    @abstractmethod
    def take(self, cx: Connection) -> None:
        """Begin to write: wait until no other program writes, and keep others from it until the transaction ends."""

    @abstractmethod
    def said(self, error: BaseException) -> str:
        """What a driver's error says, on one line."""

    # words

    @abstractmethod
    def create_report_words(self, cx: Connection) -> None:
        """Make the index of reports' words."""

    @abstractmethod
    def put_report_words(self, cx: Connection, row: int, report: str, title: str, text: str) -> None:
        """Put a report's words into the index, under a row that has none."""

    @abstractmethod
    def search(self, cx: Connection, words: str, limit: int) -> list[str]:
        """Reports that hold all the words, the best match (BM25) first. Every word is looked for as it stands, no operators."""

    @abstractmethod
    def create_shelf_words(self, cx: Connection) -> None:
        """Make the index of the words on the shelf, if there is none."""

    @abstractmethod
    def clear_shelf_words(self, cx: Connection) -> None:
        """Take all words off the shelf."""

    @abstractmethod
    def put_shelf_words(self, cx: Connection, rows: Sequence[tuple[int, str, str, str, str]]) -> None:
        """Put words on the shelf: for each row its key, and for each of the columns its tokens apart by blanks."""

    @abstractmethod
    def drop_shelf_words(self, cx: Connection, keys: Sequence[int]) -> None:
        """Take the words of some keys off the shelf, or leave them where no row has the key any more and none will have it again."""

    @abstractmethod
    def on_shelf(self, wanted: Wanted) -> Select[Any]:
        """The query for the keys of the rows that answer."""

    # single statements

    @abstractmethod
    def fill(self, cx: Connection, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Insert many rows, the fastest way there is."""

    @abstractmethod
    def first_wordings(self, cx: Connection, keys: Iterable[int], limit: int) -> Iterable[tuple[int, int]]:
        """The first wordings under each of some keys: pairs of key and wording."""

    @abstractmethod
    def numbered(self, cx: Connection, table: Table) -> None:
        """Let a table's own numbers go on after the highest that it has."""

    # the file or the server

    @abstractmethod
    def overwrite(self, cx: Connection) -> None:
        """See to it that what this connection deletes is overwritten, not only forgotten, where that can be had."""

    @abstractmethod
    def forget(self, engine: Engine) -> None:
        """Let the database forget what was deleted: words in the indexes, space that nobody uses, the journal. Outside of any
        transaction."""

    @abstractmethod
    def integrity(self, cx: Connection) -> str:
        """The database's own check of itself: "ok", or what is wrong."""

    # JSON, for the views

    @abstractmethod
    def field(self, document: str, path: str, kind: str = "text") -> str:
        """SQL for what stands in a JSON document (``a.b``): as ``text``, ``int``, ``float`` or ``bool``."""

    @abstractmethod
    def length(self, document: str, path: str) -> str:
        """SQL for the number of members of a list in a JSON document."""

    @abstractmethod
    def each(self, document: str, path: str, name: str) -> str:
        """SQL for a list in a JSON document as a table of that name with the columns ``key`` (from 0) and ``value``."""


@cache
def dialect_of(name: str) -> Dialect:
    """The dialect of an engine or connection by its name in SQLAlchemy: ``cx.dialect.name``."""
    if name == "postgresql":
        from dateline.archive.postgresql import Postgresql  # what only this needs takes a while to import

        return Postgresql()
    from dateline.archive.sqlite import Sqlite

    return Sqlite()


# ── statements that both say almost alike ─────────────────────────────────────────────────────────────────────────────


def quoted(name: str) -> str:
    """A name of ours as SQL takes it, even where it is a word of the language."""
    return f'"{name}"'


def upsert(table: Table, *key: str, change: Iterable[str] = ()) -> Insert:
    """An INSERT that passes over rows that are there already, or gives them the new values of the columns ``change``.

    Args:
        table: where to.
        key: the columns that tell whether a row is there; none: whatever is unique. A table's ``info`` may name under ``key``
            what stands for a column in PostgreSQL's unique index (see `dateline.archive.schema.addresses`).
        change: what of a row that is there is changed.
    """
    for_postgresql = [table.info.get("key", {}).get(name, name) for name in key]
    return insert(table).ext(_OnConflict(", ".join(key), ", ".join(for_postgresql), tuple(change)))


_PARTS = [
    ("key", InternalTraversal.dp_string),
    ("key_in_postgresql", InternalTraversal.dp_string),
    ("change", InternalTraversal.dp_string_list),
]


class _OnConflict(SyntaxExtension, ClauseElement):
    _traverse_internals = _PARTS

    def __init__(self, key: str, key_in_postgresql: str, change: tuple[str, ...]) -> None:
        self.key = key
        self.key_in_postgresql = key_in_postgresql
        self.change = change

    def apply_to_insert(self, insert_stmt: Insert) -> None:
        insert_stmt.apply_syntax_extension_point(self.append_replacing_same_type, "post_values")


@compiles(_OnConflict)
def _on_conflict(element: _OnConflict, compiler: Any, **_: Any) -> str:
    key = element.key_in_postgresql if compiler.dialect.name == "postgresql" else element.key
    changes = ", ".join(f"{quoted(name)} = excluded.{quoted(name)}" for name in element.change)
    return f"ON CONFLICT {f'({key}) ' if key else ''}DO {f'UPDATE SET {changes}' if changes else 'NOTHING'}"


class json_text(GenericFunction[Any]):
    """What stands under a name at the top of a JSON document: ``json_text(column, "url")``."""

    type = Text()
    inherit_cache = True


class json_flag(GenericFunction[Any]):
    """What stands under a name at the top of a JSON document as yes or no: ``json_flag(column, "read")``."""

    type = Boolean()
    inherit_cache = True


@compiles(json_text)
@compiles(json_flag)
def _json(element: json_text | json_flag, compiler: Any, **kw: Any) -> str:
    document, name = (compiler.process(clause, **kw) for clause in element.clauses)
    if compiler.dialect.name != "postgresql":
        return f"json_extract({document}, '$.' || {name})"
    kind = "boolean" if isinstance(element, json_flag) else "text"
    return f"CAST(CAST({document} AS json) ->> CAST({name} AS text) AS {kind})"
