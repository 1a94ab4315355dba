"""Which language a text is in."""

from __future__ import annotations

import math
import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

_LONGEST = 20_000  # characters that are looked at: enough to be sure, bounded for a long text
_FEWEST = 20  # letters
_SURE = 0.5
_REACH = 6  # bytes of the longest feature, on which a state of the automaton hangs
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


class _Identifier:
    """What py3langid's model says of a text, bit for bit, at a quarter of the time.

    It reads a text byte by byte with an automaton whose state hangs on the last bytes alone, so all its states can be looked
    up at once.
    """

    def __init__(self) -> None:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        model.set_languages([label for label in model.labels if label not in _LEFT_OUT])
        self._encode = model._encode
        self._next = np.asarray(model.tk_nextmove)
        self._row = np.asarray(model.tk_row, dtype=np.int32) << 8
        self._feature = np.asarray(model.tk_output)
        self._weights = np.ascontiguousarray(model.nb_ptc, dtype=np.float32)
        self._priors = model.nb_pc
        self._labels = model.nb_classes
        self._same = model._alias_pairs

    def classify(self, text: str) -> tuple[str, float]:
        """The likeliest language of a text, and how likely it is."""
        encoded = self._encode(text)
        found = self._features(np.frombuffer(encoded, dtype=np.uint8))
        scores = self._scores(found) if len(found) else np.zeros(len(self._labels), dtype=np.float32)
        scores *= 1.0 / math.sqrt(len(encoded) or 1)
        np.exp(scores - scores.max(), out=scores)
        scores /= scores.sum()
        for one, other in self._same:
            scores[one] += scores[other]
            scores[other] = 0.0
        best = int(scores.argmax())
        return self._labels[best], float(scores[best])

    def _features(self, letters: NDArray[np.uint8]) -> NDArray[np.int64]:
        """The features of a text's bytes, in their order."""
        state = np.zeros(len(letters), dtype=self._next.dtype)
        for back in range(min(_REACH, len(letters)) - 1, -1, -1):
            state[back:] = self._next[self._row[state[back:]] + letters[: len(letters) - back]]
        found: NDArray[np.int64] = self._feature[state]
        return found[found >= 0]

    def _scores(self, found: NDArray[np.int64]) -> NDArray[np.float32]:
        """The languages' scores; summed up in the order in which the features come first, so that not a bit is another."""
        features, first, counts = np.unique(found, return_index=True, return_counts=True)
        order = np.argsort(first)
        weights = np.log1p(counts[order].astype(np.float32))
        scores: NDArray[np.float32] = weights @ self._weights[features[order]] + self._priors
        return scores


@cache
def _identifier() -> _Identifier:
    return _Identifier()


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the text's language, None where the text is too short or too mixed to tell."""
    text = text[:_LONGEST]
    if sum(map(str.isalpha, text)) < _FEWEST:
        return None
    code, sure = _identifier().classify(text)
    if sure >= _SURE:
        return code
    if len(text) <= _SHORT and text.isascii() and not _ENGLISH.isdisjoint(_WORD.findall(text.lower())):
        return "en"
    return None
