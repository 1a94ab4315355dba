from __future__ import annotations

import json

import pytest

from dateline.archive.archive import Archive
from dateline.edtf import bounds
from dateline.export.timelinejs import _dates, timelinejs


def test_dated_entries_are_events_with_escaped_words(archive: Archive) -> None:
    chronicle = archive.chronicle()
    made = json.loads("".join(timelinejs(chronicle)))
    assert [event["unique_id"] for event in made["events"]] == [entry.id for entry in chronicle if entry.date]
    shown = json.dumps(made)
    assert "<script" not in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert {event["group"] for event in made["events"]} >= {"happened", "planned"}


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2024-03-20", {"start_date": {"year": 2024, "month": 3, "day": 20}}),
        ("2024-03", {"start_date": {"year": 2024, "month": 3}}),
        ("2024-02", {"start_date": {"year": 2024, "month": 2}}),
        ("2024", {"start_date": {"year": 2024}}),
        ("201X", {"start_date": {"year": 2010}, "end_date": {"year": 2019}}),
        ("2014/2016", {"start_date": {"year": 2014}, "end_date": {"year": 2016}}),
        ("2014-05-02/..", {"start_date": {"year": 2014, "month": 5, "day": 2}}),
        ("../2014-05-02", {"start_date": {"year": 2014, "month": 5, "day": 2}}),
        (
            "2021-12-07/2021-12-09",
            {"start_date": {"year": 2021, "month": 12, "day": 7}, "end_date": {"year": 2021, "month": 12, "day": 9}},
        ),
    ],
)
def test_a_date_stays_as_imprecise_as_it_is(edtf: str, expected: dict[str, dict[str, int]]) -> None:
    covered = bounds(edtf)
    assert covered is not None
    assert _dates(covered) == expected
