"""On whose word a figure stands: whoever said, counted or estimated it as the words show; nobody where they show none.

A report's own counts have no claimant, nor have headlines and what somebody only denies or asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dateline.read.counting import FATES, MORE, token_at
from dateline.read.cues import subject_of
from dateline.read.document import Document
from dateline.read.quantities import Quantity
from dateline.records import Statement


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_COUNTING = _words(
    "anticipate assess calculate cite confirm count document estimate expect forecast foresee log predict project reckon"
    " measure record register report tally verify"
)
"""Whoever does this with a number answers for it: "the union counts 41 injured", "the bank expects a loss of …"."""
_PLACING = _words("assess calculate estimate gauge give peg place put reckon set value")
"""Whoever does this to something *at* a number answers for it: "put the toll at 22"."""
_SPEAKING = _words("know speak talk warn")
"""Whoever speaks *of* a number answers for it."""
_NAMING = _words("claim name say")
"""Whoever says a bare number answers for it: "the union says 151"."""
_TALLIES = _words("assessment calculation count estimate estimation figure forecast projection reckoning tally toll")
"""What belongs to whoever made it: "closed its count at 34", "by the count of the police"."""
_RECORDS = _TALLIES | _words("account bulletin census data database list log poll record register statistic survey")
"""What somebody's numbers stand in: "the list of the Red Cross has 36 names"."""
_SHOWING = _words(
    "be climb contain drop fall give have hold include indicate jump list name place put range reach record rise say show stand"
    " suggest"
)
_REVISED = _words("at to from by")
_SOURCES = _words("by in on from per to")
_OBJECTS = _words("dobj ccomp xcomp attr oprd dep")
_DENYING = ("deny", "deni", "dismiss", "refut", "reject", "rebut", "disavow", "repudiat")
"""How the words of denying begin."""
_RELATIVE = _words("WP WDT")
_SEPARATORS = _words(", ; – — and but while whereas")
_LINKS = _words("of at by")
_HAVING = _words("has have had")
_PART = re.compile(r"(?i)\s+of\s+(?:them|whom|these|those)\b")
_AND = re.compile(r"[^,.;:“”\"]{0,40},\s+(?:and|with|including|leaving)\s")
_OWN_DOINGS = _words("it they")
_ANOTHER = re.compile(r"(?i)\b(?:another|an? (?:further|additional))\s+$")
_MORE = re.compile(rf"(?i)\s+(?:{'|'.join(sorted(MORE))}|others)\b")
_ACCORDING = re.compile(r"(?i)\b(?:according to|as reported by|(?:estimates?|figures?|data) (?:by|from))\s+")
_LONGEST_NAME = 8  # words


class Actors(Protocol):
    """What is asked of the actors here: whose mention stands at a stretch."""

    def at(self, start: int, end: int) -> str | None:
        """The id of the actor mentioned there, if any."""


class Claimants:
    """Whose word the figures of a document are. To be asked in the order of the text: one figure may go on with the last one's source."""

    def __init__(self, document: Document, actors: Actors, statements: Sequence[Statement]) -> None:
        self._document = document
        self._actors = actors
        self._statements = statements
        self._last: tuple[Tokens, str] | None = None

    def of(self, q: Quantity, sentence: Tokens) -> str | None:
        """The id of the actor on whose word a figure in a sentence stands."""
        token = token_at(self._document, q.core)
        if token is None or self._document.kind_at(q.start) in ("heading", "side_title"):
            return None
        found = (
            self._other_side(q, sentence)
            or self._told(q, token)
            or self._added(q, sentence)
            or self._gone_on(q, sentence)
        )
        if found is not None:
            self._last = (sentence, found)
        return found

    def _told(self, q: Quantity, token: Token) -> str | None:
        """Who counted or said it, the nearest to the number first."""
        statement = innermost(self._statements, q.start, q.end)
        for cue, claimant in self._counted(token):
            nameless = statement is None or statement.speaker is None
            if statement is None or nameless or any(c.start <= cue.idx < c.end for c in statement.content):
                return claimant
        if (own := self._by_count(q, token.sent)) is not None:
            return own
        if statement is None:
            return self._according(q, token.sent)
        return None if disowned(statement, q.start) else statement.speaker

    # ── who counted ───────────────────────────────────────────────────────────────────────────────────────────────

    def _counted(self, token: Token) -> Iterator[tuple[Token, str]]:
        """The counts and the verbs of counting over a number, nearest first, with those who answer for them."""
        path = [token]
        for above in token.ancestors:
            branch = path[-1]
            path.append(above)
            found = None
            if above.pos_ == "NOUN" and above.lemma_ in _RECORDS and branch.i > above.i:
                found = self._owner(above)
            elif above.pos_ in ("VERB", "AUX"):
                found = self._counting(above, branch, path) or self._count_shown(above, branch)
            if found is not None:
                yield above, found

    def _counting(self, verb: Token, branch: Token, path: Sequence[Token]) -> str | None:
        """Who counts by a verb ("the union counts 41") or places something at a number ("put the toll at 22")."""
        at = any(t.lower_ == "at" and t.dep_ == "prep" for t in path)
        of = branch.dep_ == "prep" and branch.lower_ == "of"
        passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
        told = branch.dep_ in _OBJECTS or (passive and branch.dep_ == "nsubjpass")
        lemma = verb.lemma_.lower()
        bare = lemma in _NAMING and branch.like_num and branch.i > verb.i
        if not (bare or (lemma in _PLACING and at) or (lemma in _SPEAKING and of) or (lemma in _COUNTING and told)):
            return None
        agent = next((p for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"), None)
        return self._who(agent if passive else _subject(verb))

    def _count_shown(self, verb: Token, branch: Token) -> str | None:
        """Whose count shows the number ("the ministry's list has 36 names") or is brought to it ("closed its count at 34")."""
        subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        beside = branch.dep_ in (*_OBJECTS, "prep")
        if subject is not None and subject.lemma_ in _RECORDS and verb.lemma_ in _SHOWING and beside:
            return self._owner(subject)
        tally = next((c for c in verb.children if c.dep_ == "dobj" and c.lemma_ in _TALLIES), None)
        if tally is None or not (branch == tally or (branch.dep_ == "prep" and branch.lower_ in _REVISED)):
            return None
        return self._owner(tally) or self._who(_subject(verb))

    def _by_count(self, q: Quantity, sentence: Tokens) -> str | None:
        """Whose count is named beside the number: "by the count of the police", "in the union's estimate"."""
        start, end = self._stretch(q, sentence)
        for token in self._document.tokens_in(sentence):
            if start <= token.idx < end and token.lower_ in _SOURCES and token.dep_ in ("prep", "agent"):
                count = next((c for c in token.children if c.dep_ == "pobj" and c.lemma_ in _RECORDS), None)
                owner = self._owner(count) if count is not None and not _within(count, q) else None
                if owner is not None:
                    return owner
        return None

    def _according(self, q: Quantity, sentence: Tokens) -> str | None:
        """Who stands behind the "according to" that is nearest to the number."""
        start, end = self._stretch(q, sentence)
        found = sorted(_ACCORDING.finditer(self._document.text, start, end), key=lambda m: abs(m.start() - q.start))
        for m in found:
            token = token_at(self._document, m.end())
            chunk = next((c for c in sentence.noun_chunks if token is not None and c.start <= token.i < c.end), None)
            if token is not None:
                return self._actors.at(m.end(), chunk.end_char if chunk is not None else token.idx + len(token))
        return None

    def _stretch(self, q: Quantity, sentence: Tokens) -> tuple[int, int]:
        """The stretch of a sentence around a number between two semicolons."""
        text = self._document.text
        start = text.rfind(";", sentence.start_char, q.start) + 1 or sentence.start_char
        end = text.find(";", q.end, sentence.end_char)
        return start, end if end >= 0 else sentence.end_char

    # ── who goes on ───────────────────────────────────────────────────────────────────────────────────────────────

    def _other_side(self, q: Quantity, sentence: Tokens) -> str | None:
        """The other side of two numbers: "the ministry says 74, the union 151", "X speaks of 36 boats, the harbour of 50"."""
        first = token_at(self._document, q.start)
        if self._last is None or self._last[0].start != sentence.start or first is None:
            return None
        last = first.i - 1
        links = _LINKS | _HAVING if q.unit is None else _LINKS
        if last > sentence.start and self._document.doc[last].lower_ in links:
            last -= 1
        begin = last
        while begin > max(sentence.start, last - _LONGEST_NAME) and _of_name(self._document.doc[begin]):
            begin -= 1
        name = self._document.doc[begin + 1 : last + 1]
        if (
            not len(name)
            or name[-1].pos_ not in ("NOUN", "PROPN")
            or self._document.doc[begin].lower_ not in _SEPARATORS
        ):
            return None
        return self._actors.at(name.start_char, name.end_char)

    def _added(self, q: Quantity, sentence: Tokens) -> str | None:
        """The source just named, of a number added to another: "…, police said, and 12 were hurt", "17 injured, three of them badly"."""
        text = self._document.text
        if _PART.match(text, q.end) and self._last is not None and self._last[0].start == sentence.start:
            return self._last[1]
        for s in self._statements:
            if s.speaker is None or s.cue is None or not s.content or s.content[-1].end > s.cue.start:
                continue
            end = max(s.cue.end, s.source.end if s.source is not None else 0)
            if (
                sentence.start_char <= s.content[0].start
                and end <= q.start < sentence.end_char
                and _AND.match(text, end, q.start)
            ):
                return None if disowned(s, s.cue.start) else s.speaker
        return None

    def _gone_on(self, q: Quantity, sentence: Tokens) -> str | None:
        """The source of the sentence before, where this one goes on with it: "Another 40 were missing.", "It loaded 300 tonnes."."""
        before = self._before(sentence)
        if before is None:
            return None
        text = self._document.text
        if _ANOTHER.search(text[max(0, q.start - 24) : q.start]) or _MORE.match(text, q.end):
            return self._last[1] if self._last is not None and self._last[0].start == before.start else None
        subject = next((c for c in sentence.root.children if c.dep_ == "nsubj" and c.lower_ in _OWN_DOINGS), None)
        meant = self._actors.at(subject.idx, subject.idx + len(subject)) if subject is not None else None
        said = (
            s.speaker
            for s in self._statements
            if s.parent is None and any(before.start_char <= c.start < before.end_char for c in s.content)
        )
        return meant if meant is not None and meant in said else None

    def _before(self, sentence: Tokens) -> Tokens | None:
        """The sentence before in the same part of the text."""
        if sentence.start == 0:
            return None
        before: Tokens = self._document.doc[sentence.start - 1].sent
        same = self._document.part_at(before.start_char) is self._document.part_at(sentence.start_char)
        return before if same else None

    # ── names ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _owner(self, count: Token) -> str | None:
        """Whose a count is: "the union's count", "figures of the ministry", "police estimates", "data compiled by the bank"."""
        for child in count.children:
            if child.dep_ == "poss" or (child.dep_ == "compound" and child.i < count.i):
                found = self._who(child)
            elif child.dep_ in ("prep", "agent", "acl"):
                made = [c for c in child.children if c.dep_ == "agent"] if child.dep_ == "acl" else [child]
                by = [
                    c
                    for c in made
                    if c.lower_ in ("of", "by", "from") and not (c.lower_ == "of" and count.lemma_ == "toll")
                ]
                held = next((p for c in by for p in c.children if p.dep_ == "pobj"), None)
                found = None if held is None or held.lower_ in FATES or held.pos_ == "NUM" else self._who(held)
            else:
                continue
            if found is not None:
                return found
        return None

    def _who(self, word: Token | None) -> str | None:
        """The actor whose mention a word heads; "who" and "which" are the noun they follow."""
        if word is not None and word.tag_ in _RELATIVE and word.head.dep_ == "relcl":
            word = word.head.head
        if word is None:
            return None
        return self._actors.at(self._document.doc[word.left_edge.i].idx, word.idx + len(word))


def answers(noun: Token) -> bool:
    """Whether the words make a noun somebody who answers for a number: it counts, estimates or owns a count."""
    above = noun.head
    if noun.dep_ == "nsubj" and above.pos_ == "VERB":
        lemma = above.lemma_.lower()
        counts = lemma in _COUNTING or _speaks_of(above)
        if not counts and lemma not in _PLACING:
            return False
        after = [t for t in above.subtree if t.i > above.i]
        return (counts or any(t.lower_ == "at" for t in after)) and any(t.like_num for t in after)
    if noun.dep_ == "pobj" and above.lower_ in ("of", "by", "from"):
        return above.head.pos_ == "NOUN" and above.head.lemma_ in _TALLIES | {"list"} and above.head.lemma_ != "toll"
    if noun.dep_ in ("poss", "compound"):
        return above.pos_ == "NOUN" and above.lemma_ in _TALLIES and above.i > noun.i
    if noun.dep_ != "appos":
        return False
    # "…, the harbour chamber of 50": the other side, which the parse hangs on anything
    following = noun.doc[noun.i + 1 : noun.i + 6]
    opening = noun.doc[noun.left_edge.i - 1] if noun.left_edge.i else None
    linked = len(following) > 0 and following[0].lower_ in ("of", "at") and any(t.like_num for t in following)
    return linked and opening is not None and opening.text in (",", ";")


def _speaks_of(verb: Token) -> bool:
    return verb.lemma_.lower() in _SPEAKING and any(c.lower_ == "of" and c.dep_ == "prep" for c in verb.children)


def innermost(statements: Sequence[Statement], start: int, end: int) -> Statement | None:
    """The shortest statement with a source whose content holds some of a stretch."""
    holding = [s for s in statements if s.speaker is not None or s.source is not None]
    holding = [s for s in holding if any(c.start < end and start < c.end for c in s.content)]
    return min(holding, key=lambda s: sum(c.end - c.start for c in s.content), default=None)


def disowned(statement: Statement, offset: int) -> bool:
    """Whether a statement only asks or denies what stands at an offset, so that it is not the speaker's own.

    What follows a colon is what the speaker holds against it: "denied that: all 12 had sounded".
    """
    if statement.question or statement.cue is None:
        return statement.question
    denied = statement.cue.text.split()[-1].lower().startswith(_DENYING)
    return denied and not any(":" in c.text[: max(0, offset - c.start)] for c in statement.content)


def _subject(verb: Token) -> Token | None:
    """The subject of a verb, the nearest where the parse gives it two: a place line is none."""
    own = [c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i]
    return own[-1] if len(own) > 1 else subject_of(verb)


def _within(count: Token, q: Quantity) -> bool:
    return q.start <= count.idx < q.end


def _of_name(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN", "ADJ", "DET", "PRON") or token.lower_ in ("of", "for", "'s", "’s")
