"""The commands: thin, so that whatever they do can be done from Python too.

Data go to stdout, progress and messages to stderr. Exit status: 0 done, 1 some inputs refused or something found wrong,
2 wrong usage, 3 stopped before the end. Heavy modules are imported inside the commands, so that ``--help`` is quick.
"""

from __future__ import annotations

import io
import os
import sys
import traceback
from typing import NoReturn

import typer
from typer.exceptions import TyperException

from dateline.cli import collect, copies, export, intake, lists, oneshot, questions, remove, review, scale, serve
from dateline.cli.terminal import app, print_lines, say
from dateline.errors import DatelineError, StorageError, WorkerError

__all__ = [
    "app",
    "collect",
    "copies",
    "export",
    "intake",
    "lists",
    "main",
    "oneshot",
    "questions",
    "remove",
    "review",
    "scale",
    "serve",
]

_STOPPED = 3  # exit status where a disk, a worker or a mistake of ours ended it: what it was asked for is not all there
_INTERRUPTED = 130  # exit status after Ctrl-C


@app.callback(invoke_without_command=True)
def _start(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        print_lines([context.get_help()])


def main() -> NoReturn:
    """Run a command; a mistake is one clear line, never a traceback (with ``DATELINE_DEBUG`` set, both)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whatever the terminal's own charset is, no character may stop us
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = app(prog_name="dateline", standalone_mode=False)
        if code == _INTERRUPTED:
            say("stopped: what was finished is kept, the same command goes on from there")
        sys.exit(code)
    except TyperException as error:
        say(f"dateline: {error.format_message()}")
        sys.exit(2)
    except WorkerError as error:
        say(f"dateline: {error}; what was finished is kept, the same command goes on from there")
        sys.exit(_STOPPED)
    except StorageError as error:
        say(f"dateline: {error}")
        sys.exit(_STOPPED)
    except DatelineError as error:
        say(f"dateline: {error}")
        sys.exit(2)
    except OSError as error:
        say(f"dateline: {error.filename or 'output'}: {error.strerror or error}")
        sys.exit(_STOPPED)
    except Exception as error:
        if os.environ.get("DATELINE_DEBUG"):
            traceback.print_exc()
        say(
            f"dateline: a mistake in Dateline stopped this ({type(error).__name__}: {error}); what was finished is kept"
        )
        sys.exit(_STOPPED)
