"""All decisions of an archive against all its Readings: what the link step gets, and what became of every decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

import msgspec

from dateline.records import ActorKind, Decision, Linked, Report, Rulings, Telling
from dateline.review.anchors import Whereabouts
from dateline.review.apply import Outcome, apply, outcome
from dateline.review.fields import kinds_of
from dateline.review.identity import outcomes as identity_outcomes
from dateline.review.identity import parted, rulings
from dateline.review.settle import marked, settle
from dateline.review.standing import READINGS, Standing, standings

_GONE = "its words are not in the report any more"


@dataclass(frozen=True)
class Reviewed:
    """Tellings with the decisions on readings in force, the rulings for the link step, and what is known of the outcomes by now."""

    tellings: list[Telling]
    rulings: Rulings
    outcomes: list[Outcome]
    standing: list[Standing]

    def settle(self, linked: Linked) -> tuple[Linked, list[Outcome]]:
        """What was linked of these tellings and rulings, with the rest of the decisions in force; the outcome of every standing part."""
        settled, late = settle(linked, self.standing)
        return marked(settled, self.standing), [*self.outcomes, *identity_outcomes(self.standing, linked), *late]


def review(tellings: Sequence[Telling], reports: Sequence[Report], decisions: Sequence[Decision]) -> Reviewed:
    """Put decisions in force on what was read. Without any, everything stays as it was read.

    Args:
        tellings: the reports with their Readings.
        reports: all reports, with all their versions.
        decisions: all decisions ever made, in the order in which they were.
    """
    if not decisions:
        return Reviewed(list(tellings), Rulings(), [], [])
    standing = standings(decisions, Whereabouts(reports))
    by_report, outcomes = by_reports(standing, {telling.report for telling in tellings})
    kinds = kinds_of([telling.reading for telling in tellings])
    reviewed: list[Telling] = []
    for telling in tellings:
        now, found = in_force(telling, by_report.get(telling.report, ()), splits(standing), kinds)
        reviewed.append(now)
        outcomes += found
    return Reviewed(
        reviewed, rulings(standing, {telling.report: telling.reading for telling in reviewed}), outcomes, standing
    )


def splits(standing: Sequence[Standing]) -> list[Standing]:
    """The parts by which persons say that who goes by a name is not an actor."""
    return [one for one in standing if (one.decision.verdict, one.decision.kind) == ("split", "actor")]


def by_reports(standing: Sequence[Standing], read: Container[str]) -> tuple[dict[str, list[Standing]], list[Outcome]]:
    """The decisions on readings by the report that they are on now, and the outcome of those that are on none, and of notes.

    Args:
        standing: all that stands.
        read: the reports that are read.
    """
    outcomes: list[Outcome] = []
    by_report: dict[str, list[Standing]] = defaultdict(list)
    for one in standing:
        if one.decision.verdict == "note":
            outcomes.append(outcome(one, "applied") if one.found else outcome(one, "orphaned", _GONE))
        elif one.decision.kind in READINGS and one.decision.verdict in ("confirm", "correct", "reject"):
            if one.found is None:
                outcomes.append(outcome(one, "orphaned", _GONE))
            elif one.found.report not in read:
                outcomes.append(outcome(one, "orphaned", "the report is not read"))
            else:
                by_report[one.found.report].append(one)
    return by_report, outcomes


def in_force(
    telling: Telling,
    mine: Sequence[Standing],
    splits: Sequence[Standing],
    kinds: Callable[[str], ActorKind | None],
) -> tuple[Telling, list[Outcome]]:
    """A report with the decisions on it in force, and what became of each.

    Args:
        telling: the report as it was read.
        mine: the decisions on its readings.
        splits: see `splits`.
        kinds: what an actor of a name is, as far as other Readings know.
    """
    reading, outcomes = apply(telling.text, telling.reading, mine, kinds) if mine else (telling.reading, [])
    reading = parted(reading, splits)
    now = telling if reading is telling.reading else msgspec.structs.replace(telling, reading=reading)
    return now, outcomes
