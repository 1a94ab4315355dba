from __future__ import annotations

import pytest

from dateline.records import Pin, StatementRow
from dateline.rows import Rows


def statement(text: str) -> StatementRow:
    pin = Pin(report="r1", version="v1", start=3, end=3 + len(text), text=text)
    return StatementRow(
        id="s1",
        speaker=None,
        speaker_id=None,
        text=text,
        mode="direct",
        denial=False,
        question=False,
        refusal=False,
        addressee=None,
        date="2024",
        report="r1",
        pin=pin,
        pins=[pin],
        insertions=[],
        parent=None,
    )


def test_pandas_gets_one_row_a_record_and_a_column_a_field() -> None:
    frame = Rows([statement("a"), statement("b")]).to_pandas()
    assert list(frame["text"]) == ["a", "b"]
    assert list(frame["pin.start"]) == [3, 3]
    assert Rows[StatementRow]([]).to_pandas().empty


def test_a_notebook_shows_words_never_markup() -> None:
    shown = Rows([statement("<script>alert(1)</script>")])._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "<th>speaker</th>" in shown


def test_a_notebook_shows_the_first_rows_and_counts_all() -> None:
    shown = Rows([statement("a")] * 30)._repr_html_()
    assert shown.count("<tr>") == 21
    assert "30 rows" in shown


def test_without_pandas_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(Exception, match=r"dateline\[tables\]"):
        Rows([statement("a")]).to_pandas()
