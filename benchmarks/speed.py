"""How fast a report is read, beside the bare spaCy pipeline in the same run: one core, the same reports."""

from __future__ import annotations

import resource
import time
from typing import Any

from benchmarks.harness import DATA, rows
from dateline.read.document import pipeline
from dateline.read.reader import read

REPORTS = 40


def run() -> dict[str, Any]:
    """Reports of the statements dev set through `read` and through spaCy's pipes alone, in CPU seconds."""
    docs = list(rows(DATA / "statements" / "dev.jsonl.gz"))[:REPORTS]
    nlp = pipeline()
    read(docs[0]["text"], published=docs[0]["published"])  # loads what is loaded once
    began = time.process_time()
    words = sum(len(nlp(doc["text"])) for doc in docs)
    bare = time.process_time() - began
    began = time.process_time()
    for doc in docs:
        read(doc["text"], published=doc["published"])
    whole = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result = {
        "reports a second": round(len(docs) / whole, 1),
        "words a second": round(words / whole),
        "of bare spaCy's rate": round(bare / whole, 2),
        "peak MiB": round(peak),
    }
    for name, value in result.items():
        print(f"{name:22}{value:>10}")
    return result
