"""Headlines without the name of the site that pages hang on to them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

_SEPARATOR = re.compile(r"\s+[|•·»«›‹–—:-]+\s+|\s*[|»›]\s*|\s*::\s*|\s+/\s+")

_MIRROR = re.compile(
    r"(?:^|\.)(?:archive\.\w+|archive-it\.org|webcitation\.org|perma\.cc|googleusercontent\.com|ampproject\.org|feedproxy\.google\.com|feedburner\.com|t\.co|bit\.ly|localhost)$"
    r"|^(?:feeds?|rss|cache|translate)\."
)
_SECOND_LEVEL = frozenset(["ac", "co", "com", "edu", "go", "gob", "gov", "gouv", "ne", "net", "or", "org"])


def host_of(url: str | None) -> str | None:
    """The host of an address without "www.", None for anything else. An archived copy's is that of the page it holds."""
    if not url:
        return None
    if inner := re.search(r"/web/\d{4,14}[a-z_]*/(https?://.+)", url):
        url = inner[1]
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return re.sub(r"^www\d?\.", "", host) if host else None


def elsewhere(url: str | None, canonical: str) -> bool:
    """Whether a page's canonical address is on another site than the one it was taken from: it was published there first.

    Copies in archives, caches and feeds of a page are not another site's.
    """
    here, there = host_of(url), host_of(canonical)
    if not here or not there or _MIRROR.search(here) or _MIRROR.search(there):
        return False
    return _site(here) != _site(there)


def _site(host: str) -> str:
    """The name of a host's site, without its country: "bbc" of news.bbc.co.uk and of bbc.com."""
    labels = host.split(".")[:-1] or [host]
    return labels[-2] if len(labels) > 1 and labels[-1] in _SECOND_LEVEL else labels[-1]


def without_site(title: str, sites: Iterable[str | None], headline: str | None = None) -> str:
    """A page title without the site's name before or behind it.

    Args:
        title: the title as the page states it.
        sites: names of the site: what it calls itself, its host.
        headline: the headline as the article shows it, if known; a piece of the title that equals it is the title.
    """
    title = " ".join(title.split())
    cuts = [(m.start(), m.end()) for m in _SEPARATOR.finditer(title)]
    if not cuts:
        return title
    if headline:
        for start, end in cuts:
            if _same(title[:start], headline) or _same(title[end:], headline):
                return headline
    names = {key for site in sites if site for key in keys_of(site)}
    for start, end in cuts:
        if fold(title[end:]) in names:
            return without_site(title[:start], sites, headline)
    first, last = cuts[0], cuts[-1]
    if fold(title[: first[0]]) in names:
        return title[first[1] :]
    if fold(title[last[1] :]) in names:
        return title[: last[0]]
    return title


def keys_of(site: str) -> set[str]:
    """The forms, compared as `fold` does, in which a site's name or host may stand in a title or an author field."""
    keys = {fold(site)}
    if "." in site and " " not in site:
        labels = site.lower().split(".")
        keys |= {fold(site), fold(".".join(labels[-2:])), fold(labels[-2])} | (
            {fold(labels[0])} if len(labels) > 2 else set()
        )
    keys |= {key.removeprefix("the") for key in keys}
    return {key for key in keys if key}


def _same(a: str, b: str) -> bool:
    return fold(a) == fold(b) != ""


def fold(text: str) -> str:
    """A text as it is compared: letters and digits alone, without case."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
