"""Times of day: "10 p.m. on Wednesday", "noon"."""

from __future__ import annotations

import re

from dateline.read.calendar import Period
from dateline.read.numbers import number
from dateline.read.timex.named import as_month_day
from dateline.read.timex.relative import as_named_day, on_weekday
from dateline.read.timex.sense import Context, Sense, unresolved


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
    if "clock" in words and not words.strip()[0].isdigit():
        return f"{number(words.split()[0]):02}:00"
    found = re.match(r"\s*(\d{1,2})(?:[:.](\d\d))?", words)
    if not found:
        raise ValueError(f"no time of day in {text!r}")
    hour, minute = int(found[1]), int(found[2] or 0)
    if re.search(r"p\.?m", words) and hour < 12:
        hour += 12
    elif re.search(r"a\.?m", words) and hour == 12:
        hour = 0
    return f"{hour:02}:{minute:02}"


def as_clock(m: re.Match[str], c: Context) -> Sense | None:
    """ "10 p.m. Wednesday", "noon": a time of day, on the day named beside it, the day named last, or the anchor."""
    groups = m.groupdict()
    hour = clock(m["clock"])
    period: Period | None
    if groups.get("month"):
        sense = as_month_day(m, c)
        period = sense.period if sense else None
    elif groups.get("weekday"):
        period = on_weekday(groups["weekday"], groups.get("which") or "", c)
    elif groups.get("name"):
        sense = as_named_day(m, c)
        period = sense.period if sense else None
    elif c.lately is not None and c.tense != "present":
        period = c.lately
    else:
        period = Period("day", c.day) if c.day else None
    if period is None:
        return unresolved(f"XXXX-XX-XXT{hour}", "TIME")
    return Sense("TIME", f"{period.timex}T{hour}", period.edtf, not groups.get("year"), period)
