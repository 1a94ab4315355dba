"""Which words tell an event, and of which kind: the lexicon of ``data/events.json`` matched against the parse.

A verb key is a lemma, with a particle or preposition where it needs one (``call on``), and after a colon the lemma of its
object (``reach:agreement``), a class of objects (``release:@person``) or ``-`` for none at all. The key that asks for most wins.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec
from spacy.tokens import Token

from dateline.read.clauses import is_passive, is_verb, lemma_of, objects
from dateline.records import Status

_PERSON_NAMES = frozenset({"PERSON", "NORP"})
_PLACE_NAMES = frozenset({"GPE", "LOC", "FAC"})
_PARTICLES = frozenset({"prt", "prep", "advmod", "dative"})
_TIMES = frozenset({"DATE", "TIME"})
_CLOSE = frozenset({"for", "on", "upon", "at", "to"})  # prepositions that must stand right after their verb
_ACTOR_NAMES = frozenset({"PERSON", "NORP", "ORG", "GPE"})


class _Trigger(msgspec.Struct, frozen=True):
    type: str | None
    mode: str | None
    verbs: list[str]
    nouns: list[str]


class _Data(msgspec.Struct, frozen=True):
    triggers: list[_Trigger]
    light_verbs: list[str]
    occurrence_verbs: list[str]
    harm_verbs: list[str]
    hitting_verbs: list[str]
    arranging_verbs: list[str]
    speaking_verbs: list[str]
    postponing_verbs: list[str]
    plain_verbs: list[str]
    scene_verbs: list[str]
    states: list[str]
    ignored: list[str]
    weapons: list[str]
    vehicles: list[str]
    object_classes: dict[str, list[str]]
    governors: dict[str, list[str]]
    noun_status: dict[Status, list[str]]
    modals: dict[str, str]
    verbal_types: list[str]
    plv: dict[str, str]
    contexts: dict[str, list[str]]


@dataclass(frozen=True)
class Sense:
    """What a trigger tells: a PLOVER type, None for a happening PLOVER has no type for, and PLOVER's mode where known."""

    type: str | None
    mode: str | None


@dataclass(frozen=True)
class Match:
    """A sense with the words that carry it: the verb or noun, and the particle, preposition and object the key asked for."""

    sense: Sense
    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class _VerbKey:
    particle: str | None
    object: str | None
    sense: Sense

    @property
    def weight(self) -> int:
        """How much the key asks for: a named object more than a class, a class more than a particle, that more than nothing."""
        if self.object is None:
            return 2 * (self.particle is not None)
        if self.object == "-":
            return 1
        if self.object == "@any":
            return 3
        return 4 + (not self.object.startswith("@")) + (self.particle is not None)


class Lexicon:
    """The event words, ready to be matched."""

    def __init__(self, data: _Data) -> None:
        self.governors = {word: role for role, words in data.governors.items() for word in words}
        self.noun_status = {word: status for status, words in data.noun_status.items() for word in words}
        self.modals = data.modals
        self.verbal_types = frozenset(data.verbal_types)
        self.plv = data.plv
        self.harm = frozenset(data.harm_verbs)
        self.hitting = frozenset(data.hitting_verbs)
        self.arranging = frozenset(data.arranging_verbs)
        self.speaking = frozenset(data.speaking_verbs)
        self.postponing = frozenset(data.postponing_verbs)
        self.plain = frozenset(data.plain_verbs)
        self.scenes = frozenset(data.scene_verbs)
        self.states = frozenset(data.states) - self.plain - self.scenes
        self.weapons = frozenset(data.weapons)
        self.vehicles = frozenset(data.vehicles)
        self._ignored = _by_lemma((key, Sense(None, None)) for key in data.ignored)
        self._light = frozenset(data.light_verbs)
        self._light_lemmas = _first_words(data.light_verbs)
        self._occurrence = frozenset(data.occurrence_verbs)
        self._occurrence_lemmas = _first_words(data.occurrence_verbs)
        self._classes = {name: frozenset(words) for name, words in data.object_classes.items()}
        self._contexts = {word: context for context, words in data.contexts.items() for word in words}
        self._nouns: dict[str, list[tuple[tuple[str, ...], Sense]]] = {}
        for trigger in data.triggers:
            sense = Sense(trigger.type, trigger.mode)
            for noun in trigger.nouns:
                before = noun.split()
                self._nouns.setdefault(before.pop(), []).append((tuple(before), sense))
        self._verbs = _by_lemma((key, Sense(t.type, t.mode)) for t in data.triggers for key in t.verbs)
        for phrases in self._nouns.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))

    def verb(self, token: Token) -> Match | None:
        """The event a verb tells with its particle and object, by the key that asks for most; None if it tells none."""
        if not is_verb(token):
            return None
        for key in self._verbs.get(lemma_of(token), ()):
            tokens = self._words(token, key)
            if tokens:
                return Match(key.sense, tokens)
        return None

    def ignored(self, token: Token) -> bool:
        """Whether a verb with its object only looks like an event ("carry out a threat")."""
        return any(self._words(token, key) for key in self._ignored.get(lemma_of(token), ()))

    def noun(self, token: Token) -> Match | None:
        """The event a noun tells, with the words before it that belong to its name ("air strike"); None if it tells none."""
        if token.pos_ not in ("NOUN", "PROPN"):
            return None
        for before, sense in self._nouns.get(lemma_of(token), ()):
            first = token.i - len(before)
            if first >= 0 and all(token.doc[first + i].lower_ == word for i, word in enumerate(before)):
                return Match(sense, tuple(token.doc[first : token.i + 1]))
        return None

    def light(self, token: Token) -> Match | None:
        """The event a light verb tells through its object ("hold talks"), with the sense of the noun; None if it tells none."""
        lemma = lemma_of(token)
        if lemma not in self._light_lemmas:
            return None
        names = {lemma} | {f"{lemma} {c.lower_}" for c in token.children if c.dep_ in ("prt", "prep")}
        if not names & self._light:
            return None
        for thing in objects(token):
            told = self.noun(thing)
            # What somebody calls “an accusation” is a name for it, which a quotation mark gives away.
            if told and not _quoted(told.tokens[0]):
                return Match(told.sense, (token, *told.tokens))
        for particle in token.children:
            if particle.dep_ == "prep" and f"{lemma} {particle.lower_}" in self._light:
                for thing in objects(particle):
                    told = self.noun(thing)
                    if told:
                        return Match(told.sense, (token, particle, *told.tokens))
        return None

    def occurs(self, token: Token) -> bool:
        """Whether a verb says of its subject that it took place, began, went on or ended."""
        lemma = lemma_of(token)
        if lemma not in self._occurrence_lemmas:
            return False
        return lemma in self._occurrence or any(
            f"{lemma} {c.lower_}" in self._occurrence for c in token.children if c.dep_ in ("prt", "dobj")
        )

    def contexts(self, tokens: Iterable[Token]) -> list[str]:
        """PLOVER's contexts that some words speak of, in order."""
        return list(dict.fromkeys(self._contexts[w] for t in tokens if (w := lemma_of(t)) in self._contexts))

    def _words(self, token: Token, key: _VerbKey) -> tuple[Token, ...]:
        """The words by which a verb meets a key, none if it does not."""
        holder = token
        words: tuple[Token, ...] = (token,)
        if key.particle:
            found = _particle(token, key.particle)
            if found is None:
                return ()
            holder, words = (found[-1], (token, *found)) if found[-1].dep_ == "prep" else (token, (token, *found))
        if key.object is None:
            return words
        things = objects(holder)
        if key.object == "-":
            return () if things or is_passive(token) or any(c.dep_ == "ccomp" for c in token.children) else words
        for thing in things:
            if self._is(thing, key.object):
                return words if key.object.startswith("@") else (*words, *_named(thing, key.object))
        return ()

    def _is(self, thing: Token, wanted: str) -> bool:
        if wanted == "@actor":
            known = self._classes["person"] | self._classes["party"]
            return thing.ent_type_ in _ACTOR_NAMES or lemma_of(thing) in known or thing.lower_ in known
        if wanted == "@any":
            return True
        if wanted == "@event":
            return self.noun(thing) is not None or lemma_of(thing) in self._classes["event"]
        if (wanted == "@place" and thing.ent_type_ in _PLACE_NAMES) or (
            wanted == "@person" and thing.ent_type_ in _PERSON_NAMES
        ):
            return True
        if wanted.startswith("@"):
            return lemma_of(thing) in self._classes[wanted[1:]] or thing.lower_ in self._classes[wanted[1:]]
        return bool(_named(thing, wanted))


def _first_words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(phrase.partition(" ")[0] for phrase in phrases)


def _by_lemma(keys: Iterable[tuple[str, Sense]]) -> dict[str, list[_VerbKey]]:
    """Verb keys by their lemma, those that ask for most first."""
    found: dict[str, list[_VerbKey]] = {}
    for key, sense in keys:
        words, _, wanted = key.partition(":")
        lemma, _, particle = words.partition(" ")
        found.setdefault(lemma, []).append(_VerbKey(particle or None, wanted or None, sense))
    return {lemma: sorted(same, key=lambda key: -key.weight) for lemma, same in found.items()}


def _is_particle(token: Token) -> bool:
    """Whether a word can belong to the verb before it: "fired on the boat", but not "fired on Monday"."""
    return token.dep_ in _PARTICLES and not any(c.dep_ == "pobj" and c.ent_type_ in _TIMES for c in token.children)


def _particle(token: Token, wanted: str) -> tuple[Token, ...] | None:
    """The particles and prepositions of a verb that spell the wanted ones ("out of"), None if they do not."""
    found: list[Token] = []
    holder = token
    for word in wanted.split():
        child = next((c for c in holder.children if c.lower_ == word and _is_particle(c) and c.i > token.i), None)
        if child is None and found:
            child = next((c for c in token.children if c.lower_ == word and c.dep_ in ("prt", "prep")), None)
        if child is None:
            return None
        found.append(child)
        holder = child
    # "called a session for Tuesday" is not "called for a session"
    between = [c for c in token.children if c.dep_ == "dobj" and c.i < found[-1].i]
    return None if between and found[-1].dep_ == "prep" and found[-1].lower_ in _CLOSE else tuple(found)


def _quoted(token: Token) -> bool:
    """Whether a quotation mark stands right before the words that a token belongs to."""
    before = [t for t in token.doc[max(0, token.i - 3) : token.i] if t.is_quote]
    return bool(before)


def _named(thing: Token, wanted: str) -> tuple[Token, ...]:
    """The words of an object that is called so ("hunger strike"), none if it is not."""
    *before, last = wanted.split()
    if last not in (lemma_of(thing), thing.lower_):
        return ()
    first = thing.i - len(before)
    if first < 0 or any(thing.doc[first + i].lower_ != word for i, word in enumerate(before)):
        return ()
    return tuple(thing.doc[first : thing.i + 1])


@cache
def lexicon() -> Lexicon:
    """The packaged lexicon, loaded once a process."""
    return Lexicon(msgspec.json.decode(files("dateline").joinpath("data", "events.json").read_bytes(), type=_Data))
