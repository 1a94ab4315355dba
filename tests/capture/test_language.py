import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.capture.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council of Velm met on Monday and decided nothing about the bridge over the river.", "en"),
        ("Der Rat von Velm trat am Montag zusammen und beschloss nichts über die Brücke.", "de"),
        ("Le conseil de Velm s’est réuni lundi et n’a rien décidé au sujet du pont.", "fr"),
        ("Міська рада зібралася в понеділок і нічого не вирішила щодо мосту.", "uk"),
        ("Vlk 352 Brno Jihlava Plzeň 47:11", None),
        ("Velm", None),
        ("", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_short_english_lines_are_told_by_their_small_words() -> None:
    assert language_of("Shares in Hong Kong and Shanghai rose 0.6%.") == "en"


def test_a_long_text_is_told_by_all_of_it() -> None:
    german = "Der Rat von Velm trat am Montag zusammen und beschloss nichts über die Brücke. "
    menu = "News Sport Weather Opinion About us Contact Sign in Subscribe to our newsletter now. "
    assert language_of(menu * 5 + german * 40 + menu * 5) == "de"


def test_a_long_text_whose_beginning_middle_and_end_tell_nothing() -> None:
    table, prose = "47:11 352 0.6 " * 60, "The council of Velm met on Monday and decided nothing about the bridge. " * 8
    assert language_of(table + prose + table + prose + table) == "en"


@given(text=st.text(max_size=400))
@example(text="ab")
@example(text="a broken half \ud800 of a pair")
@example(text="a" * 1501)
def test_any_text_has_a_language_or_none(text: str) -> None:
    language = language_of(text)
    assert language is None or (language.islower() and len(language) in (2, 3))
