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
_ROLE = (
    r"(?![ \t]+(?:staff|correspondents?|reporters?|writers?|editors?|columnists?)\b)"  # a paper's name, not a person's
)
_NAMES = rf"{_NAME}(?:{_AND}{_NAME}\b{_ROLE})*"
_LEAD = re.compile(rf"(?P<by>{_BY})(?::[ \t]*|[ \t]+)(?P<names>{_NAMES})")
_SPLIT = re.compile(_AND)
_SPLIT_FIELD = re.compile(r"\s*[,;|/•·&]\s*(?:(?:and|und|et|y)\s+)?|\s+(?:and|und|et|y|with|mit)\s+", re.IGNORECASE)
_PERSON = re.compile(rf"{_NAME}$")

# A byline may go on with what its writer is or writes for, where or when.
_AFTER = re.compile(
    r"[ \t]*(?:$|[,|•·–—(/-]|\b(?:in|for|of|at|from|für|aus|pour|à|published|posted|updated|date|contributed|staff|correspondent"
    r"|reporter|editor|columnist|is an?|are|Published|Posted|Updated|Date|Special)\b)"
)
_PLAIN_NAME = rf"{_WORD}(?:[ \t]+(?:{_PARTICLE}[ \t]+)?{_WORD}){{1,2}}"
_BARE = re.compile(
    rf"(?P<names>{_PLAIN_NAME}(?:(?:[ \t]*,[ \t]*|[ \t](?:and|und|et)[ \t]){_PLAIN_NAME}){{0,3}})(?:(?:,|[ \t]in|[ \t]reports from)[ \t]+{_WORD}(?:[ \t]{_WORD})?)?"
)
_DESK = re.compile(
    r"(?:reporting |story |text )?by (?:our|the|a)\b[\w ’'-]{0,40}\b(?:desk|staff|correspondents?|reporters?|team|agency|agencies|newsroom|bureau)",
    re.IGNORECASE,
)
_LONGEST_LINE = 180

# Who a byline names where it names no person.
NOBODY = frozenset(
    """
    unknown unbekannt admin administrator administration anonymous author autor autoren agencies agency associated press ap reuters afp dpa
    tass upi staff editor editors editorial team redaktion redaction rédaction redacción redakcja newsroom desk news
    reporter reporters writer writers correspondent correspondents bureau online web webmaster guest contributor
    contributors press release wire service services wires user root editorial-team the our board report
    """.split()  # noqa: SIM905
)
_NOT_IN_A_NAME = re.compile(r"https?:|www\.|@|\d|[<>{}\[\]=:!?#]|\.(?:com|org|net|de|fr|at|ch|uk)\b", re.IGNORECASE)
_HONOURS = re.compile(
    r"^(?:(?:(?:story|written|posted|published|words|reported|reporting|created|by-?line|text|interview|und|and"
    r"|erstellt|veröffentlicht|eingestellt|geschrieben|verfasst|publié|escrito|pubblicato)\s*:?\s+)*"
    r"(?:by|von|vom|par|por|di|door|authors?|autor(?:in|en)?|auteurs?|autore|text|interview|written|posted)\b[:\s]*)+|^[\W_]+",
    re.IGNORECASE,
)
# What comes behind a name: a handle, a date, a place, a paper, a role.
_TAIL = re.compile(
    r"\s*(?:[,|(–—/•·\[].*|@\S.*|\s-\s.*|\b(?:on|am|le|el|il|vor|hace)\s+\d.*|\b(?:for|from|at|in|of|im|is)\s.*"
    r"|(?:\b(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun)\w{0,8}[,.]?\s+)?\d.*)$",
    re.IGNORECASE,
)
_INITIAL_OR_SUFFIX = re.compile(r"\b(?:[A-Z]|Jr|Sr)\.$")
_DEGREES = frozenset(["phd", "md", "ma", "msc", "bsc", "mba", "dr", "prof", "rd", "rdn", "mph", "jd", "esq"])
_NO_WRITER = re.compile(
    r"^(?:photo|image|picture|video|illustration|bild|foto|grafik|translat|edit(?:ed|or))\w*\b", re.IGNORECASE
)


_ADDRESS = re.compile(r"https?:|www\.|\S@\S+\.\w", re.IGNORECASE)
_BY_INSIDE = re.compile(r"^(?:posted|published|written|updated)\b.{0,60}?\bby\s+(.+)$", re.IGNORECASE)
# Words that stand in no person's name, though other words beside them may be capitalised.
_NEVER = frozenset(
    [
        "staff",
        "team",
        "desk",
        "newsroom",
        "redaktion",
        "redaction",
        "rédaction",
        "redacción",
        "redakcja",
        "agencies",
        "agency",
        "editors",
        "correspondent",
        "reporters",
        "admin",
        "webmaster",
        "foundation",
        "university",
        "institute",
        "abteilung",
        "posted",
        "published",
        "updated",
        "magazine",
        "online",
    ]
)


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
    """The authors where a line is a byline and nothing else (none of a desk's), None where it is not one."""
    text = text.strip().strip("*_").strip()
    if len(text) > _LONGEST_LINE:
        return None
    if _DESK.fullmatch(text):
        return []
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


def bare(text: str) -> list[str] | None:
    """The authors where a line holds nothing but persons' names and perhaps a place ("Jan Walter, Anna Lind in Kyiv")."""
    match = _BARE.fullmatch(text.strip().strip("*_").strip())
    return persons(_SPLIT.split(match["names"])) or None if match else None


def _sentence(rest: str) -> bool:
    return rest.rstrip().endswith(".") and len(rest) > 40 and not re.search(r"\b(?:is|are|contributed)\b", rest)


def split(names: str) -> list[str]:
    """The single names in an author field that may hold several ("A B, C D and E F", "A B; C D"); none of an address."""
    if _ADDRESS.search(names):
        return []
    if inner := _BY_INSIDE.search(names):
        names = inner[1]
    return [piece for piece in _SPLIT_FIELD.split(names) if piece.strip()]


def persons(names: Iterable[str]) -> list[str]:
    """Names as persons' names: tidied, without a role or a paper behind them, each once; what names no person is left out."""
    tidy: dict[str, str] = {}
    for name in names:
        if person_name := person(name):
            tidy.setdefault(person_name.casefold(), person_name)
    return list(tidy.values())


def person(name: str) -> str | None:
    """One name tidied, or None where it is no person's name ("Staff", an address, a sentence)."""
    name = " ".join(name.split())
    if _NO_WRITER.match(name):
        return None
    name = _TAIL.sub("", _HONOURS.sub("", name)).strip(" ,;:|*–-~")
    if not _INITIAL_OR_SUFFIX.search(name):
        name = name.rstrip(".")
    words = re.findall(r"[^\W\d_]+", name)
    if _NOT_IN_A_NAME.search(name) or not 1 <= len(words) <= 5 or len(name) > 60:
        return None
    if any(word.casefold() in _NEVER for word in words) or all(word.casefold() in NOBODY for word in words):
        return None
    if len(words) == 1 and name.isupper() and len(name) <= 6:
        return None  # an agency's letters
    if len(words) == 1 and (words[0].casefold() in _DEGREES or not name[:1].isupper()):
        return None
    if name.isupper() and len(words) > 1:
        name = name.title()
    return name
