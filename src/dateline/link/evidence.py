"""How much speaks for two reports telling one event, by what is kept of each telling: it hangs on the two tellings alone."""

from __future__ import annotations

from dateline.link.rarity import likeness
from dateline.link.words import related
from dateline.read import names as people
from dateline.records import Place, Record

ENOUGH = 0.75
"""Evidence that joins two tellings."""

PRECISE = 3
"""Days that a date may cover and still tell one day's events from another's."""

VAGUE = 100
"""Days beyond which a date tells little."""

NEAR = 10
"""Days between reports of an undated event and of the same event dated."""

_LONG_PAST = 60  # days between an event and a report of it that make it background
_LIKE = 0.3  # likeness from which two undated tellings of the same people are taken for one event's
_MUTUAL = frozenset({"meeting", "call", "clash", "war", "accord", "truce", "exchange", "visit"})


class Spot(Record, frozen=True, array_like=True):
    """A place as it is compared: its name's consonants stand for its spelling."""

    bones: str
    geonameid: int | None
    country: str | None
    small: bool

    @classmethod
    def of(cls, place: Place) -> Spot:
        """A place of a Reading; ``small``: it is a town or less, as far as is known."""
        small = (place.precision or "city") in ("point", "city")
        return cls(bones=people.skeleton(place.name), geonameid=place.geonameid, country=place.country, small=small)

    def same(self, other: Spot) -> bool:
        """Whether two places are one."""
        if self.geonameid is not None and other.geonameid is not None:
            return self.geonameid == other.geonameid
        return self.bones == other.bones

    def apart(self, other: Spot) -> bool:
        """Whether two places are two: both known to the town, and not one."""
        if self.same(other):
            return False
        return (self.small and other.small) or bool(self.country and other.country and self.country != other.country)


class Compared(Record, frozen=True, array_like=True):
    """One telling of an event, by what is compared.

    ``first``, ``last`` and ``day`` are the ordinals of the days that its date covers and of its report's; ``inferred``: the date is
    only the report's; ``agents`` and ``recipients`` take part, by archive-wide id, or by words where they are only described;
    ``near`` is the one place that its sentence names, ``cast`` are the persons and bodies that it names, ``stems`` its words.
    """

    report: str
    group: str
    type: str | None
    families: frozenset[str]
    first: int | None
    last: int | None
    day: int | None
    inferred: bool
    place: Spot | None
    near: Spot | None
    agents: frozenset[str]
    recipients: frozenset[str]
    cast: frozenset[str]
    stems: frozenset[str]

    @property
    def days(self) -> int | None:
        """How many days the date covers, None where there is no date."""
        return None if self.first is None or self.last is None else self.last - self.first + 1

    @property
    def who(self) -> frozenset[str]:
        """All who take part."""
        return self.agents | self.recipients

    def gap(self, other: Compared) -> int | None:
        """How many days lie between the dates of two tellings, none or fewer where they meet; None where one has no date."""
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return None
        return max(other.first - self.last, self.first - other.last)


def evidence(a: Compared, b: Compared) -> float:
    """How much speaks for two tellings of one kind of status telling one event; below 0 where they cannot."""
    gap = a.gap(b)
    if gap is not None:
        if gap > int(a.inferred or b.inferred):  # a day is left where a date is only inferred
            return -1.0
    elif a.day is None or b.day is None or abs(a.day - b.day) > NEAR:
        return -1.0
    if a.place and b.place and a.place.apart(b.place):
        return -1.0
    alike = related(a.families, b.families)
    if not alike and (a.type is None or a.type != b.type):
        return -1.0
    if (
        not a.families & _MUTUAL
        and a.agents
        and b.agents
        and not a.agents & b.agents
        and (a.agents & b.recipients or b.agents & a.recipients)
    ):
        return -1.0
    shared = a.who & b.who
    both = (a.cast & b.cast) - shared
    score = 0.2 if alike else 0.0
    score += 0.05 if a.type and a.type == b.type else 0.0
    widest = None if gap is None else max(a.days or 0, b.days or 0)
    if widest is None:
        score += 0.2 if a.report == b.report else 0.0
    else:
        score += 0.35 if widest <= PRECISE else 0.15 if widest <= VAGUE else 0.0
    here, there = a.place or a.near, b.place or b.near
    score += 0.25 if here and there and here.same(there) else 0.0
    score += min(0.3, 0.2 * len(shared) + 0.15 * len(both)) - (0.2 if a.agents and b.agents and not shared else 0.0)
    alike_words = likeness(a.stems, b.stems)
    if widest is not None and widest <= PRECISE:
        # The very day of something long past, told again in reports of another time, is hardly another thing's.
        score += 0.2 if _long_past(a) and _long_past(b) else 0.0
        return score + 0.8 * alike_words
    if widest is None and a.report != b.report:
        score += 0.1 if (shared or a.cast & b.cast) and alike_words >= _LIKE else -0.25
    return score + 0.7 * alike_words


def _long_past(told: Compared) -> bool:
    return told.day is not None and told.last is not None and told.day - told.last > _LONG_PAST
