"""The article in scrapes of whole pages: plain text, Markdown and HTML remains as 29 extractors leave them, menus and all.

The captures are those of the fold set's cases "furniture" and "markup", the gold text is the extraction set's. Only the text is given,
as one line of ``dateline extract --json -``. What finds the lines of the article was learned from invented pages alone (see
training/scrapes.py).
"""

from __future__ import annotations

from typing import Any

from benchmarks.harness import DATA, Row, rows, score, write
from dateline.capture.extract import extract
from dateline.capture.find import from_line

CASES = ("furniture", "markup")


def run() -> dict[str, Any]:
    """The scores of the body that is found and, under "raw", of the text as it came."""
    gold, captures = scrapes()
    reference = write("scrapes-gold", gold)
    print("the text as it came:")
    raw = score("extraction", reference, write("scrapes-raw", captures))
    found = [{"id": row["id"], "text": extract(from_line(row)).text} for row in captures]
    print("dateline:")
    return {**score("extraction", reference, write("scrapes", found)), "raw": raw}


def scrapes() -> tuple[list[Row], list[Row]]:
    """The gold text of each capture (with its "case" and "from"), and the captures in the same order."""
    pages = {row["id"]: row for row in rows(DATA / "extraction" / "gold.jsonl.gz")}
    gold = {
        row["id"]: {**row, "text": pages[row["page"]]["text"]}
        for row in rows(DATA / "fold" / "gold.jsonl.gz")
        if row["case"] in CASES
    }
    captures = [
        {"id": row["id"], "text": row["text"]} for row in rows(DATA / "fold" / "captures.jsonl.gz") if row["id"] in gold
    ]
    return [gold[row["id"]] for row in captures], captures
