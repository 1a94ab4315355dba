"""Folding inside an archive: a new capture is compared only with those that share a sketch key with it.

Reports are the connected components of the pairs that `same_report` confirms, so the order of arrival does not matter: a
capture that confirms pairs in several reports unites them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from dateline.archive.store import Store
from dateline.fold.report import merge
from dateline.fold.same import Body, same_report
from dateline.fold.sketch import sketch
from dateline.records import Extract


def fold_in(store: Store, extracts: Sequence[Extract]) -> None:
    """Store what new captures hold and fold them into reports, all in one transaction."""
    fresh = {e.id: Body(e.text) for e in extracts if e.no_article is None}
    keys = {e.id: sketch(e.text) for e in extracts if e.no_article is None}
    with store.write() as cx:
        for new in extracts:
            store.put_extract(cx, new.id, new, keys.get(new.id, ()))
        groups = _Groups(fresh)
        known = dict(fresh)
        for id in sorted(fresh):
            near: dict[str, list[str]] = defaultdict(list)
            for candidate, report in sorted(store.candidates(cx, keys[id], but=id).items()):
                near[groups.of(report or candidate)].append(candidate)
            for group, candidates in near.items():
                if groups.of(group) == groups.of(id):
                    continue
                for other in candidates:
                    if other not in known:
                        known[other] = Body(store.extracts(cx, [other])[other][0].text)
                    if same_report(fresh[id], known[other]):
                        groups.unite(id, group)
                        break
        for members in groups.all():
            reports = [name for name in members if name not in fresh]
            captures = [*store.captures_of(cx, reports), *(name for name in members if name in fresh)]
            store.replace_reports(cx, reports, merge(list(store.extracts(cx, captures).values())))


class _Groups:
    """Which new captures and existing reports belong together: disjoint sets of their ids."""

    def __init__(self, names: Iterable[str]) -> None:
        self._parent = {name: name for name in names}

    def of(self, name: str) -> str:
        """The name that stands for the group of a name; one never seen stands for itself."""
        while self._parent.get(name, name) != name:
            name = self._parent[name]
        return name

    def unite(self, a: str, b: str) -> None:
        """Make one group of two."""
        self._parent.setdefault(b, b)
        self._parent[self.of(a)] = self.of(b)

    def all(self) -> list[list[str]]:
        """The groups of all names given or united, each in order."""
        members: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self._parent):
            members[self.of(name)].append(name)
        return list(members.values())
