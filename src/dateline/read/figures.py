"""The figures of a report: quantities with value, bound, trend, unit, what they count, as of when and on whose word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, Protocol

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dateline.read.document import Document
from dateline.read.numbers import ABBREVIATED_SCALES, DIGITS, SCALES, VULGAR, WORDS, number
from dateline.read.units import CURRENCY_SIGNS, is_sign, unit_name, unit_pattern
from dateline.records import Bound, Figure, Span, Statement, Time

Number = int | float

# ── words ─────────────────────────────────────────────────────────────────────────────────────────────────────────

HEDGES: dict[str, Bound] = {
    "about": "about",
    "around": "about",
    "roughly": "about",
    "approximately": "about",
    "approx.": "about",
    "circa": "about",
    "nearly": "about",
    "almost": "about",
    "close to": "about",
    "some": "about",
    "an estimated": "about",
    "estimated": "about",
    "barely": "about",
    "in the region of": "about",
    "somewhere around": "about",
    "~": "about",
    "≈": "about",
    "more than": "over",
    "over": "over",
    "above": "over",
    "at least": "over",
    "no fewer than": "over",
    "no less than": "over",
    "not less than": "over",
    "upwards of": "over",
    "in excess of": "over",
    "exceeding": "over",
    "exceeded": "over",
    "exceeds": "over",
    "surpassed": "over",
    "greater than": "over",
    "higher than": "over",
    "a minimum of": "over",
    ">": "over",
    "well over": "over",
    "up to": "under",
    "less than": "under",
    "fewer than": "under",
    "under": "under",
    "below": "under",
    "just under": "under",
    "lower than": "under",
    "at most": "under",
    "no more than": "under",
    "not more than": "under",
    "as much as": "under",
    "as many as": "under",
    "a maximum of": "under",
    "<": "under",
}
AFTER_HEDGES: dict[str, Bound] = {
    "or more": "over",
    "or so": "about",
    "or less": "under",
    "or fewer": "under",
    "-plus": "over",
    "-odd": "about",
    "+": "over",
}
TRENDS: dict[str, Literal["up", "down"]] = {
    **dict.fromkeys(
        [
            "rise",
            "gain",
            "climb",
            "jump",
            "increase",
            "advance",
            "surge",
            "soar",
            "grow",
            "leap",
            "rally",
            "rocket",
            "spike",
            "boost",
            "raise",
            "expand",
            "add",
            "swell",
        ],
        "up",
    ),
    **dict.fromkeys(
        [
            "fall",
            "drop",
            "decline",
            "lose",
            "slip",
            "slide",
            "tumble",
            "sink",
            "shed",
            "plunge",
            "decrease",
            "plummet",
            "shrink",
            "dip",
            "cut",
            "reduce",
            "retreat",
            "slump",
            "contract",
            "crash",
            "dive",
            "ease",
            "lower",
        ],
        "down",
    ),
}
VAGUE = "dozens|scores|hundreds|thousands|tens of thousands|hundreds of thousands|millions|tens of millions|hundreds of millions|billions|tens of billions|hundreds of billions|trillions"
FRACTIONS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
NAMED_NUMBERS = frozenset(
    [
        "section",
        "row",
        "page",
        "chapter",
        "article",
        "resolution",
        "room",
        "flight",
        "route",
        "highway",
        "no.",
        "no",
        "number",
        "#",
        "phase",
        "group",
        "game",
        "level",
        "grade",
        "act",
        "type",
        "model",
        "season",
        "episode",
        "volume",
        "line",
        "gate",
        "platform",
        "channel",
        "unit",
        "apollo",
        "area",
        "division",
        "brigade",
        "version",
    ]
)
STREETS = frozenset(["street", "road", "avenue", "lane", "drive", "boulevard", "way", "square", "court"])
SPAN_OF_TIME = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "century"})

# ── numbers in a text ─────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Quantity:
    """A number found: its extent with hedge and scale word, its bare core, and what is known of it so far."""

    start: int
    end: int
    core: int
    """Where the number itself begins, behind hedge and currency."""
    after: int
    """Where the unit, if any, ends."""
    value: Number | tuple[Number, Number] | None
    bound: Bound = "exact"
    trend: Literal["up", "down"] | None = None
    unit: str | None = None


@cache
def _numbers() -> re.Pattern[str]:
    currency = "|".join(re.escape(sign) for sign in sorted(CURRENCY_SIGNS, key=len, reverse=True))
    scale = "|".join(SCALES)
    short = "|".join(sorted(ABBREVIATED_SCALES, key=len, reverse=True))
    fractions = "|".join(FRACTIONS)
    return re.compile(
        rf"(?<![\w.])(?:(?P<currency>{currency})\s?|(?<![\w.,/:#]))(?P<sign>[-−+]|minus[- ]|plus )?"
        rf"(?:(?P<ratio>(?i:\b(?:one|two|three|four|\d)\s(?:in|out\sof)\s(?:every\s)?(?:\d{{1,3}}|{WORDS})\b(?!,)(?=\s+(?:of\b|[A-Za-z]+s\b|people|women|men))))"
        rf"|(?P<digits>{DIGITS})(?P<part>\s?[½¼¾⅓⅔⅛]|\s\d/\d(?!\d))?"
        rf"(?:(?:\s|-)(?P<scale>(?i:{scale})s?)\b|(?P<short>(?i:{short}))(?![\w]))?"
        rf"|(?P<vague>(?i:\b(?:{VAGUE})\b)(?=\s+(?:of|more)\b|\s+[a-z]))"
        rf"|(?P<share>(?i:\b(?:(?:a|one)[ -](?:{fractions})|(?:two|three|four)[ -](?:{fractions})s|half)\b)(?=\s+(?:of|the|a|its|their|all)\b))"
        rf"|(?P<dozen>(?i:\b(?:(?:a|one|two|three|four|half a|a half)\s)dozen\b))"
        rf"|(?P<many>(?i:\bhalf an? (?:{scale})\b))"
        rf"|(?P<words>(?i:\b{WORDS}(?:\sand\sa\shalf(?:\s(?:{scale}))?)?\b)))"
    )


@cache
def _hedges() -> re.Pattern[str]:
    words = "|".join(re.escape(h).replace(r"\ ", r"\s+") for h in sorted(HEDGES, key=len, reverse=True))
    return re.compile(rf"(?i)(?<![\w])(?:{words})\s*(?:a\s+)?$")


@cache
def _after_hedges() -> re.Pattern[str]:
    words = "|".join(re.escape(h).replace(r"\ ", r"\s+") for h in AFTER_HEDGES)
    return re.compile(rf"(?i)\s*(?:{words})(?!\w)")


class Actors(Protocol):
    """What this step asks of the actors: whose mention stands at a stretch."""

    def at(self, start: int, end: int) -> str | None:
        """The id of the actor mentioned there, if any."""


def find(document: Document, times: Sequence[Time], actors: Actors, statements: Sequence[Statement]) -> list[Figure]:
    """The figures of everything but furniture, in order, none overlapping another.

    Left out: dates and clocks (``times`` tells them), ordinals, scores, numbers in names, and "one of the".
    """
    dates = [(t.start, t.end) for t in times if t.type in ("DATE", "TIME")]
    found: list[Figure] = []
    for sentence in document.sentences:
        for quantity in _quantities(document, sentence, dates):
            span = document.span(quantity.start, quantity.end)
            found.append(
                Figure(
                    start=span.start,
                    end=span.end,
                    text=span.text,
                    value=quantity.value,
                    bound=quantity.bound,
                    trend=quantity.trend,
                    unit=quantity.unit or "-",
                    of=_measured(document, quantity, sentence),
                    claimant=_claimant(document, quantity, sentence, actors, statements),
                    as_of=_as_of(document, quantity, sentence, times),
                )
            )
    return found


def _quantities(document: Document, sentence: Tokens, dates: Sequence[tuple[int, int]]) -> list[_Quantity]:
    """The quantities of a sentence, ranges joined, units and hedges known."""
    text, limit = document.text, sentence.end_char
    found = []
    for m in _numbers().finditer(text, sentence.start_char, limit):
        if any(m.start() < end and start < m.end() for start, end in dates) or _is_name(document, m, limit):
            continue
        quantity = _quantity(text, m, limit)
        if quantity is not None:
            found.append(quantity)
    found = [_with_unit(document, q, limit) for q in found]
    found = list(_joined(text, found))
    return [
        _with_trend(document, _with_hedge(text, q, sentence.start_char)) for q in found if not _is_noise(document, q)
    ]


def _quantity(text: str, m: re.Match[str], limit: int) -> _Quantity | None:
    """The value of a match."""
    groups = m.groupdict()
    end = m.end()
    core = next(m.start(g) for g in ("digits", "ratio", "vague", "share", "dozen", "many", "words") if m[g])
    currency = CURRENCY_SIGNS[groups["currency"].strip()] if groups["currency"] else None
    value: Number | None
    if groups["vague"]:
        return _Quantity(m.start(), end, core, end, None, bound="about")
    if groups["share"]:
        words = re.split(r"[\s-]+", m["share"].lower())
        above = number(words[0]) if len(words) > 1 else 1
        value = (above or 1) / FRACTIONS[words[-1].removesuffix("s") if words[-1] != "half" else "half"]
    elif groups["ratio"]:
        few, many = (number(w) for w in re.split(r"(?i)\s(?:in|out\sof)\s(?:every\s)?", m["ratio"]))
        if not few or not many or few >= many:
            return None
        return _Quantity(m.start(), end, core, end, few / many, unit="-")
    elif groups["dozen"]:
        value = (
            6 if "half" in m["dozen"].lower() else 12 * (number(m["dozen"].lower().removesuffix("dozen").strip()) or 1)
        )
    elif groups["many"]:
        value = SCALES[m["many"].lower().split()[-1]] // 2
    elif groups["digits"]:
        value = number(m["digits"])
        if value is None:
            return None
        if groups["part"]:
            value += VULGAR.get(m["part"].strip()) or number(m["part"]) or 0
        if groups["scale"]:
            value *= SCALES[m["scale"].lower().removesuffix("s")]
        elif groups["short"]:
            if not _is_scale(text, m, currency, limit):
                end = m.start("short")
            else:
                value *= ABBREVIATED_SCALES[m["short"].lower()]
        value = round(value, 9)
        value = int(value) if (value == int(value) and "." not in m["digits"]) or value > 1e6 else value
    else:
        value = number(m["words"])
    if value is None:
        return None
    sign = (groups["sign"] or "").strip(" -").lower()
    if groups["sign"] and (sign in ("−", "minus") or "-" in groups["sign"]):
        value = -value
    return _Quantity(m.start(), end, core, end, value, trend="up" if sign == "+" else None, unit=currency)


def _is_scale(text: str, m: re.Match[str], currency: str | None, limit: int) -> bool:
    """Whether the letters behind digits scale them ("£6m", "35m of its devices") and are no unit ("37m long")."""
    if currency or m["short"].lower() not in ("m", "b"):
        return True
    if m["short"] == "b":
        return False
    return m["short"] == "M" or bool(re.match(r"\s+(?:of\b|people|combined|[a-z]+s\b)", text[m.end() : limit]))


_SCORE = re.compile(
    r"\d{1,3}[-–]\d{1,3}(?![\d%.,]*\d|[%A-Za-z]|\s*(?:percent|per cent|million|billion|thousand|[a-z]+s\b))"
)
_SCORE_BEGUN = re.compile(r"(?<![\d.,$£€])\d{1,3}[-–]$")


def _is_score(text: str, start: int, before: str) -> bool:
    """Whether the digits at a place are one side of a score ("won 3-1")."""
    begun = _SCORE_BEGUN.search(before)
    return bool(_SCORE.match(text, start - len(begun.group()) if begun else start))


def _is_name(document: Document, m: re.Match[str], limit: int) -> bool:
    """Whether the number is part of a name, a code, a score or a clock and counts nothing."""
    text = document.text
    before, after = text[max(0, m.start() - 30) : m.start()], text[m.end() : min(len(text), m.end() + 30)]
    if m["currency"]:
        return False
    if m["share"] and re.search(r"(?i)\b(?:first|second|last|other|latter|opening|better)\s+$", before):
        return True
    if m["digits"]:
        if re.match(r"(?:st|nd|rd|th)\b|[:/]\d|-\d+-|\.\d|,\d{3}\d|[A-Z]\d|(?:[A-Za-z]\d|\d[A-Za-z])", after):
            return True
        if not m["short"] and (code := re.match(r"[A-Za-z]+", after)) and unit_name(code.group()) is None:
            return True
        if re.search(r"\($", before) and after.startswith(")"):
            return True
        if "." not in m["digits"] and _is_score(text, m.start("digits"), before):
            return True
        if re.search(r"[A-Za-z]-$|[#/@:]$|\d[-–]\d*-$", before) and not re.search(
            r"(?i)\b(?:to|mid|pre|post|under|over|minus|plus|now|then)-$", before
        ):
            return True
    last = re.search(r"([\w.#]+)\W*$", before)
    if last and last[1].lower() in NAMED_NUMBERS and not before.rstrip().endswith(","):
        return bool(m["digits"] or m["words"])
    if m["words"] and (compound := re.match(r"-(?!year-old|month-old)([a-z]+)", after)):
        # "a five-year plan", "four-door": no claim of a quantity
        return unit_name(compound[1]) in (None, *SPAN_OF_TIME)
    if m["words"] and m["words"].lower() == "one":
        return not _counts_as_one(document, m)
    return False


_NOT_ONE_AFTER = re.compile(
    r"(?i)\s+(?:of\b|another\b|day\b|could\b|can\b|must\b|should\b|would\b|is\b|was\b|who\b|that\b|thing\b|way\b|side\b|hand\b|point\b|which\b|more\b|to\b|and\b|or\b|has\b|in which\b|,)|[-–]|\s*[.,;:!?)]"
)
_NOT_ONE_BEFORE = re.compile(
    r"(?i)\b(?:no|this|that|the|which|any|every|each|another|some|new|only the|last|first|next|right|wrong|other|big|good|a)\s+$"
)


def _counts_as_one(document: Document, m: re.Match[str]) -> bool:
    """Whether "one" is a count ("one soldier") and no pronoun ("one of the", "the one", "one day")."""
    text = document.text
    if re.match(rf"(?i)\s(?:to|or)\s(?:{WORDS})\b", text[m.end() : m.end() + 20]):
        return True
    if _NOT_ONE_AFTER.match(text[m.end() : m.end() + 20]) or _NOT_ONE_BEFORE.search(
        text[max(0, m.start() - 12) : m.start()]
    ):
        return False
    token = _token(document, m.start("words"))
    return token is not None and token.dep_ == "nummod" and token.head.i > token.i


def _is_noise(document: Document, q: _Quantity) -> bool:
    """Whether a number without a unit is a name's number, a list number or a year that was not told as a time."""
    text = document.text
    if q.unit is not None:
        return False
    token = _token(document, q.core)
    before, after = text[max(0, q.start - 40) : q.start], text[q.after : q.after + 20]
    if re.search(r"(?:^|\n)\s*$", before) and re.match(r"[.)]\s", after):
        return True
    if token is None:
        return True
    previous = token.nbor(-1) if token.i > token.sent.start else None
    if (
        previous is not None
        and previous.pos_ == "PROPN"
        and token.dep_ in ("nummod", "appos", "compound", "pobj", "nmod")
    ):
        return True
    if previous is not None and previous.text == "," and re.match(r"\s*[,.]", after):
        # "Ana Ruiz, 44, said": an age set beside a name
        return isinstance(q.value, int) and 0 < q.value < 120
    return False


def _token(document: Document, offset: int) -> Token | None:
    span = document.doc.char_span(offset, offset + 1, alignment_mode="expand")
    return span[0] if span is not None and len(span) else None


# ── units ─────────────────────────────────────────────────────────────────────────────────────────────────────────

_RATE = re.compile(
    r"(?P<gap>\s+(?:US\s+)?(?:per|a|an|each|every)\s+|\s?/\s?|-an?-|\s+US\s+an?\s+)(?P<unit>second|minute|hour|day|week|month|year|annum"
    r"|share|barrel|person|capita|head|ton|tonne|litre|liter|gallon|kilo|kilogram|ounce|mile|night|game|unit|student|household|century)\b"
    r"(?!\s+(?:ago|earlier|later|before|after|ending|ended)\b)"
)


def _with_unit(document: Document, q: _Quantity, limit: int) -> _Quantity:
    """The quantity with its unit: a currency, a unit of measure, or the noun counted."""
    text = document.text
    unit, after = q.unit, q.after
    if unit is None:
        m = unit_pattern().match(text, after, limit)
        if m and not (
            is_sign(m["unit"]) and ((m["gap"] and m["unit"] not in "CFVWJ") or not text[after - 1].isdigit())
        ):
            unit, after = unit_name(m["unit"]), m.end()
    if unit in (None, "year") and _AGED.search(text, max(0, q.core - 30), q.core):
        return replace(q, unit="year of age", after=after)
    if unit is None:
        return _counted(document, q, limit)
    rate = _RATE.match(text, after, limit)
    if rate and unit not in ("percentage", "year of age"):
        per = {"annum": "year", "liter": "litre"}.get(rate["unit"], rate["unit"])
        unit, after = f"{unit} per {per}", rate.end()
    return replace(q, unit=unit, after=after)


_AGED = re.compile(
    r"(?i)\b(?:aged|at age|age of|ages of|aged between|life expectancy[\w\s]{0,20})\s+(?:about |around |over |under )?$"
)
_SKIPPED = frozenset({"DET", "PRON", "PUNCT", "PART"})


_NUMBER_NEXT = re.compile(rf"(?i)\s*(?:-|–|—|to|or|and|up to)[\s-]*(?:[$£€¥]|US\$|{DIGITS}|(?:{WORDS})\b)")


def _counted(document: Document, q: _Quantity, limit: int) -> _Quantity:
    """The quantity with the noun it counts as its unit: what stands between the number and the head of its noun phrase."""
    last = _token(document, max(q.core, q.end - 1))
    if last is None or _NUMBER_NEXT.match(document.text, q.end, limit):
        return q
    i = last.i + 1
    doc = document.doc
    tokens: list[Token] = []
    if i < len(doc) and doc[i].lower_ in ("more", "other", "additional", "further", "new"):
        i += doc[i].lower_ in ("more", "other", "additional", "further")
    if i + 1 < len(doc) and doc[i].lower_ == "of" and doc[i].idx < limit:
        i += 1
    while i < len(doc) and doc[i].idx < limit:
        token = doc[i]
        if (
            token.lower_ in ("the", "these", "those", "its", "his", "her", "their", "our", "my", "all", "such")
            and not tokens
        ):
            i += 1
            continue
        if (token.text in ("-", "–") and i > last.i + 1 and tokens) or (
            token.pos_ in ("NOUN", "PROPN", "ADJ")
            or (token.tag_ in ("VBN", "VBG", "JJ") and token.dep_ in ("amod", "compound"))
        ):
            tokens.append(token)
        elif token.text in ("-", "–") and not tokens:
            pass
        elif token.pos_ == "ADV" and token.head.i > token.i and not tokens:
            pass
        elif token.lower_ in ("and", "or") and tokens and token.head.pos_ == "ADJ" and i + 1 < len(doc):
            tokens.append(token)
        else:
            break
        if token.tag_ in ("NNS", "NNPS"):
            break
        i += 1
    while tokens and (tokens[-1].pos_ not in ("NOUN", "PROPN") or tokens[-1].text in ("-", "–")):
        tokens.pop()
    if not tokens or tokens[-1].lower_ in ("per", "percent"):
        return q
    if tokens[-1].tag_ not in ("NNS", "NNPS") and tokens[0].tag_ == "NN" and len(tokens) > 1:
        # "a 12 page document" counts pages, "20 combat drone models" counts models.
        tokens = tokens[:1]
    head = tokens[-1]
    stem = text_between(document, tokens[0], head).lower()
    noun = head.lemma_.lower() if head.tag_ in ("NNS", "NNPS") else head.lower_
    noun = {"people": "people", "persons": "person", "person": "person"}.get(head.lower_, noun)
    unit = f"{stem}{noun}"
    rate = _RATE.match(document.text, head.idx + len(head), limit)
    end = head.idx + len(head)
    if rate and rate["gap"].strip() not in ("a", "an"):
        unit, end = f"{unit} per {rate['unit']}", rate.end()
    return replace(q, unit=re.sub(r"\s+", " ", unit), after=end)


def text_between(document: Document, first: Token, last: Token) -> str:
    """The words from one token up to another, without the latter."""
    return document.text[first.idx : last.idx]


# ── ranges, hedges, trends ────────────────────────────────────────────────────────────────────────────────────────

_BETWEEN = re.compile(r"(?i)\s*(?P<link>-|–|—|to|and|up to|or|/)\s*")


def _joined(text: str, quantities: Sequence[_Quantity]) -> Iterator[_Quantity]:
    """Neighbours such as "between 5 and 7", "200 to 300", "from 21 mpg to 23" as one range."""
    i = 0
    while i < len(quantities):
        low = quantities[i]
        high = quantities[i + 1] if i + 1 < len(quantities) else None
        joined = _range(text, low, high) if high else None
        yield joined or low
        i += 2 if joined else 1


def _range(text: str, low: _Quantity, high: _Quantity) -> _Quantity | None:
    a, b = low.value, high.value
    if not isinstance(a, int | float) or not isinstance(b, int | float):
        return None
    bare = low.after == low.end
    gap = text[low.after if not bare else low.end : high.start]
    between = re.search(r"(?i)\bbetween\s*$", text[max(0, low.start - 12) : low.start])
    origin = re.search(r"(?i)\b(?:from|ranging|range)\s*$", text[max(0, low.start - 12) : low.start])
    link = re.fullmatch(r"(?i)\s*(-|–|—|to-?|and|or|/)\s*", gap)
    if link is None:
        link = re.fullmatch(r"(?i)[\w\s]{0,12}\s(to|up to)\s+", gap) if origin else None
        if link is None:
            return None
    word = link[1].lower()
    if (word == "and" and not between) or (
        word == "or" and not (bare and low.unit is None and high.unit in SPAN_OF_TIME)
    ):
        return None
    if word == "/" and not (low.unit and low.unit == high.unit):
        return None
    b = abs(b) if word in "-–—" and b < 0 else b
    if b <= a:
        return None
    own = low.unit is not None and not bare
    if (
        low.unit
        and high.unit
        and low.unit != high.unit
        and not (own is False and low.unit.split(" per ")[0] == high.unit.split(" per ")[0])
    ):
        return None
    if own and high.unit is None and not origin and not between:
        return None
    scale = re.fullmatch(r"\S+[\s-](hundred|thousand|million|billion|trillion)s?", text[high.core : high.end].lower())
    if (
        scale
        and a < 1000
        and bare
        and not re.search(r"(?i)(?:hundred|thousand|million|billion|trillion)|[a-z]$", text[low.core : low.end])
    ):
        a *= SCALES[scale[1]]
    return replace(low, end=high.end, after=high.after, value=(a, b), unit=high.unit or low.unit)


def _with_hedge(text: str, q: _Quantity, limit: int) -> _Quantity:
    """The quantity with the hedge on either side taken into its extent."""
    start, bound, end = q.start, q.bound, q.end
    before = text[limit:start]
    between = re.search(r"(?i)\b(?:somewhere\s+)?between\s*$", before)
    if between and isinstance(q.value, tuple):
        start = limit + between.start()
    m = _hedges().search(text, limit, start)
    if m:
        word = re.sub(r"\s+", " ", m.group().strip().lower())
        bound = HEDGES.get(word) or HEDGES[word.removesuffix(" a")]
        start = m.start()
    tail = _after_hedges().match(text, end)
    if tail and bound == "exact":
        bound = AFTER_HEDGES[re.sub(r"\s+", " ", tail.group().strip().lower())]
        end = tail.end()
    return replace(q, start=start, end=end, bound=bound)


def _with_trend(document: Document, q: _Quantity) -> _Quantity:
    """The quantity with its trend where it is the amount of a rise or fall, and not the level reached."""
    if q.trend or q.value is None:
        return q
    before = document.text[max(0, q.start - 30) : q.start].lower()
    if re.search(r"\b(?:to|at|from|of)\s*$", before):
        return q
    direct = re.search(r"\b(up|down)(?:\s+by)?\s*$", before)
    if direct and not re.search(r"\b(?:g[ai]ve|gave|given|giving|made|make|makes|pick\w*|set) (?:up|down)\s*$", before):
        return replace(q, trend="up" if direct[1] == "up" else "down")
    if q.unit is None or q.unit.split(" per ")[0] in SPAN_OF_TIME:
        return q
    words = re.findall(r"[a-z]+", before)
    token = _token(document, q.core)
    if token is None:
        return q
    head = token
    for head in token.ancestors:
        if head.pos_ == "VERB":
            break
    near = document.text[head.idx : q.start] if head.idx < q.start else None
    if near is not None and head.lemma_.lower() in TRENDS and len(near.split()) <= 4 and words:
        return replace(q, trend=TRENDS[head.lemma_.lower()])
    return q


# ── what, when, on whose word ─────────────────────────────────────────────────────────────────────────────────────


def _measured(document: Document, q: _Quantity, sentence: Tokens) -> Span | None:
    """What is counted or measured: the noun counted with its verb or clause, "of …" behind a share, or the subject."""
    token = _token(document, q.core)
    if token is None:
        return None
    noun = _token(document, q.after - 1) if q.after > q.end else None
    if noun is not None and noun.pos_ in ("NOUN", "PROPN") and noun.i >= token.i and unit_name(noun.text) is None:
        first = next(
            (
                t
                for t in document.doc[token.i : noun.i + 1]
                if t.idx >= q.end and t.pos_ not in _SKIPPED and t.lower_ not in ("of", "more")
            ),
            noun,
        )
        return document.span(first.idx, _end_of_counted(noun, sentence))
    for child in document.doc[token.i : sentence.end]:
        if child.idx >= q.after:
            if child.lower_ in ("of", "in") and child.idx <= q.after + 1:
                objects = [t for t in child.children if t.dep_ == "pobj"]
                if objects:
                    return _phrase(document, objects[0], child.i + 1)
            break
    head = token
    while head.head != head and head.pos_ not in ("VERB", "AUX"):
        if head.pos_ in ("NOUN", "PROPN") and head.i > token.i and head.idx >= q.after and unit_name(head.text) is None:
            return document.span(max(q.after, head.left_edge.idx), head.idx + len(head))
        head = head.head
    for verb in (head, *head.ancestors):
        subjects = [t for t in verb.children if t.dep_ in ("nsubj", "nsubjpass")]
        if subjects and subjects[0].i < token.i and subjects[0].pos_ != "PRON":
            return _phrase(document, subjects[0], subjects[0].left_edge.i)
        if verb.dep_ not in ("conj", "xcomp", "advcl", "aux", "pcomp", "ccomp"):
            break
    return None


def _end_of_counted(noun: Token, sentence: Tokens) -> int:
    """The end of what tells which ones are counted: their clause, or the verb they are the subject of."""
    if noun.dep_ in ("nsubj", "nsubjpass") and noun.head.i > noun.i and noun.head.i - noun.i < 8:
        return noun.head.idx + len(noun.head)
    for child in noun.rights:
        if child.dep_ in ("acl", "prep") and child.right_edge.i - noun.i < 8 and child.right_edge.i < sentence.end:
            return child.right_edge.idx + len(child.right_edge)
    return noun.idx + len(noun)


def _phrase(document: Document, head: Token, first: int) -> Span:
    """A noun with what stands before it and a short "of …" behind it."""
    start = document.doc[max(first, head.left_edge.i)]
    if start.pos_ == "DET" and start.i < head.i:
        start = document.doc[start.i + 1]
    end = head
    for child in head.rights:
        if child.dep_ == "prep" and child.right_edge.i - head.i < 7:
            end = child.right_edge
            break
    return document.span(start.idx, end.idx + len(end))


def _as_of(document: Document, q: _Quantity, sentence: Tokens, times: Sequence[Time]) -> str | None:
    """The EDTF date of the sentence's time that stands nearest; an open interval behind "since"."""
    near = [t for t in times if sentence.start_char <= t.start < sentence.end_char and t.edtf and t.type == "DATE"]
    if not near:
        return None
    time = min(near, key=lambda t: max(q.start - t.end, t.start - q.end))
    assert time.edtf is not None
    if re.search(r"(?i)\bsince\s*(?:the\s+)?$", document.text[max(0, time.start - 10) : time.start]):
        return f"{time.edtf.split('/')[0]}/.."
    return time.edtf


_ACCORDING = re.compile(
    r"(?i)\b(?:according to|as reported by|estimates? (?:by|from)|figures? from|data from|by estimate of)\s+"
)


def _claimant(
    document: Document, q: _Quantity, sentence: Tokens, actors: Actors, statements: Sequence[Statement]
) -> str | None:
    """Whose word the figure is: the speaker of the innermost statement that holds it, or "according to …"."""
    holding = [s for s in statements if any(c.start < q.end and q.start < c.end for c in s.content)]
    for statement in sorted(holding, key=lambda s: sum(c.end - c.start for c in s.content)):
        if statement.speaker is not None:
            return statement.speaker
    m = _ACCORDING.search(document.text, sentence.start_char, sentence.end_char)
    if m:
        token = _token(document, m.end())
        if token is not None:
            chunk = next((c for c in sentence.noun_chunks if c.start <= token.i < c.end), None)
            end = chunk.end_char if chunk is not None else token.idx + len(token)
            return actors.at(m.end(), end)
    return None
