"""Scale: a made wire of 100,000 captures through ``dateline fold`` and the plain MinHash loop; a part of it into an archive."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.harness import DATA, HERE, OUT, score

CAPTURES = int(os.environ.get("WIRE_CAPTURES", "100000"))
ARCHIVED = int(os.environ.get("WIRE_ARCHIVED", "4000"))
DATELINE = [sys.executable, "-c", "from dateline.cli import main; main()"]


def run() -> dict[str, Any]:
    """B-cubed, captures a second of CPU time and peak memory of both; CPU seconds of adding the first and the last quarter."""
    OUT.mkdir(parents=True, exist_ok=True)
    wire, gold = OUT / "wire.jsonl", OUT / "wire.gold.jsonl"
    source = DATA / "fold" / "captures.jsonl.gz"
    make = [
        sys.executable,
        str(HERE / "scorers" / "make_wire.py"),
        str(source),
        "--out",
        str(wire),
        "--gold",
        str(gold),
    ]
    subprocess.run([*make, "--count", str(CAPTURES)], check=True)
    folds = {
        "dateline": [*DATELINE, "fold", "--json"],
        "plain": [sys.executable, str(HERE / "scorers" / "rensa_loop.py")],
    }
    result: dict[str, Any] = {}
    for name, command in folds.items():
        predictions = OUT / f"wire.{name}.jsonl"
        seconds, peak = _measured(command, wire, predictions)
        rate = round(CAPTURES / seconds)
        metrics = score("fold", gold, predictions)
        result[name] = {"captures_per_second": rate, "peak_mb": peak, "b3_f1": metrics["b3_f1"]}
        print(f"{name}: {rate} captures a second of CPU, peak {peak} MB")
    result["archive"] = _archived(wire)
    return result


def _archived(wire: Path) -> list[dict[str, Any]]:
    """CPU seconds and peak memory of ``add --no-read``, quarter by quarter into one archive."""
    quarters = []
    with TemporaryDirectory() as folder, wire.open(encoding="utf-8") as lines:
        for number in range(4):
            part = Path(folder) / f"{number}.jsonl"
            part.write_text("".join(islice(lines, ARCHIVED // 4)), encoding="utf-8")
            command = [*DATELINE, "add", str(part), "--no-read", "--archive", str(Path(folder) / "wire.db")]
            seconds, peak = _measured(command, None, None)
            quarters.append({"captures": ARCHIVED // 4, "seconds": round(seconds, 1), "peak_mb": peak})
            print(f"archive, quarter {number + 1}: {ARCHIVED // 4} captures in {seconds:.1f} s of CPU, peak {peak} MB")
    return quarters


def _measured(command: list[str], source: Path | None, out: Path | None) -> tuple[float, int]:
    """CPU seconds (user and system) and peak memory in MB of a command that reads from one file and writes to another."""
    with open(source or os.devnull, "rb") as given, open(out or os.devnull, "wb") as taken:
        process = subprocess.Popen(command, stdin=given, stdout=taken, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{' '.join(command[-4:])} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024
