"""The relation models: ``src/dateline/data/relations.npz`` and ``relation_meanings.npz``, two ridge regressions whose scores are added.

    python -m training.relations DATA

DATA is the folder with ``plv_train.jsonl.gz``; beside its rows stand the invented sentences of ``training/relations.txt``, which
are trained on in every fold of the cross-validation (``python -m benchmarks relations``) and never measured on. The features have no words of the parties; of the sentences, lemmas are kept
that occur at least twice.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from dateline.read.relation_features import Shown
from dateline.read.relations import described
from training.linear import Fitted, ridge

EXAMPLES = Path(__file__).parent / "relations.txt"
FOLDS = 5
STRICTNESS = (0.03, 2.4)  # the regularisation of the one over words, and of the one over their meanings
OWN = 0.3  # how much a sentence of ours counts beside one of PLV
LEAST = 2  # rows that must show a feature
_MARKED = re.compile(r"\[(?P<source>[^\]]*)\]|\{(?P<target>[^}]*)\}")

Stretch = tuple[int, int]


class Case(NamedTuple):
    """A sentence with its features and root; ``id`` is its row in PLV, None where the sentence is one of ours."""

    id: str | None
    text: str
    root: str
    shown: Shown


def cases(data: Path) -> list[Case]:
    """All rows of PLV's training part, then our own sentences."""
    found = []
    with gzip.open(data / "plv_train.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row: dict[str, Any] = json.loads(line)
            source, target = ((p["start"], p["end"]) if (p := row[role]) else None for role in ("source", "target"))
            found.append(Case(row["id"], row["text"], row["root"], described(row["text"], source, target)))
    for line in EXAMPLES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            root, marked = line.split("\t")
            text, source, target = unmarked(marked)
            found.append(Case(None, text, root, described(text, source, target)))
    return found


def unmarked(marked: str) -> tuple[str, Stretch | None, Stretch | None]:
    """A sentence without its marks, and where the two parties stand in it."""
    text, at = "", 0
    spans: dict[str, Stretch] = {}
    for found in _MARKED.finditer(marked):
        text += marked[at : found.start()]
        role = "source" if found["source"] is not None else "target"
        spans[role] = (len(text), len(text) + len(found[role]))
        text += found[role]
        at = found.end()
    return text + marked[at:], spans.get("source"), spans.get("target")


class Models(NamedTuple):
    """The two models of some rows."""

    words: Fitted
    meanings: Fitted

    def predict(self, rows: list[Case]) -> list[str]:
        """The root of each row."""
        scores = self.words.scores([case.shown.words for case in rows])
        scores = scores + self.meanings.scores([case.shown.meanings for case in rows])
        return [self.words.labels[at] for at in scores.argmax(axis=1)]


def fitted(rows: list[Case]) -> Models:
    """The models of some rows."""
    roots = [case.root for case in rows]
    counts = [1.0 if case.id else OWN for case in rows]
    of_words, of_meanings = STRICTNESS
    return Models(
        ridge([case.shown.words for case in rows], roots, counts, strictness=of_words, least=LEAST),
        ridge([case.shown.meanings for case in rows], roots, counts, strictness=of_meanings, least=LEAST),
    )


def cross_validated(rows: list[Case], seed: int) -> dict[str, str]:
    """The root predicted for each row of PLV by a model that saw no row of its sentence: 5 folds, drawn by the seed."""
    texts = sorted({case.text for case in rows if case.id})
    np.random.default_rng(seed).shuffle(texts)
    fold = {text: at % FOLDS for at, text in enumerate(texts)}
    predicted: dict[str, str] = {}
    for held in range(FOLDS):
        train = [case for case in rows if not case.id or fold[case.text] != held]
        test = [case for case in rows if case.id and fold[case.text] == held]
        roots = fitted(train).predict(test)
        predicted |= {case.id: root for case, root in zip(test, roots, strict=True) if case.id}
    return predicted


if __name__ == "__main__":
    models = fitted(cases(Path(sys.argv[1])))
    models.words.save("relations")
    models.meanings.save("relation_meanings")
