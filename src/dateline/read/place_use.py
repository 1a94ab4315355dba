"""How a place name is used: where something is, a government acting, an adjective or people, or part of another name."""

from __future__ import annotations

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from dateline.read.gazetteer import Site
from dateline.read.place_names import Naming
from dateline.read.states import state_named, state_of_seat
from dateline.records import Use


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Verbs whose subject a place can be as a mere place.
_STATIVE = _words(
    "be lie border sit stretch see suffer experience remain become look seem appear contain feature boast host cover"
    " straddle bask freeze flood burn shake"
)
# Verbs that only somebody who can be spoken to or dealt with is the object of.
_DEALT_WITH = _words(
    "accuse ask assure blame call condemn congratulate convince criticise criticize defy denounce encourage force help"
    " inform invite isolate persuade press pressure promise provoke punish rebuke remind reassure sanction slam sue"
    " support tell thank threaten urge warn assist arm fund oppose praise pledge offer give supply notify consult"
    " antagonise antagonize appease beat defeat face deter confront trust recognise recognize represent counter"
)
_DEALINGS = _words(
    "agreement alliance accord call ceasefire confrontation contact cooperation co-operation conversation deal dialogue"
    " diplomacy discussion dispute friction friendship link meeting negotiation pact partnership peace rapprochement"
    " relation relations relationship rift row stand-off standoff summit talk talks tension ties tie treaty truce"
    " understanding war conflict fight"
)
_SENT = _words(
    "accusation aid ammunition answer appeal approval assurance assistance commitment complaint concession condemnation"
    " criticism delivery demand denial guarantee help letter message objection offer permission pledge pressure promise"
    " proposal protest reaction rebuke reply request response sale signal statement supply support threat tribute"
    " ultimatum warning weapon weapons warnings note"
)
_DIRECTED_AT = _words(
    "blame campaign claim charge complaint embargo lawsuit measure pressure restriction sanction sanctions tariff"
)
_DEEDS = _words(
    "act action aggression aim ambition approach attitude behaviour behavior claim decision demand denial goal influence"
    " intention interest involvement leadership move policy position power refusal response role stance strategy view"
    " will"
)
# What a place has as a piece of land, a town or a people living there.
_PLACE_NOUNS = _words(
    "airport airspace area avenue bank bay beach border boundary bridge capital center centre church city climate coast"
    " coastline community corner country countryside court courtroom district downtown east edge field forest frontier"
    " geography harbor harbour heart hill home hospital hotel house interior island jail lake land landscape mountain museum"
    " neighborhood neighbourhood north outskirt outskirts palace park part port prison province quarter region restaurant"
    " river road school shop shore shoreline side skyline south square stadium station store street suburb suburbs temple"
    " territory theatre theater town university valley village waters water weather west world zoo population resident"
)
_GATHERINGS = _words(
    "summit talks talk meeting conference attack attacks bombing protest protests rally concert election marathon"
    " festival exhibition olympics games trial visit trip tour"
)
_BODIES = _words(
    "authority authorities government administration official officials leadership regime cabinet leader leaders"
    " diplomat diplomats delegation lawmaker lawmakers ministry minister ministers president governor mayor gov sen"
    " senator rep police army forces troops team side parliament ambassador envoy negotiator negotiators"
)
_PAPERS = _words("agreement agreements accord accords protocol protocols treaty convention declaration memorandum pact")
_PEOPLE = _words("native natives resident residents man woman men women teenager couple mother father family fans fan")


def use_of(doc: Doc, naming: Naming, site: Site | None) -> Use:
    """The use of a naming whose place is known, or not.

    A state, a capital, or a seat such as the Kremlin counts as a government where it does what only somebody can do or is
    dealt with as one; any other place only where it speaks.
    """
    if naming.form != "name":
        return "demonym" if naming.form == "demonym" else "name"
    tokens = doc[naming.first : naming.last]
    state = state_named(naming.name)
    seat = None if state else state_of_seat(naming.name)
    if seat and site and site.country and site.country != seat.iso and seat.kind == "state":
        seat = None  # Paris, Texas
    if site and site.feature == "spot" and seat:
        return _of_house(tokens)
    return _of_actor(tokens, is_state=bool(state)) if state or seat else _of_other(tokens)


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
        return "literal" if above.lower_ in _PLACE_NOUNS or above.lemma_ in _PLACE_NOUNS else "government"
    match head.dep_:
        case "nsubj" | "csubj":
            return "literal" if above.lemma_ in _STATIVE else "government"
        case "nsubjpass":
            return "government" if above.lemma_ in _DEALT_WITH else "literal"
        case "dobj" | "dative" | "iobj":
            return "government" if above.lemma_ in _DEALT_WITH else "literal"
        case "compound" | "amod" | "nmod":
            return _of_modifier(head, is_state=is_state)
        case "pobj":
            return _of_object(above)
    return "literal"


def _of_modifier(head: Token, *, is_state: bool) -> Use:
    noun = head.head
    if noun.lower_ in _PAPERS:
        return "name" if not is_state else "demonym"
    if noun.lower_ in _PLACE_NOUNS or (noun.lower_ in _GATHERINGS and not is_state):
        return "literal"
    if is_state:
        return "demonym"
    return "government" if noun.lower_.rstrip(".") in _BODIES else "literal"


def _of_object(preposition: Token) -> Use:
    """A state or capital after a preposition."""
    above = preposition.head
    lemma, word = above.lemma_.lower(), above.lower_
    governed: bool
    match preposition.lower_:
        case "by":
            governed = preposition.dep_ == "agent" or word in _DEEDS
        case "with":
            governed = True
        case "between":
            governed = lemma in _DEALINGS or word in _DEALINGS
        case "against":
            governed = True
        case "from":
            governed = lemma in _SENT or lemma in ("demand", "hear", "seek")
        case "to":
            governed = lemma in _SENT or lemma in (
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
            governed = lemma in _DIRECTED_AT or lemma in ("impose", "call", "urge", "depend", "rely")
        case "of":
            governed = lemma in _DEEDS or lemma == "accuse"
        case _:
            governed = False
    return "government" if governed else "literal"


def _of_other(tokens: Tokens) -> Use:
    head = _head(tokens)
    if head.dep_ == "nsubj" and head.head.lemma_ in (
        "say",
        "announce",
        "declare",
        "deny",
        "claim",
        "accuse",
        "sue",
        "vote",
        "ban",
    ):
        return "government"
    if head.dep_ in ("compound", "amod", "nmod"):
        noun = head.head.lower_.rstrip(".")
        if noun in _PEOPLE:
            return "demonym"
        if noun in _BODIES:
            return "government"
        if noun in _PAPERS:
            return "name"
    return "literal"


def _possessive(tokens: Tokens) -> bool:
    after = tokens.doc[tokens.end] if tokens.end < len(tokens.doc) else None
    return tokens.text.endswith(("'s", "’s")) or (after is not None and after.text in ("'s", "’s", "'", "’"))


def _head(tokens: Tokens) -> Token:
    """The head of a name; of one in a list ("Kyiv and its allies") that of the list's first."""
    head = tokens.root
    while head.dep_ == "conj" and head.head.pos_ in ("PROPN", "NOUN"):
        head = head.head
    return head
