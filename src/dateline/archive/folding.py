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
from dateline.fold.report import merge, report_id
from dateline.fold.same import Body, same_report
from dateline.fold.sketch import sketch
from dateline.records import Extract

_MERGED_AT_ONCE = 64  # reports that one transaction makes


def fold_in(store: Store, extracts: Sequence[Extract]) -> None:
    """Store what new captures hold and find out which of all captures are one report, in one transaction."""
    bodies = {e.id: Body(e.text, e.date) for e in extracts if e.no_article is None}
    wording: dict[int, Body] = {}
    owners: dict[int, list[str]] = defaultdict(list)
    with store.write() as cx:
        for new in extracts:
            store.put_extract(cx, new)
        for id, body in sorted(bodies.items()):
            if len(body):
                wording[body.digest] = body
                owners[body.digest].append(id)
            else:  # a text without words is nobody's copy
                wordings.assign(cx, [id], [], report_id([id]))
        known = wordings.reports_of(cx, wording)
        fresh = {digest: wording[digest] for digest in sorted(wording.keys() - known.keys())}
        groups = _Groups(wording)
        for digest, report in known.items():
            groups.unite(digest, report)
        _unite_alike(cx, fresh, groups)
        for members in groups.all():
            digests = [member for member in members if isinstance(member, int)]
            united = [member for member in members if isinstance(member, str)]
            captures = [id for digest in digests for id in owners[digest]]
            firsts = (wordings.first_capture(cx, report) for report in united)
            name = report_id([*captures, *filter(None, firsts)])
            wordings.put(cx, [fresh[digest] for digest in digests if digest in fresh], name)
            wordings.assign(cx, captures, united, name)


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
            made = [_make(cx, store, report, give_up) for report in reports]
            wordings.merged(cx, {*reports, *filter(None, made)})
            if reports:
                store.mark_stale(cx)


def _make(cx: Connection, store: Store, report: str, give_up: Callable[[Extract, Exception], Extract]) -> str | None:
    """Make a report of its captures; its id, None where it has none."""
    captures = store.extracts(cx, wordings.captures_of(cx, report))
    made = None
    while captures and made is None:
        try:
            made = merge(list(captures.values()))
        except Exception as error:  # one of them breaks it: the others get through without it
            broken, _ = captures.pop(_culprit(captures))
            wordings.leave(cx, broken.id)
            store.put_extract(cx, give_up(broken, error))
    store.drop_report(cx, report)
    if made is None:
        return None
    if made.id != report:  # its first capture left
        store.drop_report(cx, made.id)
        wordings.assign(cx, [], [report], made.id)
    store.put_report(cx, made)
    return made.id


def _culprit(captures: Mapping[str, tuple[Extract, str | None]]) -> str:
    """The capture that makes no report even alone, else the last."""
    for id, capture in captures.items():
        try:
            merge([capture])
        except Exception:
            return id
    return max(captures)


def _unite_alike(cx: Connection, fresh: Mapping[int, Body], groups: _Groups) -> None:
    """Unite new wordings with each other and with the reports that have a wording like them."""
    keys = {digest: sketch(body).view(np.int64).tolist() for digest, body in fresh.items()}
    wordings.put_keys(cx, keys)
    lists = wordings.lists(cx, {key for each in keys.values() for key in each}, LIMIT)
    near: dict[int, set[int]] = {}
    for digest in fresh:
        near[digest] = {other for key in keys[digest] for other in _listed(cx, lists[key], key, digest)} - {digest}
    reports = wordings.reports_of(cx, set().union(*near.values()) - fresh.keys())
    at_hand = dict(fresh)
    for digest, body in fresh.items():
        for other in sorted(near[digest]):
            group = reports.get(other, other)
            if groups.of(group) == groups.of(digest):
                continue
            if other not in at_hand:
                at_hand[other] = wordings.body(cx, other)
            if same_report(body, at_hand[other]):
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
