"""The country that a paper is published in, as far as its address and its page's locale tell."""

from __future__ import annotations

import re

from dateline.capture.titles import host_of

_DIFFERENT = {"uk": "GB", "su": "RU", "eu": None, "ac": None}
"""Domains of countries that are not the country's code, and those of no country."""
_ANYBODYS = frozenset(
    "ag ai am as bz cc cd cx dj fm gg gl io is la li lc ly me mn ms mu nu pw sc sh st sx tk to tv vc vg ws".split()  # noqa: SIM905
)
"""Domains of countries that papers elsewhere buy for how they read."""
_LOCALE = re.compile(r"[a-z]{2,3}[_-](?:[A-Z][a-z]{3}[_-])?(?P<country>[A-Za-z]{2})$")
_DEFAULT = frozenset(["US", "GB"])
"""Countries whose locale programs set where nobody chose one."""


def country_of(url: str | None, locale: str | None = None) -> str | None:
    """The paper's country (ISO 3166-1 alpha-2), None where nothing tells.

    The domain of a country in the address counts before the locale ("de_AT") that the page states; a locale that programs
    set by themselves (en_US, en_GB) tells nothing.
    """
    if host := host_of(url):
        domain = host.rpartition(".")[2]
        if domain in _DIFFERENT:
            return _DIFFERENT[domain]
        if len(domain) == 2 and domain.isalpha() and domain.isascii() and domain not in _ANYBODYS:
            return domain.upper()
    stated = _LOCALE.match((locale or "").strip())
    country = stated["country"].upper() if stated else None
    return None if country in _DEFAULT else country
