"""Status: what the archive holds, what was refused and why, and its runs."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from dateline.web.site import csv_rows, json_rows, page, site_of

router = APIRouter()


def _told(request: Request) -> dict[str, Any]:
    site = site_of(request)
    store = site.archive.store
    return {
        "archive": site.archive.place.name,
        "counts": store.counts(),
        "reviews": (reviews := site.archive.reviews).rates(),
        "queued": len(reviews.queue()),
        "unread": len(store.unread()),
        "not_read": {term.value: term.rows for term in site.shelves.terms("reports", "not_read")},
        "no_article": store.no_articles(),
        "refused": store.refused(),
        "runs": store.runs(),
    }


@router.get("/status")
def status(request: Request) -> Response:
    """The page."""
    return page(request, "status.html", told=_told(request))


@router.get("/status.json")
def status_json(request: Request) -> Response:
    """The same as JSON, in an array of one."""
    return json_rows([_told(request)])


@router.get("/status.csv")
def status_csv(request: Request) -> Response:
    """The counts as a table."""
    counts = _told(request)["counts"]
    return csv_rows("status", ["what", "number"], ({"what": name, "number": n} for name, n in counts.items()))
