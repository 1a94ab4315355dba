"""Rival counts: two claimants' figures for one thing that cannot both stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from dateline.edtf import bounds
from dateline.link.accounts import CONTESTED
from dateline.link.claims import pin
from dateline.link.counts import counter, counting_words
from dateline.link.sentences import clip, sentence_around
from dateline.link.words import content, kinds, overlap
from dateline.records import Dispute, DisputeSide, FigureRow, Span, Telling, content_id

_NUMBER = re.compile(r"\b(?:counts?|tolls?|numbers?|figures?|estimates?|how many|how much)\b", re.IGNORECASE)
_AROUND = 450  # characters around a sentence that calls a number disputed
_NEXT = 160  # characters between a number and another count of the same
_REFUSED = re.compile(r"\bnot $", re.IGNORECASE)
_INSTEAD = re.compile(r"^(?: \w+)?,? (?:and )?not [\w-]+(?:,| as\b)", re.IGNORECASE)
MATTER = 0.3
"""Which share of their sentences' words two counts of one happening have in common, in two reports."""

_COUNTED = frozenset({"death", "injury", "arrest", "evacuation", "deployment", "sinking", "protest"})


@dataclass(frozen=True, eq=False)
class _Count:
    """A figure with its sentence and the kinds of happening that it counts."""

    row: FigureRow
    telling: Telling
    sentence: Span
    counted: frozenset[str]


def counts_of(
    telling: Telling, figures: Sequence[FigureRow]
) -> Iterable[tuple[FigureRow, frozenset[str], frozenset[str]]]:
    """The figures of one report that another's may rival, with the kinds of happening that each counts and the words of its sentence."""
    for count in _counts({telling.report: telling}, figures):
        if count.counted:
            yield count.row, count.counted, content(count.sentence.text)


def rival_counts(tellings: Sequence[Telling], figures: Sequence[FigureRow]) -> Iterable[Dispute]:
    """Two claimants' figures for one thing at one time that cannot both be right. A toll that grows over days is no dispute."""
    texts = {telling.report: telling for telling in tellings}
    counts = list(_counts(texts, figures))
    blocks: dict[tuple[str, str], list[_Count]] = defaultdict(list)
    for count in counts:
        for kind in count.counted:
            blocks[kind, (count.row.as_of or count.row.date or "")[:7]].append(count)
    for block in blocks.values():
        for a, b in combinations(block[:200], 2):
            tallies = a.row.report == b.row.report and (_recount(a) or _recount(b))
            if _rivals(a, b, whole=tallies) and _one_time(a.row, b.row) and _one_matter(a, b):
                yield _figure_dispute(a, b)
    by_report: dict[str, list[_Count]] = defaultdict(list)
    for count in counts:
        by_report[count.row.report].append(count)
    for report, counted in by_report.items():
        counted.sort(key=lambda count: count.row.pin.start)
        for i, b in enumerate(counted):
            # "the union spoke of 40" sets its number against the one before it.
            if _recount(b):
                before = [a for a in counted[max(0, i - 3) : i] if b.row.pin.start - a.row.pin.end <= _NEXT]
                against = next((a for a in reversed(before) if _rivals(a, b, whole=True) and _alike(a, b)), None)
                if against is not None:
                    yield _figure_dispute(against, b)
        telling = texts[report]
        for match in CONTESTED.finditer(telling.text):
            if not _NUMBER.search(sentence_around(telling.text, telling.parts, match.start(), match.end()).text):
                continue
            near = [c for c in counted if -_AROUND <= c.row.pin.start - match.start() <= _AROUND]
            for a, b in combinations(near, 2):
                if _rivals(a, b) and _alike(a, b) and a.counted == b.counted:
                    yield _figure_dispute(a, b)


def _counts(texts: Mapping[str, Telling], figures: Sequence[FigureRow]) -> Iterable[_Count]:
    """The figures that somebody stands for."""
    for row in figures:
        telling = texts[row.report]
        # "three, not nine": the second number is somebody else's.
        refused = _REFUSED.search(telling.text, max(0, row.pin.start - 12), row.pin.start)
        if row.value is not None and row.claimant is not None and not refused:
            sentence = sentence_around(telling.text, telling.parts, row.pin.start, row.pin.end)
            yield _Count(row, telling, sentence, _counted(row, telling, sentence))


def _recount(count: _Count) -> bool:
    """Whether the words around a number say that somebody counts."""
    start, end = count.row.pin.start, count.row.pin.end
    return bool(counter(count.telling, start, end) or counting_words(count.telling, start, end))


def _counted(row: FigureRow, telling: Telling, sentence: Span) -> frozenset[str]:
    """The kinds of happening that a figure counts, by the words for what is counted and those right after the number."""
    after = _INSTEAD.sub("", telling.text[row.pin.end : min(sentence.end, row.pin.end + 60)])
    return (kinds(row.of) | kinds(" ".join(after.split()[:5]))) & _COUNTED


def _rivals(a: _Count, b: _Count, *, whole: bool = False) -> bool:
    """Two claimants, two values that cannot both be right; ``whole``: both count the whole, so that "at least 19" is not 22."""
    low_a, high_a = _range(a.row, whole)
    low_b, high_b = _range(b.row, whole)
    return a.row.claimant != b.row.claimant and (high_a < low_b or high_b < low_a)


def _range(row: FigureRow, whole: bool) -> tuple[float, float]:
    """What a figure allows: "more than" has no upper end, "about" leaves a tenth."""
    value = row.value if isinstance(row.value, tuple) else (row.value, row.value)
    low, high = float(value[0] or 0), float(value[1] or 0)
    if whole and row.bound in ("over", "under"):
        return low, high
    if row.bound == "over":
        return low, float("inf")
    if row.bound == "under":
        return float("-inf"), high
    return (low * 0.9, high * 1.1) if row.bound == "about" else (low, high)


def _one_time(a: FigureRow, b: FigureRow) -> bool:
    one, two = bounds(a.as_of or a.date), bounds(b.as_of or b.date)
    if one is None or two is None:
        return a.report == b.report
    return one.meets(two, slack=int(a.report != b.report))


def _one_matter(a: _Count, b: _Count) -> bool:
    """Whether two counts of one kind are of one happening: of one report next to each other, or in like words."""
    if a.row.report == b.row.report:
        return abs(a.row.pin.start - b.row.pin.start) <= _AROUND
    return overlap(content(a.sentence.text), content(b.sentence.text)) >= MATTER


def _alike(a: _Count, b: _Count) -> bool:
    """Whether two numbers near a contested one may be it: not counts of two things, and not of quite another size."""
    if a.counted and b.counted and not a.counted & b.counted:
        return False
    if a.row.unit != b.row.unit and "-" not in (a.row.unit, b.row.unit) and not a.counted | b.counted:
        return False
    low_a, low_b = (
        abs(float((r.value if not isinstance(r.value, tuple) else r.value[0]) or 0)) for r in (a.row, b.row)
    )
    return max(low_a, low_b) <= 4 * min(low_a, low_b)


def _figure_dispute(a: _Count, b: _Count) -> Dispute:
    return Dispute(
        id=content_id("d", a.row.id, b.row.id),
        about=f"{a.row.of}: {a.row.pin.text} / {b.row.pin.text}",
        sides=[
            DisputeSide(
                by=c.row.claimant,
                text=clip(c.sentence.text),
                report=c.row.report,
                date=c.row.date,
                pin=pin(c.telling, c.sentence),
            )
            for c in (a, b)
        ],
        statements=[],
        figures=[a.row.id, b.row.id],
    )
