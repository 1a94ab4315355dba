"""Days that a sentence sets for something: to which it is put off, until which somebody has time."""

from __future__ import annotations

import re

from dateline.link.told import Told
from dateline.records import Time

# "adjourned the hearing until", "put back to", "granted an extension till"
_MOVED = re.compile(
    r"\b(?:adjourn\w*|postpon\w+|put (?:off|back)|deferr\w+|reschedul\w+|push(?:ed)? back|delayed|extension)\b"
    r"[^.;:]{0,80}?\b(?:until|till|to|for)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# "has until", "were given until": before a day the stretch in which something must be done ends with it.
_LEFT = re.compile(r"\b(?:has|have|had|given|gave \w+)\s+(?:until|till)\s+(?:the\s+)?$", re.IGNORECASE)
_BESIDE = 25  # characters between a trigger and the words that move what it tells


def set_day(told: Told) -> Time | None:
    """The day to which what a telling tells is put off or until which its sentence leaves time, None where there is none."""
    text, sentence, trigger = told.telling.text, told.sentence, told.event.trigger
    for time in told.telling.reading.times:
        if time.edtf is None or time.type not in ("DATE", "TIME") or not sentence.start <= time.start < sentence.end:
            continue
        if _LEFT.search(text, sentence.start, time.start):
            return time
        moved = _MOVED.search(text, sentence.start, time.start)
        if moved and trigger.start - _BESIDE <= moved.start() <= trigger.end + _BESIDE:
            return time
    return None
