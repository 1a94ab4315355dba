"""A plain-text scrape: the article and its metadata, from its words and their arrangement alone."""

from __future__ import annotations

import re

from dateline.capture.findings import Findings, one_line
from dateline.capture.layout import Layout, lay_out
from dateline.capture.scrape import Scrape, scrape_of
from dateline.records import Part, PartKind, SideMatter

_COPYRIGHT = re.compile(r"©|\(c\)\s|\bcopyright\b", re.IGNORECASE)
_BETWEEN = "\n\n"


def examine(text: str) -> Findings:
    """The findings in a plain text: body, side matter, title, authors and date."""
    scrape = scrape_of(text)
    if scrape is None:
        return _findings(text, lay_out(text))
    if not scrape.holds_article:
        return Findings(no_article=f"a page without an article: {len(scrape.left_out)} lines of links and notices")
    return _within(scrape)


def _within(scrape: Scrape) -> Findings:
    """The findings in the article's part of a scrape: lines that are not the article's may only be furniture or side matter."""
    rows = [line.words for line in scrape.lines]
    text = _BETWEEN.join(rows)
    laid = lay_out(text)
    bounds: list[tuple[int, int]] = []
    at = 0
    for row in rows:
        bounds.append((at, at + len(row)))
        at += len(row) + len(_BETWEEN)
    at_row = 0
    for i, part in enumerate(laid.parts):
        while part.start >= bounds[at_row][1]:
            at_row += 1
        if part.kind not in ("body", "heading"):
            continue
        is_heading = part.kind == "heading" or scrape.lines[at_row].level > 0
        kind: PartKind = "furniture" if not scrape.kept[at_row] else "heading" if is_heading else "body"
        laid.parts[i] = Part(start=part.start, end=part.end, kind=kind)
    findings = _findings(text, laid)
    if scrape.title:
        findings.title, findings.found["title"] = scrape.title, "heading"
        findings.blocks = [(kind, words) for kind, words in findings.blocks if one_line(words) != scrape.title]
    if scrape.publisher:
        findings.publisher, findings.found["publisher"] = scrape.publisher, "page title"
    findings.copyrights += [words for words in scrape.left_out if len(words) <= 200 and _COPYRIGHT.search(words)]
    return findings


def _findings(text: str, layout: Layout) -> Findings:
    findings = Findings(
        title=layout.title,
        authors=layout.authors,
        moment=layout.moment,
        publisher=layout.publisher,
        found=layout.found,
        side=side_matter(text, layout.parts),
    )
    for part in layout.parts:
        words = text[part.start : part.end]
        if part.kind in ("body", "heading") and part.start != layout.title_at:
            findings.blocks.append((part.kind, words))
        elif part.kind == "furniture":
            lines = findings.copyrights if _COPYRIGHT.search(words) else findings.bylines
            lines.append(one_line(words))
    return findings


def side_matter(text: str, parts: list[Part]) -> list[SideMatter]:
    """The side matter of a text that is laid out: one item a title with its paragraphs, or an untitled paragraph."""
    items: list[SideMatter] = []
    open_title: str | None = None
    for part in parts:
        words = one_line(text[part.start : part.end])
        if part.kind == "side_title":
            items.append(SideMatter(title=words, date=part.date, text=""))
            open_title = part.title
        elif part.kind == "side" and items and part.title is not None and part.title == open_title:
            last = items[-1]
            items[-1] = SideMatter(
                title=last.title,
                date=last.date if last.date == part.date or not last.text else None,
                text=f"{last.text}\n\n{words}" if last.text else words,
            )
        elif part.kind == "side":
            items.append(SideMatter(title=part.title, date=part.date, text=words))
            open_title = part.title
    return items
