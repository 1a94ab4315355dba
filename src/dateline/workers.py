"""Processes that work beside this one: a function over a stream of things, its results in the order of the things.

Each worker is a Python of its own that speaks with this one through its standard input and output, so it starts from nothing
(nothing is forked, no program is imported anew) and ends by itself when this process ends, however that comes about. What a
function loads for its work stays loaded in a worker from one thing to the next.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import chain
from queue import SimpleQueue
from types import TracebackType
from typing import IO, Any, Self, TypeVar

from dateline.errors import WorkerError

T = TypeVar("T")
R = TypeVar("R")

_SIZE = struct.Struct(">Q")
_AHEAD = 2  # things for each worker that may be under way or done before their turn: what bounds the memory
_START = "import sys; sys.path[:] = sys.argv[1:]; from dateline.workers import serve; serve()"


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers:
    """Some workers. A context manager: at its end they are gone. They start when there is more than one thing to work on.

    Args:
        jobs: how many; with one, this process does all the work itself.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._free: SimpleQueue[_Worker] = SimpleQueue()
        self._all: list[_Worker] = []
        self._threads: ThreadPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._all:
            worker.stop()
        if self._threads:
            self._threads.shutdown(cancel_futures=True)
        for worker in self._all:
            worker.close()

    def map(self, function: Callable[[T], R], things: Iterable[T]) -> Iterator[R]:
        """What a function makes of each thing, in order. Things are taken from the stream a little ahead of their turn.

        Args:
            function: stands in a module under its own name, and hangs on nothing but what it is given.
            things: can be pickled, as what the function makes of them.

        Raises:
            WorkerError: a worker was ended, by the system or by a crash, while it worked; or the function failed.
        """
        stream = iter(things)
        if self.jobs > 1:
            first = next(stream, _NONE)
            if first is _NONE:
                return
            second = next(stream, _NONE)  # alone, one thing is done sooner here than a worker has started
            if second is not _NONE:
                yield from self._spread(function, chain([first, second], stream))
                return
            stream = iter([first])
        yield from map(function, stream)

    def _spread(self, function: Callable[[T], R], stream: Iterator[T]) -> Iterator[R]:
        self._start()
        assert self._threads is not None
        coming: deque[Future[R]] = deque()
        for thing in stream:
            coming.append(self._threads.submit(self._done, function, thing))
            if len(coming) > _AHEAD * self.jobs:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()

    def _start(self) -> None:
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self.jobs)
            with _deaf():
                self._all = [_Worker() for _ in range(self.jobs)]
            for worker in self._all:
                self._free.put(worker)

    def _done(self, function: Callable[[T], R], thing: T) -> R:
        worker = self._free.get()
        try:
            return worker.do(function, thing)
        finally:
            self._free.put(worker)


_NONE: Any = object()


@contextmanager
def _deaf() -> Iterator[None]:
    """Ctrl-C reaches every process of a terminal, but whether a worker ends is for the one that it works for to say: a process that is
    started inside never hears of it. This one does at the end.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Worker:
    """One worker, as the process sees it that it works for."""

    def __init__(self) -> None:
        # -P: no module is taken from the folder that somebody happens to stand in.
        own = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", **os.environ}  # the cores are shared out already
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, *sys.path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=own
        )  # fmt: skip
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to, self._from = self._process.stdin, self._process.stdout

    def do(self, function: Callable[[T], R], thing: T) -> R:
        """Have a thing worked on."""
        told = pickle.dumps((function, thing), protocol=pickle.HIGHEST_PROTOCOL)
        try:
            _put(self._to, told)
            answer = _got(self._from)
        except OSError:
            answer = None
        if answer is None:
            raise WorkerError(self._ended())
        failed, made = pickle.loads(answer)
        if failed:
            raise WorkerError(f"a mistake in Dateline stopped it ({failed})")
        result: R = made
        return result

    def _ended(self) -> str:
        code = self._process.wait()
        if code < 0:
            return f"it was ended by signal {-code}" + (", as when memory runs out" if code == -9 else "")
        return f"it ended with status {code}"

    def stop(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Let go of what was spoken through, once nobody speaks any more."""
        self._from.close()
        with suppress(OSError):  # what it was not told any more
            self._to.close()


def serve() -> None:
    """Be a worker: do what comes on standard input until it ends. What functions print goes to standard error."""
    given, made = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with suppress(BrokenPipeError):
        while (told := _got(given)) is not None:
            function, thing = pickle.loads(told)
            try:
                answer: tuple[str | None, Any] = None, function(thing)
            except Exception as error:
                answer = f"{type(error).__name__}: {error}", None
            _put(made, pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL))


def _put(stream: IO[bytes], told: bytes) -> None:
    stream.write(_SIZE.pack(len(told)))
    stream.write(told)
    stream.flush()


def _got(stream: IO[bytes]) -> bytes | None:
    """What was put; None where the stream ended."""
    head = stream.read(_SIZE.size)
    if len(head) < _SIZE.size:
        return None
    size = _SIZE.unpack(head)[0]
    told = stream.read(size)
    return told if len(told) == size else None
