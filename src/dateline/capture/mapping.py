"""Which field of a dump's row is what: presets for the programs whose output people have, and mappings of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from dateline.capture.charset import clean
from dateline.errors import CaptureError

FieldMapping = Mapping[str, str | list[str]]
"""Our field to the field of the row, or to several of which the first that is filled counts. Dots lead into objects."""

Fields = dict[str, str | list[str] | None]

_DEEPEST = 20  # levels of lists and objects in which a value is looked for

OURS = ("text", "html", "title", "authors", "date", "publisher", "url", "language", "captured", "copyright")

PRESETS: dict[str, FieldMapping] = {
    "trafilatura": {
        "text": ["text", "raw_text"],
        "title": "title",
        "authors": "author",
        "date": "date",
        "publisher": ["sitename", "source-hostname", "hostname"],
        "url": ["source", "url"],
        "language": "language",
        "captured": "filedate",
    },
    "news-please": {
        "text": "maintext",
        "title": ["title", "title_page", "title_rss"],
        "authors": "authors",
        "date": "date_publish",
        "publisher": "source_domain",
        "url": "url",
        "language": "language",
        "captured": "date_download",
    },
    "fundus": {
        "text": ["plaintext", "body"],
        "html": ["html.content", "html"],
        "title": "title",
        "authors": "authors",
        "date": "publishing_date",
        "publisher": "publisher",
        "url": ["html.requested_url", "html.responded_url", "url"],
        "language": "lang",
        "captured": "html.crawl_date",
    },
    "media cloud": {
        "text": ["text", "story_text", "content"],
        "title": "title",
        "authors": ["authors", "author"],
        "date": "publish_date",
        "publisher": ["media_name", "media_url"],
        "url": "url",
        "language": "language",
        "captured": ["collect_date", "indexed_date"],
    },
    "plain": {
        "text": ["text", "content", "body", "article", "full_text", "fulltext", "article_text", "articleBody", "maintext",
                 "plaintext", "story", "content_text"],
        "html": ["html", "raw_html", "content_html", "page"],
        "title": ["title", "headline", "heading", "name"],
        "authors": ["authors", "author", "byline", "creator"],
        "date": ["published", "date", "publish_date", "published_at", "publishedAt", "publication_date", "pub_date", "pubDate",
                 "datePublished", "date_published", "date_publish", "publishing_date"],
        "publisher": ["publisher", "source.name", "source_name", "publication", "outlet", "newspaper", "sitename", "site",
                      "source", "source_domain", "domain"],
        "url": ["url", "link", "href", "source_url", "web_url", "webUrl"],
        "language": ["language", "lang"],
        "captured": ["captured", "crawled_at", "retrieved", "retrieved_at", "fetched_at", "scraped_at", "date_download", "crawl_date"],
        "copyright": ["copyright", "rights"],
    },
}  # fmt: skip

# Fields that only one program writes: two of a set tell its output.
_MARKS: dict[str, frozenset[str]] = {
    "news-please": frozenset({"maintext", "date_publish", "date_download", "source_domain", "title_rss", "localpath"}),
    "fundus": frozenset({"publishing_date", "plaintext", "free_access", "lang", "ld"}),
    "media cloud": frozenset(
        {"stories_id", "media_name", "media_id", "media_url", "processed_stories_id", "indexed_date"}
    ),
    "trafilatura": frozenset({"raw_text", "fingerprint", "filedate", "source-hostname", "pagetype", "hostname"}),
}


def mapping_of(given: FieldMapping | str | None) -> FieldMapping | None:
    """The mapping that a user named or gave; None where the fields are to tell.

    Raises:
        CaptureError: there is no such preset or no such field of ours.
    """
    if given is None:
        return None
    if isinstance(given, str):
        name = (
            given.strip()
            .lower()
            .replace("_", " ")
            .replace("mediacloud", "media cloud")
            .replace("news please", "news-please")
        )
        if name not in PRESETS:
            raise CaptureError(given, f"no such preset; there are {', '.join(PRESETS)}")
        return PRESETS[name]
    for field in given:
        if field not in OURS:
            raise CaptureError(field, f"no such field; there are {', '.join(OURS)}")
    if not {"text", "html"} & set(given):
        raise CaptureError("mapping", "it names neither a field for text nor one for html")
    return given


def recognise(names: Iterable[str]) -> FieldMapping:
    """The preset whose marks stand among a row's field names; the plain one where none does."""
    there = {name.strip() for name in names}
    for preset, marks in _MARKS.items():
        if len(marks & there) >= 2:
            return PRESETS[preset]
    return PRESETS["plain"]


def has_text(names: Iterable[str], mapping: FieldMapping | None) -> bool:
    """Whether a row with these field names has one for the text or the page."""
    there = {name.strip() for name in names}
    chosen = mapping or recognise(there)
    return any(path.split(".")[0] in there for field in ("text", "html") for path in _paths(chosen.get(field)))


def mapped(row: Mapping[str, Any], mapping: FieldMapping | None) -> Fields:
    """A row's values under our names; what is missing or empty is left out."""
    chosen = mapping or recognise(row)
    fields: Fields = {}
    for field in OURS:
        for path in _paths(chosen.get(field)):
            if value := _value(_at(row, path), field):
                fields[field] = value
                break
    return fields


def _paths(given: str | list[str] | None) -> list[str]:
    return [given] if isinstance(given, str) else list(given or [])


def _at(row: Any, path: str) -> Any:
    if isinstance(row, Mapping) and path in row:
        return row[path]
    head, _, rest = path.partition(".")
    return _at(row[head], rest) if rest and isinstance(row, Mapping) and head in row else None


def _value(value: Any, field: str, depth: int = 0) -> str | list[str] | None:
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        texts = [text for item in value if isinstance(text := _value(item, field, depth + 1), str)]
        return texts if field == "authors" else "\n\n".join(texts)
    if isinstance(value, Mapping):
        if field == "text":
            return _sections(value)
        inner = value.get("name") or value.get("title")
        return _value(inner, field, depth + 1) if not isinstance(inner, Mapping) else None
    if isinstance(value, bool) or value is None:
        return None
    text = clean(str(value)).strip()
    return None if text.lower() in ("", "none", "null", "nan") else text


def _sections(body: Mapping[str, Any]) -> str | None:
    """A body that is kept in sections, each with a headline and paragraphs (as Fundus does)."""
    pieces: list[str] = []

    def add(value: Any, depth: int) -> None:
        if isinstance(value, str):
            pieces.append(value.strip())
        elif isinstance(value, list | Mapping) and depth < _DEEPEST:
            names = ("summary", "headline", "paragraphs", "sections")
            for item in value if isinstance(value, list) else map(value.get, names):
                add(item, depth + 1)

    add(body, 0)
    return "\n\n".join(piece for piece in pieces if re.search(r"\w", piece)) or None
