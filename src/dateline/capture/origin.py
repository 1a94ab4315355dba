"""Whom a text comes from: the agency that its dateline, byline or copyright line credits, and whether it is the paper's own.

A lead that rests on "a report by Reuters" tells that paper's story in other words: its origin is Reuters, but whether the
paper added reporting of its own stays unknown. "Reuters reported" in passing names one source among others, and no origin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from dateline.records import Origin

# Each agency with the names it goes by; the first is the one that is counted under.
AGENCIES = {
    "Reuters": ["Reuters", "Thomson Reuters"],
    "Associated Press": ["Associated Press", "The Associated Press", "AP"],
    "Agence France-Presse": ["Agence France-Presse", "Agence France Presse", "AFP"],
    "epd": ["epd", "epdÖ", "Evangelischer Pressedienst"],
    "KNA": ["KNA", "Katholische Nachrichten-Agentur"],
    "kathpress": ["kathpress", "Kathpress"],
    "dpa": ["dpa", "Deutsche Presse-Agentur", "dpa-AFX", "dpa international"],
    "TASS": ["TASS", "ITAR-TASS", "Itar-Tass"],
    "RIA Novosti": ["RIA Novosti", "RIA"],
    "Interfax": ["Interfax"],
    "Interfax-Ukraine": ["Interfax-Ukraine"],
    "Ukrinform": ["Ukrinform"],
    "UNIAN": ["UNIAN"],
    "BelTA": ["BelTA", "BELTA"],
    "Xinhua": ["Xinhua", "Xinhua News Agency"],
    "Kyodo": ["Kyodo", "Kyodo News"],
    "Jiji Press": ["Jiji Press", "Jiji"],
    "Yonhap": ["Yonhap", "Yonhap News Agency"],
    "ANSA": ["ANSA"],
    "EFE": ["EFE", "Agencia EFE", "efe-epa"],
    "Europa Press": ["Europa Press"],
    "Lusa": ["Lusa"],
    "Belga": ["Belga"],
    "ANP": ["ANP"],
    "Austria Presse Agentur": ["Austria Presse Agentur", "APA"],
    "Keystone-SDA": ["Keystone-SDA", "SDA"],
    "PAP": ["PAP", "Polska Agencja Prasowa"],
    "CTK": ["CTK", "ČTK"],
    "Press Association": ["Press Association", "PA Media", "PA"],
    "Press Trust of India": ["Press Trust of India", "PTI"],
    "Asian News International": ["Asian News International", "ANI"],
    "Indo-Asian News Service": ["Indo-Asian News Service", "IANS"],
    "United Press International": ["United Press International", "UPI"],
    "Anadolu Agency": ["Anadolu Agency", "Anadolu", "AA"],
    "Canadian Press": ["Canadian Press", "The Canadian Press"],
    "Australian Associated Press": ["Australian Associated Press", "AAP"],
    "Bloomberg News": ["Bloomberg News"],
    "Inter Press Service": ["Inter Press Service"],
    "Turkish Radio": ["TRT"],
    "Saba": ["SABA"],
    "SANA": ["SANA"],
    "WAFA": ["WAFA"],
    "IRNA": ["IRNA"],
    "Ritzau": ["Ritzau"],
    "NTB": ["NTB"],
    "TT": ["TT News Agency"],
    "STT": ["STT"],
}
_BY_NAME = {name.casefold(): agency for agency, names in AGENCIES.items() for name in names}
_NAMES = "|".join(
    re.escape(n) for n in sorted({n for names in AGENCIES.values() for n in names}, key=len, reverse=True)
)
# What a name ends or begins with where it is an agency that the table does not know.
_AGENCY_LIKE = re.compile(
    r"\b(?:news ?(?:agency|wire|service)|press (?:agency|service|association)|agency|wire|newswire|agentur|agence|agencia|wire service)\b"
    r"|^(?:agence|agencia|agenzia|agentur)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"\b(?:said|says|reported|told|is|was|has|were|will)\b")
_PLACE = r"[A-ZÀ-ÞА-Я][\w.’'À-ÿ-]*(?:[ /][A-ZÀ-ÞА-Я(][\w.’'À-ÿ)-]*){0,4}"
_DAY = r"(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\.?\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+\d{4})?"
_DATELINE = re.compile(
    rf"(?:{_PLACE}(?:,\s*{_PLACE})?(?:,?\s*{_DAY})?[,.]?\s*)?\((?P<credit>[A-ZÀ-Þ][\w .’'&/-]{{1,40}}|(?:dpa|efe|epd)[\w/-]*)\)\s*[.:]?(?:[-–—:_]+)\s*\S"
)
_SLASH_DATELINE = re.compile(rf"{_PLACE}(?:,\s*{_DAY})?\s*/(?P<credit>[A-Z][\w .-]{{1,40}})/\s*[-–—.]*\s*\S")
_TASS_DATELINE = re.compile(rf"{_PLACE},\s*{_DAY}\.?\s*/(?P<credit>[A-Z][\w .-]{{1,30}})/")
_CREDIT_LINE = re.compile(
    r"[(\[–—-]*\s*(?:(?:text|source|quelle|story|report(?:ing|ed)?|copy)\s*(?::|by\b|from\b)?\s*)?(?:the\s+)?(?P<credit>[^()\[\]:]{2,60}?)\s*[)\]]?\.?",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[A-ZÄÖÜ]{2,6}$")
_ENDING = re.compile(
    rf"(?:[(\[–—-]\s*(?P<credit>{_NAMES})\s*[)\]]?|\((?P<several>(?:{_NAMES})(?:\s*[,/]\s*(?:{_NAMES}))*)\))\.?\s*$"
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:\(c\)\s*|©\s*)?(?:by\s+)?(?:(?:19|20)\d{2}(?:\s*[-–]\s*\d{4})?,?\s*)?(?:by\s+)?(?P<holder>[^.,;|©]{2,60}?)(?:\s*(?:[.,;|]|all rights|(?:19|20)\d{2})|$)",
    re.IGNORECASE,
)
# An agency that only added to a text, or whose material was used beside others, is not whom the text comes from.
_ONLY_HELPED = re.compile(
    r"\bcontributed\b|^\W*with\b|\b(?:with|mit) (?:material|files|reporting|information|additional)\b|\badditional reporting\b|\b(?:photo|image|picture)",
    re.IGNORECASE,
)
_LONGEST_CREDIT = 160
_OUTLET = r"(?P<outlet>[A-ZÀ-Þ][\w&’'.-]*(?:[ -](?:(?:of|and|de|la|le|der|die|des) )?[A-ZÀ-Þ][\w&’'-]*){0,5})"
# The lead rests on one report of another paper.
_RESTS_ON = [
    re.compile(
        rf"\b(?:according to|citing|cited) an? (?:[\w-]+ ){{0,2}}(?:report|story|article|investigation) (?:by|in|from|published (?:by|in)) (?:the )?{_OUTLET}"
    ),
    re.compile(rf"\b(?:was |were )?first (?:reported|published) (?:by|in) (?:the )?{_OUTLET}"),
]
# The text stood elsewhere before.
_REPUBLISHED = [
    re.compile(
        rf"^\W*(?:(?:this|the) (?:article|story|report|post|piece|interview|essay)\b.{{0,80}}?\b)?(?:was |has been )?(?:originally|first) (?:published|appeared|posted) (?:by|in|on|at) (?:the )?(?-i:{_OUTLET})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^\W*(?:the post|the article)\b.{{1,200}}\b(?:appeared first|first appeared) on (?:the )?(?-i:{_OUTLET})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^\W*(?:re-?published|reprinted|reproduced)(?: (?:here|with permission|courtesy))* (?:from|of) (?:the )?(?-i:{_OUTLET})",
        re.IGNORECASE,
    ),
]
_LIKE_A_PAPER = re.compile(
    r"\b(?:News|Times|Post|Journal|Herald|Tribune|Guardian|Telegraph|Courier|Gazette|Chronicle|Press|Agency|Wire|TV|Television|Radio|Magazine|Review|Observer"
    r"|Mirror|Mail|Independent|Standard|Express|Examiner|Globe|Sun|Star|Broadcasting|Media|Today|Weekly|Daily|Insider|Bloomberg|Politico|Axios|BBC|CNN|NBC|CBS|ABC|NPR|PBS"
    r"|Zeitung|Spiegel|Zeit|Monde|Figaro|País|Mundo|Repubblica|Corriere|Gazeta|Pravda)\b|(?:Zeitung|blatt|\.com|\.org)$"
)
_OWN = re.compile(
    r"\bby our (?:[\w-]+ )?(?:desk|staff|newsroom|correspondents?|reporters?)\b|\b(?:staff (?:writer|reporter|correspondent|photographer)|own correspondent|our (?:own )?(?:correspondent|reporter|staff)|(?:special|senior|chief|foreign|political|diplomatic|war|bureau) correspondent"
    r"|(?:senior|political|chief) reporter|unser(?:e[mnr])? (?:korrespondent|reporter)(?:in)?|notre (?:correspondant|envoyé)e?)\b",
    re.IGNORECASE,
)


class Credit(NamedTuple):
    """What a text's credits say: the origin, whether it is the publisher's own reporting, and where that was found."""

    origin: Origin | None
    own_reporting: bool | None
    where: str | None


def agency(name: str) -> str | None:
    """The agency that a name stands for as a whole ("AP", "The Associated Press"), None for anything else."""
    name = re.sub(r"^(?:by|von|from|source:)\s+", "", name.strip(), flags=re.IGNORECASE).strip(" .,;:()[]")
    if known := _BY_NAME.get(name.casefold()):
        return known
    named = len(name) <= 50 and name[:1].isupper() and not re.search(r"\d", name) and len(name.split()) <= 6
    return name if named and _AGENCY_LIKE.search(name) and not _SENTENCE.search(name) else None


def credit_line(line: str) -> str | None:
    """The agency that a line below or above a text credits ("(AP)", "Text: The Associated Press"), None where it is none."""
    match = _CREDIT_LINE.fullmatch(line.strip())
    if not match:
        return None
    first = re.split(r"\s*[,/]\s*", match["credit"])[0]
    in_brackets = line.strip()[:1] in "([" and bool(_LETTERS.match(first))
    return agency(first) or (first if in_brackets else None)


def credit(
    lead: str,
    *,
    ending: str = "",
    bylines: Iterable[str] = (),
    copyrights: Iterable[str] = (),
    publisher: str | None = None,
) -> Credit:
    """The credit that a text gives.

    Args:
        lead: the first paragraphs of the body, where a dateline stands.
        ending: the last paragraph of the body.
        bylines: byline lines and author fields as they were written, roles included.
        copyrights: copyright lines.
        publisher: who published the capture; an agency's own page is its own reporting.
    """
    lines = list(bylines)
    for where, name, basis in _credits(lead, ending, lines, copyrights):
        own: bool | None = publisher is not None and _same(name, publisher)
        if not own and where == "lead":
            own = None
        in_full = agency(publisher or "") if own and _is_called(name, publisher or "") else None
        return Credit(Origin(name=in_full or name, basis=basis), own, where)
    for line in lines:
        if match := _OWN.search(line):
            return Credit(None, True, f"byline: {match[0]}")
    return Credit(None, None, None)


def _credits(lead: str, ending: str, bylines: list[str], copyrights: Iterable[str]) -> Iterable[tuple[str, str, str]]:
    for pattern in (_DATELINE, _TASS_DATELINE, _SLASH_DATELINE):
        if match := pattern.match(lead.lstrip()):
            words = match["credit"].strip()
            first = words.split("/")[0].strip()
            if known := agency(first):
                yield "dateline", known, match[0][:-1].strip()
            elif _is_name(first):
                yield "dateline", first, match[0][:-1].strip()
    for line in bylines:
        if _ONLY_HELPED.search(line) or len(line) > _LONGEST_CREDIT:
            continue
        if name := credit_line(line):
            yield "credit line", name, line.strip()
        for piece in re.split(r"\s*(?:[,;|/•·–—]|\s-\s|\bfor\b|\band\b|\bund\b)\s*", line):
            if name := agency(piece):
                yield "byline", name, line.strip()
    if match := _ENDING.search(ending[-80:]):
        name = match["credit"] or re.split(r"\s*[,/]\s*", match["several"])[0]
        yield "credit at the end", agency(name) or name, match[0].strip()
    for line in copyrights:
        if (match := _COPYRIGHT.search(line)) and (name := agency(match["holder"])):
            yield "copyright line", name, line.strip()[:120]

    for line in [ending, *bylines]:
        if found := next((match for pattern in _REPUBLISHED if (match := pattern.search(line))), None):
            yield "republication line", agency(found["outlet"]) or found["outlet"], found[0].strip()
    for pattern in _RESTS_ON:
        if (match := pattern.search(lead)) and (name := agency(match["outlet"]) or _paper(match["outlet"])):
            yield "lead", name, match[0]


def _paper(name: str) -> str | None:
    """A name where it is like a paper's or a broadcaster's."""
    return name if _LIKE_A_PAPER.search(name) else None


def _same(name: str, publisher: str) -> bool:
    """Whether a credit names the publisher itself, in full, by its initials or by the first of its names."""
    return _is_called(name, publisher) or publisher.casefold().split()[: len(name.split())] == name.casefold().split()


def _is_called(name: str, publisher: str) -> bool:
    """Whether a credit is the publisher's name, or its initials."""
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", publisher) if word[0].isupper())
    return (agency(publisher) or publisher).casefold() == name.casefold() or (len(name) > 1 and name == initials)


def _is_name(words: str) -> bool:
    """Whether a bracket in a dateline holds a name, not a remark such as an age, a day or a state's short form."""
    return not re.search(r"\d", words) and len(words.split()) <= 4 and all(w[:1].isupper() for w in words.split())
