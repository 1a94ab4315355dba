"""Dates told from the anchor or from the date named last: "on Friday", "last week", "two years ago"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateline.read.calendar import Grain, Period, day_or_none
from dateline.read.numbers import ordinal
from dateline.read.timex.lengths import duration, how_many, singular
from dateline.read.timex.named import as_month_day, nearest
from dateline.read.timex.sense import Context, Sense, derived, of_period, unresolved
from dateline.read.timex.words import DAYPARTS, GRAINS, month_of, weekday_of
from dateline.records import TimeType


def on_weekday(name: str, which: str, c: Context) -> Period | None:
    """The day that a weekday means, by its determiner and tense; None without an anchor."""
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
        return Period(
            "day", c.day + timedelta(days=ahead if c.tense not in ("past", "done") or not ahead else ahead - 7)
        )
    return Period("day", c.day - timedelta(days=-ahead % 7))


_NAMED_DAY = re.compile(
    r"\b(?:Black|Bloody|Super|Giving|Fat|Advent|Orthodox|Holy|Good|Easter|Ash|Palm|Maundy|Cyber|Silent)\s+$"
)


def as_weekday(m: re.Match[str], c: Context) -> Sense | None:
    """ "on Friday", "next Monday morning"."""
    if m["weekday"][0].islower() or _NAMED_DAY.search(c.before):
        return None
    part = m.groupdict().get("part")
    some = re.search(r"\b(?:an?|one)\s+$", c.before)
    period = None if some else on_weekday(m["weekday"], m["which"] or "", c)
    tail = f"T{DAYPARTS[part.lower()]}" if part else ""
    if period is None:
        return unresolved(f"XXXX-WXX-{weekday_of(m['weekday']) + 1}{tail}", "TIME" if part else "DATE")
    if part:
        return Sense("TIME", period.timex + tail, period.edtf, True, period)
    return of_period(period)


def as_weekday_of_week(m: re.Match[str], c: Context) -> Sense | None:
    """ "Monday last week"."""
    weekday = weekday_of(m["weekday"])
    if c.day is None:
        return unresolved(f"XXXX-WXX-{weekday + 1}")
    week = Period.of("week", c.day).shift({"last": -1, "this": 0, "next": 1}[m["week"].lower()])
    return of_period(Period("day", week.start + timedelta(days=weekday)))


_DAYS = {
    "today": 0,
    "tonight": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
}


def as_named_day(m: re.Match[str], c: Context) -> Sense | None:
    """ "today", "yesterday evening", "tonight"."""
    word, part = re.sub(r"\s+", " ", m["name"].lower()), m.groupdict().get("part")
    tail = "TNI" if word == "tonight" else f"T{DAYPARTS[part.lower()]}" if part else ""
    type: TimeType = "TIME" if tail else "DATE"
    if c.day is None:
        return unresolved("XXXX-XX-XX" + tail, type)
    period = Period("day", c.day + timedelta(days=_DAYS[word]))
    return Sense(type, period.timex + tail, period.edtf, True, period)


def as_part_of_day(m: re.Match[str], c: Context) -> Sense | None:
    """ "this morning", "the following night"."""
    which, part = (m["which"] or "").lower(), m["part"].lower()
    if c.day is None:
        return unresolved(f"XXXX-XX-XXT{DAYPARTS[part]}", "TIME")
    day = c.day if "this" in which else c.day - timedelta(days=1) if "last" in which else None
    if day is None:
        if not c.last or c.last.grain != "day":
            return None
        day = c.last.start + timedelta(days="next" in which or "following" in which)
    period = Period("day", day)
    return Sense("TIME", f"{period.timex}T{DAYPARTS[part]}", period.edtf, True, period)


_BACK = ("last", "past", "previous", "preceding")
_ON = ("next", "coming", "following")


def as_unit(m: re.Match[str], c: Context) -> Sense | None:
    """ "last week", "earlier this year", "the coming decade", "that same day"."""
    if m["grain"][0].isupper() and not m.group().isupper():
        return None  # "This Week" is a programme
    which, grain = m["which"].lower(), GRAINS[m["grain"].lower()]
    words = re.findall(r"[a-z]+", which)
    from_last = any(w in ("that", "same", "previous", "following", "preceding") for w in words)
    from_last = from_last or (grain == "day" and "next" in words)
    steps = -1 if any(w in _BACK for w in words) else 1 if any(w in _ON for w in words) else 0
    if grain == "day" and not from_last and steps:
        return None
    if from_last and c.last and _LEVEL[c.last.grain] <= _LEVEL[grain]:
        start = c.last.end if steps > 0 else c.last.start
        return of_period(Period.of(grain, start).shift(steps), m.group())
    if from_last:
        return unresolved("PAST_REF") if not steps else None
    if c.day is None:
        return unresolved(
            {"week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "day": "XXXX-XX-XX"}.get(grain, "XXXX")
        )
    if grain == "weekend" and steps < 0 and c.day.weekday() > 4:
        return of_period(Period.of(grain, c.day).shift(-1), m.group())
    if grain == "weekend" and steps <= 0 and c.day.weekday() < 5 and (steps < 0 or c.tense in ("past", "done")):
        return of_period(Period.of(grain, c.day).shift(-1), m.group())
    return of_period(Period.of(grain, c.day).shift(steps), m.group())


def as_that_month(m: re.Match[str], c: Context) -> Sense | None:
    """ "that March": the month of the year that was named last."""
    month = month_of(m["month"])
    if c.last is None or c.last.grain in ("decade", "century") or not month:
        return None
    return of_period(Period("month", date(c.last.start.year, month, 1)), m.group())


def as_the_quarter(m: re.Match[str], c: Context) -> Sense | None:
    """ "the latest quarter", "that period", "the year-ago quarter": the quarter that was named last, or the one before."""
    before = "year" in m["which"].lower()
    if c.quarter is not None:
        return derived(of_period(c.quarter.shift(-4 if before else 0)))
    if m["unit"] == "period" or c.day is None:
        return None
    ended = Period.of("quarter", c.day).shift(-1)
    return derived(of_period(ended.shift(-4 if before else 0)))


def as_year_before(m: re.Match[str], c: Context) -> Sense | None:
    """ "year-earlier", "year-ago" in front of a result."""
    if c.quarter is not None:
        return derived(of_period(c.quarter.shift(-4)))
    return derived(of_period(Period.of("year", c.day).shift(-1))) if c.day else unresolved("XXXX")


def as_period_of_year(m: re.Match[str], c: Context) -> Sense | None:
    """ "the 1988 quarter": the quarter named last, in that year."""
    if c.quarter is None:
        return of_period(Period("year", date(int(m["year"]), 1, 1)), relative=False)
    return derived(of_period(Period("quarter", c.quarter.start.replace(year=int(m["year"])))))


def as_the_year(m: re.Match[str], c: Context) -> Sense | None:
    """ "for the year", "the fiscal year": the anchor's year, or a length where its end is told."""
    if re.match(r"\s+(?:ended|ending|to|through)\b", c.after):
        return Sense("DURATION", "P1Y")
    if not re.search(r"(?i)\b(?:for|of|in|over|during|throughout|this)\s+$", c.before):
        return None
    return of_period(Period.of("year", c.day)) if c.day else unresolved("XXXX")


def as_week_of(m: re.Match[str], c: Context) -> Sense | None:
    """ "the week of March 6"."""
    day = as_month_day(m, c)
    if day is None or day.period is None:
        return None
    return of_period(Period.of("week", day.period.start), relative=day.relative)


def as_the_unit(m: re.Match[str], c: Context) -> Sense | None:
    """ "the weekend", "the end of the year", "year-end"."""
    grain = GRAINS[m["grain"].lower()]
    if c.day is None:
        return unresolved("XXXX")
    if grain == "weekend":
        steps = -(c.tense != "future" and c.day.weekday() < 5)
        return of_period(Period.of(grain, c.day).shift(steps))
    return of_period(Period.of(grain, c.day), m.group())


_LEVEL: dict[Grain, int] = {
    "day": 0,
    "weekend": 1,
    "week": 1,
    "month": 2,
    "season": 3,
    "quarter": 3,
    "half": 3,
    "year": 4,
    "decade": 5,
    "century": 6,
}
"""How coarse a grain is: from "in 2014", "two days later" cannot be counted."""


def as_ago(m: re.Match[str], c: Context) -> Sense | None:
    """A count of units before or after the anchor, or before or after what was named last."""
    unit = singular(m["length"])
    count = how_many(m["count"])
    words = re.sub(r"\s+", " ", m["way"].lower())
    if unit not in GRAINS or unit == "weekend":
        return Sense("DURATION", duration(count, unit))
    if count is None:
        return unresolved("FUTURE_REF" if words in ("from now", "hence") else "PAST_REF")
    back = words in ("ago", "earlier", "before", "previously", "back")
    anchor = c.day
    if unit == "year" and words in ("ago", "earlier") and c.quarter is not None:
        # Earnings are told by the quarter: "a year earlier" is the same quarter.
        return derived(of_period(c.quarter.shift(-4 * int(count))))
    if words in ("earlier", "before", "later", "previously"):
        if c.last is None or _LEVEL[c.last.grain] > _LEVEL[GRAINS[unit]]:
            return Sense("DURATION", duration(count, unit))
        anchor = c.last.start
    if anchor is None:
        return unresolved("XXXX")
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


def as_nth(m: re.Match[str], c: Context) -> Sense | None:
    """ "on the 9th": a day of the month that lies nearest."""
    nth = ordinal(m["nth"])
    if c.day is None or not nth or not re.search(r"(?i)\b(?:on|by|until|since|from|before|after)\s+$", c.before):
        return None
    month = Period.of("month", c.day)
    days = [day_or_none(p.start.year, p.start.month, nth) for p in (month.shift(-1), month, month.shift(1))]
    chosen = nearest([d for d in days if d], c)
    return of_period(Period("day", chosen)) if chosen else None


def as_or_so(m: re.Match[str], c: Context) -> Sense | None:
    """ "the past year", "the last decade": a stretch that ends today and has no number."""
    return Sense("DURATION", duration(1, singular(m["length"])))
