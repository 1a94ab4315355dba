"""Files as streams of bytes, unpacked where they are gzipped, and bounded: no input can fill the memory."""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from dateline.capture.charset import clean
from dateline.records import CaptureFormat, RawCapture, content_id

LARGEST = 64 * 1024 * 1024  # bytes of one page, text, or line of a dump
_RATIO = 200  # how much larger than the packed bytes the unpacked ones may be
_FREE = 64 * 1024 * 1024  # unpacked bytes up to which the ratio does not count
_GZIP = b"\x1f\x8b"
_STEP = 1 << 20


def shown(path: str | os.PathLike[str]) -> str:
    """A path as people know it; bytes in it that are no UTF-8 are written ``\\xff``, for no store takes them."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


class Readable(Protocol):
    """What gives bytes when asked."""

    def read(self, size: int = -1, /) -> bytes:
        """At most ``size`` bytes, all of them for -1, none at the end."""
        ...


class BadInput(Exception):
    """Why an input, or the rest of it, cannot be taken; the message is for people."""


class Meter:
    """How far a walk through files is, by their bytes as they lie on the disk."""

    def __init__(self) -> None:
        self._total: int | None = None
        self._passed = 0
        self._open: list[IO[bytes]] = []
        self._furthest = 0.0

    def expect(self, total: int) -> None:
        """Note how many bytes there are in all files."""
        self._total = total

    def passed(self, size: int) -> None:
        """Note that a file of this size is done with."""
        self._passed += size

    @contextmanager
    def following(self, stream: IO[bytes]) -> Iterator[None]:
        """While inside, how far the stream is counts too."""
        self._open.append(stream)
        try:
            yield
        finally:
            self._open.remove(stream)

    @property
    def share(self) -> float | None:
        """The share that is done, from 0 to 1, never falling; None as long as nobody knows how much there is."""
        if self._total is None:
            return None
        here = self._open[0].tell() if self._open and not self._open[0].closed else 0
        self._furthest = max(self._furthest, min((self._passed + here) / max(self._total, 1), 1.0))
        return self._furthest


@dataclass(frozen=True)
class Input:
    """A file that was found: where it is, the path as people know it, its size on the disk."""

    file: Path
    path: str
    size: int
    meter: Meter

    @contextmanager
    def packed(self) -> Iterator[IO[bytes]]:
        """The file's bytes as they lie on the disk."""
        with self.file.open("rb") as stream, self.meter.following(stream):
            yield stream

    @contextmanager
    def open(self) -> Iterator[Readable]:
        """The file's bytes, unpacked where it is gzipped.

        Raises:
            BadInput: it cannot be opened or read, or its gzip is broken; also while it is being read.
        """
        try:
            with self.packed() as stream:
                packed = stream.read(2) == _GZIP
                stream.seek(0)
                yield _Unpacked(stream) if packed else stream
        except PermissionError as error:
            raise BadInput("it cannot be read: permission denied") from error
        except OSError as error:
            raise BadInput(f"it cannot be read: {error.strerror or error}") from error


class _Unpacked:
    """A gzipped stream as its unpacked bytes: reading raises `BadInput` where it is broken, cut off or a bomb."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._raw = stream
        self._gzip = gzip.GzipFile(fileobj=stream)
        self._out = 0

    def read(self, size: int = -1, /) -> bytes:
        try:
            data = self._gzip.read(size)
        except EOFError as error:
            raise BadInput("its gzip is cut off before the end") from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise BadInput(f"its gzip is broken: {error}") from error
        self._out += len(data)
        check_ratio(self._raw.tell(), self._out)
        return data


def check_ratio(packed: int, unpacked: int) -> None:
    """Raise `BadInput` where so many bytes came out of so few that it can only be a bomb."""
    if unpacked > _FREE and unpacked > _RATIO * packed:
        raise BadInput(f"it unpacks to more than {_RATIO} times its size")


def whole(stream: Readable, largest: int = LARGEST) -> bytes:
    """All bytes of a stream.

    Raises:
        BadInput: there are more than ``largest``.
    """
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(_STEP):
        size += len(piece)
        if size > largest:
            raise BadInput(f"it is larger than {largest >> 20} MB, too large for one page or text")
        pieces.append(piece)
    return b"".join(pieces)


def lines(stream: Readable, largest: int = LARGEST) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a stream without their ends, numbered from 1; None for one that is too long to be taken.

    Blank lines by the megabyte are counted but not given.

    Raises:
        BadInput: the stream breaks off; the lines before have been given.
    """
    number, begun, size = 1, list[bytes](), 0
    while piece := stream.read(_STEP):
        if not size and not piece.strip():  # nothing but line ends: counted, not given one by one
            number += piece.count(b"\n")
            continue
        *ended, rest = piece.split(b"\n")
        for end in ended:
            size += len(end)
            yield number, None if size > largest else b"".join([*begun, end]).rstrip(b"\r")
            number, begun, size = number + 1, [], 0
        size += len(rest)
        begun = [*begun, rest] if size <= largest else []
    if size:
        yield number, None if size > largest else b"".join(begun).rstrip(b"\r")


def capture(
    data: bytes,
    path: str,
    format: CaptureFormat,
    *,
    record: str | None = None,
    url: str | None = None,
    captured: str | None = None,
    charset: str | None = None,
    fields: Mapping[str, str | list[str] | None] | None = None,
) -> RawCapture:
    """A capture with the id that follows from its bytes, address and time. Fields lose what no store takes."""
    url, captured, record, charset = (value and clean(value) for value in (url, captured, record, charset))
    return RawCapture(
        id=content_id("c", hashlib.sha256(data).hexdigest(), url, captured),
        data=data,
        path=path,
        format=format,
        record=record,
        url=url,
        captured=captured,
        charset=charset,
        fields={name: _clean(value) for name, value in (fields or {}).items()},
    )


def _clean(value: str | list[str] | None) -> str | list[str] | None:
    return [clean(each) for each in value] if isinstance(value, list) else value and clean(value)
