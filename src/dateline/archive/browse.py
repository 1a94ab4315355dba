"""Pages of rows: what a list holds under a question, counted, narrowed and ordered in the database, page by page."""

from __future__ import annotations

import re
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final, Literal, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, true

from dateline.archive import schema as s
from dateline.archive.archive import report_row
from dateline.archive.dialect import Dialect, Either, Every, Has, Wanted
from dateline.archive.shelf import EPOCH, token
from dateline.archive.store import Store
from dateline.chronicle.question import NAMED
from dateline.chronicle.series import Series, series
from dateline.edtf import bounds
from dateline.errors import ReadingError
from dateline.link.names import plain
from dateline.link.words import stem
from dateline.read.names import skeleton
from dateline.records import (
    Actor,
    Commitment,
    Dispute,
    Entry,
    EventRow,
    Extract,
    FigureRow,
    Linked,
    Reading,
    Record,
    Report,
    ReportRow,
    StatementRow,
)

Noun = Literal["entries", "reports", "statements", "figures", "events", "commitments", "disputes", "actors"]
Sort = Literal["date", "-date", "origins"]

ROWS: Final[Mapping[str, type[Record]]] = {
    "entries": Entry,
    "statements": StatementRow,
    "figures": FigureRow,
    "events": EventRow,
    "commitments": Commitment,
    "disputes": Dispute,
    "actors": Actor,
}
"""The record of each linked noun."""

FACETS: Final[Mapping[str, tuple[str, ...]]] = {
    "entries": ("status", "kind", "outcome", "disputed", "place", "actor", "origin", "publisher"),
    "reports": ("publisher", "origin", "language"),
    "statements": ("kind", "actor", "publisher", "origin"),
    "figures": ("unit", "actor", "kind", "publisher", "origin"),
    "events": ("status", "kind", "place", "actor", "origin", "publisher"),
    "commitments": ("outcome", "kind", "actor", "origin", "publisher"),
    "disputes": ("kind", "actor", "origin", "publisher"),
    "actors": ("kind",),
}
"""What the rows of each noun can be narrowed by, in the order in which it is shown."""

_ASKED = re.compile(r"\w[\w'’.-]*")
SERIES_REPORTS = 400
"""Reports whose figures are put in lines over time at most: comparing them takes a second."""

_COUNTING: Final[tuple[Noun, ...]] = ("statements", "figures", "events")
_KEPT = 64  # questions whose counts are kept until the archive changes
_MANY = 500

R = TypeVar("R", bound=Record)


class Ask(Record, frozen=True, kw_only=True):
    """A question to a list. ``terms`` are facets with their values: any of a facet's values, and all of the facets.

    The rest is as in `dateline.chronicle.question.Question`, with which it agrees on entries.
    """

    noun: Noun
    about: str | None = None
    since: str | None = None
    until: str | None = None
    place: str | None = None
    min_origins: int = 1
    terms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sort: Sort = "date"

    def without(self, facet: str) -> Ask:
        """The same question but for one facet."""
        return msgspec.structs.replace(self, terms=tuple(pair for pair in self.terms if pair[0] != facet))

    def having(self, facet: str, *values: str) -> Ask:
        """The same question with a facet's values."""
        return msgspec.structs.replace(self, terms=(*self.without(facet).terms, (facet, values)))


@dataclass(frozen=True)
class Term:
    """A value that rows can be narrowed by, and how many rows have it."""

    value: str
    rows: int


class Shelves:
    """The lists of an archive, page by page. Safe to use from several threads."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._kept: OrderedDict[tuple[str, object], Any] = OrderedDict()
        self._state = ""
        self._lock = Lock()

    # ── which rows ────────────────────────────────────────────────────────────────────────────────────────────────

    def count(self, ask: Ask) -> int:
        """How many rows answer.

        Raises:
            ReadingError: ``since`` or ``until`` is no date.
        """
        with self.store.read() as cx:
            return self._count(cx, ask)

    def _count(self, cx: Connection, ask: Ask) -> int:
        key = ("count", msgspec.structs.replace(ask, sort="date"))
        return int(self._once(cx, key, lambda: cx.scalar(self._asked(cx, ask, func.count())) or 0))

    def counts(self, about: str) -> dict[str, int]:
        """How many rows of each noun are about something, reports apart; nouns that have none are left out."""
        with self.store.read() as cx:
            found: dict[str, int] = self._once(cx, ("counts", about), lambda: self._counts(cx, about))
        return found

    def _counts(self, cx: Connection, about: str) -> dict[str, int]:
        c = s.shelf.c
        told = _matches(self.store.dialect, _words_query(about))
        query = select(c.noun, func.count()).where(c.noun.not_in(["entries", "reports"]), told).group_by(c.noun)
        found = {row[0]: row[1] for row in cx.execute(query)}
        lines = self._count(cx, Ask(noun="entries", about=about))
        return found | ({"entries": lines} if lines else {})

    def ids(self, ask: Ask, limit: int | None = None, offset: int = 0) -> list[str]:
        """The ids of the rows that answer, in the order asked for."""
        c = s.shelf.c
        order: Sequence[ColumnElement[Any]] = [c.seq]
        if ask.sort == "-date":
            order = [c.last.is_(None), c.seq.desc()]
        elif ask.sort == "origins":
            order = [c.voices.desc(), c.seq]
        with self.store.read() as cx:
            query = self._asked(cx, ask, c.id).order_by(*order).limit(limit).offset(offset)
            return list(cx.scalars(query))

    def position(self, ask: Ask, id_: str) -> int | None:
        """How many rows stand before a row in the answer in order of date; None where it is not in it."""
        c = s.shelf.c
        with self.store.read() as cx:
            seq = cx.scalar(self._asked(cx, ask, c.seq).where(c.id == id_))
            if seq is None:
                return None
            return int(cx.scalar(self._asked(cx, ask, func.count()).where(c.seq < seq)) or 0)

    def facets(self, ask: Ask, most: int = 12) -> dict[str, list[Term]]:
        """For each facet its values among the rows that answer, the most frequent first, at most ``most`` and those asked for.

        A facet's own values do not narrow it, so that another value can be added.
        """
        with self.store.read() as cx:
            key = ("facets", msgspec.structs.replace(ask, sort="date"), most)
            found: dict[str, list[Term]] = self._once(cx, key, lambda: self._facets(cx, ask, most))
        return found

    def _facets(self, cx: Connection, ask: Ask, most: int) -> dict[str, list[Term]]:
        asked = dict(ask.terms)
        counted: dict[str, dict[str, int]] = {}
        open_ = [facet for facet in FACETS[ask.noun] if facet not in asked]
        counted.update(self._terms(cx, ask, open_))
        for facet in FACETS[ask.noun]:
            if facet in asked:
                counted.update(self._terms(cx, ask.without(facet), [facet]))
        found: dict[str, list[Term]] = {}
        for facet in FACETS[ask.noun]:
            values = counted.get(facet, {})
            chosen = asked.get(facet, ())
            ranked = sorted(values, key=lambda v: (v not in chosen, -values[v], v))[: max(most, len(chosen))]
            found[facet] = [Term(value, values[value]) for value in ranked]
        return found

    def _terms(self, cx: Connection, ask: Ask, facets: Sequence[str]) -> dict[str, dict[str, int]]:
        """The values of some facets among the rows that answer, with their numbers."""
        t, g = s.terms.c, s.tagged.c
        wanted = and_(t.noun == ask.noun, t.facet.in_(list(facets)))
        found: dict[str, dict[str, int]] = defaultdict(dict)
        if _asks_nothing(ask):
            for row in cx.execute(select(t.facet, t.value, t.rows).where(wanted)):
                found[row.facet][row.value] = row.rows
            return found
        hits = self._asked(cx, ask, s.shelf.c.key)
        counted = select(g.term, func.count().label("n")).where(g.key.in_(hits)).group_by(g.term).subquery("counted")
        query = select(t.facet, t.value, counted.c.n).join(counted, counted.c.term == t.id).where(wanted)
        for facet, value, number in cx.execute(query):
            found[facet][value] = number
        return found

    def _once(self, cx: Connection, key: tuple[Any, ...], make: Any) -> Any:
        """What was counted before in this state of the archive, or is counted now."""
        state = str(cx.scalar(select(s.meta.c.value).where(s.meta.c.key == "shelved")))
        with self._lock:
            if state != self._state:
                self._kept.clear()
                self._state = state
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            if state == self._state:
                self._kept[key] = made
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return made

    def _asked(self, cx: Connection, ask: Ask, *columns: Any) -> Select[Any]:
        """The query for some columns of the rows that answer."""
        c = s.shelf.c
        query = select(*columns).select_from(s.shelf).where(c.noun == ask.noun)
        first, last = _between(ask)
        if first is not None:
            query = query.where(c.last >= first)
        if last is not None:
            query = query.where(c.first <= last)
        if ask.min_origins > 1:
            query = query.where(c.voices >= ask.min_origins)
        for facet, values in ask.terms:
            query = query.where(_tagged(ask.noun, facet, values))
        if ask.place:
            exact = _tagged(ask.noun, "place", [ask.place])
            there = cx.scalar(select(s.terms.c.id).where(_term(ask.noun, "place", [ask.place])))
            query = query.where(exact if there else _matches(self.store.dialect, _place_query(ask.place)))
        if ask.about:
            query = query.where(self._about(cx, ask.noun, ask.about))
        return query

    def _about(self, cx: Connection, noun: str, about: str) -> ColumnElement[bool]:
        if noun != "entries":
            return _matches(self.store.dialect, _words_query(about))
        names = self._actors(cx, about)
        asked = [_words_query(name) for name in (about, *names)]
        told = _matches(self.store.dialect, _either([*asked, _place_query(about)]))
        return or_(told, _tagged(noun, "actor", names)) if names else told

    def _actors(self, cx: Connection, about: str) -> list[str]:
        """The names of all actors one of whose names has all the words asked for; none where these are too many to be meant."""
        asked = set(plain(about).split())
        if not asked:
            return []
        query = select(s.shelf.c.id).where(s.shelf.c.noun == "actors")
        for word in sorted(asked):
            query = query.where(_tagged("actors", "also", [word]))
        ids = list(cx.scalars(query.limit(NAMED + 1) if len(asked) == 1 else query))
        if len(asked) == 1 and len(ids) > NAMED:
            return []
        named = [
            actor.name
            for actor in self._by_id(cx, "actors", ids, Actor).values()
            if any(asked <= set(plain(name.name).split()) for name in actor.names)
        ]
        return sorted(set(named)) if len(named) <= NAMED else []

    # ── the rows ──────────────────────────────────────────────────────────────────────────────────────────────────

    def rows(self, noun: Noun, ids: Sequence[str]) -> list[Any]:
        """Rows by their ids, in that order; those that are not there are left out."""
        if noun == "reports":
            return list(self.reports(ids))
        with self.store.read() as cx:
            found = self._by_id(cx, noun, ids, ROWS[noun])
        return [found[id_] for id_ in ids if id_ in found]

    def row(self, noun: Noun, id_: str) -> Any | None:
        """A row by its id."""
        return next(iter(self.rows(noun, [id_])), None)

    def _by_id(self, cx: Connection, noun: str, ids: Sequence[str], type_: type[R]) -> dict[str, R]:
        table = s.LINKED[noun]
        decode = msgspec.json.Decoder(type_).decode
        found: dict[str, R] = {}
        for start in range(0, len(ids), _MANY):
            part = list(ids[start : start + _MANY])
            for row in cx.execute(select(table.c.id, table.c.row).where(table.c.id.in_(part))):
                found[row.id] = decode(row.row)
        return found

    def reports(self, ids: Sequence[str]) -> list[ReportRow]:
        """Reports as lists show them, in the order of the ids."""
        found: dict[str, ReportRow] = {}
        with self.store.snapshot():
            for start in range(0, len(ids), _MANY):
                part = list(ids[start : start + _MANY])
                readings, refs = self.store.readings(part), self.store.capture_refs(part)
                for report in self.store.reports(part):
                    found[report.id] = report_row(report, readings.get(report.id), refs)
        return [found[id_] for id_ in ids if id_ in found]

    def heads(self, ids: Sequence[str]) -> dict[str, Report]:
        """Reports by id without their texts: title, day, publisher, origin."""
        r = s.reports.c
        decode = msgspec.json.Decoder(Report).decode
        with self.store.read() as cx:
            return {
                row.id: decode(row.row)
                for start in range(0, len(ids), _MANY)
                for row in cx.execute(select(r.id, r.row).where(r.id.in_(list(ids[start : start + _MANY]))))
            }

    def report(self, id_: str) -> Report | None:
        """A report with all its versions and their texts."""
        return next(iter(self.store.reports([id_])), None)

    def reading(self, report: str) -> Reading | None:
        """The Reading of a report."""
        return self.store.readings([report]).get(report)

    def extracts(self, captures: Sequence[str]) -> dict[str, Extract]:
        """What some captures hold, by id."""
        with self.store.read() as cx:
            return {id_: found for id_, (found, _) in self.store.extracts(cx, captures).items()}

    def actors_named(self, names: Sequence[str]) -> dict[str, str]:
        """The ids of actors by their names."""
        t, g, c = s.terms.c, s.tagged.c, s.shelf.c
        query = (
            select(t.value, func.min(c.id))
            .join_from(s.terms, s.tagged, g.term == t.id)
            .join(s.shelf, c.key == g.key)
            .where(_term("actors", "name", names))
            .group_by(t.value)
        )
        with self.store.read() as cx:
            return {row[0]: row[1] for row in cx.execute(query)}

    def series(self, about: str | None) -> list[Series]:
        """Counts over time (see `dateline.chronicle.series`): of the whole archive where it is small, else of the reports that hold
        the words of ``about``, and nothing where none are given.
        """
        with self.store.snapshot(), self.store.read() as cx:
            found: list[Series] = self._once(cx, ("series", about), lambda: self._series(about))
        return found

    def _series(self, about: str | None) -> list[Series]:
        if self.count(Ask(noun="reports")) <= SERIES_REPORTS:
            reports = self.store.reports()
            rows = {noun: self.rows(noun, self.ids(Ask(noun=noun))) for noun in _COUNTING}
        elif about:
            reports = self.store.reports(self.ids(Ask(noun="reports", about=about), SERIES_REPORTS))
            names = tuple(report.id for report in reports)
            rows = {noun: self.rows(noun, self.ids(Ask(noun=noun, terms=(("report", names),)))) for noun in _COUNTING}
        else:
            return []
        voices = {row.speaker_id for row in rows["statements"]} | {row.claimant_id for row in rows["figures"]}
        actors = self.rows("actors", sorted(voices - {None}))
        linked = Linked(actors=actors, commitments=[], disputes=[], **rows)
        return series(linked, reports, about)

    def marks(self, ask: Ask) -> Iterator[str]:
        """The marks on a timeline of the entries that answer, each a JSON array (see `dateline.archive.shelf`), by date."""
        with self.store.read() as cx:
            query = self._asked(cx, ask, s.shelf.c.mark).where(s.shelf.c.mark.is_not(None)).order_by(s.shelf.c.seq)
            yield from cx.scalars(query)

    def terms(self, noun: Noun, facet: str) -> list[Term]:
        """All values of a facet with the number of their rows, the most frequent first."""
        t = s.terms.c
        query = select(t.value, t.rows).where(t.noun == noun, t.facet == facet).order_by(t.rows.desc(), t.value)
        with self.store.read() as cx:
            return [Term(row.value, row.rows) for row in cx.execute(query)]

    def said_about(self, actor: Actor, limit: int) -> list[str]:
        """The ids of statements by others whose words have one of an actor's names, in order of date."""
        told = _either(_words_query(name.name) for name in actor.names)
        c = s.shelf.c
        own = _tagged("statements", "actor_id", [actor.id])
        query = (
            select(c.id)
            .where(c.noun == "statements", _matches(self.store.dialect, told), ~own)
            .order_by(c.seq)
            .limit(limit)
        )
        with self.store.read() as cx:
            return list(cx.scalars(query)) if told else []

    def pinned(self, noun: Noun, report: str) -> list[Any]:
        """All rows of a noun that rest on a report."""
        return self.rows(noun, self.ids(Ask(noun=noun, terms=(("report", (report,)),))))

    def found(self, words: str, limit: int, offset: int = 0) -> list[str]:
        """Reports of any language that hold all the words, the best match first."""
        return self.store.search(words, limit + offset)[offset:]


# ── conditions ────────────────────────────────────────────────────────────────────────────────────────────────────


def _asks_nothing(ask: Ask) -> bool:
    """Whether a question narrows nothing."""
    return not (ask.about or ask.since or ask.until or ask.place or ask.terms or ask.min_origins > 1)


def _between(ask: Ask) -> tuple[int | None, int | None]:
    """The first and last day asked for, as days since 1970.

    Raises:
        ReadingError: one of them is no date.
    """
    since, until = bounds(ask.since), bounds(ask.until)
    for name, given, read in (("since", ask.since, since), ("until", ask.until, until)):
        if given and read is None:
            raise ReadingError(name, f"{given!r} is no date; write 2021, 2021-03 or 2021-03-09")
    first = since.first.toordinal() - EPOCH if since else None
    last = until.last.toordinal() - EPOCH if until else None
    return first, last


def _term(noun: str, facet: str, values: Sequence[str]) -> ColumnElement[bool]:
    t = s.terms.c
    return and_(t.noun == noun, t.facet == facet, t.value.in_(list(values)))


def _tagged(noun: str, facet: str, values: Sequence[str]) -> ColumnElement[bool]:
    """Whether a row has one of a facet's values."""
    g = s.tagged.c
    terms = select(s.terms.c.id).where(_term(noun, facet, values))
    return s.shelf.c.key.in_(select(g.key).where(g.term.in_(terms)))


def _matches(dialect: Dialect, wanted: Wanted | None) -> ColumnElement[bool]:
    """Whether a row's words answer; every row does where nothing is asked."""
    return s.shelf.c.key.in_(dialect.on_shelf(wanted)) if wanted else true()


def _either(asked: Iterable[Wanted | None]) -> Wanted | None:
    """One of several at least, those apart that ask nothing."""
    found = tuple(each for each in asked if each is not None)
    return Either(found) if found else None


def _words_query(asked: str) -> Wanted | None:
    """All words, by stem, or a capitalised one in another spelling of the name."""
    return _query(asked, "stems", "names")


def _place_query(asked: str) -> Wanted | None:
    return _query(asked, "place_stems", "place_names")


def _query(asked: str, stems: str, names: str) -> Wanted | None:
    found: list[Wanted] = []
    for word in _ASKED.findall(asked):
        either: list[Wanted] = [Has(stems, token(stem(word)))]
        if word[0].isupper() and (bare := skeleton(plain(word))):
            either.append(Has(names, token(bare)))
        found.append(Either(tuple(either)))
    return Every(tuple(found)) if found else None
