"""Captures to reports in one go, in memory: who shares a key is compared, and who is the same is joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dateline.fold.same import BOTH, SAMPLE, WIDTH, Body, same_report
from dateline.fold.sketch import sketch
from dateline.fold.words import Hashes, Words, among

# Of the texts that share a key, each is compared with the first so many, by digest. More than that share a key when one
# report has so many wordings, which hang together by the first ones, or a notice stands in so many reports.
LIMIT = 64
# Texts whose sorted runs are kept while pairs are compared.
_AT_HAND = 4096
# Pairs whose samples are compared in one go.
_AT_ONCE = 16_384

# Runs are held by their upper half, with the number of their wording before it.
_HALF = np.uint64(32)
_LOW = np.uint64(2**32 - 1)
# A pair of wordings is one number: the first, then so many bits of the second.
_PAIR = 31

_Numbers = NDArray[np.int64]


def fold(texts: Iterable[tuple[str, Body]]) -> dict[str, str]:
    """The report of each text.

    Args:
        texts: ids, each once, and bodies.

    Returns:
        A name of the report by id: the smallest id in it. The reports are the connected components of the pairs that
        share a key and are the same report, so the order of the texts does not matter.
    """
    pile = _Pile(texts)
    reports = _Reports(len(pile.wordings))

    @lru_cache(_AT_HAND)
    def body(wording: int) -> Body:
        return Body.of(*pile.wordings[wording])

    def compare(pairs: _Numbers) -> None:
        for one, other in pile.alike(pairs).tolist():
            if reports.of(one) != reports.of(other) and same_report(body(one), body(other)):
                reports.join(one, other)

    compare(pile.neighbours())
    compare(pile.apart(reports.all()))
    roots = reports.all()
    names: dict[int, str] = {}
    for wording, ids in enumerate(pile.names):
        root, name = int(roots[wording]), min(ids)
        names[root] = min(names.get(root, name), name)
    found = {id: names[int(roots[wording])] for wording, ids in enumerate(pile.names) for id in ids}
    return {id: found.get(id, id) for id in pile.order}


class _Pile:
    """Texts, each wording once, in order of their digests; and who shares a key with whom.

    ``order`` has the ids as they came, ``names`` those of each wording. The wordings that share a key are a list: a stretch
    of ``members`` between two ``bounds``.
    """

    def __init__(self, texts: Iterable[tuple[str, Body]]) -> None:
        self.order: list[str] = []
        found: dict[int, tuple[Words, str | None, NDArray[np.uint32], Hashes, list[str]]] = {}
        for id, body in texts:
            self.order.append(id)
            if not len(body):  # a text without words is nobody's copy
                continue
            if body.digest in found:
                found[body.digest][-1].append(id)
            else:
                runs = (body.known >> _HALF).astype(np.uint32)
                found[body.digest] = (body.words, body.day, runs, sketch(body), [id])
        ranked = [found.pop(digest) for digest in sorted(found)]
        self.wordings = [(words, day) for words, day, *_ in ranked]
        self.names = [ids for *_, ids in ranked]
        self._index([keys for _, _, _, keys, _ in ranked])
        self._lengths = np.array([len(words) for words, _ in self.wordings], dtype=np.int64)
        self._ends = np.cumsum([len(runs) for _, _, runs, _, _ in ranked])
        self._runs = np.zeros(int(self._ends[-1]) if ranked else 0, dtype=np.uint64)
        for number, (_, _, runs, _, _) in enumerate(ranked):
            end = self._ends[number]
            self._runs[end - len(runs) : end] = runs + (np.uint64(number) << _HALF)

    def _index(self, sketches: Sequence[Hashes]) -> None:
        keys = np.concatenate(sketches) if sketches else np.zeros(0, dtype=np.uint64)
        owners = np.repeat(np.arange(len(sketches)), [len(each) for each in sketches])
        order = np.argsort(keys, kind="stable")
        keys, owners = keys[order], owners[order]
        starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else np.zeros(0, dtype=np.int64)
        sizes = np.diff(np.append(starts, len(keys)))
        listed = np.repeat(sizes > 1, sizes)
        self.members: _Numbers = owners[listed]
        self.bounds: _Numbers = np.append(0, np.cumsum(sizes[sizes > 1]))

    def alike(self, pairs: _Numbers) -> _Numbers:
        """Those of some pairs that may be the same by a sample of the shorter one's runs: as `same_report` begins, for many.

        Of most pairs that share a key by a sentence in common nothing more needs to be looked at.
        """
        chunks = [pairs[at : at + _AT_ONCE] for at in range(0, len(pairs), _AT_ONCE)]
        return np.concatenate([pairs[:0], *(chunk[self._may_be_same(chunk)] for chunk in chunks)])

    def _may_be_same(self, pairs: _Numbers) -> NDArray[np.bool_]:
        lengths = self._lengths[pairs]
        swapped = lengths[:, 0] > lengths[:, 1]
        small, large = np.where(swapped, pairs[:, 1], pairs[:, 0]), np.where(swapped, pairs[:, 0], pairs[:, 1])
        ends = self._ends[small]
        starts = np.where(small > 0, self._ends[small - 1], 0)
        sizes = np.minimum(SAMPLE, ends - starts)
        places = starts[:, None] + np.arange(SAMPLE)
        inside = places < (starts + sizes)[:, None]
        low = self._runs[np.minimum(places, len(self._runs) - 1)] & _LOW
        sought = low | (large.astype(np.uint64) << _HALF)[:, None]
        shared = np.count_nonzero(among(sought, self._runs) & inside, axis=1)
        may: NDArray[np.bool_] = (lengths[:, 0] == lengths[:, 1]) | (shared * WIDTH >= BOTH * sizes)
        return may

    def neighbours(self) -> _Numbers:
        """The pairs that stand one after the other in a list, each once: enough where a list is one report."""
        last = np.zeros(len(self.members), dtype=np.bool_)
        last[self.bounds[1:] - 1] = True
        at = np.flatnonzero(~last)
        return _distinct(self.members[at], self.members[at + 1])

    def apart(self, roots: _Numbers) -> _Numbers:
        """The pairs in a list that are not yet of one report, each once; one of the two is among the first of the list."""
        if not len(self.members):
            return np.zeros((0, 2), dtype=np.int64)
        own = roots[self.members]
        mixed = np.minimum.reduceat(own, self.bounds[:-1]) != np.maximum.reduceat(own, self.bounds[:-1])
        found = list(self._across(np.flatnonzero(mixed).tolist(), own))
        ones, others = zip(*found, strict=True) if found else ([], [])
        return _distinct(np.array([*ones], dtype=np.int64), np.array([*others], dtype=np.int64))

    def _across(self, lists: Sequence[int], own: _Numbers) -> Iterator[tuple[int, int]]:
        seen: set[tuple[int, ...]] = set()
        for each in lists:
            members = self.members[self.bounds[each] : self.bounds[each + 1]]
            of = own[self.bounds[each] : self.bounds[each + 1]]
            same = tuple(members.tolist())
            if same in seen:
                continue
            seen.add(same)
            for at, one in enumerate(same[:LIMIT]):
                for other in members[at + 1 :][of[at + 1 :] != of[at]].tolist():
                    yield one, other


def _distinct(ones: _Numbers, others: _Numbers) -> _Numbers:
    """Pairs in order, each once; the first of a pair is the smaller one already."""
    pairs = np.unique(ones << _PAIR | others)
    return np.stack([pairs >> _PAIR, pairs & ((1 << _PAIR) - 1)], axis=1)


class _Reports:
    """Disjoint sets of numbers."""

    def __init__(self, size: int) -> None:
        self._parents = list(range(size))

    def of(self, number: int) -> int:
        """The number that stands for the set of a number."""
        parents = self._parents
        while parents[number] != number:
            parents[number] = number = parents[parents[number]]
        return number

    def join(self, a: int, b: int) -> None:
        """Make one set of two."""
        first, second = sorted((self.of(a), self.of(b)))
        self._parents[second] = first

    def all(self) -> _Numbers:
        """The number that stands for the set of each number."""
        return np.array([self.of(number) for number in range(len(self._parents))], dtype=np.int64)
