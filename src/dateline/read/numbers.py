"""English number words and digits to values: what a time ("twenty-four hours") and a figure ("1.2 million") share."""

from __future__ import annotations

import re

UNITS = {
    w: n
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    w: n
    for n, w in zip(
        range(20, 100, 10), ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], strict=True
    )
}
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "lakh": 100_000,
    "crore": 10_000_000,
}
ABBREVIATED_SCALES = {
    "k": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "mln": 1_000_000,
    "b": 1_000_000_000,
    "bn": 1_000_000_000,
    "bln": 1_000_000_000,
    "tn": 1_000_000_000_000,
    "trn": 1_000_000_000_000,
}
ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "thirteenth": 13,
    "fourteenth": 14,
    "fifteenth": 15,
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
    "twentieth": 20,
    "thirtieth": 30,
} | {
    f"{tens}{mark}{unit}": 10 * (2 + i) + j
    for i, tens in enumerate(("twenty", "thirty"))
    for j, unit in enumerate(["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"], 1)
    for mark in "- "
}
VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}

_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_SMALL = rf"(?:(?:{'|'.join(TENS)})(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?\b|(?:{_UNIT})\b)"
_SCALE = "|".join(SCALES)
WORDS = rf"(?:(?:a|{_SMALL})[ -](?:{_SCALE})\b(?:(?:[ -]and)?[ -]{_SMALL}(?:[ -](?:{_SCALE})\b)?|[ -](?:{_SCALE})\b){{0,8}}|{_SMALL})"
"""A pattern for a number written out: "twenty-four", "a hundred and five", "two thousand"."""
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
"""A pattern for a number in digits, with thousands separated by commas or not at all."""

_TOKEN = re.compile(rf"(?i)\d+/\d+|{DIGITS}|[½¼¾⅓⅔⅛]|[a-z]+")


_TOO_LARGE = 1e21


def number(text: str) -> int | float | None:
    """The value of a number in digits, words or both ("3,300", "two and a half", "600 thousand"), None if it is none or beyond any count."""
    total: float = 0
    current: float = 0
    seen = False
    halved = False
    for token in _TOKEN.findall(text.lower().replace("-", " ")):
        if token in SCALES or (token in ABBREVIATED_SCALES and seen):
            scale = SCALES.get(token) or ABBREVIATED_SCALES[token]
            if scale == 100:
                current = (current or 1) * 100
            elif scale > total > 0 and current == 0:
                total *= scale
            else:
                total, current = total + (current or 1) * scale, 0
            seen = True
        elif token in UNITS or token in TENS:
            current, seen = current + (UNITS.get(token, 0) or TENS.get(token, 0)), True
        elif token in VULGAR:
            current, seen = current + VULGAR[token], True
        elif token == "half":
            current, seen, halved = current + 0.5, True, True
        elif token[0].isdigit() or token[0] == ".":
            if "/" in token:
                above, below = token.split("/")
                if not int(below):
                    return None
                current += int(above) / int(below)
            else:
                current += float(token.replace(",", ""))
            seen = True
        elif token not in ("a", "an", "and"):
            return None
    if not seen:
        return 1 if text.strip().lower() in ("a", "an") else None
    value = total + current
    if value >= _TOO_LARGE:
        return None
    return value if halved or value != int(value) else int(value)


def ordinal(text: str) -> int | None:
    """The value of an ordinal in words or digits ("eighth", "21st"), None if it is not one."""
    word = text.lower()
    if word in ORDINALS:
        return ORDINALS[word]
    digits = re.fullmatch(r"(\d+)(?:st|nd|rd|th)", word)
    return int(digits[1]) if digits else None
