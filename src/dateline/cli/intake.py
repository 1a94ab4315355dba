"""The commands that fill an archive and look after it: demo, add, reread, status, verify."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.collect import ADDRESS, Contact, Delay, Private, fetch
from dateline.cli.export import Format, rendered
from dateline.cli.terminal import (
    DEFAULT_ARCHIVE,
    ArchiveFile,
    Json,
    app,
    archive_at,
    located,
    print_json,
    print_lines,
    say,
    tell,
    watched,
)

DEMO_ARCHIVE = "dateline-demo.db"

Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", min=1, show_default="one a core", help="Processes that work side by side; each takes memory."
    ),
]

Preset = Annotated[
    str | None, typer.Option(help="What wrote a JSON or CSV dump: trafilatura, news-please, fundus or media cloud.")
]
Field = Annotated[
    list[str] | None,
    typer.Option(metavar="OURS=THEIRS", help="Which field of a dump is the text, title, url, … (text=content.body)."),
]


@app.command(short_help="Build the sample archive and print its chronicle.", epilog="Example: dateline demo")
def demo(
    archive: Annotated[str, typer.Option("--archive", help="Where to build the sample archive.")] = DEMO_ARCHIVE,
) -> None:
    """The packaged sample, an invented press, from captures to chronicle."""
    from dateline.sample import PRESS

    press = PRESS.relative_to(Path.cwd()) if PRESS.is_relative_to(Path.cwd()) else PRESS
    with archive_at(archive, new=True) as opened:
        with watched() as watch:
            run = opened.add([press], progress=watch)
        tell(run)
        print_lines(rendered(opened, opened.chronicle(), Format.text))
    say(f"The sample archive is {archive}. Go on with, for example: dateline statements --archive {archive}")


@app.command(
    short_help="Take captures into the archive, fold and read them.",
    epilog="Example: dateline add saved-pages/ crawl.warc.gz dump.jsonl https://example.org/story",
)
def add(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|URL…", help="Files of any known format, folders, addresses of pages.", show_default=False
        ),
    ],
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    no_read: Annotated[bool, typer.Option("--no-read", help="Only capture and fold; read later.")] = False,
    preset: Preset = None,
    field: Field = None,
    jobs: Jobs = None,
    delay: Delay = 2.0,
    contact: Contact = None,
    allow_private: Private = False,
    json: Json = False,
) -> None:
    """Take captures into the archive: HTML, MHTML, PDF, e-mail, text, WARC, WACZ, feeds, JSON and CSV dumps, each also gzipped.

    Pages are fetched from their addresses as robots.txt allows; one that is known and did not change is no new capture.
    """
    mapping = mapping_from(preset, field)
    from dateline.capture.find import find
    from dateline.scale.output import Output, is_output
    from dateline.workers import cores

    pages = [path for path in paths if ADDRESS.match(path) and not Path(path).exists()]
    made = [Output(path) for path in paths if path not in pages and is_output(path)]
    files = [path for path in paths if path not in pages and not is_output(path)]
    find(files, mapping)  # what is wrong with them is told before an archive is made
    runs = []
    with archive_at(archive, new=True) as opened:
        for each in made:
            with watched() as watch:
                runs.append(opened.load(each, read=not no_read, progress=watch))
        if files:
            with watched() as watch:
                reads = not no_read and not pages
                runs.append(opened.add(files, mapping=mapping, read=reads, jobs=jobs or cores(), progress=watch))
        if pages:
            runs.append(
                fetch(opened, pages, read=not no_read, contact=contact, allow_private=allow_private, delay=delay)
            )
    for run in runs:
        tell(run, json)
    raise typer.Exit(1 if any(run.refused for run in runs) else 0)


@app.command(epilog="Example: dateline reread --changed")
def reread(
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    changed: Annotated[bool, typer.Option("--changed", help="Only what another version of the reader read.")] = False,
    jobs: Jobs = None,
    json: Json = False,
) -> None:
    """Read the reports again with this version's reader."""
    from dateline.workers import cores

    with archive_at(archive) as opened, watched() as watch:
        run = opened.reread(changed=changed, jobs=jobs or cores(), progress=watch)
    tell(run, json)
    raise typer.Exit(1 if run.refused else 0)


@app.command(short_help="What the archive holds, what was refused, its runs.", epilog="Example: dateline status")
def status(archive: ArchiveFile = DEFAULT_ARCHIVE, json: Json = False) -> None:
    """How much the archive holds, what was refused and why, what is not read, and its runs."""
    with archive_at(archive) as opened:
        told = opened.status()
    if json:
        print_json([told])
        return
    print_lines([f"{told['archive']}", *(f"{number:8,} {name}" for name, number in told["counts"].items())])
    for title, reasons in (("not read", told["not_read"]), ("captures without an article", told["no_article"])):
        print_lines(f"{number:8,} {title}: {reason}" for reason, number in reasons.items())
    for kind, seen in told["reviews"].items():
        rest = ", ".join(f"{number} {name}" for name, number in seen.items() if name != "looked at")
        print_lines([f"reviewed: of {seen['looked at']} {kind}{'s' * (seen['looked at'] != 1)} looked at, {rest}"])
    if told["queued"]:
        print_lines([f"{told['queued']:8,} decisions to look at again: dateline review queue"])
    if told["unread"]:
        print_lines([f"{told['unread']:8,} waiting to be read: dateline reread --changed"])
    if told["ties_cut"]:
        print_lines([f"{told['ties_cut']:8,} ties between reports not followed: too many reports hang together"])
    for refusal in told["refused"]:
        print_lines([f"refused: {located(refusal['path'], refusal['record'])}: {refusal['reason']}"])
    for run in told["runs"]:
        counts = ", ".join(f"{number} {name}" for name, number in (run["counts"] or {}).items())
        print_lines(
            [f"run {run['id']} {run['kind']} {run['started']}: {counts or 'nothing' if run['ended'] else 'cut short'}"]
        )


@app.command(short_help="Check raw bytes and pins against what was stored.", epilog="Example: dateline verify")
def verify(archive: ArchiveFile = DEFAULT_ARCHIVE, json: Json = False) -> None:
    """Check all raw bytes against their hashes and every pin against its words."""
    with archive_at(archive) as opened:
        wrong = list(opened.verify())
    if json:
        print_json(wrong)
    else:
        print_lines(f"{problem.what}: {problem.why}" for problem in wrong)
        say("everything is as it was stored" if not wrong else f"{len(wrong)} things are wrong")
    raise typer.Exit(1 if wrong else 0)


def mapping_from(preset: str | None, field: list[str] | None) -> dict[str, str] | str | None:
    """The mapping of a dump's fields that two options name."""
    return dict(_assignment(item) for item in field) if field else preset


def _assignment(item: str) -> tuple[str, str]:
    name, sign, value = item.partition("=")
    if not sign or not name or not value:
        raise typer.BadParameter(f"{item!r} is not NAME=FIELD", param_hint="--field")
    return name, value
