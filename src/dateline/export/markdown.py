"""A chronicle as Markdown: every captured word escaped, so that a page's own markup stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.chronicle.chronicle import Chronicle
from dateline.export.inert import visible
from dateline.export.phrases import corroboration, dispute_line, figure_line, heading, outcome_line, said_line

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+!|~-])")


def markdown(chronicle: Chronicle) -> Iterator[str]:
    """The lines of a chronicle as CommonMark."""
    yield "# Chronicle"
    for entry in chronicle:
        yield ""
        yield f"## {_plain(heading(entry, chronicle.reported(entry)))}"
        yield ""
        yield _plain(entry.text)
        yield ""
        if commitment := chronicle.commitment(entry):
            yield f"- *{_plain(outcome_line(commitment))}*"
        for figure in chronicle.figures(entry):
            yield f"- figure: {_plain(figure_line(figure))}"
        for statement in chronicle.statements(entry):
            yield f"- said: {_plain(said_line(statement))}"
        for dispute in chronicle.disputes(entry):
            yield f"- {_plain(dispute_line(dispute))}"
        yield f"- {_plain(corroboration(entry))}"
        for pin in entry.pins:
            yield f"- words: {_plain(chronicle.where(pin))}"


def _plain(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", visible(" ".join(words.split())))
