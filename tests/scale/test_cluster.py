"""A Ray cluster of several machines, one of which dies meanwhile, gives what one machine gives."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dateline.scale.engine import Engine
from dateline.scale.run import Result, result, run
from dateline.scale.storage import Storage
from dateline.scale.tables import CAPTURES, REPORTS, finished, told
from tests.press import article
from tests.scale.conftest import reports
from tests.scale.test_run import RUN

_MACHINES = 3


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A cluster on this machine: the head and two others, of one core each."""
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    pytest.importorskip("daft", reason="the extra 'cluster' is not installed")
    pytest.importorskip("ray", reason="the extra 'cluster' is not installed")
    from ray.cluster_utils import Cluster

    small = {"num_cpus": 1, "object_store_memory": 100 << 20, "memory": 2 << 30}
    made = _patiently(lambda: Cluster(initialize_head=True, head_node_args={**small, "include_dashboard": False}))
    for _ in range(_MACHINES - 1):
        _patiently(lambda: made.add_node(**small))
    yield made
    for node in list(made.worker_nodes):
        made.remove_node(node)
    made.remove_node(made.head_node)


def _patiently(start: Callable[[], Any]) -> Any:
    """What starts, at the third try at the latest: Ray gives a machine 30 seconds, and one that has other things to do takes longer."""
    for _ in range(2):
        with suppress(Exception):
            return start()
    return start()


def _run(cluster: Any, source: Path, out: Storage, partitions: int) -> subprocess.Popen[bytes]:
    command = ["scale", "run", "--in", source, "--out", out, "--partitions", partitions, "--ray", cluster.address]
    return subprocess.Popen([sys.executable, "-c", RUN, *map(str, command)], stderr=subprocess.PIPE)


def _until(out: Storage, table: str, number: int, running: subprocess.Popen[bytes]) -> None:
    """Wait until so many partitions of a table are finished."""
    until = time.monotonic() + 600
    while len(finished(out, table)) < number and running.poll() is None and time.monotonic() < until:
        time.sleep(0.1)


@pytest.mark.soak  # starting three machines' worth of processes takes minutes where two cores have other work
def test_a_machine_that_dies_while_reports_are_read_changes_nothing(
    cluster: Any, made: tuple[Path, Result], press: Path, tmp_path: Path
) -> None:
    out = Storage(str(tmp_path / "made"))
    running = _run(cluster, press, out, 4)
    _until(out, REPORTS, 1, running)
    cluster.remove_node(next(iter(cluster.worker_nodes)), allow_graceful=False)
    _, said = running.communicate(timeout=900)
    assert running.returncode == 1, said  # two inputs are refused
    assert len({each["worker"] for number in range(4) if (each := told(out, CAPTURES, number))}) > 1
    assert result(out).counts == made[1].counts
    assert reports(out, 4) == reports(Storage(str(made[0])), 4)


@pytest.mark.soak
def test_machines_that_come_and_go(cluster: Any, engine: Engine, tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for file in range(24):
        lines = [
            {"text": article(seed), "url": f"https://{file}.example/{seed}"}
            for seed in range(file * 20, file * 20 + 30)
        ]
        (source / f"{file:02}.jsonl").write_bytes(b"\n".join(map(msgspec.json.encode, lines)))
    out, alone = Storage(str(tmp_path / "made")), Storage(str(tmp_path / "alone"))
    running = _run(cluster, source, out, 24)
    for table, number in ((CAPTURES, 4), (CAPTURES, 14), (REPORTS, 3), (REPORTS, 10), (REPORTS, 16)):
        _until(out, table, number, running)
        cluster.remove_node(next(iter(cluster.worker_nodes)), allow_graceful=False)
        _patiently(lambda: cluster.add_node(num_cpus=1, object_store_memory=100 << 20, memory=2 << 30))
    _, said = running.communicate(timeout=3000)
    assert running.returncode == 0, said
    expected = run(Storage(str(source)), alone, engine, partitions=24)
    assert result(out).counts == expected.counts
    assert reports(out, 24) == reports(alone, 24)
