"""Dumps: the rows of JSON, JSON Lines and CSV files, each a capture with its fields under our names."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from dateline.capture import feed
from dateline.capture.charset import decode, encoding_of
from dateline.capture.mapping import FieldMapping, has_text, mapped
from dateline.capture.sniff import HEAD
from dateline.capture.streams import LARGEST, BadInput, Readable, capture, lines, whole
from dateline.records import RawCapture, Refusal

_LISTS = ("items", "articles", "stories", "results", "documents", "docs", "data", "records", "entries", "news", "hits")
_DELIMITERS = ",;\t|"
_LOOKED_AT = 3  # lines, in case the first is broken
_NAMED = 12  # fields that a refusal lists


def is_lines(stream: Readable) -> bool:
    """Whether a JSON file has one document a line: one of its first lines is a whole object by itself."""
    looked_at = 0
    for _, line in lines(stream):
        if line is None or looked_at == _LOOKED_AT:
            return False
        if not line.strip():
            continue
        looked_at += 1
        try:
            if isinstance(json.loads(decode(line)), dict):
                return True
        except (ValueError, RecursionError):
            continue
    return False


def json_lines(stream: Readable, path: str, mapping: FieldMapping | None) -> Iterator[RawCapture | Refusal]:
    """The lines of a JSON Lines file; one that is not JSON, or has no text, is named with its number."""
    number = 0
    try:
        for number, line in lines(stream):
            if line is None:
                yield Refusal(path=path, record=f"line {number}", reason=f"the line is longer than {LARGEST >> 20} MB")
            elif line.strip():
                yield from _line(line, path, f"line {number}", mapping)
    except BadInput as error:
        yield Refusal(path=path, record=f"after line {number}", reason=str(error))


def _line(line: bytes, path: str, record: str, mapping: FieldMapping | None) -> Iterator[RawCapture | Refusal]:
    try:
        row = json.loads(decode(line))
    except ValueError as error:
        yield Refusal(path=path, record=record, reason=f"the line is not JSON: {error}")
    except RecursionError:
        yield Refusal(path=path, record=record, reason="the line is not JSON that can be read: it is nested too deep")
    else:
        yield from _document(row, line, path, record, mapping)


def json_document(stream: Readable, path: str, mapping: FieldMapping | None) -> Iterator[RawCapture | Refusal]:
    """The rows of a JSON file: the members of an array, of the list in an object, or the object itself.

    Raises:
        BadInput: it is not JSON, or too large an object.
    """
    head = stream.read(1)
    while head in (b" ", b"\n", b"\r", b"\t", b"\xef", b"\xbb", b"\xbf"):
        head = stream.read(1)
    if head == b"[":
        yield from _array(_Members(head, stream), path, mapping)
        return
    data = head + whole(stream)
    try:
        document = json.loads(decode(data))
    except ValueError as error:
        raise BadInput(f"it is not JSON: {error}") from error
    except RecursionError as error:
        raise BadInput("it is JSON nested too deep") from error
    yield from _document(document, data, path, None, mapping)


def _document(
    document: Any, data: bytes, path: str, record: str | None, mapping: FieldMapping | None
) -> Iterator[RawCapture | Refusal]:
    """The rows of one JSON document: the items of a feed, the members of the list that it wraps, or itself."""
    if feed.is_json_feed(document):
        yield from feed.json_items(document, path)
        return
    wrapped = isinstance(document, Mapping) and not has_text(document, mapping)
    listed = next((document[key] for key in _LISTS if isinstance(document.get(key), list)), None) if wrapped else None
    if listed is None:
        yield from _row(document, data, path, record, mapping)
        return
    for number, row in enumerate(listed, 1):
        yield from _row(row, _packed(row), path, f"{record}, item {number}" if record else f"item {number}", mapping)


def _array(stream: _Members, path: str, mapping: FieldMapping | None) -> Iterator[RawCapture | Refusal]:
    """The members of an array, one in memory at a time; where the array breaks off, what came before is kept."""
    import ijson

    number = 0
    try:
        for number, row in enumerate(ijson.items(stream, "item", use_float=True), 1):
            stream.since = 0
            yield from _row(row, _packed(row), path, f"item {number}", mapping)
    except (ijson.JSONError, UnicodeDecodeError, RecursionError, ValueError) as error:
        yield Refusal(path=path, record=f"after item {number}", reason=f"the rest is not JSON: {error}")
    except BadInput as error:
        yield Refusal(path=path, record=f"after item {number}", reason=str(error))


class _Members:
    """A stream with a byte put back in front, which refuses to go on inside a member that is too large.

    ``since`` counts the bytes since the last member; whoever takes a member sets it back.
    """

    def __init__(self, head: bytes, stream: Readable) -> None:
        self._head, self._stream = head, stream
        self.since = 0

    def read(self, size: int = -1, /) -> bytes:
        if size == 0:
            return b""
        head, self._head = self._head, b""
        data = head or self._stream.read(size)
        self.since += len(data)
        if self.since > LARGEST:
            raise BadInput(f"a member is larger than {LARGEST >> 20} MB")
        return data


def _packed(row: Any) -> bytes:
    return json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")


def _row(
    row: Any, data: bytes, path: str, record: str | None, mapping: FieldMapping | None
) -> Iterator[RawCapture | Refusal]:
    if not isinstance(row, Mapping):
        yield Refusal(path=path, record=record, reason="it is no object with fields")
        return
    fields = mapped(row, mapping)
    if not fields.get("text") and not fields.get("html"):
        empty = has_text(row, mapping)
        names = ", ".join(list(map(str, row))[:_NAMED])
        reason = "its text is empty" if empty else f"none of its fields is known to hold a text ({names})"
        yield Refusal(path=path, record=record, reason=reason)
        return
    url, captured = fields.pop("url", None), fields.pop("captured", None)
    yield capture(
        data,
        path,
        "mapped",
        record=record,
        url=url if isinstance(url, str) else None,
        captured=captured if isinstance(captured, str) else None,
        fields=fields,
    )


# ── CSV ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def delimiter_of(head: bytes, mapping: FieldMapping | None) -> str | None:
    """The delimiter of a CSV file with a text among its columns, None where the file is no such thing."""
    first = decode(head[:HEAD]).lstrip("\n").partition("\n")[0]
    for delimiter in sorted(_DELIMITERS, key=first.count, reverse=True):
        names = next(csv.reader([first], delimiter=delimiter), [])
        if len(names) > 1 and has_text(names, mapping) and all(len(name) <= 60 for name in names):
            return delimiter
    return None


def table(stream: Readable, head: bytes, path: str, mapping: FieldMapping | None) -> Iterator[RawCapture | Refusal]:
    """The rows of a CSV file. A capture's bytes are the header and its own row, so that they can be read by themselves."""
    delimiter = delimiter_of(head, mapping) or ","
    encoding = encoding_of(head)
    csv.field_size_limit(LARGEST)
    source = _Lines(stream, encoding)
    reader = csv.reader(source, delimiter=delimiter)
    record = "line 1"
    try:
        names = [name.strip().lstrip("\ufeff") for name in next(reader, [])]
        header = source.taken()
        while True:
            record = f"line {source.number + 1}"
            values = next(reader, None)
            if values is None:
                return
            raw = (header + source.taken()).encode(encoding, "replace")
            if not any(values):
                continue
            if len(values) != len(names):
                reason = f"the row has {len(values)} values, the header {len(names)}"
                yield Refusal(path=path, record=record, reason=reason)
                continue
            yield from _row(dict(zip(names, values, strict=True)), raw, path, record, mapping)
    except csv.Error as error:
        yield Refusal(path=path, record=record, reason=f"the rest is no CSV: {error}")
    except BadInput as error:
        yield Refusal(path=path, record=f"after line {source.number}", reason=str(error))


class _Lines:
    """A stream's lines as text, with what the CSV reader has taken for a row, as it was written."""

    def __init__(self, stream: Readable, encoding: str) -> None:
        self._lines = lines(stream)
        self._encoding = encoding
        self._taken = io.StringIO()
        self.number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        self.number, line = next(self._lines)
        if line is None:
            raise BadInput(f"a line is longer than {LARGEST >> 20} MB")
        text = line.decode(self._encoding, "replace") + "\n"
        self._taken.write(text)
        if self._taken.tell() > LARGEST:
            raise BadInput("a quotation mark is never closed")
        return text

    def taken(self) -> str:
        text = self._taken.getvalue()
        self._taken = io.StringIO()
        return text
