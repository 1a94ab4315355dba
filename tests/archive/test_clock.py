"""Clocks that jump: what is stamped with a time keeps its order by what came first, and nothing is lost or doubled by a wrong one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, Self

import pytest

import dateline
from dateline.archive import history, questions, removal, store
from dateline.records import Decision
from dateline.review import decide
from tests.archive.test_place import standing
from tests.conftest import Where
from tests.press import folder

AHEAD, BACK = timedelta(days=20_000), timedelta(days=-20_000)


class Clock:
    """The clock of this machine, as everything of ours reads it: how far it is off."""

    def __init__(self) -> None:
        self.off = timedelta()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls.fromtimestamp((datetime.now(UTC) + made.off).timestamp(), tz)

    for module in (decide, history, questions, removal, store):
        monkeypatch.setattr(module, "datetime", Shifted)
    return made


def test_adds_under_a_clock_that_jumps_make_the_same_archive(
    place: Callable[[str], Where], clock: Clock, tmp_path: Path
) -> None:
    files = sorted(folder(tmp_path / "in", 12).iterdir())
    with dateline.open(place("whole")) as archive:
        archive.add(files)
    for end, clock.off in ((6, AHEAD), (9, BACK), (12, timedelta(hours=-1)), (12, AHEAD)):
        with dateline.open(place("jumped")) as archive:
            archive.add(files[:end])
    assert standing(place("jumped")) == standing(place("whole"))
    with dateline.open(place("jumped")) as archive:
        runs = archive.status()["runs"]
        assert [run["id"] for run in runs] == [1, 2, 3, 4]
        assert [run["started"][:2] for run in runs] == ["20", "19", "20", "20"]
        assert runs[1]["ended"] < runs[0]["started"], "the clock did not jump"
        assert not list(archive.verify())
        # What a run changed is told by the runs' order, not by their stamps.
        told = archive.diff(1, 2)
        assert told.changes
        assert not archive.diff(3, 4).changes


def test_decisions_dated_before_their_readings_hold(a_copy: Where, clock: Clock) -> None:
    with dateline.open(a_copy) as archive:
        first, second = archive.statements()[:2]
        clock.off = BACK
        rejected = archive.reviews.decide(first.id, "reject", by="Lena")
        archive.reviews.decide(second.id, "confirm", by="Lena")
        clock.off = timedelta()
        archive.relink()
        assert first.id not in {row.id for row in archive.statements()}
        archive.reread()
        assert first.id not in {row.id for row in archive.statements()}
        assert [one.at[:2] for one in archive.reviews.decisions()] == ["19", "19"]
        # What undoes it may be dated before it, too.
        clock.off = BACK - timedelta(days=1)
        archive.reviews.undo(rejected.id, by="Lena")
        archive.relink()
        assert first.id in {row.id for row in archive.statements()}
        assert len(archive.reviews.decisions(undone=True)) == 3
        assert not list(archive.verify())


def test_what_holds_hangs_on_the_decisions_and_not_on_their_order(copied: Callable[[], Where], clock: Clock) -> None:
    here, there = copied(), copied()
    with dateline.open(here) as archive:
        row = archive.figures()[0]
        for clock.off, by, value in ((AHEAD, "Ada", 41), (BACK, "Ida", 42), (timedelta(), "Lena", 43)):
            archive.reviews.decide(row.id, "correct", {"value": value}, by=by)
        archive.relink()
        lines = list(archive.reviews.export())
    with dateline.open(there) as archive:
        archive.reviews.import_(reversed(lines))
        archive.relink()
        assert archive.reviews.import_(lines).new == 0
        assert sorted(archive.reviews.export()) == sorted(lines)
    assert standing(here) == standing(there)


def test_who_decides_again_under_a_clock_that_went_back_is_heard(a_copy: Where, clock: Clock) -> None:
    with dateline.open(a_copy) as archive:
        row = archive.figures()[0]
        found: list[Any] = []
        for clock.off, value in ((AHEAD, 41), (BACK, 42)):
            archive.reviews.decide(row.id, "correct", {"value": value}, by="Lena")
            archive.relink()
            found += [
                one.value for one in archive.figures() if one.pin.start == row.pin.start and one.report == row.report
            ]
        assert found == [41, 42]


def test_what_is_new_since_a_look_does_not_hang_on_the_clock(
    place: Callable[[str], Where], clock: Clock, tmp_path: Path
) -> None:
    files = sorted(folder(tmp_path / "in", 12).iterdir())
    with dateline.open(place("asked")) as archive:
        archive.add(files[:6])
        archive.save_question("all")
        clock.off = AHEAD
        seen = {entry.id for entry in archive.new_entries("all")}
        assert seen
        clock.off = BACK
        archive.add(files)
        new = {entry.id for entry in archive.new_entries("all")}
        assert new
        assert not list(archive.new_entries("all"))
        assert {entry.id for entry in archive.chronicle()} >= new


def test_what_was_removed_stays_removed_whatever_the_clock_says(a_copy: Where, clock: Clock) -> None:
    with dateline.open(a_copy) as archive:
        captures = [report.captures[0] for report in archive.reports()[:2]]
        for clock.off, capture in ((AHEAD, captures[0]), (BACK, captures[1])):
            archive.remove(capture.id, "asked for", by="Ada")
        assert {one.capture for one in archive.removed()} == {capture.id for capture in captures}
        left = {capture.id for report in archive.reports() for capture in report.captures}
        assert left.isdisjoint(capture.id for capture in captures)
        assert not list(archive.verify())


def test_a_decision_is_another_one_at_another_time(clock: Clock, a_copy: Where) -> None:
    with dateline.open(a_copy) as archive:
        row = archive.statements()[0]
        made: list[Decision] = []
        for clock.off in (AHEAD, BACK):
            made += [archive.reviews.decide(row.id, "confirm", by="Lena")]
            archive.reviews.undo(by="Lena")
        assert len({one.id for one in made}) == 2
        assert len(archive.reviews.decisions(undone=True)) == 4
