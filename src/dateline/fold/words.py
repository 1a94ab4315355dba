"""The words of a text that count when two texts are compared: evened out, and without what stands around the prose."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

# Only the beginning of a very long text is compared: no article is longer.
LONGEST = 1_000_000
_BLOCK = re.compile(r"<(?:script|style)\b|<!--", re.IGNORECASE)
_BLOCK_ENDS = {
    "<script": re.compile(r"</script\s*>", re.IGNORECASE),
    "<style": re.compile(r"</style\s*>", re.IGNORECASE),
    "<!--": re.compile("-->"),
}
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
_REFERENCE = re.compile(r"^[ \t]*\[[^\[\]\n]+\]:.*(?:\n(?![ \t]*\[|[ \t]*\n).*)*|(?<=\])\[\w*\]", re.MULTILINE)
_ADDRESS = re.compile(r"(?:https?://|ftp://|whatsapp://|mailto:|www\.|\((?=[/#]))\S+")
_ADDRESS_SIGNS = ("://", "www.", "(/", "(#", "mailto:")
_IDEOGRAPH = "\u3040-\u30ff\u3400-\u9fff"
_EACH_IDEOGRAPH = re.compile(f"([{_IDEOGRAPH}])")
WORD = re.compile(rf"[{_IDEOGRAPH}]|[^\W_{_IDEOGRAPH}]+")
_WORD_OR_BREAK = re.compile(r"\n|\w+")

# What a word adds to a stretch of running prose. Menus, teasers and lists of links are short lines and capitalised
# words, scripts are lines full of brackets, and notices about cookies and rights have words of their own; the stretch with
# the greatest sum is the article (after Finn, Kushmerick and Smyth, 2001).
_KINDS = 8
_PROSE, _DIGITS, _CAPITALS, _NOTICE, _BREAK = range(5)
_WEIGHTS = np.array([1.0, 0.5, -1.0, -12.0, 0.0])
_OUTSIDE = -2.0
_SENTENCE = 6.0
_SHORT = 6
_CODE_MARKS = ("{", "}", "=", ";", "[", "]", "|", "<", ">", "()")
_CODE_SHARE = 0.2
SENTENCE_ENDS = frozenset('.!?…"”’»।。')
NOTICES = frozenset(
    """
    affiliates cookie cookies copyright copyrights disclaimer disclaimers javascript login logo logos newsletter
    newsletters password signup subscribe subscriber subscribers subscribing subscription trademark trademarks
    unsubscribe username
    abonnieren abonnement anmelden datenschutz impressum datenschutzerklärung abonner abonnez suscríbete suscribirse
    подписаться подписывайтесь
    """.split()  # noqa: SIM905
)


def bare(text: str) -> str:
    """The text without remains of HTML and Markdown, without addresses and soft hyphens."""
    if "<" in text:
        text = _TAG.sub(" ", _without_blocks(text))
    if "&" in text:
        text = html.unescape(text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "][" in text:
        text = _REFERENCE.sub(" ", text)
    if any(sign in text for sign in _ADDRESS_SIGNS):
        text = _ADDRESS.sub(" ", text)
    return text.replace("\xad", "")


def _without_blocks(text: str) -> str:
    """The text without scripts, styles and comments; one that is never closed stays. Linear in the text's length."""
    kept: list[str] = []
    at = 0
    ends = dict(_BLOCK_ENDS)
    for match in _BLOCK.finditer(text):
        kind = match[0].lower()
        if match.start() < at or kind not in ends:
            continue
        end = ends[kind].search(text, match.end())
        if end is None:
            del ends[kind]
            continue
        kept.append(text[at : match.start()])
        at = end.end()
    return " ".join([*kept, text[at:]])


def prose(text: str) -> Hashes:
    """The words of the stretch that is most like running prose, as a number each: case apart, the same in every process.

    An ideograph is a word of its own.
    """
    text = _spaced(bare(text[:LONGEST]))
    marked = _WORD_OR_BREAK.findall(text)
    coded = np.fromiter(map(_codes.__getitem__, marked), dtype=np.uint64, count=len(marked))
    kinds = coded & np.uint64(_KINDS - 1)
    breaks = kinds == _BREAK
    ends = np.append(np.flatnonzero(breaks), len(marked)) - np.arange(np.count_nonzero(breaks) + 1)
    weights = _WEIGHTS[kinds[~breaks]]
    for start, end in _outside(text, ends):
        weights[start:end] = _OUTSIDE
    numbers: Hashes = coded[~breaks] // np.uint64(_KINDS)
    return numbers[slice(*_heaviest(weights))]


def _spaced(text: str) -> str:
    """The text with ideographs and underscores set apart, so that white space and marks bound every word."""
    if 2 * len(text.encode("ascii", "ignore")) < len(text):
        text = _EACH_IDEOGRAPH.sub(r" \1 ", text)
    return text.replace("_", " ")


def _outside(text: str, ends: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """The bounds, in words, of the lines of a text that are no prose by form: too short and no sentence, or a program.

    ``ends`` holds for each line the number of words up to its end.
    """
    lines = text.split("\n")
    starts = np.append(0, ends[:-1])
    counts = ends - starts
    for i in np.flatnonzero((counts > 0) & (counts < _SHORT)).tolist():
        if lines[i].rstrip()[-1] not in SENTENCE_ENDS:
            yield int(starts[i]), int(ends[i])
    if sum(map(text.count, _CODE_MARKS)) > _CODE_SHARE * _SHORT:
        for i in np.flatnonzero(counts >= _SHORT).tolist():
            if sum(map(lines[i].count, _CODE_MARKS)) > _CODE_SHARE * counts[i]:
                yield int(starts[i]), int(ends[i])


def _heaviest(weights: NDArray[np.float64]) -> tuple[int, int]:
    """The bounds of the stretch with the greatest sum; the whole where no stretch is worth a sentence (all in capitals)."""
    sums = np.concatenate([np.zeros(1), np.cumsum(weights)])
    gains = sums - np.minimum.accumulate(sums)
    end = int(gains.argmax())
    if gains[end] < _SENTENCE:
        return 0, len(weights)
    return int(sums[: end + 1].argmin()), end


class _Codes(dict[str, int]):
    """For each word a number, whatever its case, and in the last digit (base `_KINDS`) what kind of word it is.

    Both come from one look-up, as there is one for every word read. Remembered while they are not too many.
    """

    def __missing__(self, word: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        lower = word.lower()
        digest = blake2b(lower.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        number = int.from_bytes(digest, "little") // _KINDS * _KINDS
        code = self[word] = number + _kind(word, lower)
        return code


def _kind(word: str, lower: str) -> int:
    if word == "\n":
        return _BREAK
    if lower in NOTICES:
        return _NOTICE
    if word.isdigit():
        return _DIGITS
    return _PROSE if word == lower else _CAPITALS


_REMEMBERED = 1 << 18
_codes = _Codes()


def among(numbers: Hashes, known: Hashes) -> NDArray[np.bool_]:
    """Which of some numbers are among others, which are sorted."""
    if not len(known):
        return np.zeros(len(numbers), dtype=np.bool_)
    found: NDArray[np.bool_] = known[np.minimum(np.searchsorted(known, numbers), len(known) - 1)] == numbers
    return found


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
