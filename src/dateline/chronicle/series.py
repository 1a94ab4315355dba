"""Counts of one thing over time, one line a claimant: never summed, new counts told from repeats of old ones."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from dateline.edtf import Bounds, bounds
from dateline.link.sentences import sentence_around
from dateline.link.words import content, kinds, overlap, stem, words
from dateline.records import EventRow, FigureRow, Linked, Record, Report, origin_label

# What reports count of a happening, and how a heading calls it.
_COUNTED = {
    "death": "killed or dead",
    "injury": "injured or wounded",
    "arrest": "arrested or held",
    "evacuation": "evacuated or fled",
    "protest": "in protest",
}
# Units that say no more than that people, or just things, are counted.
_ANYBODY = frozenset(
    [
        "-",
        "people",
        "person",
        "man",
        "woman",
        "other",
        "victim",
        "dead",
        "killed",
        "wounded",
        "injured",
        "life",
        "body",
        "name",
        "casualty",
    ]
)
# Lengths of time: every report has them, and two of them are hardly ever the same thing.
_LENGTHS = frozenset("second minute hour day night week month quarter year decade century".split())  # noqa: SIM905
# Measures: two of them may be the same thing only where what is measured is told alike.
_MEASURES = frozenset(
    ["percentage", "metre", "kilometre", "centimetre", "millimetre", "mile", "foot", "inch", "hectare", "acre", "tonne", "kilogram", "gram", "litre", "barrel", "celsius", "euro", "dollar", "pound", "yen", "yuan", "ruble", "rouble", "hryvnia", "rupee", "franc", "crown", "degree", "point", "watt", "megawatt", "gigawatt"]
)  # fmt: skip
_DATES = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
)  # fmt: skip

_SAME = 0.5  # the share of words that what is counted must have in common
_NEXT = 160  # characters between a number and another count of the same
_AROUND = 450  # the same, where the later one's sentence names nothing else
_APART = timedelta(days=120)  # between two counts of one happening, the later from the latest before
_TIMES = 4  # how much greater another count may be where no family of words tells what is counted
_AFTER = 7  # words after a number in which what is counted is looked for
_DAYS = 7  # that something counted as one happening takes, where not months
_ALIKE = 0.3  # the share of words that two sentences on one thing have in common where no family of words tells what is counted
_CAPITAL = re.compile(r"(?<=[^.!?:“\"‘(\n]\s)[A-ZÀ-Þ][\w’'-]{2,}")
_YEAR = re.compile(r"(?<![\d,.])(?:19|20)\d\d(?![\d,.]\d)")
_OF_ANOTHER = re.compile(
    r"\s+(?:(?:\w+\s+)?of\s+(?:the|them|those|these|its|his|her|their|whom|which)\b|(?:more|fewer|less)\b|\w+\s+(?:more|fewer|less)\s+than\b)"
)

Novelty = Literal["first", "new", "repeat"]


class Point(Record, frozen=True, kw_only=True):
    """One claim of a count. ``first_day`` to ``last_day`` is when it held, as far as the report tells (ISO days, None: unknown).

    ``low`` and ``high`` are the ends of a range, the same number for a single value, None where there is no number
    ("dozens"). ``novelty``: the claimant's ``first`` count, a ``new`` one, or a ``repeat`` of an older one.
    """

    figure: FigureRow
    first_day: str | None
    last_day: str | None
    low: float | None
    high: float | None
    novelty: Novelty


class Line(Record, frozen=True, kw_only=True):
    """One claimant's counts in order of time. Without a named claimant ``named`` is False and ``claimant`` the report's origin."""

    claimant: str
    claimant_id: str | None
    named: bool
    points: list[Point]


class Series(Record, frozen=True, kw_only=True):
    """Counts of one thing. ``of`` says what is counted, ``about`` by which names it is known ("Ostrel"), ``unit`` in what."""

    of: str
    about: str | None
    unit: str
    lines: list[Line]

    @property
    def points(self) -> list[Point]:
        """The points of all lines."""
        return [point for line in self.lines for point in line.points]


@dataclass(frozen=True, eq=False)
class _Count:
    """A figure with what tells which thing it counts: kind or noun, who of them, its sentence, events told there, names."""

    row: FigureRow
    origin: str
    kind: str | None
    noun: str
    sentence: str
    stems: frozenset[str]
    names: frozenset[str]
    goes_on: bool
    named_here: bool
    events: frozenset[str]
    event_days: frozenset[str]
    years: frozenset[int]
    words: frozenset[str]

    @property
    def claimant(self) -> str:
        """Whose line the count is on."""
        return self.row.claimant_id or self.row.claimant or f"\0{self.origin}"

    @property
    def kind_days(self) -> str | None:
        """Whether what is counted took days or months, None where no dated event is told."""
        lengths = [covered.days for day in self.event_days if (covered := bounds(day)) is not None]
        return None if not lengths else "days" if min(lengths) <= _DAYS else "months"

    @property
    def dated(self) -> bool:
        """Whether it is said as of when the count holds; the day of what is counted does not say that."""
        stated = bounds(self.row.as_of)
        of_event = any(e.first == stated.first for day in self.event_days if stated and (e := bounds(day)))
        return stated is not None and not of_event

    @property
    def held(self) -> Bounds | None:
        """When the count held: as of when it says; where that is only the day of what is counted, the day of the report."""
        told, stated = bounds(self.row.date), bounds(self.row.as_of)
        if stated is None or not self.dated:
            return told
        day, open_end = told.last if told else stated.last, "/" in (self.row.as_of or "")
        last = min(stated.last, day)
        if last < stated.first:  # announced for a day to come
            return stated if not open_end else told
        return Bounds(last if open_end else stated.first, last)


@dataclass(eq=False)
class _Thing:
    """The counts that are taken to be of one thing."""

    counts: list[_Count] = field(default_factory=list)
    events: set[str] = field(default_factory=set)
    names: Counter[str] = field(default_factory=Counter)
    last: date | None = None

    def add(self, count: _Count) -> None:
        self.counts.append(count)
        self.events |= count.events
        self.names.update(count.names)
        if (held := count.held) is not None:
            self.last = max(self.last or held.last, held.last)

    def fit(self, count: _Count) -> int:
        """How surely a count is of this thing: 0 for no, else by what tells it, next to one of its counts before all."""
        here = [c for c in self.counts if c.row.report == count.row.report]
        if any(c.claimant == count.claimant and _differ(c, count) for c in here):
            return 0  # two numbers of one claimant in one report are of two things
        held = count.held
        if self.last is not None and held is not None and held.last - self.last > _APART:
            return 0
        if not any(_same_noun(c, count) for c in self.counts) or not any(c.years & count.years for c in self.counts):
            return 0
        if any(c.kind_days and count.kind_days and c.kind_days != count.kind_days for c in here or self.counts):
            return 0
        if count.kind is None and not count.goes_on and not any(_same_words(c, count) for c in self.counts):
            return 0
        if count.kind is None and not any(_like_size(c.row, count.row) for c in self.counts):
            return 0
        gap = min((count.row.pin.start - c.row.pin.end for c in here), default=_AROUND + 1)
        known = {name for name, number in self.names.items() if 3 * number >= len(self.counts)}
        if gap <= _NEXT or (gap <= _AROUND and count.kind is not None and not count.named_here):
            return 3
        if not count.events.isdisjoint(self.events):
            return 2
        return int(not count.names.isdisjoint(known))


def series(linked: Linked, reports: Iterable[Report], about: str | None = None) -> list[Series]:
    """The things that are counted at least twice, those with most claimants first.

    ``about`` asks for things of which one count has all these words, by stem or kind ("death toll" finds "killed"), in what is
    counted, its sentence, its report's title or the place of the event told there. The result does not depend on the order.
    """
    counts = _counts(linked, {report.id: report for report in reports})
    things = _things(counts)
    asked = [_asked(word) for word in words(about or "")]
    found = [
        _series(thing)
        for thing in things
        if len({(count.row.report, count.claimant) for count in thing.counts}) > 1
        and any(all(word & count.words for word in asked) for count in thing.counts)
    ]
    return sorted(
        found, key=lambda s: (-len(s.lines), -len(s.points), s.points[0].figure.date or "", s.points[0].figure.id)
    )


def _things(counts: Sequence[_Count]) -> list[_Thing]:
    """Every count with the thing that it fits best, of equals the one begun last; tried are those it has anything in common with."""
    things: list[_Thing] = []
    by_sign: dict[tuple[str, str], dict[int, None]] = defaultdict(dict)
    for count in counts:
        what = count.kind or f"noun {stem(count.noun)}"
        signs = [(what, sign) for sign in (count.row.report, *count.events, *count.names)]
        tried = sorted({number for sign in signs for number in by_sign[sign]}, reverse=True)
        home = max(tried, key=lambda number: things[number].fit(count), default=None)
        if home is None or not things[home].fit(count):
            home = len(things)
            things.append(_Thing())
        things[home].add(count)
        for sign in signs:
            by_sign[sign][home] = None
    return things


# ── what is counted ───────────────────────────────────────────────────────────────────────────────────────────────


def _counts(linked: Linked, reports: Mapping[str, Report]) -> list[_Count]:
    """All figures that count or measure something, in order of their reports' days and of their text."""
    by_report: dict[str, list[EventRow]] = defaultdict(list)
    for event in linked.events:
        for report in {pin.report for pin in event.pins}:
            by_report[report].append(event)
    speak = {row.speaker_id for row in linked.statements} | {row.claimant_id for row in linked.figures}
    voices = [actor for actor in linked.actors if actor.kind in ("person", "state") or actor.id in speak]
    called = (name for a in voices for name in (*(n.name for n in a.names), *(r.role for r in a.roles)))
    places = frozenset(
        word.lower() for e in linked.events if e.place for word in words(e.place.name) if word[0].isupper()
    )
    known = frozenset(word.lower() for name in called for word in words(name)) - places
    rows = [row for row in linked.figures if row.report in reports and not _left_out(row, reports[row.report])]
    rows.sort(key=lambda row: (row.date or "9999", row.report, row.pin.start))
    found: list[_Count] = []
    for row in rows:
        before = found[-1] if found and found[-1].row.report == row.report else None
        found.append(_count(row, reports[row.report], by_report[row.report], known, before))
    return found


def _left_out(row: FigureRow, report: Report) -> bool:
    """Whether a figure is a length of time, a part of another ("two of the wounded"), a difference, or what is not so ("not nine")."""
    text = report.current.text
    refused = row.bound == "exact" and text[: row.pin.start].endswith((" not ", " not the "))
    return refused or row.unit.split(" ")[0] in _LENGTHS or _OF_ANOTHER.match(text, row.pin.end) is not None


def _count(
    row: FigureRow, report: Report, events: Sequence[EventRow], known: frozenset[str], before: _Count | None
) -> _Count:
    text, parts = report.current.text, report.current.parts
    pin = row.pin
    sentence = sentence_around(text, parts, pin.start, pin.end)
    here = [
        e
        for e in events
        if any(p.report == row.report and p.start < sentence.end and sentence.start < p.end for p in e.pins)
    ]
    part = next((text[p.start : p.end] for p in parts if p.start <= pin.start < p.end), sentence.text)
    places = frozenset(word.lower() for e in here if e.place for word in words(e.place.name) if word[0].isupper())
    here_named = (_names(sentence.text, known) | places) - _DATES
    names = here_named or _names(part, known) or _names(report.title or "", known)
    goes_on = row.unit == "-" and before is not None and pin.start - before.row.pin.end <= _NEXT
    kind = _kind(row, text[sentence.start : pin.start], text[pin.end : sentence.end])
    noun = row.unit.split(" ")[-1]
    if kind is None and goes_on and before is not None:
        kind, noun = before.kind, before.noun
    place = " ".join(e.place.name for e in here if e.place)
    told = f"{row.of} {row.unit} {sentence.text} {report.title or ''} {place} {row.claimant or ''}"
    return _Count(
        row=row,
        origin=origin_label(report),
        kind=kind,
        noun=noun,
        sentence=sentence.text,
        stems=_stems(sentence.text, row.claimant),
        names=names,
        goes_on=goes_on,
        named_here=bool(here_named),
        events=frozenset(e.id for e in here),
        event_days=frozenset(e.date for e in here if e.date),
        years=_years(row, sentence.text, here),
        words=frozenset(stem(w) for w in words(told)) | {f"kind {kind}"},
    )


def _kind(row: FigureRow, before: str, after: str) -> str | None:
    """The kind of happening whose victims or people are counted: by what is counted, the next words, the nearest words before."""
    if row.unit != "-" and row.unit.split(" ")[0] in _MEASURES:
        return None
    near = [row.of, *after.split()[:_AFTER]] if row.unit in _ANYBODY or kinds(row.of) else [row.of]
    if row.unit in _ANYBODY and not kinds(row.of):
        near += reversed(before.split()[-12:])
    return next((kind for text in near for kind in _COUNTED if kind in kinds(text.strip(".,;:"))), None)


def _years(row: FigureRow, sentence: str, events: Sequence[EventRow]) -> frozenset[int]:
    """The years that a count is about: as of when it says, else those its sentence names, else its events', else its report's."""
    for days in ([row.as_of], _YEAR.findall(sentence), [e.date for e in events], [row.date]):
        if held := [covered for day in days if (covered := bounds(day)) is not None]:
            return frozenset(day.year for covered in held for day in covered if 1 < day.year < 9999)
    return frozenset()


def _names(text: str, known: frozenset[str]) -> frozenset[str]:
    """The names in a text that are no actor's, no day's and open no sentence: places, ships, laws."""
    found = (name.lower().removesuffix("’s").removesuffix("'s") for name in _CAPITAL.findall(text))
    return frozenset(name for name in found if name not in known and name not in _DATES and content(name))


def _asked(word: str) -> frozenset[str]:
    """What a word of a question asks for: a kind of happening whose victims or people are counted, else the word."""
    asked = kinds(word) & _COUNTED.keys()
    return frozenset(f"kind {kind}" for kind in asked) if asked else frozenset({stem(word)})


def _same_noun(one: _Count, other: _Count) -> bool:
    """Whether two counts may be of the same: "civilians" are people too, "guns" are not."""
    if one.kind is not None and (one.noun in _ANYBODY or other.noun in _ANYBODY):
        return True
    return stem(one.noun) == stem(other.noun)


def _same_words(one: _Count, other: _Count) -> bool:
    """Whether what is counted, where it says more than "people", and the sentences on it are told in like words."""
    of, of_other = (_stems(count.row.of, None) for count in (one, other))
    told = overlap(of, of_other) >= _SAME if of and of_other else of == of_other
    return told and overlap(one.stems, other.stems) >= _ALIKE


def _stems(text: str, claimant: str | None) -> frozenset[str]:
    """What words are about, but for numbers, who says so, and words that fit any count."""
    return (
        frozenset(s for s in content(text) if not s[0].isdigit())
        - content(claimant or "")
        - content(" ".join(_ANYBODY))
    )


def _like_size(one: FigureRow, other: FigureRow) -> bool:
    """Whether one number is at most some times the other, or one has none."""
    if one.value is None or other.value is None:
        return True
    low, high = sorted(abs(max(v) if isinstance(v := row.value, tuple) else v or 0) for row in (one, other))
    return high <= _TIMES * low


def _differ(one: _Count, other: _Count) -> bool:
    return one.row.value != other.row.value or one.row.bound != other.row.bound


# ── lines ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _series(thing: _Thing) -> Series:
    claimed: dict[str, list[_Count]] = defaultdict(list)
    for count in thing.counts:
        claimed[count.claimant].append(count)
    kind = thing.counts[0].kind
    of = _COUNTED[kind] if kind else _most(count.row.of for count in thing.counts)
    units = {count.row.unit for count in thing.counts} - {"-"}
    names = [name for name, number in thing.names.most_common() if number > 1][:2]
    return Series(
        of=of,
        about=_as_written(names, thing.counts),
        unit="people" if kind else units.pop() if len(units) == 1 else "-",
        lines=[_line(counts) for counts in claimed.values()],
    )


def _line(counts: Sequence[_Count]) -> Line:
    """A claimant's counts by when they held, then by when they were reported, each told new or a repeat.

    A repeat has a value that the claimant gave before, unless it is said to hold later than the values between.
    """
    points: list[Point] = []
    first = counts[0]
    latest: _Count | None = None
    given: set[tuple[object, str]] = set()
    for count in sorted(counts, key=_order):
        row, held = count.row, count.held
        again = (row.value, row.bound) in given and not (latest and _differ(count, latest) and _later(count, latest))
        novelty: Novelty = "repeat" if again else "new" if points else "first"
        if not again:
            latest = count
            given.add((row.value, row.bound))
        low, high = row.value if isinstance(row.value, tuple) else (row.value, row.value)
        points.append(
            Point(
                figure=row,
                first_day=held.first.isoformat() if held else None,
                last_day=held.last.isoformat() if held else None,
                low=None if low is None else float(low),
                high=None if high is None else float(high),
                novelty=novelty,
            )
        )
    return Line(
        claimant=first.row.claimant or first.origin,
        claimant_id=first.row.claimant_id,
        named=first.row.claimant is not None,
        points=points,
    )


def _later(count: _Count, other: _Count) -> bool:
    """Whether a count is said to hold later than another, in words, not by its report's day alone."""
    held, before = count.held, other.held
    return count.dated and held is not None and before is not None and held.last > before.last


def _order(count: _Count) -> tuple[date, str, str, int]:
    held = count.held
    return (held.last if held else date.max, count.row.date or "9999", count.row.report, count.row.pin.start)


def _most(values: Iterable[str]) -> str:
    """The most frequent, of equals the first."""
    counted = Counter(values)
    return counted.most_common(1)[0][0] if counted else ""


def _as_written(names: Sequence[str], counts: Sequence[_Count]) -> str | None:
    """Names as they stand in the sentence that has most of them: together where they stand together, else the first alone."""
    found: list[list[re.Match[str]]] = []
    for count in counts:
        here = (re.search(rf"\b{re.escape(name)}\b", count.sentence, re.IGNORECASE) for name in names)
        found.append(sorted((m for m in here if m), key=lambda m: m.start()))
    best = max(found, key=len, default=[])
    if len(best) == 2 and best[1].start() - best[0].end() == 1:
        return f"{best[0][0]} {best[1][0]}"
    return next((m[0] for name in names for m in best if m[0].lower() == name), None)
