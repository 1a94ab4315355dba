"""Timelines of one entity across articles (SemEval-2015 Task 4, track A): raw texts and a name in, ordered events out."""

from __future__ import annotations

from typing import Any

from benchmarks.harness import DATA, Row, rows, score, write
from dateline.capture.layout import layout
from dateline.chronicle.entries import entries
from dateline.chronicle.timeline import timeline
from dateline.link.linker import link
from dateline.read.reader import read
from dateline.records import Telling

FOLDER = DATA / "timelines"


def telling(document: Row) -> Telling:
    """A document of the set as a report of its own."""
    text = document["text"]
    parts = layout(text)
    reading = read(
        text, published=document["dct"], title=document["title"], parts=parts, language="en", id=document["id"]
    )
    return Telling(
        report=document["id"], version=document["id"], title=document["title"], published=document["dct"], publisher=document["source"],
        origin=document["source"], text=text, parts=parts, reading=reading,
    )  # fmt: skip


def run() -> dict[str, Any]:
    """Predict the timelines of the apple corpus from raw text and score them."""
    told = [telling(document) for document in rows(FOLDER / "docs_apple.jsonl.gz")]
    linked = link(told)
    lines = entries(linked, told)
    gold = FOLDER / "gold_apple.jsonl.gz"
    predicted = write(
        "timelines", ({"id": row["id"], "entries": timeline(row["entity"], lines, linked, told)} for row in rows(gold))
    )
    return score("timelines", gold, predicted)
