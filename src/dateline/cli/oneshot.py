"""The commands that need no archive: extract, fold, read, relate, link, timeline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from dateline.cli.stdin import json_lines, refuse
from dateline.cli.terminal import (
    Json,
    app,
    print_json,
    print_lines,
)
from dateline.errors import CaptureError, ReadingError

if TYPE_CHECKING:
    from dateline.records import Reading, Telling


@app.command(epilog="Example: dateline extract --json page.html   |   dateline extract --json - < pages.jsonl")
def extract(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH…|-", help="Captures; - reads JSON lines with id and text or html.", show_default=False
        ),
    ],
    json: Json = False,
) -> None:
    """Captures to text and metadata, without an archive."""
    from dateline.capture.extract import extract as extracted
    from dateline.capture.find import find, from_line, name_id
    from dateline.records import RawCapture, Refusal

    refused: list[Refusal] = []

    def captures() -> Iterator[RawCapture]:
        if paths == ["-"]:
            for number, row in json_lines(refused):
                try:
                    yield from_line(row)
                except CaptureError as error:
                    refuse(refused, Refusal(path="-", record=f"line {number}", reason=error.reason))
            return
        for item in find(paths):
            if isinstance(item, Refusal):
                refuse(refused, item)
            else:
                yield msgspec.structs.replace(item, id=name_id(item.path)) if item.record is None else item

    for raw in captures():
        found = extracted(raw)
        if json:
            print_json([found])
        else:
            print_lines(
                [
                    f"{found.title or 'untitled'} · {found.date or 'undated'} · {', '.join(found.authors) or 'no author'}",
                    "",
                    found.text,
                    "",
                ]
            )
            print_lines(f"[{item.title or 'side matter'}] {item.text}" for item in found.side)
    raise typer.Exit(1 if refused else 0)


@app.command(
    short_help="JSON lines of texts to reports, without an archive.",
    epilog="Example: dateline fold --json < captures.jsonl",
)
def fold(json: Json = False) -> None:
    """JSON lines with id and text to their reports, without an archive."""
    from dateline.fold.cluster import fold as folded
    from dateline.fold.same import Body, day_in_address

    refused: list[Any] = []
    rows = (row for _, row in json_lines(refused, "text"))
    texts = ((row["id"], Body(row["text"], day_in_address(row.get("url")))) for row in rows)
    groups = folded(texts)
    if json:
        print_json({"id": id, "report": report} for id, report in groups.items())
    else:
        members: dict[str, list[str]] = {}
        for id, report in groups.items():
            members.setdefault(report, []).append(id)
        print_lines(f"{len(ids):5}  {' '.join(ids)}" for ids in members.values())
    raise typer.Exit(1 if refused else 0)


@app.command(
    short_help="JSON lines of texts to Readings, without an archive.",
    epilog="Example: dateline read --json < docs.jsonl",
)
def read(json: Json = False) -> None:
    """JSON lines with id, text, title and published to Readings, in order, without an archive."""
    refused: list[Any] = []
    for _, reading in _readings(refused, ("published", "title", "country")):
        if json:
            print_json([reading])
        else:
            counts = {
                name: len(getattr(reading, name))
                for name in ("times", "places", "actors", "statements", "figures", "events")
            }
            told = ", ".join(f"{number} {name}" for name, number in counts.items()) if reading.read else reading.why_not
            print_lines([f"{reading.id}: {told}"])
    raise typer.Exit(1 if refused else 0)


@app.command(
    short_help="The relation between two parties in a sentence.",
    epilog="Example: dateline relate --json < rows.jsonl",
)
def relate(json: Json = False) -> None:
    """JSON lines {"id", "text", "source", "target"} to {"id", "root", "penta", "conflict"}: what one party does to another.

    A party is {"start", "end"} in the text, or null."""
    from dateline.read.relations import relation
    from dateline.records import Refusal

    refused: list[Any] = []
    for number, row in json_lines(refused, "text"):
        try:
            source, target = (_party(row.get(role), len(row["text"])) for role in ("source", "target"))
        except ValueError as error:
            refuse(refused, Refusal(path="-", record=f"line {number}", reason=str(error)))
            continue
        found = relation(row["text"], source, target)
        if json:
            print_json([{"id": row["id"], **found._asdict()}])
        else:
            print_lines([f"{row['id']}: {found.root}"])
    raise typer.Exit(1 if refused else 0)


@app.command(
    short_help="Documents linked over all of them: stories, and who and what they share.",
    epilog="Example: dateline link --json < docs.jsonl",
)
def link(json: Json = False) -> None:
    """JSON lines {"id", "text", "title", "published"} to {"id", "cluster", "events", "entities", "places", "times"}:
    mentions whose "instance" is shared over all documents, without an archive."""
    from dateline.link.documents import linked_documents

    refused: list[Any] = []
    found = list(linked_documents(list(_tellings(refused))))
    if json:
        print_json(found)
    else:
        stories: dict[str, list[str]] = {}
        for row in found:
            stories.setdefault(row["cluster"], []).append(row["id"])
        print_lines(f"{len(ids):5}  {' '.join(ids)}" for ids in stories.values())
    raise typer.Exit(1 if refused else 0)


@app.command(
    short_help="The ordered events of somebody over some documents.",
    epilog="Example: dateline timeline --json --about Orland < docs.jsonl",
)
def timeline(
    about: Annotated[str, typer.Option(help="An actor under any name, or words.")],
    id: Annotated[str | None, typer.Option(help="The id of the row; otherwise it is what was asked about.")] = None,
    json: Json = False,
) -> None:
    """JSON lines {"id", "text", "title", "published"} to one timeline {"id", "entity", "entries"}, without an archive."""
    from dateline.chronicle.entries import entries
    from dateline.chronicle.timeline import timeline as timeline_of
    from dateline.link.linker import link as link_all

    refused: list[Any] = []
    told = list(_tellings(refused))
    linked = link_all(told)
    found = timeline_of(about, entries(linked, told), linked, told)
    if json:
        print_json([{"id": id or about, "entity": about, "entries": found}])
    else:
        print_lines(
            f"{entry['order']:4}  {entry['date']}  {', '.join(event['text'] for event in entry['events'])}"
            for entry in found
        )
    raise typer.Exit(1 if refused else 0)


def _readings(refused: list[Any], may: tuple[str, ...]) -> Iterator[tuple[dict[str, Any], Reading]]:
    """The documents on standard input, each with its Reading; one that cannot be read is refused.

    Args:
        refused: where refusals go.
        may: what a line may say of its document for `dateline.read.read`.
    """
    from dateline.read.reader import read as reading_of
    from dateline.records import Refusal

    for line, row in json_lines(refused, "text", may=may):
        try:
            reading = reading_of(row["text"], id=row["id"], **{name: row.get(name) for name in may})
        except Exception as error:  # a mistake of ours in one text must not cost the others
            why = str(error) if isinstance(error, ReadingError) else f"{type(error).__name__}: {error}"
            refuse(refused, Refusal(path="-", record=f"line {line}", reason=f"reading failed ({why})"))
        else:
            yield row, reading


def _tellings(refused: list[Any]) -> Iterator[Telling]:
    """The documents on standard input, each read as a report of its own."""
    from dateline.capture.layout import layout
    from dateline.records import Telling as Told

    for row, reading in _readings(refused, ("published", "title")):
        yield Told(
            report=row["id"],
            version=row["id"],
            title=row.get("title"),
            published=row.get("published"),
            publisher=None,
            origin=f"unknown: {row['id']}",
            text=row["text"],
            parts=layout(row["text"]),
            reading=reading,
        )


def _party(given: Any, length: int) -> tuple[int, int] | None:
    """Where a party stands.

    Raises:
        ValueError: it is no span of the text.
    """
    if given is None:
        return None
    start, end = (given.get("start"), given.get("end")) if isinstance(given, dict) else (None, None)
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= length):
        raise ValueError("'source' and 'target' are {\"start\", \"end\"} in the text, or null")
    return start, end
