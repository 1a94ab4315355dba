"""Where a text names places: the parser's names put right, and the gazetteer's where the parser saw none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from dateline.read.document import Document
from dateline.read.gazetteer import Site, abbreviated, candidates, fold, sites
from dateline.read.states import organisation_named, state_named, state_of_adjective, state_of_seat

Form = Literal["name", "demonym", "inside"]


def _listed(text: str) -> frozenset[str]:
    """A word list written as one string."""
    return frozenset(text.split())


_PLACES = frozenset({"GPE", "LOC", "FAC"})
_WITH_PLACES_INSIDE = frozenset({"ORG", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "FAC"})
# Prepositions before a name that make a place of it.
_LOCATIVE = _listed(
    "in at near outside inside from to into across around throughout towards toward over through via along off between"
    " beyond within north south east west of"
)
_STRONGLY_LOCATIVE = _LOCATIVE - {"of", "over", "between", "to", "from", "off", "around"}
_UNITS_BEFORE = _listed("city town village state province county republic isle gulf bay port lake mount cape")
# What a name ends in that is itself a place one can be in, whatever kind of name the parser took it for.
_FACILITIES = _listed(
    "airport airfield hospital stadium arena university college school park prison jail church cathedral mosque temple"
    " synagogue castle palace station plant bridge square street avenue road highway hotel theatre theater museum library"
    " hall mall cemetery zoo beach harbor harbour port dam lake river creek bay valley mountain mountains island islands"
    " forest field centre center base barracks courthouse market village county parish township"
)
# What follows the name of a town in the name of something that belongs to it.
MUNICIPAL = _listed(
    "police fire city town county council school schools high sheriff mayor municipal volunteer public regional central"
    " airport international hospital community district elementary middle university college library hall court jail chamber"
    " fire-rescue department"
)
_PEOPLE = _listed(
    "man woman boy girl teen teenager couple family mother father resident residents native police authorities officials"
    " mayor firefighters driver student students officer voters"
)
_TITLES = _listed("mr mrs ms miss dr sir lord lady prof rev sgt capt lt col gen sen rep judge justice")
# Words that are capitalised or look like names but are no places, though some town somewhere is called so.
_NEVER = _listed(
    "north south east west northern southern eastern western central internet web covid congress parliament senate"
    " ministry university god allah christmas easter ramadan sunday monday tuesday wednesday thursday friday saturday"
    " january february march april may june july august september october november december earth mars moon"
    " islam christianity the of and a an i he she it we they but for state states county city town village republic"
    " nation union president minister police army navy mr mrs ms dr read more advertisement photo image video"
    " facebook twitter google youtube instagram bbc cnn ap afp reuters street avenue road side line school hospital center"
    " centre hall park public business labor labour great breakfast modern community old new house"
)
# Names of a part of the world that news uses for its governments and customs more than for any place.
_FIGURATIVE = frozenset({"West", "East", "North", "South", "Global South", "Western", "Eastern"})
_TAIL = re.compile(r"(?:[’']s?|[,;:”“\"]+)+$")
_ABBREVIATION = re.compile(r"(?:[A-Z]\.){2,}$|[A-Z][a-z]{1,4}\.$|[A-Z]{3}$")
# A city this large is taken for itself where it stands with a capital and the parser said nothing.
_LARGE_CITY = 300_000
_LARGE_PROVINCE = 500_000


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


def namings(document: Document) -> list[Naming]:
    """Every naming of a place outside furniture, in order, without overlaps."""
    return _Finder(document).all()


class _Finder:
    def __init__(self, document: Document) -> None:
        self.doc: Doc = document.doc
        self.text = document.text
        self.sentences = document.sentences
        self.taken: set[int] = set()
        persons = [e for s in self.sentences for e in s.ents if e.label_ == "PERSON" and len(e) > 1]
        self.surnames = {
            self.__listed(*self._trim(e.start, e.end)).split(" ")[-1] for e in persons if e[-1].text[:1].isupper()
        }
        self.first_names = {e[0].text for e in persons}
        self.found: list[Naming] = []

    def all(self) -> list[Naming]:
        for sentence in self.sentences:
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
        words = self.__listed(first, last)
        if place := demonym_of(words):
            yield Naming(first, last, place, "demonym")
        elif ent.label_ in _PLACES:
            yield from self._of_place(first, last, words, ent.label_)
        elif ent.label_ == "NORP":
            if state_named(words):
                yield Naming(first, last, words, "name")
            else:
                yield from self._demonyms_in(first, last)
        elif ent.label_ == "PERSON":
            yield from self._of_person(first, last, words)
        elif ent.label_ in _WITH_PLACES_INSIDE:
            yield from self._of_organisation(first, last, words)

    def _of_place(self, first: int, last: int, words: str, label: str) -> Iterator[Naming]:
        if not any(c.isupper() for c in words) or _generic(words) or words in _FIGURATIVE:
            return
        if self._is_surname(first, last):
            return
        known = bool(state_named(words) or state_of_seat(words) or candidates(words))
        if not known and (parts := self._parts(first, last)):
            for part in parts:
                yield from self._of_place(*part, self.__listed(*part), label)
            return
        if not known and label != "FAC":
            inner = list(self._demonyms_in(first, last))
            if inner:
                yield from inner
                return
        if not known and not self._located(first) and not self._contained(last):
            one = last - first == 1
            acronym = one and words.isupper() and len(words) < 6
            if acronym or organisation_named(words) or (one and words in self.first_names | self.surnames):
                return
        yield Naming(first, last, words, "name")

    def _of_person(self, first: int, last: int, words: str) -> Iterator[Naming]:
        if last - first > 3 or self._titled(first):
            return
        located = self._located(first, strongly=True) or self._contained(last)
        if state_named(words) and last - first == 1 and words not in self.surnames and self.doc[first].text == words:
            if located or words not in self.first_names:
                yield Naming(first, last, words, "name")
        elif (
            (located or (last - first > 1 and _is_province(words)))
            and sites(words)
            and not self._is_surname(first, last)
        ):
            yield Naming(first, last, words, "name")

    def _of_organisation(self, first: int, last: int, words: str) -> Iterator[Naming]:
        if state_named(words) or state_of_seat(words):
            yield Naming(first, last, words, "name")
            return
        if organisation_named(words):
            return
        if self._located(first, strongly=True) or self._contained(last):
            if sites(words):
                yield Naming(first, last, words, "name")
                return
            if self.doc[last - 1].lower_ in _FACILITIES and last - first > 1:
                yield Naming(first, last, words, "name")
                return
        if last - first == 1 and self._large(sites(words)) and not words.isupper():
            yield Naming(first, last, words, "name")
            return
        yield from self._inside(first, last)

    def _inside(self, first: int, last: int) -> Iterator[Naming]:
        """Places inside another name: adjectives, states, large cities, provinces."""
        i = first
        while i < last:
            step = 1
            for j in range(min(last, i + 3), i, -1):
                if j - i == last - first:
                    continue
                words = self.__listed(i, j)
                if not words[:1].isupper():
                    continue
                if place := demonym_of(words):
                    yield Naming(i, j, place, "demonym")
                elif (
                    (state_named(words) and words not in self.surnames)
                    or self._prominent(words)
                    or (i == first and self._municipal(j, words))
                    or _is_county(words)
                ):
                    yield Naming(i, j, words, "inside")
                else:
                    continue
                step = j - i
                break
            i += step

    def _demonyms_in(self, first: int, last: int) -> Iterator[Naming]:
        for i in range(first, last):
            for j in (i + 2, i + 1):
                if j <= last and (place := demonym_of(self.__listed(i, j))):
                    yield Naming(i, j, place, "demonym")
                    break

    # ── what it did not find ──────────────────────────────────────────────────────────────────────────────────────

    def _unseen(self, sentence: Tokens) -> Iterator[Naming]:
        i = sentence.start
        while i < sentence.end:
            step = 1
            if i not in self.taken and self._may_begin(self.doc[i]):
                for j in range(min(sentence.end, i + 4), i, -1):
                    if naming := self._naming_at(i, j):
                        yield naming
                        step = j - i
                        break
            i += step

    def _naming_at(self, first: int, last: int) -> Naming | None:
        tokens = self.doc[first:last]
        if any(t.i in self.taken for t in tokens) or (not tokens[-1].text[:1].isupper() and last - first == 1):
            return None
        words = self.__listed(first, last)
        if _generic(words) or (tokens[-1].is_punct and not words.endswith(".")):
            return None
        if place := demonym_of(words):
            return Naming(first, last, place, "demonym")
        in_name = self.doc[first].ent_type_ in ("PERSON", "ORG", "WORK_OF_ART", "EVENT", "PRODUCT", "LAW", "FAC")
        if in_name:
            return None
        if state_named(words) and (last - first > 1 or self.doc[first].pos_ != "PRON"):
            return Naming(first, last, words, "name")
        if state_of_seat(words) and last - first > 1:
            return Naming(first, last, words, "name")
        if last - first == 1 and _ABBREVIATION.search(words) and not words.isalpha() and abbreviated(words):
            return Naming(first, last, words, "name")
        if not any(t.pos_ == "PROPN" for t in tokens) and not self._dateline(first, last):
            return None
        found = sites(words)
        if not found or self._is_surname(first, last) or self._titled(first):
            return None
        if last < len(self.doc) and self.doc[last].pos_ == "PROPN" and self.doc[last].ent_type_ not in _PLACES:
            return None
        if first and self.doc[first - 1].pos_ == "PROPN" and self.doc[first - 1].text[:1].isupper():
            return None
        if self._dateline(first, last) or self._contained(last) or self._located(first, strongly=True):
            return Naming(first, last, words, "name")
        if last < len(self.doc) and self.doc[last].lower_ in _PEOPLE | MUNICIPAL:
            return Naming(first, last, words, "name")
        if self._large(found) and not words.isupper() and last - first >= 1 and len(words) > 3:
            return Naming(first, last, words, "name")
        return None

    def _may_begin(self, token: Token) -> bool:
        return token.text[:1].isupper() and not token.is_space

    # ── signs ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def __listed(self, first: int, last: int) -> str:
        if first >= last:
            return ""
        words = self.text[self.doc[first].idx : self.doc[last - 1].idx + len(self.doc[last - 1])]
        bare = _TAIL.sub("", " ".join(words.split()))
        return bare if _ABBREVIATION.search(bare) else bare.rstrip(".")

    def _trim(self, first: int, last: int) -> tuple[int, int]:
        """Without articles, quotation marks, possessives and lower-case words at the ends."""
        while first < last and (
            self.doc[first].is_punct
            or self.doc[first].is_space
            or self.doc[first].is_quote
            or self.doc[first].text[:1].islower()
            or self.doc[first].lower_ == "the"
        ):
            first += 1
        while last > first and (
            self.doc[last - 1].is_space
            or self.doc[last - 1].tag_ == "POS"
            or self.doc[last - 1].is_quote
            or self.doc[last - 1].is_punct
            or self.doc[last - 1].text in ("'s", "’s", "'", "’", "s")
        ):
            last -= 1
        return first, last

    def _parts(self, first: int, last: int) -> list[tuple[int, int]]:
        """The parts of "Raleigh, N.C." and "Syria and Iraq", where one of them is known by itself."""
        cuts = [i for i in range(first, last) if self.doc[i].text in (",", "and", "&", "/", "-", "–", ";", "(", ")")]
        if not cuts:
            return []
        parts, begin = [], first
        for cut in [*cuts, last]:
            if cut > begin:
                part = self._trim(begin, cut)
                if part[0] < part[1]:
                    parts.append(part)
            begin = cut + 1
        known = any(sites(self.__listed(*part)) or abbreviated(self.__listed(*part)) for part in parts)
        return parts if known and parts != [(first, last)] else []

    def _located(self, first: int, *, strongly: bool = False) -> bool:
        """Whether a preposition of place stands before (articles, direction words and nouns of kind let through)."""
        i = first - 1
        while i >= 0 and (
            self.doc[i].lower_ in ("the", "nearby", "downtown")
            or self.doc[i].lower_.endswith("ern")
            or self.doc[i].lower_ in _UNITS_BEFORE
        ):
            i -= 1
        if i < 0:
            return False
        word = self.doc[i].lower_
        if (
            word == "of"
            and i
            and self.doc[i - 1].lower_ in (*_UNITS_BEFORE, "north", "south", "east", "west", "outskirts")
        ):
            return True
        return word in (_STRONGLY_LOCATIVE if strongly else _LOCATIVE)

    def _contained(self, last: int) -> bool:
        """Whether a comma and a country, state or province follow."""
        if last + 1 >= len(self.doc) or self.doc[last].text != ",":
            return False
        for end in range(min(len(self.doc), last + 4), last + 1, -1):
            words = self.__listed(last + 1, end)
            if words[:1].isupper() and (state_named(words) or abbreviated(words) or _is_province(words)):
                return True
        return False

    def _dateline(self, first: int, last: int) -> bool:
        """Whether this stands before a report's first words: "HARARE —", "SEOUL, South Korea (CNN) -"."""
        words = self.__listed(first, last)
        if not (words.isupper() and len(words) > 3 and self.doc[first].is_sent_start) or last >= len(self.doc):
            return False
        return self.doc[last].text in (",", "(", "—", "–", "-", "--", ":") or self.doc[last].text.startswith("\n")

    def _is_surname(self, first: int, last: int) -> bool:
        """Whether a single word is the surname of somebody in the report and nothing here makes it a place."""
        return (
            last - first == 1
            and self.doc[first].text in self.surnames
            and not self._located(first, strongly=True)
            and not self._contained(last)
        )

    def _titled(self, first: int) -> bool:
        return first > 0 and self.doc[first - 1].lower_.rstrip(".") in _TITLES

    def _municipal(self, last: int, words: str) -> bool:
        """Whether the name of a town is followed by something that towns have: "Dublin City Council"."""
        return (
            last < len(self.doc)
            and self.doc[last].lower_ in MUNICIPAL
            and not _generic(words)
            and words not in self.surnames
            and any(site.feature == "city" and fold(site.name) == fold(words) for site in sites(words))
        )

    @staticmethod
    def _large(found: tuple[Site, ...]) -> bool:
        return any(
            site.feature in ("country", "province", "continent", "water") or site.population >= _LARGE_CITY
            for site in found
        )

    def _prominent(self, words: str) -> bool:
        return (
            len(words) > 2 and words.lower() not in _NEVER and words not in self.surnames and self._large(sites(words))
        )


def _generic(words: str) -> bool:
    return all(word in _NEVER for word in words.lower().split())


def _is_county(words: str) -> bool:
    return " " in words and any(site.feature == "county" for site in sites(words))


def _is_province(words: str) -> bool:
    return any(site.feature == "province" for site in sites(words))
