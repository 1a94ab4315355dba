"""Statements: who said, wrote, denied, announced, demanded or thought what, with the spans that show it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dateline.read.actors import Actors
from dateline.read.circumstances import Remark, circumstances, completed, remarks
from dateline.read.cues import Candidate, candidates, may_attribute, strength
from dateline.read.document import Document
from dateline.read.model import Saying, marks
from dateline.read.quotes import Quotation, insertions, quotations, within
from dateline.read.signatures import sayings
from dateline.read.speech import Attribution, attribute, closed
from dateline.read.stance import asks, cannot_answer, only_supposed, stance, untrue
from dateline.records import Mode, Span, Statement, Time

STRONG_ENOUGH = 0.33  # how often a lemma in a frame has to attribute
_SHOWING = frozenset({"show", "feature", "present", "stage", "screen", "exhibit", "perform", "publish", "release"})
_SMALL_WORD = 3  # letters of the words that a title may write small
_NESTED_ENOUGH = 0.5  # the same inside another statement, where more is mere colour
# What is called by holding or fetching it, not by saying what it is.
_CALLED = frozenset(
    [
        "session",
        "meeting",
        "election",
        "vote",
        "referendum",
        "strike",
        "halt",
        "truce",
        "ceasefire",
        "conference",
        "summit",
        "boycott",
        "protest",
        "witness",
        "police",
        "ambulance",
        "doctor",
        "attention",
        "time",
        "poll",
        "hearing",
        "debate",
        "day",
        "rally",
        "march",
        "emergency",
    ]
)
_INTERLUDE = 25  # tokens of a sentence in which somebody takes over
# What was chosen on the dev part of the corpus: how sure the model must be alone; how much a rule's strength weighs, in the
# logarithm of odds, and from which strength on it speaks for a cue; and which strength needs no model at all.
_SURE = 0.4
_RULE, _EVEN = 3.0, 0.5
_ALONE, _DIRECT = 0.5, 0.4
_CERTAIN = 0.7  # how sure the model must be of a content that a rule tells otherwise
_HELD = 0.9  # the share of the model's content that lies in a rule's quotations
_AGREEING = 0.8  # the share of characters in common from which on a rule's content is taken for the model's
_MEANWHILE = frozenset({"as", "when", "while", "after", "before", "during"})
_COVERED = 0.3  # of a quotation without a cue, by other statements
_TITLES = frozenset({"title", "headline", "name", "caption"})
_SAME = 0.5  # the share of characters in common from which on two contents are one
_PARAGRAPHS_ON = 2  # a bare quotation belongs to the source in its paragraph or the one before
_DEPICTIONS = frozenset({"picture", "photo", "photograph", "image", "map", "footage", "graphic"})
_POINTING = frozenset({"this", "that", "it"})
_HERE = frozenset({"i", "we", "you"})


@dataclass(eq=False)
class _Draft:
    """A statement being made: offsets of its content, the cue's tokens, the source's head."""

    cue: tuple[int, ...]
    head: Token | None
    source: Token | None
    content: list[tuple[int, int]]
    lemma: str = ""
    frame: str = ""
    addressee: Token | None = None
    speaker: str | None = None
    parent: _Draft | None = None
    quotes: list[Quotation] = field(default_factory=list)
    saying: Saying | None = None
    turn: bool = False  # of a transcript: the speaker's own words without any marks

    @property
    def start(self) -> int:
        return self.content[0][0]

    def covers(self, offset: int) -> bool:
        return any(start <= offset < end for start, end in self.content)


def find(
    document: Document, actors: Actors, times: Sequence[Time], marked: Sequence[Saying] | None = None
) -> list[Statement]:
    """The statements of a document in the order of their content, nested ones after the one they stand in.

    ``marked`` is what the model says of the document, if that is known already.

    Tells ``actors`` who speaks in each quotation (`Actors.hear`), so that "I" and "we" there can be resolved.
    """
    return _Finder(document, actors, times, marks(document) if marked is None else marked).run()


class _Finder:
    def __init__(self, document: Document, actors: Actors, times: Sequence[Time], marked: Sequence[Saying]) -> None:
        self.document = document
        self.doc = document.doc
        self.text = document.text
        self.actors = actors
        self.times = times
        self.marked = marked
        self.heard = {s.head for s in marked}
        self.attributed: dict[tuple[int, int], Token | None] = {}  # quotations and their cues, by the rules
        self.unsaid: set[int] = set()  # cues that report nothing, whatever the model takes them for
        self.sentences = document.sentences
        self.remarks: list[Remark] = []
        self.asking = _asking(document)
        self.quotations = closed(document, quotations(document.text, document.parts))

    def run(self) -> list[Statement]:
        direct = [self._direct(a) for a in attribute(self.document, self.quotations)]
        taken = {id(q) for d in direct for q in d.quotes}
        direct += [self._direct(a) for q in self.quotations if id(q) in taken for a in self._quoted_inside(q)]
        drafts = list(direct)
        cues = {d.head.i for d in direct if d.head is not None}
        before: Tokens | None = None
        for sentence in self.sentences:
            for candidate in candidates(t for t in self.document.tokens_in(sentence) if self._may_report(t)):
                if candidate.head.i in cues:
                    continue
                draft = self._announced_before(candidate, before) or self._indirect(candidate, taken)
                if draft is not None:
                    drafts.append(draft)
            before = sentence
        self.attributed = {(q.start, q.end): d.head for d in direct for q in d.quotes}
        drafts = self._settle(self._joined(drafts))
        self._speakers(drafts)
        drafts = self._distinct(drafts)
        self.remarks = remarks(self.document, self.actors, self.times)
        order = {id(d): n for n, d in enumerate(drafts)}
        return [self._statement(d, order) for d in drafts]

    def _distinct(self, drafts: Sequence[_Draft]) -> list[_Draft]:
        """Each statement once: two words of one cue may both have been taken for its head."""
        kept: dict[tuple[object, ...], _Draft] = {}
        same: dict[int, _Draft] = {}
        for draft in drafts:
            source, cue = self._source(draft), self._cue(draft)
            places = [(span.start, span.end) if span is not None else None for span in (source, cue)]
            same[id(draft)] = kept.setdefault((*places, *draft.content), draft)
        for draft in kept.values():
            if draft.parent is not None:
                parent = same.get(id(draft.parent), draft.parent)
                draft.parent = parent if parent is not draft else None
        return list(kept.values())

    # ── drafts ────────────────────────────────────────────────────────────────────────────────────────────────

    def _direct(self, attribution: Attribution) -> _Draft:
        head = attribution.cue
        cue = tuple(t.i for t in attribution.cue_tokens)
        return _Draft(
            cue,
            head,
            attribution.source,
            [(q.start, q.end) for q in attribution.quotations],
            head.lemma_.lower() if head is not None else "",
            "direct",
            attribution.addressee,
            quotes=list(attribution.quotations),
        )

    def _quoted_inside(self, outer: Quotation) -> list[Attribution]:
        """Speech in single marks that somebody retells inside a quotation: “He said, ‘Go.’”"""
        inner = attribute(self.document, within(self.text, outer))
        return [a for a in inner if a.cue is not None and outer.holds(a.cue.idx)]

    def _may_report(self, token: Token) -> bool:
        """Whether a word is worth a look: it attributes in some frame, may be an answer not given, or the model takes it for a cue."""
        if token.i in self.heard or token.lower_ == "according":
            return True
        lemma = token.lemma_.lower()
        return may_attribute(lemma, STRONG_ENOUGH) or cannot_answer(lemma, token)

    def _indirect(self, candidate: Candidate, taken: set[int]) -> _Draft | None:
        silent = cannot_answer(candidate.lemma, candidate.head)
        if (
            candidate.head.lower_ != "according"
            and strength(candidate.lemma, candidate.frame) < STRONG_ENOUGH
            and not silent
            and candidate.head.i not in self.heard
        ):
            return None
        offset = candidate.head.idx
        if any(q.holds(offset) and id(q) in taken for q in self.quotations) and not self._retold(candidate):
            return None
        if self._unsaid(candidate.head, candidate.lemma, candidate.source):
            self.unsaid.add(candidate.head.i)
            return None
        content = [span for first, last in candidate.content if (span := self._tight(first, last)) is not None]
        around = next((q for q in self.quotations if q.holds(offset)), None)
        if around is None:
            content = [self._whole_quotes(span, offset) for span in content]
        else:  # what is told inside a quotation ends with it
            content = [(max(s, around.inner_start), min(e, around.inner_end)) for s, e in content]
            content = [(s, e) for s, e in content if s < e]
        if candidate.lemma in _SHOWING and self._begins_with_title(content):
            return None
        if candidate.lemma == "call" and candidate.frame.endswith("object"):
            first, last = candidate.content[-1]
            if self.doc[first : last + 1].root.lemma_.lower() in _CALLED:
                self.unsaid.add(candidate.head.i)
                return None
        if not content or all(
            any(id(q) in taken and q is not around and q.start <= s and e <= q.end for q in self.quotations)
            for s, e in content
        ):
            return None
        return _Draft(
            candidate.cue, candidate.head, candidate.source, _merged(content), candidate.lemma, candidate.frame,
            candidate.addressee,
        )  # fmt: skip

    def _begins_with_title(self, content: Sequence[tuple[int, int]]) -> bool:
        """Whether a content begins with a quotation all of whose longer words are capitalised: a film, a book, a picture."""
        q = next((q for q in self.quotations if content and q.start == content[0][0]), None)
        words = self.text[q.inner_start : q.inner_end].split() if q is not None else []
        return len(words) > 1 and all(word[:1].isupper() for word in words if len(word) > _SMALL_WORD)

    def _unsaid(self, head: Token, lemma: str, source: Token | None) -> bool:
        """Whether a cue reports nothing that was said: "Did she say …?", "if he says …", "the map shows …"."""
        if head.i in self.asking and not asks(lemma):
            return True
        return only_supposed(head, source) or (source is not None and source.lemma_.lower() in _DEPICTIONS)

    @staticmethod
    def _retold(candidate: Candidate) -> bool:
        """Whether a cue inside a quotation tells what was said elsewhere: "They have said that …", but not "I think that …"."""
        source = candidate.source
        if source is None or strength(candidate.lemma, candidate.frame) < _NESTED_ENOUGH:
            return False
        past = candidate.head.tag_ in ("VBD", "VBN")
        return past or source.lower_ not in _HERE

    def _announced_before(self, candidate: Candidate, before: Tokens | None) -> _Draft | None:
        """ "This was announced by X", "So says X": the content is the sentence before."""
        verb = candidate.head
        if candidate.frame == "bare" and before is not None and candidate.source is not None:
            so = any(c.lower_ == "so" and c.is_sent_start for c in verb.children)
            span = self._tight(before.start, before.end - 1) if so else None
            if span is not None and strength(candidate.lemma, "clause") >= STRONG_ENOUGH:
                return _Draft(candidate.cue, verb, candidate.source, [span], candidate.lemma, "before")
        if before is None or candidate.source is None:
            return None
        if candidate.frame not in ("object", "predicate") and not any(c.dep_ == "nsubjpass" for c in verb.children):
            return None
        pointing = [
            c for c in verb.children
            if c.lower_ in _POINTING and (c.dep_ == "nsubjpass" or (c.dep_ in ("dobj", "nsubj") and c.i > verb.i)) and not any(True for _ in c.children)
        ]  # fmt: skip
        telling = max(strength(candidate.lemma, "clause"), strength(candidate.lemma, "predicate"))
        if not pointing or telling < STRONG_ENOUGH or before.start in self.asking:
            return None
        if candidate.frame == "predicate" and not any(untrue(t) for t in verb.subtree):
            return None  # "called it a good day" says so of "it"
        if candidate.source.lower_ in _POINTING or self.document.part_at(
            before.start_char
        ) is not self.document.part_at(verb.idx):
            return None
        span = self._tight(before.start, before.end - 1)  # narrowed to what was said there, once that is known
        return span and _Draft(
            candidate.cue, verb, candidate.source, [span], candidate.lemma, "before", candidate.addressee
        )

    # ── rules and model together ──────────────────────────────────────────────────────────────────────────────

    def _joined(self, drafts: list[_Draft]) -> list[_Draft]:
        """The drafts of the rules that the model agrees with, in its words, and those that only the model has.

        The corpus that the model learned from marks no statement inside another, so there the rules decide alone.
        """
        at = {i: s for s in self.marked for i in s.cue} | {s.head: s for s in self.marked}
        joined: dict[int, _Draft] = {}
        loose: list[_Draft] = []
        for draft in sorted(drafts, key=self._rank, reverse=True):
            saying = at.get(draft.head.i) if draft.head is not None else None
            if saying is not None and saying.head in joined:
                continue
            if saying is not None and self._agreed(draft, saying):
                joined[saying.head] = self._told(saying, draft)
            else:
                loose.append(draft)
        for saying in self.marked:
            if saying.head in joined or saying.chance < _SURE or self._is_label(saying):
                continue
            if not self.unsaid & {saying.head, *saying.cue}:
                told = self._told(saying)
                if (
                    told.content
                    and not self._titled(told)
                    and not self._unsaid(self.doc[saying.head], told.lemma, told.source)
                ):
                    joined[saying.head] = told
        found = [*joined.values()]
        for saying in sayings(self.document, self.quotations):
            begin, head = self.doc[saying.content[0]].idx, self.doc[saying.head]
            self.attributed |= {(q.start, q.end): head for q in self.quotations if begin <= q.start < head.idx}
            signed = self._told(saying)
            signed.turn = head.text == ":"
            if signed.turn:  # a turn goes on to the end of its paragraph, whatever of it was found by itself
                found = [
                    f
                    for f in found
                    if (f.head is None or f.head.i != saying.head)
                    and (f.head or _overlap(f.content, signed.content) <= _SAME)
                ]
            if signed.content and not any(
                _overlap(f.content, signed.content) > _SAME for f in found if f.start <= signed.start
            ):
                found = [f for f in found if not signed.covers(f.start) or f.head is None or signed.covers(f.head.idx)]
                found.append(signed)
        return [*found, *(d for d in loose if self._stays(d, found))]

    def _is_label(self, saying: Saying) -> bool:
        """Whether a cue is the colon behind a word in capitals that opens a paragraph: a dateline ("TARN: The toll rose").

        The labels of a transcript are told by typography (`signatures`).
        """
        if self.doc[saying.head].text != ":" or not saying.source:
            return False
        words = self.doc[saying.source[0] : saying.source[-1] + 1]
        part = self.document.part_at(words.start_char)
        return part is not None and words.start_char == part.start and words.text.isupper()

    def _agreed(self, draft: _Draft, saying: Saying) -> bool:
        """Whether the model and a rule together are sure enough."""
        odds = math.log(saying.chance / (1 - saying.chance)) if saying.chance < 1 else math.inf
        return odds + _RULE * (self._trust(draft) - _EVEN) >= 0

    def _trust(self, draft: _Draft) -> float:
        return 1.0 if draft.lemma == "according" else strength(draft.lemma, draft.frame)

    def _fuller(self, draft: _Draft, content: Sequence[tuple[int, int]]) -> bool:
        """Whether a rule's content is the model's, or holds it among the quotations of one speech or on both sides of the cue."""
        if _overlap(content, draft.content) >= _AGREEING:
            return True
        if draft.frame != "direct" and draft.lemma != "according":
            return False
        said = [(s, e) for start, end in content for s, e in self._said(draft, start, end)]
        held = sum(max(0, min(e, y) - max(s, x)) for s, e in said for x, y in draft.content)
        return held >= _HELD * sum(e - s for s, e in said)

    def _said(self, draft: _Draft, start: int, end: int) -> Iterator[tuple[int, int]]:
        """A stretch without what tells of the speaker: the source itself, a clause of time after the quotation."""
        after = draft.content[-1][1]
        if start >= after and self.text[start:end].split(maxsplit=1)[0].lower() in _MEANWHILE:
            return
        if draft.source is not None and start <= draft.source.idx < end:
            end = after
        if start < end:
            yield start, end

    def _in_time(self, cue: Token, offset: int) -> bool:
        """Whether a word stands in what tells when it was said: "said after the match"."""
        when = (c for c in cue.children if c.dep_ == "prep" and c.lower_ in _MEANWHILE)
        return any(c.idx < offset <= c.right_edge.idx for c in when)

    def _titled(self, draft: _Draft) -> bool:
        """Whether a content is no more than a title: "a pamphlet with the title “…”"."""
        last = next((q for q in draft.quotes if q.end == draft.content[-1][1]), None)
        before = self._tokens(draft.start, last.start)[-1:] if last is not None and draft.start < last.start else []
        return any(t.lemma_.lower() in _TITLES for t in before)

    def _end(self, saying: Saying) -> int:
        last = self.doc[(saying.cue or (saying.head,))[-1]]
        return last.idx + len(last)

    def _own(self, span: tuple[int, int], cue: Token) -> bool:
        """Whether a span holds a word, and is no other speech: not a quotation in another sentence with a cue of its own or none.

        A mark alone would bring its whole quotation with it.
        """
        if not any(c.isalnum() for c in self.text[span[0] : span[1]]):
            return False
        for (start, end), head in self.attributed.items():
            if start <= span[0] < end and (head is None or head.i != cue.i):
                return cue.sent.start_char <= span[0] < cue.sent.end_char
        return True

    def _stays(self, draft: _Draft, found: Sequence[_Draft]) -> bool:
        """Whether what the model does not confirm is kept: quotations without a cue, and what stands inside a statement."""
        if draft.head is None:
            return not any(_overlap(f.content, draft.content) > _COVERED for f in found)
        if draft.frame == "before" or cannot_answer(draft.lemma, draft.head):
            return True
        inside = any(f.covers(draft.head.idx) for f in found)
        return inside or self._trust(draft) >= (_DIRECT if draft.frame == "direct" else _ALONE)

    def _told(self, saying: Saying, draft: _Draft | None = None) -> _Draft:
        """A draft in the model's words, with what the rules know of it; in the rules' words where both mean the same ones."""
        head = self.doc[saying.head]
        content = [span for run in _runs(saying.content) if (span := self._tight(run[0], run[-1])) is not None]
        part = self.document.part_at(head.idx)
        near = [(s, e) for s, e in content if part is not None and part.start <= s < part.end]
        if draft is None and not self.text[: self._end(saying)].endswith(":"):
            content = near  # a speaker who is told in another paragraph is left to the rules
        content = _merged([self._whole_quotes(span, head.idx) for span in near or content if self._own(span, head)])
        words = self.doc[saying.source[0] : saying.source[-1] + 1] if saying.source else None
        source = words.root if words is not None else None
        if draft is None:
            told = _Draft(saying.cue, head, source, content, head.lemma_.lower(), saying=saying)
        else:
            unsure = saying.chance < _SURE or saying.certain < _CERTAIN
            unsure |= all(self._in_time(head, start) for start, _ in content)
            if not content or draft.frame == "before" or unsure or self._fuller(draft, content):
                content = draft.content
            told = replace(draft, content=content, saying=saying)
            if draft.source is None or (source is not None and not self._within(source, draft.source)):
                told.source = source
            else:
                told.saying = replace(saying, source=())
        told.quotes = [q for q in self.quotations if any(q.start < e and s < q.end for s, e in told.content)]
        return told

    @staticmethod
    def _within(word: Token, phrase: Token) -> bool:
        """Whether a word stands in the phrase of another: both mean the same source, and the rules know its words better."""
        return phrase.left_edge.i <= word.i <= phrase.right_edge.i

    def _tight(self, first: int, last: int) -> tuple[int, int] | None:
        """Offsets of some tokens without space and loose punctuation at their ends; quotation marks stay."""
        tokens = self.document.tokens[first : last + 1]
        while tokens and (
            tokens[-1].is_space
            or tokens[-1].text in (".", ",", ";", ":", "-", "–", "—", "...")
            or _bare_space(tokens[-1])
        ):
            tokens.pop()
        while tokens and (tokens[0].is_space or tokens[0].text in (",", ";", ":", "-", "–", "—", ".", ")")):
            tokens.pop(0)
        if not tokens:
            return None
        return tokens[0].idx, tokens[-1].idx + len(tokens[-1])

    def _whole_quotes(self, span: tuple[int, int], cue: int) -> tuple[int, int]:
        """The span with quotations whole that it only cuts into, unless the cue stands in them."""
        start, end = span
        for q in self.quotations:
            if q.holds(cue) or q.end <= start or end <= q.start:
                continue
            if q.start < start and min(end, q.end) - start > (q.end - q.start) / 2:
                start = q.start  # the parse broke the quotation up
            if q.start < start <= q.inner_start or (q.start < start and not q.holds(cue) and q.end <= end):
                start = q.start
            if q.inner_end <= end < q.end or (start <= q.start and end < q.end):
                end = q.end
        return start, end

    # ── all drafts together ───────────────────────────────────────────────────────────────────────────────────

    def _settle(self, drafts: list[_Draft]) -> list[_Draft]:
        """Drop doubles and weak nested ones, order by place, and tell which stands in which."""
        best: dict[tuple[int, ...], _Draft] = {}
        for draft in drafts:
            key = (draft.head.i,) if draft.head is not None else (-1, draft.start)
            known = best.get(key)
            if known is None or self._rank(draft) > self._rank(known):
                best[key] = draft
        for draft in best.values():
            if draft.frame == "before":
                draft.content = self._said_in(draft, best.values())
        kept = sorted(best.values(), key=lambda d: (d.start, -d.content[-1][1], d.head.i if d.head is not None else -1))
        for draft in kept:
            if draft.head is None:
                continue
            around = [
                o for o in kept if o is not draft and o.covers(draft.head.idx) and self._size(o) > self._size(draft)
            ]
            draft.parent = min(around, key=self._size, default=None)
        return [
            d for d in kept
            if d.parent is None or d.saying is not None or strength(d.lemma, d.frame) >= _NESTED_ENOUGH or d.lemma == "according"
        ]  # fmt: skip

    @staticmethod
    def _said_in(draft: _Draft, drafts: Iterable[_Draft]) -> list[tuple[int, int]]:
        """What "this" points to: the last thing said in the sentence before, else that sentence itself."""
        start, end = draft.content[0]
        said = [
            d
            for d in drafts
            if d is not draft and d.head is not None and start <= d.head.idx < end and d.frame != "before"
        ]
        return max(said, key=lambda d: d.content[-1][1]).content if said else draft.content

    def _rank(self, draft: _Draft) -> float:
        if draft.frame in ("direct", "before"):
            return 3.0
        return strength(draft.lemma, draft.frame) if draft.lemma != "according" else 2.0

    @staticmethod
    def _size(draft: _Draft) -> int:
        return sum(end - start for start, end in draft.content)

    def _speakers(self, drafts: Iterable[_Draft]) -> None:
        """Who speaks: the actor at the source; for a bare quotation the one who spoke before it in the same part of the text.

        A bare quotation in running text takes over the source that was named for the one before; a heading has none.
        """
        running: _Draft | None = None
        last_side: str | None = None
        for draft in drafts:
            part = self.document.part_at(draft.start)
            side = part.title if part is not None and part.kind in ("side", "side_title") else None
            if side != last_side:
                running, last_side = None, side
            if draft.source is not None:
                draft.speaker = self._speaker(draft)
            elif draft.head is None and (taking_over := self._takes_over(draft, running)) is not None:
                draft.source = taking_over
                draft.speaker = self._speaker(draft)
            elif draft.head is None and running is not None:
                draft.speaker = running.speaker
                if part is not None and part.kind != "heading" and self._follows(running, draft):
                    draft.source = running.source
            if draft.parent is None and (draft.speaker is not None or draft.source is not None):
                running = draft
            if draft.speaker is not None:
                for quotation in draft.quotes:
                    self.actors.hear(quotation.start, quotation.end, draft.speaker)

    def _takes_over(self, draft: _Draft, running: _Draft | None) -> Token | None:
        """Who comes in right before a bare quotation: "But Ann Lee, the buyer, disagreed. “Nothing was agreed.”"

        The subject of the sentence before, a person named there, if nothing was said in that sentence.
        """
        part = self.document.part_at(draft.start)
        token = next(iter(self._tokens(draft.start, draft.start + 1)), None)
        if running is None or token is None or token.i == 0 or (part is not None and part.kind != "body"):
            return None
        before = self.doc[token.i - 1].sent
        while before.start and not before.text.strip():
            before = self.doc[before.start - 1].sent
        if before.start_char < running.content[-1][1] or (running.head is not None and running.head.i >= before.start):
            return None
        if self.document.kind_at(before.start_char) != "body" or len(before) > _INTERLUDE:
            return None
        subject = next((c for c in before.root.children if c.dep_ == "nsubj"), None)
        if subject is None or subject.pos_ not in ("PROPN", "NOUN"):
            return None
        last = subject.right_edge
        id = self.actors.at(subject.left_edge.idx, last.idx + len(last))
        return subject if id is not None and self.actors.kind(id) == "person" and id != running.speaker else None

    def _follows(self, before: _Draft, draft: _Draft) -> bool:
        """Whether a draft stands in the paragraph of another or the one after it."""
        between = self.text[before.content[-1][1] : draft.start]
        return len([line for line in between.split("\n") if line.strip()]) <= _PARAGRAPHS_ON

    def _speaker(self, draft: _Draft) -> str | None:
        token = draft.source
        if token is not None and token.tag_ in ("WP", "WDT") and token.head.dep_ == "relcl":
            noun = token.head.head
            return self.actors.at(noun.idx, noun.idx + len(noun))
        span = self._source(draft)
        return self.actors.at(span.start, span.end) if span is not None else None

    def _source(self, draft: _Draft) -> Span | None:
        """The source's words: its noun phrase without what belongs to the cue or the content."""
        token = draft.source
        if token is None:
            return None
        if draft.saying is not None and draft.saying.source:
            run = _runs(draft.saying.source)[0]
            return self.document.of_tokens(self.doc[run[0] : run[-1] + 1])
        if token.dep_ == "poss":
            return self.document.of_tokens(list(token.subtree))
        first, last = token.i, token.i
        blocked = set(draft.cue)
        begin = min((c.left_edge.i for c in token.lefts if c.dep_ in _BEFORE_HEAD), default=token.i)
        while first > begin and self._sourceable(first - 1, draft, blocked):
            first -= 1
        while last < token.right_edge.i and self._sourceable(last + 1, draft, blocked):
            last += 1
        commas = (i for i in range(token.i + 1, last) if self.doc[i].text == ",")
        cut = next((i for i in commas if self.doc[i + 1].lower_ in _CUT), None)
        if cut is not None:
            last = cut - 1
        first = self._at_mention(first, token)
        tokens = list(self.doc[first : last + 1])
        while len(tokens) > 1 and (tokens[0].is_punct or tokens[0].is_space) and tokens[0].text not in ("“", '"'):
            tokens.pop(0)
        while (
            len(tokens) > 1 and (tokens[-1].is_punct or tokens[-1].is_space) and tokens[-1].text not in ("”", '"', ")")
        ):
            tokens.pop()
        return self.document.of_tokens(tokens)

    def _at_mention(self, first: int, head: Token) -> int:
        """A source's first token, moved to where its actor's mention begins if only loose names stand before that."""
        mention = self.actors.mention_at(head.idx)
        if mention is None or mention.start <= self.doc[first].idx:
            return first
        loose = [t for t in self.doc[first : head.i] if t.idx < mention.start]
        return first + len(loose) if all(t.pos_ == "PROPN" or t.is_punct for t in loose) else first

    def _sourceable(self, i: int, draft: _Draft, blocked: set[int]) -> bool:
        token = self.doc[i]
        return i not in blocked and not draft.covers(token.idx) and "\n" not in token.text

    # ── records ───────────────────────────────────────────────────────────────────────────────────────────────

    def _statement(self, draft: _Draft, order: dict[int, int]) -> Statement:
        source = self._source(draft)
        content = [self.document.span(start, end) for start, end in draft.content]
        told = circumstances(self.document, self.actors, self.times, draft.head, draft.cue, draft.content)
        if draft.parent is None:
            told = completed(told, self.remarks, draft.speaker, draft.start, draft.content[-1][1], self.text)
        addressee = self._addressee(draft)
        tokens = [self._tokens(span.start, span.end) for span in content]
        held = stance(draft.head, draft.lemma, draft.frame, tokens, [span.text for span in content])
        marked = content if draft.turn else self._quotations_in(content)
        inserted = [
            self.document.span(s, e)
            for q in marked
            for s, e in insertions(self.text, q.start, q.end)
            if any(c.start <= s and e <= c.end for c in content)
        ]
        return Statement(
            source=source,
            cue=self._cue(draft),
            content=content,
            mode="direct" if draft.turn else self._mode(content),
            speaker=draft.speaker,
            addressee=addressee if addressee is not None else told.addressee,
            occasion=told.occasion,
            medium=told.medium,
            date=told.date,
            denial=held.denial,
            question=held.question or (draft.turn and content[-1].text.endswith("?")),
            refusal=held.refusal,
            insertions=inserted,
            parent=order.get(id(draft.parent)) if draft.parent is not None else None,
        )

    def _cue(self, draft: _Draft) -> Span | None:
        if not draft.cue:
            return None
        if draft.saying is not None and draft.saying.cue:
            return self.document.of_tokens(self.doc[draft.saying.cue[0] : draft.saying.cue[-1] + 1])
        first, last = min(draft.cue), max(draft.cue)
        source = self._source(draft)
        tokens = [
            t for t in self.doc[first : last + 1]
            if not t.is_punct and not draft.covers(t.idx) and (source is None or t.idx >= source.end or t.idx < source.start)
        ]  # fmt: skip
        head = draft.head
        assert head is not None
        run = [head]
        for token in reversed([t for t in tokens if t.i < head.i]):
            if token.i != run[0].i - 1:
                break
            run.insert(0, token)
        for token in [t for t in tokens if t.i > head.i]:
            if token.i != run[-1].i + 1:
                break
            run.append(token)
        return self.document.of_tokens(run)

    def _addressee(self, draft: _Draft) -> str | None:
        if draft.addressee is None:
            return None
        return self.actors.at(draft.addressee.idx, draft.addressee.idx + len(draft.addressee))

    def _quotations_in(self, content: Sequence[Span]) -> list[Quotation]:
        """The quotations that share words with a content."""
        return [q for q in self.quotations if any(q.start < c.end and c.start < q.end for c in content)]

    def _mode(self, content: Sequence[Span]) -> Mode:
        """Direct where the words are the speaker's own almost throughout, mixed where some are."""
        words = quoted = 0
        marked = self._quotations_in(content)
        for span in content:
            for token in self._tokens(span.start, span.end):
                if token.is_alpha or token.like_num:
                    words += 1
                    quoted += any(q.holds(token.idx) for q in marked)
        if quoted == 0:
            return "indirect"
        return "direct" if quoted >= 0.8 * words else "mixed"

    def _tokens(self, start: int, end: int) -> list[Token]:
        span = self.doc.char_span(start, end, alignment_mode="expand")
        return self.document.tokens_in(span) if span is not None else []


_BEFORE_HEAD = frozenset({"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "predet", "flat", "appos"})
_CUT = frozenset({"in", "on", "at", "during", "after", "before", "speaking", "when", "while"})


def _asking(document: Document) -> set[int]:
    """The indexes of the tokens of all sentences that end in a question mark."""
    asking = (s for s in document.doc.sents if document.text[s.start_char : s.end_char].rstrip().endswith("?"))
    return {i for s in asking for i in range(s.start, s.end)}


def _bare_space(token: Token) -> bool:
    return not token.text.strip()


def _runs(tokens: Sequence[int]) -> list[list[int]]:
    """Indexes in runs without a gap."""
    runs: list[list[int]] = []
    for i in tokens:
        if runs and i == runs[-1][-1] + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def _overlap(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> float:
    """The share of characters that two contents have in common."""
    common = sum(max(0, min(e, y) - max(s, x)) for s, e in one for x, y in other)
    return common / (sum(e - s for s, e in one) + sum(y - x for x, y in other) - common)


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, overlapping ones joined."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
