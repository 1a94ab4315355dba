"""Where a text names places: the parser's names put right, and the gazetteer's where the parser saw none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dateline.read.document import Document
from dateline.read.gazetteer import candidates, fold, sites
from dateline.read.names import is_title
from dateline.read.place_coined import coined
from dateline.read.place_lexicon import (
    FACILITIES,
    FEATURES_IN_NAMES,
    FIGURATIVE,
    MUNICIPAL,
    NAME_BEGINNINGS,
    REGIONS,
    STRONGLY_LOCATIVE,
)
from dateline.read.place_signs import Signs
from dateline.read.states import organisation_named, state_named, state_of_seat
from dateline.read.toponyms import (
    demonym_of,
    derived,
    has_feature,
    is_abbreviation,
    is_generic,
    is_known,
    is_large,
    is_large_town,
    is_metropolis,
    is_usual_name,
    is_well_known,
)

Form = Literal["name", "demonym", "inside"]

_PLACES = frozenset({"GPE", "LOC", "FAC"})
_NAMES_WITH_PLACES = frozenset({"ORG", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT"})
_WRITTEN_AS_NAME = re.compile(r"\w[\w .,'’&/-]*")
_JOINTS = frozenset({"-", ",", "and", "of"})
_LINKS = frozenset({",", "and", "or", "&"})
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


def namings(document: Document) -> list[Naming]:
    """Every naming of a place outside furniture, in order, without overlaps."""
    return _Finder(document).all()


class _Finder:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.doc = document.tokens
        self.sentences = document.sentences
        self.taken: set[int] = set()
        self.found: list[Naming] = []
        self.capitalised = [
            [token for token in document.tokens_in(sentence) if token.text[:1].isupper()] for sentence in self.sentences
        ]
        self.signs = Signs(document)
        self.placed = self._placed()
        self.unlisted = self._unlisted()

    def all(self) -> list[Naming]:
        forms = {form: name for name in self.unlisted for form in derived(name)}
        for place in coined(self.document, self.signs):
            self._keep(Naming(place.first, place.last, self.signs.words(place.first, place.last), "name"))
        for sentence, names, capitalised in zip(self.sentences, self.document.names, self.capitalised, strict=True):
            for token in self.document.tokens_in(sentence) if self.unlisted else ():
                if token.text in forms:
                    self._keep(Naming(token.i, token.i + 1, forms[token.text], "demonym"))
                elif token.text in self.unlisted and not self.signs.in_longer_name(token.i):
                    self._keep(Naming(token.i, token.i + 1, token.text, "name"))
            for ent in names:
                for naming in self._of_entity(ent):
                    self._keep(naming)
            for naming in self._unseen(capitalised, sentence.end):
                self._keep(naming)
            for naming in self._listed(capitalised):
                self._keep(naming)
        self._repeat()
        return [self._with_kind(naming) for naming in sorted(self.found, key=lambda naming: naming.first)]

    def _with_kind(self, naming: Naming) -> Naming:
        """With the kind of region that the text says: "Donetsk region" and "Luhansk region" of "Donetsk and Luhansk regions"."""
        if naming.form != "name" or not 0 < naming.last < len(self.doc):
            return naming
        head = self.document.doc[naming.first : naming.last].root
        while head.dep_ == "conj" and head.head.pos_ == "PROPN":
            head = head.head
        kind = head.head.lemma_ if head.dep_ in ("compound", "nmod", "amod") else self.doc[naming.last].lemma_
        said = f"{naming.name} {kind}"
        return replace(naming, name=said) if kind in REGIONS and candidates(said) and not sites(said) else naming

    def _keep(self, naming: Naming) -> None:
        tokens = range(naming.first, naming.last)
        if tokens and not self.taken.intersection(tokens):
            self.taken.update(tokens)
            self.found.append(naming)

    # ── what the parser found ─────────────────────────────────────────────────────────────────────────────────────

    def _of_entity(self, ent: Tokens) -> Iterator[Naming]:
        first, last = self.signs.trim(ent.start, ent.end)
        if first >= last:
            return
        words = self.signs.words(first, last)
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
        words = self.signs.words(first, last)
        if not any(c.isupper() for c in words) or is_generic(words) or words in FIGURATIVE:
            return
        if self.signs.is_surname(first, last) and not state_named(words):
            return
        first, last = self._widened(first, last)
        words = self.signs.words(first, last)
        if (whole := self._unknown_whole(first, last)) is not None:
            if (
                self.doc[whole[1] - 1].lower_ in FEATURES_IN_NAMES
                and self.doc[whole[0]].text not in self.signs.first_names
            ):
                yield Naming(*whole, self.signs.words(*whole), "name")
        elif is_known(words):
            yield Naming(first, last, words, "name")
        elif parts := self.signs.parts(first, last):
            for part in parts:
                yield from self._of_place(*part, label)
        elif label == "FAC":
            if self.signs.located(first) or last - first > 1:
                yield Naming(first, last, words, "name")
        elif inner := list(self._demonyms_in(first, last)):
            yield from inner
        elif self.doc[first].text not in NAME_BEGINNINGS and (cut := self._known_end(first, last)) is not None:
            yield Naming(cut, last, self.signs.words(cut, last), "name")
        elif self._passes_unknown(first, last, words):
            yield Naming(first, last, words, "name")

    def _unknown_whole(self, first: int, last: int) -> tuple[int, int] | None:
        """The longer name that no list knows of which a lesser known one is the end: "Marrow Bay" of "Bay"."""
        words = self.signs.words(first, last)
        start = first
        while start and not self.doc[start].is_sent_start and self._goes_with(self.doc[start - 1]):
            start -= 1
        if start == first or state_named(words) or is_well_known(words) or is_known(self.signs.words(start, last)):
            return None
        return start, last

    def _goes_with(self, before: Token) -> bool:
        """Whether a word before a name looks like a part of it, not an adjective, a title or a place before it."""
        known = demonym_of(before.text) or is_title(before.text) or is_generic(before.text) or is_known(before.text)
        capital = before.text[:1].isupper() and not before.text.isupper() and before.text.isalpha()
        return (
            capital
            and before.pos_ == "PROPN"
            and before.dep_ == "compound"
            and before.i not in self.taken
            and not known
        )

    def _passes_unknown(self, first: int, last: int, words: str) -> bool:
        """Whether what the parser takes for a place may be one, though the gazetteer does not know it.

        Somewhere in the report it must stand as a place does; a person's name passes nowhere else.
        """
        if not _WRITTEN_AS_NAME.fullmatch(words):
            return False
        if self.signs.located(first, STRONGLY_LOCATIVE) or self.signs.contained(last):
            return True
        if organisation_named(words) or words in self.signs.people:
            return False
        return words in self.placed

    def _placed(self) -> set[str]:
        """The names that the parser takes for places and that stand as such at least once."""
        placed = set()
        for names in self.document.names:
            for ent in names:
                first, last = self.signs.trim(ent.start, ent.end)
                if ent.label_ in _PLACES and first < last:
                    listed = ent.root.dep_ == "conj" and self.signs.located(self.signs.trim(ent.root.head.i, last)[0])
                    if listed or self.signs.located(first) or self.signs.contained(last):
                        placed.add(self.signs.words(first, last))
        return placed

    def _unlisted(self) -> set[str]:
        """The names of states or lands that no table knows, told by the adjective that the report makes of them."""
        adjectives = {
            token.text
            for sentence, capitalised in zip(self.sentences, self.capitalised, strict=True)
            for token in capitalised
            if token.i + 1 < sentence.end and (token.ent_type_ == "NORP" or token.nbor().pos_ == "NOUN")
        }
        return {
            token.text
            for capitalised in self.capitalised
            for token in capitalised
            if token.pos_ == "PROPN"
            and token.text not in self.signs.people
            and not adjectives.isdisjoint(derived(token.text))
            and not is_known(token.text)
        }

    def _widened(self, first: int, last: int) -> tuple[int, int]:
        """With the capitalised words around, where together they are a known name: "Borno" in "Borno State"."""
        words = self.signs.words(first, last)
        if first and self.doc[first - 1].text in NAME_BEGINNINGS and first - 1 not in self.taken:
            first -= 1
            words = self.signs.words(first, last)
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
            joined = self.signs.words(start, end)
            if fold(joined) != fold(words) and (sites(joined) or is_abbreviation(joined)):
                return start, end
        return first, last

    def _known_end(self, first: int, last: int) -> int | None:
        """Where a known place begins inside an unknown one: "Germany" in "Nazi Germany"."""
        for cut in range(first + 1, last):
            words = self.signs.words(cut, last)
            if words[:1].isupper() and not is_generic(words) and (state_named(words) or is_usual_name(words)):
                return cut
        return None

    def _of_person(self, first: int, last: int, words: str) -> Iterator[Naming]:
        if last - first > 3 or self.signs.titled(first):
            return
        single = last - first == 1
        located = self.signs.located(first, STRONGLY_LOCATIVE) or self.signs.contained(last)
        if single and state_named(words):
            passes = located or words not in self.signs.people
        elif self.signs.is_surname(first, last) or not sites(words):
            passes = False
        elif located or (has_feature(words, "province") if not single else self.signs.of_town(last, words)):
            passes = True
        else:
            sure = bool(state_of_seat(words)) or self.signs.located(first)
            passes = words not in self.signs.first_names and (is_metropolis(words) or (sure and is_large_town(words)))
        if passes:
            yield Naming(first, last, words, "name")

    def _of_organisation(self, first: int, last: int, words: str) -> Iterator[Naming]:
        if state_named(words) or state_of_seat(words):
            yield Naming(first, last, words, "name")
            return
        if organisation_named(words):
            return
        single = last - first == 1
        facility = not single and self.doc[last - 1].lower_ in FACILITIES
        if self.signs.located(first, STRONGLY_LOCATIVE) or self.signs.contained(last):
            if sites(words) and not is_generic(words):
                yield Naming(first, last, words, "name")
                return
            if facility:
                yield Naming(first, last, words, "name")
                return
        elif facility and self.signs.located(first):
            yield Naming(first, last, words, "name")
            return
        if single:
            capital = bool(state_of_seat(words)) and is_large_town(words)
            if capital or (is_large(words) and not words.isupper()) or self.signs.of_town(last, words):
                yield Naming(first, last, words, "name")
            return
        yield from self._inside(first, last)

    def _inside(self, first: int, last: int) -> Iterator[Naming]:
        """Places inside another name: adjectives, states, large places, counties, the town it begins with."""
        i = first
        while i < last:
            step = 1
            for j in range(min(last, i + 3), i, -1):
                words = self.signs.words(i, j)
                if j - i == last - first or not words[:1].isupper():
                    continue
                if place := demonym_of(words):
                    yield Naming(i, j, place, "demonym")
                elif self._stands_inside(words) or (i == first and self.signs.municipal(j, words)):
                    yield Naming(i, j, words, "inside")
                else:
                    continue
                step = j - i
                break
            i += step

    def _stands_inside(self, words: str) -> bool:
        if len(words) < 3 or is_generic(words) or words in self.signs.surnames:
            return bool(state_named(words)) and words not in self.signs.surnames
        return bool(state_named(words)) or is_well_known(words) or has_feature(words, "county")

    def _demonyms_in(self, first: int, last: int) -> Iterator[Naming]:
        for i in range(first, last):
            for j in (i + 2, i + 1):
                if j <= last and (place := demonym_of(self.signs.words(i, j))):
                    yield Naming(i, j, place, "demonym")
                    break

    # ── what it named before ──────────────────────────────────────────────────────────────────────────────────────

    def _repeat(self) -> None:
        """Take the names found for places wherever else the report writes them, unless they are somebody's there."""
        known: dict[str, set[tuple[str, ...]]] = {}
        for naming in self.found:
            if naming.form == "name" and len(naming.name) > _LONGEST:
                words = tuple(naming.name.split())
                known.setdefault(words[0], set()).add(words)
        for sentence in self.sentences:
            for token in self.document.tokens_in(sentence):
                for words in known.get(token.text, ()):
                    last = token.i + len(words)
                    if last > sentence.end or not self._recurs(token.i, last, words):
                        continue
                    self._keep(Naming(token.i, last, " ".join(words), "name"))

    def _recurs(self, first: int, last: int, words: tuple[str, ...]) -> bool:
        """Whether a stretch is a name of those words and no part of a longer one, nor a person's."""
        tokens = self.doc[first:last]
        if tuple(token.text for token in tokens) != words or any(token.pos_ != "PROPN" for token in tokens):
            return False
        if self._runs_on(first, last) or self.signs.titled(first) or self.signs.is_surname(first, last):
            return False
        return words[0] not in self.signs.first_names and "".join(words) not in self.signs.surnames

    # ── what it did not find ──────────────────────────────────────────────────────────────────────────────────────

    def _unseen(self, capitalised: Sequence[Token], end: int) -> Iterator[Naming]:
        """The names of a sentence that the parser did not see, the longer before the shorter."""
        for token in capitalised:
            i = token.i
            if i in self.taken or token.lower_ == "the" or self.signs.titled(i):
                continue
            lasts = range(self._free(i, min(end, i + _LONGEST)), i, -1)
            found = next((naming for last in lasts if (naming := self._unseen_at(i, last))), None)
            if found is not None:
                yield found

    def _free(self, first: int, last: int) -> int:
        """The end of the tokens from a free one on that no naming has taken, at most ``last``."""
        return next((i for i in range(first, last) if i in self.taken), last)

    def _unseen_at(self, first: int, last: int) -> Naming | None:
        words = self.signs.words(first, last)
        if is_generic(words) or (self.doc[last - 1].is_punct and not words.endswith(".")):
            return None
        if place := demonym_of(words):
            return Naming(first, last, place, "demonym")
        if self.doc[first].ent_type_ in _NAMES_WITH_PLACES | {"PERSON", "FAC"}:
            return None
        name = Naming(first, last, words, "name")
        several = last - first > 1
        if state_named(words) and (several or self.doc[first].pos_ != "PRON"):
            return name
        if is_abbreviation(words) or (state_of_seat(words) and several):
            return name
        dateline = self.signs.dateline(first, last)
        if not (dateline or any(self.doc[i].pos_ == "PROPN" for i in range(first, last))) or not sites(words):
            return None
        if self.signs.is_surname(first, last) or self._runs_on(first, last):
            return None
        if (
            dateline
            or self.signs.contained(last)
            or self.signs.located(first, STRONGLY_LOCATIVE)
            or self.signs.of_town(last, words)
        ):
            return name
        return name if is_large(words) and not words.isupper() and len(words) > 3 else None

    def _listed(self, capitalised: Sequence[Token]) -> Iterator[Naming]:
        """Known names that only their place in a list tells: after or before ", " or "and" and a place."""
        known = [naming for naming in self.found if naming.form == "name"]
        ends, starts = {naming.last for naming in known}, {naming.first for naming in known}
        for token in capitalised:
            i = token.i
            if token.pos_ != "PROPN" or i in self.taken or token.ent_type_ == "ORG":
                continue
            after = i + 2 in starts and self.doc[i + 1].text in _LINKS
            if not after and not (i - 1 in ends and self.doc[i - 1].text in _LINKS):
                continue
            words = self.signs.words(i, i + 1)
            if not is_usual_name(words) or is_generic(words) or words in self.signs.people:
                continue
            if not self.signs.in_longer_name(i):
                yield Naming(i, i + 1, words, "name")

    def _runs_on(self, first: int, last: int) -> bool:
        """Whether a capitalised name goes on before or after this."""
        after = self.doc[last] if last < len(self.doc) else None
        if after is not None and after.pos_ == "PROPN" and after.text[:1].isupper() and not after.is_sent_start:
            return after.lower_ not in MUNICIPAL
        before = self.doc[first - 1] if first else None
        return before is not None and before.pos_ == "PROPN" and before.text[:1].isupper()
