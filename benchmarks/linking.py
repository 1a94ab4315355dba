"""What linking costs in archives of several sizes: everything at once, then one report more, ten, a hundred, and one decision.

What an addition touches is told as circles and reports that were linked again, and the CPU time of all of it: who is who is found over
the whole archive, ties and circles are not. The reports are copies of the packaged sample with other names, eight years of them, so in a
large pile many tell the same days in the same words: harder than news. Each size in a process of its own, so that the peak of memory is
its own. CPU time, not wall time: the machine may be shared. DATELINE_REPORTS names other sizes (``DATELINE_REPORTS=200,2000``).
"""

from __future__ import annotations

import multiprocessing
import os
import random
import re
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

from sqlalchemy import select

from benchmarks import pile
from dateline.archive import schema as s
from dateline.archive.archive import Archive
from dateline.archive.browse import Ask, Shelves
from dateline.sample import PRESS

SIZES = tuple(int(size) for size in os.environ.get("DATELINE_REPORTS", "200,1000,2000,10000").split(","))
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
    return result


def measured(path: Path, reports: list[str], size: int) -> dict[str, Any]:
    """Link an archive of a size, add to it and decide; the circles, reports and CPU seconds of each, the peak of memory in MB."""
    found: dict[str, Any] = {}
    tellings = list(pile.copies(reports, size + sum(ADDED)))
    random.Random(1).shuffle(tellings)
    with Archive(path) as archive:
        pile.put(archive.store, tellings[:size])
        found["all"] = _linked(archive, f"{size:,} at once")
        found["peak"] = _peak()
        print(f"{'':22}peak of memory {found['peak']:.0f} MB", flush=True)
        at = size
        for more in ADDED:
            pile.put(archive.store, tellings[at : at + more])
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
    circles = _circles(archive)
    changed = sum(before.get(id) != digest for id, digest in circles.items())
    print(
        f"{what:22}{changed:6,} of {len(circles):6,} circles, {linked[0]:6,} reports, {cpu:8.1f} s of CPU", flush=True
    )
    return {"circles": changed, "of": len(circles), "reports": linked[0], "CPU": cpu}


def _peak() -> float:
    """The largest size of this process so far, in MB; of it alone, where the system tells."""
    status = Path("/proc/self/status")
    if status.exists() and (found := re.search(r"VmHWM:\s*(\d+) kB", status.read_text())):
        return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _circles(archive: Archive) -> dict[str, str]:
    with archive.store.read() as cx:
        return {row.id: row.digest for row in cx.execute(select(s.circles))}
