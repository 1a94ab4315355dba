"""The day of the story: when a fresh report tells its news, and which of its deeds may be taken to be of that day.

News gives its day once, in the lead, and goes on in the simple past ("Police detained 40 people."). A reader takes such a
deed for one of that day, as long as the report has not turned to an earlier time.
"""

from __future__ import annotations

from datetime import date, timedelta

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dateline.read.clauses import is_main, is_simple_past, is_verb, lemma_of
from dateline.read.dating import Calendar, first_day, is_day
from dateline.read.document import Document
from dateline.read.status import negated
from dateline.records import Part

_LEAD = 4  # sentences, a standfirst among them, one of which tells the day
_FRESH = timedelta(days=7)  # from the lead's day to the publication of a report that is news
_RECENT = timedelta(days=14)  # before the day of the story; a time further back is another one's
# Words that set a deed apart from the day without naming another: "once", "never", "in the past".
_OTHER_TIME = frozenset([
    "once", "previously", "formerly", "earlier", "originally", "initially", "already", "long", "ago", "before", "always", "often",
    "never", "ever", "usually", "sometimes", "traditionally", "historically", "repeatedly", "then", "since", "first",
    "eventually", "until", "annually", "later", "famously", "recalled",
])  # fmt: skip


_ADVERBS = frozenset({"advmod", "amod", "npadvmod", "prep", "mark", "pobj", "pcomp"})
_SAYING = frozenset({"say", "tell", "report", "announce", "confirm", "state", "add", "write"})


class StoryDay:
    """Follows a report sentence by sentence. ``day`` is None until its lead has named a day near its publication."""

    def __init__(self, document: Document, calendar: Calendar) -> None:
        self._published = document.published
        self._calendar = calendar
        self.day: date | None = None
        self._heard = 0
        self._paragraph = 0
        self._part: Part | None = None
        self._turned: int | None = None

    def hear(self, sentence: Tokens, part: Part) -> None:
        """Take in the next sentence of the body: one of the first gives the day, one with an earlier time turns away from it."""
        self._heard += 1
        if part != self._part:
            self._part, self._paragraph = part, self._paragraph + 1
        if self._published is None:
            return
        if self._heard <= _LEAD and self.day is None:
            self.day = self._named(sentence)
        days = [day for day in self._calendar.told(sentence.start_char, sentence.end_char) if day <= self._published]
        if days:
            old = max(days) < (self.day or self._published) - _RECENT
            self._turned = self._paragraph if old else None

    def of(self, deed: Token, sentence: Tokens, *, quoted: bool = False) -> date | None:
        """The day of the story, for a deed of its main line; None for one that may be of another time.

        What officials say was done is of the main line as well; of what somebody said on a day it is that day, at the latest.
        What is ``quoted`` may be told of any time.
        """
        cue = saying(deed)
        if quoted or self._published is None or not (is_main(deed) or cue is not None) or not _is_told_plainly(deed):
            return None
        if any(token.lower_ in _OTHER_TIME and token.dep_ in _ADVERBS for token in sentence):
            return None
        said = self._calendar.on(cue) if cue is not None else None
        if not self._calendar.silent(sentence.start_char, sentence.end_char, deed, but=said):
            return None
        if said is not None:
            return self._near(first_day(said.edtf))
        if self.day is None or (self._turned is not None and self._paragraph - self._turned <= 1):
            return None
        return self.day

    def _near(self, day: date | None) -> date | None:
        """A day, if it is near the publication and not after it."""
        published = self._published
        return day if day is not None and published is not None and published - _FRESH <= day <= published else None

    def _named(self, sentence: Tokens) -> date | None:
        """The day that a sentence's main verb names, or what it says was done, or that it opens with: near the publication, and past."""
        root = sentence.root
        deeds = [root, *(c for c in root.children if c.dep_ in ("ccomp", "conj") and is_verb(c))]
        found = [*(self._calendar.of(verb, over=True) for verb in reversed(deeds)), self._calendar.fronted(sentence)]
        days = (self._near(first_day(time.edtf)) for time in found if time is not None and is_day(time.edtf))
        return next((day for day in days if day is not None), None)


def saying(deed: Token) -> Token | None:
    """The main verb of saying whose words a deed is: "Police said 40 people were held"; None for what somebody tells of himself."""
    while deed.dep_ == "conj" and is_verb(deed.head):
        deed = deed.head
    about_himself = any(c.dep_ in ("nsubj", "nsubjpass") and c.pos_ == "PRON" for c in deed.children)
    head = deed.head
    if deed.dep_ != "ccomp" or about_himself or not is_main(head) or lemma_of(head) not in _SAYING or negated(head):
        return None
    return head


def _is_told_plainly(deed: Token) -> bool:
    """Whether a verb stands in the simple past or the present perfect."""
    return is_simple_past(deed) or any(c.dep_ == "aux" and c.lower_ in ("has", "have") for c in deed.children)
