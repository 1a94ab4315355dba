"""Captures to reports in one go, in memory: who shares a key is compared, and who is the same is joined."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain

from dateline.fold.same import SHARED, Body, same_report
from dateline.fold.sketch import sketch


def fold(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The report of each text.

    Args:
        texts: (id, text) pairs; each id once.

    Returns:
        A name of the report by id: the smallest id in it. The reports are the connected components of the pairs that
        share a key and are the same report, so the order of the texts does not matter.
    """
    bodies: dict[str, Body] = {}
    reports = _Reports()
    index: dict[int, list[str]] = defaultdict(list)
    for name, text in texts:
        body = Body(text)
        keys = sketch(body)
        near = Counter(chain.from_iterable(map(index.__getitem__, keys)))
        for other, shared in near.items():
            if shared < min(SHARED, len(keys)):
                continue
            if reports.of(name) != reports.of(other) and same_report(body, bodies[other]):
                reports.join(name, other)
        bodies[name] = body
        for key in keys:
            index[key].append(name)
        reports.of(name)
    return {name: reports.of(name) for name in bodies}


class _Reports:
    """Disjoint sets of ids, each named by its smallest."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The report that an id is in, a new one for a new id."""
        parents = self._parents
        root = parents.setdefault(name, name)
        while root != parents[root]:
            root = parents[root]
        while parents[name] != root:
            parents[name], name = root, parents[name]
        return root

    def join(self, a: str, b: str) -> None:
        """Make one report of two."""
        first, second = sorted((self.of(a), self.of(b)))
        self._parents[second] = first
