"""Statements on political news: source, cue and content of every attribution."""

from __future__ import annotations

from typing import Any

from benchmarks.harness import DATA, Row, rows, score, write
from dateline import read
from dateline.records import Span, Statement


def run() -> dict[str, Any]:
    """Read the dev part and score it. The corpus marks no statement inside another, so nested ones are left out."""
    gold = DATA / "statements" / "dev.jsonl.gz"
    return score("statements", gold, write("statements", map(predict, rows(gold))))


def predict(row: Row) -> Row:
    """The statements of one article in the form of the scorer."""
    reading = read(row["text"], published=row["published"], title=row["title"], language="en")
    return {"id": row["id"], "statements": [plain(s) for s in reading.statements if s.parent is None]}


def plain(statement: Statement) -> Row:
    """A statement in the form of the scorer."""
    return {
        "source": _offsets(statement.source),
        "cue": _offsets(statement.cue),
        "content": [[span.start, span.end] for span in statement.content],
    }


def _offsets(span: Span | None) -> list[list[int]]:
    return [] if span is None else [[span.start, span.end]]
