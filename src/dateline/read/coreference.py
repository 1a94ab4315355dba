"""Pronouns: whom "he", "she", "it" and "they" mean, by rules, or nobody where the rules do not tell."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from dateline.read.document import Document
from dateline.read.identity import Identity
from dateline.read.mentions import Mention

_PERSONAL = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
    "it": "n", "its": "n", "itself": "n",
    "they": "p", "them": "p", "their": "p", "theirs": "p", "themselves": "p",
}  # fmt: skip
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
_REACH = 3  # sentences back that are looked at


def resolve(document: Document, mentions: Sequence[tuple[Identity, Mention]]) -> Iterator[tuple[Token, Identity]]:
    """Each personal pronoun whose meaning the rules tell, with its identity, in order."""
    doc = document.doc
    sentences = document.sentences
    number = {token.i: n for n, sentence in enumerate(sentences) for token in sentence}
    seen: list[tuple[int, Token, Identity]] = sorted(
        ((m.start, doc[m.start : m.end].root, i) for i, m in mentions), key=_start
    )
    for n, sentence in enumerate(sentences):
        earliest = sentences[max(0, n - _REACH)].start
        for token in sentence:
            kind = _PERSONAL.get(token.lower_)
            if kind is None or (kind == "n" and _pleonastic(token)):
                continue
            near = [
                row for row in seen[bisect_left(seen, earliest, key=_start) : bisect_left(seen, sentence.end, key=_start)]
                if row[0] in number
                and (number[row[0]] == n or _together(document, doc[row[0]].idx, token.idx))
                and _agrees(row[2], kind)
            ]  # fmt: skip
            chosen = _choose(token, n, near, number)
            if chosen is not None:
                insort(seen, (token.i, token, chosen), key=_start)
                yield token, chosen


def _start(row: tuple[int, Token, Identity]) -> int:
    return row[0]


def _together(document: Document, one: int, other: int) -> bool:
    """Whether two offsets stand in the same flow of text: side matter does not refer to the article around it."""
    a, b = document.part_at(one), document.part_at(other)
    if a is None or b is None:
        return False
    return a is b or (a.kind == b.kind and (a.kind == "body" or a.title == b.title))


def _agrees(identity: Identity, kind: str) -> bool:
    if kind == "p":
        return identity.kind in ("group", "organisation")
    if kind == "n":
        return identity.kind in ("state", "organisation")
    return identity.kind == "person" and identity.gender in (None, kind)


def _choose(
    token: Token, n: int, near: Sequence[tuple[int, Token, Identity]], number: dict[int, int]
) -> Identity | None:
    """The best of the candidates: who says this clause, then subjects before objects, then the nearest."""
    governor = token.head if token.dep_ not in ("poss",) else token.head.head
    said = _speaker_of_clause(governor)
    best: tuple[float, int, Identity] | None = None
    for start, head, identity in near:
        if head.i == token.i:
            continue
        same = number[start] == n
        if same and start > token.i and not (head.dep_ in _SUBJECTS and token.i < head.head.i and token.dep_ == "poss"):
            continue
        score = 3.0 - (n - number[start])
        if head.dep_ in _SUBJECTS:
            score += 1.5
        if said is not None and head.i == said.i:
            score += 3
        if same and token.dep_ in _SUBJECTS and head.head == token.head and head.dep_ not in _SUBJECTS:
            continue
        if (
            same
            and token.dep_ in ("dobj", "pobj", "dative")
            and head.dep_ in _SUBJECTS
            and head.head in (token.head, token.head.head)
        ):
            continue  # an object that is its own subject would be reflexive
        if best is None or (score, start) > best[:2]:
            best = (score, start, identity)
    return best[2] if best else None


def _speaker_of_clause(verb: Token) -> Token | None:
    """The subject of the verb that reports the clause of this verb."""
    for _ in range(4):
        if verb.dep_ in ("ccomp", "xcomp", "advcl", "conj"):
            verb = verb.head
            for child in verb.children:
                if child.dep_ in _SUBJECTS:
                    return child
        else:
            return None
    return None


def _pleonastic(token: Token) -> bool:
    """ "It" that means nothing: "it is important that", "it is expected", "it rained"."""
    if token.lower_ != "it" or token.dep_ not in ("nsubj", "nsubjpass", "expl"):
        return False
    verb = token.head
    return token.dep_ == "expl" or (
        verb.lemma_ in ("be", "seem", "appear", "rain", "snow", "take")
        or (any(c.dep_ in ("ccomp", "xcomp") for c in verb.children) and token.dep_ == "nsubjpass")
    )
