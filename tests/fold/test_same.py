import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.fold.same import Body, covered, same_report
from tests.fold.press import HARBOUR, MENU, SCHOOL, scanned, typeset

PARAGRAPHS = HARBOUR.split("\n\n")


def same(a: str, b: str) -> bool:
    assert same_report(Body(a), Body(b)) == same_report(Body(b), Body(a))
    return same_report(Body(a), Body(b))


@pytest.mark.parametrize(
    "copy",
    [
        HARBOUR,
        HARBOUR.upper(),
        typeset(HARBOUR),
        scanned(HARBOUR),
        HARBOUR[: len(HARBOUR) * 3 // 10],
        MENU + HARBOUR + "\n" + MENU,
        HARBOUR.replace("Tuesday", "Wednesday").replace("18 million", "21 million"),
        HARBOUR + "\n\nThe council meets again on the fourth of next month.",
        "# Quay closed\n\n" + HARBOUR.replace("harbour council", "[harbour council](https://example.org/a?b=c)"),
        "<p>" + HARBOUR.replace("\n\n", "</p>\n<p>").replace('"', "&quot;") + "</p>",
    ],
    ids=["copy", "capitals", "typography", "scan", "truncated", "furniture", "edited", "added", "markdown", "html"],
)
def test_captures_of_one_report(copy: str) -> None:
    assert same(HARBOUR, copy)


def test_a_passage_quoted_is_not_the_report() -> None:
    school = SCHOOL.split("\n\n")
    quoting = "\n\n".join([*school[:2], PARAGRAPHS[2], PARAGRAPHS[3], *school[2:]])
    assert not same(quoting, HARBOUR)
    assert not same(quoting, f"{PARAGRAPHS[2]}\n\n{PARAGRAPHS[3]}")
    assert same(quoting, SCHOOL)


def test_furniture_of_a_site_does_not_join_its_pages() -> None:
    assert not same(MENU * 5 + HARBOUR + MENU * 5, MENU * 5 + SCHOOL + MENU * 5)


def test_scripts_and_styles_are_not_words() -> None:
    code = "<script>var page = {of: 'the site', with: function () { return this.and.that; }};</script>" * 40
    assert not same(code + HARBOUR, code + SCHOOL)
    assert same(code + HARBOUR, HARBOUR)


@pytest.mark.parametrize(
    "mark", ["<script>", "<!--", "<style", "[x](", "[[", "](", "&", "http://", "{", "\n[a]: b\n", "a\n"]
)
def test_hostile_texts_take_no_longer_than_others(mark: str) -> None:
    start = time.process_time()
    Body(mark * (2_000_000 // len(mark)))
    assert time.process_time() - start < 8


def test_texts_without_words_are_nobodys_copy() -> None:
    assert not same("", "")
    assert not same("", HARBOUR)
    assert not same("…", "—")


def test_ideographs_are_words() -> None:
    text = "港口委员会周二投票决定关闭东码头直到春天因为旧木桩不能再承受装货卡车的重量"
    assert len(Body(text)) == len(text)
    assert same(text, text[:-3])


@given(st.text(), st.text())
def test_any_two_texts_compare_alike_both_ways(a: str, b: str) -> None:
    same(a, b)
    assert len(covered(Body(a), Body(b))) == len(Body(a))


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1))
def test_a_text_with_words_is_its_own_copy(text: str) -> None:
    assert same(text, text) == (len(Body(text)) > 0)
