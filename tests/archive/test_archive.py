from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

import dateline
from dateline.archive.archive import Archive, Progress
from dateline.archive.place import Place
from dateline.archive.store import Store
from tests.conftest import Where
from tests.press import article, folder


@pytest.fixture
def archive(place: Callable[[str], Where]) -> Iterator[Archive]:
    with dateline.open(place("a")) as opened:
        yield opened


def content(path: Where | Place) -> dict[str, list[tuple[object, ...]]]:
    """Everything an archive holds but its runs, as comparable rows."""
    store = Store(path)
    tables = ("blobs", "captures", "sightings", "sketch_keys", "reports", "versions", "readings", "report_words")
    linked = ("actors", "statements", "figures", "events", "commitments", "disputes", "entries")
    with store.read() as cx:
        rows = {
            table: sorted(map(tuple, cx.execute(text(f"SELECT * FROM {table}"))), key=repr)
            for table in (*tables, *linked)
        }
    store.close()
    return rows


def test_captures_become_reports_and_a_chronicle(archive: Archive, tmp_path: Path) -> None:
    run = archive.add([folder(tmp_path / "in", 10)])
    assert run.counts["captures new"] == 10
    assert not run.refused
    reports = archive.reports()
    assert len(reports) == 8
    assert sorted(len(report.captures) for report in reports) == [1] * 6 + [2] * 2
    assert all(
        report.published and report.published.startswith("2024") and report.authors == ["Lena Okker"]
        for report in reports
    )
    chronicle = archive.chronicle()
    assert chronicle
    assert all(entry.pins and entry.reports for entry in chronicle)
    assert not list(archive.verify())


def test_raw_bytes_are_kept_unaltered(archive: Archive, tmp_path: Path) -> None:
    data = article(3).replace("\n", "\r\n").encode("utf-16")
    (tmp_path / "page.txt").write_bytes(data)
    archive.add([tmp_path / "page.txt"])
    [report] = archive.reports()
    raw = archive.raw(report.captures[0].id)
    assert hashlib.sha256(raw.data).digest() == hashlib.sha256(data).digest()
    with pytest.raises(dateline.ArchiveError, match="no such capture"):
        archive.raw("c0")


def test_adding_again_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    source = folder(tmp_path / "in", 6)
    archive.add([source])
    before = content(archive.place)
    run = archive.add([source])
    assert run.counts["captures new"] == 0
    assert content(archive.place) == before


def test_the_order_of_arrival_does_not_matter(place: Callable[[str], Where], tmp_path: Path) -> None:
    files = sorted(folder(tmp_path / "in", 10).iterdir())
    results = []
    for seed in range(2):
        order = random.Random(seed).sample(files, len(files))
        with dateline.open(place(str(seed))) as archive:
            for file in order:
                archive.add([file], read=False)
            archive.add([])
            results.append(content(archive.place))
    with dateline.open(place("once")) as archive:
        archive.add([tmp_path / "in"])
        results.append(content(archive.place))
    for result in results:
        assert result["reports"] == results[0]["reports"]
        assert result["readings"] == results[0]["readings"]
        assert result["entries"] == results[0]["entries"]


def test_a_capture_that_joins_two_reports_unites_them(archive: Archive, tmp_path: Path) -> None:
    whole = article(7)
    paragraphs = whole.split("\n\n")
    for name, body in {"first.txt": paragraphs[:3], "last.txt": paragraphs[1:], "whole.txt": paragraphs}.items():
        (tmp_path / name).write_text("\n\n".join(body), encoding="utf-8")
        archive.add([tmp_path / name], read=False)
    [report] = archive.reports()
    assert len(report.captures) == 3


def test_reread_gives_the_same_and_changed_reads_only_what_others_read(archive: Archive, tmp_path: Path) -> None:
    archive.add([folder(tmp_path / "in", 4)])
    before = content(archive.place)
    assert archive.reread(changed=True).counts["reports read"] == 0
    assert archive.reread().counts["reports read"] == 4
    assert content(archive.place) == before


def test_a_text_is_read_again_where_its_papers_country_becomes_known(archive: Archive, tmp_path: Path) -> None:
    def saved(url: str) -> str:
        words = article(5).replace("\n\n", "</p><p>")
        return f"<html><!-- saved from url=(0030){url} --><body><article><h1>The quay</h1><p>{words}</p></article></body></html>"

    (tmp_path / "a.html").write_text(saved("https://paper.example/quay.htm"), encoding="utf-8")
    assert archive.add([tmp_path / "a.html"]).counts["reports read"] == 1
    (tmp_path / "b.html").write_text(saved("https://www.paper.co.nz/quay.h"), encoding="utf-8")
    assert archive.add([tmp_path / "b.html"]).counts["reports read"] == 1
    [report] = archive.reports()
    assert len(report.captures) == 2
    assert archive.add([]).counts["reports read"] == 0
    assert not list(archive.verify())


def test_an_archive_that_knew_no_countries_is_brought_up_to_date(place: Callable[[str], Where], tmp_path: Path) -> None:
    with dateline.open(place("a")) as opened:
        opened.add([folder(tmp_path / "in", 3)])
    store = Store(place("a"))
    with store.write() as cx:
        cx.execute(text("ALTER TABLE reports DROP COLUMN country"))
        cx.execute(text("UPDATE meta SET value = '6' WHERE key = 'schema'"))
    store.close()
    with dateline.open(place("a")) as opened:
        assert opened.status()["unread"] == 0
        assert len(opened.reports()) == 3


def test_without_reading_nothing_is_read_until_later(archive: Archive, tmp_path: Path) -> None:
    archive.add([folder(tmp_path / "in", 3)], read=False)
    assert archive.status()["unread"] == 3
    assert not archive.chronicle()
    assert archive.add([]).counts["reports read"] == 3
    assert archive.chronicle()


def test_another_language_is_kept_and_found_but_not_read(archive: Archive, tmp_path: Path) -> None:
    words = "Am Montag hat der Gemeinderat von Unterhask beschlossen, die alte Brücke über den Fluss zu sperren, weil der Beton bröckelt. "
    (tmp_path / "de.txt").write_text(words * 3, encoding="utf-8")
    archive.add([tmp_path / "de.txt"])
    [report] = archive.reports()
    assert (report.language, report.read) == ("de", False)
    assert archive.status()["not_read"] == {"language de is not read": 1}
    [found] = archive.search("Gemeinderat Brücke")
    assert found.report == report.id
    assert found.pin is not None
    assert "Gemeinderat" in found.pin.text


def test_search_takes_words_as_they_stand(archive: Archive, tmp_path: Path) -> None:
    archive.add([folder(tmp_path / "in", 2)], read=False)
    assert archive.search('AND OR "NEAR( * Okker-nowhere') == []
    assert archive.search("") == []


def test_a_refused_input_is_kept_with_its_reason(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "broken.html.gz").write_bytes(b"\x1f\x8b\x08\x00garbage")
    (tmp_path / "good.txt").write_text(article(1), encoding="utf-8")
    run = archive.add([tmp_path])
    assert [Path(refusal.path).name for refusal in run.refused] == ["broken.html.gz"]
    assert len(archive.reports()) == 1
    assert archive.status()["refused"][0]["reason"]


def test_a_path_that_is_not_there_takes_nothing_in(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(article(1), encoding="utf-8")
    with pytest.raises(dateline.CaptureError, match="nowhere"):
        archive.add([tmp_path / "good.txt", tmp_path / "nowhere"])
    assert archive.status()["counts"]["captures"] == 0


def test_progress_is_told(archive: Archive, tmp_path: Path) -> None:
    told: list[Progress] = []
    archive.add([folder(tmp_path / "in", 3)], progress=told.append)
    assert [step.step for step in told][-1] == "linking"
    assert {step.step for step in told} == {"captures", "reading", "linking"}
    for name in ("captures", "reading", "linking"):
        shares = [step.share for step in told if step.step == name]
        assert shares == sorted(shares)
        assert shares[-1] == 1.0


def test_verify_finds_what_was_tampered_with(archive: Archive, tmp_path: Path) -> None:
    archive.add([folder(tmp_path / "in", 2)])
    store = Store(archive.place)
    with store.write() as cx:
        broken = text("UPDATE blobs SET data = :data WHERE sha256 = (SELECT min(sha256) FROM blobs)")
        cx.execute(broken, {"data": b"\0"})
        cx.execute(text("UPDATE versions SET text = 'x' || text"))
    store.close()
    wrong = {problem.what.split(":")[0] for problem in archive.verify()}
    assert {"sha256", "reading", "entries"} <= wrong


def test_other_files_are_no_archives(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("just some notes", encoding="utf-8")
    with pytest.raises(dateline.ArchiveError, match="cannot be opened"):
        dateline.open(tmp_path / "notes.db")


def test_an_archive_of_a_later_version_is_refused(place: Callable[[str], Where]) -> None:
    store = Store(place("later"))
    with store.write() as cx:
        cx.execute(text("UPDATE meta SET value = '99' WHERE key = 'schema'"))
    store.close()
    with pytest.raises(dateline.ArchiveError, match="update Dateline"):
        dateline.open(place("later"))


def test_a_line_from_side_matter_names_the_capture_that_holds_it(archive: Archive, tmp_path: Path) -> None:
    body = article(5).rstrip()
    title, caption = (
        "The flood of the year before",
        "On 3 May 2023, the river Selm flooded forty cellars in Lower Hask.",
    )
    (tmp_path / "a-bare.txt").write_text(body, encoding="utf-8")
    (tmp_path / "b-with-gallery.txt").write_text(f"{body}\n\nSee also:\n-\n{title}\n{caption}\n", encoding="utf-8")
    archive.add([tmp_path / "a-bare.txt", tmp_path / "b-with-gallery.txt"])
    chronicle = archive.chronicle()
    [report] = archive.reports()
    assert len(report.captures) == 2
    [flood] = [entry for entry in chronicle if "flooded" in entry.text]
    assert "b-with-gallery.txt" in chronicle.where(flood.pins[0])
