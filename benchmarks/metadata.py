"""Publication date, title, authors and body segments of pages in many languages; trafilatura alone on the same pages."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any

from benchmarks.harness import DATA, Row, rows, score, write
from dateline.capture.extract import extract
from dateline.capture.streams import capture

FOLDER = DATA / "metadata"


def run() -> dict[str, Any]:
    """The metrics of the fields and, under "segments", of the bodies: ours, and under "trafilatura" the peer's."""
    result: dict[str, Any] = {}
    for name, read in (("trafilatura", _trafilatura), ("dateline", _ours)):
        fields, bodies = _predict(read)
        print(f"{name}:")
        found = score("metadata", FOLDER / "gold.jsonl.gz", write(f"metadata-{name}", fields))
        found["segments"] = score("segments", FOLDER / "segments.jsonl.gz", write(f"segments-{name}", bodies))
        result = {**found, "trafilatura": result} if result else found
    return result


Predictions = tuple[list[Row], list[Row]]


def _predict(read: Callable[[bytes], tuple[Row, str]]) -> Predictions:
    """Fields for the pages of the one gold file, bodies for those of the other; no address is given."""
    fields: list[Row] = []
    bodies: list[Row] = []
    known = {row["id"] for row in rows(FOLDER / "gold.jsonl.gz")}
    wanted = {row["id"] for row in rows(FOLDER / "segments.jsonl.gz")}
    for key in sorted(known | wanted):
        found, text = read(gzip.decompress((FOLDER / "html" / f"{key}.html.gz").read_bytes()))
        if key in known:
            fields.append({"id": key, **found})
        if key in wanted:
            bodies.append({"id": key, "text": text})
    return fields, bodies


def _ours(page: bytes) -> tuple[Row, str]:
    found = extract(capture(page, "", "html"))
    return {"date": found.date, "title": found.title, "authors": found.authors}, found.text


def _trafilatura(page: bytes) -> tuple[Row, str]:
    from trafilatura import bare_extraction

    found = bare_extraction(page, include_comments=False, with_metadata=True)
    authors = (getattr(found, "author", None) or "").split("; ")
    fields = {"date": getattr(found, "date", None), "title": getattr(found, "title", None), "authors": authors}
    return fields, getattr(found, "text", None) or ""
