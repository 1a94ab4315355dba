"""The grammar of time expressions: patterns, and what each one means once it is anchored.

A `Rule` is a pattern with a builder. The builder gets the match and a `Context` (the day that bare dates lean on, the tense
around the expression, what was named before) and gives a `Sense`, or None where the words are no time after all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Literal

from dateline.read.calendar import Grain, Period, day_or_none
from dateline.read.numbers import DIGITS, ORDINALS, TENS, UNITS, WORDS, number, ordinal
from dateline.records import TimeType

Tense = Literal["past", "present", "future"]

# ── words ─────────────────────────────────────────────────────────────────────────────────────────────────────────

MONTHS = {
    name: i
    for i, names in enumerate(
        (
            "January Jan",
            "February Feb",
            "March Mar",
            "April Apr",
            "May",
            "June Jun",
            "July Jul",
            "August Aug",
            "September Sept Sep",
            "October Oct",
            "November Nov",
            "December Dec",
        ),
        1,
    )
    for name in names.lower().split()
}
WEEKDAYS = {
    name: i
    for i, names in enumerate(
        (
            "Monday Mon",
            "Tuesday Tues Tue",
            "Wednesday Wed",
            "Thursday Thurs Thur Thu",
            "Friday Fri",
            "Saturday Sat",
            "Sunday Sun",
        )
    )
    for name in names.lower().split()
}
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
DAYPARTS = {
    "morning": "MO",
    "afternoon": "AF",
    "evening": "EV",
    "night": "NI",
    "midday": "MI",
    "dawn": "MO",
    "dusk": "EV",
    "lunchtime": "MI",
}
GRAINS: dict[str, Grain] = {
    "day": "day",
    "week": "week",
    "weekend": "weekend",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "decade": "decade",
    "century": "century",
}
DURATION_UNITS = {
    "second": ("T", "S", 1),
    "minute": ("T", "M", 1),
    "hour": ("T", "H", 1),
    "day": ("", "D", 1),
    "night": ("", "D", 1),
    "weekend": ("", "D", 2),
    "week": ("", "W", 1),
    "fortnight": ("", "W", 2),
    "month": ("", "M", 1),
    "quarter": ("", "Q", 1),
    "year": ("", "Y", 1),
    "decade": ("", "Y", 10),
    "century": ("", "Y", 100),
    "millennium": ("", "Y", 1000),
}
VAGUE_UNITS = {"decade": "E", "century": "C", "millennium": "L"}
HOLIDAYS: dict[str, tuple[int, int]] = {
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "valentine's day": (2, 14),
    "may day": (5, 1),
    "independence day": (7, 4),
    "the fourth of july": (7, 4),
    "halloween": (10, 31),
    "veterans day": (11, 11),
}
MOVING: dict[str, tuple[int, int, int]] = {
    "thanksgiving day": (11, 3, 4),
    "thanksgiving": (11, 3, 4),
    "labor day": (9, 0, 1),
    "martin luther king day": (1, 0, 3),
    "presidents day": (2, 0, 3),
}
"""Holidays on the nth weekday of a month: month, weekday (Monday 0), nth."""
COUPLE = {"couple", "couple of"}
PRESENT = "now|currently|current|at present|at the moment|presently|nowadays|these days|at this time|the present"
PAST = "recently|more recently|most recently|the past|the recent past|lately|not long ago|some time ago"
FUTURE = "the future|the near future|the foreseeable future|near future|the near term|the short term"

_MONTH_LONG = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = rf"(?:{_MONTH_LONG}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
_DAY_OF_WEEK = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\.)"
_YEAR = r"(?:1[0-9]\d\d|20\d\d)"
_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True)) + r"|\d+(?:st|nd|rd|th)"
_MONTH_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NTH = rf"(?:{_MONTH_DAY}(?:st|nd|rd|th)?)"
_COUNT = rf"(?:\d+ \d/\d|\d+½|{DIGITS}|{WORDS}|an?)"
_SEASON = "spring|summer|autumn|fall|winter"
_PART = "morning|afternoon|evening|night"
_GRAIN = "day|weekend|week|month|quarter|year|decade|century"
_LENGTH = "seconds?|minutes?|hours?|days?|nights?|weekends?|weeks?|fortnights?|months?|quarters?|years?|decades?|century|centuries|millenni(?:um|a)"
_CLOCK = r"(?:(?:1[0-2]|0?\d)(?:[:.][0-5]\d)? ?(?:[ap]\.m\.?|[ap]m\b|o'clock|o’clock)|(?:[01]?\d|2[0-3]):[0-5]\d|noon|midnight|midday)"
_ZONE = r"(?:,? \(?(?:GMT|UTC|[ECMP][SD]?T|BST|CES?T|EES?T|MSK|IST|JST|local time|(?:Moscow|Eastern|Central|Pacific|Kiev|Kyiv|London|Beijing) time)\b\)?)"
_ABOUT = (
    "(?:just |well )?(?:about|around|almost|nearly|approximately|roughly|more than|less than|fewer than|over(?= an? )"
    "|at least|at most|up to|no more than|the better part of|most of) "
)
_MODIFIER = (
    "(?:the )?(?:very )?(?:early|late|mid|beginning of|start of|middle of|end of|close of|first days of|last days of|turn of"
    "|early part of|latter part of)(?: in)?[ -](?:the )?"
)
_FUZZY = re.compile(
    r"(?i)\b(?:early|late|mid|beginning|start|middle|end|close|days|turn|part|around|about|circa|some)\b"
)


def pattern(text: str) -> re.Pattern[str]:
    """A pattern in which a blank stands for any white space, between word edges, not regarding case."""
    edged = rf"(?i)(?<![\w$£€.,-])(?:{text})(?!\w|[.,]\d)"
    return re.compile(re.sub(r"(?<!\[) ", r"(?:\\s+)", edged))


# ── meanings ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Sense:
    """What an expression means.

    ``relative`` is False where the words alone tell the date; ``bare`` is True for a date that only lacks its year.
    ``period`` is its stretch of the calendar. ``derived`` is True where another stretch was stepped from.
    """

    type: TimeType
    value: str
    edtf: str | None = None
    relative: bool = True
    period: Period | None = None
    bare: bool = False
    derived: bool = False


@dataclass(frozen=True)
class Context:
    """What an expression leans on.

    ``day`` is the publication day or the section's day, None where unknown; ``limit`` is the day that
    no bare date may pass (the publication of a section that leans on another day); ``tense`` looks at the sentence; ``before`` and ``after`` are the words on either side; ``last`` is
    the last stretch of the calendar that the text named, ``quarter`` the last quarter.
    """

    day: date | None
    limit: date | None
    find_tense: Callable[[], Tense | None]
    before: str
    after: str
    last: Period | None
    quarter: Period | None

    @cached_property
    def tense(self) -> Tense | None:
        """The tense around the expression."""
        return self.find_tense()


Builder = Callable[[re.Match[str], Context], Sense | None]


@dataclass(frozen=True)
class Rule:
    """A pattern and what its matches mean."""

    pattern: re.Pattern[str]
    build: Builder


def of_period(period: Period, words: str = "", relative: bool = True, bare: bool = False) -> Sense:
    """A DATE for a period; words such as "early" or "around" make its EDTF date approximate."""
    edtf = period.edtf
    if _FUZZY.search(words) and "/" not in edtf and "X" not in edtf:
        edtf += "~"
    return Sense("DATE", period.timex, edtf, relative, period, bare)


def derived(sense: Sense) -> Sense:
    """The sense of what was stepped from another stretch, which is nothing to step from again."""
    return replace(sense, derived=True)


def _open(value: str, type: TimeType = "DATE") -> Sense:
    """An unresolved relative expression, or a reference to an unnamed time."""
    return Sense(type, value)


# ── builders: named dates ─────────────────────────────────────────────────────────────────────────────────────────


def month_of(word: str) -> int:
    """The number of a month's name or abbreviation."""
    return MONTHS[word.rstrip(".").lower()]


def _is_name_of_month(m: re.Match[str], c: Context) -> bool:
    """Whether "May", "March" and the like are the month and not a verb or a person."""
    word = m["month"]
    if word[0].islower():
        return False
    if len(word) == 3 and word != "May" and len(m.group()) == 3:
        # "Jan Kavan", "Mar" and the like are names unless a dot, a day or a year stands by them.
        return False
    if word in ("May", "March"):
        early = re.search(
            r"(?i)\b(?:in|of|by|since|until|till|last|this|next|from|to|for|during|late|early|mid|every|each|through|and|before|after)[\s-]+(?:the\s+)?$",
            c.before,
        )
        return bool(early) or len(m.group()) > len(word)
    return True


def _bare(candidates: list[date], c: Context) -> date | None:
    """Of the same day in neighbouring years, the nearest, where tense makes the other side of the anchor seem far."""
    anchor = c.day
    assert anchor is not None
    ahead = 4.0 if c.tense == "past" else 0.25 if c.tense == "future" else 1.0
    candidates = [d for d in candidates if c.limit is None or d <= c.limit]
    return min(
        candidates, key=lambda d: (d - anchor).days * ahead if d > anchor else float((anchor - d).days), default=None
    )


def _month_day(m: re.Match[str], c: Context) -> Sense | None:
    month, day = month_of(m["month"]), int(re.sub(r"\D", "", m["day"]) or ordinal(m["day"]) or 0)
    if m["month"][0].islower() or day_or_none(2000, month, day) is None:
        return None
    year = m.groupdict().get("year")
    if year:
        found = day_or_none(int(year), month, day)
        return of_period(Period("day", found), m.group(), relative=False) if found else None
    if c.day is None:
        return _open(f"XXXX-{month:02}-{day:02}")
    near = [d for y in (-4, -1, 0, 1, 4) if (d := day_or_none(c.day.year + y, month, day))]
    near = [d for d in near if abs(d.year - c.day.year) <= 1] or near
    named = m.groupdict().get("weekday")
    fitting = [d for d in near if named and d.weekday() == weekday_of(named)]
    chosen = _bare(fitting or near, c)
    return of_period(Period("day", chosen), m.group(), bare=True) if chosen else None


def _month(m: re.Match[str], c: Context) -> Sense | None:
    if not _is_name_of_month(m, c):
        return None
    month = month_of(m["month"])
    groups = m.groupdict()
    if groups.get("year"):
        return of_period(Period("month", date(int(groups["year"]), month, 1)), m.group(), relative=False)
    if c.day is None:
        return _open(f"XXXX-{month:02}")
    which, shifted = (groups.get("which") or "").lower().strip(), groups.get("shifted")
    if shifted:
        year = c.day.year + {"last": -1, "this": 0, "next": 1}[shifted.lower()]
    elif "last" in which or "past" in which or "previous" in which:
        year = c.day.year - (month >= c.day.month)
    elif "next" in which or "coming" in which:
        year = c.day.year + (month <= c.day.month)
    elif "this" in which or month == c.day.month:
        year = c.day.year
    else:
        near = _bare([date(c.day.year + y, month, 15) for y in (-1, 0, 1)], c)
        year = near.year if near else c.day.year - 1
    return of_period(Period("month", date(year, month, 1)), m.group(), bare=not (shifted or which))


def _iso(m: re.Match[str], c: Context) -> Sense | None:
    found = day_or_none(int(m["year"]), int(m["month"]), int(m["day"]))
    return of_period(Period("day", found), relative=False) if found else None


def _slashed(m: re.Match[str], c: Context) -> Sense | None:
    first, second, year = int(m["first"]), int(m["second"]), int(m["year"])
    if first > 12 >= second:
        first, second = second, first
    elif first <= 12 and second <= 12 and first != second:
        # 3/5/2014 is March in one country and May in another: only the year is sure.
        return Sense("DATE", f"{year:04}-XX-XX", f"{year:04}", relative=False, period=Period("year", date(year, 1, 1)))
    found = day_or_none(year, first, second)
    return of_period(Period("day", found), relative=False) if found else None


_NOT_A_YEAR_BEFORE = re.compile(
    r"(?i)(?:[$£€#]|\b(?:no\.?|number|resolution|room|flight|route|highway|about|some|than|nearly|almost|least|at|page|section|article|the s&p|up|down|rs\.?|by about))\s*$"
)
_NOT_A_YEAR_AFTER = re.compile(
    r"(?i)\s*(?:%|percent|per cent|people|soldiers|troops|dollars|euros|miles|km|kilomet|met(?:er|re)s|feet|points|times|others|men\b|women\b|dead|workers|members|million|GMT|UTC|hours|tons|tonnes|jobs|pages|units|employees|refugees|[-–]?(?:page|foot|mile|seat|member|strong|horsepower|hp|pound|meter|metre)\b)"
)
_PLURAL_AFTER = re.compile(r"\s[a-z]+(?<!s)s\b")
_YEAR_CUE = re.compile(
    r"(?i)\b(?:in|since|of|until|till|by|from|before|after|during|between|early|late|mid|for|through|fiscal|year|the|and|to|circa)[\s-]+$"
)


def _year(m: re.Match[str], c: Context) -> Sense | None:
    year = int(m["year"])
    cue = bool(_YEAR_CUE.search(c.before)) or len(m.group()) > 4
    if _NOT_A_YEAR_AFTER.match(c.after) or not cue and _NOT_A_YEAR_BEFORE.search(c.before):
        return None
    if not cue and (not 1900 <= year <= 2100 or _PLURAL_AFTER.match(c.after)):
        return None
    return of_period(Period("year", date(year, 1, 1)), m.group(), relative=False)


def _spoken_year(m: re.Match[str], c: Context) -> Sense | None:
    """ "nineteen ninety-six", "the year two thousand and four"."""
    if m["high"]:
        year = UNITS[m["high"].lower()] * 100 + int(number(m["low"]) or 0)
    else:
        year = 2000 + int(number(m["rest"] or "") or 0)
    return of_period(Period("year", date(year, 1, 1)), relative=False) if year < 3000 else None


def _decade(m: re.Match[str], c: Context) -> Sense | None:
    digits = m.groupdict().get("decade")
    start = int(digits) if digits else TENS[m["word"].lower().removesuffix("ies") + "y"]
    return of_period(Period("decade", date(start if start > 99 else 1900 + start, 1, 1)), relative=False)


def _century(m: re.Match[str], c: Context) -> Sense | None:
    nth = ordinal(m["nth"])
    if not nth or not 1 < nth < 30:
        return None
    return of_period(Period("century", date((nth - 1) * 100, 1, 1)), m.group(), relative=False)


def _season_of_year(m: re.Match[str], c: Context) -> Sense | None:
    return of_period(Period.season(SEASONS[m["season"].lower()], int(m["year"])), m.group(), relative=False)


def _season(m: re.Match[str], c: Context) -> Sense | None:
    name, which = SEASONS[m["season"].lower()], (m["which"] or "").lower().split()
    if c.day is None:
        return _open(f"XXXX-{name}")
    shifted = m.groupdict().get("shifted")
    if shifted:
        return of_period(
            Period.season(name, c.day.year + {"last": -1, "this": 0, "next": 1}[shifted.lower()]), m.group()
        )
    year = c.day.year
    this = Period.season(name, year)
    if "last" in which or "past" in which or "previous" in which:
        while this.end >= c.day:
            this = this.shift(-1)
    elif "next" in which or "coming" in which:
        while this.start <= c.day:
            this = this.shift(1)
    elif c.tense == "past" and this.start > c.day:
        this = this.shift(-1)
    elif c.tense == "future" and this.end < c.day:
        this = this.shift(1)
    return of_period(this, m.group())


def _quarter(m: re.Match[str], c: Context) -> Sense | None:
    nth = ordinal(m["nth"]) if m.groupdict().get("nth") else int(m["q"])
    if not nth or nth > 4:
        return None
    groups = m.groupdict()
    if groups.get("year"):
        return of_period(Period("quarter", date(int(groups["year"]), 3 * nth - 2, 1)), relative=False)
    if c.day is None:
        return _open(f"XXXX-Q{nth}")
    this = Period("quarter", date(c.day.year, 3 * nth - 2, 1))
    which = (groups.get("which") or "").lower()
    if "ago" in which or "earlier" in which or groups.get("shifted") == "last":
        return of_period(this.shift(-4))
    if groups.get("shifted"):
        return of_period(this.shift({"this": 0, "next": 4}[groups["shifted"].lower()]))
    # A quarter is reported after its end: one that has barely begun in its year is last year's.
    if c.tense != "future" and this.start > c.day and (this.start - c.day).days > 100:
        this = this.shift(-4)
    return of_period(this)


def _half(m: re.Match[str], c: Context) -> Sense | None:
    second = m["nth"].lower() in ("second", "last", "latter")
    year = int(m["year"]) if m["year"] else c.day.year if c.day else None
    if m["year"] is None and c.day and m["shifted"]:
        year = c.day.year + {"last": -1, "this": 0, "next": 1}[m["shifted"].lower()]
    if year is None:
        return _open(f"XXXX-H{1 + second}")
    return of_period(Period("half", date(year, 7 if second else 1, 1)), relative=m["year"] is None)


def _holiday(m: re.Match[str], c: Context) -> Sense | None:
    name = re.sub(r"\s+", " ", m["holiday"].lower().replace("’", "'"))
    if m["year"]:
        return of_period(Period("day", holiday(name, int(m["year"]))), relative=False)
    if c.day is None:
        return _open("XXXX-XX-XX" if name in MOVING else "XXXX-{:02}-{:02}".format(*HOLIDAYS[name]))
    near = [holiday(name, c.day.year + y) for y in (-1, 0, 1)]
    which = (m["which"] or "").lower()
    near = [d for d in near if not which or (d < c.day) == ("last" in which)]
    chosen = _bare(near, c)
    return of_period(Period("day", chosen), bare=not which) if chosen else None


def holiday(name: str, year: int) -> date:
    """The day of a holiday in a year."""
    if name not in MOVING:
        return date(year, *HOLIDAYS[name])
    month, weekday, nth = MOVING[name]
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


# ── builders: days and weeks around the anchor ────────────────────────────────────────────────────────────────────


def weekday_of(word: str) -> int:
    """Monday is 0."""
    return WEEKDAYS[word.rstrip(".").lower()]


def _on_weekday(name: str, which: str, c: Context) -> Period | None:
    if c.day is None:
        return None
    ahead = (weekday_of(name) - c.day.weekday()) % 7
    which = which.lower()
    if "previous" in which and c.last is not None and c.last.grain == "day":
        return Period("day", c.last.start - timedelta(days=(c.last.start.weekday() - weekday_of(name)) % 7 or 7))
    if "last" in which or "past" in which or "previous" in which:
        back = -ahead % 7 or 7
        return Period("day", c.day - timedelta(days=back))
    if "next" in which or "coming" in which or (c.tense == "future" and "this" not in which):
        return Period("day", c.day + timedelta(days=(ahead or 7) if "next" in which else ahead))
    if "this" in which:
        return Period("day", c.day + timedelta(days=ahead if c.tense != "past" or not ahead else ahead - 7))
    return Period("day", c.day - timedelta(days=-ahead % 7))


def _weekday(m: re.Match[str], c: Context) -> Sense | None:
    if m["weekday"][0].islower():
        return None
    part = m.groupdict().get("part")
    period = _on_weekday(m["weekday"], m["which"] or "", c)
    tail = f"T{DAYPARTS[part.lower()]}" if part else ""
    if period is None:
        return _open(f"XXXX-WXX-{weekday_of(m['weekday']) + 1}{tail}", "TIME" if part else "DATE")
    if part:
        return Sense("TIME", period.timex + tail, period.edtf, True, period)
    return of_period(period)


_DAYS = {
    "today": 0,
    "tonight": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
}


def _named_day(m: re.Match[str], c: Context) -> Sense | None:
    word, part = re.sub(r"\s+", " ", m["name"].lower()), m.groupdict().get("part")
    tail = "TNI" if word == "tonight" else f"T{DAYPARTS[part.lower()]}" if part else ""
    type: TimeType = "TIME" if tail else "DATE"
    if c.day is None:
        return _open("XXXX-XX-XX" + tail, type)
    period = Period("day", c.day + timedelta(days=_DAYS[word]))
    return Sense(type, period.timex + tail, period.edtf, True, period)


def _part_of_day(m: re.Match[str], c: Context) -> Sense | None:
    which, part = (m["which"] or "").lower(), m["part"].lower()
    if c.day is None:
        return _open(f"XXXX-XX-XXT{DAYPARTS[part]}", "TIME")
    day = c.day if "this" in which else c.day - timedelta(days=1) if "last" in which else None
    if day is None:
        if not c.last or c.last.grain != "day":
            return None
        day = c.last.start + timedelta(days="next" in which or "following" in which)
    period = Period("day", day)
    return Sense("TIME", f"{period.timex}T{DAYPARTS[part]}", period.edtf, True, period)


_BACK, _SAME, _ON = (
    ("last", "past", "previous", "preceding"),
    ("this", "current", "the"),
    ("next", "coming", "following"),
)


def _unit(m: re.Match[str], c: Context) -> Sense | None:
    """ "last week", "earlier this year", "the coming decade", "that same day"."""
    if m["grain"][0].isupper() and not m.group().isupper():
        return None  # "This Week" is a programme
    which, grain = m["which"].lower(), GRAINS[m["grain"].lower()]
    words = re.findall(r"[a-z]+", which)
    from_last = any(w in ("that", "same", "previous", "following", "preceding") for w in words)
    steps = -1 if any(w in _BACK for w in words) else 1 if any(w in _ON for w in words) else 0
    if grain == "day" and not from_last and steps:
        return None
    if from_last and c.last:
        start = c.last.end if steps > 0 else c.last.start
        return of_period(Period.of(grain, start).shift(steps), m.group())
    if from_last:
        return _open("PAST_REF") if not steps else None
    if c.day is None:
        return _open(
            {"week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "day": "XXXX-XX-XX"}.get(grain, "XXXX")
        )
    if grain == "weekend" and steps < 0 and c.day.weekday() > 4:
        return of_period(Period.of(grain, c.day).shift(-1), m.group())
    if grain == "weekend" and steps <= 0 and c.day.weekday() < 5 and (steps < 0 or c.tense == "past"):
        return of_period(Period.of(grain, c.day).shift(-1), m.group())
    return of_period(Period.of(grain, c.day).shift(steps), m.group())


def _the_quarter(m: re.Match[str], c: Context) -> Sense | None:
    """ "the latest quarter", "that period", "the year-ago quarter": the quarter that was named last, or the one before."""
    before = "year" in m["which"].lower()
    if c.quarter is not None:
        return derived(of_period(c.quarter.shift(-4 if before else 0)))
    if m["unit"] == "period" or c.day is None:
        return None
    ended = Period.of("quarter", c.day).shift(-1)
    return derived(of_period(ended.shift(-4 if before else 0)))


def _year_before(m: re.Match[str], c: Context) -> Sense | None:
    """ "year-earlier", "year-ago" in front of a result."""
    if c.quarter is not None:
        return derived(of_period(c.quarter.shift(-4)))
    return derived(of_period(Period.of("year", c.day).shift(-1))) if c.day else _open("XXXX")


def _period_of_year(m: re.Match[str], c: Context) -> Sense | None:
    """ "the 1988 quarter": the quarter named last, in that year."""
    if c.quarter is None:
        return of_period(Period("year", date(int(m["year"]), 1, 1)), relative=False)
    return derived(of_period(Period("quarter", c.quarter.start.replace(year=int(m["year"])))))


def _the_year(m: re.Match[str], c: Context) -> Sense | None:
    """ "for the year", "the fiscal year": the anchor's year, or a length where its end is told."""
    if re.match(r"\s+(?:ended|ending|to|through)\b", c.after):
        return Sense("DURATION", "P1Y")
    if not re.search(r"(?i)\b(?:for|of|in|over|during|throughout|this)\s+$", c.before):
        return None
    return of_period(Period.of("year", c.day)) if c.day else _open("XXXX")


def _week_of(m: re.Match[str], c: Context) -> Sense | None:
    day = _month_day(m, c)
    if day is None or day.period is None:
        return None
    return of_period(Period.of("week", day.period.start), relative=day.relative)


def _the_unit(m: re.Match[str], c: Context) -> Sense | None:
    """ "the weekend", "the end of the year", "year-end"."""
    grain = GRAINS[m["grain"].lower()]
    if c.day is None:
        return _open("XXXX")
    if grain == "weekend":
        steps = -(c.tense != "future" and c.day.weekday() < 5)
        return of_period(Period.of(grain, c.day).shift(steps))
    return of_period(Period.of(grain, c.day), m.group())


def _ago(m: re.Match[str], c: Context) -> Sense | None:
    """A count of units before or after the anchor, or before or after what was named last."""
    unit = _singular(m["length"])
    count = _how_many(m["count"])
    words = re.sub(r"\s+", " ", m["way"].lower())
    if unit not in GRAINS or unit == "weekend":
        return Sense("DURATION", _duration(count, unit))
    if count is None:
        return _open("FUTURE_REF" if words in ("from now", "hence") else "PAST_REF")
    back = words in ("ago", "earlier", "before", "previously", "back")
    anchor = c.day
    if unit == "year" and words in ("ago", "earlier") and c.quarter is not None:
        # Earnings are told by the quarter: "a year earlier" is the same quarter.
        return derived(of_period(c.quarter.shift(-4 * int(count))))
    if words in ("earlier", "before", "later", "after", "previously") and c.last is not None:
        anchor = c.last.start
    if anchor is None:
        return _open("XXXX")
    sign = -1 if back else 1
    exact = float(count).is_integer() and not m["hedge"]
    if unit == "week":
        period = Period("day", anchor + timedelta(days=round(7 * sign * count)))
        return of_period(period if exact else Period.of("week", period.start), m.group())
    if unit == "day":
        return of_period(Period("day", anchor + timedelta(days=round(sign * count))), m.group())
    grain: Grain = GRAINS[unit]
    if grain in ("decade", "century"):
        return of_period(Period.of("year", anchor).shift(round(sign * count * {"decade": 10}.get(grain, 100))), "about")
    if grain == "year" and not float(count).is_integer():
        return of_period(Period.of("month", anchor).shift(round(12 * sign * count)), "about")
    return of_period(Period.of(grain, anchor).shift(sign * int(count)), m.group() if m["hedge"] else "")


def _or_so(m: re.Match[str], c: Context) -> Sense | None:
    """ "the past year", "the last decade": a stretch that ends today and has no number."""
    return Sense("DURATION", _duration(1, _singular(m["length"])))


# ── builders: lengths and repetitions ─────────────────────────────────────────────────────────────────────────────


def _singular(word: str) -> str:
    word = word.lower()
    return {"centuries": "century", "millennia": "millennium"}.get(word, word.removesuffix("s"))


def _how_many(words: str | None) -> int | float | None:
    """A count in words, None for "several" or "a few"."""
    if not words:
        return None
    words = re.sub(r"\s+", " ", words.lower()).strip()
    return 2 if words.removeprefix("a ").strip() in COUPLE else number(words)


_HALVES = {"Y": "6M", "TH": "30M", "TM": "30S", "D": "T12H"}


def _duration(count: int | float | None, unit: str) -> str:
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


_AGE = re.compile(r"(?i)(?:\s+|-|–)(?:old\b|of age\b)")
_WITHIN = re.compile(
    r"(?i)\b(?:for|in|within|over|after|during|of|last(?:s|ed)|took|takes|than|about|nearly|almost|with)\s+$"
)


def _length(m: re.Match[str], c: Context) -> Sense | None:
    if m["length"][0].isupper() and not m.group().isupper():
        return None
    count, unit = m["count"], _singular(m["length"])
    value = _how_many(count)
    if re.fullmatch(r"(?i)an?", count or "") and unit in ("second", "minute", "quarter", "night"):
        return None
    extra = m.groupdict().get("extra")
    if extra and value is not None:
        value += 0.5
    if _AGE.match(c.after) or (unit == "quarter" and "-" in m.group()):
        return None
    if (count or "").lower() in ("a", "an") and not _WITHIN.search(c.before) and m.group()[0].lower() == "a":
        return None
    return Sense("DURATION", _duration(value, unit))


def _range_of_lengths(m: re.Match[str], c: Context) -> Sense | None:
    return Sense("DURATION", _duration(None, _singular(m["length"])))


def _every(m: re.Match[str], c: Context) -> Sense | None:
    groups = m.groupdict()
    if groups.get("weekday"):
        return Sense("SET", f"XXXX-WXX-{weekday_of(groups['weekday'].removesuffix('s')) + 1}")
    if groups.get("month"):
        return Sense("SET", f"XXXX-{month_of(groups['month']):02}")
    if groups.get("season"):
        return Sense("SET", f"XXXX-{SEASONS[groups['season'].lower()]}")
    if groups.get("part"):
        return Sense("SET", f"XXXX-XX-XXT{DAYPARTS[groups['part'].lower()]}")
    count = _how_many(groups.get("count")) if groups.get("count") else 2 if groups.get("other") else 1
    return Sense("SET", _duration(count, _singular(m["length"])))


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


def _repeated(m: re.Match[str], c: Context) -> Sense | None:
    return Sense("SET", _REPEATED[m.group().lower()])


# ── builders: clocks ──────────────────────────────────────────────────────────────────────────────────────────────


def clock(text: str) -> str:
    """A time of day as hh:mm.

    Raises:
        ValueError: the words hold no time of day.
    """
    words = text.lower()
    if "midnight" in words:
        return "24:00"
    if "noon" in words or "midday" in words:
        return "12:00"
    found = re.match(r"\s*(\d{1,2})(?:[:.](\d\d))?", words)
    if not found:
        raise ValueError(f"no time of day in {text!r}")
    hour, minute = int(found[1]), int(found[2] or 0)
    if re.search(r"p\.?m", words) and hour < 12:
        hour += 12
    elif re.search(r"a\.?m", words) and hour == 12:
        hour = 0
    return f"{hour:02}:{minute:02}"


def _clock(m: re.Match[str], c: Context) -> Sense | None:
    groups = m.groupdict()
    hour = clock(m["clock"])
    period: Period | None
    if groups.get("month"):
        sense = _month_day(m, c)
        period = sense.period if sense else None
    elif groups.get("weekday"):
        period = _on_weekday(groups["weekday"], groups.get("which") or "", c)
    elif groups.get("name"):
        sense = _named_day(m, c)
        period = sense.period if sense else None
    elif c.last and c.last.grain == "day" and c.tense != "present":
        period = c.last
    else:
        period = Period("day", c.day) if c.day else None
    if period is None:
        return _open(f"XXXX-XX-XXT{hour}", "TIME")
    return Sense("TIME", f"{period.timex}T{hour}", period.edtf, not groups.get("year"), period)


# ── builders: ranges ──────────────────────────────────────────────────────────────────────────────────────────────


def _day_range(m: re.Match[str], c: Context) -> Sense | None:
    """ "from 3 to 5 May", "May 3-5, 2014": one expression for a stretch of days in one month."""
    last = _month_day(m, c)
    if last is None or last.period is None:
        return last
    day = int(re.sub(r"\D", "", m["first"]))
    first = day_or_none(last.period.start.year, last.period.start.month, day)
    if first is None or first >= last.period.start:
        return None
    value = f"{first}/{last.period.start}"
    return Sense("DATE", value, value, last.relative, Period("day", first))


def _year_range(m: re.Match[str], c: Context) -> Sense | None:
    first, last = int(m["year"]), m["last"]
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    if not first < end < first + 100:
        return None
    return Sense("DATE", f"{first}/{end}", f"{first}/{end}", False, Period("year", date(first, 1, 1)))


def _reference(value: str) -> Builder:
    return lambda m, c: _open(value)


def _recent(m: re.Match[str], c: Context) -> Sense | None:
    """ "recent days", "coming weeks": no date, but a length in plural units."""
    if _AGE.match(c.after):
        return None
    return Sense("DURATION", _duration(None, _singular(m["length"])))


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, more specific before more general; of overlapping matches the earlier, then the longer, is tried first."""
    holidays = "|".join(re.escape(h).replace(r"\ ", " ").replace("'", "['’]") for h in [*HOLIDAYS, *MOVING])
    date_us = rf"(?P<month>{_MONTH}) (?P<day>{_NTH}|{_ORDINAL})"
    date_uk = rf"(?P<day>{_NTH}|{_ORDINAL}) (?:of )?(?P<month>{_MONTH})"
    week = rf"(?:(?P<weekday>{_DAY_OF_WEEK}),? )?"
    year = rf"(?:(?:,|,? of)? (?P<year>{_YEAR})(?![\d-]))"
    shifted = r"(?:,? (?:of )?(?P<shifted>last|this|next) year)"
    of_year = rf"(?:(?:,| of| in)? ?(?P<year>{_YEAR})|(?: of)? (?P<shifted>last|this|next) year)"
    which = (
        r"(?P<which>(?:last|this|next|this coming|this past|the coming|the previous|the following|the past|coming) )"
    )
    when = r"(?:earlier |later |early |late |sometime |some time )"
    edge = rf"(?:{_MODIFIER})"
    quantity = rf"(?P<count>{_COUNT}|several|many|a few|few|some|a couple of|couple of|a couple|half an?|half)"
    day_name = rf"(?P<weekday>{_DAY_OF_WEEK})"
    named = r"(?P<name>today|yesterday|tomorrow|tonight|the day before yesterday|the day after tomorrow)"
    table: list[tuple[str, Builder]] = [
        # clocks with a day, then without
        (rf"(?P<clock>{_CLOCK}){_ZONE}?(?:,? on|,)? {week}{date_us}{year}?", _clock),
        (rf"(?P<clock>{_CLOCK}){_ZONE}?(?:,? on|,)? {week}{date_uk}{year}?", _clock),
        (rf"(?P<clock>{_CLOCK}){_ZONE}?(?:,? on|,)? {which}?{day_name}", _clock),
        (rf"(?P<clock>{_CLOCK}){_ZONE}?(?:,? on|,)? {named}", _clock),
        (rf"{which}?{day_name}(?:,? at|,) (?P<clock>{_CLOCK}){_ZONE}?", _clock),
        (rf"{named}(?:,? at|,) (?P<clock>{_CLOCK}){_ZONE}?", _clock),
        (rf"(?:about |around |shortly after |shortly before )?(?P<clock>{_CLOCK}){_ZONE}?", _clock),
        # ranges of days and years
        (
            rf"(?:from |between )?(?P<first>{_NTH})(?: ?[-–—] ?| to | and | until )(?P<day>{_NTH}) (?:of )?(?P<month>{_MONTH}){year}?",
            _day_range,
        ),
        (
            rf"(?:from |between )?(?P<month>{_MONTH}) (?P<first>{_NTH})(?: ?[-–—] ?| to | and | until )(?P<day>{_NTH}){year}?",
            _day_range,
        ),
        (rf"(?P<year>{_YEAR})[-–](?P<last>{_YEAR}|\d\d)", _year_range),
        # dates
        (r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:T[\d:.]+Z?)?", _iso),
        (rf"(?P<first>\d\d?)[/.](?P<second>\d\d?)[/.](?P<year>{_YEAR})", _slashed),
        (rf"the week of {date_us}{year}?", _week_of),
        (rf"(?:around |about )?{week}{date_us}{year}?", _month_day),
        (rf"(?:around |about )?{week}(?:the )?{date_uk}{year}?", _month_day),
        (rf"{which}{day_name},? {date_us}{year}?", _month_day),
        (rf"{edge}?(?P<month>{_MONTH}){year}", _month),
        (rf"{edge}?(?P<month>{_MONTH}){shifted}", _month),
        (rf"{edge}?{which}?(?P<month>{_MONTH})", _month),
        (rf"{edge}?(?:in )?(?:the )?(?P<season>{_SEASON})(?: of|,)? (?P<year>{_YEAR})", _season_of_year),
        (rf"{edge}?(?:the )?(?P<which>)(?P<season>{_SEASON}) (?:of )?(?P<shifted>last|this|next) year", _season),
        (rf"{edge}?{which}(?P<season>{_SEASON})", _season),
        (r"(?:the |early |late |mid-?)+(?P<which>)(?P<season>spring|summer|autumn|winter)", _season),
        # quarters and halves
        (rf"(?:fiscal[ -])?(?P<nth>first|second|third|fourth)-quarter(?:{of_year})?", _quarter),
        (rf"(?:the )?(?:fiscal[ -])?(?P<nth>first|second|third|fourth) quarter(?:{of_year})?", _quarter),
        (rf"the (?P<year>{_YEAR}) (?:fiscal )?(?P<nth>first|second|third|fourth)[ -]quarter", _quarter),
        (rf"the (?P<year>{_YEAR}) (?:quarter|period)", _period_of_year),
        (
            r"(?:the|that|this) (?P<which>latest |year-earlier |year-ago |comparable year-ago |same |)(?P<unit>quarter|period)",
            _the_quarter,
        ),
        (r"that (?P<which>)(?P<unit>quarter)", _the_quarter),
        (r"year-(?:ago|earlier)", _year_before),
        (r"the (?:full |fiscal |full fiscal )?year(?!-|[a-z'’])", _the_year),
        (
            r"(?:the )?(?P<which>year-(?:ago|earlier)) (?:fiscal )?(?P<nth>first|second|third|fourth)[ -]quarter",
            _quarter,
        ),
        (r"(?P<shifted>last|this|next) year(?:'s|’s) (?P<nth>first|second|third|fourth)[ -]quarter", _quarter),
        (rf"Q(?P<q>[1-4])(?: (?:of )?(?P<year>{_YEAR}))?", _quarter),
        (
            rf"(?:the )?(?P<nth>first|second|last|latter) half(?: of (?:(?P<year>{_YEAR})|(?P<shifted>last|this|next) year|the year))",
            _half,
        ),
        # years, decades, centuries
        (rf"(?:{edge}|fiscal |the year |post-|pre-|circa )?(?P<year>{_YEAR})", _year),
        (rf"(?:{edge}|the )?(?:mid-?|early |late )?(?P<decade>1[0-9]\d0|20\d0)['’]?s", _decade),
        (rf"(?:{edge}|the )(?:mid-?|early |late )?['’‘`]?(?P<decade>[2-9]0)['’]?s", _decade),
        (
            r"the (?:early |late |mid-?)?(?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)",
            _decade,
        ),
        (rf"(?:the )?(?:early |late |mid-?)?(?P<nth>{_ORDINAL})[ -]century", _century),
        (
            rf"(?P<high>seventeen|eighteen|nineteen)[ -](?P<low>(?:{'|'.join(TENS)})(?:[ -](?:{'|'.join(UNITS)}))?)(?P<rest>)",
            _spoken_year,
        ),
        (rf"(?P<high>)(?P<low>)the year two thousand(?P<rest>(?: and)? (?:{WORDS}))?", _spoken_year),
        (rf"(?:the )?(?P<which>last |next )?(?P<holiday>{holidays})(?:,? (?P<year>{_YEAR}))?", _holiday),
        # days
        (rf"(?:early |late )?{which}?{day_name}(?: (?P<part>{_PART}))?", _weekday),
        (rf"(?:early |late )?{named}(?: (?P<part>{_PART}))?", _named_day),
        (
            rf"(?:early |late |earlier |later )?(?P<which>this|last|that|the next|the following) (?P<part>{_PART})",
            _part_of_day,
        ),
        # units around the anchor
        (
            rf"{when}?(?:{edge})?(?P<which>last|this past|this coming|this|next|the current|the coming|the previous|the preceding|the following|the next|the same|that same|that) (?:fiscal |calendar |financial )?(?P<grain>{_GRAIN})",
            _unit,
        ),
        (rf"(?:the )?(?:end|beginning|start|close|middle|rest|remainder) of the (?P<grain>{_GRAIN})", _the_unit),
        (r"(?:the )?(?P<grain>year)(?:'s|’s)?[ -]end", _the_unit),
        (r"the (?P<grain>weekend)", _the_unit),
        (
            rf"(?P<hedge>{_ABOUT})?{quantity}(?: (?:or two|or so|more))? (?P<length>{_LENGTH})(?: or so)? (?P<way>ago|earlier|later|before(?=\s*(?:[.,;:)]|$))|from now|hence|previously)",
            _ago,
        ),
        # lengths
        (
            rf"(?:{_ABOUT})?(?:the )?(?:past|last|next|coming|first|final|previous) (?:{_COUNT})(?:[ -](?:to|or)[ -]){_COUNT}[ -](?P<length>{_LENGTH})",
            _range_of_lengths,
        ),
        (
            rf"(?:{_ABOUT})?(?:{_COUNT})(?:[ -](?:to|or)[ -]|[-–])(?:{_COUNT})[ -](?P<length>{_LENGTH})",
            _range_of_lengths,
        ),
        (
            rf"(?:{_ABOUT})?(?:the )?(?:past|last|next|coming|following|previous|first|final|latest|full|entire) {quantity} (?P<length>{_LENGTH})(?: or so)?",
            _length,
        ),
        (r"(?:the )(?:past|last) (?P<length>decade|century|year)", _or_so),
        (
            rf"(?:{_ABOUT})?(?:a further |an additional |another |the )?{quantity}(?: more| full| consecutive| straight| long)?[ -](?P<length>{_LENGTH})(?P<extra> and a half)?(?:[ -]long| or so)?",
            _length,
        ),
        (r"(?:recent|coming|past) (?P<length>days|weeks|months|years|decades)", _recent),
        (r"(?P<length>weeks|months|years|decades|centuries)", _recent),
        # repetitions
        (rf"(?:every|each) (?:(?P<other>other|second) )?(?:(?P<count>{_COUNT}) )?(?P<length>{_LENGTH})", _every),
        (
            rf"(?:every|each) (?:(?P<weekday>{_DAY_OF_WEEK})|(?P<month>{_MONTH})|(?P<season>{_SEASON})|(?P<part>{_PART}))",
            _every,
        ),
        (r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days)", _every),
        (r"hourly|daily|nightly|weekly|fortnightly|monthly|annually|yearly", _repeated),
        # references
        (PRESENT, _reference("PRESENT_REF")),
        (PAST, _reference("PAST_REF")),
        (FUTURE, _reference("FUTURE_REF")),
    ]
    return tuple(Rule(pattern(text), build) for text, build in table)
