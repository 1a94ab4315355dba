"""What every page needs: the archive, its lists, the templates, and how rows leave as JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse

from dateline.archive.archive import Archive
from dateline.archive.browse import Noun, Shelves
from dateline.archive.shelf import UNKNOWN
from dateline.edtf import in_words
from dateline.export import phrases
from dateline.export.inert import visible
from dateline.records import Pin, Record
from dateline.web.asking import SIZE, Asked
from dateline.web.safety import Secret

NAV: Final[tuple[tuple[str, str], ...]] = (
    ("/", "Chronicle"),
    ("/reports", "Reports"),
    ("/actors", "Actors"),
    ("/statements", "Statements"),
    ("/figures", "Figures"),
    ("/events", "Events"),
    ("/commitments", "Commitments"),
    ("/disputes", "Disputes"),
    ("/origins", "Origins"),
    ("/review", "Review"),
    ("/status", "Status"),
)
"""The pages that every page leads to; those without a route are left out."""

_BATCH = 500  # rows that a download reads at a time
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass
class Site:
    """One running app. ``pages`` are the addresses that it has a page for, by which the navigation is made."""

    archive: Archive
    shelves: Shelves
    templates: Environment
    secret: Secret = field(default_factory=Secret)
    pages: frozenset[str] = frozenset()

    @classmethod
    def of(cls, place: str | Path) -> Site:
        """An app over an archive.

        Raises:
            ArchiveError: there is no archive that can be used.
        """
        archive = Archive(place)
        return cls(archive, Shelves(archive.store), _environment())


def site_of(request: Request) -> Site:
    """The site that a request asks."""
    site = request.app.state.site
    assert isinstance(site, Site)
    return site


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A page from a template. Every value is escaped, and its hidden characters are shown, by the environment."""
    site = site_of(request)
    path = request.url.path
    nav = [
        (href, name, href == path or (href != "/" and path.startswith(href)))
        for href, name in NAV
        if href in site.pages
    ]
    made = site.templates.get_template(template).render(
        nav=nav,
        csrf=site.secret.value,
        pending=site.archive.store.is_stale(),
        path=path,
        archive_name=site.archive.place.name,
        **context,
    )
    return HTMLResponse(made.encode("utf-8", "replace"), status)


def json_rows(rows: Iterable[Any]) -> Response:
    """Rows as one JSON array, sent as they are read."""

    def parts() -> Iterator[bytes]:
        before = b"["
        for row in rows:
            yield before + msgspec.json.encode(row)
            before = b",\n"
        yield b"]\n" if before != b"[" else b"[]\n"

    return StreamingResponse(_joined(parts()), media_type="application/json")


def csv_rows(name: str, columns: Iterable[str], rows: Iterable[Any]) -> Response:
    """Rows as a CSV file, several values in a cell apart by "; ". No cell can be taken for a formula by a spreadsheet."""
    header = list(columns)

    def lines() -> Iterator[bytes]:
        yield _line(header)
        for row in rows:
            cells = msgspec.to_builtins(row)
            yield _line([_cell(cells.get(column)) for column in header])

    answer = StreamingResponse(_joined(lines()), media_type="text/csv; charset=utf-8")
    answer.headers["content-disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def all_rows(site: Site, noun: Noun, asked: Asked) -> Iterator[Any]:
    """The rows that answer, batch by batch; those of one page alone where a page was named.

    Raises:
        ReadingError: the question is none; before the first row, so that no answer has begun.
    """
    ids = site.shelves.ids(asked.ask, SIZE if asked.paged else None, asked.offset if asked.paged else 0)
    batches = (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))
    return (row for batch in batches for row in site.shelves.rows(noun, batch))


def columns_of(kind: type[Record]) -> list[str]:
    """The names of a record's fields as JSON has them."""
    return [each.encode_name for each in msgspec.structs.fields(kind)]


def pin_url(pin: Pin) -> str:
    """The address that opens a pin's words, marked, in its report."""
    query = urlencode({"version": pin.version, "start": pin.start, "end": pin.end})
    return f"/report/{quote(pin.report, safe='')}?{query}#pin"


def _joined(parts: Iterable[bytes], size: int = 65_536) -> Iterator[bytes]:
    """Small parts in greater ones: each is a hop between threads."""
    waiting: list[bytes] = []
    held = 0
    for part in parts:
        waiting.append(part)
        held += len(part)
        if held >= size:
            yield b"".join(waiting)
            waiting, held = [], 0
    yield b"".join(waiting)


def _line(cells: Iterable[object]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(list(cells))
    return out.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> object:
    """A value as a cell: pins by where they stand, lists joined, and a sign before what a spreadsheet would calculate."""
    if isinstance(value, Mapping):
        if {"report", "version", "start", "end"} <= value.keys():
            return f"{value['report']} {value['version']} {value['start']}-{value['end']}"
        return _safe("; ".join(f"{key}: {_cell(each)}" for key, each in value.items() if each is not None))
    if isinstance(value, list | tuple):
        return _safe("; ".join(str(_cell(each)) for each in value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return _safe(value) if isinstance(value, str) else value


def _safe(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


# ── templates ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("dateline.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        words=lambda edtf: in_words(edtf) if edtf else "undated",
        pin_url=pin_url,
        origin=origin_name,
        plural=_plural,
        amount=phrases.amount,
        label=_label,
        number=lambda value: f"{value:,}",
        day=lambda stamp: stamp[:10] if stamp else "undated",
        short=_short,
        seg=lambda value: quote(str(value), safe=""),
    )
    return made


def _finalize(value: Any) -> Any:
    """Any value of a template as it is shown: nothing for None, hidden characters by their codes."""
    if value is None:
        return ""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def origin_name(label: str) -> str:
    """An origin as a person reads it."""
    if label.startswith("own: "):
        return f"{label.removeprefix('own: ')} (own reporting)"
    return "origin not known" if label == UNKNOWN or label.startswith(f"{UNKNOWN}: ") else label


def _short(path: str) -> str:
    """A path by its last two names; the page of the capture has the whole."""
    parts = path.replace("\\", "/").rsplit("/", 2)
    return path if len(parts) < 3 else "/".join(["…", *parts[1:]])


def _plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


_LABELS: Final[Mapping[str, str]] = {
    "status": "Status",
    "kind": "Kind",
    "outcome": "Outcome",
    "disputed": "Disputes",
    "place": "Place",
    "actor": "Who",
    "origin": "Origin",
    "publisher": "Publisher",
    "language": "Language",
    "unit": "Unit",
    "report": "Report",
    "actor_id": "Actor",
    "entry": "Line",
}


def _label(facet: str) -> str:
    return _LABELS.get(facet, facet)
