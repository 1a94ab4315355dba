"""Whether what a verb tells happened, goes on, is planned, possible, called off or denied.

Told by tense, modals and the verbs above it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Token

from dateline.read.clauses import is_verb, lemma_of, lost_subject
from dateline.read.event_lexicon import lexicon
from dateline.records import Status

Kind = Literal["announced", "promised", "threatened"]

_CONDITIONS = frozenset({"if", "unless", "provided", "whether"})
_CONDITION_NOUNS = frozenset({"case", "event"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor"})
_NOBODY = frozenset({"nobody", "none", "nothing", "no", "neither"})
_PAST_PREPOSITIONS = frozenset({"after", "since", "upon", "following", "when", "while"})
_SUPPOSING = frozenset({"suppose", "imagine", "assume", "pretend", "picture"})
_OPINIONS = frozenset({"fear", "believe", "think", "imagine"})
_PLAN_NOUNS: dict[str, tuple[Status, Kind | None]] = {
    "plan": ("planned", "announced"),
    "decision": ("planned", "announced"),
    "agreement": ("planned", "announced"),
    "deal": ("planned", "announced"),
    "intention": ("planned", "announced"),
    "pledge": ("planned", "promised"),
    "promise": ("planned", "promised"),
    "vow": ("planned", "promised"),
    "threat": ("planned", "threatened"),
    "refusal": ("cancelled", None),
}


COMMITTING = {
    "promise": "AGREE", "pledge": "AGREE", "vow": "AGREE", "offer": "AGREE", "agree": "AGREE", "undertake": "AGREE", "threaten": "THREATEN",
}  # fmt: skip
"""Verbs by which somebody commits to a deed, with the PLOVER type of the commitment."""


@dataclass(frozen=True)
class Outlook:
    """How a text looks at an event: its status, the commitment it is, the head of its condition.

    ``passing`` is True where it is told in passing: in a relative clause, by a participle, in the past perfect.
    """

    status: Status
    kind: Kind | None = None
    condition: Token | None = None
    passing: bool = False


def outlook(verb: Token) -> Outlook | None:
    """How the text looks at what a verb tells; None where that is no event: a wish, a demand, a purpose, a condition.

    A negated verb is none either, but a negated plan, which is one called off.
    """
    return _outlook(verb, frozenset())


def noun_status(noun: Token) -> Status | None:
    """The status that the words before an event noun give it ("planned", "recent"), None if they give none."""
    table = lexicon().noun_status
    return next((table[child.lower_] for child in noun.lefts if child.lower_ in table), None)


def in_condition(token: Token) -> bool:
    """Whether a token stands inside an if- or whether-clause."""
    return any(_is_condition(t) for t in (token, *token.ancestors))


def condition_of(verb: Token) -> Token | None:
    """The head of the condition on a verb, or on the verbs above it in its clause: "if …", "in case of …"; else None."""
    while True:
        for child in verb.children:
            if child.dep_ == "advcl" and _is_condition(child):
                return child
            if child.dep_ == "prep" and child.lower_ == "in":
                for noun in child.children:
                    if noun.lower_ in _CONDITION_NOUNS and any(
                        c.lower_ == "of" or c.dep_ == "acl" for c in noun.children
                    ):
                        return child
        governed = verb.dep_ == "advcl" and lemma_of(verb.head) in lexicon().governors
        if verb.dep_ not in ("xcomp", "conj", "ccomp") and not governed:
            break
        verb = verb.head
    # Behind a long object the parser hangs the clause on a noun of it: "close the bridge, the only road out, if …".
    behind = verb.doc[verb.i + 1 : verb.right_edge.i + 1]
    return next((t for t in behind if t.dep_ == "advcl" and verb.is_ancestor(t) and _is_condition(t)), None)


def negated(token: Token) -> bool:
    """Whether a verb or adjective is negated: by itself, or by a subject or object like "no one"."""
    for child in token.children:
        if child.dep_ == "neg" or (child.lower_ in _NEGATIONS and child.dep_ in ("preconj", "advmod", "aux")):
            if not _of_clause_before(child, token):
                return True
            continue
        bare = any(c.lower_ in _NOBODY and c.dep_ == "det" for c in child.children)
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and (bare or child.lower_ in _NOBODY):
            return True
    return token.pos_ == "ADJ" and token.dep_ == "acomp" and negated(token.head)


def _is_imperative(verb: Token) -> bool:
    """Whether a verb bids somebody do something: bare, without a subject."""
    return verb.tag_ in ("VB", "VBP") and not any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in verb.children)


def _of_clause_before(negation: Token, verb: Token) -> bool:
    """Whether a comma and the verb's own subject stand between: in "If it does not, the guards will go" nobody stays."""
    subjects = [c.left_edge.i for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and negation.i < c.i < verb.i]
    return any(t.text == "," for start in subjects[-1:] for t in verb.doc[negation.i : start])


def _is_condition(token: Token) -> bool:
    if token.dep_ not in ("advcl", "ccomp", "pcomp", "acl"):
        return False
    if token.dep_ == "advcl":
        first = next((t for t in token.subtree if not t.is_punct), token)
        if first.lower_ in _CONDITIONS:
            # before an insertion the parser hangs the "if" on the subject
            return True
    return any(c.dep_ in ("mark", "advmod") and c.lower_ in _CONDITIONS and c.i < token.i for c in token.children)


def _outlook(verb: Token, seen: frozenset[int]) -> Outlook | None:
    if verb.i in seen or in_condition(verb):
        return None
    found = _own(verb, seen | {verb.i})
    if found is None:
        return None
    condition = found.condition or condition_of(verb)
    if found.status in ("planned", "possible", "conditional"):
        if condition is not None:
            found = replace(found, condition=condition, status="conditional")
        elif found.status == "conditional":
            return None
    if negated(verb):
        if found.status not in ("planned", "conditional"):
            return None
        found = Outlook("cancelled", passing=found.passing)
    return _governed(verb, found)


def _own(verb: Token, seen: frozenset[int]) -> Outlook | None:
    """What the verb's own form says, or the verb it depends on where the form says nothing."""
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    for auxiliary in auxiliaries:
        if auxiliary.tag_ == "MD":
            return _modal(verb, auxiliary)
    words = {a.lower_ for a in auxiliaries}
    passing = (verb.dep_ in ("relcl", "acl") or "had" in words) and lost_subject(verb) is None
    if "to" in words or (verb.tag_ == "VB" and not words & {"do", "does", "did"}):
        return _infinitive(verb, seen)
    if verb.tag_ in ("VBG", "VBN") and not auxiliaries:
        return _participle(verb, seen)
    if verb.tag_ == "VBG" or "being" in words:
        past = words & {"was", "were", "had"}
        return Outlook("happened" if past else "ongoing", passing=passing)
    return Outlook("happened", passing=passing)


def _modal(verb: Token, modal: Token) -> Outlook | None:
    reading = lexicon().modals.get(modal.lower_)
    if reading == "planned":
        return Outlook("planned", "announced", passing=verb.dep_ == "relcl")
    if reading == "possible":
        # "could have fallen" did not, or nobody knows
        return Outlook("possible")
    if reading == "would":
        if any(c.lower_ == "have" and c.dep_ == "aux" for c in verb.children):
            return None
        # Told after somebody's past words "would" is a "will"; elsewhere it needs a condition to be an event at all.
        told = verb.dep_ in ("ccomp", "conj") and verb.head.tag_ in ("VBD", "VBN", "VBG")
        return Outlook("planned", "announced") if told else Outlook("conditional", "announced")
    return None


def _infinitive(verb: Token, seen: frozenset[int]) -> Outlook | None:
    head = verb.head
    if verb.dep_ == "conj":
        return _outlook(head, seen)
    if verb.dep_ == "acl":
        plan = _PLAN_NOUNS.get(lemma_of(head))
        return Outlook(plan[0], plan[1], passing=True) if plan else None
    if verb.dep_ not in ("xcomp", "ccomp", "advcl"):
        return None
    if verb.dep_ == "xcomp" and (lemma_of(head) == "be" or head.lower_ == "going"):
        return Outlook("planned", "announced")
    role = lexicon().governors.get(lemma_of(head))
    if role is None or (verb.dep_ == "advcl" and role not in ("planned", "promised", "threatened")):
        return None
    return _under(role, head, seen)


def _under(role: str, head: Token, seen: frozenset[int]) -> Outlook | None:
    """What a governing verb or adjective makes of the infinitive or gerund under it."""
    refused = negated(head)
    if role == "planned":
        if refused:
            return Outlook("cancelled") if lemma_of(head) in ("plan", "intend") else None
        return Outlook("planned", "announced")
    if role in ("promised", "threatened"):
        if refused:
            return None
        return Outlook("planned", "promised" if role == "promised" else "threatened")
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
        if head.lower_ not in _PAST_PREPOSITIONS or not is_verb(head.head):
            return None
        above = _outlook(head.head, seen)
        return Outlook("happened", passing=True) if above and above.status == "happened" else None
    if verb.dep_ in ("advcl", "xcomp", "ccomp") and is_verb(head):
        role = lexicon().governors.get(lemma_of(head))
        if role and verb.dep_ != "advcl":
            return _under(role, head, seen)
        if any(c.lower_ == "when" for c in verb.children):
            return None
        above = _outlook(head, seen)
        return replace(above, kind=None, condition=None) if above and above.status in ("happened", "ongoing") else None
    return Outlook("happened") if verb.dep_ == "ROOT" and verb.tag_ == "VBN" else None


def _governed(verb: Token, found: Outlook) -> Outlook | None:
    """What the verb above a finite clause makes of it: feared or hoped is possible, denied is denied."""
    clause = verb
    while clause.dep_ == "conj":
        clause = clause.head
    head = clause.head
    if clause.dep_ != "ccomp" or head.pos_ not in ("VERB", "ADJ", "AUX"):
        return found
    role = lexicon().governors.get(lemma_of(head))
    if lemma_of(head) in _SUPPOSING and _is_imperative(head):
        # "Suppose the minister resigned tomorrow"
        return None
    if negated(head) and lemma_of(head) in ("know", "say", "think", "believe", "see", "claim"):
        return None
    if role == "denied" and not negated(head):
        return Outlook("denied", passing=found.passing)
    if found.status not in ("planned", "conditional"):
        return found
    if role == "promised":
        return replace(found, kind="promised")
    if role == "threatened":
        own = any(c.dep_ in ("nsubj", "nsubjpass") and c.pos_ == "PRON" for c in verb.children)
        return replace(found, kind="threatened") if own else Outlook("possible")
    if role == "possible" or lemma_of(head) in _OPINIONS:
        return Outlook("possible")
    return found
