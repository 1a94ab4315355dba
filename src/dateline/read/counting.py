"""What a quantity counts, as the parse tells: its unit of measure, or the noun counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from dateline.read.document import Document
from dateline.read.numbers import DIGITS, WORDS
from dateline.read.quantities import Quantity
from dateline.read.units import SPANS_OF_TIME, currencies, is_sign, unit_name, unit_pattern

NUMBER_NEXT = re.compile(rf"(?i)\s*(?:-|–|—|to|or|and|up to)[\s-]*(?:[$£€¥]|US\$|{DIGITS}|(?:{WORDS})\b)")


def token_at(document: Document, offset: int) -> Token | None:
    """The token that holds an offset."""
    span = document.doc.char_span(offset, offset + 1, alignment_mode="expand")
    return span[0] if span is not None and len(span) else None


_RATE = re.compile(
    r"(?P<gap>\s+(?:US\s+)?(?:per|an?|each|every)\s+|\s?/\s?|-an?-)(?P<unit>second|minute|hour|day|week|month|year|annum"
    r"|share|barrel|person|capita|head|ton|tonne|litre|liter|gallon|kilo|kilogram|ounce|mile|night|game|unit|student"
    r"|household|century)\b(?!\s+(?:ago|earlier|later|before|after|ending|ended)\b)"
)
_PER = {"annum": "year", "liter": "litre"}
_AGED = re.compile(
    r"(?i)\b(?:aged|at age|age of|ages of|aged between|life expectancy[\w\s]{0,40})\s+(?:about |around |over |under )?$"
)
_BIRTHDAY = re.compile(r"\b(?:[Hh]e|[Ss]he|who)\s+(?:will be|is|was|turns|turned|had turned|just turned)\s+$")
_OLD = re.compile(
    r"(?i)\b(?:an?|the)\s+(?:[\w-]+\s+)?(?:man|woman|boy|girl|child|(?!number|order|quarter|power)\w+(?:er|or|ist|ian|man|woman))"
    r"\s+of\s+$"
)
FATES = frozenset({"dead", "wounded", "injured", "missing", "killed", "detained", "unemployed", "homeless"})
"""What people are counted as without a noun: "seventeen dead"."""
_TALLIES = frozenset({"number", "toll", "total", "count", "tally"})
MORE = frozenset({"more", "other", "additional", "further"})
_DETERMINERS = frozenset("them the these those its his her their our my all such".split())  # noqa: SIM905


def with_unit(document: Document, q: Quantity, limit: int) -> Quantity:
    """The quantity with its unit: a currency, a unit of measure, or the noun counted."""
    text, unit, after = document.text, q.unit, q.after
    if unit is None and (m := unit_pattern().match(text, after, limit)):
        close = text[after - 1].isdigit() and (not m["gap"] or m["unit"] in "CFVWJ")
        if close or not is_sign(m["unit"]):
            unit, after = unit_name(m["unit"]), m.end()
    if unit in (None, "year") and _AGED.search(text, max(0, q.core - 70), q.core):
        return replace(q, unit="year of age", after=after)
    if unit is None:
        counted = _counted(document, q, limit)
        bare = counted.unit is None and isinstance(q.value, int) and 0 < q.value < 120
        before = text[max(0, q.start - 40) : q.start]
        old = bare and (_OLD.search(before) or _BIRTHDAY.search(before))
        return replace(q, unit="year of age") if old else counted
    rate = _RATE.match(text, after, limit)
    if rate and unit not in ("percentage", "year of age"):
        unit, after = f"{unit} per {_PER.get(rate['unit'], rate['unit'])}", rate.end()
    return replace(q, unit=unit, after=after)


def _counted(document: Document, q: Quantity, limit: int) -> Quantity:
    """The quantity with the noun it counts as its unit: what stands between the number and the head of its noun phrase."""
    last = token_at(document, max(q.core, q.end - 1))
    if last is None or NUMBER_NEXT.match(document.text, q.end, limit):
        return q
    following = [t for t in document.doc[last.i + 1 : last.i + 12] if t.idx < limit]
    if following and following[0].lower_ in MORE:
        following = following[1:]
    if following and following[0].lower_ == "of":
        following = following[1:]
    phrase = _noun_phrase(following)
    if not phrase:
        return q
    if phrase[-1].tag_ not in ("NNS", "NNPS") and phrase[0].tag_ == "NN":
        # "a 12 page document" counts pages, "20 combat drone models" counts models.
        phrase = phrase[:1]
    head = phrase[-1]
    end = head.idx + len(head)
    noun = _singular(head)
    unit = re.sub(r"\s+", " ", document.text[phrase[0].idx : head.idx].lower() + noun)
    rate = _RATE.match(document.text, end, limit)
    if rate and rate["gap"].strip() not in ("a", "an"):
        unit, end = f"{unit} per {rate['unit']}", rate.end()
    return replace(q, unit=unit, after=end)


_IN_F = frozenset({"lives", "wives", "knives", "wolves", "halves", "thieves", "leaves", "shelves", "loaves", "calves"})


def _singular(noun: Token) -> str:
    """A noun's singular in lower case; the parser leaves the plural of a people's name as it is."""
    if noun.tag_ == "NNPS":
        return noun.lower_.removesuffix("s")
    if noun.tag_ != "NNS" or noun.lower_ == "people":
        return noun.lower_
    # The lemmatizer makes "graf" of "graves".
    wrong = noun.lower_.endswith("ves") and noun.lower_ not in _IN_F
    return noun.lower_.removesuffix("s") if wrong else noun.lemma_.lower()


def _noun_phrase(tokens: Sequence[Token]) -> list[Token]:
    """The modifiers and the noun that the tokens begin with, without determiners; empty where no noun follows."""
    phrase: list[Token] = []
    owner = next((i for i, t in enumerate(tokens[:4]) if t.tag_ == "POS"), None)
    for token in tokens if owner is None else tokens[owner + 1 :]:
        if not phrase and (token.lower_ in _DETERMINERS or token.text in "-–" or _qualifies(token)):
            continue
        linking = bool(phrase) and (
            token.text in ("-", "–") or (token.lower_ in ("and", "or") and token.head.pos_ == "ADJ")
        )
        if token.lower_ in FATES and not phrase and not (token.i + 1 < len(token.doc) and token.nbor(1).pos_ == "NOUN"):
            return [token]
        participle = token.tag_ in ("VBN", "VBG") and token.dep_ in ("amod", "compound")
        if participle and not phrase and token.tag_ == "VBG":
            continue  # "400 charging stations" are stations
        if not linking and not participle and token.pos_ not in ("NOUN", "PROPN", "ADJ"):
            break
        phrase.append(token)
        if token.tag_ in ("NNS", "NNPS"):
            break
    while phrase and (phrase[-1].pos_ not in ("NOUN", "PROPN") or phrase[-1].text in "-–"):
        phrase.pop()
    return phrase if phrase and phrase[-1].lower_ not in ("per", "percent") else []


def _qualifies(token: Token) -> bool:
    """Whether an adverb belongs to the adjective behind it ("decently sized")."""
    return token.pos_ == "ADV" and token.head.i > token.i and token.head.pos_ in ("ADJ", "VERB")


def with_shared_units(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The quantities with a unit that only a neighbour names: "eight or nine euros", "up 50 points to 1,300"."""
    found = list(quantities)
    for i, q in enumerate(found):
        if q.unit is not None or q.value is None:
            continue
        behind = found[i + 1] if i + 1 < len(found) else None
        if (
            behind and behind.unit and re.fullmatch(r"[-\s]*(?:,|or|and|, and|, or)\s*", text[q.end : behind.start])
        ) or (
            behind
            and behind.unit
            and re.fullmatch(
                r"\s+(?:up|down)(?:\s+by)?\s+|\s+(?:out\s+)?of\s+(?:the\s+|[\w\s]+['’]s?\s+)?",
                text[q.end : behind.start],
            )
        ):
            found[i] = replace(q, unit=behind.unit)
        elif i and (unit := _unit_before(text, found[:i], q)) is not None:
            found[i] = replace(q, unit=unit)
    return found


def _unit_before(text: str, before: Sequence[Quantity], q: Quantity) -> str | None:
    """The unit that a bare number takes over from those before it in the sentence."""
    last = before[-1]
    gap = text[last.after : q.start]
    if re.match(r"\s+who\b", text[q.end :]):  # "300 men who came and 200 who stayed"
        return next((b.unit for b in reversed(before) if b.unit not in (None, "-", "percentage", *SPANS_OF_TIME)), None)
    counted = last.unit not in (None, "-", "percentage", *SPANS_OF_TIME)
    if counted and re.fullmatch(r"(?i)[\w\s]{0,12}\b(?:to|from|or)\s+", gap):
        return last.unit
    if last.unit != "percentage":
        return None
    if re.fullmatch(
        r"(?i)[\w\s]{0,12}\bto\s+(?:(?:end|close|finish) at\s+)?", gap
    ):  # "rose 1 per cent to 1,480": the level that another was told in
        return next((b.unit for b in reversed(before) if b.unit is not None and is_level(b.unit)), None)
    by = re.compile(r"(?i)\bby\s+$")
    return "percentage" if by.search(gap) and by.search(text[max(0, last.start - 8) : last.start]) else None


def is_level(unit: str) -> bool:
    """Whether a unit is one that prices and indexes stand at."""
    return unit == "point" or unit in currencies()


def tallied(document: Document, q: Quantity) -> Quantity:
    """The quantity with the noun counted where it stands before it: "the number of victims rose to thirteen"."""
    counted = counted_before(document, q) if q.unit is None and isinstance(q.value, int) else None
    return replace(q, unit=_singular(counted)) if counted is not None else q


def counted_before(document: Document, q: Quantity) -> Token | None:
    """The noun under "number of" or the like that a bare number is the amount of."""
    token = token_at(document, q.core)
    verb = next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), None) if token is not None else None
    if token is None or verb is None:
        return None
    tally = next((t for t in verb.children if t.lemma_ in _TALLIES and t.i < token.i), None)
    preposition = next((t for t in tally.children if t.lower_ == "of"), None) if tally is not None else None
    nouns = preposition.children if preposition is not None else ()
    return next((t for t in nouns if t.dep_ == "pobj" and t != token and t.pos_ != "NUM"), None)
