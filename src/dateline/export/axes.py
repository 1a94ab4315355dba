"""The axes of a plot of counts over time: from days and numbers to shares of its width and height, and where ticks stand."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from dateline.chronicle.series import Line, Point, Series
from dateline.export.phrases import bound_sign

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905
_DAY_STEPS = (1, 2, 7, 14)
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000)
_ROOM = 30  # which part of the days is left free at either end


class Tick(NamedTuple):
    """A tick: where it stands as a share of the axis, and what it says."""

    at: float
    label: str


@dataclass(frozen=True)
class Axes:
    """The days and numbers that a series covers. Numbers begin at nought, so that heights can be compared."""

    first: date
    last: date
    low: float
    high: float
    whole: bool

    @classmethod
    def of(cls, series: Series) -> Axes | None:
        """The axes of a series, None where nothing in it has both a day and a number."""
        points = [point for point in series.points if placed(point)]
        if not points:
            return None
        days = [date.fromisoformat(day) for point in points for day in (point.first_day, point.last_day) if day]
        numbers = [number for point in points for number in (point.low, point.high) if number is not None]
        first, last = min(days), max(days)
        room = max((last - first).days // _ROOM, 2 if last - first < timedelta(days=4) else 1)
        first, last = _moved(first, -room), _moved(last, room)
        low, high = min(0.0, *numbers, 0.0), max(0.0, *numbers, 0.0)
        step = _nice((high - low) / 5 or 1.0)
        return cls(
            first,
            last,
            math.floor(low / step) * step,
            math.ceil(high * 1.05 / step) * step or step,
            all(map(_whole, numbers)),
        )

    def x(self, day: str) -> float:
        """A day as a share of the width."""
        return (date.fromisoformat(day) - self.first).days / (self.last - self.first).days

    def y(self, number: float) -> float:
        """A number as a share of the height, from below."""
        return (number - self.low) / (self.high - self.low)

    def numbers(self, most: int) -> list[Tick]:
        """Round numbers from the lowest to the highest."""
        step = _nice((self.high - self.low) / max(most, 1))
        if self.whole:
            step = max(step, 1.0)
        count = int((self.high - self.low) / step + 1e-6)
        return [Tick(i * step / (self.high - self.low), number(self.low + i * step)) for i in range(count + 1)]

    def days(self, most: int) -> list[Tick]:
        """Days, first days of months or first days of years, whichever are few enough."""
        for days in _DAY_STEPS:
            if (self.last - self.first).days / days <= most:
                count = (self.last - self.first).days // days
                return [self._day(_moved(self.first, i * days)) for i in range(count + 1)]
        span = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        step = next((months for months in _MONTH_STEPS if span / months <= most), _MONTH_STEPS[-1])
        return list(self._months(step))

    def _day(self, day: date) -> Tick:
        year = f" {day.year}" if day == self.first or self.first.year != self.last.year else ""
        return Tick(self.x(day.isoformat()), f"{day.day} {_MONTHS[day.month - 1]}{year}")

    def _months(self, step: int) -> Iterator[Tick]:
        begin = self.first.year * 12 + self.first.month - (self.first.day == 1)
        for month in range(-(-begin // step) * step, self.last.year * 12 + self.last.month, step):
            day = date(month // 12, month % 12 + 1, 1)
            yield Tick(self.x(day.isoformat()), str(day.year) if step >= 12 else f"{_MONTHS[day.month - 1]} {day.year}")


def placed(point: Point) -> bool:
    """Whether a point has both a day and a number."""
    return point.last_day is not None and point.low is not None


def steps(line: Line) -> list[Point]:
    """The points that a claimant's line runs through: each count, and how long it was said; no repeats of what it gave up."""
    found: list[Point] = []
    for point in filter(placed, line.points):
        if point.novelty != "repeat" or (found and (point.low, point.high) == (found[-1].low, found[-1].high)):
            found.append(point)
    return found


def number(value: float) -> str:
    """A number with its thousands apart and millions as such: ``1,200``, ``2.5m``."""
    for size, letter in ((1e12, "tn"), (1e9, "bn"), (1e6, "m")):
        if abs(value) >= size:
            return f"{value / size:,.10g}{letter}"
    return f"{value:,.10g}"


def amount(point: Point) -> str:
    """A point's value in short: ``12``, ``≥9``, ``≈5,000``, ``200–250``, or its words where it has no number."""
    if point.low is None or point.high is None:
        return point.figure.pin.text
    told = number(point.low) if point.low == point.high else f"{number(point.low)}–{number(point.high)}"
    return f"{bound_sign(point.figure)}{told}"


def day(point: Point) -> str:
    """When a point held: a day, or its first and last."""
    if point.last_day is None:
        return "undated"
    return point.last_day if point.first_day == point.last_day else f"{point.first_day}/{point.last_day}"


def heading(series: Series) -> str:
    """What a series counts: ``killed or dead · Ostrel``."""
    unit = "" if series.unit in ("-", "people") or series.unit in series.of else f" ({series.unit})"
    return f"{series.of}{f' · {series.about}' if series.about else ''}{unit}"


def claimants(series: Series) -> Sequence[str]:
    """How the lines of a series are called."""
    return [line.claimant if line.named else f"{_origin(line.claimant)} (no claimant named)" for line in series.lines]


def _origin(label: str) -> str:
    return "origin unknown" if label.startswith("unknown: ") else label.removeprefix("own: ")


def _nice(step: float) -> float:
    """The next 1, 2 or 5 with noughts."""
    size = 10.0 ** math.floor(math.log10(step)) if step > 0 else 1.0
    return next(size * n for n in (1, 2, 5, 10) if size * n >= step * (1 - 1e-9))


def _whole(value: float) -> bool:
    return value == int(value)


def _moved(start: date, days: int) -> date:
    return date.fromordinal(min(max(start.toordinal() + days, 1), date.max.toordinal()))
