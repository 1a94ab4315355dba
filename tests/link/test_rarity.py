from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.link.rarity import likeness, tells, weight
from dateline.link.words import stem

words = st.frozensets(st.sampled_from(["said", "minister", "quay", "velmar", "attack", "lighthouse", "1994"]))


def test_rare_words_tell_more_than_common_ones() -> None:
    assert tells(stem("president")) < tells(stem("harbour")) <= tells(stem("gantry"))
    assert tells("velmar") == tells("ostrand")


@given(words, words)
def test_likeness_is_a_share_and_the_same_both_ways(one: frozenset[str], other: frozenset[str]) -> None:
    assert 0.0 <= likeness(one, other) == likeness(other, one) <= 1.0
    assert (likeness(one, other) > 0) == bool(one & other)
    assert weight(one | other) <= weight(one) + weight(other)


def test_few_words_in_common_make_no_full_likeness() -> None:
    one = frozenset({"lighthouse", "keeper", "velmar"})
    assert likeness(one, one) == 1.0
    assert likeness(frozenset({"lighthouse"}), one) < 0.5
