"""One partition of the reports: the extracts that folding brought together to reports, and these to Readings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec

from dateline.archive.steps import given_up, read_reports
from dateline.fold.report import merge_sound
from dateline.records import Extract
from dateline.scale.storage import Storage
from dateline.scale.tables import REFUSED, REPORTS, json, part, schema


def read(out: Storage, files: Sequence[str], number: int) -> Counter[str]:
    """Make the reports of a partition and read them; write them and what was refused.

    Args:
        out: where the result is.
        files: those of the table of what was folded that are of this partition.
        number: the partition.

    Returns:
        How many there were of each.
    """
    counts: Counter[str] = Counter()
    with (
        out.table(part(REPORTS, number), schema(REPORTS)) as rows,
        out.table(part(REFUSED, number, "report"), schema(REFUSED)) as refused,
    ):
        for captures in _gathered(out, files):
            report, broken = merge_sound(captures)
            for lost, error in broken:
                refused.put(msgspec.structs.asdict(given_up(lost.id, lost.path or lost.id, None, error)[1]))
            if report is None:
                continue
            ((reading, failed),) = read_reports([report])
            why = json(failed) if failed else None
            rows.put({"id": report.id, "report": json(report), "reading": json(reading), "failed": why})
            counts["refused"] += failed is not None
            counts["reports read" if reading.read else "reports not read"] += 1
        counts["reports"] = rows.count
        counts["refused"] += refused.count
    return counts


def _gathered(out: Storage, files: Sequence[str]) -> list[dict[str, tuple[Extract, str | None]]]:
    """The captures of each report, by id; in order of the reports, whatever the order of the files and of their rows."""
    first: dict[str, tuple[int, str, str, str | None]] = {}
    for file in files:
        for batch in out.rows(file):
            for row in batch:
                told = (row["seq"], row["report"], row["extract"], row["captured"])
                first[row["id"]] = min(first.get(row["id"], told), told, key=lambda each: each[0])
    reports: dict[str, list[str]] = defaultdict(list)
    for id, (_, report, _, _) in first.items():
        reports[report].append(id)
    decode = msgspec.json.Decoder(Extract).decode
    return [{id: (decode(first[id][2]), first[id][3]) for id in sorted(reports[report])} for report in sorted(reports)]
