"""Review: one thing at a time in its words, decided with a key; the queue; what was decided. All of it works without JavaScript."""

from __future__ import annotations

import getpass
import threading
import time
from collections.abc import Mapping
from itertools import islice
from typing import Any, Final, cast
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, QueryParams
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from dateline.archive.archive import Archive
from dateline.archive.browse import ROWS, Ask, Noun
from dateline.archive.reviews import REVIEWABLE, Choice, Reviews
from dateline.archive.sights import Sight
from dateline.errors import ArchiveError, DatelineError
from dateline.records import Actor, Decision
from dateline.review.fields import FIELDS, NAME_LISTS, SPAN
from dateline.review.phrases import told, words
from dateline.web.safety import checked
from dateline.web.site import Site, json_rows, page, site_of

router = APIRouter()

SHOWN = 20
"""Things on a page that is decided on as a whole."""

_CHOICES: Final[Mapping[str, Choice]] = {"a": "confirm", "x": "reject"}
_PAST: Final = {"confirm": "confirmed", "correct": "corrected", "reject": "rejected"}
_WAIT = 0.4  # seconds after a decision before the archive is linked: the next one often follows at once


class Relinker:
    """Links an archive again in the background after decisions: once after a burst of them, and never twice at a time."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._wait = _WAIT

    def wake(self) -> None:
        """Link soon; later if more decisions come."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = threading.Timer(self._wait, self._link)
            self._timer.daemon = True
            self._timer.start()

    def _link(self) -> None:
        began = time.monotonic()
        self._archive.relink()
        self._wait = max(_WAIT, 2 * (time.monotonic() - began))  # a great archive is not linked after every key


def _reviews(request: Request) -> Reviews:
    return site_of(request).archive.reviews


def relinker_of(request: Request) -> Relinker:
    """The one that links for the running app."""
    state = request.app.state
    if not hasattr(state, "relinker"):
        state.relinker = Relinker(site_of(request).archive)
    return cast(Relinker, state.relinker)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unnamed"


class Asked:
    """What a review page is asked for: which list, about what, which thing in it, by whom. All of it stands in the address."""

    def __init__(self, given: QueryParams | FormData) -> None:
        kind = str(given.get("kind") or "entries")
        if kind not in REVIEWABLE:
            raise HTTPException(400, f"there is nothing to review under {kind[:40]!r}: {', '.join(REVIEWABLE)}")
        self.kind: Noun = kind
        self.about = str(given.get("about") or "").strip()[:1000] or None
        self.id = str(given.get("id") or "")[:200] or None
        self.by = " ".join(str(given.get("by") or "").split())[:100]

    def url(self, path: str = "/review", **changes: str | None) -> str:
        """The address of a page of this review."""
        pairs = {"kind": self.kind, "about": self.about, "id": self.id, "by": self.by, **changes}
        return f"{path}?{urlencode({name: value for name, value in pairs.items() if value})}"


@router.get("/review")
def review(request: Request) -> Response:
    """One thing to decide on: the one asked for, else the first that nobody has decided on."""
    site, asked, reviews = site_of(request), Asked(request.query_params), _reviews(request)
    id = asked.id or next(reviews.todo(asked.kind, asked.about), None)
    seen, problem = None, None
    if id is not None:
        try:
            seen = reviews.sight(id)
        except ArchiveError as error:
            if not asked.id:
                raise
            problem = str(error)
    before, after, at, every = _around(site, asked, id)
    return page(
        request,
        "review.html",
        asked=asked,
        by=asked.by or _user(),
        kinds=REVIEWABLE,
        sight=seen,
        problem=problem,
        pieces=_pieces(seen) if seen else [],
        fields=_fields(seen) if seen else [],
        editable=_editable(seen) if seen else [],
        names=_names(site, seen),
        at=at,
        every=every,
        before=asked.url(id=before) if before else None,
        after=asked.url(id=after) if after else None,
        mine=_last(reviews.decisions(), asked.by or _user()),
        rates=reviews.rates(),
        queued=len(reviews.queue()),
        told=told,
        past=_PAST,
    )


@router.get("/review.json")
def review_json(request: Request) -> Response:
    """What there is to look at, the first of it, as JSON."""
    asked, reviews = Asked(request.query_params), _reviews(request)
    return json_rows(reviews.sight(id) for id in islice(reviews.todo(asked.kind, asked.about), SHOWN))


@router.get("/review/shown")
def shown(request: Request) -> Response:
    """Several things at once, to be confirmed or rejected together: what is shown, and nothing else."""
    asked, reviews = Asked(request.query_params), _reviews(request)
    ids = list(islice(reviews.todo(asked.kind, asked.about), SHOWN))
    sights = [reviews.sight(id) for id in ids]
    rows = [(seen, _pieces(seen, 160), _fields(seen)) for seen in sights]
    return page(request, "review_shown.html", asked=asked, by=asked.by or _user(), kinds=REVIEWABLE, rows=rows)


@router.get("/review/queue")
def queue(request: Request) -> Response:
    """Decisions to be looked at again."""
    asked, reviews = Asked(request.query_params), _reviews(request)
    rows = []
    for one in reviews.queue():
        part, reader = one.decision.parts[one.first.part], one.first.reader
        names = list(dict.fromkeys([*(part.now or {}), *(reader or {})]))
        differ = [
            (name.replace("_", " "), words((part.now or {}).get(name)), words((reader or {}).get(name)))
            for name in names
            if (part.now or {}).get(name) != (reader or {}).get(name)
        ]
        rows.append((one, differ if part.now is not None and reader is not None else []))
    return page(request, "review_queue.html", asked=asked, by=asked.by or _user(), rows=rows, told=told)


@router.get("/review/decisions")
def decisions(request: Request) -> Response:
    """What was decided, the last first; ``rejected`` shows what was rejected, ``undone`` also what was undone."""
    asked, reviews = Asked(request.query_params), _reviews(request)
    only = request.query_params.get("only") or ""
    every = reviews.decisions(undone=only == "undone")
    found = [one for one in reversed(every) if only != "rejected" or one.verdict == "reject"]
    holding = {one.id for one in reviews.decisions()}
    states = {id: next((o for o in each if o.state != "applied"), each[0]) for id, each in reviews.outcomes().items()}
    return page(
        request,
        "review_decisions.html",
        asked=asked,
        by=asked.by or _user(),
        only=only,
        rows=found[:500],
        total=len(found),
        holding=holding,
        states=states,
        told=told,
    )


@router.get("/review/decisions.jsonl")
def export(request: Request) -> Response:
    """All decisions as JSON lines, as ``dateline review import`` takes them."""
    answer = Response("".join(f"{line}\n" for line in _reviews(request).export()), media_type="application/jsonl")
    answer.headers["content-disposition"] = 'attachment; filename="decisions.jsonl"'
    return answer


# ── writes ────────────────────────────────────────────────────────────────────────────────────────────────────────


@router.post("/review", dependencies=[Depends(checked)])
async def decide(request: Request) -> Response:
    """Keep what a person decided, and go on to the next thing."""
    form = await request.form()
    asked = Asked(form)
    return await run_in_threadpool(_decide, request, form, asked)


def _decide(request: Request, form: FormData, asked: Asked) -> Response:
    reviews, act, by = _reviews(request), str(form.get("act") or ""), asked.by or _user()
    why = str(form.get("why") or "") or None
    ids = [str(id) for id in form.getlist("ids")][:SHOWN]
    to = str(form.get("to") or "")
    try:
        following = _around(site_of(request), asked, asked.id)[1] if asked.id else None
        if act in ("confirm", "reject") and ids:
            for id in ids:
                reviews.decide(id, cast(Choice, act), by=by, why=why)
        elif act in ("confirm", "reject") and asked.id:
            reviews.decide(asked.id, cast(Choice, act), by=by, why=why)
        elif act == "correct" and asked.id:
            reviews.decide(asked.id, "correct", _changes(form), by=by, why=why)
        elif act == "note" and asked.id:
            reviews.note(asked.id, str(form.get("note") or ""), by=by)
            following = asked.id
        elif act == "undo":
            undone = reviews.undo(str(form.get("decision") or "") or None, by=by, why=why)
            following = _undone_at(site_of(request), undone, reviews) or asked.id
        elif act == "keep":
            reviews.keep(str(form.get("decision") or ""), by=by, why=why)
        elif act == "merge" and asked.id:
            reviews.merge(
                [asked.id, *_others(site_of(request), asked.kind, str(form.get("with") or ""))], by=by, why=why
            )
        elif act == "split" and asked.id and form.get("name"):
            report = str(form.get("report") or "") or None
            reviews.split_actor(asked.id, str(form.get("name")), report=report, by=by, why=why)
        elif act == "split" and asked.id:
            reviews.split_event(asked.id, [str(one) for one in form.getlist("report")], by=by, why=why)
        else:
            raise HTTPException(400, "say what to do with what")
    except DatelineError as error:
        raise HTTPException(400, str(error)) from None
    relinker_of(request).wake()
    if to == "queue":
        return RedirectResponse(asked.url("/review/queue", id=None), 303)
    if to == "decisions":
        return RedirectResponse(asked.url("/review/decisions", id=None), 303)
    if to == "shown":
        return RedirectResponse(asked.url("/review/shown", id=None), 303)
    return RedirectResponse(asked.url(id=following), 303)


def _undone_at(site: Site, undone: Decision, reviews: Reviews) -> str | None:
    """The line that an undone decision was on, if it is in the lists as they are: the person sees what holds again."""
    was = next((one for one in reviews.decisions(undone=True) if one.id == undone.of), None)
    return was.row if was is not None and was.row and site.archive.store.one(was.row, ROWS) else None


def _changes(form: FormData) -> dict[str, str]:
    """The fields of the form that are not what they were shown as."""
    given = {name[2:]: str(value) for name, value in form.multi_items() if name.startswith("f-")}
    were = {name[2:]: str(value) for name, value in form.multi_items() if name.startswith("w-")}
    changed = {name: value.strip() for name, value in given.items() if value.strip() != were.get(name, "").strip()}
    if not changed:
        raise HTTPException(400, "nothing was changed: confirm it instead")
    return changed


def _others(site: Site, kind: Noun, given: str) -> list[str]:
    """The ids that a person named, by id or, for actors, by name.

    Raises:
        ArchiveError: nobody goes by a name.
    """
    found = []
    for one in (part.strip() for part in given.split(";") if part.strip()):
        row = site.shelves.row(kind, one)
        ids = [one] if row is not None else [site.shelves.actors_named([one]).get(one)] if kind == "actors" else [None]
        if ids[0] is None:
            raise ArchiveError(one, "is not the id or the name of anything in this list")
        found.append(ids[0])
    return found


# ── what a page shows ─────────────────────────────────────────────────────────────────────────────────────────────


def _around(site: Site, asked: Asked, id: str | None) -> tuple[str | None, str | None, int | None, int]:
    """The ids before and after one in its list, its place and the length of the list."""
    ids = site.shelves.ids(Ask(noun=asked.kind, about=asked.about))
    if id is None or id not in ids:
        return None, None, None, len(ids)
    at = ids.index(id)
    return (
        ids[at - 1] if at else None,
        ids[at + 1] if at + 1 < len(ids) else None,
        at + 1,
        len(ids),
    )


def _pieces(seen: Sight, around: int | None = None) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is marked; with ``around`` only so much before and after the marks."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in seen.marked:
        pieces += [(seen.text[at:start], False), (seen.text[start:end], True)]
        at = end
    pieces.append((seen.text[at:], False))
    if around is not None:
        first, last = pieces[0][0], pieces[-1][0]
        pieces[0] = (first if len(first) <= around else f"… {first[-around:].partition(' ')[2]}", False)
        pieces[-1] = (last if len(last) <= around else f"{last[:around].rpartition(' ')[0]} …", False)
    return [piece for piece in pieces if piece[0]]


def _fields(seen: Sight) -> list[tuple[str, str, str | None]]:
    """The fields as they are shown: name, what stands, and what the reader finds where that is something else.

    The words themselves are left out: they stand marked in the text.
    """
    shown = seen.fields or seen.reader or {}
    reader = seen.reader if seen.fields else None
    return [
        (
            name.replace("_", " "),
            words(value),
            words(reader.get(name)) if reader and reader.get(name) != value else None,
        )
        for name, value in shown.items()
        if name not in ("lat", "lon", "geonameid", SPAN.get(seen.kind))
    ]


def _editable(seen: Sight) -> list[tuple[str, str, str]]:
    """The fields as a form has them: name, label, value."""
    shown = seen.fields or seen.reader or {}
    found = []
    for name in FIELDS[seen.kind]:
        if name not in shown or name in ("lat", "lon", "geonameid", "precision"):
            continue
        value = shown[name]
        if name in NAME_LISTS:
            text = "; ".join(value)
        elif isinstance(value, list) and all(isinstance(one, int | float) for one in value):
            text = "-".join(str(one) for one in value)
        else:
            text = "" if value is None else words(value)
        if isinstance(value, dict):  # words must be copied exactly, blanks and all
            text = value["text"]
        elif name == "content":
            text = " … ".join(span["text"] for span in value)
        found.append((name, name.replace("_", " "), text))
    return found


def _names(site: Site, seen: Sight | None) -> list[Any]:
    """The names of an actor with the reason for each, for splitting."""
    if seen is None or seen.kind != "actor":
        return []
    row = site.shelves.row("actors", seen.id)
    return list(row.names) if isinstance(row, Actor) else []


def _last(decided: list[Decision], by: str) -> Decision | None:
    """What the undo key would undo."""
    return next((one for one in reversed(decided) if one.by == by), None)
