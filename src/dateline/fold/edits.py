"""What was edited between two wordings of one report: words changed, added or cut.

A capture may cut a text short, stand furniture before or after it, set its quotes and dashes otherwise, lose a caption
or misread letters; none of that is an edit. So what lies before the first or after the last words that two texts share
counts only where both go on alike.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from dateline.fold.words import LONGEST, SENTENCE_ENDS, WORD
from dateline.records import Record, Span

# Two texts are aligned by the runs of this many words that occur once in each, then word by word between them.
_RUN = 4
# A gap wider than this (the product of its sides) stays one difference: word by word it would take too long.
_WIDE = 40_000
# Before the first and after the last run, this many words are looked at, and at least this share must be alike.
_EDGE = 40
_EDGE_ALIKE = 0.5
# How alike the letters of two readings of a few words are, how many letters that can be, and the share of such words
# from which on a text is a scan.
_MISREAD = 0.6
_PRINT = 60
_SCAN = 0.01
_SCAN_LEAST = 3
# A shorter paragraph that comes or goes is a heading, a caption or a label.
_PARAGRAPH = 8


class Difference(Record, frozen=True, kw_only=True):
    """Words of an older wording that stand otherwise in a newer one; None on the side where there is nothing."""

    old: Span | None
    new: Span | None


def differences(old: str, new: str) -> list[Difference]:
    """The edits from one wording of a report to the next, in order, as spans of the words concerned."""
    a, b = _Words.of(old), _Words.of(new)
    return [Difference(old=a.span(gap.a, gap.a_end), new=b.span(gap.b, gap.b_end)) for gap in _edits(a, b)]


def edited(one: str, other: str) -> bool:
    """Whether two texts of one report differ by an edit. Symmetric."""
    first, second = sorted((one, other))
    return bool(_edits(_Words.of(first), _Words.of(second)))


class _Words(NamedTuple):
    """A text with its words in lower case and their bounds."""

    text: str
    row: list[str]
    bounds: list[tuple[int, int]]

    @classmethod
    def of(cls, text: str) -> _Words:
        found = list(WORD.finditer(text, 0, LONGEST))
        return cls(text, [m.group().lower() for m in found], [m.span() for m in found])

    def span(self, start: int, end: int) -> Span | None:
        """The span of the words between two positions."""
        if start == end:
            return None
        first, last = self.bounds[start][0], self.bounds[end - 1][1]
        return Span(start=first, end=last, text=self.text[first:last])

    def is_label(self, start: int, end: int) -> bool:
        """Whether some words are paragraphs of their own that are no prose: short, or without a sentence's end."""
        before = self.text[self.bounds[start - 1][1] if start else 0 : self.bounds[start][0]]
        after = self.text[self.bounds[end - 1][1] : self.bounds[end][0] if end < len(self.row) else len(self.text)]
        if "\n" not in before or "\n" not in after:
            return False
        mark = after.split("\n", 1)[0].strip()
        return end - start < _PARAGRAPH or not any(sign in SENTENCE_ENDS for sign in mark)


class _Gap(NamedTuple):
    """A stretch of two rows of words that is not the same: half-open positions in both."""

    a: int
    a_end: int
    b: int
    b_end: int


def _edits(a: _Words, b: _Words) -> list[_Gap]:
    """The gaps between two texts that are edits."""
    found = [gap for gap in _gaps(a.row, b.row) if not _is_layout(a, b, gap)]
    misread = sum(_is_misread(a, b, gap) for gap in found)
    if misread >= max(_SCAN_LEAST, _SCAN * min(len(a.row), len(b.row))):
        return [gap for gap in found if not _is_noise(a, b, gap)]
    return found


def _is_noise(a: _Words, b: _Words, gap: _Gap) -> bool:
    """Whether a scan may differ so: no more than a few words are lost or gained, and no number is another."""
    one, other = "".join(a.row[gap.a : gap.a_end]), "".join(b.row[gap.b : gap.b_end])
    if one.isdigit() and other.isdigit() and len(one) == len(other):
        return False
    return abs((gap.a_end - gap.a) - (gap.b_end - gap.b)) < _PARAGRAPH


def _is_layout(a: _Words, b: _Words, gap: _Gap) -> bool:
    """Whether only the words' bounds differ, or a heading, caption or label stands on one side alone."""
    if gap.a == gap.a_end:
        return b.is_label(gap.b, gap.b_end)
    if gap.b == gap.b_end:
        return a.is_label(gap.a, gap.a_end)
    return "".join(a.row[gap.a : gap.a_end]) == "".join(b.row[gap.b : gap.b_end])


def _is_misread(a: _Words, b: _Words, gap: _Gap) -> bool:
    """Whether the two sides can be one stretch of print, read differently."""
    one, other = "".join(a.row[gap.a : gap.a_end]), "".join(b.row[gap.b : gap.b_end])
    if not one or not other or max(len(one), len(other)) > _PRINT or (one.isdigit() and other.isdigit()):
        return False
    return SequenceMatcher(None, one, other, False).ratio() >= _MISREAD


def _gaps(a: Sequence[str], b: Sequence[str]) -> Iterator[_Gap]:
    """Where two rows of words differ between words that they share, in order."""
    blocks = _shared_runs(a, b)
    if not blocks:
        return
    (start_a, start_b, _), (end_a, end_b, size) = blocks[0], blocks[-1]
    yield from _gaps_before(a[:start_a], b[:start_b])
    for (at_a, at_b, length), (next_a, next_b, _) in pairwise(blocks):
        low_a, low_b = at_a + length, at_b + length
        for gap in _gaps_between(a[low_a:next_a], b[low_b:next_b]):
            yield _Gap(gap.a + low_a, gap.a_end + low_a, gap.b + low_b, gap.b_end + low_b)
    end_a, end_b = end_a + size, end_b + size
    tails = list(_gaps_before(a[end_a:][::-1], b[end_b:][::-1]))
    for gap in reversed(tails):
        yield _Gap(len(a) - gap.a_end, len(a) - gap.a, len(b) - gap.b_end, len(b) - gap.b)


def _shared_runs(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int]]:
    """The longest chain of runs that occur once in each row, as (position in a, in b, length), grown to both sides."""
    in_a, in_b = _single_runs(a), _single_runs(b)
    pairs = [(at, in_b[run]) for run, at in in_a.items() if run in in_b]
    blocks: list[tuple[int, int, int]] = []
    for at_a, at_b in _rising(pairs):
        low_a = blocks[-1][0] + blocks[-1][2] if blocks else 0
        low_b = blocks[-1][1] + blocks[-1][2] if blocks else 0
        if at_a < low_a or at_b < low_b:
            continue
        size = _RUN
        while at_a > low_a and at_b > low_b and a[at_a - 1] == b[at_b - 1]:
            at_a, at_b, size = at_a - 1, at_b - 1, size + 1
        while at_a + size < len(a) and at_b + size < len(b) and a[at_a + size] == b[at_b + size]:
            size += 1
        blocks.append((at_a, at_b, size))
    return blocks


def _single_runs(row: Sequence[str]) -> dict[tuple[str, ...], int]:
    """The runs of words that occur once in a row, with their positions, in order."""
    runs = [tuple(row[i : i + _RUN]) for i in range(len(row) - _RUN + 1)]
    count = Counter(runs)
    return {run: at for at, run in enumerate(runs) if count[run] == 1}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of pairs that rises on both sides; the first sides rise already."""
    ends: list[int] = []
    tips: list[int] = []
    before: list[int | None] = []
    for i, (_, second) in enumerate(pairs):
        at = bisect_left(ends, second)
        before.append(tips[at - 1] if at else None)
        if at == len(ends):
            ends.append(second)
            tips.append(i)
        else:
            ends[at], tips[at] = second, i
    chain: list[tuple[int, int]] = []
    link = tips[-1] if tips else None
    while link is not None:
        chain.append(pairs[link])
        link = before[link]
    return chain[::-1]


def _gaps_between(a: Sequence[str], b: Sequence[str]) -> Iterator[_Gap]:
    """The gaps between two short rows, word by word."""
    if len(a) * len(b) > _WIDE:
        yield _Gap(0, len(a), 0, len(b))
        return
    for tag, a_start, a_end, b_start, b_end in SequenceMatcher(None, a, b, False).get_opcodes():
        if tag != "equal":
            yield _Gap(a_start, a_end, b_start, b_end)


def _gaps_before(a: Sequence[str], b: Sequence[str]) -> Iterator[_Gap]:
    """The gaps between what stands before the first shared run, from the first words on that both share.

    Nothing where the two do not go on alike: then something else stands before the text on one side. For the same reason
    only words that stand otherwise count here, not those that are more.
    """
    skip_a, skip_b = max(0, len(a) - _EDGE), max(0, len(b) - _EDGE)
    a, b = a[skip_a:], b[skip_b:]
    blocks = [block for block in SequenceMatcher(None, a, b, False).get_matching_blocks() if block.size]
    if sum(block.size for block in blocks) < _EDGE_ALIKE * max(1, min(len(a), len(b))):
        return
    at_a, at_b = blocks[0].a, blocks[0].b
    for gap in _gaps_between(a[at_a:], b[at_b:]):
        if gap.a == gap.a_end or gap.b == gap.b_end:
            continue
        yield _Gap(gap.a + at_a + skip_a, gap.a_end + at_a + skip_a, gap.b + at_b + skip_b, gap.b_end + at_b + skip_b)
