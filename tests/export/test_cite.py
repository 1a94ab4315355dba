from __future__ import annotations

import json

import pytest

from dateline.archive.archive import Archive
from dateline.errors import ArchiveError
from dateline.export.cite import bibtex, csl


def test_a_line_is_cited_by_each_of_its_reports(archive: Archive) -> None:
    entry = next(entry for entry in archive.chronicle() if "earthquake killed 14" in entry.text)
    cited = archive.cited(entry.id)
    (items,) = [json.loads(line) for line in csl(cited)]
    assert [item["container-title"] for item in items] == ["Tagus & Daily_50%", "Harbour Post"]
    first = items[0]
    assert first["type"] == "article-newspaper"
    assert first["title"] == "Quake shakes Lisbon"
    assert first["author"] == [{"literal": "Rui Brack"}]
    assert first["issued"] == {"date-parts": [[2024, 3, 5]]}
    assert first["URL"] == "https://tagus.example/quake"
    assert entry.pins[0].text in first["note"]


def test_bibtex_escapes_what_latex_would_run(archive: Archive) -> None:
    entry = next(entry for entry in archive.chronicle() if "earthquake killed 14" in entry.text)
    written = "\n".join(bibtex(archive.cited(entry.id)))
    assert written.count("@article{") == 2
    assert r"journaltitle = {Tagus \& Daily\_50\%}," in written
    assert "date = {2024-03-05}," in written
    hostile = next(entry for entry in archive.chronicle() if "HYPERLINK" in entry.text)
    braces = "\n".join(bibtex(archive.cited(hostile.id)))
    assert braces.count("{") == braces.count("}")


def test_a_report_is_cited_as_a_whole_and_an_unknown_id_is_named(archive: Archive) -> None:
    report = archive.reports()[0]
    (items,) = [json.loads(line) for line in csl(archive.cited(report.id))]
    assert [item["id"] for item in items] == [report.id]
    assert "note" not in items[0]
    with pytest.raises(ArchiveError, match="e0000"):
        archive.cited("e0000")


def test_every_noun_that_rests_on_words_can_be_cited(archive: Archive) -> None:
    for rows in (archive.statements(), archive.figures(), archive.events(), archive.commitments(), archive.disputes()):
        assert rows
        assert list(bibtex(archive.cited(rows[0].id)))
