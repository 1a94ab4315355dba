"""What linking costs in archives of several sizes: everything at once, then one report more, ten, a hundred, and one decision.

What an addition touches is told as circles and reports that were linked again, and the CPU time of all of it: who is who is found over
the whole archive, ties and circles are not. The reports are copies of the packaged sample with other names, eight years of them, so in a
large pile many tell the same days in the same words: harder than news. Each size in a process of its own, so that the peak of memory is
its own. CPU time, not wall time: the machine may be shared. DATELINE_REPORTS names other sizes (``DATELINE_REPORTS=200,2000``).
Then what circles lose: pairs of tellings joined, disputes and outcomes over several reports, of those that linking without circles finds.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import re
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from sqlalchemy import select

from benchmarks import pile
from dateline.archive import schema as s
from dateline.archive.archive import Archive
from dateline.archive.browse import Ask, Shelves
from dateline.link import circles
from dateline.link.linker import link
from dateline.records import Linked, Telling
from dateline.sample import PRESS

SIZES = tuple(int(size) for size in os.environ.get("DATELINE_REPORTS", "200,1000,2000,10000").split(","))
COMPARED = 1_000
"""Reports that are linked with and without circles."""

ADDED = (1, 10, 100)
"""Reports that come, one lot after the other."""


def run(sizes: tuple[int, ...] = SIZES) -> dict[str, Any]:
    """Measure and print."""
    result: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as place:
        with Archive(Path(place) / "sample.db") as archive:
            archive.add([PRESS])
            reports = pile.told(archive)
        for size in sizes:
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                result[str(size)] = pool.apply(measured, (Path(place) / f"{size}.db", reports, size))
        result["kept"] = kept(list(pile.copies(reports, COMPARED)))
    return result


def kept(tellings: Sequence[Telling]) -> dict[str, tuple[int, int]]:
    """How much of what linking without circles finds over several reports is found with them: each with how much there is."""
    few = circles.FEW
    try:
        circles.FEW = len(tellings)
        whole = _joined(link(tellings))
        circles.FEW = 0
        parts = _joined(link(tellings))
    finally:
        circles.FEW = few
    found = {name: (len(whole[name] & parts[name]), len(whole[name])) for name in whole}
    for name, (here, there) in found.items():
        print(f"{here:,} of {there:,} {name} that linking {len(tellings):,} reports without circles finds")
    return found


def _joined(linked: Linked) -> dict[str, set[Any]]:
    """What is told by several reports together."""
    lines: dict[str | None, set[str]] = {}
    for event in linked.events:
        lines.setdefault(event.entry, set()).update(event.reports)
    return {
        "pairs of tellings": {
            frozenset(((a.report, a.start), (b.report, b.start)))
            for event in linked.events
            for a, b in combinations(event.pins, 2)
            if a.report != b.report
        },
        "disputes": {
            frozenset((side.report, side.pin.start) for side in dispute.sides)
            for dispute in linked.disputes
            if len({side.report for side in dispute.sides}) > 1
        },
        "outcomes": {
            (made.pin.report, made.pin.start, made.outcome)
            for made in linked.commitments
            if made.outcome_entry and lines[made.outcome_entry].isdisjoint(made.reports)
        },
    }


def measured(path: Path, reports: list[str], size: int) -> dict[str, Any]:
    """Link an archive of a size, add to it and decide; the circles, reports and CPU seconds of each, the peak of memory in MB."""
    found: dict[str, Any] = {}
    order = random.Random(1).sample(range(size + sum(ADDED)), size + sum(ADDED))

    def some(first: int, number: int) -> Iterator[Telling]:
        return (telling for n in order[first : first + number] for telling in pile.copies(reports, 1, n))

    with Archive(path) as archive:
        pile.put(archive.store, some(0, size))
        found["all"] = _linked(archive, f"{size:,} at once")
        found["peak"] = _peak()
        print(f"{'':22}peak of memory {found['peak']:.0f} MB", flush=True)
        at = size
        for more in ADDED:
            pile.put(archive.store, some(at, more))
            at += more
            found[f"+{more}"] = _linked(archive, f"{more} more")
        (statement,) = Shelves(archive.store).ids(Ask(noun="statements"), 1, size)
        archive.reviews.decide(statement, "reject", by="benchmark")
        found["decision"] = _linked(archive, "a decision")
    return found


def _linked(archive: Archive, what: str) -> dict[str, float]:
    """Link, and print what was linked: circles that are made of something else than before, their reports, CPU seconds."""
    linked = [0]

    def heard(progress: Any) -> None:
        linked[0] = progress.total or 0

    before = _circles(archive)
    began = time.process_time()
    archive.relink(heard)
    cpu = time.process_time() - began
    now = _circles(archive)
    changed = sum(before.get(id) != digest for id, digest in now.items())
    print(f"{what:22}{changed:6,} of {len(now):6,} circles, {linked[0]:6,} reports, {cpu:8.1f} s of CPU", flush=True)
    return {"circles": changed, "of": len(now), "reports": linked[0], "CPU": cpu}


def _peak() -> float:
    """The largest size of this process so far, in MB; of it alone, where the system tells."""
    status = Path("/proc/self/status")
    if status.exists() and (found := re.search(r"VmHWM:\s*(\d+) kB", status.read_text())):
        return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _circles(archive: Archive) -> dict[str, str]:
    with archive.store.read() as cx:
        return {row.id: row.digest for row in cx.execute(select(s.circles))}
