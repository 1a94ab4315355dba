"""WARC files: the pages and texts among their response and resource records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

from dateline.capture import pdf
from dateline.capture.codings import unpacked
from dateline.capture.sniff import HEAD, kind_of
from dateline.capture.streams import LARGEST, BadInput, capture, check_ratio
from dateline.records import RawCapture, Refusal

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_TEXTS = frozenset({"text/plain"})
_PDFS = frozenset({"application/pdf", "application/x-pdf"})
_WEB = re.compile(r"https?://[^/]+/", re.IGNORECASE)
_NO_PAGE = re.compile(r"/(?:robots|ads|app-ads|humans|security|llms)\.txt$", re.IGNORECASE)


def captures(stream: IO[bytes], path: str, inside: str = "") -> Iterator[RawCapture | Refusal]:
    """The pages in a WARC, plain or gzipped; whatever else it holds is passed over.

    A record that is cut off is named, and so is the damage that ends the file early, or that so much unpacks from so little that it can
    only be a bomb; what came before is kept.

    Args:
        stream: the file as it is on disk.
        path: where it is, for people.
        inside: the name of the WARC within a container, put before each record's.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    number, unpacked = 0, 0
    try:
        for number, record in enumerate(ArchiveIterator(stream, parse_http=False), 1):
            name = inside + ((record.record_id or "").strip("<>") or f"record {number}")
            length = record.headers.get("Content-Length")
            if length is None or not length.isdigit():
                yield Refusal(
                    path=path, record=f"{inside}record {number}", reason="the file is cut off inside this record"
                )
                return
            unpacked += int(length)
            check_ratio(stream.tell(), unpacked)
            if record.record_type not in (WarcRecordType.response, WarcRecordType.resource):
                continue
            if int(length) > LARGEST:
                yield Refusal(path=path, record=name, reason=f"the record is larger than {LARGEST >> 20} MB")
                continue
            block = record.reader.read()
            if len(block) < int(length):
                yield Refusal(path=path, record=name, reason="the file is cut off inside this record")
                return
            for found in _page(record, block, path, name):
                if isinstance(found, RawCapture):
                    unpacked += max(0, len(found.data) - len(block))
                yield found
    except BadInput as error:
        yield Refusal(path=path, record=f"{inside}after record {number}", reason=str(error))
        return
    except (OSError, EOFError, ValueError) as error:
        yield Refusal(path=path, record=f"{inside}after record {number}", reason=f"the rest is damaged: {error}")
        return
    if number == 0:
        yield Refusal(path=path, record=inside or None, reason="there is no whole record in it")


def _page(record: Any, block: bytes, path: str, name: str) -> Iterator[RawCapture | Refusal]:
    """The record's payload as a capture, where it is a page or a text that was delivered."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ") or None
    record.set_bytes_content(block)
    try:
        if record.is_http:
            record.parse_http(auto_decode="none")  # it unpacks without a limit, and an error in that ends the file
            if record.http_headers is None or not 200 <= (record.http_headers.status_code or 200) < 300:
                return
            kind, charset = record.http_content_type, record.http_charset
        else:
            kind, _, options = (record.headers.get("Content-Type") or "").partition(";")
            charset = options.partition("charset=")[2].strip(" \"'") or None
    except (OSError, EOFError, ValueError) as error:
        yield Refusal(path=path, record=name, reason=f"its headers cannot be read: {error}")
        return
    kind = (kind or "").strip().lower()
    if (kind and kind not in _PAGES | _TEXTS | _PDFS) or (url and (not _WEB.match(url + "/") or _NO_PAGE.search(url))):
        return
    try:
        data = unpacked(record.reader.read(), _codings(record) if record.is_http else ())
    except BadInput as error:
        yield Refusal(path=path, record=name, reason=str(error))
        return
    if not data:
        return
    try:
        told = kind_of(data[:HEAD])
    except ValueError as error:
        if kind:
            yield Refusal(path=path, record=name, reason=str(error))
        return
    captured = record.headers.get("WARC-Date")
    if told == "pdf":
        try:
            pdf.check(data)
        except BadInput as error:
            yield Refusal(path=path, record=name, reason=str(error))
            return
        yield capture(data, path, "pdf", record=name, url=url, captured=captured)
    elif told in ("html", "text"):
        yield capture(
            data,
            path,
            "html" if kind in _PAGES or told == "html" else "text",
            record=name,
            url=url,
            captured=captured,
            charset=charset,
        )


def _codings(record: Any) -> list[str]:
    """What the body was packed in, in the order in which that was put on."""
    given: list[tuple[str, str]] = list(record.http_headers.items())
    return [
        coding
        for header in ("content-encoding", "transfer-encoding")
        for name, value in given
        if name.lower() == header
        for coding in value.split(",")
    ]
