"""What bodies are packed in for their way: taken off, bounded, and never a reason to lose what came."""

from __future__ import annotations

import gzip
import io
import resource
import zlib

import pytest
from fastwarc.stream_io import BrotliWriter, ZstdWriter
from hypothesis import given
from hypothesis import strategies as st

from dateline.capture import warc
from dateline.capture.codings import unpacked
from dateline.capture.streams import BadInput
from dateline.records import RawCapture, Refusal

PAGE = b"<html><body><h1>A bridge</h1><p>The council of Velm gave up its bridge on Monday.</p></body></html>"
MB = 1 << 20


def bare(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def chunked(data: bytes, size: int = 20, end: bytes = b"\r\n") -> bytes:
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x%s%s%s" % (len(part), end, part, end) for part in parts) + b"0" + end + end


def record(body: bytes, *headers: bytes, number: int = 1) -> bytes:
    """A WARC record of a page."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + b"".join(h + b"\r\n" for h in headers) + b"\r\n" + body
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%d>\r\nWARC-Target-URI: https://velm.example/%d\r\n"
    kind = b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
    return head % (number, number) + kind % len(block) + block + b"\r\n\r\n"


class Kept(io.BytesIO):
    """A file whose bytes are there after it was closed."""

    def close(self) -> None: ...


def packed(kind: str, data: bytes, times: int = 1) -> bytes:
    """Some bytes again and again, packed, without ever holding them."""
    if kind == "gzip":
        packer = zlib.compressobj(9, wbits=31)
        return b"".join(packer.compress(data) for _ in range(times)) + packer.flush()
    out = Kept()
    writer = {"br": BrotliWriter, "zstd": ZstdWriter}[kind](out)
    for _ in range(times):
        writer.write(data)
    writer.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("body", "codings"),
    [
        (gzip.compress(PAGE), ["gzip"]),
        (gzip.compress(PAGE), ["X-GZip"]),
        (gzip.compress(PAGE[:30]) + gzip.compress(PAGE[30:]), ["gzip"]),
        (gzip.compress(PAGE) + b"junk", ["gzip"]),
        (zlib.compress(PAGE), ["deflate"]),
        (bare(PAGE), ["deflate"]),
        (packed("br", PAGE), ["br"]),
        (packed("zstd", PAGE), ["zstd"]),
        (chunked(PAGE), ["chunked"]),
        (chunked(PAGE, end=b"\n"), ["chunked"]),
        (chunked(PAGE).replace(b"14\r\n", b"14;a=b\r\n"), ["chunked"]),
        (chunked(gzip.compress(PAGE)), ["gzip", "chunked"]),
        (packed("br", gzip.compress(PAGE)), ["gzip", " br"]),
        *((PAGE, [name]) for name in ("gzip", "deflate", "br", "zstd", "chunked", "identity", "utf-8", "")),
        (b"2021\r\n" + PAGE, ["chunked"]),
        (gzip.compress(PAGE), ["gzip", "chunked"]),
    ],
)
def test_a_body_as_it_was(body: bytes, codings: list[str]) -> None:
    assert unpacked(body, codings).removeprefix(b"2021\r\n") == PAGE


@pytest.mark.parametrize(("pack", "name"), [(gzip.compress, "gzip"), (chunked, "chunked")])
def test_what_broke_off_gives_what_came(pack: object, name: str) -> None:
    assert callable(pack)
    assert PAGE.startswith(found := unpacked(pack(PAGE)[:-25], [name]))
    assert len(found) > 40


@given(
    st.binary(max_size=300), st.lists(st.sampled_from(["gzip", "deflate", "br", "zstd", "chunked", "x"]), max_size=4)
)
def test_any_bytes_are_unpacked_to_some(body: bytes, codings: list[str]) -> None:
    assert isinstance(unpacked(body, codings), bytes)


def test_what_is_packed_again_and_again_is_refused() -> None:
    with pytest.raises(BadInput, match="more than 5 times"):
        unpacked(PAGE, ["gzip"] * 6)


@pytest.mark.parametrize("kind", ["br", "gzip", "zstd"])
def test_a_bomb_unpacks_no_further_than_the_limit(kind: str) -> None:
    body = packed(kind, b"a" * MB, 700)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    [found] = warc.captures(io.BytesIO(record(body, b"Content-Encoding: " + kind.encode())), "a.warc")
    assert isinstance(found, Refusal)
    assert "unpacks to more than 64 MB" in found.reason
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400 * 1024, "all of it was unpacked"


@pytest.mark.parametrize(
    "bad",
    [
        record(b"\x1f\x8b" + bytes(range(200)), b"Content-Encoding: gzip"),
        record(packed("br", PAGE)[:-5], b"Content-Encoding: br"),
        record(b"\x28\xb5\x2f\xfd" + bytes(range(200)), b"Content-Encoding: zstd"),
        record(b"\x00\x01\x02" * 50, b"Transfer-Encoding: chunked"),
        record(b"\x00\x01\x02" * 50, b"Content-Encoding: klingon"),
        record(PAGE, b"X: " + b"a" * 200_000),
    ],
)
def test_a_record_that_cannot_be_unpacked_costs_only_itself(bad: bytes) -> None:
    file = record(PAGE, number=7) + bad + record(PAGE, b"Content-Encoding: gzip", number=8)
    found = list(warc.captures(io.BytesIO(file), "a.warc"))
    assert [type(each) for each in found] == [RawCapture, Refusal, RawCapture]
    assert [each.data for each in found if isinstance(each, RawCapture)] == [PAGE, PAGE]
