"""The paragraphs of a plain text, whether they are parted by blank lines, by single ones, or wrapped by hand."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_NARROWEST, _WIDEST = 45, 110  # line lengths at which people and programs wrap
_WRAPPED_SHARE = 0.6


class Stretch(NamedTuple):
    """A stretch of a text without white space at its ends; ``end`` is half-open."""

    start: int
    end: int


def paragraphs(text: str) -> list[Stretch]:
    """The paragraphs in order. Lines that were wrapped by hand are one paragraph; every other line is one of its own."""
    lines = [bare for m in _LINE.finditer(text) if (bare := trim(text, m.start(), m.end()))]
    if (width := _wrap_width(text, lines)) is None:
        return lines
    joined: list[Stretch] = []
    for line in lines:
        if joined and _goes_on(text, joined[-1], line, width):
            joined[-1] = Stretch(joined[-1].start, line.end)
        else:
            joined.append(line)
    return joined


def trim(text: str, start: int, end: int) -> Stretch | None:
    """The stretch without white space at its ends, None where nothing else is in it."""
    words = text[start:end]
    bare = words.strip()
    if not bare:
        return None
    start += len(words) - len(words.lstrip())
    return Stretch(start, start + len(bare))


def _wrap_width(text: str, lines: list[Stretch]) -> int | None:
    """The width that the text was wrapped at, or None where it was not."""
    lengths = sorted(line.end - line.start for line in lines)
    if len(lines) < 4 or not _NARROWEST <= (width := lengths[-1]) <= _WIDEST:
        return None
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if _adjacent(text, a, b)]
    full = sum(_is_full(text, a, b, width) for a, b in pairs)
    return width if pairs and full >= _WRAPPED_SHARE * len(pairs) else None


def _goes_on(text: str, paragraph: Stretch, line: Stretch, width: int) -> bool:
    last = text.rfind("\n", paragraph.start, paragraph.end) + 1 or paragraph.start
    last_line = trim(text, last, paragraph.end) or paragraph
    return _adjacent(text, paragraph, line) and _is_full(text, last_line, line, width)


def _adjacent(text: str, a: Stretch, b: Stretch) -> bool:
    """No blank line between them, and the second not set in."""
    gap = text[a.end : b.start].replace("\r\n", "\n")
    return gap.count("\n") == 1 and not gap.endswith((" ", "\t"))


def _is_full(text: str, line: Stretch, following: Stretch, width: int) -> bool:
    """Whether the next line's first word would not have fitted into this line."""
    first = text[following.start : following.end].split(None, 1)[0]
    return line.end - line.start + 1 + len(first) > width
