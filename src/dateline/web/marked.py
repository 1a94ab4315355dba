"""A text with readings marked on it: overlapping spans split at each other's borders, so that markup always nests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from dateline.records import Part

_LINE = re.compile(r"[^\n]+")


class Note(NamedTuple):
    """What is marked: the kind of reading, its stretch, and its number in the page's list of explanations."""

    kind: str
    start: int
    end: int
    number: int


class Segment(NamedTuple):
    """A stretch of text that the same notes cover throughout."""

    start: int
    text: str
    notes: tuple[Note, ...]

    @property
    def kinds(self) -> list[str]:
        """The kinds of the notes, each once."""
        return list(dict.fromkeys(note.kind for note in self.notes))

    @property
    def numbers(self) -> list[int]:
        """The numbers of the notes but for pins, which explain themselves."""
        return list(dict.fromkeys(note.number for note in self.notes if note.kind != "pin"))

    @property
    def innermost(self) -> int | None:
        """The number of the shortest note."""
        told = [note for note in self.notes if note.kind != "pin"]
        return min(told, key=lambda note: note.end - note.start).number if told else None


class Block(NamedTuple):
    """A paragraph: what it is (see `dateline.records.Part`), its segments, and title and date of its side matter."""

    kind: str
    title: str | None
    date: str | None
    segments: list[Segment]


def segments(text: str, start: int, end: int, notes: Iterable[Note]) -> list[Segment]:
    """A stretch of a text in segments; together they are exactly its words. Notes that lie elsewhere are left out."""
    here = [note for note in notes if note.start < end and start < note.end and note.start < note.end]
    borders = {start, end}
    for note in here:
        borders.update(at for at in (note.start, note.end) if start < at < end)
    ordered = sorted(borders)
    return [
        Segment(a, text[a:b], tuple(note for note in here if note.start <= a and b <= note.end))
        for a, b in pairwise(ordered)
    ]


def blocks(text: str, parts: Sequence[Part], notes: Sequence[Note]) -> list[Block]:
    """A report's text in paragraphs with its notes. Every character but line breaks is in exactly one."""
    ordered = sorted(notes, key=lambda note: note.start)
    found: list[Block] = []
    for part, start, end in _stretches(text, parts):
        for line in _LINE.finditer(text, start, end):
            if line[0].strip():
                here = [note for note in ordered if note.start < line.end() and line.start() < note.end]
                kind, title, date = (part.kind, part.title, part.date) if part else ("body", None, None)
                found.append(Block(kind, title, date, segments(text, line.start(), line.end(), here)))
    return found


def _stretches(text: str, parts: Sequence[Part]) -> Iterator[tuple[Part | None, int, int]]:
    """The parts in order, and what stands between them."""
    at = 0
    for part in sorted(parts, key=lambda part: part.start):
        start = max(part.start, at)
        if start > at:
            yield None, at, start
        if part.end > start:
            yield part, start, part.end
        at = max(at, part.end)
    if at < len(text):
        yield None, at, len(text)
