"""Lines without the remains of markup, in the ways in which converters leave them."""

from __future__ import annotations

import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.capture.remains import is_marked, lines
from tests.capture.test_html import PARAGRAPHS

SENTENCE = "The council of Velm voted on Monday to close the old bridge for good, after an engineer found cracks in it."


def words(text: str) -> list[str]:
    return [line.words for line in lines(text)]


@pytest.mark.parametrize(
    "linked",
    [
        "The [council of Velm](https://velm.example/c) voted on [Monday](/m) to close the [old bridge](/b_(old)).",
        "The [council of Velm][1] voted on [Monday][2] to close the [old bridge][3].\n\n[1]: https://velm.example/c\n[2]: /m\n[3]: /b",
        "The council of Velm (https://velm.example/c) voted on Monday (/m) to close the old bridge (/b).",
        'The <a href="/c">council of Velm</a> voted on <a href="/m">Monday</a> to close the <b>old bridge</b>.',
        "The [council of Velm](https://velm.example/c) voted on [Monday](/m) to close\n[the old](/b)\n**bridge**.",
    ],
)
def test_addresses_of_links_go_and_their_words_stay(linked: str) -> None:
    assert words(linked) == ["The council of Velm voted on Monday to close the old bridge."]


def test_what_markup_told_is_kept() -> None:
    text = f"# Velm gives up its bridge\n\n* [Home](/)\n* [Sport](/s)\n\n{SENTENCE} [More](/m)\n\n![](/x.jpg) A bridge"
    head, home, sport, body, picture = lines(text)
    assert (head.words, head.level) == ("Velm gives up its bridge", 1)
    assert (home.words, home.item, home.links, home.linked) == ("Home", True, 1, 4)
    assert (sport.words, sport.gap) == ("Sport", False)
    assert (body.words, body.links, body.linked, body.gap) == (f"{SENTENCE} More", 1, 4, True)
    assert (picture.words, picture.image) == ("A bridge", True)


def test_a_picture_in_a_link_leaves_nothing() -> None:
    assert words(f"[![The bridge](/x.jpg)](/gallery)\n\n{SENTENCE}\n\n[](/a) [](/b)") == [SENTENCE]


@pytest.mark.parametrize("width", [60, 78, 100])
def test_lines_that_were_wrapped_are_one(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(" ".join(PARAGRAPHS[i:]), width) for i in range(3))
    made = words(f"* Home\n* Sport\n\n{wrapped}\n")
    assert made == ["Home", "Sport", *(" ".join(PARAGRAPHS[i:]) for i in range(3))]


def test_prose_without_markup_is_left_as_it_is() -> None:
    text = f"{SENTENCE}\nIt has 3 < 4 pillars, 5 * 6 metres high [sic] (see page 7).\n1. January was cold."
    assert not is_marked(text)
    assert words(text) == text.split("\n")


@given(st.text(alphabet="[]()<>*_#!\\ \n\tabc/:.1-", max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_gives_lines_with_words(text: str) -> None:
    for line in lines(text):
        assert line.words.strip() == line.words != ""
        assert "\n" not in line.words
        assert 0 <= line.linked <= len(line.words)


@pytest.mark.parametrize("text", ["[" * 50_000, "[a](" * 20_000, "<script>" * 20_000, "*a " * 50_000, "(/a" * 30_000])
def test_hostile_texts_take_no_long_time(text: str) -> None:
    started = time.process_time()
    lines("[a](/b) [c](/d) [e](/f)\n" + text)
    assert time.process_time() - started < 20
