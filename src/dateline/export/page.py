"""A chronicle as one HTML file that opens without a server: every line leads to its words, which stand in the same file.

Nothing of a capture becomes markup, nothing is loaded, no script is in it; a strict Content-Security-Policy says so to the
browser as well.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, Template

from dateline.chronicle.chronicle import Chronicle
from dateline.edtf import in_words
from dateline.export.inert import visible
from dateline.export.phrases import corroboration, figure_line, heading, outcome_line, said_line
from dateline.records import Dispute, Entry, Pin


class Segment(NamedTuple):
    """A stretch of a report's text: the anchors that begin there, and whether any pin covers it."""

    anchors: list[str]
    marked: bool
    text: str


class Line(NamedTuple):
    """Something under an entry, with where its words stand in the file."""

    text: str
    anchor: str


def page(chronicle: Chronicle, text_of: Callable[[Pin], str], title: str = "Chronicle") -> Iterator[str]:
    """The lines of the file.

    Args:
        chronicle: what to show.
        text_of: the whole text that a pin counts in.
        title: the page's title: what was asked for.
    """
    pins = [pin for entry in chronicle for pin in _pins(chronicle, entry)]
    style = files("dateline.export").joinpath("templates/chronicle.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    shown = _template().render(
        title=title,
        style=style,
        digest=digest,
        entries=[_entry(chronicle, entry) for entry in chronicle],
        reports=[_report(chronicle, texts, text_of) for texts in _by_version(pins)],
    )
    yield from shown.splitlines()


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("dateline.export"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["visible"] = visible
    return environment.get_template("chronicle.html")


def _pins(chronicle: Chronicle, entry: Entry) -> Iterator[Pin]:
    yield from entry.pins
    yield from (figure.pin for figure in chronicle.figures(entry))
    yield from (statement.pin for statement in chronicle.statements(entry))
    yield from (side.pin for dispute in chronicle.disputes(entry) for side in dispute.sides)


def _entry(chronicle: Chronicle, entry: Entry) -> dict[str, Any]:
    commitment = chronicle.commitment(entry)
    return {
        "id": entry.id,
        "status": entry.status,
        "heading": heading(entry, chronicle.reported(entry)),
        "text": entry.text,
        "outcome": outcome_line(commitment) if commitment else None,
        "figures": [Line(figure_line(figure), _anchor(figure.pin)) for figure in chronicle.figures(entry)],
        "statements": [Line(said_line(row), _anchor(row.pin)) for row in chronicle.statements(entry)],
        "disputes": [_sides(dispute) for dispute in chronicle.disputes(entry)],
        "behind": corroboration(entry),
        "words": [Line(_named(chronicle, pin), _anchor(pin)) for pin in entry.pins],
    }


def _sides(dispute: Dispute) -> list[Line]:
    return [Line(f"{side.by or 'unnamed'}: {side.text}", _anchor(side.pin)) for side in dispute.sides]


def _named(chronicle: Chronicle, pin: Pin) -> str:
    report = chronicle.report(pin.report)
    return report.publisher or report.title or pin.report


def _anchor(pin: Pin) -> str:
    return f"w-{pin.report}-{pin.version}-{pin.start}-{pin.end}"


def _by_version(pins: Iterable[Pin]) -> list[list[Pin]]:
    held: dict[tuple[str, str], dict[str, Pin]] = {}
    for pin in pins:
        held.setdefault((pin.report, pin.version), {})[_anchor(pin)] = pin
    return [list(each.values()) for each in held.values()]


def _report(chronicle: Chronicle, pins: list[Pin], text_of: Callable[[Pin], str]) -> dict[str, Any]:
    report = chronicle.report(pins[0].report)
    about = [report.publisher, in_words(report.published[:10]) if report.published else None, *report.authors]
    return {
        "title": report.title or report.id,
        "about": " · ".join(each for each in about if each),
        "captures": [capture.url or capture.path for capture in report.captures],
        "segments": segments(text_of(pins[0]), pins),
    }


def segments(text: str, pins: Iterable[Pin]) -> list[Segment]:
    """A text cut at the borders of its pins, so that pins which overlap each other can all be shown and opened."""
    pins = list(pins)
    borders = sorted({0, len(text), *(pin.start for pin in pins), *(pin.end for pin in pins)})
    return [
        Segment(
            [_anchor(pin) for pin in pins if pin.start == start],
            any(pin.start <= start and end <= pin.end for pin in pins),
            text[start:end],
        )
        for start, end in pairwise(borders)
    ]
