"""Adding: a made wire from captures to chronicle, what each step takes of it, and what a second process brings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.harness import DATA, HERE
from dateline.archive import archive as street
from dateline.archive.archive import Archive

CAPTURES = int(os.environ.get("ADD_CAPTURES", "10000"))
SHARED = int(os.environ.get("ADD_SHARED", "600"))
STEPS = {
    "take_apart": "taking captures apart",
    "fold_in": "folding",
    "merge_in": "making reports",
    "read_reports": "reading",
}
"""The functions that `Archive.add` calls, and what they are called here. What is none of them is finding, keeping and storing."""
DATELINE = [sys.executable, "-c", "from dateline.cli import main; main()"]
BY_STEP = "from benchmarks.add import by_step; by_step({!r}, {!r})"


def run() -> dict[str, Any]:
    """Captures a second of CPU with the share of each step and the peak of memory; the same with two processes as with one."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        wire = folder / "wire.jsonl"
        make = [sys.executable, str(HERE / "scorers" / "make_wire.py"), str(DATA / "fold" / "captures.jsonl.gz")]
        count = ["--count", str(max(CAPTURES, SHARED))]
        subprocess.run([*make, "--out", str(wire), "--gold", str(folder / "gold.jsonl"), *count], check=True)
        whole = _part(wire, CAPTURES)
        told = measured([sys.executable, "-c", BY_STEP.format(str(whole), str(folder / "whole.db"))])
        steps = json.loads(told.pop("said").splitlines()[-1])
        all_steps = sum(steps.values())
        told |= {"captures": CAPTURES, "shares": {step: round(took / all_steps, 3) for step, took in steps.items()}}
        print(f"{CAPTURES} captures, one process: {told}")
        few = _part(wire, SHARED)
        shared = {}
        for jobs in (1, 2):
            command = [*DATELINE, "add", str(few), "--jobs", str(jobs), "--archive", str(folder / f"{jobs}.db")]
            shared[jobs] = measured(command)
            print(f"{SHARED} captures, {jobs} at work: {shared[jobs]}")
    return {"whole": told, "shared": shared}


def by_step(source: str, path: str) -> None:
    """Add a file in this process, and print the CPU seconds of each step as JSON."""
    took: dict[str, float] = defaultdict(float)
    for name, step in STEPS.items():
        setattr(street, name, _timed(getattr(street, name), step, took))
    began = time.process_time()
    with Archive(path) as archive:
        took_before = time.process_time()
        link = archive._link
        archive._link = _timed(link, "linking, entries and pages", took)  # type: ignore[method-assign]
        archive.add([source])
    took["opening"] = took_before - began
    took["finding, keeping and storing"] = time.process_time() - began - sum(took.values())
    print(json.dumps(took))


def _timed(function: Callable[..., Any], step: str, took: dict[str, float]) -> Callable[..., Any]:
    def timed(*args: Any) -> Any:
        began = time.process_time()
        try:
            return function(*args)
        finally:
            took[step] += time.process_time() - began

    return timed


def _part(wire: Path, count: int) -> Path:
    part = wire.with_name(f"{count}.jsonl")
    with wire.open(encoding="utf-8") as lines, part.open("w", encoding="utf-8") as out:
        out.writelines(islice(lines, count))
    return part


def measured(command: Sequence[str]) -> dict[str, Any]:
    """Run a command: what it said, seconds of the clock and of CPU (with those of the processes it started), the most memory
    that one process held in MB, and the MB that were written to disk."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{' '.join(command[-4:])} failed")
    return {
        "said": said,
        "wall_s": round(time.perf_counter() - began, 1),
        "cpu_s": round(used.ru_utime + used.ru_stime, 1),
        "peak_mb": used.ru_maxrss // 1024,
        "written_mb": used.ru_oublock * 512 >> 20,
    }
