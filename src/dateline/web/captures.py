"""Captures: two of a report side by side with what differs, and one as it came, as text and never as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter, Request
from lxml import etree, html
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response

from dateline.capture.charset import decode
from dateline.errors import ArchiveError
from dateline.fold.edits import differences
from dateline.records import Extract, RawCapture
from dateline.web.marked import Block, Note, blocks
from dateline.web.site import page, site_of

router = APIRouter()

_SHOWN = 400_000  # characters of a raw capture on a page; the file has all of it
_TAKEN_APART = 8_000_000  # bytes of a page whose furniture is looked for
_SILENT = ("script", "style", "noscript", "template", "head", "svg", "iframe", "object", "select")
_SPACE = re.compile(r"\s+")
_PLAIN = re.compile(r"\W+")


@dataclass(frozen=True)
class Side:
    """One capture beside another: what it holds, its text with what differs marked, and what of it is not the report."""

    id: str
    path: str
    url: str | None
    captured: str | None
    extract: Extract
    blocks: list[Block]
    furniture: list[str]


@router.get("/report/{id_}/captures")
def captures(request: Request, id_: str) -> Response:
    """Two captures of a report beside each other: ``left`` and ``right`` name them, the first two else."""
    site = site_of(request)
    report = site.shelves.report(id_)
    if report is None:
        raise HTTPException(404, "there is no such report in this archive")
    extracts = site.shelves.extracts(report.captures)
    version_of = {capture: number for number, version in enumerate(report.versions, 1) for capture in version.captures}
    names = sorted((name for name in report.captures if name in extracts), key=lambda name: version_of.get(name, 0))
    if not names:
        raise HTTPException(404, "no capture of this report is left")
    left = _chosen(request.query_params.get("left"), names, 0)
    newest = report.from_.get("text", "")
    right = _chosen(request.query_params.get("right"), names, names.index(newest) if newest in names[1:] else 1)
    one, other = extracts[left].text, extracts[right].text
    changed = differences(one, other) if left != right else []
    gone = [Note("old", each.old.start, each.old.end, 0) for each in changed if each.old]
    come = [Note("new", each.new.start, each.new.end, 0) for each in changed if each.new]
    row = next(iter(site.shelves.reports([id_])))
    places = {ref.id: ref for ref in row.captures}
    sides = []
    for name, notes in ((left, gone), (right, come)):
        ref, found = places.get(name), extracts[name]
        raw = site.archive.raw(name)
        path = f"{ref.path}{f' ({ref.record})' if ref.record else ''}" if ref else raw.path
        marked = blocks(found.text, found.parts, notes)
        sides.append(Side(name, path, raw.url, raw.captured, found, marked, list(furniture(raw, found))))
    return page(
        request,
        "captures.html",
        report=report,
        row=row,
        names=names,
        places=places,
        sides=sides,
        changed=changed,
        version_of=version_of,
        single=len(names) == 1,
    )


@router.get("/capture/{id_}/raw.txt")
def raw_text(request: Request, id_: str) -> Response:
    """A capture as plain text, whatever it is."""
    return PlainTextResponse(_text(_raw(request, id_)).encode("utf-8", "replace"))


@router.get("/capture/{id_}/bytes")
def raw_bytes(request: Request, id_: str) -> Response:
    """A capture byte for byte, to be kept and not to be opened: under our name for it, not its own."""
    raw = _raw(request, id_)
    name = re.sub(r"\W", "", id_)
    headers = {"content-disposition": f'attachment; filename="{name}.bin"'}
    return Response(raw.data, media_type="application/octet-stream", headers=headers)


@router.get("/capture/{id_}")
def raw(request: Request, id_: str) -> Response:
    """A capture as it came, as text."""
    found = _raw(request, id_)
    text = _text(found)
    return page(request, "capture.html", raw=found, text=text[:_SHOWN], cut=len(text) > _SHOWN, size=len(found.data))


def _raw(request: Request, id_: str) -> RawCapture:
    try:
        return site_of(request).archive.raw(id_)
    except ArchiveError as error:
        raise HTTPException(404, "there is no such capture in this archive") from error


def _text(raw: RawCapture) -> str:
    """What a capture holds, as characters; the fields of a row of a dump one after the other."""
    if raw.format == "mapped" and raw.fields:
        told = (
            (name, value if isinstance(value, str) else ", ".join(value or [])) for name, value in raw.fields.items()
        )
        return "\n\n".join(f"{name}: {value}" for name, value in told)
    return decode(raw.data, raw.charset)


def _chosen(asked: str | None, names: list[str], default: int) -> str:
    return asked if asked in names else names[min(default, len(names) - 1)]


def furniture(raw: RawCapture, found: Extract) -> Iterator[str]:
    """The lines of a capture that are neither its article nor its side matter, in order, each once."""
    kept = _plain(" ".join([found.title or "", found.text, *(f"{s.title or ''} {s.text}" for s in found.side)]))
    seen: set[str] = set()
    for line in _lines(raw):
        key = _plain(line)
        if key and key not in seen and key not in kept:
            seen.add(key)
            yield line


def _lines(raw: RawCapture) -> Iterator[str]:
    """The lines of a capture as a reader would see them."""
    text = _text(raw)
    if raw.format != "html":
        if raw.format in ("text", "mapped"):
            yield from (line.strip() for line in text.split("\n") if line.strip())
        return
    if len(raw.data) > _TAKEN_APART:
        return
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in _SILENT or _within_silent(element):
            continue
        own = [element.text or "", *(child.tail or "" for child in element)]
        line = _SPACE.sub(" ", " ".join(own)).strip()
        if line:
            yield line


def _within_silent(element: html.HtmlElement) -> bool:
    return any(above.tag in _SILENT for above in element.iterancestors())


def _plain(text: str) -> str:
    return _PLAIN.sub("", text).lower()
