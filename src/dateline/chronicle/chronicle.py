"""A chronicle: entries in order, with what stands behind them at hand."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import overload

import msgspec

from dateline.edtf import in_words
from dateline.records import Commitment, Dispute, Entry, FigureRow, Linked, Pin, ReportRow, StatementRow

_SHOWN = 20  # lines in a notebook


@dataclass(frozen=True)
class Chronicle(Sequence[Entry]):
    """The entries that answer a question. Iterate over it; ask it for what an entry's ids stand for."""

    entries: tuple[Entry, ...]
    _statements: dict[str, StatementRow]
    _figures: dict[str, FigureRow]
    _disputes: dict[str, Dispute]
    _commitments: dict[str, Commitment]
    _reports: dict[str, ReportRow]

    @classmethod
    def of(cls, entries: Iterable[Entry], linked: Linked, reports: Iterable[ReportRow]) -> Chronicle:
        """A chronicle of some entries of an archive.

        Where a run was cut short before it linked, entries may tell of reports that are not there any more, because they were united
        with others: that they do is left out until it is linked.
        """
        held = {row.id: row for row in reports}
        return cls(
            tuple(there for entry in entries if (there := _resting_on(entry, held)) is not None),
            {row.id: row for row in linked.statements},
            {row.id: row for row in linked.figures},
            {row.id: row for row in linked.disputes},
            {row.id: row for row in linked.commitments},
            held,
        )

    @overload
    def __getitem__(self, index: int) -> Entry: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry]: ...

    def __getitem__(self, index: int | slice) -> Entry | Sequence[Entry]:
        return self.entries[index]

    def __len__(self) -> int:
        return len(self.entries)

    def _repr_html_(self) -> str:
        """The first lines as a table for a notebook, every word escaped."""
        lines = "".join(
            f"<tr><td>{escape(in_words(entry.date) if entry.date else 'undated')}</td><td>{escape(entry.status)}</td>"
            f"<td dir='auto'>{escape(entry.text)}</td><td>{len(entry.reports)}</td><td>{len(entry.origins)}</td></tr>"
            for entry in self.entries[:_SHOWN]
        )
        heads = "".join(f"<th>{head}</th>" for head in ("date", "status", "line", "reports", "origins"))
        more = f"<p>{len(self)} lines</p>" if len(self) > _SHOWN else ""
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>{more}"

    def statements(self, entry: Entry) -> list[StatementRow]:
        """The statements under an entry."""
        return [self._statements[id] for id in entry.statements]

    def figures(self, entry: Entry) -> list[FigureRow]:
        """The figures under an entry."""
        return [self._figures[id] for id in entry.figures]

    def disputes(self, entry: Entry) -> list[Dispute]:
        """The disputes that an entry is part of."""
        return [self._disputes[id] for id in entry.disputes]

    def commitment(self, entry: Entry) -> Commitment | None:
        """The commitment that an entry announces."""
        return self._commitments[entry.commitment] if entry.commitment else None

    def report(self, id: str) -> ReportRow:
        """A report by its id."""
        return self._reports[id]

    def reported(self, entry: Entry) -> str | None:
        """The day of the first report of an entry, None where no report of it is dated."""
        return min((day[:10] for id in entry.reports if (day := self._reports[id].published)), default=None)

    def where(self, pin: Pin) -> str:
        """Which capture file holds a pin's words, for a person: path, place in the file, offsets in the report's text."""
        report = self._reports[pin.report]
        held = next((v["captures"] for v in report.versions if v["id"] == pin.version), [])
        beside = any(side.version == pin.version and side.start <= pin.start < side.end for side in report.side)
        shown = report.from_.get("side" if beside else "text")
        captures = sorted((c for c in report.captures if c.id in held), key=lambda c: c.id != shown) or report.captures
        place = f" ({captures[0].record})" if captures[0].record else ""
        return f"{captures[0].path}{place} @{pin.start}-{pin.end}"


def _resting_on(entry: Entry, held: Container[str]) -> Entry | None:
    """An entry as far as it rests on reports that are there, None where it does on none."""
    if all(report in held for report in entry.reports):
        return entry
    reports = [report for report in entry.reports if report in held]
    pins = [pin for pin in entry.pins if pin.report in held]
    return msgspec.structs.replace(entry, reports=reports, pins=pins) if reports and pins else None
