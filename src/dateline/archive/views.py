"""The archive as SQLite views, for people with other tools: one a noun, plain columns, nothing that only our code can read.

docs/exports.md lists them with example queries. They hold no data of their own and follow what the tables hold.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text


def _fields(*names: str) -> str:
    return ", ".join(f"json_extract(row, '$.{name}') AS {name.replace('.', '_')}" for name in names)


_PIN = ", ".join(
    f"json_extract(row, '$.pin.{name}') AS {column}"
    for name, column in (("version", "version"), ("start", "start"), ("end", "end"), ("text", "words"))
)

VIEWS = {
    "v_captures": "SELECT captures.id, sightings.path, sightings.record, captures.url, captures.captured, captures.sha256,"
    " captures.no_article, captures.report FROM captures JOIN sightings ON sightings.capture = captures.id",
    "v_reports": f"SELECT id, {_fields('title')}, published, {_fields('authors', 'publisher')}, language,"
    f" {_fields('origin.name', 'origin.basis', 'own_reporting')}, current AS version FROM reports",
    "v_versions": "SELECT report, id, seq, text FROM versions",
    "v_statements": f"SELECT id, {_fields('speaker', 'text', 'mode', 'denial', 'question', 'refusal', 'addressee', 'date', 'report', 'parent')},"
    f" {_PIN} FROM statements ORDER BY seq",
    "v_figures": f"SELECT id, {_fields('of', 'value', 'bound', 'trend', 'unit', 'as_of', 'claimant', 'date', 'report')},"
    f" {_PIN} FROM figures ORDER BY seq",
    "v_events": "SELECT id, "
    + _fields("text", "type", "mode", "status", "background", "actors", "recipients", "date", "date_basis")
    + f", {_fields('place.name', 'place.lat', 'place.lon', 'place.precision', 'place.country', 'entry')} FROM events ORDER BY seq",
    "v_entries": f"SELECT id, {_fields('date', 'date_basis', 'text', 'status', 'background')},"
    f" {_fields('place.name', 'place.lat', 'place.lon', 'place.precision', 'place.country', 'actors', 'origins')},"
    " json_array_length(row, '$.reports') AS reports, json_array_length(row, '$.origins') AS independent_origins"
    " FROM entries ORDER BY seq",
    "v_commitments": f"SELECT id, {_fields('text', 'by', 'kind', 'due', 'condition', 'outcome', 'outcome_entry')},"
    f" json_extract(row, '$.pin.report') AS report, {_PIN}"
    " FROM commitments ORDER BY seq",
    "v_disputes": "SELECT disputes.id, json_extract(disputes.row, '$.about') AS about, side.key AS side,"
    " json_extract(side.value, '$.by') AS \"by\", json_extract(side.value, '$.text') AS text,"
    " json_extract(side.value, '$.report') AS report, json_extract(side.value, '$.date') AS date"
    " FROM disputes, json_each(disputes.row, '$.sides') AS side ORDER BY disputes.seq, side.key",
    "v_actors": f"SELECT id, {_fields('name', 'kind')} FROM actors ORDER BY seq",
    "v_names": "SELECT actors.id AS actor, json_extract(name.value, '$.name') AS name,"
    " json_extract(name.value, '$.reason') AS reason FROM actors, json_each(actors.row, '$.names') AS name",
    "v_pins": " UNION ALL ".join(
        f"SELECT '{noun}' AS noun, {noun}.id AS id, json_extract(pin.value, '$.report') AS report,"
        " json_extract(pin.value, '$.version') AS version, json_extract(pin.value, '$.start') AS start,"
        " json_extract(pin.value, '$.end') AS end, json_extract(pin.value, '$.text') AS words"
        f" FROM {noun}, json_each({noun}.row, '$.pins') AS pin"
        for noun in ("entries", "events", "statements")
    ),
}
"""The query of each view. Lists (actors, authors, origins) are JSON arrays; dates are EDTF; spans count code points."""


def create_views(connection: Connection) -> None:
    """Make every view, inside the caller's transaction."""
    for statement in _statements():
        connection.execute(text(statement))


def _statements() -> Iterator[str]:
    for name, query in VIEWS.items():
        quoted = query.replace(" AS end", ' AS "end"').replace(" AS by", ' AS "by"').replace(" AS of", ' AS "of"')
        yield f"DROP VIEW IF EXISTS {name}"
        yield f"CREATE VIEW {name} AS {quoted}"
