"""Search: the reports that hold some words, in any language, and how much else of the archive does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.archive.archive import Found, found_in
from dateline.archive.browse import Noun
from dateline.web.asking import PATHS, SIZE, number_of
from dateline.web.site import csv_rows, json_rows, page, site_of

router = APIRouter()

_ELSEWHERE: Final[tuple[Noun, ...]] = (
    "entries",
    "statements",
    "figures",
    "events",
    "commitments",
    "disputes",
    "actors",
)
_MOST = 500  # reports that a search lists at most


def _words(request: Request) -> str:
    return request.query_params.get("q", "").strip()[:1_000]


def _hits(request: Request, words: str, limit: int, offset: int = 0) -> list[Found]:
    shelves = site_of(request).shelves
    ids = shelves.found(words, limit, offset)
    reports = {report.id: report for report in shelves.store.reports(ids)}
    return [found_in(reports[id_], words) for id_ in ids if id_ in reports]


@router.get("/search")
def search(request: Request) -> Response:
    """The best matches, with the words around the first hit."""
    shelves, words = site_of(request).shelves, _words(request)
    at = number_of(request.query_params, "page")
    hits = _hits(request, words, SIZE + 1, (at - 1) * SIZE)
    counts = shelves.counts(words) if words else {}
    elsewhere = [(noun, PATHS[noun], counts.get(noun, 0)) for noun in _ELSEWHERE] if words else []
    return page(
        request, "search.html", words=words, hits=hits[:SIZE], more=len(hits) > SIZE, at=at, elsewhere=elsewhere
    )


def _rows(request: Request) -> Iterator[dict[str, Any]]:
    for hit in _hits(request, _words(request), _MOST):
        yield {"report": hit.report, "title": hit.title, "published": hit.published, "text": hit.text, "pin": hit.pin}


@router.get("/search.json")
def search_json(request: Request) -> Response:
    """The same as JSON."""
    return json_rows(_rows(request))


@router.get("/search.csv")
def search_csv(request: Request) -> Response:
    """The same as a table."""
    return csv_rows("search", ["report", "title", "published", "text", "pin"], _rows(request))
