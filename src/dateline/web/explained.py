"""What a report's readings say, each in words: what a reader sees who points at a mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

from dateline.archive.browse import Shelves
from dateline.edtf import in_words
from dateline.records import EventRow, Figure, FigureRow, ReadEvent, Reading, Span, Statement, StatementRow
from dateline.web.marked import Note

KINDS: Final[Mapping[str, str]] = {
    "time": "Times",
    "place": "Places",
    "actor": "Actors",
    "statement": "Statements",
    "figure": "Figures",
    "event": "Events",
}
"""The kinds of reading and how their lists are called."""

_BASIS: Final[Mapping[str, str]] = {
    "stated": "stated in the text",
    "relative": "reckoned from another date in the text",
    "section": "from the date of its section",
    "publication": "reckoned from the day of publication",
    "person": "set by a person",
}
_USE: Final[Mapping[str, str]] = {
    "literal": "the place itself",
    "government": "stands for its government",
    "demonym": "its people, or an adjective",
    "name": "part of another name",
}


@dataclass
class Explained:
    """A reading: its number on the page, kind and words, what it says, and where it leads."""

    number: int
    kind: str
    words: str
    told: list[str]
    spans: list[Span]
    links: list[tuple[str, str]] = field(default_factory=list)
    id: str | None = None

    @property
    def notes(self) -> list[Note]:
        """Its marks."""
        return [Note(self.kind, span.start, span.end, self.number) for span in self.spans]


def explained(reading: Reading, report: str, shelves: Shelves) -> list[Explained]:
    """All readings of a report's current text in the order of their words, with the rows of the archive that they became."""
    actors = {actor.id: actor.name for actor in reading.actors}
    known = shelves.actors_named(sorted(set(actors.values())))
    rows = _Rows(shelves, report)
    drafts = [
        *_times(reading),
        *_places(reading),
        *_actors(reading, known),
        *(_statement(row, i, actors, rows) for i, row in enumerate(reading.statements)),
        *(_figure(row, actors, rows) for row in reading.figures),
        *(_event(row, reading, actors, rows) for row in reading.events),
    ]
    drafts.sort(key=lambda draft: (draft.spans[0].start, draft.spans[0].end) if draft.spans else (0, 0))
    for number, draft in enumerate(drafts, 1):
        draft.number = number
    return drafts


class _Rows:
    """The rows of the archive that rest on a report, by the place of their first words in it."""

    def __init__(self, shelves: Shelves, report: str) -> None:
        self.statements: dict[int, StatementRow] = {
            row.pin.start: row for row in shelves.pinned("statements", report) if row.pin.report == report
        }
        self.figures: dict[tuple[int, int], FigureRow] = {
            (row.pin.start, row.pin.end): row for row in shelves.pinned("figures", report)
        }
        self.events: dict[tuple[int, int], EventRow] = {
            (pin.start, pin.end): row
            for row in shelves.pinned("events", report)
            for pin in row.pins
            if pin.report == report
        }


def _times(reading: Reading) -> Iterator[Explained]:
    for time in reading.times:
        date = in_words(time.edtf) if time.edtf else "no date on the calendar"
        told = [f"{date}, {_BASIS[time.basis]}", f"{time.type.lower()}, TIMEX3 value {time.value}"]
        yield Explained(0, "time", time.text, told, [time])


def _places(reading: Reading) -> Iterator[Explained]:
    for place in reading.places:
        told = [place.name + (f", {place.country}" if place.country else "") + f": {_USE[place.use]}"]
        if place.lat is not None and place.lon is not None:
            told.append(f"{place.lat:.4g}, {place.lon:.4g}; known to the {place.precision or 'region'}")
        if place.geonameid:
            told.append(f"GeoNames {place.geonameid}")
        yield Explained(0, "place", place.text, told, [place], [(f"/?place={quote(place.name)}", "lines from there")])


def _actors(reading: Reading, known: Mapping[str, str]) -> Iterator[Explained]:
    for actor in reading.actors:
        links = [(f"/actor/{quote(known[actor.name], safe='')}", actor.name)] if actor.name in known else []
        for mention in actor.mentions:
            yield Explained(0, "actor", mention.text, [f"{actor.name}, {actor.kind}"], [mention], links)


def _statement(row: Statement, index: int, actors: Mapping[str, str], rows: _Rows) -> Explained:
    said = actors.get(row.speaker or "") or (row.source.text if row.source else None)
    marks = [name for name in ("denial", "question", "refusal") if getattr(row, name)]
    told = [f"{said or 'somebody not named'}: {', '.join([f'{row.mode} speech', *marks])}"]
    if row.cue:
        told.append(f"told by “{row.cue.text}”")
    if row.addressee:
        told.append(f"to {actors.get(row.addressee, row.addressee)}")
    told += [f"{name}: {span.text}" for name in ("occasion", "medium") if (span := getattr(row, name))]
    if row.date:
        told.append(f"said {in_words(row.date)}")
    if row.parent is not None:
        told.append("within another statement")
    if row.insertions:
        told.append(f"the report’s own insertion: {', '.join(span.text for span in row.insertions)}")
    words = " … ".join(span.text for span in row.content)
    found = rows.statements.get(row.content[0].start) if row.content else None
    spans = [*row.content] or [span for span in (row.cue,) if span]
    return Explained(
        0, "statement", words or (row.cue.text if row.cue else ""), told, spans, [], found.id if found else None
    )


def _figure(row: Figure, actors: Mapping[str, str], rows: _Rows) -> Explained:
    ends = row.value if isinstance(row.value, tuple) else (row.value,)
    number = "–".join("no number" if end is None else f"{end:,.10g}" for end in ends)
    bound = "" if row.bound == "exact" else f"{row.bound} "
    told = [f"{bound}{number}{'' if row.unit == '-' else f' {row.unit}'}"]
    if row.of:
        told.append(f"of: {row.of.text}")
    told.append(f"on the word of {actors.get(row.claimant, row.claimant)}" if row.claimant else "no claimant named")
    if row.as_of:
        told.append(f"as of {in_words(row.as_of)}")
    if row.trend:
        told.append(f"going {row.trend}")
    found = rows.figures.get((row.start, row.end))
    return Explained(0, "figure", row.text, told, [row], [], found.id if found else None)


def _event(row: ReadEvent, reading: Reading, actors: Mapping[str, str], rows: _Rows) -> Explained:
    kind = row.type.lower() if row.type else "no PLOVER type"
    told = [f"{row.status}, {' / '.join(part for part in (kind, row.mode, *row.context) if part)}"]
    if row.actors:
        told.append(f"by {', '.join(actors.get(id_, id_) for id_ in row.actors)}")
    if row.recipients:
        told.append(f"to {', '.join(actors.get(id_, id_) for id_ in row.recipients)}")
    if row.date:
        told.append(in_words(row.date) + (f", {_BASIS[row.date_basis]}" if row.date_basis else ""))
    if row.place is not None:
        told.append(f"in {reading.places[row.place].name}")
    if row.condition:
        told.append(f"on condition: {row.condition.text}")
    if row.kind:
        told.append(row.kind)
    if row.background:
        told.append("background, told in passing")
    found = rows.events.get((row.trigger.start, row.trigger.end))
    links = [(f"/entry/{quote(found.entry, safe='')}", "its line in the chronicle")] if found and found.entry else []
    return Explained(0, "event", row.trigger.text, told, [row.trigger], links, found.id if found else None)


def by_kind(found: Sequence[Explained]) -> dict[str, list[Explained]]:
    """Readings by kind, in the order of `KINDS`."""
    return {kind: [each for each in found if each.kind == kind] for kind in KINDS}
