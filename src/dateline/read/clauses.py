"""Small questions to the parse that several steps ask: objects, what is joined, and verbs that the parser lost."""

from __future__ import annotations

from spacy.tokens import Token

_OBJECTS = frozenset({"dobj", "nsubjpass", "oprd", "acomp", "attr"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_MISTAKEN = {"hoped": "hope", "hoping": "hope"}  # forms that the lemmatiser takes for another verb's
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_QUANTITIES = frozenset(
    {"dozen", "hundred", "thousand", "number", "group", "lot", "couple", "pair", "handful", "score", "majority", "ton"}
)


def lemma_of(token: Token) -> str:
    """The lemma in lower case."""
    return _MISTAKEN.get(token.lower_) or str(token.lemma_).lower()


def is_verb(token: Token) -> bool:
    """Whether a token is a verb, auxiliaries among them."""
    return token.pos_ in ("VERB", "AUX")


def joined(head: Token) -> list[Token]:
    """A token and what is joined to it by "and"."""
    found = [head]
    for token in found:
        found.extend(c for c in token.children if c.dep_ == "conj")
    return found


def objects(token: Token) -> list[Token]:
    """The objects of a verb or preposition (the subject of a passive verb among them), joined ones too."""
    wanted = _OBJECTS | {"pobj", "pcomp"} if token.dep_ in ("prep", "agent") else _OBJECTS
    children = list(token.children)
    found = [thing for head in children if head.dep_ in wanted for thing in joined(head)]
    found += [noun for thing in found if lemma_of(thing) in _QUANTITIES for noun in _counted(thing)]
    # "called off the meeting": the parser may hang the object on the particle
    found += [n for c in children if c.dep_ == "prt" for o in c.children if o.dep_ == "pobj" for n in joined(o)]
    # "found the bank guilty": the parser makes a small clause of it
    found += [c for c in children if c.dep_ == "ccomp" and c.pos_ == "ADJ"]
    # "stopped selling gas": what is stopped is a deed
    return found + [c for c in children if c.dep_ == "xcomp" and c.tag_ == "VBG"]


def _counted(quantity: Token) -> list[Token]:
    """What "dozens of" counts."""
    return [noun for c in quantity.children if c.lower_ == "of" for noun in c.children if noun.dep_ == "pobj"]


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive, a participle that follows its noun ("the men arrested in May") among them."""
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ == "acl"


def is_simple_past(verb: Token) -> bool:
    """Whether a verb is in the simple past, active or passive, and not in the perfect."""
    return verb.tag_ == "VBD" or any(c.dep_ == "auxpass" and c.lower_ in ("was", "were") for c in verb.children)


def lost_subject(verb: Token) -> Token | None:
    """The subject of a finite verb that the parser took for a participle, None for every other verb.

    In a long sentence whose subject is followed by insertions, the subject becomes the root and the main verb a modifier of
    the nearest noun. A past tense with no subject of its own in a sentence whose root is no verb gives it away.
    """
    if verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN") or verb.dep_ not in ("acl", "relcl", "appos", "dep"):
        return None
    if any(c.dep_ in _SUBJECTS for c in verb.children):
        return None
    root = verb.sent.root
    if root.pos_ not in ("NOUN", "PROPN") or root.i > verb.i:
        return None
    return root if verb.tag_ != "VBN" or _is_only_finite(verb) else None


def _is_only_finite(participle: Token) -> bool:
    """Whether a sentence that ends as one has no finite verb but this one, the last of several that look like participles."""
    sentence = participle.sent
    if not sentence.text.rstrip().endswith(".") or any(t.tag_ in _FINITE for t in sentence):
        return False
    alike = [t for t in sentence if t.tag_ == "VBN" and t.dep_ == "acl"]
    return len(alike) > 1 and alike[-1].i == participle.i and not any(c.dep_ == "agent" for c in participle.children)


def lost_verb(root: Token) -> Token | None:
    """The finite verb whose lost subject a root noun is, None where there is none."""
    if root.pos_ not in ("NOUN", "PROPN") or root.dep_ != "ROOT":
        return None
    return next((t for t in root.subtree if t.i > root.i and lost_subject(t) is not None), None)


def is_main(token: Token) -> bool:
    """Whether a verb, or the verb that a noun stands under, is in the main clause of its sentence."""
    while token.dep_ != "ROOT" and (token.dep_ == "conj" or token.pos_ in ("NOUN", "PROPN") or token.dep_ == "prep"):
        token = token.head
    return token.dep_ == "ROOT" or lost_subject(token) is not None
