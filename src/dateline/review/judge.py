"""All decisions of an archive against all its Readings: what the link step gets, and what became of every decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from dateline.records import Decision, Linked, Report, Rulings, Telling
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
    outcomes: list[Outcome] = []
    by_report: dict[str, list[Standing]] = defaultdict(list)
    read = {telling.report for telling in tellings}
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
    splits = [one for one in standing if (one.decision.verdict, one.decision.kind) == ("split", "actor")]
    kinds = kinds_of([telling.reading for telling in tellings])
    reviewed: list[Telling] = []
    for telling in tellings:
        reading = telling.reading
        if mine := by_report.get(telling.report):
            reading, found = apply(telling.text, reading, mine, kinds)
            outcomes += found
        reading = parted(reading, splits)
        reviewed.append(telling if reading is telling.reading else msgspec.structs.replace(telling, reading=reading))
    return Reviewed(
        reviewed, rulings(standing, {telling.report: telling.reading for telling in reviewed}), outcomes, standing
    )
