"""Roots of PLOVER between two parties by words alone: the same lexicon that events are read with, and who stands where in the parse."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from dateline.read import participants
from dateline.read.clauses import is_verb, lemma_of, objects
from dateline.read.event_lexicon import Sense, lexicon
from dateline.read.status import outlook

Stretch = tuple[int, int]

_COOPERATIVE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})
_HOSTILE = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
_YIELDING = frozenset({"CONCEDE", "RETREAT"})
_OUTER = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE"})
_GOVERNED = frozenset({"xcomp", "ccomp", "advcl", "dobj", "pobj", "prep", "acl"})
_WILLING = frozenset({"willing", "ready", "prepared"})
_DEMANDING = frozenset({"must", "should"})
_FAILING = frozenset({"fail"})


def found_roots(doc: Doc, source: Stretch | None, target: Stretch | None) -> list[str]:
    """The roots that the lexicon finds in a sentence for its two parties, the best first.

    PLOVER's roots, with YIELD for CONCEDE and RETREAT; what is still to come is AGREE or THREATEN, what is refused or failed
    REJECT, what somebody says must be done REQUEST.
    """
    found = sorted(_scored(doc, source, target), key=lambda item: (-item[0], item[1]))
    return [root for _, _, root in found]


def _scored(doc: Doc, source: Stretch | None, target: Stretch | None) -> Iterator[tuple[float, int, str]]:
    """Every trigger of a root: how well it ties the parties, where it stands, its root."""
    for token in doc:
        if _inside(token, source) or _inside(token, target):
            continue
        sense, noun = _sense(token)
        acting, upon = _roles(token, noun)
        root = _root(token, sense)
        if root is None or (sense is not None and _is_governed(token)):
            continue
        if root == "REQUEST" and (sense is None or sense.type != "REQUEST"):
            # "Paris said that Rome must withdraw": Paris asks, Rome is asked
            acting, upon = [t for head in token.ancestors for t in participants.subjects(head)], acting
        score = 3.0 * any(_covers(t, source) for t in acting) + 2.0 * any(_covers(t, target) for t in upon)
        score += 1.0 * (source is not None and target is not None and source[1] <= token.idx < target[0])
        score += 0.5 * is_verb(token) + 0.5 * (root in _OUTER) - 1.0 * (sense is None)
        yield score, token.i, root


def _sense(token: Token) -> tuple[Sense | None, Token | None]:
    """What a word tells, and the noun that names it where the word is a verb that says little itself."""
    words = lexicon()
    if not is_verb(token):
        match = words.noun(token)
        return (match.sense, None) if match else (None, None)
    match, light = words.verb(token), words.light(token)
    if light is not None and (match is None or match.sense.type is None):
        return light.sense, light.tokens[-1]
    if match is not None and match.sense.type is None and lemma_of(token) == "announce":
        told = [(noun, thing) for thing in objects(token) if (noun := words.noun(thing))]
        return (told[0][0].sense, told[0][1]) if told else (match.sense, None)
    return (match.sense, None) if match else (None, None)


def _roles(token: Token, noun: Token | None) -> tuple[list[Token], list[Token]]:
    if not is_verb(token):
        return participants.of_noun(token)
    acting, upon = participants.subjects(token), participants.recipients(token)
    if noun is not None:
        upon += participants.of_noun(noun)[1]
    return acting, upon


def _covers(token: Token, stretch: Stretch | None) -> bool:
    """Whether a party's words stand under a word of the parse, or hold it."""
    if stretch is None:
        return False
    if _inside(token, stretch):
        return True
    left, right = token.left_edge.idx, token.right_edge.idx + len(token.right_edge)
    return left <= stretch[0] and stretch[1] <= right


def _inside(token: Token, stretch: Stretch | None) -> bool:
    return stretch is not None and stretch[0] <= token.idx < stretch[1]


def _root(token: Token, sense: Sense | None) -> str | None:
    """The root that a word tells of in its clause, None where it tells of none."""
    looked = outlook(token) if is_verb(token) else None
    if is_verb(token) and any(c.dep_ == "aux" and c.lower_ in _DEMANDING for c in token.children):
        return "REQUEST"
    if looked is not None and looked.status == "cancelled":
        return "REJECT"
    kind = sense.type if sense is not None else None
    if kind is None:
        return None
    above = token.head if token.dep_ == "xcomp" else None
    if above is not None and lemma_of(above) in _FAILING and kind in _COOPERATIVE | {"AGREE"}:
        return "REJECT"
    willing = above is not None and lemma_of(above) in _WILLING
    to_come = looked is not None and looked.status in ("planned", "conditional")
    if (to_come or willing) and kind in _COOPERATIVE:
        return "AGREE"
    if to_come and kind in _HOSTILE:
        return "THREATEN"
    if kind == "MOBILIZE" and any("peacekeep" in t.lower_ for t in token.sent):
        return "AID"
    if "sanction" in (lemma_of(t) for t in objects(token)) and kind == "SANCTION":
        return "COERCE"
    if sense is not None and sense.mode and f"{kind} {sense.mode}" in lexicon().plv:
        return lexicon().plv[f"{kind} {sense.mode}"]
    return "YIELD" if kind in _YIELDING else kind


def _is_governed(token: Token) -> bool:
    """Whether a word is only the content of what somebody asks, refuses, threatens or agrees to do."""
    while token.dep_ in _GOVERNED:
        token = token.head
        if is_verb(token):
            match = lexicon().verb(token)
            return match is not None and match.sense.type in _OUTER
    return False
