"""Which language a text is in."""

from __future__ import annotations

from functools import cache
from typing import Any

_LONGEST = 20_000  # characters that are looked at: enough to be sure, bounded for a long text
_SURE = 0.5


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the text's language, None where the text is too short or too mixed to tell."""
    if sum(map(str.isalpha, text[:_LONGEST])) < 20:
        return None
    code, sure = _identifier().classify(text[:_LONGEST])
    return str(code) if sure >= _SURE else None
