"""What a page says about itself: title, authors, publication date, publisher, address, language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import takewhile
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from dateline.capture import bylines, dates
from dateline.capture.dates import Moment
from dateline.capture.findings import Findings
from dateline.capture.linked_data import article, text_of, texts_of
from dateline.capture.markup import words
from dateline.capture.shown import shown
from dateline.capture.titles import elsewhere, fold, host_of, keys_of, without_site

# Meta fields by what they give, the surest first.
_TITLE = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "headline",
    "citation_title",
    "parsely-title",
    "sailthru.title",
)
_AUTHOR = (
    "author", "byl", "article:author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator",
    "dcterms.creator", "citation_author", "authors", "dcsext.author", "cxenseparse:author", "og:author", "twitter:data1",
)  # fmt: skip
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date_published", "publishdate", "pubdate",
    "publication_date", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued",
    "citation_publication_date", "citation_date", "cxenseparse:recs:publishtime",
    "rnews:datepublished", "article.published", "og:published_time", "og:pubdate", "publish_date", "publish-date",
    "article_date_original", "originalpublicationdate", "bt:pubdate", "analyticsattributes.articledate",
)  # fmt: skip
# Fields that give a date of the page, often that of its last change.
_DATED = ("dc.date.created", "dcterms.created", "dc.date", "dcterms.date", "date", "dcterms.available")
_SITE = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "copyright",
)

# Elements that hold a byline, by their attributes.
_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:by-?line|(?:wrote|written|posted)[_-]?by|author(?:s|-?names?|__?name|-link|-info)?|autor(?:en|es)?|auteurs?|writer|(?:article|post|entry|story|meta)[_-]+(?:author|autor)(?:[_-]*(?:name|link))?|p-author|creator|signature|verfasser)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NO_BYLINE_CLASS = re.compile(
    r"comment|related|teaser|sidebar|footer|widget|avatar|image|photo|caption|credit|\bbio\b|social|share|recommend|most",
    re.IGNORECASE,
)
_SHORTEST_HEAD = 10  # letters of a smaller heading that may be the title
_LONGEST_BYLINE = 160
_BYLINE_CHILDREN = 3
_LONGEST_SIGNATURE = 60
_PARAGRAPH = 80  # characters from which on a paragraph is certainly the article's
_MAY_HOLD_BYLINE = ("p", "span", "div", "small", "em", "i", "strong", "b", "td", "li", "h2", "h3", "h4", "h5", "h6")
_MAYBE_BYLINE = re.compile(
    r"\s*(?:by|von|par|por|di|door|text|written|posted|published|submitted|story|autho?r|auteur|автор|ein|erstellt|geschrieben|verfasst"
    r"|veröffentlicht|artikel|beitrag|interview|\d)",
    re.IGNORECASE,
)
_URL_DATE = re.compile(r"(?<!\d)(?P<y>20\d\d|19\d\d)[/-]?(?P<m>0[1-9]|1[0-2])[/-]?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")


def describe(tree: HtmlElement, findings: Findings, captured: str | None = None) -> None:
    """Fill in what the page says about itself.

    Args:
        tree: the page.
        findings: takes title, authors, moment, publisher, url, language, bylines and where each was found; its ``url``
            is where the capture came from, if known.
        captured: when the page was retrieved; no publication date is later.
    """
    data = article(tree)
    meta = _meta(tree)
    url = findings.url or _address(tree, meta)
    if (canonical := _address(tree, meta)) and canonical != findings.url:
        findings.elsewhere = canonical if elsewhere(findings.url, canonical) else None
        findings.url, findings.found["url"] = canonical, "canonical"
    _set(findings, "publisher", _publisher(data, meta, url))
    _set(findings, "title", _title(tree, data, meta, findings.publisher, url))
    _authors(tree, data, meta, findings, url)
    _date(tree, data, meta, findings, url, captured)
    findings.locale = meta.get("og:locale") or tree.get("lang")
    if language := tree.get("lang") or meta.get("og:locale") or text_of(data.get("inLanguage")):
        findings.language, findings.found["language"] = (
            re.split(r"[-_]", language.strip().lower())[0][:3] or None,
            "page",
        )


def _set(findings: Findings, field: str, value: tuple[str, str] | None) -> None:
    if value:
        setattr(findings, field, value[0])
        findings.found[field] = value[1]


def _meta(tree: HtmlElement) -> dict[str, str]:
    """The first content of each meta field, by its name in lower case."""
    fields: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = " ".join((element.get("content") or "").split())
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := (element.get(attribute) or "").strip().lower()):
                fields.setdefault(name, content)
    return fields


def _address(tree: HtmlElement, meta: dict[str, str]) -> str | None:
    links = (link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    return next(
        (url for url in (*links, meta.get("og:url")) if url and re.match(r"https?://[^\s/]+\.[^\s/]+", url)), None
    )


def _publisher(data: dict[str, Any], meta: dict[str, str], url: str | None) -> tuple[str, str] | None:
    if (name := meta.get("og:site_name")) and not name.startswith("http"):
        return name.removeprefix("www."), "meta:og:site_name"
    if (name := text_of(data.get("publisher"))) and not name.startswith("http"):
        return name, "json-ld"
    for field in _SITE[1:5]:
        if (name := meta.get(field)) and len(name) <= 60 and not name.startswith("http"):
            return name, f"meta:{field}"
    return (host, "address") if (host := host_of(url)) else None


def _title(
    tree: HtmlElement, data: dict[str, Any], meta: dict[str, str], publisher: str | None, url: str | None
) -> tuple[str, str] | None:
    """The headline: the largest heading where another field agrees with it, else the fields without the site's name."""
    sites = [
        publisher,
        meta.get("og:site_name"),
        text_of(data.get("publisher")),
        meta.get("application-name"),
        host_of(url),
    ]
    page_title = next((text for element in tree.iter("title") if (text := words(element))), "")
    stated = [
        (text, where)
        for text, where in [
            (text_of(data.get("headline")) or "", "json-ld"),
            *((meta.get(field, ""), f"meta:{field}") for field in _TITLE),
            (page_title, "title"),
        ]
        if text
    ]
    names = {fold(site) for site in sites if site}
    for head in _heads(tree):
        key = fold(head)
        agreeing = [text for text, _ in stated if key in fold(text)]
        if key and key not in names and agreeing and not _only_site(key, stated, names):
            return head, "heading"
    if marked := next((text for element in tree.xpath("//*[@itemprop='headline']") if (text := words(element))), None):
        return marked, "microdata"
    for text, where in stated:
        cut = without_site(text, sites)
        if fold(cut) not in names:
            return cut, where
    return next(((text, "heading") for element in tree.iter("h1") if (text := words(element))), None)


def _heads(tree: HtmlElement) -> list[str]:
    """The texts of the page's headings, the largest first; what links to the front page is the site's name, no heading."""
    heads = []
    for query in ("//h1", "//h2 | //h3 | //*[contains(@class, 'headline') or contains(@class, 'entry-title')]"):
        for element in tree.xpath(query):
            home = any((link.get("href") or "").strip() in ("/", "./", "index.html") for link in element.iter("a"))
            text = words(element)
            if not home and text and (query == "//h1" or len(fold(text)) >= _SHORTEST_HEAD):
                heads.append(text)
    return heads


def _only_site(key: str, stated: list[tuple[str, str]], names: set[str]) -> bool:
    """Whether a heading is but the site's name hung on to the titles: a short last piece of the page's title."""
    return all(fold(text).endswith(key) and fold(text) != key for text, _ in stated if key in fold(text)) and any(
        key in name or name in key for name in names
    )


def _authors(
    tree: HtmlElement, data: dict[str, Any], meta: dict[str, str], findings: Findings, url: str | None
) -> None:
    sites = {key for site in (findings.publisher, host_of(url)) if site for key in keys_of(site)}
    read: list[tuple[list[str], str]] = []
    for names, where in _author_fields(tree, data, meta):
        findings.bylines += names
        pieces = (piece for name in names if fold(name) not in sites for piece in bylines.split(name))
        persons = [name for name in bylines.persons(pieces) if fold(name) not in sites and not _is_desk(name, sites)]
        if persons:
            read.append((persons, where))
    if not read and (named := _byline_in_text(tree)):
        # The paper and the place may stand behind the names.
        read = [(list(takewhile(lambda name: fold(name) not in sites, named)), "byline")]
    if not read or not read[0][0]:
        read = [(names, where) for names, where in _last_resort(tree, data) if names]
    if read:
        findings.authors, findings.found["authors"] = _fullest(read)


def _is_desk(name: str, sites: set[str]) -> bool:
    """Whether a name is a paper's and a part of it: "CNN Business"."""
    first, _, rest = name.partition(" ")
    return bool(rest) and first.isupper() and fold(first) in sites


def _fullest(read: list[tuple[list[str], str]]) -> tuple[list[str], str]:
    """The first field's names, or another's that names the same and more, or the same by a longer name."""
    authors, where = read[0]
    for names, field in read[1:]:
        if field == "byline":
            break
        folded, others = {fold(name) for name in authors}, {fold(name) for name in names}
        is_longer = len(authors) == len(names) == 1 and " " not in authors[0] and authors[0] in names[0].split()
        if folded < others or is_longer:
            authors, where = names, field
    return authors, where


def _byline_in_text(tree: HtmlElement) -> list[str]:
    """The authors that a short element without any mark names, where its text is a byline; none where there is none."""
    for element in tree.iter(*_MAY_HOLD_BYLINE):
        own = element.text or (element[0].text if len(element) else None) or ""
        if len(element) <= _BYLINE_CHILDREN and _MAYBE_BYLINE.match(own):
            text = words(element)
            if len(text) <= _LONGEST_BYLINE and (found := bylines.line(text) or bylines.signed(text)):
                return found
        if len(element) == 0 and bylines.is_label(own) and (found := _beside(element)):
            return found
    return []


def _beside(label: HtmlElement) -> list[str] | None:
    """The names that stand behind the label of a byline: in the text behind it, or in the next element."""
    text = " ".join((label.tail or "").split())
    following = label.getnext()
    while not text and following is not None and following.tag == "br":
        text, following = " ".join((following.tail or "").split()), following.getnext()
    if not text and following is not None:
        text = words(following)
    return bylines.bare(text.partition("/")[0]) if len(text) <= _LONGEST_BYLINE else None


def _last_resort(tree: HtmlElement, data: dict[str, Any]) -> Iterator[tuple[list[str], str]]:
    """Who signs below the article, else a person by whose name the site goes, else the name that an author signs with."""
    yield _signature(tree), "byline at the end"
    authors = data.get("author")
    people = [one for one in (authors if isinstance(authors, list) else [authors]) if _is_person(one)]
    yield [name for name in bylines.persons(texts_of(people)) if " " in name], "json-ld"
    for query, where in [
        ("//a[contains(@rel, 'author')]", "rel=author"),
        ("//*[@itemprop='author']//*[@itemprop='name']", "microdata"),
        ("//*[contains(@class, 'author') and contains(@class, 'vcard')]//*[contains(@class, 'fn')]", "byline"),
    ]:
        first = next((text for element in tree.xpath(query) if (text := words(element) or element.get("content"))), "")
        yield [name for name in [bylines.handle(first)] if name], where


def _signature(tree: HtmlElement) -> list[str]:
    """The name that stands alone in emphasis, or set to the right, under the article's last paragraph."""
    paragraphs = [(element, words(element)) for element in tree.iter("p")]
    for i, (element, text) in enumerate(paragraphs):
        if not i or len(text) > _LONGEST_SIGNATURE or (names := bylines.bare(text)) is None:
            continue
        set_apart = "right" in f"{element.get('align')} {element.get('style')}" or any(
            words(child) == text for child in element.iter("em", "i")
        )
        above = next((other for _, other in reversed(paragraphs[:i]) if other), "")
        below = next((other for _, other in paragraphs[i + 1 :] if other), "")
        if set_apart and len(above) >= _PARAGRAPH > len(below):
            return names
    return []


def _author_fields(tree: HtmlElement, data: dict[str, Any], meta: dict[str, str]) -> Iterator[tuple[list[str], str]]:
    authors = data.get("author")
    people = [one for one in (authors if isinstance(authors, list) else [authors]) if not _is_organisation(one)]
    yield texts_of(people), "json-ld"
    for field in _AUTHOR:
        if name := meta.get(field):
            yield [name], f"meta:{field}"
    for query, where in [("//*[@itemprop='author']", "microdata"), ("//a[contains(@rel, 'author')]", "rel=author")]:
        yield _together([e for e in tree.xpath(query) if 0 < len(words(e)) <= _LONGEST_BYLINE]), where
    for element in tree.iter("address", "a", "span", "div", "p", "li", "h3", "h4", "h5", "h6", "strong", "em"):
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        if not _BYLINE_CLASS.search(marks) or _NO_BYLINE_CLASS.search(marks):
            continue
        if 0 < len(text := words(element)) <= _LONGEST_BYLINE:
            yield [text], "byline"


def _is_person(author: Any) -> bool:
    return isinstance(author, dict) and "Person" in str(author.get("@type"))


def _is_organisation(author: Any) -> bool:
    return isinstance(author, dict) and "Organization" in str(author.get("@type"))


def _together(elements: list[HtmlElement]) -> list[str]:
    """The texts of the first element and of those beside it: further ones belong to other articles on the page."""
    if not elements:
        return []
    parent = elements[0].getparent()
    beside = {parent, parent.getparent() if parent is not None else None} - {None}
    return [words(e) for e in elements if e is elements[0] or e.getparent() in beside]


def _date(
    tree: HtmlElement,
    data: dict[str, Any],
    meta: dict[str, str],
    findings: Findings,
    url: str | None,
    captured: str | None,
) -> None:
    beside = shown(tree, findings.title)
    beside = beside if beside and _may_be(beside, captured) else None
    stated = list(_stated_dates(tree, data, meta, captured))
    if not stated and beside:
        stated = [(beside, "beside the headline")]
    elif not stated and (moment := _from_page(tree, url, captured)):
        stated = [(moment, "page (htmldate)")]
    if stated:
        moment, where = _choose(stated, beside)
        findings.moment, findings.found["date"] = _local(moment, url), where


def _stated_dates(
    tree: HtmlElement, data: dict[str, Any], meta: dict[str, str], captured: str | None
) -> Iterator[tuple[Moment, str]]:
    """The publication dates that the page's fields state, the surest first."""
    for value, where in [
        (text_of(data.get("datePublished")) or "", "json-ld"),
        *((meta.get(field, ""), f"meta:{field}") for field in _PUBLISHED),
        *(
            (value, "microdata")
            for value in tree.xpath(
                "//*[@itemprop='datePublished']/@content | //*[@itemprop='datePublished']/@datetime"
            )
        ),
        *((meta.get(field, ""), f"meta:{field}") for field in _DATED),
    ]:
        if value and (moment := dates.parse(value)) and _may_be(moment, captured):
            yield moment, where


def _choose(stated: list[tuple[Moment, str]], beside: Moment | None) -> tuple[Moment, str]:
    """The first stated date, unless the date beside the headline speaks for another.

    It does where the fields disagree and it agrees with one of them, where the only field may be that of a change, and
    where the stated time is in UTC and the paper's own day is the one before or after.
    """
    first, where = stated[0]
    if beside is None or beside.day == first.day:
        return first, where
    sure = [(moment, field) for moment, field in stated if field.removeprefix("meta:") not in _DATED]
    if agreeing := next((pair for pair in sure if pair[0].day == beside.day), None):
        return agreeing
    in_utc = "T" in first.published and first.published.endswith(("+00:00", "Z"))
    if not sure or (in_utc and abs(_days(first.day) - _days(beside.day)) == 1):
        return beside, "beside the headline"
    return first, where


def _local(moment: Moment, url: str | None) -> Moment:
    """The day as the paper counts it: where the time is stated in UTC, the address may name the day before or after."""
    match = _URL_DATE.search(url or "")
    if not match or "T" not in moment.published or not moment.published.endswith("+00:00"):
        return moment
    stated = dates.parse("-".join(match.group("y", "m", "d")))
    if stated is None or stated.day == moment.day or abs(_days(stated.day) - _days(moment.day)) > 1:
        return moment
    return stated


def _days(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _may_be(moment: Moment, captured: str | None) -> bool:
    latest = _day_after(captured) if captured else None
    return moment.day >= "1990" and (latest is None or moment.day <= latest)


def _day_after(captured: str) -> str | None:
    """The day after a capture, so that time zones do no harm."""
    try:
        return (date.fromisoformat(captured[:10]) + timedelta(days=1)).isoformat()
    except ValueError:
        return None


def _from_page(tree: HtmlElement, url: str | None, captured: str | None) -> Moment | None:
    from htmldate import find_date

    latest = _day_after(captured) if captured else None
    try:
        day = find_date(tree, original_date=True, url=url, outputformat="%Y-%m-%d", max_date=latest)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return dates.parse(day) if day and not _made_up(day, tree) else None


def _made_up(day: str, tree: HtmlElement) -> bool:
    """Whether a New Year's Day is but what is left of a year: the page nowhere writes the day out."""
    if not day.endswith("-01-01"):
        return False
    year = day[:4]
    written = rf"{year}\W?0?1\W?0?1(?!\d)|(?<!\d)0?1\W0?1\W{year}|(?<!\d)1\W{{0,2}}jan|jan\w*\W{{1,2}}0?1(?!\d)"
    return re.search(written, etree.tostring(tree, encoding="unicode"), re.IGNORECASE) is None
