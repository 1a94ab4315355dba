"""Events found and told to be the same: ECB+ (dev) and MEANTIME, through `read` and `link`.

A mention is the trigger of an event or the cue of a statement: these corpora count words of saying as events. Its instance
is the event of the archive that `link` put the trigger into; documents that tell a common event form a cluster.
"""

from __future__ import annotations

from typing import Any

from benchmarks.harness import DATA, Row, rows, score, write
from dateline.link.linker import link
from dateline.read.reader import read
from dateline.records import Reading, Telling

_CERTAINTY = {"possible": "POSSIBLE", "conditional": "POSSIBLE", "planned": "PROBABLE"}


def _telling(row: Row) -> Telling:
    """A row as a report of its own: headline and paragraphs are lines of its text."""
    reading = read(row["text"], published=row["published"], language="en", id=row["id"])
    return Telling(
        report=row["id"],
        version=row["id"],
        title=row["title"],
        published=row["published"],
        publisher=row["source"],
        origin=f"unknown: {row['id']}",
        text=row["text"],
        parts=[],
        reading=reading,
    )


def _mentions(reading: Reading, instances: dict[tuple[int, int], str]) -> list[Row]:
    """The mentions of one document, each span once: of a trigger the verb, which comes first, of a cue its last word."""
    found: dict[tuple[int, int], Row] = {}
    for statement in reading.statements:
        if statement.cue is not None:
            end = statement.cue.end
            start = end - len(statement.cue.text.split()[-1])
            found[start, end] = {"instance": f"{reading.id}:{start}", "polarity": "POS", "certainty": "CERTAIN"}
    for event in reading.events:
        start, end = event.trigger.start, event.trigger.end
        found[start, start + len(event.trigger.text.split()[0])] = {
            "instance": instances.get((start, end), f"{reading.id}:{start}"),
            "polarity": "NEG" if event.status in ("cancelled", "denied") else "POS",
            "certainty": _CERTAINTY.get(event.status, "CERTAIN"),
        }
    return [{"start": start, "end": end, **more} for (start, end), more in sorted(found.items())]


def _clusters(shared: dict[str, list[str]], documents: list[str]) -> dict[str, str]:
    """Documents joined by the events they tell together, each with the first document of its cluster."""
    leader = {document: document for document in documents}

    def root(document: str) -> str:
        while leader[document] != document:
            document = leader[document]
        return document

    for together in shared.values():
        for document in together[1:]:
            leader[root(document)] = root(together[0])
    return {document: root(document) for document in documents}


def _predict(name: str, gold: list[Row]) -> tuple[Any, Any]:
    tellings = [_telling(row) for row in gold]
    events = link(tellings).events
    instances: dict[str, dict[tuple[int, int], str]] = {}
    for event in events:
        for pin in event.pins:
            instances.setdefault(pin.report, {})[(pin.start, pin.end)] = event.id
    predicted = [{"id": t.report, "events": _mentions(t.reading, instances.get(t.report, {}))} for t in tellings]
    clusters = _clusters({event.id: event.reports for event in events}, [t.report for t in tellings])
    return (
        write(f"events_{name}", predicted),
        write(f"documents_{name}", ({"id": i, "cluster": c} for i, c in clusters.items())),
    )


def run() -> dict[str, Any]:
    """Score mentions and coreference of both corpora, and ECB+'s grouping of documents."""
    found: dict[str, Any] = {}
    for name, path in (
        ("ecbplus", DATA / "ecbplus" / "dev.jsonl.gz"),
        ("meantime", DATA / "meantime" / "apple.jsonl.gz"),
    ):
        mentions, documents = _predict(name, list(rows(path)))
        found[name] = score("coreference", "--covered", "--layer", "events", path, mentions)
        if name == "ecbplus":
            found["documents"] = score("clustering", path, documents)
    return found
