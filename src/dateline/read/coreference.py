"""Pronouns: whom "he", "she", "it", "they" and "the 40-year-old" mean, by rules, or nobody where the rules do not tell."""

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
_GENDERS = frozenset({"m", "f"})
_SOMEBODY = "s"  # a person, whatever the gender
_MALE_ROLES = frozenset(
    {
        "father",
        "husband",
        "son",
        "brother",
        "uncle",
        "nephew",
        "grandfather",
        "widower",
        "king",
        "prince",
        "boy",
        "actor",
        "monk",
    }
)
_FEMALE_ROLES = frozenset(
    {
        "mother",
        "wife",
        "daughter",
        "sister",
        "aunt",
        "niece",
        "grandmother",
        "widow",
        "queen",
        "princess",
        "girl",
        "actress",
        "nun",
    }
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
_REACH = 3  # sentences back that are looked at
_SURE = 1.0  # what a known gender counts, where another's is not known


def resolve(document: Document, mentions: Sequence[tuple[Identity, Mention]]) -> Iterator[tuple[Token, Identity]]:
    """Each personal pronoun whose meaning the rules tell, with its identity, in order.

    Somebody who was called "she" once is not "he" later on.
    """
    doc = document.doc
    genders = {id(identity): gender for identity, _ in mentions if (gender := _gender(identity)) is not None}
    sentences = document.sentences
    number = {i: n for n, sentence in enumerate(sentences) for i in range(sentence.start, sentence.end)}
    seen: list[tuple[int, Token, Identity]] = sorted(
        ((m.start, doc[m.start : m.end].root, i) for i, m in mentions), key=_start
    )
    for n, sentence in enumerate(sentences):
        earliest = sentences[max(0, n - _REACH)].start
        for token in document.tokens_in(sentence):
            low = token.lower_
            kind = _SOMEBODY if low == "old" and _of_age(token) else _PERSONAL.get(low)
            if kind is None or (kind == "n" and _pleonastic(token)):
                continue
            near = [
                row for row in seen[bisect_left(seen, earliest, key=_start) : bisect_left(seen, sentence.end, key=_start)]
                if row[0] in number
                and (number[row[0]] == n or _together(document, doc[row[0]].idx, token.idx))
                and _agrees(row[2], kind, genders.get(id(row[2])))
            ]  # fmt: skip
            sure = {id(row[2]) for row in near if genders.get(id(row[2])) == kind}
            chosen = _choose(token, n, near, number, sure)
            if chosen is not None:
                if kind in _GENDERS:
                    genders.setdefault(id(chosen), kind)
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


def _gender(identity: Identity) -> str | None:
    """The gender that a name, an honorific or a role tells ("spokesman", "widow")."""
    if identity.gender is not None or identity.kind != "person":
        return identity.gender
    roles = {role for role, _ in identity.roles}
    female = any(role in _FEMALE_ROLES or role.endswith("woman") for role in roles)
    male = any(role in _MALE_ROLES or (role.endswith("man") and not role.endswith("woman")) for role in roles)
    return None if female == male else "f" if female else "m"


def _of_age(token: Token) -> bool:
    """Whether an "old" ends "the 40-year-old", where that stands for a name."""
    if token.i < 5 or token.doc[token.i - 3 : token.i].text.lower() != "-year-":
        return False
    follows = token.doc[token.i + 1].pos_ if token.i + 1 < len(token.doc) else ""
    return token.doc[token.i - 5].lower_ == "the" and follows not in ("NOUN", "PROPN", "ADJ")


def _agrees(identity: Identity, kind: str, gender: str | None) -> bool:
    if kind == "p":
        return identity.kind in ("group", "organisation")
    if kind == "n":
        return identity.kind in ("state", "organisation")
    return identity.kind == "person" and (kind == _SOMEBODY or gender in (None, kind))


def _choose(
    token: Token, n: int, near: Sequence[tuple[int, Token, Identity]], number: dict[int, int], sure: set[int]
) -> Identity | None:
    """The best of the candidates: who says this clause, then subjects before objects, then the nearest.

    ``sure`` are the ids of identities whose gender is known to fit.
    """
    governor = token.head if token.dep_ not in ("poss",) else token.head.head
    said = _speaker_of_clause(governor)
    best: tuple[float, int, Identity] | None = None
    for start, head, identity in near:
        if head.i == token.i or _told_by(token, head):
            continue
        same = number[start] == n
        if same and start > token.i and not (head.dep_ in _SUBJECTS and token.i < head.head.i and token.dep_ == "poss"):
            continue
        score = 3.0 - (n - number[start])
        if head.dep_ in _SUBJECTS:
            score += 1.5
        if id(identity) in sure:
            score += _SURE
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


def _told_by(token: Token, named: Token) -> bool:
    """Whether a pronoun is the subject of a cue after the words in which somebody is named: "The bishop was late, he said"."""
    cue = token.head
    if token.dep_ != "nsubj" or named.i > cue.i:
        return False
    if cue.dep_ == "parataxis":
        return named.sent == token.sent and not _holds(cue, named)
    return any(c.dep_ == "ccomp" and c.i < cue.i and _holds(c, named) for c in cue.children)


def _holds(head: Token, word: Token) -> bool:
    return head == word or head.is_ancestor(word)


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
