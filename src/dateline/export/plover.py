"""Events in the field's own formats: PLOVER records as JSON lines, and a table laid out as POLECAT's.

Sources: the PLOVER manual (Open Event Data Alliance); the column names of the POLECAT files on Dataverse (Halterman, Bagozzi,
Beger, Schrodt and Scarborough 2023). What Dateline does not know stays empty; it gives no intensity and no sectors.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from dateline.edtf import bounds
from dateline.records import EventRow, ReportRow

COLUMNS = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
    *("Actor Name", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw"),
    *("Wikipedia Actor ID", "Recipient Name", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors"),
    *("Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District", "Province"),
    *("Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source"),
    *("Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version"),
)

# PLOVER's quad classes by event type: verbal and material cooperation, verbal and material conflict.
_QUAD = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "Q1"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "Q2"),
    **dict.fromkeys(("ACCUSE", "REQUEST", "REJECT", "THREATEN"), "Q3"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "Q4"),
}


def plover(events: Sequence[EventRow], reports: Mapping[str, ReportRow]) -> Iterator[str]:
    """PLOVER events as JSON lines: only those with a PLOVER type; the rest of what an archive holds is in `events`."""
    for event in _typed(events):
        yield msgspec.json.encode(
            {
                "id": event.id,
                "date": event.date,
                "event": event.type,
                "mode": event.mode,
                "context": event.context,
                "actor": event.actors,
                "recipient": event.recipients,
                "location": event.place,
                "status": event.status,
                "text": event.text,
                "publication": [reports[id].published for id in event.reports],
                "source": [reports[id].publisher for id in event.reports],
                "pins": event.pins,
            }
        ).decode()


def polecat(events: Sequence[EventRow], reports: Mapping[str, ReportRow]) -> Iterator[str]:
    """Lines of a tab-separated table with POLECAT's columns, the header first; only events that happened or go on.

    POLECAT has no column for plans, threats withdrawn or denials, and one day for a date: what is dated to a longer stretch
    than a day has none.
    """
    yield _line(COLUMNS)
    for event in _typed(events):
        if event.status in ("happened", "ongoing"):
            row = _row(event, [reports[id] for id in event.reports])
            yield _line([row.get(name, "") for name in COLUMNS])


def _typed(events: Sequence[EventRow]) -> Iterator[EventRow]:
    return (event for event in events if event.type in _QUAD)


def _row(event: EventRow, reports: Sequence[ReportRow]) -> dict[str, object]:
    place = event.place
    covered = bounds(event.date)
    exact = covered is not None and covered.first == covered.last and covered.first != date.min
    first = min(reports, key=lambda report: report.published or "9999")
    row: dict[str, object] = {
        "Event ID": event.id,
        "Event Date": covered.first.isoformat() if covered and exact else "",
        "Event Type": event.type,
        "Event Mode": event.mode or "",
        "Quad Code": _QUAD[event.type or ""],
        "Contexts": ";".join(event.context),
        "Actor Name": ";".join(event.actors),
        "Recipient Name": ";".join(event.recipients),
        "Source": first.publisher or "",
        "Publication Date": (first.published or "")[:10],
        "Language": first.language or "",
        "Version": "Dateline",
    }
    if place:
        row |= {
            "Placename": place.name,
            "City": place.name if place.precision in ("point", "city") else "",
            "Province": place.name if place.precision == "province" else "",
            "Country": place.country or "",
            "Latitude": "" if place.lat is None else place.lat,
            "Longitude": "" if place.lon is None else place.lon,
            "GeoNames ID": place.geonameid or "",
        }
    return row


def _line(values: Sequence[object]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="").writerow([_cell(value) for value in values])
    return out.getvalue()


def _cell(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value
