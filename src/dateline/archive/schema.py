"""The tables of an archive, and the migrations that bring an older one up to date."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import numpy as np
from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    and_,
    delete,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)

from dateline.archive.dialect import Words, dialect_of, upsert
from dateline.archive.views import create_views
from dateline.errors import ArchiveError
from dateline.fold.same import Body
from dateline.fold.sketch import sketch
from dateline.records import Extract, Report

metadata = MetaData()

meta = Table("meta", metadata, Column("key", Words, primary_key=True), Column("value", Words, nullable=False))

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("started", Words, nullable=False),
    Column("ended", Words),
    Column("versions", Words, nullable=False),
    Column("options", Words, nullable=False),
    Column("counts", Words),
)

refusals = Table(
    "refusals",
    metadata,
    Column("run", Integer, ForeignKey("runs.id"), nullable=False),
    Column("path", Words, nullable=False),
    Column("record", Words),
    Column("reason", Words, nullable=False),
)

blobs = Table(
    "blobs",
    metadata,
    Column("sha256", Words, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

captures = Table(
    "captures",
    metadata,
    Column("id", Words, primary_key=True),
    Column("sha256", Words, ForeignKey("blobs.sha256"), nullable=False),
    Column("raw", Words, nullable=False),
    Column("url", Words),
    Column("captured", Words),
    Column("extract", Words),
    Column("no_article", Words),
    Column("report", Words),
    Index("captures_report", "report", "id"),
    Index("captures_waiting", "id", sqlite_where=text("extract IS NULL"), postgresql_where=text("extract IS NULL")),
)

sightings = Table(
    "sightings",
    metadata,
    Column("capture", Words, ForeignKey("captures.id"), nullable=False),
    Column("path", Words, nullable=False),
    Column("record", Words, nullable=False),
    PrimaryKeyConstraint("capture", "path", "record").ddl_if(dialect="sqlite"),
    Index("sightings_place", "capture", text("md5(path)"), text("md5(record)"), unique=True).ddl_if(
        dialect="postgresql"
    ),
)
"""Where captures were found. PostgreSQL takes no more than 2,704 bytes into a row of an ordered index, so long words go into one
by their hash, there and in `terms` and `addresses`."""

wordings = Table(
    "wordings",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("day", Words),
    Column("words", LargeBinary, nullable=False),
    Column("report", Words, nullable=False, index=True),
)
"""What captures are compared by: the words of a text as numbers, each wording of a day once (`dateline.fold.same.Body`)."""

sketch_keys = Table(
    "sketch_keys",
    metadata,
    Column("key", BigInteger, primary_key=True),
    Column("wording", BigInteger, primary_key=True),
    sqlite_with_rowid=False,
)

unmerged = Table("unmerged", metadata, Column("report", Words, primary_key=True))
"""The reports whose captures changed since they were made."""

reports = Table(
    "reports",
    metadata,
    Column("id", Words, primary_key=True),
    Column("published", Words),
    Column("country", Words),
    Column("language", Words),
    Column("current", Words, nullable=False),
    Column("row", Words, nullable=False),
)

versions = Table(
    "versions",
    metadata,
    Column("report", Words, ForeignKey("reports.id"), primary_key=True),
    Column("id", Words, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("text", Words, nullable=False),
    Column("parts", Words, nullable=False),
    Column("captures", Words, nullable=False),
    Index("versions_id", "id"),
)

# ``published`` holds what a text was read with beside its words: its day, and its publisher's country where it is known.
readings = Table(
    "readings",
    metadata,
    Column("version", Words, primary_key=True),
    Column("published", Words, primary_key=True),
    Column("reader", Words, nullable=False),
    Column("row", Words, nullable=False),
)


def read_with(report: Report) -> str:
    """What a report's text is read with, as `readings` holds it."""
    return (report.published or "") + (f"@{report.country}" if report.country else "")


def is_of_now() -> ColumnElement[bool]:
    """Whether a row of `readings` is of a row of `reports` as that stands now: joins the two."""
    r, g = reports.c, readings.c
    told = func.coalesce(r.published, "") + func.coalesce("@" + r.country, "")
    return and_(g.version == r.current, g.published == told)


def _linked(name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("id", Words, primary_key=True),
        Column("seq", Words, nullable=False),
        Column("row", Words, nullable=False),
        Column("circle", Words),
        Index(f"{name}_seq", "seq"),
        Index(f"{name}_circle", "circle"),
    )


LINKED = {
    name: _linked(name) for name in ("actors", "statements", "figures", "events", "commitments", "disputes", "entries")
}
"""What the link and chronicle steps make, circle by circle: one JSON row each, ``seq`` sorts as they are listed."""


traces = Table(
    "traces",
    metadata,
    Column("report", Words, primary_key=True),
    Column("stamp", Words, nullable=False),
    Column("digest", Words, nullable=False),
    Column("trace", LargeBinary, nullable=False),
    Column("players", LargeBinary),
    Column("outlined", Words),
    Column("outline", LargeBinary),
    Column("tied", Words),
    Column("marks", LargeBinary),
    Column("circle", Words),
    Index("traces_circle", "circle"),
)
"""What linking knows of a report: what it was made of (``stamp``), a hash of what was read in it (empty where nothing is), its trace
(`dateline.link`), who is who in it, its outline and what that was made of, the outline by which it is tied and its marks by that, and its
circle. Derived; a report without a row is looked at anew."""

ties = Table(
    "ties",
    metadata,
    Column("one", Words, primary_key=True),
    Column("other", Words, primary_key=True),
    Column("strength", Float, nullable=False),
    Index("ties_other", "other"),
)
"""Which reports are tied, ``one`` before ``other`` by id, as their outlines say that have the same ``tied`` in `traces`."""

circles = Table("circles", metadata, Column("id", Words, primary_key=True), Column("digest", Words, nullable=False))
"""The circles that are linked, each with a hash of all that it was made of."""


# ── what pages are made of: derived from the linked nouns and the reports, filled by `dateline.archive.shelf` ─────────

shelf = Table(
    "shelf",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=False),
    Column("noun", Words, nullable=False),
    Column("id", Words, nullable=False),
    Column("seq", Words, nullable=False),
    Column("first", Integer),
    Column("last", Integer),
    Column("voices", Integer, nullable=False),
    Column("mark", Words),
    Column("digest", Words, nullable=False),
    Index("shelf_seq", "noun", "seq"),
    Index("shelf_id", "noun", "id", unique=True),
)
"""One row a row of any noun: the days it covers (days since 1970), the number of origins behind it, its mark on a timeline; and a
hash of all that stands on the shelf for it, by which a row that did not change is told. No key is given twice."""

terms = Table(
    "terms",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("noun", Words, nullable=False),
    Column("facet", Words, nullable=False),
    Column("value", Words, nullable=False),
    Column("rows", Integer, nullable=False),
    Index("terms_value", "noun", "facet", "value", unique=True).ddl_if(dialect="sqlite"),
    Index("terms_facet", "noun", "facet").ddl_if(dialect="postgresql"),
    Index("terms_hash", "value", postgresql_using="hash").ddl_if(dialect="postgresql"),
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
    Column("id", Words, nullable=False, unique=True),
    Column("kind", Words),
    Column("verdict", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Words, nullable=False),
    Column("row", Words, nullable=False),
)
"""Append-only, but for `dateline.archive.removal`: what rests on a removed capture alone goes with it."""

outcomes = Table(
    "outcomes",
    metadata,
    Column("decision", Words, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("state", Words, nullable=False),
    Column("row", Words, nullable=False),
    Index("outcomes_state", "state"),
)

removals = Table(
    "removals",
    metadata,
    Column("capture", Words, primary_key=True),
    Column("sha256", Words, nullable=False, index=True),
    Column("reason", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Words, nullable=False),
    Column("decisions", Integer, nullable=False),
)
"""What was let go of for good: the hash of its bytes, and why."""

questions = Table(
    "questions",
    metadata,
    Column("name", Words, primary_key=True),
    Column("question", Words, nullable=False),
    Column("looked", Words),
    Column("seen", Words, nullable=False),
)

# What was, for as long as it is kept (see `dateline.archive.history`): the states that runs and decisions left, and since or until
# which of them a row stood so. ``row`` is packed JSON; None where it stands among the linked nouns.
states = Table(
    "states",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", Words, nullable=False),
    Column("decided", Integer, nullable=False),
)

history = Table(
    "history",
    metadata,
    Column("noun", Words, primary_key=True),
    Column("id", Words, primary_key=True),
    Column("since", Integer, primary_key=True, autoincrement=False),
    Column("until", Integer),
    Column("key", Words),
    Column("row", LargeBinary),
    Index("history_since", "noun", "since"),
    Index("history_until", "noun", "until"),
)


def _create(connection: Connection) -> None:
    metadata.create_all(connection)
    dialect_of(connection.dialect.name).create_report_words(connection)


def _create_shelf(connection: Connection) -> None:
    metadata.create_all(connection, tables=[shelf, terms, tagged])
    dialect_of(connection.dialect.name).create_shelf_words(connection)


def _create_reviews(connection: Connection) -> None:
    metadata.create_all(connection, tables=[decisions, outcomes])


# What was collected: an address and what came of its last visit; the answers as they came (records of a WARC for a page,
# the body of a feed), ``taken`` once they are captures; until when a host wants to be left alone.
addresses = Table(
    "addresses",
    metadata,
    Column("url", Words, nullable=False),
    Column("checked", Words, nullable=False),
    Column("failed", Words),
    Column("passing", Integer, nullable=False),
    Column("answer", Integer, ForeignKey("answers.id")),
    PrimaryKeyConstraint("url").ddl_if(dialect="sqlite"),
    Index("addresses_url", text("md5(url)"), unique=True).ddl_if(dialect="postgresql"),
    Index("addresses_hash", "url", postgresql_using="hash").ddl_if(dialect="postgresql"),
    info={"key": {"url": "md5(url)"}},
)

answers = Table(
    "answers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url", Words, nullable=False),
    Column("date", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("etag", Words),
    Column("modified", Words),
    Column("digest", Words, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("taken", Integer, nullable=False, index=True),
)

hosts = Table("hosts", metadata, Column("host", Words, primary_key=True), Column("until", Words, nullable=False))


def _create_collected(connection: Connection) -> None:
    metadata.create_all(connection, tables=[answers, addresses, hosts])


def row_of(report: str) -> int:
    """The row of `report_words` that holds a report's words: from its id, so that it is found without a search."""
    return int(report[1:16], 16)


def _index_wordings(connection: Connection) -> None:
    """Fold by wordings; find a report's words by their row."""
    if "capture" not in {column["name"] for column in inspect(connection).get_columns("sketch_keys")}:
        return
    for statement in ("DROP TABLE sketch_keys", "DROP INDEX ix_captures_report"):
        connection.execute(text(statement))
    metadata.create_all(connection, tables=[wordings, sketch_keys, unmerged])
    for index in captures.indexes:
        index.create(connection)
    c = captures.c
    for extract, report in connection.execute(select(c.extract, c.report).where(c.report.is_not(None))):
        found = msgspec.json.decode(extract, type=Extract)
        body = Body(found.text, found.date)
        if len(body):
            words = {"id": body.digest, "day": body.day, "words": body.words.astype("<u4").tobytes(), "report": report}
            connection.execute(upsert(wordings).values(words))
            keys = [{"key": key, "wording": body.digest} for key in sketch(body).view(np.int64).tolist()]
            connection.execute(upsert(sketch_keys), keys)
    rows = connection.execute(text("SELECT report, title, text FROM report_words")).all()
    connection.execute(text("DELETE FROM report_words"))
    for row in rows:
        dialect_of(connection.dialect.name).put_report_words(connection, row_of(row.report), *row)


def _create_removals(connection: Connection) -> None:
    metadata.create_all(connection, tables=[removals])


def _create_questions(connection: Connection) -> None:
    metadata.create_all(connection, tables=[questions])


def _add_country(connection: Connection) -> None:
    """Keep the country of a report's publisher beside it. Reports that were folded before have none."""
    if "country" not in {column["name"] for column in inspect(connection).get_columns("reports")}:
        connection.execute(text("ALTER TABLE reports ADD COLUMN country TEXT"))


def _link_by_circles(connection: Connection) -> None:
    """Keep what linking goes by beside what is linked; make the shelf anew in its new form."""
    held = inspect(connection)
    for name in LINKED:
        if "circle" not in {column["name"] for column in held.get_columns(name)}:
            connection.execute(text(f"ALTER TABLE {name} ADD COLUMN circle TEXT"))
            connection.execute(text(f"CREATE INDEX {name}_circle ON {name} (circle)"))
    if "digest" not in {column["name"] for column in held.get_columns("shelf")}:
        metadata.drop_all(connection, tables=[shelf])
        connection.execute(delete(terms))
        connection.execute(delete(tagged))
        dialect_of(connection.dialect.name).clear_shelf_words(connection)
        connection.execute(delete(meta).where(meta.c.key == "shelved"))
    if "versions_id" not in {index["name"] for index in held.get_indexes("versions")}:
        connection.execute(text("CREATE INDEX versions_id ON versions (id)"))
    metadata.create_all(connection, tables=[shelf, traces, circles])


def _create_history(connection: Connection) -> None:
    metadata.create_all(connection, tables=[states, history])


def _tie(connection: Connection) -> None:
    """Link by ties: what linking went by before is made anew."""
    if "outline" not in {column["name"] for column in inspect(connection).get_columns("traces")}:
        metadata.drop_all(connection, tables=[traces, circles])
        for name in LINKED:
            connection.execute(text(f"UPDATE {name} SET circle = NULL"))
    metadata.create_all(connection, tables=[traces, circles, ties])


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    _create,
    _create_shelf,
    _create_reviews,
    create_views,
    _create_collected,
    _index_wordings,
    _create_removals,
    _create_questions,
    _add_country,
    _create_history,
    _link_by_circles,
    _tie,
)
"""``MIGRATIONS[n]`` brings an archive of schema ``n`` to ``n + 1``; an empty file has schema 0."""


def is_current(connection: Connection) -> bool:
    """Whether a database is an archive of this version's schema."""
    if "meta" not in inspect(connection).get_table_names():
        return False
    return connection.scalar(select(meta.c.value).where(meta.c.key == "schema")) == str(len(MIGRATIONS))


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
