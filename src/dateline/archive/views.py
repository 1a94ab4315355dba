"""The archive as views, for people with other tools: one a noun, plain columns, nothing that only our code can read.

docs/exports.md lists them with example queries. They hold no data of their own and follow what the tables hold.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from dateline.archive.dialect import Dialect, dialect_of

_KINDS = {
    **dict.fromkeys(("denial", "question", "refusal", "background", "own_reporting"), "bool"),
    **dict.fromkeys(("start", "end", "parent"), "int"),
    **dict.fromkeys(("lat", "lon"), "float"),
}
"""What is no text, by the last word of its path."""

_PLACE = ("place.name", "place.lat", "place.lon", "place.precision", "place.country")


def views(dialect: Dialect) -> dict[str, str]:
    """The query of each view. Lists (actors, authors, origins) are JSON arrays; dates are EDTF; spans count code points."""

    def field(path: str, name: str, document: str = "row") -> str:
        return f'{dialect.field(document, path, _KINDS.get(path.rpartition(".")[2], "text"))} AS "{name}"'

    def fields(*paths: str) -> str:
        return ", ".join(field(path, path.replace(".", "_")) for path in paths)

    pin = ", ".join(
        field(f"pin.{name}", column)
        for name, column in (("version", "version"), ("start", "start"), ("end", "end"), ("text", "words"))
    )
    pinned = ", ".join(
        field(path, column, "pin.value")
        for path, column in (
            ("report", "report"),
            ("version", "version"),
            ("start", "start"),
            ("end", "end"),
            ("text", "words"),
        )
    )
    return {
        "v_captures": "SELECT captures.id, sightings.path, sightings.record, captures.url, captures.captured,"
        " captures.sha256, captures.no_article, captures.report"
        " FROM captures JOIN sightings ON sightings.capture = captures.id",
        "v_reports": f"SELECT id, {fields('title')}, published, {fields('authors', 'publisher')}, language,"
        f" {fields('origin.name', 'origin.basis', 'own_reporting')}, current AS version FROM reports",
        "v_versions": "SELECT report, id, seq, text FROM versions",
        "v_statements": "SELECT id,"
        f" {fields('speaker', 'text', 'mode', 'denial', 'question', 'refusal', 'addressee', 'date', 'report', 'parent')},"
        f" {pin} FROM statements ORDER BY seq",
        "v_figures": "SELECT id,"
        f" {fields('of', 'value', 'bound', 'trend', 'unit', 'as_of', 'claimant', 'date', 'report')},"
        f" {pin} FROM figures ORDER BY seq",
        "v_events": "SELECT id,"
        f" {fields('text', 'type', 'mode', 'status', 'background', 'actors', 'recipients', 'date', 'date_basis')},"
        f" {fields(*_PLACE, 'entry')} FROM events ORDER BY seq",
        "v_entries": f"SELECT id, {fields('date', 'date_basis', 'text', 'status', 'background')},"
        f" {fields(*_PLACE, 'actors', 'origins')}, {dialect.length('row', 'reports')} AS reports,"
        f" {dialect.length('row', 'origins')} AS independent_origins FROM entries ORDER BY seq",
        "v_commitments": f"SELECT id, {fields('text', 'by', 'kind', 'due', 'condition', 'outcome', 'outcome_entry')},"
        f" {field('pin.report', 'report')}, {pin} FROM commitments ORDER BY seq",
        "v_disputes": f"SELECT disputes.id, {field('about', 'about', 'disputes.row')}, side.key AS side,"
        f" {', '.join(field(path, path, 'side.value') for path in ('by', 'text', 'report', 'date'))}"
        f" FROM disputes, {dialect.each('disputes.row', 'sides', 'side')} ORDER BY disputes.seq, side.key",
        "v_actors": f"SELECT id, {fields('name', 'kind')} FROM actors ORDER BY seq",
        "v_names": f"SELECT actors.id AS actor, {field('name', 'name', 'name.value')},"
        f" {field('reason', 'reason', 'name.value')} FROM actors, {dialect.each('actors.row', 'names', 'name')}",
        "v_pins": " UNION ALL ".join(
            f"SELECT '{noun}' AS noun, {noun}.id AS id, {pinned}"
            f" FROM {noun}, {dialect.each(f'{noun}.row', 'pins', 'pin')}"
            for noun in ("entries", "events", "statements")
        ),
    }


def create_views(connection: Connection) -> None:
    """Make every view, inside the caller's transaction."""
    for statement in _statements(dialect_of(connection.dialect.name)):
        connection.exec_driver_sql(statement)


def _statements(dialect: Dialect) -> Iterator[str]:
    for name, query in views(dialect).items():
        yield f"DROP VIEW IF EXISTS {name}"
        yield f"CREATE VIEW {name} AS {query}"
