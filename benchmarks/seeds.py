"""The Reading of the longer seed capture against what a careful reader takes from it: recall of hand-picked expectations."""

from __future__ import annotations

import json
from typing import Any

import msgspec

import dateline
from benchmarks.harness import DATA, OUT, score


def run() -> dict[str, Any]:
    """Read the capture that expected.json names, with the report's publication day, and score the Reading."""
    seeds = DATA.parent / "seeds"
    if not seeds.is_dir():
        print(f"left out, no seeds at {seeds}")
        return {}
    expected = json.loads((seeds / "expected.json").read_text(encoding="utf-8"))
    text = (seeds / expected["file"]).read_text(encoding="utf-8")
    reading = dateline.read(text, published=expected["report"]["published"], id=expected["file"])
    OUT.mkdir(parents=True, exist_ok=True)
    out = OUT / "seeds.jsonl"
    out.write_bytes(msgspec.json.encode(reading) + b"\n")
    return score("expected", seeds / "expected.json", out)
