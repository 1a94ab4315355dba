"""The command that lets go of a capture for good: remove."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.review import By, user
from dateline.cli.terminal import DEFAULT_ARCHIVE, ArchiveFile, Json, app, archive_at, print_json, print_lines, watched


@app.command(
    short_help="Let go of a capture that must not be kept.",
    epilog="Example: dateline remove c81f0… --reason 'the subject asked for it'",
)
def remove(
    capture: Annotated[
        str | None,
        typer.Argument(help="The capture's id, as 'dateline reports --json' lists it. Without one: what was removed."),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why it must go. It is kept, with the hash.")] = "",
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    by: By = None,
    json: Json = False,
) -> None:
    """Let go of a capture for good: its bytes, and what rested on it alone, decisions too. Its hash and the reason stay."""
    with archive_at(archive) as opened:
        if capture is None:
            found = opened.removed()
        else:
            with watched() as watch:
                found = [opened.remove(capture, reason, by=by or user(), progress=watch)]
    if json:
        print_json(found)
        return
    for one in found:
        went = f", {one.decisions} decision{'s' * (one.decisions != 1)} with it" if one.decisions else ""
        print_lines([f"{one.at[:10]} {one.capture} removed by {one.by}: {one.reason} (sha256 {one.sha256}{went})"])
