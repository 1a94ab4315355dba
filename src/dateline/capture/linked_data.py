"""What a page says of its article in JSON-LD (schema.org)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

_ARTICLES = re.compile(r"(?:Article|BlogPosting|Report|Reportage\w*|LiveBlogPosting|SocialMediaPosting)$")
_LONGEST = 2_000_000
_DEEPEST = 20
_COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*$")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")


def article(tree: HtmlElement) -> dict[str, Any]:
    """The page's article node, with the nodes that it names by their id put in; empty where there is none."""
    nodes = [node for script in _scripts(tree) for node in _nodes(script, 0)]
    found = next((node for node in nodes if _is_article(node)), None)
    if found is None:
        return {}
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    return {key: _resolved(value, by_id) for key, value in found.items()}


def text_of(value: Any, depth: int = 0) -> str | None:
    """A value's text: a string, the first of a list, or an object's name; None for anything else. ``depth`` is how deep it stands."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        return next((text for item in value if (text := text_of(item, depth + 1))), None)
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or value.get("url")
        return text_of(value, depth + 1) if not isinstance(value, dict) else None
    if isinstance(value, str):
        return " ".join(html.unescape(value).split()) or None
    return None


def texts_of(value: Any) -> list[str]:
    """The texts of a value that may be one or several."""
    return [text for item in (value if isinstance(value, list) else [value]) if (text := text_of(item))]


def _scripts(tree: HtmlElement) -> Iterator[Any]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text and len(script.text) <= _LONGEST:
            words = _COMMENT.sub("", script.text).strip()
            for attempt in (words, _TRAILING_COMMA.sub("", words)):
                try:
                    yield json.loads(attempt, strict=False)
                except (ValueError, RecursionError):
                    continue
                break


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """All objects that may be a node of their own: the value, the members of lists and graphs, a page's main entity."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
            yield from _nodes(value.get(key), depth + 1)


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    return any(
        isinstance(name, str) and _ARTICLES.search(name) for name in (types if isinstance(types, list) else [types])
    )


def _resolved(value: Any, by_id: dict[str, dict[str, Any]], depth: int = 0) -> Any:
    if isinstance(value, list) and depth < _DEEPEST:
        return [_resolved(item, by_id, depth + 1) for item in value]
    if isinstance(value, dict) and set(value) <= {"@id", "@type"}:
        return by_id.get(str(value.get("@id")), value)
    return value
