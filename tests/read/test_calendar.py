from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.read.calendar import Grain, Period, day_or_none

DAY = date(2021, 12, 6)


@pytest.mark.parametrize(
    ("grain", "timex", "edtf"),
    [
        ("day", "2021-12-06", "2021-12-06"),
        ("week", "2021-W49", "2021-12-06/2021-12-12"),
        ("weekend", "2021-W49-WE", "2021-12-11/2021-12-12"),
        ("month", "2021-12", "2021-12"),
        ("season", "2021-WI", "2021-24"),
        ("quarter", "2021-Q4", "2021-10/2021-12"),
        ("half", "2021-H2", "2021-07/2021-12"),
        ("year", "2021", "2021"),
        ("decade", "202", "202X"),
        ("century", "20", "20XX"),
    ],
)
def test_values(grain: Grain, timex: str, edtf: str) -> None:
    period = Period.of(grain, DAY)
    assert (period.timex, period.edtf) == (timex, edtf)


def test_a_winter_is_named_for_the_year_in_which_it_begins() -> None:
    assert Period.of("season", date(2014, 1, 15)).timex == "2013-WI"


def test_no_such_day() -> None:
    assert day_or_none(2021, 2, 29) is None
    assert day_or_none(2020, 2, 29) == date(2020, 2, 29)


def test_outside_the_calendar() -> None:
    with pytest.raises(OverflowError):
        Period.of("year", DAY).shift(-5000)


GRAINS = st.sampled_from(["day", "weekend", "week", "month", "season", "quarter", "half", "year", "decade"])
DAYS = st.dates(date(1500, 1, 1), date(2500, 1, 1))


@given(GRAINS, DAYS)
def test_a_period_ends_where_the_next_begins(grain: Grain, day: date) -> None:
    period = Period.of(grain, day)
    assert period.start <= period.end
    assert period.shift(1).shift(-1) == period
    if grain not in ("weekend", "season"):
        assert period.start <= day <= period.end
        assert period.end + timedelta(days=1) == period.shift(1).start
