"""An HTML page: the article, its side matter and metadata, or the reason why there is no article in it."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml.html import HtmlElement

from dateline.capture import asides, body, metadata
from dateline.capture.findings import Findings
from dateline.capture.markup import tree_of, words

_SHORT = 700  # characters; an error page or a wall is hardly longer
_ERROR = re.compile(
    r"^\W*(?:(?:http )?(?:error )?(?:40[0134]|410|429|50[0234])\b|(?:the )?(?:page|article|content|file|site) (?:(?:you (?:requested|are looking for)|was|is|could|can|has)\b.{0,30})?(?:not found|n['o]t be found|unavailable|no longer)"
    r"|(?:page|seite|página|pagina) (?:not found|nicht gefunden|no encontrada|non trouvée|introuvable)|not found\b|access denied|forbidden|just a moment|attention required|are you (?:a robot|human)|verify (?:that )?you are human|captcha"
    r"|(?:internal server|bad gateway|gateway time|service (?:temporarily )?unavailable|something went wrong|oops)|pardon our interruption|request (?:blocked|unsuccessful)|website (?:is )?(?:offline|under construction)|domain .{0,40}(?:for sale|expired))",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"\b(?:subscribe|sign (?:in|up)|log ?in|register|become a (?:member|subscriber)|start your (?:free )?trial)\b.{0,60}\b(?:to (?:continue|keep|read|unlock|access|view)|for (?:full|unlimited) access)"
    r"|\b(?:this (?:article|content|story) is (?:for|only|available|reserved|exclusive)|already a subscriber|subscribers only|jetzt (?:weiterlesen|testen)|nur für abonnenten|réservé aux abonnés|contenido exclusivo)",
    re.IGNORECASE,
)
_TEASERS = 4
_SENTENCE = 90  # characters; a line of teasers is hardly longer, an article has a longer one
_MANY_HEADS = 15
_HEAD_WORDS = 4
_SECTION_PATH = re.compile(r"^https?://[^/]+/?(?:[\w-]{1,30}/?){0,2}(?:index\.\w+)?$")
_SLUG = re.compile(r"\w+-\w+-\w+|\d{4,}|\.html?$")


def examine(page: str, url: str | None = None, captured: str | None = None) -> Findings:
    """The findings in a page.

    Args:
        page: the page as text.
        url: where it came from, if known.
        captured: when it was retrieved (ISO 8601), if known; no publication date is later.
    """
    findings = Findings(url=url)
    tree = tree_of(page)
    if tree is None:
        findings.no_article = "there is no markup in it"
        return findings
    metadata.describe(tree, findings, captured)
    findings.copyrights = [
        text
        for text in map(words, tree.xpath("//footer//*[contains(text(), '©') or contains(text(), 'opyright')]"))
        if len(text) < 200
    ]
    whole = words(tree)
    reason = _why_no_article(tree, whole, findings)
    if reason is None:
        _take_apart(tree, findings)
    length = sum(len(text) for _, text in findings.blocks)
    if reason is None and length < _SHORT:
        reason = _why_short(whole, length, findings, _is_article(tree))
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


def _why_no_article(tree: HtmlElement, whole: str, findings: Findings) -> str | None:
    """An error page or an index page by what it says of itself."""
    heads = [findings.title or "", *(words(head) for head in tree.iter("h1"))][:3]
    if len(whole) < 4 * _SHORT and (line := next((head for head in heads if _ERROR.match(head)), None)):
        return f"an error page: “{line[:80]}”"
    url = findings.url or ""
    if _SECTION_PATH.match(url) and not _SLUG.search(url.split("//", 1)[1].partition("/")[2]) and not _is_article(tree):
        links = sum(len(words(link).split()) >= _HEAD_WORDS for link in tree.iter("a"))
        if links >= _MANY_HEADS and _in_links(tree, whole) > 0.5:
            return f"an index page: {links} links to articles"
    return None


def _why_short(whole: str, length: int, findings: Findings, is_article: bool) -> str | None:
    if _ERROR.match(" ".join(text for _, text in findings.blocks)):
        return "an error page"
    if length < _SHORT // 2 and (wall := _WALL.search(whole)):
        return f"a paywall without the text: “{wall[0][:80]}”" if length < _SHORT // 4 else None
    if length == 0:
        return "no article text on the page"
    lines = [text for _, text in findings.blocks]
    if max(map(len, lines)) < _SENTENCE and (len(lines) >= _TEASERS or not is_article):
        return (
            f"no paragraph of an article on the page, only {len(lines)} short {'line' if len(lines) == 1 else 'lines'}"
        )
    return None


def _is_article(tree: HtmlElement) -> bool:
    kinds = tree.xpath("//meta[@property='og:type']/@content")
    return any("article" in kind.lower() for kind in kinds) or bool(tree.xpath("//*[@itemprop='articleBody']"))


def _in_links(tree: HtmlElement, whole: str) -> float:
    """The share of the page's characters that stand in links."""
    return sum(len(words(link)) for link in tree.iter("a")) / max(len(whole), 1)
