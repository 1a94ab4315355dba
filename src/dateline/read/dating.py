"""When an event was, by the words around it: a time of its own clause, or of the clauses it hangs on."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from dateline.read.clauses import is_verb, lost_verb
from dateline.read.document import Document
from dateline.read.event_lexicon import lexicon
from dateline.records import Time

_ADVERBIAL = frozenset(
    {"npadvmod", "advmod", "prep", "pobj", "pcomp", "nsubj", "nsubjpass", "nummod", "advcl", "dep", "appos", "punct"}
)
_LINKS = frozenset({"conj", "xcomp", "advcl", "acl", "pcomp"})
_DAY = 10  # characters of an EDTF day


class Calendar:
    """The dated times of a document, each with the word of the parse that it belongs to."""

    def __init__(self, document: Document, times: Sequence[Time]) -> None:
        self._dated: list[tuple[Time, Token, Token]] = []
        self._vague: list[Time] = []
        for time in times:
            tokens = document.doc.char_span(time.start, time.end, alignment_mode="expand")
            if time.edtf is None or time.type not in ("DATE", "TIME") or tokens is None:
                self._vague.append(time)
            else:
                self._dated.append((time, tokens.root, _owner(tokens.root)))

    def of(self, word: Token) -> Time | None:
        """The time of the event that a word tells: its own, else that of the words above it in the same clause."""
        while True:
            found = self._owned(word)
            if found is not None or word.dep_ == "ROOT":
                return found
            if word.dep_ not in _LINKS and not (
                word.pos_ == "NOUN" and word.head.pos_ in ("VERB", "AUX", "ADP", "NOUN")
            ):
                return None
            word = word.head

    def only(self, start: int, end: int, verb: Token) -> Time | None:
        """The one dated time between two offsets, if no other verb than the given one holds it; else None."""
        found = [(time, owner) for time, _, owner in self._dated if start <= time.start < end]
        if len(found) != 1:
            return None
        holder = found[0][1]
        while not is_verb(holder) and holder.dep_ != "ROOT":
            holder = holder.head
        return found[0][0] if holder.i == verb.i else None

    def any(self, start: int, end: int) -> bool:
        """Whether any time at all, dated or not, stands between two offsets."""
        return any(start <= time.start < end for time in (*self._vague, *(time for time, _, _ in self._dated)))

    def recent(self, start: int, end: int) -> bool:
        """Whether the words between two offsets say that it was of late ("recently", "in recent days")."""
        return any(start <= time.start < end and "recent" in time.text.lower() for time in self._vague)

    def days(self, start: int, end: int) -> list[str]:
        """The days named between two offsets, in order."""
        return [t.edtf for t, _, _ in self._dated if start <= t.start < end and t.edtf and len(t.edtf) == _DAY]

    def since(self, time: Time) -> bool:
        """Whether a time is where a stretch begins ("since 2014")."""
        return any(time is dated and root.head.lower_ == "since" for dated, root, _ in self._dated)

    def _owned(self, word: Token) -> Time | None:
        found = [time for time, _, owner in self._dated if owner.i == word.i]
        # A clause may give several ("on Monday, three days after the vote on Friday"): the nearest to its verb dates it.
        return min(found, key=lambda time: abs(time.start - word.idx), default=None)


def _owner(root: Token) -> Token:
    """The verb or event noun that a time belongs to: up the parse through what may hold an adverbial of time."""
    token = root
    while token.dep_ != "ROOT":
        head = token.head
        if is_verb(head) or lexicon().noun(head):
            return head
        if token.dep_ not in _ADVERBIAL:
            # "the 2015 treaty": the year belongs to the treaty, not to the verb above it.
            return lost_verb(head) or head
        token = head
    return lost_verb(token) or token
