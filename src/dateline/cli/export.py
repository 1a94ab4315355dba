"""The commands that write files for other programs: export, cite; and the formats of a chronicle."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from dateline.cli.terminal import (
    DEFAULT_ARCHIVE,
    About,
    ArchiveFile,
    Since,
    Until,
    app,
    archive_at,
    print_lines,
    say,
    write_file,
)

if TYPE_CHECKING:
    from dateline.archive.archive import Archive
    from dateline.chronicle.chronicle import Chronicle


class Format(StrEnum):
    """The formats of a chronicle."""

    text = "text"
    md = "md"
    html = "html"
    csv = "csv"
    jsonl = "jsonl"
    ics = "ics"
    geojson = "geojson"
    timelinejs = "timelinejs"
    annotations = "annotations"


class Export(StrEnum):
    """What can be exported: a chronicle in its formats, the events, or every noun."""

    text = "text"
    md = "md"
    html = "html"
    csv = "csv"
    ics = "ics"
    geojson = "geojson"
    timelinejs = "timelinejs"
    annotations = "annotations"
    plover = "plover"
    polecat = "polecat"
    jsonl = "jsonl"
    parquet = "parquet"


class Citation(StrEnum):
    """The formats of a citation."""

    csl = "csl"
    bibtex = "bibtex"


_EVENTS = frozenset({Export.plover, Export.polecat})
_FOLDERS = frozenset({Export.jsonl, Export.parquet})


@app.command(
    short_help="Write the chronicle, the events or everything to a file.",
    epilog="Example: dateline export html chronicle.html --about Donbas",
)
def export(
    format: Annotated[Export, typer.Argument(help="The format.")],
    path: Annotated[
        str, typer.Argument(help="The file to write, - for standard output; for jsonl and parquet a folder.")
    ],
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    about: About = None,
    since: Since = None,
    until: Until = None,
) -> None:
    """Write the chronicle as text, md, html, csv, ics, geojson, timelinejs or annotations (W3C); the events as plover
    or polecat; or every noun of the archive as jsonl or parquet, a file each."""
    if format in _EVENTS | _FOLDERS and (about or since or until):
        raise typer.BadParameter(f"{format} exports everything: --about, --since and --until narrow a chronicle only")
    with archive_at(archive) as opened:
        if format in _FOLDERS:
            _write_nouns(opened, format, path)
            return
        if format in _EVENTS:
            lines = list(_events(opened, format))
        else:
            found = opened.chronicle(about, since=since, until=until)
            lines = list(rendered(opened, found, Format(format.value)))
    if path == "-":
        print_lines(lines)
        return
    write_file(path, "".join(f"{line}\n" for line in lines))


@app.command(
    short_help="Cite the reports behind a line: CSL JSON or BibTeX.",
    epilog="Example: dateline cite en0123456789abcdef --format bibtex",
)
def cite(
    id: Annotated[str, typer.Argument(help="The id of an entry, statement, figure, event, commitment or report.")],
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    format: Annotated[Citation, typer.Option(help="How to print it.")] = Citation.csl,
) -> None:
    """Cite the reports behind a line, each with the words it rests on."""
    from dateline.export.cite import bibtex, csl

    with archive_at(archive) as opened:
        cited = opened.cited(id)
    print_lines(csl(cited) if format is Citation.csl else bibtex(cited))


def rendered(archive: Archive, found: Chronicle, format: Format) -> Iterator[str]:
    """The lines of a chronicle in a format."""
    if format is Format.md:
        from dateline.export.markdown import markdown

        return markdown(found)
    if format is Format.html:
        from dateline.export.page import page

        return page(found, archive.text)
    if format is Format.csv:
        from dateline.export.table import table

        return table(found)
    if format is Format.jsonl:
        return (msgspec.json.encode(entry).decode() for entry in found)
    if format is Format.ics:
        from dateline.export.calendar import calendar

        return calendar(found)
    if format is Format.geojson:
        from dateline.export.geojson import geojson

        return geojson(found)
    if format is Format.timelinejs:
        from dateline.export.timelinejs import timelinejs

        return timelinejs(found)
    if format is Format.annotations:
        from dateline.export.webannotation import web_annotations

        return web_annotations(found, archive.text)
    from dateline.export.text import text

    return text(found)


def _events(archive: Archive, format: Export) -> Iterator[str]:
    from dateline.export.plover import plover, polecat

    events, reports = archive.events(), {report.id: report for report in archive.reports()}
    return plover(events, reports) if format is Export.plover else polecat(events, reports)


def _write_nouns(archive: Archive, format: Export, folder: str) -> None:
    from dateline.export.nouns import jsonl, parquet

    if folder == "-":
        raise typer.BadParameter(f"{format} needs a folder: it writes one file a noun")
    written = (jsonl if format is Export.jsonl else parquet)(Path(folder), archive.nouns())
    for path in written:
        say(f"{path} written")
