"""Rival counts: two claimants' figures for one thing that cannot both stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import msgspec

from dateline.edtf import bounds
from dateline.link.accounts import CONTESTED
from dateline.link.claims import pin
from dateline.link.counts import counter, counting_words
from dateline.link.elliptic import number_of, official, stands_for, verb_before
from dateline.link.sentences import clip, sentence_around
from dateline.link.words import content, kinds, overlap
from dateline.records import Dispute, DisputeSide, FigureRow, Span, Telling, content_id

_NUMBER = re.compile(r"\b(?:counts?|tolls?|numbers?|figures?|estimates?|how many|how much)\b", re.IGNORECASE)
_AROUND = 450  # characters around a sentence that calls a number disputed
_NEXT = 160  # characters between a number and another count of the same, in sentences that do not follow each other
_TALLIED = 700  # characters between an official toll and another of the same
_CROWDS = 10  # how many times one count of a thing may be another
_BACK = 4  # numbers back to the one that a number is set against
_REFUSED = re.compile(r"\bnot $", re.IGNORECASE)
_INSTEAD = re.compile(r"^(?: \w+)?,? (?:and )?not [\w-]+(?:,| as\b)", re.IGNORECASE)
# The dead by other names, and those who are not yet among them.
_DEAD = re.compile(r"\b(?:bod(?:y|ies)|corpses?|dead|fatalit(?:y|ies))\b", re.IGNORECASE)
_FEARED = re.compile(r"\b(?:missing|feared|presumed|unaccounted|wounded|injured|hurt)\b", re.IGNORECASE)
# "87 percent of those who voted", "half of its staff"
_SHARE_OF = re.compile(r"(?:(?:percent|per cent|%) )?of (?:those|its|the|their|his|her|our|all|\w+s)\b", re.IGNORECASE)
_DAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day$", re.IGNORECASE)
_JUST_A_COUNT = re.compile(r"\b(?:figures?|numbers?|estimates?|counts?|tally)$", re.IGNORECASE)
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
            before = [a for a in counted[max(0, i - _BACK) : i] if _beside(a, b)]
            against = next((a for a in reversed(before) if _set_against(a, b)), None)
            if against is not None:
                yield _figure_dispute(against, b)
        for a in _official(texts[report], figures):
            for b in counted:
                if _beyond(a, b):
                    yield _figure_dispute(a, b)
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


def _beside(a: _Count, b: _Count) -> bool:
    """Whether a number stands shortly before another: in the same sentence, the one before, or a few words back."""
    between = a.telling.text[a.sentence.end : b.sentence.start]
    own_unit = _unit(a.row) == _unit(b.row) != "-"
    return not between.strip() or b.row.pin.start - a.row.pin.end <= (_AROUND if own_unit else _NEXT)


def _set_against(a: _Count, b: _Count) -> bool:
    """Whether a number is set against the one before it: "the union spoke of 40", "it was no more than 40"."""
    if not _rivals(a, b, whole=True):
        return False
    text = b.telling.text
    before, after = text[b.sentence.start : b.row.pin.start], text[b.row.pin.end : b.sentence.end]
    if b.row.pin.start - a.row.pin.end <= _NEXT and _recount(b) and _alike(a, b, _CROWDS):
        return True
    what = number_of(before)
    if what is not None:
        return bool(content(what) & content(f"{a.row.of} {_after(a, 6)}")) and _near_in_size(a, b)
    unit = _unit(b.row)
    verb = verb_before(before, after)
    same_verb = verb is not None and not content(verb).isdisjoint(content(a.sentence.text))
    if same_verb or stands_for(before, after, own=unit != "-"):
        return unit in ("-", _unit(a.row)) and _alike(a, b, _CROWDS)
    shares = unit == _unit(a.row) == "percentage" and bool(
        _SHARE_OF.match(_after(a, 6)) and _SHARE_OF.match(_after(b, 6))
    )
    return shares and not kinds(a.sentence.text).isdisjoint(kinds(b.sentence.text))


def _after(count: _Count, words: int) -> str:
    """The next few words after a number, within its sentence."""
    return " ".join(count.telling.text[count.row.pin.end : count.sentence.end].split()[:words])


def _official(telling: Telling, figures: Sequence[FigureRow]) -> Iterable[_Count]:
    """The official tolls of a report, as counts of nobody named."""
    for row in figures:
        if row.report == telling.report and row.value is not None:
            sentence = sentence_around(telling.text, telling.parts, row.pin.start, row.pin.end)
            if official(telling.text[sentence.start : row.pin.start]):
                counted = _counted(row, telling, sentence) or frozenset({"death"})
                if row.claimant is None or "official" in telling.text[sentence.start : row.pin.start].lower():
                    nobody = msgspec.structs.replace(row, claimant=None, claimant_id=None)
                    yield _Count(nobody, telling, sentence, counted)


def _beyond(a: _Count, b: _Count) -> bool:
    """Whether somebody counts more than the official toll near it."""
    near = abs(a.row.pin.start - b.row.pin.start) <= _TALLIED and a.row.pin != b.row.pin
    feared = _FEARED.search(_after(b, 5)) or _FEARED.search(b.telling.text[b.sentence.start : b.row.pin.start])
    return (
        near
        and not feared
        and not a.counted.isdisjoint(b.counted)
        and _range(a.row, whole=True)[1] < _range(b.row, whole=True)[0]
        and _near_in_size(a, b)
        and not official(b.telling.text[b.sentence.start : b.row.pin.start])
    )


def _unit(row: FigureRow) -> str:
    """The unit of a figure; of "a third", "half", that of a share."""
    fraction = not isinstance(row.value, tuple) and row.value is not None and 0 < row.value < 1
    return "percentage" if row.unit == "-" and fraction else row.unit


def _counted(row: FigureRow, telling: Telling, sentence: Span) -> frozenset[str]:
    """The kinds of happening that a figure counts, by the words for what is counted and those right after the number."""
    after = _INSTEAD.sub("", telling.text[row.pin.end : min(sentence.end, row.pin.end + 60)])
    words = f"{row.of} {' '.join(after.split()[:5])}"
    return (kinds(words) & _COUNTED) | (frozenset({"death"}) if _DEAD.search(words) else frozenset())


def _rivals(a: _Count, b: _Count, *, whole: bool = False) -> bool:
    """Two claimants, two values that cannot both be right; ``whole``: both count the whole, so that "at least 19" is not 22."""
    low_a, high_a = _range(a.row, whole)
    low_b, high_b = _range(b.row, whole)
    return a.row.claimant != b.row.claimant and (high_a < low_b or high_b < low_a)


def _range(row: FigureRow, whole: bool) -> tuple[float, float]:
    """What a figure allows: "more than" has no upper end, "about" leaves a tenth."""
    value = row.value if isinstance(row.value, tuple) else (row.value, row.value)
    scale = 100 if _unit(row) != row.unit else 1
    low, high = float(value[0] or 0) * scale, float(value[1] or 0) * scale
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


def _alike(a: _Count, b: _Count, times: int = 4) -> bool:
    """Whether two numbers near a contested one may be it: not counts of two things, and not of quite another size."""
    if a.counted and b.counted and not a.counted & b.counted:
        return False
    if a.row.unit != b.row.unit and "-" not in (a.row.unit, b.row.unit) and not a.counted | b.counted:
        return False
    return _near_in_size(a, b, times)


def _near_in_size(a: _Count, b: _Count, times: int = _CROWDS) -> bool:
    low_a, low_b = (
        abs(float((c.row.value[0] if isinstance(c.row.value, tuple) else c.row.value) or 0))
        * (100 if _unit(c.row) != c.row.unit else 1)
        for c in (a, b)
    )
    return max(low_a, low_b) <= times * min(low_a, low_b)


def _what(a: _Count, b: _Count) -> str:
    """What two figures count, in the words of the one that says so: not its claimant, not a day, not the bare unit."""
    for count in (a, b):
        said, of = content(count.row.of), count.row.of
        other = of == "percentage" or _DAY.match(of) or _JUST_A_COUNT.search(of)
        if said and not other and not said <= content(count.row.claimant or ""):
            return of
    return a.row.of


def _figure_dispute(a: _Count, b: _Count) -> Dispute:
    return Dispute(
        id=content_id("d", a.row.id, b.row.id),
        about=f"{_what(a, b)}: {a.row.pin.text} / {b.row.pin.text}",
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
