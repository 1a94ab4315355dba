"""Which decisions stand: not undone, not superseded; and where persons disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.records import Anchor, Decision, Judged
from dateline.review.anchors import Found, Whereabouts
from dateline.review.fields import agree, folded

READINGS = frozenset({"time", "place", "statement", "figure", "event"})
"""The kinds that stand in a Reading: decided on one by one, applied before linking."""

_ON_READINGS = frozenset({"confirm", "correct", "reject"})


@dataclass(frozen=True)
class Standing:
    """One part of a decision that is in force, with where its words stand now (None: orphaned).

    ``rivals`` are decisions of other persons on the same words that say something else, and that nobody has settled: the earliest
    is in force until somebody who has seen all decides again.
    """

    decision: Decision
    index: int
    found: Found | None
    rivals: tuple[str, ...] = ()

    @property
    def part(self) -> Judged:
        """The part of the decision."""
        return self.decision.parts[self.index]


def alive(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that are not undone, undoing itself apart, in the order given. What undoes can be undone."""
    every = list(decisions)
    undoing: dict[str, list[Decision]] = defaultdict(list)
    for decision in every:
        if decision.verdict == "undo" and decision.of:
            undoing[decision.of].append(decision)

    def undone(id: str, above: frozenset[str]) -> bool:
        return any(undo.id not in above and not undone(undo.id, above | {undo.id}) for undo in undoing.get(id, ()))

    return [d for d in every if d.verdict != "undo" and not undone(d.id, frozenset({d.id}))]


def standings(decisions: Sequence[Decision], where: Whereabouts) -> list[Standing]:
    """The parts of decisions that are in force, in the order of the decisions. Notes are of no force and always among them."""
    living = alive(decisions)
    found = {(d.id, i): where.find(part.anchor) for d in living for i, part in enumerate(d.parts)}
    by_subject: dict[tuple[object, ...], list[tuple[Decision, int]]] = defaultdict(list)
    result: list[Standing] = []
    for decision in living:
        for i in range(len(decision.parts)) if decision.verdict in _ON_READINGS else ():
            by_subject[_subject(decision, i, found)].append((decision, i))
    winners: dict[tuple[str, int], tuple[str, ...]] = {}
    for claims in by_subject.values():
        over = {id for decision, _ in claims for id in decision.supersedes}
        # Two decisions that name each other cannot be; should a file say so, both stand.
        heads = [claim for claim in claims if claim[0].id not in over] or claims
        heads.sort(key=lambda claim: (claim[0].at, claim[0].id))
        first, index = heads[0]
        rivals = [d.id for d, i in heads[1:] if not _one_mind((first, index), (d, i))]
        winners[first.id, index] = tuple(rivals)
    for decision in living:
        for i in range(len(decision.parts)):
            if decision.verdict not in _ON_READINGS:
                result.append(Standing(decision, i, found[decision.id, i]))
            elif (decision.id, i) in winners:
                result.append(Standing(decision, i, found[decision.id, i], winners[decision.id, i]))
    return result


def _subject(decision: Decision, index: int, found: Mapping[tuple[str, int], Found | None]) -> tuple[object, ...]:
    """What tells whether two decisions are on one thing: its kind and where its words stand, or stood; an actor's name."""
    part = decision.parts[index]
    if decision.kind == "actor":
        said = part.was or {}
        return (decision.kind, folded(str(said.get("name"))), said.get("kind"))
    place = _place(part.anchor, found[decision.id, index])
    if decision.kind == "dispute":  # one side may stand in several disputes
        sides = (_place(other.anchor, found[decision.id, i]) for i, other in enumerate(decision.parts))
        return (decision.kind, place, *sorted(sides))
    return (decision.kind, *place)


def _place(anchor: Anchor, found: Found | None) -> tuple[str, int, int]:
    if found is None:
        return (anchor.version, anchor.start, anchor.end)
    return (found.report, anchor.start + found.shift, anchor.end + found.shift)


def _one_mind(one: tuple[Decision, int], other: tuple[Decision, int]) -> bool:
    a, b = one[0].parts[one[1]], other[0].parts[other[1]]
    if one[0].kind is None or one[0].kind != other[0].kind:
        return False
    return agree(one[0].kind, a.now, b.now)
