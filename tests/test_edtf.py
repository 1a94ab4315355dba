from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.edtf import Bounds, bounds, in_words, sort_key


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021-02", "2021-02-01", "2021-02-28"),
        ("2021-12-07", "2021-12-07", "2021-12-07"),
        ("2014~", "2014-01-01", "2014-12-31"),
        ("2021-12-07T18:30", "2021-12-07", "2021-12-07"),
        ("2021-12-07/2021-12-09", "2021-12-07", "2021-12-09"),
        ("2021-03/2021-04?", "2021-03-01", "2021-04-30"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("2021-XX", "2021-01-01", "2021-12-31"),
        ("2021-22", "2021-06-01", "2021-08-31"),
        ("2021-24", "2021-12-01", "2022-02-28"),
        ("2021-34", "2021-04-01", "2021-06-30"),
        ("../2014", "0001-01-01", "2014-12-31"),
        ("2014/", "2014-01-01", "9999-12-31"),
    ],
)
def test_a_date_covers_its_days(edtf: str, first: str, last: str) -> None:
    assert bounds(edtf) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "edtf", [None, "", "..", "../..", "/", "soon", "2021-13", "2021-02-30", "2021-05/2021-03", "2021/x"]
)
def test_what_is_no_date_covers_nothing(edtf: str | None) -> None:
    assert bounds(edtf) is None


def test_dates_stand_in_order_with_the_imprecise_first_and_the_undated_last() -> None:
    dates = [None, "2021-03-02", "2021-03-01", "2021-03", "2021", "../2020", "2014~"]
    assert sorted(dates, key=sort_key) == ["2014~", "../2020", "2021", "2021-03", "2021-03-01", "2021-03-02", None]


def test_nearness_and_containment() -> None:
    march, day, later = bounds("2021-03"), bounds("2021-03-31"), bounds("2021-04-02")
    assert march is not None
    assert day is not None
    assert later is not None
    assert march.holds(day)
    assert not day.holds(march)
    assert march.common(day) == day
    assert march.common(later) is None
    assert not march.meets(later)
    assert march.meets(later, slack=2)


@given(st.text(alphabet="0123456789-/.X~?T:", max_size=24))
def test_any_text_is_read_or_refused(text: str) -> None:
    covered = bounds(text)
    assert covered is None or (isinstance(covered, Bounds) and covered.first <= covered.last)
    sort_key(text)


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2021-12-07", "2021-12-07"),
        ("2014-05/..", "since 2014-05"),
        ("../2014", "until 2014"),
        ("2024-01-01/2024-03-22", "2024-01-01 to 2024-03-22"),
        ("2023-23", "autumn 2023"),
        ("2024-02-06~", "about 2024-02-06"),
        ("199X", "1990s"),
    ],
)
def test_dates_are_put_in_words(date: str, words: str) -> None:
    assert in_words(date) == words
