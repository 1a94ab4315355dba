"""Outlines: what of a report may be told by another report too, kept apart from its text.

Two reports are tied where something in one meets something in the other: tellings of one event, a promise and its outcome, a claim and
its denial, two counts of one thing. Whether they are hangs on their two outlines alone.
"""

from __future__ import annotations

from dateline.edtf import Bounds, bounds
from dateline.link.cast import Cast, Players
from dateline.link.claims import Claim, Claims
from dateline.link.commitments import Planned, called_off, may_decide, planned
from dateline.link.denials import DAYS, SHARED, asked_elsewhere, denies, unanswered
from dateline.link.events import happenings
from dateline.link.evidence import ENOUGH, Compared, evidence
from dateline.link.rival_counts import MATTER, counts_of
from dateline.link.said import figure_rows, statement_rows
from dateline.link.words import overlap
from dateline.records import Record, Telling

_DISPUTED = 1.0  # how strongly a claim and its denial, or two counts, tie two reports
_DECIDED = 0.9  # the same of a promise and what became of it


class Counted(Record, frozen=True, array_like=True):
    """A figure on somebody's word: kinds of happening counted, claimant, the days it is of, the words of its sentence."""

    kinds: frozenset[str]
    claimant: str
    first: int
    last: int
    stems: frozenset[str]


class Claimed(Record, frozen=True, array_like=True):
    """Something claimed, or denied with nothing in its report that it denies: see `dateline.link.claims.Claim`."""

    by: str | None
    about: frozenset[str]
    names: frozenset[str]
    side: frozenset[str]
    denial: bool

    @classmethod
    def of(cls, claim: Claim, about: frozenset[str]) -> Claimed:
        """What is compared of a claim; of a denial, what the claim is about that it denies."""
        return cls(by=claim.by, about=about, names=claim.names, side=claim.side, denial=claim.denial)


class Outline(Record, frozen=True, array_like=True):
    """What may be told elsewhere too. ``day`` is the ordinal of the report's, ``off`` the words of clauses that call something off."""

    report: str
    day: int | None
    told: list[Compared]
    plans: list[Planned]
    off: list[frozenset[str]]
    claims: list[Claimed]
    denials: list[Claimed]
    counts: list[Counted]


def outline(telling: Telling, players: Players) -> Outline:
    """The outline of a report, given who is who in it."""
    cast = Cast([players])
    events = happenings([telling], cast)
    figures = figure_rows([telling], cast)
    claims = Claims([telling], cast, statement_rows([telling], cast), events, figures).by_report.get(telling.report, [])
    day = bounds(telling.published)
    return Outline(
        report=telling.report,
        day=day.first.toordinal() if day else None,
        told=[told.compared for event in events for told in event.told],
        plans=[plan for event in events for plan in planned(event)],
        off=sorted({words for event in events for told in event.told for words in called_off(told)}, key=sorted),
        claims=[Claimed.of(claim, claim.about) for claim in claims if not claim.denial and len(claim.about) >= SHARED],
        denials=[Claimed.of(claim, asked) for claim in unanswered(claims) for asked in asked_elsewhere(claim, claims)],
        counts=[
            Counted(kinds=kinds, claimant=row.claimant or "", **_days(covered), stems=stems)
            for row, kinds, stems in counts_of(telling, figures)
            if (covered := bounds(row.as_of or row.date)) is not None
        ],
    )


def _days(covered: Bounds) -> dict[str, int]:
    return {"first": covered.first.toordinal(), "last": covered.last.toordinal()}


def tied(one: Outline, other: Outline) -> float:
    """How strongly two reports are tied, 0 where they are not."""
    found = max(
        (evidence(a, b) for a in one.told for b in other.told if a.group == b.group),
        default=0.0,
    )
    found = found if found >= ENOUGH else 0.0
    if found < _DISPUTED and (_denied(one, other) or _denied(other, one) or _counted(one, other)):
        return _DISPUTED
    if found < _DECIDED and (_decided(one, other) or _decided(other, one)):
        return _DECIDED
    return found


def _denied(claiming: Outline, denying: Outline) -> bool:
    """Whether one report may deny what the other claims."""
    if claiming.day is None or denying.day is None or not 0 <= denying.day - claiming.day <= DAYS:
        return False
    return any(denies(denial, claim, denial.about) for denial in denying.denials for claim in claiming.claims)


def _counted(one: Outline, other: Outline) -> bool:
    """Whether two reports may count one thing, on the word of two."""
    return any(
        a.claimant != b.claimant
        and not a.kinds.isdisjoint(b.kinds)
        and max(b.first - a.last, a.first - b.last) <= 1
        and overlap(a.stems, b.stems) >= MATTER
        for a in one.counts
        for b in other.counts
    )


def _decided(planning: Outline, telling: Outline) -> bool:
    """Whether one report may tell what became of what the other announces."""
    return any(may_decide(plan, telling.day, telling.told, telling.off) for plan in planning.plans)
