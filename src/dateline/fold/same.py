"""Are two texts the same report? Decided from the two alone, by the words they share in the same order."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dateline.fold.words import Hashes, among, prose, shingles

# Texts are compared by their runs of this many words: few enough for some to come whole through a noisy scan.
WIDTH = 4
# This many runs of a text stand in an index; one in common happens by a common turn of phrase, two hardly.
KEYS = 64
SHARED = 2

# Both texts share at least this share of their words: one report with edits, noise, or furniture around.
BOTH = 0.6
# A truncation: this much of the smaller text, and no fewer words, lies in the larger one, from about where that begins,
# and close together there. What lies further in is a passage quoted; what lies scattered is chance.
CONTAINED = 0.75
FEW = 40
START = 0.15
DENSE = 0.5
# The first and last words shared may be so by chance: these shares of them are passed over.
HEAD, TAIL = 0.05, 0.2


class Body:
    """A text prepared for comparison: a number for each of its words, without what stands around the prose."""

    def __init__(self, text: str) -> None:
        self.hashes = prose(text)

    def __len__(self) -> int:
        """How many words it has."""
        return len(self.hashes)

    @cached_property
    def runs(self) -> Hashes:
        """The runs of `WIDTH` words, by position."""
        return shingles(self.hashes, WIDTH)

    @cached_property
    def known(self) -> Hashes:
        """The runs, sorted, each once."""
        runs: Hashes = np.sort(self.runs)
        return runs if len(runs) < 2 else runs[np.append(True, runs[1:] != runs[:-1])]

    @cached_property
    def keys(self) -> frozenset[int]:
        """The `KEYS` smallest runs, signed: a fair sample, and those of a part are among those of its whole."""
        return frozenset(self.known[:KEYS].view(np.int64).tolist())


def covered(a: Body, b: Body) -> NDArray[np.bool_]:
    """For each word of ``a``: does it stand in a run of words that ``b`` has too?"""
    cover = np.zeros(len(a.hashes), dtype=np.bool_)
    shared = among(a.runs, b.known)
    for offset in range(len(a.hashes) - len(a.runs) + 1):
        cover[offset : offset + len(shared)] |= shared
    return cover


def _size(body: Body) -> tuple[int, bytes]:
    """What sorts two texts by length, and equally long ones always alike."""
    return len(body), body.known[:1].tobytes()


def same_report(a: Body, b: Body) -> bool:
    """Whether two texts are captures of one report: copies, edited versions, a truncation and its whole, noisy scans.

    A text that quotes a passage of another is not the same report, nor are two pages that share a site's furniture.
    Symmetric; depends on nothing but the two.
    """
    if len(a.keys & b.keys) < min(SHARED, max(len(a.keys), len(b.keys))):
        return False
    small, large = sorted((a, b), key=_size)
    # The smallest runs are a fair sample, and each run covers at most `WIDTH` words.
    sample = small.known[:KEYS]
    if WIDTH * np.count_nonzero(among(sample, large.known)) < BOTH * len(sample):
        return False
    in_large = covered(small, large)
    share = np.count_nonzero(in_large) / max(1, len(small))
    if share < BOTH:
        return False
    in_small = covered(large, small)
    if np.count_nonzero(in_small) >= BOTH * len(large):
        return True
    if len(small) < FEW or share < CONTAINED:
        return False
    places = np.flatnonzero(in_small)
    first, last = places[int(HEAD * (len(places) - 1))], places[int((1 - TAIL) * (len(places) - 1))]
    dense = (1 - TAIL - HEAD) * len(places) >= DENSE * (last + 1 - first)
    return bool(dense and first <= START * len(large))
