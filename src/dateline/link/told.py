"""Events as single reports tell them, with what is compared over reports."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import msgspec

from dateline.edtf import Bounds, bounds
from dateline.link import names
from dateline.link.cast import Cast
from dateline.link.evidence import Compared, Spot
from dateline.link.sentences import sentence_around
from dateline.link.words import content, families
from dateline.records import EventRow, Pin, Place, ReadEvent, Span, Status, Telling, Time

# Statuses that may tell one event; the groups never mix.
GROUPS: dict[Status, str] = {
    "happened": "fact", "ongoing": "fact", "planned": "plan", "conditional": "maybe", "possible": "maybe", "cancelled": "cancelled",
    "denied": "denied",
}  # fmt: skip
_SPEAKS_THERE = re.compile(
    r"\b(?:said|says|told|announced|reported|spoke|speaking|ministry|government|parliament|office|court|authority)(?: \w+){0,2} in(?: the)? $",
    re.IGNORECASE,
)
_PLANNED_FOR = re.compile(
    r"\b(?:planned|scheduled|due|set|billed|expected|promised|(?:had|have) been)\b[^,;]{0,40}?(?:for|on|to start|to be held)?\s*$",
    re.IGNORECASE,
)
_HAD_BEEN = re.compile(r"\b(?:had been|was to|were to|should have)\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", re.IGNORECASE)
_IF_BY = re.compile(r"[“\"]?(?:If|Unless)\b[^,]*\b(?:by|before|until|on)\s+$")
_AT_NAME = re.compile(r"\b(?:in|at|near|outside)\s+((?:[A-ZÀ-Þ][a-zß-ÿ]+)(?:\s[A-ZÀ-Þ][a-zß-ÿ]+)?)\b(?!['’]s)")
_OFTEN = 3  # times that a name must stand so
_SOMEWHERE = re.compile(
    r"\b(in|at|near|off|outside|around|of|on)\s+(?:the\s+)?((?:[A-ZÀ-Þ][\w'’-]+)(?:\s[A-ZÀ-Þ][\w'’-]+){0,2})"
)


@dataclass(frozen=True, eq=False)
class Told:
    """One event as one report tells it, with what is compared.

    ``near`` is the one place that its sentence names, if there is one; ``cast`` are the persons and bodies that it names.
    """

    telling: Telling
    event: ReadEvent
    index: int
    sentence: Span
    covered: Bounds | None
    day: date | None
    group: str
    families: frozenset[str]
    stems: frozenset[str]
    agents: frozenset[str]
    recipients: frozenset[str]
    place: Place | None
    near: Place | None
    cast: frozenset[str]

    @property
    def pin(self) -> Pin:
        """The trigger in its report's version."""
        span = self.event.trigger
        return Pin(
            report=self.telling.report, version=self.telling.version, start=span.start, end=span.end, text=span.text
        )

    @cached_property
    def compared(self) -> Compared:
        """What of it is compared with other tellings."""
        return Compared(
            report=self.telling.report,
            group=self.group,
            type=self.event.type,
            families=self.families,
            first=self.covered.first.toordinal() if self.covered else None,
            last=self.covered.last.toordinal() if self.covered else None,
            day=self.day.toordinal() if self.day else None,
            inferred=self.event.date_basis == "publication",
            place=Spot.of(self.place) if self.place else None,
            near=Spot.of(self.near) if self.near else None,
            agents=self.agents,
            recipients=self.recipients,
            cast=self.cast,
            stems=self.stems,
        )

    @property
    def trigger(self) -> tuple[str, int, int]:
        """What a telling is known by over readings: report, start and end of its trigger."""
        return (self.telling.report, self.event.trigger.start, self.event.trigger.end)

    @property
    def who(self) -> frozenset[str]:
        """All who take part, by archive-wide id, or by words where they are only described."""
        return self.agents | self.recipients

    @property
    def order(self) -> tuple[str, str, int, int]:
        """Earliest report first, then by place in the text."""
        return (self.day.isoformat() if self.day else "9999", self.telling.report, self.event.trigger.start, self.index)


@dataclass(eq=False)
class Happening:
    """One event with everything told of it. ``line`` is the telling whose sentence shows it; ``entry`` the chronicle line's id."""

    told: list[Told]
    row: EventRow = field(init=False)
    line: Told = field(init=False)

    @property
    def who(self) -> frozenset[str]:
        """All who take part by any telling."""
        return frozenset().union(*(t.who for t in self.told))

    @property
    def families(self) -> frozenset[str]:
        """The kinds of happening that any telling names."""
        return frozenset().union(*(t.families for t in self.told))

    @property
    def stems(self) -> frozenset[str]:
        """What the sentences are about."""
        return frozenset().union(*(t.stems for t in self.told))

    @property
    def group(self) -> str:
        """The group of statuses."""
        return self.told[0].group

    @property
    def first_day(self) -> date | None:
        """The day of the first report that tells it."""
        return min((t.day for t in self.told if t.day), default=None)

    @property
    def last_day(self) -> date | None:
        """The day of the last report that tells it."""
        return max((t.day for t in self.told if t.day), default=None)


def tellings_of_events(tellings: Sequence[Telling], cast: Cast) -> list[Told]:
    """All events of all Readings, the earliest report first."""
    known = _known_places(tellings, cast)
    return sorted((told for telling in tellings for told in _told(telling, cast, known)), key=lambda told: told.order)


def _known_places(tellings: Sequence[Telling], cast: Cast) -> dict[str, Place]:
    """The places that any Reading knows, states apart, by plain name: one that knows where it is before one that does not."""
    found: dict[str, Place] = {}
    for telling in tellings:
        for place in telling.reading.places:
            plain = names.plain(place.name)
            if place.use == "literal" and place.precision != "country" and plain not in cast.states:
                held = found.get(plain)
                if held is None or (held.lat is None and place.lat is not None):
                    found[plain] = place
    return {**_called_places(tellings, cast), **found}


def _called_places(tellings: Sequence[Telling], cast: Cast) -> dict[str, Place]:
    """Names that no Reading knows as a place but that stand after "in", "at" or "near" again and again: no date's, no state's, and
    nobody's who says or does anything.
    """
    active = {
        cast.id_of(telling.report, actor)
        for telling in tellings
        for actor in (
            *(statement.speaker for statement in telling.reading.statements),
            *(agent for event in telling.reading.events for agent in event.actors),
        )
    }
    seen: dict[str, list[Place]] = defaultdict(list)
    for telling in tellings:
        dated = {offset for time in telling.reading.times for offset in range(time.start, time.end)}
        for match in _AT_NAME.finditer(telling.text):
            plain = names.plain(match[1])
            actor = cast.called(plain)
            if match.start(1) not in dated and (actor is None or actor not in active) and plain not in cast.states:
                seen[plain].append(
                    Place(
                        start=match.start(1), end=match.end(1), text=match[1], name=match[1], geonameid=None, lat=None, lon=None,
                        country=None, precision=None, use="literal",
                    )
                )  # fmt: skip
    return {plain: places[0] for plain, places in seen.items() if len(places) >= _OFTEN}


def _told(telling: Telling, cast: Cast, known: Mapping[str, Place]) -> Iterable[Told]:
    reading = telling.reading
    day = _day(telling.published)
    around = [
        (span.start, id_)
        for actor in reading.actors
        if actor.kind != "state" and (id_ := cast.id_of(telling.report, actor.id))
        for span in actor.mentions
    ]
    for index, event in enumerate(reading.events):
        sentence = sentence_around(telling.text, telling.parts, event.trigger.start, event.trigger.end)
        event = _due(telling, event, sentence)

        def keys(local: list[str]) -> frozenset[str]:
            found = (cast.id_of(telling.report, a) or names.plain(cast.name_of(telling.report, a) or "") for a in local)
            return frozenset(key for key in found if key)

        yield Told(
            telling=telling,
            event=event,
            index=index,
            sentence=sentence,
            covered=bounds(event.date),
            day=day,
            group=GROUPS[event.status],
            families=families(event.trigger.text),
            stems=content(sentence.text),
            agents=keys(event.actors),
            recipients=keys(event.recipients),
            place=reading.places[event.place] if event.place is not None else None,
            near=_near(telling, sentence, known),
            cast=frozenset(id_ for start, id_ in around if sentence.start <= start < sentence.end),
        )


def _due(telling: Telling, event: ReadEvent, sentence: Span) -> ReadEvent:
    """An undated event with the day that its sentence gives it as due: what is called off was "planned for Thursday", what is
    threatened follows "if no ship has sailed by Friday".
    """
    if event.date is not None or GROUPS[event.status] not in ("cancelled", "plan", "maybe"):
        return event
    for time in telling.reading.times:
        if time.edtf and sentence.start <= time.start < sentence.end:
            before = telling.text[sentence.start : time.start]
            planned = event.status == "cancelled" and _PLANNED_FOR.search(before)
            if planned or (event.status != "cancelled" and _IF_BY.match(before)):
                due = _ahead(telling, time) if planned and not _HAD_BEEN.search(before) else time.edtf
                return msgspec.structs.replace(event, date=due, date_basis=time.basis)
    return event


def _ahead(telling: Telling, time: Time) -> str:
    """The day of a bare weekday for which something is due: the next one after the report, not the last."""
    covered, day = bounds(time.edtf), _day(telling.published)
    late = covered and day and covered.days == 1 and 0 < (day - covered.first).days < 7
    if covered and late and _WEEKDAY.fullmatch(time.text):
        return (covered.first + timedelta(days=7)).isoformat()
    return time.edtf or ""


def _near(telling: Telling, sentence: Span, known: Mapping[str, Place]) -> Place | None:
    """The only place that a sentence names as one, by its own Reading or as another knows it; not where somebody speaks."""
    found: dict[str, Place] = {}
    for place in telling.reading.places:
        if place.use == "literal" and sentence.start <= place.start < sentence.end and names.plain(place.name) in known:
            before = telling.text[max(sentence.start, place.start - 40) : place.start]
            if not _SPEAKS_THERE.search(before):
                found[names.plain(place.name)] = place
    for match in _SOMEWHERE.finditer(sentence.text) if not found else ():
        words = match[2].split()
        plain = next(
            (plain for n in range(len(words), 0, -1) if (plain := names.plain(" ".join(words[:n]))) in known), None
        )
        if plain and not _SPEAKS_THERE.search(sentence.text[: match.start(2)]):
            found[plain] = known[plain]
    return next(iter(found.values())) if len(found) == 1 else None


def _day(published: str | None) -> date | None:
    covered = bounds(published)
    return covered.first if covered else None
