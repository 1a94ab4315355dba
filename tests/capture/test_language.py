import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from dateline.capture.language import _LEFT_OUT, _identifier, language_of


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


@pytest.fixture(scope="module")
def model() -> LanguageIdentifier:
    """The model as py3langid itself goes through a text with it."""
    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages([label for label in model.labels if label not in _LEFT_OUT])
    return model


@given(text=st.text(max_size=400))
@example(text="")
@example(text="ab")
@example(text="THE COUNCIL OF VELM MET ON MONDAY")
@example(text="Vijeće Velma sastalo se u ponedjeljak. Савет Велма састао се у понедељак. " * 40)
@example(text="a broken half \ud800 of a pair")
def test_our_way_through_the_model_comes_to_the_same_to_the_last_bit(model: LanguageIdentifier, text: str) -> None:
    assert _identifier().classify(text) == model.classify(text)
