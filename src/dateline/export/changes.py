"""What changed in a chronicle, as text: ``+`` is new, ``~`` changed, ``-`` gone, and after ``←`` why."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from typing import Any

from dateline.archive.differences import Difference
from dateline.archive.history import Known
from dateline.chronicle.changes import Cause, Change, Row, Step, seen
from dateline.edtf import in_words
from dateline.export.inert import visible
from dateline.export.phrases import heading, outcome_line
from dateline.records import Commitment, Entry

_SIGNS = {"new": "+", "changed": "~", "gone": "-"}
_NAMED = 3  # titles of reports, or names, that are told before "and 4 more"
_INDENT = "    "
_DATES = frozenset({"date", "due"})
_LISTS = frozenset({"reports", "origins", "actors", "by", "tellings", "sides"})
_CALLED = {"tellings": "sentences", "sides": "words of the sides"}


def changes(found: Difference, width: int = 100) -> Iterator[str]:
    """The lines of a difference, wrapped at ``width`` columns."""
    yield f"From {_state(found.before)} to {_state(found.after)}"
    for step in found.steps:
        yield from _wrapped(_step(step), "  ", "    ", width)
    counts = Counter((change.noun, _sign(change)) for change in found.changes)
    for noun in ("entries", "commitments", "disputes"):
        told = ", ".join(f"{number} {sign}" for sign in _SIGNS if (number := counts[noun, sign]))
        if told:
            yield f"{noun}: {told}"
    if not found.changes:
        yield "Nothing changed."
    for change in found.changes:
        yield ""
        yield from (visible(line) for line in _change(change, found, width))


def _sign(change: Change) -> str:
    return "new" if change.before is None else "gone" if change.after is None else "changed"


def _state(state: Known) -> str:
    decided = " and the decisions after it" if state.decisions else ""
    return f"run {state.run}{decided} ({state.at[:16].replace('T', ' ')})"


def _step(step: Step) -> str:
    """What happened in one step: ``run 2, add: 6 reports new, 3 changed``."""
    sides = Counter(
        "new"
        if old is None
        else "read anew"
        if new is not None and _same_text(old, new)
        else "changed"
        if new
        else "gone"
        for old, new in step.reports.values()
        if new is not None or old is None or old.successor not in step.reports
    )
    told = [f"{number} report{'s' * (number != 1)} {what}" for what, number in sides.items()]
    if step.decisions:
        names = ", ".join(sorted({one.by for one in step.decisions}))
        told.append(f"{len(step.decisions)} decision{'s' * (len(step.decisions) != 1)} by {names}")
    if step.updated:
        told.append("another version of Dateline")
    name = f"after run {step.run}" if step.kind == "review" else f"run {step.run}, {step.kind}"
    return f"{name} ({step.at[:16].replace('T', ' ')}): {', '.join(told) or 'no report changed'}"


def _same_text(old: Any, new: Any) -> bool:
    return (old.version, old.published) == (new.version, new.published)


def _change(change: Change, found: Difference, width: int) -> Iterator[str]:
    row = change.after if change.after is not None else change.before
    assert row is not None
    sign = _SIGNS[_sign(change)]
    yield f"{sign} {_heading(row)}"
    yield from _wrapped(row.about if not isinstance(row, Entry | Commitment) else row.text, _INDENT, _INDENT, width)
    if isinstance(row, Commitment) and not change.fields:
        yield from _wrapped(outcome_line(row), f"{_INDENT}→ ", f"{_INDENT}  ", width)
    for name in change.fields:
        assert change.before is not None
        assert change.after is not None
        for line in _field(name, seen(change.before)[name], seen(change.after)[name], found):
            yield from _wrapped(line, _INDENT, f"{_INDENT}  ", width)
    if change.with_:
        others = {each.id: each for each in found.changes}
        lines = [_line_of(others[id]) for id in change.with_ if id in others]
        if lines:
            where = "now told with" if change.after is None else "told before with"
            yield from _wrapped(f"{where}: {'; '.join(lines)}", _INDENT, f"{_INDENT}  ", width)
    told = list(dict.fromkeys(_why(cause, found) for cause in change.causes))
    yield from _wrapped(f"← {'; '.join(told)}", _INDENT, f"{_INDENT}  ", width)


def _heading(row: Row) -> str:
    if isinstance(row, Entry):
        return heading(row, None)
    if isinstance(row, Commitment):
        return f"commitment{f', due {in_words(row.due)}' if row.due else ''}"
    return f"dispute, {len(row.sides)} sides"


def _line_of(change: Change) -> str:
    row = change.after if change.after is not None else change.before
    assert row is not None
    return _quoted(row.text if isinstance(row, Entry | Commitment) else row.about)


def _field(name: str, old: Any, new: Any, found: Difference) -> Iterator[str]:
    """One field of a changed row: what it was, what it is."""
    called = _CALLED.get(name, name)
    if name not in _LISTS:
        yield f"{called}: {_value(name, old)} → {_value(name, new)}"
        return
    come, gone = ([each for each in one if each not in other] for one, other in ((new, old), (old, new)))
    if len(old) == len(new) == 1 and name not in ("sides", "tellings"):
        yield f"{called}: {_item(name, gone[0], found)} → {_item(name, come[0], found)}"
        return
    told = [
        f"{sign}{_some([_item(name, each, found) for each in items])}"
        for sign, items in (("+ ", come), ("− ", gone))
        if items
    ]
    yield f"{called}: {len(old)} → {len(new)} ({', '.join(told)})"


def _value(name: str, value: Any) -> str:
    if value is None:
        return "none" if name not in _DATES else "undated"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return in_words(value) if name in _DATES else str(value)


def _item(name: str, item: Any, found: Difference) -> str:
    if name == "reports":
        return _quoted(found.titles.get(item) or item)
    if name == "sides":
        by, _, text = item
        return f"{by or 'unnamed'}: {_quoted(text)}"
    return _quoted(item) if name == "tellings" else str(item)


def _why(cause: Cause, found: Difference) -> str:
    """A cause in words: ``new captures: “Ferry sinks” (run 2)``."""
    names = [_quoted(found.titles.get(id) or id) for id in cause.reports]
    of = f": {_some(names)}" if names else ""
    by = f" ({_some(cause.by)})" if cause.by else ""
    match cause.kind:
        case "captures":
            told = f"new captures{of}"
        case "removal":
            told = "a capture was removed"
        case "reader":
            told = "another reader"
        case "person":
            told = f"a person{by}"
        case "version":
            told = "another version of Dateline"
        case "linking":
            told = "linked anew"
    elsewhere = "" if cause.direct or cause.kind in ("version", "linking") else ", by way of other reports"
    return f"{told}{elsewhere} (run {cause.run})" if cause.kind != "person" else f"{told}{elsewhere}"


def _some(items: list[str]) -> str:
    more = f" and {len(items) - _NAMED} more" if len(items) > _NAMED else ""
    return ", ".join(items[:_NAMED]) + more


def _quoted(words: str) -> str:
    return f"“{textwrap.shorten(words, 90, placeholder=' …')}”"


def _wrapped(words: str, first: str, rest: str, width: int) -> list[str]:
    return textwrap.wrap(
        words, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
