"""Are two texts the same report? Decided from the two alone, by the words they share in the same order."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dateline.fold.words import Hashes, hashes, shingles, words

WIDTH = 4

# Both texts share at least this share of their words: one report with edits, noise, or furniture around.
BOTH = 0.6
# The smaller text lies in the larger one up to noise, and where the larger one begins: a truncation. A text of few
# words says too little for that, and one that lies further in is a passage quoted.
CONTAINED = 0.8
FEW = 25
START = 0.15
EARLY = 0.05


class Body:
    """A text prepared for comparison: its words, evened out and without furniture, and a number for each."""

    def __init__(self, text: str) -> None:
        self.words = words(text)
        self.hashes: Hashes = hashes(self.words)

    @cached_property
    def runs(self) -> Hashes:
        """The runs of `WIDTH` words, by position."""
        return shingles(self.hashes, WIDTH)

    @cached_property
    def known(self) -> Hashes:
        """The runs, sorted, each once."""
        return np.unique(self.runs)


def covered(a: Body, b: Body) -> NDArray[np.bool_]:
    """For each word of ``a``: does it stand in a run of words that ``b`` has too?"""
    width = len(a.hashes) - len(a.runs) + 1
    cover = np.zeros(len(a.hashes), dtype=np.bool_)
    if not len(a.runs) or not len(b.known):
        return cover
    places = np.minimum(np.searchsorted(b.known, a.runs), len(b.known) - 1)
    shared = b.known[places] == a.runs
    for offset in range(width):
        cover[offset : offset + len(shared)] |= shared
    return cover


def same_report(a: Body, b: Body) -> bool:
    """Whether two texts are captures of one report: copies, edited versions, a truncation and its whole, noisy scans.

    A text that quotes a passage of another is not the same report, nor are two pages that share a site's furniture.
    Symmetric; depends on nothing but the two.
    """
    small, large = sorted((a, b), key=lambda body: len(body.words))
    in_large, in_small = covered(small, large), covered(large, small)
    if not len(in_large) or not in_large.any():
        return False
    if min(in_large.mean(), in_small.mean()) >= BOTH:
        return True
    if len(small.words) < FEW or in_large.mean() < CONTAINED:
        return False
    start = np.quantile(np.flatnonzero(in_small), EARLY) / len(large.words)
    return bool(start <= START)
