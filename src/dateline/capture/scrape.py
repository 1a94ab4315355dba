"""The article in a scrape of a whole page: what stands between its menus, lists of links and notices, with its title and stamps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dateline.capture import bylines
from dateline.capture.furniture import is_caption, is_furniture, leads_to_related
from dateline.capture.likelihood import likelihoods, pieces
from dateline.capture.origin import credit_line
from dateline.capture.remains import Line, is_marked, lines
from dateline.capture.titles import fold

_ARTICLE = (
    0.2  # likelihood from which on a line is the article's; a little furniture does less harm than a lost paragraph
)
_SURELY_NOT = 0.1
_DROPPED = 0.2  # share of the words that are surely outside the article from which on a text is a whole page and no article alone
_SHORT_LINES = 8
_MENU = 0.1  # share of the words of a one-line text that must be menus
_FEWEST_IN_MENU = 15
_SHORT = 5  # words
_ABOVE = 40  # lines above the article in which its title may stand
_STAMPS = 12  # lines between title and article that may be bylines and stamps
_LONGEST_STAMP = 200
_ABOVE_TITLE = 2  # lines above the title that may be stamps
_BELOW = 3  # lines below the article that may be its byline or its rights
_TITLE = (3, 30)  # words
_FEWEST = 180  # bytes, which other scripts need more of for fewer letters; with fewer there is no article
_RUN = 5  # words
_SAID = 0.8  # share of a line's runs of words that stood in lines before
_SURE = 2.5
_FAR = 0.05
_WORD = re.compile(r"\w+")
_LONG = 4  # letters
_SITE_BREAK = re.compile(r"\s+[-|–—»·:]+\s+")


@dataclass(frozen=True)
class Scrape:
    """The article's part of a scrape, cleaned: the title, what may be stamps, the article.

    ``lines`` are its lines in order, ``kept`` says of each whether it is the article's; ``title`` and ``publisher`` are
    what the page calls them, None where it does not say; ``left_out`` are the lines that are not among ``lines``.
    """

    lines: list[Line]
    kept: list[bool]
    title: str | None
    publisher: str | None
    left_out: list[str]

    @property
    def holds_article(self) -> bool:
        """Whether there is an article in it at all."""
        letters = "".join(line.words for line, kept in zip(self.lines, self.kept, strict=True) if kept)
        return len(letters.encode("utf-8")) >= _FEWEST


def scrape_of(text: str) -> Scrape | None:
    """The article's part of a text that is a whole page's, None where the text is but an article."""
    rows = pieces(lines(text))
    marked = is_marked(text)
    if not marked and not _has_menus(text, rows):
        return None
    weighed = likelihoods(rows).tolist()
    if not marked and not _is_page(text, rows, weighed):
        return None
    kept = _said_once(rows, [likely >= _ARTICLE for likely in weighed])
    if True not in kept:
        return Scrape([], [], None, None, [row.words for row in rows])
    first, last = kept.index(True), len(kept) - 1 - kept[::-1].index(True)
    title = _title(rows, kept, first)
    begin = first - _STAMPS if title is None else min(title - _ABOVE_TITLE, first)
    chosen = [
        i
        for i in range(max(begin, 0), min(last + 1 + _BELOW, len(rows)))
        if kept[i] or i == title or _stays(rows[i], i, first, last)
    ]
    taken = set(chosen)
    words = rows[title].words if title is not None else None
    return Scrape(
        lines=[rows[i] for i in chosen],
        kept=[kept[i] or i == title for i in chosen],
        title=words,
        publisher=_publisher(rows, words),
        left_out=[row.words for i, row in enumerate(rows) if i not in taken],
    )


def _has_menus(text: str, rows: list[Line]) -> bool:
    """Whether there are lines in a text that may be menus: told in far less time than how likely its lines are the article's."""
    if _is_one_line(text):
        return sum(len(row.words.split()) for row in rows if _in_capitals(row.words)) >= _FEWEST_IN_MENU
    return sum(row.words.count(" ") < _SHORT - 1 for row in rows) >= _SHORT_LINES


def _is_one_line(text: str) -> bool:
    return text.strip().count("\n") < _BELOW


def _is_page(text: str, rows: list[Line], weighed: list[float]) -> bool:
    """Whether a text is a whole page: much of it is surely not the article's, and is written as menus are."""
    counts = [len(row.words.split()) for row in rows]
    told = list(zip(rows, counts, weighed, strict=True))
    if _is_one_line(text):
        menus = sum(count for row, count, likely in told if likely < _ARTICLE and _in_capitals(row.words))
        return menus >= max(_FEWEST_IN_MENU, _MENU * sum(counts))
    dropped = [count for _, count, likely in told if likely < _SURELY_NOT]
    short = sum(count < _SHORT for count in dropped)
    return sum(dropped) >= _DROPPED * sum(counts) and short >= _SHORT_LINES


def _in_capitals(words: str) -> bool:
    """Whether at least every other word has a capital, as in a menu or a list of headlines."""
    each = [word for word in words.split() if word[0].isalpha()]
    return 2 * sum(word[0].isupper() for word in each) >= len(each) >= _SHORT


def _said_once(rows: list[Line], kept: list[bool]) -> list[bool]:
    """What is kept, without long lines that were said before: pages hold an article twice, for search engines or printers."""
    said: set[tuple[str, ...]] = set()
    result = list(kept)
    for i, row in enumerate(rows):
        if not kept[i]:
            continue
        words = row.words.casefold().split()
        runs = {tuple(words[k : k + _RUN]) for k in range(len(words) - _RUN + 1)}
        result[i] = not runs or sum(run in said for run in runs) < _SAID * len(runs)
        said |= runs
    return result


def _stays(row: Line, i: int, first: int, last: int) -> bool:
    """Whether a line that is not the article's may tell of it: a stamp or a byline, a caption, a line of rights, a credit."""
    if i < first:
        return first - i <= _STAMPS and len(row.words) <= _LONGEST_STAMP and row.links < 3
    if i <= last:
        return is_caption(row.words)
    signed = bylines.line(row.words) is not None or credit_line(row.words) is not None
    return len(row.words) <= _LONGEST_STAMP and (signed or is_furniture(row.words))


def _title(rows: list[Line], kept: list[bool], first: int) -> int | None:
    """The line that is the article's title: a heading above it, or what the page calls itself in its first lines."""
    keys = [fold(row.words) for row in rows]
    times = Counter(keys)
    held = _telling(row.words for row, keep in zip(rows, kept, strict=True) if keep)
    best, found = _SURE, None
    for i in range(max(first - _ABOVE, 0), first + 1):
        row, count = rows[i], len(rows[i].words.split())
        if not _TITLE[0] <= count <= _TITLE[1] or is_furniture(row.words) or leads_to_related(row.words)[0]:
            continue
        named = any(k != i and key.startswith(keys[i]) for k, key in enumerate(keys[:_BELOW]))
        score = (
            3.0 * (row.level == 1)
            + 1.0 * (row.level > 1)
            + 3.0 * named
            + 1.0 * (times[keys[i]] > 1)
            + 2.0 * _in_common(row.words, held)
            + 1.0 * (row.linked < len(row.words) / 2)
            - 1.5 * row.item
            - 1.5 * (row.words[-1] in ".:;,")
            - _FAR * (first - i)
        )
        if i == first and kept[i] and not (row.level == 1 or (named and row.words[-1] not in ".!?")):
            continue
        if score >= best:
            best, found = score, i
    return found


def _telling(texts: Iterable[str]) -> set[str]:
    """The words of some length in some texts."""
    return {word for text in texts for word in _WORD.findall(text.casefold()) if len(word) >= _LONG}


def _in_common(words: str, held: set[str]) -> float:
    """The share of a line's longer words that stand in the article."""
    own = _telling([words])
    return len(own & held) / len(own) if own else 0.0


def _publisher(rows: list[Line], title: str | None) -> str | None:
    """The site's name where the page calls itself by the title and that name."""
    for row in rows[:_BELOW]:
        for cut in _SITE_BREAK.finditer(row.words):
            if title and fold(row.words[: cut.start()]) == fold(title):
                name = row.words[cut.end() :]
                return name if len(name.split()) <= 5 and not _SITE_BREAK.search(name) else None
    return None
