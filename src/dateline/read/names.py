"""Names of people: what is title and what is name, and whether two spellings can be one person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

import msgspec

Gender = Literal["m", "f"]

_GENDERS: dict[str, Gender] = {"m": "m", "f": "f"}
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_PARTICLES = frozenset(
    {
        "al",
        "el",
        "bin",
        "ben",
        "ibn",
        "abu",
        "de",
        "da",
        "di",
        "del",
        "della",
        "dos",
        "du",
        "van",
        "von",
        "der",
        "den",
        "la",
        "le",
        "ter",
        "st.",
        "mac",
    }
)
# Letters that transliterations write differently, in the order in which they are replaced.
_TRANSLITERATIONS = tuple((re.compile(pattern), replacement) for pattern, replacement in (
    (r"[’'`ʼ-]", ""), (r"x", "ks"), (r"tsch|tch", "ch"), (r"sch", "sh"), (r"kh", "h"), (r"ph", "f"), (r"gh", "g"), (r"q|ck|c(?![h])", "k"),
    (r"w", "v"), (r"dj|dzh", "j"), (r"zh", "z"), (r"ou|oo", "u"), (r"[iy]+[iyj]*$", "i"), (r"ij|iy|yi|yj", "i"), (r"y|j(?=[aeou])", "i"),
    (r"[iy]e|ei|ey|yo|io", "e"), (r"i[ao](?=.)", "a"), (r"ee", "i"), (r"(.)\1+", r"\1"),
))  # fmt: skip


class Words(msgspec.Struct, frozen=True):
    """Words around people: titles and their genders, roles, nouns for groups and organisations, given names.

    ``organisations`` end names ("Defence Ministry", "Evening Post"); ``common_organisations`` stand for one in small letters
    too ("the ministry"); ``businesses`` end a company's name without being what it is called by ("Marenco Metals").
    ``vague`` groups are actors only where they speak; ``documents`` are sources that are nobody.
    """

    honorifics: dict[str, str]
    abbreviated_titles: frozenset[str]
    roles: frozenset[str]
    groups: frozenset[str]
    organisations: frozenset[str]
    common_organisations: frozenset[str]
    businesses: frozenset[str]
    vague: frozenset[str]
    documents: frozenset[str]
    governments: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]


@cache
def words() -> Words:
    """The word lists, read once a process."""
    return msgspec.json.decode(files("dateline.data").joinpath("people.json").read_bytes(), type=Words)


def is_title(word: str) -> bool:
    """Whether a word before a name is a title or a role ("Mr.", "Sen.", "Minister")."""
    low = word.lower()
    lists = words()
    return low in lists.honorifics or low in lists.abbreviated_titles or low in lists.roles


def gender_of(name: str) -> Gender | None:
    """The gender that an honorific or a given name tells, if it does."""
    lists = words()
    for word in name.split():
        told = lists.honorifics.get(word.lower())
        if told == "m" or told == "f":
            return _GENDERS[told]
    for word in name.split()[:-1]:
        if word in lists.female and word not in lists.male:
            return "f"
        if word in lists.male and word not in lists.female:
            return "m"
        if word.lower() not in lists.honorifics and not is_title(word):
            break
    return None


@cache
def skeleton(word: str) -> str:
    """A key under which the usual transliterations of one word fall together ("Zelenskiy", "Zelenskyy", "Zelensky")."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
    for pattern, replacement in _TRANSLITERATIONS:
        plain = pattern.sub(replacement, plain)
    return plain


@lru_cache(maxsize=100_000)
def parts_of(name: str) -> tuple[str, ...]:
    """The words of a person's name without titles, suffixes, initials' dots and possessive endings."""
    bare = re.sub(r"[“\"‘'][^“”\"]+[”\"’']\s", "", name.strip())  # a nickname in marks
    bare = re.sub(r"[’']s?$", "", bare)
    kept = [w.strip(",") for w in bare.split()]
    kept = [w for w in kept if w.lower() not in _SUFFIXES and w.lower() not in words().honorifics]
    return tuple(kept)


def surname(parts: Sequence[str]) -> str:
    """The family name: the last word, with the particle before it."""
    return parts[-1] if parts else ""


def same_surname(one: str, other: str) -> bool:
    """Whether two words can be spellings of one family name."""
    a, b = skeleton(one), skeleton(other)
    return a == b and bool(a)


def same_given(one: str, other: str) -> bool:
    """Whether two given names can be one: alike in spelling, or an initial of the other."""
    if skeleton(one) == skeleton(other):
        return True
    a, b = one.rstrip("."), other.rstrip(".")
    if min(len(a), len(b)) == 1:
        return a[0].lower() == b[0].lower()
    if a[0].lower() != b[0].lower():
        return False
    return _consonants(a) == _consonants(b) or (min(len(a), len(b)) >= 3 and (a.startswith(b) or b.startswith(a)))


def same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names without titles can be one person's: family names alike, given names not against it."""
    if not one or not other or not same_surname(surname(one), surname(other)):
        return False
    first = [w for w in one[:-1] if w.lower() not in _PARTICLES]
    second = [w for w in other[:-1] if w.lower() not in _PARTICLES]
    return (
        not first
        or not second
        or same_given(first[0], second[0])
        or (len(first) > 1 and same_given(first[1], second[0]))
    )


def _consonants(word: str) -> str:
    return re.sub(r"[aeiouh]", "", skeleton(word))
