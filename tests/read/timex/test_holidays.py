from __future__ import annotations

from datetime import date

import pytest

from dateline.read.timex.holidays import NAMES, holiday, nth_weekday


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("christmas day", date(2021, 12, 25)),
        ("orthodox christmas", date(2021, 1, 7)),
        ("thanksgiving", date(1999, 11, 25)),
        ("black friday", date(2021, 11, 26)),
        ("labor day", date(2021, 9, 6)),
        ("memorial day", date(2021, 5, 31)),
        ("remembrance sunday", date(2021, 11, 14)),
        ("easter", date(2019, 4, 21)),
        ("easter sunday", date(2024, 3, 31)),
        ("good friday", date(2024, 3, 29)),
        ("ash wednesday", date(2024, 2, 14)),
        ("whit monday", date(2022, 6, 6)),
        ("orthodox easter", date(2022, 4, 24)),
        ("orthodox good friday", date(2024, 5, 3)),
    ],
)
def test_holidays(name: str, day: date) -> None:
    assert holiday(name, day.year) == day


def test_easter_is_a_sunday_of_spring_and_the_orthodox_one_never_before_it() -> None:
    for year in range(1900, 2200):
        west, east = holiday("easter", year), holiday("orthodox easter", year)
        assert west.weekday() == east.weekday() == 6
        assert date(year, 3, 22) <= west <= date(year, 4, 25)
        assert west <= east <= date(year, 5, 8) or year > 2099


def test_every_name_has_a_day() -> None:
    assert all(holiday(name, 2021).year == 2021 for name in NAMES)


def test_nth_weekday() -> None:
    assert nth_weekday(2021, 12, 4, -1) == date(2021, 12, 31)
    assert nth_weekday(2021, 5, 0, -1) == date(2021, 5, 31)
    assert nth_weekday(2021, 10, 0, 1) == date(2021, 10, 4)
    with pytest.raises(ValueError, match="number 5"):
        nth_weekday(2021, 2, 0, 5)
