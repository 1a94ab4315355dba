"""Around a cue: when something was said, on what occasion, in which medium, to whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from dateline.read.actors import Actors
from dateline.read.document import Document
from dateline.records import Span, Time

_MEDIA = frozenset(
    [
        "television",
        "tv",
        "radio",
        "newspaper",
        "magazine",
        "article",
        "op-ed",
        "column",
        "editorial",
        "statement",
        "tweet",
        "post",
        "letter",
        "video",
        "blog",
        "report",
        "broadcast",
        "facebook",
        "twitter",
        "telegram",
        "instagram",
        "youtube",
        "email",
        "memo",
        "release",
        "book",
        "essay",
        "podcast",
        "website",
        "message",
        "note",
        "channel",
        "page",
        "documentary",
        "communique",
        "communiqué",
        "declaration",
        "dispatch",
    ]
)
_OCCASIONS = frozenset(
    [
        "interview",
        "speech",
        "conference",
        "briefing",
        "meeting",
        "summit",
        "rally",
        "debate",
        "conversation",
        "call",
        "hearing",
        "visit",
        "talks",
        "address",
        "ceremony",
        "event",
        "session",
        "broadcast",
        "appearance",
        "testimony",
        "lecture",
        "forum",
        "trial",
        "trip",
        "news-conference",
        "remarks",
        "gathering",
        "exchange",
        "phone-in",
        "reception",
        "convention",
        "vigil",
        "sermon",
        "sitting",
        "panel",
    ]
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
        span = _phrase(document, noun, lambda t: outside(t) and t.i not in cue)
        low = noun.lemma_.lower()
        if low in _MEDIA and token.lower_ in ("in", "on", "via", "through"):
            medium = medium or span
        elif low in _OCCASIONS and token.lower_ in ("in", "during", "at", "after", "on"):
            occasion = occasion or span
            addressee = addressee or _partner(noun, actors)
        elif token.lower_ == "to" and token.head == head:
            addressee = addressee or actors.at(noun.idx, noun.idx + len(noun))
    return Circumstances(date, occasion, medium, addressee)


def _phrase(document: Document, noun: Token, free: Callable[[Token], bool]) -> Span:
    """A noun's phrase, as far as its tokens are free."""
    doc = noun.doc
    first = last = noun.i
    while first > noun.left_edge.i and free(doc[first - 1]):
        first -= 1
    while last < noun.right_edge.i and free(doc[last + 1]):
        last += 1
    while last > noun.i and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    return document.of_tokens(doc[first : last + 1])


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
    loose: list[Time] = []
    for time in free:
        token = next((t for t in sentence if t.idx <= time.start < t.idx + len(t)), None)
        while token is not None and token != head and token.head != token:
            token = token.head
            if token.pos_ in ("VERB", "AUX"):
                break
        if token == head:
            return time.edtf
        if token is not None and token.pos_ not in ("VERB", "AUX"):
            loose.append(time)
    return loose[0].edtf if len(loose) == 1 else None
