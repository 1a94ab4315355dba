"""What kind of word a word is: a short vector in which words of like meaning lie together ("accuse", "blame").

The vectors are those that the encoder MiniLM gives to single words, turned to 32 dimensions, and where finer differences count to
more (``training.words``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

_Vectors = tuple[dict[str, int], NDArray[np.float32]]


def dimensions(name: str, words: Iterable[str], weight: float = 1.0) -> Iterator[tuple[str, float]]:
    """The mean vector of some words as features ``NAME 0`` to ``NAME 31``; nothing where none of the words is known."""
    index, vectors = _vectors("words")
    rows = [row for word in words if (row := index.get(word)) is not None]
    if rows:
        mean = vectors[rows].mean(axis=0) * weight
        yield from ((f"{name} {at}", float(value)) for at, value in enumerate(mean))


def direction(name: str, words: Iterable[str]) -> Iterator[tuple[str, float]]:
    """Where the vectors of some words, in many dimensions, point together: of length 1, as features ``NAME 0`` and so on."""
    index, vectors = _vectors("meanings")
    rows = [row for word in words if (row := index.get(word)) is not None]
    if rows:
        sum_ = vectors[rows].sum(axis=0)
        sum_ /= np.linalg.norm(sum_) + 1e-9
        yield from ((f"{name} {at}", float(value)) for at, value in enumerate(sum_))


@cache
def _vectors(table: str) -> _Vectors:
    with as_file(files("dateline").joinpath("data", f"{table}.npz")) as path, np.load(path, allow_pickle=False) as held:
        words = held["words"].tobytes().decode().split("\n")
        return {word: row for row, word in enumerate(words)}, held["vectors"].astype(np.float32) / 127
