"""The shelf: every row of every noun with the days, terms and words by which pages narrow and order it.

It is derived from the linked nouns and the reports alone, written with them, and made again where it is missing or was made
by an older version. So a page of any list is a query that loads only the rows it shows.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, delete, insert, select

from dateline.archive import schema as s
from dateline.archive.dialect import dialect_of, json_flag, json_text, upsert
from dateline.edtf import Bounds, bounds
from dateline.link.names import plain
from dateline.link.origins import full_names
from dateline.link.words import stem, words
from dateline.read.names import skeleton
from dateline.records import (
    Actor,
    Commitment,
    Dispute,
    Entry,
    EventRow,
    FigureRow,
    Origin,
    Record,
    Report,
    StatementRow,
    origin_label,
)

VERSION = "2"
"""Of the shelf's contents: another one is made again."""

UNKNOWN = "unknown"
"""The term of rows whose origin, publisher or speaker nobody knows."""

EPOCH = 719_163  # the ordinal of 1970-01-01, day 0
_MARK = 140  # characters of a line that a mark holds
_BATCH = 5_000
_CLOCK = re.compile(r"T(\d\d)(?::(\d\d))?")


class Shelved(NamedTuple):
    """A row as it stands on the shelf: its days, origins, terms (facet and value), words and those of its place."""

    id: str
    days: Bounds | None
    voices: int
    terms: Iterable[tuple[str, str | None]]
    words: str
    place: str = ""
    mark: list[Any] | None = None


def stands(cx: Connection) -> bool:
    """Whether the shelf is what this version makes of what is linked now."""
    return _meta(cx, "shelved") == _state(cx)


def _state(cx: Connection) -> str:
    return f"{VERSION}:{_meta(cx, 'linked')}"


def refresh(cx: Connection) -> None:
    """Make the shelf, where it does not stand."""
    if stands(cx):
        return
    for table in (s.shelf, s.terms, s.tagged):
        cx.execute(delete(table))
    dialect_of(cx.dialect.name).clear_shelf_words(cx)
    writer = _Writer(cx)
    for noun, rows in _nouns(cx):
        writer.write(noun, rows)
    writer.end()
    cx.execute(upsert(s.meta, "key", change=["value"]).values(key="shelved", value=_state(cx)))


def _meta(cx: Connection, key: str) -> str:
    return cx.scalar(select(s.meta.c.value).where(s.meta.c.key == key)) or "0"


class _Writer:
    """Writes rows in batches; keys and terms are numbered as they come."""

    def __init__(self, cx: Connection) -> None:
        self._cx = cx
        self._key = 0
        self._terms: dict[tuple[str, str, str], int] = {}
        self._rows: Counter[int] = Counter()

    def write(self, noun: str, rows: Iterable[Shelved]) -> None:
        shelf: list[tuple[Any, ...]] = []
        tagged: list[tuple[int, int]] = []
        told: list[tuple[Any, ...]] = []
        for seq, row in enumerate(rows):
            self._key += 1
            first, last = (day.toordinal() - EPOCH for day in row.days) if row.days else (None, None)
            mark = msgspec.json.encode(row.mark).decode() if row.mark else None
            shelf.append((self._key, noun, row.id, seq, first, last, row.voices, mark))
            for facet, value in dict.fromkeys(row.terms):
                if value:
                    term = self._terms.setdefault((noun, facet, value), len(self._terms) + 1)
                    self._rows[term] += 1
                    tagged.append((term, self._key))
            columns = (stems(row.words), skeletons(row.words), stems(row.place), skeletons(row.place))
            told.append((self._key, *map(" ".join, columns)))
            if len(shelf) >= _BATCH:
                self._flush(shelf, tagged, told)
        self._flush(shelf, tagged, told)

    def _flush(self, shelf: list[tuple[Any, ...]], tagged: list[tuple[int, int]], told: list[tuple[Any, ...]]) -> None:
        dialect = dialect_of(self._cx.dialect.name)
        dialect.fill(self._cx, s.shelf, ("key", "noun", "id", "seq", "first", "last", "voices", "mark"), shelf)
        dialect.put_shelf_words(self._cx, told)
        dialect.fill(self._cx, s.tagged, ("term", "key"), tagged)
        for rows in (shelf, told, tagged):
            rows.clear()

    def end(self) -> None:
        rows = [
            {"id": id_, "noun": noun, "facet": facet, "value": value, "rows": self._rows[id_]}
            for (noun, facet, value), id_ in self._terms.items()
        ]
        if rows:
            self._cx.execute(insert(s.terms), rows)


def stems(told: str) -> Iterator[str]:
    """The words of a text as they are looked for: by stem."""
    return (_stem(word) for word in dict.fromkeys(words(told)))


def skeletons(told: str) -> Iterator[str]:
    """The capitalised words of a text as they are looked for: in whatever spelling of a name."""
    return (_skeleton(word) for word in dict.fromkeys(words(told)) if word[0].isupper())


def token(word: str) -> str:
    """A word as one token of the full-text index, which takes apostrophes for the end of a word."""
    return word.replace("'", ".").replace("’", ".")


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    return token(stem(word))


@lru_cache(maxsize=200_000)
def _skeleton(word: str) -> str:
    return token(skeleton(plain(word)))


# ── the nouns ─────────────────────────────────────────────────────────────────────────────────────────────────────


class _Source(Record, frozen=True, kw_only=True):
    """What of a report the rows pinned in it can be narrowed by."""

    id: str
    title: str | None
    published: str | None
    publisher: str | None
    language: str | None
    origin: Origin | None
    own_reporting: bool | None

    def label(self) -> str:
        return origin_label(
            Report(
                **{name: getattr(self, name) for name in self.__struct_fields__},
                authors=[],
                from_={},
                captures=[],
                versions=[],
            )
        )


class _Sources:
    """The reports by id, each with its origin's full name."""

    def __init__(self, cx: Connection) -> None:
        decode = msgspec.json.Decoder(_Source).decode
        order = (s.reports.c.published.is_(None), s.reports.c.published, s.reports.c.id)
        self.every = {row.id: row for row in map(decode, cx.scalars(select(s.reports.c.row).order_by(*order)))}
        full = full_names(row.origin.name for row in self.every.values() if row.origin)
        labels = {row.id: row.label() for row in self.every.values()}
        self.not_read = _not_read(cx)
        self._origins = {id_: full.get(label, label) for id_, label in labels.items()}

    def origin(self, report: str) -> str:
        """The origin's label, one for all that are not known."""
        label = self._origins.get(report, UNKNOWN)
        return UNKNOWN if label.startswith("unknown: ") else label

    def voices(self, reports: Iterable[str]) -> int:
        """How many origins some reports have."""
        return len({self._origins.get(report, report) for report in reports})

    def terms(self, reports: Iterable[str]) -> Iterator[tuple[str, str | None]]:
        for report in reports:
            row = self.every.get(report)
            yield "report", report
            yield "origin", self.origin(report)
            yield "publisher", row.publisher or UNKNOWN if row else UNKNOWN


def _not_read(cx: Connection) -> dict[str, str]:
    """Why reports are not read, by id."""
    r, g = s.reports.c, s.readings.c
    query = (
        select(r.id, json_text(g.row, "why_not"))
        .join_from(s.reports, s.readings, s.is_of_now())
        .where(~json_flag(g.row, "read"))
    )
    return {row[0]: row[1] or UNKNOWN for row in cx.execute(query)}


def _nouns(cx: Connection) -> Iterator[tuple[str, Iterator[Shelved]]]:
    sources = _Sources(cx)
    kinds: dict[str, set[str]] = defaultdict(set)
    for event in _linked(cx, "events", EventRow):
        if event.type and event.entry:
            kinds[event.entry].add(event.type)
    outcomes = {row.id: row for row in _linked(cx, "commitments", Commitment)}
    spoken: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    for statement in _linked(cx, "statements", StatementRow):
        if statement.speaker_id:
            spoken[statement.speaker_id] += 1
    for event in _linked(cx, "events", EventRow):
        lines.update(set(event.actor_ids))
    yield "entries", (_entry(row, sources, kinds, outcomes) for row in _linked(cx, "entries", Entry))
    yield "reports", (_report(row, sources, cx) for row in sources.every.values())
    yield "statements", (_statement(row, sources) for row in _linked(cx, "statements", StatementRow))
    yield "figures", (_figure(row, sources) for row in _linked(cx, "figures", FigureRow))
    yield "events", (_event(row, sources) for row in _linked(cx, "events", EventRow))
    yield "commitments", (_commitment(row, sources) for row in _linked(cx, "commitments", Commitment))
    yield "disputes", (_dispute(row, sources) for row in _linked(cx, "disputes", Dispute))
    yield "actors", (_actor(row, spoken, lines) for row in _linked(cx, "actors", Actor))


def _linked(cx: Connection, name: str, type_: type[Any]) -> Iterator[Any]:
    table = s.LINKED[name]
    decode = msgspec.json.Decoder(type_).decode
    return (decode(row) for row in cx.scalars(select(table.c.row).order_by(table.c.seq)))


def _entry(row: Entry, sources: _Sources, kinds: Mapping[str, set[str]], outcomes: Mapping[str, Commitment]) -> Shelved:
    promised = outcomes.get(row.commitment) if row.commitment else None
    types = sorted(kinds.get(row.id, ()))
    terms = [
        ("status", row.status),
        *(("kind", kind) for kind in types),
        ("outcome", promised.outcome if promised else None),
        *(("actor", actor) for actor in row.actors),
        ("place", row.place.name if row.place else None),
        ("background", "background" if row.background else None),
        ("disputed", "disputed" if row.disputes else None),
        *sources.terms(row.reports),
    ]
    place = row.place
    first, last = clock(row.date)
    mark = [
        *(row.id, first, last, precision(row.date), row.status, types[0] if types else None, row.text[:_MARK]),
        *((place.lat, place.lon, place.precision, place.country, place.name) if place else (None,) * 5),
        promised.outcome if promised else None,
        promised.outcome_entry if promised else None,
        len(row.origins),
    ]
    return Shelved(row.id, bounds(row.date), len(row.origins), terms, row.text, place.name if place else "", mark)


def _report(row: _Source, sources: _Sources, cx: Connection) -> Shelved:
    terms = [
        ("publisher", row.publisher or UNKNOWN),
        ("origin", sources.origin(row.id)),
        ("language", row.language or UNKNOWN),
        ("not_read", sources.not_read.get(row.id)),
    ]
    versions = cx.scalars(select(s.versions.c.text).where(s.versions.c.report == row.id).order_by(s.versions.c.seq))
    told = versions.all()[-1:]
    days = bounds(row.published[:10]) if row.published else None
    return Shelved(row.id, days, 1, terms, " ".join([row.title or "", *told]))


def _statement(row: StatementRow, sources: _Sources) -> Shelved:
    marked = [name for name in ("denial", "question", "refusal") if getattr(row, name)]
    terms = [
        ("actor", row.speaker or UNKNOWN),
        ("actor_id", row.speaker_id),
        *(("kind", kind) for kind in (row.mode, *marked)),
        *sources.terms([row.report]),
    ]
    told = " ".join([*(pin.text for pin in row.pins), row.speaker or "", row.addressee or ""])
    return Shelved(row.id, bounds(row.date), 1, terms, told)


def _figure(row: FigureRow, sources: _Sources) -> Shelved:
    terms = [
        ("actor", row.claimant or UNKNOWN),
        ("actor_id", row.claimant_id),
        ("unit", row.unit),
        ("kind", row.bound),
        *sources.terms([row.report]),
    ]
    told = f"{row.pin.text} {row.of} {row.unit} {row.claimant or ''}"
    return Shelved(row.id, bounds(row.as_of or row.date), 1, terms, told)


def _event(row: EventRow, sources: _Sources) -> Shelved:
    terms = [
        ("status", row.status),
        ("kind", row.type or UNKNOWN),
        *(("actor", actor) for actor in (*row.actors, *row.recipients)),
        *(("actor_id", actor) for actor in row.actor_ids),
        ("place", row.place.name if row.place else None),
        ("entry", row.entry),
        *sources.terms(row.reports),
    ]
    place = row.place.name if row.place else ""
    return Shelved(row.id, bounds(row.date), sources.voices(row.reports), terms, row.text, place)


def _commitment(row: Commitment, sources: _Sources) -> Shelved:
    terms = [
        ("kind", row.kind),
        ("outcome", row.outcome),
        *(("actor", actor) for actor in row.by or [UNKNOWN]),
        ("event", row.event),
        *sources.terms(row.reports),
    ]
    told = " ".join([row.text, row.condition or "", *row.by])
    return Shelved(row.id, bounds(row.due), sources.voices(row.reports), terms, told)


def _dispute(row: Dispute, sources: _Sources) -> Shelved:
    reports = list(dict.fromkeys(side.report for side in row.sides))
    terms = [
        ("kind", "figures" if row.figures else "words"),
        *(("actor", side.by or UNKNOWN) for side in row.sides),
        *sources.terms(reports),
    ]
    covered = [days for side in row.sides if (days := bounds(side.date))]
    days = Bounds(min(d.first for d in covered), max(d.last for d in covered)) if covered else None
    told = " ".join([row.about, *(f"{side.by or ''} {side.text}" for side in row.sides)])
    return Shelved(row.id, days, sources.voices(reports), terms, told)


def _actor(row: Actor, spoken: Counter[str], lines: Counter[str]) -> Shelved:
    told = " ".join([*(name.name for name in row.names), *(role.role for role in row.roles)])
    terms: list[tuple[str, str | None]] = [("kind", row.kind), ("name", row.name)]
    terms += (("also", plain_) for name in row.names for plain_ in plain(name.name).split())
    return Shelved(row.id, None, spoken[row.id] + lines[row.id], terms, told)


# ── dates on a line ───────────────────────────────────────────────────────────────────────────────────────────────


def clock(edtf: str | None) -> tuple[float | None, float | None]:
    """A date as days since 1970, its end not included; with a time of day to the minute. An open end is the other end.

    Examples: ``1970-01-02`` is 1.0 to 2.0; ``1970-01-01T12`` is 0.5 to 0.5417.
    """
    covered = bounds(edtf)
    if covered is None or edtf is None:
        return None, None
    first, last = covered.first.toordinal() - EPOCH, covered.last.toordinal() - EPOCH
    if first <= -EPOCH + 1:
        first = last
    if last >= covered.last.max.toordinal() - EPOCH:
        last = first
    if "/" not in edtf and (told := _CLOCK.search(edtf)):
        hour, minute = int(told[1]), int(told[2] or 0)
        begin = first + (hour * 60 + minute) / 1440
        return round(begin, 4), round(begin + (1 if told[2] else 60) / 1440, 4)
    return float(first), float(last + 1)


def precision(edtf: str | None) -> str | None:
    """How precise a date is: ``hour``, ``day``, ``month``, ``year``, ``decade`` or ``span``, with ``~`` where it is about."""
    covered = bounds(edtf)
    if covered is None or edtf is None:
        return None
    about = "~" if edtf.rstrip().endswith(("~", "?", "%")) else ""
    if "/" in edtf:
        return f"span{about}"
    if "T" in edtf:
        return f"hour{about}"
    for name, most in (("day", 1), ("month", 31), ("span", 200), ("year", 366)):
        if covered.days <= most:
            return f"{name}{about}"
    return f"decade{about}"
