"""Where actors are named in a text: people with their role phrases, organisations, states, role-only phrases and groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dateline.read.claimants import answers
from dateline.read.cues import strength, subject_of
from dateline.read.document import Document
from dateline.read.names import gender_of, is_title, parts_of, same_person, skeleton, words
from dateline.read.states import (
    organisation_named,
    state_named,
    state_of_adjective,
    state_of_code,
    state_of_seat,
)
from dateline.read.unlisted import STATELY, Unlisted
from dateline.records import ActorKind, Place

_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž]|al-[A-Z]")
_LOCATIVE = frozenset(
    {"in", "near", "across", "inside", "throughout", "within", "into", "around", "through", "via", "outside"}
)
_JOINING = frozenset({"of", "for", "and", "-", "'s", "’s"})
_LONGEST_ROLE = 10  # tokens
_NAME_TAGS = frozenset({"PROPN", "NOUN", "ADJ", "X", "VERB"})
_LONG_ENOUGH = 6  # letters of a name below which another spelling is likely another name
_NAMED_AFTER = frozenset({"administration", "campaign", "doctrine", "era"})
_AREAS = frozenset(
    {"region", "province", "oblast", "district", "county", "city", "strait", "river", "valley", "airport"}
)
_AGENTIVE = frozenset({"nsubj", "nsubjpass", "agent"})
_REPORTING = 0.4
_SURELY = 0.6
_ADDRESSING = frozenset(
    {"tell", "inform", "assure", "remind", "warn", "urge", "ask", "notify", "brief", "advise", "implore", "beg"}
)
_MISSIVES = frozenset({"letter", "note", "memo", "email", "message", "appeal", "petition", "complaint", "testimony"})
# What is told or asked without being somebody: "told the truth", "asked the question".
_TOLD = frozenset([
    "story", "truth", "lie", "joke", "tale", "question", "time", "way", "difference", "fortune", "help", "permission",
    "favor", "favour", "thing", "price", "money", "forgiveness", "advice", "name", "anything", "something",
])  # fmt: skip
_TELLING = ("clause", "object", "predicate", "to")
_ARTICLES = frozenset({"the", "this", "that", "these", "those", "a", "an"})
_OF_ANOTHER = frozenset({"for", "of", "to"})
_FUNCTION = frozenset({"of", "for", "and", "in", "at", "from", "to"})


@dataclass
class Mention:
    """One mention before identities are made. ``start`` and ``end`` are token indexes, the end outside.

    ``name`` are the words of the bare name (empty for a role-only or unnamed one), ``role`` the lower-case head noun of the
    role phrase with the ``marks`` that tell which one (states' codes, other words), ``state`` the code of a state actor, ``canonical`` the
    listed name of an organisation that the lists know.
    ``acts`` is False for a phrase that only is spoken of: it may mean an actor, but does not make one.
    """

    start: int
    end: int
    kind: ActorKind
    name: tuple[str, ...] = ()
    role: str | None = None
    marks: frozenset[str] = frozenset()
    state: str | None = None
    label: str = ""
    definite: bool = False
    acts: bool = True
    canonical: str | None = None


def find_mentions(document: Document, places: Sequence[Place], unlisted: Unlisted) -> list[Mention]:
    """All mentions, in order, none inside another."""
    return _Finder(document, places, unlisted).run()


def marks_of(tokens: Iterable[Token], head: Token | None, unlisted: Unlisted) -> frozenset[str]:
    """What a role phrase says beside its head: states by their code, other words in small letters."""
    found: set[str] = set()
    for token in tokens:
        if token == head or token.is_punct or token.is_space or token.lower_ in _ARTICLES or token.lower_ in _FUNCTION:
            continue
        if token.lower_ in ("'s", "’s", "’", "'") or token.lower_ in (
            "former",
            "then",
            "new",
            "acting",
            "top",
            "senior",
        ):
            continue
        state = state_of_adjective(token.text) or state_named(token.text) or state_of_seat(token.text)
        found.add(state.iso if state else unlisted.code(token.text) or _spelling(token.lower_))
    return frozenset(found)


def _called_one(name: Token) -> bool:
    """Whether a name follows the word for an organisation: "the newspaper Der Pegel"."""
    noun = name.head
    alone = noun.i == name.left_edge.i - 1 and noun.pos_ == "NOUN"
    return name.dep_ == "appos" and alone and noun.lower_ in words().common_organisations


def _addressed(noun: Token) -> bool:
    """Whether a noun is whom something is told: "told reporters that", "warned fishermen", "a letter to the court"."""
    verb = noun.head
    if noun.dep_ == "pobj" and verb.lower_ == "to" and verb.head.lemma_.lower() in _MISSIVES:
        return True
    return (
        noun.dep_ in ("dobj", "dative")
        and verb.lemma_.lower() in _ADDRESSING
        and noun.lemma_.lower() not in _TOLD
        and noun.ent_type_ not in ("DATE", "TIME", "MONEY", "QUANTITY")
        and subject_of(verb) not in (None, noun)
    )


def _spelling(word: str) -> str:
    return "defence" if word == "defense" else word


class _Finder:
    """The passes over one document; each takes only tokens that no earlier one took."""

    def __init__(self, document: Document, places: Sequence[Place], unlisted: Unlisted) -> None:
        self.document = document
        self.unlisted = unlisted
        self.doc = document.doc
        self.taken = [False] * len(self.doc)
        self.mentions: list[Mention] = []
        self.places = {p.start: p for p in places}
        self.place_words = {p.text for p in places if p.use in ("literal", "government")}
        self.surnames: set[str] = set()
        self.names: set[tuple[str, ...]] = set()
        self.readable = {token.i for token in document.readable}
        self.capitalised = [token for token in document.readable if _CAPITAL.match(token.text)]

    def run(self) -> list[Mention]:
        entities = [e for e in self.doc.ents if e.start in self.readable]
        for entity in entities:
            if entity.label_ == "PERSON":
                self._person(entity)
        for entity in entities:
            if entity.label_ in ("GPE", "ORG", "LOC", "FAC", "NORP", "WORK_OF_ART", "PRODUCT"):
                self._misnamed_person(entity)
        self._known_surnames()
        for entity in entities:
            if entity.label_ in ("ORG", "GPE", "LOC", "FAC", "PERSON", "NORP", "PRODUCT"):
                self._named(entity)
        self._listed()
        self._things()
        self._short_names()
        self._speaking_names()
        self._phrases()
        self._one_kind_a_name()
        return sorted(self.mentions, key=lambda m: m.start)

    # ── people ────────────────────────────────────────────────────────────────────────────────────────────────

    def _person(self, entity: Tokens) -> None:
        """A person as the tagger found it, without what is not the name, with its role phrase."""
        start, end = entity.start, entity.end
        while end > start and (self.doc[end - 1].lower_ in ("'s", "’s", "’", "'") or self.doc[end - 1].is_punct):
            end -= 1
        while start < end and not _CAPITAL.match(self.doc[start].text):
            start += 1
        while start < end - 1 and is_title(self.doc[start].text):
            start += 1
        if self.doc[end : end + 3].text.rstrip()[-1:] in "”\"'’" and end + 3 < len(self.doc):
            after = self.doc[end + 3]  # a nickname in marks: Ann “Bee” Lee
            if self.doc[end].text in ("“", '"', "'", "‘") and after.pos_ == "PROPN" and _CAPITAL.match(after.text):
                self._add_person(start, end + 4)
                return
        for i in range(start, end):
            if self.doc[i].text in (",", "(", "/", ":", ";", "–", "—", "\n", "“", "”", '"') or "\n" in self.doc[i].text:
                end = i
                break
        tokens = self.doc[start:end]
        if not tokens or not self._like_a_person(tokens) or _called_one(tokens.root):
            return
        self._add_person(self._given_before(start, end), end)

    def _given_before(self, start: int, end: int) -> int:
        """Where a name begins whose given name the tagger left out: a capitalised word between a role and the name."""
        if start < 2 or end - start > 1:
            return start
        given, role = self.doc[start - 1], self.doc[start - 2]
        named = given.pos_ == "PROPN" and given.dep_ == "compound" and given.head == self.doc[end - 1]
        if not named or not _CAPITAL.match(given.text) or given.ent_type_ or self.taken[start - 1]:
            return start
        return (
            start - 1 if is_title(role.text) and not is_title(given.text) and self._code(given.text) is None else start
        )

    def _like_a_person(self, tokens: Tokens) -> bool:
        text = tokens.text
        if any(ch.isdigit() for ch in text) or state_named(text) or organisation_named(text) or len(text) < 2:
            return False
        if state_of_adjective(tokens[0].text) or tokens[-1].lower_ in words().organisations:
            return False
        if tokens.start and self.doc[tokens.start - 1].lower_ == "the":
            return False  # "the Teal" is a ship or a river
        titled = tokens.start > 0 and is_title(self.doc[tokens.start - 1].text)
        if len(tokens) == 1 and not titled:
            if self._known_place(text) or state_of_seat(text) or self._placed(tokens[0]):
                return False
            if self._in_insertion(tokens[0]) or text.isupper() or not text[0].isupper() or is_title(text):
                return False
        return True

    def _known_place(self, text: str) -> bool:
        """Whether a name is a place in this text, whatever the tagger calls it here."""
        return text in self.place_words or text in self.unlisted.places or self.unlisted.code(text) is not None

    def _placed(self, token: Token) -> bool:
        """Whether a name stands where only a place can: "in Luhansk", "the Luhansk region"."""
        before = token.nbor(-1).lower_ if token.i else ""
        after = token.nbor(1).lemma_.lower() if token.i + 1 < len(self.doc) else ""
        return before in _LOCATIVE or after in _AREAS

    def _in_insertion(self, token: Token) -> bool:
        before, after = token.nbor(-1).text if token.i else "", self.doc[token.i + 1 : token.i + 3].text
        return token.lower_.rstrip(".") in ("ed", "eds", "editor") and (before in "–—-" or after.startswith(")"))

    def _misnamed_person(self, entity: Tokens) -> None:
        """A person whom the tagger took for something else, told by the title before the name."""
        start, end = entity.start, entity.end
        if self._is_taken(start, end) or end - start > 4:
            return
        parts = parts_of(entity.text)
        if len(parts) > 1 and any(len(known) > 1 and same_person(known, parts) for known in self.names):
            self._add_person(start, end)
            return
        lists = words()
        if (name := self._name_after_role(start, end)) is not None:
            self._add_person(name, end)
            return
        if len(parts) == 2 and parts[0] in lists.female | lists.male and parts[1].lower() not in lists.organisations:
            self._add_person(start, end)
            return
        root = entity.root
        if (
            root.dep_ == "appos"
            and root.head.lemma_.lower() in lists.roles
            and end - start > 1
            and not state_named(entity.text)
        ):
            self._add_person(start, end)
            return
        if (
            start == 0
            or self.doc[start - 1].is_punct
            or not is_title(self.doc[start - 1].text)
            or not self.doc[start - 1].text[0].isupper()
        ):
            return
        text = entity.text
        if (
            state_named(text)
            or state_of_seat(text)
            or organisation_named(text)
            or self.doc[end - 1].lower_ in words().organisations
        ):
            return
        self._add_person(start, end)

    def _name_after_role(self, start: int, end: int) -> int | None:
        """Where a name begins in "Goalkeeper Petr Malik", all of which the tagger took for something else's name."""
        name = start
        while name < end and is_title(self.doc[name].text):
            name += 1
        named = self.doc[name:end]
        if name == start or len(named) < 2 or not all(t.pos_ == "PROPN" and _CAPITAL.match(t.text) for t in named):
            return None
        known = any(t.lower_ in words().organisations or self._code(t.text) for t in named)
        return None if known else name

    def _add_person(self, start: int, end: int) -> None:
        if self._is_taken(start, end):
            return
        name = parts_of(self.doc[start:end].text)
        if not name:
            return
        first, role = self._role_before(start)
        marks = marks_of(self.doc[first:start], role, self.unlisted)
        # The gender of an honorific is kept with the name's words as written.
        self._take(
            Mention(first, end, "person", name, role.lower_ if role else None, marks, label=self.doc[first:end].text)
        )
        self.surnames.add(name[-1])
        self.names.add(name)

    def _role_before(self, start: int) -> tuple[int, Token | None]:
        """Where the role phrase before a name begins, and its head noun; the name's start and None where there is none."""
        head: Token | None = None
        first = start
        for i in range(start - 1, max(-1, start - _LONGEST_ROLE), -1):
            token = self.doc[i]
            low = token.lower_
            if self.taken[i] or token.ent_type_ in ("DATE", "TIME"):
                break
            if is_title(token.text):
                if head is not None and self.doc[i + 1].lower_ in _OF_ANOTHER:
                    break  # "a spokeswoman for Prime Minister Ann Lee" is somebody else
                head = head or token
                first = i
            elif low in _ARTICLES:
                first = i if head is not None else first
                break
            elif low not in _JOINING:
                if not (self._qualifies(token) if head is not None else token.pos_ in ("NOUN", "PROPN", "ADJ")):
                    break
                first = i if head is not None or low == "state" else first
            if token.is_sent_start:
                break
        if head is None:
            return start, None
        while self.doc[first].lower_ in _JOINING:
            first += 1
        return first, head

    def _qualifies(self, token: Token) -> bool:
        """Whether a word before a role's noun tells more of the role: "Kenyan", "NATO", "deputy", but no other name."""
        if token.is_space or token.is_punct:
            return False
        if not token.text[0].isupper():
            return token.pos_ in ("NOUN", "ADJ")
        lists = words()
        return (
            self._code(token.text) is not None
            or token.ent_type_ in ("ORG", "GPE", "NORP")
            or token.lower_ in STATELY
            or token.lower_ in lists.organisations
            or token.pos_ == "ADJ"
            or (bool(token.is_sent_start) and token.tag_ == "NN")
        )

    def _known_surnames(self) -> None:
        """Names of people known by now, in any spelling, wherever the tagger missed them."""
        skeletons = {skeleton(name) for name in self.surnames if len(name) >= _LONG_ENOUGH}
        given = {skeleton(name[0]) for name in self.names if len(name) > 1}
        for token in self.capitalised:
            i = token.i
            if self.taken[i] or token.pos_ not in _NAME_TAGS:
                continue
            if token.text not in self.surnames and skeleton(token.text) not in skeletons:
                continue
            if i + 1 < len(self.doc) and token.nbor(1).lower_ in words().organisations | _NAMED_AFTER:
                continue
            first = i
            if i and not self.taken[i - 1] and skeleton(token.nbor(-1).text) in given:
                first = i - 1
            self._add_person(first, i + 1)

    # ── states and organisations ──────────────────────────────────────────────────────────────────────────────

    def _named(self, entity: Tokens) -> None:
        start, end = entity.start, entity.end
        while end > start and (self.doc[end - 1].lower_ in ("'s", "’s", "’", "'") or self.doc[end - 1].is_punct):
            end -= 1
        if end <= start or self._is_taken(start, end) or "\n" in self.doc[start:end].text.strip():
            return
        bare = start
        while bare < end and self.doc[bare].lower_ in _ARTICLES:
            bare += 1
        if bare == end:
            return
        text = self.doc[bare:end].text
        if self._state(start, bare, end, text):
            return
        says_so = end - bare > 1 and self.doc[end - 1].lower_ in words().organisations
        says_so = says_so or _called_one(entity.root)
        organised = entity.label_ == "ORG" or (entity.label_ == "PERSON" and says_so)
        if organised and _CAPITAL.match(text) and not self._not_an_organisation(bare, end):
            head = self._organisation_head(bare, end)
            known = organisation_named(text)
            self._take(
                Mention(
                    self._with_article(bare, start), end, "organisation", tuple(text.split()),
                    head.lower_ if head is not None else None, marks_of(self.doc[bare:end], head, self.unlisted),
                    label=text,
                    canonical=known.name if known else None,
                )
            )  # fmt: skip

    def _organisation_head(self, start: int, end: int) -> Token | None:
        """The noun that says what an organisation is: its last word, or the one before "of" or "for"."""
        for i in range(end - 1, start - 1, -1):
            follows = self.doc[i + 1].lower_ if i + 1 < end else "of"
            low = self.doc[i].lower_
            if low in words().organisations and low not in words().businesses and follows in ("of", "for"):
                return self.doc[i]
        return None

    def _not_an_organisation(self, start: int, end: int) -> bool:
        tokens = self.doc[start:end]
        if self._dateline(start, end) or self._mere_first_word(tokens):
            return True
        if len(tokens) == 1:
            token = tokens[0]
            if token.lower_ in ("state", "congressional", "republican", "democratic") or (
                is_title(token.text) and not token.text.isupper()
            ):
                return True
            place = self.places.get(token.idx)
            if place is not None or self._known_place(token.text):
                return True
            if token.dep_ == "compound" and not token.text.isupper() and token.head.text.islower():
                return True  # "the Lisva reservoir"
        return tokens[-1].tag_ in ("JJ", "VBD", "VBZ")

    def _dateline(self, start: int, end: int) -> bool:
        """Whether a name opens a paragraph as its place line: "KAMEN, March 2 (CPA) –"."""
        part = self.document.part_at(self.doc[start].idx)
        if part is None or self.doc[start].idx != part.start or not self.doc[start:end].text.isupper():
            return False
        return any(t.text in ("(", "–", "—", "-", "--") for t in self.doc[end : end + 9])

    def _mere_first_word(self, tokens: Tokens) -> bool:
        """Whether a single capitalised word is so only because it begins a sentence: nothing else in the text says it is a name."""
        word = tokens.text
        if len(tokens) > 1 or not tokens[0].is_sent_start or word.isupper():
            return False
        return self.document.text.count(word) == 1

    def _state(self, start: int, bare: int, end: int, text: str) -> bool:
        """Take a state's name, or a capital or seat that acts for it."""
        if self._measure(bare, end):
            return True
        state = state_named(text)
        place = self.places.get(self.doc[bare].idx)
        if state is not None:
            if place is not None and place.use in ("name", "demonym"):
                return True
            before = self.doc[start - 1].lower_ if start else ""
            if before in _LOCATIVE and (place is None or place.use == "literal"):
                return True
            self._take(
                Mention(
                    self._with_article(bare, start),
                    end,
                    "state",
                    tuple(text.split()),
                    state=state.iso,
                    label=state.name,
                )
            )
            return True
        seat = state_of_seat(text)
        if seat is not None and (
            (place is not None and place.use == "government") or (place is None and self._acts(self.doc[bare:end]))
        ):
            self._take(
                Mention(
                    self._with_article(bare, start), end, "state", tuple(text.split()), state=seat.iso, label=seat.name
                )
            )
            return True
        if (code := self.unlisted.states.get(text)) is not None and (
            self.doc[start - 1].lower_ if start else ""
        ) not in _LOCATIVE:
            self._take(Mention(self._with_article(bare, start), end, "state", (text,), state=code, label=text))
            return True
        if (
            self._known_place(text)
            and (place is None or place.lat is None)
            and self._speaks(self.doc[bare:end].root, _TELLING)
        ):
            code = self.unlisted.capitals.get(text, "~" + text)
            self._take(Mention(bare, end, "state", (text,), state=code, label=self._state_name(code)))
            return True
        people = state_of_adjective(text)
        if people is not None and len(text.split()) == 1:
            token = self.doc[bare]
            if token.tag_ in ("NNPS", "NNS") and self._acts(self.doc[bare:end]) and start < bare:
                self._take(Mention(start, end, "state", (text,), state=people.iso, label=people.name))
            return True
        return False

    def _measure(self, start: int, end: int) -> bool:
        """Whether capitals are a unit or a currency: "16 GB", "US $199"."""
        before = self.doc[start - 1] if start else None
        after = self.doc[end].text if end < len(self.doc) else ""
        number = before is not None and before.like_num and before.text[0].isdigit()
        return (
            self.doc[start:end].text.isupper()
            and end - start == 1
            and ((number and end - start < 2) or (after[:1] in "$€£" and after != ""))
        )

    @staticmethod
    def _state_name(code: str) -> str:
        listed = state_of_code(code)
        return listed.name if listed is not None else code.removeprefix("~")

    def _acts(self, tokens: Tokens) -> bool:
        root = tokens.root
        return (
            root.dep_ in _AGENTIVE
            or (root.dep_ == "pobj" and root.head.dep_ == "agent")
            or (root.dep_ == "ROOT" and len(list(root.children)) > 1)
        )

    def _with_article(self, bare: int, start: int) -> int:
        if start < bare:
            return start
        if bare and self.doc[bare - 1].lower_ == "the" and not self.taken[bare - 1]:
            return bare - 1
        return bare

    def _listed(self) -> None:
        """Organisations, states and acting seats that the tagger missed, by the lists."""
        for token in self.capitalised:
            i = token.i
            if self.taken[i]:
                continue
            for length in (4, 3, 2, 1):
                end = i + length
                if end > len(self.doc) or self._is_taken(i, end):
                    continue
                text = self._text(i, end)
                if (known := organisation_named(text)) is not None:
                    self._take(
                        Mention(
                            self._with_article(i, i),
                            end,
                            "organisation",
                            tuple(text.split()),
                            label=text,
                            canonical=known.name,
                        )
                    )
                    break
                listed = state_named(text) or state_of_seat(text) or self._known_place(text)
                if listed and self._state(i, i, end, text):
                    break

    def _things(self) -> None:
        """Take for organisations whom the tagger took for persons, though "which" follows: "Marenco Metals, which runs the mine"."""
        for mention in self.mentions:
            if mention.kind != "person" or mention.role or len(mention.name) < 2:
                continue
            following = [t.lower_ for t in self.doc[mention.end : mention.end + 2]]
            if following == [",", "which"] and gender_of(mention.label) is None:
                mention.kind, mention.label = "organisation", " ".join(mention.name)

    def _short_names(self) -> None:
        """The first word of an organisation's name alone, where nobody else goes by it: "Marenco" for "Marenco Metals"."""
        lists = words()
        others = {m.name[-1] for m in self.mentions if m.kind != "organisation" and m.name} | self.place_words
        long = {m.name for m in self.mentions if m.kind == "organisation" and m.role is None and len(m.name) in (2, 3)}
        short = {
            name[0]
            for name in long
            if len(name[0]) >= _LONG_ENOUGH - 1
            and name[0] not in others
            and all(_CAPITAL.match(word) for word in name)
            and name[0].lower() not in lists.organisations | STATELY
            and not (self._known_place(name[0]) or self._code(name[0]) or is_title(name[0]))
        }
        for token in self.capitalised:
            if self.taken[token.i] or token.text not in short or token.dep_ == "compound":
                continue
            self._take(Mention(token.i, token.i + 1, "organisation", (token.text,), label=token.text))

    def _speaking_names(self) -> None:
        """Names that no list and no tagger knew: subjects of verbs that report, and names beside a role."""
        for token in self.capitalised:
            if self.taken[token.i] or token.pos_ != "PROPN" or token.dep_ == "compound":
                continue
            in_a_role = self._in_a_role(token)
            if not (self._speaks(token) or in_a_role or _addressed(token)):
                continue
            if is_title(token.text) or self._known_place(token.text) or self._dateline(token.i, token.i + 1):
                continue
            start = token.i
            while start and not self.taken[start - 1] and self._in_one_name(self.doc[start - 1]):
                start -= 1
            while start < token.i and is_title(self.doc[start].text):
                start += 1
            organised = token.lower_ in words().organisations or (
                token.text.isupper() and len(token.text) < _LONG_ENOUGH
            )
            if not organised and (in_a_role or start < token.i or (start and is_title(self.doc[start - 1].text))):
                self._add_person(start, token.i + 1)
            else:  # one word that nothing introduced as a person: people are named in full before they are by surname
                name = tuple(self.doc[start : token.i + 1].text.split())
                self._take(
                    Mention(self._with_article(start, start), token.i + 1, "organisation", name, label=" ".join(name))
                )

    @staticmethod
    def _in_one_name(token: Token) -> bool:
        return token.dep_ == "compound" and bool(_CAPITAL.match(token.text))

    def _one_kind_a_name(self) -> None:
        """A single word that stands for a state or an organisation somewhere is no unintroduced person elsewhere."""
        introduced = {
            m.name[-1] for m in self.mentions if m.kind == "person" and m.name and (len(m.name) > 1 or m.role)
        }
        others = {m.name[0]: m for m in self.mentions if m.kind in ("state", "organisation") and len(m.name) == 1}
        for mention in self.mentions:
            if mention.kind == "person" and len(mention.name) == 1 and mention.name[0] not in introduced:
                other = others.get(mention.name[0])
                if other is not None:
                    mention.kind, mention.state, mention.label = other.kind, other.state, other.label

    def _in_a_role(self, token: Token) -> bool:
        """Whether a role stands beside a name: "the rebels' commander, Tarik Omondi", "Mayor Horn"."""
        if token.dep_ == "appos" and is_title(token.head.lemma_) and token.head.pos_ == "NOUN":
            return True
        first = token.left_edge.i
        return first < token.i and is_title(self.doc[first].text) and self.doc[first].text[0].isupper()

    # ── phrases without a name ────────────────────────────────────────────────────────────────────────────────

    def _phrases(self) -> None:
        """Role-only phrases, ministries and armies in small letters, and groups that act or speak."""
        for chunk in list(self.doc.noun_chunks):
            head = chunk.root
            if (
                head.i not in self.readable
                or self.taken[head.i]
                or head.pos_ not in ("NOUN", "PROPN")
                or any(t.tag_ == "PRP$" for t in chunk)
            ):
                continue
            if head.lower_ in words().governments:
                self._government(chunk, head, head.i + 1)
            elif (kind := self._kind_of(head)) is not None:
                self._phrase(chunk, head, kind)
            owner = next((t for t in head.lefts if t.dep_ == "poss" and t.pos_ == "NOUN" and answers(t)), None)
            if owner is not None and not self.taken[owner.i] and (kind := self._kind_of(owner)) is not None:
                self._phrase(self.doc[owner.left_edge.i : owner.i + 1], owner, kind)

    def _kind_of(self, head: Token) -> ActorKind | None:
        """What a common noun says its bearer is, or None where it names nobody."""
        lists = words()
        low, lemma, single = head.lower_, head.lemma_.lower(), head.tag_ in ("NN", "NNP")
        if lemma in lists.roles and single:
            return "person"
        if low in lists.common_organisations or (lemma in lists.common_organisations and single):
            return "organisation"
        if low in lists.groups or lemma in lists.roles:
            return "group"
        if answers(head) and lemma not in lists.documents:
            return "organisation" if single else "group"
        if (
            lemma not in lists.documents
            and strength(head.head.lemma_.lower(), "direct") >= _SURELY
            and self._speaks(head)
        ):
            return "person" if single else "group"
        if _addressed(head) and lemma not in lists.documents:
            return "group"
        return None

    def _phrase(self, chunk: Tokens, head: Token, kind: ActorKind) -> None:
        """Take a phrase without a name, if it acts or speaks or can mean somebody named."""
        lists = words()
        start = chunk.start
        while start < head.i and (self.doc[start].is_punct or self.doc[start].is_space):
            start += 1
        first = self.doc[start]
        definite = (
            first.lower_ in ("the", "this", "that") or first.dep_ == "poss" or any(t.tag_ == "POS" for t in chunk)
        )
        agent = head.dep_ == "nsubj" or (head.dep_ == "pobj" and head.head.dep_ == "agent")
        speaks = self._speaks(head) or _addressed(head)
        if kind == "group":
            counted = any(c.dep_ == "nummod" for c in head.children)
            if not speaks and (head.lower_ in lists.vague or counted or (not agent and not definite)):
                return
        elif not speaks and not agent and (not definite or head.lemma_.lower() in lists.vague):
            return
        last = self._tail(head)
        if not self._absorb(start, last):
            last = head.i + 1
            if not self._absorb(start, last):
                return
        tokens = self.doc[start:last]
        marks = marks_of([t for t in tokens if t.pos_ != "VERB"], head, self.unlisted)
        role = head.lower_ if kind == "group" else head.lemma_.lower()
        acts = agent or speaks or any(self._code(t.text) for t in tokens)
        self._take(
            Mention(start, last, kind, (), role, marks, label=tokens.text, definite=definite, acts=acts), force=True
        )

    @staticmethod
    def _speaks(head: Token, frames: tuple[str, ...] = ("clause",)) -> bool:
        """Whether a noun is the subject of a verb that reports or counts, or stands after "according to" or "by"."""
        verb = head.head
        if answers(head):
            return True
        if head.dep_ == "nsubj":
            return max(strength(verb.lemma_.lower(), frame) for frame in frames) >= _REPORTING
        return head.dep_ == "pobj" and (verb.dep_ == "agent" or verb.head.lower_ == "according")

    def _government(self, chunk: Tokens, head: Token, end: int) -> None:
        """ "The Russian government", "the authorities in Kiev": the state itself."""
        last = end
        state = next((code for token in chunk if (code := self._code(token.text))), None)
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ in ("in", "of"):
                for noun in child.children:
                    state = state or self._code(noun.text)
                    if state is not None:
                        last = max(last, noun.i + 1)
        if not self._absorb(chunk.start, last):
            return
        if state is not None:
            self._take(
                Mention(
                    chunk.start, last, "state", (), head.lower_, frozenset({state}), state, self._state_name(state)
                ),
                force=True,
            )
        else:
            kind: ActorKind = "organisation" if head.tag_ != "NNS" else "group"
            acting = head.dep_ in _AGENTIVE
            if acting or chunk[0].lower_ == "the":
                self._take(
                    Mention(
                        chunk.start,
                        end,
                        kind,
                        (),
                        head.lower_,
                        marks_of(chunk, head, self.unlisted),
                        label=chunk.text,
                        definite=True,
                    ),
                    force=True,
                )

    def _code(self, word: str) -> str | None:
        """The code of the state that a name, an adjective or a seat belongs to, listed or learned."""
        listed = state_of_adjective(word) or state_named(word) or state_of_seat(word)
        return listed.iso if listed is not None else self.unlisted.code(word)

    def _tail(self, head: Token) -> int:
        """The end of "for the US president", "of the ministry" after a head noun."""
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ in ("for", "of", "from") and child.i == head.i + 1:
                inner = [t for c in child.children if c.dep_ == "pobj" for t in c.lefts]
                objects = [c for c in child.children if c.dep_ == "pobj"]
                if objects and all(t.i > child.i and t.pos_ != "NUM" for t in [*inner, *objects]):
                    return self._and_more(objects[0].i + 1)
        return head.i + 1

    def _and_more(self, end: int) -> int:
        """The end of "of Mines and Energy", once "of Mines" has ended."""
        more = self.doc[end : end + 2]
        named = len(more) == 2 and more[0].lower_ == "and" and more[1].dep_ == "conj" and more[1].pos_ == "PROPN"
        return end + 2 if named and self.doc[end - 1].pos_ == "PROPN" and more[1].head == self.doc[end - 1] else end

    # ── bookkeeping ───────────────────────────────────────────────────────────────────────────────────────────

    def _absorb(self, start: int, end: int) -> bool:
        """Whether a phrase may take these tokens; a state named inside ("the US president") then belongs to the phrase."""
        inner = [m for m in self.mentions if m.start < end and start < m.end]
        if "\n" in self._text(start, end) or any(m.kind != "state" or m.start < start or m.end > end for m in inner):
            return False
        for mention in inner:
            self.mentions.remove(mention)
        return True

    def _text(self, start: int, end: int) -> str:
        """The words of some tokens, at least one; many times faster than those of a stretch of the parse."""
        first, last = self.document.tokens[start], self.document.tokens[end - 1]
        return self.document.text[first.idx : last.idx + len(last)]

    def _is_taken(self, start: int, end: int) -> bool:
        return any(self.taken[start:end])

    def _take(self, mention: Mention, force: bool = False) -> None:
        if not force and self._is_taken(mention.start, mention.end):
            return
        while mention.start < mention.end - 1 and self.doc[mention.start].is_space:
            mention.start += 1
        for i in range(mention.start, mention.end):
            self.taken[i] = True
        self.mentions.append(mention)
