"""A row of a dump or an item of a feed: its fields count before what is found in its text."""

from __future__ import annotations

import re

from dateline.capture import bylines, dates, html, text
from dateline.capture.charset import clean
from dateline.capture.findings import Findings
from dateline.capture.titles import without_site
from dateline.records import RawCapture

_MARKUP = re.compile(
    r"<(?:p|br|div|span|a|html|body|article|h[1-6]|ul|ol|img|figure|blockquote|em|strong|b|i)\b[^>]*>", re.IGNORECASE
)


def examine(raw: RawCapture) -> Findings:
    """The findings in a row whose fields have our names (see `dateline.capture.mapping`)."""
    field = {name: _one(value) for name, value in raw.fields.items()}
    url = field.get("url") or raw.url
    findings = _content(field, url, raw.captured)
    findings.url = url
    _override(findings, raw, field)
    return findings


def _content(field: dict[str, str], url: str | None, captured: str | None) -> Findings:
    """Body and what it tells by itself: of the whole page where it is there, else of the text."""
    page, words = field.get("html", ""), field.get("text", "")
    if words and not _MARKUP.search(words):
        return text.examine(clean(words))
    if page or words:
        page = clean(page or words)
        found = html.examine(
            page if "<body" in page.lower() else f"<html><body><article>{page}</article></body></html>", url, captured
        )
        if found.blocks or not words:
            return found
    return Findings(no_article=None if words else "there is no text in it")


def _override(findings: Findings, raw: RawCapture, field: dict[str, str]) -> None:
    publisher = field.get("publisher")
    if publisher:
        findings.publisher, findings.found["publisher"] = publisher, "field"
    findings.source = field.get("source") or None
    if title := field.get("title"):
        findings.title, findings.found["title"] = without_site(title, [publisher]), "field"
    names = raw.fields.get("authors")
    given = [names] if isinstance(names, str) else names or []
    findings.bylines += given
    if authors := bylines.persons(piece for name in given for piece in bylines.split(name)):
        findings.authors, findings.found["authors"] = authors, "field"
    if (date := field.get("date")) and (moment := dates.parse(date)):
        findings.moment, findings.found["date"] = moment, "field"
    if language := field.get("language"):
        findings.language = re.split(r"[-_]", language.strip().lower())[0] or None
        findings.found["language"] = "field"
    if copyright_line := field.get("copyright"):
        findings.copyrights.append(copyright_line)


def _one(value: str | list[str] | None) -> str:
    if isinstance(value, list):
        return "\n\n".join(value).strip()
    return (value or "").strip()
