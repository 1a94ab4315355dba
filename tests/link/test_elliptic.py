from __future__ import annotations

import pytest

from dateline.link.elliptic import number_of, official, stands_for


@pytest.mark.parametrize(
    ("before", "after", "own"),
    [
        ("The union said the figure was closer to ", ".", False),
        ("The union said it was ", " percent.", True),
        ("The monitors stood by their estimate of ", " percent.", True),
        ("The organisers claimed ", ".", False),
        ("The organisers said there were at least ", ", most of them young.", False),
        ("Its own count of ", " was never shown.", True),
    ],
)
def test_a_number_stands_for_what_was_counted_before(before: str, after: str, own: bool) -> None:
    assert stands_for(before, after, own)


@pytest.mark.parametrize(
    ("before", "after", "own"),
    [
        ("The union said ", " offices would close.", False),
        ("The union said there were ", " boats in the harbour.", False),
        ("The union said wages had risen ", " percent.", True),
        ("The union said it was founded in ", ".", False),
        ("The bank kept its estimate of growth at ", " percent.", True),
    ],
)
def test_a_number_that_says_what_it_counts_does_not(before: str, after: str, own: bool) -> None:
    assert not stands_for(before, after, own)


def test_the_number_of_something_names_it() -> None:
    assert number_of("An officer said the number of missing could be as high as ") == "missing"
    assert number_of("An officer said the missing were ") is None


def test_the_official_number_is_nobodys_own() -> None:
    assert official("The official death toll stood at ")
    assert official("The toll in the mill fire rose to ")
    assert not official("The official said that one of the ")
    assert not official("Paying the toll, he said; then ")
