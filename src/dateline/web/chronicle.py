"""The chronicle: its lines, page by page, with what stands under each; one line alone; the marks for timeline and map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from dateline.archive.browse import Ask, Shelves
from dateline.records import Commitment, Dispute, Entry, FigureRow, Report, StatementRow
from dateline.web.asking import SIZE, asked
from dateline.web.site import all_rows, columns_of, csv_rows, json_rows, page, site_of

router = APIRouter()

MARK: Final = (
    *("id", "start", "end", "precision", "status", "kind", "text", "lat", "lon", "place_precision", "country"),
    *("place", "outcome", "outcome_entry", "origins"),
)
"""The fields of a mark, in the order of its array. ``start`` and ``end`` are days since 1970, the end not included."""


class Lines:
    """Lines of a chronicle with what their ids stand for, for a template."""

    def __init__(self, shelves: Shelves, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self._statements = _by_id(shelves.rows("statements", [id_ for e in entries for id_ in e.statements]))
        self._figures = _by_id(shelves.rows("figures", [id_ for e in entries for id_ in e.figures]))
        self._disputes = _by_id(shelves.rows("disputes", [id_ for e in entries for id_ in e.disputes]))
        self._commitments = _by_id(shelves.rows("commitments", [e.commitment for e in entries if e.commitment]))
        self._reports = shelves.heads(sorted({pin.report for e in entries for pin in e.pins}))
        self._actors = shelves.actors_named(sorted({name for e in entries for name in e.actors}))

    def statements(self, entry: Entry) -> list[StatementRow]:
        """The statements under a line."""
        return [row for id_ in entry.statements if (row := self._statements.get(id_))]

    def figures(self, entry: Entry) -> list[FigureRow]:
        """The figures under a line."""
        return [row for id_ in entry.figures if (row := self._figures.get(id_))]

    def disputes(self, entry: Entry) -> list[Dispute]:
        """The disputes that a line is part of."""
        return [row for id_ in entry.disputes if (row := self._disputes.get(id_))]

    def commitment(self, entry: Entry) -> Commitment | None:
        """What a line announces."""
        return self._commitments.get(entry.commitment) if entry.commitment else None

    def report(self, id_: str) -> Report | None:
        """A report without its text."""
        return self._reports.get(id_)

    def actor_id(self, name: str) -> str | None:
        """The id of an actor by its name."""
        return self._actors.get(name)

    def reported(self, entry: Entry) -> str | None:
        """The day of the first report of a line."""
        days = (row.published for id_ in entry.reports if (row := self._reports.get(id_)))
        return min((day[:10] for day in days if day), default=None)


def _by_id(rows: Sequence[Any]) -> dict[str, Any]:
    return {row.id: row for row in rows}


@router.get("/")
def chronicle(request: Request) -> Response:
    """The lines that answer, a page of them."""
    site, question = site_of(request), asked("entries", request.query_params)
    total = site.shelves.count(question.ask)
    rows = site.shelves.rows("entries", site.shelves.ids(question.ask, SIZE, question.offset))
    return page(
        request,
        "chronicle.html",
        asked=question,
        lines=Lines(site.shelves, rows),
        total=total,
        every=site.shelves.count(Ask(noun="entries")),
        facets=site.shelves.facets(question.ask),
    )


@router.get("/chronicle.json")
def chronicle_json(request: Request) -> Response:
    """All lines that answer, or those of the page named."""
    return json_rows(all_rows(site_of(request), "entries", asked("entries", request.query_params)))


@router.get("/chronicle.csv")
def chronicle_csv(request: Request) -> Response:
    """The same rows as a table."""
    rows = all_rows(site_of(request), "entries", asked("entries", request.query_params))
    return csv_rows("chronicle", columns_of(Entry), rows)


@router.get("/chronicle/marks.json")
def marks(request: Request) -> Response:
    """What timeline and map draw of every line that answers: ``{"fields": […], "marks": [[…], …]}``."""
    site, question = site_of(request), asked("entries", request.query_params)
    rows = list(site.shelves.marks(question.ask))
    fields = ",".join(f'"{name}"' for name in MARK)

    def parts() -> Iterator[str]:
        yield f'{{"fields":[{fields}],"marks":['
        for start in range(0, len(rows), 1_000):
            yield ("," if start else "") + ",\n".join(rows[start : start + 1_000])
        yield "]}\n"

    return StreamingResponse(parts(), media_type="application/json")


@router.get("/entry/{id_}.json")
def entry_json(request: Request, id_: str) -> Response:
    """The same line as JSON, in an array of one."""
    return json_rows([_found(site_of(request).shelves, id_)])


@router.get("/entry/{id_}")
def entry(request: Request, id_: str) -> Response:
    """One line with all it stands on."""
    site = site_of(request)
    row = _found(site.shelves, id_)
    around = asked("entries", request.query_params)
    before = site.shelves.position(around.ask, id_) or 0
    return page(
        request,
        "entry.html",
        entry=row,
        lines=Lines(site.shelves, [row]),
        events=site.shelves.rows("events", site.shelves.ids(Ask(noun="events", terms=(("entry", (id_,)),)), SIZE)),
        at_page=before // SIZE + 1,
    )


def _found(shelves: Shelves, id_: str) -> Entry:
    row = shelves.row("entries", id_)
    if not isinstance(row, Entry):
        raise HTTPException(404, "there is no such line in this archive (lines are made anew when reports are added)")
    return row
