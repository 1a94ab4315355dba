"""Where a decision's words stand now. A pin re-anchors exactly or is orphaned; it never slides to a lookalike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.records import Anchor, Report

AROUND = 48
"""Characters kept on either side of a pin, by which its words are known again in another wording of the report."""

_LEAST = 24  # characters of surroundings without which words are not known again
_CAPTURES = 8  # captures that an anchor remembers: enough to find a report again under another id


@dataclass(frozen=True)
class Found:
    """Where an anchor's words stand now: the report, and how far they moved from where they stood."""

    report: str
    version: str
    shift: int


def anchor(report: Report, start: int, end: int) -> Anchor:
    """The anchor of a stretch of a report's current text."""
    current = report.current
    return Anchor(
        report=report.id,
        version=current.id,
        captures=sorted(current.captures)[:_CAPTURES],
        start=start,
        end=end,
        text=current.text[start:end],
        before=current.text[max(0, start - AROUND) : start],
        after=current.text[end : end + AROUND],
    )


def shifted(value: Any, by: int) -> Any:
    """The same JSON value with all its spans moved."""
    if isinstance(value, Mapping):
        moved = {key: shifted(inner, by) for key, inner in value.items()}
        if {"start", "end", "text"} <= moved.keys():
            moved |= {"start": value["start"] + by, "end": value["end"] + by}
        return moved
    return [shifted(inner, by) for inner in value] if isinstance(value, list) else value


class Whereabouts:
    """The reports of an archive as anchors look for them."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._reports = reports
        self._by_id = {report.id: report for report in reports}
        self._by_version: dict[str, list[Report]] = {}
        self._by_capture: dict[str, Report] = {}
        for report in reports:
            for version in report.versions:
                self._by_version.setdefault(version.id, []).append(report)
            for capture in report.captures:
                self._by_capture[capture] = report

    def find(self, anchor: Anchor) -> Found | None:
        """Where an anchor's words stand in a current text, None where they are not to be found again for certain."""
        homes = self._homes(anchor)
        for report in homes:
            current = report.current
            if current.id == anchor.version and current.text[anchor.start : anchor.end] == anchor.text:
                return Found(report.id, current.id, 0)
        for report in homes:
            if (found := again(anchor, report)) is not None:
                return found
        if homes:
            return None
        # Another archive's decision: its report may be known here from other captures.
        found_in = self._anywhere(anchor)
        return found_in[0] if len(found_in) == 1 else None

    def _anywhere(self, anchor: Anchor) -> list[Found]:
        """Where an anchor's words stand in any report."""
        return [found for report in self._reports if (found := again(anchor, report)) is not None]

    def _homes(self, anchor: Anchor) -> list[Report]:
        """The reports that can be the anchor's: of its version, of its captures, of its id, in this order."""
        known = list(self._by_version.get(anchor.version, ()))
        known.sort(key=lambda report: report.id != anchor.report)
        known += [self._by_capture[id] for id in anchor.captures if id in self._by_capture]
        known += [self._by_id[anchor.report]] if anchor.report in self._by_id else []
        return list({report.id: report for report in known}.values())


def again(anchor: Anchor, report: Report) -> Found | None:
    """Where an anchor's words stand in another wording: once, with the same surroundings."""
    text = report.current.text
    whole = anchor.before + anchor.text + anchor.after
    at = text.find(whole)
    if at < 0 or text.find(whole, at + 1) >= 0:
        return None
    if len(anchor.before) + len(anchor.after) < _LEAST:
        return None
    return Found(report.id, report.current.id, at + len(anchor.before) - anchor.start)
