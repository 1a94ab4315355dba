"""Words to the numbers of the encoder's vocabulary.

WordPiece as the uncased BERT models have it (Wu et al., 2016, "Google's Neural Machine Translation System"; Devlin et al., 2019):
lower case, no accents, every mark of punctuation apart, then from the left the longest piece that is known. The reference
implementation comes with a client for a model hub and forty megabytes; the tests compare the two.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

LONGEST = 100  # code points; a longer word is unknown as a whole
_CJK = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B920, 0x2CEAF),
        (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))  # fmt: skip


@cache
def vocabulary() -> dict[str, int]:
    """The number of each piece, loaded once a process. A piece that goes on with a word begins with ``##``."""
    lines = files("dateline.data").joinpath("pieces.txt").read_text("utf-8").removesuffix("\n").split("\n")
    return {piece: number for number, piece in enumerate(lines)}


@lru_cache(maxsize=100_000)
def pieces(token: str) -> tuple[int, ...]:
    """The numbers of a token's pieces; none for what has no visible character."""
    return tuple(number for word in _words(token) for number in _of_word(word))


def _of_word(word: str) -> list[int]:
    known = vocabulary()
    if len(word) > LONGEST:
        return [known["[UNK]"]]
    found, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            number = known.get(("##" if start else "") + word[start:end])
            if number is not None:
                found.append(number)
                start = end
                break
        else:
            return [known["[UNK]"]]
    return found


def _words(token: str) -> Iterator[str]:
    """The words of a token, lower case and without accents; each mark and each Chinese character is a word of its own."""
    word = ""
    for c in unicodedata.normalize("NFD", token):
        category = unicodedata.category(c)
        if category[0] == "Z" or c in "\t\n\r":
            if word:
                yield word
            word = ""
        elif category in ("Mn", "Cc", "Cf", "Co") or c == "\ufffd":
            continue
        elif _stands_alone(c, category):
            if word:
                yield word
            yield c
            word = ""
        else:
            word += c.lower()
    if word:
        yield word


def _stands_alone(c: str, category: str) -> bool:
    point = ord(c)
    return category[0] == "P" or (c.isascii() and category[0] == "S") or any(a <= point <= b for a, b in _CJK)
