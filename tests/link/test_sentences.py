from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.link.sentences import LONGEST, clip, sentence_around, sentences
from dateline.records import Part


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. The dam held.", ["It rained.", "The dam held."]),
        (
            "Mr. Holm met Gen. Voss at 5 p.m. on Monday. He left.",
            ["Mr. Holm met Gen. Voss at 5 p.m. on Monday.", "He left."],
        ),
        ("The U.S. Senate met. It voted.", ["The U.S. Senate met.", "It voted."]),
        ("It paid Rs. 400 each. He left.", ["It paid Rs. 400 each.", "He left."]),
        ("J. R. Holm spoke. “We won.” He left.", ["J. R. Holm spoke.", "“We won.”", "He left."]),
        ("It cost 3.5 million. Why? Nobody knew!", ["It cost 3.5 million.", "Why?", "Nobody knew!"]),
        ("He works for Acme Inc. The firm is old.", ["He works for Acme Inc.", "The firm is old."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text, 0, len(text))] == expected


def test_a_sentence_stays_in_its_part() -> None:
    text = "A heading\n\nThe dam held. It rained."
    parts = [Part(start=0, end=9, kind="heading"), Part(start=11, end=len(text), kind="body")]
    assert sentence_around(text, parts, 11, 14).text == "The dam held."
    assert sentence_around(text, parts, 2, 9).text == "A heading"


def test_a_stretch_over_two_sentences_gives_both() -> None:
    text = "The dam held. It rained. All slept."
    assert sentence_around(text, [Part(start=0, end=len(text), kind="body")], 8, 17).text == "The dam held. It rained."


def test_a_long_text_is_cut_at_a_sentence_end() -> None:
    text = "One two three four five. " * 40
    short = clip(text)
    assert len(short.split()) == LONGEST
    assert short.endswith("five.")
    assert len(clip("word " * 300).split()) <= LONGEST


@given(st.text(alphabet="aA1 .!?“”\n…", max_size=80), st.data())
def test_words_stand_where_they_are_said_to(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = sentence_around(text, [], start, end)
    assert text[span.start : span.end] == span.text
    assert span.start <= start
    assert end <= span.end
