"""How long pages take at ten thousand reports: the app itself, without a browser, first (cold) and again."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from benchmarks.big import big_archive
from dateline.archive.archive import Archive
from dateline.sample import PRESS
from dateline.web.app import create_app

REPORTS = 10_000
PAGES = {
    "chronicle": "/",
    "chronicle, page 300": "/?page=300",
    "about a place": "/?about=Ostrel",
    "one status": "/?status=happened",
    "five years": "/?since=2010&until=2015",
    "two origins": "/?min_origins=2",
    "by origins": "/?sort=origins",
    "reports": "/reports",
    "actors": "/actors",
    "figures": "/figures",
    "statements": "/statements",
    "denials": "/statements?kind=denial",
    "events": "/events",
    "disputes": "/disputes",
    "search": "/search?q=ferry",
    "status": "/status",
    "marks of all lines": "/chronicle/marks.json",
}


def measured(client: TestClient, path: str, times: int = 3) -> tuple[float, float, float]:
    """Milliseconds that a page takes: first, then the best of some, and the CPU time of the first."""
    walls, cpus = [], []
    for _ in range(times + 1):
        wall, cpu = time.perf_counter(), time.process_time()
        answer = client.get(path)
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")
    return walls[0], min(walls[1:]), cpus[0]


def run(reports: int = REPORTS) -> dict[str, Any]:
    """Every page once in a new process's app, then again, over copies of the sample."""
    result: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as place:
        sample = Path(place) / "sample.db"
        with Archive(sample) as archive:
            archive.add([PRESS])
        began = time.process_time()
        big = big_archive(Path(place) / "big.db", reports, sample)
        print(f"{'made and shelved, CPU s':22}{time.process_time() - began:10.0f}")
        with Archive(big) as archive:
            counts = archive.store.counts()
        print(f"{counts['reports']:,} reports, {counts['entries']:,} lines, {counts['statements']:,} statements")
        with TestClient(create_app(big), base_url="http://127.0.0.1") as client:
            print(f"{'page':22}{'first ms':>10}{'again ms':>10}{'first CPU':>10}")
            for name, path in PAGES.items():
                first, again, cpu = measured(client, path)
                result[name] = round(first)
                print(f"{name:22}{first:10.0f}{again:10.0f}{cpu:10.0f}")
    return result
