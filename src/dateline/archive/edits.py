"""What changed between the versions of a report: words added and removed, and the figures and quotations among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, zip_longest
from typing import Literal

import msgspec

from dateline.fold.edits import Difference, differences
from dateline.read.quantities import scan
from dateline.read.quotes import quotations
from dateline.records import CaptureRef, Record, Report, Span, Version

_NEAR = 12  # characters: two changes no farther apart are told as one
_CONTEXT = 8  # words before and after a change
_REACH = 60  # characters on both sides in which a number that a change touches may begin and end
_COUNTED = 3  # words behind a number that tell what it counts


class Exchange(Record, frozen=True, kw_only=True):
    """A figure or quotation that stands otherwise: its words in the older version and in the newer one, None where it is not."""

    old: str | None
    new: str | None


class Change(Record, frozen=True, kw_only=True):
    """One change from a version to the next: the words with their offsets in both, and the words around them.

    ``figures`` and ``quotations`` are those that the change touches, as whole ones.
    """

    kind: Literal["added", "removed", "changed"]
    old: Span | None
    new: Span | None
    before: str
    after: str
    figures: list[Exchange]
    quotations: list[Exchange]


class Wording(Record, frozen=True, kw_only=True):
    """A version of a report: when it was first captured, where that is known, and where it was found."""

    id: str
    captured: str | None
    sources: list[str]


class Step(Record, frozen=True, kw_only=True):
    """The way from one version to the next."""

    from_: str = msgspec.field(name="from")
    to: str
    changes: list[Change]


class Edited(Record, frozen=True, kw_only=True):
    """A report with several versions, and what changed from each to the next."""

    id: str
    title: str | None
    published: str | None
    publisher: str | None
    versions: list[Wording]
    steps: list[Step]


def edited(report: Report, refs: Mapping[str, Sequence[CaptureRef]]) -> Edited:
    """What changed between the versions of a report; ``refs`` are its captures as reports list them, by id."""
    return Edited(
        id=report.id,
        title=report.title,
        published=report.published,
        publisher=report.publisher,
        versions=[_wording(version, refs) for version in report.versions],
        steps=[Step(from_=old.id, to=new.id, changes=changes(old, new)) for old, new in pairwise(report.versions)],
    )


def changes(old: Version, new: Version) -> list[Change]:
    """The changes from one version to the next, in order."""
    return [_change(old, new, each) for each in _joined(old.text, new.text, differences(old.text, new.text))]


def _wording(version: Version, refs: Mapping[str, Sequence[CaptureRef]]) -> Wording:
    found = [ref for capture in version.captures for ref in refs.get(capture, [])]
    times = sorted(ref.captured for ref in found if ref.captured)
    return Wording(
        id=version.id,
        captured=times[0] if times else None,
        sources=list(dict.fromkeys(ref.url or ref.path for ref in found)),
    )


def _joined(old: str, new: str, found: Iterable[Difference]) -> list[Difference]:
    """Differences of which only a word or two part them as one; only where both stand on both sides."""
    joined: list[Difference] = []
    for each in found:
        last = joined[-1] if joined else None
        if last and last.old and last.new and each.old and each.new:
            near = max(each.old.start - last.old.end, each.new.start - last.new.end) <= _NEAR
            if near and "\n" not in old[last.old.end : each.old.start]:
                first, second = (last.old.start, each.old.end), (last.new.start, each.new.end)
                joined[-1] = Difference(old=_span(old, *first), new=_span(new, *second))
                continue
        joined.append(each)
    return joined


def _span(text: str, start: int, end: int) -> Span:
    return Span(start=start, end=end, text=text[start:end])


def _change(old: Version, new: Version, found: Difference) -> Change:
    text, span = (new.text, found.new) if found.new else (old.text, found.old)
    assert span is not None
    return Change(
        kind="changed" if found.old and found.new else "added" if found.new else "removed",
        old=found.old,
        new=found.new,
        before=" ".join(text[max(0, span.start - 200) : span.start].rsplit("\n", 1)[-1].split()[-_CONTEXT:]),
        after=" ".join(text[span.end : span.end + 200].split("\n", 1)[0].split()[:_CONTEXT]),
        figures=_exchanged(_figures(old.text, found.old), _figures(new.text, found.new)),
        quotations=_exchanged(_quoted(old, found.old), _quoted(new, found.new)),
    )


def _exchanged(old: Sequence[str], new: Sequence[str]) -> list[Exchange]:
    """What stands on one side only, in pairs in the order of the text."""
    gone = [words for words in old if words not in new]
    come = [words for words in new if words not in old]
    return [Exchange(old=a, new=b) for a, b in zip_longest(gone, come)]


def _figures(text: str, span: Span | None) -> list[str]:
    """The numbers that a stretch touches, each with what it counts."""
    if span is None:
        return []
    start, end = max(0, span.start - _REACH), min(len(text), span.end + _REACH)
    start = text.rfind(" ", 0, start) + 1
    found = [number for number, _ in scan(text, start, end, ())]
    return [
        _counted(text, number.start, number.end)
        for number in found
        if number.start < span.end and span.start < number.end
    ]


def _counted(text: str, start: int, end: int) -> str:
    """A number with the words behind it, as far as they stand in its sentence."""
    behind = text[end : end + 80].split("\n", 1)[0]
    words: list[str] = []
    for word in behind.split()[:_COUNTED]:
        words.append(word.rstrip('.,;:!?"”’»)'))
        if words[-1] != word:
            break
    glued = "" if behind[:1].isspace() else behind.split(" ", 1)[0].rstrip('.,;:!?"”’»)')
    return f"{text[start:end]}{glued} {' '.join(words[1:] if glued else words)}".strip()


def _quoted(version: Version, span: Span | None) -> list[str]:
    """The quotations that a stretch touches, inside their marks."""
    if span is None:
        return []
    parts = [part for part in version.parts if part.start < span.end and span.start < part.end]
    return [
        version.text[found.inner_start : found.inner_end]
        for found in quotations(version.text, parts)
        if found.inner_start < span.end and span.start < found.inner_end
    ]
