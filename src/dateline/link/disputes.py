"""Disputes: a claim and its denial, an assertion and its contradiction, two figures for one thing. Shown, never judged."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.link.accounts import contradictions
from dateline.link.cast import Cast
from dateline.link.claims import Claims
from dateline.link.denials import denials
from dateline.link.rival_counts import rival_counts
from dateline.link.told import Happening
from dateline.records import Dispute, FigureRow, StatementRow, Telling


def disputes(
    tellings: Sequence[Telling],
    cast: Cast,
    statements: Sequence[StatementRow],
    figures: Sequence[FigureRow],
    happenings: Sequence[Happening],
) -> list[Dispute]:
    """All disputes, in the order in which the reports first show them."""
    claims = Claims(tellings, cast, statements, happenings, figures)
    shown: dict[frozenset[tuple[str, int]], Dispute] = {}
    denied = list(denials(claims.by_report, cast.states))
    settled = {(side.report, side.pin.start) for dispute in denied for side in dispute.sides}
    for dispute in [*denied, *contradictions(claims, settled, cast.states), *rival_counts(tellings, figures)]:
        shown.setdefault(frozenset((side.report, side.pin.start) for side in dispute.sides), dispute)
    return sorted(shown.values(), key=lambda d: (min(side.date or "9999" for side in d.sides), d.id))
