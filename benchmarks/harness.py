"""What the benchmarks share: where the data lie, predictions on disk, the scorers run as they are."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DATA = Path(os.environ.get("DATELINE_DATA", HERE.parent.parent / "shared" / "data"))
OUT = HERE.parent / "build" / "bench"

Row = dict[str, Any]


def rows(path: Path) -> Iterator[Row]:
    """The rows of a JSON Lines file, plain or gzipped."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def write(name: str, records: Iterable[Row]) -> Path:
    """Predictions as JSON Lines under build/bench, and where."""
    OUT.mkdir(parents=True, exist_ok=True)
    path = OUT / f"{name}.jsonl"
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    return path


def score(scorer: str, *arguments: str | Path) -> Row:
    """Run scorers/score_NAME.py, show what it prints, and give its last line, which is one JSON object.

    Raises:
        RuntimeError: the scorer failed; its words are in the message.
    """
    command = [sys.executable, str(HERE / "scorers" / f"score_{scorer}.py"), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"score_{scorer}: {done.stderr.strip()}")
    print(done.stdout, end="")
    result: Row = json.loads(done.stdout.strip().splitlines()[-1])
    return result
