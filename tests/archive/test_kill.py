"""An ``add`` killed at random moments and resumed ends in the same archive as an undisturbed one."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

import dateline
from dateline.archive import archive as street
from dateline.archive.place import Place
from dateline.archive.store import Store
from dateline.capture.find import find
from dateline.records import RawCapture
from tests.archive.child import deadly, ended
from tests.archive.test_archive import content
from tests.conftest import Where
from tests.press import article, folder

ADD = "from dateline.cli import main; main()"


def _add(source: Path, archive: Where) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", ADD, "add", str(source), "--archive", str(archive)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def _time(source: Path, archive: Where) -> float:
    """The seconds that an undisturbed add takes."""
    began = time.monotonic()
    whole = _add(source, archive)
    _, said = whole.communicate(timeout=1200)
    assert whole.returncode == 0, said
    return time.monotonic() - began


@pytest.mark.parametrize(
    ("captures", "kills"), [(60, 6), pytest.param(500, 30, marks=pytest.mark.soak)], ids=["short", "soak"]
)
def test_a_killed_add_is_resumed_to_the_same_archive(
    place: Callable[[str], Where], tmp_path: Path, captures: int, kills: int
) -> None:
    start = _time(folder(tmp_path / "one", 1), place("one"))
    source = folder(tmp_path / "in", captures)
    took = _time(source, place("whole"))
    rng = random.Random(captures)
    kept = 0
    for _ in range(kills):
        process = _add(source, place("killed"))
        with suppress(subprocess.TimeoutExpired):  # the kills are spread over all of the work
            process.wait(rng.uniform(start / 2, start + 3 * max(took - start, 0) / kills))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if Store.exists(Place.of(place("killed"))):
            with dateline.open(place("killed")) as archive:
                assert not list(archive.verify())
                now = archive.status()["counts"]["captures"]
            assert now >= kept, "a finished capture was lost"
            kept = now
    assert kept, "every kill came before the first capture: the test shows nothing"
    last = _add(source, place("killed"))
    _, said = last.communicate(timeout=1200)
    assert last.returncode == 0, said
    assert content(place("killed")) == content(place("whole"))


def test_an_add_killed_before_it_links_leaves_an_archive_that_verifies(
    place: Callable[[str], Where], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy whose id is the smaller one gives the report that it joins another id; what is linked still names the old one."""
    pages = []
    for name in ("a", "b"):
        path = tmp_path / name
        path.write_text(f"{article(1)}\n\nPrinted in {name * 3}.", encoding="utf-8")
        pages.append((next(raw.id for raw in find([path]) if isinstance(raw, RawCapture)), path))
    (_, smaller), (_, larger) = sorted(pages)
    with dateline.open(place("killed")) as archive:
        archive.add([larger])
        [before] = archive.reports()
        with monkeypatch.context() as patch:
            patch.setattr(street, "relink", _killed)
            with pytest.raises(KeyboardInterrupt):
                archive.add([smaller])
        [report] = archive.reports()
        assert report.id != before.id
        assert {pin.report for row in archive.statements() for pin in row.pins} == {before.id}
        assert len(archive.chronicle()) == 0, "a line without a report that could be shown"
        assert not list(archive.verify())
        archive.add([])
        assert {pin.report for entry in archive.chronicle() for pin in entry.pins} == {report.id}
        assert not list(archive.verify())


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def _killed_at(statement: int, source: Path, at: Where) -> bool:
    """Add in a process that kills itself in the middle of a statement of SQL; whether it came that far."""

    def work() -> None:
        count = deadly(statement)
        event.listen(Engine, "after_cursor_execute", count)
        event.listen(Engine, "commit", count)
        with dateline.open(at) as archive:
            archive.add([source])

    status = ended(work)
    assert status in (0, -signal.SIGKILL), "it failed by itself"
    return status == -signal.SIGKILL


def test_an_add_killed_at_any_statement_leaves_an_archive_that_opens(
    place: Callable[[str], Where], fresh: Callable[[], Where], tmp_path: Path
) -> None:
    source = folder(tmp_path / "in", 6)
    with dateline.open(place("whole")) as archive:
        archive.add([source])
    whole = content(place("whole"))
    statement, kills = 1, 0
    while _killed_at(statement, source, at := fresh()):
        kills += 1
        with dateline.open(at) as archive:
            assert not list(archive.verify()), statement
            archive.add([source])
        assert content(at) == whole, statement
        statement += 1 + statement // 3
    assert kills > 8, "it ended before it could be killed"
