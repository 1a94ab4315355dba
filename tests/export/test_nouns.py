from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest

from dateline.archive.archive import Archive
from dateline.export import nouns
from dateline.records import Record, StatementRow


def test_json_lines_of_every_noun_read_back_as_they_were(archive: Archive, tmp_path: Path) -> None:
    held = archive.nouns()
    written = nouns.jsonl(tmp_path / "new", held)
    assert {path.stem for path in written} == set(held)
    for name, (kind, rows) in held.items():
        lines = (tmp_path / "new" / f"{name}.jsonl").read_bytes().splitlines()
        assert [msgspec.json.decode(line, type=kind) for line in lines] == list(rows)
        assert rows, name


def test_parquet_columns_hold_what_the_records_hold(archive: Archive, tmp_path: Path) -> None:
    held = archive.nouns()
    nouns.parquet(tmp_path, held)
    for name, (kind, rows) in held.items():
        table = pq.read_table(tmp_path / f"{name}.parquet")
        assert table.column_names == [field.encode_name for field in msgspec.structs.fields(kind)]
        assert table.num_rows == len(rows)
    statements = pq.read_table(tmp_path / "statements.parquet").to_pylist()
    assert statements == [msgspec.to_builtins(row) for row in held["statements"][1]]
    figures = pq.read_table(tmp_path / "figures.parquet").to_pylist()
    assert [14.0] in [figure["value"] for figure in figures]


def test_columns_are_typed_the_same_when_there_is_nothing_in_them(tmp_path: Path) -> None:
    empty: dict[str, tuple[type[Record], Sequence[Record]]] = {"statements": (StatementRow, [])}
    nouns.parquet(tmp_path, empty)
    schema = pq.read_schema(tmp_path / "statements.parquet")
    assert str(schema.field("speaker").type) == "string"
    assert str(schema.field("denial").type) == "bool"


def test_without_the_extra_the_error_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(Exception, match=r"dateline\[tables\]"):
        nouns.parquet(tmp_path, {})
