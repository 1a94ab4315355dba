"""Quotation marks of a text paired into quotations, however carelessly they were set."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateline.records import Part

_CLOSING = frozenset("”»")
_NEUTRAL = frozenset(['"', "''", "``"])
_MARK = re.compile(r"[“”„«»\"]|``|''")
# British use of single marks: an opening one stands free on its left, a closing one free on its right.
_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=\w)(?P<inner>[^‘“”\"\n]{2,600}?[^\s‘])[’'](?!\w)")
_EDITOR = r"(?:eds?|editors?|author|translator|trans|tr)(?:['’]s?)?(?:\s+note)?"
_INSERTION = re.compile(
    rf"\[[^\[\]\n]{{1,200}}\]|\([^()\n]{{0,200}}?[-–—]\s*{_EDITOR}\.?\s*\)|\({_EDITOR}\s*[:.–—-][^()\n]{{1,200}}\)",
    re.IGNORECASE,
)
_CLEAR_END = re.compile(r"[.,!?…]$")


@dataclass(frozen=True)
class Quotation:
    """A stretch between quotation marks; ``start`` and ``end`` take in the marks, ``inner_start`` and ``inner_end`` do not.

    ``continues`` is True for a paragraph that goes on with the quotation which the paragraph before left open.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    continues: bool = False

    def holds(self, offset: int) -> bool:
        """Whether an offset lies within, marks included."""
        return self.start <= offset < self.end


def quotations(text: str, parts: Iterable[Part]) -> list[Quotation]:
    """All quotations of the parts, in order; outermost ones only. A quotation never crosses from one part into another."""
    found: list[Quotation] = []
    open_before = False
    for part in parts:
        if part.kind == "furniture":
            continue
        own, open_after = _paragraph(text, part.start, part.end, open_before)
        if not own:
            own = list(_single_marked(text, part.start, part.end))
        found += own
        open_before = open_after
    return found


def within(text: str, quotation: Quotation) -> list[Quotation]:
    """The quotations in single marks inside another one: “He said, ‘Go,’ and we went.”"""
    return list(_single_marked(text, quotation.inner_start, quotation.inner_end))


def insertions(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The editor's words between two offsets: "[the president]", "[sic]", "(the region – Ed.)", brackets included."""
    return [(start + m.start(), start + m.end()) for m in _INSERTION.finditer(text[start:end])]


def _paragraph(text: str, start: int, end: int, open_before: bool) -> tuple[list[Quotation], bool]:
    """The quotations of one paragraph, and whether its last one was left open."""
    marks = [(start + m.start(), start + m.end(), m.group()) for m in _MARK.finditer(text[start:end])]
    found: list[Quotation] = []
    opened: tuple[int, int] | None = None
    depth = 0
    continues = False
    closers = sum(mark in _CLOSING for _, _, mark in marks)  # that still come
    last = start + len(text[start:end].rstrip())
    for a, b, mark in marks:
        closers -= mark in _CLOSING
        before = text[a - 1] if a > start else " "
        after = text[b] if b < end else " "
        if mark in _NEUTRAL and before.isdigit() and opened is None:
            continue  # inches
        if opened is None:
            if mark in _CLOSING and not before.isspace():
                continue  # a stray closing mark
            if after.isspace() and b >= last:
                continue
            opened = (a, b)
            continues = open_before and not found and not text[start:a].strip()
            depth = 1
        elif _opens(mark, before, after) and closers > depth:
            depth += 1
        elif depth > 1 and not _opens(mark, before, after):
            depth -= 1
        else:
            found.append(Quotation(opened[0], b, opened[1], a, continues))
            opened = None
            depth = 0
    if opened is None:
        return found, False
    if opened[1] < last:
        found.append(Quotation(opened[0], end, opened[1], end, continues))
    return found, True


def _opens(mark: str, before: str, after: str) -> bool:
    """Whether a mark inside an open quotation can open another one."""
    if mark in _CLOSING:
        return False
    free_left = before.isspace() or before in "(—–-"
    return free_left and not after.isspace()


def _single_marked(text: str, start: int, end: int) -> Iterator[Quotation]:
    """Quotations in single marks, in a paragraph that has no double ones: only where the closing mark is clear."""
    for m in _SINGLE.finditer(text[start:end]):
        inner = m["inner"]
        if _CLEAR_END.search(inner) or (not inner.endswith("s") and len(inner.split()) < 12):
            yield Quotation(start + m.start(), start + m.end(), start + m.start("inner"), start + m.end("inner"))
