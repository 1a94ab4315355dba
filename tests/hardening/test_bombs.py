"""A bomb is refused by its name or taken in bounded time and memory, and nothing of it leads out of the file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dateline.capture.extract import extract
from dateline.capture.feed import _is_whole, _sources
from dateline.capture.find import find
from dateline.records import RawCapture
from tests.hardening.bombs import BOMBS
from tests.hardening.cage import SECONDS, Told, run

NAMES = list(BOMBS)
# What was found by trying, and what stands for its kind; the others are the soak.
QUICK = (
    "gzip",
    "warc in gzip",
    "wacz that lies",
    "wacz of overlapping members",
    "pdf of letters",
    "pdf packed twice",
    "billion laughs",
    "json line",
    "json-ld in a list",
    "multipart",
    "multipart of many lines",
    "open items",
    "comments behind a feed",
)


@pytest.fixture(scope="module")
def quick() -> dict[str, Told]:
    """What came of a few bombs."""
    return {told.name: told for told in run("bombs", map(NAMES.index, QUICK))}


@pytest.mark.parametrize("name", QUICK)
def test_a_bomb_is_refused_or_taken_in_bounds(name: str, quick: dict[str, Told]) -> None:
    _check(quick[name])


@pytest.mark.soak
def test_every_bomb_is_refused_or_taken_in_bounds() -> None:
    for told in run("bombs", range(len(NAMES))):
        print(f"{told.name}: {told.seconds:.2f} s, {told.memory >> 20} MB, {told.outcomes}")
        _check(told)


def _check(told: Told) -> None:
    assert told.wrong == [], told
    assert told.seconds < SECONDS, told
    if (refused := BOMBS[told.name].refused) is not None:
        assert any(re.search(refused, reason) for reason in told.reasons), told


def test_no_entity_leads_out_of_a_feed(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(BOMBS["entities from outside"].make())
    for found in find([tmp_path]):
        assert isinstance(found, RawCapture)
        assert "root:" not in extract(found).text
        assert b"root:" not in found.data


def test_names_within_a_container_are_no_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.hardening.bombs import _record, _zip

    home = tmp_path / "a" / "b"
    home.mkdir(parents=True)
    monkeypatch.chdir(home)
    names = (
        "../../out.warc",
        "/tmp/dateline-out.warc",
        "..\\..\\out.warc",
        "C:\\out.warc",
        "archive/../../../out.warc",
    )
    (home / "x.wacz").write_bytes(
        _zip({name: _record(b"<html><body><p>Velm</p></body></html>", i) for i, name in enumerate(names)})
    )
    assert [found.record for found in find([home]) if isinstance(found, RawCapture)]
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["x.wacz"]
    assert not Path("/tmp/dateline-out.warc").exists()


@pytest.mark.parametrize(
    ("data", "sources"),
    [
        (b"<item>a</item><entry x='1'>b</entry >", [b"<item>a</item>", b"<entry x='1'>b</entry >"]),
        (b"<a:Item>a<item>b</a:iTEM>c</item>", [b"<a:Item>a<item>b</a:iTEM>"]),
        (b"<item>a<entry>b</item>c</entry>", [b"<item>a<entry>b</item>"]),
        (b"<item><items>a</items>", []),
        (b"<entry><item>a</item>", [b"<item>a</item>"]),
    ],
)
def test_items_are_found_as_they_are_written(data: bytes, sources: list[bytes]) -> None:
    assert list(_sources(data)) == sources


@pytest.mark.parametrize(
    ("data", "whole"),
    [
        (b"<rss></rss>", True),
        (b"<rss></RSS >\n<!-- made by x --> \n<!-- y -->\n", True),
        (b"<rss></rss><!-- y", False),
        (b"<rss><item>", False),
        (b"<feed></feed>" + b"<!---->" * 500 + b"x", False),
        (b"<feed></feed>" + b"<!---->" * 500, True),
    ],
)
def test_the_end_of_a_feed_is_seen(data: bytes, whole: bool) -> None:
    assert _is_whole(data) is whole
