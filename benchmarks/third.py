"""The whole street on a press held out from all tuning, against its gold: captures to chronicle through the command line."""

from __future__ import annotations

from typing import Any

from benchmarks.harness import HERE, OUT
from benchmarks.sample import pile

PRESS = HERE / "third" / "press"
GOLD = HERE / "third" / "gold.json"


def run() -> dict[str, Any]:
    """Add the third press to a new archive, list everything it holds and score the lists."""
    return pile(PRESS, GOLD, OUT / "third")
