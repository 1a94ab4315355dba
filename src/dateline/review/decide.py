"""Making a decision: from a row and what a person says of it to what is kept for good. Wrong values are refused, with what would do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, get_args

import msgspec

from dateline.edtf import bounds
from dateline.errors import ReadingError
from dateline.read.gazetteer import candidates
from dateline.records import (
    Actor,
    ActorKind,
    Bound,
    Commitment,
    Decision,
    Dispute,
    Judged,
    Mode,
    Precision,
    Reading,
    Report,
    ReviewKind,
    Status,
    TimeType,
    Use,
    Verdict,
    content_id,
)
from dateline.review import fields as f
from dateline.review.anchors import Whereabouts, anchor, shifted
from dateline.review.apply import apply
from dateline.review.standing import READINGS, Standing, standings

_NONE = frozenset({"", "none", "null", "unknown", "-"})
_YES, _NO = frozenset({"yes", "true", "1", "y"}), frozenset({"no", "false", "0", "n"})
_COMMITTED = ("announced", "promised", "threatened")
_CHOICES: dict[tuple[str, str], tuple[Any, ...]] = {
    ("time", "type"): get_args(TimeType),
    ("place", "use"): get_args(Use),
    ("place", "precision"): (*get_args(Precision), None),
    ("statement", "mode"): get_args(Mode),
    ("figure", "bound"): get_args(Bound),
    ("figure", "trend"): ("up", "down", None),
    ("event", "status"): get_args(Status),
    ("event", "kind"): (*_COMMITTED, None),
    ("actor", "kind"): get_args(ActorKind),
    ("commitment", "kind"): _COMMITTED,
    ("commitment", "outcome"): ("took place", "cancelled", "postponed", "changed", "no report"),
}
"""What a field may be, where it is one of a few."""

_DATES = frozenset({"date", "edtf", "as_of", "due"})
_TRUTHS = frozenset({"denial", "question", "refusal", "background"})
_NUMBERS = frozenset({"lat", "lon", "geonameid"})
_SPANS = frozenset({"span", "trigger", "content", "of"})


@dataclass(frozen=True)
class Subject:
    """One reading in one report as it stands now: what the reader finds, what stands, and by which decisions.

    ``reader`` are the reader's fields (None: it finds nothing), ``now`` those that stand (None: rejected), ``item`` the whole
    reading; ``start`` and ``end`` where its anchor lies in the report's current text.
    """

    kind: ReviewKind
    report: Report
    start: int
    end: int
    reader: f.Fields | None
    now: f.Fields | None
    item: dict[str, Any] | None
    beside: list[list[tuple[int, int]]]
    by: tuple[str, ...] = ()


class Desk:
    """One report on the desk: its Reading, and the decisions on it."""

    def __init__(self, report: Report, reading: Reading, decisions: Sequence[Decision]) -> None:
        self.report = report
        text = report.current.text
        near = [d for d in decisions if any(_may_be(part, report) for part in d.parts)]
        found = standings(near, Whereabouts([report]))
        self._standing = [
            one
            for one in found
            if one.found and one.decision.kind in READINGS and one.decision.verdict in ("confirm", "correct", "reject")
        ]
        self.read = reading
        self.reading, self._outcomes = apply(text, reading, self._standing, f.kinds_of([reading]))

    def subject(self, kind: ReviewKind, spans: Sequence[tuple[int, int]]) -> Subject | None:
        """The reading of a kind that stands at some spans, decided on or not; None where there is none."""
        for one, outcome in zip(self._standing, self._outcomes, strict=True):
            if one.decision.kind != kind or one.found is None:
                continue
            shift = one.found.shift
            kept = [shifted(value, shift) for value in (one.part.now, one.part.was) if value]
            if list(spans) in [f.spans(kind, value) for value in kept]:
                return self._decided(one, outcome.reader)
        cast = f.Cast(self.report.current.text, self.read, lambda _: None)
        items = [(item, f.fields(kind, item, cast)) for item in getattr(self.read, f.LISTS[kind])]
        for item, found in items:
            if found[f.SPAN[kind]] and f.spans(kind, found) == list(spans):
                start, end = min(s for s, _ in spans), max(e for _, e in spans)
                others = [f.spans(kind, them) for _, them in items if them is not found and them[f.SPAN[kind]]]
                beside = [other for other in others if any(s < end and start < e for s, e in other)]
                kept = msgspec.to_builtins(item)
                return Subject(kind, self.report, start, end, found, self._as_it_stands(kind, found), kept, beside)
        return None

    def _as_it_stands(self, kind: str, read: f.Fields) -> f.Fields:
        """The fields of a reading that nobody decided on, with what decisions on others make of them."""
        cast = f.Cast(self.report.current.text, self.reading, lambda _: None)
        every = (f.fields(kind, item, cast) for item in getattr(self.reading, f.LISTS[kind]))
        key = f.SPAN[kind]
        return min(
            (found for found in every if found[key] == read[key]),
            key=lambda found: len(f.differing(kind, found, read)),
            default=read,
        )

    def at(self, kind: ReviewKind, start: int, end: int) -> Subject | None:
        """The reading of a kind that begins and ends with some words, or begins with them, or is rejected there."""
        cast = f.Cast(self.report.current.text, self.reading, lambda _: None)
        every = [
            f.spans(kind, found)
            for item in getattr(self.reading, f.LISTS[kind])
            if (found := f.fields(kind, item, cast))[f.SPAN[kind]]
        ]
        whole = [spans for spans in every if spans[0][0] == start and spans[-1][1] == end]
        first = [spans for spans in every if spans[0] == (start, end)]
        standing = (s for places in (*whole, *first) if (s := self.subject(kind, places)) is not None)
        if (subject := next(standing, None)) is not None:
            return subject
        for one, outcome in zip(self._standing, self._outcomes, strict=True):
            if one.decision.kind == kind and (outcome.start, outcome.end) == (start, end):
                return self._decided(one, outcome.reader)
        return None

    def _decided(self, one: Standing, reader: f.Fields | None) -> Subject:
        assert one.found is not None
        part, shift = one.part, one.found.shift
        return Subject(
            kind=one.decision.kind or "statement",
            report=self.report,
            start=part.anchor.start + shift,
            end=part.anchor.end + shift,
            reader=reader,
            now=shifted(part.now, shift),
            item=shifted(part.item, shift),
            beside=[[(s + shift, e + shift) for s, e in spans] for spans in part.beside],
            by=(one.decision.id, *one.rivals),
        )


def _may_be(part: Judged, report: Report) -> bool:
    kept = part.anchor
    return (
        kept.report == report.id
        or any(version.id == kept.version for version in report.versions)
        or not set(report.captures).isdisjoint(kept.captures)
    )


def judged(subject: Subject, now: f.Fields | None) -> Judged:
    """What is kept of a decision that a reading should be so, or not at all."""
    return Judged(
        anchor=anchor(subject.report, subject.start, subject.end),
        was=subject.reader,
        now=now,
        item=subject.item,
        beside=subject.beside,
    )


def corrected(subject: Subject, changes: Mapping[str, Any]) -> f.Fields:
    """The fields of a reading with a person's changes.

    Raises:
        ReadingError: the kind has no such field, or it cannot be that.
    """
    text = subject.report.current.text
    now = dict(subject.now or subject.reader or {})
    for name, value in changes.items():
        now[name] = value_of(subject.kind, name, value, text, subject.start)
    if subject.kind == "place" and "name" in changes and "lat" not in changes:
        sites = candidates(now["name"])
        if "geonameid" in changes:
            sites = tuple(site for site in sites if site.geonameid == now["geonameid"])
        site = next(iter(sites), None)
        for name in ("country", "precision", "lat", "lon", "geonameid"):
            if name not in changes:
                now[name] = getattr(site, name) if site else None
    return now


def value_of(kind: str, name: str, value: Any, text: str, near: int) -> Any:
    """A field's value from what a person wrote: words are looked up in the text, dates and choices checked.

    Raises:
        ReadingError: the kind has no such field, or it cannot be that.
    """
    if name not in f.FIELDS[kind]:
        raise ReadingError(name, f"a {kind} has no such field; it has {', '.join(f.FIELDS[kind])}")
    bare = value.strip() if isinstance(value, str) else value
    nothing = bare is None or (isinstance(bare, str) and bare.lower() in _NONE)
    if choices := _CHOICES.get((kind, name)):
        chosen = None if nothing and None in choices else bare
        if chosen not in choices:
            raise ReadingError(
                name, f"must be one of {', '.join(str(choice).lower() for choice in choices)}, not {value}"
            )
        return chosen
    if name in _DATES:
        if not nothing and bounds(str(bare)) is None:
            raise ReadingError(name, f"{value} is no date; write 2021, 2021-03, 2021-03-09, 2021-03/2021-05 or none")
        return None if nothing else bare
    if name in _TRUTHS:
        if str(bare).lower() not in _YES | _NO:
            raise ReadingError(name, f"must be yes or no, not {value}")
        return str(bare).lower() in _YES
    if name in _SPANS:
        return _words(name, value, nothing, text, near)
    if name in f.NAME_LISTS:
        names = bare if isinstance(bare, list) else [] if nothing else re.split(r"\s*;\s*", str(bare))
        return [" ".join(str(one).split()) for one in names if str(one).strip()]
    if kind == "figure" and name == "value":
        return None if nothing else _number(name, bare)
    if name in _NUMBERS:
        try:
            return None if nothing else int(bare) if name == "geonameid" else float(bare)
        except (TypeError, ValueError):
            raise ReadingError(name, f"{value} is no number") from None
    if name == "unit":
        return "-" if nothing else str(bare).lower()
    if nothing and name in ("name", "about", "value"):
        raise ReadingError(name, "must not be empty")
    return None if nothing else " ".join(str(bare).split())


def _words(name: str, value: Any, nothing: bool, text: str, near: int) -> Any:
    if name == "of" and nothing:
        return None
    given = value if isinstance(value, list) else [value]
    if name == "content" and isinstance(value, str):
        given = value.split(" … ")
    spans = []
    for words in given:
        if isinstance(words, Mapping):
            start, end = int(words["start"]), int(words["end"])
            found = f.nearest(text, text[start:end], start) if 0 <= start < end <= len(text) else None
        else:
            found = f.nearest(text, str(words).strip(), near)
        if found is None:
            raise ReadingError(name, f"the report does not say {words!r}: copy the words exactly")
        spans.append(msgspec.to_builtins(found))
    return sorted(spans, key=lambda span: int(span["start"])) if name == "content" else spans[0]


def _number(name: str, value: Any) -> int | float | list[int | float]:
    if isinstance(value, list | tuple):
        low, high = value
        return [_single(name, low), _single(name, high)]
    if isinstance(value, str) and (span := re.fullmatch(r"\s*(-?[\d.,]+)\s*(?:-|–|to)\s*(-?[\d.,]+)\s*", value)):
        return [_single(name, span[1]), _single(name, span[2])]
    return _single(name, value)


def _single(name: str, value: Any) -> int | float:
    try:
        number = float(str(value).replace(",", ""))
    except ValueError:
        raise ReadingError(name, f"{value} is no number: write 40, 2.5, 1,300, 40-50 or none") from None
    return int(number) if number == int(number) else number


def decision(
    verdict: Verdict,
    kind: ReviewKind | None,
    parts: Sequence[Judged],
    by: str,
    why: str | None = None,
    supersedes: Sequence[str] = (),
    of: str | None = None,
    row: str | None = None,
) -> Decision:
    """A decision made now, with the id that its content gives.

    Raises:
        ReadingError: nobody is named as deciding.
    """
    by = " ".join(by.split())
    if not by:
        raise ReadingError("by", "say who decides")
    made = Decision(
        id="",
        at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        by=by,
        verdict=verdict,
        kind=kind,
        why=why.strip() or None if why else None,
        parts=list(parts),
        supersedes=sorted(set(supersedes)),
        of=of,
        row=row,
    )
    return msgspec.structs.replace(made, id=id_of(made))


def id_of(made: Decision) -> str:
    """The id that a decision's content gives it."""
    return content_id("j", msgspec.json.encode(msgspec.structs.replace(made, id=""), order="sorted").decode())


def judged_row(
    row: Commitment | Dispute,
    report_of: Callable[[str], Report | None],
    changes: Mapping[str, Any] | None,
    reject: bool = False,
) -> list[Judged]:
    """What is kept of a decision on something that the link step made: its fields, at the words that it rests on.

    Raises:
        ReadingError: a change cannot be, or the words are in no report's current text.
    """
    kind = type(row).__name__.lower()
    was = f.row_fields(kind, row)
    now = None if reject else {**was, **{n: value_of(kind, n, v, "", 0) for n, v in (changes or {}).items()}}
    pins = [row.pin] if isinstance(row, Commitment) else [side.pin for side in row.sides]
    parts = []
    for pin in pins:
        report = report_of(pin.report)
        if report is None or report.current.id != pin.version:
            raise ReadingError(pin.report, "the report has changed since it was linked: run dateline reread")
        parts.append(Judged(anchor=anchor(report, pin.start, pin.end), was=was, now=now))
    return parts


def judged_actor(
    actor: Actor, mention: tuple[Report, int, int], now: f.Fields | None, name: str | None = None, **more: Any
) -> Judged:
    """What is kept of an actor, or of one of its names, known by a mention."""
    report, start, end = mention
    was: f.Fields = {"name": name or actor.name, "kind": actor.kind, **more}
    if name is None:
        was["names"] = [each.name for each in actor.names]
    return Judged(anchor=anchor(report, start, end), was=was, now=now)


def kept(subject: Subject) -> f.Fields | None:
    """What was kept of a reading that is rejected and that the reader has lost: nothing more than where it stood."""
    return f.where(subject.kind, subject.item)
