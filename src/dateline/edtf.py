"""What an EDTF date covers: its first and last day, and how two dates relate.

Read are years, months and days, unspecified digits (``202X``, ``2021-XX``), seasons and quarters (``2021-21`` to ``2021-24``,
``2021-33`` to ``2021-36``), times of day (their day counts), marks of doubt (``~``, ``?``, ``%``: they change nothing here)
and intervals with known, open (``..``) or empty ends.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_DATE = re.compile(r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?(?:T.*)?")
# Seasons are those of the northern hemisphere; winter is the one that begins in the year.
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}
_SEASON_NAMES = {
    "21": "spring",
    "22": "summer",
    "23": "autumn",
    "24": "winter",
    "33": "Q1",
    "34": "Q2",
    "35": "Q3",
    "36": "Q4",
}


class Bounds(NamedTuple):
    """The first and the last day that a date covers; an open end is the calendar's own."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days are covered."""
        return (self.last - self.first).days + 1

    def meets(self, other: Bounds, slack: int = 0) -> bool:
        """Whether both have a day in common, or at most ``slack`` days lie between them."""
        return (other.first - self.last).days <= slack and (self.first - other.last).days <= slack

    def holds(self, other: Bounds) -> bool:
        """Whether all of the other lies within."""
        return self.first <= other.first and other.last <= self.last

    def common(self, other: Bounds) -> Bounds | None:
        """The days of both, or None where there are none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Bounds(first, last) if first <= last else None


@lru_cache(maxsize=65536)
def bounds(edtf: str | None) -> Bounds | None:
    """The days that a date covers, or None for no date, an unreadable one, or an interval open at both ends."""
    if not edtf:
        return None
    start, slash, end = re.sub(r"[~?%\s]", "", edtf).partition("/")
    if not slash:
        return _single(start)
    low, high = (None if part in ("", "..") else _single(part) for part in (start, end))
    if (low is None and high is None) or any(part not in ("", "..") and _single(part) is None for part in (start, end)):
        return None
    first, last = low.first if low else date.min, high.last if high else date.max
    return Bounds(first, last) if first <= last else None


def sort_key(edtf: str | None) -> tuple[int, int, int]:
    """The key that puts dates in order: by first day (by last where the start is open), the longer before the shorter, undated last."""
    covered = bounds(edtf)
    if covered is None:
        return (1, 0, 0)
    start = covered.last if covered.first == date.min else covered.first
    return (0, start.toordinal(), -covered.days)


def _single(text: str) -> Bounds | None:
    found = _DATE.fullmatch(text)
    if not found:
        return None
    year, month, day = found["year"], found["month"], found["day"]
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    try:
        if month in (None, "XX") or first != last:
            return Bounds(date(max(first, 1), 1, 1), date(last, 12, 31))
        if int(month) in _SEASONS:
            begin, end = _SEASONS[int(month)]
            over, end = (1, end - 12) if end > 12 else (0, end)
            return Bounds(date(first, begin, 1), date(first + over, end, monthrange(first + over, end)[1]))
        if day in (None, "XX"):
            return Bounds(date(first, int(month), 1), date(first, int(month), monthrange(first, int(month))[1]))
        return Bounds(date(first, int(month), int(day)), date(first, int(month), int(day)))
    except ValueError:
        return None


def in_words(edtf: str) -> str:
    """An EDTF date as a person reads it, its days and months still as digits so that lines sort and align.

    ``2014-05/..`` is "since 2014-05", ``2023-23`` "autumn 2023", ``2024-02-06~`` "about 2024-02-06", ``199X`` "1990s".
    """
    first, slash, last = edtf.partition("/")
    if slash:
        if last in ("", ".."):
            return f"since {in_words(first)}"
        return f"until {in_words(last)}" if first in ("", "..") else f"{in_words(first)} to {in_words(last)}"
    if edtf[-1:] in ("~", "?", "%"):
        return f"{'perhaps' if edtf[-1] == '?' else 'about'} {in_words(edtf[:-1])}"
    year, _, rest = edtf.partition("-")
    if rest in _SEASON_NAMES:
        return f"{_SEASON_NAMES[rest]} {year}"
    return f"{year[:3]}0s" if len(year) == 4 and year[3] == "X" else edtf
