"""Places that no gazetteer lists, told by how the report speaks of them: "in Marrow Cove", "the Cawdle dam", "visited Ruvo".

A name that once stands where only a place can is that place wherever else the report writes it, unless it is somebody's
surname there. What only may be a place ("at Ruvo", "to Ruvo") counts where nothing speaks for a person or an organisation.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dateline.read.dating import dateline
from dateline.read.document import Document, names_in
from dateline.read.names import is_title
from dateline.read.names import words as people
from dateline.read.place_lexicon import (
    ABSTRACT_HOLDERS,
    FEATURES_AFTER,
    FEATURES_IN_NAMES,
    GOAL_NOUNS,
    GOAL_VERBS,
    HOUSES,
    INSTITUTIONS,
    KINDS_OF,
    LAND,
    LANDMARKS,
    NAME_BEGINNINGS,
    NO_PLACES,
    REACHED,
    SENT,
    SETTLEMENTS_AFTER,
    TITLES,
)
from dateline.read.place_signs import Signs
from dateline.read.states import organisation_named
from dateline.read.toponyms import demonym_of, is_generic, is_known

_SURE = frozenset({"in", "near", "outside", "inside", "throughout"})
_POSSIBLE = frozenset({"off", "along", "towards", "toward", "into", "across", "beyond"})
_LABELLED = frozenset({"at", "through", "via"})  # these make a place only of what the parser takes for one too
_GOAL = frozenset({"to", "from", "for"})
_BEFORE_FEATURE = _SURE | _POSSIBLE | _LABELLED | {"to", "from", "on", "over", "down", "up", "of", "around"}
_LET_THROUGH = frozenset({"the", "nearby", "downtown", "rural", "remote"})
_POSSESSIVES = frozenset({"'s", "’s"})
_NOT_PLACES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL", "LANGUAGE", "LAW"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_WORKS = frozenset({"WORK_OF_ART", "EVENT", "PRODUCT"})
_SPOKEN = frozenset({"say", "tell", "add", "ask", "reply", "argue", "warn", "insist", "admit", "smile", "laugh"})
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[’'.-])*")
_CAPTION_DATE = re.compile(
    r", (?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?: \d{1,2},)? \d{4}(?:[.:]|\s*$)",
    re.MULTILINE,
)
_CAPITALS = re.compile(r"\b[A-Z][A-Z’'-]{2,}(?: [A-Z][A-Z’'-]{2,})*(?=,| \(| [—–-])")
_LONGEST = 4
_FEW = 2  # mentions that are too few for the parser's label to tell


@dataclass(frozen=True)
class Coined:
    """A mention of an unlisted place: tokens ``first`` to ``last`` (half-open)."""

    first: int
    last: int


@dataclass(frozen=True)
class _Run:
    """A capitalised name in its sentence."""

    first: int
    last: int
    words: str


def coined(document: Document, signs: Signs) -> list[Coined]:
    """Every mention of a place that no list knows, in order, without overlaps."""
    return _Coiner(document, signs).all()


class _Coiner:
    def __init__(self, document: Document, signs: Signs) -> None:
        self.document = document
        self.doc = document.tokens
        self.signs = signs
        self.lines = self._datelines()
        self.runs = [run for sentence in document.sentences for run in self._runs(sentence)]
        self.labels: dict[str, Counter[str]] = defaultdict(Counter)
        for run in self.runs:
            self.labels[run.words].update({self.doc[run.last - 1].ent_type_})

    def all(self) -> list[Coined]:
        sure: set[str] = {run.words for run in self.runs if run.first in self.lines or self._is_sure(run)}
        of_people = {run for run in self.runs if self._is_human(run)}
        human = {run.words for run in of_people}
        possible = {
            run.words
            for run in self.runs
            if run.words not in human and not self._is_organisation(run) and self._is_possible(run)
        }
        named = {words.title() if words.isupper() else words for words in (sure - human) | possible}
        found = []
        for run in self.runs:
            words = run.words.title() if run.words.isupper() else run.words
            feature = self._feature_after(run)
            if words in named and run not in of_people:
                found.append(Coined(run.first, feature or run.last))
            elif feature is not None and run.words not in human and not self._is_organisation(run):
                found.append(Coined(run.first, feature))
        return found

    # ── names ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _runs(self, sentence: Tokens) -> Iterator[_Run]:
        """The capitalised names of a sentence that no list knows, without titles and articles."""
        i = sentence.start
        while i < sentence.end:
            if not self._is_name_word(self.doc[i]):
                i += 1
                continue
            last = i + 1
            while step := self._goes_on(last, sentence.end):
                last += step
            whole = self._of_something(i, last, sentence.end)
            if whole is None:
                i = last
                continue
            last = whole
            words = self.signs.words(i, last)
            part_of = i > 1 and self.doc[i - 1].lower_ == "of" and self._is_name_word(self.doc[i - 2])
            if not part_of and last - i <= _LONGEST + 1 and self._may_be_place(i, last, words):
                yield _Run(i, last, words)
            i = last

    def _of_something(self, first: int, last: int, end: int) -> int | None:
        """The end of a name with "of the Republic" behind its only word: a house's is a place's, any other's is none (None)."""
        if last - first != 1 or last >= end or self.doc[last].text != "of":
            return last
        skip = 1 + (last + 1 < end and self.doc[last + 1].text == "the")
        if last + skip >= end or not self._is_name_word(self.doc[last + skip]):
            return last
        if self.doc[first].lower_ not in HOUSES:
            return None if skip > 1 else last
        last += skip
        while step := self._goes_on(last, end):
            last += step
        return last

    def _goes_on(self, i: int, end: int) -> int:
        """How many tokens more belong to a name: a word, "'s Crossing", "-Kamen"; 0 where it ends."""
        if i < end and self._is_name_word(self.doc[i]) and i not in self.lines:
            return 1
        if i + 1 >= end:
            return 0
        joint, after = self.doc[i], self.doc[i + 1]
        owned = joint.text in _POSSESSIVES and after.text[:1].isupper() and after.lower_ in FEATURES_IN_NAMES
        hyphened = joint.text == "-" and not self.doc[i - 1].whitespace_ and not joint.whitespace_
        return 2 if owned or (hyphened and self._is_name_word(after)) else 0

    def _is_name_word(self, token: Token) -> bool:
        text = token.text
        if not text[:1].isupper() or not _NAME_WORD.fullmatch(text) or token.lower_ == "the":
            return False
        if token.pos_ == "PROPN" or token.i in self.lines:
            return True
        # A parser takes invented names for any part of speech; one that begins a sentence may be a common word.
        return not token.is_sent_start and token.pos_ in ("NOUN", "ADJ", "VERB", "ADV", "X")

    def _may_be_place(self, first: int, last: int, words: str) -> bool:
        tokens = self.doc[first:last]
        low = [token.lower_ for token in tokens]
        if is_known(words) or is_generic(words) or demonym_of(words) or organisation_named(words):
            return False
        if any(word.rstrip(".") in TITLES and word not in ("st.", "st") for word in low) or any(map(is_title, low)):
            return False
        body = low[-1] in INSTITUTIONS or low[-1] in people().organisations
        if any(word in NO_PLACES for word in low) or (body and low[-1] not in FEATURES_IN_NAMES):
            return False
        if any(demonym_of(t.text) for t in tokens) and low[-1] not in FEATURES_IN_NAMES:
            return False
        if (first not in self.lines and any(token.ent_type_ in _NOT_PLACES for token in tokens)) or len(words) < 3:
            return False
        return first in self.lines or not tokens[-1].text.isupper()

    # ── what makes a place ────────────────────────────────────────────────────────────────────────────────────────

    def _is_sure(self, run: _Run) -> bool:
        """Whether this mention stands where only a place can."""
        if self._is_possessor(run) or self._is_modifier(run):
            return False
        before, preposition = self._before(run.first)
        if before == "kind":
            return True
        if self.doc[run.first].text in NAME_BEGINNINGS and run.last - run.first > 1:
            return preposition is not None and preposition.lower_ in _BEFORE_FEATURE
        if self._named_by_feature(run):
            landmark = (
                self.doc[run.last - 1].lower_ in LANDMARKS and run.first and self.doc[run.first - 1].lower_ == "the"
            )
            return bool(landmark) or (preposition is not None and preposition.lower_ in _BEFORE_FEATURE)
        if self._is_work(run):
            return False
        if self.signs.contained(run.last) and preposition is not None:
            return True
        if self._own_banks(run):
            return True
        if preposition is None or preposition.lower_ not in _SURE or self.doc[run.last - 1].lower_.endswith("s."):
            return False
        holder = preposition.head.lemma_.lower()
        if holder in ABSTRACT_HOLDERS or self._is_organisation(run):
            return False
        return not (run.words in self.signs.surnames | self.signs.first_names and preposition.lower_ != "in")

    def _is_possible(self, run: _Run) -> bool:
        """Whether this mention stands where a place may, and no sign speaks against it."""
        if self._is_possessor(run) or self._is_modifier(run) or self._is_work(run):
            return False
        if run.words in self.signs.surnames | self.signs.first_names:
            return False
        _, preposition = self._before(run.first)
        person = all(self.doc[i].ent_type_ == "PERSON" for i in range(run.first, run.last))
        if preposition is None:
            head = self._root(run)
            bare = self.doc[run.first - 1].lower_ != "the"
            return bare and head.dep_ == "dobj" and head.head.lemma_.lower() in REACHED
        word, holder = preposition.lower_, preposition.head.lemma_.lower()
        if word in _LABELLED:
            return holder not in ABSTRACT_HOLDERS and any(self.labels[run.words][label] for label in _PLACES)
        if word in _POSSIBLE:
            return not person and holder not in ABSTRACT_HOLDERS
        if word in _GOAL:
            if person or any(child.dep_ == "dobj" and child.lemma_ in SENT for child in preposition.head.children):
                return False  # "sent a letter to Vasquell"
            return holder in GOAL_VERBS or holder in GOAL_NOUNS
        return False

    def _before(self, first: int) -> tuple[str | None, Token | None]:
        """The preposition just before a name ("kind" where a noun says what place it is: "the village of Ruvo")."""
        i = first - 1
        while i >= 0 and (self.doc[i].lower_ in _LET_THROUGH or self.doc[i].lower_.endswith(("thern", "stern"))):
            i -= 1
        if i < 0 or self.doc[first].is_sent_start:
            return None, None
        if self.doc[i].lower_ in KINDS_OF and i == first - 1 and self.doc[i].text.islower():
            return ("kind", self.doc[i - 1]) if i and self.doc[i - 1].lower_ in ("the", "a", "nearby") else (None, None)
        if self.doc[i].lower_ == "of" and i and self.doc[i - 1].lower_ in KINDS_OF and i == first - 1:
            return "kind", self.doc[i]
        if self.doc[i].pos_ in ("ADP", "SCONJ", "PART") or self.doc[i].lower_ in _BEFORE_FEATURE:
            return None, self.doc[i]
        return None, None

    def _named_by_feature(self, run: _Run) -> bool:
        last = self.doc[run.last - 1]
        return run.last - run.first > 1 and last.lower_ in FEATURES_IN_NAMES

    def _feature_after(self, run: _Run) -> int | None:
        """The end of "Cawdle dam", where a noun in small letters makes a place of the name before it."""
        if run.last >= len(self.doc) or not run.first or self.doc[run.last].lower_ not in FEATURES_AFTER:
            return None
        article = self.doc[run.first - 1].lower_ in ("the", "a", "of", "and", "in", "at", "near", "both")
        noun = self.doc[run.last]
        return run.last + 1 if article and noun.pos_ == "NOUN" and noun.text.islower() else None

    def _own_banks(self, run: _Run) -> bool:
        """Whether this is a river that bursts its banks."""
        after = self.document.doc[run.last - 1 : run.last + 8].text
        return bool(re.match(r"\S+ (?:has |had )?(?:burst|overflowed|broke|left) its banks", after))

    def _datelines(self) -> set[int]:
        """The first tokens of the names that begin a dateline, or a caption's line of place and date."""
        found = set()
        for part in self.document.parts:
            line = dateline(self.document, part)
            caption = None
            if part.kind in ("body", "side"):
                head = re.match(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}", self.document.text[part.start : part.end])
                if head and _CAPTION_DATE.match(self.document.text, part.start + head.end(), part.end):
                    caption = part.start
            if line is not None or caption is not None:
                at = line[0] if line is not None else part.start
                capitals = _CAPITALS.search(self.document.text, at, line[1]) if line is not None else None
                at = capitals.start() if capitals else at
                token = next((t for t in self.doc if t.idx >= at and t.text.strip()), None)
                if token is not None:
                    found.add(token.i)
        return found

    # ── what speaks against it ────────────────────────────────────────────────────────────────────────────────────

    def _is_human(self, run: _Run) -> bool:
        """Whether this mention is a person's: a title before it, a given name in it, words of theirs after it."""
        if run.first and (is_title(self.doc[run.first - 1].text) or self.signs.titled(run.first)):
            return True
        lists = people()
        first = self.doc[run.first].text
        if first in lists.female | lists.male and run.last - run.first > 1 and not self._named_by_feature(run):
            return True
        head = self._root(run)
        if head.dep_ != "nsubj" or head.head.lemma_.lower() not in _SPOKEN:
            return False
        persons = [ent for ent in names_in(self.document.doc[run.first : run.last]) if ent.label_ == "PERSON"]
        return any(ent.end - ent.start > 1 and ent.start <= run.first and run.last <= ent.end for ent in persons)

    def _root(self, run: _Run) -> Token:
        single = run.last - run.first == 1
        return self.doc[run.first] if single else self.document.doc[run.first : run.last].root

    def _is_organisation(self, run: _Run) -> bool:
        """Whether a mention looks like an organisation's: the parser says so, or its last word does."""
        if self._named_by_feature(run):
            return False
        tokens = self.doc[run.first : run.last]
        low = tokens[-1].lower_
        if low in people().organisations or low in INSTITUTIONS:
            return True
        several = run.last - run.first > 1
        labels = self.labels[run.words]
        if labels.total() > _FEW and 2 * labels["ORG"] > labels.total():
            return True
        return several and (low.endswith("s") or all(token.ent_type_ == "ORG" for token in tokens))

    def _is_work(self, run: _Run) -> bool:
        quoted = run.first > 0 and self.doc[run.first - 1].is_quote
        return quoted or any(self.doc[i].ent_type_ in _WORKS for i in range(run.first, run.last))

    def _is_possessor(self, run: _Run) -> bool:
        """Whether the name owns what follows, unless that is land: "in Ruvo's view", not "in Ruvo's harbour"."""
        if run.last >= len(self.doc) or self.doc[run.last].text not in (*_POSSESSIVES, "'", "’"):
            return False
        owned = next((t for t in self.doc[run.last + 1 : run.last + 5] if t.pos_ == "NOUN"), None)
        return owned is None or (owned.lower_ not in LAND and owned.lemma_ not in LAND)

    def _is_modifier(self, run: _Run) -> bool:
        """Whether the name only says which: "in Halyard reports"."""
        if run.last >= len(self.doc) or self.doc[run.last].is_sent_start:
            return False
        after = self.doc[run.last]
        modifies = after.pos_ == "NOUN" and not after.is_punct and after.lemma_ not in SETTLEMENTS_AFTER
        return modifies and after.lower_ not in LAND and after.lemma_ not in LAND and after.ent_type_ not in _NOT_PLACES
