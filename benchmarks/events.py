"""Mentions and coreference of events, and documents grouped by story: ECB+ (dev) and MEANTIME, as ``dateline link`` gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.harness import DATA, Row, rows, score, write
from dateline.link.documents import linked_documents
from dateline.read.document import parse
from dateline.read.reader import read
from dateline.records import Part, Telling

_VERBS = frozenset({"VERB"})


def _telling(row: Row) -> Telling:
    """A row as a report of its own: headline and paragraphs are lines of its text."""
    reading = read(row["text"], published=row["published"], language="en", id=row["id"])
    return Telling(
        report=row["id"], version=row["id"], title=row["title"], published=row["published"], publisher=row["source"],
        origin=f"unknown: {row['id']}", text=row["text"], parts=[], reading=reading,
    )  # fmt: skip


def _lemmas(gold: Iterable[Row], clusters: dict[str, str]) -> Iterator[Row]:
    """The baseline: every verb is a mention, the same lemma in one story the same event."""
    for row in gold:
        text = row["text"]
        events = [
            {
                "start": token.idx,
                "end": token.idx + len(token),
                "instance": f"{clusters[row['id']]} {token.lemma_.lower()}",
            }
            for token in parse(text, [Part(start=0, end=len(text), kind="body")])
            if token.pos_ in _VERBS
        ]
        yield {"id": row["id"], "events": events}


def run() -> dict[str, Any]:
    """Score mentions and coreference of both corpora beside the baseline, and ECB+'s grouping of documents."""
    found: dict[str, Any] = {}
    for name, path in (
        ("ecbplus", DATA / "ecbplus" / "dev.jsonl.gz"),
        ("meantime", DATA / "meantime" / "apple.jsonl.gz"),
    ):
        gold = list(rows(path))
        linked = list(linked_documents([_telling(row) for row in gold]))
        layer = ("--covered", "--layer", "events", path)
        found[name] = score("coreference", *layer, write(f"events_{name}", linked))
        clusters = {row["id"]: row["cluster"] for row in linked}
        found[f"{name}_lemmas"] = score("coreference", *layer, write(f"lemmas_{name}", _lemmas(gold, clusters)))
        if name == "ecbplus":
            documents = ({"id": id, "cluster": cluster} for id, cluster in clusters.items())
            found["documents"] = score("clustering", path, write(f"documents_{name}", documents))
    return found
