"""What the tests of a run on many machines share. They need the extra ``cluster``, and skip where it is not installed."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from dateline.sample import PRESS
from dateline.scale.engine import Engine
from dateline.scale.run import Result, run
from dateline.scale.storage import Storage
from dateline.scale.tables import REPORTS, part
from tests.press import article


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine in this process."""
    pytest.importorskip("daft", reason="the extra 'cluster' is not installed")
    return Engine(workers=2)


@pytest.fixture(scope="session")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged sample (pages, a WARC, scrapes) with a dump beside it, and something that is no capture."""
    folder = tmp_path_factory.mktemp("press")
    (folder / "press").symlink_to(PRESS)
    lines = [{"text": article(seed), "url": f"https://herald.example/{seed}"} for seed in (1, 2, 3)]
    rows = [*map(msgspec.json.encode, lines), b"no JSON", msgspec.json.encode(lines[0])]
    (folder / "dump.jsonl").write_bytes(b"\n".join(rows))
    (folder / "picture").write_bytes(b"\x89PNG\r\n\x1a\n")
    return folder


@pytest.fixture(scope="session")
def made(engine: Engine, press: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """The result of a run over the press, and what it told; whoever changes it takes a copy."""
    out = tmp_path_factory.mktemp("scale") / "made"
    return out, run(Storage(str(press)), Storage(str(out)), engine, partitions=4)


def reports(out: Storage, partitions: int) -> list[dict[str, object]]:
    """All rows of the reports of a result."""
    return [row for number in range(partitions) for rows in out.rows(part(REPORTS, number)) for row in rows]
