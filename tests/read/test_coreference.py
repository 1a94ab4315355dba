"""Whom pronouns mean."""

from __future__ import annotations

import pytest

from dateline.capture.layout import layout
from dateline.read import actors, places
from dateline.read.document import Document


def meant(text: str, word: str, nth: int = 0) -> str | None:
    """The name of the actor whom the nth occurrence of a word means."""
    document = Document.of(text, layout(text))
    who = actors.find(document, places.find(document))
    token = [token for token in document.doc if token.lower_ == word][nth]
    id = who.at(token.idx, token.idx + len(token))
    return who.named(id) if id is not None else None


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Anna Lee came late. She left soon.", "she", "Anna Lee"),
        ("Anna Lee met Karl Auer. He left soon.", "he", "Karl Auer"),
        ("The Lake Authority closed the line. It gave no reason.", "it", "Lake Authority"),
        ("It rained in May. The Lake Authority closed the line.", "it", None),
        ("Spokesman Toma Quill met Anna Lee. He left soon.", "he", "Toma Quill"),
    ],
)
def test_pronouns(text: str, word: str, name: str | None) -> None:
    assert meant(text, word) == name


def test_who_was_she_once_is_not_he() -> None:
    text = "Senator Ro Quill lost her seat. Deputy Vey Tarn won. Quill went home. He smiled."
    assert meant(text, "her") == "Ro Quill"
    assert meant(text, "he") != "Ro Quill"


def test_he_is_not_named_in_the_words_he_says() -> None:
    text = "Karl Auer disagreed. The bishop had been late, he said."
    assert meant(text, "he") == "Karl Auer"


def test_an_age_stands_for_a_person() -> None:
    assert meant("Karl Auer will retire. The 40-year-old said so on Monday.", "old") == "Karl Auer"
    assert meant("Karl Auer will retire. The 40-year-old bridge is closed.", "old") is None
