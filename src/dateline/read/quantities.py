"""Numbers in a text and what stands right by them: value, scale word, currency, range, hedge.

All of it is told from the characters alone; `figures` adds what needs the parse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from dateline.read.numbers import ABBREVIATED_SCALES, DIGITS, SCALES, TENS, UNITS, VULGAR, WORDS, number
from dateline.read.units import SPANS_OF_TIME, currency, currency_pattern, unit_name, unit_pattern
from dateline.records import Bound

Number = int | float

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
    "over the age of": "over",
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
    "under the age of": "under",
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
VAGUE = (
    "dozens",
    "scores",
    "hundreds",
    "thousands",
    "tens of thousands",
    "hundreds of thousands",
    "millions",
    "tens of millions",
    "hundreds of millions",
    "billions",
    "tens of billions",
    "hundreds of billions",
    "trillions",
)
FRACTIONS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
NUMBERED = frozenset(
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
        "area",
        "division",
        "brigade",
        "version",
    ]
)
"""What is told apart by a number behind it ("Article 5"), which then counts nothing."""


@dataclass(frozen=True)
class Quantity:
    """A number found in a text.

    ``start`` to ``end`` is its extent with hedge, currency sign and scale word; ``core`` is where the bare number begins;
    ``after`` is where its unit ends. ``value`` is None for "dozens". ``unit`` is None as long as none is known.
    """

    start: int
    end: int
    core: int
    after: int
    value: Number | tuple[Number, Number] | None
    bound: Bound = "exact"
    trend: Literal["up", "down"] | None = None
    unit: str | None = None


@cache
def _numbers() -> re.Pattern[str]:
    scale = "|".join(SCALES)
    short = "|".join(sorted(ABBREVIATED_SCALES, key=len, reverse=True))
    fractions = "|".join(FRACTIONS)
    few = r"(?:one|two|three|four|five|six|seven|eight|nine|\d)\s(?:in|out\sof)\s(?:every\s)?"
    return re.compile(
        rf"(?<![\w.])(?:(?P<currency>{currency_pattern()})\s?|(?<![\w.,/:#]))(?P<sign>[-−+]|minus[- ]|plus )?"
        rf"(?:(?P<ratio>(?i:\b{few}(?:\d{{1,3}}|{WORDS})\b(?!,)(?=\s+(?:of\b|[a-z]+s\b|people|women|men))))"
        rf"|(?P<digits>{DIGITS})(?P<part>\s?[½¼¾⅓⅔⅛]|\s\d/\d(?!\d))?"
        rf"(?:(?:\s|-)(?P<scale>(?i:{scale})s?)\b|(?P<short>(?i:{short}))(?![\w]))?"
        rf"|(?P<vague>(?i:\b(?:{'|'.join(VAGUE)})\b)(?=\s+(?:of|more)\b|\s+[a-z]))"
        rf"|(?P<many>(?i:\b(?:half|(?:a |three )?quarters?)(?: of)?(?: an?)? (?:{scale})\b))"
        rf"|(?P<dozen>(?i:\b(?:a|one|two|three|four|half a|a half)\sdozen\b))"
        rf"|(?P<share>(?i:\b(?:(?:a|one)[ -](?:{fractions})|(?:two|three|four)[ -](?:{fractions})s|half)\b)"
        rf"(?=\s+(?:of|the|a|its|their|all)\b))"
        rf"|(?P<words>(?i:\b{WORDS}(?:\sand\sa\shalf(?:\s(?:{scale}))?)?\b)))"
    )


@cache
def _number_words() -> frozenset[str]:
    """The words without one of which no number is written out."""
    vague = (words.split()[-1] for words in VAGUE)
    plurals = (f"{word}s" for word in (*SCALES, *FRACTIONS))
    return frozenset(["dozen", *UNITS, *TENS, *SCALES, *FRACTIONS, *plurals, *vague])


_ANY_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")


def _holds_number(text: str) -> bool:
    """Whether a text has a digit or a word of number at all; cheaper by far than to look for a number."""
    return _ANY_DIGIT.search(text) is not None or not _number_words().isdisjoint(_WORD.findall(text.casefold()))


_GROUPS = ("digits", "ratio", "vague", "share", "dozen", "many", "words")


def scan(text: str, start: int, end: int, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[Quantity, str]]:
    """The numbers between two offsets, with the form each is written in ("digits", "words", "share", …).

    ``taken`` are stretches that are read otherwise, such as dates. Left out are codes, clocks, scores, ordinals and the
    numbers of numbered things.
    """
    if not _holds_number(text[start:end]):
        return
    for m in _numbers().finditer(text, start, end):
        if any(m.start() < b and a < m.end() for a, b in taken) or _is_label(text, m):
            continue
        quantity = _quantity(text, m, end)
        if quantity is not None:
            yield _hedged_behind(text, quantity), next(group for group in _GROUPS if m[group])


def _quantity(text: str, m: re.Match[str], limit: int) -> Quantity | None:
    """What a match says by itself, None where it is no number after all ("three in two")."""
    start, end = m.span()
    core = next(m.start(group) for group in _GROUPS if m[group])
    if m["vague"]:
        return Quantity(start, end, core, end, None, bound="about")
    if m["ratio"]:
        few, many = (number(w) for w in re.split(r"(?i)\s(?:in|out\sof)\s(?:every\s)?", m["ratio"]))
        round_many = many is not None and (many <= 10 or many in (20, 100, 1000, 10_000))
        return (
            Quantity(start, end, core, end, few / many, unit="-")
            if few and many and round_many and few < many
            else None
        )
    unit = currency(m["currency"]) if m["currency"] else None
    value: Number | None
    if m["share"]:
        *above, part = re.split(r"[\s-]+", m["share"].lower())
        count = (number(above[0]) if above else None) or 1
        share = count / FRACTIONS[part if part in FRACTIONS else part.removesuffix("s")]
        return Quantity(start, end, core, end, share, unit="-")
    if m["dozen"]:
        dozens = m["dozen"].lower().removesuffix("dozen").strip()
        value = 6 if "half" in dozens else 12 * (number(dozens) or 1)
    elif m["many"]:
        words = m["many"].lower()
        value = SCALES[words.split()[-1]] * (0.5 if "half" in words else 0.75 if "three" in words else 0.25)
        value = int(value) if value == int(value) else value
    elif m["digits"]:
        if m["short"] and not _is_scale(text, m, limit):
            end = m.start("short")
        value = _in_digits(m, scaled=end == m.end())
    else:
        value = number(m["words"])
    if value is None:
        return None
    sign = (m["sign"] or "").strip()
    value = -value if sign and sign not in ("+", "plus") else value
    return Quantity(start, end, core, end, value, trend="up" if sign == "+" else None, unit=unit)


def _in_digits(m: re.Match[str], scaled: bool) -> Number | None:
    """The value of digits with a fraction and a scale behind them; a whole number stays one."""
    value = number(m["digits"])
    if value is None:
        return None
    if m["part"]:
        value += VULGAR.get(m["part"].strip()) or number(m["part"]) or 0
    if m["scale"]:
        value *= SCALES[m["scale"].lower().removesuffix("s")]
    elif m["short"] and scaled:
        value *= ABBREVIATED_SCALES[m["short"].lower()]
    value = round(value, 9)
    return int(value) if value == int(value) else value


_COUNTED = re.compile(r"\s+(?:of\b|people|combined|[a-z]+s\b)")


def _is_scale(text: str, m: re.Match[str], limit: int) -> bool:
    """Whether the letters behind digits scale them ("£6m", "35m of its devices") and are no unit ("37m long")."""
    if m["currency"] or m["short"].lower() not in ("m", "b"):
        return True
    if m["short"] == "b":
        return False
    return m["short"] == "M" or bool(_COUNTED.match(text, m.end(), limit))


# ── numbers that count nothing ────────────────────────────────────────────────────────────────────────────────────

_STREETS = "Road|Street|Avenue|Lane|Drive|Boulevard|Square|Rd|St|Ave|Blvd"
_CODE_AFTER = re.compile(
    rf"\s+block\b|\s+(?:[A-Z][\w.]*\s+){{1,3}}(?:{_STREETS})\b|(?:st|nd|rd|th)\b|[:/]\d|-\d+-|\.\d|,\d{{3}}\d|[A-Za-z]\d|\d[A-Za-z]"
)
_CODE_BEFORE = re.compile(
    r"(?<!\bto)(?<!\bmid)(?<!\bnow)(?<!\bthen)(?<!\bunder)(?<!\bover)(?<=[A-Za-z])-$|[#/@:]$|\d[-–]\d*-$"
)
_TELEPHONE = re.compile(r"(?<!\d)\d{3}[-.]\d{4}(?!\d)")
_SCORE = re.compile(
    r"\d{1,3}[-–]\d{1,3}(?![\d%.,]*\d|[%A-Za-z]|\s*(?:percent|per cent|million|billion|thousand|[a-z]+s\b))"
)
_SCORE_BEGUN = re.compile(r"(?<![\d.,$£€])\d{1,3}[-–]$")


def _is_label(text: str, m: re.Match[str]) -> bool:
    """Whether the number is a code, a score, an ordinal or the number of something, and counts nothing."""
    if m["currency"]:
        return False
    before, after = text[max(0, m.start() - 30) : m.start()], text[m.end() : m.end() + 30]
    if m["share"]:
        return bool(re.search(r"(?i)\b(?:first|second|last|other|latter|opening|better)\s+$", before))
    if m["digits"] and _is_code(m, before, after):
        return True
    if m["digits"] and "." not in m["digits"] and _is_score(text, m.start("digits"), before):
        return True
    last = re.search(r"([\w.#]+)\W*$", before)
    if last and last[1].lower() in NUMBERED and not before.rstrip().endswith(","):
        return bool(m["digits"] or m["words"])
    if m["words"] and (compound := re.match(r"-(?!year-old|month-old)([a-z]+)", after)):
        # "a five-year plan", "four-door": no claim of a quantity
        return unit_name(compound[1]) in (None, *SPANS_OF_TIME)
    return False


def _is_code(m: re.Match[str], before: str, after: str) -> bool:
    if (
        _TELEPHONE.search(before[-4:] + m["digits"] + after[:5])
        or _CODE_BEFORE.search(before)
        or (before.endswith("(") and after.startswith(")"))
    ):
        return True
    if unit_pattern().match(after):
        return False
    letters = None if m["short"] else re.match(r"[A-Za-z]+", after)
    return bool(_CODE_AFTER.match(after) or (letters and unit_name(letters.group()) is None))


def _is_score(text: str, start: int, before: str) -> bool:
    """Whether the digits at a place are one side of a score ("won 3-1")."""
    begun = _SCORE_BEGUN.search(before)
    return bool(_SCORE.match(text, start - len(begun.group()) if begun else start))


# ── ranges ────────────────────────────────────────────────────────────────────────────────────────────────────────


def joined(text: str, quantities: Sequence[Quantity]) -> Iterator[Quantity]:
    """The quantities with neighbours such as "between 5 and 7", "200 to 300", "from 21 mpg to 23" made one range."""
    i = 0
    while i < len(quantities):
        low = quantities[i]
        both = _range(text, low, quantities[i + 1]) if i + 1 < len(quantities) else None
        yield both or low
        i += 2 if both else 1


def _range(text: str, low: Quantity, high: Quantity) -> Quantity | None:
    a, b = low.value, high.value
    if not isinstance(a, int | float) or not isinstance(b, int | float):
        return None
    before = text[max(0, low.start - 12) : low.start]
    between = bool(re.search(r"(?i)\bbetween\s*$", before))
    origin = bool(re.search(r"(?i)\b(?:from|ranging|range)\s*$", before))
    gap = text[low.after : high.start]
    link = re.fullmatch(r"(?i)\s*(-|–|—|to-?|and|or|/)\s*", gap)
    if link is None and origin:
        link = re.fullmatch(r"(?i)(?:(?!\b(?:for|in|on|at|of)\b)[\w\s]){0,12}\s(to|up to)\s+", gap)
    if link is None or not _may_join(low, high, link[1].lower(), between, origin):
        return None
    b = abs(b) if link[1] in "-–—" else b
    a = _share_scale(text, low, high, a)
    if b <= a:
        return None
    return replace(low, end=high.end, after=high.after, value=(a, b), unit=high.unit or low.unit)


def _may_join(low: Quantity, high: Quantity, word: str, between: bool, origin: bool) -> bool:
    """Whether two numbers with a word between them are the ends of one range."""
    spelled = low.after > low.end
    if low.unit and high.unit and low.unit.split(" per ")[0] != high.unit.split(" per ")[0]:
        return False
    if word == "and":
        return between
    if word == "or":
        return low.unit is None and high.unit in SPANS_OF_TIME
    if word == "/":
        return low.unit is not None and low.unit == high.unit
    # "rose 64 points to 4,577" is no range, "from 21 mpg to 23" is.
    return not (spelled and high.unit is None) or origin or between


def _share_scale(text: str, low: Quantity, high: Quantity, value: Number) -> Number:
    """The lower end of "1 to 2 thousand", which leaves its scale to the higher."""
    scale = re.search(rf"(?i)[\s-]({'|'.join(SCALES)})s?$", text[high.core : high.end])
    alone = not re.search(r"(?i)[a-z]", text[low.core : low.end]) and low.after == low.end
    return value * SCALES[scale[1].lower()] if scale and alone and value < 1000 else value


# ── hedges ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _either(words: dict[str, Bound]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


@cache
def _hedges() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(rf"(?i)(?<!\w)(?P<hedge>{_either(HEDGES)})\s*(?:a\s+)?$"),
        re.compile(rf"(?i)\s*(?P<hedge>{_either(AFTER_HEDGES)})(?!\w)"),
    )


_LONGEST_HEDGE = 40


def hedged(text: str, quantity: Quantity, limit: int) -> Quantity:
    """The quantity with the hedge before it taken into its extent; ``limit`` is where its sentence begins."""
    start, bound = quantity.start, quantity.bound
    limit = max(limit, start - _LONGEST_HEDGE)
    between = re.search(r"(?i)\b(?:somewhere\s+)?between\s*$", text[limit:start])
    if between and isinstance(quantity.value, tuple):
        start = limit + between.start()
    if m := _hedges()[0].search(text, limit, start):
        bound, start = HEDGES[re.sub(r"\s+", " ", m["hedge"].lower())], m.start()
    return replace(quantity, start=start, bound=bound)


def _hedged_behind(text: str, quantity: Quantity) -> Quantity:
    """The quantity with a hedge behind it ("50 or more voters")."""
    m = _hedges()[1].match(text, quantity.end)
    if m is None:
        return quantity
    bound = AFTER_HEDGES[re.sub(r"\s+", " ", m["hedge"].lower())]
    return replace(quantity, end=m.end(), after=m.end(), bound=bound)
