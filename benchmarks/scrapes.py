"""The article in scrapes of whole pages: plain text, Markdown and HTML remains as 29 extractors leave them, menus and all.

The captures are those of the fold set's cases "furniture" and "markup", the gold text is the extraction set's. Only the
text is given, as one line of ``dateline extract --json -``. What finds the lines of the article was trained on captures of every other site (see
training/scrapes.py); the figures of the sites that it never saw stand by themselves.
"""

from __future__ import annotations

import hashlib
from typing import Any

from benchmarks.harness import DATA, Row, rows, score, write
from dateline.capture.extract import extract
from dateline.capture.find import from_line
from dateline.capture.titles import host_of

CASES = ("furniture", "markup")


def run() -> dict[str, Any]:
    """The scores of the body that is found and, under "raw", of the text as it came."""
    gold, captures = scrapes()
    reference = write("scrapes-gold", gold)
    unseen = {row["id"] for row in gold if is_tested(row["url"])}
    print("the text as it came:")
    raw = score("extraction", reference, write("scrapes-raw", captures))
    found = [{"id": row["id"], "text": extract(from_line(row)).text} for row in captures]
    print("dateline:")
    whole = score("extraction", reference, write("scrapes", found))
    print("dateline, on the sites that were not trained on:")
    result = {**whole, "raw": raw}
    for name, rows_ in (("unseen", found), ("unseen_raw", captures)):
        part = write("scrapes-unseen-gold", (row for row in gold if row["id"] in unseen))
        result[name] = score("extraction", part, write(f"scrapes-{name}", (r for r in rows_ if r["id"] in unseen)))
    return result


def is_tested(url: str) -> bool:
    """Whether a page's site is one of those that nothing is learned from: its host's MD5 is odd."""
    return int(hashlib.md5((host_of(url) or url).encode()).hexdigest(), 16) % 2 == 1


def scrapes() -> tuple[list[Row], list[Row]]:
    """The gold text of each capture (with its "url", "case" and "from"), and the captures in the same order."""
    pages = {row["id"]: row for row in rows(DATA / "extraction" / "gold.jsonl.gz")}
    gold = {
        row["id"]: {**row, "text": pages[row["page"]]["text"], "url": pages[row["page"]]["url"]}
        for row in rows(DATA / "fold" / "gold.jsonl.gz")
        if row["case"] in CASES
    }
    captures = [
        {"id": row["id"], "text": row["text"]} for row in rows(DATA / "fold" / "captures.jsonl.gz") if row["id"] in gold
    ]
    return [gold[row["id"]] for row in captures], captures
