from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import dateline
from dateline.archive import browse
from dateline.archive.archive import Archive
from dateline.archive.browse import FACETS, ROWS, Ask, Noun, Shelves
from dateline.archive.shelf import clock, precision
from dateline.chronicle import question
from dateline.errors import ReadingError, StorageError
from tests.conftest import Where
from tests.press import folder

ABOUT = (
    *("Ostrel", "Ostrell", "shelling", "Kestria", "kestria", "Lenka Haldar", "Haldar", "ferry", "Corvia Press Agency"),
    *(
        "Port Selm",
        "prisoners exchange",
        "denied firing",
        "the bridge",
        "OSCE",
        "no-such-word",
        "  ",
        '"',
        "a_b",
        "x’s -.",
    ),
)
DAYS = (None, "2019", "2023-11", "2024-02-06", "2024-21", "1999/..", "202X")


@pytest.fixture(scope="module")
def archive(sample_archive: Where) -> Iterator[Archive]:
    with dateline.open(sample_archive) as opened:
        yield opened


@pytest.fixture(scope="module")
def shelves(archive: Archive) -> Shelves:
    return Shelves(archive.store)


def every(archive: Archive, noun: str) -> list[Any]:
    return list(archive.chronicle()) if noun == "entries" else list(getattr(archive, noun)())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(st.none(), st.sampled_from(ABOUT), st.text(max_size=8)),
    st.sampled_from(DAYS),
    st.sampled_from(DAYS),
    st.sampled_from((None, "Ostrel", "port", "Port Selm", "Nowhere")),
    st.sampled_from((1, 2, 3)),
)
@example("a_b", None, None, None, 1)
def test_the_shelf_answers_as_the_chronicle_does(
    archive: Archive,
    shelves: Shelves,
    about: str | None,
    since: str | None,
    until: str | None,
    place: str | None,
    least: int,
) -> None:
    asked = {"about": about, "since": since, "until": until, "place": place, "min_origins": least}
    told = [entry.id for entry in archive.chronicle(**asked)]  # type: ignore[arg-type]
    assert shelves.ids(Ask(noun="entries", **asked)) == told  # type: ignore[arg-type]


@pytest.mark.parametrize("noun", get_args(Noun))
def test_every_row_is_on_the_shelf_once_in_its_order(archive: Archive, shelves: Shelves, noun: Noun) -> None:
    rows = every(archive, noun)
    ids = [row.id for row in rows]
    assert ids
    assert shelves.ids(Ask(noun=noun)) == ids
    assert shelves.count(Ask(noun=noun)) == len(ids)
    assert shelves.rows(noun, ids) == rows
    pages = [id_ for at in range(0, len(ids), 7) for id_ in shelves.ids(Ask(noun=noun), 7, at)]
    assert pages == ids


@pytest.mark.parametrize("noun", get_args(Noun))
def test_a_facet_counts_the_rows_that_it_leaves(shelves: Shelves, noun: Noun) -> None:
    for ask in (Ask(noun=noun), Ask(noun=noun, about="Ostrel"), Ask(noun=noun, since="2024")):
        for facet, terms in shelves.facets(ask, most=5).items():
            assert facet in FACETS[noun]
            assert [term.rows for term in terms] == sorted((term.rows for term in terms), reverse=True)
            for term in terms:
                if facet == "place":
                    assert shelves.count(Ask(**_fields(ask) | {"place": term.value})) == term.rows
                assert shelves.count(ask.having(facet, term.value)) == term.rows, (facet, term)


def _fields(ask: Ask) -> dict[str, Any]:
    return {name: getattr(ask, name) for name in ask.__struct_fields__}


def test_facets_say_what_the_rows_say(archive: Archive, shelves: Shelves) -> None:
    entries = archive.chronicle()
    found = shelves.facets(Ask(noun="entries"), most=1000)
    assert {t.value: t.rows for t in found["status"]} == Counter(entry.status for entry in entries)
    assert {t.value: t.rows for t in found["actor"]} == Counter(name for e in entries for name in set(e.actors))
    assert {t.value: t.rows for t in found["place"]} == Counter(e.place.name for e in entries if e.place)


def test_values_of_one_facet_add_and_facets_narrow(archive: Archive, shelves: Shelves) -> None:
    ask = Ask(noun="entries").having("status", "planned", "denied")
    entries = archive.chronicle()
    assert shelves.ids(ask) == [e.id for e in entries if e.status in ("planned", "denied")]
    narrowed = ask.having("disputed", "disputed")
    assert shelves.ids(narrowed) == [e.id for e in entries if e.status in ("planned", "denied") and e.disputes]
    # What is chosen of a facet does not hide its other values, and is always listed.
    assert {term.value for term in shelves.facets(ask)["status"]} == {entry.status for entry in entries}
    rare = shelves.facets(Ask(noun="entries"), most=1000)["actor"][-1].value
    assert shelves.facets(Ask(noun="entries").having("actor", rare), most=1)["actor"][0].value == rare


def test_orders(archive: Archive, shelves: Shelves) -> None:
    newest = shelves.rows("entries", shelves.ids(Ask(noun="entries", sort="-date")))
    dated = [entry.date is not None for entry in newest]
    assert dated == sorted(dated, reverse=True)
    assert newest[0].date > "2024"
    most = shelves.rows("entries", shelves.ids(Ask(noun="entries", sort="origins")))
    voices = [len(entry.origins) for entry in most]
    assert voices == sorted(voices, reverse=True)


def test_a_date_that_is_none_is_refused(shelves: Shelves) -> None:
    with pytest.raises(ReadingError, match="since"):
        shelves.count(Ask(noun="events", since="last week"))


def test_rows_that_rest_on_a_report(archive: Archive, shelves: Shelves) -> None:
    report = archive.reports()[0].id
    assert shelves.pinned("statements", report) == [row for row in archive.statements() if row.report == report]
    assert shelves.pinned("entries", report) == [row for row in archive.chronicle() if report in row.reports]


def test_what_others_say_of_an_actor(archive: Archive, shelves: Shelves) -> None:
    told = 0
    for actor in archive.actors():
        rows = shelves.rows("statements", shelves.said_about(actor, 1000))
        assert all(row.speaker_id != actor.id for row in rows)
        told += len(rows)
    assert told


def test_a_relinked_archive_is_seen_at_once(a_copy: Where, tmp_path: Path) -> None:
    with dateline.open(a_copy) as archive:
        shelves = Shelves(archive.store)
        before = shelves.count(Ask(noun="reports"))
        facets = shelves.facets(Ask(noun="reports"))
        archive.add([folder(tmp_path / "in", 3)])
        assert shelves.count(Ask(noun="reports")) > before
        assert shelves.facets(Ask(noun="reports")) != facets
        assert shelves.ids(Ask(noun="entries")) == [entry.id for entry in archive.chronicle()]


def test_an_archive_without_a_shelf_gets_one(a_copy: Where) -> None:
    with dateline.open(a_copy) as archive, archive.store.write() as cx:
        for table in ("shelf", "terms", "tagged"):
            cx.exec_driver_sql(f"DELETE FROM {table}")
        cx.exec_driver_sql("DELETE FROM meta WHERE key = 'shelved'")
    with dateline.open(a_copy) as archive:
        assert Shelves(archive.store).ids(Ask(noun="entries")) == [entry.id for entry in archive.chronicle()]


def test_a_reader_cannot_write(a_copy: Where) -> None:
    with (
        dateline.open(a_copy) as archive,
        pytest.raises(StorageError, match=r"read-?only"),
        archive.store.read() as cx,
    ):
        cx.exec_driver_sql("DELETE FROM shelf")


def test_marks_have_the_days_of_their_lines(archive: Archive, shelves: Shelves) -> None:
    import json

    marks = [json.loads(mark) for mark in shelves.marks(Ask(noun="entries"))]
    entries = {entry.id: entry for entry in archive.chronicle()}
    assert [mark[0] for mark in marks] == list(entries)
    for mark in marks:
        entry = entries[mark[0]]
        assert (mark[1] is None) == (clock(entry.date)[0] is None)
        assert mark[4] == entry.status
        assert entry.text.startswith(mark[6])


@pytest.mark.parametrize(
    ("edtf", "days", "told"),
    [
        ("1970-01-01", (0.0, 1.0), "day"),
        ("1970-01-01T12", (0.5, 0.5417), "hour"),
        ("1970-01-01T12:30", (0.5208, 0.5215), "hour"),
        ("1970-02", (31.0, 59.0), "month"),
        ("1971~", (365.0, 730.0), "year~"),
        ("1970-01-02/1970-01-05", (1.0, 5.0), "span"),
        ("1970-01-02/..", (1.0, 2.0), "span"),
        ("../1970-01-02", (1.0, 2.0), "span"),
        ("197X", (0.0, 3652.0), "decade"),
        ("1970-21", (59.0, 151.0), "span"),
        (None, (None, None), None),
        ("nonsense", (None, None), None),
    ],
)
def test_dates_on_a_line(edtf: str | None, days: tuple[float | None, float | None], told: str | None) -> None:
    assert clock(edtf) == days
    assert precision(edtf) == told


def test_every_linked_noun_has_its_record() -> None:
    assert {*ROWS, "reports"} == set(get_args(Noun)) == set(FACETS)


@pytest.mark.parametrize("about", ABOUT)
def test_all_counts_at_once_are_the_counts_of_each_noun(shelves: Shelves, about: str) -> None:
    nouns = [noun for noun in get_args(Noun) if noun != "reports"]
    counts = shelves.counts(about)
    assert {noun: counts.get(noun, 0) for noun in nouns} == {
        noun: shelves.count(Ask(noun=noun, about=about)) for noun in nouns
    }


@pytest.mark.parametrize("about", ["Haldar", "Lenka Haldar", "Ostrel", "ministry"])
def test_words_that_too_many_actors_go_by_name_none(
    archive: Archive, about: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = Shelves(archive.store).count(Ask(noun="entries", about=about))
    monkeypatch.setattr(browse, "NAMED", 0)
    monkeypatch.setattr(question, "NAMED", 0)
    shelves = Shelves(archive.store)
    ids = shelves.ids(Ask(noun="entries", about=about))
    assert ids == [entry.id for entry in archive.chronicle(about)]
    assert len(ids) <= named
