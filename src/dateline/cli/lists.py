"""The commands that show what is in an archive: the chronicle and every list."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.export import Format, rendered
from dateline.cli.terminal import (
    DEFAULT_ARCHIVE,
    PLAIN_WIDTH,
    About,
    ArchiveFile,
    Holding,
    InStatus,
    Json,
    MinOrigins,
    Place,
    Since,
    Until,
    app,
    archive_at,
    holding,
    print_json,
    print_lines,
    print_table,
    say,
    write_file,
)


@app.command(
    short_help="What happened, in order, each line with its sources.",
    epilog="Example: dateline chronicle --about Donbas --since 2021-03 --format md",
)
def chronicle(
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    about: About = None,
    since: Since = None,
    until: Until = None,
    place: Place = None,
    status: InStatus = None,
    min_origins: MinOrigins = 1,
    format: Annotated[Format, typer.Option(help="How to print it.")] = Format.text,
    json: Json = False,
) -> None:
    """What happened, was announced, threatened or denied, in order, with the reports and words behind each line."""
    with archive_at(archive) as opened:
        found = opened.chronicle(about, since=since, until=until, place=place, status=status, min_origins=min_origins)
        print_lines(rendered(opened, found, Format.jsonl if json else format))


@app.command(
    short_help="What changed in the chronicle since an earlier run, and why.",
    epilog="Example: dateline diff 3 5 --about Donbas. Without numbers: what the last run changed, and decisions since.",
)
def diff(
    before: Annotated[
        int | None, typer.Argument(metavar="[RUN]", help="The earlier run; 'dateline status' lists them.")
    ] = None,
    after: Annotated[
        int | None, typer.Argument(metavar="[RUN]", help="The later run; without one: as it is now.")
    ] = None,
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    about: About = None,
    since: Since = None,
    until: Until = None,
    place: Place = None,
    status: InStatus = None,
    min_origins: MinOrigins = 1,
    json: Json = False,
) -> None:
    """What is new, changed or gone in the chronicle since an earlier run, and whether new captures, another reader or a person
    changed it.

    What the last 20 runs left is kept for this. Removing a capture for good lets go of all of it.
    """
    with archive_at(archive) as opened:
        found = opened.diff(
            before, after, about=about, since=since, until=until, place=place, status=status, min_origins=min_origins
        )
    if json:
        print_json(found.changes)
        return
    from dateline.export.changes import changes

    print_lines(changes(found))


@app.command(
    short_help="The reports, each field with its capture.", epilog="Example: dateline reports --about NATO --versions"
)
def reports(
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    about: Holding = None,
    versions: Annotated[
        bool, typer.Option("--versions", help="Only reports that were edited, and what changed in them.")
    ] = False,
    json: Json = False,
) -> None:
    """The reports: title, date, authors, publisher, origin, captures and versions, each field with its capture.

    With --versions what was edited: [-words that went-] {+words that came+}, figures and quotations named.
    """
    if versions:
        _edits(archive, about, json)
        return
    columns = {
        "published": lambda r: r.published and r.published[:10],
        "title": lambda r: r.title,
        "publisher": lambda r: r.publisher,
        "origin": lambda r: r.origin.name if r.origin else None,
        "captures": lambda r: len(r.captures),
        "versions": lambda r: len(r.versions),
        "read": lambda r: "yes" if r.read else f"no ({r.language or 'language unknown'})",
    }
    print_table(archive, lambda a: a.reports(), columns, about, json)


@app.command(epilog="Example: dateline statements --about Blinken")
def statements(archive: ArchiveFile = DEFAULT_ARCHIVE, about: Holding = None, json: Json = False) -> None:
    """Who said what."""
    columns = {
        "date": lambda r: r.date,
        "speaker": lambda r: r.speaker or "unnamed",
        "said": lambda r: r.text,
        "kind": lambda r: ", ".join([r.mode, *(k for k in ("denial", "question", "refusal") if getattr(r, k))]),
    }
    print_table(archive, lambda a: a.statements(), columns, about, json)


@app.command(epilog="Example: dateline figures --about killed --by-claimant --svg killed.svg")
def figures(
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    about: Holding = None,
    by_claimant: Annotated[
        bool,
        typer.Option(
            "--by-claimant", help="What is counted more than once, over time: one line a claimant, and a plot."
        ),
    ] = False,
    svg: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the plots of --by-claimant to this SVG file.")
    ] = None,
    json: Json = False,
) -> None:
    """Which figures were claimed, by whom, as of when."""
    if by_claimant or svg:
        _by_claimant(archive, about, svg, json)
        return
    from dateline.export.phrases import amount

    columns = {
        "date": lambda r: r.date,
        "as of": lambda r: r.as_of,
        "figure": amount,
        "of": lambda r: r.of,
        "claimant": lambda r: r.claimant or "unnamed",
    }
    print_table(archive, lambda a: a.figures(), columns, about, json)


@app.command(
    short_help="What happened, was planned, called off or denied.", epilog="Example: dateline events --about Geneva"
)
def events(archive: ArchiveFile = DEFAULT_ARCHIVE, about: Holding = None, json: Json = False) -> None:
    """What happened, was planned, threatened, called off or denied, over all reports that tell it."""
    columns = {
        "date": lambda r: r.date,
        "status": lambda r: r.status,
        "type": lambda r: r.type,
        "event": lambda r: r.text,
        "place": lambda r: r.place.name if r.place else None,
        "reports": lambda r: len(r.reports),
    }
    print_table(archive, lambda a: a.events(), columns, about, json)


@app.command(short_help="People, organisations, states and groups.", epilog="Example: dateline actors --about Minister")
def actors(archive: ArchiveFile = DEFAULT_ARCHIVE, about: Holding = None, json: Json = False) -> None:
    """People, organisations, states and groups, each with its names, why they were joined, and its roles."""
    columns = {
        "name": lambda r: r.name,
        "kind": lambda r: r.kind,
        "also called": lambda r: "; ".join(f"{n.name} ({n.reason})" for n in r.names if n.name != r.name),
        "roles": lambda r: "; ".join(role.role for role in r.roles),
    }
    print_table(archive, lambda a: a.actors(), columns, about, json)


@app.command(
    short_help="What was announced or threatened, and what became of it.", epilog="Example: dateline commitments"
)
def commitments(archive: ArchiveFile = DEFAULT_ARCHIVE, about: Holding = None, json: Json = False) -> None:
    """What was announced, promised or threatened, and what became of it as far as this archive tells."""
    columns = {
        "due": lambda r: r.due,
        "kind": lambda r: r.kind,
        "by": lambda r: ", ".join(r.by),
        "what": lambda r: r.text,
        "condition": lambda r: r.condition,
        "outcome": lambda r: r.outcome,
    }
    print_table(archive, lambda a: a.commitments(), columns, about, json)


@app.command(short_help="Claims and denials, figures that contradict each other.", epilog="Example: dateline disputes")
def disputes(archive: ArchiveFile = DEFAULT_ARCHIVE, about: Holding = None, json: Json = False) -> None:
    """Claims and denials, and figures that contradict each other, each in its own words."""
    columns = {
        "about": lambda r: r.about,
        "sides": lambda r: "\n".join(
            f"{side.by or 'unnamed'} ({side.date or 'undated'}): {side.text}" for side in r.sides
        ),
    }
    print_table(archive, lambda a: a.disputes(), columns, about, json)


@app.command(epilog="Example: dateline search ceasefire violations")
def search(
    words: Annotated[
        list[str], typer.Argument(metavar="WORD…", help="Words that must all be there.", show_default=False)
    ],
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    limit: Annotated[int, typer.Option(min=1, help="How many reports at most.")] = 50,
    json: Json = False,
) -> None:
    """Find reports by their words, in any language."""
    columns = {
        "published": lambda r: r.published and r.published[:10],
        "title": lambda r: r.title,
        "words": lambda r: r.text,
    }
    print_table(archive, lambda a: a.search(" ".join(words), limit=limit), columns, None, json)


def _edits(archive: str, about: str | None, json: bool) -> None:
    """Print what changed between the versions of reports."""
    with archive_at(archive) as opened:
        found = holding(opened.edits(), about)
    if json:
        print_json(found)
        return
    from dateline.export.edits import edits

    print_lines(edits(found))
    say(f"{len(found)} report{'s' * (len(found) != 1)} with several versions")


def _by_claimant(archive: str, about: str | None, svg: Path | None, json: bool) -> None:
    """Print counts of one thing over time, and write them as SVG where asked to."""
    with archive_at(archive) as opened:
        found = opened.series(about)
    if json:
        print_json(found)
    else:
        from rich.console import Console

        from dateline.export.plot import plots

        screen = Console()
        print_lines(plots(found, screen.width if screen.is_terminal else PLAIN_WIDTH))
    if svg:
        from dateline.export.svg import svg as drawn

        write_file(svg, drawn(found))
