"""The whole street on the packaged sample, against its gold: captures to chronicle through the command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.harness import HERE, OUT, score
from dateline.sample import PRESS

KINDS = ("reports", "chronicle", "statements", "figures", "commitments", "disputes", "actors")
GOLD = HERE / "sample" / "gold.json"


def run() -> dict[str, Any]:
    """Add the sample to a new archive, list everything it holds and score the lists."""
    return pile(PRESS, GOLD, OUT / "sample")


def pile(press: Path, gold: Path, out: Path) -> dict[str, Any]:
    """Score a folder of captures against a gold in the form of score_pile.py; the lists are left under ``out``.

    Raises:
        RuntimeError: a command did not come to its end, or a list is empty: then there is nothing to score.
    """
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        archive = Path(folder) / "pile.db"
        told = _dateline("add", str(press), "--archive", str(archive), status=(0, 1)).stderr
        print(told, end="")  # what was refused, and why
        for kind in KINDS:
            listed = _dateline(kind, "--json", "--archive", str(archive)).stdout
            if not listed:
                raise RuntimeError(f"the archive holds no {kind}; dateline add said: {told.strip()}")
            (out / f"{kind}.jsonl").write_text(listed, encoding="utf-8")
    return score("pile", gold, out)


def _dateline(*arguments: str, status: tuple[int, ...] = (0,)) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from dateline.cli import main; main()", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in status:
        raise RuntimeError(f"dateline {' '.join(arguments)} ended with {done.returncode}: {done.stderr.strip()}")
    return done
