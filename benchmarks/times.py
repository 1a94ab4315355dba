"""Times in news: TIMEX3 extents, types and values on TBAQ's dev documents, scored as TempEval-3 task A."""

from __future__ import annotations

from typing import Any

import msgspec

from benchmarks.harness import DATA, Row, rows, score, write
from dateline.read.reader import read


def prediction(row: Row) -> Row:
    """The Reading's times of one document."""
    reading = read(row["text"], published=row["published"], language="en")
    return {"id": row["id"], "times": msgspec.to_builtins(reading.times)}


def run() -> dict[str, Any]:
    """Score the dev split through the public interface."""
    gold = DATA / "times" / "dev.jsonl.gz"
    return score("times", gold, write("times", map(prediction, rows(gold))))
