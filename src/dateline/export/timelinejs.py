"""A chronicle as the JSON that TimelineJS 3 takes, imprecise dates left imprecise.

Source: the JSON format in TimelineJS's documentation (Knight Lab). Its texts are shown as HTML, so every word is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape

import msgspec

from dateline.chronicle.chronicle import Chronicle
from dateline.edtf import Bounds, bounds, in_words
from dateline.export.phrases import corroboration, outcome_line
from dateline.records import Entry

_HEADLINE = 100  # characters


def timelinejs(chronicle: Chronicle) -> Iterator[str]:
    """One line: the timeline as JSON. Entries without a date that a calendar can hold are left out."""
    events = [event for entry in chronicle if (event := _event(chronicle, entry))]
    yield msgspec.json.encode({"title": {"text": {"headline": "Chronicle"}}, "events": events}).decode()


def _event(chronicle: Chronicle, entry: Entry) -> dict[str, object] | None:
    covered = bounds(entry.date)
    if covered is None or entry.date is None:
        return None
    commitment = chronicle.commitment(entry)
    told = [entry.text, *([outcome_line(commitment)] if commitment else []), corroboration(entry)]
    told += [f"words: {chronicle.where(pin)}" for pin in entry.pins]
    event: dict[str, object] = {
        "unique_id": entry.id,
        "display_date": escape(in_words(entry.date)),
        "group": entry.status,
        "text": {
            "headline": escape(_short(entry.text)),
            "text": "".join(f"<p>{escape(line)}</p>" for line in told),
        },
    }
    return {**event, **_dates(covered)}


def _dates(covered: Bounds) -> dict[str, dict[str, int]]:
    """Start and end as precise as the date: a whole month has no day, a whole year no month; an open end has its known one only."""
    first, last = covered
    if first == date.min or last == date.max:
        return {"start_date": _day(last if first == date.min else first)}
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        years = {"start_date": {"year": first.year}}
        return years if first.year == last.year else years | {"end_date": {"year": last.year}}
    if first.day == 1 and (first.year, first.month) == (last.year, last.month) and covered.days >= 28:
        return {"start_date": {"year": first.year, "month": first.month}}
    days = {"start_date": _day(first)}
    return days if first == last else days | {"end_date": _day(last)}


def _day(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _short(words: str) -> str:
    return words if len(words) <= _HEADLINE else words[:_HEADLINE].rsplit(" ", 1)[0] + " …"
