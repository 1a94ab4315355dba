import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.fold.edits import differences, edited
from tests.fold.press import HARBOUR, MENU, SCHOOL, scanned, typeset

PARAGRAPHS = HARBOUR.split("\n\n")


def words(old: str, new: str) -> list[tuple[str | None, str | None]]:
    return [(d.old.text if d.old else None, d.new.text if d.new else None) for d in differences(old, new)]


@pytest.mark.parametrize(
    "copy",
    [
        HARBOUR,
        typeset(HARBOUR),
        scanned(HARBOUR),
        HARBOUR[: len(HARBOUR) // 3],
        HARBOUR[len(HARBOUR) // 2 :],
        MENU + HARBOUR + "\n" + MENU,
        HARBOUR.replace("\n\nEngineers", "\n\nShipworm in the piles\n\nEngineers"),
        HARBOUR.replace("waterline", "water-line"),
        f"{HARBOUR}\n\nSource: Velmora Press",
        SCHOOL,
    ],
    ids=[
        "copy",
        "typography",
        "scan",
        "truncated",
        "latter half",
        "furniture",
        "heading",
        "hyphen",
        "credit",
        "another text",
    ],
)
def test_what_a_capture_does_is_no_edit(copy: str) -> None:
    credited = f"{HARBOUR}\n\n(Velmora Press)"
    assert not edited(HARBOUR, copy)
    assert not edited(copy, HARBOUR)
    assert not edited(credited, copy)


def test_words_changed() -> None:
    new = HARBOUR.replace("on Tuesday", "on Wednesday").replace("18 million", "21 million")
    assert words(HARBOUR, new) == [("Tuesday", "Wednesday"), ("18", "21")]
    assert edited(HARBOUR, new)


def test_a_word_changed_near_the_beginning_or_the_end() -> None:
    assert words(HARBOUR, HARBOUR.replace("The harbour council", "The port council")) == [("harbour", "port")]
    assert words(HARBOUR, HARBOUR.replace("a new timetable", "a summer timetable")) == [("new", "summer")]


def test_a_sentence_cut_or_added_inside() -> None:
    sentence = " Their association called the notice far too short and asked for a delay of six weeks."
    assert words(HARBOUR, HARBOUR.replace(sentence, "")) == [(sentence.strip(" ."), None)]
    assert words(HARBOUR.replace(sentence, ""), HARBOUR) == [(None, sentence.strip(" ."))]


def test_a_paragraph_added_inside() -> None:
    new = "\n\n".join(
        [*PARAGRAPHS[:3], "Two members of the council abstained from the vote on the plan.", *PARAGRAPHS[3:]]
    )
    assert words(HARBOUR, new) == [(None, "Two members of the council abstained from the vote on the plan")]


def test_long_texts_that_differ_much_take_no_time() -> None:
    rng = random.Random(1)
    for kinds in (2, 50, 100_000):
        old, new = (" ".join(str(rng.randrange(kinds)) for _ in range(20_000)) for _ in range(2))
        start = time.process_time()
        edited(f"{HARBOUR} {old} {SCHOOL}", f"{HARBOUR} {new} {SCHOOL}")
        assert time.process_time() - start < 10


@given(st.text(alphabet="ab .\n"), st.text(alphabet="ab .\n"))
def test_spans_hold_their_words_and_edits_are_symmetric(old: str, new: str) -> None:
    for difference in differences(old, new):
        for span, text in ((difference.old, old), (difference.new, new)):
            assert span is None or text[span.start : span.end] == span.text
    assert edited(old, new) == edited(new, old)


@given(st.text())
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert differences(text, text) == []
