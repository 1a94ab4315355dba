"""Signs around a name in its text: what stands before and after it, and whose surname it is."""

from __future__ import annotations

from dateline.read.document import Document
from dateline.read.gazetteer import abbreviated
from dateline.read.place_lexicon import KINDS_BEFORE, LOCATIVE, MUNICIPAL, SURELY_LOCATIVE, TITLES, TOWNSPEOPLE
from dateline.read.states import state_named
from dateline.read.toponyms import bare_name, has_feature, is_generic, is_known, is_town

_CUTS = frozenset({",", "and", "to", "&", "/", "-", "–", ";", "(", ")", "'s", "’s"})


class Signs:
    """The signs in one document. Stretches are given by their first token and the one after their last.

    ``first_names`` and ``surnames`` are those of the persons that the parser found with more than one name, ``people`` both.
    """

    def __init__(self, document: Document) -> None:
        self.doc = document.tokens
        self._text = document.text
        persons = [
            self.words(*self.trim(e.start, e.end)).split(" ")
            for names in document.names
            for e in names
            if e.label_ == "PERSON"
        ]
        persons = [words for words in persons if len(words) > 1 and "of" not in words]
        self.first_names = {words[0] for words in persons}
        self.surnames = {words[-1] for words in persons}
        self.people = self.first_names | self.surnames

    def words(self, first: int, last: int) -> str:
        """The words of some tokens on one line, without a possessive or punctuation at the end."""
        if first >= last:
            return ""
        end = self.doc[last - 1]
        return bare_name(" ".join(self._text[self.doc[first].idx : end.idx + len(end)].split()))

    def trim(self, first: int, last: int) -> tuple[int, int]:
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

    def parts(self, first: int, last: int) -> list[tuple[int, int]]:
        """The parts of "Raleigh, N.C." and "Syria and Iraq", where one of them is known by itself."""
        parts, begin = [], first
        for cut in [*(i for i in range(first, last) if self.doc[i].text in _CUTS), last]:
            part = self.trim(begin, cut)
            if part[0] < part[1]:
                parts.append(part)
            begin = cut + 1
        known = any(is_known(self.words(*part)) or abbreviated(self.words(*part)) for part in parts)
        return parts if known and parts != [(first, last)] else []

    def located(self, first: int, prepositions: frozenset[str] = LOCATIVE) -> bool:
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
        return word in prepositions

    @staticmethod
    def _let_through(word: str) -> bool:
        return word in ("the", "nearby", "downtown", "rural") or word.endswith("ern") or word in KINDS_BEFORE

    def contained(self, last: int) -> bool:
        """Whether a comma and a country, state or province follow."""
        if last + 1 >= len(self.doc) or self.doc[last].text != ",":
            return False
        for end in range(min(len(self.doc), last + 4), last + 1, -1):
            words = self.words(last + 1, end)
            if words[:1].isupper() and (state_named(words) or abbreviated(words) or has_feature(words, "province")):
                return True
        return False

    def dateline(self, first: int, last: int) -> bool:
        """Whether this stands before a report's first words: "HARARE —", "SEOUL, South Korea (CNN) -"."""
        if last >= len(self.doc) or not self.doc[first].is_sent_start:
            return False
        words = self.words(first, last)
        if not words.isupper() or len(words) <= 3:
            return False
        after = self.doc[last].text
        return after in (",", "(", "—", "–", "-", "--", ":") or after.startswith("\n")

    def of_town(self, last: int, words: str) -> bool:
        """Whether the name of a town is followed by those who live or serve there: "a Gainesville man"."""
        return last < len(self.doc) and self.doc[last].text in TOWNSPEOPLE and is_town(words)

    def municipal(self, last: int, words: str) -> bool:
        """Whether the name of a town is followed by something that towns have: "Dublin City Council"."""
        follows = last < len(self.doc) and self.doc[last].lower_ in MUNICIPAL
        return follows and not is_generic(words) and words not in self.surnames and is_town(words)

    def is_surname(self, first: int, last: int) -> bool:
        """Whether a single word is the surname of somebody in the report and nothing here makes it a place."""
        if last - first != 1 or self.words(first, last) not in self.surnames:
            return False
        return not self.located(first, SURELY_LOCATIVE) and not self.contained(last)

    def in_longer_name(self, i: int) -> bool:
        """Whether the token is part of a name of several words: "Varnia" in "Bank of Varnia" or "Air Varnia"."""
        token = self.doc[i]
        around = [self.doc[j] for j in (i - 1, i + 1) if 0 <= j < len(self.doc) and self.doc[j].sent == token.sent]
        return any(t.pos_ == "PROPN" and t.ent_type_ == token.ent_type_ != "" for t in around)

    def titled(self, first: int) -> bool:
        """Whether a title stands here or just before: "Mr Paris"."""
        beside = self.doc[max(first - 1, 0) : first + 1]
        return any(token.lower_.rstrip(".") in TITLES for token in beside) and self.doc[first].text != "St."
