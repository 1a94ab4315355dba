"""When, where and to whom something was said."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.capture.layout import layout
from dateline.read import actors, places, statements, times
from dateline.read.document import Document
from dateline.records import Statement


def last(text: str) -> tuple[Statement, str | None]:
    """The last statement of a text of Tuesday, 14 March 2023, with its addressee's name."""
    document = Document.of(text, layout(text), date(2023, 3, 14))
    who = actors.find(document, places.find(document))
    statement = statements.find(document, who, times.find(document))[-1]
    return statement, who.named(statement.addressee) if statement.addressee is not None else None


@pytest.mark.parametrize(
    ("text", "occasion", "medium", "addressee", "day"),
    [
        ("“Go,” Anna Lee told reporters at a briefing on Friday.", "a briefing", None, "reporters", "2023-03-10"),
        ("Speaking at the unveiling of the bridge, Anna Lee said it was safe.", "the unveiling of the bridge", None, None, None),
        ("Anna Lee said on Radio Nord that it was safe.", None, "Radio Nord", None, None),
        ("Anna Lee wrote in the Courier that it was safe.", None, "the Courier", None, None),
        ("Anna Lee said in Geneva that it was safe.", None, None, None, None),
        ("In a letter to the court dated 2 March, Anna Lee said it was safe.", None, "a letter to the court dated 2 March", "the court", "2023-03-02"),
        ("During a hearing in February, Anna Lee testified that it was safe.", "a hearing", None, None, "2023-02"),
        ("In a call with Karl Auer, Anna Lee said it was safe.", "a call with Karl Auer", None, "Karl Auer", None),
        ("The towers, according to a study published in 2019, are safe.", None, None, None, "2019"),
        ("Anna Lee warned drivers that it would close on 1 April.", None, None, "drivers", None),
    ],
)  # fmt: skip
def test_circumstances(
    text: str, occasion: str | None, medium: str | None, addressee: str | None, day: str | None
) -> None:
    statement, to = last(text)
    assert (statement.occasion.text if statement.occasion else None) == occasion
    assert (statement.medium.text if statement.medium else None) == medium
    assert to == addressee
    assert statement.date == day


def test_a_remark_in_another_sentence_fills_the_gaps() -> None:
    text = "“We will not sign,” Mayor Dana Holt said. She made the remarks in an interview with Radio Nord on Sunday."
    statement, to = last(text)
    assert statement.occasion is not None
    assert statement.occasion.text == "an interview with Radio Nord"
    assert (to, statement.date) == ("Radio Nord", "2023-03-12")


def test_another_speakers_remark_fills_nothing() -> None:
    text = "“We will not sign,” Mayor Dana Holt said. Karl Auer spoke at a rally on Sunday."
    statement, _ = last(text)
    assert (statement.occasion, statement.date) == (None, None)
