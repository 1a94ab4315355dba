"""The command by which persons decide: review, one by one in the terminal, and its parts for scripts."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from dateline.cli import reviewing
from dateline.cli.terminal import (
    DEFAULT_ARCHIVE,
    About,
    ArchiveFile,
    Json,
    app,
    archive_at,
    print_json,
    print_lines,
    print_rows,
    read_lines,
    say,
    write_file,
)
from dateline.errors import DatelineError
from dateline.review.phrases import told

if TYPE_CHECKING:
    from dateline.archive.reviews import Choice, Reviews
    from dateline.records import Decision

review = typer.Typer(
    help="Confirm, correct or reject what was read; merge and split; undo. Without a command: one by one, in the terminal.",
    rich_markup_mode=None,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(
    review,
    name="review",
    short_help="Decide on what was read: confirm, correct, reject, merge, split, undo.",
    epilog="Example: dateline review --kind statements --about Blinken",
)


class Kind(StrEnum):
    """The lists that can be gone through."""

    entries = "entries"
    events = "events"
    statements = "statements"
    figures = "figures"
    commitments = "commitments"
    disputes = "disputes"
    actors = "actors"


def user() -> str:
    """The name of the system's user."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no name behind the number of the user
        return "unnamed"


By = Annotated[
    str | None,
    typer.Option("--by", envvar="DATELINE_REVIEWER", help="Who decides: the system's user name unless given."),
]
Why = Annotated[str | None, typer.Option("--why", help="The reason, in your words.")]
Ids = Annotated[
    list[str],
    typer.Argument(
        metavar="ID…", help="Ids as the lists print them with --json, or KIND:REPORT@START-END.", show_default=False
    ),
]
Later = Annotated[
    bool, typer.Option("--later", help="Do not link now: the lists follow with the next command that links.")
]


@review.callback()
def one_by_one(
    context: typer.Context,
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    kind: Annotated[Kind, typer.Option(help="What to go through.")] = Kind.entries,
    about: About = None,
    shuffle: Annotated[
        int | None, typer.Option(metavar="SEED", help="In an order by chance, so that the rate is fair.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Also what was decided on before.")] = False,
    by: By = None,
    json: Annotated[
        bool, typer.Option("--json", help="Only list what there is to look at, one JSON object a line.")
    ] = False,
) -> None:
    """Go through what was read, one by one. Keys decide; without a terminal each line of the input is a key or its word."""
    if context.invoked_subcommand is not None:
        return
    with archive_at(archive) as opened:
        opened.relink()
        reviews = opened.reviews
        if json:
            todo = reviews.todo(kind.value, about, shuffled=shuffle, again=again)
            print_json(reviews.sight(id) for id in todo)
            return
        keys = _Keys()
        session = reviewing.Session(reviews, kind.value, by or user(), keys.line, about, shuffle, again)
        try:
            while not session.over:
                print_lines(session.shown())
                key = keys.next()
                if key is None:
                    break
                print_lines(session.press(key))
        finally:
            if session.made:
                opened.relink()
                say(f"{len(session.made)} decision{'s' * (len(session.made) != 1)} kept; the lists follow them")


class _Keys:
    """Keys from a terminal, lines from anything else."""

    def __init__(self) -> None:
        self._typed = sys.stdin.isatty()

    def next(self) -> str | None:
        """The next key, None at the end."""
        if not self._typed:
            line = sys.stdin.readline()
            return line.rstrip("\r\n") if line else None
        try:
            key = typer.getchar()
        except (KeyboardInterrupt, EOFError):
            return None
        return None if key in ("\x03", "\x04") else key

    def line(self, what: str) -> str:
        """A line of words that a key needs."""
        if self._typed:
            return str(typer.prompt(what, default="", show_default=False, err=True))
        return sys.stdin.readline().rstrip("\r\n")


@review.command(epilog="Example: dateline review confirm s3f0… --by 'Lena Okker'")
def confirm(
    ids: Ids,
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    by: By = None,
    why: Why = None,
    later: Later = False,
    json: Json = False,
) -> None:
    """Say that it is right as it stands."""
    _each(ids, "confirm", None, archive, by, why, later, json)


@review.command(epilog="Example: dateline review reject n81c… --why 'a page number'")
def reject(
    ids: Ids,
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    by: By = None,
    why: Why = None,
    later: Later = False,
    json: Json = False,
) -> None:
    """Say that there is no such thing. It leaves the lists, and stays with 'dateline review list --rejected'."""
    _each(ids, "reject", None, archive, by, why, later, json)


@review.command(epilog="Example: dateline review correct ev5a… date=2024-03-09 status=planned")
def correct(
    id: Annotated[str, typer.Argument(help="What to correct.", show_default=False)],
    assignments: Annotated[
        list[str],
        typer.Argument(
            metavar="FIELD=VALUE…",
            help="What is right: exact words for a span, 'none' for nothing, a; b for several names.",
            show_default=False,
        ),
    ],
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    by: By = None,
    why: Why = None,
    later: Later = False,
    json: Json = False,
) -> None:
    """Say what is right: the words, the speaker, the date, the status, the value, the place, the name."""
    _each([id], "correct", reviewing.changes(assignments), archive, by, why, later, json)


def _each(
    ids: list[str],
    choice: Choice,
    changes: dict[str, str] | None,
    archive: str,
    by: str | None,
    why: str | None,
    later: bool,
    json: bool,
) -> None:
    with _deciding(archive, later, json) as (reviews, tell):
        for id in ids:
            tell(reviews.decide(id, choice, changes, by=by or user(), why=why))


@review.command(epilog="Example: dateline review merge a12… a9f… --why 'one ministry'")
def merge(
    ids: Ids,
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    by: By = None,
    why: Why = None,
    later: Later = False,
    json: Json = False,
) -> None:
    """Say that several actors are one (the first gives the name), or several events."""
    with _deciding(archive, later, json) as (reviews, tell):
        tell(reviews.merge(ids, by=by or user(), why=why))


@review.command(epilog="Example: dateline review split a12… --name Moscow")
def split(
    id: Annotated[str, typer.Argument(help="The actor, the event or the line.", show_default=False)],
    name: Annotated[str | None, typer.Option(help="The name of an actor that means somebody else.")] = None,
    report: Annotated[
        list[str] | None,
        typer.Option(
            metavar="REPORT", help="For a name: only in this report. For an event: a report that tells another one."
        ),
    ] = None,
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    by: By = None,
    why: Why = None,
    later: Later = False,
    json: Json = False,
) -> None:
    """Say that a name is not the actor's, or that some reports tell another event."""
    with _deciding(archive, later, json) as (reviews, tell):
        if name is not None:
            tell(reviews.split_actor(id, name, report=report[0] if report else None, by=by or user(), why=why))
        elif report:
            tell(reviews.split_event(id, report, by=by or user(), why=why))
        else:
            raise DatelineError("split", "say which --name of an actor, or which --report of an event")


@review.command(epilog="Example: dateline review note e77… 'ask the ministry'")
def note(
    id: Annotated[str, typer.Argument(help="What the note is on.", show_default=False)],
    words: Annotated[list[str], typer.Argument(metavar="WORD…", help="The note.", show_default=False)],
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    by: By = None,
    json: Json = False,
) -> None:
    """Write a note at something. It changes nothing."""
    with _deciding(archive, True, json) as (reviews, tell):
        tell(reviews.note(id, " ".join(words), by=by or user()))


@review.command(epilog="Example: dateline review undo j4d…")
def undo(
    id: Annotated[
        str | None,
        typer.Argument(metavar="DECISION", help="The decision; without one your last that holds.", show_default=False),
    ] = None,
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    by: By = None,
    why: Why = None,
    later: Later = False,
    json: Json = False,
) -> None:
    """Undo a decision. What was before holds again; nothing is deleted, and undoing can be undone."""
    with _deciding(archive, later, json) as (reviews, tell):
        tell(reviews.undo(id, by=by or user(), why=why))


@review.command(epilog="Example: dateline review keep j4d…")
def keep(
    id: Annotated[str, typer.Argument(metavar="DECISION", help="A decision of the queue.", show_default=False)],
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    by: By = None,
    why: Why = None,
    later: Later = False,
    json: Json = False,
) -> None:
    """Say that a queued decision holds, whatever the reader now says and others decided."""
    with _deciding(archive, later, json) as (reviews, tell):
        tell(reviews.keep(id, by=by or user(), why=why))


@contextmanager
def _deciding(archive: str, later: bool, json: bool) -> Iterator[tuple[Reviews, Any]]:
    """Decisions that are told as they are made, and linked at the end."""
    with archive_at(archive) as opened:
        made: list[Decision] = []

        def tell(decision: Decision) -> None:
            made.append(decision)
            if json:
                print_json([decision])
            else:
                print_lines([_line(decision)])

        try:
            yield opened.reviews, tell
        finally:
            if made and not later:
                opened.relink()


@review.command(name="list", epilog="Example: dateline review list --rejected")
def list_(
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    rejected: Annotated[bool, typer.Option("--rejected", help="Only what was rejected.")] = False,
    undone: Annotated[bool, typer.Option("--undone", help="Also what was undone, and the undoing.")] = False,
    about: Annotated[
        str | None, typer.Option("--about", help="Only decisions that hold these words, case apart.")
    ] = None,
    json: Json = False,
) -> None:
    """The decisions: who, when, on which words, why, and whether they are applied."""
    with archive_at(archive) as opened:
        reviews = opened.reviews
        found = [
            one
            for one in reviews.decisions(undone=undone)
            if (not rejected or one.verdict == "reject")
            and (not about or about.lower() in msgspec.json.encode(one).decode().lower())
        ]
        became = reviews.outcomes()
    states = {id: next((o.state for o in each if o.state != "applied"), "applied") for id, each in became.items()}
    if json:
        print_json({**msgspec.to_builtins(one), "state": states.get(one.id)} for one in found)
        return
    columns = {
        "id": lambda d: d.id,
        "when": lambda d: d.at[:16].replace("T", " "),
        "who": lambda d: d.by,
        "decided": told,
        "words": lambda d: d.parts[0].anchor.text if d.parts else d.of,
        "why": lambda d: d.why,
        "state": lambda d: states.get(d.id, "not linked yet" if d.verdict != "undo" else ""),
    }
    print_rows(found, columns)


@review.command(epilog="Example: dateline review queue")
def queue(archive: ArchiveFile = DEFAULT_ARCHIVE, json: Json = False) -> None:
    """What a person should look at again: decisions that a new reading, a changed text or another person's decision contradicts."""
    with archive_at(archive) as opened:
        opened.relink()
        waiting = opened.reviews.queue()
    if json:
        print_json({"decision": one.decision, "outcomes": one.outcomes} for one in waiting)
        return
    for one in waiting:
        print_lines(reviewing.queued(one))
    say(f"{len(waiting)} waiting" + ("; keep one, undo it, or decide anew" if waiting else ""))


@review.command(epilog="Example: dateline review export decisions.jsonl")
def export(
    path: Annotated[str, typer.Argument(help="The file to write, - for standard output.")] = "-",
    archive: ArchiveFile = DEFAULT_ARCHIVE,
) -> None:
    """Write all decisions as JSON lines: for safe keeping, or for another archive of the same reports."""
    with archive_at(archive) as opened:
        found = list(opened.reviews.export())
    if path == "-":
        print_lines(found)
    else:
        write_file(path, "".join(f"{line}\n" for line in found))


@review.command(name="import", epilog="Example: dateline review import decisions.jsonl")
def import_(
    path: Annotated[str, typer.Argument(help="The file to read, - for standard input.", show_default=False)],
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    json: Json = False,
) -> None:
    """Take in decisions: who and when stay as they are. Taken in twice they change nothing; where persons disagree they are queued."""
    lines = read_lines(path)
    with archive_at(archive) as opened:
        done = opened.reviews.import_(lines)
        opened.relink()
        waiting = len(opened.reviews.queue())
    if json:
        print_json([{"new": done.new, "known": done.known, "queued": waiting}])
    else:
        say(f"{done.new} new, {done.known} known already; {waiting} waiting in the queue")


def _line(decision: Decision) -> str:
    return f"{decision.id}  {told(decision)}"
