"""The words of a text that count when two texts are compared: evened out, and without what stands around the prose."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache, lru_cache
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
_TYPOGRAPHY = "“”‘’–—…«»•·\xa0©"

# Characters are looked up in tables up to the last of the basic plane, which stands for all beyond it. What a character
# in a word is, and which kind of word comes of all that its characters are.
_LAST = 0xFFFF
_NEWLINE = ord("\n")
_IS_DIGIT, _IS_LETTER, _IS_CAPITAL = 1, 2, 4
_UPPER = np.uint64(35)

# What a word adds to a stretch of running prose. Menus, teasers and lists of links are short lines and capitalised
# words, scripts are lines full of brackets, and notices about cookies and rights have words of their own; the stretch with
# the greatest sum is the article (after Finn, Kushmerick and Smyth, 2001).
KINDS = 8
PROSE, DIGITS, CAPITALS, _NOTICE = range(4)
_WEIGHTS = np.array([1.0, 0.5, -1.0, -12.0])
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
    marked, ends = _marked(text)
    weights = _WEIGHTS[marked % np.uint32(KINDS)]
    for start, end in _outside(text, ends):
        weights[start:end] = _OUTSIDE
    found: Words = marked[slice(*_heaviest(weights))].copy()
    return found


def _marked(text: str) -> tuple[Words, NDArray[np.int64]]:
    """All words of a text (``\\w+``) and for each line the number of words up to its end."""
    kinds, letters, breaks = _letters(f" {text} ")
    edges = np.flatnonzero((kinds[1:] > 0) != (kinds[:-1] > 0)) + 1
    starts, ends = edges[::2], edges[1::2]
    lines = np.append(np.searchsorted(starts, breaks), len(starts))
    if not len(starts):
        return np.zeros(0, dtype=np.uint32), lines
    numbers = _numbers(letters, starts, ends)
    kind = _KINDS_OF[np.bitwise_or.reduceat(kinds, starts)]
    kind[among(numbers, _notices())] = _NOTICE
    return (numbers * np.uint64(KINDS) + kind).astype(np.uint32), lines


def _numbers(letters: Hashes, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Hashes:
    """A number for each word between two bounds.

    That is its letters as the digits of a number modulo 2⁶⁴ in an odd base, taken from sums over the whole text, stirred.
    """
    powers, inverses = _powers(1 << len(letters).bit_length())
    sums = np.zeros(len(letters) + 1, dtype=np.uint64)
    np.cumsum(letters * powers[: len(letters)], out=sums[1:])
    return mix((sums[ends] - sums[starts]) * inverses[starts]) >> _UPPER


def _letters(text: str) -> tuple[NDArray[np.uint8], Hashes, NDArray[np.int64]]:
    """Of each character of a text what it is in a word and its small letter; and where the line breaks are."""
    kinds_of, lower_of = _characters()
    if text.isascii():
        raw = text.encode()
        kinds = np.frombuffer(raw.translate(kinds_of[:256].tobytes()), dtype=np.uint8)
        letters = np.frombuffer(text.lower().encode(), dtype=np.uint8).astype(np.uint64)
        return kinds, letters, np.flatnonzero(np.frombuffer(raw, dtype=np.uint8) == _NEWLINE)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    characters = np.minimum(codes, _LAST).astype(np.int64)
    return kinds_of[characters], lower_of[characters], np.flatnonzero(characters == _NEWLINE)


@cache
def _characters() -> tuple[NDArray[np.uint8], Hashes]:
    """For each character of the basic plane whether it is a digit, another part of words or a capital, and its small one."""
    signs = [chr(code) for code in range(_LAST + 1)]
    kinds = [(_IS_DIGIT if sign.isdigit() else _IS_LETTER) if sign.isalnum() else 0 for sign in signs]
    small = [sign.lower() for sign in signs]
    capital = [_IS_CAPITAL if kind and low != sign else 0 for kind, low, sign in zip(kinds, small, signs, strict=True)]
    lower = np.array([ord(low[0]) for low in small], dtype=np.uint64)
    return np.array(kinds, dtype=np.uint8) | np.array(capital, dtype=np.uint8), lower


@lru_cache(4)
def _powers(count: int) -> tuple[Hashes, Hashes]:
    """So many powers of the base of words' numbers, and of its inverse."""
    inverse = pow(_BASE, -1, 1 << 64)
    powers, inverses = (np.full(count, base, dtype=np.uint64) for base in (_BASE, inverse))
    powers[0] = inverses[0] = 1
    return np.multiply.accumulate(powers), np.multiply.accumulate(inverses)


@cache
def _notices() -> Hashes:
    """The numbers of `NOTICES`, sorted."""
    numbers = []
    for notice in sorted(NOTICES):
        _, letters, _ = _letters(notice)
        numbers.append(_numbers(letters, np.array([0]), np.array([len(letters)])))
    return np.sort(np.concatenate(numbers))


def _spaced(text: str) -> str:
    """The text with ideographs and underscores set apart, so that white space and marks bound every word."""
    if not text.isascii():
        for mark in _TYPOGRAPHY:
            text = text.replace(mark, " ")
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
    marks = [mark for mark in _CODE_MARKS if mark in text]
    if sum(map(text.count, marks)) > _CODE_SHARE * _SHORT:
        for i in np.flatnonzero(counts >= _SHORT).tolist():
            if sum(map(lines[i].count, marks)) > _CODE_SHARE * counts[i]:
                yield int(starts[i]), int(ends[i])


def _heaviest(weights: NDArray[np.float64]) -> tuple[int, int]:
    """The bounds of the stretch with the greatest sum; the whole where no stretch is worth a sentence (all in capitals)."""
    sums = np.zeros(len(weights) + 1)
    np.cumsum(weights, out=sums[1:])
    gains = sums - np.minimum.accumulate(sums)
    end = int(gains.argmax())
    if gains[end] < _SENTENCE:
        return 0, len(weights)
    return int(sums[: end + 1].argmin()), end


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


_BASE = 0x9E3779B97F4A7C15
# By what the characters of a word are: nothing, a digit, a letter, both; the same with a capital.
_KINDS_OF = np.array([PROSE, DIGITS, PROSE, PROSE, *[CAPITALS] * 4], dtype=np.uint64)
_FACTORS = mix(np.arange(1, 9, dtype=np.uint64)) | np.uint64(1)
