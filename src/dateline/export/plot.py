"""Counts over time as plain text: what each claimant said, one line each, over a plot of characters."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby, pairwise

from dateline.chronicle.series import Line, Series
from dateline.export.axes import Axes, Tick, amount, claimants, day, heading, placed, steps

MARKS = "●▲■◆○△□◇"
_HEIGHT = 10  # rows of a plot, and
_LEAST = 24  # columns that it has at least
_STEP, _ACROSS, _DOWN, _AGAIN = "·", "─", "│", "×"


def plots(found: list[Series], width: int = 100) -> Iterator[str]:
    """The lines of all series, ``width`` columns wide (no line breaks at their ends)."""
    for series in found:
        yield heading(series)
        for mark, name, line in zip(_marks(series), claimants(series), series.lines, strict=True):
            words = f"{name}: {' → '.join(_claims(line))}"
            yield from textwrap.wrap(words, width, initial_indent=f"  {mark} ", subsequent_indent="      ")
        if (axes := Axes.of(series)) is not None:
            yield ""
            yield from _plot(series, axes, width)
            if any(placed(point) and point.novelty == "repeat" for point in series.points):
                yield f"  {_AGAIN} an older count said again"
        yield ""
    if not found:
        yield "Nothing is counted twice."


def _marks(series: Series) -> str:
    return "".join(MARKS[i % len(MARKS)] for i in range(len(series.lines)))


def _claims(line: Line) -> Iterator[str]:
    """A claimant's counts in order, repeats gathered under what they repeat: ``≥9 (2024-02-06), again 2024-02-08``."""
    for repeats, points in groupby(line.points, key=lambda point: point.novelty == "repeat"):
        for point in points:
            yield f"again {amount(point)} ({day(point)})" if repeats else f"{amount(point)} ({day(point)})"


def _plot(series: Series, axes: Axes, width: int) -> Iterator[str]:
    ticks = axes.numbers(4)
    gutter = max(len(tick.label) for tick in ticks)
    columns = max(width - gutter - 3, _LEAST)
    grid = [[" "] * columns for _ in range(_HEIGHT)]

    def column(day: str) -> int:
        return round(axes.x(day) * (columns - 1))

    def row(number: float) -> int:
        return _HEIGHT - 1 - round(axes.y(number) * (_HEIGHT - 1))

    for line in series.lines:
        points = [point for point in line.points if placed(point)]
        path = [(column(p.last_day or ""), row(p.low or 0.0)) for p in steps(line)]
        for (x, y), (x_next, y_next) in pairwise(path):
            for at in range(x, x_next):
                _draw(grid, at, y, _STEP)
            for at in range(min(y, y_next), max(y, y_next) + 1):
                _draw(grid, x_next, at, _STEP)
        for point in points:
            if point.first_day != point.last_day:
                for at in range(column(point.first_day or ""), column(point.last_day or "") + 1):
                    _draw(grid, at, row(point.low or 0.0), _ACROSS)
            if point.low != point.high:
                for at in range(row(point.high or 0.0), row(point.low or 0.0) + 1):
                    _draw(grid, column(point.last_day or ""), at, _DOWN)
            if point.novelty == "repeat":
                _draw(grid, column(point.last_day or ""), row(point.low or 0.0), _AGAIN)
    for mark, line in zip(_marks(series), series.lines, strict=True):
        for point in line.points:
            if placed(point) and point.novelty != "repeat":
                _mark(grid, column(point.last_day or ""), row(point.low or 0.0), mark)
    labels = {_HEIGHT - 1 - round(tick.at * (_HEIGHT - 1)): tick.label for tick in ticks}
    for number, cells in enumerate(grid):
        edge = "┤" if number in labels else "│"
        yield f"  {labels.get(number, ''):>{gutter}}{edge}{''.join(cells)}".rstrip()
    days = axes.days(columns // 14)
    yield f"  {'':>{gutter}}└{_ruler(days, columns)}"
    yield f"  {'':>{gutter}} {_labels(days, columns)}".rstrip()


def _draw(grid: list[list[str]], x: int, y: int, sign: str) -> None:
    if grid[y][x] in (" ", _STEP):
        grid[y][x] = sign


def _mark(grid: list[list[str]], x: int, y: int, mark: str) -> None:
    """Put a mark on its cell, or on the next free one to the right where another stands there, else to the left."""
    free = [at for at in (*range(x, len(grid[y])), *range(x, -1, -1)) if grid[y][at] not in MARKS]
    grid[y][free[0] if free else x] = mark


def _ruler(ticks: list[Tick], columns: int) -> str:
    at = {round(tick.at * (columns - 1)) for tick in ticks}
    return "".join("┬" if column in at else "─" for column in range(columns))


def _labels(ticks: list[Tick], columns: int) -> str:
    text = ""
    for tick in ticks:
        start = min(max(round(tick.at * (columns - 1)) - len(tick.label) // 2, 0), columns - len(tick.label))
        if start > len(text) or not text:
            text = text.ljust(start) + tick.label
    return text
