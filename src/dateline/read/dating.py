"""When an event was, by the words around it: a time of its own clause, or of the clauses it hangs on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import msgspec
from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dateline.capture.placeline import dateline_end
from dateline.read.clauses import is_verb, joined, lemma_of, lost_verb
from dateline.read.document import Document
from dateline.read.event_lexicon import lexicon
from dateline.read.numbers import WORDS, number
from dateline.records import Part, Time

_ADVERBIAL = frozenset(
    {"npadvmod", "advmod", "prep", "pobj", "pcomp", "nsubj", "nsubjpass", "nummod", "advcl", "dep", "appos", "punct"}
    | {"conj"}
)
_LINKS = frozenset({"conj", "xcomp", "acl", "pcomp"})
_SAME_TIME = frozenset({"when", "as", "while"})
_OF_NOUN = frozenset({"dobj", "agent", "attr"})
_NOT_WHEN = frozenset({"until", "till", "to", "through"})  # before them a stretch ends, or something is put off
_WITHIN = frozenset({"within", "in"})  # before them a stretch of time is what is left until something is due
_UNITS = {"D": 1, "W": 7, "M": 30, "Y": 365}  # days of the units of a TIMEX3 duration
_SPELL = re.compile(r"P(\d+)([DWMY])")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}  # EDTF seasons: the months they begin and end in
_WEEKDAY = re.compile(
    r"(?:(?:noon|midnight|midday|\d[\d.:]*(?: ?[ap]\.?m\.?)?),? )?(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day",
    re.IGNORECASE,
)
_WEEK = 7
_COMMA = 3  # characters between a time and the clause that goes on with it: ", when"
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_OPENING = 3  # tokens before the time that a sentence opens with
_GAP = re.compile(
    rf"(?:\b(?P<number>an?|the|{WORDS}|\d{{1,3}}) (?P<unit>day|week)s?|\b(?:an? |\d+ |\w+ )?(?:hour|minute)s?)(?: \w+)? (?P<way>after|before)$",
    re.IGNORECASE,
)
_DAY = 10  # characters of an EDTF day
_NAMES_A_DAY = re.compile(
    r"\d{4}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|today|yesterday|tomorrow|tonight|this|last|next|day",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Dated:
    """A dated time, its root in the parse, the verb or event noun it belongs to, and the preposition it stands after.

    ``sentence`` is the first token of its sentence.
    """

    time: Time
    root: Token
    owner: Token
    after: str
    sentence: int

    @classmethod
    def of(cls, time: Time, tokens: Tokens) -> _Dated:
        """A time at some tokens of the parse."""
        root = tokens.root
        return cls(time, root, _owner(root), _preposition(tokens), root.sent.start)


class Calendar:
    """The dated times of a document, each with the word of the parse that it belongs to.

    A bare clock time ("at noon") dates nothing: its day is that of what is told around it.
    """

    def __init__(self, document: Document, times: Sequence[Time]) -> None:
        self._published = document.published
        self._recent = [time.start for time in times if "recent" in time.text.lower()]
        self._often = [time.start for time in times if time.type == "SET"]
        self._dated: list[_Dated] = []
        self._vague: list[Time] = []
        self._spells: list[_Dated] = []
        datelines = [line for part in document.parts if (line := dateline(document, part)) is not None]
        for time in times:
            tokens = document.doc.char_span(time.start, time.end, alignment_mode="expand")
            if any(start <= time.start < end for start, end in datelines):
                continue
            clock = time.type == "TIME" and not _NAMES_A_DAY.search(time.text)
            if clock:
                continue
            if time.type == "DURATION" and tokens is not None:
                self._spells.append(_Dated.of(time, tokens))
            if time.edtf is None or time.type not in ("DATE", "TIME") or tokens is None:
                if time.type == "DATE" and time.value not in ("PRESENT_REF", "FUTURE_REF"):
                    self._vague.append(time)
            else:
                self._dated.append(_Dated.of(time, tokens))

    def of(self, word: Token, *, ahead: bool = False, over: bool = False) -> Time | None:
        """The time of the event that a word tells: its own, else that of the words above it in the same clause.

        With ``ahead`` the event is still to come: a time of the words above that has passed is when they were said. With
        ``over`` it is not: in "called for a debate next week" the time is that of what was called for.
        """
        found = self._owned(word, over) or self._beside(word, over)
        while found is None and _climbs(word):
            word = word.head
            found = self._owned(word, over)
            if found is not None and ahead and not self._to_come(found):
                return None
        return found

    def on(self, verb: Token) -> Time | None:
        """The day that a verb itself is set on, past or of the report."""
        time = self._owned(verb, over=True)
        return time if time is not None and is_day(time.edtf) else None

    def fronted(self, sentence: Tokens) -> Time | None:
        """The day that a sentence opens with ("On Thursday, an hour before the vote, it did"), past or of the report."""
        for dated in self._dated:
            if sentence.start_char <= dated.time.start < sentence.end_char:
                before = [t for t in sentence if t.idx < dated.time.start]
                opens = len(before) <= _OPENING and all(t.pos_ in ("ADP", "ADV", "PUNCT", "CCONJ") for t in before)
                return dated.time if opens and is_day(dated.time.edtf) and self.is_over(dated.time) else None
        return None

    def is_open(self, time: Time) -> bool:
        """Whether a time only says when something began ("since 2014")."""
        return any(dated.time is time and dated.after == "since" for dated in self._dated)

    def own(self, word: Token) -> Time | None:
        """The time that stands in the very clause of a verb."""
        return self._owned(word, over=False) or self._held(word)

    def _held(self, verb: Token) -> Time | None:
        """A time behind an object of a verb ("sold the yard, worth six million, in 2016"), if it names no part of that object."""
        sentence = verb.sent.start
        for dated in self._dated:
            if dated.sentence == sentence and dated.after not in ("of", *_NOT_WHEN) and dated.root.i > verb.i:
                holder = dated.owner
                while not is_verb(holder) and holder.dep_ in ("dobj", "dative"):
                    holder = holder.head
                if holder.i == verb.i:
                    return dated.time
        return None

    def stretch(self, time: Time, word: Token) -> str | None:
        """The EDTF date of a word's time with what is said of it: "since 2014" is open, "between" two days an interval."""
        dated = next((dated for dated in self._dated if dated.time is time), None)
        if dated is None or time.edtf is None or dated.root.is_ancestor(word):
            return time.edtf
        first = time.edtf.split("/")[0]
        if dated.after == "since":
            return f"{first}/.."
        if dated.after == "between":
            ends = (
                end.time.edtf for end in self._dated if end.root.i > dated.root.i and dated.root.is_ancestor(end.root)
            )
            other = next(ends, None)
            return f"{first}/{other.split('/')[-1]}" if other is not None else time.edtf
        if dated.after == "from":
            until = (end for end in self._dated if end.after in _NOT_WHEN and end.root.i > dated.root.i)
            last = next((end.time.edtf for end in until if end.sentence == dated.sentence), None)
            return f"{first}/{last.split('/')[-1]}" if last is not None else f"{first}/.."
        return time.edtf

    def only(self, start: int, end: int, verb: Token) -> Time | None:
        """The one dated time between two offsets, if no other verb than the given one holds it; else None."""
        found = [dated for dated in self._dated if start <= dated.time.start < end]
        if len(found) != 1 or found[0].after in _NOT_WHEN:
            return None
        holder = found[0].owner
        if holder.pos_ == "NOUN" and found[0].root.i < holder.i:
            # "charged in the 21 July shooting": the shooting's day
            return None
        while not is_verb(holder) and holder.dep_ != "ROOT":
            holder = holder.head
        return found[0].time if holder.i == verb.i else None

    def within(self, start: int, end: int) -> Time | None:
        """The first dated time between two offsets."""
        return next((dated.time for dated in self._dated if start <= dated.time.start < end), None)

    def ending(self, end: int) -> Time | None:
        """The time with a year that ends at an offset."""
        return next((d.time for d in self._dated if d.time.end == end and _YEAR.search(d.time.text)), None)

    def awaited(self, time: Time) -> str | None:
        """The EDTF date of a time for which something is due: of a bare weekday the next after the report, not the last."""
        day = _day(time.edtf or "", month=1, day=1, end=0)
        if not is_day(time.edtf) or day is None or self._published is None or not _WEEKDAY.fullmatch(time.text):
            return time.edtf
        late = 0 < (self._published - day).days < _WEEK
        return (day + timedelta(days=_WEEK)).isoformat() if late else time.edtf

    def deadline(self, word: Token) -> Time | None:
        """The days up to a deadline that a deed has from the report's day: "will answer within a fortnight"."""
        published = self._published
        for spell in self._spells:
            if published is None or spell.owner.i != word.i or spell.after not in _WITHIN:
                continue
            days = _spell(spell.time.value or "")
            if days is not None:
                until = published + timedelta(days=days)
                edtf = f"{published}/{until}" if spell.after == "within" else f"{until}~"
                return msgspec.structs.replace(spell.time, type="DATE", edtf=edtf, basis="relative")
        return None

    def silent(self, start: int, end: int, verb: Token | None = None, but: Time | None = None) -> bool:
        """Whether no time stands between two offsets but the publication day's own and those to come.

        With a ``verb`` times told only of somebody or something in passing do not count ("freed Orla Venn, who has been in custody
        since May"), nor does the time ``but``.
        """
        day = self._published.isoformat() if self._published else None
        if any(start <= time.start < end for time in self._vague):
            return False
        near = (d for d in self._dated if start <= d.time.start < end and d.time.edtf != day and d.time is not but)
        return not any(self.is_over(d.time) and (verb is None or not _is_aside(d.root, verb)) for d in near)

    def is_habit(self, start: int, end: int) -> bool:
        """Whether the words between two offsets tell what is so again and again ("every year")."""
        return any(start <= offset < end for offset in self._often)

    def recent(self, start: int, end: int) -> bool:
        """Whether the words between two offsets say that it was of late ("recently", "in recent days")."""
        return any(start <= offset < end for offset in self._recent)

    def told(self, start: int, end: int) -> list[date]:
        """The last days of the times named between two offsets, in order, but for those told of somebody in passing."""
        named = (dated for dated in self._dated if start <= dated.time.start < end)
        within = (last_day(dated.time.edtf) for dated in named if not _is_aside(dated.root, dated.root.sent.root))
        return [day for day in within if day is not None]

    def days(self, start: int, end: int) -> list[str]:
        """The days named between two offsets, in order."""
        within = (dated.time for dated in self._dated if start <= dated.time.start < end)
        return [time.edtf for time in within if time.edtf and is_day(time.edtf)]

    def is_over(self, time: Time) -> bool:
        """Whether a time is not wholly after the publication day."""
        return self.has_come(time.edtf)

    def has_come(self, when: str | None) -> bool:
        """Whether an EDTF date is not wholly after the publication day."""
        first = first_day(when)
        return first is None or self._published is None or first <= self._published

    def _to_come(self, time: Time) -> bool:
        last = last_day(time.edtf)
        return last is not None and self._published is not None and last > self._published

    def _owned(self, word: Token, over: bool) -> Time | None:
        found = [
            (_depth(dated.root, word), abs(dated.time.start - word.idx), n)
            for n, dated in enumerate(self._dated)
            if dated.owner.i == word.i and dated.after not in _NOT_WHEN and not (over and not self.is_over(dated.time))
        ]
        # A clause may give several ("last week handed over tickets from 2019"): the one nearest in the parse dates it.
        return self._dated[min(found)[2]].time if found else None

    def _beside(self, word: Token, over: bool) -> Time | None:
        """The time of a clause at the same time ("killed when shells hit the market on Monday"), or that the clause is hung on
        ("on 3 May, when a boat sank")."""
        marks = _SAME_TIME | {"after"} if lemma_of(word) in lexicon().harm else _SAME_TIME
        for child in (clause for verb in joined(word) for clause in verb.children):
            if child.dep_ == "advcl" and any(
                c.lower_ in marks and c.dep_ in ("advmod", "mark") for c in child.children
            ):
                found = self._owned(child, over)
                if found is not None:
                    return found
        when = next((c for c in word.children if c.lower_ == "when"), None)
        if when is not None and word.dep_ in ("relcl", "advcl", "acl"):
            for dated in self._dated:
                if 0 <= when.idx - dated.time.end <= _COMMA:
                    return dated.time
            above = (word.head, word.head.head)
            return next((d.time for d in self._dated if any(d.root.i == token.i for token in above)), None)
        return None


def counted_from(clause: Token) -> int | None:
    """By how many days the verb above a clause was later ("The move came two days after …"); None where that is not counted."""
    mark = next((c for c in clause.children if c.dep_ == "mark" and c.lower_ in ("after", "before")), None)
    if clause.dep_ != "advcl" or mark is None:
        return None
    before = clause.doc[clause.sent.start : mark.i + 1].text
    found = _GAP.search(before)
    if found is None:
        return None
    word = (found["number"] or "").lower()
    count = 0 if found["unit"] is None else 1 if word in ("a", "an", "the") else number(word)
    days = int(count or 0) * (_WEEK if (found["unit"] or "").lower() == "week" else 1)
    return days if found["way"].lower() == "after" else -days


def dateline(document: Document, part: Part) -> tuple[int, int] | None:
    """Where the dateline of a paragraph stands ("GENEVA, March 25 (AB) –"), None where it has none."""
    end = dateline_end(document.text, part.start, part.end) if part.kind == "body" else None
    return None if end is None else (part.start, end)


def _spell(value: str) -> int | None:
    """How many days a TIMEX3 duration lasts, None for one of hours or of no stated length."""
    found = _SPELL.fullmatch(value)
    return int(found[1]) * _UNITS[found[2]] if found else None


def is_day(when: str | None) -> bool:
    """Whether an EDTF date is one day."""
    return when is not None and len(when) == _DAY


@lru_cache(maxsize=10_000)
def first_day(when: str | None) -> date | None:
    """The first day of an EDTF date, None where that is open or no day of the calendar."""
    return _day((when or "").split("/")[0], month=1, day=1, end=0)


@lru_cache(maxsize=10_000)
def last_day(when: str | None) -> date | None:
    """A day near the end of an EDTF date, good enough to tell how long ago it was; None for an open end."""
    return _day((when or "").split("/")[-1], month=12, day=28, end=1)


def _day(when: str, *, month: int, day: int, end: int) -> date | None:
    """The day an EDTF date names, with a month and a day for those it leaves open; a season gives its month at one end."""
    parts = when.strip("~?%").split("-")
    try:
        year, *rest = (int(part) for part in parts)
        month = rest[0] if rest else month
        return date(year, _SEASONS[month][end] if month in _SEASONS else month, rest[1] if len(rest) > 1 else day)
    except ValueError:
        return None


def _is_aside(time: Token, verb: Token) -> bool:
    """Whether a time stands in a relative clause that a verb is not in."""
    return any(above.dep_ == "relcl" and not (above.i == verb.i or above.is_ancestor(verb)) for above in time.ancestors)


def _climbs(word: Token) -> bool:
    """Whether the words above a word tell of the same time."""
    if word.dep_ == "ROOT":
        return False
    if word.pos_ == "NOUN":
        return word.head.pos_ in ("VERB", "AUX", "ADP", "NOUN")
    if word.dep_ == "advcl":
        marks = {c.lower_ for c in word.children if c.dep_ in ("mark", "advmod")}
        return bool(marks & _SAME_TIME) or (word.tag_ in ("VBG", "VBN") and not marks)
    return word.dep_ in _LINKS


def _depth(root: Token, word: Token) -> int:
    """How many steps of the parse lead from a time up to a word."""
    return next((n for n, token in enumerate(root.ancestors, 1) if token.i == word.i), len(root.doc))


def _preposition(tokens: Tokens) -> str:
    """The preposition that a time stands after, in lower case; empty where there is none."""
    before = tokens.doc[tokens.start - 1] if tokens.start else None
    return str(before.lower_) if before is not None and before.pos_ in ("ADP", "SCONJ", "PART") else ""


def _owner(root: Token) -> Token:
    """The verb or event noun that a time belongs to: up the parse through what may hold an adverbial of time."""
    token, by_preposition = root, False
    while token.dep_ != "ROOT":
        head = token.head
        if head.dep_ == "pcomp" and head.head.dep_ == "agent":
            # "blown up by retreating troops in May": the parser takes the troops' retreat for the agent
            return head.head.head
        if is_verb(head) or lexicon().noun(head):
            return head
        if token.dep_ not in _ADVERBIAL and not (by_preposition and token.dep_ in _OF_NOUN):
            # "the 2015 treaty": the year belongs to the treaty, not to the verb above it.
            return lost_verb(head) or head
        by_preposition = by_preposition or (token.dep_ == "prep" and token.lower_ != "of")
        token = head
    return lost_verb(token) or token
