"""What a sentence shows about two of its parties, as names of features: words and where they stand, the way through the parse
from one party to the other, and which events the lexicon finds there.

The parties' own words are left out, so that nothing is learned about who they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc, Token

from dateline.read.word_classes import dimensions, direction

Stretch = tuple[int, int]

_KINDS = ("on the way ", "meet ", "actor under ", "between ")  # words whose kind is told too, and
_KIND = 0.3  # how much that weighs
_MEANT = ("on the way ", "meet ", "actor under ", "recipient under ", "before ", "between ", "after ")
_NEAR = 3  # heads above the actor, and
_FAR = 4  # above the one acted upon, that are looked at
_LONGEST = 6  # steps of a way upwards
_TELLING = frozenset({"dobj", "prep", "xcomp", "ccomp", "neg", "aux", "prt", "auxpass", "attr", "acomp"})


class Shown(NamedTuple):
    """What a sentence shows: ``words`` by themselves, and what the words of each kind mean together (``meanings``)."""

    words: dict[str, float]
    meanings: dict[str, float]


def shown(doc: Doc, source: Stretch | None, target: Stretch | None, roots: Sequence[str]) -> Shown:
    """The features of one sentence and how much each weighs, for each of the two models.

    Args:
        doc: the parsed text.
        source: start and end of the words for the party that acts.
        target: the same for the party acted upon.
        roots: what the lexicon finds in the text, the best first.
    """
    words = list(dict.fromkeys(_words(doc, source, target)))
    meanings = (
        feature
        for kind in _MEANT
        for feature in direction(kind, [n.removeprefix(kind) for n in words if n.startswith(kind)])
    )
    return Shown(dict(_features(words, roots)), dict(meanings))


def _features(words: Sequence[str], roots: Sequence[str]) -> Iterator[tuple[str, float]]:
    weight = 1 / max(len(words), 1) ** 0.5
    for name in words:
        yield name, weight
    for kind in _KINDS:
        yield from dimensions(kind, [name.removeprefix(kind) for name in words if name.startswith(kind)], _KIND)
    for rank, root in enumerate(roots):
        yield f"lexicon {rank}: {root}", 0.5
    if not roots:
        yield "lexicon: nothing", 0.5


def _words(doc: Doc, source: Stretch | None, target: Stretch | None) -> Iterator[str]:
    first, second = (source or target or (0, 0)), (target or source or (0, 0))
    begin, end = min(first[0], second[0]), max(first[0], second[0])
    outside = [t for t in doc if not _inside(t, source) and not _inside(t, target) and not t.is_space]
    for token in outside:
        if not token.is_punct:
            where = "before" if token.idx < begin else "between" if token.idx < end else "after"
            yield f"word {_lemma(token)}"
            yield f"{where} {_lemma(token)}"
    for left, right in pairwise(outside):
        yield f"pair {_lemma(left)} {_lemma(right)}"
    actor, recipient = _head(doc, source), _head(doc, target)
    over_actor, over_recipient = _upwards(actor), _upwards(recipient)
    for rank, (label, head) in enumerate(over_actor[:_NEAR]):
        yield f"actor {rank} {label} {_lemma(head)}"
        yield f"actor under {_lemma(head)}"
        for child in head.children:
            if child.dep_ in _TELLING:
                yield f"actor {rank} {child.dep_}: {_lemma(child)}"
                yield f"actor does {_lemma(head)} {_lemma(child)}"
    for rank, (label, head) in enumerate(over_recipient[:_FAR]):
        yield f"recipient {rank} {label} {_lemma(head)}"
        yield f"recipient under {_lemma(head)}"
    if actor is not None and recipient is not None:
        yield from _way([actor, *(head for _, head in over_actor)], [recipient, *(head for _, head in over_recipient)])


def _way(up: list[Token], down: list[Token]) -> Iterator[str]:
    """The way through the parse: from the actor up to the first head that both stand under, and down to the recipient."""
    meeting = next((token for token in up if token in down), None)
    if meeting is None:
        return
    rise = up[1 : up.index(meeting) + 1]
    fall = down[1 : down.index(meeting)][::-1]
    way = [_lemma(token) for token in (*rise, *fall)]
    yield f"meet {_lemma(meeting)}"
    yield f"way {' '.join(way)}"
    yield from (f"on the way {lemma}" for lemma in way)


def _upwards(token: Token | None) -> list[tuple[str, Token]]:
    """The heads above a token, each with the label of the step to it."""
    found: list[tuple[str, Token]] = []
    while token is not None and token.head.i != token.i and len(found) < _LONGEST:
        found.append((token.dep_, token.head))
        token = token.head
    return found


def _head(doc: Doc, stretch: Stretch | None) -> Token | None:
    """The word of a party that the others hang on."""
    inside = [token for token in doc if _inside(token, stretch)]
    held = {token.i for token in inside}
    return next((t for t in inside if t.head.i not in held or t.head.i == t.i), inside[0] if inside else None)


def _inside(token: Token, stretch: Stretch | None) -> bool:
    return stretch is not None and stretch[0] <= token.idx < stretch[1]


def _lemma(token: Token) -> str:
    return token.lemma_.lower()
