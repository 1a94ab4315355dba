"""Folding inside an archive: a new capture is compared only with those that share a key with it.

Reports are the connected components of the pairs that `same_report` confirms, so the order of arrival does not matter: a
capture that confirms pairs in several reports unites them. Folding goes in two steps, and what a run that was cut short
left undone the next one does: `fold_in` says which captures belong together, `merge_in` makes the reports of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from sqlalchemy import Connection

from dateline.archive import wordings
from dateline.archive.store import Store
from dateline.fold.cluster import LIMIT
from dateline.fold.report import merge_sound, report_id
from dateline.fold.same import Body, same_report
from dateline.fold.sketch import sketch
from dateline.records import Extract, Report

_MERGED_AT_ONCE = 256  # reports that one transaction makes
_COMPARED_AT_ONCE = 32  # wordings whose likes are in memory together


def fold_in(store: Store, extracts: Sequence[Extract]) -> None:
    """Store what new captures hold and find out which of all captures are one report, in one transaction."""
    bodies = {e.id: Body(e.text, e.date) for e in extracts if e.no_article is None}
    wording: dict[int, Body] = {}
    owners: dict[int, list[str]] = defaultdict(list)
    alone: dict[str, str] = {}
    with store.write() as cx:
        store.put_extracts(cx, extracts)
        for id, body in sorted(bodies.items()):
            if len(body):
                wording[body.digest] = body
                owners[body.digest].append(id)
            else:  # a text without words is nobody's copy
                alone[id] = report_id([id])
        wordings.assign(cx, alone)
        known = wordings.reports_of(cx, wording)
        fresh = {digest: wording[digest] for digest in sorted(wording.keys() - known.keys())}
        groups = _Groups(wording)
        for digest, report in known.items():
            groups.unite(digest, report)
        _unite_alike(cx, fresh, groups)
        reports: dict[str, str] = {}
        told: list[tuple[Body, str]] = []
        for members in groups.all():
            digests = [member for member in members if isinstance(member, int)]
            united = [member for member in members if isinstance(member, str)]
            captures = [id for digest in digests for id in owners[digest]]
            firsts = (wordings.first_capture(cx, report) for report in united)
            name = report_id([*captures, *filter(None, firsts)])
            for old in sorted({*united} - {name}):
                wordings.unite(cx, old, name)
            told += [(fresh[digest], name) for digest in digests if digest in fresh]
            reports |= dict.fromkeys(captures, name)
        wordings.put(cx, told)
        wordings.assign(cx, reports)


def merge_in(store: Store, give_up: Callable[[Extract, Exception], Extract]) -> None:
    """Make the reports whose captures changed.

    Args:
        store: the archive's.
        give_up: called for a capture with which its report cannot be made; what it holds instead.
    """
    done = False
    while not done:
        with store.write() as cx:
            reports = wordings.unmerged(cx, _MERGED_AT_ONCE)
            done = len(reports) < _MERGED_AT_ONCE
            members = wordings.captures_of(cx, reports)
            held = store.extracts(cx, [capture for captures in members.values() for capture in captures])
            made: dict[str, Report] = {}
            for report, captures in members.items():
                if new := _make(cx, store, {capture: held[capture] for capture in captures}, give_up):
                    made[report] = new
            for report, new in made.items():
                if new.id != report:  # its first capture left
                    wordings.unite(cx, report, new.id)
            names = {*reports, *(new.id for new in made.values())}
            store.drop_reports(cx, sorted(names))
            store.put_reports(cx, list(made.values()))
            wordings.merged(cx, names)
            if reports:
                store.mark_stale(cx)


def _make(
    cx: Connection,
    store: Store,
    captures: Mapping[str, tuple[Extract, str | None]],
    give_up: Callable[[Extract, Exception], Extract],
) -> Report | None:
    """Make a report of its captures, None where it has none. Those with which it cannot be made leave it."""
    report, broken = merge_sound(captures)
    for extract, error in broken:
        wordings.leave(cx, extract.id)
        store.put_extracts(cx, [give_up(extract, error)])
    return report


def _unite_alike(cx: Connection, fresh: Mapping[int, Body], groups: _Groups) -> None:
    """Unite new wordings with each other and with the reports that have a wording like them."""
    keys = {digest: sketch(body).view(np.int64).tolist() for digest, body in fresh.items()}
    wordings.put_keys(cx, keys)
    lists = wordings.lists(cx, {key for each in keys.values() for key in each}, LIMIT)
    near: dict[int, set[int]] = {}
    for digest in fresh:
        near[digest] = {other for key in keys[digest] for other in _listed(cx, lists[key], key, digest)} - {digest}
    reports = wordings.reports_of(cx, set().union(*near.values()) - fresh.keys())
    for at in range(0, len(fresh), _COMPARED_AT_ONCE):
        part = list(fresh)[at : at + _COMPARED_AT_ONCE]
        at_hand = {**fresh, **wordings.bodies(cx, set().union(*(near[digest] for digest in part)) - fresh.keys())}
        for digest in part:
            for other in sorted(near[digest]):
                group = reports.get(other, other)
                if groups.of(group) != groups.of(digest) and same_report(fresh[digest], at_hand[other]):
                    groups.unite(digest, group)


def _listed(cx: Connection, first: Sequence[int], key: int, digest: int) -> Sequence[int]:
    """With whom of a key's list a new wording is compared: the first, and if it is one of these, everyone."""
    return wordings.whole_list(cx, key) if len(first) == LIMIT and digest <= first[-1] else first


class _Groups:
    """Which new wordings and existing reports belong together: disjoint sets of digests and ids."""

    def __init__(self, digests: Iterable[int]) -> None:
        self._parent: dict[int | str, int | str] = {digest: digest for digest in digests}

    def of(self, name: int | str) -> int | str:
        """The name that stands for the group of a name; one never seen stands for itself."""
        while self._parent.get(name, name) != name:
            name = self._parent[name]
        return name

    def unite(self, a: int | str, b: int | str) -> None:
        """Make one group of two."""
        self._parent.setdefault(b, b)
        self._parent[self.of(a)] = self.of(b)

    def all(self) -> list[list[int | str]]:
        """The groups of all names given or united."""
        members: dict[int | str, list[int | str]] = defaultdict(list)
        for name in self._parent:
            members[self.of(name)].append(name)
        return list(members.values())
