"""Size: a made wire of a million captures into one archive with ``add --no-read``, a tenth at a time; then a thousand more.

Every add is a process of its own, so what it costs and the most memory it holds are what the system says of it.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.add import DATELINE, measured
from benchmarks.harness import DATA, HERE, OUT, Row, rows, score, write

CAPTURES = int(os.environ.get("MILLION_CAPTURES", "1000000"))
FOLDER = Path(os.environ.get("MILLION_FOLDER", OUT / "million"))
FURTHER = 1_000


def run() -> dict[str, Any]:
    """What each tenth cost, what a thousand more cost at a hundredth, a tenth and the whole, and B-cubed of the whole."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wire, gold = FOLDER / "wire.jsonl", FOLDER / "gold.jsonl"
    if not wire.exists():
        make = [str(HERE / "scorers" / "make_wire.py"), str(DATA / "fold" / "captures.jsonl.gz")]
        count = ["--count", str(CAPTURES + FURTHER)]
        subprocess.run([sys.executable, *make, "--out", str(wire), "--gold", str(gold), *count], check=True)
    tenth = CAPTURES // 10
    with wire.open(encoding="utf-8") as lines:
        archive = _Archive("whole", lines)
        further = {tenth: archive.filled(tenth).add(FURTHER)}
        archive.add(tenth - FURTHER)
        for _ in range(8):
            archive.add(tenth)
        further[CAPTURES] = archive.add(FURTHER)
    with wire.open(encoding="utf-8") as lines:
        small = _Archive("small", lines)
        further[tenth // 10] = small.filled(tenth // 10).add(FURTHER)
    metrics = score("fold", gold, write("million", archive.reports(gold)))
    return {"adds": archive.adds, "further": further, "b3_f1": metrics["b3_f1"]}


class _Archive:
    """An archive that the captures of a wire are added to, some at a time."""

    def __init__(self, name: str, lines: Iterator[str]) -> None:
        self.path = FOLDER / f"{name}.db"
        self.lines = lines
        self.taken = 0
        self.adds: list[dict[str, Any]] = []
        for end in ("", "-wal", "-shm"):
            Path(f"{self.path}{end}").unlink(missing_ok=True)

    def filled(self, count: int) -> _Archive:
        """Itself, with so many captures more."""
        self.add(count)
        return self

    def add(self, count: int) -> dict[str, Any]:
        """Add so many captures in a process of its own.

        What it took: seconds of the clock and of CPU, memory, what was written to the disk; and the archive's size after it.
        """
        part = FOLDER / f"{self.path.stem}-{self.taken}.jsonl"
        with part.open("w", encoding="utf-8") as out:
            out.writelines(islice(self.lines, count))
        told = measured([*DATELINE, "add", str(part), "--no-read", "--archive", str(self.path)])
        part.unlink()
        self.taken += count
        del told["said"]
        told |= {"added": count, "in_all": self.taken, "archive_mb": self.path.stat().st_size >> 20}
        print(told, flush=True)
        self.adds.append(told)
        return told

    def reports(self, gold: Path) -> Iterator[Row]:
        """The captures as the gold calls them, each with its report."""
        ids = [row["id"] for row in rows(gold)]
        query = "SELECT path, record, coalesce(report, capture) FROM sightings JOIN captures ON captures.id = sightings.capture"
        with closing(sqlite3.connect(self.path)) as cx:
            for path, record, report in cx.execute(query):
                first, line = int(path.rpartition("-")[2].removesuffix(".jsonl")), int(record.removeprefix("line "))
                yield {"id": ids[first + line - 1], "report": report}
