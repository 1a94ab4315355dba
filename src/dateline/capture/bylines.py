"""Who wrote it: persons' names in bylines and author fields."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile
from typing import NamedTuple

from dateline.capture import dates

_KIND_DE = r"(?:[Ee]rstellt |[Gg]eschrieben |[Vv]erfasst |[Vv]eröffentlicht |[Tt]ext |(?:[Ee]in |[Ee]ine )?(?:Artikel |Beitrag |Gastbeitrag |Interview |Kommentar |Bericht |Analyse |Kolumne |Text ))"
_BY = rf"(?:(?:[Ss]tory |[Ww]ritten |[Rr]eported |[Rr]eporting |[Pp]osted |[Tt]ext )?[Bb]y|BY|{_KIND_DE}?[Vv]on|Von|Par|Por|Di|Door|Автор|Автори?|Autore?|Auteur|[Aa]uthors?|AUTHORS?|Text)"
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

# A byline may go on with what its writer is or writes for, where or when.
_AFTER = re.compile(
    r"[ \t]*(?:$|[,|•·–—(/-]|\b(?:in|for|of|at|from|für|aus|pour|à|published|posted|updated|date|contributed|staff|correspondent"
    r"|reporter|editor|columnist|is an?|are|mit|am|Illustration|Illustrationen|Fotos?|Photos?|Bilder|Published|Posted|Updated|Date|Special)\b)"
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
    r"^(?:author|autor)(?-i:(?=[A-ZÀ-Þ][a-zß-ÿ]))|^(?:责任编辑|责编|编辑|作者|记者|責任編輯|編輯)\s*[:：]?\s*|^(?:(?:(?:story|written|posted|published|words|reported|reporting|created|by-?line|text|interview|und|and"
    r"|erstellt|veröffentlicht|eingestellt|geschrieben|verfasst|publié|escrito|pubblicato)\s*:?\s+)*"
    r"(?:by|von|vom|par|por|di|door|authors?|autor(?:in|en)?|auteurs?|autore|text|interview|written|posted)\b[:\s]*)+|^[\W_]+",
    re.IGNORECASE,
)
_DAY_BEHIND = r"\s(?:(?:am|on)\s)?(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun)\w{0,8}[,.]?\s+\d.*"
# What comes behind a name: a handle, a date, a place, a paper, a role.
_TAIL = re.compile(
    r"\s*(?:[,|(–—/•·\[].*|@\S.*|\s-\s.*|\b(?:on|am|le|el|il|vor|hace)\s+(?:[^\W\d_]+,?\s+)?\d.*|\b(?:for|from|at|in|of|im|is)\s.*"
    rf"|{_DAY_BEHIND}|(?:(?<=\s)|^)\d.*)$",
    re.IGNORECASE,
)
_STAMPED = re.compile(_DAY_BEHIND + "$", re.IGNORECASE)
_INITIAL_OR_SUFFIX = re.compile(r"\b(?:[A-Z]|Jr|Sr)\.$")
_DEGREES = frozenset(["phd", "md", "ma", "msc", "bsc", "mba", "dr", "prof", "rd", "rdn", "mph", "jd", "esq"])
# What names a body, a firm or a paper, never a person.
_ORGANISATION = re.compile(
    r"^(?:the|die|das|casa)\s(?-i:[A-ZÀ-Þ])|\be\.\s?v\b|\b(?:gmbh|inc|ltd|llc|plc|s\.a|für|for|verlag|\w*zeitung|\w*blatt|\w*anstalt|\w*verband|\w*verein"
    r"|\w*ministerium|ministry|association|society|group|media|news|press|times|partei|redazione|abteilung|bund|\w*bündnis|\w*fraktion|\w*magazine?|\w*nachrichten)\b",
    re.IGNORECASE,
)
_FIRST_LETTER = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ſЀ-Я一-鿿]")  # a capital, or a sign of a script that names in one word
_CAMEL = re.compile(r"(?<!^Mc)(?<!^Mac)(?<!^De)(?<=[a-zß-ÿ])[A-ZÀ-Þ]")
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
        "editorial",
        "collectif",
        "publicado",
        "publié",
        "veröffentlicht",
        "please",
        "zitat",
        "beiträge",
        "artikel",
        "posts",
        "articles",
        "stories",
        *("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    ]
)


_LONGEST_SIGNED = 110
_LONGEST_LABEL = 30
_POSTED = re.compile(
    r"(?:posted|published|written|submitted|erstellt|geschrieben|verfasst|veröffentlicht|eingestellt|publié|escrito|scritto)\s+"
    r"(?:by|von|par|por|da)\s*:?\s+(?P<names>(?-i:[A-ZÀ-ÞЀ-Я]).*)",
    re.IGNORECASE,
)
_AFTER_DATE = re.compile(r"[\s|,·•–—-]*(?:by|von|par|por)\s+(?P<names>(?-i:[A-ZÀ-ÞЀ-Я]).{1,50})$", re.IGNORECASE)
_LABEL = re.compile(
    r"\W*(?:(?:by|von|par|por|door)\W*|(?:(?:ein(?:e)? )?(?:text|artikel|beitrag|bericht|interview|geschrieben|verfasst|erstellt|written|story|posted|article)"
    r" (?:by|von|par|por)\W*)|(?:authors?|autor(?:in|en|/in)?|auteurs?|autore|text|verfasser(?:in)?|автор)\s*:\W*)",
    re.IGNORECASE,
)
# Words with which a sentence begins and no name goes on, and offices that stand before their holder's name.
_SENTENCE_BEGINS = (
    r"(?:The|An?|This|That|These|Those|It|He|She|They|We|There|In|On|At|As|For|From|With|After|Before|When|While|If|Since|During|Under"
    r"|More|Most|Many|Some|Several|Two|Three|Four|Five|Hundreds|Thousands|Dozens|Nearly|Almost|But|And|Not|No|What|How|Why)\b(?!\.)(?=[ ,])"
    r"|(?:(?:US|U\.S\.|[A-Z][a-z]+(?:ian|ish|ese|ch)) )?(?:President|Prime Minister|Foreign Minister|Defen[cs]e Minister|Chancellor"
    r"|Secretary of State|King|Queen|Pope) [A-ZÀ-Þ]"
    r"|[“„«\"][A-ZÀ-Þ][^“”\"]{20}"
)
_GLUED = re.compile(
    rf"(?P<name>{_WORD}(?:[ \t]+(?:{_PARTICLE}[ \t]+)?{_WORD}){{1,2}}?)[ \t]+(?:{_SENTENCE_BEGINS})(?=[^\n]{{40}})"
)
# Words of places, bodies and headings of sections: what they stand in is no person's name.
_PLACE_WORDS = frozenset(
    """
    north south east west northern southern eastern western central new united saudi czech dominican sri el san los las hong tel white
    korea zealand africa arabia lanka republic kingdom states emirates sudan guinea salvador leone faso kong house city county bank union
    nations council party court former late vice deputy acting prime foreign president minister chancellor king queen
    breaking live exclusive update updates analysis opinion report special world politics business sport sports video watch photos
    """.split()  # noqa: SIM905
)
_HANDLE = re.compile(r"(?=[\w-]{0,24}[^\W\d_])[^\W_][\w-]{2,23}")


class Byline(NamedTuple):
    """A byline: the names in it, and where its words end (an offset into the text that was searched)."""

    authors: list[str]
    end: int


def leading(text: str, start: int = 0) -> Byline | None:
    """The byline whose words begin at an offset ("By Jan Walter, Kevin Mertens"), or None."""
    match = _LEAD.match(text, start)
    if not match:
        return None
    names = persons(_before_paper(_SPLIT.split(match["names"])))
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
    """The single names in an author field that may hold several ("A B, C D and E F", "A B; C D"); none of an address.

    What stands behind a firm or a paper is none: "Jan Walter, Orun News, Veld" names one person.
    """
    if _ADDRESS.search(names):
        return []
    if inner := _BY_INSIDE.search(names):
        names = inner[1]
    names = _STAMPED.sub("", names)
    pieces = [piece for piece in _SPLIT_FIELD.split(names) if piece.strip()]
    return _before_paper(pieces)


def glued(text: str, start: int = 0) -> Byline | None:
    """The name without any "By" that a scrape has put between a date stamp and the article, or None.

    What follows must be the beginning of a sentence that no name can go on with (``Ilse Maron The council …``), so that a
    name that is the subject of the sentence stays in it.
    """
    match = _GLUED.match(text, start)
    if match is None or any(word.casefold() in _PLACE_WORDS for word in match["name"].split()):
        return None
    names = persons([match["name"]])
    return Byline(names, match.end("name")) if names else None


def _before_paper(pieces: list[str]) -> list[str]:
    return list(takewhile(lambda piece: not _ORGANISATION.search(piece), pieces))


def signed(text: str) -> list[str] | None:
    """The authors where a short line says who posted it, one name alone too, or stamps a name behind a date; else None.

    ``Posted by Anna``, ``6 May 2014 13:30 by Anna``, ``04.02.2022 | 13:10 | Anna Lind``.
    """
    text = text.strip(" |·•–—-/")
    if len(text) > _LONGEST_SIGNED or text[-1:] in '.?!"”':
        return None
    if match := _POSTED.match(text):
        return persons(split(match["names"])) or None
    if (found := dates.at(text)) is None:
        return None
    if match := _AFTER_DATE.match(text, found.end):
        return persons(split(match["names"])) or None
    *_, last = re.split(r"\s*[|·•]\s*", text[found.end :])
    return bare(last) if last != text[found.end :] else None


def is_label(text: str) -> bool:
    """Whether a text is no more than the label of a byline that stands beside it ("By", "Author:")."""
    return len(text) <= _LONGEST_LABEL and _LABEL.fullmatch(text) is not None


def handle(name: str) -> str | None:
    """A name that one signs with on the web ("tlow", "ThE_PaiN", "c1ph4"), None for anything else.

    Only an element that is marked as the author's can tell such a name from any other word.
    """
    name = " ".join(name.split())
    match = _HANDLE.fullmatch(name)
    return name if match and name.casefold() not in NOBODY | _NEVER else None


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
    if any(word.casefold() in _NEVER for word in words):
        return None
    if all(word.casefold() in NOBODY or word.casefold() in dates.MONTHS for word in words):
        return None
    if _ORGANISATION.search(name) or (len(words) == 1 and _CAMEL.search(name)):
        return None
    if len(words) == 1 and name.isupper() and len(name) <= 6:
        return None  # an agency's letters
    if len(words) == 1 and (words[0].casefold() in _DEGREES or not _FIRST_LETTER.match(name)):
        return None
    if name.isupper() and len(words) > 1:
        name = name.title()
    return name
