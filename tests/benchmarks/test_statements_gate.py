"""Floors for what is read of statements on a small sample of annotated news, with the files that ship."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.harness import DATA, rows, score
from benchmarks.statements import predict

GOLD = DATA / "statements" / "dev.jsonl.gz"
ARTICLES = 10
FLOORS = {"attribution": 70.0, "attribution.direct": 88.5, "content.relaxed": 74.5, "tokens.content": 86.0}


@pytest.mark.skipif(not GOLD.exists(), reason="the annotated news (DATELINE_DATA) is not here")
def test_statements_are_read_at_least_so_well(tmp_path: Path) -> None:
    sample = list(rows(GOLD))[:: 84 // ARTICLES][:ARTICLES]
    gold, told = tmp_path / "gold.jsonl.gz", tmp_path / "told.jsonl.gz"
    for path, some in ((gold, sample), (told, map(predict, sample))):
        with gzip.open(path, "wt", encoding="utf-8") as out:
            out.writelines(json.dumps(row) + "\n" for row in some)
    reached = score("statements", gold, told)
    assert {name: reached[name]["f1"] >= floor for name, floor in FLOORS.items()} == dict.fromkeys(FLOORS, True)
