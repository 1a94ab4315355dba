"""Folders and files to captures: each file's format is told by its content, each bad input is named once with its reason."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dateline.capture import dump, eml, feed, mhtml, pdf, wacz, warc
from dateline.capture.mapping import FieldMapping, mapping_of
from dateline.capture.sniff import HEAD, kind_of
from dateline.capture.streams import BadInput, Input, Meter, Readable, capture, shown, whole
from dateline.errors import CaptureError
from dateline.records import RawCapture, Refusal

# What browsers and their extensions write into a page that they save.
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", re.IGNORECASE)
_SINGLE_FILE = re.compile(
    rb"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)\s+saved date:\s*([^\n]+?)\s*-->", re.DOTALL
)


def find(
    paths: Iterable[str | os.PathLike[str]],
    mapping: FieldMapping | str | None = None,
    meter: Meter | None = None,
) -> Iterator[RawCapture | Refusal]:
    """The captures in files and folders, in the order given, folders in the order of their names.

    Nothing that is wrong with an input raises: it is given as a `Refusal`, once, and the rest goes on.

    Args:
        paths: files and folders; folders are walked, without hidden files.
        mapping: which field of a dump's row is what (ours to theirs), or the name of a preset; by default the fields tell.
        meter: tells, while captures are taken, how much of all the files is done; that needs a first walk to count them.

    Raises:
        CaptureError: a path does not exist, or the mapping is none. Raised before anything is given.
    """
    return _all(_present(paths), mapping_of(mapping), meter)


def walk(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Input | Refusal]:
    """The files at and under some paths, in the order in which `find` takes them, and what is wrong with others.

    Raises:
        CaptureError: a path does not exist.
    """
    meter = Meter()
    for path in _present(paths):
        yield from _files(path, (), meter)


def from_line(row: Mapping[str, Any]) -> RawCapture:
    """A capture from a ``{"id", "text" or "html", "url"}`` line; its id is kept as given.

    Raises:
        CaptureError: there is no text and no html in it.
    """
    content = next(((kind, row[kind]) for kind in ("html", "text") if isinstance(row.get(kind), str)), None)
    if content is None:
        raise CaptureError(row.get("id"), "the line has neither text nor html")
    kind, words = content
    url = row.get("url")
    made = capture(
        words.encode("utf-8", "replace"),
        "",
        "html" if kind == "html" else "text",
        url=url if isinstance(url, str) else None,
        charset="utf-8",
    )
    return made if row.get("id") is None else _with_id(made, str(row["id"]))


def name_id(path: str | os.PathLike[str]) -> str:
    """A file's name up to its first dot (a leading one apart): its id where files are extracted without an archive."""
    name = os.path.basename(os.fspath(path))
    return name[:1] + name[1:].partition(".")[0]


def _with_id(raw: RawCapture, id: str) -> RawCapture:
    import msgspec

    return msgspec.structs.replace(raw, id=id)


def _present(paths: Iterable[str | os.PathLike[str]]) -> list[Path]:
    given = [Path(path) for path in paths]
    for path in given:
        if not os.path.lexists(path):
            raise CaptureError(shown(path))
    return given


def _all(paths: list[Path], mapping: FieldMapping | None, meter: Meter | None) -> Iterator[RawCapture | Refusal]:
    if meter is None:
        meter = Meter()
    else:
        every = (found for path in paths for found in _files(path, (), meter))
        meter.expect(sum(found.size for found in every if isinstance(found, Input)))
    for path in paths:
        for found in _files(path, (), meter):
            if isinstance(found, Refusal):
                yield found
            else:
                yield from _captures(found, mapping)
                meter.passed(found.size)


def _files(path: Path, above: tuple[tuple[int, int], ...], meter: Meter) -> Iterator[Input | Refusal]:
    """The regular files at or under a path; ``above`` are the folders it lies in, so that a loop is seen."""
    try:
        status = path.stat()
    except FileNotFoundError:
        yield Refusal(path=shown(path), record=None, reason="it is a link to nothing")
        return
    except OSError as error:
        yield Refusal(path=shown(path), record=None, reason=_trouble(error))
        return
    if stat.S_ISREG(status.st_mode):
        yield Input(path, shown(path), status.st_size, meter)
    elif not stat.S_ISDIR(status.st_mode):
        yield Refusal(path=shown(path), record=None, reason="it is neither a file nor a folder")
    elif (here := (status.st_dev, status.st_ino)) in above:
        yield Refusal(path=shown(path), record=None, reason="it is a link back to a folder that it lies in")
    else:
        try:
            names = sorted(name for name in os.listdir(path) if not name.startswith("."))
        except OSError as error:
            yield Refusal(path=shown(path), record=None, reason=_trouble(error))
            return
        for name in names:
            yield from _files(path / name, (*above, here), meter)


def _trouble(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "it cannot be read: permission denied"
    return f"it cannot be read: {error.strerror or error}"


def _captures(source: Input, mapping: FieldMapping | None) -> Iterator[RawCapture | Refusal]:
    """The captures in one file; what stops it is named, and nothing else happens. A file that holds none is named too."""
    empty = True
    try:
        for found in _told(source, mapping):
            empty = False
            yield found
        if empty:
            yield Refusal(path=source.path, record=None, reason="there is no page and no text in it")
    except (BadInput, ValueError) as error:
        yield Refusal(path=source.path, record=None, reason=str(error))
    except OSError as error:
        yield Refusal(path=source.path, record=None, reason=_trouble(error))
    except Exception as error:  # a hostile file may break any parser; it is named, the rest goes on
        yield Refusal(path=source.path, record=None, reason=f"it cannot be read ({type(error).__name__}: {error})")


def _told(source: Input, mapping: FieldMapping | None) -> Iterator[RawCapture | Refusal]:
    with source.open() as stream:
        head = stream.read(HEAD)
    if not head.strip():
        raise BadInput("it is empty" if not head else "there is nothing but white space in it")
    kind = kind_of(head)
    if kind in ("warc", "zip"):
        read = warc.captures if kind == "warc" else wacz.captures
        with source.packed() as file:  # both are unpacked by their own readers
            yield from read(file, source.path)
        return
    with source.open() as stream:
        if kind == "json":
            with source.open() as again:
                rows = dump.json_lines if dump.is_lines(again) else dump.json_document
            yield from rows(stream, source.path, mapping)
        elif kind == "text" and dump.delimiter_of(head, mapping):
            yield from dump.table(stream, head, source.path, mapping)
        elif kind == "mbox":
            yield from eml.mailbox(stream, source.path)
        else:
            yield from _whole(kind, stream, source.path)


def _whole(kind: str, stream: Readable, path: str) -> Iterator[RawCapture | Refusal]:
    data = whole(stream)
    if kind == "mhtml":
        yield mhtml.page(data, path)
    elif kind == "pdf":
        yield pdf.page(data, path)
    elif kind == "mail":
        yield eml.message(data, path)
    elif kind == "feed":
        yield from feed.items(data, path)
    elif kind == "html":
        yield _saved(data, path)
    else:
        yield capture(data, path, "text")


def _saved(data: bytes, path: str) -> RawCapture:
    """A page, with the address and time that the program which saved it wrote into it."""
    head = data[:HEAD]
    if match := _SINGLE_FILE.search(head):
        return capture(data, path, "html", url=_ascii(match[1]), captured=_saved_date(_ascii(match[2])))
    url = _ascii(match[1]) if (match := _SAVED_FROM.search(head)) else None
    return capture(data, path, "html", url=url if url and url.startswith("http") else None)


def _ascii(words: bytes) -> str:
    return words.decode("ascii", "ignore")


def _saved_date(words: str) -> str | None:
    from dateline.capture import dates

    moment = dates.parse(re.sub(r"\(.*\)|^\w{3} (?=\w{3} \d)", "", words))
    return moment.published if moment else None
