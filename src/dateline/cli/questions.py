"""The command for questions that are asked again and again: questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from dateline.cli.terminal import (
    DEFAULT_ARCHIVE,
    About,
    ArchiveFile,
    InStatus,
    Json,
    MinOrigins,
    Place,
    Since,
    Until,
    app,
    archive_at,
    print_json,
    print_lines,
    say,
)
from dateline.errors import DatelineError

if TYPE_CHECKING:
    from dateline.archive.questions import Saved


@app.command(
    short_help="Saved questions, and what is new since you last looked.",
    epilog="Example: dateline questions donbas --save --about Donbas --since 2021-03",
)
def questions(
    name: Annotated[
        str | None, typer.Argument(help="A saved question: prints what is new. Without one: all, with how much is new.")
    ] = None,
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    save: Annotated[bool, typer.Option("--save", help="Save the question under the name.")] = False,
    drop: Annotated[bool, typer.Option("--drop", help="Forget the question.")] = False,
    about: About = None,
    since: Since = None,
    until: Until = None,
    place: Place = None,
    status: InStatus = None,
    min_origins: MinOrigins = 1,
    everything: Annotated[bool, typer.Option("--all", help="Everything that answers, not only what is new.")] = False,
    peek: Annotated[bool, typer.Option("--peek", help="Do not count this as a look: it stays new.")] = False,
    json: Json = False,
) -> None:
    """Save a question under a name; then see, whenever you look, which lines of its chronicle are new."""
    with archive_at(archive) as opened:
        if save or drop:
            if name is None:
                raise DatelineError("name", "say under which name")
            if drop:
                opened.drop_question(name)
            else:
                opened.save_question(
                    name, about, since=since, until=until, place=place, status=status, min_origins=min_origins
                )
            say(f"{name} {'dropped' if drop else 'saved'}")
            return
        held = opened.questions()
        if name is None:
            told = [(one, opened.new_entries(one.name, peek=True)) for one in held]
            if json:
                print_json(
                    {"name": one.name, "question": one.question, "looked": one.looked, "new": len(new)}
                    for one, new in told
                )
            else:
                print_lines(f"{len(new):6,} new  {_asked(one)}" for one, new in told)
            return
        found = opened.new_entries(name, peek=peek, everything=everything)
        if json:
            print_lines(msgspec.json.encode(entry).decode() for entry in found)
            return
        from dateline.export.text import text

        print_lines(text(found))


def _asked(one: Saved) -> str:
    """A saved question in words."""
    asked = [
        f"{name.replace('_', ' ')} {value}"
        for name, value in msgspec.structs.asdict(one.question).items()
        if value not in (None, 1)
    ]
    looked = f"last looked at {one.looked[:16].replace('T', ' ')}" if one.looked else "never looked at"
    return f"{one.name}: {', '.join(asked) or 'everything'} ({looked})"
