"""The tables of an archive, and the migrations that bring an older one up to date."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    insert,
    inspect,
    select,
    text,
    update,
)

from dateline.archive.views import create_views
from dateline.errors import ArchiveError

metadata = MetaData()

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("started", Text, nullable=False),
    Column("ended", Text),
    Column("versions", Text, nullable=False),
    Column("options", Text, nullable=False),
    Column("counts", Text),
)

refusals = Table(
    "refusals",
    metadata,
    Column("run", Integer, ForeignKey("runs.id"), nullable=False),
    Column("path", Text, nullable=False),
    Column("record", Text),
    Column("reason", Text, nullable=False),
)

blobs = Table(
    "blobs",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

captures = Table(
    "captures",
    metadata,
    Column("id", Text, primary_key=True),
    Column("sha256", Text, ForeignKey("blobs.sha256"), nullable=False),
    Column("raw", Text, nullable=False),
    Column("url", Text),
    Column("captured", Text),
    Column("extract", Text),
    Column("no_article", Text),
    Column("report", Text, index=True),
)

sightings = Table(
    "sightings",
    metadata,
    Column("capture", Text, ForeignKey("captures.id"), primary_key=True),
    Column("path", Text, primary_key=True),
    Column("record", Text, primary_key=True),
)

sketch_keys = Table(
    "sketch_keys",
    metadata,
    Column("key", BigInteger, primary_key=True),
    Column("capture", Text, ForeignKey("captures.id"), primary_key=True),
    sqlite_with_rowid=False,
)

reports = Table(
    "reports",
    metadata,
    Column("id", Text, primary_key=True),
    Column("published", Text),
    Column("language", Text),
    Column("current", Text, nullable=False),
    Column("row", Text, nullable=False),
)

versions = Table(
    "versions",
    metadata,
    Column("report", Text, ForeignKey("reports.id"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("parts", Text, nullable=False),
    Column("captures", Text, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    Column("version", Text, primary_key=True),
    Column("published", Text, primary_key=True),
    Column("reader", Text, nullable=False),
    Column("row", Text, nullable=False),
)


def _linked(name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("id", Text, primary_key=True),
        Column("seq", Integer, nullable=False),
        Column("row", Text, nullable=False),
        Index(f"{name}_seq", "seq"),
    )


LINKED = {
    name: _linked(name) for name in ("actors", "statements", "figures", "events", "commitments", "disputes", "entries")
}
"""What the link and chronicle steps make: rebuilt as a whole, one JSON row each, in the order in which they are listed."""


# ── what pages are made of: derived from the linked nouns and the reports, filled by `dateline.archive.shelf` ─────────

shelf = Table(
    "shelf",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("noun", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("first", Integer),
    Column("last", Integer),
    Column("voices", Integer, nullable=False),
    Column("mark", Text),
    Index("shelf_seq", "noun", "seq"),
    Index("shelf_id", "noun", "id", unique=True),
)
"""One row a row of any noun: the days it covers (days since 1970), the number of origins behind it, its mark on a timeline."""

terms = Table(
    "terms",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("noun", Text, nullable=False),
    Column("facet", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    Index("terms_value", "noun", "facet", "value", unique=True),
)
"""What rows can be narrowed by (the status ``planned``, the origin ``Reuters``), and how many rows that leaves."""

tagged = Table(
    "tagged",
    metadata,
    Column("term", Integer, primary_key=True),
    Column("key", Integer, primary_key=True),
    Index("tagged_key", "key", "term"),
    sqlite_with_rowid=False,
)


# ── review: what persons decided (kept for good), and how it stands against the readings (made anew by every linking) ────────

decisions = Table(
    "decisions",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text),
    Column("verdict", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("row", Text, nullable=False),
)
"""Append-only: nothing here is ever changed or deleted."""

outcomes = Table(
    "outcomes",
    metadata,
    Column("decision", Text, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("state", Text, nullable=False),
    Column("row", Text, nullable=False),
    Index("outcomes_state", "state"),
)


def _create(connection: Connection) -> None:
    metadata.create_all(connection)
    connection.execute(
        text("CREATE VIRTUAL TABLE report_words USING fts5(report UNINDEXED, title, text, tokenize='unicode61')")
    )


def _create_shelf(connection: Connection) -> None:
    metadata.create_all(connection, tables=[shelf, terms, tagged])
    tokens = "unicode61 remove_diacritics 0 tokenchars '-.'"
    connection.execute(
        text(
            "CREATE VIRTUAL TABLE IF NOT EXISTS shelf_words USING fts5("
            f"""stems, names, place_stems, place_names, content='', tokenize="{tokens}")"""
        )
    )


def _create_reviews(connection: Connection) -> None:
    metadata.create_all(connection, tables=[decisions, outcomes])


# What was collected: an address and what came of its last visit; the answers as they came (records of a WARC for a page,
# the body of a feed), ``taken`` once they are captures; until when a host wants to be left alone.
addresses = Table(
    "addresses",
    metadata,
    Column("url", Text, primary_key=True),
    Column("checked", Text, nullable=False),
    Column("failed", Text),
    Column("passing", Integer, nullable=False),
    Column("answer", Integer, ForeignKey("answers.id")),
)

answers = Table(
    "answers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url", Text, nullable=False),
    Column("date", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
    Column("digest", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("taken", Integer, nullable=False, index=True),
)

hosts = Table("hosts", metadata, Column("host", Text, primary_key=True), Column("until", Text, nullable=False))


def _create_collected(connection: Connection) -> None:
    metadata.create_all(connection, tables=[answers, addresses, hosts])


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    _create,
    _create_shelf,
    _create_reviews,
    create_views,
    _create_collected,
)
"""``MIGRATIONS[n]`` brings an archive of schema ``n`` to ``n + 1``; an empty file has schema 0."""


def migrate(connection: Connection, subject: object) -> None:
    """Bring an archive (``subject`` names it) to this version's schema, inside the caller's transaction.

    Raises:
        ArchiveError: the archive was written by a later version, or the file is another program's database.
    """
    known = inspect(connection).get_table_names()
    if known and "meta" not in known:
        raise ArchiveError(subject, "this database was not made by Dateline")
    found = int(connection.scalar(select(meta.c.value).where(meta.c.key == "schema")) or 0) if known else 0
    if found > len(MIGRATIONS):
        reason = f"the archive has schema {found}, this version of Dateline knows {len(MIGRATIONS)}: update Dateline"
        raise ArchiveError(subject, reason)
    for step in MIGRATIONS[found:]:
        step(connection)
    if not found:
        connection.execute(insert(meta).values(key="schema", value=str(len(MIGRATIONS))))
    elif found < len(MIGRATIONS):
        connection.execute(update(meta).where(meta.c.key == "schema").values(value=str(len(MIGRATIONS))))
