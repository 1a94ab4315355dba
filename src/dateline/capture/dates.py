"""Publication dates as pages, feeds and scrapes write them, to an ISO 8601 day and moment.

Only a date that is written out in full counts: a month without a year is no publication date. What cannot be decided
(``03/04/2021``) is not decided.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import NamedTuple

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "short": "jan feb mar apr may jun jul aug sep oct nov dec",
    "sept": "_ _ _ _ _ _ _ _ sept _ _ _",
    "austrian": "jänner feber _ _ _ _ _ _ _ _ _ dez",
}
MONTHS = {name: i for names in _MONTHS.values() for i, name in enumerate(names.split(), 1) if name != "_"}

_ZONES = {
    "z": "+00:00", "gmt": "+00:00", "utc": "+00:00", "bst": "+01:00", "cet": "+01:00", "cest": "+02:00",
    "eet": "+02:00", "eest": "+03:00", "msk": "+03:00", "ist": "+05:30", "jst": "+09:00", "edt": "-04:00",
    "est": "-05:00", "cdt": "-05:00", "cst": "-06:00", "mdt": "-06:00", "mst": "-07:00", "pdt": "-07:00", "pst": "-08:00",
}  # fmt: skip

_FIRST_YEAR, _LAST_YEAR = 1600, 2100
_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_WEEKDAY = r"(?:[^\W\d_]{2,12}\.?,?\s+)??"
_DAY_FORMS = [
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)",
    r"(?P<y>\d{4})[./](?P<m>\d{1,2})[./](?P<d>\d{1,2})(?!\d)",
    r"(?P<y>\d{4})\s?年\s?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日",
    r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?=\D|$|\d{6}(?!\d))",
    rf"{_MONTH}\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s*(?P<y>\d{{4}})(?!\d)",
    rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|er)?\.?\s*(?:de\s+|of\s+|-)?{_MONTH},?\s*(?:de\s+|del\s+|-)?(?P<y>\d{{4}})(?!\d)",
    r"(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})(?!\d)",
]
_CLOCK = (
    r"(?:\s*(?:[T,|–—-]|at|um|à|a las|alle|о|\()?\s*"
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"(?P<half>\s*[ap]\.?m\b\.?)?\s*(?:Uhr\b)?\s*\(?(?P<zone>[+-]\d{2}:?\d{2}|(?:"
    + "|".join(sorted(_ZONES, key=len, reverse=True))
    + r")\b)?\)?)?"
)
_COMPACT_CLOCK = r"(?:T?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})(?P<half>)(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
_FORMS = [
    re.compile(_WEEKDAY + form + (_COMPACT_CLOCK if "(?=" in form else _CLOCK), re.IGNORECASE) for form in _DAY_FORMS
]
_ITEM_ENDS = re.compile(r"\s*(?:[.:|–—]|-\s|$)")
_ITEM_MONTH = re.compile(rf"(?:{_MONTH},?\s+)?(?P<y>1[5-9]\d\d|20\d\d)(?=\s*(?:[.:|–—]\s|-\s|$))", re.IGNORECASE)
_EPOCH = re.compile(r"(\d{10})(\d{3})?(?:\.\d+)?$")


class Moment(NamedTuple):
    """A publication date: ``day`` is ``YYYY-MM-DD``; ``published`` has the time too where one is given (ISO 8601)."""

    day: str
    published: str


class Found(NamedTuple):
    """A date at the start of a stretch of text, and where the words of it end."""

    moment: Moment
    end: int


def at(text: str, start: int = 0) -> Found | None:
    """The date whose words begin exactly at an offset, with the time that follows it, or None."""
    for form in _FORMS:
        if (match := form.match(text, start)) and (moment := _moment(match)):
            return Found(moment, match.end())
    return None


def item_date(text: str, start: int = 0) -> str | None:
    """The date with which a caption or an item of a list begins (EDTF), where nothing but a stop or a colon follows it.

    ``14 November 2023. Traders …`` gives ``2023-11-14``, ``April 2023: …`` gives ``2023-04``, ``1923: …`` gives ``1923``.
    """
    if (found := at(text, start)) and _ITEM_ENDS.match(text, found.end):
        return found.moment.day
    if match := _ITEM_MONTH.match(text, start):
        month = MONTHS[match["month"].lower()] if match["month"] else None
        return f"{match['y']}-{month:02}" if month else match["y"]
    return None


def parse(text: str) -> Moment | None:
    """The date of a metadata field: ISO 8601, RFC 822, a date in words, or seconds since 1970; None for anything else."""
    text = " ".join(text.split())[:100]
    if epoch := _EPOCH.match(text):
        seconds = int(epoch[1])
        return Moment((when := datetime.fromtimestamp(seconds, UTC)).date().isoformat(), when.isoformat())
    return found.moment if (found := at(text)) else None


def _moment(match: re.Match[str]) -> Moment | None:
    given = match.groupdict()
    day = _day(given)
    if day is None:
        return None
    clock = _clock(given)
    return Moment(day.isoformat(), day.isoformat() + (f"T{clock}" if clock else ""))


def _day(given: dict[str, str | None]) -> date | None:
    year = int(given["y"] or 0)
    if (first := given.get("a")) and (second := given.get("b")):
        a, b = int(first), int(second)
        if given["sep"] == "." or a > 12 or a == b:  # dots are only ever day first
            day, month = a, b
        elif b > 12:
            day, month = b, a
        else:
            return None
    else:
        day = int(given["d"] or 0)
        month = MONTHS[(given["month"] or "").lower()] if given.get("month") else int(given["m"] or 0)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(given: dict[str, str | None]) -> str | None:
    if not given.get("hour"):
        return None
    hour, minute = int(given["hour"] or 0), int(given["minute"] or 0)
    if half := (given.get("half") or "").strip().lower():
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour > 23 or minute > 59:
        return None
    second = f":{given['second']}" if given.get("second") else ""
    return f"{hour:02}:{minute:02}{second}{_zone(given.get('zone'))}"


def _zone(zone: str | None) -> str:
    if not zone:
        return ""
    if zone[0] in "+-":
        return zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    return _ZONES[zone.lower()]
