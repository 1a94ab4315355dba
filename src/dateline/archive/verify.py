"""Checking an archive: the file, the raw bytes against their hashes, every pin against its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateline.archive.ledger import Ledger
from dateline.archive.store import Store
from dateline.records import Commitment, Dispute, Entry, EventRow, FigureRow, Pin, Reading, Span, StatementRow


@dataclass(frozen=True)
class Problem:
    """Something that is not as it must be: what (``sha256:…``, ``statements:…``) and why."""

    what: str
    why: str


def problems(store: Store) -> Iterator[Problem]:
    """Everything that is wrong with an archive, nothing where all is well.

    What is linked may be older than the reports, where a run was cut short before it linked: then it may tell of reports that were
    united with others since.
    """
    behind = store.is_stale()
    if (said := store.integrity()) != "ok":
        yield Problem("database", said)
    for digest, why in store.broken_blobs():
        yield Problem(f"sha256:{digest}", why)
    for url, why in Ledger(store).damaged():
        yield Problem(f"fetched:{url}", why)
    reports = store.reports()
    texts = {(report.id, version.id): version.text for report in reports for version in report.versions}
    readings = store.readings()
    for report in reports:
        for span in _spans(readings[report.id]) if report.id in readings else ():
            if report.current.text[span.start : span.end] != span.text:
                yield Problem(f"reading:{report.id}", f"{span.start}-{span.end} does not say {span.text!r}")
    for what, pin in _pins(store):
        held = texts.get((pin.report, pin.version))
        if held is None:
            if not behind:
                yield Problem(what, f"its pin is in {pin.report}/{pin.version}, which the archive does not hold")
        elif held[pin.start : pin.end] != pin.text:
            yield Problem(what, f"{pin.start}-{pin.end} of {pin.report} does not say {pin.text!r}")


def _pins(store: Store) -> Iterator[tuple[str, Pin]]:
    rows: Iterable[tuple[str, str, list[Pin]]] = [
        *(("entries", row.id, row.pins) for row in store.linked("entries", Entry)),
        *(("events", row.id, row.pins) for row in store.linked("events", EventRow)),
        *(("statements", row.id, [row.pin, *row.pins]) for row in store.linked("statements", StatementRow)),
        *(("figures", row.id, [row.pin]) for row in store.linked("figures", FigureRow)),
        *(("commitments", row.id, [row.pin]) for row in store.linked("commitments", Commitment)),
        *(("disputes", row.id, [side.pin for side in row.sides]) for row in store.linked("disputes", Dispute)),
    ]
    return ((f"{noun}:{id}", pin) for noun, id, pins in rows for pin in pins)


def _spans(reading: Reading) -> Iterator[Span]:
    yield from reading.times
    yield from reading.places
    for actor in reading.actors:
        yield from actor.mentions
    for statement in reading.statements:
        singles = (statement.source, statement.cue, statement.occasion, statement.medium)
        yield from (span for span in singles if span)
        yield from statement.content
        yield from statement.insertions
    for figure in reading.figures:
        yield figure
        yield from [figure.of] if figure.of else []
    for event in reading.events:
        yield event.trigger
        yield from [event.condition] if event.condition else []
