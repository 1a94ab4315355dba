"""Who wrote it: persons' names in bylines and author fields."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_BY = r"(?:(?:[Ss]tory |[Ww]ritten |[Rr]eported |[Rr]eporting |[Tt]ext )?[Bb]y|BY|Von|Par|Por|Di|Door|Автор|Автори?|Autore?|Auteur|[Aa]uthors?|AUTHORS?|Text)"
_PARTICLE = r"(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|al|el|bin|ibn|ter|ten|zu|y|af|Ó|O')"
_WORD = r"(?:[A-ZÀ-ÖØ-ÞЀ-Я][\w’'-]*\.?(?:-[A-ZÀ-Þ][\w’']*)*)"
_NAME = rf"{_WORD}(?:[ \t]+(?:{_PARTICLE}[ \t]+){{0,2}}{_WORD}){{1,3}}"
_AND = r"[ \t]*(?:,[ \t]*(?:and|und|et|y|e|en|&)?|;|&|/|[ \t](?:and|und|et|y|e|en|с|и|та|і)[ \t])[ \t]*"
_NAMES = rf"{_NAME}(?:{_AND}{_NAME})*"
_LEAD = re.compile(rf"(?P<by>{_BY})(?::[ \t]*|[ \t]+)(?P<names>{_NAMES})")
_SPLIT = re.compile(_AND)
_PERSON = re.compile(rf"{_NAME}$")

# A byline may go on with what its writer is or writes for, where or when.
_AFTER = re.compile(
    r"[ \t]*(?:$|[,|•·–—(/-]|\b(?:in|for|of|at|from|für|aus|pour|à|published|posted|updated|date|contributed|staff|correspondent"
    r"|reporter|editor|columnist|is an?|are|Published|Posted|Updated|Date|Special)\b)"
)
_LONGEST_LINE = 180

# Who a byline names where it names no person.
NOBODY = frozenset(
    """
    admin administrator administration anonymous author autor autoren agencies agency associated press ap reuters afp dpa
    tass upi staff editor editors editorial team redaktion redaction rédaction redacción redakcja newsroom desk news
    reporter reporters writer writers correspondent correspondents bureau online web webmaster guest contributor
    contributors press release wire service services wires user root editorial-team the our board report
    """.split()  # noqa: SIM905
)
_NOT_IN_A_NAME = re.compile(r"https?:|www\.|@|\d{2}|[<>{}\[\]=]|\.(?:com|org|net|de|fr)\b", re.IGNORECASE)
_HONOURS = re.compile(
    r"^(?:by|von|par|por|di|door|author|autor|text|story by|written by|posted by)\b[:\s]+", re.IGNORECASE
)
_TAIL = re.compile(r"(?:\s*[,|(–—/]\s*|\s+(?:for|from|at|in|of)\s+|\s+-\s+)(?=\S).*$|\s+\bon\b\s.*$|[\s,;:|.–-]+$")


class Byline(NamedTuple):
    """A byline: the names in it, and where its words end (an offset into the text that was searched)."""

    authors: list[str]
    end: int


def leading(text: str, start: int = 0) -> Byline | None:
    """The byline whose words begin at an offset ("By Jan Walter, Kevin Mertens"), or None."""
    match = _LEAD.match(text, start)
    if not match:
        return None
    names = persons(_SPLIT.split(match["names"]))
    return Byline(names, match.end()) if names else None


def line(text: str) -> list[str] | None:
    """The authors where a line is a byline and nothing else, None where it is not one."""
    text = text.strip().strip("*_").strip()
    if len(text) > _LONGEST_LINE:
        return None
    byline = leading(text)
    if byline is None or not _AFTER.match(text, byline.end) or text[-1:] in '?!"”':
        return None
    rest = text[byline.end :]
    # "By John Smith's count, …" and other sentences: a byline has no verb, so hardly a lower-case word.
    return (
        byline.authors
        if sum(word.islower() for word in re.findall(r"[^\W\d_]+", rest)) <= 12 and not _sentence(rest)
        else None
    )


def _sentence(rest: str) -> bool:
    return rest.rstrip().endswith(".") and len(rest) > 40 and not re.search(r"\b(?:is|are|contributed)\b", rest)


def persons(names: Iterable[str]) -> list[str]:
    """Names as persons' names: tidied, without a role or a paper behind them, each once; what names no person is left out."""
    tidy: dict[str, str] = {}
    for name in names:
        name = person(name) or ""
        if name:
            tidy.setdefault(name.casefold(), name)
    return list(tidy.values())


def person(name: str) -> str | None:
    """One name tidied, or None where it is no person's name ("Staff", an address, a sentence)."""
    name = _HONOURS.sub("", " ".join(name.split()))
    if _NOT_IN_A_NAME.search(name):
        return None
    name = _TAIL.sub("", name).strip(" ,;:|*–-")
    words = re.findall(r"[^\W\d_]+", name)
    if not 1 <= len(words) <= 5 or len(name) > 60 or all(word.casefold() in NOBODY for word in words):
        return None
    if name.isupper() and len(words) > 1:
        name = name.title()
    return name
