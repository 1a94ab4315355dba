"""The whole street on the press of development that was written last, against its gold: captures to chronicle through the command line."""

from __future__ import annotations

from typing import Any

from benchmarks.harness import HERE, OUT
from benchmarks.sample import pile

PRESS = HERE / "fourth" / "press"
GOLD = HERE / "fourth" / "gold.json"


def run() -> dict[str, Any]:
    """Add the fourth press to a new archive, list everything it holds and score the lists."""
    return pile(PRESS, GOLD, OUT / "fourth")
