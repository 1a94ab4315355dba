"""Persons, organisations, states and groups of one report: one identity over all names, roles and pronouns."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from spacy.tokens import Token

from dateline.read.coreference import resolve
from dateline.read.document import Document
from dateline.read.identity import Identity, identities
from dateline.read.mentions import find_mentions
from dateline.read.unlisted import Unlisted
from dateline.records import ActorKind, Place, ReadActor, Span

_LONGEST_MENTION = 300  # characters
_FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})


class Actors:
    """The actors of one report, and who is meant at a place in it.

    ``records`` is what the Reading lists, ids "a1", "a2", … in order of first mention. The other methods answer for
    offsets into the document's text, names, role phrases and resolved pronouns alike, and give an actor's id or None.
    """

    def __init__(self, document: Document, found: Sequence[Identity]) -> None:
        self._document = document
        self._identities = {f"a{n}": identity for n, identity in enumerate(found, 1)}
        self.records = [self._record(id, identity) for id, identity in self._identities.items()]
        self._at: list[tuple[int, int, str]] = sorted(
            (span.start, span.end, record.id) for record in self.records for span in record.mentions
        )
        self._heads = {
            self._head(m.start, m.end): id for id, identity in self._identities.items() for m in identity.mentions
        }
        self._voices: list[tuple[int, int, str]] = []
        for token, identity in resolve(document, [(i, m) for i in found for m in i.mentions]):
            id = next(key for key, value in self._identities.items() if value is identity)
            self._at.append((token.idx, token.idx + len(token), id))
            self._heads[token.i] = id
        self._at.sort()
        self._starts = [start for start, _, _ in self._at]

    def at(self, start: int, end: int) -> str | None:
        """The actor meant by the words between two offsets: whoever stands at their grammatical head, else whoever covers
        them, else the first one named inside ("observers from the OSCE": the observers; "the OSCE's mission": the mission
        if it is an actor, else the OSCE). A first-person pronoun is whoever speaks there (see `hear`)."""
        tokens = self._document.doc.char_span(start, end, alignment_mode="expand")
        if tokens is None or not len(tokens):
            return None
        head = tokens.root
        if head.lower_ in _FIRST_PERSON and head.text != "US":
            return self.voice_at(start)
        if (id := self._heads.get(head.i)) is not None:
            return id
        for child in head.children:
            if child.dep_ == "appos" and child.idx < end and (id := self._heads.get(child.i)) is not None:
                return id
        first, last = head.idx, head.idx + len(head)
        covering = [(e - s, id) for s, e, id in self._at[: bisect_right(self._starts, first)] if last <= e]
        if covering:
            return min(covering)[1]
        return next((id for span, id in self.inside(start, end) if self._stands_for(span, id, head)), None)

    def _stands_for(self, span: Span, id: str, head: Token) -> bool:
        """Whether a mention inside a phrase can stand for it: "the OSCE team", "sources in Russia", but not "Lee's lawyer"."""
        tokens = self._document.doc.char_span(span.start, span.end, alignment_mode="expand")
        if tokens is None or tokens.root.dep_ == "poss":
            return False
        return tokens.root == head or self.kind(id) in ("organisation", "state")

    def inside(self, start: int, end: int) -> list[tuple[Span, str]]:
        """All mentions, resolved pronouns included, that lie between two offsets, in order, with their actors' ids."""
        first, last = bisect_left(self._starts, start), bisect_right(self._starts, end)
        return [(self._document.span(s, e), id) for s, e, id in self._at[first:last] if e <= end]

    def mention_at(self, offset: int) -> Span | None:
        """The mention, or resolved pronoun, that covers an offset."""
        for start, end, _ in self._at[: bisect_right(self._starts, offset)][::-1]:
            if start <= offset < end:
                return self._document.span(start, end)
            if offset - start > _LONGEST_MENTION:
                break
        return None

    def near(self, offset: int) -> str | None:
        """The actor mentioned last before an offset in the same part of the text, or None."""
        part = self._document.part_at(offset)
        low = part.start if part else 0
        before = [id for s, e, id in self._at[: bisect_left(self._starts, offset)] if s >= low and e <= offset]
        return before[-1] if before else None

    def named(self, id: str) -> str:
        """The name of an actor."""
        return self._identities[id].name

    def kind(self, id: str) -> ActorKind:
        """The kind of an actor."""
        return self._identities[id].kind

    def hear(self, start: int, end: int, id: str) -> None:
        """Note that an actor is speaking between two offsets (the statements step does), for "I" and "we" there."""
        self._voices.append((start, end, id))

    def voice_at(self, offset: int) -> str | None:
        """Who is speaking at an offset, as far as `hear` was told; the innermost voice."""
        heard = [(e - s, id) for s, e, id in self._voices if s <= offset < e]
        return min(heard)[1] if heard else None

    def _head(self, start: int, end: int) -> int:
        return int(self._document.doc[start:end].root.i)

    def _record(self, id: str, identity: Identity) -> ReadActor:
        doc = self._document.doc
        spans = [self._document.of_tokens(_bare(list(doc[m.start : m.end]))) for m in identity.mentions]
        return ReadActor(id=id, name=identity.name, kind=identity.kind, mentions=spans)


def find(document: Document, places: Sequence[Place]) -> Actors:
    """The actors of a document. ``places`` say which place names act for a government and which only tell where."""
    unlisted = Unlisted.of(document, places)
    return Actors(document, identities(document, find_mentions(document, places, unlisted), unlisted))


def _bare(tokens: Sequence[Token]) -> Sequence[Token]:
    """Tokens without white space and punctuation at their ends."""
    first, last = 0, len(tokens)
    while last > first + 1 and (tokens[last - 1].is_space or re.fullmatch(r"[^\w.)]+", tokens[last - 1].text)):
        last -= 1
    while first < last - 1 and (tokens[first].is_space or tokens[first].is_punct):
        first += 1
    return tokens[first:last]
