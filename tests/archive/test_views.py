"""The views that other tools read, and the queries that docs/exports.md promises."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from dateline.archive.archive import Archive
from dateline.archive.dialect import dialect_of
from dateline.archive.views import views
from tests.conftest import Where
from tests.press import folder

PAGE = Path(__file__).parents[2] / "docs" / "exports.md"
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def base(fresh: Callable[[], Where], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, Connection]]:
    with Archive(fresh()) as archive:
        archive.add([folder(tmp_path_factory.mktemp("views") / "press", 12)])
        with archive.store.read() as connection:
            yield archive, connection


def test_the_views_hold_as_many_rows_as_the_lists(base: tuple[Archive, Connection]) -> None:
    archive, connection = base

    def count(view: str) -> int:
        return int(connection.scalar(text(f"SELECT count(*) FROM {view}")) or 0)

    assert count("v_statements") == len(archive.statements()) > 0
    assert count("v_figures") == len(archive.figures()) > 0
    assert count("v_events") == len(archive.events())
    assert count("v_entries") == len(archive.chronicle()) > 0
    assert count("v_reports") == len(archive.reports())
    assert count("v_disputes") == sum(len(dispute.sides) for dispute in archive.disputes())
    assert count("v_captures") == 12


def test_a_view_says_what_the_list_says(base: tuple[Archive, Connection]) -> None:
    archive, connection = base
    rows = connection.execute(text("SELECT * FROM v_statements")).mappings()
    for row, statement in zip(rows, archive.statements(), strict=True):
        assert (row["id"], row["speaker"], row["text"]) == (statement.id, statement.speaker, statement.text)
        assert (row["start"], row["end"], row["words"]) == (
            statement.pin.start,
            statement.pin.end,
            statement.pin.text,
        )


@pytest.mark.parametrize("query", QUERIES)
def test_the_example_queries_run(base: tuple[Archive, Connection], query: str) -> None:
    if "json_each" in query and base[1].dialect.name == "postgresql":
        pytest.skip("the page says how PostgreSQL takes lists apart")
    base[1].execute(text(query)).all()


def test_the_page_lists_every_view_with_its_columns(base: tuple[Archive, Connection]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert len(QUERIES) >= 5
    for view in views(dialect_of(base[1].dialect.name)):
        columns = list(base[1].execute(text(f"SELECT * FROM {view} LIMIT 0")).keys())
        line = next(line for line in page.splitlines() if line.startswith(f"| `{view}`"))
        assert [column for column in columns if not re.search(rf"\b{column}\b", line)] == []
