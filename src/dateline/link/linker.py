"""Readings to identities over the archive: the step from single reports to what they tell together."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.link.actors import identify
from dateline.link.commitments import commitments
from dateline.link.disputes import disputes
from dateline.link.events import happenings
from dateline.link.said import figure_rows, statement_rows
from dateline.records import Linked, Rulings, Telling


def link(tellings: Sequence[Telling], rulings: Rulings | None = None) -> Linked:
    """Link all reports of an archive: actors, statements, figures, events, commitments and disputes over all of them.

    The result does not depend on the order of the tellings; what is in a Reading is never changed, only joined. ``rulings`` are what
    persons decided on identities: they hold whatever the evidence.
    """
    rulings = rulings or Rulings()
    told = sorted(tellings, key=lambda telling: (telling.published or "9999", telling.report))
    identities = identify(told, rulings.actors)
    statements = statement_rows(told, identities)
    figures = figure_rows(told, identities)
    events = happenings(told, identities, rulings.events)
    return Linked(
        actors=identities.actors,
        statements=statements,
        figures=figures,
        events=[happening.row for happening in events],
        commitments=commitments(events, identities),
        disputes=disputes(told, identities, statements, figures, events),
    )
