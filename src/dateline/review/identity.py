"""Decisions on who is who and what is one event: as rulings for the link step, and what the link step made of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from dateline.records import (
    Actor,
    ActorRuling,
    Called,
    Decision,
    EventRuling,
    Linked,
    ReadActor,
    Reading,
    Rulings,
    Span,
)
from dateline.review.apply import Outcome, State, outcome
from dateline.review.fields import folded
from dateline.review.standing import Standing

_VERBS: dict[str, Literal["join", "part", "name", "drop"]] = {
    "merge": "join",
    "split": "part",
    "correct": "name",
    "reject": "drop",
}


def by_decision(standing: Iterable[Standing]) -> dict[str, list[Standing]]:
    """The standing parts of each decision, in the order of the decisions."""
    found: dict[str, list[Standing]] = defaultdict(list)
    for one in standing:
        found[one.decision.id].append(one)
    return found


def rulings(standing: Sequence[Standing], readings: Mapping[str, Reading]) -> Rulings:
    """What the link step is to hold to."""
    actors: list[ActorRuling] = []
    events: list[EventRuling] = []
    for parts in by_decision(standing).values():
        decision = parts[0].decision
        verb = _VERBS.get(decision.verdict)
        if verb is None:
            continue
        if decision.kind == "actor":
            now = parts[0].part.now or {}
            called = [_called(one, readings) for one in parts]
            actors.append(ActorRuling(verb=verb, of=called, name=now.get("name"), kind=now.get("kind")))
        elif decision.kind == "event" and verb in ("join", "part"):
            sides: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
            for one in parts:
                if (at := _trigger(one)) is not None:
                    sides[one.part.side].append(at)
            events.append(EventRuling(verb=verb, sides=[sides[side] for side in sorted(sides)]))
    return Rulings(actors=actors, events=events)


def _trigger(one: Standing) -> tuple[str, int, int] | None:
    if one.found is None:
        return None
    anchor = one.part.anchor
    return (one.found.report, anchor.start + one.found.shift, anchor.end + one.found.shift)


def _called(one: Standing, readings: Mapping[str, Reading]) -> Called:
    was = one.part.was or {}
    report = local = None
    if one.found is not None and (reading := readings.get(one.found.report)) is not None:
        report = one.found.report
        start, end = one.part.anchor.start + one.found.shift, one.part.anchor.end + one.found.shift
        local = next((a.id for a in reading.actors if any((m.start, m.end) == (start, end) for m in a.mentions)), None)
    return Called(
        name=was["name"], kind=was["kind"], report=report, local=local, only_there=bool(was.get("only_there"))
    )


def parted(reading: Reading, standing: Sequence[Standing]) -> Reading:
    """A Reading in which a name that persons part from an actor is an actor of its own, with what is said and done under it.

    ``standing`` are the splits of actors.
    """
    for parts in by_decision(standing).values():
        if len(parts) != 2:
            continue
        home, other = (one.part.was or {} for one in parts)
        if other.get("only_there") and (parts[1].found is None or parts[1].found.report != reading.id):
            continue
        names = {folded(name) for name in (home["name"], *home.get("names", ()))} - {folded(other["name"])}
        for actor in reading.actors:
            if folded(actor.name) in names:
                out = [m for m in actor.mentions if folded(m.text) == folded(other["name"])]
                if out and len(out) < len(actor.mentions):
                    reading = _parted(reading, actor, out, other["name"], other["kind"])
    return reading


def _parted(reading: Reading, actor: ReadActor, out: Sequence[Span], name: str, kind: str) -> Reading:
    taken = {other.id for other in reading.actors}
    id = next(f"r{n}" for n in range(1, len(taken) + 2) if f"r{n}" not in taken)
    mine = {(span.start, span.end) for span in out}

    def who(local: str | None, at: Span | None) -> str | None:
        """The new actor where the mention nearest to some words, or in them, is one of the name's."""
        if local != actor.id or at is None:
            return local
        near = min(actor.mentions, key=lambda m: (max(m.start - at.end, at.start - m.end, 0), m.start))
        return id if (near.start, near.end) in mine else local

    left = [m for m in actor.mentions if (m.start, m.end) not in mine]
    actors = [msgspec.structs.replace(a, mentions=left) if a.id == actor.id else a for a in reading.actors]
    return msgspec.structs.replace(
        reading,
        actors=[*actors, msgspec.convert({"id": id, "name": name, "kind": kind, "mentions": list(out)}, ReadActor)],
        statements=[
            msgspec.structs.replace(s, speaker=who(s.speaker, s.source or s.cue or next(iter(s.content), None)))
            for s in reading.statements
        ],
        figures=[msgspec.structs.replace(g, claimant=who(g.claimant, g)) for g in reading.figures],
        events=[
            msgspec.structs.replace(
                e,
                actors=[w for a in e.actors if (w := who(a, e.trigger))],
                recipients=[w for a in e.recipients if (w := who(a, e.trigger))],
            )
            for e in reading.events
        ],
    )


def outcomes(standing: Sequence[Standing], linked: Linked) -> list[Outcome]:
    """What became of decisions on identities."""
    found: list[Outcome] = []
    actors = _Actors(linked.actors)
    event_of = {(pin.report, pin.start, pin.end): event.id for event in linked.events for pin in event.pins}
    for parts in by_decision(standing).values():
        decision = parts[0].decision
        if decision.kind == "actor" and decision.verdict != "note":
            state, why, reader = actors.judge(decision)
            rivals = [id for one in parts for id in one.rivals]
            if rivals and state == "applied":
                state, why = "disagreed", "persons decided differently"
            found += [outcome(one, state, why, reader) for one in parts]
        elif decision.kind == "event" and decision.verdict in ("merge", "split"):
            found += _event_outcomes(parts, event_of)
    return found


class _Actors:
    """The actors of an archive as decisions look for them."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self._by_name: dict[str, list[Actor]] = defaultdict(list)
        for actor in actors:
            for name in {folded(actor.name), *(folded(name.name) for name in actor.names)}:
                self._by_name[name].append(actor)

    def judge(self, decision: Decision) -> tuple[State, str, dict[str, object] | None]:
        """What became of a decision, why, and whom the reader has now."""
        names = [(part.was or {}).get("name", "") for part in decision.parts]
        first = self._by_name.get(folded(names[0]), [])
        now = decision.parts[0].now or {}
        if decision.verdict == "reject":
            return (
                ("changed", "there is still an actor of this name", _told(first[0])) if first else ("applied", "", None)
            )
        if decision.verdict == "correct":
            renamed = [a for a in self._by_name.get(folded(now["name"]), []) if a.name == now["name"]]
            return ("applied", "", None) if renamed else ("orphaned", f"no report speaks of {names[0]} now", None)
        missing = [name for name in names if not self._by_name.get(folded(name))]
        if decision.verdict == "merge":
            if missing:
                return "orphaned", f"no report speaks of {', '.join(missing)} now", None
            all_in_one = any(all(a in self._by_name[folded(name)] for name in names) for a in first)
            return ("applied", "", None) if all_in_one else ("changed", "they could not be joined", _told(first[0]))
        if not first:
            return "orphaned", f"no report speaks of {names[0]} now", None
        if decision.verdict == "split":
            whole = [actor for actor in first if actor in self._by_name.get(folded(names[1]), [])]
            only_there = (decision.parts[1].was or {}).get("only_there")
            if whole and not only_there:
                return "changed", "they could not be parted", _told(whole[0])
            return "applied", "", None
        known = {folded(name) for name in (decision.parts[0].was or {}).get("names", ())}
        mine = next((a for a in first if a.kind == (decision.parts[0].was or {}).get("kind")), first[0])
        new = [name.name for name in mine.names if folded(name.name) not in known | {folded(names[0])}]
        if new and known:
            return "changed", f"now also called {', '.join(new)}", _told(mine)
        return "applied", "", None


def _told(actor: Actor) -> dict[str, object]:
    return {"name": actor.name, "kind": actor.kind, "names": [name.name for name in actor.names]}


def _event_outcomes(parts: Sequence[Standing], event_of: Mapping[tuple[str, int, int], str]) -> list[Outcome]:
    verdict = parts[0].decision.verdict
    sides: dict[int, set[str]] = defaultdict(set)
    lost = []
    for one in parts:
        at = _trigger(one)
        event = event_of.get(at) if at else None
        lost += [one] if event is None else []
        if event is not None:
            sides[one.part.side].add(event)
    everything = [event for side in sides.values() for event in side]
    wrong = len(set(everything)) > 1 if verdict == "merge" else len(set(everything)) < len(everything)
    found = []
    for one in parts:
        if one.found is None:
            found.append(outcome(one, "orphaned", "its words are not in the report any more", None))
        elif one in lost:
            found.append(outcome(one, "changed", "the reader finds no event here any more", None))
        elif wrong:
            found.append(
                outcome(
                    one, "changed", f"the tellings could not be {'joined' if verdict == 'merge' else 'parted'}", None
                )
            )
        else:
            found.append(outcome(one, "applied", "", None))
    return found
