"""Words that stand for an event, a saying or a state: what linking texts asks for, wider than what a chronicle shows.

A chronicle leaves out what has no time and what is only talk; texts about one happening share such words too. A logistic regression
over the word, its neighbours and its place in the parse (``data/event_words.npz``, made by ``training.event_words``) decides.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from dateline.read.linear import linear
from dateline.read.word_classes import dimensions

_VERBAL = ("VERB", "AUX")
_NOMINAL = ("NOUN", "PROPN")
_SHOWN = frozenset({"prep", "det", "dobj", "aux", "neg", "prt", "poss"})


def event_words(doc: Doc) -> list[Token]:
    """The words of a text that stand for an event, a saying or a state, in order."""
    model = linear("event_words")
    return [token for token in candidates(doc) if model.best(features(token)) == "event"]


def candidates(doc: Doc) -> Iterator[Token]:
    """The words that are asked about."""
    return (token for token in doc if not token.is_space and not token.is_punct)


def features(token: Token) -> Iterator[tuple[str, float]]:
    """What a word shows: its form, class and place in the parse, its neighbours, the kind of word it is."""
    lemma, head = token.lemma_.lower(), token.head
    names = [
        f"lemma {lemma}",
        f"form {token.lower_}",
        f"tag {token.tag_}",
        f"label {token.dep_}",
        f"lemma {lemma} {token.pos_}",
        f"end {token.lower_[-3:]}",
        f"end {token.lower_[-4:]}",
        f"tag {token.tag_} {token.dep_}",
        f"head {head.lemma_.lower()}",
        f"head {head.pos_} {token.dep_}",
        f"head {head.lemma_.lower()} {token.dep_}",
        f"name {token.ent_type_}",
    ]
    if token.i > 0:
        before = token.nbor(-1)
        names += [f"before {before.lower_}", f"before {before.tag_}"]
    if token.i + 1 < len(token.doc):
        after = token.nbor(1)
        names += [f"after {after.lower_}", f"after {after.tag_}"]
    for child in token.children:
        names.append(f"child {child.dep_}")
        if child.dep_ in _SHOWN:
            names.append(f"child {child.dep_} {child.lemma_.lower()}")
    if token.text[0].isupper():
        names.append("capital")
    yield from ((name, 1.0) for name in dict.fromkeys(names))
    kind = "verb" if token.pos_ in _VERBAL else "noun" if token.pos_ in _NOMINAL else "other"
    yield from dimensions("class", [lemma])
    yield from dimensions(f"class of {kind}", [lemma])
