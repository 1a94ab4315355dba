"""Files taken in by a process of their own, which may hang, fill the memory or break without taking the test along.

``python -m tests.hardening.cage mutants EVERY`` takes numbers from standard input and prints a line of JSON a file; every so manieth is
also read. `run` starts it and goes on behind the file that ended it.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

ROOT = Path(__file__).parent.parent.parent
SECONDS = 20.0  # of the processor's time for one mutant
MEMORY = 1 << 30  # bytes that a mutant may add to what the process has


Kind = Literal["mutants", "bombs"]


class Told(NamedTuple):
    """What came of one file: the seconds of the processor's time, the bytes it added at the peak, outcomes, whatever must not be."""

    number: int
    name: str
    seconds: float
    memory: int
    outcomes: dict[str, int]
    reasons: list[str]
    wrong: list[str]


def run(kind: Kind, numbers: Iterable[int], every: int = 0) -> Iterator[Told]:
    """Take in the files of these numbers, reading every so manieth as well (0: none)."""
    waiting = deque(numbers)
    while waiting:
        begun = waiting[0], "?"
        for line in _lines(kind, waiting, every):
            if len(line) == 2:
                begun = line[0], line[1]
                continue
            yield Told(*line)
            waiting.popleft()
        if waiting:
            why = "the process ended, out of time or memory or by a fault"
            yield Told(*begun, SECONDS, MEMORY, {"ended the process": 1}, [], [why])
            waiting.popleft()


def _lines(kind: Kind, numbers: Iterable[int], every: int) -> Iterator[list[Any]]:
    command = [sys.executable, "-m", "tests.hardening.cage", kind, str(every)]
    place = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    with tempfile.TemporaryFile("w+") as given:
        given.writelines(f"{number}\n" for number in numbers)
        given.seek(0)
        cage = subprocess.Popen(command, stdin=given, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=place)
    with cage:
        assert cage.stdout is not None
        for line in cage.stdout:
            yield json.loads(line)


def _main(kind: str, every: int) -> None:
    from tests.hardening.judge import judge

    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "file"
        _warm(path, reading=bool(every))
        limit = _size() + MEMORY
        for number in map(int, sys.stdin):
            name, data = _made(kind, number)
            print(json.dumps([number, name]), flush=True)
            path.write_bytes(data)
            del data
            resource.setrlimit(resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))
            Path("/proc/self/clear_refs").write_text("5")  # sets back the peak
            usual = _status("VmRSS")
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            began = time.process_time()
            given = judge(path, reading=bool(every) and number % every == 0)
            seconds = time.process_time() - began
            signal.setitimer(signal.ITIMER_PROF, 0)
            memory = _status("VmHWM") - usual
            resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            print(
                json.dumps(Told(number, name, seconds, memory, given.outcomes, given.reasons, given.wrong)), flush=True
            )


def _made(kind: str, number: int) -> tuple[str, bytes]:
    if kind == "bombs":
        from tests.hardening.bombs import BOMBS

        name, bomb = list(BOMBS.items())[number]
        return name, bomb.make()
    from tests.hardening.mutate import mutant

    made = mutant(number)
    return made.seed, made.data


def _warm(path: Path, reading: bool) -> None:
    """Load what is loaded once, so that no file is charged with it."""
    from tests.hardening.judge import judge
    from tests.hardening.seeds import seeds

    for seed in seeds():
        path.write_bytes(seed.whole)
        judge(path, reading=reading and seed.name == "html")


def _size() -> int:
    """The bytes of address space that this process has."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def _status(field: str) -> int:
    """A field of this process's status, in bytes."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(field))
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]))
