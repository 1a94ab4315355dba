"""Decisions put into a Reading, and what became of each: every one is applied, or queued for the person, or both; none is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

import msgspec

from dateline.records import ActorKind, Place, ReadEvent, Reading, Record, ReviewKind, Statement
from dateline.review import fields as f
from dateline.review.anchors import shifted
from dateline.review.standing import Standing

State = Literal["applied", "changed", "orphaned", "disagreed"]

_ALIKE = 0.5  # share of characters in common from which two readings are of the same words in other bounds


class Outcome(Record, frozen=True, kw_only=True):
    """What became of one part of a decision.

    ``applied``: it is in force, and what the reader finds is what it found then. ``changed``: it is in force, but the reader now
    says something else (``reader``, None where it finds nothing any more). ``orphaned``: its words are not in the report any more,
    or whom it names is not, so it cannot be applied. ``disagreed``: other persons decided otherwise (``rivals``), the first is in
    force. All but ``applied`` are queued for the person. ``start`` and ``end`` are where its words stand now.
    """

    decision: str
    part: int
    state: State
    kind: ReviewKind | None
    why: str = ""
    report: str | None = None
    version: str | None = None
    start: int | None = None
    end: int | None = None
    reader: dict[str, Any] | None = None
    rivals: list[str] = msgspec.field(default_factory=list)


@dataclass
class _Slot:
    """One place in a Reading's list while decisions are put in: what the reader found, what stands now, whether it is spoken for."""

    read: f.Item | None
    now: f.Item | None
    claimed: bool = False
    read_fields: f.Fields = field(default_factory=dict)


def apply(
    text: str, reading: Reading, standing: Sequence[Standing], kinds: Callable[[str], ActorKind | None]
) -> tuple[Reading, list[Outcome]]:
    """A Reading with decisions in force, and what became of each.

    Args:
        text: the text that was read.
        reading: what the reader found in it.
        standing: decisions on readings of this text, their words found in it.
        kinds: what an actor of a name is, as far as other Readings know.
    """
    bench = _Bench(text, reading, kinds)
    outcomes: dict[tuple[str, int], Outcome] = {}
    # Exact ones first, so that no reading is taken for a changed one that another decision is on.
    todo = [(one, bench.exact(one)) for one in standing]
    order = {kind: n for n, kind in enumerate(f.TYPES)}
    for one, slot in sorted(todo, key=lambda pair: order[pair[0].decision.kind or ""]):
        outcomes[one.decision.id, one.index] = bench.put(one, slot)
    return bench.reading(), [outcomes[one.decision.id, one.index] for one in standing]


class _Bench:
    """A Reading taken apart. Lists only grow, so that indexes hold until it is put together again."""

    def __init__(self, text: str, reading: Reading, kinds: Callable[[str], ActorKind | None]) -> None:
        self._reading = reading
        self._cast = f.Cast(text, reading, kinds)
        self._text = text
        self._slots: dict[str, list[_Slot]] = {}
        for kind, name in f.LISTS.items():
            items = getattr(reading, name)
            # A statement without content is nothing to decide on, but keeps its index.
            self._slots[kind] = [
                _Slot(i, i, claimed=not _stands(i), read_fields=f.fields(kind, i, self._cast)) for i in items
            ]

    def exact(self, one: Standing) -> _Slot | None:
        """What the reader finds at just the words of a decision, claimed for it; of several what is most like what was decided on."""
        part, kind = one.part, one.decision.kind or ""
        shift = one.found.shift if one.found else 0
        keys = [f.spans(kind, shifted(kept, shift)) for kept in (part.was, f.where(kind, part.item), part.now) if kept]
        was = shifted(part.was, shift) or {}
        best: list[tuple[int, int, _Slot]] = []
        for i, slot in enumerate(self._slots[kind]):
            if slot.claimed or slot.read is None or not slot.read_fields[f.SPAN[kind]]:
                continue
            spans = f.spans(kind, slot.read_fields)
            if spans in keys:
                best.append((100 * keys.index(spans) + len(f.differing(kind, was, slot.read_fields)), i, slot))
        if not best:
            return None
        slot = min(best, key=lambda claim: claim[:2])[2]
        slot.claimed = True
        return slot

    def put(self, one: Standing, slot: _Slot | None) -> Outcome:
        """Put one decision in."""
        part, kind = one.part, one.decision.kind or ""
        shift = one.found.shift if one.found else 0
        was, now = shifted(part.was, shift), shifted(part.now, shift)
        if slot is None and (slot := self._like(one)) is not None:
            slot.claimed = True
        read = slot.read_fields if slot else None
        stands: f.Item | None = None
        if slot is not None:
            stands = slot.now = self._wanted(kind, slot, was, now)
            if kind == "place":
                at = next(i for i, other in enumerate(self._slots[kind]) if other is slot)
                self._cast.put_place(at, cast(Place | None, slot.now))
        elif now is not None:
            kept = shifted(part.item, shift)
            stands = f.rebuilt(kind, kept, now, self._cast) if kept else None
            self._slots[kind].append(_Slot(None, stands, claimed=True))
        if one.rivals:
            return outcome(one, "disagreed", "persons decided differently", read)
        if isinstance(stands, ReadEvent) and now and now.get("place") and not self._cast.is_place(stands.place):
            return outcome(
                one, "changed", f"{now['place']} is no place any more where something happens: a person says so", read
            )
        if f.agree(kind, read, was) or f.agree(kind, read, now):
            return outcome(one, "applied", "", read)
        if read is None:
            state: State = "changed" if now is not None else "applied"
            return outcome(one, state, "the reader does not find this any more" if now else "", None)
        if was is None:
            why = "the reader now finds this otherwise"
        else:
            names = ", ".join(name.replace("_", " ") for name in f.differing(kind, was, read))
            why = f"the reader now gives another {names}"
        return outcome(one, "changed", why, read)

    def _wanted(self, kind: str, slot: _Slot, was: f.Fields | None, now: f.Fields | None) -> f.Item | None:
        """What stands for a reading: nothing where it is rejected, the reader's own where the person's comes to the same."""
        if now is None or slot.read is None:
            return None
        wanted = {
            name: value
            for name, value in now.items()
            if (was is not None and was.get(name) != value) or not f.same(name, value, slot.read_fields[name])
        }
        return f.made(kind, slot.read, wanted, self._cast)

    def _like(self, one: Standing) -> _Slot | None:
        """What the reader now finds at much the same words, if nobody decided on it and it was not there besides at the time."""
        part, kind = one.part, one.decision.kind or ""
        kept = part.was or part.now or f.where(kind, part.item)
        if kept is None:
            return None
        shift = one.found.shift if one.found else 0
        own = _letters(f.spans(kind, shifted(kept, shift)))
        beside = [[(start + shift, end + shift) for start, end in spans] for spans in part.beside]
        found: list[tuple[float, int, _Slot]] = []
        for i, slot in enumerate(self._slots[kind]):
            if slot.claimed or slot.read is None or not slot.read_fields[f.SPAN[kind]]:
                continue
            spans = f.spans(kind, slot.read_fields)
            if spans in beside:
                continue
            other = _letters(spans)
            share = len(own & other) / len(own | other)
            if share >= _ALIKE:
                found.append((-share, i, slot))
        return min(found, key=lambda claim: claim[:2])[2] if found else None

    def reading(self) -> Reading:
        """The Reading put together: what is gone is gone from its lists, and indexes follow."""
        places = [*(slot.now for slot in self._slots["place"] if slot.read is not None)]
        # Places that decisions on events made stand in the cast behind the reader's; those put back by decisions come last.
        made = self._cast.places[len(self._reading.places) :]
        put_back = [slot.now for slot in self._slots["place"] if slot.read is None]
        kept_places, place_at = _compact([*places, *made, *put_back])
        statements = [slot.now for slot in self._slots["statement"]]
        kept_statements, statement_at = _compact(statements)
        parents = {i: s.parent for i, s in enumerate(statements) if isinstance(s, Statement)}
        parents |= {i: s.parent for i, s in enumerate(self._reading.statements) if statements[i] is None}

        def around(index: int | None) -> int | None:
            """The nearest statement around that still stands."""
            seen: set[int] = set()
            while index is not None and index not in seen:
                if index in statement_at:
                    return statement_at[index]
                seen.add(index)
                index = parents.get(index)
            return None

        return msgspec.structs.replace(
            self._reading,
            times=[slot.now for slot in self._slots["time"] if slot.now is not None],
            places=kept_places,
            actors=self._cast.actors,
            statements=[msgspec.structs.replace(s, parent=around(s.parent)) for s in kept_statements],
            figures=[slot.now for slot in self._slots["figure"] if slot.now is not None],
            events=[
                msgspec.structs.replace(
                    event,
                    place=place_at.get(event.place) if self._cast.is_place(event.place) else None,
                    statement=around(event.statement),
                )
                for event in (slot.now for slot in self._slots["event"])
                if isinstance(event, ReadEvent)
            ],
        )


def _compact(items: Iterable[Any]) -> tuple[list[Any], dict[int | None, int]]:
    """The items that are there, and where each now stands by where it stood."""
    kept: list[Any] = []
    at: dict[int | None, int] = {}
    for i, item in enumerate(items):
        if item is not None:
            at[i] = len(kept)
            kept.append(item)
    return kept, at


def _letters(spans: Sequence[tuple[int, int]]) -> set[int]:
    return {offset for start, end in spans for offset in range(start, end)}


def _stands(item: f.Item) -> bool:
    return not isinstance(item, Statement) or bool(item.content)


def outcome(one: Standing, state: State, why: str = "", reader: f.Fields | None = None) -> Outcome:
    """The outcome of a part that stands."""
    anchor, found = one.part.anchor, one.found
    return Outcome(
        decision=one.decision.id,
        part=one.index,
        state=state,
        kind=one.decision.kind,
        why=why,
        report=found.report if found else None,
        version=found.version if found else None,
        start=anchor.start + found.shift if found else None,
        end=anchor.end + found.shift if found else None,
        reader=reader,
        rivals=list(one.rivals),
    )
