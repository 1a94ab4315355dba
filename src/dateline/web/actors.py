"""An actor: its names and roles with their reasons, what it said, what was said about it, its events and commitments."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from dateline.archive.browse import Ask
from dateline.read.names import is_title
from dateline.records import Actor, StatementRow
from dateline.web.chronicle import Lines
from dateline.web.lists import heads
from dateline.web.site import columns_of, csv_rows, json_rows, page, site_of

router = APIRouter()

_SHOWN = 20  # rows of each kind on the page; a link leads to the rest
_LOOKED_AT = 200  # statements that may be about an actor


def _actor(request: Request, id_: str) -> Actor:
    row = site_of(request).shelves.row("actors", id_)
    if not isinstance(row, Actor):
        raise HTTPException(404, "there is no such actor in this archive")
    return row


def mentions(actor: Actor, said: StatementRow) -> bool:
    """Whether a statement's own words, or whom it is told, name an actor: "Marta Lind" is not Olga Lind, who is called "Lind" too."""
    called = [*(name.name for name in actor.names), *(role.role for role in actor.roles)]
    own = {word.lower() for each in called for word in each.split()}
    told = " ".join([*(pin.text for pin in said.pins), said.addressee or ""])
    for name in actor.names:
        for found in re.finditer(rf"(?:([^\W\d_][\w'’-]*) )?\b{re.escape(name.name)}\b", told):
            before = found[1] or ""
            if " " in name.name or not before[:1].isupper() or before.lower() in own or is_title(before):
                return True
    return False


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
    about = [said for said in shelves.rows("statements", shelves.said_about(row, _LOOKED_AT)) if mentions(row, said)]
    about = about[:_SHOWN]
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
