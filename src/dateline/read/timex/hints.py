"""The words without which an expression of time cannot stand, kind by kind: a text that has none of them need not be searched."""

from __future__ import annotations

import re

from dateline.read.numbers import TENS
from dateline.read.timex import words
from dateline.read.timex.holidays import NAMES

_WORD = re.compile(r"[^\W\d_]+|:")
_DIGIT = re.compile(r"\d")
_FOUR_DIGITS = re.compile(r"\d{4}")
_ANY_DIGIT, _ANY_YEAR = "0", "0000"


def words_of(text: str) -> set[str]:
    """The words of a text in lower case, with ``:`` where it has a colon, ``0`` where it has a digit and ``0000`` for four in a row."""
    found = set(_WORD.findall(text.casefold()))
    if _DIGIT.search(text):
        found.add(_ANY_DIGIT)
        if _FOUR_DIGITS.search(text):
            found.add(_ANY_YEAR)
    return found


DIGITS = frozenset({_ANY_DIGIT})
NUMBERED_YEARS = frozenset({_ANY_YEAR})
NUMBERED_DAYS = frozenset({"st", "nd", "rd", "th"})
PLURALS = frozenset({"s"})
CLOCKS = frozenset({":", "am", "pm", "m", "clock", "noon", "midnight", "midday"})
MONTHS = frozenset(words.MONTHS)
WEEKDAYS = frozenset(words.WEEKDAYS) | {f"{name}s" for name in words.WEEKDAYS}
DAYS = frozenset({"today", "yesterday", "tomorrow", "tonight"})
DAYPARTS = frozenset(words.DAYPARTS)
SEASONS = frozenset(words.SEASONS) | {f"mid{name}" for name in words.SEASONS}
GRAINS = frozenset(words.GRAINS)
QUARTERS = frozenset({"quarter", "period"})
YEARS = frozenset({"year"})
HALVES = frozenset({"half"})
CENTURIES = frozenset({"century"})
DECADES = frozenset(name for tens in TENS for name in (f"{tens[:-1]}ies", f"mid{tens[:-1]}ies"))
SPOKEN = frozenset({"seventeen", "eighteen", "nineteen", "thousand"})
HOLIDAYS = frozenset(max(_WORD.findall(name), key=len) for name in NAMES)
LENGTHS = frozenset(words.DURATION_UNITS) | {f"{unit}s" for unit in words.DURATION_UNITS} | {"centuries", "millennia"}
RECENT = frozenset({"days", "weeks", "months", "years", "decades", "centuries"})
WAYS = frozenset({"ago", "earlier", "later", "before", "now", "hence", "previously"})
EVERY = frozenset({"every", "each"})
TIMES = frozenset({"once", "twice", "times"})
REPEATED = frozenset({"hourly", "daily", "nightly", "weekly", "fortnightly", "monthly", "annually", "yearly"})
PRESENT, PAST, FUTURE = (
    frozenset(expression.split()[-1] for expression in expressions.split("|"))
    for expressions in (words.PRESENT, words.PAST, words.FUTURE)
)
