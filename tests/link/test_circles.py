from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.link import circles as at
from dateline.link.circles import circles, cut
from dateline.link.linker import link
from dateline.records import Telling
from tests.link.build import Build


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Circles from the very first reports on."""
    monkeypatch.setattr(at, "FEW", 0)
    monkeypatch.setattr(at, "MOST", 5)


def pile(seed: int, reports: int) -> list[Telling]:
    """Reports of a few persons of a few towns; some tell of one day's meeting, which ties them."""
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
    reports = {f"r{n}" for n in range(20)}
    assert circles(reports, {}) == [sorted(reports)]
    assert circles(set(), {}) == []


@pytest.mark.usefixtures("small")
def test_what_hangs_together_by_ties_is_one_circle() -> None:
    ties = {("a", "b"): 1.0, ("b", "c"): 0.8, ("d", "e"): 0.9, ("e", "gone"): 2.0}
    assert circles("abcde", ties) == [["a", "b", "c"], ["d", "e"]]
    assert circles("abcde", ties, [["a", "d", "gone"]]) == [["a", "b", "c", "d", "e"]]


@pytest.mark.usefixtures("small")
def test_the_weakest_ties_of_a_large_circle_are_cut() -> None:
    names = [f"r{n}" for n in range(8)]
    ties = dict.fromkeys(pairwise(names), 2.0) | {("r3", "r4"): 0.8}
    assert circles(names, ties) == [names[:4], names[4:]]
    assert cut(circles(names, ties), ties) == 1


@pytest.mark.usefixtures("small")
@given(st.data())
def test_a_report_that_comes_changes_no_circle_but_those_it_is_tied_to(data: st.DataObject) -> None:
    names = [f"r{n:02}" for n in range(data.draw(st.integers(2, 20)))]
    pairs = st.sets(
        st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(lambda p: p[0] < p[1]), max_size=12
    )
    ties = {pair: data.draw(st.sampled_from([0.8, 1.0, 1.4])) for pair in sorted(data.draw(pairs))}
    new = data.draw(st.sampled_from(names))
    before = circles([name for name in names if name != new], ties)
    after = circles(names, ties)
    hanging, grown = {new}, [new]
    while grown:
        grown = [end for pair in ties if not hanging.isdisjoint(pair) for end in pair if end not in hanging]
        hanging.update(grown)
    assert [c for c in before if hanging.isdisjoint(c)] == [c for c in after if hanging.isdisjoint(c)]
    assert sorted(name for circle in after for name in circle) == names
    assert max(map(len, after)) <= at.MOST


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_reports_makes_no_difference(seed: int) -> None:
    told = pile(seed, 30)
    assert link(random.Random(seed).sample(told, len(told))) == link(told)
