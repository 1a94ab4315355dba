"""Plain text to parts: which paragraph of a scrape is body, heading, side matter or furniture, and what its stamps say.

A scrape has no markup, so only the words and their arrangement tell: a stamp in front ("By Jan Walter date 2021-12-06"),
a byline at the end, "See also:" and the list behind it. What nothing speaks against is body.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from dateline.capture import bylines, dates
from dateline.capture.dates import Moment
from dateline.capture.furniture import is_caption, is_furniture, leads_to_related, opens_box, stands_below
from dateline.capture.paragraphs import Stretch, paragraphs, trim
from dateline.records import Part, PartKind

_HEADING = 120  # characters; longer lines are paragraphs even without a full stop
_HEADING_WORDS = 16
_TITLE = 200
_LINK = 140
_PARAGRAPH = 80  # characters from which on a block is a paragraph and not a line below the article
_MENU_RUN = 5  # so many short lines in a row are a menu
_MENU_WORDS = 4
_MENU_LENGTH = 40
_FRONT = 60  # blocks above the article that are looked at, a menu among them
_LIST = 400  # blocks that a list behind "See also:" may have
_LONGEST_STAMP = 1500
_STAMP_WITHIN = 400  # where the stamp of a one-line dump may stand

_MARKER_ALONE = re.compile(r"(?:[-–—•·*▪■►»]|\d{1,2}\s*(?:/|of|von)\s*\d{1,2})$")
_MARKER = re.compile(r"(?:[-–—•·*▪■►»]\s+|\d{1,2}\s*(?:/|of)\s*\d{1,2}\s*[:.)–-]?\s+(?=\D))")
_HASHES = re.compile(r"#{1,6}\s+")
_ENDS = re.compile(r"[.!?:;,…。！？：；，、](?:\s*[\"”’'»)\]])*$")
_DATED_ITEM = re.compile(
    rf"(?:\d{{1,2}}\.?\s+)?(?:(?:{'|'.join(dates.MONTHS)})\.?\s+)?(?:\d{{1,2}},?\s+)?(?:1[5-9]|20)\d{{2}}\s*[:–—-]",
    re.IGNORECASE,
)
_DATE_LABEL = re.compile(
    r"(?P<label>(?:first |originally |date )?(?:published|posted|updated|last (?:updated|modified)|modified|created|issued|released|date|dated|stand|veröffentlicht|aktualisiert"
    r"|publié|publicado|pubblicato)(?:\s+(?:on|at|am|le|el|il))?)\s*[:|]?\s*",
    re.IGNORECASE,
)
_STAMP_BEGINS = re.compile(
    rf"\b(?:by|published|posted|date|updated)\b|\b(?:{'|'.join(dates.MONTHS)})\b|\b(?=\d{{4}}-\d\d-\d\d)|\b(?=\d{{1,2}}[ .])",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"update|modif|stand|aktualisiert", re.IGNORECASE
)  # labels of a date that is not the first publication
_BETWEEN = re.compile(r"[\s|•·,;/–—-]*")
_STAMP_WORD = re.compile(
    r"(?:\d+ min(?:ute)?s? read|local time|exclusive|staff (?:writer|reporter)s?|correspondents?)\b", re.IGNORECASE
)
_BODY_BEGINS = re.compile(r"[\"“„«‘'(]?[A-ZÀ-ÞЀ-Я\d]")
_PLACE_BEFORE_DATE = re.compile(r"[A-ZÀ-Þ][\w.’'-]*(?: [A-ZÀ-Þ][\w.’'-]*){0,3}(?:, [A-ZÀ-Þ][\w.’'-]*)?,\s+")
_SITE_BREAK = re.compile(r"\s+[-|–—]\s+")
_SMALL = frozenset({"of", "the", "and", "de", "la", "der", "und", "&"})
_PREPOSITION = re.compile(
    r"\b(?:on|in|of|by|since|until|till|from|after|before|to|for|the|and|between|am|vom|bis|seit|le|du|el|del)\W*$",
    re.IGNORECASE,
)
_CREDIT_AFTER_STAMP = re.compile(r"(?:[A-ZÀ-Þ][\w.’'-]*\s+){1,4}/\s*[A-ZÀ-Þ]{2,6}(?=\s+[A-ZÀ-Þ“\"])")
_WHOLE_YEAR_DATE = re.compile(r"\(([^()]{4,30})\)\s*$")


@dataclass
class Layout:
    """A plain text laid out. ``found`` tells for each field where it was found, ``title_at`` where the title's part begins."""

    parts: list[Part] = field(default_factory=list)
    title: str | None = None
    authors: list[str] = field(default_factory=list)
    moment: Moment | None = None
    publisher: str | None = None
    title_at: int | None = None
    found: dict[str, str] = field(default_factory=dict)


def layout(text: str) -> list[Part]:
    """The parts of a plain text, one a paragraph, in order; offsets into ``text`` as given."""
    return lay_out(text).parts


def lay_out(text: str) -> Layout:
    """The parts of a plain text with the title, authors and date that its own stamps and bylines give."""
    blocks = paragraphs(text)
    result = Layout()
    if not blocks:
        return result
    kinds = _Kinds(text, blocks)
    kinds.lines()
    kinds.front(result)
    kinds.back(result)
    kinds.related()
    kinds.marks()
    kinds.tail()
    kinds.headings()
    result.parts = kinds.parts()
    return result


class _Kinds:
    """The blocks of one text while their kinds are found: each pass looks at the blocks that no earlier one has taken."""

    def __init__(self, text: str, blocks: Sequence[Stretch]) -> None:
        self.text = text
        self.blocks = list(blocks)
        self.kind: list[PartKind | None] = [None] * len(blocks)
        self.title: list[str | None] = [None] * len(blocks)
        self.date: list[str | None] = [None] * len(blocks)

    def words(self, i: int) -> str:
        return self.text[self.blocks[i].start : self.blocks[i].end]

    def parts(self) -> list[Part]:
        return [
            Part(start=block.start, end=block.end, kind=kind or "body", title=title, date=date)
            for block, kind, title, date in zip(self.blocks, self.kind, self.title, self.date, strict=True)
        ]

    # ── stamps and bylines ────────────────────────────────────────────────────────────────────────────────────────

    def front(self, result: Layout) -> None:
        """Title, byline and date stamps above the article, and a stamp on the line where the article begins."""
        heads: list[int] = []
        i = 0
        while i < min(len(self.blocks), _FRONT):
            words = self.words(i)
            if self.kind[i] is not None:
                i += 1
                continue
            stamp = _stamp(self.text, *self.blocks[i])
            if stamp and stamp.end == self.blocks[i].end:
                self._take(stamp, result, "date stamp" if stamp.moment else "byline")
                self.kind[i] = "furniture"
            elif stamp:
                self._take(stamp, result, "leading date stamp" if stamp.moment else "leading byline")
                self._split(i, stamp.end)
                break
            elif (authors := self._byline_at(i)) is not None:
                self._name(authors, result, "byline")
                self.kind[i] = "furniture"
            elif not heads and (inner := _stamp_within(self.text, self.blocks[i])):
                start, stamp = inner
                self._take(stamp, result, "leading date stamp")
                self._split(i, stamp.end, start)
                heads.append(i)
                break
            elif _headline_like(words, _TITLE):
                heads.append(i)
            else:
                break
            i += 1
        self._title(heads, result)

    def _byline_at(self, i: int) -> list[str] | None:
        """The authors where a line above the article is a byline: one with "By", or a bare name beside a date stamp."""
        words = self.words(i)
        if (authors := bylines.line(words)) is not None:
            return authors
        beside = [k for k in (i - 1, i + 1) if 0 <= k < len(self.blocks)]
        stamped = any((stamp := _stamp(self.text, *self.blocks[k])) and stamp.moment for k in beside)
        return bylines.bare(words) if stamped and i > 0 else None

    def _title(self, heads: list[int], result: Layout) -> None:
        """The title among the lines above the article: the first that is more than a name. Names above it are furniture."""
        following = next((i for i in range(len(self.blocks)) if self.kind[i] is None and i not in heads), None)
        if not heads or following is None:
            return
        title = next((i for i in heads if not _is_name(self.words(i))), None)
        if title is None:
            return
        for i in heads:
            if i < title:
                self.kind[i] = "furniture"
            else:
                self.kind[i] = "heading"
        words, publisher = _cut_site(self.words(title))
        result.title, result.found["title"] = words, "first line"
        result.title_at = self.blocks[title].start
        names = [self.words(i) for i in heads if i < title] + ([publisher] if publisher else [])
        for name in names:
            if publisher or any(name in self.words(i) and "©" in self.words(i) for i in range(len(self.blocks))):
                result.publisher, result.found["publisher"] = name, "above the title" if not publisher else "title"

    def back(self, result: Layout) -> None:
        """A byline or a date stamp below the article."""
        looked_at = 0
        for i in range(len(self.blocks) - 1, 0, -1):
            if self.kind[i] is not None:
                continue
            looked_at += 1
            words = self.words(i)
            stamp = _stamp(self.text, *self.blocks[i])
            if stamp and stamp.end == self.blocks[i].end:
                self._take(stamp, result, "date stamp at the end" if stamp.moment else "byline at the end")
            elif (authors := bylines.line(words)) is not None or (
                looked_at == 1 and not result.authors and (authors := bylines.bare(words))
            ):
                self._name(authors, result, "byline at the end")
            else:
                return
            self.kind[i] = "furniture"

    def _take(self, stamp: _Stamp, result: Layout, where: str) -> None:
        self._name(stamp.authors, result, where)
        if stamp.moment and not result.moment:
            result.moment, result.found["date"] = stamp.moment, where

    def _name(self, authors: list[str], result: Layout, where: str) -> None:
        if authors and not result.authors:
            result.authors, result.found["authors"] = authors, where.replace("date stamp", "byline")

    def _split(self, i: int, end: int, start: int | None = None) -> None:
        """Part a block into what stands before a stamp (if anything), the stamp, and the article behind it."""
        block = self.blocks[i]
        head = trim(self.text, block.start, start) if start else None
        pieces = [
            (head, None),
            (trim(self.text, head.end if head else block.start, end), "furniture"),
            (trim(self.text, end, block.end), None),
        ]
        kept: list[tuple[Stretch, PartKind | None]] = [(p, "furniture" if k else None) for p, k in pieces if p]
        self.blocks[i : i + 1] = [piece for piece, _ in kept]
        self.kind[i : i + 1] = [kind for _, kind in kept]
        self.title[i : i + 1] = [None] * len(kept)
        self.date[i : i + 1] = [None] * len(kept)

    # ── lists of other articles, boxes ────────────────────────────────────────────────────────────────────────────

    def related(self) -> None:
        """ "See also:" with the list behind it, fact boxes, timelines and galleries."""
        i = 0
        while i < len(self.blocks):
            words = self.words(i)
            leads, names_it = leads_to_related(words)
            if self.kind[i] is None and leads:
                self.kind[i] = "furniture"
                i = i + 1 if names_it else self._items(i + 1, None)
            elif self.kind[i] is None and opens_box(words) and (end := self._items(i + 1, words.rstrip(" :"))) > i + 1:
                self.kind[i] = "side_title"
                self.title[i] = words.rstrip(" :")
                i = end
            else:
                i += 1

    def _items(self, first: int, box: str | None) -> int:
        """Mark the items of a list that begins at a block; the index behind it."""
        if first >= len(self.blocks):
            return first
        if _MARKER_ALONE.match(self.words(first)):
            return self._marked_apart(first)
        if end := self._gallery(first):
            return end
        end = first
        while end < len(self.blocks) and self.kind[end] is None and self._is_item(end, box):
            end += 1
        for i in range(first, end):
            words = self.words(i)
            marker = _MARKER.match(words)
            if marker:
                self.blocks[i] = Stretch(self.blocks[i].start + marker.end(), self.blocks[i].end)
                words = self.words(i)
            if box is None and len(words) <= _LINK:
                self.kind[i] = "furniture"  # the head of another article, a link once
            else:
                self.kind[i], self.title[i], self.date[i] = "side", box, own_date(words)
        return end

    def _gallery(self, first: int) -> int | None:
        """Items that are each a title and one paragraph, to the end of the text; None where something else stands there."""
        if len(self.blocks) - first > _LIST:
            return None
        open_ = [i for i in range(first, len(self.blocks)) if self.kind[i] is None]
        shape = "".join("H" if _headline_like(self.words(i), _LINK) else "P" for i in open_)
        if not re.fullmatch(r"H{0,2}(?:HP){2,}H{0,6}", shape):
            return None
        for place, i in enumerate(open_):
            if shape[place : place + 2] == "HP":
                title, text = self.words(i), self.words(open_[place + 1])
                date = own_date(title) or own_date(text)
                for k, kind in ((i, "side_title"), (open_[place + 1], "side")):
                    self.kind[k], self.title[k], self.date[k] = cast(PartKind, kind), title, date
            elif shape[place] == "H":
                self.kind[i] = "furniture"
        return len(self.blocks)

    def _is_item(self, i: int, box: str | None) -> bool:
        words = self.words(i)
        if _MARKER.match(words):
            return True
        if box is not None:
            return _DATED_ITEM.match(words) is not None
        return _headline_like(words, _LINK) and not self._heads_body(i)

    def _heads_body(self, i: int) -> bool:
        """Whether a line stands alone before a paragraph, as a heading does, with no other short line before it."""
        return (
            i + 1 < len(self.blocks)
            and not _headline_like(self.words(i + 1), _LINK)
            and not leads_to_related(self.words(i - 1))[0]
        )

    def _marked_apart(self, first: int) -> int:
        """Items whose markers stand on lines of their own: a series title (furniture), the item's title, its text."""
        within = min(len(self.blocks), first + _LIST)
        starts = [i for i in range(first, within) if self.kind[i] is None and _MARKER_ALONE.match(self.words(i))]
        taken = next((i for i in range(first, within) if self.kind[i] is not None), within)
        starts = [i for i in starts if i < taken]
        longest = max((b - a for a, b in itertools.pairwise(starts)), default=taken - first)
        end = min(taken, starts[-1] + longest)
        heads = Counter(self.words(i + 1) for i in starts if i + 1 < end)
        for start, stop in zip(starts, [*starts[1:], end], strict=True):
            self.kind[start] = "furniture"
            i = start + 1
            if i < stop and heads[self.words(i)] > 1:
                self.kind[i] = "furniture"
                i += 1
            title = None
            if i < stop and _headline_like(self.words(i), _LINK):
                title = self.words(i)
                self.kind[i], self.title[i] = "side_title", title
                i += 1
            texts = range(i, stop)
            date = own_date(title or "") or next((d for k in texts if (d := own_date(self.words(k)))), None)
            if title and self.kind[i - 1] == "side_title":
                self.date[i - 1] = date
            for k in texts:
                self.kind[k] = "furniture" if is_furniture(self.words(k)) else "side"
                self.title[k], self.date[k] = title, date
        return end

    # ── single lines ──────────────────────────────────────────────────────────────────────────────────────────────

    def lines(self) -> None:
        """Lines that are furniture or captions by their words, and runs of short lines that are a menu."""
        for i in range(len(self.blocks)):
            if self.kind[i] is None:
                words = self.words(i)
                if is_furniture(words) and not _MARKER_ALONE.match(words):
                    self.kind[i] = "furniture"
                elif is_caption(words):
                    self.kind[i], self.date[i] = "side", own_date(words)
        run: list[int] = []
        for i in range(len(self.blocks) + 1):
            if i < len(self.blocks) and self.kind[i] in (None, "furniture") and _menu_like(self.words(i)):
                run.append(i)
                continue
            if len(run) >= _MENU_RUN:
                for k in run:
                    self.kind[k] = "furniture"
            run = []

    def headings(self) -> None:
        """Headings are short lines without an end stop before a paragraph."""
        for i in range(len(self.blocks)):
            if self.kind[i] is not None:
                continue
            if hashes := _HASHES.match(self.words(i)):
                self.blocks[i] = Stretch(self.blocks[i].start + hashes.end(), self.blocks[i].end)
                self.kind[i] = "heading"
            elif _headline_like(self.words(i), _HEADING) and self._body_follows(i):
                self.kind[i] = "heading"

    def marks(self) -> None:
        """Marks of list items that no list was made of."""
        for i in range(len(self.blocks)):
            if self.kind[i] is None and _MARKER_ALONE.match(self.words(i)):
                self.kind[i] = "furniture"

    def tail(self) -> None:
        """Short lines below the article are furniture where other furniture stands among them, or above all of them."""
        start = len(self.blocks)
        while start > 1 and (self.kind[start - 1] == "furniture" or self._is_loose(start - 1)):
            start -= 1
        if any(self.kind[i] == "furniture" for i in range(start, len(self.blocks))):
            self.kind[start:] = ["furniture"] * (len(self.blocks) - start)
        last = next((i for i in range(start - 1, -1, -1) if len(self.words(i)) >= _PARAGRAPH), 0)
        end = next(
            (i for i in range(last + 1, start) if self.kind[i] == "furniture" and stands_below(self.words(i))), start
        )
        for i in range(end, start):
            if self.kind[i] is None:
                self.kind[i] = "furniture"

    def _is_loose(self, i: int) -> bool:
        return self.kind[i] is None and _headline_like(self.words(i), _HEADING)

    def _body_follows(self, i: int) -> bool:
        following = next((k for k in range(i + 1, len(self.blocks)) if self.kind[k] != "furniture"), None)
        return following is not None and self.kind[following] is None


@dataclass
class _Stamp:
    authors: list[str]
    moment: Moment | None
    end: int


def _stamp(text: str, start: int, end: int) -> _Stamp | None:
    """A byline and/or a date at the start of a stretch, up to the first word of the article; None where there is none.

    A date alone counts only with its label ("date", "published"), as a bare ISO date, or as a line of its own, so that
    sentences that begin with a date stay whole.
    """
    whole, end = end, min(end, start + _LONGEST_STAMP)
    text = text[:end]
    at, authors, moment, labelled = start, list[str](), None, False
    while at < end:
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
        if not authors and (byline := bylines.leading(text, at)):
            authors, at = byline.authors, byline.end
        elif (label := _DATE_LABEL.match(text, at)) and (found := dates.at(text, label.end())):
            if moment is None or not _LATER.search(label["label"]):
                moment = found.moment
            at, labelled = found.end, True
        elif moment is None and (found := dates.at(text, at)):
            moment, at = found.moment, found.end
            labelled |= text[found.end - 1].isdigit() and "-" in text[found.end - 10 : found.end]
        elif (authors or moment) and (word := _STAMP_WORD.match(text, at) or _CREDIT_AFTER_STAMP.match(text, at)):
            at = word.end()
        elif labelled and not authors and (byline := bylines.glued(text, at)):
            authors, at = byline.authors, byline.end
        else:
            break
    rest = text[at:end].strip()
    if not (authors or moment):
        return None
    if not rest:
        return _Stamp(authors, moment, end) if end == whole else None
    if moment and (labelled or authors) and _BODY_BEGINS.match(rest) and text[at - 1 : at] != ",":
        return _Stamp(authors, moment, at)
    return None


def _stamp_within(text: str, block: Stretch) -> tuple[int, _Stamp] | None:
    """A stamp inside the first line of a one-line dump ("Title By A B Published 2021-12-06 Body …"), and where it begins."""
    if block.end - block.start < 2 * _TITLE:
        return None
    for match in _STAMP_BEGINS.finditer(text, block.start, min(block.end, block.start + _STAMP_WITHIN)):
        stamp = _stamp(text, match.start(), block.end) or _bare_stamp(text, match.start(), block.end)
        head = text[block.start : match.start()].strip(" |·-–—")
        is_title = _headline_like(head, _TITLE) and len(head.split()) >= 3 and not _PREPOSITION.search(head)
        if is_title and stamp and stamp.moment and stamp.end < block.end:
            return match.start(), stamp
    return None


def _bare_stamp(text: str, start: int, end: int) -> _Stamp | None:
    """A date without a label, with a year, after which a sentence begins."""
    found = dates.at(text, start)
    if found is None:
        return None
    at = _BETWEEN.match(text, found.end).end()  # type: ignore[union-attr]
    if text[found.end : at].strip() in ("", "|", "·", "-", "–", "—") and _BODY_BEGINS.match(text, at):
        return _Stamp([], found.moment, found.end)
    return None


def _headline_like(words: str, longest: int) -> bool:
    """Short, more than a mark, and no sentence: no stop at its end, unless it is a quotation as a whole."""
    words = _HASHES.sub("", words)
    if (
        len(words) > longest
        or len(words.split()) > _HEADING_WORDS + (longest - _HEADING) // 8
        or not re.search(r"\w", words)
    ):
        return False
    if words[0].islower() or _MARKER.match(words):
        return False
    return _ENDS.search(words) is None or (words.endswith("?") and len(words) <= _HEADING)


def _menu_like(words: str) -> bool:
    return (
        len(words.split()) <= _MENU_WORDS
        and len(words) <= _MENU_LENGTH
        and not re.search(r"[\d\"“”.!?:;,。！？、，]", words)
    )


def own_date(words: str) -> str | None:
    """The date that an item states for itself (EDTF): before everything else, behind a place, or in brackets at its end."""
    place = _PLACE_BEFORE_DATE.match(words)
    for start in (0, place.end() if place else None):
        if start is not None and (date := dates.item_date(words, start)):
            return date
    bracket = _WHOLE_YEAR_DATE.search(words)
    return dates.item_date(bracket[1] + ".") if bracket else None


def _is_name(words: str) -> bool:
    """Whether a line is no more than a name or a label: up to three words, none but small ones without a capital."""
    bare = words.split()
    return len(bare) <= 3 and all(not word[0].islower() or word in _SMALL for word in bare)


def _cut_site(title: str) -> tuple[str, str | None]:
    """A title without the name of a paper behind a dash, and that name."""
    *heads, tail = _SITE_BREAK.split(title)
    head = title[: len(title) - len(tail)].rstrip(" -|–—")
    if heads and len(head.split()) >= 4 and len(tail.split()) <= 4 and all(word[0].isupper() for word in tail.split()):
        return head, tail
    return title, None
