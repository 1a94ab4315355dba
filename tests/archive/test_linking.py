from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import select, text

from dateline.archive import linking
from dateline.archive import schema as s
from dateline.archive.archive import Archive
from dateline.archive.linking import relink
from dateline.archive.store import Store
from dateline.link import circles, ties
from dateline.link.linker import link, link_circle
from dateline.link.outlines import Outline, tied
from dateline.records import Figure, Linked, Telling, content_id
from tests.archive.told import drop, put
from tests.conftest import Where
from tests.link.build import Build


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Circles from the very first reports on, and small ones."""
    monkeypatch.setattr(circles, "FEW", 0)
    monkeypatch.setattr(circles, "MOST", 6)
    monkeypatch.setattr(ties, "KNOWN", 8)
    monkeypatch.setattr(ties, "FIRST", 2)
    monkeypatch.setattr(linking, "_LINKED_AT_ONCE", 8)
    monkeypatch.setattr(linking, "_READ_AT_ONCE", 4)


def pile(seed: int, reports: int, day: int = 1) -> list[Telling]:
    """Reports of a few people in a few towns: meetings, promises, denials, counts, by names in full and by half of them; ``day`` is
    the first that they tell of.
    """
    chance = random.Random(seed)
    told = []
    for n in range(reports):
        given, family = chance.choice(["Anna", "Oskar", "A."]), chance.choice(["Berg", "Lind", "Holm"])
        who = chance.choice([f"{given} {family}", family])
        town, state = chance.choice(["Velmar", "Ostrand", "Karsk"]), chance.choice(["Norway", "Sweden"])
        told_of = f"2024-0{chance.randint(1, 2)}-{chance.randint(day, day + 8):02}"
        killed = chance.randint(2, 30)
        words = (
            f"Harbour Minister {who} met the union in {town} on Monday. {who} denied that the union paid for ships in {state}. "
            f"The port said {killed} people died in {town}. {who} will visit {town} in March."
        )
        id = content_id("r", seed, n)
        build = Build(id, words, told_of, origin=f"unknown: {id}")
        actor, place = build.actor(who, "person", f"Harbour Minister {who}"), build.place(town)
        build.actor(state, "state")
        port = build.actor("Port of Karsk", "organisation", "port")
        build.event("met", actors=[actor], date=told_of, date_basis="stated", place=place, type="CONSULT")
        build.event("visit", actors=[actor], date="2024-03", status="planned", place=place, kind="announced")
        build.event("died", date=told_of, date_basis="stated", place=place)
        build.say("the union paid for ships", speaker=actor, cue="denied", denial=True)
        build.figures.append(
            Figure(
                **msgspec.structs.asdict(build.span(str(killed))), value=killed, bound="exact", trend=None, unit="people",
                of=build.span("people died"), claimant=port, as_of=None,
            )
        )  # fmt: skip
        told.append(build.done())
    return told


def linked(store: Store) -> dict[str, list[Any]]:
    """All rows of all lists, in order."""
    with store.read() as cx:
        return {
            name: [(row.id, row.row, row.seq) for row in cx.execute(select(table).order_by(table.c.seq))]
            for name, table in s.LINKED.items()
        }


def ties_of(store: Store) -> list[Any]:
    """Which reports are tied, and how strongly."""
    with store.read() as cx:
        return [tuple(row) for row in cx.execute(select(s.ties).order_by(s.ties.c.one, s.ties.c.other))]


def shelf_of(store: Store) -> list[Any]:
    """What stands on the shelf, apart from the numbers of its keys and terms."""
    c, t, g = s.shelf.c, s.terms.c, s.tagged.c
    with store.read() as cx:
        rows = cx.execute(select(c.noun, c.id, c.seq, c.first, c.last, c.voices, c.mark, c.digest)).all()
        tags = cx.execute(
            select(c.noun, c.id, t.facet, t.value)
            .select_from(s.shelf)
            .join(s.tagged, g.key == c.key)
            .join(s.terms, t.id == g.term)
        )
        terms = cx.execute(select(t.noun, t.facet, t.value, t.rows)).all()
        return [sorted(map(tuple, each), key=repr) for each in (rows, tags.all(), terms)]


@pytest.mark.parametrize("seed", range(3))
def test_what_comes_bit_by_bit_is_linked_as_if_it_came_at_once(place: Callable[[str], Where], seed: int) -> None:
    told = pile(seed, 30)
    chance = random.Random(seed)
    with Archive(place("once")) as once, Archive(place("bits")) as bits:
        put(once.store, told)
        relink(once.store)
        arriving = chance.sample(told, len(told))
        while arriving:
            batch, arriving = arriving[: (size := chance.randint(1, 9))], arriving[size:]
            put(bits.store, batch)
            relink(bits.store)
        assert linked(bits.store) == linked(once.store)
        assert shelf_of(bits.store) == shelf_of(once.store)
        assert ties_of(bits.store) == ties_of(once.store) != []
        with bits.store.read() as cx:
            assert len(cx.scalars(select(s.circles.c.id)).all()) > 3


def test_ties_that_would_make_a_circle_too_large_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = pile(7, 25)
    with Archive(tmp_path / "a.db") as archive:
        put(archive.store, told)
        relink(archive.store)
        ties = [row[:2] for row in ties_of(archive.store)]
        with archive.store.read() as cx:
            home = {row.report: row.circle for row in cx.execute(select(s.traces))}
        assert archive.status()["ties_cut"] == sum(home[one] != home[other] for one, other in ties) > 0
        monkeypatch.setattr(circles, "MOST", 100)
        put(archive.store, pile(8, 1))
        relink(archive.store)
        assert archive.status()["ties_cut"] == 0


def test_it_is_what_the_link_step_makes(place: Callable[[str], Where]) -> None:
    told = pile(7, 25)
    with Archive(place("a")) as archive:
        put(archive.store, told)
        relink(archive.store)
        made = link([msgspec.structs.replace(one, origin=f"unknown: {one.report}") for one in told])
        for name in Linked.__struct_fields__:
            assert list(getattr(archive.linked(), name)) == getattr(made, name), name


def test_what_changes_and_goes_leaves_nothing(place: Callable[[str], Where]) -> None:
    told, other = pile(1, 24), pile(1, 24, day=4)
    with Archive(place("once")) as once, Archive(place("bits")) as bits:
        put(bits.store, told)
        relink(bits.store)
        now = [*other[:6], *told[6:20]]
        put(bits.store, other[:6])
        drop(bits.store, [one.report for one in told[20:]])
        relink(bits.store)
        put(once.store, now)
        relink(once.store)
        assert linked(bits.store) == linked(once.store)
        assert shelf_of(bits.store) == shelf_of(once.store)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_comes_changes_and_goes_the_result_is_that_of_what_is_there(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    wordings = [pile(seed, 30), pile(seed, 30, day=4)]  # of the same reports
    there: dict[int, Telling] = {}
    with Archive(tmp_path / "once.db") as once, Archive(tmp_path / "bits.db") as bits:
        for _ in range(7):
            for n in chance.sample(range(30), chance.randint(1, 9)):
                if n in there and chance.random() < 0.5:
                    drop(bits.store, [there.pop(n).report])
                else:
                    there[n] = chance.choice(wordings)[n]
                    put(bits.store, [there[n]])
            relink(bits.store)
        put(once.store, there.values())
        relink(once.store)
        assert linked(bits.store) == linked(once.store)
        assert shelf_of(bits.store) == shelf_of(once.store)
        assert ties_of(bits.store) == ties_of(once.store) != []


def test_a_report_more_asks_about_no_pair_of_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = pile(3, 40)
    with Archive(tmp_path / "a.db") as archive:
        put(archive.store, told[:-1])
        relink(archive.store)
        asked: list[str] = []

        def heard(one: Outline, other: Outline) -> float:
            asked.append(one.report if other.report == told[-1].report else other.report)
            return tied(one, other)

        monkeypatch.setattr(linking, "tied", heard)
        put(archive.store, told[-1:])
        relink(archive.store)
        assert 0 < len(asked) == len(set(asked)) < len(told)


def test_an_archive_that_was_linked_by_other_means_is_linked_anew(tmp_path: Path) -> None:
    told = pile(2, 20)
    with Archive(tmp_path / "once.db") as once:
        put(once.store, told)
        relink(once.store)
        whole = linked(once.store), shelf_of(once.store)
    with Archive(tmp_path / "old.db") as old:
        put(old.store, told[:15])
        relink(old.store)
        with old.store.write() as cx:
            cx.execute(text("DROP TABLE ties"))
            cx.execute(text("ALTER TABLE traces DROP COLUMN outline"))
            cx.execute(text("INSERT INTO disputes (id, seq, row, circle) VALUES ('d0', '2024', '{}', 'k0')"))
            cx.execute(text(f"UPDATE meta SET value = {s.MIGRATIONS.index(s._tie)} WHERE key = 'schema'"))
    with Archive(tmp_path / "old.db") as old:
        put(old.store, told[15:])
        relink(old.store)
        assert (linked(old.store), shelf_of(old.store)) == whole


def test_only_circles_that_changed_are_linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = pile(3, 40)
    with Archive(tmp_path / "a.db") as archive:
        put(archive.store, told[:-1])
        relink(archive.store)
        seen: list[int] = []

        def counted(tellings: Any, *rest: Any) -> Linked:
            seen.append(len(tellings))
            return link_circle(tellings, *rest)

        monkeypatch.setattr(linking, "link_circle", counted)
        put(archive.store, told[:-1])
        relink(archive.store)
        assert seen == []
        put(archive.store, told[-1:])
        relink(archive.store)
        assert 0 < sum(seen) < len(told)


@pytest.mark.parametrize("killed_at", range(1, 16, 2))
def test_a_kill_between_any_two_transactions_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killed_at: int
) -> None:
    told = pile(5, 20)

    class Killed(BaseException):
        pass

    with Archive(tmp_path / "once.db") as once:
        put(once.store, told)
        relink(once.store)
        whole = linked(once.store), shelf_of(once.store)
    with Archive(tmp_path / "cut.db") as cut:
        put(cut.store, told[:12])
        relink(cut.store)
        put(cut.store, told[12:])
        real, left = linking._Linking._writing, [killed_at]

        def writing(self: Any, cx: Any) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise Killed
            real(self, cx)

        monkeypatch.setattr(linking._Linking, "_writing", writing)
        try:
            relink(cut.store)
        except Killed:
            assert cut.store.is_stale()
        monkeypatch.undo()
    monkeypatch.setattr(circles, "FEW", 0)
    monkeypatch.setattr(circles, "MOST", 6)
    with Archive(tmp_path / "cut.db") as cut:
        relink(cut.store)
        assert not cut.store.is_stale()
        assert (linked(cut.store), shelf_of(cut.store)) == whole


def test_an_older_state_does_not_take_the_place_of_a_later_one(tmp_path: Path) -> None:
    told = pile(5, 12)
    with Archive(tmp_path / "a.db") as archive:
        put(archive.store, told[:6])
        late = linking._Linking(archive.store, lambda *_: None, None)
        put(archive.store, told[6:])
        relink(archive.store)
        before = linked(archive.store)
        late.run()
        assert linked(archive.store) == before
        assert not archive.store.is_stale()
