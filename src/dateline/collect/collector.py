"""Addresses and feeds to kept answers: one request at a time to a host, several hosts at once, everything noted at once.

Requests run in threads of their own, which touch nothing but the network; what comes of them is noted by the caller's
thread before the next word goes out. So a run may be killed at any moment and the next one goes on from there.
"""

from __future__ import annotations

import hashlib
import queue
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

from dateline.collect.address import host_of, normal, origin_of, target, untracked
from dateline.collect.feeds import Listed, listed, unzipped
from dateline.collect.manners import Rules, Settings, headers, rules_for
from dateline.collect.memory import Kept, Kind, Known, Memory
from dateline.collect.record import records
from dateline.collect.refused import Refused
from dateline.collect.wire import Answer, ask

_AT_ONCE = 8  # hosts
_BREATH = 1.0  # seconds after which a wait looks up, so that Ctrl-C is heard everywhere
_HOPS = 10
_BUSY_TRIES = 3
_TRIES = 1  # after a failure that may pass
_REST = (
    7 * 86_400.0
)  # seconds that a host is left alone at most, whatever it asks for; what was noted beyond, a wrong clock noted
_SILENT = 2  # addresses in a row that fail so before the rest of a host is left for another run
_DEPTH = 2  # sitemaps in sitemaps
_KINDS = {
    "page": ("text/html", "application/xhtml+xml", "text/plain", "application/pdf", "application/x-pdf"),
    "feed": (
        "text/*",
        "application/*xml",
        "application/*json",
        "application/gzip",
        "application/x-gzip",
        "application/octet-stream",
    ),
}

What = Literal["fetched", "unchanged", "known", "refused", "later"]


class Outcome(NamedTuple):
    """What came of an address: fetched, unchanged since the last time, known already, refused, or left for a later run.

    ``reason`` says why it was refused or left, ``moved`` where it led in the end, ``kind`` whether it is a feed.
    """

    url: str
    what: What
    kind: Kind = "page"
    reason: str | None = None
    moved: str | None = None


@dataclass(frozen=True)
class _Job:
    """An address to ask for: ``asked`` are the addresses that led here, ``trail`` the records of their redirects."""

    url: str
    kind: Kind
    asked: tuple[str, ...] = ()
    trail: bytes = b""
    tries: int = 0
    depth: int = 0

    @property
    def first(self) -> str:
        return self.asked[0] if self.asked else self.url

    @property
    def every(self) -> tuple[str, ...]:
        return (*self.asked, self.url)


@dataclass
class _Host:
    """A host's queue: the jobs, when the next request may go out, whether one is out, how many failed in a row."""

    jobs: deque[_Job] = field(default_factory=deque)
    due: float = 0.0
    busy: bool = False
    silent: int = 0


class _Done(NamedTuple):
    """What a thread brought back: rules, or an answer, or why there is none."""

    job: _Job
    rules: Rules | None = None
    answer: Answer | None = None
    refused: Refused | None = None


class Collector:
    """One run of collecting."""

    def __init__(self, memory: Memory, settings: Settings) -> None:
        self._memory = memory
        self._settings = settings
        self._hosts: dict[str, _Host] = {}
        self._rules: dict[str, Rules] = {}
        self._seen: set[str] = set()
        self._back: queue.SimpleQueue[_Done] = queue.SimpleQueue()

    def run(self, pages: Iterable[str] = (), feeds: Iterable[str] = ()) -> Iterator[Outcome]:
        """Fetch pages, and the pages that feeds and news sitemaps list, as far as they are new or changed.

        Every answer is kept in the memory before its outcome is given.
        """
        for address, kind in [(page, "page") for page in pages] + [(feed, "feed") for feed in feeds]:
            yield from self._begin(address, "feed" if kind == "feed" else "page")
        while waiting := [host for host in self._hosts.values() if host.jobs or host.busy]:
            now = time.time()
            out = sum(host.busy for host in waiting)
            ready = sorted((host for host in waiting if host.jobs and not host.busy), key=lambda host: host.due)
            for host in ready[: _AT_ONCE - out]:
                if host.due > now:
                    break
                job, host.busy = host.jobs.popleft(), True
                threading.Thread(
                    target=self._visit, args=(job, self._memory.known(job.url, job.kind)), daemon=True
                ).start()
            still = [host.due for host in waiting if host.jobs and not host.busy and host.due > now]
            try:
                done = self._back.get(timeout=max(0.0, min([*still, now + _BREATH]) - now))
            except queue.Empty:
                continue
            yield from self._handle(done)

    def _begin(self, address: str, kind: Kind) -> Iterator[Outcome]:
        """Queue an address that a person named."""
        try:
            url = normal(address)
        except Refused as refusal:
            yield Outcome(address, "refused", kind, refusal.reason)
            return
        known = self._memory.known(url, kind)
        if kind == "page" and known and known.waiting:
            yield Outcome(url, "known", reason="it came in a run that was cut short, and is taken in now")
        elif url not in self._seen:
            yield from self._queue(_Job(url, kind))

    def _queue(self, job: _Job, *, first: bool = False) -> Iterator[Outcome]:
        self._seen.add(job.url)
        name = host_of(job.url)
        if name not in self._hosts:
            until = self._memory.quiet_until(name)
            self._hosts[name] = _Host(due=until if until <= time.time() + _REST else 0.0)
        host = self._hosts[name]
        if host.due > time.time() + self._settings.patience:
            yield self._later(job, host.due)
        elif first:
            host.jobs.appendleft(job)
        else:
            host.jobs.append(job)

    # ── in a thread: nothing but the network ──────────────────────────────────────────────────────────────────────

    def _visit(self, job: _Job, known: Known | None) -> None:
        try:
            self._back.put(self._asked(job, known))
        except Refused as refusal:
            self._back.put(_Done(job, refused=refusal))
        except Exception as error:  # a hostile answer may break any parser; the address is named, the rest goes on
            self._back.put(_Done(job, refused=Refused(f"it cannot be taken ({type(error).__name__}: {error})")))

    def _asked(self, job: _Job, known: Known | None) -> _Done:
        rules = self._rules.get(origin_of(job.url))
        if rules is None:
            return _Done(job, rules=rules_for(job.url, self._settings))
        rules.check(job.url)
        given = headers(self._settings, job.kind, known and known.etag, known and known.modified)
        return _Done(job, answer=ask(job.url, given, self._settings.limits, _KINDS[job.kind]))

    # ── in the caller's thread: what came of it ───────────────────────────────────────────────────────────────────

    def _handle(self, done: _Done) -> Iterator[Outcome]:
        job, host = done.job, self._hosts[host_of(done.job.url)]
        host.busy = False
        rules = done.rules or self._rules.get(origin_of(job.url))
        host.due = time.time() + max(self._settings.delay, rules.delay if rules else 0.0)
        if done.rules is not None:
            self._rules[origin_of(job.url)] = done.rules
            host.jobs.appendleft(job)
        elif done.refused is not None:
            yield from self._not_taken(job, done.refused, host)
        elif done.answer is not None:
            host.silent = 0
            try:
                yield from self._taken(job, done.answer)
            except Refused as refusal:
                yield self._refuse(job, refusal)
        if host.jobs and host.due > time.time() + self._settings.patience:
            yield from self._put_off(host)

    def _taken(self, job: _Job, answer: Answer) -> Iterator[Outcome]:
        if answer.location is not None:
            where = target(answer.url, answer.location)
            if where in job.every:
                raise Refused("it redirects in a circle")
            if len(job.asked) >= _HOPS:
                raise Refused(f"it redirects more than {_HOPS} times")
            trail = job.trail + records(answer) if job.kind == "page" else b""
            yield from self._queue(replace(job, url=where, asked=job.every, trail=trail, tries=0), first=True)
            return
        body = unzipped(answer.body, self._settings.limits.bytes) if job.kind == "feed" else answer.body
        digest = hashlib.sha256(body).hexdigest()
        known = self._memory.known(answer.url, job.kind)
        moved = answer.url if job.asked else None
        if answer.unchanged or (known and known.digest == digest):
            self._memory.unchanged(answer.url, job.asked, _now())
            yield Outcome(job.first, "unchanged", job.kind, moved=moved)
            body = (self._memory.feed(answer.url) or b"") if job.kind == "feed" else b""
        elif not body.strip():
            raise Refused("it is empty")
        else:
            found = listed(body, answer.url) if job.kind == "feed" else []  # what is no feed is not kept as one
            data = body if job.kind == "feed" else job.trail + records(answer)
            etag, modified = answer.headers.get("etag"), answer.headers.get("last-modified")
            self._memory.keep(Kept(answer.url, _now(), job.kind, etag, modified, digest, data), job.asked)
            yield Outcome(job.first, "fetched", job.kind, moved=moved)
            yield from self._list(job, found)
            return
        if job.kind == "feed":
            yield from self._list(job, listed(body, answer.url))

    def _list(self, job: _Job, found: list[Listed]) -> Iterator[Outcome]:
        """Queue what a feed lists, as far as it is new or changed."""
        left = self._settings.most
        for item in found:
            try:
                url = normal(untracked(item.url))
            except Refused as refusal:
                yield Outcome(item.url, "refused", reason=refusal.reason)
                continue
            if url in self._seen:
                continue
            if item.sitemap:
                if job.depth < _DEPTH:
                    yield from self._queue(_Job(url, "feed", depth=job.depth + 1))
            elif not self._is_wanted(self._memory.known(url, "page"), item.changed):
                self._seen.add(url)
                yield Outcome(url, "known")
            elif left:
                left -= 1
                yield from self._queue(_Job(url, "page"))
            else:
                yield Outcome(url, "later", reason=f"more than {self._settings.most} new pages in one feed")

    def _is_wanted(self, known: Known | None, changed: str | None) -> bool:
        """Whether a page that a feed lists is to be asked for."""
        if known is None:
            return True
        if known.waiting:
            return False
        if changed is not None and changed > known.checked:
            return True
        age = (datetime.now(UTC) - datetime.fromisoformat(known.checked)) / timedelta(seconds=1)
        if age < -_REST:
            return True  # the clock was wrong then, and nobody knows what came since
        if known.failed is not None:
            return known.passing or age > self._settings.again
        return self._settings.recheck is not None and age > self._settings.recheck

    def _not_taken(self, job: _Job, refusal: Refused, host: _Host) -> Iterator[Outcome]:
        """Try again later in this run, in another run, or never."""
        most = _BUSY_TRIES if refusal.busy else _TRIES if refusal.passing else 0
        wait = min(refusal.wait, _REST) if refusal.wait is not None else self._settings.backoff * 4**job.tries
        if refusal.busy:
            host.due = max(host.due, time.time() + wait)
            self._memory.keep_quiet(host_of(job.url), host.due)
        if job.tries < most and wait <= self._settings.patience:
            host.due = max(host.due, time.time() + wait)
            host.jobs.appendleft(replace(job, tries=job.tries + 1))
            return
        if refusal.busy:
            yield self._later(job, host.due)
            yield from self._put_off(host)
            return
        yield self._refuse(job, refusal)
        host.silent = host.silent + 1 if refusal.passing else 0
        if host.silent >= _SILENT:
            while host.jobs:
                left = host.jobs.popleft()
                yield self._refuse(left, Refused("left out, for its host did not answer before", passing=True))

    def _refuse(self, job: _Job, refusal: Refused) -> Outcome:
        self._memory.failed(job.every, _now(), refusal.reason, refusal.passing)
        return Outcome(job.first, "refused", job.kind, refusal.reason, job.url if job.asked else None)

    def _later(self, job: _Job, due: float) -> Outcome:
        until = datetime.fromtimestamp(due).astimezone().strftime("%Y-%m-%d %H:%M")
        return Outcome(job.first, "later", job.kind, f"its host asks to be left alone until {until}")

    def _put_off(self, host: _Host) -> Iterator[Outcome]:
        while host.jobs:
            yield self._later(host.jobs.popleft(), host.due)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
