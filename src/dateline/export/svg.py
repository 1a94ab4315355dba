"""Counts over time as one SVG file: a plot a series, one line a claimant, with a legend that holds every count.

The file is still (no scripts, nothing fetched) and follows the reader's light or dark setting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from dateline.chronicle.series import Line, Point, Series
from dateline.export.axes import Axes, amount, claimants, day, heading, placed, steps

WIDTH = 920
_LEFT, _RIGHT, _TOP, _PLOT = 72, 56, 72, 300  # margins, and the height of a plot
_ROW = 22  # height of a row of the legend
_LETTER = 6.4  # mean width of a letter at 12 pixels
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#c2569a", "#a6761d", "#4f9bd9", "#7a6fd0", "#808080")
_SHAPES = (
    "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",  # a disc,
    "M0-6L6 5H-6z",  # a triangle,
    "M-5-5H5V5H-5z",  # a square,
    "M0-6.5L6.5 0L0 6.5L-6.5 0z",  # a diamond,
    "M0 6L6-5H-6z",  # a triangle on its point
)
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STYLE = (
    "text{font:12px system-ui,'Segoe UI',Helvetica,Arial,sans-serif;fill:#222}.page{fill:#fff}.title{font-size:18px;font-weight:600}"
    ".note{fill:#666}.axis{stroke:#666;stroke-width:1}.grid{stroke:#ddd;stroke-width:1}.end{text-anchor:end}.mid{text-anchor:middle}"
    ".halo{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}.hollow{fill:#fff}"
    "@media(prefers-color-scheme:dark){text{fill:#eee}.page{fill:#181818}.note{fill:#aaa}.axis{stroke:#aaa}.grid{stroke:#383838}"
    ".halo{stroke:#181818}.hollow{fill:#181818}}"
)


def svg(found: Sequence[Series]) -> str:
    """All series that can be plotted, one under the other; the file's text."""
    drawn: list[str] = []
    top = 0.0
    for series in found:
        if (axes := Axes.of(series)) is not None:
            panel = _Panel(series, axes)
            drawn += [f'<g transform="translate(0 {top:g})">', *panel.draw(), "</g>"]
            top += panel.height
    if not drawn:
        top = 60.0
        drawn = [f'<text x="{_LEFT}" y="36">Nothing is counted twice.</text>']
    title = "; ".join(heading(series) for series in found) or "Counts over time"
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{top:g}" viewBox="0 0 {WIDTH} {top:g}" role="img">',
            f"<title>{_safe(title)}</title>",
            f"<style>{_STYLE}</style>",
            '<rect class="page" width="100%" height="100%"/>',
            *drawn,
            "</svg>\n",
        ]
    )


@dataclass
class _Panel:
    """One series."""

    series: Series
    axes: Axes
    _marks: list[tuple[float, float]] = field(default_factory=list)
    _boxes: list[tuple[float, float, float, float]] = field(default_factory=list)

    @property
    def height(self) -> float:
        """The height of the panel in pixels."""
        rows = sum(
            len(_legend(line, name)) for line, name in zip(self.series.lines, claimants(self.series), strict=True)
        )
        return _TOP + _PLOT + 46 + rows * _ROW + 24

    def x(self, iso: str) -> float:
        return _LEFT + self.axes.x(iso) * (WIDTH - _LEFT - _RIGHT)

    def y(self, number: float) -> float:
        return _TOP + _PLOT * (1 - self.axes.y(number))

    def draw(self) -> Iterator[str]:
        """The elements of the panel."""
        yield f'<text class="title" x="{_LEFT}" y="30">{_safe(_capital(heading(self.series)))}</text>'
        yield f'<text class="note" x="{_LEFT}" y="50">{" ".join(self._key())}</text>'
        yield from self._axes()
        for i, line in enumerate(self.series.lines):
            yield from self._steps(line, i)
        drawn = [
            (i, name, point)
            for i, (name, line) in enumerate(zip(claimants(self.series), self.series.lines, strict=True))
            for point in line.points
            if placed(point)
        ]
        labels = []
        for i, name, point in drawn:
            x, y = self._free(self.x(point.last_day or ""), self.y(point.low or 0.0))
            yield from self._claim(point, name, i, x, y)
            if point.novelty != "repeat":
                labels.append((x, y, amount(point)))
        for x, y, words in labels:
            yield self._label(x, y, words)
        yield from self._names()

    def _key(self) -> Iterator[str]:
        """What the signs of this plot mean."""
        points = [point for point in self.series.points if placed(point)]
        yield "By claimant; nothing is added up."
        if any(point.novelty == "repeat" for point in points):
            yield "Hollow: said again."
        if any(point.low != point.high for point in points):
            yield "Upright bar: range."
        if any(point.figure.bound in ("over", "under") for point in points):
            yield "Arrow: or more, or fewer."
        if any(point.first_day != point.last_day for point in points):
            yield "Level bar: days it is told for."

    def _axes(self) -> Iterator[str]:
        right, bottom = WIDTH - _RIGHT, _TOP + _PLOT
        for tick in self.axes.numbers(6):
            y = bottom - tick.at * _PLOT
            yield f'<line class="grid" x1="{_LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}"/>'
            yield f'<text class="end" x="{_LEFT - 8}" y="{y + 4:.1f}">{_safe(tick.label)}</text>'
        yield f'<line class="axis" x1="{_LEFT}" y1="{bottom}" x2="{right}" y2="{bottom}"/>'
        for tick in self.axes.days(9):
            x = _LEFT + tick.at * (right - _LEFT)
            yield f'<line class="axis" x1="{x:.1f}" y1="{bottom}" x2="{x:.1f}" y2="{bottom + 5}"/>'
            yield f'<text class="mid" x="{x:.1f}" y="{bottom + 20}">{_safe(tick.label)}</text>'

    def _steps(self, line: Line, i: int) -> Iterator[str]:
        """A claimant's line: each count stands until the next."""
        points = steps(line)
        if len(points) < 2:
            return
        path = f"M{self.x(points[0].last_day or ''):.1f} {self.y(points[0].low or 0.0):.1f}"
        for point in points[1:]:
            path += f"H{self.x(point.last_day or ''):.1f}V{self.y(point.low or 0.0):.1f}"
        yield f'<path d="{path}" fill="none" stroke="{_colour(i)}" stroke-width="1.6" stroke-opacity=".7"{_dash(i)}/>'

    def _claim(self, point: Point, name: str, i: int, x: float, y: float) -> Iterator[str]:
        """A mark with its bars; what it says and where shows when it is pointed at."""
        colour = _colour(i)
        told = f"{name}, {day(point)}: “{point.figure.pin.text}” ({point.figure.of}), report {point.figure.report}"
        yield f"<g><title>{_safe(told)}</title>"
        if point.first_day != point.last_day:
            yield f'<path d="M{self.x(point.first_day or ""):.1f} {y:.1f}H{x:.1f}" stroke="{colour}" stroke-width="5" stroke-opacity=".35"/>'
        if point.high != point.low:
            top = self.y(point.high or 0.0)
            yield f'<path d="M{x:.1f} {y:.1f}V{top:.1f}M{x - 4:.1f} {top:.1f}h8" fill="none" stroke="{colour}" stroke-width="2"/>'
        if way := {"over": -1, "under": 1}.get(point.figure.bound):
            yield (
                f'<path d="M{x:.1f} {y:.1f}v{way * 18}m-4 {-way * 5}l4 {way * 5}l4 {-way * 5}" fill="none" stroke="{colour}"'
                ' stroke-width="1.6"/>'
            )
        yield _shape(i, x, y, point.novelty == "repeat") + "</g>"

    def _free(self, x: float, y: float) -> tuple[float, float]:
        """A place for a mark beside those that stand there already."""
        while any(abs(x - ox) < 9 and abs(y - oy) < 9 for ox, oy in self._marks):
            x += 10
        self._marks.append((x, y))
        self._boxes.append((x - 6, y - 6, x + 6, y + 6))
        return x, y

    def _label(self, x: float, y: float, words: str) -> str:
        """A label beside a mark where nothing else stands."""
        wide = len(words) * _LETTER
        places = [
            (x + 8, y - 7),
            (x + 9, y + 4),
            (x - 9 - wide, y + 4),
            (x - wide / 2, y - 11),
            (x - wide / 2, y + 20),
            (x + 9, y + 16),
        ]
        boxes = [(left, base - 10, left + wide, base + 2) for left, base in places]
        free = next((k for k, box in enumerate(boxes) if not any(_meet(box, other) for other in self._boxes)), 0)
        self._boxes.append(boxes[free])
        left, base = places[free]
        return f'<text class="halo" x="{left:.1f}" y="{base:.1f}">{_safe(words)}</text>'

    def _names(self) -> Iterator[str]:
        """The legend: every claimant with all its counts."""
        y = _TOP + _PLOT + 52.0
        for i, (line, name) in enumerate(zip(self.series.lines, claimants(self.series), strict=True)):
            for k, words in enumerate(_legend(line, name)):
                if k == 0:
                    yield _shape(i, _LEFT + 6, y - 4, False)
                yield f'<text x="{_LEFT + 20}" y="{y:g}">{_safe(words)}</text>'
                y += _ROW


def _legend(line: Line, name: str) -> list[str]:
    """A claimant's counts in order, broken into rows that fit."""
    longest = int((WIDTH - _LEFT - _RIGHT - 20) / _LETTER)
    rows = [f"{name}:"]
    for k, point in enumerate(line.points):
        again = "again " if point.novelty == "repeat" else ""
        words = f"{again}{amount(point)} ({day(point)}){',' if k + 1 < len(line.points) else ''}"
        if len(rows[-1]) + len(words) + 1 > longest:
            rows.append(words)
        else:
            rows[-1] += f" {words}"
    return rows


def _shape(i: int, x: float, y: float, hollow: bool) -> str:
    """The mark of the ith claimant: another shape and colour for each, so that it can be told in black and white."""
    fill = 'class="hollow"' if hollow else f'fill="{_colour(i)}"'
    shape = _SHAPES[i % len(_SHAPES)]
    return f'<path transform="translate({x:.1f} {y:.1f})" d="{shape}" {fill} stroke="{_colour(i)}" stroke-width="1.6"/>'


def _colour(i: int) -> str:
    return _COLOURS[i % len(_COLOURS)]


def _dash(i: int) -> str:
    """The ith line's dashes; the first few are told apart without colour."""
    dashes = ("", "6 3", "2 3", "8 3 2 3", "1 2")[i % 5]
    return f' stroke-dasharray="{dashes}"' if dashes else ""


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _safe(words: str) -> str:
    """Words as XML text: one line, without characters that XML does not have."""
    return escape(_FORBIDDEN.sub("�", " ".join(words.split())))
