"""The fields of each kind of reading that a person sees, decides on and can correct; and a reading made from them.

Fields are plain JSON values: a span is ``{"start", "end", "text"}``, an actor and a place stand by name. So they can be kept,
compared with what a later reader finds, and put into a Reading whose ids and indexes are others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import msgspec

from dateline.read.gazetteer import candidates
from dateline.records import (
    ActorKind,
    Figure,
    Place,
    ReadActor,
    ReadEvent,
    Reading,
    ReviewKind,
    Span,
    Statement,
    Time,
)

Item = Statement | Figure | ReadEvent | Time | Place
Fields = dict[str, Any]

TYPES: dict[str, type[Item]] = {
    "time": Time,
    "place": Place,
    "statement": Statement,
    "figure": Figure,
    "event": ReadEvent,
}
"""The kinds that a Reading holds, in the order in which they refer to each other."""

LISTS: dict[str, str] = {kind: f"{kind}s" for kind in TYPES}
"""The list of a Reading that holds the items of a kind."""

SPAN: dict[str, str] = {
    "time": "span",
    "place": "span",
    "statement": "content",
    "figure": "span",
    "event": "trigger",
}
"""The field that says where a reading stands."""

FIELDS: dict[str, tuple[str, ...]] = {
    "time": ("span", "edtf", "type", "value"),
    "place": ("span", "name", "use", "country", "precision", "lat", "lon", "geonameid"),
    "statement": ("content", "speaker", "addressee", "date", "mode", "denial", "question", "refusal"),
    "figure": ("span", "value", "bound", "unit", "of", "claimant", "as_of", "trend"),
    "event": ("trigger", "date", "status", "type", "place", "actors", "recipients", "background", "kind"),
    "actor": ("name", "kind"),
    "commitment": ("kind", "due", "condition", "outcome"),
    "dispute": ("about",),
}
"""What a person sees and can correct of each kind."""

NAMES = frozenset({"speaker", "addressee", "claimant"})
"""Fields that name an actor."""

NAME_LISTS = frozenset({"actors", "recipients"})
"""Fields that name several."""


_LOOSE: dict[str, dict[str, Any]] = {
    "statement": {"speaker": None, "addressee": None, "parent": None},
    "figure": {"claimant": None},
    "event": {"actors": [], "recipients": [], "place": None, "statement": None},
}
"""What of a kept reading refers to others by id or index, which a later Reading gives anew."""


class Cast:
    """The actors and places of one Reading while decisions are put into it: found by name, made where a person names a new one.

    ``kinds`` tells what an actor is that only other reports know. A new actor is pinned to its name where the text has it.
    """

    def __init__(self, text: str, reading: Reading, kinds: Callable[[str], ActorKind | None]) -> None:
        self._text = text
        self._kinds = kinds
        self.actors = list(reading.actors)
        self.places: list[Place | None] = list(reading.places)
        self._no_places: set[str] = set()

    def name(self, id: str | None) -> str | None:
        """The name of a Reading's actor."""
        return next((actor.name for actor in self.actors if actor.id == id), None)

    def actor(self, name: str | None) -> str | None:
        """The id of the actor of a name."""
        if name is None:
            return None
        known = [actor for actor in self.actors if folded(actor.name) == folded(name)]
        known = known or [a for a in self.actors if any(folded(m.text) == folded(name) for m in a.mentions)]
        if known:
            return known[0].id
        taken = {actor.id for actor in self.actors}
        id = next(f"r{n}" for n in range(1, len(taken) + 2) if f"r{n}" not in taken)
        mentions = [
            Span(start=match.start(), end=match.end(), text=match[0])
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", self._text)
        ]
        kind: ActorKind = self._kinds(name) or "person"
        self.actors.append(ReadActor(id=id, name=name, kind=kind, mentions=mentions))
        return id

    def put_place(self, index: int, place: Place | None) -> None:
        """Put what a person says of a place in its stead."""
        old = self.places[index]
        self.places[index] = place
        if old is not None and old.use == "literal" and (place is None or place.use != "literal"):
            self._no_places.add(folded(old.name))

    def is_place(self, index: int | None) -> bool:
        """Whether something can have happened at a place: it still stands, and is literally one."""
        return index is not None and (place := self.places[index]) is not None and place.use == "literal"

    def place(self, name: str | None, near: Span) -> int | None:
        """The index of the literal place of a name; a new one is pinned to its name where the text has it, else to ``near``.

        None where persons say that the name is no such place in this report.
        """
        if name is None:
            return None
        known = [i for i, p in enumerate(self.places) if p and p.use == "literal" and folded(p.name) == folded(name)]
        if known:
            return min(known, key=lambda i: abs(cast(Place, self.places[i]).start - near.start))
        if folded(name) in self._no_places:
            return None
        site = next(iter(candidates(name)), None)
        span = nearest(self._text, name, near.start) or near
        self.places.append(
            Place(
                start=span.start,
                end=span.end,
                text=span.text,
                name=site.name if site and folded(site.name) == folded(name) else name,
                geonameid=site.geonameid if site else None,
                lat=site.lat if site else None,
                lon=site.lon if site else None,
                country=site.country if site else None,
                precision=site.precision if site else None,
                use="literal",
            )
        )
        return len(self.places) - 1


def fields(kind: str, item: Item, cast_: Cast) -> Fields:
    """The fields of a reading."""
    found: Fields = {}
    for name in FIELDS[kind]:
        if name == "span":
            value: Any = Span(start=item.start, end=item.end, text=item.text)  # type: ignore[union-attr]
        else:
            value = getattr(item, name)
        if name in NAMES:
            value = cast_.name(value)
        elif name in NAME_LISTS:
            value = [named for id in value if (named := cast_.name(id))]
        elif name == "place" and value is not None:
            place = cast_.places[value]
            value = place.name if place else None
        found[name] = list(value) if isinstance(value, tuple) else msgspec.to_builtins(value)
    return found


def row_fields(kind: str, row: object) -> Fields:
    """The fields of a row that the link step made: a commitment, a dispute, an actor."""
    return {name: msgspec.to_builtins(getattr(row, name)) for name in FIELDS[kind]}


def made(kind: ReviewKind | str, item: Item, wanted: Fields, cast_: Cast) -> Item:
    """A reading with the fields that a person wants; what they do not touch stays as it is."""
    change: dict[str, Any] = {}
    have = fields(kind, item, cast_)
    for name, value in wanted.items():
        if name not in FIELDS[kind] or have[name] == value:
            continue
        if name == "span":
            change |= value
        elif name == "content":
            change[name] = [msgspec.convert(span, Span) for span in value]
        elif name in ("trigger", "of"):
            change[name] = None if value is None else msgspec.convert(value, Span)
        elif name in NAMES:
            change[name] = cast_.actor(value)
        elif name in NAME_LISTS:
            change[name] = [cast_.actor(one) for one in value]
        elif name == "place":
            change[name] = cast_.place(value, cast(ReadEvent, item).trigger)
        elif name == "value" and isinstance(value, list):
            change[name] = tuple(value)
        else:
            change[name] = value
    if kind == "event" and "date" in change:
        change["date_basis"] = "person" if change["date"] else None
    if kind == "time" and "edtf" in change:
        change["basis"] = "person"
    return msgspec.structs.replace(item, **change)


def rebuilt(kind: str, kept: Mapping[str, Any], wanted: Fields, cast_: Cast) -> Item:
    """A reading put back whole, from what was kept of it when it was decided on.

    Actors and places are found by name; what refers to other readings by number is left out.
    """
    loose = _LOOSE.get(kind, {})
    return made(kind, msgspec.convert({**kept, **loose}, TYPES[kind]), wanted, cast_)


def spans(kind: str, found: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Where fields say that a reading stands."""
    value = found[SPAN[kind]]
    return [(span["start"], span["end"]) for span in (value if isinstance(value, list) else [value])]


def where(kind: str, item: Mapping[str, Any] | None) -> Fields | None:
    """Where a reading stood that was kept whole, in the manner of fields."""
    if item is None:
        return None
    key = SPAN[kind]
    return {key: {name: item[name] for name in ("start", "end", "text")} if key == "span" else item[key]}


def agree(kind: str, one: Fields | None, other: Fields | None) -> bool:
    """Whether two say the same: all fields that both have."""
    if one is None or other is None:
        return one is other
    return all(same(name, one[name], other[name]) for name in FIELDS[kind] if name in one and name in other)


def same(name: str, one: Any, other: Any) -> bool:
    """Whether two values of a field are one: names in any case, a family name being part of the full one."""
    if name in NAMES | {"place"} and isinstance(one, str) and isinstance(other, str):
        return _one_name(one, other)
    if name in NAME_LISTS and len(one) == len(other):
        return all(any(_one_name(a, b) for b in other) for a in one)
    return bool(one == other)


def differing(kind: str, one: Fields | None, other: Fields | None) -> list[str]:
    """The fields in which two differ, in the order in which they are shown; all of them where one is missing."""
    if one is None or other is None:
        return list(one or other or ())
    return [name for name in FIELDS[kind] if name in one and name in other and not same(name, one[name], other[name])]


def nearest(text: str, words: str, near: int) -> Span | None:
    """The place of exact words that is nearest to an offset, as words of their own where they are; None where they do not stand."""
    found = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    found = found or [match.start() for match in re.finditer(re.escape(words), text)]
    if not words or not found:
        return None
    start = min(found, key=lambda at: (abs(at - near), at))
    return Span(start=start, end=start + len(words), text=words)


def folded(name: str) -> str:
    """A name for comparing: no case, no article, single spaces."""
    return re.sub(r"^the ", "", " ".join(name.casefold().split()))


def _one_name(one: str, other: str) -> bool:
    a, b = folded(one).split(), folded(other).split()
    return bool(a and b) and a[-1] == b[-1] and (set(a) <= set(b) or set(b) <= set(a))


def kinds_of(readings: Sequence[Reading]) -> Callable[[str], ActorKind | None]:
    """What the actors of some Readings are, by name."""
    known: dict[str, ActorKind] = {}
    for reading in readings:
        for actor in reading.actors:
            known.setdefault(folded(actor.name), actor.kind)
    return lambda name: known.get(folded(name))
