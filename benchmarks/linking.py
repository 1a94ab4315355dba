"""What linking costs in archives of several sizes: everything at once, a hundred reports more, one decision more.

Each size in a process of its own, so that the peak of memory is its own. CPU time, not wall time: the machine may be shared.
"""

from __future__ import annotations

import multiprocessing
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import pile
from dateline.archive.archive import Archive
from dateline.archive.browse import Ask, Shelves
from dateline.sample import PRESS

SIZES = (1_000, 2_000, 10_000)
MORE = 100


def run(sizes: tuple[int, ...] = SIZES) -> dict[str, Any]:
    """Measure and print."""
    result: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as place:
        with Archive(Path(place) / "sample.db") as archive:
            archive.add([PRESS])
            reports = pile.told(archive)
        print(
            f"{'reports':>8}{'all, CPU s':>12}{'peak MB':>9}{f'+{MORE}, CPU s':>13}{'linked':>8}{'decision, CPU s':>17}{'linked':>8}"
        )
        for size in sizes:
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                found = pool.apply(measured, (Path(place) / f"{size}.db", reports, size))
            result[str(size)] = found
            print(
                f"{size:8,}{found['all']:12.1f}{found['peak']:9.0f}{found['more']:13.2f}{found['more linked']:8,}"
                f"{found['decision']:17.2f}{found['decision linked']:8,}",
                flush=True,
            )
    return result


def measured(path: Path, reports: list[str], size: int) -> dict[str, float]:
    """The CPU seconds of linking an archive of a size, of a hundred reports more, and of a decision; the peak of memory in MB."""
    found: dict[str, float] = {}
    with Archive(path) as archive:
        pile.put(archive.store, pile.copies(reports, size))
        found["all"], _ = _linked(archive)
        found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        pile.put(archive.store, pile.copies(reports, MORE, size))
        found["more"], found["more linked"] = _linked(archive)
        (statement,) = Shelves(archive.store).ids(Ask(noun="statements"), 1, size)
        archive.reviews.decide(statement, "reject", by="benchmark")
        found["decision"], found["decision linked"] = _linked(archive)
    return found


def _linked(archive: Archive) -> tuple[float, int]:
    """How long linking took, and how many reports were linked again."""
    linked = [0]

    def heard(progress: Any) -> None:
        linked[0] = progress.total or 0

    began = time.process_time()
    archive.relink(heard)
    return time.process_time() - began, linked[0]
