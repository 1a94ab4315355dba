"""``--jobs``: several processes make the archive that one makes, and ends of all kinds leave one that goes on."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import dateline
from dateline.archive import archive as street
from tests.archive.test_archive import content
from tests.press import folder

ADD = (
    "from dateline.archive import archive as street; street._BATCH_CAPTURES = 8\nfrom dateline.cli import main; main()"
)


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of captures."""
    return folder(tmp_path_factory.mktemp("pile") / "in", 60)


@pytest.fixture(scope="module")
def whole(pile: Path) -> Path:
    """The pile in an archive, captured and folded by one process."""
    with dateline.open(pile.parent / "whole.db") as archive:
        archive.add([pile], read=False)
    return pile.parent / "whole.db"


def test_two_processes_make_the_same_archive_as_one(
    pile: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(street, "_BATCH_CAPTURES", 8)
    monkeypatch.setattr(street, "_BATCH_READINGS", 4)
    monkeypatch.setattr(street, "_MANY_READINGS", 2)
    with dateline.open(tmp_path / "two.db") as archive:
        archive.add([pile], read=False, jobs=2)
    assert content(tmp_path / "two.db") == content(whole)
    one, two = tmp_path / "one.db", tmp_path / "two.db"
    few = sorted(pile.iterdir())[:12]
    for path, jobs in ((one, 1), (two, 2)):
        path.unlink(missing_ok=True)
        with dateline.open(path) as archive:
            run = archive.add(few, jobs=jobs)
            again = archive.reread(jobs=jobs)
        assert run.counts["reports read"] == again.counts["reports read"] > 4
    assert content(one) == content(two)


def _adding(pile: Path, archive: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", ADD, "add", str(pile), "--no-read", "--jobs", "2", "--archive", str(archive)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _workers(of: int) -> list[int]:
    """The processes that a process started, waited for until there are two."""
    children = Path(f"/proc/{of}/task/{of}/children")
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if len(found := [int(one) for one in children.read_text().split()]) == 2:
            return found
        time.sleep(0.02)
    raise AssertionError("no workers started")


@pytest.mark.parametrize(
    ("who", "how", "code", "said"),
    [
        (
            "worker",
            signal.SIGKILL,
            3,
            r"dateline: a worker process: it was ended by signal 9, as when memory runs out; .*goes on from there",
        ),
        ("group", signal.SIGINT, 130, "stopped: what was finished is kept, the same command goes on from there"),
        ("add", signal.SIGKILL, -9, ""),
    ],
)
def test_an_add_that_is_stopped_says_so_and_is_finished_by_the_next(
    who: str, how: signal.Signals, code: int, said: str, pile: Path, whole: Path, tmp_path: Path
) -> None:
    process = _adding(pile, tmp_path / "a.db")
    workers = _workers(process.pid)
    if who == "worker":
        os.kill(workers[0], how)
    else:  # Ctrl-C reaches all processes of a terminal
        for one in [process.pid, *(workers if who == "group" else [])]:
            os.kill(one, how)
    _, err = process.communicate(timeout=120)
    assert process.returncode == code
    assert re.fullmatch(said, err.strip()), err
    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{one}").exists() for one in workers):
        assert time.monotonic() < deadline, "a worker outlived the add"
        time.sleep(0.05)
    with dateline.open(tmp_path / "a.db") as archive:
        assert not list(archive.verify())
    last = _adding(pile, tmp_path / "a.db")
    _, err = last.communicate(timeout=300)
    assert last.returncode == 0, err
    assert content(tmp_path / "a.db") == content(whole)
