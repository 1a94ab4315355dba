"""The commands: thin, so that whatever they do can be done from Python too.

Data go to stdout, progress and messages to stderr. Exit status: 0 done, 1 some inputs refused or something found wrong,
2 wrong usage. Heavy modules are imported inside the commands, so that ``--help`` is quick.
"""

from __future__ import annotations

import codecs
import io
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, NoReturn

import msgspec
import typer
from typer.exceptions import TyperException

from dateline.errors import ArchiveError, CaptureError, DatelineError, StorageError

if TYPE_CHECKING:
    from dateline.archive.archive import Archive, Progress, Run
    from dateline.chronicle.chronicle import Chronicle

app = typer.Typer(
    name="dateline",
    help="From captured news to a chronicle: what happened, when and where, on whose word, pinned to the exact words.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """The formats of a chronicle."""

    text = "text"
    md = "md"
    csv = "csv"
    jsonl = "jsonl"


DEFAULT_ARCHIVE = Path("dateline.db")
DEMO_ARCHIVE = Path("dateline-demo.db")

# Columns of tables that stay on one line, and the width of a table that is not printed to a terminal.
_SHORT = frozenset({"date", "published", "due", "as of", "status", "type", "captures", "versions", "reports", "kind"})
_PLAIN_WIDTH = 140
_INTERRUPTED = 130  # exit status after Ctrl-C

# The longest line on standard input, in bytes, and control characters, with which a name or a page could trick a terminal.
_LONGEST_LINE = 64 * 1024 * 1024
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")

ArchiveFile = Annotated[Path, typer.Option("--archive", envvar="DATELINE_ARCHIVE", help="The archive's file.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
About = Annotated[str | None, typer.Option(help="An actor under any name, a place, or words.")]
Since = Annotated[str | None, typer.Option(help="From this day, month or year on (2021, 2021-03, 2021-03-05).")]
Until = Annotated[str | None, typer.Option(help="Up to this day, month or year.")]
Holding = Annotated[str | None, typer.Option("--about", help="Only rows that hold these words, case apart.")]


@app.callback(invoke_without_command=True)
def _start(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        _print([context.get_help()])


# ── taking in and reading ─────────────────────────────────────────────────────────────────────────────────────────────


@app.command(short_help="Build the sample archive and print its chronicle.", epilog="Example: dateline demo")
def demo(
    archive: Annotated[Path, typer.Option("--archive", help="Where to build the sample archive.")] = DEMO_ARCHIVE,
) -> None:
    """The packaged sample, an invented press, from captures to chronicle."""
    from dateline.sample import PRESS

    press = PRESS.relative_to(Path.cwd()) if PRESS.is_relative_to(Path.cwd()) else PRESS
    with _open(archive, new=True) as opened:
        with _watched() as watch:
            run = opened.add([press], progress=watch)
        _tell(run)
        _print(_rendered(opened.chronicle(), Format.text))
    _say(f"The sample archive is {archive}. Go on with, for example: dateline statements --archive {archive}")


@app.command(
    short_help="Take captures into the archive, fold and read them.",
    epilog="Example: dateline add saved-pages/ crawl.warc.gz dump.jsonl",
)
def add(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH…", help="Files of any known format, and folders.", show_default=False)
    ],
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    no_read: Annotated[bool, typer.Option("--no-read", help="Only capture and fold; read later.")] = False,
    preset: Annotated[
        str | None, typer.Option(help="What wrote a JSON or CSV dump: trafilatura, news-please, fundus or media cloud.")
    ] = None,
    field: Annotated[
        list[str] | None,
        typer.Option(
            metavar="OURS=THEIRS", help="Which field of a dump is the text, title, url, … (text=content.body)."
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Take captures into the archive: HTML, MHTML, text, WARC, WACZ, feeds, JSON and CSV dumps, each also gzipped."""
    mapping = dict(_assignment(item) for item in field) if field else preset
    if address := next((str(path) for path in paths if re.match(r"https?:/", str(path))), None):
        raise CaptureError(
            address.replace(":/", "://", 1), "addresses are not fetched: save the page, then add the file"
        )
    from dateline.capture.find import find

    find(paths, mapping)  # what is wrong with them is told before an archive is made
    with _open(archive, new=True) as opened, _watched() as watch:
        run = opened.add(paths, mapping=mapping, read=not no_read, progress=watch)
    _tell(run, json)
    raise typer.Exit(1 if run.refused else 0)


@app.command(epilog="Example: dateline reread --changed")
def reread(
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    changed: Annotated[bool, typer.Option("--changed", help="Only what another version of the reader read.")] = False,
    json: Json = False,
) -> None:
    """Read the reports again with this version's reader."""
    with _open(archive) as opened, _watched() as watch:
        run = opened.reread(changed=changed, progress=watch)
    _tell(run, json)
    raise typer.Exit(1 if run.refused else 0)


# ── what came of it ───────────────────────────────────────────────────────────────────────────────────────────────────


@app.command(
    short_help="What happened, in order, each line with its sources.",
    epilog="Example: dateline chronicle --about Donbas --since 2021-03 --format md",
)
def chronicle(
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    about: About = None,
    since: Since = None,
    until: Until = None,
    place: Annotated[str | None, typer.Option(help="The place where it happened.")] = None,
    status: Annotated[
        str | None, typer.Option(help="happened, ongoing, planned, conditional, possible, cancelled or denied.")
    ] = None,
    min_origins: Annotated[int, typer.Option(min=1, help="How many independent origins at least.")] = 1,
    format: Annotated[Format, typer.Option(help="How to print it.")] = Format.text,
    json: Json = False,
) -> None:
    """What happened, was announced, threatened or denied, in order, with the reports and words behind each line."""
    with _open(archive) as opened:
        found = opened.chronicle(about, since=since, until=until, place=place, status=status, min_origins=min_origins)
        _print(_rendered(found, Format.jsonl if json else format))


@app.command(epilog="Example: dateline export md chronicle.md")
def export(
    format: Annotated[Format, typer.Argument(help="The format.")],
    path: Annotated[str, typer.Argument(help="The file to write, - for standard output.")],
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    about: About = None,
    since: Since = None,
    until: Until = None,
) -> None:
    """Write the chronicle to a file."""
    with _open(archive) as opened:
        lines = list(_rendered(opened.chronicle(about, since=since, until=until), format))
    if path == "-":
        _print(lines)
        return
    _write(path, "".join(f"{line}\n" for line in lines))


@app.command(
    short_help="The reports, each field with its capture.", epilog="Example: dateline reports --about NATO --json"
)
def reports(archive: ArchiveFile = DEFAULT_ARCHIVE, about: Holding = None, json: Json = False) -> None:
    """The reports: title, date, authors, publisher, origin, captures and versions, each field with its capture."""
    columns = {
        "published": lambda r: r.published and r.published[:10],
        "title": lambda r: r.title,
        "publisher": lambda r: r.publisher,
        "origin": lambda r: r.origin.name if r.origin else None,
        "captures": lambda r: len(r.captures),
        "versions": lambda r: len(r.versions),
        "read": lambda r: "yes" if r.read else f"no ({r.language or 'language unknown'})",
    }
    _list(archive, lambda a: a.reports(), columns, about, json)


@app.command(epilog="Example: dateline statements --about Blinken")
def statements(archive: ArchiveFile = DEFAULT_ARCHIVE, about: Holding = None, json: Json = False) -> None:
    """Who said what."""
    columns = {
        "date": lambda r: r.date,
        "speaker": lambda r: r.speaker or "unnamed",
        "said": lambda r: r.text,
        "kind": lambda r: ", ".join([r.mode, *(k for k in ("denial", "question", "refusal") if getattr(r, k))]),
    }
    _list(archive, lambda a: a.statements(), columns, about, json)


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
    _list(archive, lambda a: a.figures(), columns, about, json)


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
    _list(archive, lambda a: a.events(), columns, about, json)


@app.command(short_help="People, organisations, states and groups.", epilog="Example: dateline actors --about Minister")
def actors(archive: ArchiveFile = DEFAULT_ARCHIVE, about: Holding = None, json: Json = False) -> None:
    """People, organisations, states and groups, each with its names, why they were joined, and its roles."""
    columns = {
        "name": lambda r: r.name,
        "kind": lambda r: r.kind,
        "also called": lambda r: "; ".join(f"{n.name} ({n.reason})" for n in r.names if n.name != r.name),
        "roles": lambda r: "; ".join(role.role for role in r.roles),
    }
    _list(archive, lambda a: a.actors(), columns, about, json)


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
    _list(archive, lambda a: a.commitments(), columns, about, json)


@app.command(short_help="Claims and denials, figures that contradict each other.", epilog="Example: dateline disputes")
def disputes(archive: ArchiveFile = DEFAULT_ARCHIVE, about: Holding = None, json: Json = False) -> None:
    """Claims and denials, and figures that contradict each other, each in its own words."""
    columns = {
        "about": lambda r: r.about,
        "sides": lambda r: "\n".join(
            f"{side.by or 'unnamed'} ({side.date or 'undated'}): {side.text}" for side in r.sides
        ),
    }
    _list(archive, lambda a: a.disputes(), columns, about, json)


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
    _list(archive, lambda a: a.search(" ".join(words), limit=limit), columns, None, json)


@app.command(short_help="What the archive holds, what was refused, its runs.", epilog="Example: dateline status")
def status(archive: ArchiveFile = DEFAULT_ARCHIVE, json: Json = False) -> None:
    """How much the archive holds, what was refused and why, what is not read, and its runs."""
    with _open(archive) as opened:
        told = opened.status()
    if json:
        _print_json([told])
        return
    _print([f"{told['archive']}", *(f"{number:8,} {name}" for name, number in told["counts"].items())])
    for title, reasons in (("not read", told["not_read"]), ("captures without an article", told["no_article"])):
        _print(f"{number:8,} {title}: {reason}" for reason, number in reasons.items())
    if told["unread"]:
        _print([f"{told['unread']:8,} waiting to be read: dateline reread --changed"])
    for refusal in told["refused"]:
        _print([f"refused: {_place(refusal['path'], refusal['record'])}: {refusal['reason']}"])
    for run in told["runs"]:
        counts = ", ".join(f"{number} {name}" for name, number in (run["counts"] or {}).items())
        _print(
            [f"run {run['id']} {run['kind']} {run['started']}: {counts or 'nothing' if run['ended'] else 'cut short'}"]
        )


@app.command(short_help="Check raw bytes and pins against what was stored.", epilog="Example: dateline verify")
def verify(archive: ArchiveFile = DEFAULT_ARCHIVE, json: Json = False) -> None:
    """Check all raw bytes against their hashes and every pin against its words."""
    with _open(archive) as opened:
        wrong = list(opened.verify())
    if json:
        _print_json(wrong)
    else:
        _print(f"{problem.what}: {problem.why}" for problem in wrong)
        _say("everything is as it was stored" if not wrong else f"{len(wrong)} things are wrong")
    raise typer.Exit(1 if wrong else 0)


# ── one-shot commands, no archive ─────────────────────────────────────────────────────────────────────────────────────


@app.command(epilog="Example: dateline extract --json page.html   |   dateline extract --json - < pages.jsonl")
def extract(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH…|-", help="Captures; - reads JSON lines with id and text or html.", show_default=False
        ),
    ],
    json: Json = False,
) -> None:
    """Captures to text and metadata, without an archive."""
    from dateline.capture.extract import extract as extracted
    from dateline.capture.find import find, from_line, name_id
    from dateline.records import RawCapture, Refusal

    refused: list[Refusal] = []

    def captures() -> Iterator[RawCapture]:
        if paths == ["-"]:
            for number, row in _lines(refused):
                try:
                    yield from_line(row)
                except CaptureError as error:
                    _refuse(refused, Refusal(path="-", record=f"line {number}", reason=error.reason))
            return
        for item in find(paths):
            if isinstance(item, Refusal):
                _refuse(refused, item)
            else:
                yield msgspec.structs.replace(item, id=name_id(item.path)) if item.record is None else item

    for raw in captures():
        found = extracted(raw)
        if json:
            _print_json([found])
        else:
            _print(
                [
                    f"{found.title or 'untitled'} · {found.date or 'undated'} · {', '.join(found.authors) or 'no author'}",
                    "",
                    found.text,
                    "",
                ]
            )
            _print(f"[{item.title or 'side matter'}] {item.text}" for item in found.side)
    raise typer.Exit(1 if refused else 0)


@app.command(
    short_help="JSON lines of texts to reports, without an archive.",
    epilog="Example: dateline fold --json < captures.jsonl",
)
def fold(json: Json = False) -> None:
    """JSON lines with id and text to their reports, without an archive."""
    from dateline.fold.cluster import fold as folded

    refused: list[Any] = []
    texts = ((row["id"], row["text"]) for _, row in _lines(refused, "text"))
    groups = folded(texts)
    if json:
        _print_json({"id": id, "report": report} for id, report in groups.items())
    else:
        members: dict[str, list[str]] = {}
        for id, report in groups.items():
            members.setdefault(report, []).append(id)
        _print(f"{len(ids):5}  {' '.join(ids)}" for ids in members.values())
    raise typer.Exit(1 if refused else 0)


@app.command(
    short_help="JSON lines of texts to Readings, without an archive.",
    epilog="Example: dateline read --json < docs.jsonl",
)
def read(json: Json = False) -> None:
    """JSON lines with id, text, title and published to Readings, in order, without an archive."""
    from dateline.errors import ReadingError
    from dateline.read.reader import read as reading_of
    from dateline.records import Refusal

    refused: list[Any] = []
    for line, row in _lines(refused, "text", may=("published", "title")):
        try:
            reading = reading_of(row["text"], published=row.get("published"), title=row.get("title"), id=row["id"])
        except Exception as error:  # a mistake of ours in one text must not cost the others
            why = str(error) if isinstance(error, ReadingError) else f"{type(error).__name__}: {error}"
            _refuse(refused, Refusal(path="-", record=f"line {line}", reason=f"reading failed ({why})"))
            continue
        if json:
            _print_json([reading])
        else:
            counts = {
                name: len(getattr(reading, name))
                for name in ("times", "places", "actors", "statements", "figures", "events")
            }
            told = ", ".join(f"{number} {name}" for name, number in counts.items()) if reading.read else reading.why_not
            _print([f"{reading.id}: {told}"])
    raise typer.Exit(1 if refused else 0)


# ── printing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _rendered(found: Chronicle, format: Format) -> Iterator[str]:
    if format is Format.md:
        from dateline.export.markdown import markdown

        return markdown(found)
    if format is Format.csv:
        from dateline.export.table import table

        return table(found)
    if format is Format.jsonl:
        return (msgspec.json.encode(entry).decode() for entry in found)
    from dateline.export.text import text

    return text(found)


def _by_claimant(archive: Path, about: str | None, svg: Path | None, json: bool) -> None:
    """Print counts of one thing over time, and write them as SVG where asked to."""
    with _open(archive) as opened:
        found = opened.series(about)
    if json:
        _print_json(found)
    else:
        from rich.console import Console

        from dateline.export.plot import plots

        screen = Console()
        _print(plots(found, screen.width if screen.is_terminal else _PLAIN_WIDTH))
    if svg:
        from dateline.export.svg import svg as drawn

        _write(svg, drawn(found))


def _write(path: Path | str, text: str) -> None:
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise DatelineError(path, f"cannot be written ({error.strerror})") from error
    _say(f"{path} written")


def _list(
    archive: Path,
    rows: Callable[[Archive], Sequence[Any]],
    columns: dict[str, Callable[[Any], object]],
    about: str | None,
    json: bool,
) -> None:
    """Print the rows of one list command: JSON lines for programs, a table for people."""
    with _open(archive) as opened:
        found = [row for row in rows(opened) if not about or about.lower() in msgspec.json.encode(row).decode().lower()]
    if json:
        _print_json(found)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    screen, shown = Console(), io.StringIO()
    width = screen.width if screen.is_terminal else _PLAIN_WIDTH
    console = Console(file=shown, force_terminal=screen.is_terminal, width=width)
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for name in columns:
        table.add_column(name, overflow="fold", no_wrap=name in _SHORT)
    for row in found:
        cells = [value(row) for value in columns.values()]
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in cells))
    console.print(table)
    _print(line.rstrip() for line in shown.getvalue().splitlines())
    _say(f"{len(found)} row{'s' * (len(found) != 1)}")


def _print(lines: Iterable[str]) -> None:
    """Data to standard output, at once; where its reader has left, the command is done.

    Raises:
        StorageError: what standard output goes to cannot be written.
    """
    try:
        for line in lines:
            sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    except OSError as error:
        # What is still waiting to be written goes nowhere, or Python would fail on it again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise typer.Exit(0) from None
        raise StorageError("standard output", f"cannot be written ({error.strerror})") from error


def _print_json(rows: Iterable[Any]) -> None:
    _print(msgspec.json.encode(row).decode() for row in rows)


def _say(message: str) -> None:
    """A message for the person, apart from the data: on one line, whatever the names in it hold."""
    sys.stderr.write(f"{_CONTROL.sub(lambda char: repr(char[0])[1:-1], message)}\n")


def _place(path: str, record: str | None) -> str:
    return f"{path} ({record})" if record else path


def _refuse(refused: list[Any], refusal: Any) -> None:
    refused.append(refusal)
    _say(f"refused: {_place(refusal.path, refusal.record)}: {refusal.reason}")


def _tell(run: Run, json: bool = False) -> None:
    for refusal in run.refused:
        _say(f"refused: {_place(refusal.path, refusal.record)}: {refusal.reason}")
    if json:
        _print_json([{"run": run.id, "counts": run.counts, "refused": run.refused}])
    else:
        told = ", ".join(f"{number} {name}" for name, number in run.counts.items() if number)
        _say(f"run {run.id}: {told or 'nothing new'}")


@contextmanager
def _watched() -> Iterator[Callable[[Progress], None]]:
    """A progress bar on stderr, where that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description:>9}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TextColumn("{task.fields[count]}"),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=console, disable=not console.is_terminal) as bars:
        tasks: dict[str, TaskID] = {}

        def watch(progress: Progress) -> None:
            if progress.step not in tasks:
                tasks[progress.step] = bars.add_task(progress.step, total=1.0, count="", rate="")
            task = bars.tasks[bars.task_ids.index(tasks[progress.step])]
            count = f"{progress.done:,}" if progress.total is None else f"{progress.done:,} of {progress.total:,}"
            rate = f"{progress.done / task.elapsed:,.1f}/s" if task.elapsed else ""
            bars.update(task.id, completed=progress.share, count=count, rate=rate)

        yield watch


# ── input ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _open(path: Path, new: bool = False) -> Iterator[Archive]:
    """The archive at a path; unless ``new``, it must be there."""
    if not new and not path.is_file():
        raise ArchiveError(
            path, "there is no archive here yet: make one with 'dateline add', or name another with --archive"
        )
    from dateline.archive.archive import Archive

    with Archive(path) as opened:
        yield opened


def _lines(refused: list[Any], *needed: str, may: Sequence[str] = ()) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number and object of every JSON line on standard input.

    A line that is none, that lacks a string that is ``needed``, or holds something else for one that it ``may`` hold, is refused.
    """
    from dateline.records import Refusal

    if sys.stdin.isatty():
        _say("reading JSON lines from the terminal; end with Ctrl-D")
    for number, line in enumerate(_bounded_lines(sys.stdin.buffer), start=1):
        if line is not None and not line.strip():
            continue
        row, reason = _object(line)
        if reason is None:
            row = {"id": None, **row}
            if missing := [name for name in ("id", *needed) if not isinstance(row.get(name), str)]:
                reason = f"{missing[0]!r} is missing, or no string"
            elif odd := [name for name in may if not isinstance(row.get(name), str | None)]:
                reason = f"{odd[0]!r} is no string"
        if reason is None:
            yield number, row
        else:
            _refuse(refused, Refusal(path="-", record=f"line {number}", reason=reason))


def _object(line: bytes | None) -> tuple[dict[str, Any], str | None]:
    """The object in a line of JSON, or why there is none."""
    if line is None:
        return {}, f"longer than {_LONGEST_LINE >> 20} MB"
    try:
        row = msgspec.json.decode(line.removeprefix(codecs.BOM_UTF8))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return {}, f"not JSON ({error})"
    return (row, None) if isinstance(row, dict) else ({}, "not a JSON object")


def _bounded_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream as they come, None for one that is too long to be taken."""
    while line := stream.readline(_LONGEST_LINE):
        if len(line) < _LONGEST_LINE or line.endswith(b"\n"):
            yield line
            continue
        while (rest := stream.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
            pass
        yield None


def _assignment(item: str) -> tuple[str, str]:
    name, sign, value = item.partition("=")
    if not sign or not name or not value:
        raise typer.BadParameter(f"{item!r} is not NAME=FIELD", param_hint="--field")
    return name, value


def main() -> NoReturn:
    """Run a command; a mistake is one clear line, never a traceback (with ``DATELINE_DEBUG`` set, both)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whatever the terminal's own charset is, no character may stop us
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = app(prog_name="dateline", standalone_mode=False)
        if code == _INTERRUPTED:
            _say("stopped: what was finished is kept, the same command goes on from there")
        sys.exit(code)
    except TyperException as error:
        _say(f"dateline: {error.format_message()}")
        sys.exit(2)
    except StorageError as error:
        _say(f"dateline: {error}")
        sys.exit(1)
    except DatelineError as error:
        _say(f"dateline: {error}")
        sys.exit(2)
    except OSError as error:
        _say(f"dateline: {error.filename or 'output'}: {error.strerror or error}")
        sys.exit(1)
    except Exception as error:
        if os.environ.get("DATELINE_DEBUG"):
            traceback.print_exc()
        _say(
            f"dateline: a mistake in Dateline stopped this ({type(error).__name__}: {error}); what was finished is kept"
        )
        sys.exit(1)
