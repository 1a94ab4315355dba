"""Processes that work for this one: their results and their ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.errors import WorkerError
from dateline.workers import Workers


def pid(_: int) -> int:
    time.sleep(0.2)
    return os.getpid()


def end(code: int) -> None:
    if code < 0:
        os.kill(os.getpid(), -code)
    os._exit(code)


def divide(by: int) -> float:
    return 1 / by


def talk(words: str) -> str:
    print(words)
    return words


def slow_first(number: int) -> int:
    time.sleep(0.5 if number == 0 else 0)
    return number


def test_results_come_in_order_from_several_processes() -> None:
    with Workers(2) as workers:
        assert list(workers.map(slow_first, range(8))) == list(range(8))
        seen = set(workers.map(pid, range(8)))
    assert len(seen) == 2
    assert os.getpid() not in seen
    assert not any(Path(f"/proc/{one}").exists() for one in seen), "a worker outlived its work"


def test_one_job_and_one_thing_are_done_here() -> None:
    with Workers(1) as workers:
        assert list(workers.map(pid, [1, 2])) == [os.getpid()] * 2
    with Workers(2) as workers:
        assert list(workers.map(pid, [1])) == [os.getpid()]
        assert list(workers.map(pid, [])) == []


def test_the_stream_is_taken_only_a_little_ahead() -> None:
    taken: list[int] = []

    def stream() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    with Workers(2) as workers:
        results = workers.map(slow_first, stream())
        next(results)
        assert len(taken) <= 6


@pytest.mark.parametrize(
    ("code", "told"), [(-9, "signal 9, as when memory runs out"), (-11, "signal 11"), (3, "status 3")]
)
def test_a_worker_that_ends_is_told_of(code: int, told: str) -> None:
    with Workers(2) as workers, pytest.raises(WorkerError, match=told):
        list(workers.map(end, [code, code]))


def test_what_fails_in_a_worker_is_told_of() -> None:
    with Workers(2) as workers, pytest.raises(WorkerError, match="ZeroDivisionError"):
        list(workers.map(divide, [1, 0]))


def test_what_is_printed_in_a_worker_disturbs_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    with Workers(2) as workers:
        assert list(workers.map(talk, ["a", "b", "c"])) == ["a", "b", "c"]
    assert capfd.readouterr().out == ""


def test_an_interrupt_while_workers_start_is_heard_and_leaves_none() -> None:
    # In a process of its own, as a command is: where other threads run, one of them hears the signal at once.
    script = """
import os, signal, subprocess
from pathlib import Path
from dateline.workers import Workers
from tests.test_workers import talk
started = []
popen = subprocess.Popen
def interrupted(*given, **named):
    process = popen(*given, **named)
    started.append(process.pid)
    os.kill(os.getpid(), signal.SIGINT)
    os.kill(process.pid, signal.SIGINT)
    return process
subprocess.Popen = interrupted
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    with Workers(2) as workers:
        list(workers.map(talk, ["a", "b"]))
except KeyboardInterrupt:
    print("heard", len(started), [one for one in started if Path(f"/proc/{one}").exists()])
"""
    here = str(Path(__file__).parent.parent)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=here, timeout=120)
    assert done.stdout == "heard 2 []\n", done.stderr


def test_workers_are_deaf_to_an_interrupt() -> None:
    with Workers(2) as workers:
        both = set(workers.map(pid, range(4)))
        for one in both:
            os.kill(one, signal.SIGINT)
        assert set(workers.map(pid, range(4))) == both


def test_workers_end_with_the_one_that_they_work_for() -> None:
    script = (
        "from dateline.workers import Workers; from tests.test_workers import pid\n"
        "with Workers(2) as workers:\n"
        "    for one in workers.map(pid, range(10**6)): print(one, flush=True)"
    )
    here = str(Path(__file__).parent.parent)
    killed = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=here)
    assert killed.stdout is not None
    seen = {int(killed.stdout.readline()) for _ in range(6)}
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    deadline = time.monotonic() + 30
    while left := [one for one in seen if Path(f"/proc/{one}").exists()]:
        assert time.monotonic() < deadline, f"workers {left} outlived the process that they worked for"
        time.sleep(0.1)
