"""Lengths of time and repetitions: "for seven years", "every Friday", "daily"."""

from __future__ import annotations

import re

from dateline.read.numbers import number
from dateline.read.timex.sense import Context, Sense
from dateline.read.timex.words import COUPLE, DAYPARTS, DURATION_UNITS, SEASONS, VAGUE_UNITS, month_of, weekday_of


def singular(word: str) -> str:
    """The singular of a unit of time, in lower case."""
    word = word.lower()
    return {"centuries": "century", "millennia": "millennium"}.get(word, word.removesuffix("s"))


def how_many(words: str | None) -> int | float | None:
    """A count in words, None for "several" or "a few"."""
    if not words:
        return None
    words = re.sub(r"\s+", " ", words.lower()).strip()
    return 2 if words.removeprefix("a ").strip() in COUPLE else number(words)


_HALVES = {"Y": "6M", "TH": "30M", "TM": "30S", "D": "T12H"}


def duration(count: int | float | None, unit: str) -> str:
    """The TIMEX3 value of a length; an unknown number of decades keeps its own unit letter."""
    time, letter, factor = DURATION_UNITS[unit]
    if count is None:
        return f"PX{VAGUE_UNITS.get(unit, letter)}" if not time else f"P{time}X{letter}"
    total = count * factor
    if isinstance(total, float) and total.is_integer():
        total = int(total)
    if unit == "hour" and total == 24:
        return "P1D"
    if isinstance(total, float) and total % 1 == 0.5 and (smaller := _HALVES.get(letter if not time else f"T{letter}")):
        return f"P{time}{int(total)}{letter}{smaller}"
    return f"P{time}{total}{letter}"


AGE = re.compile(r"(?i)(?:\s+|-|–)(?:olds?\b|of age\b)")
_WITHIN = re.compile(
    r"(?i)\b(?:for|in|within|over|after|during|of|last(?:s|ed)|took|takes|than|about|nearly|almost|with)\s+$"
)


def as_length(m: re.Match[str], c: Context) -> Sense | None:
    """ "seven years", "the past few weeks": a length."""
    if m["length"][0].isupper() and not m.group().isupper():
        return None
    count, unit = m["count"], singular(m["length"])
    value = how_many(count)
    if re.fullmatch(r"(?i)an?", count or "") and unit in ("second", "minute", "quarter", "night"):
        return None
    extra = m.groupdict().get("extra")
    if extra and value is not None:
        value += 0.5
    if AGE.match(c.after) or (unit == "quarter" and "-" in m.group()):
        return None
    if (count or "").lower() in ("a", "an") and not _WITHIN.search(c.before) and m.group()[0].lower() == "a":
        return None
    return Sense("DURATION", duration(value, unit))


def as_range_of_lengths(m: re.Match[str], c: Context) -> Sense | None:
    """ "two to three weeks": a length whose number is open."""
    return Sense("DURATION", duration(None, singular(m["length"])))


def as_every(m: re.Match[str], c: Context) -> Sense | None:
    """ "every Friday", "each month", "Mondays": a repetition."""
    groups = m.groupdict()
    if groups.get("weekday"):
        return Sense("SET", f"XXXX-WXX-{weekday_of(groups['weekday'].removesuffix('s')) + 1}")
    if groups.get("month"):
        return Sense("SET", f"XXXX-{month_of(groups['month']):02}")
    if groups.get("season"):
        return Sense("SET", f"XXXX-{SEASONS[groups['season'].lower()]}")
    if groups.get("part"):
        return Sense("SET", f"XXXX-XX-XXT{DAYPARTS[groups['part'].lower()]}")
    count = how_many(groups.get("count")) if groups.get("count") else 2 if groups.get("other") else 1
    return Sense("SET", duration(count, singular(m["length"])))


_REPEATED = {
    "hourly": "PT1H",
    "daily": "P1D",
    "nightly": "P1D",
    "weekly": "P1W",
    "fortnightly": "P2W",
    "monthly": "P1M",
    "quarterly": "P3M",
    "annually": "P1Y",
    "yearly": "P1Y",
}


def as_repeated(m: re.Match[str], c: Context) -> Sense | None:
    """ "daily", "annually": a repetition."""
    return Sense("SET", _REPEATED[m.group().lower()])
