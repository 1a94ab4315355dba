"""The reports of an archive as anchors look for them, asked for one by one."""

from __future__ import annotations

from sqlalchemy import select
from typing_extensions import override

from dateline.archive import schema as s
from dateline.archive.store import Store, chunks
from dateline.records import Anchor, Report
from dateline.review.anchors import Found, Whereabouts, again

_AT_ONCE = 200  # reports at hand


class StoredReports(Whereabouts):
    """The reports that an archive holds. Only those that an anchor can be in are loaded."""

    def __init__(self, store: Store) -> None:
        super().__init__([])
        self._store = store
        self._held: dict[str, Report | None] = {}

    @override
    def _homes(self, anchor: Anchor) -> list[Report]:
        v, c = s.versions.c, s.captures.c
        with self._store.read() as cx:
            of_version = cx.scalars(select(v.report).where(v.id == anchor.version).order_by(v.report)).all()
            rows = cx.execute(select(c.id, c.report).where(c.id.in_(anchor.captures)))
            owners: dict[str, str | None] = {row.id: row.report for row in rows}
        ids = sorted(of_version, key=lambda id: id != anchor.report)
        ids += [owner for id in anchor.captures if (owner := owners.get(id))]
        return [held for id in dict.fromkeys([*ids, anchor.report]) if (held := self._report(id)) is not None]

    @override
    def _anywhere(self, anchor: Anchor) -> list[Found]:
        """Found in every report of the archive, some of them at a time."""
        found: list[Found] = []
        with self._store.read() as cx:
            ids = list(cx.scalars(select(s.reports.c.id).order_by(s.reports.c.id)))
        for part in chunks(ids, _AT_ONCE):
            found += [hit for report in self._store.reports(part) if (hit := again(anchor, report)) is not None]
        return found

    def _report(self, id: str) -> Report | None:
        if id not in self._held:
            self._held[id] = next(iter(self._store.reports([id])), None)
        return self._held[id]
