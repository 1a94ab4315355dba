"""The commands that copy a whole archive: backup, restore, migrate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.terminal import DEFAULT_ARCHIVE, ArchiveFile, app, archive_at, say, watched

_PLACE = "A file, or postgresql://user@host/database."


@app.command(
    short_help="Copy the archive into a file, while others write.", epilog="Example: dateline backup 2026-11-22.db"
)
def backup(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The file to make: an archive in itself.", show_default=False)
    ],
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of an older backup.")] = False,
) -> None:
    """Copy the archive, as it is at this moment, into a file. Who writes to it meanwhile need not wait.

    The file is there whole or not at all. It is an archive like any other: every command reads it with --archive FILE.
    """
    _copy(archive, str(file), replace)


@app.command(
    short_help="Make an archive from a backup.",
    epilog="Example: dateline restore 2026-11-22.db --archive postgresql://desk@db.example.org/pile",
)
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup.", show_default=False)],
    archive: ArchiveFile = DEFAULT_ARCHIVE,
) -> None:
    """Make an archive from a backup, where none is: nothing is written over, and what was copied is checked."""
    _copy(str(file), archive)


@app.command(
    short_help="Copy an archive from a file to a server, or back.",
    epilog="Example: dateline migrate dateline.db postgresql://desk@db.example.org/pile",
)
def migrate(
    source: Annotated[str, typer.Argument(metavar="FROM", help=_PLACE, show_default=False)],
    target: Annotated[str, typer.Argument(metavar="TO", help=f"{_PLACE} There is no archive yet.", show_default=False)],
) -> None:
    """Copy an archive, as it is at this moment, to another place: all of it or nothing, every record compared after it was written.

    What is at FROM stays as it is; remove it when you no longer need it.
    """
    _copy(source, target)


def _copy(source: str, target: str, replace: bool = False) -> None:
    from dateline.archive.place import Place

    with archive_at(source) as opened, watched() as watch:
        number = opened.copy(target, replace=replace, progress=watch)
    say(f"{Place.of(target)}: {number:,} records copied and checked")
