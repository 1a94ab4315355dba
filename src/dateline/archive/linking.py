"""Linking inside an archive: only what hangs on a report that changed is linked again, whatever else the archive holds.

Beside what is linked the archive keeps what linking goes by. The trace of each report tells who is who in it: actors are found from
all traces, without the texts. The outline of each report tells what it may tell with others: ties between reports are found from
outlines, those of new and changed reports alone. The reports are in circles, by their ties, and what is told in one circle hangs on its
reports and who is who in them alone; a circle that is made of what it was made of before is left as it is. Every step is written when
it is done, so a run that was cut short is finished by the next, and the result is that of linking everything at once.
"""

from __future__ import annotations

import gc
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from dateline.archive import history, shelf
from dateline.archive import schema as s
from dateline.archive.decisions import decisions, drop_outcomes, put_outcomes
from dateline.archive.dialect import upsert
from dateline.archive.store import Store
from dateline.archive.whereabouts import StoredReports
from dateline.chronicle.entries import entries
from dateline.link import circles as close
from dateline.link.actors import identify
from dateline.link.cast import Players
from dateline.link.circles import Pair, circles, cut
from dateline.link.linker import bound, link_circle
from dateline.link.order import order
from dateline.link.outlines import Outline, outline, tied
from dateline.link.ties import Marks, Retied, marks
from dateline.link.traces import Trace, trace
from dateline.records import (
    Actor,
    ActorKind,
    Linked,
    Record,
    Report,
    Rulings,
    Telling,
    content_id,
)
from dateline.review.apply import Outcome
from dateline.review.fields import folded
from dateline.review.identity import by_decision, rulings
from dateline.review.identity import outcomes as identity_outcomes
from dateline.review.judge import by_reports, in_force, splits
from dateline.review.settle import marked, settle
from dateline.review.standing import Standing, standings

_ROOMS = ("link", "chronicle", "review", "read")
"""The rooms whose code says what is linked."""

_READ_AT_ONCE = 64  # reports that are looked at in one transaction
_LINKED_AT_ONCE = 400  # reports whose circles are written in one transaction, if there are several
_MANY = 500  # values in one IN (…)
_TIED_AT_ONCE = 5_000  # ties in one statement
_AT_HAND = 3_000  # outlines that are kept while reports are compared
_NOTHING = Linked(actors=[], statements=[], figures=[], events=[], commitments=[], disputes=[])

T = TypeVar("T")

_pack = msgspec.msgpack.Encoder(order="deterministic").encode
_trace_of = msgspec.msgpack.Decoder(Trace).decode
_players_of = msgspec.msgpack.Decoder(Players).decode
_outline_of = msgspec.msgpack.Decoder(Outline).decode


@cache
def made_by() -> str:
    """What tells this code from another that may link otherwise: a hash of it. What another made is linked again."""
    told = hashlib.blake2b(digest_size=12)
    package = files("dateline")
    for room in _ROOMS:
        for file in sorted(package.joinpath(room).iterdir(), key=lambda file: file.name):
            if file.name.endswith(".py"):
                told.update(file.read_bytes())
    for name in (
        "edtf.py",
        "records.py",
        "data/happenings.json",
        "data/rarity.json",
        "data/states.json",
        "data/people.json",
    ):
        told.update(package.joinpath(name).read_bytes())
    return told.hexdigest()


def relink(store: Store, watch: Callable[[int, int], None] = lambda *_: None, run: int | None = None) -> None:
    """Bring what is linked up to date, if it is not.

    Args:
        store: the archive's.
        watch: told how many reports are linked of how many that have to be.
        run: the run that links; None after decisions.
    """
    if store.is_stale():
        _Linking(store, watch, run).run()


class _Superseded(Exception):
    """Another program links a later state."""


@dataclass(frozen=True)
class _Kept:
    """What the archive holds of a report towards linking."""

    stamp: str
    digest: str
    circle: str | None


class _Linking:
    """One run over one state of the archive."""

    def __init__(self, store: Store, watch: Callable[[int, int], None], run: int | None) -> None:
        self._store = store
        self._watch = watch
        with store.snapshot(), store.read() as cx:
            self._state = store.state()
            self._past = history.begin(cx, run)
            made = decisions(store)
            self._sources = shelf.Sources.of(cx)
            r, t = s.reports.c, s.traces.c
            rows = cx.execute(select(r.id, r.current, r.row, r.published)).all()
            self._days = {row.id: row.published for row in rows}
            self._current = {
                row.id: _hash([made_by(), row.current, row.row, self._sources.labels[row.id]]) for row in rows
            }
            self._kept = {
                row.report: _Kept(row.stamp, row.digest, row.circle)
                for row in cx.execute(select(t.report, t.stamp, t.digest, t.circle))
            }
            self._standing = standings(made, StoredReports(store)) if made else []
        self._on: dict[str, list[Standing]] = defaultdict(list)
        for one in self._standing:
            if one.found is not None:
                self._on[one.found.report].append(one)
        self._splits = splits(self._standing)
        self._outcomes: dict[tuple[str, int], Outcome] = {}

    def run(self) -> None:
        """Link what has to be."""
        try:
            self._look()
            actor_rulings = self._rulings()
            self._identify(actor_rulings)
            large = sum(bool(kept.digest) for kept in self._kept.values()) > close.FEW
            self._join(actor_rulings, self._tie() if large else {})
            self._end()
        except _Superseded:
            return

    def _writing(self, cx: Connection) -> None:
        """Stand back where a later state is linked, or being linked."""
        later = max(int(shelf.meta(cx, "linked")), int(shelf.meta(cx, "linking")))
        if later > self._state:
            raise _Superseded
        shelf.put_meta(cx, "linking", str(self._state))

    # ── each report alone ─────────────────────────────────────────────────────────────────────────────────────────

    def _look(self) -> None:
        """Look at the reports that are new or other than they were, and forget those that are gone."""
        stamps = {id: self._stamp(id, made_of) for id, made_of in self._current.items()}
        todo = sorted(id for id, stamp in stamps.items() if id not in self._kept or self._kept[id].stamp != stamp)
        gone = sorted(self._kept.keys() - stamps.keys())
        with self._store.write() as cx:
            self._writing(cx)
            for part in _parts(gone):  # until what was told in them is swept away
                cx.execute(update(s.traces).where(s.traces.c.report.in_(part)).values(stamp="", digest=""))
            off = shelf.Writer(cx)
            off.drop("reports", gone)
            off.end()
        for part in _parts(todo, _READ_AT_ONCE):
            reports = self._store.reports(part)
            told = self._tellings(reports)
            rows = []
            for report in reports:
                telling = told.get(report.id)
                old = self._kept.get(report.id)
                digest = self._digest(telling) if telling else ""
                rows.append(
                    {
                        "report": report.id,
                        "stamp": stamps[report.id],
                        "digest": digest,
                        "trace": _pack(trace(telling)) if telling else b"",
                        "circle": old.circle if old else None,
                    }
                )
                self._kept[report.id] = _Kept(stamps[report.id], digest, old.circle if old else None)
            with self._store.write() as cx:
                self._writing(cx)
                put = upsert(s.traces, "report", change=["stamp", "digest", "trace"])
                cx.execute(put, rows)
                why = shelf.not_read(cx, part)
                on = shelf.Writer(cx)
                on.put(
                    "reports",
                    [
                        shelf.of_report(self._sources.every[r.id], self._sources, why.get(r.id), r.current.text)
                        for r in reports
                    ],
                )
                on.end()
        for id in gone:
            del self._kept[id]

    def _stamp(self, report: str, made_of: str) -> str:
        """What a report's trace is made of: its row, text and day, and the decisions on it."""
        return _hash([made_of, self._said_on(report), [one.decision.id for one in self._splits]])

    def _said_on(self, report: str) -> list[Any]:
        return [
            (one.decision.id, one.index, one.found.shift, one.rivals) for one in self._on.get(report, ()) if one.found
        ]

    def _digest(self, telling: Telling) -> str:
        return _hash([made_by(), msgspec.json.encode(telling).decode(), self._said_on(telling.report)])

    def _tellings(self, reports: Sequence[Report]) -> dict[str, Telling]:
        """Some reports as they are read, decisions in force; those apart that are not read."""
        readings = self._store.readings([report.id for report in reports])
        found: dict[str, Telling] = {}
        for report in reports:
            reading = readings.get(report.id)
            if reading is None or not reading.read or report.id not in self._sources.labels:
                continue
            telling = Telling(
                report=report.id,
                version=report.current.id,
                title=report.title,
                published=report.published,
                publisher=report.publisher,
                origin=self._sources.labels[report.id],
                text=report.current.text,
                parts=report.current.parts,
                reading=reading,
            )
            mine, _ = by_reports(self._on.get(report.id, ()), {report.id})
            found[report.id], outcomes = in_force(telling, mine.get(report.id, ()), self._splits, self._kind)
            self._came(outcomes)
        return found

    def _came(self, outcomes: Iterable[Outcome]) -> None:
        self._outcomes.update(((one.decision, one.part), one) for one in outcomes)

    def _kind(self, name: str) -> ActorKind | None:
        """What an actor of a name is, as far as Readings know."""
        if not hasattr(self, "_kinds"):
            self._kinds: dict[str, ActorKind] = {}
            for held in sorted(self._traces(), key=lambda held: (held.day or "9999", held.report)):
                for actor in held.actors:
                    self._kinds.setdefault(folded(actor.name), actor.kind)
        return self._kinds.get(folded(name))

    def _traces(self) -> list[Trace]:
        t = s.traces.c
        with self._store.read() as cx:
            return [_trace_of(blob) for blob in cx.scalars(select(t.trace).where(t.digest != ""))]

    def _rulings(self) -> Rulings:
        named = {one.found.report for one in self._standing if one.decision.kind == "actor" and one.found}
        told: dict[str, Telling] = {}
        for part in _parts(sorted(named)):
            told |= self._tellings(self._store.reports(part))
        return rulings(self._standing, {id: telling.reading for id, telling in told.items()})

    # ── who is who ────────────────────────────────────────────────────────────────────────────────────────────────

    def _identify(self, ruled: Rulings) -> None:
        """Find the actors anew, where a trace or what persons say of them is other than it was."""
        on_actors = [one for one in self._standing if one.decision.kind == "actor"]
        said = [(one.decision.id, one.index, one.rivals) for one in on_actors]
        t = s.traces.c
        with self._store.read() as cx:
            traced = hashlib.blake2b(digest_size=12)
            for row in cx.execute(select(t.report, t.trace).where(t.digest != "").order_by(t.report)):
                traced.update(row.trace)
            state = _hash([made_by(), traced.hexdigest(), said, msgspec.to_builtins(ruled.actors)])
            nobody = select(t.report).where(t.digest != "", t.players.is_(None)).limit(1)
            if shelf.meta(cx, "identified") == state and cx.execute(nobody).first() is None:
                actors = [] if not on_actors else self._actors(cx)
                self._came(identity_outcomes(on_actors, msgspec.structs.replace(_NOTHING, actors=actors)))
                return
        with _nothing_collected():
            found = identify(self._traces(), ruled.actors)
        linked = msgspec.structs.replace(_NOTHING, actors=found.actors)
        self._came(identity_outcomes(on_actors, linked))
        rows = {row.id: row for row in marked(linked, on_actors).actors}
        with self._store.write() as cx:
            self._writing(cx)
            held = {row.report: row.players for row in cx.execute(select(t.report, t.players))}
            players = ((each.report, _pack(each)) for each in found.players())
            changed = [{"id": report, "blob": blob} for report, blob in players if held.get(report) != blob]
            if changed:
                cx.execute(
                    update(s.traces).where(t.report == bindparam("id")).values(players=bindparam("blob")), changed
                )
            on = shelf.Writer(cx)
            put = _replace(cx, self._past, "actors", rows, found.order, None, _rows(cx, "actors"), on)
            put = put if shelf.stands(cx) else list(rows)
            on.put("actors", [shelf.of_actor(rows[id], found.order[id]) for id in put])
            on.end()
            shelf.put_meta(cx, "identified", state)

    def _actors(self, cx: Connection) -> list[Actor]:
        return [msgspec.json.decode(row, type=Actor) for row in cx.scalars(select(s.LINKED["actors"].c.row))]

    # ── which reports tell something together ─────────────────────────────────────────────────────────────────────

    def _tie(self) -> dict[Pair, float]:
        """Bring the ties between reports up to date, and give all of them."""
        self._outline()
        t, k = s.traces.c, s.ties.c
        with self._store.read() as cx:
            reports = cx.execute(select(t.report, t.digest, t.outlined, t.tied)).all()
            ties = {(one, other): strength for one, other, strength in cx.execute(select(k.one, k.other, k.strength))}
        outlined = {row.report: row.outlined if row.digest else None for row in reports}
        changed = sorted(row.report for row in reports if row.tied != outlined[row.report])
        if changed:
            self._tie_anew(outlined, changed, ties)
        return ties

    def _outline(self) -> None:
        """Outline the reports that are other than they were, or in which somebody is somebody else."""
        t = s.traces.c
        with self._store.read() as cx:
            query = select(t.report, t.digest, t.players, t.outlined).where(t.digest != "").order_by(t.report)
            made_of = {
                row.report: made_of
                for row in cx.execute(query)
                if (made_of := hashlib.blake2b(row.digest.encode() + row.players, digest_size=12).hexdigest())
                != row.outlined
            }
        for part in _parts(list(made_of), _READ_AT_ONCE):
            told = self._tellings(self._store.reports(part))
            players = self._players(part)
            rows = [
                {"id": id, "hash": made_of[id], "blob": _pack(outline(telling, players[id]))}
                for id, telling in told.items()
            ]
            with self._store.write() as cx:
                self._writing(cx)
                put = update(s.traces).where(t.report == bindparam("id"))
                cx.execute(put.values(outlined=bindparam("hash"), outline=bindparam("blob")), rows)

    def _tie_anew(self, outlined: Mapping[str, str | None], changed: Sequence[str], ties: dict[Pair, float]) -> None:
        """Find the ties of changed reports, and those of others whose marks tell something else since then."""
        t, k = s.traces.c, s.ties.c
        fresh: dict[str, bytes] = {}
        with self._store.read() as cx:
            query = select(t.report, t.marks).where(t.tied.is_not(None))
            before = {report: Marks.unpack(packed) for report, packed in cx.execute(query)}
            now = before.copy()
            for id in changed:
                now.pop(id, None)
            for part in _parts([id for id in changed if outlined[id] is not None]):
                for row in cx.execute(select(t.report, t.outline).where(t.report.in_(part))):
                    now[row.report] = marks(_outline_of(row.outline))
                    fresh[row.report] = now[row.report].pack()
        again = Retied(
            before, dict(sorted(now.items(), key=lambda each: (self._days[each[0]] or "", each[0]))), changed
        )
        gone = again.gone(ties.keys())
        for pair in gone:
            del ties[pair]
        found = self._compared(again.fresh())
        ties.update(found)
        rows = [{"one": one, "other": other, "strength": strength} for (one, other), strength in found.items()]
        with self._store.write() as cx:
            self._writing(cx)
            off = delete(s.ties).where(k.one == bindparam("first"), k.other == bindparam("second"))
            for pairs in _parts(sorted(gone), _TIED_AT_ONCE):
                cx.execute(off, [{"first": one, "second": other} for one, other in pairs])
            for some in _parts(rows, _TIED_AT_ONCE):
                cx.execute(insert(s.ties), some)
            put = update(s.traces).where(t.report == bindparam("id"))
            put = put.values(tied=bindparam("hash"), marks=bindparam("blob"))
            cx.execute(put, [{"id": id, "hash": outlined[id], "blob": fresh.get(id)} for id in changed])

    def _compared(self, pairs: Iterable[Pair]) -> dict[Pair, float]:
        """How strongly some pairs of reports are tied, those that are."""
        t = s.traces.c
        with self._store.read() as cx:

            @lru_cache(maxsize=_AT_HAND)
            def outline_of(id: str) -> Outline:
                return _outline_of(cx.scalars(select(t.outline).where(t.report == id)).one())

            return {
                (one, other): strength for one, other in pairs if (strength := tied(outline_of(one), outline_of(other)))
            }

    def _players(self, reports: Sequence[str]) -> dict[str, Players]:
        """Who is who in some reports."""
        t = s.traces.c
        found: dict[str, Players] = {}
        for part in _parts(reports):
            with self._store.read() as cx:
                for row in cx.execute(select(t.report, t.players).where(t.report.in_(part), t.players.is_not(None))):
                    found[row.report] = _players_of(row.players)
        return found

    # ── what is told ──────────────────────────────────────────────────────────────────────────────────────────────

    def _join(self, ruled: Rulings, ties: Mapping[Pair, float]) -> None:
        """Link the circles that are made of something else than before."""
        t = s.traces.c
        players: dict[str, str] = {}
        with self._store.read() as cx:
            for row in cx.execute(select(t.report, t.players).where(t.digest != "").order_by(t.report)):
                players[row.report] = hashlib.blake2b(row.players or b"", digest_size=12).hexdigest()
            held = {row.id: row.digest for row in cx.execute(select(s.circles))}
        todo: list[tuple[str, str, list[str]]] = []
        every: set[str] = set()
        found = circles(players.keys(), ties, [*bound(ruled.events), *self._bound()])
        for members in found:
            name = content_id("k", *members)
            every.add(name)
            made_of = [[id, self._kept[id].digest, players[id]] for id in members if id in self._kept]
            digest = _hash(
                [made_by(), made_of, [one for one in map(_told, ruled.events) if not one[1].isdisjoint(members)]]
            )
            if held.get(name) != digest:
                todo.append((name, digest, members))
        total = sum(len(members) for _, _, members in todo)
        done = 0
        for batch in _batches(todo):
            self._watch(done, total)
            made = [(name, digest, members, *self._linked(members, ruled)) for name, digest, members in batch]
            with self._store.write() as cx:
                self._writing(cx)
                on = shelf.Writer(cx)
                for each in made:
                    self._put(cx, on, *each)
                on.end()
                put_outcomes(cx, self._outcomes.values())
            done += sum(len(members) for _, _, members in batch)
        self._sweep(every, cut(found, ties))
        self._watch(total, total)

    def _bound(self) -> Iterator[list[str]]:
        """The reports that decisions on several of them bind into one circle."""
        for parts in by_decision(self._standing).values():
            first = parts[0].decision
            if first.kind in ("dispute", "commitment") or (
                first.kind == "event" and first.verdict in ("merge", "split")
            ):
                yield [one.found.report for one in parts if one.found is not None]

    def _linked(self, members: Sequence[str], ruled: Rulings) -> tuple[dict[str, Sequence[Any]], dict[str, str]]:
        """The rows of one circle by noun, and the place of each in its list by id."""
        told: dict[str, Telling] = {}
        players = self._players(members)
        for part in _parts(members):
            told |= self._tellings(self._store.reports(part))
        tellings = [told[id] for id in members if id in told and id in players]
        linked = link_circle(tellings, players, ruled.events)
        here = set(members)
        on = [
            one
            for parts in by_decision(self._standing).values()
            if parts[0].decision.kind != "actor" and any(p.found is not None and p.found.report in here for p in parts)
            for one in parts
        ]
        if on:
            self._came(identity_outcomes(on, linked))
            linked, outcomes = settle(linked, on)
            self._came(outcomes)
            linked = marked(linked, on)
        rows: dict[str, Sequence[Any]] = {
            name: getattr(linked, name) for name in Linked.__struct_fields__ if name != "actors"
        }
        rows["entries"] = entries(linked, tellings)
        published = {telling.report: telling.published for telling in tellings}
        return rows, {row.id: order(row, published) for each in rows.values() for row in each}

    def _put(
        self,
        cx: Connection,
        on: shelf.Writer,
        name: str,
        digest: str,
        members: Sequence[str],
        rows: Mapping[str, Sequence[Any]],
        seq: Mapping[str, str],
    ) -> None:
        """Put a circle in the place of those that its reports were in."""
        t = s.traces.c
        old = {name, *(kept.circle for id in members if (kept := self._kept.get(id)) and kept.circle)}
        for part in _parts(sorted(old)):
            cx.execute(delete(s.circles).where(s.circles.c.id.in_(part)))
        for noun, found in rows.items():
            _replace(cx, self._past, noun, {row.id: row for row in found}, seq, name, _rows(cx, noun, sorted(old)), on)
        for noun, shelved in shelf.of_circle(rows, seq, self._sources):
            on.put(noun, shelved)
        for part in _parts(members):
            cx.execute(update(s.traces).where(t.report.in_(part)).values(circle=name))
        cx.execute(insert(s.circles).values(id=name, digest=digest))
        for id in members:
            kept = self._kept[id]
            self._kept[id] = _Kept(kept.stamp, kept.digest, name)

    def _sweep(self, every: set[str], apart: int) -> None:
        """Take away what circles left that are none any more, and note how many ties are not followed."""
        t, k = s.traces.c, s.circles.c
        with self._store.write() as cx:
            self._writing(cx)
            off = shelf.Writer(cx)
            dead = {row.report: row.circle for row in cx.execute(select(t.report, t.circle).where(t.digest == ""))}
            dead = {report: circle for report, circle in dead.items() if report not in self._current}
            gone = sorted(({*cx.scalars(select(k.id)), *dead.values()} - every) - {None})
            for part in _parts(gone):
                cx.execute(delete(s.circles).where(k.id.in_(part)))
            for noun, table in s.LINKED.items():
                c = table.c
                left = list(cx.scalars(select(c.id).where(c.circle.is_(None)))) if noun != "actors" else []
                for part in _parts(gone):
                    left += cx.scalars(select(c.id).where(c.circle.in_(part)))
                history.note(cx, self._past, noun, dict.fromkeys(left))
                off.drop(noun, left)
                for part in _parts(left):
                    cx.execute(delete(table).where(c.id.in_(part)))
            for part in _parts(sorted(dead)):
                cx.execute(delete(s.traces).where(t.report.in_(part)))
            off.end()
            shelf.put_meta(cx, "ties cut", str(apart))

    def _end(self) -> None:
        """Note what became of every decision, and that this state is linked."""
        known = set(self._kept) & {id for id, kept in self._kept.items() if kept.digest}
        self._came(by_reports(self._standing, known)[1])
        nowhere = [
            one
            for parts in by_decision(self._standing).values()
            if parts[0].decision.kind != "actor" and all(p.found is None or p.found.report not in known for p in parts)
            for one in parts
        ]
        self._came(identity_outcomes(nowhere, _NOTHING))
        self._came(settle(_NOTHING, nowhere)[1])
        with self._store.write() as cx:
            self._writing(cx)
            put_outcomes(cx, self._outcomes.values())
            drop_outcomes(cx, {(one.decision.id, one.index) for one in self._standing})
            history.end(cx, self._past)
            shelf.put_meta(cx, "linked", str(self._state))
            keys, rows = int(shelf.meta(cx, "shelf key")), cx.scalar(select(func.count()).select_from(s.shelf)) or 0
            if keys > _WORN * rows + _MANY:
                shelf.remake(cx)
            shelf.put_meta(cx, "shelved", shelf.shelved(str(self._state)))


_WORN = 4  # keys given for each row on the shelf, beyond which it is made anew


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Take in very many small things that hold each other in no circle, without going through all of them time and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _told(ruling: Record) -> tuple[Any, set[str]]:
    """A ruling on events as it is hashed, and the reports that it is on."""
    told = msgspec.to_builtins(ruling)
    return told, {report for side in told["sides"] for report, _, _ in side}


def _rows(cx: Connection, noun: str, circles: Sequence[str] | None = None) -> dict[str, tuple[str, str, str | None]]:
    """The rows of a noun that are there: text, place and circle by id; those of some circles, or all."""
    c = s.LINKED[noun].c
    query = select(c.id, c.row, c.seq, c.circle)
    found: dict[str, tuple[str, str, str | None]] = {}
    for part in _parts(circles) if circles is not None else [None]:
        asked = query if part is None else query.where(c.circle.in_(part))
        found.update((row.id, (row.row, row.seq, row.circle)) for row in cx.execute(asked))
    return found


def _replace(
    cx: Connection,
    past: int,
    noun: str,
    new: Mapping[str, Record],
    seq: Mapping[str, str],
    circle: str | None,
    old: Mapping[str, tuple[str, str, str | None]],
    on: shelf.Writer,
) -> list[str]:
    """Put rows of a noun in the place of others; what stays as it is is not written. What goes leaves the shelf as well. Gives the ids of
    what was written.
    """
    table = s.LINKED[noun]
    gone = sorted(old.keys() - new.keys())
    put: list[dict[str, Any]] = []
    for id, row in new.items():
        told = (msgspec.json.encode(row).decode(), seq[id], circle)
        if old.get(id) != told:
            put.append({"id": id, "row": told[0], "seq": told[1], "circle": circle})
    after: dict[str, str | None] = dict.fromkeys(gone)
    history.note(cx, past, noun, after | {row["id"]: row["row"] for row in put})
    on.drop(noun, gone)
    for part in _parts(gone):
        cx.execute(delete(table).where(table.c.id.in_(part)))
    if put:
        cx.execute(upsert(table, "id", change=["row", "seq", "circle"]), put)
    return [row["id"] for row in put]


def _batches(todo: Sequence[tuple[str, str, list[str]]]) -> Iterator[list[tuple[str, str, list[str]]]]:
    """Circles that are written together."""
    batch: list[tuple[str, str, list[str]]] = []
    size = 0
    for each in todo:
        batch.append(each)
        size += len(each[2])
        if size >= _LINKED_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _parts(values: Sequence[T], most: int = _MANY) -> Iterator[Sequence[T]]:
    return (values[i : i + most] for i in range(0, len(values), most))


def _hash(value: Any) -> str:
    return hashlib.blake2b(msgspec.json.encode(value), digest_size=12).hexdigest()
