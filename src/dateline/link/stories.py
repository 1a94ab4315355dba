"""Which documents tell of one happening: stories, by the words that two documents share and few others have.

Documents are vectors of their words (logarithmic counts, inverse document frequency; names weigh more), joined by average linkage
as long as two groups are alike enough. The threshold was chosen on ECB+ train.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"[^\W\d_][\w'’-]+|\d[\d.,:]*\d|\d")
_COMMON = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "for",
        "and",
        "or",
        "is",
        "was",
        "were",
        "are",
        "be",
        "been",
        "by",
        "with",
        "at",
        "from",
        "as",
        "that",
        "this",
        "it",
        "its",
        "he",
        "she",
        "they",
        "his",
        "her",
        "their",
        "has",
        "have",
        "had",
        "will",
        "would",
        "said",
        "says",
        "after",
        "over",
        "not",
        "but",
        "who",
        "which",
        "about",
        "into",
        "than",
        "also",
        "more",
        "up",
        "out",
        "one",
        "new",
    ]
)
_STEM = 7  # letters of a word that count
_NAME = 1.5  # how much more a word with a capital weighs
_ALIKE = 0.2  # mean cosine of two groups that are one story


def stories(texts: Sequence[str]) -> list[int]:
    """The story of each text: the number of the first text of its story. Time and memory grow with the square of the texts."""
    if not texts:
        return []
    alike = _likeness([Counter(_terms(text)) for text in texts])
    np.fill_diagonal(alike, -1.0)
    story = np.arange(len(texts))
    size = np.ones(len(texts))
    while alike.size > 1:
        one, other = sorted(divmod(int(alike.argmax()), len(texts)))
        if alike[one, other] < _ALIKE:
            break
        mean = (alike[one] * size[one] + alike[other] * size[other]) / (size[one] + size[other])
        mean[[one, other]] = -1.0
        mean[alike[one] < 0] = -1.0  # groups that were joined to others before
        alike[one], alike[:, one] = mean, mean
        alike[other], alike[:, other] = -1.0, -1.0
        size[one] += size[other]
        story[story == other] = one
    return [int(number) for number in story]


def _terms(text: str) -> list[str]:
    found = []
    for word in _WORD.findall(text):
        lower = word.lower()
        if lower in _COMMON:
            continue
        if word[0].isupper():
            found += [lower, f"^{lower}"]
        else:
            found.append(lower[:_STEM])
    return found


def _likeness(counted: Sequence[Counter[str]]) -> NDArray[np.float64]:
    """The cosine of every two documents; cosines are never negative here."""
    held = Counter(term for counts in counted for term in counts)
    column = {term: at for at, term in enumerate(sorted(term for term, number in held.items() if number > 1))}
    vectors = np.zeros((len(counted), len(column)))
    for row, counts in enumerate(counted):
        for term, number in counts.items():
            if term in column:
                rare = math.log(len(counted) / held[term])
                vectors[row, column[term]] = (1 + math.log(number)) * rare * (_NAME if term[0] == "^" else 1.0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    return np.asarray(vectors @ vectors.T)
