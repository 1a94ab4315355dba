from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.read.numbers import number, ordinal


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3,300", 3300),
        ("2.5", 2.5),
        (".5", 0.5),
        ("twenty-four", 24),
        ("a hundred and five", 105),
        ("two thousand", 2000),
        ("twenty-eight thousand six hundred forty-two", 28642),
        ("600 thousand", 600_000),
        ("1.2 million", 1_200_000),
        ("three hundred thousand", 300_000),
        ("two and a half", 2.5),
        ("2 1/2", 2.5),
        ("a", 1),
        ("soldiers", None),
        ("1/0", None),
        ("9" * 400, None),
        ("", None),
    ],
)
def test_number(text: str, value: float | None) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "value"), [("first", 1), ("twenty-first", 21), ("31st", 31), ("eighth", 8), ("eight", None)]
)
def test_ordinal(text: str, value: int | None) -> None:
    assert ordinal(text) == value


@given(st.integers(0, 10**12))
def test_digits_with_commas_read_back(value: int) -> None:
    assert number(f"{value:,}") == value


@given(st.text())
def test_any_text_is_a_number_or_none(text: str) -> None:
    value = number(text)
    assert value is None or value >= 0
