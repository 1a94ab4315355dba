"""The views that other tools read, and the queries that docs/exports.md promises."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.archive.archive import Archive
from dateline.archive.sqlite import Sqlite
from dateline.archive.views import views
from tests.press import folder

PAGE = Path(__file__).parents[2] / "docs" / "exports.md"
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, sqlite3.Connection]]:
    root = tmp_path_factory.mktemp("views")
    with Archive(root / "a.db") as archive:
        archive.add([folder(root / "press", 12)])
        connection = sqlite3.connect(root / "a.db")
        yield archive, connection
        connection.close()


def test_the_views_hold_as_many_rows_as_the_lists(base: tuple[Archive, sqlite3.Connection]) -> None:
    archive, connection = base

    def count(view: str) -> int:
        return int(connection.execute(f"SELECT count(*) FROM {view}").fetchone()[0])

    assert count("v_statements") == len(archive.statements()) > 0
    assert count("v_figures") == len(archive.figures()) > 0
    assert count("v_events") == len(archive.events())
    assert count("v_entries") == len(archive.chronicle()) > 0
    assert count("v_reports") == len(archive.reports())
    assert count("v_disputes") == sum(len(dispute.sides) for dispute in archive.disputes())
    assert count("v_captures") == 12


def test_a_view_says_what_the_list_says(base: tuple[Archive, sqlite3.Connection]) -> None:
    archive, connection = base
    connection.row_factory = sqlite3.Row
    for row, statement in zip(connection.execute("SELECT * FROM v_statements"), archive.statements(), strict=True):
        assert (row["id"], row["speaker"], row["text"]) == (statement.id, statement.speaker, statement.text)
        assert (row["start"], row["end"], row["words"]) == (
            statement.pin.start,
            statement.pin.end,
            statement.pin.text,
        )


@pytest.mark.parametrize("query", QUERIES)
def test_the_example_queries_run(base: tuple[Archive, sqlite3.Connection], query: str) -> None:
    base[1].execute(query).fetchall()


def test_the_page_lists_every_view_with_its_columns(base: tuple[Archive, sqlite3.Connection]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert len(QUERIES) >= 5
    for view in views(Sqlite()):
        columns = [column[0] for column in base[1].execute(f"SELECT * FROM {view} LIMIT 0").description]
        line = next(line for line in page.splitlines() if line.startswith(f"| `{view}`"))
        assert [column for column in columns if not re.search(rf"\b{column}\b", line)] == []
