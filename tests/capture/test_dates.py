import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.capture import dates


@pytest.mark.parametrize(
    ("words", "day", "published"),
    [
        ("2021-12-06", "2021-12-06", "2021-12-06"),
        ("2021-12-06T10:30:00Z", "2021-12-06", "2021-12-06T10:30:00+00:00"),
        ("2021-12-06T10:30:00.123+0100", "2021-12-06", "2021-12-06T10:30:00+01:00"),
        ("Mon, 06 Dec 2021 10:00:00 GMT", "2021-12-06", "2021-12-06T10:00:00+00:00"),
        ("December 6, 2021 12:30 am EST", "2021-12-06", "2021-12-06T00:30-05:00"),
        ("6. Dezember 2021, 14:05 Uhr", "2021-12-06", "2021-12-06T14:05"),
        ("6 de diciembre de 2021", "2021-12-06", "2021-12-06"),
        ("06.12.2021", "2021-12-06", "2021-12-06"),
        ("13/04/2021", "2021-04-13", "2021-04-13"),
        ("20211206103000", "2021-12-06", "2021-12-06T10:30:00"),
        ("1638785400", "2021-12-06", "2021-12-06T10:10:00+00:00"),
    ],
)
def test_parses_what_is_written_out(words: str, day: str, published: str) -> None:
    assert dates.parse(words) == (day, published)


@pytest.mark.parametrize(
    "words", ["", "yesterday", "March", "Dec 6", "03/04/2021", "2021-13-40", "2021-02-30", "0000-00-00", "99:99"]
)
def test_leaves_open_what_is_not(words: str) -> None:
    assert dates.parse(words) is None


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("14 November 2023. Traders mend the roof.", "2023-11-14"),
        ("April 2023: a footpath", "2023-04"),
        ("1923: the treaty", "1923"),
        ("2023 was a dry year", None),
        ("1987 people came.", None),
    ],
)
def test_date_of_an_item(words: str, date: str | None) -> None:
    assert dates.item_date(words) == date


@given(st.text(alphabet="0123456789-/.: TZDecember,", max_size=40))
def test_never_fails_and_never_invents_a_form(words: str) -> None:
    if moment := dates.parse(words):
        assert len(moment.day) == 10
        assert moment.published.startswith(moment.day)
