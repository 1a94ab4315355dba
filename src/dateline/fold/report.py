"""The captures of one report to the report: its versions, and each field with the capture that gave it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from statistics import median_low
from typing import NamedTuple, TypeVar
from urllib.parse import urlsplit

import numpy as np

from dateline.fold.edits import edited
from dateline.fold.same import Body, covered
from dateline.records import Extract, Part, PartKind, Report, SideMatter, Version, content_id

_PARAGRAPH = re.compile(r"\S[^\n]*(?<=\S)")
_LETTERS = re.compile(r"[^\W_]+")
# A day this far before most captures' is a template's or a site's, not the report's; it takes three captures to tell.
_STRAY = 30
_ENOUGH = 3
# Of the captures that are about as long as the longest, the cleanest is the one with the most words that others share
# and the fewest of its own.
_FULL = 0.95
# A side item of which this much stands in the body is part of it.
_INSIDE = 0.9
# A shorter name may stand in any address by chance.
_HOST_NAME = 4
_UNKNOWN = "9999"
_DAY = len("2021-12-06")
# Where a field was found that only seems to be there: it counts where no capture states the field.
_GUESSES = frozenset({"first line", "page (htmldate)"})

_Value = TypeVar("_Value")


class _Capture(NamedTuple):
    """An extract with the time at which it was captured."""

    extract: Extract
    captured: str | None
    bodies: dict[str, Body]

    @property
    def body(self) -> Body:
        """The body, prepared for comparison: once for all captures of one text, and for those that are compared."""
        text = self.extract.text
        if text not in self.bodies:
            self.bodies[text] = Body(text)
        return self.bodies[text]


def report_id(captures: Sequence[str]) -> str:
    """The id of the report of some captures."""
    return content_id("r", min(captures))


def merge(captures: Sequence[tuple[Extract, str | None]]) -> Report:
    """One report of all its captures; the same whatever their order.

    Each field comes from one capture, named in ``from_`` (``text``: the one whose body the current version shows, ``side``: the one with most of its side matter).
    Authors and publisher come from the origin's own outlet if it is among the captures, else from the earliest one that
    has them; so does the title, but from the captures of the current version, whose words it heads. The publication day
    is the earliest credible one.

    Args:
        captures: extracts, each with the time at which it was captured (ISO 8601) where that is known.

    Raises:
        ValueError: there are no captures.
    """
    if not captures:
        raise ValueError("a report needs a capture")
    bodies: dict[str, Body] = {}
    ranked = _ranked([_Capture(extract, captured, bodies) for extract, captured in captures])
    wordings = _wordings(ranked)
    groups = sorted(wordings, key=_appearance(wordings)) if len(wordings) > 1 else wordings
    publishers = {capture.extract.publisher for capture in ranked}
    from_: dict[str, str] = {}

    def first(field: str, get: Callable[[Extract], _Value | None], among: Sequence[_Capture] = ranked) -> _Value | None:
        for capture in among:
            value = get(capture.extract)
            if value is not None:
                from_[field] = capture.extract.id
                return value
        return None

    return Report(
        id=report_id([capture.extract.id for capture in ranked]),
        title=first("title", _title(publishers), _stated(_current_first(ranked, groups[-1]), "title")),
        published=first("published", _published, _stated(_earliest(ranked), "date")),
        authors=first("authors", lambda e: e.authors or None) or [],
        publisher=first("publisher", lambda e: e.publisher or None),
        language=first("language", lambda e: e.language or None, _most(ranked, lambda e: e.language)),
        origin=first("origin", lambda e: e.origin, _named_in_full(_most(ranked, _agency(ranked)))),
        own_reporting=first("own_reporting", lambda e: e.own_reporting),
        country=first("country", lambda e: e.country),
        captures=[capture.extract.id for capture in ranked],
        versions=[_version(group) for group in groups],
        from_=from_ | _sources(groups[-1]),
    )


def merge_sound(
    captures: Mapping[str, tuple[Extract, str | None]],
) -> tuple[Report | None, list[tuple[Extract, Exception]]]:
    """One report of those of its captures with which one can be made, by id; and those with which not, and why.

    A mistake of ours in one capture must not cost the others. The report is None where no capture is left.
    """
    sound = dict(captures)
    broken: list[tuple[Extract, Exception]] = []
    while sound:
        try:
            return merge(list(sound.values())), broken
        except Exception as error:
            broken.append((sound.pop(_culprit(sound))[0], error))
    return None, broken


def _culprit(captures: Mapping[str, tuple[Extract, str | None]]) -> str:
    """The capture that makes no report even alone, else the last."""
    for id, capture in captures.items():
        try:
            merge([capture])
        except Exception:
            return id
    return max(captures)


# ── the text ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _compose(extract: Extract, side: Sequence[SideMatter]) -> tuple[str, list[Part]]:
    """The text of a report as one capture gives it: the body, then each side matter under its title.

    Paragraphs, headings, titles and side items are joined by blank lines; furniture is left out. With the text come its
    parts, one a paragraph: ``body`` and ``heading``, then ``side_title`` and ``side`` with the item's title and date.
    """
    pieces: list[str] = []
    parts: list[Part] = []
    at = 0

    def add(words: str, kind: PartKind, item: SideMatter | None = None) -> None:
        nonlocal at
        at += 2 if pieces else 0
        pieces.append(words)
        title, day = (item.title, item.date) if item else (None, None)
        parts.append(Part(start=at, end=at + len(words), kind=kind, title=title, date=day))
        at += len(words)

    for kind, words in _body(extract):
        add(words, kind)
    before: str | None = None
    for item in side:
        title = (item.title or "").strip()
        if title and title != before:
            # the pictures of one gallery have one title
            add(title, "side_title", item)
        before = title
        for match in _PARAGRAPH.finditer(item.text):
            add(match.group(), "side", item)
    return "\n\n".join(pieces), parts


def _body(extract: Extract) -> Iterator[tuple[PartKind, str]]:
    """The paragraphs of a body with their kinds, without furniture; by lines where the extract knows no parts."""
    if not extract.parts:
        yield from (("body", match.group()) for match in _PARAGRAPH.finditer(extract.text))
    for part in extract.parts:
        words = extract.text[part.start : part.end].strip()
        if words and part.kind != "furniture":
            yield part.kind, words


# ── versions ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _wordings(ranked: Sequence[_Capture]) -> list[list[_Capture]]:
    """The captures by wording: those of a group differ from its longest by no edit."""
    if len(ranked) == 1:
        return [list(ranked)]
    groups: list[list[_Capture]] = []
    known: dict[bytes, list[_Capture]] = {}
    for capture in sorted(ranked, key=lambda c: (-len(c.body), c.extract.id)):
        prose, text = capture.body.hashes.tobytes(), capture.extract.text
        group = known.get(prose) or next((g for g in groups if not edited(g[0].extract.text, text)), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(capture)
        known[prose] = group
    return groups


def _appearance(groups: Sequence[Sequence[_Capture]]) -> Callable[[Sequence[_Capture]], tuple[str, str, int, str]]:
    """The key that sorts wordings by appearance: what all know of publication, of capture, then length."""

    def published(group: Sequence[_Capture]) -> str:
        return min((_published(c.extract) or _UNKNOWN for c in group), default=_UNKNOWN)

    def captured(group: Sequence[_Capture]) -> str:
        return min((_moment(c.captured) or _UNKNOWN for c in group), default=_UNKNOWN)

    timed = all(len(published(group)) > _DAY for group in groups)
    dated = all(published(group) != _UNKNOWN for group in groups)
    seen = all(captured(group) != _UNKNOWN for group in groups)

    def key(group: Sequence[_Capture]) -> tuple[str, str, int, str]:
        day = (_moment(published(group)) or "") if timed else published(group)[:10] if dated else ""
        return day, captured(group) if seen else "", len(group[0].body), group[0].extract.id

    return key


def _version(group: Sequence[_Capture]) -> Version:
    full = _fullest(group)
    text, parts = _compose(full.extract, _side(full, group))
    ids = [full.extract.id, *sorted(c.extract.id for c in group if c is not full)]
    return Version(id=content_id("v", text), text=text, parts=parts, captures=ids)


def _fullest(group: Sequence[_Capture]) -> _Capture:
    """The longest capture; of several about as long, the one whose words the others share most."""
    if len(group) == 1:
        return group[0]
    longest = max(len(capture.body) for capture in group)
    full = [capture for capture in group if len(capture.body) >= _FULL * longest]
    copies = Counter(capture.body.digest for capture in group)
    bodies = {capture.body.digest: capture.body.known.tolist() for capture in group}
    runs: Counter[int] = Counter()
    for digest, known in bodies.items():
        for run in known:
            runs[run] += copies[digest]
    shared = {digest: sum(runs[run] > 1 for run in known) for digest, known in bodies.items()}

    def rank(capture: _Capture) -> tuple[int, int, int, int, str]:
        digest, found = capture.body.digest, capture.extract
        own = len(bodies[digest]) - shared[digest]
        return -shared[digest], own, -len(found.side), -len(found.parts), found.id

    return min(full, key=rank)


def _sources(group: Sequence[_Capture]) -> dict[str, str]:
    """Which capture shows the body of a wording, and which its side matter (most of it), where there is any."""
    sides = min(group, key=lambda capture: (-len(capture.extract.side), capture.extract.id)).extract
    return {"text": _fullest(group).extract.id} | ({"side": sides.id} if sides.side else {})


def _side(full: _Capture, group: Sequence[_Capture]) -> list[SideMatter]:
    """The side matter of all captures of a wording, each item once, in the order of the fullest capture."""
    items: list[tuple[SideMatter, Body]] = []
    seen: set[tuple[str | None, str]] = set()
    others = sorted((c for c in group if c is not full), key=lambda c: (-len(c.extract.side), c.extract.id))
    for capture in (full, *others):
        for item in capture.extract.side:
            if capture is not full and (item.title, item.text) in seen:
                continue
            seen.add((item.title, item.text))
            body = Body(f"{item.title or ''}\n{item.text}")
            known = [full.body, *(other for _, other in items)] if capture is not full else []
            if not any(_holds(other, body) for other in known):
                items.append((item, body))
    return [item for item, _ in items]


def _holds(whole: Body, part: Body) -> bool:
    cover = covered(part, whole)
    return not len(cover) or bool(np.mean(cover) >= _INSIDE)


# ── fields ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _ranked(captures: Sequence[_Capture]) -> list[_Capture]:
    """The captures by whose word counts first: the origin's own outlet, who calls it own reporting, the earliest."""
    origins = {capture.extract.origin.name for capture in captures if capture.extract.origin}

    def rank(capture: _Capture) -> tuple[bool, bool, str, str, str, str]:
        extract, published = capture.extract, _published(capture.extract) or _UNKNOWN
        return (
            not any(_is_outlet(extract, name) for name in origins),
            extract.own_reporting is not True,
            published[:10],
            (_moment(published) if len(published) > _DAY else None) or _UNKNOWN,
            _moment(capture.captured) or _UNKNOWN,
            extract.id,
        )

    return sorted(captures, key=rank)


def _stated(captures: Sequence[_Capture], field: str) -> list[_Capture]:
    """Captures in their order, but those that only guess at a field last."""
    return sorted(captures, key=lambda capture: capture.extract.found.get(field) in _GUESSES)


def _current_first(ranked: Sequence[_Capture], current: Sequence[_Capture]) -> list[_Capture]:
    ids = {capture.extract.id for capture in current}
    return sorted(ranked, key=lambda capture: capture.extract.id not in ids)


def _title(publishers: set[str | None]) -> Callable[[Extract], str | None]:
    """A capture's title, unless it is the name of an outlet."""
    return lambda extract: extract.title if extract.title and extract.title not in publishers else None


def _is_outlet(extract: Extract, origin: str) -> bool:
    """Whether a capture is of the origin's own site: by the publisher's name, by initials, or by the address."""
    name, publisher = _words(origin), _words(extract.publisher or "")
    if publisher and (set(name) <= set(publisher) or _initials(name) in publisher or _initials(publisher) in name):
        return True
    host = (urlsplit(extract.url).hostname or "") if extract.url else ""
    return len("".join(name)) >= _HOST_NAME and "".join(name) in host.replace("-", "")


def _words(name: str) -> list[str]:
    return [word for word in _LETTERS.findall(name.casefold()) if word != "the"]


def _initials(name: Sequence[str]) -> str:
    """The initials of a name of several words; the whole name for one word."""
    return "".join(word[0] for word in name) if len(name) > 1 else "".join(name)


def _published(extract: Extract) -> str | None:
    """The publication day of a capture, with its time where that is of the same day; None for what is no day."""
    day = extract.date or (extract.published or "")[:10]
    try:
        date.fromisoformat(day)
    except ValueError:
        return None
    return extract.published if extract.published and extract.published.startswith(day) else day


def _moment(text: str | None) -> str | None:
    """A time as UTC text that sorts; None for what is no time."""
    try:
        moment = datetime.fromisoformat(text or "")
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return None


def _earliest(ranked: Sequence[_Capture]) -> list[_Capture]:
    """The captures with a credible publication day, the earliest day first, those with a time before those without."""
    days = {c.extract.id: date.fromisoformat(day[:10]) for c in ranked if (day := _published(c.extract))}
    middle = median_low(days.values()) if len(days) >= _ENOUGH else None

    def credible(capture: _Capture) -> bool:
        day = days.get(capture.extract.id)
        if day is None or (middle and (middle - day).days > _STRAY):
            return False
        captured = _moment(capture.captured)
        return captured is None or (day - date.fromisoformat(captured[:10])).days <= 1

    def rank(capture: _Capture) -> tuple[date, bool]:
        return days[capture.extract.id], len(_published(capture.extract) or "") <= _DAY

    return sorted(filter(credible, ranked), key=rank)


def _agency(captures: Sequence[_Capture]) -> Callable[[Extract], str | None]:
    """The origin that a capture credits; initials ("CPA") under the name they stand for, where another capture has it."""
    names = sorted({capture.extract.origin.name for capture in captures if capture.extract.origin})
    full = {_initials(_words(name)): name for name in names if len(_words(name)) > 1}
    return lambda extract: (
        full.get("".join(_words(extract.origin.name)), extract.origin.name) if extract.origin else None
    )


def _named_in_full(captures: Sequence[_Capture]) -> list[_Capture]:
    """Captures in their order, but those that credit an origin by its initials last."""
    return sorted(
        captures, key=lambda capture: len(_words(capture.extract.origin.name if capture.extract.origin else "")) < 2
    )


def _most(ranked: Sequence[_Capture], get: Callable[[Extract], str | None]) -> list[_Capture]:
    """The captures that have the value which most of them have."""
    count = Counter(value for c in ranked if (value := get(c.extract)))
    most = max(count.values(), default=0)
    value = next((v for c in ranked if (v := get(c.extract)) and count[v] == most), None)
    return [c for c in ranked if value is not None and get(c.extract) == value]
