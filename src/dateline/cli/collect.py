"""The commands that fetch from the web: watch, fetched. (`dateline add` takes addresses too.)"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.terminal import (
    DEFAULT_ARCHIVE,
    ArchiveFile,
    Json,
    app,
    archive_at,
    print_json,
    print_lines,
    read_lines,
    say,
    tell,
    watched,
)
from dateline.errors import CaptureError, DatelineError

if TYPE_CHECKING:
    from dateline.archive.archive import Archive, Run
    from dateline.collect.collector import Outcome

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:/", re.IGNORECASE)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}

Contact = Annotated[
    str | None,
    typer.Option(envvar="DATELINE_CONTACT", help="How to reach you (mail, web): tells the servers who asks."),
]
Private = Annotated[bool, typer.Option("--allow-private", help="Fetch from machines of private networks, too.")]
Delay = Annotated[float, typer.Option(min=0, help="Seconds between two requests to one host, at least.")]


def fetch(
    opened: Archive,
    pages: Iterable[str] = (),
    feeds: Iterable[str] = (),
    *,
    read: bool,
    contact: str | None,
    allow_private: bool,
    delay: float,
    most: int | None = None,
    recheck: float | None = None,
) -> Run:
    """Collect into an open archive, and say what comes of each address."""
    from dateline.collect.manners import Settings
    from dateline.collect.wire import Limits

    settings = Settings(
        delay=delay,
        contact=contact,
        limits=Limits(allow_private=allow_private),
        recheck=recheck,
        **({} if most is None else {"most": most}),
    )
    with watched() as watch:
        return opened.collect(pages, feeds, settings=settings, read=read, heard=_heard, progress=watch)


def _heard(outcome: Outcome) -> None:
    """One line for each address; those known already and those that the run's end names again have none."""
    if outcome.what in ("fetched", "unchanged") or (outcome.what == "known" and outcome.reason):
        moved = f" (now at {outcome.moved})" if outcome.moved else ""
        reason = f": {outcome.reason}" if outcome.reason else ""
        say(f"{outcome.what}: {outcome.url}{moved}{reason}")


@app.command(
    short_help="Fetch what is new in feeds and news sitemaps.",
    epilog="Example: dateline watch https://example.org/rss --every 30m",
)
def watch(
    feeds: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FEED…", help="Addresses of feeds (RSS, Atom, JSON) and news sitemaps.", show_default=False
        ),
    ] = None,
    list_file: Annotated[
        Path | None, typer.Option("--list", metavar="FILE", help="A file with one feed a line (# begins a remark).")
    ] = None,
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    every: Annotated[
        str | None, typer.Option(metavar="TIME", help="Again and again after this time (15m, 2h), until Ctrl-C.")
    ] = None,
    recheck: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="Ask again for listed pages not asked for so long (1d): finds quiet edits."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="New pages of one feed at most, the newest first.")] = 200,
    no_read: Annotated[bool, typer.Option("--no-read", help="Only capture and fold; read later.")] = False,
    delay: Delay = 2.0,
    contact: Contact = None,
    allow_private: Private = False,
    json: Json = False,
) -> None:
    """Fetch the pages that feeds and news sitemaps list, as far as they are new or changed, and take them in.

    Once by default, for cron. Robots.txt is kept to, a host is asked one thing at a time.
    """
    every_feed = [*(feeds or []), *(_listed(list_file) if list_file else [])]
    if not every_feed:
        raise typer.BadParameter("name a feed, or a file of them with --list")
    if wrong := next((feed for feed in every_feed if not ADDRESS.match(feed)), None):
        raise CaptureError(wrong, "a feed is an address (https://…); a file of feeds is --list FILE")
    pause, again = _seconds(every, "--every"), _seconds(recheck, "--recheck")
    while True:
        with archive_at(archive, new=True) as opened:
            run = fetch(
                opened,
                feeds=every_feed,
                read=not no_read,
                contact=contact,
                allow_private=allow_private,
                delay=delay,
                most=limit,
                recheck=again,
            )
        tell(run, json)
        if pause is None:
            raise typer.Exit(1 if run.refused else 0)
        say(f"next at {time.strftime('%H:%M', time.localtime(time.time() + pause))}; Ctrl-C ends it")
        time.sleep(pause)


@app.command(
    short_help="The pages that were fetched, and their WARC.", epilog="Example: dateline fetched --warc pages.warc.gz"
)
def fetched(
    archive: ArchiveFile = DEFAULT_ARCHIVE,
    warc: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the requests and responses, as they came, to this WARC.")
    ] = None,
    json: Json = False,
) -> None:
    """The pages that were fetched, when, and from where; with --warc the records of requests and responses."""
    with archive_at(archive) as opened, _writing(warc) as write:
        for page in opened.fetched():
            write(page.data)
            if json:
                print_json([{"url": page.url, "date": page.date, "etag": page.etag, "modified": page.modified}])
            else:
                print_lines([f"{page.date[:19]}  {page.url}"])
    if warc:
        say(f"{warc} written")


@contextmanager
def _writing(path: Path | None) -> Iterator:  # type: ignore[type-arg]
    """A WARC file to write to; where none is asked for, nothing is written."""
    if path is None:
        yield lambda data: None
        return
    from importlib.metadata import version

    from dateline.collect.record import about

    try:
        with path.open("wb") as stream:
            stream.write(about(f"dateline {version('dateline')}"))
            yield stream.write
    except OSError as error:
        raise DatelineError(path, f"cannot be written ({error.strerror})") from error


def _listed(path: Path) -> list[str]:
    return [words for line in read_lines(path) if (words := line.strip()) and not words.startswith("#")]


def _seconds(words: str | None, option: str) -> float | None:
    """A length of time: a number with s, m, h or d behind it."""
    if words is None:
        return None
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd])", words.strip().lower())
    if not match or not float(match[1]):
        raise typer.BadParameter(f"{words!r} is no length of time; say 90s, 15m, 2h or 1d", param_hint=option)
    return float(match[1]) * _SECONDS[match[2]]
