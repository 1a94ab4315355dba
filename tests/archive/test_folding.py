"""Folding in an archive: the order and the batches do not matter, and what is there already is left alone."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql

from dateline.archive.folding import fold_in, merge_in
from dateline.archive.schema import MIGRATIONS, _index_wordings
from dateline.archive.store import Store
from dateline.fold import report as folded
from dateline.fold.cluster import fold
from dateline.fold.same import Body
from dateline.records import Extract, RawCapture, Report
from tests.conftest import Where
from tests.fold.bulletins import CASUALTIES, QUAKE, QUAKE_CORRECTED
from tests.fold.pile import text
from tests.fold.press import HARBOUR, MENU, SCHOOL, extract, scanned, typeset

PILE = {
    name: extract(name, words, published=day)
    for name, words, day in (
        ("c-h1", HARBOUR, "2031-11-03"),
        ("c-h2", HARBOUR, None),
        ("c-h3", HARBOUR, "2031-11-04"),
        ("c-scan", scanned(HARBOUR), None),
        ("c-half", HARBOUR[: len(HARBOUR) // 3], "2031-11-03"),
        ("c-s1", SCHOOL, None),
        ("c-s2", MENU + typeset(SCHOOL), None),
        ("c-q1", QUAKE, "2031-05-04"),
        ("c-q2", QUAKE_CORRECTED, "2031-05-04"),
        ("c-n1", CASUALTIES[0], "2031-03-06"),
        ("c-n2", CASUALTIES[1], "2031-03-07"),
        ("c-n3", MENU + CASUALTIES[1], "2031-03-07"),
        ("c-none", "", None),
        ("c-nil", "", None),
        ("c-word", "Velmora", None),
    )
}


def give_up(lost: Extract, error: Exception) -> Extract:
    raise AssertionError(lost.id) from error


def add(store: Store, extracts: Sequence[Extract]) -> None:
    store.keep([RawCapture(id=e.id, data=e.id.encode(), path=e.id, format="text") for e in extracts])
    fold_in(store, extracts)


def reports(store: Store) -> list[Report]:
    merge_in(store, give_up)
    return store.reports()


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    tables = ("captures", "wordings", "sketch_keys", "reports", "versions", "report_words", "unmerged")
    with store.read() as cx:
        return {name: sorted(map(tuple, cx.execute(sql(f"SELECT * FROM {name}"))), key=repr) for name in tables}


@pytest.fixture(scope="module")
def whole(fresh: Callable[[], Where]) -> dict[str, list[tuple[object, ...]]]:
    """What an archive holds to which everything was added at once."""
    return _whole(fresh())


def _whole(at: Where) -> dict[str, list[tuple[object, ...]]]:
    store = Store(at)
    add(store, list(PILE.values()))
    found = reports(store)
    assert sorted(sorted(report.captures) for report in found) == [
        ["c-h1", "c-h2", "c-h3", "c-half", "c-scan"],
        ["c-n1"],
        ["c-n2", "c-n3"],
        ["c-nil"],
        ["c-none"],
        ["c-q1", "c-q2"],
        ["c-s1", "c-s2"],
        ["c-word"],
    ]
    content = everything(store)
    store.close()
    return content


def test_an_archive_folds_as_texts_are_folded_without_one(place: Callable[[str], Where]) -> None:
    store = Store(place("a"))
    add(store, list(PILE.values()))
    found = {id: min(report.captures) for report in reports(store) for id in report.captures}
    assert found == fold((id, Body(each.text, each.date)) for id, each in PILE.items())
    store.close()


@settings(max_examples=12, deadline=None)
@given(st.permutations(sorted(PILE)), st.sets(st.integers(1, len(PILE) - 1)), st.booleans())
def test_neither_order_nor_batches_matter(
    fresh: Callable[[], Where],
    whole: dict[str, list[tuple[object, ...]]],
    names: list[str],
    cuts: set[int],
    merged_between: bool,
) -> None:
    bounds = [0, *sorted(cuts), len(names)]
    store = Store(fresh())
    for start, end in pairwise(bounds):
        add(store, [PILE[name] for name in names[start:end]])
        if merged_between:
            merge_in(store, give_up)
    merge_in(store, give_up)
    assert everything(store) == whole
    store.close()


def test_a_truncation_unites_what_it_stands_between(place: Callable[[str], Where]) -> None:
    store = Store(place("a"))
    one, other = HARBOUR + "\n\n" + text(1, 300), HARBOUR + "\n\n" + text(2, 300)
    add(store, [extract("c-1", one), extract("c-2", other)])
    assert len(reports(store)) == 2
    add(store, [extract("c-0", HARBOUR)])
    [report] = reports(store)
    assert report.captures == ["c-0", "c-1", "c-2"]
    assert everything(store)["unmerged"] == []
    assert len(everything(store)["report_words"]) == 1
    store.close()


def test_a_capture_that_breaks_its_report_costs_only_itself(
    place: Callable[[str], Where], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(captures: Sequence[tuple[Extract, str | None]]) -> Report:
        if any(each.title == "odd" for each, _ in captures):
            raise ValueError("odd")
        return merge(captures)

    merge = folded.merge
    monkeypatch.setattr(folded, "merge", broken)
    lost: list[str] = []

    def empty(capture: Extract, error: Exception) -> Extract:
        lost.append(capture.id)
        return extract(capture.id, "")

    store = Store(place("a"))
    add(store, [extract("c-0", title="odd"), extract("c-1"), extract("c-2", SCHOOL)])
    merge_in(store, empty)
    assert lost == ["c-0"]
    assert sorted(report.captures for report in store.reports()) == [["c-1"], ["c-2"]]
    add(store, [extract("c-3", typeset(HARBOUR))])
    merge_in(store, empty)
    assert sorted(report.captures for report in store.reports()) == [["c-1", "c-3"], ["c-2"]]
    store.close()


class Counting(sqlite3.Connection):
    """A connection that counts the steps of its database's machine, in hundreds."""

    steps = 0

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.set_progress_handler(self._count, 100)

    @classmethod
    def _count(cls) -> int:
        cls.steps += 1
        return 0


def test_an_add_does_not_touch_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.dbapi2.connect
    monkeypatch.setattr(sqlite3.dbapi2, "connect", lambda *a, **k: connect(*a, **{**k, "factory": Counting}))
    store = Store(tmp_path / "a.db")
    rng = random.Random(1)
    steps = []
    made = 0
    for size in (60, 1000):
        add(store, [extract(f"c-{i:05}", text(i)) for i in range(made, size)])
        merge_in(store, give_up)
        fresh = [extract(f"c-{i:05}", text(rng.choice([i, i - 50]))) for i in range(size, size + 40)]
        before = Counting.steps
        add(store, fresh)
        merge_in(store, give_up)
        assert store.unextracted() == []
        steps.append(Counting.steps - before)
        made = size + 40
    assert steps[0] > 20, "nothing was counted"
    assert steps[1] < 1.5 * steps[0]
    store.close()


BEFORE = """
DROP TABLE wordings; DROP TABLE unmerged; DROP TABLE sketch_keys; DROP INDEX captures_report; DROP INDEX captures_waiting;
CREATE TABLE sketch_keys (key BIGINT, capture TEXT, PRIMARY KEY (key, capture)) WITHOUT ROWID;
CREATE INDEX ix_captures_report ON captures (report);
CREATE TEMP TABLE kept AS SELECT report, title, text FROM report_words ORDER BY report DESC;
DELETE FROM report_words; INSERT INTO report_words (report, title, text) SELECT * FROM kept
"""


def test_an_older_archive_is_brought_up_to_date(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.db")
    add(store, list(PILE.values()))
    merge_in(store, give_up)
    with store.write() as cx:
        for statement in BEFORE.split(";"):
            cx.execute(sql(statement))
        cx.execute(sql(f"UPDATE meta SET value = {MIGRATIONS.index(_index_wordings)} WHERE key = 'schema'"))
    store.close()
    store = Store(tmp_path / "a.db")
    assert everything(store) == _whole(tmp_path / "whole.db")
    add(store, [extract("c-a", SCHOOL)])
    merge_in(store, give_up)
    assert ["c-a", "c-s1", "c-s2"] in [sorted(report.captures) for report in store.reports()]
    store.close()
