"""Relations between two named parties: PLV by cross-validation, AW with the shipped model.

PLV's training rows are what the model is made of, so each row is predicted by a model that saw no row of its sentence: 5 folds,
3 seeds, pooled. The lexicon that gives some of the features was widened on those rows by hand, which no fold undoes. AW is only
measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from benchmarks.harness import DATA, Row, rows, score, write
from dateline.read.relations import PENTA, relation

SEEDS = (0, 1, 2)
FOLDER = DATA / "relations"


def _row(id: str, root: str) -> Row:
    return {"id": id, "root": root, "penta": PENTA[root], "conflict": PENTA[root] > 2}


def _predicted(records: Iterator[Row]) -> Iterator[Row]:
    for row in records:
        source, target = (
            (row[role]["start"], row[role]["end"]) if row[role] else None for role in ("source", "target")
        )
        yield _row(row["id"], relation(row["text"], source, target).root)


def run() -> dict[str, Any]:
    """Score PLV by cross-validation, once a seed, and AW."""
    found: dict[str, Any] = {}
    if find_spec("sklearn"):
        from training.relations import cases, cross_validated

        held = cases(FOLDER)
        scores = [
            score(
                "relations",
                FOLDER / "plv_train.jsonl.gz",
                write(f"relations_plv_{seed}", (_row(*pair) for pair in cross_validated(held, seed).items())),
            )
            for seed in SEEDS
        ]
        found["plv"] = scores
    else:
        print("   PLV left out: cross-validation needs the extra 'training' (scikit-learn)")
    gold = FOLDER / "aw_train.jsonl.gz"
    found["aw"] = score("relations", gold, write("relations_aw", _predicted(rows(gold))))
    return found
