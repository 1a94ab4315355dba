"""A chronicle as CSV, one row an entry."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from dateline.chronicle.chronicle import Chronicle

COLUMNS = (
    *("id", "date", "date_basis", "status", "background", "text", "place", "lat", "lon", "actors"),
    *("reports", "origins", "statements", "figures", "disputes", "commitment", "outcome", "words"),
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(chronicle: Chronicle) -> Iterator[str]:
    """The lines of a CSV file, the header first (no line breaks at their ends); several values stand between "; "."""
    yield _line(COLUMNS)
    for entry in chronicle:
        place, commitment = entry.place, chronicle.commitment(entry)
        values = {
            **{
                name: getattr(entry, name)
                for name in ("id", "date", "date_basis", "status", "background", "text", "commitment")
            },
            **{name: getattr(place, name) if place else None for name in ("lat", "lon")},
            **{
                name: "; ".join(getattr(entry, name))
                for name in ("actors", "reports", "origins", "statements", "figures", "disputes")
            },
            "place": place.name if place else None,
            "outcome": commitment.outcome if commitment else None,
            "words": "; ".join(map(chronicle.where, entry.pins)),
        }
        yield _line([_safe(values[name]) for name in COLUMNS])


def _safe(value: object) -> object:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before a sign that would begin one."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _line(values: object) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(values)  # type: ignore[arg-type]
    return out.getvalue()
