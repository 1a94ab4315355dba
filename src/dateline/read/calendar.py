"""Stretches of the calendar: a day, a week, a season, a decade; their TIMEX3 values, EDTF dates and arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Grain = Literal["day", "weekend", "week", "month", "season", "quarter", "half", "year", "decade", "century"]

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "season": 12, "year": 12, "decade": 120, "century": 1200}
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_SEASONS = {month: name for name, month in SEASON_MONTHS.items()}
_EDTF_SEASONS = {3: 21, 6: 22, 9: 23, 12: 24}


def _months_on(day: date, months: int) -> date:
    """The first of the month that many months on.

    Raises:
        OverflowError: the month lies outside years 1 to 9999.
    """
    count = day.year * 12 + day.month - 1 + months
    if not 12 <= count < 120_000:
        raise OverflowError(f"{months} months from {day} is outside the calendar")
    return date(count // 12, count % 12 + 1, 1)


@dataclass(frozen=True)
class Period:
    """A named stretch of the calendar: its grain and its first day."""

    grain: Grain
    start: date

    @classmethod
    def of(cls, grain: Grain, day: date) -> Period:
        """The period of that grain which holds the day; a winter is named for the year in which it begins."""
        match grain:
            case "day":
                start = day
            case "week":
                start = day - timedelta(days=day.weekday())
            case "weekend":
                start = day - timedelta(days=day.weekday()) + timedelta(days=5)
            case "month":
                start = day.replace(day=1)
            case "quarter":
                start = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
            case "half":
                start = date(day.year, 1 if day.month < 7 else 7, 1)
            case "season":
                start = date(day.year - (day.month < 3), day.month // 3 * 3 or 12, 1)
            case "year":
                start = date(day.year, 1, 1)
            case "decade":
                start = date(max(day.year // 10 * 10, 1), 1, 1)
            case "century":
                start = date(max(day.year // 100 * 100, 1), 1, 1)
        return cls(grain, start)

    @classmethod
    def season(cls, name: str, year: int) -> Period:
        """The season (``SP``, ``SU``, ``FA``, ``WI``) that begins in a year."""
        return cls("season", date(year, SEASON_MONTHS[name], 1))

    def shift(self, steps: int) -> Period:
        """The period that many periods of the same grain later; a season goes by years.

        Raises:
            OverflowError: it lies outside years 1 to 9999.
        """
        if self.grain in _MONTHS:
            return Period(self.grain, _months_on(self.start, steps * _MONTHS[self.grain]))
        return Period(self.grain, self.start + timedelta(days=steps * (1 if self.grain == "day" else 7)))

    @property
    def end(self) -> date:
        """The last day."""
        match self.grain:
            case "day":
                return self.start
            case "weekend":
                return self.start + timedelta(days=1)
            case "week":
                return self.start + timedelta(days=6)
            case "season":
                return _months_on(self.start, 3) - timedelta(days=1)
            case _:
                return _months_on(self.start, _MONTHS[self.grain]) - timedelta(days=1)

    @property
    def timex(self) -> str:
        """The TIMEX3 value."""
        start = self.start
        match self.grain:
            case "day":
                return start.isoformat()
            case "week" | "weekend":
                year, week, _ = start.isocalendar()
                return f"{year:04}-W{week:02}" + ("-WE" if self.grain == "weekend" else "")
            case "month":
                return f"{start.year:04}-{start.month:02}"
            case "quarter":
                return f"{start.year:04}-Q{(start.month + 2) // 3}"
            case "half":
                return f"{start.year:04}-H{1 if start.month < 7 else 2}"
            case "season":
                return f"{start.year:04}-{_SEASONS[start.month]}"
            case "year":
                return f"{start.year:04}"
            case "decade":
                return f"{start.year // 10:03}"
            case "century":
                return f"{start.year // 100:02}"

    @property
    def edtf(self) -> str:
        """The EDTF date: weeks, quarters and halves are intervals, decades and centuries have X for what is open."""
        match self.grain:
            case "day" | "month" | "year":
                return self.timex
            case "season":
                return f"{self.start.year:04}-{_EDTF_SEASONS[self.start.month]}"
            case "decade":
                return self.timex + "X"
            case "century":
                return self.timex + "XX"
            case "week" | "weekend":
                return f"{self.start}/{self.end}"
            case _:
                return "/".join(f"{day.year:04}-{day.month:02}" for day in (self.start, self.end))


def day_or_none(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
