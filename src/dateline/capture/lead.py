"""The lead of an article: the first paragraph, where a page keeps it between headline and text in an element of its own.

A line under the headline that is no sentence, or is marked as a heading, is a second headline and no lead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from dateline.capture.markup import words
from dateline.capture.shown import headline
from dateline.capture.titles import fold

_SHORTEST, _LONGEST = 40, 900  # characters of a lead
_FAR = 2500  # characters below the headline at which no lead stands any more
_SAME = 50  # letters that a lead shares with the page's own description of itself
_DESCRIPTIONS = ("description", "og:description", "twitter:description")
_LEAVES = frozenset({"p", "div", "strong", "b", "em", "span"})
_SENTENCE = re.compile(r"(?<!\.\.)[.!?。！？](?:\s*[\"”’'»)\]])*$")
_BLOCKS = (
    "p",
    "div",
    "section",
    "article",
    "ul",
    "ol",
    "li",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "figure",
    "form",
)
_CALLED_SO = re.compile(
    r"(?:^|[\s_-])(?:lead|intro(?:duction)?|standfirst|excerpt|abstract|summary|chapo|vorspann"
    r"|teaser-?text|sapo|entradilla|bajada)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SECOND_HEADLINE = re.compile(
    r"sub-?title|sub-?head|(?:^|[\s_-])(?:dek|deck|tagline|kicker)(?:$|[\s_-])", re.IGNORECASE
)
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "hgroup"})
_ELSEWHERE = re.compile(
    r"related|comment|kommentar|footer|recommend|card|most|newsletter|cookie|consent|share|social|author|bio\b|caption|breadcrumb|menu|paywall",
    re.IGNORECASE,
)
_LEVELS = 4


def lead_of(tree: HtmlElement, title: str | None, body: list[str]) -> str | None:
    """The lead where it stands below the headline and above a body that does not hold it; None otherwise.

    Args:
        tree: the page.
        title: its headline.
        body: the texts of the body's blocks in order.
    """
    head = headline(tree, title)
    if head is None or not body:
        return None
    described = [
        fold(text)
        for element in tree.iter("meta")
        if (element.get("name") or element.get("property") or "").lower() in _DESCRIPTIONS
        and (text := element.get("content"))
    ]
    held = fold(" ".join(body))
    first = next((text for text in body if len(text) >= _SHORTEST), body[0])
    for element, text in _below(head, first):
        key = fold(text)
        is_described = any(key[:_SAME] in one or one[:_SAME] in key for one in described if len(one) >= _SHORTEST)
        if (is_described or _is_called_so(element)) and not _is_elsewhere(element) and key[:_SAME] not in held:
            return text
    return None


def _below(head: HtmlElement, first: str) -> Iterator[tuple[HtmlElement, str]]:
    """The innermost blocks of a fit length below the headline, to the body's first."""
    passed = 0
    for element in _following(head):
        if element.tag not in _LEAVES or any(child is not element for child in element.iter(*_BLOCKS)):
            continue
        text = words(element)
        passed += len(text)
        if text == first or passed > _FAR:
            return
        if _SHORTEST <= len(text) <= _LONGEST and _SENTENCE.search(text):
            yield element, text


def _following(element: HtmlElement) -> Iterator[HtmlElement]:
    """The elements behind one, in the order of the page."""
    level: HtmlElement | None = element
    while level is not None:
        for sibling in level.itersiblings():
            yield from sibling.iter()
        level = level.getparent()


def _is_called_so(element: HtmlElement) -> bool:
    parent = element.getparent()
    return any(_CALLED_SO.search(one.get("class") or "") for one in (element, parent) if one is not None)


def _is_elsewhere(element: HtmlElement) -> bool:
    around: HtmlElement | None = element
    for _ in range(_LEVELS):
        if around is None or around.tag in ("body", "article", "main"):
            return False
        marks = around.get("class") or ""
        if around.tag in _HEADS or around.tag in ("nav", "footer", "figure", "a"):
            return True
        if _ELSEWHERE.search(marks) or _SECOND_HEADLINE.search(marks):
            return True
        around = around.getparent()
    return False
