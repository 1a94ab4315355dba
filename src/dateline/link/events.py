"""Events over all reports: which tellings tell the same event.

Careful rather than thorough: two tellings are joined where kind, date, place and actors agree and enough speaks for it. A planned and
a happened event stay two; the commitment connects them. Different tolls of one attack are one attack.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import combinations

from dateline.edtf import Bounds
from dateline.link import names
from dateline.link.cast import Cast
from dateline.link.lines import show
from dateline.link.ruled import pairs_ruled
from dateline.link.sentences import clip
from dateline.link.told import Happening, Told, tellings_of_events
from dateline.link.words import related
from dateline.read import names as people
from dateline.records import Basis, EntryPlace, EventRow, EventRuling, Place, Telling, content_id

_PRECISE = 3  # days that a date may cover and still tell one day's events from another's
_VAGUE = 100  # days beyond which a date tells little
_NEAR = 10  # days between reports of an undated event and of the same event dated
_LONG_PAST = 60  # days between an event and a report of it that make it background
_ENOUGH = 0.75  # evidence that joins
_LIKE = 0.3  # likeness from which two undated tellings of the same people are taken for one event's
_CROWD = 150  # tellings under one key that are compared each with each
_MUTUAL = frozenset({"meeting", "call", "clash", "war", "accord", "truce", "exchange", "visit"})
_BASES: dict[Basis | None, int] = {"person": 0, "stated": 1, "section": 2, "relative": 3, "publication": 4, None: 5}


def happenings(tellings: Sequence[Telling], cast: Cast, rulings: Sequence[EventRuling] = ()) -> list[Happening]:
    """All events of all Readings, joined, each with its row, in the order of their first telling."""
    told = tellings_of_events(tellings, cast)
    found = [Happening(sorted(members, key=lambda t: t.order)) for members in _clusters(told, rulings)]
    found.sort(key=lambda h: h.told[0].order)
    for happening in found:
        happening.row = _row(happening, cast)
    show(found)
    return found


# ── joining ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _clusters(told: Sequence[Told], rulings: Sequence[EventRuling] = ()) -> list[list[Told]]:
    """Tellings joined as persons ruled, then from the strongest pair down, as long as all that is joined can be one event."""
    weight = _Weights(told)
    together, apart = pairs_ruled([t.trigger for t in told], rulings)
    pairs = []
    for i, j in _candidates(told, weight):
        evidence = _evidence(told[i], told[j], weight)
        if evidence >= _ENOUGH:
            pairs.append((-evidence, i, j))
    home = list(range(len(told)))
    members = {i: [i] for i in home}
    for by_evidence, i, j in [*((False, i, j) for i, j in together), *((True, i, j) for _, i, j in sorted(pairs))]:
        a, b = home[i], home[j]
        if a == b or any((k, m) in apart for k in members[a] for m in members[b]):
            continue
        if by_evidence and not _one_event([told[k] for k in members[a] + members[b]]):
            continue
        a, b = min(a, b), max(a, b)
        for k in members[b]:
            home[k] = a
        members[a] += members.pop(b)
    return [[told[k] for k in sorted(group)] for group in members.values()]


class _Weights:
    """How much a stem tells: rare ones much, those of every other sentence nothing. Sums are exact, so that no order changes them."""

    def __init__(self, told: Sequence[Told]) -> None:
        sentences = {(t.telling.report, t.sentence.start): t.stems for t in told}
        counts = Counter(stem for stems in sentences.values() for stem in stems)
        self.of = {stem: math.log((len(sentences) + 1) / n) for stem, n in counts.items()}
        self._totals = {stems: self.sum(stems) for stems in set(sentences.values())}

    def sum(self, stems: Iterable[str]) -> float:
        """The weight of some stems together."""
        return math.fsum(self.of[stem] for stem in stems)

    def likeness(self, a: frozenset[str], b: frozenset[str]) -> float:
        """Which share of the smaller sentence's weight both have, less where they share but few words."""
        both = a & b
        low = min(self._totals[a], self._totals[b])
        return self.sum(both) / low * min(1.0, len(both) / 3) if both and low else 0.0


def _candidates(told: Sequence[Told], weight: _Weights) -> set[tuple[int, int]]:
    """Pairs worth comparing: one kind of happening, in one month by its date or by its reports."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, t in enumerate(told):
        kinds = t.families | ({f"type {t.event.type}"} if t.event.type else set())
        months = set(_months(t.covered)) if t.covered and t.covered.days <= _VAGUE else set()
        if t.day:
            months.add(f"told {t.day:%Y-%m}")
            if t.covered is None:
                months.add(f"told {t.day - timedelta(days=_NEAR):%Y-%m}")
        for kind in kinds:
            for month in months or {"undated"}:
                blocks[t.group, kind, month].append(i)
    pairs: set[tuple[int, int]] = set()
    for block in blocks.values():
        if len(block) <= _CROWD:
            pairs.update(combinations(block, 2))
            continue
        finer: dict[str, list[int]] = defaultdict(list)
        for i in block:
            t = told[i]
            rare = sorted(t.stems, key=lambda s: (-weight.of[s], s))[:6]
            for key in {*t.who, *rare, *([names.plain(t.place.name)] if t.place else [])}:
                finer[key].append(i)
        for smaller in finer.values():
            if len(smaller) <= _CROWD:
                pairs.update(combinations(smaller, 2))
    return pairs


def _months(covered: Bounds) -> Iterable[str]:
    first, last = (day.year * 12 + day.month - 1 for day in covered)
    return (f"{n // 12:04}-{n % 12 + 1:02}" for n in range(first, last + 1))


def _evidence(a: Told, b: Told, weight: _Weights) -> float:
    """How much speaks for two tellings telling one event; below 0 where they cannot."""
    one_report = a.telling.report == b.telling.report
    if one_report and a.sentence == b.sentence:
        return -1.0
    if a.covered and b.covered and not a.covered.meets(b.covered, _slack(a, b)):
        return -1.0
    if not (a.covered and b.covered) and not (a.day and b.day and abs((a.day - b.day).days) <= _NEAR):
        return -1.0
    if _apart(a.place, b.place):
        return -1.0
    alike = related(a.families, b.families)
    if not alike and (a.event.type is None or a.event.type != b.event.type):
        return -1.0
    shared = a.who & b.who
    if (
        not a.families & _MUTUAL
        and a.agents
        and b.agents
        and not a.agents & b.agents
        and (a.agents & b.recipients or b.agents & a.recipients)
    ):
        return -1.0
    score = 0.2 if alike else 0.0
    score += 0.05 if a.event.type and a.event.type == b.event.type else 0.0
    widest = max(a.covered.days, b.covered.days) if a.covered and b.covered else None
    if widest is None:
        score += 0.2 if one_report else 0.0
    else:
        score += 0.35 if widest <= _PRECISE else 0.15 if widest <= _VAGUE else 0.0
    here, there = a.place or a.near, b.place or b.near
    score += 0.25 if here and there and _same_place(here, there) else 0.0
    score += min(0.3, 0.2 * len(shared) + 0.15 * len((a.cast & b.cast) - shared)) - (
        0.2 if a.agents and b.agents and not shared else 0.0
    )
    likeness = weight.likeness(a.stems, b.stems)
    if widest is not None and widest <= _PRECISE:
        # The very day of something long past, told again in reports of another time, is hardly another thing's.
        score += 0.2 if _long_past(a) and _long_past(b) else 0.0
        return score + 0.8 * likeness
    if widest is None and not one_report:
        score += 0.1 if (shared or a.cast & b.cast) and likeness >= _LIKE else -0.25
    return score + 0.7 * likeness


def _long_past(told: Told) -> bool:
    return bool(told.day and told.covered and (told.day - told.covered.last).days > _LONG_PAST)


def _slack(a: Told, b: Told) -> int:
    """A day where a date is only inferred from when a report was published."""
    return int("publication" in (a.event.date_basis, b.event.date_basis))


def _same_place(a: Place, b: Place) -> bool:
    if a.geonameid is not None and b.geonameid is not None:
        return a.geonameid == b.geonameid
    return people.skeleton(a.name) == people.skeleton(b.name)


def _apart(a: Place | None, b: Place | None) -> bool:
    """Whether two places are two: both known to the town, and not one."""
    if a is None or b is None or _same_place(a, b):
        return False
    return {a.precision or "city", b.precision or "city"} <= {"point", "city"} or bool(
        a.country and b.country and a.country != b.country
    )


def _one_event(told: Sequence[Told]) -> bool:
    """Whether all tellings can be one event: their dates have a day in common, their towns are one, no sentence tells it twice."""
    covered = [t.covered for t in told if t.covered and t.event.date_basis != "publication"]
    if covered and max(c.first for c in covered) > min(c.last for c in covered):
        return False
    loose = [t.covered for t in told if t.covered]
    if loose and (max(c.first for c in loose) - min(c.last for c in loose)).days > 1:
        return False
    places = [t.place for t in told if t.place]
    if any(_apart(a, b) for a, b in combinations(places[:12], 2)):
        return False
    return len({(t.telling.report, t.sentence.start) for t in told}) == len(told)


# ── rows ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _row(happening: Happening, cast: Cast) -> EventRow:
    told = happening.told
    first = told[0]
    dated = min(
        (t for t in told if t.covered),
        key=lambda t: (
            t.event.date_basis != "person",
            t.event.date_basis == "publication",
            t.covered.days if t.covered else 0,
            _BASES[t.event.date_basis],
            t.order,
        ),
        default=None,
    )
    agents = _ordered((t.telling.report, a) for t in told for a in t.event.actors)
    recipients = _ordered((t.telling.report, a) for t in told for a in t.event.recipients)
    statuses = Counter(t.event.status for t in told)
    types = Counter(t.event.type for t in told if t.event.type)
    modes = Counter(t.event.mode for t in told if t.event.mode)
    return EventRow(
        id=content_id(
            "ev",
            first.telling.report,
            first.telling.version,
            first.event.trigger.start,
            first.event.trigger.end,
            first.index,
        ),
        text=clip(first.sentence.text),
        type=max(types, key=lambda type_: (types[type_], type_)) if types else None,
        status=max(statuses, key=lambda status: (statuses[status], status)),
        background=all(t.event.background for t in told),
        actors=list(dict.fromkeys(name for r, a in agents if (name := cast.name_of(r, a)) and not names.nobody(name))),
        actor_ids=list(dict.fromkeys(id_ for r, a in agents if (id_ := cast.id_of(r, a)))),
        recipients=list(
            dict.fromkeys(name for r, a in recipients if (name := cast.name_of(r, a)) and not names.nobody(name))
        ),
        date=dated.event.date if dated else None,
        date_basis=dated.event.date_basis if dated else None,
        place=_place(told),
        reports=list(dict.fromkeys(t.telling.report for t in told)),
        pins=[t.pin for t in told],
        mode=max(modes, key=lambda mode: (modes[mode], mode)) if modes else None,
        context=sorted({context for t in told for context in t.event.context}),
    )


def _ordered(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return list(dict.fromkeys(pairs))


def _place(told: Sequence[Told]) -> EntryPlace | None:
    """The most precise place told, the most frequent of equals; where no event has one, the only one that a sentence names."""
    rank = {"point": 0, "city": 0, "province": 1, "region": 2, "country": 3, None: 1}
    places = [t.place for t in told if t.place] or [t.near for t in told if t.near]
    counts = Counter(names.plain(place.name) for place in places)
    best = min(
        places, key=lambda p: (rank[p.precision], -counts[names.plain(p.name)], p.lat is None, p.name), default=None
    )
    if best is None:
        return None
    return EntryPlace(
        name=best.name,
        lat=best.lat,
        lon=best.lon,
        precision=best.precision,
        country=best.country,
        geonameid=best.geonameid,
    )
