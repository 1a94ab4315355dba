"""How a guest behaves: what robots.txt allows (RFC 9309), how long to wait between two requests to one host."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.metadata import version

from protego import Protego

from dateline.collect.address import origin_of, target
from dateline.collect.refused import Refused
from dateline.collect.wire import Answer, Limits, ask

AGENT = "Dateline"  # the name that a robots.txt may address
_ROBOTS = Limits(bytes=512 * 1024, seconds=30.0)
_HOPS = 5
_WAYS = {"page": "text/html,application/xhtml+xml,application/pdf;q=0.8,text/plain;q=0.8,*/*;q=0.1",
         "feed": "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.1"}  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """How to collect.

    ``delay``: seconds between two requests to one host, more where its robots.txt asks for more. ``patience``: the longest
    wait within a run; what a host asks beyond that is left for a later run. ``backoff``: seconds before a second try
    where the host names none. ``contact`` stands in the User-Agent. ``most``: new pages of one feed in one run.
    ``recheck``: ask again for pages of a feed that were last asked so many seconds ago, None: only when the feed says
    that they changed. ``again``: seconds after which a page that was refused for good is tried again.
    """

    delay: float = 2.0
    patience: float = 120.0
    backoff: float = 5.0
    limits: Limits = field(default_factory=Limits)
    contact: str | None = None
    most: int = 200
    recheck: float | None = None
    again: float = 86_400.0

    @property
    def agent(self) -> str:
        """The User-Agent: who asks, and how to reach them."""
        contact = f"; {self.contact}" if self.contact else ""
        return f"{AGENT}/{version('dateline')} (news archive{contact})"


def headers(settings: Settings, kind: str, etag: str | None = None, modified: str | None = None) -> dict[str, str]:
    """The headers of a question; with validators the server may answer that nothing changed."""
    given = {"User-Agent": settings.agent, "Accept": _WAYS.get(kind, "*/*"), "Accept-Encoding": "gzip"}
    if etag:
        given["If-None-Match"] = etag
    if modified:
        given["If-Modified-Since"] = modified
    return given


class Rules:
    """What one robots.txt says to us."""

    def __init__(self, text: str | None) -> None:
        """``text`` is None where the server could not say: then nothing is allowed."""
        self._rules = Protego.parse(text) if text is not None else None

    def check(self, url: str) -> None:
        """Raise `Refused` where an address may not be fetched."""
        if self._rules is None:
            raise Refused("its robots.txt cannot be had, so nothing is fetched", passing=True)
        if not self._rules.can_fetch(url, AGENT):
            raise Refused("its robots.txt does not allow it; what you save in a browser can be added as a file")

    @property
    def delay(self) -> float:
        """The seconds between two requests that it asks for."""
        if self._rules is None:
            return 0.0
        rate = self._rules.request_rate(AGENT)
        return max(
            self._rules.crawl_delay(AGENT) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0
        )


def rules_for(url: str, settings: Settings) -> Rules:
    """The robots.txt that counts for an address. None there: all is allowed; a server that fails: nothing is."""
    limits = Limits(bytes=_ROBOTS.bytes, seconds=_ROBOTS.seconds, allow_private=settings.limits.allow_private)
    place = f"{origin_of(url)}/robots.txt"
    try:
        for _ in range(_HOPS):
            answer = ask(place, headers(settings, "robots"), limits)
            if answer.location is None:
                return Rules(_text(answer))
            place = target(answer.url, answer.location)
    except Refused as refusal:
        if refusal.busy:
            raise
        return Rules(None if refusal.passing else "")
    return Rules("")


def _text(answer: Answer) -> str:
    return answer.body.decode("utf-8", "replace").lstrip("\ufeff")
