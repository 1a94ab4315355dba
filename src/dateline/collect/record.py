"""An answer as records of a WARC: the request and the response, as they went over the wire, each in a gzip of its own.

Records that stand one after the other are a WARC file, so a file of any of them is made by putting them together.
"""

from __future__ import annotations

import io
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dateline.collect.wire import Answer


def records(answer: Answer) -> bytes:
    """The response and the request that it answers, as two gzipped records of WARC 1.1."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
    response = _record(writer, "response", answer, answer.response)
    request = _record(writer, "request", answer, answer.request)
    request.rec_headers.add_header("WARC-Concurrent-To", response.rec_headers.get_header("WARC-Record-ID"))
    writer.write_record(response)
    writer.write_record(request)
    return out.getvalue()


def about(software: str) -> bytes:
    """The record with which a WARC file begins: what wrote it."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
    writer.write_record(writer.create_warcinfo_record("dateline.warc.gz", {"software": software, "format": "WARC 1.1"}))
    return out.getvalue()


def damage(data: bytes) -> str | None:
    """What is wrong with some records, by the digests that stand in them; None where nothing is."""
    from fastwarc.warc import ArchiveIterator

    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(io.BytesIO(data), parse_http=False), 1):
            if not record.verify_block_digest():
                return f"record {number} does not match its digest"
    except (OSError, EOFError, ValueError) as error:
        return f"after record {number} it cannot be unpacked ({error})"
    return None if number else "there is no record in it"


class _AsReceived(StatusAndHeaders):  # type: ignore[misc]
    """Headers that are written byte for byte as they went over the wire."""

    def __init__(self, head: bytes) -> None:
        first, _, lines = head.decode("latin-1").partition("\r\n")
        pairs = [line.partition(":") for line in lines.split("\r\n") if line]
        protocol, _, rest = first.partition(" ")
        super().__init__(rest, [(name, value.strip()) for name, _, value in pairs], protocol)
        self._head = head

    def compute_headers_buffer(self, header_filter: Any = None) -> None:
        """Called by the writer, which would write the headers anew."""
        self.headers_buff = self._head


def _record(writer: WARCWriter, kind: str, answer: Answer, block: bytes) -> Any:
    head, end, payload = block.partition(b"\r\n\r\n")
    return writer.create_warc_record(
        answer.url,
        kind,
        payload=io.BytesIO(payload),
        http_headers=_AsReceived(head + end),
        warc_headers_dict={"WARC-Date": answer.date, "WARC-IP-Address": answer.machine},
    )
