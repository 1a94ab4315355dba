"""What is found in a capture while it is being looked at, and how it becomes an `Extract`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dateline.capture.country import country_of
from dateline.capture.dates import Moment
from dateline.capture.language import language_of
from dateline.capture.origin import Credit, credit, credit_line
from dateline.capture.titles import host_of
from dateline.records import Extract, Origin, Part, PartKind, RawCapture, SideMatter

_SIGNATURE = 80  # characters of a line below the article that may be a credit
_LEAD = 2  # paragraphs in which a dateline may stand


@dataclass
class Findings:
    """Findings about one capture, filled in as they come; ``found`` tells for each field where it was found.

    ``elsewhere`` is the canonical address where it is on another site than the capture's own; ``source`` the channel that a
    feed says an item came from, where it is another than the feed's own.

    ``blocks`` are the paragraphs and headings of the body; ``bylines`` and ``copyrights`` the lines as they were written.
    """

    blocks: list[tuple[PartKind, str]] = field(default_factory=list)
    side: list[SideMatter] = field(default_factory=list)
    title: str | None = None
    authors: list[str] = field(default_factory=list)
    moment: Moment | None = None
    publisher: str | None = None
    url: str | None = None
    elsewhere: str | None = None
    source: str | None = None
    language: str | None = None
    locale: str | None = None
    bylines: list[str] = field(default_factory=list)
    copyrights: list[str] = field(default_factory=list)
    found: dict[str, str] = field(default_factory=dict)
    no_article: str | None = None


def one_line(text: str) -> str:
    """A text with every run of white space as one blank."""
    return " ".join(text.split())


def joined(blocks: Iterable[tuple[PartKind, str]]) -> tuple[str, list[Part]]:
    """Paragraphs and headings as one text, parted by a blank line, with the parts that lie in it."""
    text, parts = "", list[Part]()
    for kind, words in blocks:
        if words := one_line(words):
            text += "\n\n" if text else ""
            parts.append(Part(start=len(text), end=len(text) + len(words), kind=kind))
            text += words
    return text, parts


def finish(raw: RawCapture, findings: Findings) -> Extract:
    """The extract that some findings amount to, with language and origin, which follow from the text."""
    _sign_off(findings)
    text, parts = joined(findings.blocks)
    found = dict(findings.found)
    bodies = [text[part.start : part.end] for part in parts if part.kind == "body"]
    given = credited(bodies, findings)
    if given.origin:
        found["origin"] = given.where or "credit"
    if given.own_reporting is not None:
        found["own_reporting"] = given.where or "credit"
    language = language_of(text) if text else None
    if language:
        found["language"] = "text"
    elif findings.language:
        language = findings.language
    else:
        found.pop("language", None)
    address = raw.url or findings.url
    if country := country_of(address, findings.locale):
        found["country"] = "address" if country_of(address) else "page"
    return Extract(
        id=raw.id,
        path=raw.path or None,
        url=findings.url or raw.url,
        text=text,
        parts=parts,
        title=findings.title,
        authors=findings.authors,
        date=findings.moment.day if findings.moment else None,
        published=findings.moment.published if findings.moment else None,
        publisher=findings.publisher,
        language=language,
        origin=given.origin,
        own_reporting=given.own_reporting,
        headings=[text[part.start : part.end] for part in parts if part.kind == "heading"],
        side=findings.side,
        found=found,
        no_article=findings.no_article or (None if text else "there is no text in it"),
        country=country,
    )


def _sign_off(findings: Findings) -> None:
    """Take credit lines below the body from it: they tell the origin and are no part of the article."""
    while len(findings.blocks) > 1 and len(line := findings.blocks[-1][1]) <= _SIGNATURE and credit_line(line):
        findings.bylines.append(line)
        del findings.blocks[-1]


def credited(bodies: list[str], findings: Findings) -> Credit:
    """Who the text comes from, by its first and last paragraphs, bylines and copyright lines."""
    for lead in bodies[:_LEAD]:
        given = credit(
            lead,
            ending=bodies[-1],
            bylines=findings.bylines,
            copyrights=findings.copyrights,
            publisher=findings.publisher,
        )
        if given.origin or given.own_reporting is not None:
            return given
    if findings.elsewhere and (host := host_of(findings.elsewhere)):
        return Credit(Origin(name=host, basis=findings.elsewhere), False, "canonical")
    if findings.source:
        return Credit(Origin(name=findings.source, basis=f"source: {findings.source}"), None, "field")
    return Credit(None, None, None)
