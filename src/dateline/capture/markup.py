"""A page as a tree: parsed without executing or fetching anything, bounded in size and depth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html
from lxml.html import HtmlElement

LONGEST = 12_000_000  # characters of a page that are looked at
_DEEPEST = 200  # levels; what is nested deeper is cut off
_MOST_ELEMENTS = 400_000
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_BLOCK_ENDS = frozenset(
    [
        "p",
        "div",
        "li",
        "br",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "td",
        "th",
        "dt",
        "dd",
        "figure",
        "figcaption",
        "blockquote",
        "section",
        "ul",
        "ol",
    ]
)


def tree_of(page: str) -> HtmlElement | None:
    """The tree of a page, None where nothing in it is markup."""
    page = _DECLARATION.sub("", page[:LONGEST], count=1)
    if not page.strip():
        return None
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False, no_network=True)
    try:
        tree = html.document_fromstring(page, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    _bound(tree)
    return tree


def _bound(tree: HtmlElement) -> None:
    """Cut off what is nested too deep or comes after too many elements: later steps walk the tree by recursion."""
    level = [tree]
    seen = 0
    for _ in range(_DEEPEST):
        level = [child for element in level for child in element]
        seen += len(level)
        if not level or seen > _MOST_ELEMENTS:
            break
    for element in level:
        for child in list(element):
            element.remove(child)


def words(element: HtmlElement) -> str:
    """The text of an element on one line, a blank where a block ends; scripts and styles have none."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: HtmlElement) -> Iterator[str]:
    for event, node in etree.iterwalk(element, events=("start", "end")):
        hidden = node.tag in ("script", "style", "noscript", "template")
        if event == "start":
            if not hidden and node.text:
                yield node.text
        else:
            if node.tag in _BLOCK_ENDS:
                yield " "
            if node is not element and node.tail:
                yield node.tail


def link_density(element: HtmlElement) -> float:
    """The share of an element's characters that stand in links, 0 for an empty one."""
    whole = len(words(element))
    return sum(len(words(link)) for link in element.iter("a")) / whole if whole else 0.0
