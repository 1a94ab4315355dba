"""Who acted and who was acted upon in an event: the subjects, objects and prepositions around its trigger."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from spacy.tokens import Token

from dateline.read.clauses import is_passive, joined, lost_subject

_SUBJECTS = frozenset({"nsubj", "csubj"})
_OBJECTS = frozenset({"dobj", "dative", "nsubjpass"})
_TARGETS = frozenset({"against", "on", "upon", "to", "from", "with", "for", "toward", "towards", "of", "between"})
_BOTH = frozenset({"between", "among", "with"})
_WHO = frozenset({"who", "which", "that", "whom"})


class Named(Protocol):
    """Whoever knows the actors of a text by the words that mention them."""

    def at(self, start: int, end: int) -> str | None:
        """The id of the actor mentioned in or around a stretch of text."""


def subjects(verb: Token) -> list[Token]:
    """Who does what a verb tells: its subject, the agent of a passive one, or the subject of the verb it hangs on."""
    seen: set[int] = set()
    while verb.i not in seen:
        seen.add(verb.i)
        lost = lost_subject(verb)
        if lost is not None:
            return joined(lost)
        if is_passive(verb):
            return [
                n for c in verb.children if c.dep_ == "agent" for o in c.children if o.dep_ == "pobj" for n in joined(o)
            ]
        found = [noun for c in verb.children if c.dep_ in _SUBJECTS for noun in joined(c)]
        if found:
            return [_antecedent(noun, verb) for noun in found]
        if verb.dep_ == "acl":
            return joined(verb.head) if verb.tag_ == "VBG" else []
        if verb.dep_ == "xcomp":
            # "urged Paris to withdraw", "is expected to meet": the object, and the subject of a passive, are who will do it.
            controlled = [n for c in verb.head.children if c.dep_ in ("dobj", "nsubjpass") for n in joined(c)]
            if controlled:
                return [_antecedent(noun, verb.head) for noun in controlled]
        elif verb.dep_ not in ("conj", "advcl", "pcomp", "prep"):
            return []
        verb = verb.head
    return []


def recipients(verb: Token) -> list[Token]:
    """Whom a verb acts upon: its objects, the subject of a passive one, and what its prepositions aim at."""
    found = [noun for c in verb.children if c.dep_ in _OBJECTS for noun in joined(c)]
    if verb.tag_ == "VBN" and verb.dep_ == "acl":
        found += joined(verb.head)
    if verb.dep_ == "conj" and not found and is_passive(verb.head):
        found += [noun for c in verb.head.children if c.dep_ == "nsubjpass" for noun in joined(c)]
    return [_antecedent(noun, verb) for noun in found] + _after(verb, _TARGETS)


def of_noun(noun: Token) -> tuple[list[Token], list[Token]]:
    """Who acts and who is acted upon in an event told by a noun: "Ankara's talks with Sofia", "an attack by X on Y"."""
    acting = [n for c in noun.children if c.dep_ == "poss" for n in joined(c)]
    acting += [c for c in noun.lefts if c.dep_ in ("compound", "amod", "nmod") and c.ent_type_]
    acting += _after(noun, frozenset({"by", "between", "among"}))
    return acting, _after(noun, _TARGETS)


def companions(token: Token) -> list[Token]:
    """Those with whom, or between whom, something mutual takes place."""
    return _after(token, _BOTH)


def ids(tokens: Iterable[Token], actors: Named) -> list[str]:
    """The ids of the actors that some words mention, each once, in order."""
    found = (actors.at(token.idx, token.idx + len(token)) for token in tokens)
    return list(dict.fromkeys(actor for actor in found if actor))


def _after(token: Token, prepositions: frozenset[str]) -> list[Token]:
    return [
        noun
        for child in token.children
        if child.dep_ in ("prep", "dative", "agent") and child.lower_ in prepositions
        for held in child.children
        if held.dep_ == "pobj"
        for noun in joined(held)
    ]


def _antecedent(noun: Token, verb: Token) -> Token:
    """What a relative pronoun stands for."""
    return verb.head if noun.lower_ in _WHO and verb.dep_ == "relcl" else noun
