from __future__ import annotations

import pytest

from dateline.read.timex.clocks import clock


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("10 p.m.", "22:00"),
        ("12:15 am", "00:15"),
        ("12 p.m.", "12:00"),
        ("5.15 p.m.", "17:15"),
        ("14:20", "14:20"),
        ("noon", "12:00"),
        ("midnight", "24:00"),
        ("eight o’clock", "08:00"),
    ],
)
def test_clock(words: str, value: str) -> None:
    assert clock(words) == value


def test_no_clock() -> None:
    with pytest.raises(ValueError, match="no time of day"):
        clock("soon")
