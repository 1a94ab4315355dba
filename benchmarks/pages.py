"""How long pages take at ten thousand reports and more: the app itself, without a browser.

Each page first (cold) and again; and chronicles, searches and pages of actors, each asked for once, as the 95th percentile. The size is
that of DATELINE_REPORTS where it is set (``DATELINE_REPORTS=100000 python -m benchmarks pages``).
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
from starlette.testclient import TestClient

from benchmarks.big import big_archive
from dateline.archive.archive import Archive
from dateline.archive.browse import Ask, Shelves
from dateline.sample import PRESS
from dateline.web.app import create_app

REPORTS = int(os.environ.get("DATELINE_REPORTS", "10000"))
ASKED = 60
"""Questions of each kind."""

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
    return walls[0], min(walls[1:], default=walls[0]), cpus[0]


def questions(archive: Archive) -> dict[str, list[str]]:
    """Addresses of pages that nobody has asked for: chronicles about an actor, some of them between two years, searches, actors."""
    shelves = Shelves(archive.store)
    ids = shelves.ids(Ask(noun="actors"))
    actors = shelves.rows("actors", ids[:: max(1, len(ids) // (2 * ASKED))])[: 2 * ASKED]
    lines = shelves.ids(Ask(noun="entries"))
    words = [
        max(row.text.split(), key=len).strip(".,“”") for row in shelves.rows("entries", lines[:: len(lines) // ASKED])
    ]
    names = [actor.name for actor in actors]
    return {
        "chronicle about": [f"/?about={quote(name)}" for name in names[:ASKED]],
        "the same, in years": [f"/?about={quote(name)}&since=2005&until=2015" for name in names[ASKED:]],
        "search": [f"/search?q={quote(word)}" for word in words[:ASKED]],
        "actor": [f"/actor/{actor.id}" for actor in actors[:ASKED]],
    }


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
            print(f"{'asked once':22}{'median ms':>10}{'p95 ms':>10}{'p95 CPU':>10}")
            with Archive(big) as archive:
                asked = questions(archive)
            for name, paths in asked.items():
                told = [measured(client, path, 0) for path in paths]
                walls, cpus = [one[0] for one in told], [one[2] for one in told]
                result[f"{name}, p95"] = round(float(np.percentile(walls, 95)))
                print(
                    f"{name:22}{np.median(walls):10.0f}{np.percentile(walls, 95):10.0f}{np.percentile(cpus, 95):10.0f}"
                )
        print(
            f"peak of memory, making the archive included: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
        )
    return result
