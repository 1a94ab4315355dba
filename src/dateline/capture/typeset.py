"""Printed lines to paragraphs in the order in which they are read: columns, running heads, hyphens, headings.

A printed page says where its lines stand and how large their type is, and nothing else. The lines' places give the
columns (a gutter that few lines cross), their gaps, indents and ends give the paragraphs, their type the headings.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

# A gutter has so many lines on both sides, no more than this share of lines across it, and no narrow side.
_SIDE = 2
_ACROSS = 0.25
_NARROW = 0.12
_CELL = 12  # characters; what is shorter on both sides of a gutter is a table, not columns
_BESIDE = 0.4  # share of a side's lines that stand beside lines of the other one
# Distances in heights of a line.
_SAME_ROW = 0.5
_INDENT = 0.6
_DEEP_INDENT = 6.0
_GAP = 1.35  # of the usual distance between lines
_LOOSE = 1.8  # distance between lines, as a share of their height, that is never the usual one of a paragraph
_OTHER_SIZE = 0.08
_DROP_CAP = 1.8
# Margins, as a share of the page's height, in which running heads and page numbers stand; lines looked at in each.
_MARGIN = 0.15
_EDGE_LINES = 4
_REPEATED = 0.5
_STOP = re.compile(r"[.!?:…](?:[\"”’'»)\]]|\d{1,2}$)*$")
_NUMBERS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|seite|página|страница)\s*)?\d{1,4}(?:\s*(?:of|/|von|de|из)\s*\d{1,4})?\W*", re.IGNORECASE
)
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True)
class Line:
    """A printed line, or a piece of one: its words, its place in points from the page's upper left corner, its type.

    ``size`` is the height of the type, ``height`` that of the page; ``page`` counts from 0.
    """

    page: int
    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    height: float

    @property
    def middle(self) -> float:
        """Half-way between top and bottom."""
        return (self.top + self.bottom) / 2


class Paragraph(NamedTuple):
    """A paragraph or heading: its words on one line, the page it begins on, the size of its type, whether it is bold."""

    text: str
    page: int
    size: float
    bold: bool


def without_running_heads(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines that are text, and those that stand at the edge of page after page: running heads, page numbers."""
    pages = _pages(lines)
    edges = {id(line) for page in pages for line in _edge(page)}
    shapes = Counter(
        shape for page in pages for shape in {_shape(line) for line in page if id(line) in edges} if shape[0]
    )
    often = max(2, _REPEATED * len(pages) if len(pages) > 3 else 2)

    def runs(line: Line) -> bool:
        if id(line) not in edges:
            return False
        return bool(_PAGE_NUMBER.fullmatch(line.text)) or shapes[_shape(line)] >= often

    return [line for line in lines if not runs(line)], [line for line in lines if runs(line)]


def _pages(lines: Iterable[Line]) -> list[list[Line]]:
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    return list(pages.values())


def _edge(page: list[Line]) -> Iterator[Line]:
    """The lines of a page that stand in its margins, the outermost ones only."""
    rows = sorted(page, key=lambda line: line.top)
    yield from (line for line in rows[:_EDGE_LINES] if line.middle < _MARGIN * line.height)
    yield from (line for line in rows[-_EDGE_LINES:] if line.middle > (1 - _MARGIN) * line.height)


def _shape(line: Line) -> tuple[str, int]:
    """What two running heads have in common: the words without their numbers, and the margin they stand in."""
    return _NUMBERS.sub("#", line.text.strip().lower()), round(line.middle / line.height)


# ── the order of reading ──────────────────────────────────────────────────────────────────────────────────────────


def columns(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of one page in stretches as they are read: each is a column, or lines that stand across columns."""
    gutter = _gutter(lines)
    if gutter is None:
        return [_rows(lines)] if lines else []
    across = sorted((line for line in lines if line.left < gutter < line.right), key=lambda line: line.middle)
    if len(across) == len(lines):
        return [_rows(lines)]
    bounds = [line.middle for line in across]
    bands: list[list[Line]] = [[] for _ in range(len(across) + 1)]
    for line in lines:
        if not line.left < gutter < line.right:
            bands[sum(bound < line.middle for bound in bounds)].append(line)
    stretches: list[list[Line]] = []
    heads: list[Line] = []
    for number, band in enumerate(bands):
        if band:
            stretches += [_rows(heads)] if heads else []
            heads = []
            stretches += columns([line for line in band if line.right <= gutter])
            stretches += columns([line for line in band if line.left >= gutter])
        heads += across[number : number + 1]
    return [*stretches, _rows(heads)] if heads else stretches


def _gutter(lines: Sequence[Line]) -> float | None:
    """The middle of the white stripe that parts a page's lines into two sides, None where they stand in one column."""
    if len(lines) < 2 * _SIDE:
        return None
    best: tuple[int, float] | None = None
    at: float | None = None
    whole = sum(len(line.text) for line in lines)
    for right in sorted({line.right for line in lines}):
        before = [line for line in lines if line.right <= right]
        after = [line for line in lines if line.left > right]
        over = len(lines) - len(before) - len(after)
        if len(before) < _SIDE or len(after) < _SIDE or over > _ACROSS * len(lines):
            continue
        letters, others = (sum(len(line.text) for line in side) for side in (before, after))
        if min(letters, others) < _NARROW * whole or max(letters / len(before), others / len(after)) < _CELL:
            continue
        fewer, more = sorted((before, after), key=len)
        beside = sum(any(line.top < other.bottom and other.top < line.bottom for other in more) for line in fewer)
        if beside < _BESIDE * len(fewer):
            continue
        left = min(line.left for line in after)
        if best is None or (over, right - left) < best:
            best, at = (over, right - left), (left + right) / 2
    return at


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Lines of one column from top to bottom; pieces of one row become one line."""
    rows: list[Line] = []
    for line in sorted(lines, key=lambda line: (line.middle, line.left)):
        last = rows[-1] if rows else None
        if last and abs(line.middle - last.middle) < _SAME_ROW * min(line.size, last.size):
            first, second = (last, line) if last.left <= line.left else (line, last)
            rows[-1] = Line(
                page=line.page,
                text=f"{first.text} {second.text}",
                left=first.left,
                right=max(first.right, second.right),
                top=min(first.top, second.top),
                bottom=max(first.bottom, second.bottom),
                size=max(first, second, key=lambda piece: len(piece.text)).size,
                bold=first.bold and second.bold,
                height=line.height,
            )
        else:
            rows.append(line)
    return rows


# ── paragraphs ────────────────────────────────────────────────────────────────────────────────────────────────────


def paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs of all pages, hyphens at line ends undone; one that goes on over a column or page is one."""
    known = Counter(word.lower() for line in lines for word in _WORD.findall(line.text)[:-1])
    found: list[Paragraph] = []
    for page in _pages(lines):
        for stretch in columns(page):
            for number, run in enumerate(_runs(_with_drop_caps(stretch))):
                words = _joined([line.text for line in run], known)
                new = Paragraph(words, run[0].page, run[0].size, all(line.bold for line in run))
                at = _goes_on(found, new) if number == 0 else None
                if at is None:
                    found.append(new)
                else:
                    old = found[at]
                    found[at] = old._replace(text=_joined([old.text, new.text], known))
    return found


def _goes_on(found: Sequence[Paragraph], new: Paragraph) -> int | None:
    """The position of the paragraph that the first one of a new column or page goes on with, if any."""
    for at in range(len(found) - 1, max(-1, len(found) - 4), -1):
        old = found[at]
        if _same_type(old, new):
            if _HYPHEN.search(old.text):
                return at
            begins = new.text.lstrip("\"'“„«‘(")[:1]
            open_ended = not _STOP.search(old.text)
            return at if open_ended and (begins.islower() or (at == len(found) - 1 and len(old.text) > 80)) else None
    return None


def _same_type(a: Paragraph | Line, b: Paragraph | Line) -> bool:
    return abs(a.size - b.size) <= _OTHER_SIZE * max(a.size, b.size) and a.bold == b.bold


def _with_drop_caps(column: Sequence[Line]) -> list[Line]:
    """The lines of a column, a large initial put before the words that it begins."""
    lines = list(column)
    for i, line in enumerate(lines[:-1]):
        after = lines[i + 1]
        if len(line.text.strip("\"“„«‘'")) == 1 and line.text.isalpha() and line.size > _DROP_CAP * after.size:
            lines[i : i + 2] = [
                Line(**{**after.__dict__, "text": line.text + after.text, "left": line.left}),
            ]
            break
    return lines


def _runs(column: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of a column as one run a paragraph."""
    if not column:
        return
    left, right = min(line.left for line in column), max(line.right for line in column)
    steps: dict[float, list[float]] = defaultdict(list)
    for before, line in pairwise(column):
        if _same_type(before, line) and line.top > before.top:
            steps[round(line.size)].append(line.top - before.top)
    run = [column[0]]
    for before, line in pairwise(column):
        usual = min(median(steps[round(line.size)] or [_LOOSE * line.size]), _LOOSE * line.size)
        if _begins(before, line, left, right, usual):
            yield run
            run = []
        run.append(line)
    yield run


def _begins(before: Line, line: Line, left: float, right: float, usual: float) -> bool:
    """Whether a line begins a paragraph, by its type, the gap above it, its indent, or the room left on the line before."""
    if not _same_type(before, line):
        return True
    if line.top - before.top > _GAP * usual:
        return True
    step = line.left - before.left
    if _INDENT * line.size < step < _DEEP_INDENT * line.size and before.left - left < _INDENT * line.size:
        return True
    if not _STOP.search(before.text):
        return False
    first = line.text.split(None, 1)[0] if line.text.split() else ""
    letter = (line.right - line.left) / max(len(line.text), 1)
    return right - before.right > (len(first) + 2) * letter + line.size


def _joined(pieces: Sequence[str], known: Counter[str]) -> str:
    """Lines as running text; a hyphen at a line's end goes, unless the text writes the word with it elsewhere."""
    whole = ""
    for piece in pieces:
        words = " ".join(piece.split())
        if not whole:
            whole = words
        elif _HYPHEN.search(whole) and words[:1].islower():
            head, tail = _WORD.findall(whole.rstrip("-\u00ad\u2010"))[-1], _WORD.match(words)
            end = tail[0] if tail else ""
            compound = whole[-1] != "\u00ad" and known[f"{head}-{end}".lower()] > known[f"{head}{end}".lower()]
            whole = (whole if compound else whole[:-1]) + words
        elif _HYPHEN.search(whole) and words[:1].isupper():
            whole += words
        else:
            whole += f" {words}" if words else ""
    return whole.replace("\u00ad", "")
