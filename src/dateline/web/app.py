"""The app itself: the pages put together, behind the guard."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from dateline.errors import DatelineError, ReadingError
from dateline.web import actors, captures, chronicle, figures, lists, origins, reports, review, search, status
from dateline.web.safety import LOOPBACK, Guard
from dateline.web.site import Site, page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ROOMS = (chronicle, figures, lists, reports, captures, actors, origins, search, status, review)
"""The modules whose ``router`` has the pages."""

STATIC = Path(__file__).parent / "static"


def create_app(place: str | Path, *, token: str | None = None, hosts: Iterable[str] = ()) -> FastAPI:
    """The app over an archive.

    Args:
        place: the archive's file, or the address of its database.
        token: what every visitor must show once; None: nobody is asked.
        hosts: names under which it may be reached besides those of this machine's loopback; ``*``: any address in numbers.

    Raises:
        ArchiveError: there is no archive that can be used.
    """
    site = Site.of(place)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        yield
        site.archive.close()

    app = FastAPI(title="Dateline", docs_url=None, redoc_url=None, openapi_url=None, lifespan=life)
    app.state.site = site
    for room in ROOMS:
        app.include_router(room.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(DatelineError, _refused)
    app.add_middleware(Guard, hosts={*LOOPBACK, *(host.lower() for host in hosts)}, token=token)
    site.pages = frozenset(route.path for room in ROOMS for route in room.router.routes if isinstance(route, Route))
    return app


def _refused(request: Request, error: Exception) -> Response:
    """What could not be answered, in words: as a page, or as the file that was asked for."""
    code, why = 500, str(error)
    if isinstance(error, HTTPException):
        code, why = error.status_code, str(error.detail)
    elif isinstance(error, ReadingError):
        code = 400
    if request.url.path.endswith(".json"):
        return JSONResponse({"error": why}, code)
    if request.url.path.endswith((".csv", ".txt")):
        return PlainTextResponse(f"{why}\n", code)
    return page(request, "error.html", code, code=code, why=why)
