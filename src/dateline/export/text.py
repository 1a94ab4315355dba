"""A chronicle as plain text for the terminal: a line an entry, what was said and claimed beneath it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from dateline.chronicle.chronicle import Chronicle
from dateline.export.inert import visible
from dateline.export.phrases import corroboration, dispute_line, figure_line, heading, outcome_line, said_line
from dateline.records import Entry

_INDENT = "    "


def text(chronicle: Chronicle, width: int = 100) -> Iterator[str]:
    """The lines of a chronicle, wrapped at ``width`` columns (no line breaks at their ends)."""
    for entry in chronicle:
        yield from map(visible, _entry(chronicle, entry, width))
        yield ""
    if not chronicle:
        yield "No entries."


def _entry(chronicle: Chronicle, entry: Entry, width: int) -> Iterator[str]:
    def wrapped(words: str, first: str = _INDENT, rest: str = _INDENT) -> list[str]:
        return textwrap.wrap(
            words, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
        )

    yield heading(entry, chronicle.reported(entry))
    yield from wrapped(entry.text)
    if commitment := chronicle.commitment(entry):
        yield from wrapped(outcome_line(commitment), _INDENT + "→ ", _INDENT + "  ")
    for figure in chronicle.figures(entry):
        yield from wrapped(figure_line(figure), _INDENT + "# ", _INDENT + "  ")
    for statement in chronicle.statements(entry):
        yield from wrapped(said_line(statement), _INDENT + "“ ", _INDENT + "  ")
    for dispute in chronicle.disputes(entry):
        yield from wrapped(dispute_line(dispute), _INDENT + "≠ ", _INDENT + "  ")
    yield from wrapped(f"{corroboration(entry)} · {chronicle.where(entry.pins[0])}", _INDENT + "· ", _INDENT + "  ")
