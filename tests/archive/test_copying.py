"""Copies of an archive: record by record the same, whole or not at all, and of one state while others write."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

import dateline
from dateline.archive import copying
from dateline.archive import schema as s
from dateline.archive.browse import Ask, Shelves
from dateline.archive.copying import OWN, TABLES
from dateline.archive.place import Place
from dateline.archive.store import Store
from dateline.cli import app
from dateline.errors import ArchiveError, StorageError
from tests.archive.child import deadly, ended
from tests.conftest import Where
from tests.press import article, folder


def records(place: Where) -> dict[str, list[tuple[Any, ...]]]:
    """Every record of an archive that is not derived from others."""
    store = Store(place)
    with store.read() as cx:
        rows = {table.name: sorted(map(tuple, cx.execute(select(table))), key=repr) for table in TABLES}
    store.close()
    rows["meta"] = [row for row in rows["meta"] if row[0] not in OWN]
    return rows


def lists(place: Where) -> list[object]:
    with dateline.open(place) as archive:
        shelves = Shelves(archive.store)
        return [
            list(archive.chronicle()),
            list(archive.statements()),
            [found.report for found in archive.search("ferry Grey-Heron")],
            shelves.ids(Ask(noun="entries", about="Port Selm", sort="-date")),
            shelves.facets(Ask(noun="events")),
            list(archive.verify()),
        ]


def test_an_archive_goes_from_a_file_to_a_server_and_back(
    sample_file: Path, place: Callable[[str], Where], tmp_path: Path
) -> None:
    with dateline.open(sample_file) as archive:
        if isinstance(place("there"), str):
            number = archive.copy(place("there"))
            assert number > 200
        else:
            archive.copy(place("there"))
    with dateline.open(place("there")) as archive:
        archive.copy(tmp_path / "back.db")
    assert records(place("there")) == records(sample_file) == records(tmp_path / "back.db")
    assert lists(place("there")) == lists(sample_file) == lists(tmp_path / "back.db")
    # Both go on as archives of their own, and alike.
    source = folder(tmp_path / "in", 2)
    for path in (place("there"), tmp_path / "back.db"):
        with dateline.open(path) as archive:
            assert archive.add([source], read=False).counts["captures new"] == 2
            assert not list(archive.verify())
    with dateline.open(place("there")) as one, dateline.open(tmp_path / "back.db") as other:
        assert list(one.chronicle()) == list(other.chronicle())
        assert [run["id"] for run in one.status()["runs"]] == [run["id"] for run in other.status()["runs"]]


def test_nothing_that_is_there_is_written_over(a_copy: Where, place: Callable[[str], Where], tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with dateline.open(a_copy) as archive:
        with pytest.raises(ArchiveError, match="there already"):
            archive.copy(tmp_path / "notes.txt")
        with pytest.raises(ArchiveError, match="no folder"):
            archive.copy(tmp_path / "nowhere" / "a.db")
        archive.copy(place("b"))
        with pytest.raises(ArchiveError, match="already"):
            archive.copy(place("b"))
        archive.copy(tmp_path / "notes.txt", replace=True)
    assert records(tmp_path / "notes.txt") == records(a_copy) == records(place("b"))
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_record_that_is_copied_wrong_is_found_and_nothing_is_kept(
    a_copy: Where, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches = copying._batches

    def spoilt(rows: Iterator[Any]) -> Iterator[list[Any]]:
        for batch in batches(rows):
            yield [
                [*row[:-1], "spoilt"] if row is batch[-1] and list(map(type, row)) == [str, str] else row
                for row in batch
            ]

    monkeypatch.setattr(copying, "_batches", spoilt)
    target = server.new()
    with dateline.open(a_copy) as archive, pytest.raises(StorageError, match="not what it was copied from"):
        archive.copy(target)
    with dateline.open(target) as archive:
        assert archive.status()["counts"]["captures"] == 0


def _write(at: Where, home: Path, begun: Any) -> None:
    """Take captures in until killed."""
    os.setsid()
    with dateline.open(at) as archive:
        for number in count():
            (home / f"{number}.txt").write_text(article(number + 40))
            archive.add([home / f"{number}.txt"], read=False)
            begun.set()


@contextmanager
def writing(at: Where, home: Path) -> Iterator[None]:
    """Another process that goes on writing."""
    home.mkdir()
    context = multiprocessing.get_context("fork")
    begun = context.Event()
    process = context.Process(target=_write, args=(at, home, begun), daemon=True)
    process.start()
    try:
        assert begun.wait(120)
        yield
        assert process.is_alive(), "it could not go on"
    finally:
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()


def test_a_backup_is_made_and_restored_while_others_write(
    a_copy: Where, place: Callable[[str], Where], tmp_path: Path
) -> None:
    def run(*words: object) -> str:
        done = CliRunner().invoke(app, list(map(str, words)))
        assert done.exit_code == 0, (words, done.stderr, done.exception)
        return done.stdout

    with writing(a_copy, tmp_path / "in"):
        run("backup", tmp_path / "one.db", "--archive", a_copy)
        run("backup", tmp_path / "two.db", "--archive", a_copy)
        run("restore", tmp_path / "one.db", "--archive", place("again"))
    run("verify", "--archive", place("again"))
    run("verify", "--archive", tmp_path / "two.db")
    run("verify", "--archive", a_copy)
    assert records(tmp_path / "one.db") == records(place("again"))
    captures = [set(records(at)["captures"]) for at in (tmp_path / "one.db", tmp_path / "two.db", a_copy)]
    ids = [{row[0] for row in each} for each in captures]
    assert ids[0] <= ids[1] <= ids[2]
    assert len(ids[2]) > 45
    # What was under way when the backup was made is finished from it.
    with dateline.open(place("again")) as archive:
        archive.add([])
        assert archive.status()["unread"] == 0
        assert not list(archive.verify())


def _kill_at(record: int, source: Path, target: Where) -> int:
    """Copy in a process that kills itself after so many batches; the signal that ended it."""
    return -ended(lambda: copying.copy(Store(source), Place.of(target), deadly(record)))


def test_a_copy_that_is_killed_is_made_anew(sample_file: Path, place: Callable[[str], Where]) -> None:
    for step in (1, 9):
        killed = _kill_at(step, sample_file, place("there"))
        assert killed == signal.SIGKILL or not isinstance(place("there"), str)
    if isinstance(place("there"), str):
        assert _kill_at(0, sample_file, place("there")) == 0
    assert records(place("there")) == records(sample_file)


def test_every_table_is_copied_or_derived() -> None:
    assert {table.name for table in TABLES} | {"shelf", "terms", "tagged"} == {t.name for t in s.metadata.sorted_tables}
