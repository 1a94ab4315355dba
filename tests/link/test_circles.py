from __future__ import annotations

import random

import numpy as np
import pytest

from dateline.link import circles as at
from dateline.link.circles import circles, marks
from dateline.link.linker import link
from dateline.records import Telling
from tests.link.build import Build


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Circles from the very first reports on."""
    monkeypatch.setattr(at, "FEW", 0)
    monkeypatch.setattr(at, "MOST", 5)


def _pile(seed: int, reports: int) -> list[Telling]:
    """Reports of a few persons of a few towns; some tell of one day's meeting, which makes them close."""
    chance = random.Random(seed)
    told = []
    for n in range(reports):
        who, town = f"Anna {chance.choice(['Berg', 'Lind', 'Holm'])}", chance.choice(["Velmar", "Ostrand", "Karsk"])
        day = f"2024-0{chance.randint(1, 3)}-0{chance.randint(1, 9)}"
        build = Build(f"r{n:03}", f"{who} met the union in {town} on Monday. {who} denied that the union paid.", day)
        actor, place = build.actor(who, "person", who), build.place(town)
        build.event("met", actors=[actor], date=day, date_basis="stated", place=place, type="CONSULT")
        build.say("the union paid", speaker=actor, cue="denied", denial=True)
        told.append(build.done())
    return told


def test_a_small_archive_is_one_circle() -> None:
    marked = {f"r{n}": np.array([n]) for n in range(20)}
    assert circles(marked) == [sorted(marked)]
    assert circles({}) == []


@pytest.mark.usefixtures("small")
def test_reports_of_one_day_and_the_same_names_are_in_one_circle() -> None:
    marked = {
        "a": np.array([1, 2, 3]), "b": np.array([2, 3, 4]), "c": np.array([4, 9]), "d": np.array([9, 10, 11]),
        "e": np.array([10, 11]),
    }  # fmt: skip
    assert circles(marked) == [["a", "b"], ["c"], ["d", "e"]]
    assert circles(marked, [["a", "d", "gone"]]) == [["a", "b", "d", "e"], ["c"]]


@pytest.mark.usefixtures("small")
def test_a_circle_takes_no_more_than_its_most() -> None:
    marked = {f"r{n:02}": np.array([1, 2, n + 10]) for n in range(12)}
    assert max(map(len, circles(marked))) == at.MOST
    assert sorted(name for circle in circles(marked) for name in circle) == sorted(marked)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_reports_makes_no_difference(seed: int) -> None:
    told = _pile(seed, 30)
    marked = {one.report: marks(one) for one in told}
    assert 1 < len(circles(marked)) < len(told)
    shuffled = random.Random(seed).sample(told, len(told))
    assert circles({one.report: marked[one.report] for one in shuffled}) == circles(marked)
    assert link(shuffled) == link(told)
