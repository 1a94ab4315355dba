"""Around a cue: when something was said, on what occasion, in which medium, to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from dateline.read.actors import Actors
from dateline.read.document import Document
from dateline.records import Span, Time

_MEDIA = frozenset(
    """television tv radio newspaper magazine article op-ed column editorial statement tweet post letter video blog
    report broadcast facebook twitter telegram instagram youtube email memo release book essay podcast website message note
    channel page documentary communique communiqué declaration dispatch""".split()
)
_OCCASIONS = frozenset(
    """interview speech conference briefing meeting summit rally debate conversation call hearing visit talks address
    ceremony event session broadcast appearance testimony lecture forum trial trip news-conference remarks gathering
    exchange phone-in reception convention vigil sermon sitting panel""".split()
)
_INTRODUCING = frozenset({"in", "on", "during", "at", "to", "via", "through", "after", "with"})


@dataclass(frozen=True)
class Circumstances:
    """What stands around a cue; None for what is not told."""

    date: str | None = None
    occasion: Span | None = None
    medium: Span | None = None
    addressee: str | None = None


def circumstances(
    document: Document,
    actors: Actors,
    times: Sequence[Time],
    head: Token | None,
    cue: Sequence[int],
    content: Sequence[tuple[int, int]],
) -> Circumstances:
    """What the cue's sentence tells outside the content."""
    if head is None:
        return Circumstances()
    sentence = head.sent

    def outside(token: Token) -> bool:
        return not any(start <= token.idx < end for start, end in content)

    date = _date(times, head, content)
    occasion = medium = None
    addressee = None
    for token in sentence:
        if token.dep_ != "prep" or not outside(token) or token.lower_ not in _INTRODUCING or token.i in cue:
            continue
        noun = next((c for c in token.children if c.dep_ == "pobj"), None)
        if noun is None or not outside(noun):
            continue
        words = [t for t in noun.subtree if outside(t)]
        while len(words) > 1 and (words[-1].is_punct or words[-1].is_space):
            words.pop()
        span = document.of_tokens([t for t in words if words[0].i <= t.i]) if words else None
        low = noun.lemma_.lower()
        if low in _MEDIA and token.lower_ in ("in", "on", "via", "through"):
            medium = medium or span
        elif low in _OCCASIONS and token.lower_ in ("in", "during", "at", "after", "on"):
            occasion = occasion or span
            addressee = addressee or _partner(noun, actors)
        elif token.lower_ == "to" and token.head == head:
            addressee = addressee or actors.at(noun.idx, noun.idx + len(noun))
    return Circumstances(date, occasion, medium, addressee)


def _partner(noun: Token, actors: Actors) -> str | None:
    """With whom a conversation was: "in a call with X"."""
    for child in noun.children:
        if child.lower_ == "with":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return actors.at(inner.idx, inner.idx + len(inner))
    return None


def _date(times: Sequence[Time], head: Token, content: Sequence[tuple[int, int]]) -> str | None:
    """The day on which it was said: a date outside the content that hangs on the cue, else the only one in its sentence."""
    sentence = head.sent
    free = [
        time
        for time in times
        if sentence.start_char <= time.start < sentence.end_char
        and time.edtf is not None
        and time.type in ("DATE", "TIME")
        and not any(start <= time.start < end for start, end in content)
    ]
    for time in free:
        token = next((t for t in sentence if t.idx <= time.start < t.idx + len(t)), None)
        steps = 0
        while token is not None and token != head and token.head != token and steps < 6:
            token = token.head
            steps += 1
            if token.pos_ in ("VERB", "AUX") and token != head:
                break
        if token == head:
            return time.edtf
    return free[0].edtf if len(free) == 1 and head.dep_ == "ROOT" else None
