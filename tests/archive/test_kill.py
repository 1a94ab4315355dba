"""An ``add`` killed at random moments and resumed ends in the same archive as an undisturbed one."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import dateline
from tests.archive.test_archive import content
from tests.press import folder

ADD = "from dateline.cli import main; main()"


def _add(source: Path, archive: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", ADD, "add", str(source), "--archive", str(archive)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def _time(source: Path, archive: Path) -> float:
    """The seconds that an undisturbed add takes."""
    began = time.monotonic()
    whole = _add(source, archive)
    _, said = whole.communicate(timeout=1200)
    assert whole.returncode == 0, said
    return time.monotonic() - began


@pytest.mark.parametrize(
    ("captures", "kills"), [(60, 6), pytest.param(500, 30, marks=pytest.mark.soak)], ids=["short", "soak"]
)
def test_a_killed_add_is_resumed_to_the_same_archive(tmp_path: Path, captures: int, kills: int) -> None:
    start = _time(folder(tmp_path / "one", 1), tmp_path / "one.db")
    source = folder(tmp_path / "in", captures)
    took = _time(source, tmp_path / "whole.db")
    rng = random.Random(captures)
    kept = 0
    for _ in range(kills):
        process = _add(source, tmp_path / "killed.db")
        time.sleep(rng.uniform(start / 2, start + max(took - start, 0) / 3))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if (tmp_path / "killed.db").exists():
            with dateline.open(tmp_path / "killed.db") as archive:
                assert not list(archive.verify())
                now = archive.status()["counts"]["captures"]
            assert now >= kept, "a finished capture was lost"
            kept = now
    assert kept, "every kill came before the first capture: the test shows nothing"
    last = _add(source, tmp_path / "killed.db")
    _, said = last.communicate(timeout=1200)
    assert last.returncode == 0, said
    assert content(tmp_path / "killed.db") == content(tmp_path / "whole.db")
