"""The order in which lists stand, as a text for each row: a row's place hangs on nothing but itself and the days of its reports."""

from __future__ import annotations

from collections.abc import Mapping

from dateline.edtf import sort_key
from dateline.records import Commitment, Dispute, Entry, EventRow, FigureRow, Pin, StatementRow

NEXT = "\t"
"""What stands between two keys of one order: it comes before every letter."""

_LONGEST = 10**7  # days that a date covers, characters of a text

Row = StatementRow | FigureRow | EventRow | Commitment | Dispute | Entry


def order(row: Row, published: Mapping[str, str | None]) -> str:
    """What puts a row in its place: statements, figures, events and commitments where the earliest report tells them, disputes by
    the first day of a side, lines by date (the undated last, an imprecise date before the precise ones that begin with it).

    Args:
        row: the row.
        published: the publication days of the reports that it rests on.
    """

    def told(pin: Pin) -> str:
        return ordered(published.get(pin.report) or "9999", pin.report, f"{pin.start:07}", f"{_LONGEST - pin.end:07}")

    if isinstance(row, Entry):
        undated, first, shorter = sort_key(row.date)
        key = ordered(f"{undated}{first:07}{_LONGEST + shorter:07}", row.pins[0].report, f"{row.pins[0].start:07}")
    elif isinstance(row, Dispute):
        key = min(side.date or "9999" for side in row.sides)
    elif isinstance(row, EventRow | StatementRow):
        key = min(map(told, row.pins))
    else:
        key = told(row.pin)
    return ordered(key, row.id)


def ordered(*keys: str) -> str:
    """A text that sorts by some keys, one after the other."""
    return NEXT.join(keys)
