"""Relations between two named parties (PLV, AW): the root that `relation` reads against the gold of the train files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.harness import DATA, Row, rows, score, write
from dateline.read.relations import relation

_CONFLICT = frozenset(
    {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}
)
_USUAL = "SUPPORT"  # where no trigger is found: a row of its own class would not help any other


def _predicted(records: Iterator[Row]) -> Iterator[Row]:
    for row in records:
        source, target = (
            (row[role]["start"], row[role]["end"]) if row[role] else None for role in ("source", "target")
        )
        root = relation(row["text"], source, target) or _USUAL
        yield {"id": row["id"], "root": root, "conflict": root in _CONFLICT}


def run() -> dict[str, Any]:
    """Score the relations of both train files."""
    found: dict[str, Any] = {}
    for name in ("plv_train", "aw_train"):
        gold = DATA / "relations" / f"{name}.jsonl.gz"
        found[name] = score("relations", gold, write(f"relations_{name}", _predicted(rows(gold))))
    return found
