"""Circles: which reports of a large archive are looked at together when events, promises and denials are joined.

Two reports are close when they tell of the same days and the same names. The closest are put into one circle first, and a circle
takes no more than `MOST` reports; what is linked in one circle hangs on no other. So a report that is added costs what its circle
costs, and the circles depend on the reports alone, not on the order in which they came. An archive of up to `FEW` reports is one
circle.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from dateline.edtf import bounds
from dateline.link.names import plain
from dateline.records import Telling

FEW = 1_000
"""Reports that are one circle whatever they tell."""

MOST = 200
"""Reports in a circle of a larger archive at most."""

_KNOWN = 64  # reports that have one mark, beyond which it tells nothing
_CLOSE = 2  # marks in common that make two reports close
_NAMES = 7  # names by which a report is known, those that it has oftenest
_PRECISE = 3  # days that a date covers at most to be a mark
_MIDDLE = 15  # days by which the second set of months is moved, so that no end of a month parts what belongs together

Marks = NDArray[np.int64]


def marks(telling: Telling) -> Marks:
    """What a report can be close to others by, as sorted numbers: the days that it tells of with who and where; any two of its names,
    alone and with the month of the report.
    """
    reading = telling.reading
    called = {actor.id: plain(actor.name) for actor in reading.actors}
    found: set[str] = set()
    for event in reading.events:
        covered = bounds(event.date)
        if covered is None or covered.days > _PRECISE:
            continue
        names = {called[id] for id in (*event.actors, *event.recipients) if id in called}
        if event.place is not None:
            names.add(plain(reading.places[event.place].name))
        found.update(f"{covered.first.toordinal()} {name}" for name in names)
        found.update(f"{covered.first.toordinal()} {a} {b}" for a, b in combinations(sorted(names), 2))
    often = Counter({called[actor.id]: len(actor.mentions) for actor in reading.actors if actor.kind != "state"})
    often.update(plain(place.name) for place in reading.places if place.use == "literal")
    known = sorted(often, key=lambda name: (-often[name], name))[:_NAMES]
    day = bounds(telling.published)
    months = {(day.first.toordinal() + moved) // 30 for moved in (0, _MIDDLE)} if day else set()
    for a, b in combinations(sorted(known), 2):
        found.add(f"{a} {b}")
        found.update(f"{month} {a} {b}" for month in months)
    return np.sort(np.array([_number(mark) for mark in found], dtype=np.int64))


def _number(mark: str) -> int:
    return int.from_bytes(hashlib.blake2b(mark.encode(), digest_size=8).digest(), "little", signed=True)


def circles(marked: Mapping[str, Marks], bound: Iterable[Sequence[str]] = ()) -> list[list[str]]:
    """The circles of some reports, each and all in order of their ids.

    Args:
        marked: the marks of every report.
        bound: reports that stay together whatever they tell, because a person said something on them.
    """
    names = sorted(marked)
    if len(names) <= FEW:
        return [names] if names else []
    at = {name: n for n, name in enumerate(names)}
    home = list(range(len(names)))
    size = [1] * len(names)

    def of(n: int) -> int:
        while home[n] != n:
            home[n] = home[home[n]]
            n = home[n]
        return n

    def unite(a: int, b: int, most: int) -> None:
        a, b = of(a), of(b)
        if a != b and size[a] + size[b] <= most:
            home[max(a, b)] = min(a, b)
            size[min(a, b)] += size[max(a, b)]

    for together in bound:
        known = [at[name] for name in together if name in at]
        for other in known[1:]:
            unite(known[0], other, len(names))
    for a, b in _closest([marked[name] for name in names]):
        unite(int(a), int(b), MOST)
    found: dict[int, list[str]] = {}
    for n, name in enumerate(names):
        found.setdefault(of(n), []).append(name)
    return list(found.values())


def _closest(marked: Sequence[Marks]) -> NDArray[np.int64]:
    """The pairs of reports, by index, that have enough marks in common, those that have most first."""
    every = np.concatenate(marked) if marked else np.zeros(0, dtype=np.int64)
    owner = np.repeat(np.arange(len(marked), dtype=np.int64), [len(one) for one in marked])
    order = np.lexsort((owner, every))
    every, owner = every[order], owner[order]
    first = np.flatnonzero(np.concatenate(([True], every[1:] != every[:-1]))) if len(every) else every
    length = np.diff(np.append(first, len(every)))
    pairs = []
    for n in range(2, _KNOWN + 1):
        starts = first[length == n]
        if len(starts):
            group = owner[starts[:, None] + np.arange(n)]
            low, high = np.triu_indices(n, 1)
            pairs.append((group[:, low] * len(marked) + group[:, high]).ravel())
    if not pairs:
        return np.zeros((0, 2), dtype=np.int64)
    coded, common = np.unique(np.concatenate(pairs), return_counts=True)
    coded, common = coded[common >= _CLOSE], common[common >= _CLOSE]
    coded = coded[np.lexsort((coded, -common))]
    return np.stack(np.divmod(coded, len(marked)), axis=1)
