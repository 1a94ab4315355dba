"""The lists of rows: one page a noun, each with the same rows as JSON and CSV."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.archive.browse import ROWS, Ask, Noun, Shelves
from dateline.records import Commitment, Dispute, EventRow, FigureRow, ReportRow, StatementRow
from dateline.web.asking import PATHS, SIZE, asked
from dateline.web.site import all_rows, columns_of, csv_rows, json_rows, page, site_of

router = APIRouter()

NOUNS: Final[tuple[Noun, ...]] = ("reports", "statements", "events", "commitments", "disputes", "actors")
"""The nouns whose page is a list and nothing else; entries and figures have more to show."""

_REPORTS_OF: Final[dict[type, Callable[[Any], Sequence[str]]]] = {
    StatementRow: lambda row: [row.report],
    FigureRow: lambda row: [row.report],
    EventRow: lambda row: row.reports,
    Commitment: lambda row: row.reports,
    Dispute: lambda row: [side.report for side in row.sides],
    ReportRow: lambda row: [],
}


def heads(shelves: Shelves, rows: Sequence[Any]) -> dict[str, Any]:
    """The reports that some rows are pinned in, by id, without their texts."""
    ids = {id_ for row in rows for id_ in _REPORTS_OF.get(type(row), lambda _: [])(row)}
    return shelves.heads(sorted(ids))


def listed(request: Request, noun: Noun, template: str, **context: Any) -> Response:
    """A page of rows with its facets and counts."""
    site, question = site_of(request), asked(noun, request.query_params)
    rows = site.shelves.rows(noun, site.shelves.ids(question.ask, SIZE, question.offset))
    return page(
        request,
        template,
        asked=question,
        rows=rows,
        heads=heads(site.shelves, rows),
        total=site.shelves.count(question.ask),
        every=site.shelves.count(Ask(noun=noun)),
        facets=site.shelves.facets(question.ask),
        **context,
    )


def add_downloads(router: APIRouter, noun: Noun) -> None:
    """Give a list its rows as JSON and CSV."""
    kind = ROWS.get(noun, ReportRow)

    def as_json(request: Request) -> Response:
        return json_rows(all_rows(site_of(request), noun, asked(noun, request.query_params)))

    def as_csv(request: Request) -> Response:
        rows = all_rows(site_of(request), noun, asked(noun, request.query_params))
        return csv_rows(noun, columns_of(kind), rows)

    router.add_api_route(f"{PATHS[noun]}.json", as_json, methods=["GET"])
    router.add_api_route(f"{PATHS[noun]}.csv", as_csv, methods=["GET"])


def _add_page(noun: Noun) -> None:
    def shown(request: Request) -> Response:
        return listed(request, noun, f"{noun}.html")

    router.add_api_route(PATHS[noun], shown, methods=["GET"])


for _noun in NOUNS:
    _add_page(_noun)
    add_downloads(router, _noun)
