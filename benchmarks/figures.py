"""Figures in news: values, units and changes on NewsQuant's dev sentences and on Recognizers-Text's cases."""

from __future__ import annotations

from typing import Any

import msgspec

from benchmarks.harness import DATA, Row, rows, score, write
from dateline.read.reader import read

SETS = {"newsquant": "dev", "recognizers": "recognizers-dev"}


def prediction(row: Row) -> Row:
    """The Reading's figures of one sentence."""
    reading = read(row["text"], language="en")
    return {"id": row["id"], "figures": msgspec.to_builtins(reading.figures)}


def run() -> dict[str, Any]:
    """Score each set through the public interface."""
    results: dict[str, Any] = {}
    for name, file in SETS.items():
        gold = DATA / "figures" / f"{file}.jsonl.gz"
        print(name)
        results[name] = score("figures", gold, write(f"figures_{name}", map(prediction, rows(gold))))
    return results
