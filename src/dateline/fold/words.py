"""The words of a text that count when two texts are compared: evened out, and without what stands around the prose."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

_CODE = re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<(?:!--.*?--|/?[a-zA-Z][^<>]*)>", re.DOTALL)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
_ADDRESS = re.compile(r"\b(?:https?|ftp|whatsapp|mailto|tel):\S+|\bwww\.\S+|\((?:/|#)[^()\s]*\)")
_IDEOGRAPH = "\u3040-\u30ff\u3400-\u9fff"
WORD = re.compile(rf"[{_IDEOGRAPH}]|[^\W_{_IDEOGRAPH}]+")

# What a word adds to a stretch of running prose. Menus, teasers and lists of links are short lines and capitalised
# words; the stretch with the greatest sum is the article (after Finn, Kushmerick and Smyth, 2001).
_PROSE = 1.0
_CAPITAL = -1.5
_SHORT_LINE = -2.0
_SHORT = 6
SENTENCE_ENDS = frozenset('.!?…"”’»।。')


def bare(text: str) -> str:
    """The text without remains of HTML and Markdown, without addresses and soft hyphens."""
    if "<" in text:
        text = _TAG.sub(" ", _CODE.sub(" ", text))
    if "&" in text:
        text = html.unescape(text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    return _ADDRESS.sub(" ", text).replace("\xad", "")


def words(text: str) -> list[str]:
    """The words of the stretch that is most like running prose, in lower case; an ideograph is a word of its own."""
    found: list[str] = []
    weights: list[float] = []
    for line in bare(text).split("\n"):
        row = WORD.findall(line)
        if not row:
            continue
        found += row
        if len(row) < _SHORT and line.rstrip()[-1] not in SENTENCE_ENDS:
            weights += [_SHORT_LINE] * len(row)
        else:
            weights += [_CAPITAL if word[0].isupper() or word[0].isdigit() else _PROSE for word in row]
    start, end = _heaviest(weights)
    return [word.lower() for word in found[start:end]]


def _heaviest(weights: list[float]) -> tuple[int, int]:
    """The bounds of the stretch with the greatest sum; the whole where no stretch has a positive one."""
    sums = np.concatenate([np.zeros(1), np.cumsum(weights)])
    gains = sums - np.minimum.accumulate(sums)
    end = int(gains.argmax())
    if gains[end] <= 0:
        return 0, len(weights)
    return int(sums[: end + 1].argmin()), end


@lru_cache(maxsize=1 << 18)
def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def hashes(row: list[str]) -> Hashes:
    """One 64-bit number a word, the same in every process."""
    return np.fromiter(map(_hash, row), dtype=np.uint64, count=len(row))


def shingles(row: Hashes, width: int) -> Hashes:
    """One number for each run of `width` words, by position; a row shorter than that is one run."""
    if not len(row):
        return row
    width = min(width, len(row))
    count = len(row) - width + 1
    runs = np.zeros(count, dtype=np.uint64)
    for offset in range(width):
        runs = _mix(runs + row[offset : offset + count] + np.uint64(offset))
    return runs


def _mix(values: Hashes) -> Hashes:
    """The finaliser of splitmix64: every bit of the input sways every bit of the output."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
