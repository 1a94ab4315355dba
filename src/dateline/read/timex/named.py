"""Dates that are named: days of a month, months, years, decades, seasons, quarters, holidays."""

from __future__ import annotations

import re
from datetime import date

from dateline.read.calendar import Period, day_or_none
from dateline.read.numbers import TENS, UNITS, number, ordinal
from dateline.read.timex.holidays import holiday, nth_weekday, yearly
from dateline.read.timex.sense import Context, Sense, of_period, unresolved
from dateline.read.timex.words import MONTH, SEASONS, YEAR, month_of, weekday_of

_BEFORE_MONTH = re.compile(
    r"(?i)\b(in|of|by|since|until|till|last|this|next|from|to|for|during|late|early|mid|every|each|through|and|before"
    r"|after)[\s-]+(?:the\s+)?$"
)


def _is_name_of_month(m: re.Match[str], c: Context) -> bool:
    """Whether "May", "March" and the like are the month and not a verb or a person."""
    word = m["month"]
    if word[0].islower():
        return False
    if len(word) == 3 and word != "May" and len(m.group()) == 3:
        # "Jan Kavan", "Mar" and the like are names unless a dot, a day or a year stands by them.
        return False
    if len(m.group()) > len(word):
        return True
    cue = _BEFORE_MONTH.search(c.before)
    if re.match(r"\s[A-Z]", c.after) and not (
        cue and cue[1].lower() in ("in", "since", "until", "last", "this", "next")
    ):
        return False  # "April Jones"
    return bool(cue) or word not in ("May", "March")


def nearest(candidates: list[date], c: Context) -> date | None:
    """Of the same day in neighbouring years, the nearest, where tense makes the other side of the anchor seem far."""
    anchor = c.day
    assert anchor is not None
    if c.tense == "done":
        candidates = [d for d in candidates if d <= anchor]
    ahead = {"past": 4.0, "future": 1 / 4}.get(c.tense or "", 1.0)
    candidates = [d for d in candidates if c.limit is None or d <= c.limit]
    return min(
        candidates, key=lambda d: (d - anchor).days * ahead if d > anchor else float((anchor - d).days), default=None
    )


_OTHER_END = re.compile(
    rf"\s*(?P<between>to|until|till|through|and|or|[-–—/])\s*(?:(?:early|mid|late)[\s-]|the\s+\w+\s+of\s+)?"
    rf"(?:(?:\d\d?\s+)?(?P<month>{MONTH})(?:\s+\d\d?(?!\d))?),?\s+(?P<year>{YEAR})(?![\d-])"
)


def _year_behind(month: int, c: Context) -> int | None:
    """The year of a month whose other end names it: "from November to February 2015" is the November of 2014."""
    other = _OTHER_END.match(c.after)
    return int(other["year"]) - (month > month_of(other["month"])) if other else None


def as_month_day(m: re.Match[str], c: Context) -> Sense | None:
    """ "December 5", "the 3rd of May 2014": a day, its year found by tense and nearness where it is not named."""
    month, day = month_of(m["month"]), int(re.sub(r"\D", "", m["day"]) or ordinal(m["day"]) or 0)
    if m["month"][0].islower() or day_or_none(2000, month, day) is None:
        return None
    year = m.groupdict().get("year")
    if year:
        found = day_or_none(int(year), month, day)
        return of_period(Period("day", found), m.group(), relative=False) if found else None
    if (behind := _year_behind(month, c)) and (found := day_or_none(behind, month, day)):
        return of_period(Period("day", found), m.group(), relative=False)
    if c.day is None:
        return unresolved(f"XXXX-{month:02}-{day:02}")
    near = [d for y in (-4, -1, 0, 1, 4) if (d := day_or_none(c.day.year + y, month, day))]
    near = [d for d in near if abs(d.year - c.day.year) <= 1] or near
    named = m.groupdict().get("weekday")
    fitting = [d for d in near if named and d.weekday() == weekday_of(named)]
    chosen = nearest(fitting or near, c)
    return of_period(Period("day", chosen), m.group(), bare=True) if chosen else None


def as_month(m: re.Match[str], c: Context) -> Sense | None:
    """ "March 2021", "early March", "last May", "June last year": a month."""
    if not _is_name_of_month(m, c):
        return None
    month = month_of(m["month"])
    groups = m.groupdict()
    if groups.get("year"):
        return of_period(Period("month", date(int(groups["year"]), month, 1)), m.group(), relative=False)
    if not (groups.get("which") or groups.get("shifted")) and (behind := _year_behind(month, c)):
        return of_period(Period("month", date(behind, month, 1)), m.group(), relative=False)
    if c.day is None:
        return unresolved(f"XXXX-{month:02}")
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
        near = nearest([date(c.day.year + y, month, 15) for y in (-1, 0, 1)], c)
        year = near.year if near else c.day.year - 1
    return of_period(Period("month", date(year, month, 1)), m.group(), bare=not (shifted or which))


def as_iso(m: re.Match[str], c: Context) -> Sense | None:
    """ "2021-12-05"."""
    found = day_or_none(int(m["year"]), int(m["month"]), int(m["day"]))
    return of_period(Period("day", found), relative=False) if found else None


def as_slashed(m: re.Match[str], c: Context) -> Sense | None:
    """ "15/12/2021": a day where its order is sure, else only the year."""
    first, second, year = int(m["first"]), int(m["second"]), int(m["year"])
    if m["sign"] == ".":
        first, second = second, first  # with full stops the day comes first
    elif first > 12 >= second:
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


def as_year(m: re.Match[str], c: Context) -> Sense | None:
    """ "in 2014", "fiscal 1988": a year, if it is no count and no number of something."""
    year = int(m["year"])
    cue = bool(_YEAR_CUE.search(c.before)) or len(m.group()) > 4
    if _NOT_A_YEAR_AFTER.match(c.after) or (not cue and _NOT_A_YEAR_BEFORE.search(c.before)):
        return None
    if not cue and (not 1900 <= year <= 2100 or _PLURAL_AFTER.match(c.after)):
        return None
    return of_period(Period("year", date(year, 1, 1)), m.group(), relative=False)


def as_spoken_year(m: re.Match[str], c: Context) -> Sense | None:
    """ "nineteen ninety-six", "the year two thousand and four"."""
    if m["high"]:
        year = UNITS[m["high"].lower()] * 100 + int(number(m["low"]) or 0)
    else:
        year = 2000 + int(number(m["rest"] or "") or 0)
    return of_period(Period("year", date(year, 1, 1)), relative=False) if year < 3000 else None


def as_decade(m: re.Match[str], c: Context) -> Sense | None:
    """ "the 1990s", "the mid-eighties": a decade."""
    digits = m.groupdict().get("decade")
    start = int(digits) if digits else TENS[m["word"].lower().removesuffix("ies") + "y"]
    return of_period(Period("decade", date(start if start > 99 else 1900 + start, 1, 1)), relative=False)


def as_century(m: re.Match[str], c: Context) -> Sense | None:
    """ "the 20th century"."""
    nth = ordinal(m["nth"])
    if not nth or not 1 < nth < 30:
        return None
    return of_period(Period("century", date((nth - 1) * 100, 1, 1)), m.group(), relative=False)


def as_season_of_year(m: re.Match[str], c: Context) -> Sense | None:
    """ "the summer of 2014"."""
    return of_period(Period.season(SEASONS[m["season"].lower()], int(m["year"])), m.group(), relative=False)


def as_season(m: re.Match[str], c: Context) -> Sense | None:
    """ "last spring", "the winter": a season by the anchor."""
    name, which = SEASONS[m["season"].lower()], (m["which"] or "").lower().split()
    if c.day is None:
        return unresolved(f"XXXX-{name}")
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
    elif c.tense in ("past", "done") and this.start > c.day:
        this = this.shift(-1)
    elif c.tense == "future" and this.end < c.day:
        this = this.shift(1)
    return of_period(this, m.group())


def as_quarter(m: re.Match[str], c: Context) -> Sense | None:
    """ "the third quarter of 1990", "Q2", "third-quarter": a quarter."""
    nth = ordinal(m["nth"]) if m.groupdict().get("nth") else int(m["q"])
    if not nth or nth > 4:
        return None
    groups = m.groupdict()
    if groups.get("year"):
        return of_period(Period("quarter", date(int(groups["year"]), 3 * nth - 2, 1)), relative=False)
    if c.day is None:
        return unresolved(f"XXXX-Q{nth}")
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


def as_half(m: re.Match[str], c: Context) -> Sense | None:
    """ "the first half of 2014": half a year."""
    second = m["nth"].lower() in ("second", "last", "latter")
    year = int(m["year"]) if m["year"] else c.day.year if c.day else None
    if m["year"] is None and c.day and m["shifted"]:
        year = c.day.year + {"last": -1, "this": 0, "next": 1}[m["shifted"].lower()]
    if year is None:
        return unresolved(f"XXXX-H{1 + second}")
    return of_period(Period("half", date(year, 7 if second else 1, 1)), relative=m["year"] is None)


_NEW_YEAR_CUE = re.compile(r"(?i)\b(?:at|before|after|over|by|until|till|since|on|around|for|and|into)\s+(?:the\s+)?$")


def as_holiday(m: re.Match[str], c: Context) -> Sense | None:
    """ "Christmas Day", "last Thanksgiving", "Good Friday 2022": the day of a holiday."""
    name = re.sub(r"\s+", " ", m["holiday"].lower().replace("’", "'"))
    if m["holiday"][0].islower() and not name.startswith("the "):
        return None
    if name == "new year" and (not _NEW_YEAR_CUE.search(c.before) or re.match(r"\s+[a-z]", m["holiday"][3:])):
        return None  # "a Happy New Year", "the Lunar New Year"
    if m["year"]:
        return of_period(Period("day", holiday(name, int(m["year"]))), relative=False)
    if c.day is None:
        return unresolved(yearly(name))
    near = [holiday(name, c.day.year + y) for y in (-1, 0, 1)]
    which = (m["which"] or "").lower()
    near = [d for d in near if not which or (d < c.day) == ("last" in which)]
    chosen = nearest(near, c)
    return of_period(Period("day", chosen), bare=not which) if chosen else None


def as_weekday_of_month(m: re.Match[str], c: Context) -> Sense | None:
    """ "the last Friday of May", "the first Monday in October 2020": a day that its place in a month tells."""
    nth = -1 if m["nth"].lower() == "last" else ordinal(m["nth"]) or 0
    weekday, month, year = weekday_of(m["weekday"]), month_of(m["month"]), m["year"]
    if not -1 <= nth <= 5 or not nth:
        return None
    if year:
        return of_period(Period("day", nth_weekday(int(year), month, weekday, nth)), relative=False)
    if c.day is None:
        return unresolved(f"XXXX-{month:02}-XX")
    chosen = nearest([nth_weekday(c.day.year + y, month, weekday, nth) for y in (-1, 0, 1)], c)
    return of_period(Period("day", chosen), bare=True) if chosen else None
