"""Sentences around pins, by rules on the text alone: the link step gets no parse."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from dateline.capture.placeline import dateline_end
from dateline.records import Part, Span

LONGEST = 120
"""How many words a line may have."""

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[A-Z0-9À-ÞА-Я])")
# Words before a full stop that do not end a sentence, in lower case.
_SHORT = frozenset(
    {
        "mr", "mrs", "ms", "dr", "prof", "rev", "hon", "st", "gen", "col", "maj", "capt", "lt", "sgt", "cpl", "adm", "cmdr", "gov",
        "sen", "rep", "pres", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "vs", "nos", "vol",
        "fig", "eg", "ie", "cf", "ca", "approx", "bros", "rs", "govt", "dept", "smt",
    }
)  # fmt: skip
# These may end a sentence or not: they do where the next word is one that often opens a sentence.
_EITHER = frozenset({"inc", "ltd", "co", "corp", "jr", "sr", "etc", "al"})
_OPENERS = frozenset(
    {
        "the", "a", "an", "in", "on", "at", "it", "he", "she", "they", "we", "this", "that", "but", "and", "after", "before", "its",
        "his", "her", "for",
    }
)  # fmt: skip

_POINTS_BACK = re.compile(
    r"[\"“‘'(]*(?:(?:he|she|it|they|this|that|these|those|his|her|their|its|both|each|others?|one|the (?:two|work|company|ministry|move|decision))\b"
    r"|(?:\S+\s+){1,3}(?:denied|rejected|confirmed|dismissed)\s+(?:this|that|it|any|the (?:accusation|claim|charge|report|allegation)s?)\b)",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def sentences(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The sentences of a stretch of text, as offsets into the whole, without white space around them."""
    found = []
    here = start
    for match in _END.finditer(text, start, end):
        if _ends(text, here, match):
            found.append((here, match.end()))
            here = match.end()
    found.append((here, end))
    return tuple(bare for bounds in found if (bare := _bare(text, *bounds)))


def sentence_around(text: str, parts: Sequence[Part], start: int, end: int) -> Span:
    """The sentence or sentences that hold a stretch, within the part that it begins in (never less than the stretch).

    Without a part around it the whole text counts as one. An agency's dateline is no part of a sentence.
    """
    i = bisect_right(parts, start, key=lambda part: part.start) - 1
    low, high = (parts[i].start, parts[i].end) if i >= 0 and start < parts[i].end else (0, len(text))
    first = dateline_end(text, low, high)
    if first is not None and first <= start:
        low = first
    over = [s for s in sentences(text, low, high) if s[0] < end and start < s[1]]
    first, last = min([start, *(s[0] for s in over)]), max([end, *(s[1] for s in over)])
    return Span(start=first, end=last, text=text[first:last])


def sentence_before(text: str, parts: Sequence[Part], sentence: Span) -> Span | None:
    """The sentence before one in the same part, None where it is the first."""
    before = len(text[: sentence.start].rstrip())
    if not any(part.start < before and sentence.start < part.end for part in parts if part.start < sentence.start):
        return None
    return sentence_around(text, parts, before - 1, before)


def points_back(sentence: str) -> bool:
    """Whether a sentence is hard to understand without the one before it: it opens with a pronoun, or denies "this"."""
    return _POINTS_BACK.match(sentence) is not None


def clip(text: str) -> str:
    """The text where it has at most `LONGEST` words; else its first sentences up to there, or its first words if one alone is longer."""
    if len(text.split()) <= LONGEST:
        return text
    kept = ""
    for _, end in sentences(text, 0, len(text)):
        if len(text[:end].split()) > LONGEST:
            break
        kept = text[:end]
    return kept or " ".join(text.split()[: LONGEST - 1]) + " …"


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence rather than an abbreviation or an initial."""
    if text[match.start()] != ".":
        return True
    words = re.findall(r"\S+", text[max(start, match.start() - 24) : match.start()])
    before = words[-1].lstrip("\"'“‘«([") if words else ""
    after = re.match(r"\s*[\"'“‘«(\[]*(\w+)", text[match.end() :])
    opens = bool(after and after[1].lower() in _OPENERS)
    if re.fullmatch(r"(?:[A-Za-z]\.)*[A-Za-z]", before) and before != "I":
        return "." in before and opens
    if before.lower() in _EITHER:
        return opens
    return before.lower() not in _SHORT


def _bare(text: str, start: int, end: int) -> tuple[int, int] | None:
    words = text[start:end]
    if not words.strip():
        return None
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))
