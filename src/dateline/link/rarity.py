"""How much it tells that two sentences share a word: rare words much, those of every other sentence little.

The table is one for all archives, so that what speaks for two tellings hangs on the two alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

_ENOUGH = 3  # words that two sentences must share to be as like as they can be


class _Lists(msgspec.Struct, frozen=True):
    """What stems tell (`training.rarity`): those that tell as much as each other in one text, and what an ``unknown`` one tells."""

    unknown: float
    stems: dict[float, str]


@cache
def _table() -> tuple[float, dict[str, float]]:
    lists = msgspec.json.decode(files("dateline.data").joinpath("rarity.json").read_bytes(), type=_Lists, strict=False)
    return lists.unknown, {stem: tells for tells, stems in lists.stems.items() for stem in stems.split()}


def tells(stem: str) -> float:
    """What one stem tells."""
    unknown, table = _table()
    return table.get(stem, unknown)


def weight(stems: Iterable[str]) -> float:
    """What some stems tell together. The sum is exact, so that no order changes it."""
    return math.fsum(map(tells, stems))


@lru_cache(maxsize=50_000)
def _total(stems: frozenset[str]) -> float:
    return weight(stems)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Which share of what the smaller sentence tells both have, from 0 to 1; less where they share but few words."""
    both = one & other
    low = min(_total(one), _total(other))
    return weight(both) / low * min(1.0, len(both) / _ENOUGH) if both and low else 0.0
