"""A plain-text scrape: the article and its metadata, from its words and their arrangement alone."""

from __future__ import annotations

import re

from dateline.capture.findings import Findings, one_line
from dateline.capture.layout import lay_out
from dateline.records import Part, SideMatter

_COPYRIGHT = re.compile(r"©|\(c\)\s|\bcopyright\b", re.IGNORECASE)


def examine(text: str) -> Findings:
    """The findings in a plain text: body, side matter, title, authors and date."""
    layout = lay_out(text)
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
