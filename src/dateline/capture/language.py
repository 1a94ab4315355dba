"""Which language a text is in."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_STRETCH = 500  # characters of the beginning, the middle and the end, which nearly always tell
_LONGEST = 20_000  # characters that are looked at where they do not
_FEWEST = 20  # letters
_SURE = 0.5
_SHORT = 200  # characters up to which the statistics alone are often unsure

# Pidgin written in Latin letters is told from English by little, and hardly any news is written in it.
_LEFT_OUT = frozenset({"pcm"})

# Words that hardly any other language writes, for lines too short for statistics.
_ENGLISH = frozenset(
    [
        "the",
        "and",
        "were",
        "had",
        "been",
        "with",
        "from",
        "this",
        "that",
        "these",
        "those",
        "which",
        "who",
        "would",
        "could",
        "should",
        "about",
        "after",
        "before",
        "their",
        "his",
        "her",
        "they",
        "said",
        "says",
    ]
)
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages([label for label in model.labels if label not in _LEFT_OUT])
    return model


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the text's language, None where the text is too short or too mixed to tell."""
    if len(text) <= 3 * _STRETCH:
        return _told(text)
    middle = (len(text) - _STRETCH) // 2
    stretches = (text[:_STRETCH], text[middle : middle + _STRETCH], text[-_STRETCH:])
    return _told(" ".join(stretches)) or _told(text[:_LONGEST])


def _told(text: str) -> str | None:
    if sum(map(str.isalpha, text)) < _FEWEST:
        return None
    code, sure = _identifier().classify(text)
    if sure >= _SURE:
        language: str = code
        return language
    if len(text) <= _SHORT and text.isascii() and not _ENGLISH.isdisjoint(_WORD.findall(text.lower())):
        return "en"
    return None
