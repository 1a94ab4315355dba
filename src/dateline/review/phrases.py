"""Decisions and values in a few plain words, as the terminal and the browser show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from dateline.records import Decision

PAST: Final = {
    "confirm": "confirmed",
    "correct": "corrected",
    "reject": "rejected",
    "merge": "merged",
    "split": "split",
}
"""What was done, for each verdict on a reading."""


def words(value: object) -> str:
    """A field's value in words."""
    if value is None or value == []:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict) and "text" in value:
        return " ".join(str(value["text"]).split())
    if isinstance(value, list):
        between = " to " if all(isinstance(one, int | float) for one in value) else " … "
        return between.join(words(one) for one in value)
    return " ".join(str(value).split())


def told(decision: Decision) -> str:
    """A decision in a few words: what was done to what, and what was changed."""
    if decision.verdict == "undo":
        return f"undone: {decision.of}"
    if decision.verdict == "note":
        return f"note on {_a(decision.kind)}"
    first = decision.parts[0]
    if decision.verdict in ("merge", "split") and decision.kind == "actor":
        names = [str((part.was or {}).get("name")) for part in decision.parts]
        return f"merged {' and '.join(names)}" if decision.verdict == "merge" else f"split {names[1]} from {names[0]}"
    said = f"{PAST[decision.verdict]} {_a(decision.kind)}"
    if decision.verdict in ("merge", "split"):
        return f"{said} told by {len({part.anchor.report for part in decision.parts})} reports"
    if decision.verdict == "correct" and first.now is not None:
        was = first.was or {}
        right = (
            f"{name.replace('_', ' ')} {words(value)}" for name, value in first.now.items() if was.get(name) != value
        )
        said += f": {', '.join(right)}"
    return said


def _a(kind: str | None) -> str:
    return f"{'an' if (kind or '')[:1] in 'aeiou' else 'a'} {kind}"
