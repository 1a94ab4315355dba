from __future__ import annotations

import pytest

from dateline.read.timex.lengths import duration, how_many, singular


@pytest.mark.parametrize(
    ("count", "unit", "value"),
    [
        (7, "year", "P7Y"),
        (2.5, "year", "P2Y6M"),
        (1.5, "hour", "PT1H30M"),
        (24, "hour", "P1D"),
        (3, "decade", "P30Y"),
        (1, "fortnight", "P2W"),
        (None, "day", "PXD"),
        (None, "hour", "PTXH"),
        (None, "decade", "PXE"),
    ],
)
def test_duration(count: float | None, unit: str, value: str) -> None:
    assert duration(count, unit) == value


@pytest.mark.parametrize(("words", "count"), [("a couple of", 2), ("an", 1), ("several", None), ("twenty", 20)])
def test_how_many(words: str, count: int | None) -> None:
    assert how_many(words) == count


def test_singular() -> None:
    assert [singular(w) for w in ("Years", "centuries", "millennia", "day")] == ["year", "century", "millennium", "day"]
