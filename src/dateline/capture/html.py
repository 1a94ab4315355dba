"""An HTML page: the article, its side matter and metadata, or the reason why there is no article in it."""

from __future__ import annotations

from copy import deepcopy

from lxml.html import HtmlElement

from dateline.capture import absence, asides, body, metadata
from dateline.capture.absence import Page
from dateline.capture.findings import Findings
from dateline.capture.markup import tree_of, words

_SHORT = 700  # characters of a body under which what was taken for side matter may be the article


def examine(markup: str, url: str | None = None, captured: str | None = None) -> Findings:
    """The findings in a page.

    Args:
        markup: the page as text.
        url: where it came from, if known.
        captured: when it was retrieved (ISO 8601), if known; no publication date is later.
    """
    findings = Findings(url=url)
    tree = tree_of(markup)
    if tree is None:
        findings.no_article = "there is no markup in it"
        return findings
    metadata.describe(tree, findings, captured)
    findings.copyrights = [
        text
        for text in map(words, tree.xpath("//footer//*[contains(text(), '©') or contains(text(), 'opyright')]"))
        if len(text) < 200
    ]
    page = Page(deepcopy(tree), findings)
    reason = absence.by_its_own_word(page)
    if reason is None:
        _take_apart(tree, findings)
        reason = absence.by_what_is_left(page, [text for _, text in findings.blocks])
    if reason:
        findings.no_article, findings.blocks, findings.side = reason, [], []
    return findings


def _take_apart(tree: HtmlElement, findings: Findings) -> None:
    """Side matter and body; where hardly a body is left, what was taken for side matter was the article."""
    untouched = deepcopy(tree)
    side = [item for item in asides.take(tree) if item.text != findings.title]
    findings.blocks = body.blocks_of(tree, findings.title)
    length = sum(len(text) for _, text in findings.blocks)
    if length < _SHORT and length < sum(len(item.text) for item in side):
        findings.blocks = body.blocks_of(untouched, findings.title)
        whole = "\n".join(text for _, text in findings.blocks)
        side = [item for item in side if item.text.partition("\n")[0] not in whole]
    findings.side = side
