"""What the commands share: the application, its common options, and how they print."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import msgspec
import typer

from dateline.errors import ArchiveError, DatelineError, StorageError

if TYPE_CHECKING:
    from dateline.archive.archive import Archive, Progress, Run

T = TypeVar("T")

app = typer.Typer(
    name="dateline",
    help="From captured news to a chronicle: what happened, when and where, on whose word, pinned to the exact words.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

DEFAULT_ARCHIVE = "dateline.db"

# Columns of tables that stay on one line, and the width of a table that is not printed to a terminal.
_SHORT = frozenset({"date", "published", "due", "as of", "status", "type", "captures", "versions", "reports", "kind"})
PLAIN_WIDTH = 140

# Control characters, with which a name or a page could trick a terminal.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")

ArchiveFile = Annotated[
    str,
    typer.Option(
        "--archive",
        metavar="FILE|URL",
        envvar="DATELINE_ARCHIVE",
        help="The archive's file, or postgresql://user@host/database.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
About = Annotated[str | None, typer.Option(help="An actor under any name, a place, or words.")]
Since = Annotated[str | None, typer.Option(help="From this day, month or year on (2021, 2021-03, 2021-03-05).")]
Until = Annotated[str | None, typer.Option(help="Up to this day, month or year.")]
Place = Annotated[str | None, typer.Option(help="The place where it happened.")]
InStatus = Annotated[
    str | None, typer.Option(help="happened, ongoing, planned, conditional, possible, cancelled or denied.")
]
MinOrigins = Annotated[int, typer.Option(min=1, help="How many independent origins at least.")]
Holding = Annotated[str | None, typer.Option("--about", help="Only rows that hold these words, case apart.")]


@contextmanager
def archive_at(place: str | Path, new: bool = False) -> Iterator[Archive]:
    """The archive in a file or a database; unless ``new``, it must be there."""
    from dateline.archive.place import Place
    from dateline.archive.store import Store

    at = Place.of(place)
    if not new and not Store.exists(at):
        raise ArchiveError(
            at, "there is no archive here yet: make one with 'dateline add', or name another with --archive"
        )
    from dateline.archive.archive import Archive

    with Archive(at) as opened:
        yield opened


def print_table(
    archive: str,
    rows: Callable[[Archive], Sequence[Any]],
    columns: dict[str, Callable[[Any], object]],
    about: str | None,
    json: bool,
) -> None:
    """Print the rows of one list command: JSON lines for programs, a table for people."""
    with archive_at(archive) as opened:
        found = holding(rows(opened), about)
    if json:
        print_json(found)
    else:
        print_rows(found, columns)


def print_rows(found: Sequence[Any], columns: dict[str, Callable[[Any], object]]) -> None:
    """Print rows as a table for people, and say how many there are."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from dateline.export.inert import visible

    screen, shown = Console(), io.StringIO()
    width = screen.width if screen.is_terminal else PLAIN_WIDTH
    console = Console(file=shown, force_terminal=screen.is_terminal, width=width)
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for name in columns:
        table.add_column(name, overflow="fold", no_wrap=name in _SHORT)
    for row in found:
        cells = [value(row) for value in columns.values()]
        table.add_row(*(Text("" if cell is None else visible(str(cell))) for cell in cells))
    console.print(table)
    print_lines(line.rstrip() for line in shown.getvalue().splitlines())
    say(f"{len(found)} row{'s' * (len(found) != 1)}")


def holding(rows: Iterable[T], about: str | None) -> list[T]:
    """The rows that hold some words, case apart; all of them where none are asked for."""
    return [row for row in rows if not about or about.lower() in msgspec.json.encode(row).decode().lower()]


def print_lines(lines: Iterable[str]) -> None:
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


def print_json(rows: Iterable[Any]) -> None:
    """One JSON object a line."""
    print_lines(msgspec.json.encode(row).decode() for row in rows)


def say(message: str) -> None:
    """A message for the person, apart from the data: on one line, whatever the names in it hold."""
    sys.stderr.write(f"{_CONTROL.sub(lambda char: repr(char[0])[1:-1], message)}\n")


def read_lines(path: Path | str) -> list[str]:
    """The lines of a text file that the person named, ``-`` for standard input.

    Raises:
        DatelineError: it cannot be read, or is no UTF-8.
    """
    try:
        text = sys.stdin.read() if str(path) == "-" else Path(path).read_text(encoding="utf-8-sig")
        return text.split("\n")  # and at nothing else: a line of JSON may hold U+2028
    except UnicodeDecodeError as error:
        raise DatelineError(path, "cannot be read (it is no UTF-8)") from error
    except (OSError, ValueError) as error:
        raise DatelineError(path, f"cannot be read ({getattr(error, 'strerror', None) or error})") from error


def write_file(path: Path | str, text: str) -> None:
    """Write a file that the person asked for, and say so."""
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise DatelineError(path, f"cannot be written ({error.strerror})") from error
    say(f"{path} written")


def tell(run: Run, json: bool = False) -> None:
    """What a run did, and every input that it refused."""
    for refusal in run.refused:
        say(f"refused: {located(refusal.path, refusal.record)}: {refusal.reason}")
    if json:
        print_json([{"run": run.id, "counts": run.counts, "refused": run.refused}])
    else:
        told = ", ".join(f"{number} {name}" for name, number in run.counts.items() if number)
        say(f"run {run.id}: {told or 'nothing new'}")


def located(path: str, record: str | None) -> str:
    """A file, or a record in one, as messages name it."""
    return f"{path} ({record})" if record else path


@contextmanager
def watched() -> Iterator[Callable[[Progress], None]]:
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
