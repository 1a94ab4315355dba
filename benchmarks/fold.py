"""Fold: captures of the same article, by 32 extractors and with made noise. Speed beside a plain MinHash loop."""

from __future__ import annotations

import gzip
import resource
import subprocess
import sys
import time
from typing import Any

from benchmarks.harness import DATA, HERE, rows, score, write
from dateline.fold.cluster import fold
from dateline.fold.same import Body


def run() -> dict[str, Any]:
    """Fold the captures of the dev half; B-cubed and cases, and captures a second of CPU time of ours and of the plain loop."""
    source = DATA / "fold" / "captures.jsonl.gz"
    start = time.process_time()
    reports = fold((row["id"], Body(row["text"])) for row in rows(source))
    rate = len(reports) / (time.process_time() - start)
    predictions = write("fold", ({"id": name, "report": report} for name, report in reports.items()))
    metrics = score("fold", DATA / "fold" / "gold.jsonl.gz", predictions)
    metrics["captures_per_second"] = round(rate)
    metrics["captures_per_second_plain"] = _plain_rate(gzip.decompress(source.read_bytes()), len(reports))
    print(
        f"captures a second of CPU: {metrics['captures_per_second']}, plain loop {metrics['captures_per_second_plain']}"
    )
    return metrics


def _plain_rate(lines: bytes, count: int) -> int:
    """Captures a second of CPU time of scorers/rensa_loop.py on the same lines, reading and start-up within."""
    start = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, str(HERE / "scorers" / "rensa_loop.py")], input=lines, capture_output=True, check=True
    )
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    return round(count / (end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime))
