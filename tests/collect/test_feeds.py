from __future__ import annotations

import gzip
import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.collect.feeds import listed, unzipped
from dateline.collect.refused import Refused

AT = "https://velm.example/feeds/all"
RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>V</title>
<item><title>a</title><link>https://velm.example/a</link><pubDate>Mon, 06 Dec 2021 10:00:00 +0100</pubDate></item>
<item><title>b</title><link>/b</link><pubDate>Tue, 07 Dec 2021 10:00:00 +0100</pubDate></item></channel></rss>"""
ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>V</title><id>x</id>
<entry><title>a</title><id>1</id><link href="https://velm.example/a"/><published>2021-12-06T10:00:00Z</published>
<updated>2021-12-09T00:00:00Z</updated></entry></feed>"""
NEWS = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc> https://velm.example/a </loc><news:news>
<news:publication_date>2021-12-06T10:00:00+01:00</news:publication_date><news:title>A</news:title></news:news></url>
<url><loc>https://velm.example/b</loc><lastmod>2021-12-08</lastmod></url></urlset>"""


def test_the_items_of_rss_the_newest_first() -> None:
    assert [item.url for item in listed(RSS, AT)] == ["https://velm.example/b", "https://velm.example/a"]
    assert listed(RSS, AT)[1].changed == "2021-12-06T09:00:00+00:00"


def test_an_entry_of_atom_changed_when_it_was_updated() -> None:
    assert listed(ATOM, AT) == [("https://velm.example/a", "2021-12-09T00:00:00+00:00", False)]


def test_the_items_of_a_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"url": "/a", "date_modified": "2021-12-06T10:00:00Z"}, 7],
    }
    assert listed(json.dumps(feed).encode(), AT) == [("https://velm.example/a", "2021-12-06T10:00:00+00:00", False)]


def test_the_pages_of_a_news_sitemap() -> None:
    found = listed(NEWS, AT)
    assert [item.url for item in found] == ["https://velm.example/b", "https://velm.example/a"]
    assert found[1].changed == "2021-12-06T09:00:00+00:00"


def test_of_a_sitemap_of_sitemaps_those_that_are_fresh_or_of_news() -> None:
    today = datetime.now(UTC).date().isoformat()
    entries = [("old", "2001-01-01"), ("fresh", today), ("news", "2001-01-01")]
    body = "".join(
        f"<sitemap><loc>https://velm.example/{n}.xml</loc><lastmod>{d}</lastmod></sitemap>" for n, d in entries
    )
    found = listed(f"<sitemapindex>{body}</sitemapindex>".encode(), AT)
    assert [(item.url, item.sitemap) for item in found] == [
        ("https://velm.example/fresh.xml", True),
        ("https://velm.example/news.xml", True),
    ]
    with pytest.raises(Refused, match="names 1 sitemaps"):
        listed(b"<sitemapindex><sitemap><loc>https://velm.example/old.xml</loc></sitemap></sitemapindex>", AT)


def test_a_page_is_no_feed_but_the_feed_that_it_names_is_told() -> None:
    page = b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><body><p>Words.</p></body></html>'
    with pytest.raises(Refused, match=r"it names the feed https://velm\.example/rss"):
        listed(page, AT)


@pytest.mark.parametrize("data", [b"words and no more", b"{}", b'{"items": 7}', b"\x89PNG\r\n\x1a\n\x00\x00", b""])
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        listed(data, AT)


def test_entities_are_not_unfolded() -> None:
    bomb = b'<!DOCTYPE u [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><urlset><url><loc>https://v.example/&b;</loc></url></urlset>'
    assert all("aaaa" not in item.url for item in listed(bomb, AT))


def test_a_gzipped_sitemap_and_a_bomb() -> None:
    assert unzipped(gzip.compress(NEWS), 1 << 20) == NEWS
    with pytest.raises(Refused, match="unpacks to more"):
        unzipped(gzip.compress(bytes(5 << 20)), 1 << 20)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_feed_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from([RSS, ATOM, NEWS])))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Refused):
        listed(bytes(whole), AT)
