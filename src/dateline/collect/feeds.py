"""What a feed or a sitemap lists: the addresses of pages, each with the day on which it was last changed."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urljoin

from lxml import etree

from dateline.capture import dates
from dateline.capture.feed import is_json_feed
from dateline.capture.markup import tree_of
from dateline.capture.sniff import HEAD, kind_of
from dateline.collect.refused import Refused

_RECENT = timedelta(days=3)  # a sitemap of sitemaps names thousands of old ones
_MOST_SITEMAPS = 20
_SITEMAP = re.compile(rb"<(?:[\w-]+:)?(urlset|sitemapindex)\b", re.IGNORECASE)
_FEED_KIND = re.compile(r"application/(?:rss|atom|feed)\+(?:xml|json)")
_GZIP = b"\x1f\x8b"


class Listed(NamedTuple):
    """An address that a feed lists: a page, or another sitemap; ``changed`` is when it changed last (ISO 8601, UTC)."""

    url: str
    changed: str | None
    sitemap: bool = False


def listed(data: bytes, address: str) -> list[Listed]:
    """The addresses in a feed, the newest first where it dates them.

    Args:
        data: the feed, unpacked.
        address: where it came from; addresses in it may be relative to that.

    Raises:
        Refused: it is no feed and no sitemap.
    """
    if _SITEMAP.search(data[:HEAD]):
        found = _in_sitemap(data)
    else:
        try:
            kind = kind_of(data[:HEAD])
        except ValueError as error:
            raise Refused(f"no feed: {error}") from error
        if kind == "feed":
            found = _in_feed(data)
        elif kind == "json":
            found = _in_json(data)
        elif kind == "html":
            named = _named_in(data, address)
            raise Refused("it is a page, not a feed" + (f"; it names the feed {', '.join(named[:3])}" if named else ""))
        else:
            raise Refused("it is no feed and no sitemap")
    every = {url: item for item in found if (url := _joined(address, item.url))}
    pages = [item._replace(url=url) for url, item in every.items()]
    return sorted(pages, key=lambda item: item.changed or "", reverse=True)


def _joined(address: str, link: str) -> str | None:
    """An address as it stands in a feed, made whole; None where it is none."""
    try:
        return urljoin(address, link.strip())
    except ValueError:
        return None


def _in_feed(data: bytes) -> Iterator[Listed]:
    import feedparser

    parsed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=True)
    for entry in parsed.entries:
        link = entry.get("link") or entry.get("id") or ""
        if link and (re.match(r"https?:|/", link) or "/" in link):
            yield Listed(link, _utc(dict.get(entry, "updated") or entry.get("published")))


def _in_json(data: bytes) -> Iterator[Listed]:
    try:
        document: Any = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Refused(f"its JSON is broken ({error})") from error
    if not is_json_feed(document):
        raise Refused("it is JSON, but no JSON Feed")
    items = document.get("items")
    for item in items if isinstance(items, list) else []:
        url = item.get("url") or item.get("external_url") if isinstance(item, dict) else None
        if isinstance(url, str):
            yield Listed(url, _utc(item.get("date_modified") or item.get("date_published")))


def _in_sitemap(data: bytes) -> Iterator[Listed]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        tree = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise Refused(f"its XML is broken ({error})") from error
    if tree is None:
        raise Refused("its XML is broken")
    index = _name(tree) == "sitemapindex"
    found = []
    for entry in tree:
        told = {
            _name(each): " ".join("".join(map(str, each.itertext())).split()) for each in entry.iter() if _name(each)
        }
        if told.get("loc"):
            changed = told.get("lastmod") or told.get("publication_date")
            found.append(Listed(told["loc"], _utc(changed), sitemap=index))
    if not index:
        yield from found
        return
    since = (datetime.now(UTC) - _RECENT).isoformat()
    recent = [item for item in found if (item.changed or "") >= since or "news" in item.url.lower()]
    if not recent and found:
        raise Refused(f"it names {len(found)} sitemaps, none of news and none changed lately: watch one of them")
    yield from sorted(recent, key=lambda item: item.changed or "", reverse=True)[:_MOST_SITEMAPS]


def _name(element: Any) -> str:
    return re.split("[}:]", element.tag)[-1].lower() if isinstance(element.tag, str) else ""


def _utc(words: Any) -> str | None:
    """A date as a feed writes it as ISO 8601 in UTC, for comparing; None where it is no date."""
    if not isinstance(words, str) or not (moment := dates.parse(words)):
        return None
    try:
        when = datetime.fromisoformat(moment.published)
    except ValueError:
        return None
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="seconds")


def _named_in(data: bytes, address: str) -> list[str]:
    """The feeds that a page names."""
    tree = tree_of(data.decode("utf-8", "replace"))
    links = tree.iter("link") if tree is not None else ()
    return [
        urljoin(address, link.get("href") or "") for link in links if _FEED_KIND.match((link.get("type") or "").lower())
    ]


def unzipped(data: bytes, largest: int) -> bytes:
    """A sitemap that lies gzipped on its server, unpacked.

    Raises:
        Refused: its gzip is broken or a bomb.
    """
    if not data.startswith(_GZIP):
        return data
    import zlib

    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = unpacker.decompress(data, largest + 1)
    except zlib.error as error:
        raise Refused(f"its gzip is broken ({error})") from error
    if len(plain) > largest:
        raise Refused(f"it unpacks to more than {largest >> 20} MB")
    return plain
