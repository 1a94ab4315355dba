"""Feed files: the items of RSS, Atom and JSON Feed, each a capture with the fields that the feed gives."""

from __future__ import annotations

import io
import json
import re
from bisect import bisect
from collections.abc import Iterator, Mapping
from typing import Any

from dateline.capture.mapping import FieldMapping, Fields, mapped
from dateline.capture.origin import agency
from dateline.capture.streams import BadInput, capture
from dateline.capture.titles import fold, host_of, keys_of
from dateline.records import RawCapture, Refusal

_TAG = re.compile(rb"<(/?)(?:\w+:)?(item|entry)\b[^<>]*>", re.IGNORECASE)
_END = re.compile(rb"</(?:rss|feed|rdf:rdf|channel)\s*>\Z", re.IGNORECASE)
_TAIL = 4096  # bytes in which the end of a feed is looked for
_JSON_FEED = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/")
_JSON_ITEM: FieldMapping = {
    "text": ["content_text", "summary"],
    "html": "content_html",
    "title": "title",
    "authors": ["authors", "author"],
    "date": "date_published",
    "url": ["url", "external_url", "id"],
    "language": "language",
}


def items(data: bytes, path: str) -> Iterator[RawCapture | Refusal]:
    """The items of an RSS or Atom file. A feed that is cut off gives those before the cut, and the cut is named.

    Raises:
        BadInput: nothing in it can be read as a feed.
    """
    import feedparser

    parsed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=True)
    entries = parsed.entries
    if not entries:
        error = parsed.get("bozo_exception")
        raise BadInput(f"no item of this feed can be read: {error}" if error else "there is no item in this feed")
    sources, whole = list(_sources(data)), _is_whole(data)
    written = len(sources) >= len(entries) - (not whole)  # else nobody knows which of them is whose
    for number, entry in enumerate(entries, 1):
        if not whole and len(sources) < number == len(entries):
            break  # the item in which the file ends
        fields = _fields(entry, parsed.feed, parsed.get("version") or "")
        raw = sources[number - 1] if written else json.dumps(fields, ensure_ascii=False).encode()
        yield from _item(raw, path, number, fields)
    if not whole:
        yield Refusal(path=path, record=f"after item {len(sources)}", reason="the feed is cut off before its end")


def _sources(data: bytes) -> Iterator[bytes]:
    """The items as they are written, each from its first tag to the next end of the same name."""
    tags = list(_TAG.finditer(data))
    ends = {name: [tag.end() for tag in tags if tag[1] and tag[2].lower() == name] for name in (b"item", b"entry")}
    at = 0
    for tag in tags:
        closing = ends[tag[2].lower()]
        if tag[1] or tag.start() < at or (next_end := bisect(closing, tag.end())) == len(closing):
            continue
        at = closing[next_end]
        yield data[tag.start() : at]


def _is_whole(data: bytes) -> bool:
    """Whether a feed ends as it should; comments may stand behind."""
    tail = data[-_TAIL:].rstrip()
    while tail.endswith(b"-->") and (start := tail.rfind(b"<!--")) >= 0:
        tail = tail[:start].rstrip()
    return bool(_END.search(tail))


def is_json_feed(document: Any) -> bool:
    """Whether a JSON document calls itself a JSON Feed."""
    return isinstance(document, Mapping) and bool(_JSON_FEED.match(str(document.get("version") or "")))


def json_items(document: Mapping[str, Any], path: str) -> Iterator[RawCapture | Refusal]:
    """The items of a JSON Feed."""
    entries = document.get("items")
    for number, entry in enumerate(entries if isinstance(entries, list) else [], 1):
        if not isinstance(entry, Mapping):
            yield Refusal(path=path, record=f"item {number}", reason="the item is no object")
            continue
        fields = mapped(entry, _JSON_ITEM)
        if "authors" not in fields and (authors := mapped(document, {"authors": ["authors", "author"]}).get("authors")):
            fields["authors"] = authors
        fields.setdefault("publisher", _publisher(str(document.get("title") or ""), None))
        fields.setdefault("language", str(document.get("language") or "") or None)
        yield from _item(json.dumps(entry, ensure_ascii=False).encode("utf-8", "surrogatepass"), path, number, fields)


def _item(data: bytes, path: str, number: int, fields: Fields) -> Iterator[RawCapture | Refusal]:
    if not fields.get("text") and not fields.get("html"):
        yield Refusal(path=path, record=f"item {number}", reason="the item has no text")
        return
    url = fields.get("url")
    yield capture(
        data, path, "mapped", record=f"item {number}", url=url if isinstance(url, str) else None, fields=fields
    )


def _fields(entry: Any, feed: Any, version: str) -> Fields:
    contents = [content.get("value") or "" for content in entry.get("content") or []]
    body = max([*contents, entry.get("summary") or ""], key=len)
    # RSS 1.0 has no other date than dc:date, which the parser takes for the date of an update.
    date = entry.get("published") or (entry.get("updated") if version in ("rss10", "rss090") else None)
    authors = [author.get("name") for author in entry.get("authors") or [] if author.get("name")]
    source = (entry.get("source") or {}).get("title")
    return {
        "html" if "<" in body else "text": body,
        "title": entry.get("title"),
        "authors": authors or ([entry["author"]] if entry.get("author") else None),
        "date": date,
        "publisher": _publisher(source or feed.get("title"), _address(entry)),
        "source": source if source and source != feed.get("title") else None,
        "url": _address(entry),
        "language": entry.get("language") or feed.get("language"),
        "copyright": entry.get("rights") or feed.get("rights"),
    }


def _publisher(title: str | None, url: str | None) -> str | None:
    """The paper in a feed's title, which may name a section too ("The Paper – World", "World | The Paper")."""
    pieces = [piece for piece in re.split(r"\s+[|–—:»-]\s+|\s*[|»]\s*", title or "") if piece]
    host = host_of(url)
    keys = keys_of(host) if host else set()
    named = next((piece for piece in pieces if fold(piece) in keys or agency(piece)), None)
    return named or (pieces[0] if pieces else None)


def _address(entry: Any) -> str | None:
    for value in (entry.get("link"), entry.get("id")):
        if value and re.match(r"https?://", value):
            return str(value)
    return None
