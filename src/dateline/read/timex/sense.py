"""What an expression of time means, what it leans on, and the rules that join words to meanings."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

from dateline.read.calendar import Period
from dateline.read.timex.words import FUZZY
from dateline.records import TimeType

Tense = Literal["done", "past", "present", "future"]
"""``done`` is a past that leaves no doubt: the simple past of a verb that the date hangs on."""


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
    the last stretch of the calendar that the text named, ``quarter`` the last quarter, ``lately`` the last
    day within a week of ``day``.
    """

    day: date | None
    limit: date | None
    find_tense: Callable[[], Tense | None]
    before: str
    after: str
    last: Period | None
    quarter: Period | None
    lately: Period | None

    @cached_property
    def tense(self) -> Tense | None:
        """The tense around the expression."""
        return self.find_tense()


Builder = Callable[[re.Match[str], Context], Sense | None]


@dataclass(frozen=True)
class Rule:
    """A pattern, what its matches mean, and what it cannot match without: of each set of ``needs`` one word (`dateline.read.timex.hints`)."""

    pattern: re.Pattern[str]
    build: Builder
    needs: tuple[frozenset[str], ...]

    def may_match(self, words: set[str]) -> bool:
        """Whether a text of these words can hold a match at all; cheaper by far than to look for one."""
        return not any(map(words.isdisjoint, self.needs))


def of_period(period: Period, words: str = "", relative: bool = True, bare: bool = False) -> Sense:
    """A DATE for a period; words such as "early" or "around" make its EDTF date approximate."""
    edtf = period.edtf
    if FUZZY.search(words) and "/" not in edtf and "X" not in edtf:
        edtf += "~"
    return Sense("DATE", period.timex, edtf, relative, period, bare)


def derived(sense: Sense) -> Sense:
    """The sense of what was stepped from another stretch, which is nothing to step from again."""
    return replace(sense, derived=True)


def unresolved(value: str, type: TimeType = "DATE") -> Sense:
    """An unresolved relative expression, or a reference to an unnamed time."""
    return Sense(type, value)
