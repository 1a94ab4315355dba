"""What an archive on a server costs beside one in a file: adding, asking, copying, in CPU seconds of both sides together.

The server is one of the benchmark's own (`tests.postgresql`), with syncing to disk off; a file is synced. So what waits for a disk or
a network is not in the figures.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dateline
from dateline.archive.browse import Ask, Shelves
from dateline.sample import PRESS
from tests.postgresql import Server, binaries, serving
from tests.press import folder

CAPTURES = 400
READ = 12
TIMES = 10
ASKED = ("Ostrel", "Grey Heron", "Port Selm", "ferry")


def _server_time(server: Server) -> float:
    """CPU seconds of the server and of all connections that have ended."""
    pid = (server.home / "data" / "postmaster.pid").read_text().split()[0]
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _asked(at: str | Path) -> None:
    """Pages and searches as the web app asks for them, and whole chronicles as the command does."""
    with dateline.open(at) as archive:
        shelves = Shelves(archive.store)
        for _ in range(TIMES):
            for about in ASKED:
                ask = Ask(noun="entries", about=about)
                shelves.rows("entries", shelves.ids(ask, 50))
                archive.search(about)
                archive.chronicle(about=about)


def run(captures: int = CAPTURES) -> dict[str, Any]:
    """Each kind of work in a file and on a server, and the ratio."""
    result: dict[str, Any] = {}
    if binaries() is None:
        print("left out: there is no PostgreSQL 15 or later (apt-get install postgresql)")
        return result
    with serving() as server, tempfile.TemporaryDirectory() as place:
        home = Path(place)
        many, few = folder(home / "many", captures), folder(home / "few", READ)
        with dateline.open(home / "sample.db") as archive:
            archive.add([PRESS])  # and everything is loaded

        def took(work: Callable[[], object]) -> float:
            before = time.process_time() + _server_time(server)
            work()
            return time.process_time() + _server_time(server) - before

        def add(at: str | Path, source: Path, read: bool) -> None:
            with dateline.open(at) as archive:
                archive.add([source], read=read)

        def copy(source: str | Path, target: str | Path) -> None:
            with dateline.open(source) as archive:
                archive.copy(target)

        file, sample = home / "a.db", home / "sample.db"
        address, shared = server.new(), server.new()
        there = took(lambda: copy(sample, shared))
        print(f"{'CPU s':34}{'file':>8}{'server':>8}{'ratio':>7}")
        for name, in_file, on_server in (
            (f"add of {captures} without reading", lambda: add(file, many, False), lambda: add(address, many, False)),
            (
                f"add of {READ}, with reading",
                lambda: add(home / "b.db", few, True),
                lambda: add(server.new(), few, True),
            ),
            (f"{TIMES * len(ASKED)} questions", lambda: _asked(sample), lambda: _asked(shared)),
            ("backup of the sample", lambda: copy(sample, home / "c.db"), lambda: copy(shared, home / "d.db")),
        ):
            one, other = took(in_file), took(on_server)
            result[name] = round(other / one, 2)
            print(f"{name:34}{one:8.2f}{other:8.2f}{other / one:7.2f}")
        with dateline.open(sample) as archive:
            counts = archive.store.counts()
        result["sample to a server"] = round(there, 2)
        print(
            f"{'sample to a server, compared':34}{'':8}{there:8.2f}   ({counts['captures']} captures, {counts['entries']} lines)"
        )
    return result
