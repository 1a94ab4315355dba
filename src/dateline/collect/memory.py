"""What a collector must remember from one run to the next; the archive does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

Kind = Literal["page", "feed"]


class Known(NamedTuple):
    """What is known of an address. Times are ISO 8601 in UTC.

    ``failed`` is why the last visit brought nothing, None where it did; ``passing`` whether that may be otherwise soon.
    ``etag`` and ``modified`` are what the server named its answer by, ``digest`` the SHA-256 of the body that came.
    ``waiting``: it came, but has not been taken into the archive yet (the run was cut short).
    """

    checked: str
    failed: str | None = None
    passing: bool = False
    etag: str | None = None
    modified: str | None = None
    digest: str | None = None
    waiting: bool = False


class Kept(NamedTuple):
    """An answer to keep: where it came from in the end, when, its validators, its digest, its bytes.

    ``data`` are WARC records for a page (those of the redirects that led there, too), the body for a feed.
    """

    url: str
    date: str
    kind: Kind
    etag: str | None
    modified: str | None
    digest: str
    data: bytes


class Memory(Protocol):
    """What is known of addresses and hosts. Every call is on disk when it returns."""

    def known(self, url: str, kind: Kind) -> Known | None:
        """What is known of an address, None for one never asked for; what it gave only if that was of this kind."""
        ...

    def keep(self, answer: Kept, asked: Sequence[str]) -> None:
        """Keep an answer, for its own address and for those that led there."""
        ...

    def unchanged(self, url: str, asked: Sequence[str], checked: str) -> None:
        """Note that an address still gives what is kept."""
        ...

    def failed(self, asked: Sequence[str], checked: str, reason: str, passing: bool) -> None:
        """Note why a visit brought nothing."""
        ...

    def feed(self, url: str) -> bytes | None:
        """The body that a feed gave last."""
        ...

    def quiet_until(self, host: str) -> float:
        """The moment (seconds since 1970) until which a host asked to be left alone, 0 where it did not."""
        ...

    def keep_quiet(self, host: str, until: float) -> None:
        """Note until when a host asked to be left alone."""
        ...
