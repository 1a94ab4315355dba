"""Origins: on whose word the reports are, and how many papers print it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.records import Record
from dateline.web.asking import SIZE, number_of
from dateline.web.site import columns_of, csv_rows, json_rows, page, site_of

router = APIRouter()


class OriginRow(Record, frozen=True, kw_only=True):
    """An origin with the number of its reports, of the lines it stands behind, and of those that it alone stands behind."""

    origin: str
    reports: int
    entries: int


def _rows(request: Request) -> list[OriginRow]:
    shelves = site_of(request).shelves
    entries = {term.value: term.rows for term in shelves.terms("entries", "origin")}
    return [
        OriginRow(origin=term.value, reports=term.rows, entries=entries.get(term.value, 0))
        for term in shelves.terms("reports", "origin")
    ]


@router.get("/origins")
def origins(request: Request) -> Response:
    """All origins, those of most reports first."""
    rows = _rows(request)
    at = number_of(request.query_params, "page")
    return page(request, "origins.html", rows=rows[(at - 1) * SIZE : at * SIZE], total=len(rows), at=at, size=SIZE)


@router.get("/origins.json")
def origins_json(request: Request) -> Response:
    """The same as JSON."""
    return json_rows(_rows(request))


@router.get("/origins.csv")
def origins_csv(request: Request) -> Response:
    """The same as a table."""
    return csv_rows("origins", columns_of(OriginRow), _rows(request))
