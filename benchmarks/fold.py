"""Fold: captures of the same article, by 32 extractors and with made noise. Speed beside a plain MinHash loop."""

from __future__ import annotations

import gzip
import subprocess
import sys
import time
from typing import Any

from benchmarks.harness import DATA, HERE, rows, score, write
from dateline.fold.cluster import fold


def run() -> dict[str, Any]:
    """Fold the captures of the dev half; B-cubed and cases, and captures a second of ours and of the plain loop."""
    source = DATA / "fold" / "captures.jsonl.gz"
    captures = [(row["id"], row["text"]) for row in rows(source)]
    start = time.perf_counter()
    reports = fold(captures)
    rate = len(captures) / (time.perf_counter() - start)
    predictions = write("fold", ({"id": name, "report": report} for name, report in reports.items()))
    metrics = score("fold", DATA / "fold" / "gold.jsonl.gz", predictions)
    metrics["captures_per_second"] = round(rate)
    metrics["captures_per_second_plain"] = _plain_rate(gzip.decompress(source.read_bytes()), len(captures))
    print(f"captures a second: {metrics['captures_per_second']}, plain loop {metrics['captures_per_second_plain']}")
    return metrics


def _plain_rate(lines: bytes, count: int) -> int:
    """Captures a second of scorers/rensa_loop.py on the same lines, reading and start-up within."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, str(HERE / "scorers" / "rensa_loop.py")], input=lines, capture_output=True, check=True
    )
    return round(count / (time.perf_counter() - start))
