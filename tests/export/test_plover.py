from __future__ import annotations

import csv
import json

from dateline.archive.archive import Archive
from dateline.export.plover import COLUMNS, plover, polecat


def test_plover_lines_are_the_typed_events(archive: Archive) -> None:
    events, reports = archive.events(), {report.id: report for report in archive.reports()}
    made = [json.loads(line) for line in plover(events, reports)]
    typed = {event.id: event for event in events}
    assert made
    for line in made:
        event = typed[line["id"]]
        assert (line["event"], line["mode"], line["date"]) == (event.type, event.mode, event.date)
        assert line["event"].isupper()
        assert [pin["text"] for pin in line["pins"]] == [pin.text for pin in event.pins]
    assert "CONSULT" in {line["event"] for line in made}


def test_polecat_rows_have_its_columns_and_only_what_happened(archive: Archive) -> None:
    events, reports = archive.events(), {report.id: report for report in archive.reports()}
    rows = list(csv.DictReader(polecat(events, reports), delimiter="\t"))
    assert rows
    assert tuple(rows[0]) == COLUMNS
    known = {event.id: event for event in events}
    for row in rows:
        event = known[row["Event ID"]]
        assert event.status in ("happened", "ongoing")
        assert row["Event Type"] == event.type
        assert row["Quad Code"] in ("Q1", "Q2", "Q3", "Q4")
        assert row["Intensity"] == ""
    assert {row["Country"] for row in rows} & {"PT"}
