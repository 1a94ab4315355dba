"""All rules of time expressions: each pattern with the builder that gives its meaning."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from dateline.read.calendar import Period, day_or_none
from dateline.read.numbers import TENS, UNITS, WORDS
from dateline.read.timex import hints
from dateline.read.timex.clocks import as_clock
from dateline.read.timex.holidays import NAMES
from dateline.read.timex.lengths import AGE, as_every, as_length, as_range_of_lengths, as_repeated, duration, singular
from dateline.read.timex.named import (
    as_century,
    as_decade,
    as_half,
    as_holiday,
    as_iso,
    as_month,
    as_month_day,
    as_quarter,
    as_season,
    as_season_of_year,
    as_slashed,
    as_spoken_year,
    as_weekday_of_month,
    as_year,
)
from dateline.read.timex.relative import (
    as_ago,
    as_named_day,
    as_nth,
    as_or_so,
    as_part_of_day,
    as_period_of_year,
    as_that_month,
    as_the_quarter,
    as_the_unit,
    as_the_year,
    as_unit,
    as_week_of,
    as_weekday,
    as_weekday_of_week,
    as_year_before,
)
from dateline.read.timex.sense import Builder, Context, Rule, Sense, unresolved
from dateline.read.timex.words import (
    ABOUT,
    CLOCK,
    COUNT,
    DAY_OF_WEEK,
    DAYPART,
    FUTURE,
    GRAIN,
    LENGTH,
    MODIFIER,
    MONTH,
    NTH,
    ORDINAL,
    PAST,
    PRESENT,
    SEASON,
    YEAR,
    ZONE,
    pattern,
)


def as_day_range(m: re.Match[str], c: Context) -> Sense | None:
    """ "from 3 to 5 May", "May 3-5, 2014": one expression for a stretch of days in one month."""
    last = as_month_day(m, c)
    if last is None or last.period is None:
        return last
    day = int(re.sub(r"\D", "", m["first"]))
    first = day_or_none(last.period.start.year, last.period.start.month, day)
    if first is None or first >= last.period.start:
        return None
    value = f"{first}/{last.period.start}"
    return Sense("DATE", value, value, last.relative, Period("day", first))


def as_year_range(m: re.Match[str], c: Context) -> Sense | None:
    """ "2014-2016", "2014–15": a stretch of years."""
    first, last = int(m["year"]), m["last"]
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    if not first < end < first + 100:
        return None
    return Sense("DATE", f"{first}/{end}", f"{first}/{end}", False, Period("year", date(first, 1, 1)))


def reference(value: str) -> Builder:
    """A builder for words that point at no date: the present, past or future at large."""
    return lambda m, c: unresolved(value)


def as_recent(m: re.Match[str], c: Context) -> Sense | None:
    """ "recent days", "coming weeks": no date, but a length in plural units."""
    if AGE.match(c.after):
        return None
    return Sense("DURATION", duration(None, singular(m["length"])))


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, more specific before more general; of overlapping matches the earlier, then the longer, is tried first."""
    holidays = "|".join(re.escape(h).replace(r"\ ", " ").replace("'", "['’]") for h in NAMES)
    date_us = rf"(?P<month>{MONTH}) (?P<day>{NTH}|{ORDINAL})"
    date_uk = rf"(?P<day>{NTH}|{ORDINAL}) (?:of )?(?P<month>{MONTH})"
    week = rf"(?:(?P<weekday>{DAY_OF_WEEK}),? )?"
    year = rf"(?:(?:,|,? of)? (?P<year>{YEAR})(?![\d-]))"
    shifted = r"(?:,? (?:of )?(?P<shifted>last|this|next) year)"
    of_year = rf"(?:(?:,| of| in)? ?(?P<year>{YEAR})|(?: of)? (?P<shifted>last|this|next) year)"
    which = (
        r"(?P<which>(?:last|this|next|this coming|this past|the coming|the previous|the following|the past|coming) )"
    )
    when = r"(?:earlier |later |early |late |sometime |some time )"
    near = r"(?:about |around |shortly after |shortly before )?"
    edge = rf"(?:{MODIFIER})"
    quantity = rf"(?P<count>{COUNT}|several|many|a few|few|some|a number of|a handful of|a couple of|couple of|a couple|half an?|half)"
    day_name = rf"(?P<weekday>{DAY_OF_WEEK})"
    named = r"(?P<name>today|yesterday|tomorrow|tonight|the day before yesterday|the day after tomorrow)"
    table: list[tuple[str, Builder, *tuple[frozenset[str], ...]]] = [
        # clocks with a day, then without
        (rf"{near}(?P<clock>{CLOCK}){ZONE}?(?:,? on|,)? {week}{date_us}{year}?", as_clock, hints.CLOCKS, hints.MONTHS),
        (rf"{near}(?P<clock>{CLOCK}){ZONE}?(?:,? on|,)? {week}{date_uk}{year}?", as_clock, hints.CLOCKS, hints.MONTHS),
        (rf"{near}(?P<clock>{CLOCK}){ZONE}?(?:,? on|,)? {which}?{day_name}", as_clock, hints.CLOCKS, hints.WEEKDAYS),
        (rf"{near}(?P<clock>{CLOCK}){ZONE}?(?:,? on|,)? {named}", as_clock, hints.CLOCKS, hints.DAYS),
        (rf"{which}?{day_name}(?:,? at|,)? (?P<clock>{CLOCK}){ZONE}?", as_clock, hints.CLOCKS, hints.WEEKDAYS),
        (rf"{named}(?:,? at|,) (?P<clock>{CLOCK}){ZONE}?", as_clock, hints.CLOCKS, hints.DAYS),
        (rf"{near}(?P<clock>{CLOCK}){ZONE}?", as_clock, hints.CLOCKS),
        # ranges of days and years
        (
            rf"(?P<first>{NTH})(?: ?[-–—] ?| to | and | until )(?P<day>{NTH}) (?:of )?(?P<month>{MONTH}){year}?",
            as_day_range,
            hints.DIGITS,
            hints.MONTHS,
        ),
        (
            rf"(?P<month>{MONTH}) (?P<first>{NTH})(?: ?[-–—] ?| to | and | until )(?P<day>{NTH}){year}?",
            as_day_range,
            hints.DIGITS,
            hints.MONTHS,
        ),
        (rf"(?P<year>{YEAR})[-–/](?P<last>{YEAR}|\d\d)", as_year_range, hints.NUMBERED_YEARS),
        # dates
        (r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:T[\d:.]+Z?)?", as_iso, hints.NUMBERED_YEARS),
        (
            rf"(?P<first>\d\d?)(?P<sign>[/.])(?P<second>\d\d?)(?P=sign)(?P<year>{YEAR})",
            as_slashed,
            hints.NUMBERED_YEARS,
        ),
        (rf"the week of {date_us}{year}?", as_week_of, hints.MONTHS),
        (rf"(?:around |about )?{week}{date_us}{year}?", as_month_day, hints.MONTHS),
        (rf"(?:around |about )?{week}(?:the )?{date_uk}{year}?", as_month_day, hints.MONTHS),
        (rf"{which}{day_name},? {date_us}{year}?", as_month_day, hints.MONTHS, hints.WEEKDAYS),
        (rf"{edge}?(?P<month>{MONTH}){year}", as_month, hints.MONTHS, hints.DIGITS),
        (rf"{edge}?(?P<month>{MONTH}){shifted}", as_month, hints.MONTHS),
        (rf"{edge}?{which}?(?P<month>{MONTH})", as_month, hints.MONTHS),
        (
            rf"{edge}?(?:the )?(?P<season>{SEASON})(?: of|,)? (?P<year>{YEAR})",
            as_season_of_year,
            hints.SEASONS,
            hints.DIGITS,
        ),
        (
            rf"{edge}?(?:the )?(?P<which>)(?P<season>{SEASON}) (?:of )?(?P<shifted>last|this|next) year",
            as_season,
            hints.SEASONS,
        ),
        (rf"{edge}?{which}(?P<season>{SEASON})", as_season, hints.SEASONS),
        (
            r"(?:the |early |late |mid-?){1,3}(?P<which>)(?P<season>spring|summer|autumn|winter)",
            as_season,
            hints.SEASONS,
        ),
        # quarters and halves
        (rf"(?:fiscal[ -])?(?P<nth>first|second|third|fourth)-quarter(?:{of_year})?", as_quarter, hints.QUARTERS),
        (
            rf"(?:the )?(?:fiscal[ -])?(?P<nth>first|second|third|fourth) quarter(?:{of_year})?",
            as_quarter,
            hints.QUARTERS,
        ),
        (
            rf"the (?P<year>{YEAR}) (?:fiscal )?(?P<nth>first|second|third|fourth)[ -]quarter",
            as_quarter,
            hints.QUARTERS,
            hints.DIGITS,
        ),
        (rf"the (?P<year>{YEAR}) (?:quarter|period)", as_period_of_year, hints.QUARTERS, hints.DIGITS),
        (
            r"(?:the|that|this) (?P<which>latest |year-earlier |year-ago |comparable year-ago |same |)(?P<unit>quarter|period)",
            as_the_quarter,
            hints.QUARTERS,
        ),
        (r"that (?P<which>)(?P<unit>quarter)", as_the_quarter, hints.QUARTERS),
        (r"year-(?:ago|earlier)", as_year_before, hints.YEARS),
        (r"the (?:full |fiscal |full fiscal )?year(?!-|[a-z'’])", as_the_year, hints.YEARS),
        (
            r"(?:the )?(?P<which>year-(?:ago|earlier)) (?:fiscal )?(?P<nth>first|second|third|fourth)[ -]quarter",
            as_quarter,
            hints.QUARTERS,
        ),
        (
            r"(?P<shifted>last|this|next) year(?:'s|’s) (?P<nth>first|second|third|fourth)[ -]quarter",
            as_quarter,
            hints.QUARTERS,
        ),
        (rf"Q(?P<q>[1-4])(?: (?:of )?(?P<year>{YEAR}))?", as_quarter, hints.DIGITS),
        (
            rf"(?:the )?(?P<nth>first|second|last|latter) half(?: of (?:(?P<year>{YEAR})|(?P<shifted>last|this|next) year|the year))",
            as_half,
            hints.HALVES,
        ),
        # years, decades, centuries
        (rf"(?:{edge}|fiscal |the year |post-|pre-|circa )?(?P<year>{YEAR})", as_year, hints.NUMBERED_YEARS),
        (
            rf"(?:{edge}|the )?(?:mid-?|early |late )?(?P<decade>1[0-9]\d0|20\d0)['’]?s",
            as_decade,
            hints.DIGITS,
            hints.PLURALS,
        ),
        (
            rf"(?:{edge}|the )(?:mid-?|early |late )?['’‘`]?(?P<decade>[2-9]0)['’]?s",
            as_decade,
            hints.DIGITS,
            hints.PLURALS,
        ),
        (
            r"the (?:early |late |mid-?)?(?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)",
            as_decade,
            hints.DECADES,
        ),
        (rf"(?:the )?(?:early |late |mid-?)?(?P<nth>{ORDINAL})[ -]century", as_century, hints.CENTURIES),
        (
            rf"(?P<high>seventeen|eighteen|nineteen)[ -](?P<low>(?:{'|'.join(TENS)})(?:[ -](?:{'|'.join(UNITS)}))?)(?P<rest>)",
            as_spoken_year,
            hints.SPOKEN,
        ),
        (rf"(?P<high>)(?P<low>)the year two thousand(?P<rest>(?: and)? (?:{WORDS}))?", as_spoken_year, hints.SPOKEN),
        (
            rf"(?:the )?(?P<which>last |next )?(?P<holiday>{holidays})(?:,? (?P<year>{YEAR}))?",
            as_holiday,
            hints.HOLIDAYS,
        ),
        (
            rf"(?:the )?(?P<nth>first|second|third|fourth|last) {day_name} (?:of|in) (?P<month>{MONTH})(?:,? (?P<year>{YEAR}))?",
            as_weekday_of_month,
            hints.WEEKDAYS,
            hints.MONTHS,
        ),
        # days
        (rf"{day_name},? (?:of )?(?P<week>last|this|next) week", as_weekday_of_week, hints.WEEKDAYS),
        (rf"(?:early |late )?{which}?{day_name}(?: (?P<part>{DAYPART}))?", as_weekday, hints.WEEKDAYS),
        (rf"(?:early |late )?{named}(?: (?P<part>{DAYPART}))?", as_named_day, hints.DAYS),
        (
            rf"(?:early |late |earlier |later )?(?P<which>this|last|that|the next|the following) (?P<part>{DAYPART})",
            as_part_of_day,
            hints.DAYPARTS,
        ),
        (r"the (?P<nth>\d+(?:st|nd|rd|th))(?=\s*(?:[.,;:)]|$|and\b))", as_nth, hints.DIGITS, hints.NUMBERED_DAYS),
        (rf"that (?P<month>{MONTH})(?! \d)", as_that_month, hints.MONTHS),
        # units around the anchor
        (
            rf"{when}?(?:{edge})?(?P<which>last|this past|this coming|this|next|the current|the coming|the previous|the preceding|the following|the next|the same|that same|that) (?:fiscal |calendar |financial )?(?P<grain>{GRAIN})",
            as_unit,
            hints.GRAINS,
        ),
        (
            rf"(?:the )?(?:end|beginning|start|close|middle|rest|remainder) of the (?P<grain>{GRAIN})",
            as_the_unit,
            hints.GRAINS,
        ),
        (r"(?:the )?(?P<grain>year)(?:'s|’s)?[ -]end", as_the_unit, hints.YEARS),
        (r"the (?P<grain>weekend)", as_the_unit, hints.GRAINS),
        (
            rf"(?P<hedge>{ABOUT})?{quantity}(?: (?:or two|or so|more))? (?P<length>{LENGTH})(?: or so)? (?P<way>ago|earlier(?! than)|later(?! than)|before(?=\s*(?:[.,;:)]|$))|from now|hence|previously)",
            as_ago,
            hints.LENGTHS,
            hints.WAYS,
        ),
        # lengths
        (
            rf"(?:{ABOUT})?(?:the )?(?:past|last|next|coming|first|final|previous) (?:{COUNT})(?:[ -](?:to|or)[ -]){COUNT}[ -](?P<length>{LENGTH})",
            as_range_of_lengths,
            hints.LENGTHS,
        ),
        (
            rf"(?:{ABOUT})?(?:{COUNT})(?:[ -](?:to|or)[ -]|[-–])(?:{COUNT})[ -](?P<length>{LENGTH})",
            as_range_of_lengths,
            hints.LENGTHS,
        ),
        (
            rf"(?:{ABOUT})?(?:the )?(?:past|last|next|coming|following|previous|first|final|latest|full|entire) {quantity} (?P<length>{LENGTH})(?: or so)?",
            as_length,
            hints.LENGTHS,
        ),
        (r"(?:the )(?:past|last) (?P<length>decade|century|year)", as_or_so, hints.LENGTHS),
        (
            rf"(?:{ABOUT})?(?:(?:a further|an additional|another|the(?! [\w.]+-)) )?{quantity}(?: more| full| consecutive| straight| long)?[ -](?P<length>{LENGTH})(?P<extra> and a half)?(?:[ -]long| or so)?",
            as_length,
            hints.LENGTHS,
        ),
        (r"(?:recent|coming|past) (?P<length>days|weeks|months|years|decades)", as_recent, hints.RECENT),
        (r"(?P<length>weeks|months|years|decades|centuries)", as_recent, hints.RECENT),
        # repetitions
        (
            rf"(?:every|each) (?:(?P<other>other|second) )?(?:(?P<count>{COUNT}) )?(?P<length>{LENGTH})",
            as_every,
            hints.EVERY,
            hints.LENGTHS,
        ),
        (
            rf"(?:every|each) (?:(?P<weekday>{DAY_OF_WEEK})|(?P<month>{MONTH})|(?P<season>{SEASON})|(?P<part>{DAYPART}))",
            as_every,
            hints.EVERY,
        ),
        (
            rf"(?:once|twice|(?:{COUNT}) times) (?:a|an|per|each|every) (?P<length>hour|day|night|week|month|year)",
            as_every,
            hints.TIMES,
        ),
        (r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days)", as_every, hints.WEEKDAYS),
        (r"hourly|daily|nightly|weekly|fortnightly|monthly|annually|yearly", as_repeated, hints.REPEATED),
        # references
        (PRESENT, reference("PRESENT_REF"), hints.PRESENT),
        (PAST, reference("PAST_REF"), hints.PAST),
        (FUTURE, reference("FUTURE_REF"), hints.FUTURE),
    ]
    return tuple(Rule(pattern(text), build, tuple(needs)) for text, build, *needs in table)
