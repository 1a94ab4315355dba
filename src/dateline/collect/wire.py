"""One question and its answer over HTTP, byte for byte as they went over the wire, and bounded in size and time.

The connection is made here, to a number that was looked at first, so that a name that changes its number between two
look-ups leads nowhere. Nothing is followed, no cookie is kept, no script runs.
"""

from __future__ import annotations

import re
import ssl
import time
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from fnmatch import fnmatchcase
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpcore2

from dateline.capture.streams import LARGEST
from dateline.collect.address import machines
from dateline.collect.refused import Refused

_CONNECT = 15.0
_SILENCE = 30.0
_HEAD_ENDS = b"\r\n\r\n"
_INTERIM = (b"HTTP/1.1 1", b"HTTP/1.0 1")
_OK, _NOT_MODIFIED = 200, 304
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_FEED = re.compile(r"(?:rss|atom|feed)\+|/xml$")
_GONE = {404: "not there (404)", 410: "gone (410)", 401: "only with a password (401)", 403: "forbidden (403)"}


@dataclass(frozen=True)
class Limits:
    """How much and how long: bytes of one answer, seconds for all of it; whether private machines may be asked."""

    bytes: int = LARGEST
    seconds: float = 90.0
    allow_private: bool = False


@dataclass(frozen=True)
class Answer:
    """What came from an address. ``request`` and ``response`` are the bytes on the wire, ``body`` is unpacked.

    ``headers`` have names in lower case; of several with one name the last counts. ``location`` is where a redirect leads.
    """

    url: str
    date: str
    machine: str
    status: int
    headers: Mapping[str, str]
    request: bytes
    response: bytes
    body: bytes

    @property
    def location(self) -> str | None:
        """Where it redirects to, None where it does not."""
        return self.headers.get("location") if self.status in _REDIRECTS else None

    @property
    def unchanged(self) -> bool:
        """Whether the server says that nothing changed since the last time."""
        return self.status == _NOT_MODIFIED

    @property
    def kind(self) -> str:
        """The media type without its options, in lower case, empty where none is given."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def ask(url: str, headers: Mapping[str, str], limits: Limits, kinds: Iterable[str] | None = None) -> Answer:
    """Ask for an address and take the answer.

    Args:
        url: an address that is `normal`.
        headers: the headers of the question, Host apart.
        limits: what may come.
        kinds: media types of which a body is taken, ``*`` for any letters; None: any.

    Raises:
        Refused: no answer, not in time, too large, an error, or of another type.
    """
    tape = _Tape(time.monotonic() + limits.seconds, limits.bytes)
    backend = _Backend(tape, limits.allow_private)
    began = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    timeout = {"connect": _CONNECT, "read": _SILENCE, "write": _SILENCE, "pool": _CONNECT}
    asked: dict[bytes | str, bytes | str] = {"Host": urlsplit(url).netloc, "Connection": "close"}
    asked.update(headers.items())
    try:
        with (
            httpcore2.ConnectionPool(ssl_context=_context(), network_backend=backend) as pool,
            pool.stream("GET", url, headers=asked, extensions={"timeout": timeout}) as response,
        ):
            status = response.status
            given = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            _check(status, given, limits, kinds)
            body = b"" if status == _NOT_MODIFIED else b"".join(response.iter_stream())
    except Refused:
        raise
    except httpcore2.TimeoutException as error:
        raise Refused("it did not answer in time", passing=True) from error
    except httpcore2.ConnectError as error:
        raise Refused(f"it cannot be connected to ({_named(error)})", passing=True) from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise Refused(f"the answer broke off or is no HTTP ({_named(error)})", passing=True) from error
    except (OSError, ValueError) as error:
        raise Refused(f"the answer cannot be taken ({_named(error)})", passing=True) from error
    return Answer(
        url=url,
        date=began,
        machine=tape.machine,
        status=status,
        headers=given,
        request=bytes(tape.sent),
        response=_final(bytes(tape.received)),
        body=_unpacked(body, given.get("content-encoding", ""), limits.bytes),
    )


def _check(status: int, headers: Mapping[str, str], limits: Limits, kinds: Iterable[str] | None) -> None:
    """Refuse by status and headers, before the body comes."""
    if status in _BUSY:
        raise Refused(f"it is busy ({status})", busy=True, wait=_wait(headers.get("retry-after")))
    if status >= 500:
        raise Refused(f"its server failed ({status})", passing=True)
    if status in _REDIRECTS:
        if not headers.get("location"):
            raise Refused(f"it redirects to nowhere ({status})")
        return
    if status == _NOT_MODIFIED:
        return
    if status != _OK:
        raise Refused(_GONE.get(status, f"it answers {status}"))
    length = headers.get("content-length", "")
    if length.isdigit() and int(length) > limits.bytes:
        raise Refused(f"it is larger than {_size(limits.bytes)}")
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind and kinds is not None and not any(_is_kind(kind, one) for one in kinds):
        raise Refused(f"it is {kind}, which is not taken here" + ("; watch it as a feed" if _FEED.search(kind) else ""))


def _is_kind(kind: str, wanted: str) -> bool:
    return fnmatchcase(kind, wanted)


def _wait(value: str | None) -> float | None:
    """The seconds of a Retry-After header, given as seconds or as a moment."""
    if value is None:
        return None
    value = value.strip()
    if value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
        return max(0.0, moment.timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


def _final(received: bytes) -> bytes:
    """The bytes of the answer itself, without interim answers that came before it."""
    while received.startswith(_INTERIM):
        received = received.partition(_HEAD_ENDS)[2]
    return received


def _unpacked(body: bytes, encoding: str, largest: int) -> bytes:
    """The body as it was before it was packed for the way."""
    for name in reversed([name.strip().lower() for name in encoding.split(",") if name.strip()]):
        if name == "identity":
            continue
        if name not in ("gzip", "x-gzip", "deflate"):
            raise Refused(f"it is packed in a way that was not asked for ({name})")
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
        try:
            body = unpacker.decompress(body, largest + 1)
        except zlib.error as error:
            raise Refused(f"its content cannot be unpacked ({error})") from error
        if len(body) > largest:
            raise Refused(f"it unpacks to more than {_size(largest)}")
        if not unpacker.eof:
            raise Refused("its content breaks off", passing=True)
    return body


def _size(size: int) -> str:
    return f"{size >> 20} MB" if size >= 1 << 20 else f"{size} bytes"


def _named(error: Exception) -> str:
    return str(error) or type(error).__name__


@cache
def _context() -> ssl.SSLContext:
    return httpcore2.default_ssl_context()


@dataclass
class _Tape:
    """What goes over the wire, and how long and how much more may."""

    deadline: float
    largest: int
    machine: str = ""
    sent: bytearray = field(default_factory=bytearray)
    received: bytearray = field(default_factory=bytearray)

    def left(self, timeout: float | None) -> float:
        """The seconds that a step may take.

        Raises:
            Refused: there are none.
        """
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise Refused("it took too long", passing=True)
        return min(left, timeout) if timeout is not None else left


class _Stream(httpcore2.NetworkStream):
    """A connection that is written down on a tape."""

    def __init__(self, inner: httpcore2.NetworkStream, tape: _Tape) -> None:
        self._inner = inner
        self._tape = tape

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._inner.read(max_bytes, self._tape.left(timeout))
        self._tape.received += data
        if len(self._tape.received) > self._tape.largest + (1 << 20):  # headers and chunks need some more
            raise Refused(f"it is larger than {_size(self._tape.largest)}")
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._tape.left(timeout))
        self._tape.sent += buffer

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, self._tape.left(timeout)), self._tape)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore2.NetworkBackend):
    """Connections to numbers that were looked at first."""

    def __init__(self, tape: _Tape, allow_private: bool) -> None:
        self._tape = tape
        self._allow_private = allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        numbers = machines(host, port, self._allow_private)
        for number in numbers:
            try:
                inner = httpcore2.SyncBackend().connect_tcp(
                    number, port, self._tape.left(timeout), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if number == numbers[-1]:
                    raise
                continue
            self._tape.machine = number
            return _Stream(inner, self._tape)
        raise httpcore2.ConnectError(host)
