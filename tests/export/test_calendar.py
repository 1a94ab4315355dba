from __future__ import annotations

from datetime import date
from typing import Any

from icalendar import Calendar

from dateline.archive.archive import Archive
from dateline.export.calendar import calendar


def test_an_announced_meeting_is_a_day_in_the_calendar(archive: Archive) -> None:
    written = "\r\n".join(calendar(archive.chronicle())) + "\r\n"
    read: Any = Calendar.from_ical(written)
    (meeting,) = [event for event in read.walk("VEVENT") if "mayors" in event["summary"]]
    assert meeting["dtstart"].dt == date(2024, 3, 20)
    assert meeting["dtend"].dt == date(2024, 3, 21)
    assert meeting["status"] == "TENTATIVE"
    assert meeting["location"] == "Lisbon"
    assert "announced by Ana Leal" in meeting["description"]
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))


def test_what_happened_is_no_appointment(archive: Archive) -> None:
    read: Any = Calendar.from_ical("\r\n".join(calendar(archive.chronicle())) + "\r\n")
    assert not [event for event in read.walk("VEVENT") if "earthquake killed" in event["summary"]]


def test_the_same_archive_gives_the_same_calendar(archive: Archive) -> None:
    assert list(calendar(archive.chronicle())) == list(calendar(archive.chronicle()))
