"""Ties: which reports of an archive tell something that another of them tells too.

Every report has marks, numbers made of a day and a word, a name or a place: what it tells of that day. Others it asks for: what it
plans may be told in the months after it, what it denies was said in the weeks before. Reports that have some marks in common are looked
at, no others; of the many reports that have one mark each is looked at with a few of them, always the same. So what a report is tied to
hangs on the reports that have a mark of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.link.circles import Pair
from dateline.link.outlines import Outline
from dateline.link.rarity import tells

KNOWN = 64
"""Reports that have or ask for one mark, up to which each is looked at with each."""

FIRST = 6
"""Of more reports, those by whose side the others are looked at: the first by id of those that have the mark."""

_CLOSE = 2  # marks in common from which two reports are looked at
_RARE = 6.0  # what a word tells at least to be a mark of the weeks around a report
_RAREST = 6  # words of a denial, of a telling, by which is asked
_WEEKS = 14  # days
_MONTH = 30  # days
_PRECISE = 3  # days that a date covers at most to be marks of their own
_VAGUE = 100  # days that a date covers at most to be marks by the month
_AT_ONCE = 2_000  # reports whose pairs are found in one go
_AHEAD = 11  # fortnights after it was announced in which is asked what became of a plan

Numbers = NDArray[np.int64]
_NONE: Numbers = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Marks:
    """What a report is known by and what it asks for, as sorted numbers; it asks for nothing that it has."""

    own: Numbers
    asked: Numbers

    def pack(self) -> bytes:
        """As bytes."""
        return np.concatenate(([len(self.own)], self.own, self.asked)).astype("<i8").tobytes()

    @classmethod
    def unpack(cls, packed: bytes) -> Marks:
        """From bytes; none from no bytes."""
        if not packed:
            return NOTHING
        every = np.frombuffer(packed, dtype="<i8").astype(np.int64)
        return cls(every[1 : 1 + every[0]], every[1 + every[0] :])


NOTHING = Marks(_NONE, _NONE)
"""The marks of a report that tells nothing."""


def marks(outline: Outline) -> Marks:
    """The marks of a report."""
    own: set[str] = set()
    asked: set[str] = set()
    week = None if outline.day is None else outline.day // _WEEKS
    around: set[str] = set()
    for told in outline.told:
        names = {*told.who, *(place.bones for place in (told.place, told.near) if place)}
        around |= told.stems
        rare = _rarest(told.stems)
        if told.first is None or told.last is None:
            if week is not None:
                asked |= {f"w{w} {word}" for w in (week - 1, week + 1) for word in rare}
        elif told.last - told.first < _PRECISE:
            own |= {f"{day} {word}" for day in range(told.first, told.last + 1) for word in (*names, *told.stems)}
            own |= {f"m{told.first // _MONTH} {name}" for name in names}
            asked |= {f"m{told.first // _MONTH} {word}" for word in rare}
            if told.inferred:
                asked |= {f"{day} {word}" for day in (told.first - 1, told.last + 1) for word in (*names, *rare)}
        elif told.last - told.first < _VAGUE:
            months = range(told.first // _MONTH, told.last // _MONTH + 1)
            own |= {f"m{month} {word}" for month in months for word in (*names, *told.stems)}
    for count in outline.counts:
        own |= {
            f"{day} {word}" for day in range(count.first, min(count.last, count.first + 1) + 1) for word in count.stems
        }
    for plan in outline.plans:
        announced = plan.announced if plan.announced is not None else outline.day
        if announced is not None:
            weeks = range(announced // _WEEKS, announced // _WEEKS + _AHEAD)
            asked |= {f"w{w} {word}" for w in weeks for word in _rarest(plan.stems)}
    if week is not None:
        around = around.union(*(claim.about for claim in outline.claims))
        own |= {f"w{week} {word}" for word in around if tells(word) >= _RARE}
        asked |= {
            f"w{w} {word}" for denied in outline.denials for w in (week, week - 1) for word in _rarest(denied.about)
        }
    return Marks(_numbers(own), _numbers(asked - own))


def _rarest(stems: Iterable[str]) -> list[str]:
    """The words that tell most."""
    return sorted((word for word in stems if tells(word) >= _RARE), key=lambda word: (-tells(word), word))[:_RAREST]


def _numbers(found: Collection[str]) -> Numbers:
    return np.sort(np.array([_number(mark) for mark in found], dtype=np.int64))


def _number(mark: str) -> int:
    return int.from_bytes(hashlib.blake2b(mark.encode(), digest_size=8).digest(), "little", signed=True)


class Index:
    """Who has which mark, of many reports."""

    def __init__(self, marked: Mapping[str, Marks]) -> None:
        self.ids = list(marked)
        self._at = {id: n for n, id in enumerate(self.ids)}
        self._marked = marked
        every = [each for one in marked.values() for each in (one.own, one.asked)]
        number = np.arange(2 * len(marked), dtype=np.int64)
        owner = np.repeat(number, [len(each) for each in every]) if every else _NONE
        found = np.concatenate(every) if every else _NONE
        order = np.argsort(found, kind="stable")
        self._every, self._owner = found[order], owner[order] // 2
        self._asks = owner[order] % 2 == 1
        self._rank = np.argsort(np.argsort(np.array(self.ids, dtype=np.str_)))

    def candidates(self, of: Collection[str]) -> Iterator[tuple[str, str]]:
        """The pairs of reports that may be tied, those with one of some reports."""
        of_ = np.zeros(len(self.ids), dtype=bool)
        of_[[self._at[id] for id in of if id in self._at]] = True
        low, high = self.ranges(_held(self._marked[id] for id in of if id in self._at))
        found = [_NONE]
        for n in range(2, KNOWN + 1):
            starts = low[high - low == n]
            if len(starts):
                group = starts[:, None] + np.arange(n)
                row, column = np.nonzero(of_[self._owner[group]])
                one, other = np.repeat(group[row, column], n), group[row].ravel()
                # A pair of two of them is met from both sides.
                good = ~(self._asks[one] & self._asks[other]) & (~of_[self._owner[other]] | (one < other))
                one, other = self._owner[one[good]], self._owner[other[good]]
                found.append(np.minimum(one, other) * len(self.ids) + np.maximum(one, other))
        for at in np.flatnonzero(high - low > KNOWN):
            coded = self.linked(low[at], high[at])
            one, other = np.divmod(coded, len(self.ids))
            found.append(coded[of_[one] | of_[other]])
        coded, common = np.unique(np.concatenate(found), return_counts=True)
        yield from self.pairs(coded[common >= _CLOSE])

    def pairs(self, coded: Numbers) -> Iterator[Pair]:
        """Pairs by their numbers, the lesser id first."""
        for pair in coded.tolist():
            one, other = (self.ids[n] for n in divmod(pair, len(self.ids)))
            yield (one, other) if one < other else (other, one)

    def linked(self, low: int, high: int) -> Numbers:
        """The numbers of the pairs that are looked at for one mark, given where it stands."""
        everyone = np.arange(low, high)
        if high - low <= KNOWN:
            first, second = np.triu_indices(high - low, 1)
            one, other = everyone[first], everyone[second]
            good = ~(self._asks[one] & self._asks[other])
            one, other = self._owner[one[good]], self._owner[other[good]]
        else:
            first = self.first(low, high)
            one, other = np.repeat(first, high - low), np.tile(self._owner[everyone], len(first))
            one, other = one[one != other], other[one != other]
        return np.unique(np.minimum(one, other) * len(self.ids) + np.maximum(one, other))

    def first(self, low: int, high: int) -> Numbers:
        """By whose side all others are looked at that have a mark of many reports, given where it stands."""
        mine = self._owner[low:high][~self._asks[low:high]]
        first: Numbers = mine[np.argsort(self._rank[mine])[:FIRST]]
        return first

    def ranges(self, some: Numbers) -> tuple[Numbers, Numbers]:
        """Where some marks stand: from and to."""
        return np.searchsorted(self._every, some, "left"), np.searchsorted(self._every, some, "right")


class Retied:
    """What becomes of the pairs of reports that are looked at, when some reports come, go or are other than they were.

    Of the pairs of two reports that stay as they are only those are asked about for which a mark tells something else than before: one
    that has become one of many or of few reports, or another of whose many reports is one of the first.
    """

    def __init__(self, before: Mapping[str, Marks], now: Mapping[str, Marks], changed: Collection[str]) -> None:
        """Find them.

        Args:
            before: the marks of all reports as they were.
            now: as they are, in the order in which they are best looked at.
            changed: the reports that came, went or are other than they were.
        """
        self._before, self._now = before, now
        self._changed = set(changed)
        moved = _held(each[id] for each in (before, now) for id in changed if id in each)
        ids = list(dict.fromkeys([*now, *before]))
        kept = _within({id: marks for id, marks in now.items() if id not in self._changed}, moved)
        self._index = Index({id: kept.get(id) or (now if id in changed else {}).get(id, NOTHING) for id in ids})
        old = Index({id: kept.get(id) or (before if id in changed else {}).get(id, NOTHING) for id in ids})
        lost, gained = _differences(old, self._index, moved)
        self._lost, self._gained = self._unchanged(lost), self._unchanged(gained)

    def _unchanged(self, coded: Numbers) -> list[Pair]:
        return [pair for pair in self._index.pairs(coded) if self._changed.isdisjoint(pair)]

    def gone(self, held: Collection[Pair]) -> set[Pair]:
        """Of pairs that were looked at before, those that are not any more, or that have to be looked at again."""
        lost = [pair for pair in self._lost if pair in held]
        gone = {pair for pair in held if not self._changed.isdisjoint(pair)}
        return gone.union(set(lost) - close(self._now, lost))

    def fresh(self) -> Iterator[Pair]:
        """The pairs that were not looked at before, or whose reports are other than they were."""
        done: set[str] = set()
        of = [id for id in self._index.ids if id in self._changed and id in self._now]
        for start in range(0, len(of), _AT_ONCE):
            part = of[start : start + _AT_ONCE]
            yield from (pair for pair in self._index.candidates(part) if done.isdisjoint(pair))
            done.update(part)
        now = close(self._now, self._gained)
        yield from sorted(now - close(self._before, sorted(now)))


def close(marked: Mapping[str, Marks], pairs: Sequence[Pair]) -> set[Pair]:
    """Of some pairs of reports those that are looked at: they have marks enough in common, of which each links them."""
    common = {pair: _common(marked[pair[0]], marked[pair[1]]) for pair in pairs}
    some = _union(common.values())
    index = Index(_within(marked, some))
    low, high = index.ranges(some)
    many = np.flatnonzero(high - low > KNOWN)
    first = {int(some[n]): {index.ids[one] for one in index.first(low[n], high[n])} for n in many}
    return {
        pair
        for pair, marks in common.items()
        if sum(not first.get(mark, {pair[0]}).isdisjoint(pair) for mark in marks.tolist()) >= _CLOSE
    }


def _common(one: Marks, other: Marks) -> Numbers:
    """The marks that two reports have in common, where not both only ask for them."""
    return _union(
        (
            np.intersect1d(one.own, other.own, assume_unique=True),
            np.intersect1d(one.own, other.asked, assume_unique=True),
            np.intersect1d(one.asked, other.own, assume_unique=True),
        )
    )


def _differences(old: Index, now: Index, moved: Numbers) -> tuple[Numbers, Numbers]:
    """The pairs that some moved mark links no more, and those that it has come to link, by number."""
    lost, gained = [_NONE], [_NONE]
    (low, high), (first, last) = old.ranges(moved), now.ranges(moved)
    was, counts = high - low, last - first
    for n in np.flatnonzero((was > KNOWN) | (counts > KNOWN)):
        here, there = (low[n], high[n]), (first[n], last[n])
        if was[n] > KNOWN and counts[n] > KNOWN and set(old.first(*here)) == set(now.first(*there)):
            continue
        before, after = old.linked(*here), now.linked(*there)
        lost.append(np.setdiff1d(before, after, assume_unique=True))
        gained.append(np.setdiff1d(after, before, assume_unique=True))
    return np.unique(np.concatenate(lost)), np.unique(np.concatenate(gained))


def _held(marked: Iterable[Marks]) -> Numbers:
    """All marks that some reports have or ask for."""
    return _union(each for one in marked for each in (one.own, one.asked))


def _union(some: Iterable[Numbers]) -> Numbers:
    return np.unique(np.concatenate([_NONE, *some]))


def _within(marked: Mapping[str, Marks], some: Numbers) -> dict[str, Marks]:
    """The reports that have or ask for one of some marks, with those of their marks alone."""
    if not len(some) or not marked:
        return {}
    every = [each for one in marked.values() for each in (one.own, one.asked)]
    found = np.concatenate(every)
    good = some[np.minimum(np.searchsorted(some, found), len(some) - 1)] == found
    ends = np.concatenate(([0], np.cumsum([len(each) for each in every])))
    sums = np.concatenate(([0], np.cumsum(good)))[ends]
    chosen = found[good]
    return {
        id: Marks(chosen[sums[2 * n] : sums[2 * n + 1]], chosen[sums[2 * n + 1] : sums[2 * n + 2]])
        for n, id in enumerate(marked)
        if sums[2 * n] < sums[2 * n + 2]
    }
