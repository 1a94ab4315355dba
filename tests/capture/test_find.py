import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.capture import streams
from dateline.capture.extract import extract
from dateline.capture.find import find, from_line, name_id
from dateline.errors import CaptureError, DatelineError
from dateline.records import RawCapture, Refusal, content_id
from tests.capture.inputs import ATOM, JSON_FEED, LEAD, MHTML, NEXT, PAGE, RSS, TEXT, wacz, warc

Given = list[RawCapture | Refusal]
Put = Callable[[str, bytes], Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    return write


def captures(given: Given) -> list[RawCapture]:
    return [one for one in given if isinstance(one, RawCapture)]


def refusals(given: Given) -> list[Refusal]:
    return [one for one in given if isinstance(one, Refusal)]


def row(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()


ROWS = [row(text=TEXT, title="Bridge", url=f"https://velm.example/{i}", date="2021-12-06", n=i) for i in range(3)]
CSV = (
    f'url,title,text\nhttps://velm.example/1,Bridge,"{LEAD}\n{NEXT}"\nhttps://velm.example/2,Ferry,"{NEXT}"\n'.encode()
)

EVERY = {
    "page": (PAGE.encode(), 1),
    "text": (TEXT.encode(), 1),
    "mhtml": (MHTML, 1),
    "warc": (warc(gzipped=False), 4),
    "rss": (RSS, 2),
    "atom": (ATOM, 1),
    "jsonfeed": (JSON_FEED, 1),
    "jsonl": (b"\n".join(ROWS) + b"\n", 3),
    "json array": (b"[" + b",".join(ROWS) + b"]", 3),
    "json list in an object": (b'{"articles": [' + b",".join(ROWS) + b"]}", 3),
    "json object": (json.dumps(json.loads(ROWS[0]), indent=1).encode(), 1),
    "csv": (CSV, 2),
}


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("gzipped", [False, True])
def test_every_format_is_told_by_its_content(put: Put, name: str, gzipped: bool) -> None:
    data, count = EVERY[name]
    given = list(find([put("misleading.png", gzip.compress(data) if gzipped else data)]))
    assert len(captures(given)) == count
    for raw in captures(given):
        found = extract(raw)
        assert found.no_article is None
        assert "bridge" in found.text or "bread" in found.text


def test_a_folder_is_walked_in_order_without_hidden_files(put: Put, tmp_path: Path) -> None:
    put("b/2.txt", TEXT.encode())
    put("a/1.html", PAGE.encode())
    put(".hidden/3.txt", TEXT.encode())
    assert [Path(raw.path).name for raw in captures(list(find([tmp_path])))] == ["1.html", "2.txt"]


def test_bytes_are_unaltered_and_ids_follow_from_them(put: Put) -> None:
    import hashlib

    data = f"\ufeff{TEXT}\r\n".encode("utf-16")
    (raw,) = captures(list(find([put("x.txt", data)])))
    assert raw.data == data
    assert raw.id == content_id("c", hashlib.sha256(data).hexdigest(), None, None)


def test_warc_records(put: Put) -> None:
    for gzipped in (True, False):
        given = list(find([put("x", warc(gzipped=gzipped))]))
        assert refusals(given) == []
        urls = [raw.url for raw in captures(given)]
        assert urls == [f"https://velm.example/{name}" for name in ("0", "1", "2", "t")]
        first, *_, last = captures(given)
        assert (first.captured, first.charset, first.format, last.format) == (
            "2021-12-06T10:00:00Z",
            "utf-8",
            "html",
            "text",
        )
        assert first.data.startswith(b"<!doctype html>")
        assert (first.record or "").startswith("urn:uuid:")


@pytest.mark.parametrize("gzipped", [True, False])
@pytest.mark.parametrize("share", [0.3, 0.5, 0.55])
def test_half_a_warc_keeps_what_came_before_the_cut(put: Put, gzipped: bool, share: float) -> None:
    data = warc(6, gzipped=gzipped)
    given = list(find([put("x.warc", data[: int(len(data) * share)])]))
    whole = captures(list(find([put("whole.warc", data)])))
    assert len(refusals(given)) == 1
    assert "cut off" in refusals(given)[0].reason or "damaged" in refusals(given)[0].reason
    assert [raw.id for raw in captures(given)] == [raw.id for raw in whole[: len(captures(given))]]


def test_wacz(put: Put) -> None:
    given = list(find([put("x.wacz", wacz())]))
    assert [raw.url for raw in captures(given)] == ["https://velm.example/0", "https://velm.example/t"] * 2
    assert (captures(given)[0].record or "").startswith("archive/a.warc.gz: urn:uuid:")
    assert len(refusals(list(find([put("cut.wacz", wacz()[:500])])))) == 1


def test_mhtml(put: Put) -> None:
    (raw,) = captures(list(find([put("x", MHTML)])))
    assert (raw.url, raw.captured, raw.charset) == ("https://velm.example/bridge", "2021-12-06T10:00:00+01:00", "utf-8")
    assert raw.data.decode().strip() == PAGE


def test_feed_items(put: Put) -> None:
    first, second = (extract(raw) for raw in captures(list(find([put("x", RSS)]))))
    assert (first.title, first.authors, first.published) == (
        "Velm gives up its bridge",
        ["Ada Novak"],
        "2021-12-06T10:00:00+01:00",
    )
    assert (first.publisher, first.url, first.text) == ("Velm Courier", "https://velm-courier.example/1", TEXT)
    assert (second.text, second.date) == (NEXT, None)
    raw = captures(list(find([put("y", RSS)])))[0]
    assert raw.record == "item 1"
    assert raw.data.startswith(b"<item>")
    assert raw.data in RSS
    (atom,) = (extract(raw) for raw in captures(list(find([put("z", ATOM)]))))
    assert (atom.published, atom.authors) == ("2021-12-06T21:10:00+01:00", ["Per Lind"])


def test_json_feed_items(put: Put) -> None:
    given = list(find([put("x", JSON_FEED)]))
    found = extract(captures(given)[0])
    assert (found.title, found.authors, found.publisher, found.date) == (
        "Bridge",
        ["Ada Novak"],
        "Radio Velm",
        "2021-12-06",
    )
    assert [(one.record, one.reason) for one in refusals(given)] == [("item 2", "the item has no text")]


def test_a_feed_that_is_cut_off(put: Put) -> None:
    given = list(find([put("x", RSS[: RSS.index(b"<item><title>Ferry") + 60])]))
    assert len(captures(given)) == 1
    assert len(refusals(given)) == 1


def test_an_item_that_is_not_closed_costs_no_item(put: Put) -> None:
    """The parser sees two items, the source has the end of one."""
    given = list(find([put("x", RSS.replace(b"</item>", b"", 1))]))
    assert not refusals(given)
    assert [extract(raw).title for raw in captures(given)] == ["Velm gives up its bridge", "Ferry to run"]


PRESETS = {
    "trafilatura": {"title": "Bridge", "author": "Ada Novak; Per Lind", "hostname": "velm.example", "date": "2021-12-06",
                    "fingerprint": "x", "raw_text": "r", "text": TEXT, "source": "https://velm.example/1", "filedate": "2021-12-08"},
    "news-please": {"title": "Bridge", "authors": ["Ada Novak", "Per Lind"], "maintext": TEXT, "source_domain": "velm.example",
                    "date_publish": "2021-12-06 10:00:00", "date_download": "2021-12-08 00:00:00", "url": "https://velm.example/1"},
    "fundus": {"title": "Bridge", "authors": ["Ada Novak", "Per Lind"], "publishing_date": "2021-12-06 10:00:00+01:00", "lang": "en",
               "body": {"summary": [], "sections": [{"headline": "", "paragraphs": [LEAD, NEXT]}]},
               "html": {"requested_url": "https://velm.example/1", "crawl_date": "2021-12-08T00:00:00"}, "publisher": "Velm"},
    "media cloud": {"stories_id": 7, "title": "Bridge", "publish_date": "2021-12-06 10:00:00", "media_name": "Velm Courier", "media_id": 1,
                    "url": "https://velm.example/1", "text": TEXT, "authors": "Ada Novak, Per Lind"},
}  # fmt: skip


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("named", [False, True])
def test_presets(put: Put, preset: str, named: bool) -> None:
    path = put("x.json", json.dumps(PRESETS[preset]).encode())
    (raw,) = captures(list(find([path], preset if named else None)))
    found = extract(raw)
    assert (found.title, found.authors, found.date) == ("Bridge", ["Ada Novak", "Per Lind"], "2021-12-06")
    assert (found.text, found.url) == (TEXT, "https://velm.example/1")


def test_a_mapping_of_ones_own(put: Put) -> None:
    path = put("x.jsonl", row(hed="Bridge", story={"words": TEXT}, by="Ada Novak"))
    (raw,) = captures(list(find([path], {"text": "story.words", "title": "hed", "authors": "by"})))
    assert (extract(raw).title, extract(raw).authors, extract(raw).text) == ("Bridge", ["Ada Novak"], TEXT)


@pytest.mark.parametrize("mapping", ["no such preset", {"words": "text"}, {"title": "text"}])
def test_a_mapping_that_is_none_raises_at_once(put: Put, mapping: str | dict[str, str]) -> None:
    with pytest.raises(CaptureError):
        find([put("x.txt", b"x")], mapping)


def test_csv_rows_can_be_read_by_themselves(put: Put) -> None:
    first, second = captures(list(find([put("x.csv", CSV)])))
    assert (first.record, second.record) == ("line 2", "line 4")
    assert second.data.decode() == f'url,title,text\nhttps://velm.example/2,Ferry,"{NEXT}"\n'
    (again,) = captures(list(find([put("again.csv", first.data)])))
    assert extract(again).text == extract(first).text == TEXT


# ── bad input ─────────────────────────────────────────────────────────────────────────────────────────────────────

BAD = {
    "empty": (b"", "it is empty"),
    "blank": (b" \n\n", "nothing but white space"),
    "binary": (bytes(range(256)) * 50, "binary"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG picture"),
    "pdf": (b"%PDF-1.7\n" + bytes(range(256)), "PDF"),
    "broken gzip": (gzip.compress(TEXT.encode())[:20] + b"garbage" * 9, "gzip"),
    "cut gzip": (gzip.compress(os.urandom(2000).hex().encode())[:-600], "cut off"),
    "zip of nothing": (b"PK\x03\x04garbage", "zip"),
    "not json": (b'{"text": "Velm', "not JSON"),
    "strange xml": (b"<?xml version='1.0'?><sitemapindex></sitemapindex>", "sitemapindex"),
    "no text field": (row(id=1, votes=2), "none of its fields"),
    "empty feed": (b"<rss version='2.0'><channel></channel></rss>", "feed"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named_once_and_the_rest_goes_on(put: Put, tmp_path: Path, name: str) -> None:
    data, reason = BAD[name]
    put("a.txt", TEXT.encode())
    bad = put("b", data)
    put("c.html", PAGE.encode())
    given = list(find([tmp_path]))
    assert len(captures(given)) == 2
    (refusal,) = refusals(given)
    assert refusal.path == str(bad)
    assert reason in refusal.reason


def test_a_line_that_is_not_json_is_named_and_the_rest_goes_on(put: Put) -> None:
    data = b"\n".join([ROWS[0], b"{not json", b"", row(title="no text"), b"[1]", ROWS[1], b"\xff\xfe", ROWS[2]])
    given = list(find([put("x.jsonl", data)]))
    assert [raw.record for raw in captures(given)] == ["line 1", "line 6", "line 8"]
    assert [one.record for one in refusals(given)] == ["line 2", "line 4", "line 5", "line 7"]


def test_a_first_line_that_is_not_json(put: Put) -> None:
    given = list(find([put("x.jsonl", b'{"broken"\n' + ROWS[0])]))
    assert (len(captures(given)), [one.record for one in refusals(given)]) == (1, ["line 1"])


def test_a_cut_array_keeps_its_whole_members(put: Put) -> None:
    data = b"[" + b",".join(ROWS) + b"]"
    given = list(find([put("x.json", data[:-20])]))
    assert len(captures(given)) == 2
    assert [one.record for one in refusals(given)] == ["after item 2"]


def test_cut_gzipped_lines_keep_what_came_before(put: Put) -> None:
    data = gzip.compress(b"\n".join(row(text=TEXT + os.urandom(500).hex()) for _ in range(200)))
    given = list(find([put("x.jsonl.gz", data[: len(data) // 2])]))
    assert len(refusals(given)) == 1


def test_too_large_is_refused_in_bounded_memory(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    path = put("line.txt", b"")
    with path.open("wb") as out:
        for _ in range(200):
            out.write(b"Velm " * 209_715)
    (refusal,) = list(find([path]))
    assert isinstance(refusal, Refusal)
    assert "too large" in refusal.reason
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000  # kB


def test_a_line_of_a_dump_that_is_too_long(put: Put) -> None:
    long = row(text="Velm " * (streams.LARGEST // 5 + 1))
    given = list(find([put("x.jsonl", b"\n".join([ROWS[0], long, ROWS[1]]))]))
    assert [raw.record for raw in captures(given)] == ["line 1", "line 3"]
    assert [one.record for one in refusals(given)] == ["line 2"]


def test_a_bomb_is_refused(put: Put) -> None:
    bomb = gzip.compress(b"\n" * (streams.LARGEST * 4), 9)
    (refusal,) = list(find([put("x.gz", b"".join([gzip.compress(ROWS[0] + b"\n"), bomb]))]))[1:]
    assert isinstance(refusal, Refusal)
    assert "unpacks" in refusal.reason


def test_loops_links_and_special_files(put: Put, tmp_path: Path) -> None:
    put("a/x.txt", TEXT.encode())
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "gone").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "pipe")
    given = list(find([tmp_path]))
    assert len(captures(given)) == 1
    reasons = {Path(one.path).name: one.reason for one in refusals(given)}
    assert set(reasons) == {"loop", "gone", "pipe"}
    assert "back to a folder" in reasons["loop"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_an_unreadable_file(put: Put) -> None:
    path = put("x.txt", TEXT.encode())
    path.chmod(0)
    (refusal,) = list(find([path]))
    assert isinstance(refusal, Refusal)
    assert "permission" in refusal.reason


def test_an_unreadable_file_is_named(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put("x.txt", TEXT.encode())

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (refusal,) = list(find([path]))
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "it cannot be read: permission denied"


def test_a_path_that_does_not_exist_raises_before_anything_is_given(put: Put) -> None:
    with pytest.raises(CaptureError, match="no such file") as caught:
        find([put("x.txt", TEXT.encode()), "/no/such/file"])
    assert caught.value.subject == "/no/such/file"
    assert isinstance(caught.value, DatelineError)


# ── lines and names ───────────────────────────────────────────────────────────────────────────────────────────────


def test_from_line() -> None:
    raw = from_line({"id": "seven", "text": TEXT, "url": "https://velm.example/7"})
    assert (raw.id, raw.format, raw.url) == ("seven", "text", "https://velm.example/7")
    assert extract(raw).text == TEXT
    assert from_line({"id": 7, "html": PAGE}).format == "html"
    with pytest.raises(CaptureError):
        from_line({"id": "x", "text": None})


@pytest.mark.parametrize(("path", "id"), [("a/b.html.gz", "b"), ("c.txt", "c"), ("d", "d"), (".e.txt", ".e")])
def test_name_id(path: str, id: str) -> None:
    assert name_id(path) == id
