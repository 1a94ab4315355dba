"""Article bodies out of HTML pages, against the article extraction benchmark; trafilatura alone on the same pages."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import Any

from benchmarks.harness import DATA, Row, rows, score, write
from dateline.capture.extract import extract
from dateline.capture.streams import capture

FOLDER = DATA / "extraction"


def run() -> dict[str, Any]:
    """F1, precision, recall and accuracy over 4-token shingles: ours, and trafilatura's best setting here."""
    gold = FOLDER / "gold.jsonl.gz"
    ours = write("extraction", _ours())
    print("trafilatura alone (fast, favor_precision):")
    peer = score("extraction", gold, write("extraction-trafilatura", _trafilatura()))
    print("dateline:")
    return {**score("extraction", gold, ours), "trafilatura": peer}


def _pages() -> Iterator[tuple[Row, bytes]]:
    for row in rows(FOLDER / "gold.jsonl.gz"):
        yield row, gzip.decompress((FOLDER / "html" / f"{row['id']}.html.gz").read_bytes())


def _ours() -> Iterator[Row]:
    for row, page in _pages():
        yield {"id": row["id"], "text": extract(capture(page, row["id"], "html", url=row["url"])).text}


def _trafilatura() -> Iterator[Row]:
    from trafilatura import bare_extraction

    for row, page in _pages():
        document = bare_extraction(page, fast=True, favor_precision=True, include_comments=False)
        yield {"id": row["id"], "text": getattr(document, "text", None) or ""}
