"""Figures: in a list, and what is counted more than once over time, one line a claimant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from dateline.archive.browse import SERIES_REPORTS, Ask
from dateline.chronicle.series import Series
from dateline.export.axes import Axes, amount, claimants, day, heading
from dateline.export.inert import visible
from dateline.export.svg import svg
from dateline.web.asking import PATHS
from dateline.web.lists import add_downloads, listed
from dateline.web.site import csv_rows, json_rows, page, site_of

router = APIRouter()

_SHOWN = 12  # series on a page
# A file's own head, style and paper; on a page these are the page's.
_ALONE = re.compile(r"<\?xml.*?\?>|<style>.*?</style>|<rect class=\"page\"[^>]*/>", re.DOTALL)
_COLUMNS = (
    "of",
    "about",
    "unit",
    "claimant",
    "first_day",
    "last_day",
    "low",
    "high",
    "bound",
    "words",
    "novelty",
    "pin",
)


@router.get(PATHS["figures"])
def figures(request: Request) -> Response:
    """Figures in a list."""
    return listed(request, "figures", "figures.html")


add_downloads(router, "figures")


def _about(request: Request) -> str | None:
    return request.query_params.get("about", "").strip()[:1_000] or None


@router.get("/figures/over-time")
def over_time(request: Request) -> Response:
    """What is counted more than once."""
    shelves, about = site_of(request).shelves, _about(request)
    found = shelves.series(about)
    shown = [(series, heading(series), claimants(series), chart(series)) for series in found[:_SHOWN]]
    reports = shelves.count(Ask(noun="reports"))
    return page(
        request,
        "over_time.html",
        about=about,
        shown=shown,
        total=len(found),
        amount_of=amount,
        day_of=day,
        large=reports > SERIES_REPORTS,
        most=SERIES_REPORTS,
    )


@router.get("/figures/over-time.json")
def over_time_json(request: Request) -> Response:
    """The same as JSON."""
    return json_rows(site_of(request).shelves.series(_about(request)))


@router.get("/figures/over-time.csv")
def over_time_csv(request: Request) -> Response:
    """The same as a table, one row a count."""
    return csv_rows("over-time", _COLUMNS, _points(site_of(request).shelves.series(_about(request))))


def _points(found: list[Series]) -> Iterator[dict[str, Any]]:
    for series in found:
        for line in series.lines:
            for point in line.points:
                told = {"of": series.of, "about": series.about, "unit": series.unit, "claimant": line.claimant}
                held = {name: getattr(point, name) for name in ("first_day", "last_day", "low", "high", "novelty")}
                words = {"bound": point.figure.bound, "words": point.figure.pin.text, "pin": point.figure.pin}
                yield told | held | words


def chart(series: Series) -> Markup | None:
    """The plot of a series as part of a page, None where nothing in it has a day and a number. Its words are escaped by `svg`."""
    if Axes.of(series) is None:
        return None
    drawn = _ALONE.sub("", svg([series])).strip()
    return Markup(visible(drawn).replace("<svg ", '<svg class="chart" ', 1))
