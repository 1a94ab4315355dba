"""What a chronicle announces, as a calendar (iCalendar, RFC 5545): whole days, each with who announced it and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from dateline.chronicle.chronicle import Chronicle
from dateline.edtf import bounds
from dateline.export.phrases import corroboration, outcome_line
from dateline.records import Entry

_AHEAD = frozenset({"planned", "conditional", "possible", "cancelled"})
_LONGEST = 31  # days that an event in a calendar may cover: "in May" is one, "by the end of the year" is none
_SUMMARY = 120  # characters


def calendar(chronicle: Chronicle) -> Iterator[str]:
    """The lines of an .ics file: announced, promised and threatened events whose date is known to a month or closer.

    Planned, conditional and possible ones are TENTATIVE, those called off CANCELLED. An id follows from the archive's own,
    so that a newer file replaces what an older one brought in.
    """
    made = Calendar()
    made.add("prodid", "-//Dateline//Chronicle//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for entry in chronicle:
        if event := _event(chronicle, entry):
            made.add_component(event)
    yield from made.to_ical().decode().removesuffix("\r\n").split("\r\n")


def _event(chronicle: Chronicle, entry: Entry) -> Event | None:
    commitment = chronicle.commitment(entry)
    if entry.status not in _AHEAD and commitment is None:
        return None
    covered = bounds((commitment.due if commitment else None) or entry.date)
    if covered is None or date.min == covered.first or date.max == covered.last or covered.days > _LONGEST:
        return None
    reported = chronicle.reported(entry)
    told = [entry.text, *([outcome_line(commitment)] if commitment else []), corroboration(entry)]
    told += [chronicle.where(pin) for pin in entry.pins]
    event = Event()
    event.add("uid", f"{entry.id}@dateline")
    event.add("dtstamp", datetime.fromisoformat(reported or "1970-01-01").replace(tzinfo=UTC))
    event.add("dtstart", covered.first)
    event.add("dtend", covered.last + timedelta(days=1))
    event.add("summary", entry.text if len(entry.text) <= _SUMMARY else entry.text[:_SUMMARY].rsplit(" ", 1)[0] + " …")
    event.add("description", "\n".join(told))
    event.add("status", _status(entry, commitment.outcome if commitment else None))
    event.add("transp", "TRANSPARENT")
    if entry.place:
        event.add("location", entry.place.name)
        if entry.place.lat is not None and entry.place.lon is not None and entry.place.precision in ("point", "city"):
            event.add("geo", (entry.place.lat, entry.place.lon))
    return event


def _status(entry: Entry, outcome: str | None) -> str:
    if entry.status == "cancelled" or outcome == "cancelled":
        return "CANCELLED"
    return "CONFIRMED" if outcome == "took place" else "TENTATIVE"
