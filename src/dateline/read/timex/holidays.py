"""Named days that the calendar settles: fixed ones, nth weekdays of a month, and those that go by Easter.

Days that go by the moon's sighting, a country or a decree (Ramadan, Mother's Day, Victory Day) are left out: a name alone does
not settle them.
"""

from __future__ import annotations

from datetime import date, timedelta

_FIXED: dict[str, tuple[int, int]] = {
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "new year's": (1, 1),
    "new year": (1, 1),
    "epiphany": (1, 6),
    "orthodox christmas eve": (1, 6),
    "orthodox christmas day": (1, 7),
    "orthodox christmas": (1, 7),
    "valentine's day": (2, 14),
    "international women's day": (3, 8),
    "st. patrick's day": (3, 17),
    "st patrick's day": (3, 17),
    "april fools' day": (4, 1),
    "may day": (5, 1),
    "juneteenth": (6, 19),
    "the fourth of july": (7, 4),
    "bastille day": (7, 14),
    "halloween": (10, 31),
    "all saints' day": (11, 1),
    "all souls' day": (11, 2),
    "armistice day": (11, 11),
    "veterans day": (11, 11),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "st. stephen's day": (12, 26),
    "st stephen's day": (12, 26),
}
_NTH_WEEKDAY: dict[str, tuple[int, int, int]] = {
    "martin luther king day": (1, 0, 3),
    "presidents day": (2, 0, 3),
    "memorial day": (5, 0, -1),
    "labor day": (9, 0, 1),
    "columbus day": (10, 0, 2),
    "remembrance sunday": (11, 6, 2),
    "thanksgiving day": (11, 3, 4),
    "thanksgiving": (11, 3, 4),
}
"""Month, weekday (Monday 0), which one (-1: the last)."""
_FROM_EASTER = {
    "shrove tuesday": -47,
    "mardi gras": -47,
    "ash wednesday": -46,
    "palm sunday": -7,
    "maundy thursday": -3,
    "holy thursday": -3,
    "good friday": -2,
    "holy saturday": -1,
    "easter sunday": 0,
    "easter monday": 1,
    "easter": 0,
    "ascension day": 39,
    "pentecost": 49,
    "whit sunday": 49,
    "whit monday": 50,
    "corpus christi": 60,
}
_FROM_ORTHODOX_EASTER = {f"orthodox {name}": days for name, days in _FROM_EASTER.items()}
_FROM_THANKSGIVING = {"black friday": 1, "cyber monday": 4}

NAMES = tuple(
    sorted([*_FIXED, *_NTH_WEEKDAY, *_FROM_EASTER, *_FROM_ORTHODOX_EASTER, *_FROM_THANKSGIVING], key=len, reverse=True)
)
"""All names in lower case with straight apostrophes, longer ones first."""


def holiday(name: str, year: int) -> date:
    """The day of a holiday in a year.

    Raises:
        KeyError: the name is none of `NAMES`.
        OverflowError, ValueError: the year lies outside the calendar.
    """
    if name in _FIXED:
        return date(year, *_FIXED[name])
    if name in _NTH_WEEKDAY:
        return nth_weekday(year, *_NTH_WEEKDAY[name])
    if name in _FROM_EASTER:
        return _easter(year) + timedelta(days=_FROM_EASTER[name])
    if name in _FROM_ORTHODOX_EASTER:
        return _orthodox_easter(year) + timedelta(days=_FROM_ORTHODOX_EASTER[name])
    return holiday("thanksgiving", year) + timedelta(days=_FROM_THANKSGIVING[name])


def yearly(name: str) -> str:
    """The TIMEX3 value of a holiday in an unknown year."""
    return "XXXX-{:02}-{:02}".format(*_FIXED[name]) if name in _FIXED else "XXXX-XX-XX"


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth weekday (Monday 0) of a month; -1 is the last.

    Raises:
        ValueError: the month has no fifth one.
    """
    if nth < 0:
        after = date(year + month // 12, month % 12 + 1, 1)
        return after - timedelta(days=(after.weekday() - weekday - 1) % 7 + 1)
    first = date(year, month, 1)
    found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    if found.month != month:
        raise ValueError(f"{month}/{year} has no weekday {weekday} number {nth}")
    return found


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous computus)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _orthodox_easter(year: int) -> date:
    """Easter Sunday of the Julian calendar (Meeus), as a day of the Gregorian."""
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    return date(year, month, day + 1) + timedelta(days=year // 100 - year // 400 - 2)
