"""Side matter in a page: picture captions, galleries, fact boxes, timelines. It is taken out of the tree, so that it never counts as body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from dateline.capture import dates
from dateline.capture.furniture import is_furniture
from dateline.capture.layout import own_date
from dateline.capture.markup import link_density, words
from dateline.records import SideMatter

_GALLERY = re.compile(
    r"(?:^|[\s_-])(?:gallery|galerie|slide-?show|slider|carousel|bilderstrecke|bildergalerie|picture-?story|photo-?(?:story|essay|set)|image-?set)",
    re.IGNORECASE,
)
_BOX = re.compile(
    r"(?:^|[\s_-])(?:fact-?(?:box|s|file|sheet)|info-?(?:box|kasten)|key-?(?:facts|points|dates|events)|timeline|chronology|chronicle|background-?box|side-?box|explainer-?box|at-a-glance|box-?out|encadr[eé]|recuadro)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|footer|header|related|teasers?|recommend\w*|promo|advert\w*|ads?|social|share|comments?|newsletter|most-?read|trending|cookies?|breadcrumbs?|sidebar|widget|author|bio|subscribe|outbrain|taboola)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NEVER_TAGS = frozenset({"nav", "footer", "form", "noscript"})
_CONTAINERS = frozenset(
    {"aside", "div", "section", "ul", "ol", "dl", "table", "details", "figure", "p", "hr", "br", "span"}
)
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt")
_TITLE_CLASS = re.compile(r"(?:title|headline|heading|titel|kicker)", re.IGNORECASE)
_ITEM_CLASS = re.compile(
    r"(?:^|[\s_-])(?:slide|item|picture|image|photo|card|cell|entry)(?:$|[\s_-]|\d|__)", re.IGNORECASE
)
_SHORTEST = 25  # characters of an item's own text; shorter ones are credits and button labels
_LONGEST_BOX = 2500
_LINKS = 0.5
_LABEL = re.compile(
    r"^(?:(?:image|media|photo|picture)\s*caption\s*:?|\d{1,3}\s?(?:of|/)\s?\d{1,3}[\s:.)]*)\s*", re.IGNORECASE
)
_CREDIT = re.compile(
    r"\s*(?:[(\[|©/–—-]\s*)?(?:(?:photo(?:graph)?|image|picture|credit|foto|bild|source|copyright)s?(?:\s+(?:by|credit))?\s*(?:[:/©]|\.\.\.)|©|\((?:photo|image|picture|foto)\b|(?:[\w.'’-]+(?: [\w.'’-]+){0,3}\s*/\s*)+(?:AP|AFP|Reuters|Getty|dpa|EPA|picture alliance)\b).{0,90}$",
    re.IGNORECASE,
)


def take(tree: HtmlElement) -> list[SideMatter]:
    """The side matter in the article's part of a page, in order, taken out of the tree."""
    items: list[SideMatter] = []
    seen: set[str] = set()
    for element in _candidates(tree):
        if element.getparent() is None or not _within(element, tree):
            continue
        found = list(_items(element))
        for item in found:
            if item.text not in seen:
                seen.add(item.text)
                items.append(item)
        if found:
            element.drop_tree()
    return items


def _candidates(tree: HtmlElement) -> list[HtmlElement]:
    root = _article(tree)
    inside = [
        element
        for element in root.iter("figure", "aside", "div", "section", "ul", "ol", "dl", "table", "details", "p", "span")
        if element is not root and _is_side(element) and not _excluded(element, root)
    ]
    return inside + _behind(root)


def _behind(article: HtmlElement) -> list[HtmlElement]:
    """The galleries and boxes that stand right behind the article in its container: a page may close the article before them."""
    found: list[HtmlElement] = []
    for element in article.itersiblings():
        if not isinstance(element.tag, str) or element.tag not in _CONTAINERS or _is_never(element):
            break
        if _is_named(element):
            found.append(element)
    return found


def _article(tree: HtmlElement) -> HtmlElement:
    """The largest element that is marked as the article, else the whole page."""
    marked = tree.xpath("//*[@itemprop='articleBody'] | //article | //main | //*[@role='main']")
    outer = [
        element for element in marked if element.tag in ("article", "main") or element.get("role") == "main"
    ] or marked
    return max(outer, key=lambda element: len(words(element)), default=tree)


def _is_side(element: HtmlElement) -> bool:
    marks = f"{element.get('class') or ''} {element.get('id') or ''}"
    if element.tag in ("p", "span"):
        return bool(
            re.search(
                r"(?:^|[\s_-])(?:wp-caption-text|(?:image|photo|picture|figure|media)[_-]*caption|caption|bildunterschrift)(?:$|[\s_-])",
                marks,
                re.IGNORECASE,
            )
        )
    if element.tag == "figure":
        return True
    return _is_named(element) or (element.tag in ("div", "section") and "wp-caption" in marks)


def _is_named(element: HtmlElement) -> bool:
    """Whether an element's class or id calls it a gallery or a box."""
    marks = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(_GALLERY.search(marks) or _BOX.search(marks))


def _is_never(element: HtmlElement) -> bool:
    """Whether an element holds nothing of the article: menus, lists of other stories, forms."""
    return element.tag in _NEVER_TAGS or bool(_NEVER.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


def _excluded(element: HtmlElement, root: HtmlElement) -> bool:
    while element is not None and element is not root:
        if _is_never(element):
            return True
        element = element.getparent()
    return False


def _within(element: HtmlElement, tree: HtmlElement) -> bool:
    """Whether an element still hangs in the tree: an outer one may have been taken before."""
    while (parent := element.getparent()) is not None:
        element = parent
    return element is tree


def _items(element: HtmlElement) -> Iterator[SideMatter]:
    marks = f"{element.get('class') or ''} {element.get('id') or ''}"
    if element.tag == "figure" or "caption" in marks.lower():
        yield from _caption(element)
    elif _GALLERY.search(marks):
        slides = _slides(element)
        head = next((e for e in element if e.tag in _HEADS), None)
        for slide in slides:
            yield from _item(slide, words(head) if head is not None else None)
        if not slides:
            yield from _item(element, None)
    elif len(words(element)) <= _LONGEST_BOX:
        yield from _item(element, None)


def _slides(gallery: HtmlElement) -> list[HtmlElement]:
    """The items of a gallery: the outermost figures, list items, or elements whose class calls them so."""
    for found in (
        gallery.xpath(".//figure[not(ancestor::figure)]"),
        [
            e
            for e in gallery.iter("div", "section", "article", "li")
            if e is not gallery and _ITEM_CLASS.search(e.get("class") or "")
        ],
        gallery.xpath(".//li"),
    ):
        outer = [e for e in found if not any(parent in found for parent in e.iterancestors())]
        if len(outer) >= 2:
            return outer
    return []


def _caption(figure: HtmlElement) -> Iterator[SideMatter]:
    captions = figure.xpath(".//figcaption") or ([figure] if figure.tag != "figure" else [])
    for caption in captions:
        yield from _item(caption, None)


def _item(element: HtmlElement, title: str | None) -> Iterator[SideMatter]:
    """An element as one item: its first heading is the title, the rest the text; none where it is links or too short."""
    heads = (e for e in element.iter(*_HEADS, "strong", "b", "div", "p", "span") if e is not element)
    head = next((e for e in heads if _is_head(e, element)), None)
    stamp = next((e.get("datetime") or words(e) for e in element.iter("time")), None)
    if head is not None and words(head):
        title = words(head)
    paragraphs = [text for text in _paragraphs(element, head) if not is_furniture(text)]
    text = "\n\n".join(paragraphs)
    bare = _LABEL.sub("", _CREDIT.sub("", text)).strip()
    if len(bare) < _SHORTEST or link_density(element) > _LINKS:
        return
    moment = dates.parse(stamp) if stamp else None
    date = moment.day if moment else own_date(title or "") or _one_date(paragraphs)
    yield SideMatter(title=title, date=date, text=bare)


def _one_date(paragraphs: list[str]) -> str | None:
    """The date with which one of the paragraphs begins, None where several begin with one: they are a timeline."""
    stated = {date for text in paragraphs if (date := own_date(text))}
    return stated.pop() if len(stated) == 1 else None


def _is_head(element: HtmlElement, item: HtmlElement) -> bool:
    if element.tag in _HEADS:
        return True
    own = words(element)
    if element.tag in ("strong", "b"):
        return words(item).startswith(own) and not own.endswith((".", ":", ",")) and 3 <= len(own) <= 100
    return bool(_TITLE_CLASS.search(element.get("class") or "")) and len(own) <= 150


def _paragraphs(element: HtmlElement, head: HtmlElement | None) -> Iterator[str]:
    """The texts of an element's innermost blocks, without its heading."""
    skipped = set(head.iter()) if head is not None else set()
    leaves = [
        e
        for e in element.iter("p", "li", "dd", "dt", "figcaption", "blockquote", "tr")
        if e is not element and e not in skipped and not any(True for _ in e.iterchildren("p", "li"))
    ]
    title = words(head) if head is not None else ""
    for text in map(words, leaves or [element]):
        if text := text.removeprefix(title).strip():
            yield text
