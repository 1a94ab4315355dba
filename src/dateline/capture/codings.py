"""What a server packed a body in for its way (Content-Encoding, Transfer-Encoding), taken off again, never more than a limit of it.

Crawlers keep the headers of what they unpacked themselves, servers name codings that they did not use: a body that plainly is not
packed as it is said to be is taken as it came. One that breaks off gives what came.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO

from dateline.capture.streams import LARGEST, BadInput, Readable

_MOST = 5  # codings one over the other
_STEP = 1 << 20
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")
_LINE_END = re.compile(rb"\r?\n")


def unpacked(body: bytes, codings: Sequence[str], largest: int = LARGEST) -> bytes:
    """A body as it was before it was packed.

    Args:
        body: as it came.
        codings: the names, in the order in which they were put on, those of the transfer last; one that nobody knows is passed over.
        largest: bytes that may come out.

    Raises:
        BadInput: it unpacks to more, or it is packed too many times.
    """
    wanted = [undo for name in codings if (undo := _UNDO.get(name.strip().lower()))]
    if len(wanted) > _MOST:
        raise BadInput(f"it is packed more than {_MOST} times")
    for undo in reversed(wanted):
        body = undo(body, largest)
        if len(body) > largest:
            raise BadInput(f"it unpacks to more than {largest >> 20} MB")
    return body


def _gzip(body: bytes, largest: int) -> bytes:
    return _inflated(body, largest, 31)


def _deflate(body: bytes, largest: int) -> bytes:
    """Deflate with its frame, as the standard has it, or bare, as servers send it; bare, it must come to its end, or any words could be it."""
    if (framed := _inflated(body, largest, 15)) is not body:
        return framed
    unpacker = zlib.decompressobj(-15)
    try:
        bare = unpacker.decompress(body, largest + 1)
    except zlib.error:
        return body
    return bare if unpacker.eof or len(bare) > largest else body


def _inflated(body: bytes, largest: int, window: int) -> bytes:
    """Unpacked by zlib, one member after the other; what is behind the last is dropped. The body itself where nothing can be unpacked."""
    out, size, rest = list[bytes](), 0, body
    while rest and size <= largest:
        unpacker = zlib.decompressobj(window)
        try:
            piece = unpacker.decompress(rest, largest + 1 - size)
        except zlib.error:
            break
        out.append(piece)
        size += len(piece)
        rest = unpacker.unused_data
    return b"".join(out) if size or not body else body


def _brotli(body: bytes, largest: int) -> bytes:
    from fastwarc.stream_io import BrotliReader

    return _read(BrotliReader, body, largest)


def _zstd(body: bytes, largest: int) -> bytes:
    from fastwarc.stream_io import ZstdReader

    return _read(ZstdReader, body, largest)


def _read(reader: Callable[[BytesIO], Readable], body: bytes, largest: int) -> bytes:
    out, size = list[bytes](), 0
    try:
        stream = reader(BytesIO(body))
        while size <= largest and (piece := stream.read(_STEP)):
            out.append(piece)
            size += len(piece)
    except (OSError, EOFError, ValueError):
        pass  # what came before it broke off
    return b"".join(out) if size else body


def _chunked(body: bytes, largest: int) -> bytes:
    out, at = list[bytes](), 0
    while (head := _CHUNK.match(body, at)) and (length := int(head[1], 16)):
        end = head.end() + length
        if not at and not _LINE_END.match(body, end):
            return body  # a line of digits
        out.append(body[head.end() : end])
        at = end + len(line[0]) if (line := _LINE_END.match(body, end)) else len(body)
    return b"".join(out) if head or at else body


_UNDO: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
    "chunked": _chunked,
}
