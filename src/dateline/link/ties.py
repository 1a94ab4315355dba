"""Ties: which reports of an archive tell something that another of them tells too.

Every report has marks, numbers made of a day and a word, a name or a place: what it tells of that day. Others it asks for: what it
plans may be told in the months after it, what it denies was said in the weeks before. Reports that have some marks in common are looked
at, no others; of the many reports that have one mark each is looked at with a few of them, always the same. So what a report is tied to
hangs on the reports that have a mark of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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

    def has(self, reports: Collection[str]) -> Numbers:
        """All marks of some reports, those that are not known left out."""
        mine = [self._marked[id] for id in reports if id in self._at]
        return np.unique(np.concatenate([_NONE, *(each for one in mine for each in (one.own, one.asked))]))

    def counts(self, some: Numbers) -> Numbers:
        """How many reports have each of some marks or ask for it."""
        low, high = self._ranges(some)
        return high - low

    def owners(self, some: Numbers) -> set[str]:
        """The reports that have one of some marks or ask for it."""
        return {self.ids[n] for low, high in zip(*self._ranges(some), strict=True) for n in self._owner[low:high]}

    def candidates(self, of: Collection[str]) -> Iterator[tuple[str, str]]:
        """The pairs of reports that may be tied, those with one of some reports."""
        of_ = np.zeros(len(self.ids), dtype=bool)
        of_[[self._at[id] for id in of if id in self._at]] = True
        low, high = self._ranges(self.has(of))
        found = [_NONE]
        for n in range(2, KNOWN + 1):
            starts = low[high - low == n]
            if len(starts):
                group = starts[:, None] + np.arange(n)
                first, second = np.triu_indices(n, 1)
                one, other = group[:, first].ravel(), group[:, second].ravel()
                good = ~(self._asks[one] & self._asks[other]) & (of_[self._owner[one]] | of_[self._owner[other]])
                one, other = self._owner[one[good]], self._owner[other[good]]
                found.append(np.minimum(one, other) * len(self.ids) + np.maximum(one, other))
        for at in np.flatnonzero(high - low > KNOWN):
            everyone = self._owner[low[at] : high[at]]
            for first_ in self._first(low[at], high[at]):
                good = (of_[everyone] | of_[first_]) & (everyone != first_)
                other = everyone[good]
                found.append(np.minimum(first_, other) * len(self.ids) + np.maximum(first_, other))
        coded, common = np.unique(np.concatenate(found), return_counts=True)
        for pair in coded[common >= _CLOSE]:
            one_, other_ = divmod(int(pair), len(self.ids))
            yield self.ids[one_], self.ids[other_]

    def first(self, some: Numbers) -> list[set[str]]:
        """For each of some marks the reports by whose side all others are looked at that have it, none where few have it."""
        return [
            {self.ids[n] for n in self._first(low, high)} if high - low > KNOWN else set()
            for low, high in zip(*self._ranges(some), strict=True)
        ]

    def _first(self, low: int, high: int) -> Numbers:
        mine = self._owner[low:high][~self._asks[low:high]]
        first: Numbers = mine[np.argsort(self._rank[mine])[:FIRST]]
        return first

    def _ranges(self, some: Numbers) -> tuple[Numbers, Numbers]:
        return np.searchsorted(self._every, some, "left"), np.searchsorted(self._every, some, "right")


def touched(before: Index, now: Index, changed: Collection[str]) -> set[str]:
    """The reports that are looked at with others than before, because of what others have: where a mark has become one of many or of few
    reports, and those that came to be, or are no more, the first of many.

    Args:
        before: who had which mark.
        now: who has it.
        changed: reports that came, went or are other than they were.
    """
    moved = np.union1d(before.has(changed), now.has(changed))
    was, counts = before.counts(moved), now.counts(moved)
    flipped = (was > KNOWN) != (counts > KNOWN)
    many = moved[(was > KNOWN) & (counts > KNOWN)]
    others = [one ^ other for one, other in zip(before.first(many), now.first(many), strict=True)]
    return now.owners(moved[flipped]).union(*others) & set(now.ids)
