"""The shelf: every row of every noun with the days, terms and words by which pages narrow and order it.

It is derived from the linked nouns and the reports alone, written with them, and made again where it is missing or was made
by an older version. So a page of any list is a query that loads only the rows it shows. Of what is linked again, only the rows that
come to something else are written.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, select, update

from dateline.archive import schema as s
from dateline.archive.dialect import dialect_of, json_flag, json_text, upsert
from dateline.edtf import Bounds, bounds
from dateline.link.names import plain
from dateline.link.order import ordered
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

VERSION = "3"
"""Of the shelf's contents: another one is made again."""

UNKNOWN = "unknown"
"""The term of rows whose origin, publisher or speaker nobody knows."""

EPOCH = 719_163  # the ordinal of 1970-01-01, day 0
_MARK = 140  # characters of a line that a mark holds
_BATCH = 5_000
_MANY = 500  # values in one IN (…)
_CLOCK = re.compile(r"T(\d\d)(?::(\d\d))?")

T = TypeVar("T")


class Shelved(NamedTuple):
    """A row as it stands on the shelf: its place in the list, its days, origins, terms (facet and value), words and those of its
    place.
    """

    id: str
    seq: str
    days: Bounds | None
    voices: int
    terms: Sequence[tuple[str, str | None]]
    words: str
    place: str = ""
    mark: list[Any] | None = None


def stands(cx: Connection) -> bool:
    """Whether the shelf is what this version makes of what is linked now."""
    return meta(cx, "shelved") == shelved(meta(cx, "linked"))


def refresh(cx: Connection) -> None:
    """Make the shelf, where it does not stand."""
    if not stands(cx):
        remake(cx)


def remake(cx: Connection) -> None:
    """Make the shelf as a whole, whatever it holds: nothing of what was on it is left."""
    for table in (s.shelf, s.terms, s.tagged):
        cx.execute(delete(table))
    dialect_of(cx.dialect.name).clear_shelf_words(cx)
    put_meta(cx, "shelf key", "0")
    writer = Writer(cx)
    for noun, rows in _nouns(cx):
        writer.write(noun, rows)
    writer.end()
    put_meta(cx, "shelved", shelved(meta(cx, "linked")))


def shelved(linked: str) -> str:
    """What `meta` holds under that name when the shelf is what this version makes of a state that is linked."""
    return f"{VERSION}:{linked}"


def meta(cx: Connection, key: str) -> str:
    """A value of the archive's own, "0" where it has none."""
    return cx.scalar(select(s.meta.c.value).where(s.meta.c.key == key)) or "0"


def put_meta(cx: Connection, key: str, value: str) -> None:
    """Keep a value of the archive's own."""
    cx.execute(upsert(s.meta, "key", change=["value"]).values(key=key, value=value))


class Writer:
    """Puts rows on the shelf and takes them off, in batches. Call `end` when all is done."""

    def __init__(self, cx: Connection) -> None:
        self._cx = cx
        self._dialect = dialect_of(cx.dialect.name)
        self._key = int(meta(cx, "shelf key"))
        self._last = cx.scalar(select(func.max(s.terms.c.id))) or 0
        self._terms: dict[_Term, int] = {}
        self._rows: Counter[int] = Counter()

    def drop(self, noun: str, ids: Sequence[str]) -> None:
        """Take some rows of a noun off, those that are there."""
        c, g = s.shelf.c, s.tagged.c
        for part in _parts(ids):
            keys = list(self._cx.scalars(select(c.key).where(c.noun == noun, c.id.in_(part))))
            if not keys:
                continue
            for term, number in self._cx.execute(select(g.term, func.count()).where(g.key.in_(keys)).group_by(g.term)):
                self._rows[term] -= number
            self._cx.execute(delete(s.tagged).where(g.key.in_(keys)))
            self._cx.execute(delete(s.shelf).where(c.key.in_(keys)))
            self._dialect.drop_shelf_words(self._cx, keys)

    def put(self, noun: str, rows: Sequence[Shelved]) -> None:
        """Put rows of a noun in the place of those of their ids; what did not change is left as it is."""
        c = s.shelf.c
        held: dict[str, str] = {}
        for part in _parts([row.id for row in rows]):
            query = select(c.id, c.digest).where(c.noun == noun, c.id.in_(part))
            held.update((row.id, row.digest) for row in self._cx.execute(query))
        new = [row for row in rows if held.get(row.id) != _digest(row)]
        self.drop(noun, [row.id for row in new if row.id in held])
        self.write(noun, new)

    def write(self, noun: str, rows: Iterable[Shelved]) -> None:
        """Put rows of a noun on that are not there."""
        batch: list[Shelved] = []
        for row in rows:
            batch.append(row)
            if len(batch) >= _BATCH:
                self._flush(noun, batch)
                batch.clear()
        self._flush(noun, batch)

    def _flush(self, noun: str, rows: Sequence[Shelved]) -> None:
        terms = [[(noun, facet, value) for facet, value in dict.fromkeys(row.terms) if value] for row in rows]
        self._know(noun, dict.fromkeys(term for each in terms for term in each))
        shelf: list[tuple[Any, ...]] = []
        tagged: list[tuple[int, int]] = []
        told: list[tuple[int, str, str, str, str]] = []
        for row, each in zip(rows, terms, strict=True):
            self._key += 1
            first, last = (day.toordinal() - EPOCH for day in row.days) if row.days else (None, None)
            mark = msgspec.json.encode(row.mark).decode() if row.mark else None
            shelf.append((self._key, noun, row.id, row.seq, first, last, row.voices, mark, _digest(row)))
            for term in each:
                self._rows[self._terms[term]] += 1
                tagged.append((self._terms[term], self._key))
            columns = (stems(row.words), skeletons(row.words), stems(row.place), skeletons(row.place))
            stem_, name, place_stem, place_name = map(" ".join, columns)
            told.append((self._key, stem_, name, place_stem, place_name))
        columns_ = ("key", "noun", "id", "seq", "first", "last", "voices", "mark", "digest")
        self._dialect.fill(self._cx, s.shelf, columns_, shelf)
        self._dialect.put_shelf_words(self._cx, told)
        self._dialect.fill(self._cx, s.tagged, ("term", "key"), tagged)

    def _know(self, noun: str, terms: Iterable[_Term]) -> None:
        """Find the numbers of some terms of a noun, and give one to those that are new."""
        t = s.terms.c
        by_facet: dict[str, list[str]] = defaultdict(list)
        for term in terms:
            if term not in self._terms:
                by_facet[term[1]].append(term[2])
        for facet, values in by_facet.items():
            for part in _parts(values) if self._last else ():
                query = select(t.value, t.id).where(t.noun == noun, t.facet == facet, t.value.in_(part))
                self._terms.update(((noun, facet, row.value), row.id) for row in self._cx.execute(query))
        new = []
        for facet, values in by_facet.items():
            for value in values:
                if (noun, facet, value) not in self._terms:
                    self._last += 1
                    self._terms[noun, facet, value] = self._last
                    new.append((self._last, noun, facet, value, 0))
        self._dialect.fill(self._cx, s.terms, ("id", "noun", "facet", "value", "rows"), new)

    def end(self) -> None:
        """Bring the numbers of rows up to date: those of the terms, and of what each actor says and does."""
        t, c = s.terms.c, s.shelf.c
        changed = [{"term": term, "n": number} for term, number in self._rows.items() if number]
        if changed:
            move = update(s.terms).where(t.id == bindparam("term")).values(rows=t.rows + bindparam("n"))
            self._cx.execute(move, changed)
        acting = {value: 0 for noun, facet, value in self._terms if noun in _ACTING and facet == "actor_id"}
        for moved in _parts([each["term"] for each in changed]):
            query = select(t.value).where(t.id.in_(moved), t.noun.in_(_ACTING), t.facet == "actor_id")
            acting.update(dict.fromkeys(self._cx.scalars(query), 0))
        acting.update((value, 0) for noun, facet, value in self._terms if (noun, facet) == ("actors", "id"))
        for part in _parts(list(acting)):
            query = (
                select(t.value, func.sum(t.rows))
                .where(t.noun.in_(_ACTING), t.facet == "actor_id", t.value.in_(part))
                .group_by(t.value)
            )
            acting.update((row[0], int(row[1])) for row in self._cx.execute(query))
        if acting:
            put = update(s.shelf).where(c.noun == "actors", c.id == bindparam("actor")).values(voices=bindparam("n"))
            self._cx.execute(put, [{"actor": actor, "n": number} for actor, number in acting.items()])
        self._cx.execute(delete(s.terms).where(t.rows <= 0))
        put_meta(self._cx, "shelf key", str(self._key))


_Term = tuple[str, str, str]
_ACTING = ("statements", "events")


def _parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[i : i + _MANY] for i in range(0, len(values), _MANY))


def _digest(row: Shelved) -> str:
    told = msgspec.json.encode(row._replace(terms=list(row.terms)))
    return hashlib.blake2b(told, digest_size=12).hexdigest()


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


class Source(Record, frozen=True, kw_only=True):
    """What of a report the rows pinned in it can be narrowed by."""

    id: str
    title: str | None
    published: str | None
    publisher: str | None
    language: str | None
    origin: Origin | None
    own_reporting: bool | None

    def label(self) -> str:
        """The name by which its origin is counted."""
        return origin_label(
            Report(
                **{name: getattr(self, name) for name in self.__struct_fields__},
                authors=[],
                from_={},
                captures=[],
                versions=[],
            )
        )


class Sources:
    """The reports by id, each with its origin's full name."""

    def __init__(self, every: Mapping[str, Source]) -> None:
        self.every = every
        full = full_names(row.origin.name for row in every.values() if row.origin)
        labels = {row.id: row.label() for row in every.values()}
        self.labels = {id_: full.get(label, label) for id_, label in labels.items()}
        """The origin's label of each report."""

    @classmethod
    def of(cls, cx: Connection) -> Sources:
        """All reports of an archive."""
        decode = msgspec.json.Decoder(Source).decode
        return cls({row.id: row for row in map(decode, cx.scalars(select(s.reports.c.row).order_by(s.reports.c.id)))})

    def origin(self, report: str) -> str:
        """The origin's label, one for all that are not known."""
        label = self.labels.get(report, UNKNOWN)
        return UNKNOWN if label.startswith("unknown: ") else label

    def voices(self, reports: Iterable[str]) -> int:
        """How many origins some reports have."""
        return len({self.labels.get(report, report) for report in reports})

    def terms(self, reports: Iterable[str]) -> Iterator[tuple[str, str | None]]:
        """What rows that rest on some reports can be narrowed by."""
        for report in reports:
            row = self.every.get(report)
            yield "report", report
            yield "origin", self.origin(report)
            yield "publisher", row.publisher or UNKNOWN if row else UNKNOWN


def of_circle(
    rows: Mapping[str, Sequence[Any]], seq: Mapping[str, str], sources: Sources
) -> Iterator[tuple[str, list[Shelved]]]:
    """The rows of one circle as they stand on the shelf, noun by noun.

    Args:
        rows: what was linked, by noun.
        seq: each row's place in its list, by id.
        sources: the reports of the circle.
    """
    kinds: dict[str, set[str]] = defaultdict(set)
    for event in rows["events"]:
        if event.type and event.entry:
            kinds[event.entry].add(event.type)
    outcomes = {row.id: row for row in rows["commitments"]}
    yield "entries", [_entry(row, seq[row.id], sources, kinds, outcomes) for row in rows["entries"]]
    for noun, make in _MADE.items():
        yield noun, [make(row, seq[row.id], sources) for row in rows[noun]]


def of_report(source: Source, sources: Sources, not_read: str | None, text: str) -> Shelved:
    """A report as it stands on the shelf; ``not_read`` says why it is not read."""
    terms = [
        ("publisher", source.publisher or UNKNOWN),
        ("origin", sources.origin(source.id)),
        ("language", source.language or UNKNOWN),
        ("not_read", not_read),
    ]
    days = bounds(source.published[:10]) if source.published else None
    seq = ordered(str(int(source.published is None)), source.published or "", source.id)
    return Shelved(source.id, seq, days, 1, terms, f"{source.title or ''} {text}")


def of_actor(row: Actor, seq: str) -> Shelved:
    """An actor as it stands on the shelf; what it says and does is counted when all is on it."""
    told = " ".join([*(name.name for name in row.names), *(role.role for role in row.roles)])
    terms: list[tuple[str, str | None]] = [("kind", row.kind), ("name", row.name), ("id", row.id)]
    terms += (("also", plain_) for name in row.names for plain_ in plain(name.name).split())
    return Shelved(row.id, seq, None, 0, terms, told)


def not_read(cx: Connection, reports: Sequence[str] | None = None) -> dict[str, str]:
    """Why reports are not read, by id; of some where given."""
    r, g = s.reports.c, s.readings.c
    query = (
        select(r.id, json_text(g.row, "why_not"))
        .join_from(s.reports, s.readings, s.is_of_now())
        .where(~json_flag(g.row, "read"))
    )
    if reports is not None:
        query = query.where(r.id.in_(list(reports)))
    return {row[0]: row[1] or UNKNOWN for row in cx.execute(query)}


def _nouns(cx: Connection) -> Iterator[tuple[str, Iterable[Shelved]]]:
    """Everything on the shelf, noun by noun."""
    sources = Sources.of(cx)
    kinds: dict[str, set[str]] = defaultdict(set)
    for event, _ in _linked(cx, "events", EventRow):
        if event.type and event.entry:
            kinds[event.entry].add(event.type)
    outcomes = {row.id: row for row, _ in _linked(cx, "commitments", Commitment)}
    yield "entries", (_entry(row, seq, sources, kinds, outcomes) for row, seq in _linked(cx, "entries", Entry))
    types: dict[str, type[Any]] = {
        "statements": StatementRow, "figures": FigureRow, "events": EventRow, "commitments": Commitment, "disputes": Dispute,
    }  # fmt: skip
    for noun, make in _MADE.items():
        yield noun, _made(cx, noun, types[noun], make, sources)
    yield "reports", _reports(cx, sources)
    yield "actors", (of_actor(row, seq) for row, seq in _linked(cx, "actors", Actor))


def _made(
    cx: Connection, noun: str, type_: type[Any], make: Callable[[Any, str, Sources], Shelved], sources: Sources
) -> Iterator[Shelved]:
    return (make(row, seq, sources) for row, seq in _linked(cx, noun, type_))


def _reports(cx: Connection, sources: Sources) -> Iterator[Shelved]:
    why, r, v = not_read(cx), s.reports.c, s.versions.c
    ids = list(sources.every)
    for part in _parts(ids):
        query = select(r.id, v.text).join_from(s.reports, s.versions, v.report == r.id)
        for row in cx.execute(query.where(v.id == r.current, r.id.in_(part))):
            yield of_report(sources.every[row.id], sources, why.get(row.id), row.text)


def _linked(cx: Connection, name: str, type_: type[Any]) -> Iterator[tuple[Any, str]]:
    table = s.LINKED[name]
    decode = msgspec.json.Decoder(type_).decode
    return ((decode(row.row), row.seq) for row in cx.execute(select(table.c.row, table.c.seq)))


def _entry(
    row: Entry, seq: str, sources: Sources, kinds: Mapping[str, set[str]], outcomes: Mapping[str, Commitment]
) -> Shelved:
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
    return Shelved(row.id, seq, bounds(row.date), len(row.origins), terms, row.text, place.name if place else "", mark)


def _statement(row: StatementRow, seq: str, sources: Sources) -> Shelved:
    marked = [name for name in ("denial", "question", "refusal") if getattr(row, name)]
    terms = [
        ("actor", row.speaker or UNKNOWN),
        ("actor_id", row.speaker_id),
        *(("kind", kind) for kind in (row.mode, *marked)),
        *sources.terms([row.report]),
    ]
    told = " ".join([*(pin.text for pin in row.pins), row.speaker or "", row.addressee or ""])
    return Shelved(row.id, seq, bounds(row.date), 1, terms, told)


def _figure(row: FigureRow, seq: str, sources: Sources) -> Shelved:
    terms = [
        ("actor", row.claimant or UNKNOWN),
        ("actor_id", row.claimant_id),
        ("unit", row.unit),
        ("kind", row.bound),
        *sources.terms([row.report]),
    ]
    told = f"{row.pin.text} {row.of} {row.unit} {row.claimant or ''}"
    return Shelved(row.id, seq, bounds(row.as_of or row.date), 1, terms, told)


def _event(row: EventRow, seq: str, sources: Sources) -> Shelved:
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
    return Shelved(row.id, seq, bounds(row.date), sources.voices(row.reports), terms, row.text, place)


def _commitment(row: Commitment, seq: str, sources: Sources) -> Shelved:
    terms = [
        ("kind", row.kind),
        ("outcome", row.outcome),
        *(("actor", actor) for actor in row.by or [UNKNOWN]),
        ("event", row.event),
        *sources.terms(row.reports),
    ]
    told = " ".join([row.text, row.condition or "", *row.by])
    return Shelved(row.id, seq, bounds(row.due), sources.voices(row.reports), terms, told)


def _dispute(row: Dispute, seq: str, sources: Sources) -> Shelved:
    reports = list(dict.fromkeys(side.report for side in row.sides))
    terms = [
        ("kind", "figures" if row.figures else "words"),
        *(("actor", side.by or UNKNOWN) for side in row.sides),
        *sources.terms(reports),
    ]
    covered = [days for side in row.sides if (days := bounds(side.date))]
    days = Bounds(min(d.first for d in covered), max(d.last for d in covered)) if covered else None
    told = " ".join([row.about, *(f"{side.by or ''} {side.text}" for side in row.sides)])
    return Shelved(row.id, seq, days, sources.voices(reports), terms, told)


_MADE: Mapping[str, Callable[[Any, str, Sources], Shelved]] = {
    "statements": _statement,
    "figures": _figure,
    "events": _event,
    "commitments": _commitment,
    "disputes": _dispute,
}


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
