"""A report: its text with every reading marked, its versions, its captures, and where each field came from."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from dateline.fold.edits import differences
from dateline.records import Extract, Reading, Report, ReportRow, Version
from dateline.web.explained import KINDS, by_kind, explained
from dateline.web.marked import Note, blocks
from dateline.web.site import Site, columns_of, csv_rows, json_rows, page, site_of

router = APIRouter()

_FIELDS = ("title", "published", "authors", "publisher", "language", "origin", "own_reporting", "text", "side")


@dataclass(frozen=True)
class FieldSource:
    """A field of a report: its value, the capture that gave it, and where in that capture it stood."""

    name: str
    value: str | None
    capture: str | None
    where: str | None


def _report(request: Request, id_: str) -> Report:
    found = site_of(request).shelves.report(id_)
    if found is None:
        raise HTTPException(404, "there is no such report in this archive")
    return found


def _reading(site: Site, report: Report) -> Reading | None:
    """What stands in a report: its Reading with what persons decided, whether that is linked yet or not."""
    desk = site.archive.reviews.subjects.reading_of(report)
    return desk.reading if desk is not None else site.shelves.reading(report.id)


@router.get("/report/{id_}.json")
def report_json(request: Request, id_: str) -> Response:
    """The report and its Reading as JSON, in an array of one."""
    report = _report(request, id_)
    return json_rows([{"report": report, "reading": _reading(site_of(request), report)}])


@router.get("/report/{id_}.csv")
def report_csv(request: Request, id_: str) -> Response:
    """The report's row as a table."""
    _report(request, id_)
    return csv_rows("report", columns_of(ReportRow), site_of(request).shelves.reports([id_]))


@router.get("/report/{id_}")
def report(request: Request, id_: str) -> Response:
    """The page: ``version`` names a wording (the current one else), ``start`` and ``end`` the words that a line pins."""
    site, found, asked = site_of(request), _report(request, id_), request.query_params
    version = _version(found, asked.get("version"))
    readings = []
    reading = _reading(site, found)
    if version.id == found.current.id and reading:
        readings = explained(reading, id_, site.shelves)
    shown = [kind for kind in KINDS if kind not in asked.getlist("hide")]
    notes = [note for each in readings if each.kind in shown for note in each.notes]
    pin = _pin(version, asked.get("start"), asked.get("end"))
    if pin:
        notes.append(pin)
    at = [each.id for each in found.versions].index(version.id)
    notes += _changes(found.versions[at - 1].text, version.text) if at and asked.get("changes") else []
    extracts = site.shelves.extracts(found.captures)
    row = next(iter(site.shelves.reports([id_])))
    return page(
        request,
        "report.html",
        report=found,
        row=row,
        version=version,
        at=at,
        blocks=blocks(version.text, version.parts, notes),
        readings=by_kind(readings),
        kinds=KINDS,
        shown=shown,
        reading=reading,
        pin=pin,
        pinned=version.text[pin.start : pin.end] if pin else None,
        orphaned=bool(asked.get("start")) and pin is None,
        changes=bool(asked.get("changes")),
        fields=_fields(found, extracts),
        lines=site.shelves.pinned("entries", id_),
        hide=lambda kind: _toggled(found.id, version.id, shown, kind),
    )


def _version(report: Report, asked: str | None) -> Version:
    if not asked:
        return report.current
    found = next((version for version in report.versions if version.id == asked), None)
    if found is None:
        raise HTTPException(404, "this report has no such version: what is pinned there is orphaned")
    return found


def _pin(version: Version, start: str | None, end: str | None) -> Note | None:
    """The stretch that an address names, None where it names none in this text: a pin never slides to a lookalike."""
    if not start or not end or not all(each.isascii() and each.isdigit() and len(each) < 10 for each in (start, end)):
        return None
    first, last = int(start), int(end)
    return Note("pin", first, last, 0) if first < last <= len(version.text) else None


def _changes(old: str, new: str) -> list[Note]:
    """What a version says otherwise than the one before."""
    return [Note("new", each.new.start, each.new.end, 0) for each in differences(old, new) if each.new]


def _fields(report: Report, extracts: dict[str, Extract]) -> list[FieldSource]:
    values = {
        "title": report.title,
        "published": report.published,
        "authors": ", ".join(report.authors) or None,
        "publisher": report.publisher,
        "language": report.language,
        "origin": f"{report.origin.name} (“{report.origin.basis}”)" if report.origin else None,
        "own_reporting": None if report.own_reporting is None else ("yes" if report.own_reporting else "no"),
        "text": f"{len(report.current.text.split()):,} words",
        "side": _side(report),
    }
    found = []
    for name in _FIELDS:
        capture = report.from_.get(name)
        where = extracts[capture].found.get("date" if name == "published" else name) if capture in extracts else None
        found.append(FieldSource(name, values[name], capture, where))
    return found


def _side(report: Report) -> str | None:
    """How much side matter a report has, None for nothing."""
    number = sum(part.kind == "side" for part in report.current.parts)
    return f"{number} paragraph{'s' * (number != 1)}" if number else None


def _toggled(report: str, version: str, shown: list[str], kind: str) -> list[str]:
    """The kinds that are hidden once a kind is switched."""
    hidden = [each for each in KINDS if each not in shown]
    return [each for each in hidden if each != kind] if kind in hidden else [*hidden, kind]
