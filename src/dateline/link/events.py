"""Events over all reports: which tellings tell the same event.

Careful rather than thorough: two tellings are joined where kind, date, place and actors agree and enough speaks for it. A planned and
a happened event stay two; the commitment connects them. Different tolls of one attack are one attack.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import combinations

from dateline.edtf import Bounds
from dateline.link import names
from dateline.link.cast import Cast
from dateline.link.evidence import ENOUGH, NEAR, VAGUE, evidence
from dateline.link.lines import show
from dateline.link.rarity import tells
from dateline.link.ruled import pairs_ruled
from dateline.link.sentences import clip
from dateline.link.told import Happening, Told, tellings_of_events
from dateline.records import Basis, EntryPlace, EventRow, EventRuling, Telling, content_id

_CROWD = 150  # tellings under one key that are compared each with each
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
    together, apart = pairs_ruled([t.trigger for t in told], rulings)
    pairs = []
    for i, j in _candidates(told):
        if told[i].telling.report == told[j].telling.report and told[i].sentence == told[j].sentence:
            continue
        speaks = evidence(told[i].compared, told[j].compared)
        if speaks >= ENOUGH:
            pairs.append((-speaks, i, j))
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


def _candidates(told: Sequence[Told]) -> set[tuple[int, int]]:
    """Pairs worth comparing: one kind of happening, in one month by its date or by its reports."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, t in enumerate(told):
        kinds = t.families | ({f"type {t.event.type}"} if t.event.type else set())
        months = set(_months(t.covered)) if t.covered and t.covered.days <= VAGUE else set()
        if t.day:
            months.add(f"told {t.day:%Y-%m}")
            if t.covered is None:
                months.add(f"told {t.day - timedelta(days=NEAR):%Y-%m}")
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
            rare = sorted(t.stems, key=lambda s: (-tells(s), s))[:6]
            for key in {*t.who, *rare, *([names.plain(t.place.name)] if t.place else [])}:
                finer[key].append(i)
        for smaller in finer.values():
            if len(smaller) <= _CROWD:
                pairs.update(combinations(smaller, 2))
    return pairs


def _months(covered: Bounds) -> Iterable[str]:
    first, last = (day.year * 12 + day.month - 1 for day in covered)
    return (f"{n // 12:04}-{n % 12 + 1:02}" for n in range(first, last + 1))


def _one_event(told: Sequence[Told]) -> bool:
    """Whether all tellings can be one event: their dates have a day in common, their towns are one, no sentence tells it twice."""
    covered = [t.covered for t in told if t.covered and t.event.date_basis != "publication"]
    if covered and max(c.first for c in covered) > min(c.last for c in covered):
        return False
    loose = [t.covered for t in told if t.covered]
    if loose and (max(c.first for c in loose) - min(c.last for c in loose)).days > 1:
        return False
    places = [t.compared.place for t in told if t.compared.place]
    if any(a.apart(b) for a, b in combinations(places[:12], 2)):
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
