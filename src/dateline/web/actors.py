"""An actor: its names and roles with their reasons, what it said, what was said about it, its events and commitments."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from dateline.archive.browse import Ask
from dateline.records import Actor
from dateline.web.chronicle import Lines
from dateline.web.lists import heads
from dateline.web.site import columns_of, csv_rows, json_rows, page, site_of

router = APIRouter()

_SHOWN = 20  # rows of each kind on the page; a link leads to the rest


def _actor(request: Request, id_: str) -> Actor:
    row = site_of(request).shelves.row("actors", id_)
    if not isinstance(row, Actor):
        raise HTTPException(404, "there is no such actor in this archive")
    return row


@router.get("/actor/{id_}.json")
def actor_json(request: Request, id_: str) -> Response:
    """The actor as JSON, in an array of one."""
    return json_rows([_actor(request, id_)])


@router.get("/actor/{id_}.csv")
def actor_csv(request: Request, id_: str) -> Response:
    """The actor as a table of one row."""
    return csv_rows("actor", columns_of(Actor), [_actor(request, id_)])


@router.get("/actor/{id_}")
def actor(request: Request, id_: str) -> Response:
    """The page of one actor."""
    shelves, row = site_of(request).shelves, _actor(request, id_)
    said = Ask(noun="statements", terms=(("actor_id", (row.id,)),))
    lines = Ask(noun="entries", terms=(("actor", (row.name,)),))
    promised = Ask(noun="commitments", terms=(("actor", (row.name,)),))
    statements = shelves.rows("statements", shelves.ids(said, _SHOWN))
    about = shelves.rows("statements", shelves.said_about(row, _SHOWN))
    commitments = shelves.rows("commitments", shelves.ids(promised, _SHOWN))
    entries = shelves.rows("entries", shelves.ids(lines, _SHOWN))
    return page(
        request,
        "actor.html",
        actor=row,
        statements=statements,
        about=about,
        commitments=commitments,
        lines=Lines(shelves, entries),
        counts={
            "said": shelves.count(said),
            "lines": shelves.count(lines),
            "promised": shelves.count(promised),
        },
        heads=heads(shelves, [*statements, *about, *commitments]),
    )
