"""The engine: Daft, in process or on a Ray cluster. It hands partitions to workers, and begins again what was lost."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Sequence
from typing import Any

from dateline.errors import DatelineError, WorkerError
from dateline.scale.storage import Storage
from dateline.scale.tables import finished, note
from dateline.workers import cores

_TRIES = 3  # that bring nothing, after which a step is given up
_QUIET = {  # neither engine tells its makers what runs here, and both leave the terminal to us
    "DO_NOT_TRACK": "1",
    "DAFT_ANALYTICS_ENABLED": "0",
    "DAFT_PROGRESS_BAR": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
}
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # the cores are shared out by partition already

Step = Callable[[Storage, int], dict[str, Any]]
"""What is done with one partition; what is to be known of it when it is done."""


class Engine:
    """Daft, set up once for this process.

    Args:
        ray: the address of a Ray cluster (``auto``, ``ray://host:10001``), or None for this machine alone.
        workers: how many partitions are taken side by side; by default one a core.

    Raises:
        DatelineError: the extra ``cluster`` is not installed, or the cluster cannot be reached.
    """

    def __init__(self, ray: str | None = None, workers: int | None = None) -> None:
        os.environ.update({**_QUIET, **_ONE_THREAD, **os.environ})  # what a person set stays
        try:
            import daft
        except ImportError as error:
            raise DatelineError("scale", "needs the extra 'cluster': pip install dateline[cluster]") from error
        self.on_ray = ray is not None
        if ray is None:
            daft.set_runner_native()
            self.workers = workers or cores()
        else:
            self.workers = workers or _joined(ray)

    def each(
        self, out: Storage, step: Step, table: str, numbers: Sequence[int], watch: Callable[[int, int], None]
    ) -> None:
        """Do a step for each partition that is not finished, and note each that is.

        A partition that fails, and those that a lost worker had, are begun again. What a worker loads stays loaded in it.

        Args:
            out: where the result is.
            step: what to do; can be pickled.
            table: under which name partitions are noted as finished.
            numbers: all the partitions.
            watch: told how many are finished, and of how many.

        Raises:
            WorkerError: a partition fails again and again; the others are finished.
        """
        tries, failed = 0, dict[int, str]()
        done = finished(out, table)
        while todo := [number for number in numbers if number not in done]:
            watch(len(numbers) - len(todo), len(numbers))
            if tries == _TRIES:
                raise WorkerError(
                    f"partition {todo[0]} of {table} fails again and again ({failed.get(todo[0], 'lost')})"
                )
            before = len(done)
            try:
                failed = self._over(out, step, table, todo)
            except Exception as error:  # whatever a lost machine looks like from here
                failed = dict.fromkeys(todo, f"{type(error).__name__}: {error}")
            done = finished(out, table)
            tries = tries + 1 if len(done) == before else 0
        watch(len(numbers), len(numbers))

    def _over(self, out: Storage, step: Step, table: str, todo: Sequence[int]) -> dict[int, str]:
        """Do a step for some partitions; why those failed that did."""
        import daft
        from daft import DataType, col

        count = min(self.workers, len(todo))

        class Worker:
            """One of those that take partitions: a process, or an actor of a cluster."""

            def __init__(self) -> None:
                self.name, self.taken = f"{socket.gethostname()}:{os.getpid()}", 0

            @daft.method.batch(return_dtype=DataType.string(), batch_size=1)  # type: ignore[untyped-decorator, unused-ignore]
            def take(self, numbers: Any) -> list[str]:
                return [self._take(number) for number in numbers.to_pylist()]

            def _take(self, number: int) -> str:
                began = time.process_time()
                try:
                    told = step(out, number)
                except Exception as error:
                    return f"{type(error).__name__}: {error}"
                self.taken += 1
                told |= {"cpu": time.process_time() - began, "worker": self.name, "taken": self.taken}
                note(out, table, number, told)
                return ""

        worker = daft.cls(use_process=not self.on_ray, max_concurrency=count)(Worker)()
        numbers = daft.from_pydict({"number": list(todo)})
        if self.on_ray:
            numbers = numbers.into_partitions(len(todo))
        rows = numbers.select("number", worker.take(col("number")).alias("failed")).iter_rows()
        return {row["number"]: row["failed"] for row in rows if row["failed"]}


def _joined(address: str) -> int:
    """Join a Ray cluster; how many cores it has."""
    try:
        import daft
        import ray
    except ImportError as error:
        raise DatelineError("scale", "needs the extra 'cluster': pip install dateline[cluster]") from error
    try:
        if not ray.is_initialized():
            ray.init(address=address, log_to_driver=False, runtime_env={"env_vars": {**_QUIET, **_ONE_THREAD}})
    except (ConnectionError, ValueError) as error:
        raise DatelineError(address, f"there is no Ray cluster there ({error})") from error
    daft.set_runner_ray(noop_if_initialized=True)
    return max(1, int(ray.cluster_resources().get("CPU", 1)))
