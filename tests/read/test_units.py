from __future__ import annotations

import pytest

from dateline.read.units import is_sign, unit_name, unit_pattern


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("%", "percentage"),
        ("per cent", "percentage"),
        ("percentage points", "percentage point"),
        ("km/h", "kilometre per hour"),
        ("Kilometres", "kilometre"),
        ("sq  ft", "square foot"),
        ("MW", "megawatt"),
        ("mw", None),
        ("soldiers", None),
    ],
)
def test_names(written: str, name: str | None) -> None:
    assert unit_name(written) == name


def test_the_longest_unit_is_taken() -> None:
    m = unit_pattern().match(" miles per hour")
    assert m is not None
    assert unit_name(m["unit"]) == "mile per hour"


def test_a_unit_ends_with_its_word() -> None:
    assert unit_pattern().match(" minister") is None


def test_single_letters_are_signs() -> None:
    assert is_sign("m")
    assert not is_sign("km")
