"""Annotated news as the reading model is trained on it: each text parsed once, with its gold told of its tokens."""

from __future__ import annotations

import gzip
import json
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc

from dateline.capture.layout import layout
from dateline.read import model_input
from dateline.read.document import Document
from dateline.read.model_input import Input, Ints

OUTSIDE, SOURCE, CUE, CONTENT = range(4)  # what a token is to a cue


@dataclass(frozen=True, eq=False)
class Example:
    """A text with its gold.

    ``cues`` holds the position of each cue's head and, for each token of the text, what it is to that cue.
    """

    id: str
    text: str
    spans: Ints
    input: Input
    cues: dict[int, Ints]


def examples(path: Path, cache: Path) -> list[Example]:
    """The texts of a JSON Lines file with their gold, parsed only when the cache has no newer copy of them."""
    kept = cache / f"{path.parent.name}-{path.name}.pickle"
    if kept.exists() and kept.stat().st_mtime > max(path.stat().st_mtime, Path(model_input.__file__).stat().st_mtime):
        with kept.open("rb") as file:
            found: list[Example] = pickle.load(file)  # our own, written below
        return found
    found = [_example(row) for row in _rows(path)]
    cache.mkdir(parents=True, exist_ok=True)
    with kept.open("wb") as file:
        pickle.dump(found, file)
    return found


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _example(row: dict[str, Any]) -> Example:
    document = Document.of(row["text"], layout(row["text"]))
    doc = document.doc
    source = model_input.of(doc, document.text, document.parts)
    spans = np.array([(doc[int(i)].idx, doc[int(i)].idx + len(doc[int(i)])) for i in source.tokens]).reshape(-1, 2)
    return Example(row["id"], row["text"], spans, source, _cues(row["statements"], doc, source, spans))


def _cues(statements: list[dict[str, Any]], doc: Doc, source: Input, spans: Ints) -> dict[int, Ints]:
    found: dict[int, Ints] = {}
    for statement in statements:
        cue = _touched(spans, statement["cue"])
        if not len(cue):
            continue
        told = np.zeros(len(spans), dtype=np.int64)
        for role, name in ((SOURCE, "source"), (CUE, "cue"), (CONTENT, "content")):
            told[_touched(spans, statement[name])] = role
        head = next((int(n) for n in cue if source.heads[n] == n or source.heads[n] not in cue), int(cue[0]))
        if head not in found or (told == CONTENT).sum() > (found[head] == CONTENT).sum():
            found[head] = told
    return found


def _touched(spans: Ints, wanted: list[list[int]]) -> Ints:
    """The positions of the tokens that share a character with some spans."""
    return np.unique(
        np.concatenate(
            [np.flatnonzero((spans[:, 0] < b) & (spans[:, 1] > a)) for a, b in wanted] or [np.zeros(0, dtype=int)]
        )
    )
