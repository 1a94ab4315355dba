"""Mutated captures of every format: records with exact spans or named refusals, in bounded time and memory, and nothing else."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.hardening.cage import SECONDS, run
from tests.hardening.mutate import mutant
from tests.hardening.seeds import seeds


@pytest.mark.parametrize(
    ("first", "last", "every"),
    [(0, 300, 60), pytest.param(300, 20_300, 25, marks=pytest.mark.soak)],
    ids=["short", "soak"],
)
def test_a_mutant_is_taken_or_refused_and_nothing_else(first: int, last: int, every: int) -> None:
    told = list(run("mutants", range(first, last), every))
    outcomes, names = Counter[str](), Counter(each.name for each in told)
    for each in told:
        outcomes.update(each.outcomes)
    dearest = sorted(told, key=lambda each: -each.seconds)[:3]
    print(
        f"\n{len(told)} mutants: {dict(outcomes)}; seconds {[(each.number, round(each.seconds, 2)) for each in dearest]}"
    )
    print(f"most memory: {max(each.memory for each in told) >> 20} MB")
    assert [f"{each.number} ({each.name}): {why}" for each in told for why in each.wrong] == []
    assert len(told) == last - first
    assert set(names) == {seed.name for seed in seeds()}
    assert outcomes["article"] > len(told) / 4, "the mutants do not come far enough"
    assert outcomes["refusal"] > len(told) / 20
    assert dearest[0].seconds < SECONDS


def test_a_number_gives_the_same_mutant_everywhere() -> None:
    numbers = range(0, 300, 7)
    assert [mutant(number) for number in numbers] == [mutant(number) for number in numbers]
    assert len({mutant(number).data for number in range(200)}) > 190
