"""What changed between runs: told line by line, with its cause, and bounded."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import text

import dateline
from dateline.archive import archive as street
from dateline.archive import history, steps
from dateline.archive.archive import Archive
from dateline.archive.differences import Difference
from dateline.capture.extract import extract
from dateline.chronicle.changes import Change
from dateline.errors import ReadingError
from dateline.export.changes import changes as as_text
from dateline.read.reader import READER
from dateline.records import Entry, Extract, RawCapture, Reading, Refusal, Report
from tests.archive.told import put
from tests.conftest import Where
from tests.link.build import Build

TOLL = "At least {} people were killed when a boat sank on Lake Tavo on Monday, the coast guard said."
REST = "\n\nThe boat had left the town of Merrin at dawn. It was licensed for 40 passengers."


def page(folder: Path, name: str, title: str, day: str, *paragraphs: str) -> Path:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in "\n\n".join(paragraphs).split("\n\n"))
    head = f'<title>{title}</title><meta property="article:published_time" content="{day}T12:00:00Z">'
    path = folder / name
    path.write_text(f"<html><head>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>", "utf-8")
    return path


@pytest.fixture
def pages(tmp_path: Path) -> list[Path]:
    """Three reports: a sinking, the same told by another paper with a higher toll, and something else."""
    return [
        page(tmp_path, "a.html", "Boat sinks on Lake Tavo", "2024-03-05", TOLL.format("nine"), REST),
        page(
            tmp_path, "b.html", "Toll rises on Lake Tavo", "2024-03-06",
            "Eleven people were killed when a boat sank on Lake Tavo on Monday, the police said on Wednesday.",
            "Divers found two more bodies in the wreck. The mayor of Merrin visited the families.",
        ),
        page(
            tmp_path, "c.html", "Teachers strike", "2024-04-02",
            "Teachers in Orland went on strike on Tuesday over pay. The ministry of education rejected their demand.",
        ),
    ]  # fmt: skip


@pytest.fixture
def archive(place: Callable[[str], Where]) -> Iterator[Archive]:
    with dateline.open(place("pile")) as opened:
        yield opened


def of_kind(found: Difference, kind: str) -> list[Change]:
    return [change for change in found.changes if {cause.kind for cause in change.causes} == {kind}]


def test_new_captures_are_told_as_the_cause_of_new_lines(archive: Archive, pages: list[Path]) -> None:
    archive.add(pages[:1])
    archive.add(pages[2:])
    found = archive.diff()
    assert (found.before.run, found.after.run) == (1, 2)
    told = [change for change in found.changes if change.noun == "entries"]
    assert told
    assert all(change.before is None and change.after is not None for change in told)
    assert [cause.kind for change in told for cause in change.causes] == ["captures"] * len(told)
    assert all(cause.direct and cause.run == 2 for change in told for cause in change.causes)
    assert not any("boat" in getattr(change.after, "text", "") for change in told)


def test_a_line_that_gains_a_report_is_changed_and_not_new(archive: Archive, pages: list[Path]) -> None:
    archive.add(pages[:1])
    archive.add(pages[:2])
    found = archive.diff(1, 2)
    changed = [change for change in found.changes if "reports" in change.fields and change.noun == "entries"]
    assert len(changed) == 1
    (one,) = changed
    assert isinstance(one.before, Entry)
    assert isinstance(one.after, Entry)
    assert (len(one.before.reports), len(one.after.reports)) == (1, 2)
    assert found.titles[next(iter(set(one.after.reports) - set(one.before.reports)))] == "Toll rises on Lake Tavo"


def test_nothing_changes_where_nothing_new_comes(archive: Archive, pages: list[Path]) -> None:
    archive.add(pages)
    archive.add(pages)
    archive.reread()
    assert archive.diff(1).changes == []
    assert "Nothing changed." in list(as_text(archive.diff(1, 3)))


def test_a_person_is_told_as_the_cause(archive: Archive, pages: list[Path]) -> None:
    archive.add(pages[:1])
    archive.add(pages[2:])
    line = next(entry for entry in archive.chronicle() if "strike" in entry.text)
    archive.reviews.decide(line.id, "correct", {"date": "2024-04-01"}, by="Ana")
    archive.relink()
    (one,) = [change for change in archive.diff(2).changes if change.noun == "entries"]
    assert one.fields == ["date", "reviewed"]
    assert [(cause.kind, cause.direct, cause.by) for cause in one.causes] == [("person", True, ["Ana"])]
    both = {kind for change in archive.diff().changes for cause in change.causes for kind in [cause.kind]}
    assert both == {"captures", "person"}
    assert archive.diff(1, 2).changes
    assert not of_kind(archive.diff(1, 2), "person")


def test_what_a_person_undoes_at_once_changed_nothing(archive: Archive, pages: list[Path]) -> None:
    archive.add(pages[2:])
    line = next(entry for entry in archive.chronicle() if "strike" in entry.text)
    made = archive.reviews.decide(line.id, "reject", by="Ana")
    archive.relink()
    assert archive.diff(1).changes
    archive.reviews.undo(made.id, by="Ana")
    archive.relink()
    assert archive.diff(1).changes == []


def test_another_reader_is_told_as_the_cause(
    archive: Archive, pages: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.add(pages)

    read_reports = steps.read_reports

    def without_strikes(reading: Reading) -> Reading:
        events = [event for event in reading.events if "strike" not in event.trigger.text]
        return msgspec.structs.replace(reading, events=events)

    def blind(reports: Sequence[Report]) -> list[Any]:
        return [(without_strikes(reading), refusal) for reading, refusal in read_reports(reports)]

    monkeypatch.setattr(street, "read_reports", blind)
    monkeypatch.setattr(street, "READER", "next")
    archive.reread()
    found = archive.diff()
    assert found.changes
    assert of_kind(found, "reader") == found.changes
    assert all(change.after is None for change in found.changes if "strike" in getattr(change.before, "text", ""))


def test_a_question_narrows_what_is_told(archive: Archive, pages: list[Path]) -> None:
    archive.add(pages[:1])
    archive.add(pages)
    every = archive.diff().changes
    some = archive.diff(about="teachers").changes
    assert 0 < len(some) < len(every)
    assert all("eachers" in json.dumps(str(change)) for change in some)
    assert archive.diff(since="2030").changes == []
    with pytest.raises(ReadingError, match="no date"):
        archive.diff(since="yesterday")


def test_runs_that_are_not_there(archive: Archive, pages: list[Path]) -> None:
    with pytest.raises(ReadingError, match="nothing was linked"):
        archive.diff()
    archive.add(pages[:1])
    with pytest.raises(ReadingError, match="only one run"):
        archive.diff()
    with pytest.raises(ReadingError, match="no such run"):
        archive.diff(7)
    archive.add(pages)
    with pytest.raises(ReadingError, match="older one first"):
        archive.diff(2, 1)


def test_nothing_of_a_removed_capture_is_kept(
    archive: Archive, pages: list[Path], place: Callable[[str], Where], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    archive.add(pages[:2])
    archive.add(pages)
    assert archive.diff().changes
    (report,) = [report for report in archive.reports() if report.title == "Teachers strike"]
    archive.remove(report.captures[0].id, "asked to", by="Ana")
    with pytest.raises(ReadingError, match="a capture was removed"):
        archive.diff()
    with archive.store.read() as cx:
        kept = [zlib_text(row) for row in cx.scalars(text("SELECT row FROM history WHERE row IS NOT NULL"))]
    archive.close()
    files = list(tmp_path.glob("pile.db*")) or request.getfixturevalue("server").files(place("pile"))
    assert b"Teachers strike" not in b"".join(path.read_bytes() for path in files)
    assert kept
    assert not any("eachers" in text for text in kept)


def test_what_was_is_bounded(archive: Archive, pages: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "RUNS", 3)
    for _ in range(3):
        archive.add(pages[:1])
    for number in range(4):
        line = archive.chronicle()[0]
        archive.reviews.decide(line.id, "correct", {"date": f"2024-01-0{number + 1}"}, by="Ana")
        archive.add(pages[: 1 + number % 3])
        archive.relink()
    with archive.store.read() as cx:
        known = {state.run for state in history.states(cx)}
    assert len(known) <= 3
    with pytest.raises(ReadingError, match="older ones are let go of"):
        archive.diff(1)


def test_too_much_of_what_was_is_let_go_of(
    archive: Archive, pages: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "LEAST", 2)
    monkeypatch.setattr(history, "TIMES", 0)
    for number in range(1, 5):
        archive.add(pages[:1])
        line = archive.chronicle()[0]
        archive.reviews.decide(line.id, "correct", {"date": f"2024-01-0{number}"}, by="Ana")
        archive.relink()
    with archive.store.read() as cx:
        past = cx.exec_driver_sql("SELECT count(*) FROM history WHERE until IS NOT NULL AND noun != 'reports'").scalar()
    assert past is not None
    assert past <= 2


class Elsewhere:
    """An archive as what other machines made: its captures, and its reports as they were read."""

    reader = READER

    def __init__(self, made: Archive) -> None:
        self.made = made

    def captures(self) -> Iterator[list[tuple[RawCapture, Extract]]]:
        raws = [self.made.store.raw(ref.id) for report in self.made.reports() for ref in report.captures]
        yield list(zip(raws, map(extract, raws), strict=True))

    def refused(self) -> Iterator[list[Refusal]]:
        yield []

    def readings(self) -> Iterator[list[tuple[Report, Reading, Refusal | None]]]:
        found = self.made.store.readings()
        yield [(report, found[report.id], None) for report in self.made.store.reports()]


def test_what_other_machines_made_is_a_run_as_any_other(
    archive: Archive, pages: list[Path], place: Callable[[str], Where]
) -> None:
    archive.add(pages[:1])
    with dateline.open(place("elsewhere")) as other:
        other.add(pages[1:])
        run = archive.load(Elsewhere(other))
    assert run.counts["readings taken over"] == 2
    told = archive.diff(1, run.id)
    assert not told.after.decisions
    assert [step.kind for step in told.steps] == ["load"]
    assert {cause.kind for change in told.changes for cause in change.causes} == {"captures"}


def test_every_state_comes_back_as_it_was(archive: Archive, pages: list[Path]) -> None:
    """What the diff takes from one state to the next, put together over several runs, is what stands in the end."""
    archive.add(pages[:1])
    stood = {1: {entry.id: entry.text for entry in archive.chronicle()}}
    for run, some in ((2, pages[:2]), (3, pages)):
        archive.add(some)
        stood[run] = {entry.id: entry.text for entry in archive.chronicle()}
    for run in (1, 2):
        with archive.store.read() as cx:
            raw = history.between(cx, 2 * run, 6)
        was = dict(stood[3])
        for row in (row for row in raw if row.noun == "entries"):
            was.pop(row.id, None)
            if isinstance(row.before, Entry):
                was[row.id] = row.before.text
        assert was == stood[run]


def zlib_text(row: bytes) -> str:
    return zlib.decompress(row).decode()


def test_what_changed_is_found_in_one_pass_over_the_reports(tmp_path: Path) -> None:
    def steps_of(reports: int) -> int:
        with Archive(tmp_path / f"{reports}.db") as archive:
            put(archive.store, [Build(f"r{n:015x}0", f"Ferry {n} left.").done() for n in range(reports)])
            archive.relink()
            taken = 0

            def more() -> int:
                nonlocal taken
                taken += 1
                return 0

            with archive.store.read() as cx:
                connection = cx.connection.driver_connection
                assert isinstance(connection, sqlite3.Connection)
                connection.set_progress_handler(more, 10)
                assert list(history._other(cx)) == []
                connection.set_progress_handler(None, 0)
            return taken

    assert steps_of(160) < 6 * steps_of(40)
