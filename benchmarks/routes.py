"""Three ways to statements beside each other: rules alone, the model alone, and both, with what each costs."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import Any

from benchmarks.harness import DATA, Row, rows, score, write
from benchmarks.statements import plain
from dateline.capture.layout import layout
from dateline.read import actors, model, places, statements, times
from dateline.read.document import Document

EVEN = 0.5  # chance from which on the model alone is believed

Read = tuple[Row, Document, actors.Actors, list[Any]]
Way = Callable[[Document, actors.Actors, list[Any]], list[Row]]


def run() -> dict[str, Any]:
    """Score each way on the dev part; seconds of CPU are for all of it, without the parse, the names and the times."""
    gold = DATA / "statements" / "dev.jsonl.gz"
    documents = [_document(row) for row in rows(gold)]
    result = {}
    for name, way in {"rules": _rules, "model": _model, "both": _both}.items():
        began = time.process_time()
        told = [
            {"id": row["id"], "statements": way(document, actor, time_)} for row, document, actor, time_ in documents
        ]
        seconds = time.process_time() - began
        print(f"{name}: {seconds:.1f} s of CPU")
        result[name] = score("statements", gold, write(f"routes-{name}", told)) | {"seconds": round(seconds, 1)}
    return result


def _document(row: Row) -> Read:
    document = Document.of(row["text"], layout(row["text"]), date.fromisoformat(row["published"][:10]), row["title"])
    found = times.find(document)
    return row, document, actors.find(document, places.find(document)), found


def _rules(document: Document, actor: actors.Actors, found: list[Any]) -> list[Row]:
    return [plain(s) for s in statements.find(document, actor, found, []) if s.parent is None]


def _both(document: Document, actor: actors.Actors, found: list[Any]) -> list[Row]:
    return [plain(s) for s in statements.find(document, actor, found) if s.parent is None]


def _model(document: Document, actor: actors.Actors, found: list[Any]) -> list[Row]:
    def spans(tokens: tuple[int, ...]) -> list[list[int]]:
        return [[document.doc[i].idx, document.doc[i].idx + len(document.doc[i])] for i in tokens]

    return [
        {"source": spans(s.source), "cue": spans(s.cue), "content": spans(s.content)}
        for s in model.marks(document)
        if s.chance >= EVEN
    ]
