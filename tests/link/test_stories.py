from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.link.stories import stories

QUAKE = [
    "An earthquake shook Port Ambry on Monday and brought down the market hall; eleven people died, the mayor Ilse Brandt said.",
    "Eleven dead after earthquake in Port Ambry: Mayor Ilse Brandt said the market hall had collapsed on Monday.",
    "Rescuers searched the fallen market hall of Port Ambry for survivors of Monday's earthquake, Brandt said.",
]
TRIAL = [
    "The banker Otto Creel was sentenced to nine years in prison by a court in Tolsk for forging the accounts of Selm Bank.",
    "Nine years for Creel: the court in Tolsk found that the banker had forged accounts at Selm Bank.",
]


def test_tellings_of_one_happening_are_one_story() -> None:
    assert stories([QUAKE[0], TRIAL[0], QUAKE[1], TRIAL[1], QUAKE[2]]) == [0, 1, 0, 1, 0]


def test_like_happenings_elsewhere_are_another_story() -> None:
    other = "A quake in the Lower Hask hills killed two shepherds in April, said Governor Tomas Reyl; no house fell."
    assert stories([*QUAKE, other, *TRIAL])[3] == 3


@pytest.mark.parametrize("texts", [[], ["one text"], ["", ""]])
def test_few_or_empty_texts_are_no_trouble(texts: list[str]) -> None:
    assert stories(texts) == list(range(len(texts)))


@settings(max_examples=30)
@given(st.permutations(range(5)))
def test_the_order_of_the_texts_does_not_change_the_stories(order: list[int]) -> None:
    texts = [*QUAKE, *TRIAL]
    found = stories([texts[at] for at in order])
    groups = {frozenset(order[at] for at, story in enumerate(found) if story == one) for one in set(found)}
    assert groups == {frozenset({0, 1, 2}), frozenset({3, 4})}
