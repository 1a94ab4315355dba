from __future__ import annotations

import pytest

from dateline.read.counting import with_unit
from dateline.read.document import Document
from dateline.read.quantities import scan
from dateline.records import Part


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("They sent 13 Novan soldiers and 20 combat drones.", ["novan soldier", "combat drone"]),
        ("It is a 12 page report by 3 of its authors.", ["page", "author"]),
        ("It costs $5 a share or 20 km per hour.", ["dollar per share", "kilometre per hour"]),
        ("They hired 20 highly skilled clerks.", ["skilled clerk"]),
        ("It earned 30 euros a year earlier.", ["euro"]),
        ("A teacher of 44 and a number of 12 came.", ["year of age", None]),
        ("They counted 9 dead.", ["dead"]),
    ],
)
def test_units(text: str, units: list[str | None]) -> None:
    document = Document.of(text, [Part(start=0, end=len(text), kind="body")])
    assert [with_unit(document, q, len(text)).unit for q, _ in scan(text, 0, len(text), [])] == units
