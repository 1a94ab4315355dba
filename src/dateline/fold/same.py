"""Are two texts the same report? Decided from the two alone, by the words they share in the same order."""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from dateline.fold.issues import two_issues
from dateline.fold.words import CAPITALS, DIGITS, KINDS, Hashes, Words, among, prose, shingles

# Texts are compared by their runs of this many words: few enough for some to come whole through a noisy scan.
WIDTH = 4
# So many of the smallest runs of a text are a fair sample of it.
SAMPLE = 64

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
# Two issues of a bulletin differ in at least so many figures and names, and those are so much more of what they do not
# share than of the text.
_SLOTS = 3
_MORE = 1.2
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?!\d)")


class Body:
    """A text prepared for comparison: a number for each of its words, without what stands around the prose.

    ``day`` is the day of its publication (ISO 8601) where that is known.
    """

    def __init__(self, text: str, day: str | None = None) -> None:
        self.words = prose(text)
        self.day = day

    @classmethod
    def of(cls, words: Words, day: str | None) -> Body:
        """The body of words that were found before."""
        body = cls.__new__(cls)
        body.words, body.day = words, day
        return body

    def __len__(self) -> int:
        """How many words it has."""
        return len(self.words)

    @cached_property
    def digest(self) -> int:
        """A signed 64-bit number for the words and the day: the same for the same, another for others."""
        digest = blake2b(self.words.astype("<u4").tobytes(), digest_size=8, key=(self.day or "").encode()[:64])
        return int.from_bytes(digest.digest(), "little", signed=True)

    @cached_property
    def hashes(self) -> Words:
        """The words, whatever their case."""
        return self.words // np.uint32(KINDS)

    @cached_property
    def runs(self) -> Hashes:
        """The runs of `WIDTH` words, by position."""
        return shingles(self.hashes, WIDTH)

    @cached_property
    def known(self) -> Hashes:
        """The runs, sorted, each once."""
        runs: Hashes = np.sort(self.runs)
        return runs if len(runs) < 2 else runs[np.append(True, runs[1:] != runs[:-1])]


def day_in_address(address: object) -> str | None:
    """The day that stands in a page's address (``/2021/12/06/``), as most outlets write that of publication; else None."""
    for match in _DAY.finditer(address) if isinstance(address, str) else ():
        try:
            return date(*map(int, match.groups())).isoformat()
        except ValueError:
            continue
    return None


def covered(a: Body, b: Body) -> NDArray[np.bool_]:
    """For each word of ``a``: does it stand in a run of words that ``b`` has too?"""
    cover = np.zeros(len(a), dtype=np.bool_)
    shared = among(a.runs, b.known)
    for offset in range(len(a) - len(a.runs) + 1):
        cover[offset : offset + len(shared)] |= shared
    return cover


def _size(body: Body) -> tuple[int, bytes]:
    """What sorts two texts by length, and equally long ones always alike."""
    return len(body), body.known[:1].tobytes()


def same_report(a: Body, b: Body) -> bool:
    """Whether two texts are captures of one report: copies, edited versions, a truncation and its whole, noisy scans.

    A text that quotes a passage of another is not the same report, nor are two pages that share a site's furniture, nor
    two issues of a bulletin that is written from a template. Symmetric; depends on nothing but the two.
    """
    small, large = sorted((a, b), key=_size)
    if not len(small):
        return False
    # Each run covers at most `WIDTH` words.
    sample = small.known[:SAMPLE]
    if WIDTH * np.count_nonzero(among(sample, large.known)) < BOTH * len(sample):
        return False
    in_large = covered(small, large)
    shared = int(np.count_nonzero(in_large))
    if shared < BOTH * len(small):
        return False
    in_small = covered(large, small)
    if np.count_nonzero(in_small) < BOTH * len(large) and not _is_beginning(shared, len(small), in_small):
        return False
    if not (_stands_in_slots(small, in_large) and _stands_in_slots(large, in_small)):
        return True
    return not two_issues((small.words, small.day), (large.words, large.day))


def _is_beginning(shared: int, size: int, in_small: NDArray[np.bool_]) -> bool:
    """Whether a text of some size, which shares so many words with a longer one, is a truncation of it.

    ``in_small`` tells which words of the longer one are shared.
    """
    if size < FEW or shared < CONTAINED * size:
        return False
    places = np.flatnonzero(in_small)
    first, last = places[int(HEAD * (len(places) - 1))], places[int((1 - TAIL) * (len(places) - 1))]
    dense = (1 - TAIL - HEAD) * len(places) >= DENSE * (last + 1 - first)
    return bool(dense and first <= START * len(in_small))


def _stands_in_slots(body: Body, cover: NDArray[np.bool_]) -> bool:
    """Whether what a text does not share is figures and names more than elsewhere in it, as in an issue of a bulletin."""
    kinds = body.words % np.uint32(KINDS)
    slots = (kinds == DIGITS) | (kinds == CAPITALS)
    own = np.count_nonzero(slots & ~cover)
    return bool(own >= _SLOTS and own * len(body) >= _MORE * np.count_nonzero(slots) * np.count_nonzero(~cover))
