import pytest

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
