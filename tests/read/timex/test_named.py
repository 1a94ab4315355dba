from __future__ import annotations

from datetime import date

from dateline.read.timex.named import holiday


def test_holidays() -> None:
    assert holiday("christmas day", 2021) == date(2021, 12, 25)
    assert holiday("thanksgiving", 1999) == date(1999, 11, 25)
    assert holiday("labor day", 2021) == date(2021, 9, 6)
