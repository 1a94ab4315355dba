"""The date that a page shows its readers beside the headline."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from dateline.capture import dates
from dateline.capture.dates import Moment
from dateline.capture.markup import words
from dateline.capture.titles import fold

_BEFORE, _AFTER = 250, 500  # characters of text between the headline and a date that belongs to it
_LONGEST = 110  # characters of a piece of text that is a date with its label
_RESIDUE = 45  # characters that may stand beside the date in it
_LABEL_BEFORE = 30  # characters in which a label may stand before the date
_OF_SOMETHING_ELSE = re.compile(
    r"updat|modif|stand\b|aktualis|bearbeitet|edit(?:ed|iert)|geändert|revis|actuali[sz]|mise à jour|aggiornat|event|veranstalt|termin"
    r"|archiv|print|abgerufen|heute|today|joined|registr|member|\b(?:since|seit|depuis|desde)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"comment|kommentar|related|teaser|sidebar|footer|widget|recommend|most|ticker|event|calendar(?!\S*icon)|header-?date|current-?date|today|updated?-(?:time|on|at)|last-?mod",
    re.IGNORECASE,
)
_SILENT = frozenset({"script", "style", "noscript", "template", "head", "select", "option", "nav", "footer"})
_DATE_BEGINS = re.compile(r"(?<![\w.:/-])(?=\d|[^\W\d_]{3,10}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})")
_SHORT_YEAR = re.compile(
    r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{2})(?![\d.])"
)  # written so with dots alone: day, month, year
_SENTENCE = re.compile(r"(?:^|\W)[^\W\d_A-ZÀ-Þ]{2,}[ ,]+[^\W\d_A-ZÀ-Þ]{2,}(?:\W|$)")
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LEVELS = 5  # elements around a date whose names tell what it is of


class _Piece(NamedTuple):
    moment: Moment
    at: int


def shown(tree: HtmlElement, title: str | None) -> Moment | None:
    """The date on a line of its own just below the headline, or else just above it; None where none stands there.

    A date that is labelled as an update's, an event's or today's is none.
    """
    head = headline(tree, title)
    if head is None:
        return None
    begin = end = 0
    at = 0
    tail = ""
    pieces: list[_Piece] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            hidden += element.tag in _SILENT
            if element is head:
                begin = at
            text = element.text
        else:
            hidden -= element.tag in _SILENT
            if element is head:
                end = at
            text = element.tail
        if hidden or not text or not (text := " ".join(text.split())):
            continue
        around = element if event == "start" else element.getparent()
        if (moment := _alone(text, tail)) and not _is_elsewhere(around):
            pieces.append(_Piece(_in_attribute(around, moment), at))
        at += len(text)
        tail = f"{tail} {text}"[-_LABEL_BEFORE:]
        if end and at > end + _AFTER:
            break
    below = [piece for piece in pieces if end <= piece.at <= end + _AFTER]
    above = [piece for piece in pieces if begin - _BEFORE <= piece.at < begin]
    return below[0].moment if below else above[-1].moment if above else None


def headline(tree: HtmlElement, title: str | None) -> HtmlElement | None:
    """The heading that holds the title, else the page's first of the highest order; None where there is none."""
    heads = [element for element in tree.iter(*_HEADS) if words(element)]
    key = fold(title or "")
    same = (element for element in heads if key and fold(words(element)) == key)
    return next(same, next((element for element in heads if element.tag == "h1"), None))


def _alone(text: str, before: str) -> Moment | None:
    """The date in a short piece of text that holds hardly anything else."""
    if len(text) > _LONGEST:
        return None
    text = _SHORT_YEAR.sub(r"\1.\2.20\3", text)
    for match in _DATE_BEGINS.finditer(text):
        if found := dates.at(text, match.start()):
            beside = text[: match.start()], text[found.end :]
            is_other = _OF_SOMETHING_ELSE.search(f"{before[-_LABEL_BEFORE:]} {beside[0]}")
            if is_other or sum(map(len, beside)) > _RESIDUE or _SENTENCE.search(beside[1]):
                return None
            return found.moment
    return None


def _in_attribute(element: HtmlElement | None, moment: Moment) -> Moment:
    """The moment that a time element states beside its words, where it is of the same day."""
    stated = dates.parse(element.get("datetime") or "") if element is not None and element.tag == "time" else None
    return stated if stated and stated.day == moment.day else moment


def _is_elsewhere(element: HtmlElement | None) -> bool:
    for _ in range(_LEVELS):
        if element is None or element.tag in ("body", "article", "main"):
            return False
        if _ELSEWHERE.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return True
        element = element.getparent()
    return False
