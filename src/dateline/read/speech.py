"""Direct speech: which quotations are speech, and the cue and source that stand before or after them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from dateline.read.cues import strength, subject_of
from dateline.read.document import Document
from dateline.read.quotes import Quotation
from dateline.read.stance import only_names

_SPEECH_ENOUGH = 0.4  # how often a verb beside a quotation has to attribute it
_SPEECH_BESIDE_COMMA = 0.2  # the same where the quotation ends in a comma, as speech does before its cue
_TOLD_APART = 0.8  # the same for a cue that may end a quotation whose closing mark is missing
_REACH = 40  # tokens from a quotation to its cue
_ENDS = frozenset(".?!;")
_NAMES = frozenset({"PROPN", "NOUN", "PRON"})
_LONGEST_LABEL = 10  # tokens of "Fire chief:" before a quotation


@dataclass(eq=False)
class Attribution:
    """Quotations that are one statement, with cue and source where they are told."""

    quotations: list[Quotation]
    cue: Token | None = None
    source: Token | None = None
    addressee: Token | None = None
    cue_tokens: list[Token] = field(default_factory=list)


def attribute(document: Document, quotations: Sequence[Quotation]) -> list[Attribution]:
    """The quotations that are speech, grouped into statements; a phrase in marks inside a sentence is not among them."""
    return _Attributor(document, quotations).run()


def closed(document: Document, quotations: Sequence[Quotation]) -> list[Quotation]:
    """The quotations, those whose closing mark is missing ended before the cue that follows inside their paragraph.

    “It was not fit for a final, Gerd Asher said.” A quotation that goes on in the next paragraph was left open on purpose.
    """
    attributor = _Attributor(document, quotations)
    following = [*(q.continues for q in quotations[1:]), False]
    return [
        q if q.inner_end < q.end or goes_on else attributor.ended(q)
        for q, goes_on in zip(quotations, following[: len(quotations)], strict=True)
    ]


class _Attributor:
    def __init__(self, document: Document, quotations: Sequence[Quotation]) -> None:
        self.document = document
        self.doc = document.doc
        self.text = document.text
        self.quotations = quotations

    def run(self) -> list[Attribution]:
        found: list[Attribution] = []
        by_cue: dict[int, Attribution] = {}
        for n, q in enumerate(self.quotations):
            speech = self._speech(q)
            cue = (self._after(q) or self._before(q)) if speech else None
            if cue is not None and cue.i not in by_cue and self._inside_a_sentence(cue, q):
                continue
            if cue is not None:
                attribution = by_cue.get(cue.i)
                if attribution is None:
                    attribution = by_cue[cue.i] = self._attribution(cue, q)
                    if q.continues and found and found[-1].cue is None:
                        attribution.quotations[:0] = found.pop().quotations
                    found.append(attribution)
                else:
                    attribution.quotations.append(q)
                continue
            previous = found[-1] if found else None
            if previous is not None and self._goes_on(previous, q, n):
                previous.quotations.append(q)
            elif speech and (introducer := self._introducer(q)) is not None:
                found.append(Attribution([q], source=introducer))
            elif speech and (self._whole_paragraph(q) or self._stands_alone(q)):
                found.append(Attribution([q]))
        return found

    def _inside_a_sentence(self, cue: Token, q: Quotation) -> bool:
        """Whether a quotation is a piece of a sentence into which its cue is set: "It would, she said, “bury the region” for good."."""
        return cue.dep_ == "parataxis" and q.start < cue.head.idx < q.end and self.text[q.inner_start].islower()

    def ended(self, q: Quotation) -> Quotation:
        """A quotation without its closing mark, ended before ", X said" if that stands in it."""
        for token in self._tokens_from(q.inner_start):
            if token.idx >= q.end:
                break
            if token.pos_ != "VERB" or not self._speaks(token, _TOLD_APART):
                continue
            subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
            if subject is None or subject.pos_ not in ("PROPN", "PRON") or subject.lower_ in ("i", "we", "you"):
                continue
            first = min(subject.left_edge.i, token.i)
            told = any(c.dep_ in ("ccomp", "xcomp", "dobj") and c.i > token.i for c in token.children)
            if (
                not told
                and first > 1
                and self.doc[first - 1].text in (",", "?", "!")
                and self.doc[first - 1].idx > q.start
            ):
                end = self.doc[first - 1].idx + 1
                return Quotation(q.start, end, q.inner_start, end, q.continues)
        return q

    def _introducer(self, q: Quotation) -> Token | None:
        """Who stands before the colon that introduces a quotation: "Fire chief: “…”", "She ended with a plea: “…”"."""
        before = self.text[: q.start].rstrip()
        if not before.endswith(":"):
            return None
        colon = self.doc.char_span(len(before) - 1, len(before), alignment_mode="expand")
        if colon is None:
            return None
        sentence = self.doc[colon.start].sent
        clause = [t for t in self.doc[sentence.start : colon.start] if not t.is_space]
        if any(t.pos_ in ("VERB", "AUX") for t in clause):
            root = next((t for t in clause if t.pos_ in ("VERB", "AUX") and t.dep_ in ("ROOT", "ccomp")), None)
            subject = subject_of(root) if root is not None else None
            return subject if subject in clause else None
        nouns = [t for t in clause if t.pos_ in _NAMES and not t.is_punct]
        return self.doc[clause[0].i : clause[-1].i + 1].root if nouns and len(clause) <= _LONGEST_LABEL else None

    def _attribution(self, cue: Token, q: Quotation) -> Attribution:
        source = self._subject(cue, q)
        tokens = [t for t in cue.children if t.dep_ in ("aux", "neg") and t.i < cue.i and not q.holds(t.idx)]
        told = next(
            (c for c in cue.children if c.dep_ in ("dobj", "dative") and c.pos_ in _NAMES and not self._quoted(c)), None
        )
        addressee = (
            told if cue.lemma_ in ("tell", "ask", "urge", "assure", "remind", "warn") and told != source else None
        )
        return Attribution([q], cue, source, addressee, [*tokens, cue])

    def _speech(self, q: Quotation) -> bool:
        """Whether a quotation can stand as speech of its own: punctuated like a sentence, or a paragraph, or introduced."""
        inner = self.text[q.inner_start : q.inner_end].strip()
        words = inner.split()
        if not words or self._named(q):
            return False
        if inner[-1] in ",.?!…—–-" and (len(words) > 1 or inner[-1] in ",?!" or self._begins(q)):
            return True
        before = self.text[: q.start].rstrip()[-1:]
        after = self.text[q.end : q.end + 2].strip()[:1]
        return (
            q.continues
            or self._whole_paragraph(q)
            or (before in (":", ",") and len(words) > 2)
            or (after == "," and len(words) > 3 and self._begins(q))
            or (words[0][:1].isupper() and len(words) > 6)
        )

    def _named(self, q: Quotation) -> bool:
        """Whether the words before a quotation make it a name: "titled “…”", "known as “…”"."""
        before = self.doc.char_span(max(0, q.start - 40), q.start, alignment_mode="contract")
        tokens = [t for t in before or () if not t.is_space][-3:]
        if tokens and tokens[-1].lower_ == "as":
            return any(only_names(t) for t in tokens)
        return bool(tokens) and only_names(tokens[-1])

    def _begins(self, q: Quotation) -> bool:
        """Whether a quotation begins a sentence, or follows a comma or a colon."""
        part = self.document.part_at(q.start)
        before = self.text[part.start if part is not None else 0 : q.start].rstrip()
        return not before or before[-1] in '.?!:,;”"'

    def _stands_alone(self, q: Quotation) -> bool:
        """Whether a quotation is a sentence of its own, in a paragraph with other words."""
        inner = self.text[q.inner_start : q.inner_end].strip()
        return inner[-1:] in (".", "?", "!", "…") and inner[:1].isupper() and len(inner.split()) > 3 and self._begins(q)

    def _whole_paragraph(self, q: Quotation) -> bool:
        part = self.document.part_at(q.start)
        return (
            part is not None
            and len(self.text[part.start : q.start].strip()) == 0
            and not self.text[q.end : part.end].strip(" .–—-")
        )

    def _after(self, q: Quotation) -> Token | None:
        """The cue in the clause that follows a quotation in the same sentence."""
        inner = self.text[q.inner_start : q.inner_end].rstrip()
        rest = self.text[q.end : q.end + 3].lstrip(" ")
        if (
            inner.endswith((".", "…"))
            and not inner.endswith("...")
            and not rest[:1].islower()
            and not rest.startswith(",")
        ):
            return None
        enough = _SPEECH_BESIDE_COMMA if inner.endswith(",") else _SPEECH_ENOUGH
        return self._first_verb(self._following(q.end), enough)

    def _following(self, offset: int) -> list[Token]:
        """Tokens after an offset up to the end of the clause, the paragraph or the next quotation."""
        run: list[Token] = []
        first = next((t.i for t in self._tokens_from(offset)), None)
        if first is None:
            return run
        depth = 0
        for token in self.doc[first : first + _REACH]:
            depth += (token.text == "(") - (token.text == ")")
            ends = token.text[-1] in _ENDS and not _abbreviation(token) and not depth
            if "\n" in token.text or ends or self._opens_here(token):
                break
            run.append(token)
            if "\n" in token.text_with_ws:
                break
        return run

    def _tokens_from(self, offset: int) -> Sequence[Token]:
        span = self.doc.char_span(offset, min(len(self.text), offset + 400), alignment_mode="contract")
        return list(span) if span is not None else []

    def _opens_here(self, token: Token) -> bool:
        return any(q.start == token.idx for q in self.quotations)

    def _first_verb(self, tokens: Sequence[Token], enough: float) -> Token | None:
        depth = 0
        for n, token in enumerate(tokens):
            if token.text == "(":
                depth += 1
            if token.text == ")":
                depth -= 1
            if depth or token.dep_ == "relcl":
                continue
            if token.pos_ in ("VERB", "NOUN") and self._speaks(token, enough):
                return token
            if token.pos_ == "VERB" and token.dep_ in ("ROOT", "conj") and n > 0 and token.tag_ not in ("VBN", "VBG"):
                return None
        return None

    def _speaks(self, token: Token, enough: float = _SPEECH_ENOUGH) -> bool:
        if token.tag_ not in ("VBD", "VBZ", "VBP", "VBG", "VB", "VBN"):
            return False
        lemma = token.lemma_.lower()
        if only_names(token):
            return False
        particle = next((c for c in token.children if c.dep_ == "prt"), None)
        lemma = lemma if particle is None else f"{lemma} {particle.lower_}"
        return strength(lemma, "direct") >= enough

    def _before(self, q: Quotation) -> Token | None:
        """The cue in the clause that leads up to a quotation: "She added: “…”", "he said, “…”"."""
        before = self.text[: q.start].rstrip()
        part = self.document.part_at(q.start)
        own = part is not None and bool(self.text[part.start : q.start].strip())
        if not own and not before.endswith(":"):
            return None
        tokens: list[Token] = []
        span = self.doc.char_span(max(0, q.start - 500), len(before), alignment_mode="contract")
        for token in reversed(span or []):
            if (
                self._quoted(token)
                or (token.text[-1] in _ENDS and not _abbreviation(token))
                or ("\n" in token.text and tokens)
            ):
                break
            tokens.append(token)
            if len(tokens) >= _REACH:
                break
        introduced = before[-1:] in (":", ",")
        for token in tokens:
            if token.pos_ in ("VERB", "NOUN") and self._speaks(token):
                near = tokens.index(token)
                return token if introduced or near == 0 else None
            if token.pos_ == "VERB" and token.dep_ == "ROOT":
                return None
        return None

    def _quoted(self, token: Token) -> bool:
        return any(q.holds(token.idx) for q in self.quotations)

    def _subject(self, cue: Token, q: Quotation) -> Token | None:
        """The cue's subject outside the quotation, by the parse, else the noun phrase beside the cue."""
        if cue.lower_ == "according":
            return next((p for to in cue.children for p in to.children if p.dep_ == "pobj"), None)
        subject = subject_of(cue)
        if subject is not None and not self._quoted(subject) and abs(subject.i - cue.i) < _REACH:
            return subject
        agent = next((p for c in cue.children if c.dep_ == "agent" for p in c.children), None)
        if agent is not None:
            return agent
        following = [t for t in self.doc[cue.i + 1 : cue.i + 12] if "\n" not in t.text]
        preceding = [t for t in reversed(list(self.doc[max(0, cue.i - 12) : cue.i])) if not self._quoted(t)]
        if preceding and preceding[0].pos_ in _NAMES and preceding[0].idx >= q.end:
            return _phrase_head(preceding[0])
        for token in following:
            if token.pos_ in ("VERB", "ADP", "PUNCT") or self._quoted(token):
                break
            if token.pos_ in _NAMES and token.ent_type_ not in ("DATE", "TIME"):
                return _phrase_head(token)
        for token in preceding:
            if token.pos_ in _NAMES and token.ent_type_ not in ("DATE", "TIME"):
                return _phrase_head(token)
            if token.is_punct and token.text not in (",", ")", "("):
                break
        return None

    def _goes_on(self, previous: Attribution, q: Quotation, n: int) -> bool:
        """Whether a quotation without a cue of its own goes on with the one before it."""
        last = previous.quotations[-1]
        if last is not self.quotations[n - 1] or not self._speech(q):
            return False
        if q.continues:
            return True
        between = self.text[last.end : q.start]
        if "\n" not in between:
            return self._starts_sentence(q) and len(between) < 250
        if self.document.kind_at(q.start) != self.document.kind_at(last.start):
            return False
        return between.count("\n") <= 3 and self._whole_paragraph(q) and self._paragraph_of_speech(last, between)

    def _starts_sentence(self, q: Quotation) -> bool:
        return (
            self.text[: q.start].rstrip()[-1:] in (".", "?", "!", ":", ";")
            or self.text[q.inner_start : q.inner_start + 1].isupper()
        )

    @staticmethod
    def _paragraph_of_speech(last: Quotation, between: str) -> bool:
        return len(between.strip()) < 160 and not any(mark in between.strip()[:-1] for mark in [".", "?", "!"])


def _phrase_head(token: Token) -> Token:
    """The noun that a compound, an apposition or a title belongs to."""
    while token.dep_ in ("compound", "amod", "nmod", "det", "poss", "flat") and token.head != token:
        token = token.head
    return token


def _abbreviation(token: Token) -> bool:
    return len(token.text) > 1 and token.text[0].isupper()
