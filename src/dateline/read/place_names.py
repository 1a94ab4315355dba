"""Where a text names places: the parser's names put right, and the gazetteer's where the parser saw none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from dateline.read.document import Document
from dateline.read.gazetteer import Site, abbreviated, candidates, fold, sites
from dateline.read.place_lexicon import (
    FACILITIES,
    FIGURATIVE,
    GENERIC,
    KINDS_BEFORE,
    LOCATIVE,
    MUNICIPAL,
    NAME_BEGINNINGS,
    STRONGLY_LOCATIVE,
    TITLES,
    TOWNSPEOPLE,
)
from dateline.read.states import organisation_named, state_named, state_of_adjective, state_of_seat

Form = Literal["name", "demonym", "inside"]

_PLACES = frozenset({"GPE", "LOC", "FAC"})
_NAMES_WITH_PLACES = frozenset({"ORG", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT"})
_TAIL = re.compile(r"(?:[’']s?|[-–—,;:”“\"]+)+$")
_ABBREVIATION = re.compile(r"(?:[A-Z]\. ?){2,}$|(?:[A-Z]\. ?)?[A-Z][a-z]{1,4}\.$|[A-Z]{3}$")
_INITIALS = re.compile(r"(?:[A-Z]\. ?){2,}$")
_CUTS = frozenset({",", "and", "to", "&", "/", "-", "–", ";", "(", ")", "'s", "’s"})
_JOINTS = frozenset({"-", ",", "and", "of"})
# A city or province this large is taken for itself where it stands with a capital and the parser said nothing.
_LARGE_CITY = 300_000
_METROPOLIS = 1_000_000
_LARGE_PROVINCE = 500_000
_LONGEST = 4


@dataclass(frozen=True)
class Naming:
    """A stretch that names a place: tokens ``first`` to ``last`` (half-open) and the name to look up.

    ``form`` is "demonym" for an adjective or people, "inside" for a part of another name.
    """

    first: int
    last: int
    name: str
    form: Form


@cache
def demonyms() -> dict[str, str]:
    """Adjectives and peoples of places that are no states, with the place: "Chechen" of Chechnya."""
    table = (files("dateline") / "data" / "demonyms.json").read_bytes()
    return msgspec.json.decode(table, type=dict[str, str])


def demonym_of(words: str) -> str | None:
    """The name of the place that an adjective or a people belongs to, None for any other word."""
    if state := state_of_adjective(words):
        return None if state_named(words) else state.name
    return demonyms().get(words)


def bare_name(words: str) -> str:
    """A name without a possessive or punctuation at its end, the dot of an abbreviation left."""
    bare = _TAIL.sub("", words)
    return bare if _INITIALS.search(bare) or _abbreviated(bare) else bare.rstrip(".")


def namings(document: Document) -> list[Naming]:
    """Every naming of a place outside furniture, in order, without overlaps."""
    return _Finder(document).all()


class _Finder:
    def __init__(self, document: Document) -> None:
        self.doc: Doc = document.doc
        self.sentences = document.sentences
        self.taken: set[int] = set()
        self.found: list[Naming] = []
        persons = [e for s in self.sentences for e in s.ents if e.label_ == "PERSON" and len(e) > 1]
        self.first_names = {e[0].text for e in persons}
        self.placed = self._placed()
        self.surnames = {self._words(*self._trim(e.start, e.end)).split(" ")[-1] for e in persons}

    def all(self) -> list[Naming]:
        derived = {form: name for name in self.placed if not _known(name) for form in _derived(name)}
        for sentence in self.sentences:
            for token in sentence:
                if token.text in derived:
                    self._keep(Naming(token.i, token.i + 1, derived[token.text], "demonym"))
            for ent in sentence.ents:
                for naming in self._of_entity(ent):
                    self._keep(naming)
            for naming in self._unseen(sentence):
                self._keep(naming)
        return sorted(self.found, key=lambda naming: naming.first)

    def _keep(self, naming: Naming) -> None:
        tokens = range(naming.first, naming.last)
        if tokens and not self.taken.intersection(tokens):
            self.taken.update(tokens)
            self.found.append(naming)

    # ── what the parser found ─────────────────────────────────────────────────────────────────────────────────────

    def _of_entity(self, ent: Tokens) -> Iterator[Naming]:
        first, last = self._trim(ent.start, ent.end)
        if first >= last:
            return
        words = self._words(first, last)
        if place := demonym_of(words):
            yield Naming(first, last, place, "demonym")
        elif ent.label_ in _PLACES:
            yield from self._of_place(first, last, ent.label_)
        elif ent.label_ == "NORP":
            if state_named(words):
                yield Naming(first, last, words, "name")
            else:
                yield from self._demonyms_in(first, last)
        elif ent.label_ == "PERSON":
            yield from self._of_person(first, last, words)
        elif ent.label_ in _NAMES_WITH_PLACES:
            yield from self._of_organisation(first, last, words)

    def _of_place(self, first: int, last: int, label: str) -> Iterator[Naming]:
        words = self._words(first, last)
        if not any(c.isupper() for c in words) or _generic(words) or words in FIGURATIVE:
            return
        if self._is_surname(first, last) and not state_named(words):
            return
        first, last = self._widened(first, last)
        words = self._words(first, last)
        if _known(words):
            yield Naming(first, last, words, "name")
        elif parts := self._parts(first, last):
            for part in parts:
                yield from self._of_place(*part, label)
        elif label == "FAC":
            if self._located(first) or last - first > 1:
                yield Naming(first, last, words, "name")
        elif inner := list(self._demonyms_in(first, last)):
            yield from inner
        elif self.doc[first].text not in NAME_BEGINNINGS and (cut := self._known_end(first, last)) is not None:
            yield Naming(cut, last, self._words(cut, last), "name")
        elif self._passes_unknown(first, last, words):
            yield Naming(first, last, words, "name")

    def _passes_unknown(self, first: int, last: int, words: str) -> bool:
        """Whether what the parser takes for a place may be one, though the gazetteer does not know it.

        Somewhere in the report it must stand as a place does; a person's name passes nowhere else.
        """
        if self._located(first, strongly=True) or self._contained(last):
            return True
        if organisation_named(words) or words in self.first_names | self.surnames:
            return False
        return words in self.placed

    def _placed(self) -> set[str]:
        """The names that the parser takes for places and that stand as such at least once, or make an adjective."""
        placed = set()
        spoken = {token.text for sentence in self.sentences for token in sentence}
        for sentence in self.sentences:
            for ent in sentence.ents:
                first, last = self._trim(ent.start, ent.end)
                if ent.label_ in _PLACES and first < last:
                    listed = ent.root.dep_ == "conj" and self._located(self._trim(ent.root.head.i, last)[0])
                    words = self._words(first, last)
                    if (
                        listed
                        or self._located(first)
                        or self._contained(last)
                        or not spoken.isdisjoint(_derived(words))
                    ):
                        placed.add(words)
        return placed

    def _widened(self, first: int, last: int) -> tuple[int, int]:
        """With the capitalised words around, where together they are a known name: "Borno" in "Borno State"."""
        words = self._words(first, last)
        if first and self.doc[first - 1].text in NAME_BEGINNINGS and first - 1 not in self.taken:
            first -= 1
            words = self._words(first, last)
        for before, after in ((1, 0), (0, 1), (2, 0), (0, 2), (1, 1)):
            start, end = first - before, last + after
            if start < 0 or end > len(self.doc) or self.taken.intersection(range(start, end)):
                continue
            around = [*self.doc[start:first], *self.doc[last:end]]
            edges = (self.doc[start], self.doc[end - 1])
            capitalised = all(t.text[:1].isupper() or (t.text in _JOINTS and t not in edges) for t in around)
            if (
                not capitalised
                or (before and self.doc[start].is_sent_start)
                or any(t.is_sent_start for t in self.doc[last:end])
            ):
                continue
            joined = self._words(start, end)
            if fold(joined) != fold(words) and (sites(joined) or _abbreviated(joined)):
                return start, end
        return first, last

    def _known_end(self, first: int, last: int) -> int | None:
        """Where a known place begins inside an unknown one: "Germany" in "Nazi Germany"."""
        for cut in range(first + 1, last):
            words = self._words(cut, last)
            if words[:1].isupper() and not _generic(words) and (state_named(words) or _is_usual_name(words)):
                return cut
        return None

    def _of_person(self, first: int, last: int, words: str) -> Iterator[Naming]:
        if last - first > 3 or self._titled(first):
            return
        single = last - first == 1
        located = (
            self._located(first, strongly=True) or self._contained(last) or (single and self._of_town(last, words))
        )
        if single and state_named(words):
            if words not in self.surnames and (located or words not in self.first_names):
                yield Naming(first, last, words, "name")
        elif self._is_surname(first, last):
            return
        elif (sites(words) and (located or (not single and _has(words, "province")))) or (
            words not in self.first_names and _is_large_town(words) and (state_of_seat(words) or self._located(first))
        ):
            yield Naming(first, last, words, "name")

    def _of_organisation(self, first: int, last: int, words: str) -> Iterator[Naming]:
        if state_named(words) or state_of_seat(words):
            yield Naming(first, last, words, "name")
            return
        if organisation_named(words):
            return
        single = last - first == 1
        facility = not single and self.doc[last - 1].lower_ in FACILITIES
        if self._located(first, strongly=True) or self._contained(last):
            if sites(words) and not _generic(words):
                yield Naming(first, last, words, "name")
                return
            if facility:
                yield Naming(first, last, words, "name")
                return
        elif facility and self._located(first):
            yield Naming(first, last, words, "name")
            return
        if single:
            capital = bool(state_of_seat(words)) and _is_large_town(words)
            if capital or (self._large(words) and not words.isupper()) or self._of_town(last, words):
                yield Naming(first, last, words, "name")
            return
        yield from self._inside(first, last)

    def _inside(self, first: int, last: int) -> Iterator[Naming]:
        """Places inside another name: adjectives, states, large places, counties, the town it begins with."""
        i = first
        while i < last:
            step = 1
            for j in range(min(last, i + 3), i, -1):
                words = self._words(i, j)
                if j - i == last - first or not words[:1].isupper():
                    continue
                if place := demonym_of(words):
                    yield Naming(i, j, place, "demonym")
                elif self._stands_inside(words) or (i == first and self._municipal(j, words)):
                    yield Naming(i, j, words, "inside")
                else:
                    continue
                step = j - i
                break
            i += step

    def _stands_inside(self, words: str) -> bool:
        if len(words) < 3 or _generic(words) or words in self.surnames:
            return bool(state_named(words)) and words not in self.surnames
        return bool(state_named(words)) or _is_well_known(words) or _has(words, "county")

    def _demonyms_in(self, first: int, last: int) -> Iterator[Naming]:
        for i in range(first, last):
            for j in (i + 2, i + 1):
                if j <= last and (place := demonym_of(self._words(i, j))):
                    yield Naming(i, j, place, "demonym")
                    break

    # ── what it did not find ──────────────────────────────────────────────────────────────────────────────────────

    def _unseen(self, sentence: Tokens) -> Iterator[Naming]:
        i = sentence.start
        while i < sentence.end:
            step = 1
            if i not in self.taken and self.doc[i].text[:1].isupper() and self.doc[i].lower_ != "the":
                for j in range(min(sentence.end, i + _LONGEST), i, -1):
                    if naming := self._unseen_at(i, j):
                        yield naming
                        step = j - i
                        break
            i += step

    def _unseen_at(self, first: int, last: int) -> Naming | None:
        tokens = self.doc[first:last]
        words = self._words(first, last)
        if self.taken.intersection(range(first, last)) or _generic(words) or self._titled(first):
            return None
        if tokens[-1].is_punct and not words.endswith("."):
            return None
        if place := demonym_of(words):
            return Naming(first, last, place, "demonym")
        if self.doc[first].ent_type_ in _NAMES_WITH_PLACES | {"PERSON", "FAC"}:
            return None
        name = Naming(first, last, words, "name")
        if state_named(words) and (len(tokens) > 1 or tokens[0].pos_ != "PRON"):
            return name
        if _abbreviated(words) or (state_of_seat(words) and len(tokens) > 1):
            return name
        dateline = self._dateline(first, last)
        if not sites(words) or not (dateline or any(t.pos_ == "PROPN" for t in tokens)):
            return None
        if self._is_surname(first, last) or self._runs_on(first, last):
            return None
        if dateline or self._contained(last) or self._located(first, strongly=True) or self._of_town(last, words):
            return name
        return name if self._large(words) and not words.isupper() and len(words) > 3 else None

    def _runs_on(self, first: int, last: int) -> bool:
        """Whether a capitalised name goes on before or after this."""
        after = self.doc[last] if last < len(self.doc) else None
        if after is not None and after.pos_ == "PROPN" and after.text[:1].isupper() and not after.is_sent_start:
            return after.lower_ not in MUNICIPAL
        before = self.doc[first - 1] if first else None
        return before is not None and before.pos_ == "PROPN" and before.text[:1].isupper()

    # ── signs ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _words(self, first: int, last: int) -> str:
        """The words of some tokens on one line, without a possessive or punctuation at the end."""
        if first >= last:
            return ""
        return bare_name(" ".join(self.doc[first:last].text.split()))

    def _trim(self, first: int, last: int) -> tuple[int, int]:
        """Without articles, numbers, quotation marks, possessives and lower-case words at the ends."""
        while first < last:
            token = self.doc[first]
            if (
                not (token.text[:1].isalnum() and not token.text[:1].islower())
                or token.lower_ == "the"
                or (token.text.isdigit() and last - first > 1)
            ):
                first += 1
            else:
                break
        while last > first:
            token = self.doc[last - 1]
            if (
                token.is_space
                or token.is_quote
                or token.is_punct
                or token.tag_ == "POS"
                or token.text in ("'s", "’s", "s")
            ):
                last -= 1
            else:
                break
        return first, last

    def _parts(self, first: int, last: int) -> list[tuple[int, int]]:
        """The parts of "Raleigh, N.C." and "Syria and Iraq", where one of them is known by itself."""
        parts, begin = [], first
        for cut in [*(i for i in range(first, last) if self.doc[i].text in _CUTS), last]:
            part = self._trim(begin, cut)
            if part[0] < part[1]:
                parts.append(part)
            begin = cut + 1
        known = any(_known(self._words(*part)) or abbreviated(self._words(*part)) for part in parts)
        return parts if known and parts != [(first, last)] else []

    def _located(self, first: int, *, strongly: bool = False) -> bool:
        """Whether a preposition of place stands before, articles, directions and nouns of kind let through."""
        i = first - 1
        while i >= 0 and self._let_through(self.doc[i].lower_):
            i -= 1
        if i < 0:
            return False
        word = self.doc[i].lower_
        if word == "of" and i:
            before = self.doc[i - 1].lower_
            if before in KINDS_BEFORE or before in ("north", "south", "east", "west", "outskirts", ","):
                return True
        return word in (STRONGLY_LOCATIVE if strongly else LOCATIVE)

    @staticmethod
    def _let_through(word: str) -> bool:
        return word in ("the", "nearby", "downtown", "rural") or word.endswith("ern") or word in KINDS_BEFORE

    def _contained(self, last: int) -> bool:
        """Whether a comma and a country, state or province follow."""
        if last + 1 >= len(self.doc) or self.doc[last].text != ",":
            return False
        for end in range(min(len(self.doc), last + 4), last + 1, -1):
            words = self._words(last + 1, end)
            if words[:1].isupper() and (state_named(words) or abbreviated(words) or _has(words, "province")):
                return True
        return False

    def _dateline(self, first: int, last: int) -> bool:
        """Whether this stands before a report's first words: "HARARE —", "SEOUL, South Korea (CNN) -"."""
        words = self._words(first, last)
        if not (words.isupper() and len(words) > 3 and self.doc[first].is_sent_start) or last >= len(self.doc):
            return False
        after = self.doc[last].text
        return after in (",", "(", "—", "–", "-", "--", ":") or after.startswith("\n")

    def _of_town(self, last: int, words: str) -> bool:
        """Whether the name of a town is followed by those who live or serve there: "a Gainesville man"."""
        return last < len(self.doc) and self.doc[last].text in TOWNSPEOPLE and _is_town(words)

    def _municipal(self, last: int, words: str) -> bool:
        """Whether the name of a town is followed by something that towns have: "Dublin City Council"."""
        follows = last < len(self.doc) and self.doc[last].lower_ in MUNICIPAL
        return follows and not _generic(words) and words not in self.surnames and _is_town(words)

    def _is_surname(self, first: int, last: int) -> bool:
        """Whether a single word is the surname of somebody in the report and nothing here makes it a place."""
        if last - first != 1 or self._words(first, last) not in self.surnames:
            return False
        return not self._located(first, strongly=True) and not self._contained(last)

    def _titled(self, first: int) -> bool:
        words = [self.doc[i].lower_.rstrip(".") for i in (first - 1, first) if i >= 0]
        return any(word in TITLES and self.doc[first].text != "St." for word in words)

    @staticmethod
    def _large(words: str) -> bool:
        return any(_is_large(site) for site in sites(words))


def _derived(name: str) -> list[str]:
    """The adjectives and peoples that a name makes: "Kestrian" and "Kestrians" of "Kestria"."""
    stem = name.rstrip("aeo") if name.endswith(("ia", "a", "o")) else name
    adjectives = [name + "n", stem + "an", stem + "ian", stem + "ese"] if len(stem) > 2 and " " not in name else []
    return [*adjectives, *(adjective + "s" for adjective in adjectives if adjective.endswith("n"))]


def _known(words: str) -> bool:
    return bool(state_named(words) or state_of_seat(words) or candidates(words))


def _abbreviated(words: str) -> bool:
    """Whether this is an abbreviation that stands for itself: "N.C.", "Calif.", "NSW", not "MO" or "Miss"."""
    return bool(_ABBREVIATION.fullmatch(words) and abbreviated(words)) and words.lower().rstrip(".") not in TITLES


def _generic(words: str) -> bool:
    return not state_named(words) and all(word in GENERIC for word in words.lower().split())


def _has(words: str, feature: str) -> bool:
    return any(site.feature == feature for site in sites(words))


def _is_large(site: Site) -> bool:
    if site.feature == "province":
        return site.population >= _LARGE_PROVINCE
    return site.feature in ("country", "continent", "water", "land") or site.population >= _LARGE_CITY


def _is_well_known(words: str) -> bool:
    """Whether this is the usual name of a large place, or a capital's."""
    key = fold(words)
    return any(_is_large(s) and (fold(s.name) == key or state_of_seat(words)) for s in sites(words))


def _is_large_town(words: str) -> bool:
    return any(site.feature == "city" and site.population >= _LARGE_CITY for site in sites(words))


def _is_metropolis(words: str) -> bool:
    key = fold(words)
    return any(s.feature == "city" and s.population >= _METROPOLIS and fold(s.name) == key for s in sites(words))


def _is_usual_name(words: str) -> bool:
    key = fold(words)
    return any(fold(site.name) == key for site in sites(words)) or bool(state_of_seat(words))


def _is_town(words: str) -> bool:
    return not _generic(words) and any(s.feature == "city" and fold(s.name) == fold(words) for s in sites(words))
