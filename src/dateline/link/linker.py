"""Readings to identities over the archive: the step from single reports to what they tell together.

First who is who, over all reports, from their traces alone; then which reports tell something together, from their outlines alone; then
what they tell, circle by circle, each of which hangs on its own reports and their players alone. So a report that is added or changed
costs its circle, whatever else the archive holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dateline.link import circles as close
from dateline.link.actors import identify
from dateline.link.cast import Cast, Players
from dateline.link.circles import Pair, circles
from dateline.link.commitments import commitments
from dateline.link.disputes import disputes
from dateline.link.events import happenings
from dateline.link.order import order
from dateline.link.outlines import outline, tied
from dateline.link.said import figure_rows, statement_rows
from dateline.link.ties import Index, marks
from dateline.link.traces import trace
from dateline.records import EventRuling, Linked, Rulings, Telling


def link(tellings: Sequence[Telling], rulings: Rulings | None = None) -> Linked:
    """Link all reports of an archive: actors, statements, figures, events, commitments and disputes over all of them.

    The result does not depend on the order of the tellings; what is in a Reading is never changed, only joined. ``rulings`` are what
    persons decided on identities: they hold whatever the evidence.
    """
    rulings = rulings or Rulings()
    told = {telling.report: telling for telling in tellings}
    identities = identify([trace(telling) for telling in tellings], rulings.actors)
    players = {each.report: each for each in identities.players()}
    ties = tied_reports(told, players) if len(told) > close.FEW else {}
    found = [
        link_circle([told[report] for report in circle], players, rulings.events)
        for circle in circles(told.keys(), ties, bound(rulings.events))
    ]
    published = {report: telling.published for report, telling in told.items()}
    return Linked(
        actors=identities.actors,
        statements=sorted((row for one in found for row in one.statements), key=lambda row: order(row, published)),
        figures=sorted((row for one in found for row in one.figures), key=lambda row: order(row, published)),
        events=sorted((row for one in found for row in one.events), key=lambda row: order(row, published)),
        commitments=sorted((row for one in found for row in one.commitments), key=lambda row: order(row, published)),
        disputes=sorted((row for one in found for row in one.disputes), key=lambda row: order(row, published)),
    )


def tied_reports(told: Mapping[str, Telling], players: Mapping[str, Players]) -> dict[Pair, float]:
    """Which reports are tied, and how strongly."""
    outlines = {report: outline(telling, players[report]) for report, telling in sorted(told.items())}
    index = Index({report: marks(one) for report, one in outlines.items()})
    pairs = index.candidates(outlines)
    return {pair: strength for pair in pairs if (strength := tied(*(outlines[report] for report in pair)))}


def link_circle(
    tellings: Sequence[Telling], players: Mapping[str, Players], rulings: Sequence[EventRuling] = ()
) -> Linked:
    """What the reports of one circle tell together; without actors, who are found over all circles.

    Args:
        tellings: the reports, in any order.
        players: who is who in each of them.
        rulings: what persons decided on which tellings tell one event.
    """
    told = sorted(tellings, key=lambda telling: (telling.published or "9999", telling.report))
    cast = Cast(players[telling.report] for telling in told)
    statements = statement_rows(told, cast)
    figures = figure_rows(told, cast)
    events = happenings(told, cast, rulings)
    return Linked(
        actors=[],
        statements=statements,
        figures=figures,
        events=[happening.row for happening in events],
        commitments=commitments(events, cast),
        disputes=disputes(told, cast, statements, figures, events),
    )


def bound(rulings: Sequence[EventRuling]) -> list[list[str]]:
    """The reports that rulings bind into one circle."""
    return [[report for side in ruling.sides for report, _, _ in side] for ruling in rulings]
