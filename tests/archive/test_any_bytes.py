"""Whatever is added, nothing is raised, and every pin of what was read says its words."""

from __future__ import annotations

import gzip
import json
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dateline
from tests.conftest import Where
from tests.postgresql import Server
from tests.press import article

_BEGINS = (
    b"",
    b"<html><body><article><p>",
    b"<!doctype html><p>",
    b"<?xml version='1.0'?><rss><channel><item><description>",
    b"{",
    b'{"text": "',
    b"[",
    b"title,text,url\n",
    b"WARC/1.0\r\n",
    b"PK\x03\x04",
    b"\x1f\x8b\x08\x00",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n",
)

_bytes = st.builds(bytes.__add__, st.sampled_from(_BEGINS), st.binary(max_size=300))
_words = st.text(max_size=200) | st.sampled_from(
    [
        "“We will not,” said the minister on 31 February, “ever.”",
        "In 2021 … more than 13,000–14,000 were killed, Kyiv denied.",
        "\u202e\ufeff\u0000\u2028 said \U0001f600 on Monday",
    ]
)
_texts = st.lists(_words, max_size=4).map(lambda pieces: "\n\n".join(pieces))
_rows = st.dictionaries(
    st.sampled_from(["text", "html", "title", "url", "date", "authors", "language", "id", "captured"]),
    _words | st.text(st.characters(), max_size=30) | st.none() | st.integers() | st.lists(_words, max_size=2),
    max_size=6,
)
_files = st.one_of(
    _bytes,
    _bytes.map(gzip.compress),
    _texts.map(lambda text: (article(1) + text + article(2)).encode("utf-8", "surrogatepass")),
    _texts.map(lambda text: f"<html><body><p>{article(1)}</p><p>{text}</p>".encode("utf-8", "surrogatepass")),
    st.lists(_rows, max_size=3).map(lambda rows: "\n".join(map(json.dumps, rows)).encode()),
    st.lists(_rows, max_size=3).map(lambda rows: json.dumps(rows).encode()),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_files, min_size=1, max_size=8))
def test_adding_never_raises_and_every_pin_holds(files: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check(files, Path(folder), Path(folder) / "a.db")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_files, min_size=1, max_size=8))
def test_nothing_that_comes_out_of_captures_is_too_much_for_a_server(server: Server, files: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check(files, Path(folder), server.new())


def check(files: list[bytes], home: Path, at: Where) -> None:
    """Add some files."""
    for number, data in enumerate(files):
        (home / f"{number}").write_bytes(data)
    with dateline.open(at) as archive:
        run = archive.add([home])
        assert not [refusal for refusal in run.refused if "failed" in refusal.reason], run.refused
        assert not list(archive.verify())
        assert archive.status()["unread"] == 0
        named = {Path(refusal.path).name for refusal in run.refused}
        taken = {Path(capture.path).name for refs in archive._store.capture_refs().values() for capture in refs}
        assert named | taken == {str(number) for number in range(len(files))}, "a file was passed over in silence"
        before = archive.status()["counts"]
        assert archive.add([home]).counts["captures new"] == 0
        assert archive.status()["counts"] == before
