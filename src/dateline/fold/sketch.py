"""The keys by which near-duplicates find each other in an index."""

from __future__ import annotations

import numpy as np

from dateline.fold.same import Body
from dateline.fold.words import Hashes, mix

# A text's signature is the smallest run under each of so many orders (MinHash: Broder, 1997), of the whole text and of its
# beginnings: so many runs long, that what breaks off early finds its whole.
_ORDERS = 12
_BEGINNINGS = (64, 200)
# A key is made of two of these smallest runs. One may be a turn of phrase, a line of a notice or a sentence quoted; texts
# that have two in common, from anywhere in them, are seldom strangers.
_NEIGHBOURS = np.arange(_ORDERS)
_PAIRS = (
    np.concatenate([_NEIGHBOURS, _NEIGHBOURS]),
    np.concatenate([(_NEIGHBOURS + 1) % _ORDERS, (_NEIGHBOURS + 2) % _ORDERS]),
)
_TURNS = (mix(np.arange(1, _ORDERS + 1, dtype=np.uint64)) | np.uint64(1))[:, None]
_SALTS = mix(np.arange(100, 100 + len(_PAIRS[0]), dtype=np.uint64))[:, None]
_SIDES = mix(np.arange(200, 202, dtype=np.uint64)) | np.uint64(1)


def sketch(text: str | Body) -> Hashes:
    """The keys of a text, sorted, each once, the same in every process; none for a text without words.

    About 40: texts that share a key are candidates for `same_report`. Of two texts that share a share *s* of their runs,
    each pair of orders gives the same key with a chance of s²: a scan with three letters in a hundred misread (s = 0.4)
    is found with a chance of 0.97, and the beginning of a text by the keys of beginnings, nearly always.
    """
    body = text if isinstance(text, Body) else Body(text)
    runs = body.runs
    if not len(runs):
        return runs
    starts = [0, *(size for size in _BEGINNINGS if size < len(runs))]
    smallest = np.minimum.accumulate(np.minimum.reduceat(runs * _TURNS, starts, axis=1), axis=1)
    one, other = _PAIRS
    keys = mix(smallest[one] * _SIDES[0] + smallest[other] * _SIDES[1] + _SALTS)
    return np.array(sorted({*keys[:, -1].tolist(), *keys[:_ORDERS, :-1].ravel().tolist()}), dtype=np.uint64)
