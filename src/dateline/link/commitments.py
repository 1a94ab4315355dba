"""Commitments over all reports, and what became of them by plain matching with what later reports tell."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dateline.edtf import Bounds, bounds
from dateline.link.actors import Identities
from dateline.link.events import Happening
from dateline.link.words import kinds, overlap, related
from dateline.records import Commitment, content_id

Kind = Literal["announced", "promised", "threatened"]
Outcome = Literal["took place", "cancelled", "postponed", "changed", "no report"]

_OFF = re.compile(
    r"\b(?:cancel\w*|call(?:ed|ing|s)? off|scrap(?:ped|s|ping)?|abandon\w*|shelv\w+|will not (?:take place|go ahead|attend|meet|travel)"
    r"|refus\w+ to (?:attend|meet|go|travel))\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:postpon\w*|delay(?:ed|s|ing)?|put (?:off|back)|reschedul\w*|adjourn\w*|push(?:ed)? back|defer\w*)\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"\b(?:instead|brought forward|moved to|changed)\b", re.IGNORECASE)
_REACH = 150  # days after its announcement within which an undated commitment may find its outcome
_ALIKE = 0.34  # which share of the words must agree where the actors do not


@dataclass(frozen=True)
class _Decided:
    """An outcome with what decided it."""

    outcome: Outcome
    happening: Happening
    told: date | None
    strength: float


def commitments(happenings: Sequence[Happening], identities: Identities) -> list[Commitment]:
    """One commitment for every event announced, promised or threatened, over all reports that announce it, in order of telling."""
    by_family: dict[str, list[Happening]] = defaultdict(list)
    for happening in happenings:
        for family in happening.families | _cued(happening):
            by_family[family].append(happening)
    rows = []
    for happening in happenings:
        kind = _kind(happening)
        if kind is None:
            continue
        later = {id(h): h for family in happening.families | {_CUED} for h in by_family[family] if h is not happening}
        decided = _outcome(happening, list(later.values()))
        row = happening.row
        rows.append(
            Commitment(
                id=content_id("p", row.id),
                text=row.text,
                by=_by(happening, identities),
                kind=kind,
                due=row.date,
                condition=next((t.event.condition.text for t in happening.told if t.event.condition), None),
                outcome=decided.outcome if decided else "no report",
                outcome_entry=decided.happening.row.entry if decided else None,
                event=row.id,
                reports=row.reports,
                pin=row.pins[0],
            )
        )
    return rows


_CUED = "called off or put off"


def _cued(happening: Happening) -> frozenset[str]:
    """A mark on what may tell that something else was called off or put off, whatever its own kind."""
    off = any(_OFF.search(t.sentence.text) or _LATER.search(t.sentence.text) for t in happening.told)
    return frozenset({_CUED}) if off or happening.group == "cancelled" else frozenset()


def _kind(happening: Happening) -> Kind | None:
    """Which commitment an event is, if any: as its tellings call it, else a dated plan of somebody's counts as announced."""
    kinds = Counter(t.event.kind for t in happening.told if t.event.kind)
    if kinds:
        return max(kinds, key=lambda kind: (kinds[kind], kind))
    planned = happening.group == "plan" and happening.who and happening.row.date
    return "announced" if planned else None


def _by(happening: Happening, identities: Identities) -> list[str]:
    """Who commits: the agents, else who says so."""
    if happening.row.actors:
        return happening.row.actors
    found = []
    for t in happening.told:
        if t.event.statement is not None:
            speaker = t.telling.reading.statements[t.event.statement].speaker
            found.append(identities.name_of(t.telling.report, speaker))
    return list(dict.fromkeys(name for name in found if name))


def _outcome(plan: Happening, others: Sequence[Happening]) -> _Decided | None:
    """The outcome told last, the best supported of one day."""
    found = [decided for other in others if (decided := _decide(plan, other))]
    return max(
        found,
        key=lambda d: (d.outcome == "took place", d.strength, d.told or date.min, d.happening.row.id),
        default=None,
    )


def _decide(plan: Happening, other: Happening) -> _Decided | None:
    """What another event says of a plan, None where it says nothing."""
    announced, told = plan.first_day, other.last_day
    if announced and told and told < announced:
        return None
    shared = len(plan.who & other.who)
    likeness = overlap(plan.stems, other.stems)
    if not shared and likeness < _ALIKE:
        return None
    strength = shared + likeness
    due, when = bounds(plan.row.date), other.line.covered or bounds(other.row.date)
    off = [t for t in other.told if _OFF.search(t.sentence.text) or t.group == "cancelled"]
    put_off = [t for t in other.told if _LATER.search(t.sentence.text)]
    named = frozenset(kind for t in other.told for kind in kinds(t.sentence.text))
    same = related(plan.families, other.families | named)
    if not same:
        return None
    if put_off and _about(due, when, announced, loose=True):
        return _Decided("postponed", other, told, strength)
    if off and _about(due, when, announced, loose=True):
        return _Decided("cancelled", other, told, strength)
    if other.group == "fact" and related(plan.families, other.families) and _about(due, when, announced, loose=False):
        return _Decided("took place", other, told, strength)
    if (
        other.group == "plan"
        and due
        and when
        and not due.meets(when)
        and any(_INSTEAD.search(t.sentence.text) for t in other.told)
    ):
        return _Decided("changed", other, told, strength)
    return None


def _about(due: Bounds | None, when: Bounds | None, announced: date | None, *, loose: bool) -> bool:
    """Whether an event at ``when`` may be what was due then. ``loose``: it only tells of the plan, so its own date may be any later day."""
    if loose:
        return True
    if when is None:
        return False
    if due is not None:
        return due.meets(when, slack=1)
    return announced is not None and announced <= when.last and (when.first - announced).days <= _REACH
