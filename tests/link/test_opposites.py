from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.link.opposites import contrary, opposite


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the vote was rigged", "it was free and fair"),
        ("they owed it nine crowns", "they had paid"),
        ("the town has fallen", "it was still in their hands"),
        ("the gate had been shut", "it stood open"),
        ("the talks have collapsed", "they were continuing"),
    ],
)
def test_what_cannot_both_be_so(one: str, other: str) -> None:
    assert opposite(one, other)
    assert opposite(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the vote was rigged", "the vote was stolen"),
        ("the gate was shut in May", "it was open in June"),
        ("the gate was shut", "the boats came in"),
        ("some gates were shut and some open", "they were open"),
    ],
)
def test_what_can(one: str, other: str) -> None:
    assert not opposite(one, other)


def test_the_opposite_said_in_so_many_words() -> None:
    assert contrary("it does the opposite")
    assert not contrary("it stands opposite the mill")


@given(st.text(max_size=60), st.text(max_size=60))
def test_it_is_the_same_either_way_round_and_nothing_is_its_own_opposite(one: str, other: str) -> None:
    assert opposite(one, other) == opposite(other, one)
    assert not opposite(one, one)
