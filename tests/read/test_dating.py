"""Small questions to EDTF dates and to datelines."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.read.dating import dateline, first_day, is_day, last_day
from dateline.read.document import Document
from dateline.records import Part


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("2023-05-20", date(2023, 5, 20), date(2023, 5, 20)),
        ("2023-05~", date(2023, 5, 1), date(2023, 5, 28)),
        ("2023", date(2023, 1, 1), date(2023, 12, 28)),
        ("2023-05-01/2023-06-02", date(2023, 5, 1), date(2023, 6, 2)),
        ("2023/..", date(2023, 1, 1), None),
        ("2023-22", date(2023, 6, 1), date(2023, 8, 28)),
        ("199X", None, None),
        (None, None, None),
    ],
)
def test_first_and_last_day(when: str | None, first: date | None, last: date | None) -> None:
    assert (first_day(when), last_day(when)) == (first, last)
    assert is_day(when) == (when == "2023-05-20")


@pytest.mark.parametrize(
    ("text", "has_one"),
    [
        ("SELM, March 25 (XY) – The lake is blue.", True),
        ("PORT SELM (XY) - The lake is blue.", True),
        ("Selm, 6 May — The lake is blue.", True),
        ("Selm – which is a port – lies on a lake.", False),
        ("The lake is blue.", False),
    ],
)
def test_dateline(text: str, has_one: bool) -> None:
    part = Part(start=0, end=len(text), kind="body")
    assert (dateline(Document.of(text, [part]), part) is not None) == has_one
