"""Two issues of a bulletin: texts written from one template, with other figures, dates and names all through.

A daily note on casualties, a market note, a weather note shares most of its words with yesterday's, and yet each is a
report of its own. An edit is told from a new issue by what stays: who corrects a report leaves most of its figures as
they were, who fills in a template changes most of them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.fold.words import CAPITALS, DIGITS, KINDS, Hashes, Words, mix, shingles

# A text's frame is its words with each row of figures and capitalised words as one slot; frames are laid on each other by
# their runs of this many.
_RUN = 4
_SLOT = np.uint64(1)
# Where more than this share of the words is capitalised, capitals mark no names.
_CAPITALS = 0.5
# So many different things stand otherwise in the slots, over at least this much of the text; fewer are enough where the
# texts are of different days.
_OTHER_DAY, _NO_DAY = 3, 4
_SPREAD = 0.5
# At least this share of the figures, or of the names, is another. On one and the same day it takes figures and some names
# (the first words of sentences look like names, and stay): then the bulletins are of different places or matches, while
# figures alone are brought up to date.
_MOST = 0.5
_NAMES = 0.2
_FEWEST = 3


class _Frame(NamedTuple):
    """A text's words with one token a slot. ``slot``: where in ``filled`` and ``figure`` a token's slot is, or -1."""

    tokens: Hashes
    slot: NDArray[np.int64]
    filled: Hashes
    figure: NDArray[np.bool_]


def two_issues(a: tuple[Words, str | None], b: tuple[Words, str | None]) -> bool:
    """Whether two texts that share most of their words are two issues of one bulletin. Symmetric.

    Args:
        a, b: the words of a text and its day, None where that is not known.
    """
    (one, day), (other, another) = sorted((a, b), key=lambda text: (len(text[0]), text[0].tobytes(), text[1] or ""))
    capitals = max(_share(one, CAPITALS), _share(other, CAPITALS)) <= _CAPITALS
    first, second = _frame(one, capitals), _frame(other, capitals)
    at_first, at_second = _laid(first.tokens, second.tokens)
    slots, inverse = np.unique(first.slot[at_first], return_index=True)
    at, places = second.slot[at_second][inverse], at_first[inverse]
    both = (slots >= 0) & (at >= 0)
    if not np.any(both):
        return False
    slots, at, places = slots[both], at[both], places[both]
    changed = first.filled[slots] != second.filled[at]
    figures = first.figure[slots] & second.figure[at]
    names = ~first.figure[slots] & ~second.figure[at]
    if not np.any(changed):
        return False
    extent = np.ptp(at_first) + 1
    if np.ptp(places[changed]) < _SPREAD * extent:
        return False
    pairs = first.filled[slots] * np.uint64(3) + second.filled[at]
    figures_differ = np.count_nonzero(figures) >= _FEWEST and float(np.mean(changed[figures])) >= _MOST
    distinct = len(np.unique(pairs[changed & (figures | names)]))
    if day is not None and day == another:
        renamed = len(np.unique(pairs[changed & names]))
        return bool(figures_differ and renamed >= _FEWEST and np.mean(changed[names]) >= _NAMES)
    names_differ = np.count_nonzero(names) >= _FEWEST and float(np.mean(changed[names])) >= _MOST
    least = _NO_DAY if day is None or another is None else _OTHER_DAY
    return bool(distinct >= least and (figures_differ or names_differ))


def _share(words: Words, kind: int) -> float:
    return float(np.mean(words % np.uint32(KINDS) == kind)) if len(words) else 0.0


def _frame(words: Words, capitals: bool) -> _Frame:
    kinds = words % np.uint32(KINDS)
    digits = kinds == DIGITS
    varying = digits | (kinds == CAPITALS) if capitals else digits
    goes_on = varying & np.append(False, varying[:-1])
    tokens = np.where(varying, _SLOT, words // np.uint32(KINDS) + np.uint64(2))[~goes_on]
    slot = np.where(tokens == _SLOT, np.cumsum(tokens == _SLOT) - 1, -1)
    starts = np.flatnonzero(varying & ~goes_on)
    inside = np.cumsum(~goes_on)[varying]
    order = (np.arange(len(words)) - np.flatnonzero(~goes_on)[np.cumsum(~goes_on) - 1])[varying]
    bounds = np.flatnonzero(np.append(True, inside[1:] != inside[:-1])) if len(starts) else starts
    numbers = mix((words[varying] // np.uint32(KINDS)).astype(np.uint64) + mix(order.astype(np.uint64)))
    filled = np.add.reduceat(numbers, bounds) if len(bounds) else numbers
    figure = np.logical_or.reduceat(digits[varying], bounds) if len(bounds) else digits[varying]
    return _Frame(tokens, slot, filled, figure)


def _laid(a: Hashes, b: Hashes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Positions in two frames that stand in the same run, in pairs. A run that comes again pairs in order, if it comes as often."""
    runs_a, runs_b = _numbered(shingles(a, _RUN)), _numbered(shingles(b, _RUN))
    _, at_a, at_b = np.intersect1d(runs_a, runs_b, assume_unique=True, return_indices=True)
    offsets = np.arange(min(_RUN, len(a), len(b)))
    return (at_a[:, None] + offsets).ravel(), (at_b[:, None] + offsets).ravel()


def _numbered(runs: Hashes) -> Hashes:
    """Runs, each with which of how many of its like it is, as one number."""
    order = np.argsort(runs, kind="stable")
    _, inverse, counts = np.unique(runs, return_inverse=True, return_counts=True)
    rank = np.empty(len(runs), dtype=np.int64)
    first = np.cumsum(counts) - counts
    rank[order] = np.arange(len(runs)) - first[inverse[order]]
    return mix(runs + (rank * 1_000_003 + counts[inverse]).astype(np.uint64))
