"""Spellings of names: what may be one person, what may not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.read.names import gender_of, parts_of, same_person, skeleton


@pytest.mark.parametrize(
    "spellings",
    [
        ("Zelenskiy", "Zelenskyy", "Zelensky", "Zelenskyi"),
        ("Yanukovych", "Yanukovich"),
        ("Mohammed", "Muhammed"),
        ("Erdogan", "Erdoğan"),
        ("Dmitry", "Dmitri", "Dmitriy"),
        ("Khodakov", "Hodakov"),
    ],
)
def test_transliterations_share_a_skeleton_or_nearly(spellings: tuple[str, ...]) -> None:
    assert len({skeleton(s).replace("o", "u") for s in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anthony Marlow", "Antony Marlow"),
        ("Marlow", "Antony Marlow"),
        ("A. Marlow", "Antony Marlow"),
        ("Ann B. Marlow", "Ann Marlow"),
        ("Serhiy Dovhan", "Serhii Dovhan"),
        ("Mr Marlow Jr.", "Antony Marlow"),
    ],
)
def test_names_that_can_be_one(one: str, other: str) -> None:
    assert same_person(parts_of(one), parts_of(other))
    assert same_person(parts_of(other), parts_of(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hilda Marlow", "Bruno Marlow"), ("Antony Marlow", "Antony Harlow"), ("B. Marlow", "Antony Marlow")],
)
def test_names_that_cannot_be_one(one: str, other: str) -> None:
    assert not same_person(parts_of(one), parts_of(other))


@pytest.mark.parametrize(
    ("name", "gender"), [("Mr Orlo", "m"), ("Mrs. Orlo", "f"), ("Anna Orlo", "f"), ("Peter Orlo", "m"), ("Orlo", None)]
)
def test_gender_is_told_by_title_or_given_name_only(name: str, gender: str | None) -> None:
    assert gender_of(name) == gender


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_strings_can_be_compared_and_order_does_not_matter(one: str, other: str) -> None:
    a, b = parts_of(one), parts_of(other)
    assert same_person(a, b) == same_person(b, a)
