"""An archive of reports that are read already: Tellings put where folding and reading would put them."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.archive.store import Store
from dateline.records import Report, Telling, Version


def put(store: Store, tellings: Iterable[Telling]) -> None:
    """Put reports with their Readings into an archive, in the place of those of their ids."""
    rows = []
    for told in tellings:
        report = Report(
            id=told.report, title=told.title, published=told.published, authors=[], publisher=told.publisher, language="en",
            origin=None, own_reporting=None, from_={}, captures=[f"c{told.report[1:]}"],
            versions=[Version(id=told.version, text=told.text, parts=told.parts, captures=[f"c{told.report[1:]}"])],
        )  # fmt: skip
        rows.append((report, told.reading))
    with store.write() as cx:
        store.drop_reports(cx, [report.id for report, _ in rows])
        store.put_reports(cx, [report for report, _ in rows])
        store.mark_stale(cx)
    store.put_readings(rows, "told")


def drop(store: Store, reports: Iterable[str]) -> None:
    """Take reports out of an archive."""
    with store.write() as cx:
        store.drop_reports(cx, reports)
        store.mark_stale(cx)
