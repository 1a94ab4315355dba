"""The article's paragraphs and headings in a page: trafilatura finds the body, what is furniture by its words goes."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement

from dateline.capture.findings import one_line
from dateline.capture.furniture import is_furniture, leads_to_related
from dateline.records import PartKind

_KEPT = 0.5  # share of a generous extraction's characters that a strict one must hold to be trusted
_THIN = 600  # characters under which a quick extraction is tried again with care
_BLOCKS = frozenset({"p", "head", "quote", "list", "item", "table", "row", "cell", "code", "div", "fw"})
_HEADING = 200

Block = tuple[PartKind, str]


def blocks_of(tree: HtmlElement) -> list[Block]:
    """The body's paragraphs and headings in order; empty where the page has none. The tree may be changed."""
    strict = _extracted(deepcopy(tree), fast=True, strict=True)
    found = _extracted(deepcopy(tree), fast=True, strict=False)
    if _size(strict) >= _KEPT * _size(found):
        found = strict
    if _size(found) < _THIN:
        found = max(found, _extracted(tree, fast=False, strict=False), key=_size)
    return without_furniture(found)


def _size(blocks: list[Block]) -> int:
    return sum(len(words) for _, words in blocks)


def without_furniture(blocks: list[Block]) -> list[Block]:
    """The blocks without lines that are furniture, and without headings that nothing follows."""
    kept: list[Block] = []
    after_related = False
    for kind, words in blocks:
        leads, names_it = leads_to_related(words)
        if leads or is_furniture(words):
            after_related = leads and not names_it
            continue
        if after_related and len(words) < 140 and words[-1:] not in '.!?…"”':
            continue  # the head of another article
        after_related = False
        kept.append((kind, words))
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
        words = one_line("".join(run))
        run.clear()
        if words:
            yield kind, words

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
