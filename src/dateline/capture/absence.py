"""Why a page holds no article: what it says of itself, and what is there instead of one. In doubt there is one.

Each reason is a short sentence for people. A page with running text that is not known for something else has an article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from lxml.html import HtmlElement

from dateline.capture import linked_data
from dateline.capture.findings import Findings
from dateline.capture.markup import words

_SHORT = 700  # characters; an error page or a wall is hardly longer
_ERROR = re.compile(
    r"^\W*(?:(?:http )?(?:error )?(?:40[0134]|410|429|50[0234])\b|(?:the )?(?:page|article|content|file|site|story) (?:(?:you (?:requested|are looking for)|was|is|could|can|has)\b.{0,30})?(?:not found|n['o’]t be found|unavailable|no longer)"
    r"|(?:page|seite|página|pagina) (?:not found|nicht gefunden|no encontrada|non trouvée|introuvable|non trovata)|not found\b|access denied|forbidden|just a moment|attention required|are you (?:a robot|human)|verify (?:that )?you are human|captcha"
    r"|(?:internal server|bad gateway|gateway time|service (?:temporarily )?unavailable|something went wrong|oops)|pardon our interruption|request (?:blocked|unsuccessful)|website (?:is )?(?:offline|under construction)|domain .{0,40}(?:for sale|expired)"
    r"|(?:we(?:'|’)?re )?sorry,? (?:but )?(?:we (?:can(?:'|’)?t|cannot|could(?:n(?:'|’)t| not)) find|the page|this page|that page)|(?:unavailable|not available) (?:for legal reasons|in your (?:country|region))|this site can(?:'|’)?t be reached)",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"\b(?:subscribe|sign (?:in|up)|log ?in|register|become a (?:member|subscriber)|start your (?:free )?trial)\b.{0,60}\b(?:to (?:continue|keep|read|unlock|access|view)|for (?:full|unlimited) access)"
    r"|\b(?:this (?:article|content|story) is (?:for|only|available|reserved|exclusive)|already a subscriber|subscribers only|jetzt (?:weiterlesen|testen)|nur für abonnenten|réservé aux abonnés|contenido exclusivo)",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\b(?:cookies?|consent|partners|personal data|legitimate interests?|privacy|purposes|personali[sz]ed|datenschutz|einwilligung|consentement|partenaires|consentimiento)\b",
    re.IGNORECASE,
)
_SCRIPTS = re.compile(
    r"\b(?:enable|turn on|requires?|activate|activez|aktivier\w*|habilit\w*|needs?)\b.{0,40}\bjavascript\b|\bjavascript\b.{0,40}\b(?:disabled|required|enabled?|not (?:enabled|available|supported)|aktivier\w*|désactivé|deaktiviert)\b",
    re.IGNORECASE,
)
_SEARCH = re.compile(
    r"^\W*(?:\d[\d.,]* )?(?:search results?|results? (?:for|of)\b|search\s*(?::|for\b)|suchergebnisse?|résultats (?:de (?:la )?recherche|pour)|resultados (?:de (?:la )?búsqueda|para)|risultati)",
    re.IGNORECASE,
)
_SEARCH_ADDRESS = re.compile(
    r"/(?:search|suche|recherche|buscar?|ricerca)(?:/|\?|$)|[?&](?:q|query|s|search)=", re.IGNORECASE
)
_SECTION_PATH = re.compile(r"^https?://[^/]+/?(?:[\w-]{1,30}/?){0,2}(?:index\.\w+)?$")
_SLUG = re.compile(r"\w+-\w+-\w+|\d{4,}|\.html?$")
_TEASERS = 4
_SENTENCE = 90  # characters; a line of teasers is hardly longer, an article has a longer one
_MANY_HEADS = 15
_LINKED_HEADS = 8
_HEAD_WORDS = 4
_TOGETHER = 3  # paragraphs that stand beside each other in an article, and do not among teasers
_PICTURES = 4
_LONGEST_TEASER = 300
_CONSENT_SHARE = 0.03  # of all words


@dataclass
class Page:
    """A page that is asked for its article, before its tree is changed."""

    tree: HtmlElement
    findings: Findings

    @cached_property
    def whole(self) -> str:
        """All its words on one line."""
        return words(self.tree)

    @cached_property
    def heads(self) -> list[str]:
        """What it calls itself: its title and its first headings of the first order."""
        return [self.findings.title or "", *(words(head) for head in self.tree.iter("h1"))][:3]

    @cached_property
    def is_article(self) -> bool:
        """Whether it says that it is an article."""
        kinds = self.tree.xpath("//meta[@property='og:type']/@content")
        marked = bool(self.tree.xpath("//*[@itemprop='articleBody']"))
        return marked or any("article" in kind.lower() for kind in kinds) or bool(linked_data.article(self.tree))

    @cached_property
    def linked_heads(self) -> int:
        """How many headings in it are links to other pages."""
        heads = self.tree.iter("h1", "h2", "h3", "h4", "h5")
        return sum(
            1
            for head in heads
            if len(words(head).split()) >= _HEAD_WORDS
            and (any(True for _ in head.iter("a")) or any(above.tag == "a" for above in head.iterancestors()))
        )

    @cached_property
    def together(self) -> int:
        """The most paragraphs of some length that stand beside each other."""
        beside: Counter[HtmlElement | None] = Counter()
        for paragraph in self.tree.iter("p"):
            if len(words(paragraph)) >= _SENTENCE:
                beside[paragraph.getparent()] += 1
        return max(beside.values(), default=0)

    @cached_property
    def in_links(self) -> float:
        """The share of its characters that stand in links."""
        return sum(len(words(link)) for link in self.tree.iter("a")) / max(len(self.whole), 1)


def by_its_own_word(page: Page) -> str | None:
    """Why there is no article, where the page says what else it is: an error, search results, an index."""
    error = next((head for head in page.heads if _ERROR.match(head)), None)
    if error and (len(page.whole) < 4 * _SHORT or page.together < _TOGETHER):
        return f"an error page: “{error[:80]}”"
    if page.is_article:
        return None
    url = page.findings.url or ""
    address = url.partition("//")[2].partition("/")[2]
    searched = next(filter(_SEARCH.match, page.heads), None) or _SEARCH_ADDRESS.search(f"/{address}")
    if searched and (page.linked_heads >= _TEASERS or page.in_links > 0.4):
        return "a page of search results"
    section = _SECTION_PATH.match(url) and not _SLUG.search(url.split("//", 1)[1].partition("/")[2])
    links = sum(len(words(link).split()) >= _HEAD_WORDS for link in page.tree.iter("a"))
    if section and links >= _MANY_HEADS and page.in_links > 0.5:
        return f"an index page: {links} links to articles"
    return None


def by_what_is_left(page: Page, blocks: list[str]) -> str | None:
    """Why there is no article, by the paragraphs that were found: None where they may be one, even a short one."""
    length = sum(map(len, blocks))
    if length >= _SHORT:
        return _teasers(page, blocks)
    if _ERROR.match(" ".join(blocks)):
        return "an error page"
    longest = max(map(len, blocks), default=0)
    no_paragraph = longest < _SENTENCE and (len(blocks) >= _TEASERS or not page.is_article)
    if length < _SHORT // 4 or no_paragraph or (len(blocks) <= 2 and length < _SHORT // 2 and not page.is_article):
        for reason in _INSTEAD:
            if said := reason(page, blocks):
                return said
    if length == 0:
        return "no article text on the page"
    if no_paragraph:
        lines = f"{len(blocks)} short {'line' if len(blocks) == 1 else 'lines'}"
        return f"no paragraph of an article on the page, only {lines}"
    return None


def _frames(page: Page, blocks: list[str]) -> str | None:
    frames = sum(1 for _ in page.tree.iter("frame"))
    inner = sum(1 for _ in page.tree.iter("iframe"))
    if frames or (inner and len(page.whole) < _SHORT // 4 and not blocks):
        return f"a page of frames: its text is in {frames or inner} other pages"
    return None


def _login(page: Page, blocks: list[str]) -> str | None:
    if page.tree.xpath("//input[@type='password']") and len(page.whole) < 2 * _SHORT and not page.is_article:
        return "a page to log in"
    return None


def _paywall(page: Page, blocks: list[str]) -> str | None:
    wall = _WALL.search(page.whole)
    return f"a paywall without the text: “{wall[0][:80]}”" if wall else None


def _cookie_wall(page: Page, blocks: list[str]) -> str | None:
    said = len(_CONSENT.findall(page.whole))
    if said >= 3 and said > _CONSENT_SHARE * len(page.whole.split()) and len(page.whole) < 4 * _SHORT:
        return "nothing but a notice about cookies"
    return None


def _script_shell(page: Page, blocks: list[str]) -> str | None:
    said = " ".join(" ".join(element.itertext()) for element in page.tree.iter("noscript"))[: 4 * _SHORT]
    scripts = sum(1 for _ in page.tree.iter("script"))
    if _SCRIPTS.search(f"{said} {page.whole[:_SHORT]}") and len(page.whole) < _SHORT:
        return "an empty shell that a script would fill"
    if (
        scripts
        and len(page.whole) < _SHORT // 10
        and page.tree.xpath("//div[@id='root' or @id='app' or @id='__next' or @id='___gatsby']")
    ):
        return "an empty shell that a script would fill"
    return None


def _video(page: Page, blocks: list[str]) -> str | None:
    kinds = page.tree.xpath("//meta[@property='og:type']/@content")
    if any(kind.lower().startswith("video") for kind in kinds) or any(True for _ in page.tree.iter("video")):
        return "a video without a text"
    return None


def _pictures(page: Page, blocks: list[str]) -> str | None:
    pictures = sum(1 for _ in page.tree.iter("figure")) or len(page.tree.xpath("//main//img | //article//img"))
    return f"{pictures} pictures without a text" if pictures >= _PICTURES and not page.linked_heads else None


def _teasers(page: Page, blocks: list[str]) -> str | None:
    """An index whose teasers are long enough for an article: none is a long paragraph, and none stand beside each other."""
    many = page.linked_heads >= _LINKED_HEADS and page.together < _TOGETHER and page.in_links > 0.25
    return _index(page, blocks) if many and max(map(len, blocks)) < _LONGEST_TEASER else None


def _index(page: Page, blocks: list[str]) -> str | None:
    if page.linked_heads >= _TEASERS and not page.is_article:
        return f"an index page: {page.linked_heads} headlines that are links"
    return None


_INSTEAD: tuple[Callable[[Page, list[str]], str | None], ...] = (
    _frames,
    _cookie_wall,
    _script_shell,
    _login,
    _paywall,
    _index,
    _video,
    _pictures,
)
"""What may stand on a page instead of an article, the surest first."""
