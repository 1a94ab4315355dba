from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.capture.furniture import _CREDIT_AT_END, _CREDITED, is_caption

PIECES: tuple[str, ...] = (
    "(",
    "[",
    "|",
    "/",
    " via ",
    " for ",
    " ",
    "Photo",
    "image",
    "AP",
    "ap photo",
    "Getty Images",
    "REUTERS",
    "dpa",
)
PIECES += ("file", "foto", "epa", "picture alliance", "credit", ":", "Vera Holm", ")", "]", ".", "ſ", "images", "afp")


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("The mayor of Velm at the new bridge (Photo: Vera Holm)", True),
        ("The mayor of Velm at the new bridge. Vera Holm/Getty Images", True),
        ("Smoke above the depot. REUTERS/Vera Holm", True),
        ("File photo: the depot before the fire", True),
        ("The council met on Monday.", False),
    ],
)
def test_a_caption_is_told_by_its_beginning_or_its_credit(line: str, caption: bool) -> None:
    assert is_caption(line) is caption


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join))
def test_no_credit_goes_unseen_for_what_is_looked_for_first(end: str) -> None:
    assert _CREDITED.search(end) or not _CREDIT_AT_END.search(end)
