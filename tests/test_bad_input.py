"""Bad input end to end: each is named once with its reason, exit status 1, the rest goes on, and nobody sees a traceback."""

from __future__ import annotations

import errno
import gzip
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import dateline as package
from dateline.archive import archive as street
from dateline.archive import steps
from dateline.archive.folding import fold_in as folded_in
from dateline.archive.store import Store
from dateline.capture import find as finding
from dateline.capture.extract import extract as extracted
from dateline.capture.mapping import FieldMapping
from dateline.capture.streams import Input
from dateline.read import model
from dateline.read.reader import read as read_text
from dateline.records import Extract, RawCapture, Reading
from tests.press import article, folder
from tests.test_cli import Done, dateline, lines

COMMAND = [sys.executable, "-c", "from dateline.cli import main; main()"]


def page(body: str, charset: str = "utf-8") -> str:
    return (
        f"<html><head><meta charset={charset}><title>The café on the quay</title></head>"
        f"<body><article><h1>The café on the quay</h1>{''.join(map('<p>{}</p>'.format, body.split(chr(10) * 2)))}</article></body></html>"
    )


def warc(pages: int) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    for number in range(pages):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            f"https://paper.example/{number}.html",
            "response",
            payload=io.BytesIO(page(article(20 + number)).encode()),
            http_headers=headers,
        )
        writer.write_record(record)
    return out.getvalue()


def add(source: Path, *options: str | Path, archive: Path | None = None) -> Done:
    return dateline("add", source, "--archive", archive or source.parent / "a.db", "--no-read", *options)


def captures(archive: Path) -> dict[str, list[str]]:
    """The files that an archive's reports come from, each with the titles of those reports."""
    found: dict[str, list[str]] = {}
    for row in lines(dateline("reports", "--json", "--archive", archive)):
        for capture in row["captures"]:
            found.setdefault(Path(capture["path"]).name, []).append(row["title"])
    return found


def refusals(archive: Path) -> list[tuple[str, str | None, str]]:
    with package.open(archive) as opened:
        return [(Path(r["path"]).name, r["record"], r["reason"]) for r in opened.status()["refused"]]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with one good file in it."""
    made = tmp_path / "in"
    made.mkdir()
    (made / "good.txt").write_text(article(1), encoding="utf-8")
    return made


# ── files that cannot be taken ────────────────────────────────────────────────────────────────────────────────────────


def _broken_gzip(path: Path) -> None:
    path.write_bytes(gzip.compress(article(2).encode() * 50)[:-200])


def _no_gzip(path: Path) -> None:
    path.write_bytes(b"\x1f\x8b\x08\x00garbage garbage garbage")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _white(path: Path) -> None:
    path.write_bytes(b" \r\n\t" * 300)


def _binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def _picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))


def _database(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + bytes(500))


def _bomb(path: Path) -> None:
    with gzip.open(path, "wb", compresslevel=9) as packed:
        for _ in range(120):
            packed.write(b"a" * 1_000_000)


def _foreign_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("../../outside.txt", article(3))


def _deep_json(path: Path) -> None:
    path.write_text('{"a":' * 100_000, encoding="utf-8")


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _loop(path: Path) -> None:
    path.symlink_to(".", target_is_directory=True)


def _dangling(path: Path) -> None:
    path.symlink_to("nowhere")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (_broken_gzip, "gzip is cut off"),
        (_no_gzip, "gzip is"),
        (_empty, "empty"),
        (_white, "white space"),
        (_binary, "binary"),
        (_picture, "PNG"),
        (_database, "database"),
        (_bomb, "too large|times its size"),
        (_foreign_zip, "no WACZ"),
        (_deep_json, "nested too deep"),
        (_fifo, "neither a file nor a folder"),
        (_loop, "link back"),
        (_dangling, "link to nothing"),
    ],
)
def test_it_is_named_once_and_the_rest_goes_on(source: Path, make: Callable[[Path], None], reason: str) -> None:
    make(source / "bad")
    done = add(source)
    assert done.returncode == 1
    [line] = [line for line in done.stderr.splitlines() if line.startswith("refused: ")]
    assert f"{os.sep}bad" in line
    assert re.search(reason, line)
    assert list(captures(source.parent / "a.db")) == ["good.txt"]
    assert [name for name, _, _ in refusals(source.parent / "a.db")] == ["bad"]
    assert sorted(path.name for path in source.parent.iterdir()) == ["a.db", "in"], "something was written outside"


def test_a_warc_cut_in_half_keeps_what_came_before(source: Path) -> None:
    whole = warc(4)
    (source / "crawl.warc").write_bytes(whole[: len(whole) * 5 // 8])
    (source / "crawl.warc.gz").write_bytes(gzip.compress(warc(2))[:-100])
    done = add(source)
    assert done.returncode == 1
    assert done.stderr.count("crawl.warc ") == done.stderr.count("crawl.warc.gz") == 1
    assert len(captures(source.parent / "a.db")["crawl.warc"]) >= 2


def test_a_broken_line_costs_only_itself(source: Path) -> None:
    rows = [
        json.dumps({"text": article(2), "title": "First", "date": "2024-02-31"}),
        "{not json",
        json.dumps(
            {"text": article(3), "title": "Half a pair \ud83d and \x1b[31mred", "url": "http://x.example/\udcff"}
        ),
        "[1, 2]",
        json.dumps({"text": article(4), "title": "Last", "date": "someday"}),
    ]
    (source / "dump.jsonl").write_text("\n".join(rows), encoding="utf-8")
    done = add(source)
    assert done.returncode == 1
    assert [record for _, record, _ in refusals(source.parent / "a.db")] == ["line 2", "line 4"]
    titles = captures(source.parent / "a.db")["dump.jsonl"]
    assert len(titles) == 3
    assert not any(re.search("[\x00-\x1f\ud800-\udfff]", title) for title in titles)
    with package.open(source.parent / "a.db") as archive:
        dates = {report.title: report.published for report in archive.reports()}
    assert all(not date or re.fullmatch(r"2024-\d\d-\d\d.*", date) for date in dates.values())


@pytest.mark.parametrize(
    ("stated", "used"),
    [("klingon-8", "windows-1252"), ("utf-8", "windows-1252"), ("us-ascii", "utf-8"), ("utf-16", "utf-8")],
)
def test_a_charset_that_lies_or_is_unknown(source: Path, stated: str, used: str) -> None:
    (source / "page.html").write_bytes(page(f"{article(5)} “So it is,” she said.", stated).encode(used))
    assert add(source).returncode == 0
    assert captures(source.parent / "a.db")["page.html"] == ["The café on the quay"]


def test_deep_markup_and_nul_bytes_do_not_cost_the_article(source: Path) -> None:
    (source / "deep.html").write_text("<div>" * 50_000 + page(article(6)) + "</div>" * 50_000, encoding="utf-8")
    (source / "nul.html").write_bytes(page(article(7)).encode().replace(b" the ", b" \0the ", 2))
    done = add(source)
    assert "Traceback" not in done.stderr
    assert "nul.html" in captures(source.parent / "a.db")
    with package.open(source.parent / "a.db") as archive:
        assert archive.status()["counts"]["captures"] == 3


# ── what a file system can do to us ───────────────────────────────────────────────────────────────────────────────────


def test_odd_names_are_told_on_one_line_and_kept(source: Path) -> None:
    names = [b"line\nbreak \x1b[31m.txt", b"not utf-8 \xff.txt", "smörgåsbord 😀.txt".encode()]
    for number, name in enumerate(names):
        (source / os.fsdecode(name)).write_text(article(10 + number), encoding="utf-8")
    (source / "em\npty").write_bytes(b"")
    done = add(source)
    assert done.returncode == 1
    assert [line.startswith("refused: ") for line in done.stderr.splitlines()] == [True, False]
    assert "\x1b" not in done.stderr
    found = captures(source.parent / "a.db")
    assert set(found) == {"good.txt", "line\nbreak \x1b[31m.txt", "not utf-8 \\xff.txt", "smörgåsbord 😀.txt"}


def test_a_path_that_is_not_utf8_may_be_given(source: Path) -> None:
    odd = source / os.fsdecode(b"caf\xe9")
    odd.mkdir()
    (odd / "page.txt").write_text(article(2), encoding="utf-8")
    assert add(odd, archive=odd / "a.db").returncode == 0
    assert dateline("status", "--archive", odd / "a.db").returncode == 0


def test_the_same_bytes_under_several_names_are_one_capture(source: Path) -> None:
    (source / "twin.txt").write_bytes((source / "good.txt").read_bytes())
    (source / "link.txt").symlink_to("good.txt")
    assert add(source).returncode == 0
    with package.open(source.parent / "a.db") as archive:
        assert archive.status()["counts"]["captures"] == 1
        [report] = archive.reports()
        assert {Path(capture.path).name for capture in report.captures} == {"good.txt", "twin.txt", "link.txt"}


def test_the_archive_may_lie_in_the_folder_that_is_added(source: Path) -> None:
    for _ in range(2):
        done = add(source, archive=source / "pile.db")
        assert done.returncode == 0, done.stderr
        assert "pile.db" not in done.stderr


def test_a_file_that_cannot_be_read(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (source / "locked.txt").write_text(article(2), encoding="utf-8")
    really = Path.open

    def opened(path: Path, mode: str = "r", **options: str) -> IO[Any]:
        if path.name == "locked.txt":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return really(path, mode, **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(Path, "open", opened)
    done = add(source)
    assert done.returncode == 1
    assert re.search(r"^refused: .*locked\.txt: .*permission denied$", done.stderr, re.MULTILINE)
    assert list(captures(source.parent / "a.db")) == ["good.txt"]


def test_a_folder_that_cannot_be_listed(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (source / "locked").mkdir()
    really = os.listdir

    def listed(path: Path) -> list[str]:
        if path.name == "locked":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return really(path)

    monkeypatch.setattr("dateline.capture.find.os.listdir", listed)
    done = add(source)
    assert done.returncode == 1
    assert re.search(r"^refused: .*locked: .*permission denied$", done.stderr, re.MULTILINE)
    assert list(captures(source.parent / "a.db")) == ["good.txt"]


def test_a_file_that_vanishes(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (source / "a-first.txt").write_text(article(2), encoding="utf-8")
    (source / "gone.txt").write_text(article(3), encoding="utf-8")
    really = finding._told

    def told(file: Input, mapping: FieldMapping | None) -> object:
        if file.file.name == "gone.txt":
            file.file.unlink()
        return really(file, mapping)

    monkeypatch.setattr(finding, "_told", told)
    done = add(source)
    assert done.returncode == 1
    assert re.search(r"^refused: .*gone\.txt: .*No such file", done.stderr, re.MULTILINE)
    assert sorted(captures(source.parent / "a.db")) == ["a-first.txt", "good.txt"]


def _peak(*arguments: str | Path) -> tuple[int, str, int]:
    """Exit status, messages and the largest memory (bytes) of a command in a process of its own."""
    script = "import resource, sys\nfrom dateline.cli import main\ntry:\n    main()\nfinally:\n    sys.stderr.write(f'peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}')"
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)], capture_output=True, text=True, timeout=300, check=False
    )
    return done.returncode, done.stderr, int(done.stderr.rpartition("peak ")[2]) * 1024


def test_a_single_line_of_200_mb_does_not_fill_the_memory(source: Path) -> None:
    begins = {
        "text": b"",
        "array": b'[{"text": "',
        "line": b'{"text": "',
        "table": b"title,text\n",
        "page": b"<html><body>",
    }
    for number, (name, begin) in enumerate(begins.items()):
        with (source / f"huge-{name}").open("wb") as file:
            file.write(begin)
            for _ in range(80 if number > 1 else 200):
                file.write(b"words and words " * 65_536)
    usual = _peak("add", source / "good.txt", "--archive", source.parent / "b.db", "--no-read")[2]
    code, said, peak = _peak("add", source, "--archive", source.parent / "a.db", "--no-read")
    assert code == 1
    for name in begins:
        assert len(re.findall(rf"^refused: .*huge-{name}\b.*(?:MB|never closed)", said, re.MULTILINE)) == 1, said
    assert peak - usual < 5 * 64 * 1024 * 1024
    assert list(captures(source.parent / "a.db")) == ["good.txt"]


# ── what our own steps and the disk can do to us ──────────────────────────────────────────────────────────────────────


def test_a_capture_that_breaks_the_extraction_costs_only_itself(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (source / "odd.txt").write_text(article(2), encoding="utf-8")
    really = extracted

    def extract(raw: RawCapture) -> Extract:
        if raw.path.endswith("odd.txt"):
            raise RecursionError("too deep")
        return really(raw)

    monkeypatch.setattr(steps, "extract", extract)
    done = add(source)
    assert done.returncode == 1
    assert re.search(r"^refused: .*odd\.txt: .*RecursionError: too deep", done.stderr, re.MULTILINE)
    monkeypatch.undo()
    assert list(captures(source.parent / "a.db")) == ["good.txt"]
    with package.open(source.parent / "a.db") as archive:
        assert archive.status()["counts"]["captures"] == 2, "the raw bytes were lost"
        assert not list(archive.verify())
    assert add(source).returncode == 0


def test_a_capture_that_breaks_the_fold_costs_only_itself(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (source / "odd.txt").write_text(article(2), encoding="utf-8")
    really = folded_in

    def fold_in(store: Store, extracts: list[Extract]) -> None:
        if any(each.path and each.path.endswith("odd.txt") and each.text for each in extracts):
            raise ValueError("cannot be folded \ud800")
        really(store, extracts)

    monkeypatch.setattr(street, "fold_in", fold_in)
    done = add(source)
    assert done.returncode == 1
    assert re.search(r"^refused: .*odd\.txt: .*cannot be folded", done.stderr, re.MULTILINE)
    assert list(captures(source.parent / "a.db")) == ["good.txt"]


def test_a_report_that_breaks_the_reading_costs_only_itself(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (source / "odd.txt").write_text(article(2), encoding="utf-8")
    really = read_text

    def read(text: str, **options: str) -> Reading:
        if options["published"] and options["published"][:10] in article(2):
            raise KeyError("nothing")
        return really(text, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(sys.modules["dateline.read.reader"], "read", read)
    done = dateline("add", source, "--archive", source.parent / "a.db")
    assert done.returncode == 1
    assert done.stderr.count("reading failed") == 1
    read_or_not = {row["read"] for row in lines(dateline("reports", "--json", "--archive", source.parent / "a.db"))}
    assert read_or_not == {True, False}


def test_a_reader_that_cannot_be_started_stops_the_run_and_no_report_is_to_blame(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sessions() -> None:
        raise OSError(errno.EMFILE, "Too many open files", "reader.onnx")

    steps._try_reader.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(model, "_sessions", sessions)
        done = dateline("add", source, "--archive", source.parent / "a.db")
        assert (done.returncode, done.stderr) == (3, "dateline: reader.onnx: Too many open files\n")
    done = dateline("add", source, "--archive", source.parent / "a.db")
    assert done.returncode == 0, done.stderr
    assert [row["read"] for row in lines(dateline("reports", "--json", "--archive", source.parent / "a.db"))] == [True]


def test_stopping_keeps_what_was_finished_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder(tmp_path / "in", 40)
    monkeypatch.setattr(street, "_BATCH_CAPTURES", 8)
    seen: list[str] = []
    really = extracted

    def extract(raw: RawCapture) -> Extract:
        seen.append(raw.id)
        if len(seen) == 20:
            raise KeyboardInterrupt
        return really(raw)

    monkeypatch.setattr(steps, "extract", extract)
    done = add(tmp_path / "in", "--jobs", "1")
    assert done.returncode == 130
    assert done.stderr.startswith("stopped: ")
    assert len(done.stderr.splitlines()) == 1
    with package.open(tmp_path / "a.db") as archive:
        assert archive.status()["counts"]["captures"] == 24
        assert not list(archive.verify())
    finished = seen[:16]  # two batches
    assert add(tmp_path / "in").returncode == 0
    assert not set(finished) & set(seen[20:])
    with package.open(tmp_path / "a.db") as archive:
        assert archive.status()["counts"]["captures"] == 40
        assert sum(len(report.captures) for report in archive.reports()) == 40


def test_a_full_disk_is_one_clear_line_and_loses_nothing(tmp_path: Path) -> None:
    folder(tmp_path / "in", 30)
    with Store(tmp_path / "a.db").read() as cx:
        pages = int(cx.exec_driver_sql("PRAGMA page_count").scalar() or 0)
    from sqlalchemy import event

    with pytest.MonkeyPatch.context() as patch:
        opened = Store.__init__

        def small(store: Store, path: Path) -> None:
            opened(store, path)
            store._engine.dispose()
            event.listen(store._engine, "connect", lambda file, _: file.execute(f"PRAGMA max_page_count={pages + 8}"))

        patch.setattr(Store, "__init__", small)
        done = add(tmp_path / "in")
    assert done.returncode == 3
    assert done.stderr == f"dateline: {tmp_path / 'a.db'}: database or disk is full\n"
    assert dateline("verify", "--archive", tmp_path / "a.db").returncode == 0
    assert add(tmp_path / "in").returncode == 0
    with package.open(tmp_path / "a.db") as archive:
        assert archive.status()["counts"]["captures"] == 30


def test_standard_output_that_is_full(source: Path) -> None:
    add(source)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "reports", "--json", "--archive", str(source.parent / "a.db")],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr == "dateline: standard output: cannot be written (No space left on device)\n"


def test_an_archive_that_was_damaged(source: Path) -> None:
    add(source)
    path = source.parent / "a.db"
    data = bytearray(path.read_bytes())
    data[2000:] = os.urandom(len(data) - 2000)
    path.write_bytes(data)
    done = add(source)
    assert done.returncode in (2, 3)
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(f"dateline: {path}: ")


def test_a_folder_in_which_no_archive_can_be_made(source: Path) -> None:
    for path in (Path("/proc/a.db"), source / "no" / "such" / "a.db"):
        done = add(source, archive=path)
        assert done.returncode == 2
        assert re.fullmatch(rf"dateline: {path}: cannot be opened as an archive \(.*\)\n", done.stderr)


@pytest.mark.parametrize("path", ["nowhere", "no\nsuch"])
def test_wrong_usage_makes_no_archive(tmp_path: Path, path: str) -> None:
    done = dateline("add", path, "--archive", tmp_path / "a.db", cwd=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_a_mistake_of_ours_is_one_line_unless_asked(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Store) -> int:
        raise ZeroDivisionError("oh")

    add(source)
    monkeypatch.setattr(Store, "counts", broken)
    monkeypatch.delenv("DATELINE_DEBUG", raising=False)
    done = dateline("status", "--archive", source.parent / "a.db")
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1
    assert "ZeroDivisionError: oh" in done.stderr
    monkeypatch.setenv("DATELINE_DEBUG", "1")
    assert "Traceback" in dateline("status", "--archive", source.parent / "a.db").stderr


# ── several at once ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_two_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    folder(tmp_path / "all", 24)
    halves = []
    for half in range(2):
        (tmp_path / str(half)).mkdir()
        halves.append(tmp_path / str(half))
        for number in range(half, 24, 2):
            (tmp_path / "all" / f"{number:04}.txt").rename(tmp_path / str(half) / f"{number:04}.txt")
    writers = [
        subprocess.Popen(
            [*COMMAND, "add", str(half), "--archive", str(tmp_path / "a.db")], stderr=subprocess.PIPE, text=True
        )
        for half in halves
    ]
    for writer in writers:
        _, said = writer.communicate(timeout=300)
        assert writer.returncode == 0, said
    with package.open(tmp_path / "a.db") as archive:
        told = archive.status()
        assert told["counts"]["captures"] == 24
        assert told["unread"] == 0
        assert sum(len(report.captures) for report in archive.reports()) == 24
        in_entries = {report for entry in archive.chronicle() for report in entry.reports}
        assert in_entries == {report.id for report in archive.reports()}
        assert not list(archive.verify())


def test_a_text_as_long_as_a_book_is_kept_and_found_but_not_read(source: Path) -> None:
    (source / "book.txt").write_text("\n\n".join(article(number) for number in range(400)), encoding="utf-8")
    done = dateline("add", source, "--archive", source.parent / "a.db")
    assert done.returncode == 0, done.stderr
    with package.open(source.parent / "a.db") as archive:
        assert archive.status()["not_read"] == {"the text is longer than 400,000 characters": 1}
        assert archive.search("Brandt")
