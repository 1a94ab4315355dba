from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.read.numbers import SCALES, TENS, UNITS
from dateline.read.quantities import FRACTIONS, VAGUE, hedged, joined, scan


def values(text: str) -> list[object]:
    """The values of a text's numbers, ranges joined."""
    return [q.value for q in joined(text, [q for q, _ in scan(text, 0, len(text), [])])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3,300 and 2.5 and .5", [3300, 2.5, 0.5]),
        ("1.2 million", [1_200_000]),
        ("$4.2b and £6m", [4_200_000_000, 6_000_000]),
        ("600 thousand", [600_000]),
        ("35m of its devices", [35_000_000]),
        ("37m long", [37]),
        ("a dozen, two dozen, half a dozen boats, half a million", [12, 24, 6, 500_000]),
        ("two-thirds of them, a third of the rest", [2 / 3, 1 / 3]),
        ("one in five people", [0.2]),
        ("-5 and minus 3", [-5, -3]),
        ("dozens of people", [None]),
        ("between 5 and 7", [(5, 7)]),
        ("5 and 7", [5, 7]),
        ("four and seven", [4, 7]),
        ("two hundred and seven", [207]),
        ("1 to 2 thousand", [(1000, 2000)]),
        ("15-22%", [(15, 22)]),
        ("won 3-1", []),
        ("B52, 3rd, A-10, COVID-19, 10:30, Article 5, 555-1234, the 3200 block of Elm", []),
        ("a five-year plan", []),
        ("the second half of the game", []),
    ],
)
def test_values(text: str, expected: list[object]) -> None:
    assert values(text) == [pytest.approx(v) if isinstance(v, float) else v for v in expected]


@pytest.mark.parametrize(
    ("text", "bound", "words"),
    [
        ("about 300 of them", "about", "about 300"),
        ("more than 13,000 of them", "over", "more than 13,000"),
        ("at least five of them", "over", "at least five"),
        ("up to $8 million in aid", "under", "up to $8 million"),
        ("just under 20 per cent", "under", "just under 20"),
        ("300 or more", "over", "300 or more"),
        ("in all 300 of them", "exact", "300"),
    ],
)
def test_hedges(text: str, bound: str, words: str) -> None:
    (quantity,) = (hedged(text, q, 0) for q, _ in scan(text, 0, len(text), []))
    assert (quantity.bound, text[quantity.start : quantity.end]) == (bound, words)


def test_stretches_that_are_read_otherwise_are_left_out() -> None:
    text = "On May 5 there were 7"
    assert [q.value for q, _ in scan(text, 0, len(text), [(3, 8)])] == [7]


PIECES = [
    "1",
    "2,000",
    ".5",
    "-3",
    "½",
    "million",
    "bn",
    "k",
    "%",
    "$",
    "€",
    "to",
    "and",
    "or",
    "between",
    "-",
    "–",
    "about",
    "half",
    "a",
    "dozen",
    "third",
    "of",
    "in",
    "one",
    "two",
    "3-1",
    "1/0",
    "km",
]


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join) | st.text(max_size=50))
def test_any_text_is_scanned(text: str) -> None:
    for quantity in joined(text, [q for q, _ in scan(text, 0, len(text), [])]):
        found = hedged(text, quantity, 0)
        assert 0 <= found.start <= found.core < found.end <= len(text)


def test_numbers_beyond_any_count_are_no_figures() -> None:
    assert values("9" * 400) == []
    assert values("9" * 400 + " million") == []


@pytest.mark.parametrize(
    "text",
    [
        *(f"{word} boats" for word in (*UNITS, *TENS)),
        *(f"a {scale} boats" for scale in SCALES),
        *(f"half a {scale}" for scale in SCALES),
        *(f"{words.upper()} of boats" for words in VAGUE),
        *(f"a {part} of the boats" for part in FRACTIONS),
        *(f"three {part}s of the boats" for part in FRACTIONS if part != "half"),
        "two dozen boats",
    ],
)
def test_a_number_alone_in_a_text_is_found(text: str) -> None:
    assert len(values(text)) == 1
