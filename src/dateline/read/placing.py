"""Where an event was, by the words around it: a place of its own clause or sentence, of the sentence before, the dateline's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dateline.read.clauses import is_verb, lemma_of
from dateline.read.dating import dateline
from dateline.read.document import Document
from dateline.read.names import is_title
from dateline.read.place_lexicon import KINDS_OF, LAND, LANDMARKS, TOWNSPEOPLE
from dateline.read.states import state_of_seat
from dateline.read.triggers import Told
from dateline.records import Part, Place

_WHERE = frozenset(
    {"in", "at", "near", "on", "to", "into", "outside", "inside", "off", "across", "through", "from", "towards", "over"}
    | {"down", "along", "up", "around", "beside", "throughout", "under"}
)
# Where something is, not where it comes from or goes.
_STANDS = _WHERE - {"to", "into", "from", "towards", "over"}
_PATH = frozenset({"pobj", "prep", "compound", "conj", "appos", "nmod", "amod", "dobj", "nsubjpass", "nsubj", "pcomp"})
_MEETINGS = frozenset({"CONSULT", "COOPERATE", "AGREE"})
_DATES = frozenset({"DATE", "TIME"})
_SIGNED = frozenset({"sign", "reach", "conclude", "seal", "initial"})
_AT = frozenset({"at", "in", "near", "outside"})
_COMING = frozenset({"arrive", "come", "return", "hail"})
_HEAD = 3  # characters, such as a mark, before the place that a caption begins with
_FAR = 10  # steps that "from" and "to" count for, so that where something is comes before where it is bound


class Grounds:
    """The literal places of a document, each with its words in the parse."""

    def __init__(self, document: Document, places: Sequence[Place]) -> None:
        self._document = document
        self._places = places
        self._roots: dict[int, Token] = {}
        self._line_of = {p.start: line for p in document.parts if (line := dateline(document, p)) is not None}
        self._lines = list(self._line_of.values())
        for index, place in enumerate(places):
            tokens = document.doc.char_span(place.start, place.end, alignment_mode="expand")
            if place.use == "literal" and tokens is not None:
                self._roots[index] = tokens.root

    def of(self, told: Told, sentence: Tokens) -> int | None:
        """The place that a preposition ties to the event, the nearest in the parse."""
        found = [(_steps(self._roots[index], told), index) for index in self._in(sentence)]
        tied = [(steps, index) for steps, index in found if steps is not None]
        return min(tied)[1] if tied else None

    def beside(self, told: Told, sentence: Tokens) -> int | None:
        """The place that the rest of the sentence sets the event in, where nothing ties one to the event itself.

        What is said is not where it is said: a place on the other side of a verb of saying does not count, nor does one
        that only says whose somebody is.
        """
        if told.is_said and told.match.sense.type not in _MEETINGS:
            return None
        clause = _clause(told.head)
        near = [
            (abs(root.i - told.head.i), index)
            for index in self._in(sentence)
            if _sets(root := self._roots[index]) and _clause(root) == clause and _deeds_between(root, told.head) <= 1
        ]
        return min(near)[1] if near else None

    def in_dateline(self, sentence: Tokens) -> bool:
        """Whether a sentence is no more than a part of a dateline: the parser ends one after "Oct."."""
        return any(start <= sentence.start_char and sentence.end_char <= end for start, end in self._lines)

    def scene(self, sentence: Tokens) -> int | None:
        """The last place that a sentence sets its main clause in, or that a caption begins with."""
        if not any(is_verb(token) for token in self._document.tokens_in(sentence)):
            # a caption's head: "Harrow Quay, August 2022."
            return next((i for i in self._in(sentence) if self._places[i].start - sentence.start_char < _HEAD), None)
        clause = _clause(sentence.root)
        found = [i for i in self._in(sentence) if _sets(self._roots[i]) and _clause(self._roots[i]) == clause]
        return found[-1] if found else None

    def named(self, sentence: Tokens, part: Part) -> bool:
        """Whether a sentence names a place that is not in its paragraph's dateline, or is set in a body: "in Congress"."""
        if not all(self.within_dateline(index, part) for index in self._in(sentence)):
            return True
        tokens = self._document.tokens_in(sentence)
        bodies = (t for t in tokens if t.dep_ == "pobj" and t.pos_ == "PROPN" and t.ent_type_ not in _DATES)
        lines = self._lines
        return any(t.head.lower_ in _AT and not any(start <= t.idx < end for start, end in lines) for t in bodies)

    def titled(self, part: Part) -> int | None:
        """The place that the title of a side matter names, where it names one."""
        if part.kind != "side" or part.title is None:
            return None
        names = {place.name: index for index, place in enumerate(self._places) if index in self._roots}
        found = {index for name, index in names.items() if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", part.title)}
        return found.pop() if len(found) == 1 else None

    def dateline(self, part: Part, told: Told) -> int | None:
        """The place of a paragraph's dateline; a capital is where reports are written, so only what is agreed or met for is there."""
        line = self._line_of.get(part.start)
        if line is None:
            return None
        first = next((i for i, p in enumerate(self._places) if line[0] <= p.start < line[1] and i in self._roots), None)
        if first is None or self._places[first].precision == "country":
            return None
        capital = state_of_seat(self._places[first].text) is not None
        return first if not capital or told.match.sense.type in _MEETINGS else None

    def within_dateline(self, index: int, part: Part) -> bool:
        """Whether a place is named by a paragraph's dateline too: "OSTREL, Varnia —"."""
        line = self._line_of.get(part.start)
        name = self._places[index].name
        return line is not None and any(line[0] <= p.start < line[1] and p.name == name for p in self._places)

    def _in(self, sentence: Tokens) -> list[int]:
        """The literal places of a sentence outside datelines."""
        return [
            index
            for index in self._roots
            if sentence.start_char <= self._places[index].start < sentence.end_char
            and not any(start <= self._places[index].start < end for start, end in self._lines)
        ]


def is_there(word: Token) -> bool:
    """Whether a verb or noun is said to be "there"."""
    return any(child.lower_ == "there" and child.dep_ == "advmod" for child in word.children)


def _steps(place: Token, told: Told) -> int | None:
    """How far a place stands from an event in the parse; None where no preposition of place ties it to the event."""
    goals = {told.head.i} | ({told.noun.i} if told.noun is not None else set())
    token, steps, tied, far, landmark = place, 0, False, False, False
    while token.i not in goals:
        if token.dep_ not in _PATH or (token.dep_ == "conj" and is_verb(token)):
            return None
        above = token.head
        if token.dep_ == "dobj" and told.is_said and not (tied and lemma_of(above) in _SIGNED and above.i in goals):
            # "announced the passage through the strait": the strait is where the announced thing is, not where it was announced.
            return None
        if token.dep_ == "dobj" and above.i == told.head.i and (token.i == place.i or landmark):
            # "visited Kessin", "shelled the port of Kessin"
            tied = True
        if token.dep_ == "prep":
            word = token.lower_
            if word not in _WHERE and word != "of":
                return None
            if word == "from" and lemma_of(above) in _COMING:
                return None
            far = far or (word in _WHERE and word not in _STANDS)
            landmark = word == "of" and _is_ground(above)
            tied = tied or word in _WHERE
        token, steps = above, steps + 1
    return steps + _FAR * far if tied else None


def _sets(place: Token) -> bool:
    """Whether a place is where a clause is set: "in" or "at" it, its own object or subject, a part of its ground."""
    above = place.head
    match place.dep_:
        case "pobj" if above.lower_ in _STANDS:
            return not _is_somebody(above.head)
        case "pobj" if above.lower_ == "of":
            return _is_ground(above.head) or place.lower_ in LANDMARKS
        case "poss" | "compound":
            return _is_ground(above)
        case "dobj" | "nsubj" | "nsubjpass":
            return place.dep_ != "nsubj" or place.lower_ in LAND
        case "conj" | "appos":
            return above.pos_ in ("NOUN", "PROPN") and _sets(above)
    return False


def _deeds_between(place: Token, verb: Token) -> int:
    """How many other deeds stand above a place in the parse before one that holds the given verb too.

    What is told in one breath ("were killed and wounded") counts once.
    """
    between = 0
    for word in place.ancestors:
        if word.i == verb.i or word.is_ancestor(verb):
            break
        between += is_verb(word) and word.dep_ != "conj"
    return between


def _is_ground(noun: Token) -> bool:
    """Whether a noun is a stretch of ground or a building: "the port of", "the streets of"."""
    return any(word in group for word in (noun.lower_, lemma_of(noun)) for group in (LAND, LANDMARKS, KINDS_OF))


def _is_somebody(word: Token) -> bool:
    return word.pos_ in ("NOUN", "PROPN") and (
        is_title(word.text) or word.lower_ in TOWNSPEOPLE or word.ent_type_ == "PERSON"
    )


def _clause(token: Token) -> int:
    """The verb of the innermost thing said, or of the saying put in, that holds a word, else the sentence's root."""
    for word in (token, *token.ancestors):
        if word.dep_ in ("ccomp", "parataxis", "ROOT"):
            return word.i
    return token.sent.root.i
