"""The words of time, as tables, and the pieces that patterns are made of."""

from __future__ import annotations

import re

from dateline.read.calendar import Grain
from dateline.read.numbers import DIGITS, ORDINALS, WORDS

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
COUPLE = {"couple", "couple of"}
PRESENT = "now|currently|current|at present|at the moment|presently|nowadays|these days|at this time|the present"
PAST = "recently|more recently|most recently|the past|the recent past|lately|not long ago|some time ago"
FUTURE = "the future|the near future|the foreseeable future|near future|the near term|the short term"

_MONTH_LONG = "January|February|March|April|May|June|July|August|September|October|November|December"
MONTH = rf"(?:{_MONTH_LONG}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
DAY_OF_WEEK = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\.)"
YEAR = r"(?:1\d\d\d|2[01]\d\d)"
ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True)) + r"|\d+(?:st|nd|rd|th)"
_DAY_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])"
NTH = rf"(?:{_DAY_NUMBER}(?:st|nd|rd|th)?)"
COUNT = rf"(?:\d+ \d/\d|\d+½|{DIGITS}|{WORDS}|an?)"
SEASON = "spring|summer|autumn|fall|winter"
DAYPART = "morning|afternoon|evening|night"
GRAIN = "day|weekend|week|month|quarter|year|decade|century"
LENGTH = "seconds?|minutes?|hours?|days?|nights?|weekends?|weeks?|fortnights?|months?|quarters?|years?|decades?|century|centuries|millenni(?:um|a)"
CLOCK = r"(?:(?:1[0-2]|0?\d)(?:[:.][0-5]\d)? ?(?:[ap]\.m\.?|[ap]m\b|o'clock|o’clock)|(?:[01]?\d|2[0-3]):[0-5]\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) o['’]clock|noon|midnight|midday)"
ZONE = r"(?:,? \(?(?:GMT|UTC|[ECMP][SD]?T|BST|CES?T|EES?T|MSK|IST|JST|local time|(?:Moscow|Eastern|Central|Pacific|Kiev|Kyiv|London|Beijing) time)\b\)?)"
ABOUT = (
    "(?:just |well )?(?:about|around|almost|nearly|approximately|roughly|more than|less than|fewer than|over(?= an? )"
    "|at least|at most|up to|no more than|the better part of|most of) "
)
MODIFIER = (
    "(?:the )?(?:very )?(?:early|late|mid|beginning of|start of|middle of|end of|close of|(?:first|last) days of|turn of"
    "|early part of|latter part of)(?: in)?[ -](?:the )?"
)
FUZZY = re.compile(
    r"(?i)\b(?:early|late|mid|beginning|start|middle|end|close|turn|first days|last days|part|around|about|circa|some|than|nearly|almost|approximately|roughly)\b"
)


def pattern(text: str) -> re.Pattern[str]:
    """A pattern in which a blank stands for any white space, between word edges, not regarding case."""
    edged = rf"(?i)(?<![\w$£€.,-])(?:{text})(?!\w|[.,]\d)"
    return re.compile(re.sub(r"(?<!\[) ", r"(?:\\s{1,20})", edged))


def month_of(word: str) -> int:
    """The number of a month's name or abbreviation."""
    return MONTHS[word.rstrip(".").lower()]


def weekday_of(word: str) -> int:
    """The number of a weekday's name or abbreviation; Monday is 0."""
    return WEEKDAYS[word.rstrip(".").lower()]
