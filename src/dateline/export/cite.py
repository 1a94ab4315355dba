"""A citation of the words behind a line: CSL JSON and BibTeX, one entry a report, the pin told in the note."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from dateline.edtf import bounds
from dateline.export.inert import visible
from dateline.records import Pin, ReportRow

_LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}


def csl(cited: Sequence[tuple[Pin | None, ReportRow]]) -> Iterator[str]:
    """One JSON array of CSL items (citation style language 1.0.2, type ``article-newspaper``)."""
    yield msgspec.json.encode([_item(pin, report) for pin, report in cited]).decode()


def bibtex(cited: Sequence[tuple[Pin | None, ReportRow]]) -> Iterator[str]:
    """BibTeX entries, as biblatex's ``@article`` reads them."""
    for pin, report in cited:
        authors = [f"{{{_latex(author)}}}" for author in report.authors] or (
            [f"{{{_latex(report.publisher)}}}"] if report.publisher else []
        )
        fields = {
            "author": " and ".join(authors),
            "title": f"{{{_latex(report.title)}}}" if report.title else None,
            "journaltitle": _latex(report.publisher) if report.publisher else None,
            "date": (report.published or "")[:10],
            "url": re.sub(r"[{}\\\s]", "", visible(_url(report) or "")),
            "note": _latex(_note(pin)) if pin else None,
        }
        yield f"@article{{{_key(pin, report)},"
        yield from (f"  {name} = {{{value}}}," for name, value in fields.items() if value)
        yield "}"


def _item(pin: Pin | None, report: ReportRow) -> dict[str, object]:
    item: dict[str, object] = {"id": _key(pin, report), "type": "article-newspaper"}
    if report.title:
        item["title"] = report.title
    if report.authors:
        item["author"] = [{"literal": author} for author in report.authors]
    if report.publisher:
        item["container-title"] = report.publisher
    if covered := bounds(report.published):
        day = covered.first
        item["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
    if url := _url(report):
        item["URL"] = url
    if report.language:
        item["language"] = report.language
    return item | {"note": _note(pin)} if pin else item


def _key(pin: Pin | None, report: ReportRow) -> str:
    return f"{report.id}-{pin.start}" if pin else report.id


def _url(report: ReportRow) -> str | None:
    return next((capture.url for capture in report.captures if capture.url), None)


def _note(pin: Pin) -> str:
    return f"“{pin.text}” (characters {pin.start} to {pin.end} of {pin.report}, version {pin.version})"


def _latex(words: str) -> str:
    return "".join(_LATEX.get(char, char) for char in visible(" ".join(words.split())))
