"""Speakers that typography tells: a name behind a dash after a quotation, a label before each turn of a transcript."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from dateline.read.document import Document
from dateline.read.model import Saying
from dateline.read.quotes import Quotation

_DASHES = "―—–-"
_GAP = r"[^\S\n]"  # any space but the end of a line, hard spaces too
_PARTICLE = rf"(?:(?:de|da|del|di|du|van|von|der|la|le|al|bin|of){_GAP}+)?"
_WORD = r"[A-ZÀ-Þ][\w.’'-]*"
_NAME = rf"{_WORD}(?:{_GAP}+{_PARTICLE}{_WORD}){{0,4}}"
# “We were told nothing.” — Pavla Horn
_SIGNED = re.compile(
    rf"{_GAP}*(?:\n{_GAP}*)?(?P<dash>[{_DASHES}]{{1,2}}){_GAP}*(?P<name>{_NAME})(?P<more>,[^\n]{{2,60}})?{_GAP}*(?=\n|\Z)"
)
# HORN: We were told nothing.
_LABEL = re.compile(rf"[\"“]?(?P<name>(?:(?:Mr|Ms|Mrs|Dr)\.? )?{_NAME})(?P<colon>:){_GAP}+(?=\S)")
_TURNS = 2  # labels that make a transcript


def sayings(document: Document, quotations: Sequence[Quotation]) -> list[Saying]:
    """The statements whose speaker is told by typography alone."""
    return [*_signed(document, quotations), *_turns(document)]


def _signed(document: Document, quotations: Sequence[Quotation]) -> Iterator[Saying]:
    for q in quotations:
        if (m := _SIGNED.match(document.text, q.end)) is not None:
            yield _saying(document, m.span("name"), m.span("dash"), (q.start, q.end))


def _turns(document: Document) -> Iterator[Saying]:
    """The turns of a transcript, each to the end of its paragraph."""
    labels = [
        (part, m) for part in document.parts
        if part.kind != "furniture"
        and (m := _LABEL.match(document.text, part.start, part.end)) is not None
        and len(m["name"]) > 1  # "Q:" and "A:" name nobody
    ]  # fmt: skip
    counts = Counter(m["name"] for _, m in labels)
    speakers = {name for name, n in counts.items() if n >= _TURNS and (name.isupper() or _named(document, name))}
    if len(labels) >= 2 * _TURNS and len(speakers) >= 2:
        for part, m in labels:
            if m["name"].isupper() or m["name"] in speakers:
                yield _saying(document, m.span("name"), m.span("colon"), (m.end(), part.end))


def _named(document: Document, label: str) -> bool:
    """Whether a label names somebody of the text: it stands there elsewhere too, as "When" and "Admission" do not."""
    return re.search(rf"\b{re.escape(label)}\b(?!:)", document.text) is not None


def _saying(document: Document, name: tuple[int, int], mark: tuple[int, int], content: tuple[int, int]) -> Saying:
    def tokens(span: tuple[int, int]) -> tuple[int, ...]:
        found = document.doc.char_span(*span, alignment_mode="expand")
        return tuple(t.i for t in found or () if not t.is_space)

    said = tokens(content)
    cue = tuple(i for i in tokens(mark) if i not in said)
    source = tuple(i for i in tokens(name) if i not in said and i not in cue)
    return Saying(cue[0] if cue else source[-1], 1.0, 1.0, source, cue or source[-1:], said)
