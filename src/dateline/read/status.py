"""Whether what a verb tells happened, goes on, is planned, possible, called off or denied: tense, modals and governing verbs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Token

from dateline.read.event_lexicon import lemma_of, lexicon
from dateline.records import Status

Kind = Literal["announced", "promised", "threatened"]

_CONDITIONS = frozenset({"if", "unless", "provided", "whether"})
_CONDITION_PHRASES = frozenset({"case", "event"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor"})
_NOBODY = frozenset({"nobody", "none", "nothing", "no", "neither"})
_PAST_PREPOSITIONS = frozenset({"after", "since", "on", "upon", "by", "in", "following", "when", "while"})
_PLAN_NOUNS: dict[str, tuple[Status, Kind | None]] = {
    "plan": ("planned", None),
    "decision": ("planned", None),
    "agreement": ("planned", None),
    "deal": ("planned", None),
    "intention": ("planned", None),
    "pledge": ("planned", "promised"),
    "promise": ("planned", "promised"),
    "vow": ("planned", "promised"),
    "threat": ("planned", "threatened"),
    "refusal": ("cancelled", None),
}


@dataclass(frozen=True)
class Outlook:
    """How a text looks at an event: its status, the commitment it is, its condition's clause, and whether it is told in passing."""

    status: Status
    kind: Kind | None = None
    condition: Token | None = None
    passing: bool = False


def outlook(verb: Token) -> Outlook | None:
    """How the text looks at what a verb tells; None where it is no event: a wish, a demand, a purpose, a condition, a question.

    A negated verb is none either, but a negated plan, which is one called off.
    """
    return _outlook(verb, frozenset())


def noun_status(noun: Token) -> Status | None:
    """The status that the words before an event noun give it ("planned", "possible", "recent"), None if they give none."""
    table = lexicon().noun_status
    for child in noun.lefts:
        status = table.get(child.lower_)
        if status:
            return status  # type: ignore[return-value]
    return None


def in_condition(token: Token) -> bool:
    """Whether a token stands inside an if- or whether-clause."""
    return any(_is_condition(t) for t in (token, *token.ancestors))


def condition_of(verb: Token) -> Token | None:
    """The head of the condition on a verb, or on the verbs it hangs on up to its clause: of "if …", "in case of …"; None without one."""
    while True:
        for child in verb.children:
            if _is_condition(child) and child.dep_ == "advcl":
                return child
            if child.dep_ == "prep" and child.lower_ == "in":
                for noun in child.children:
                    if noun.lower_ in _CONDITION_PHRASES and any(
                        c.lower_ in ("of", "that") or c.dep_ == "acl" for c in noun.children
                    ):
                        return child
        if verb.dep_ not in ("xcomp", "conj", "ccomp") or verb.head.i == verb.i:
            return None
        verb = verb.head


def negated(token: Token) -> bool:
    """Whether a verb is negated, by itself or by a subject like "no one"."""
    for child in token.children:
        if child.dep_ == "neg" or (child.lower_ in _NEGATIONS and child.dep_ in ("preconj", "advmod", "aux")):
            return True
        if child.dep_ in ("nsubj", "nsubjpass"):
            if child.lower_ in _NOBODY or any(c.lower_ in _NOBODY and c.dep_ == "det" for c in child.children):
                return True
        if child.dep_ in ("dobj", "attr") and any(c.lower_ == "no" and c.dep_ == "det" for c in child.children):
            return True
    return False


def _is_condition(token: Token) -> bool:
    return token.dep_ in ("advcl", "ccomp", "pcomp", "acl") and any(
        c.dep_ in ("mark", "advmod") and c.lower_ in _CONDITIONS and c.i < token.i for c in token.children
    )


def _outlook(verb: Token, seen: frozenset[int]) -> Outlook | None:
    if verb.i in seen or in_condition(verb):
        return None
    seen |= {verb.i}
    found = _own(verb, seen)
    if found is None:
        return None
    condition = found.condition or condition_of(verb)
    if condition is not None and found.status in ("planned", "possible", "conditional"):
        found = replace(found, condition=condition, status="conditional")
    else:
        found = replace(found, condition=None)
        if found.status == "conditional":
            return None
    if negated(verb):
        if found.status not in ("planned", "conditional"):
            return None
        found = replace(found, status="cancelled", condition=None)
    return _governed(verb, found)


def _own(verb: Token, seen: frozenset[int]) -> Outlook | None:
    """What the verb's own form says, or the verb it depends on where the form says nothing."""
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    for auxiliary in auxiliaries:
        if auxiliary.tag_ == "MD":
            return _modal(verb, auxiliary)
    words = {lemma_of(a) for a in auxiliaries}
    passing = verb.dep_ in ("relcl", "acl") or any(a.lower_ == "had" for a in auxiliaries)
    if "to" in words or (verb.tag_ == "VB" and not words & {"do"}):
        return _infinitive(verb, seen)
    if verb.tag_ == "VBG":
        if "be" in words:
            return Outlook("ongoing", passing=passing)
        return _participle(verb, seen)
    if verb.tag_ == "VBN" and not words:
        return _participle(verb, seen)
    if (verb.tag_ in ("VBZ", "VBP") and not words) or verb.tag_ == "VB":
        return Outlook("happened", passing=passing)
    return Outlook("happened", passing=passing)


def _modal(verb: Token, modal: Token) -> Outlook | None:
    reading = lexicon().modals.get(modal.lower_)
    if reading == "planned":
        return Outlook("planned", "announced", passing=verb.dep_ == "relcl")
    if reading == "possible":
        return Outlook("possible")
    if reading == "would":
        # Told after somebody's past words "would" is a "will"; elsewhere it needs a condition to be an event at all.
        told = verb.dep_ in ("ccomp", "conj") and verb.head.tag_ in ("VBD", "VBN", "VBG")
        return Outlook("planned", "announced") if told else Outlook("conditional")
    return None


def _infinitive(verb: Token, seen: frozenset[int]) -> Outlook | None:
    head = verb.head
    if verb.dep_ == "conj":
        return _outlook(head, seen)
    if verb.dep_ == "acl":
        status = _PLAN_NOUNS.get(lemma_of(head))
        return Outlook(status[0], status[1], passing=True) if status else None
    if verb.dep_ not in ("xcomp", "ccomp", "advcl"):
        return None
    if lemma_of(head) == "be" and verb.dep_ == "xcomp":
        return Outlook("planned", "announced")
    if lemma_of(head) == "go" and head.tag_ == "VBG":
        return Outlook("planned", "announced")
    role = lexicon().governors.get(lemma_of(head))
    if role is None or (verb.dep_ == "advcl" and role not in ("planned", "promised", "threatened")):
        return None
    return _under(role, head, seen)


def _under(role: str, head: Token, seen: frozenset[int]) -> Outlook | None:
    """What a governing verb or adjective makes of the infinitive or gerund under it."""
    refused = negated(head)
    if role in ("planned", "promised", "threatened"):
        if refused:
            return Outlook("cancelled") if role == "promised" or lemma_of(head) in ("plan", "intend") else None
        return Outlook("planned", role if role != "planned" else "announced")  # type: ignore[arg-type]
    if refused or role == "demanded":
        return None
    if role == "happened":
        return _outlook(head, seen)
    return Outlook("possible" if role == "possible" else "cancelled" if role == "cancelled" else "denied")


def _participle(verb: Token, seen: frozenset[int]) -> Outlook | None:
    head = verb.head
    if verb.dep_ == "conj":
        return _outlook(head, seen)
    if verb.dep_ == "acl":
        return Outlook("happened", passing=True) if verb.tag_ == "VBN" else None
    if verb.dep_ == "pcomp":
        if head.lower_ not in _PAST_PREPOSITIONS or head.head.pos_ not in ("VERB", "AUX"):
            return None
        above = _outlook(head.head, seen)
        return replace(above, passing=True, kind=None, condition=None) if above and above.status == "happened" else None
    if verb.dep_ in ("advcl", "xcomp", "ccomp") and head.pos_ in ("VERB", "AUX"):
        role = lexicon().governors.get(lemma_of(head))
        if role and verb.dep_ != "advcl":
            return _under(role, head, seen)
        above = _outlook(head, seen)
        return replace(above, kind=None) if above else None
    return Outlook("happened") if verb.dep_ == "ROOT" and verb.tag_ == "VBN" else None


def _governed(verb: Token, found: Outlook) -> Outlook | None:
    """What the verbs above a finite clause make of it: feared or hoped is possible, denied is denied, not said is nothing."""
    clause = verb
    while clause.dep_ == "conj":
        clause = clause.head
    if clause.dep_ != "ccomp" or clause.head.pos_ not in ("VERB", "ADJ", "AUX"):
        return found
    head = clause.head
    role = lexicon().governors.get(lemma_of(head))
    if role == "denied" and not negated(head):
        return replace(found, status="denied", kind=None)
    if role == "promised" and found.status == "planned":
        return replace(found, kind="promised")
    if role == "threatened" and found.status == "planned":
        same = any(c.dep_ == "nsubj" and c.pos_ == "PRON" for c in verb.children)
        return replace(found, kind="threatened") if same else replace(found, status="possible", kind=None)
    if role == "possible" or (role == "demanded" and lemma_of(head) in ("fear", "believe", "think")):
        return replace(found, status="possible", kind=None) if found.status in ("planned", "possible") else found
    return found
