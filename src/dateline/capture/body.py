"""The article's paragraphs and headings in a page: trafilatura finds the body, what is furniture by its words goes."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement

from dateline.capture.findings import joined, one_line
from dateline.capture.layout import layout
from dateline.capture.lead import lead_of
from dateline.capture.markup import words
from dateline.capture.titles import fold
from dateline.records import PartKind

_KEPT = 0.5  # share of a generous extraction's characters that a strict one must hold to be trusted
_LEFT = 0.6  # share of the characters that a trim must leave; one that takes more has mistaken the page
_THIN = 600  # characters under which a quick extraction is tried again with care
_BLOCKS = frozenset({"p", "head", "quote", "list", "item", "table", "row", "cell", "code", "div", "fw"})
_INNER = frozenset(
    [
        "p",
        "div",
        "li",
        "td",
        "table",
        "ul",
        "ol",
        "section",
        "article",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "form",
        "figure",
        "blockquote",
        "pre",
    ]
)
_FEWEST_IN_CHUNK = 2
_CHUNK_DEPTH = 3
_NO_CHUNK = re.compile(r"comment|reply|related|teaser|card|review|footer|bio", re.IGNORECASE)
_GAIN = 2  # times as much must a careful extraction give to be taken instead
_HEADING = 200
_LEAVES = ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "blockquote", "span", "b", "strong", "div")
_PARAGRAPH = 80  # characters from which on a block is certainly the article's
_STOPS = '.!?…:。！？」"”'
_LABEL_WORDS = 6
_LABEL = 60

Block = tuple[PartKind, str]


def blocks_of(tree: HtmlElement, title: str | None = None) -> list[Block]:
    """The body's paragraphs and headings in order, without the title; empty where the page has none.

    The tree is changed.
    """
    _mark_paragraphs(tree)
    _join_chunks(tree)
    strict = _extracted(deepcopy(tree), fast=True, strict=True)
    found = _extracted(deepcopy(tree), fast=True, strict=False)
    if _size(strict) >= _KEPT * _size(found):
        found = strict
    if _size(found) < _THIN:
        careful = _extracted(deepcopy(tree), fast=False, strict=False)
        found = careful if _size(careful) > _GAIN * _size(found) else found
    found = _unless_too_much(found, _below(found, title))
    found = _unless_too_much(found, _inside(found, tree))
    if lead := lead_of(tree, title, [text for _, text in found]):
        found.insert(0, ("body", lead))
    return _without_furniture(found)


def _unless_too_much(blocks: list[Block], trimmed: list[Block]) -> list[Block]:
    return trimmed if _size(trimmed) >= _LEFT * _size(blocks) else blocks


def _size(blocks: list[Block]) -> int:
    return sum(len(text) for _, text in blocks)


def _mark_paragraphs(tree: HtmlElement) -> None:
    """Make paragraphs of innermost divisions where a page writes its paragraphs so."""
    leaves = [
        element
        for element in tree.iter("div")
        if (element.text or "").strip() and not any(child.tag in _INNER for child in element.iterdescendants())
    ]
    marked = sum(len(words(element)) for element in tree.iter("p"))
    if sum(len(words(element)) for element in leaves) > marked:
        for element in leaves:
            element.tag = "p"


def _join_chunks(tree: HtmlElement) -> None:
    """Put an article that comes in chunks, with advertisements between them, into its first chunk."""
    chunks: dict[tuple[str, HtmlElement], list[HtmlElement]] = {}
    for element in tree.iter("div", "section"):
        name = element.get("class")
        long = sum(child.tag == "p" and len(words(child)) >= _PARAGRAPH for child in element)
        if name and long >= _FEWEST_IN_CHUNK and not _NO_CHUNK.search(name):
            above = [*element.iterancestors()][:_CHUNK_DEPTH]
            chunks.setdefault((name, above[-1]), []).append(element)
    for first, *others in chunks.values():
        for other in others:
            first.extend(list(other))


def _below(blocks: list[Block], title: str | None) -> list[Block]:
    """What stands below the title where it stands among the first blocks, and below short lines that no sentence is in."""
    start = 0
    for i, (_, text) in enumerate(blocks):
        if len(text) >= _PARAGRAPH:
            break
        if title and fold(text) == fold(title):
            start = i + 1
    while start < len(blocks) and blocks[start][0] == "body" and _is_label(blocks[start][1]):
        start += 1
    return blocks[start:]


def _inside(blocks: list[Block], tree: HtmlElement) -> list[Block]:
    """The blocks without short ones at both ends that stand outside the element in which all the long ones stand."""
    places: dict[str, HtmlElement] = {}
    for element in tree.iter(*_LEAVES):
        if any(child.tag in _INNER for child in element):
            continue
        places.setdefault(words(element), element)
    long = [places[text] for _, text in blocks if len(text) >= _PARAGRAPH and text in places]
    if not long:
        return blocks
    paths = [[*reversed([*element.iterancestors()])] for element in long]
    depth = next((i for i, level in enumerate(zip(*paths, strict=False)) if len(set(level)) > 1), min(map(len, paths)))
    holder = paths[0][depth - 1]

    def outside(block: Block) -> bool:
        element = places.get(block[1])
        return len(block[1]) < _PARAGRAPH and element is not None and holder not in element.iterancestors()

    start, end = 0, len(blocks)
    while start < end and outside(blocks[start]):
        start += 1
    while end > start and outside(blocks[end - 1]):
        end -= 1
    return blocks[start:end]


def _is_label(text: str) -> bool:
    """A section's name, a kicker, a date: short, and no sentence."""
    return len(text.split()) < _LABEL_WORDS and len(text) < _LABEL and text[-1:] not in _STOPS


def _without_furniture(blocks: list[Block]) -> list[Block]:
    """The blocks without those that are furniture by their words, as in a plain text, and without headings of nothing."""
    text, parts = joined(blocks)
    laid = {part.start: part for part in layout(text)}
    kept: list[Block] = []
    for part in parts:
        start, lead = part.start, laid.get(part.start)
        if lead is not None and lead.kind not in ("body", "heading"):
            if lead.end >= part.end:
                continue
            start = lead.end  # a byline or a stamp, with the paragraph it leads on the same line
        kept.append((part.kind, text[start : part.end].strip()))
    while kept and kept[-1][0] == "heading":
        kept.pop()
    return kept


def _extracted(tree: HtmlElement, *, fast: bool, strict: bool) -> list[Block]:
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        document = bare_extraction(
            etree.ElementTree(tree).getroot(),
            fast=fast,
            favor_precision=strict,
            include_comments=False,
            include_tables=True,
            include_formatting=False,
        )
    except (ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError):
        return []
    body = getattr(document, "body", None)
    return list(_blocks(body)) if body is not None else []


def _blocks(body: etree._Element) -> Iterator[Block]:
    """The leaf blocks of trafilatura's tree; text that hangs between blocks is a paragraph of its own."""
    run: list[str] = []

    def flush(kind: PartKind = "body") -> Iterator[Block]:
        text = one_line("".join(run))
        run.clear()
        if text:
            yield kind, text

    for event, element in etree.iterwalk(body, events=("start", "end")):
        block = element.tag in _BLOCKS
        if event == "start":
            if block:
                yield from flush()
            if element.tag == "lb":
                run.append("\n")
            run.append(element.text or "")
        else:
            if block:
                is_heading = element.tag == "head" and len("".join(run)) <= _HEADING
                yield from flush("heading" if is_heading else "body")
            if element is not body:
                run.append(element.tail or "")
    yield from flush()
