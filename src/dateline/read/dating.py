"""When an event was, by the words around it: a time of its own clause, of the clauses it hangs on, or one that carries over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from dateline.read.document import Document
from dateline.read.event_lexicon import lexicon
from dateline.records import Time

_ADVERBIAL = frozenset(
    {"npadvmod", "advmod", "prep", "pobj", "pcomp", "nsubj", "nsubjpass", "nummod", "tmod", "advcl", "dep", "appos"}
)
_LINKS = frozenset({"conj", "xcomp", "advcl", "acl", "pcomp"})


class Calendar:
    """The dated times of a document, each with the word of the parse that it belongs to."""

    def __init__(self, document: Document, times: Sequence[Time]) -> None:
        self._dated: list[tuple[Time, Token, Token]] = []
        for time in times:
            if time.edtf is None or time.type not in ("DATE", "TIME"):
                continue
            tokens = document.doc.char_span(time.start, time.end, alignment_mode="expand")
            if tokens is not None:
                self._dated.append((time, tokens.root, _owner(tokens.root)))

    def of(self, word: Token) -> Time | None:
        """The time of the event that a word tells: one that belongs to it, else to the word it hangs on in the same clause."""
        while True:
            found = self._owned(word)
            if found:
                return found
            if word.dep_ not in _LINKS and not (
                word.pos_ == "NOUN" and word.head.pos_ in ("VERB", "AUX", "ADP", "NOUN")
            ):
                return None
            if word.head.i == word.i:
                return None
            word = word.head

    def only(self, start: int, end: int) -> Time | None:
        """The one dated time between two offsets; None where there is none, or more than one."""
        found = [time for time, _, _ in self._dated if start <= time.start < end]
        return found[0] if len(found) == 1 else None

    def within(self, start: int, end: int) -> Iterator[Time]:
        """The dated times between two offsets."""
        return (time for time, _, _ in self._dated if start <= time.start < end)

    def _owned(self, word: Token) -> Time | None:
        found = [time for time, root, owner in self._dated if owner.i == word.i]
        # A clause that gives several ("on Monday, three days after the vote on Friday") is dated by the one nearest to its verb.
        return min(found, key=lambda time: abs(time.start - word.idx), default=None)


def _owner(root: Token) -> Token:
    """The verb or event noun that a time belongs to: up the parse through what may hold an adverbial of time."""
    token = root
    while token.head.i != token.i:
        head = token.head
        if head.pos_ in ("VERB", "AUX") or lexicon().noun(head):
            return head
        if token.dep_ not in _ADVERBIAL:
            # "the 2015 treaty": the year belongs to the treaty, not to the verb above it.
            return head
        token = head
    return token
