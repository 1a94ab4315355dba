"""How a place name is used: where something is, a government acting, an adjective or people, or part of another name."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from dateline.read.gazetteer import Site
from dateline.read.place_lexicon import (
    BODIES,
    DEALINGS,
    DEALT_WITH,
    DEEDS,
    DIRECTED_AT,
    GATHERINGS,
    LAND,
    LANDMARKS,
    PAPERS,
    SENT,
    STATIVE,
)
from dateline.read.place_names import Naming
from dateline.read.states import state_named, state_of_seat
from dateline.records import Use

_WINDOW = 80  # tokens or characters in which a place line stands
_DATELINE = re.compile(r"(?:, [^\n—–]{1,40}?)?\s*(?:\([^)\n]{1,30}\)\s*)?(?:[—–]|--?)\s")
_RESIDENTS = frozenset({"native", "natives", "resident", "residents", "man", "woman", "men", "women", "fans", "fan"})


def use_of(doc: Doc, naming: Naming, site: Site | None) -> Use:
    """The use of a naming whose place is known, or not.

    A state, a capital, or a seat such as the Kremlin counts as a government where it does what only somebody can do or is
    dealt with as one; any other place only where it speaks.
    """
    if naming.form != "name":
        return "demonym" if naming.form == "demonym" else "name"
    tokens = doc[naming.first : naming.last]
    if _is_dateline(tokens):
        return "literal"
    state = state_named(naming.name)
    seat = None if state else state_of_seat(naming.name)
    if seat and site and site.country and site.country != seat.iso and seat.kind == "state":
        seat = None  # Paris, Texas
    if site and site.feature == "spot" and seat:
        return _of_house(tokens)
    if state or seat:
        return _of_actor(tokens, is_state=bool(state))
    return _of_other(tokens) if site else _of_unknown(tokens)


def _of_house(tokens: Tokens) -> Use:
    """The Kremlin and the like: somebody, unless one is in it or before it."""
    head = _head(tokens)
    if head.dep_ == "pobj" and head.head.lower_ in ("in", "at", "near", "outside", "inside", "around", "into", "to"):
        return "literal"
    return (
        "literal"
        if head.dep_ in ("dobj", "compound") and head.head.lemma_ in ("visit", "enter", "leave")
        else "government"
    )


def _of_actor(tokens: Tokens, *, is_state: bool) -> Use:
    head = _head(tokens)
    above = head.head
    if _possessive(tokens):
        above = next((t for t in tokens.doc[tokens.end : tokens.end + 5] if t.pos_ in ("NOUN", "PROPN")), above)
        return "literal" if above.lower_ in LAND or above.lemma_ in LAND else "government"
    if _dealt_with(tokens):
        return "government"
    match head.dep_:
        case "nsubj" | "csubj":
            return "literal" if above.lemma_ in STATIVE else "government"
        case "nsubjpass":
            return "government" if above.lemma_ in DEALT_WITH else "literal"
        case "dobj" | "dative" | "iobj":
            return "government" if above.lemma_ in DEALT_WITH else "literal"
        case "compound" | "amod" | "nmod":
            return _of_modifier(head, is_state=is_state)
        case "pobj":
            return _of_object(above)
    return "literal"


def _of_modifier(head: Token, *, is_state: bool) -> Use:
    noun = head.head
    if noun.lower_ in PAPERS:
        return "name" if not is_state else "demonym"
    if noun.lower_ in LAND or (noun.lower_ in GATHERINGS and not is_state):
        return "literal"
    if is_state:
        return "demonym"
    return "government" if noun.lower_.rstrip(".") in BODIES else "literal"


def _of_object(preposition: Token) -> Use:
    """A state or capital after a preposition."""
    above = preposition.head
    lemma, word = above.lemma_.lower(), above.lower_
    governed: bool
    match preposition.lower_:
        case "by":
            governed = preposition.dep_ == "agent" or word in DEEDS
        case "with":
            governed = word not in LAND
        case "between":
            governed = lemma in DEALINGS or word in DEALINGS
        case "against":
            governed = True
        case "from":
            governed = lemma in SENT or lemma in ("demand", "hear", "seek")
        case "to":
            governed = lemma in SENT or lemma in (
                "tell",
                "sell",
                "supply",
                "give",
                "offer",
                "appeal",
                "pledge",
                "belong",
            )
        case "for":
            governed = lemma in (
                "support",
                "help",
                "aid",
                "backing",
                "speak",
                "assistance",
                "victory",
                "defeat",
                "blow",
            )
        case "on":
            governed = lemma in DIRECTED_AT or lemma in ("impose", "call", "urge", "depend", "rely")
        case "of":
            governed = lemma in DEEDS or word in BODIES or lemma == "accuse"
        case _:
            governed = False
    return "government" if governed else "literal"


def _of_other(tokens: Tokens) -> Use:
    """A province or a town that is no capital."""
    head = _head(tokens)
    above = head.head
    if head.dep_ == "nsubj" and not _possessive(tokens):
        return "literal" if above.lemma_ in STATIVE else "government"
    if head.dep_ == "pobj" and above.lower_ in ("against", "by") and above.head.pos_ in ("VERB", "AUX"):
        return "government"
    if head.dep_ in ("compound", "amod", "nmod"):
        noun = above.lower_.rstrip(".")
        if noun in _RESIDENTS:
            return "demonym"
        if noun in BODIES:
            return "government"
        if noun in PAPERS:
            return "name"
    return "literal"


def _of_unknown(tokens: Tokens) -> Use:
    """A name that the gazetteer lacks: it may be a state's, so it acts as one does, but a modifier or a landmark tells where."""
    if len(tokens) > 1 and tokens[-1].lower_ in LANDMARKS:
        return "literal"
    return "literal" if _head(tokens).dep_ in ("compound", "amod", "nmod") else _of_actor(tokens, is_state=True)


def _is_dateline(tokens: Tokens) -> bool:
    """Whether a report's place line begins with this: "MOSCOW, April 3 (Agency) —"."""
    doc = tokens.doc
    first = tokens.start
    while first and not doc[first - 1].text.strip(" "):
        first -= 1
    if first and not doc[first - 1].text.rstrip(" ").endswith("\n"):
        return False
    after = tokens[-1].whitespace_ + doc[tokens.end : tokens.end + _WINDOW].text
    return _DATELINE.match(after[:_WINDOW]) is not None


def _dealt_with(tokens: Tokens) -> bool:
    """Whether such a verb stands just before: "assures Kiev", which the parse often misses."""
    i = tokens.start - 1
    if i >= 0 and tokens.doc[i].lower_ == "the":
        i -= 1
    return i >= 0 and tokens.doc[i].pos_ == "VERB" and tokens.doc[i].lemma_.lower() in DEALT_WITH


def _possessive(tokens: Tokens) -> bool:
    after = tokens.doc[tokens.end] if tokens.end < len(tokens.doc) else None
    return tokens.text.endswith(("'s", "’s")) or (after is not None and after.text in ("'s", "’s", "'", "’"))


def _head(tokens: Tokens) -> Token:
    """The head of a name; of one in a list ("Kyiv and its allies") that of the list's first."""
    head = tokens.root
    while head.dep_ == "conj" and head.head.pos_ in ("PROPN", "NOUN"):
        head = head.head
    return head
