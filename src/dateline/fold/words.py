"""The words of a text that count when two texts are compared: evened out, and without what stands around the prose."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from hashlib import blake2b
from string import ascii_letters

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Words = NDArray[np.uint32]
"""Words in order, a number each: what the word is, whatever its case, and in the last digit (base `KINDS`) its kind."""

# Only the beginning of a very long text is compared: no article is longer.
LONGEST = 1_000_000
_BLOCK = re.compile(r"<(?:script|style)\b|<!--", re.IGNORECASE)
_BLOCK_ENDS = {
    "<script": re.compile(r"</script\s*>", re.IGNORECASE),
    "<style": re.compile(r"</style\s*>", re.IGNORECASE),
    "<!--": re.compile("-->"),
}
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
_NOTE = re.compile(r"\]\[\w*\]")
_NOTES = re.compile(r"^[ \t]*\[[^\[\]\n]+\]:.*(?:\n(?![ \t]*\[|[ \t]*\n).*)*", re.MULTILINE)
_ADDRESS = {sign: re.compile(re.escape(sign) + r"\S+") for sign in ("www.", "mailto:", "(/", "(#")}
_BLANK = re.compile(r"\s")
_IDEOGRAPH = "\u3040-\u30ff\u3400-\u9fff"
_EACH_IDEOGRAPH = re.compile(f"([{_IDEOGRAPH}])")
WORD = re.compile(rf"[{_IDEOGRAPH}]|[^\W_{_IDEOGRAPH}]+")
_WORD_OR_BREAK = re.compile(r"\n|\w+")
# What stands for a line break among ASCII words, which are split at white space.
_ASCII_BREAK = "\x01"
_SPACES = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != "\n"}
_TYPOGRAPHY = "“”‘’–—…«»•·\xa0©"

# What a word adds to a stretch of running prose. Menus, teasers and lists of links are short lines and capitalised
# words, scripts are lines full of brackets, and notices about cookies and rights have words of their own; the stretch with
# the greatest sum is the article (after Finn, Kushmerick and Smyth, 2001).
KINDS = 8
PROSE, DIGITS, CAPITALS, _NOTICE, _BREAK = range(5)
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
        text = _NOTE.sub("]", text)
        if "]:" in text:
            text = _NOTES.sub(" ", text)
    if "://" in text:
        text = _without_addresses(text)
    for sign, address in _ADDRESS.items():
        if sign in text:
            text = address.sub(" ", text)
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


def _without_addresses(text: str) -> str:
    """The text without what stands around ``://`` up to white space, and the scheme's letters before it."""
    first, *rest = text.split("://")
    kept = [first]
    for piece in rest:
        kept[-1] = kept[-1].rstrip(ascii_letters)
        end = _BLANK.search(piece)
        kept.append(piece[end.start() :] if end else "")
    return " ".join(kept)


def prose(text: str) -> Words:
    """The words of the stretch that is most like running prose, the same in every process.

    An ideograph is a word of its own.
    """
    text = _spaced(bare(text[:LONGEST]))
    marked = np.array(list(map(_codes.__getitem__, _words_and_breaks(text))), dtype=np.uint32)
    kinds = marked & np.uint32(KINDS - 1)
    breaks = kinds == _BREAK
    words, weights = marked[~breaks], _WEIGHTS[kinds[~breaks]]
    lines = np.flatnonzero(breaks)
    for start, end in _outside(text, np.append(lines - np.arange(len(lines)), len(words))):
        weights[start:end] = _OUTSIDE
    found: Words = words[slice(*_heaviest(weights))].copy()
    return found


def _spaced(text: str) -> str:
    """The text with ideographs and underscores set apart, so that white space and marks bound every word."""
    if not text.isascii():
        for mark in _TYPOGRAPHY:
            text = text.replace(mark, " ")
        if 2 * len(text.encode("ascii", "ignore")) < len(text):
            text = _EACH_IDEOGRAPH.sub(r" \1 ", text)
    return text.replace("_", " ")


def _words_and_breaks(text: str) -> list[str]:
    """The words and line breaks of a text in order: ``\n|\\w+``, for plain ASCII the quick way."""
    if text.isascii():
        return text.translate(_SPACES).replace("\n", f" {_ASCII_BREAK} ").split()
    return _WORD_OR_BREAK.findall(text)


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
    marks = [mark for mark in _CODE_MARKS if mark in text]
    if sum(map(text.count, marks)) > _CODE_SHARE * _SHORT:
        for i in np.flatnonzero(counts >= _SHORT).tolist():
            if sum(map(lines[i].count, marks)) > _CODE_SHARE * counts[i]:
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
    """The number of each word, as `Words` hold it. Remembered while they are not too many."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        lower = word.lower()
        digest = blake2b(lower.encode("utf-8", "surrogatepass"), digest_size=4).digest()
        code = self[word] = int.from_bytes(digest, "little") // KINDS * KINDS + _kind(word, lower)
        return code


def _kind(word: str, lower: str) -> int:
    if word in ("\n", _ASCII_BREAK):
        return _BREAK
    if lower in NOTICES:
        return _NOTICE
    if word.isdigit():
        return DIGITS
    return PROSE if word == lower else CAPITALS


_REMEMBERED = 1 << 18
_codes = _Codes()


def among(numbers: Hashes, known: Hashes) -> NDArray[np.bool_]:
    """Which of some numbers are among others, which are sorted."""
    if not len(known):
        return np.zeros(len(numbers), dtype=np.bool_)
    found: NDArray[np.bool_] = known[np.minimum(np.searchsorted(known, numbers), len(known) - 1)] == numbers
    return found


def shingles(row: NDArray[np.unsignedinteger], width: int) -> Hashes:
    """One number for each run of `width` numbers, by position; a row shorter than that is one run."""
    width = min(width, len(row))
    if not width:
        return np.zeros(0, dtype=np.uint64)
    wide = row.astype(np.uint64)
    count = len(row) - width + 1
    runs = wide[:count] * _FACTORS[0]
    for offset in range(1, width):
        runs += wide[offset : offset + count] * _FACTORS[offset]
    return mix(runs + np.uint64(width))


def mix(values: Hashes) -> Hashes:
    """The finaliser of splitmix64: every bit of the input sways every bit of the output."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


_FACTORS = mix(np.arange(1, 9, dtype=np.uint64)) | np.uint64(1)
