from __future__ import annotations

import gzip
import io
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator

from dateline.archive.ledger import Ledger
from dateline.archive.store import Store
from dateline.capture import warc
from dateline.collect import address
from dateline.collect.collector import Collector, Outcome
from dateline.collect.manners import Settings
from dateline.collect.wire import Limits
from dateline.records import RawCapture
from tests.collect.site import Asked, Reply, Site, page, serving

QUICK = Settings(delay=0.0, backoff=0.01, patience=5.0, limits=Limits(seconds=5.0, bytes=1 << 20, allow_private=True))


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as made:
        yield made


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    store = Store(tmp_path / "it.db")
    yield Ledger(store)
    store.close()


def collect(
    ledger: Ledger, *pages: str, feeds: tuple[str, ...] = (), settings: Settings = QUICK, taken: bool = True
) -> list[Outcome]:
    """One run; what came is noted as taken, as the archive does, unless the run is to be cut short before that."""
    outcomes = list(Collector(ledger, settings).run(pages, feeds))
    if taken:
        ledger.taken([answer.id for answer in ledger.waiting(limit=1000)])
    return outcomes


def what(outcomes: list[Outcome]) -> list[str]:
    return [outcome.what for outcome in outcomes]


def reason(outcomes: list[Outcome]) -> str:
    (outcome,) = outcomes
    assert outcome.what in ("refused", "later"), outcome
    return outcome.reason or ""


def captured(ledger: Ledger) -> list[bytes]:
    """The pages that were fetched, as captures give them."""
    found = [one for answer in ledger.pages() for one in warc.captures(io.BytesIO(answer.data), answer.url)]
    return [one.data for one in found if isinstance(one, RawCapture)]


def rss(*entries: tuple[str, str]) -> Reply:
    items = "".join(
        f"<item><title>t</title><link>{link}</link><pubDate>{date}</pubDate></item>" for link, date in entries
    )
    return Reply(
        f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode(), "application/rss+xml"
    )


OLD, NEW = "Mon, 06 Dec 2021 10:00:00 +0000", "Mon, 06 Dec 2077 10:00:00 +0000"


# ── what is kept ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_answer_is_kept_byte_for_byte_with_its_headers_and_the_question(site: Site, ledger: Ledger) -> None:
    body = gzip.compress(page())
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    packed = (
        ("Content-Encoding", "gzip"),
        ("Transfer-Encoding", "chunked"),
        ("X-oDD-Case", "Ä".encode().decode("latin-1")),
    )
    site.pages["/a"] = Reply(chunks, headers=packed)
    (outcome,) = collect(ledger, f"{site.url}/a")
    assert outcome == Outcome(f"{site.url}/a", "fetched")
    (kept,) = ledger.pages()
    response, request = ArchiveIterator(io.BytesIO(kept.data), parse_http=False, verify_digests=True)
    assert response.headers["WARC-Target-URI"] == f"{site.url}/a"
    assert response.headers["WARC-IP-Address"] == "127.0.0.1"
    first, second = ArchiveIterator(io.BytesIO(kept.data), parse_http=False)
    assert (response.record_type, request.record_type) == (first.record_type, second.record_type)
    wires = [record.reader.read() for record in ArchiveIterator(io.BytesIO(kept.data), parse_http=False)]
    assert wires[0].startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"\r\nX-oDD-Case: \xc3\x84\r\n" in wires[0]
    assert wires[0].endswith(chunks)
    assert wires[1].startswith(b"GET /a HTTP/1.1\r\n")
    assert b"user-agent: dateline/" in wires[1].lower()
    assert captured(ledger) == [page()]


def test_a_redirect_is_followed_and_its_answer_kept_too(site: Site, ledger: Ledger) -> None:
    site.pages["/a"] = Reply(b"over there", status=302, headers=(("Location", "/b"),))
    site.pages["/b"] = Reply(page())
    (outcome,) = collect(ledger, f"{site.url}/a")
    assert (outcome.what, outcome.moved) == ("fetched", f"{site.url}/b")
    (kept,) = ledger.pages()
    assert kept.url == f"{site.url}/b"
    kinds = [record.headers["WARC-Target-URI"] for record in ArchiveIterator(io.BytesIO(kept.data), parse_http=False)]
    assert kinds == [f"{site.url}/a"] * 2 + [f"{site.url}/b"] * 2
    assert captured(ledger) == [page()], "the redirect itself is no capture"
    assert what(collect(ledger, f"{site.url}/a", f"{site.url}/b")) == ["unchanged", "unchanged"]


def test_a_page_that_did_not_change_is_not_kept_again(site: Site, ledger: Ledger) -> None:
    def asked(question: Asked) -> Reply:
        if question.headers.get("if-none-match") == '"7"' and question.headers.get("if-modified-since") == "x":
            return Reply(status=304)
        return Reply(page(), headers=(("ETag", '"7"'), ("Last-Modified", "x")))

    site.pages.update({"/a": asked, "/b": Reply(page("Ferry to run"))})
    addresses = (f"{site.url}/a", f"{site.url}/b")
    assert what(collect(ledger, *addresses)) == ["fetched", "fetched"]
    assert what(collect(ledger, *addresses)) == ["unchanged", "unchanged"]
    site.pages["/b"] = Reply(page("Ferry to run", more="<p>It costs three crowns, not two.</p>"))
    assert what(collect(ledger, *addresses)) == ["unchanged", "fetched"]
    assert len(list(ledger.pages())) == 3


def test_cookies_are_not_kept(site: Site, ledger: Ledger) -> None:
    site.pages["/a"] = Reply(status=302, headers=(("Location", "/b"), ("Set-Cookie", "who=me; Path=/")))
    site.pages["/b"] = Reply(page(), headers=(("Set-Cookie", "who=me; Path=/"),))
    collect(ledger, f"{site.url}/a")
    collect(ledger, f"{site.url}/b")
    assert all("cookie" not in asked.headers for asked in site.asked)


# ── manners ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_robots_txt_is_kept_to(site: Site, ledger: Ledger) -> None:
    site.pages["/robots.txt"] = Reply(
        b"User-agent: *\nDisallow: /\n\nUser-agent: dateline\nDisallow: /private\n", "text/plain"
    )
    site.pages.update({"/a": Reply(page()), "/private/b": Reply(page())})
    outcomes = collect(ledger, f"{site.url}/a", f"{site.url}/private/b")
    assert sorted(what(outcomes)) == ["fetched", "refused"]
    assert site.paths() == ["/a"]
    assert [asked.path for asked in site.asked].count("/robots.txt") == 1


@pytest.mark.parametrize(("status", "fetched"), [(404, True), (403, True), (500, False), (503, False)])
def test_no_robots_txt_allows_all_and_one_that_cannot_be_had_nothing(
    status: int, fetched: bool, site: Site, ledger: Ledger
) -> None:
    site.pages.update({"/robots.txt": Reply(b"", status=status), "/a": Reply(page())})
    assert (what(collect(ledger, f"{site.url}/a")) == ["fetched"]) == fetched


def test_a_robots_txt_that_redirects_is_followed(site: Site, ledger: Ledger) -> None:
    site.pages["/robots.txt"] = Reply(status=301, headers=(("Location", "/real.txt"),))
    site.pages["/real.txt"] = Reply(b"User-agent: *\nDisallow: /", "text/plain")
    assert "robots.txt does not allow it" in reason(collect(ledger, f"{site.url}/a"))


@pytest.mark.parametrize("rule", ["Crawl-delay: 0.3", ""])
def test_one_request_at_a_time_to_a_host_and_a_pause_between_two(rule: str, site: Site, ledger: Ledger) -> None:
    together, most = 0, 0
    lock = threading.Lock()

    def slow(_: Asked) -> Reply:
        nonlocal together, most
        with lock:
            together += 1
            most = max(most, together)
        time.sleep(0.05)
        with lock:
            together -= 1
        return Reply(page())

    site.pages["/robots.txt"] = Reply(f"User-agent: *\n{rule}\n".encode(), "text/plain")
    site.pages.update({f"/{i}": slow for i in range(4)})
    settings = QUICK if rule else replace(QUICK, delay=0.3)
    collect(ledger, *(f"{site.url}/{i}" for i in range(4)), settings=settings)
    times = [asked.at for asked in site.asked if asked.path != "/robots.txt"]
    assert most == 1
    assert all(after - before >= 0.29 for before, after in pairwise(times))


def test_a_delay_beyond_patience_leaves_the_rest_for_another_run(site: Site, ledger: Ledger) -> None:
    site.pages["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 3600\n", "text/plain")
    assert what(collect(ledger, f"{site.url}/a", f"{site.url}/b")) == ["later", "later"]


def test_a_busy_server_is_asked_again_after_the_time_it_names(site: Site, ledger: Ledger) -> None:
    def busy(_: Asked) -> Reply:
        first = site.paths().count("/a") == 1
        return Reply(status=429, headers=(("Retry-After", "1"),)) if first else Reply(page())

    site.pages["/a"] = busy
    assert what(collect(ledger, f"{site.url}/a")) == ["fetched"]
    first, second = (asked.at for asked in site.asked if asked.path == "/a")
    assert second - first >= 1.0


def test_a_server_that_asks_for_a_long_rest_gets_it_in_later_runs_too(site: Site, ledger: Ledger) -> None:
    site.pages.update({"/a": Reply(status=503, headers=(("Retry-After", "3600"),)), "/b": Reply(page())})
    assert what(collect(ledger, f"{site.url}/a", f"{site.url}/b")) == ["later", "later"]
    assert site.paths() == ["/a"]
    assert what(collect(ledger, f"{site.url}/b")) == ["later"]
    assert site.paths() == ["/a"]


def test_a_rest_without_end_ends_after_a_week(site: Site, ledger: Ledger) -> None:
    site.pages["/a"] = Reply(status=503, headers=(("Retry-After", "999999999"),))
    assert what(collect(ledger, f"{site.url}/a")) == ["later"]
    assert ledger.quiet_until("127.0.0.1") <= time.time() + 7 * 86_400


def test_what_was_noted_by_a_clock_that_ran_ahead_keeps_nothing_back(
    site: Site, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages.update({"/feed": rss((f"{site.url}/a", OLD)), "/a": Reply(page())})
    with monkeypatch.context() as ahead:
        ahead.setattr("dateline.collect.collector._now", lambda: "2077-01-01T00:00:00+00:00")
        collect(ledger, feeds=(f"{site.url}/feed",))
    ledger.keep_quiet("127.0.0.1", time.time() + 50 * 365 * 86_400)
    site.pages["/a"] = Reply(page(more="<p>A line that was put in since.</p>"))
    assert what(collect(ledger, feeds=(f"{site.url}/feed",))) == ["unchanged", "fetched"]
    assert what(collect(ledger, feeds=(f"{site.url}/feed",))) == ["unchanged", "known"]


def test_a_server_that_stays_busy_is_given_up_for_this_run(site: Site, ledger: Ledger) -> None:
    site.pages["/a"] = Reply(status=429)
    assert "left alone" in reason(collect(ledger, f"{site.url}/a"))
    assert len(site.paths()) == 4


def test_who_asks_is_named(site: Site, ledger: Ledger) -> None:
    collect(ledger, f"{site.url}/a", settings=replace(QUICK, contact="desk@velm.example"))
    agents = {asked.headers["user-agent"] for asked in site.asked}
    assert all(agent.startswith("Dateline/") and "desk@velm.example" in agent for agent in agents)


# ── bounds ────────────────────────────────────────────────────────────────────────────────────────────────────────


def bomb(_: Asked) -> Reply:
    return Reply(gzip.compress(bytes(50 << 20)), headers=(("Content-Encoding", "gzip"),))


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(b"\x89PNG", "image/png"), "image/png"),
        (Reply(b"<rss/>", "application/rss+xml"), "watch it as a feed"),
        (Reply(b"x", length=50 << 20), "larger than 1 MB"),
        (Reply(b"40000000\r\n" + bytes(4 << 20), headers=(("Transfer-Encoding", "chunked"),)), "larger than 1 MB"),
        (bomb, "unpacks to more than 1 MB"),
        (Reply(b"x" * 200, headers=(("Content-Encoding", "gzip"),)), "cannot be unpacked"),
        (Reply(b"x", headers=(("Content-Encoding", "br"),)), "not asked for"),
        (Reply(b" \n "), "empty"),
        (Reply(status=404), "404"),
        (Reply(status=410), "gone"),
        (Reply(status=302), "redirects to nowhere"),
        (Reply(status=302, headers=(("Location", "file:///etc/passwd"),)), "only http and https"),
        (Reply(status=302, headers=(("Location", "/a"),)), "in a circle"),
        (Reply(b"half", length=1000), "broke off"),
        (Reply(status=500), "its server failed"),
    ],
)
def test_what_is_no_page_is_refused_with_its_reason(
    reply: Reply | Callable[[Asked], Reply], why: str, site: Site, ledger: Ledger
) -> None:
    site.pages["/a"] = reply
    assert why in reason(collect(ledger, f"{site.url}/a"))
    assert list(ledger.pages()) == []


def test_a_chain_of_redirects_ends(site: Site, ledger: Ledger) -> None:
    site.pages.update({f"/{i}": Reply(status=301, headers=(("Location", f"/{i + 1}"),)) for i in range(40)})
    assert "more than 10 times" in reason(collect(ledger, f"{site.url}/0"))


def test_redirects_without_end_in_a_feed_cost_only_themselves(site: Site, ledger: Ledger) -> None:
    def on(asked: Asked) -> Reply:
        """To another address, which nobody has seen before."""
        return Reply(status=302, headers=(("Location", f"{asked.path}x"),))

    site.pages.update({f"/{i}{'x' * hop}": on for i in range(3) for hop in range(40)})
    site.pages.update({"/feed": rss(("/0", OLD), ("/1", OLD), ("/2", OLD), ("/a", OLD)), "/a": Reply(page())})
    outcomes = collect(ledger, feeds=(f"{site.url}/feed",))
    assert sorted(what(outcomes)) == ["fetched", "fetched", "refused", "refused", "refused"]
    assert {one.reason for one in outcomes if one.what == "refused"} == {"it redirects more than 10 times"}
    assert captured(ledger) == [page()]
    assert len(site.paths()) < 45
    # They are not asked for again and again either.
    before = len(site.paths())
    assert sorted(what(collect(ledger, feeds=(f"{site.url}/feed",)))) == ["known"] * 4 + ["unchanged"]
    assert len(site.paths()) == before + 1  # the feed


def test_a_feed_that_itself_redirects_without_end(site: Site, ledger: Ledger) -> None:
    site.pages.update({f"/{i}": Reply(status=301, headers=(("Location", f"/{i + 1}"),)) for i in range(40)})
    assert "more than 10 times" in reason(collect(ledger, feeds=(f"{site.url}/0",)))
    assert len(site.paths()) < 15


def test_a_robots_txt_that_redirects_without_end(site: Site, ledger: Ledger) -> None:
    site.pages.update({f"/{i}": Reply(status=301, headers=(("Location", f"/{i + 1}"),)) for i in range(99)})
    site.pages.update({"/robots.txt": site.pages["/0"], "/a": Reply(page())})
    collect(ledger, f"{site.url}/a")
    assert len(site.paths()) < 20


def test_sitemaps_in_sitemaps_without_end(site: Site, ledger: Ledger) -> None:
    def index(number: int) -> Reply:
        words = "".join(f"<sitemap><loc>{site.url}/{number}{n}-news.xml</loc></sitemap>" for n in (1, 2))
        return Reply(f'<?xml version="1.0"?><sitemapindex>{words}</sitemapindex>'.encode(), "application/xml")

    for length in range(6):
        numbers = (int("".join(("1", *rest))) for rest in product("12", repeat=length))
        site.pages.update({f"/{number}-news.xml": index(number) for number in numbers})
    collect(ledger, feeds=(f"{site.url}/1-news.xml",))
    assert len(site.paths()) == 1 + 2 + 4


def test_a_slow_drip_is_cut_off_in_time(site: Site, ledger: Ledger) -> None:
    site.pages["/a"] = Reply(page(), drip=0.1)
    began = time.monotonic()
    settings = replace(QUICK, limits=replace(QUICK.limits, seconds=0.5))
    assert reason(collect(ledger, f"{site.url}/a", settings=settings)) in (
        "it took too long",
        "it did not answer in time",
    )
    assert time.monotonic() - began < 10


def test_a_server_that_is_not_there(ledger: Ledger) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "robots.txt cannot be had" in reason(collect(ledger, f"http://127.0.0.1:{port}/a"))


def test_private_machines_are_not_asked(site: Site, ledger: Ledger) -> None:
    settings = replace(QUICK, limits=replace(QUICK.limits, allow_private=False))
    for host in ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0x7f000001", "2130706433"):
        collect(ledger, f"http://{host}:{site.port}/a", settings=settings)
    assert site.asked == []


def test_a_redirect_to_a_private_machine_is_not_followed(
    site: Site, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(address, "is_public", lambda number: number == "127.0.0.1")
    site.pages["/a"] = Reply(status=302, headers=(("Location", f"http://127.0.0.2:{site.port}/b"),))
    site.pages["/b"] = Reply(page())
    settings = replace(QUICK, limits=replace(QUICK.limits, allow_private=False))
    assert "private network" in reason(collect(ledger, f"{site.url}/a", settings=settings))
    assert "/b" not in site.paths()


def test_the_number_that_was_looked_at_is_the_one_connected_to(
    site: Site, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that gives a public number first and a private one next leads nowhere: it is looked up once a request."""
    real, looked = socket.getaddrinfo, list[str]()

    def numbers(host: str, port: int, *rest: object, **more: object) -> object:
        if host != "velm.example":
            return real(host, port, *rest, **more)  # type: ignore[arg-type]
        looked.append(host)
        return real("127.0.0.1" if len(looked) <= 2 else "127.0.0.2", port, type=socket.SOCK_STREAM)

    monkeypatch.setattr(socket, "getaddrinfo", numbers)
    monkeypatch.setattr(address, "is_public", lambda number: number == "127.0.0.1")
    site.pages.update({"/a": Reply(page()), "/b": Reply(page())})
    settings = replace(QUICK, limits=replace(QUICK.limits, allow_private=False))
    outcomes = collect(
        ledger, f"http://velm.example:{site.port}/a", f"http://velm.example:{site.port}/b", settings=settings
    )
    assert what(outcomes) == ["fetched", "refused"]
    assert len(looked) == 3, "once for robots.txt, once for each page"
    assert site.asked[0].headers["host"] == f"velm.example:{site.port}"


# ── feeds, and going on ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_feed_brings_what_is_new_and_nothing_twice(site: Site, ledger: Ledger) -> None:
    site.pages.update({"/a": Reply(page("a")), "/b": Reply(page("b"))})
    site.pages["/feed"] = rss((f"{site.url}/a?utm_source=feed", OLD))
    feed = (f"{site.url}/feed",)
    assert what(collect(ledger, feeds=feed)) == ["fetched", "fetched"]
    assert what(collect(ledger, feeds=feed)) == ["unchanged", "known"]
    site.pages["/feed"] = rss((f"{site.url}/a", OLD), ("/b", OLD))
    assert sorted(what(collect(ledger, feeds=feed))) == ["fetched", "fetched", "known"]
    assert site.paths().count("/a") == 1
    site.pages["/feed"] = rss((f"{site.url}/a", NEW), ("/b", OLD))
    assert sorted(what(collect(ledger, feeds=feed))) == ["fetched", "known", "unchanged"]


def test_a_feed_that_did_not_change_still_gives_what_could_not_be_had_before(site: Site, ledger: Ledger) -> None:
    def feed(question: Asked) -> Reply:
        return (
            Reply(status=304)
            if "if-none-match" in question.headers
            else rss(("/a", OLD), ("/b", OLD))._replace(headers=(("ETag", "1"),))
        )

    site.pages.update({"/feed": feed, "/a": Reply(status=500), "/b": Reply(status=404)})
    collect(ledger, feeds=(f"{site.url}/feed",))
    site.pages.update({"/a": Reply(page("a")), "/b": Reply(page("b"))})
    assert what(collect(ledger, feeds=(f"{site.url}/feed",))) == ["unchanged", "known", "fetched"]
    assert what(collect(ledger, feeds=(f"{site.url}/feed",), settings=replace(QUICK, again=0.0)))[-1] == "fetched"


def test_pages_are_asked_for_again_after_a_time_where_wanted(site: Site, ledger: Ledger) -> None:
    site.pages.update({"/feed": rss(("/a", OLD)), "/a": Reply(page())})
    feed = (f"{site.url}/feed",)
    collect(ledger, feeds=feed)
    site.pages["/a"] = Reply(page(more="<p>A line that was put in without a word.</p>"))
    assert what(collect(ledger, feeds=feed, settings=replace(QUICK, recheck=3600.0))) == ["unchanged", "known"]
    assert what(collect(ledger, feeds=feed, settings=replace(QUICK, recheck=0.0))) == ["unchanged", "fetched"]


def test_a_feed_without_end_is_taken_in_parts(site: Site, ledger: Ledger) -> None:
    site.pages["/feed"] = rss(*((f"/{i}", OLD) for i in range(9)))
    site.pages.update({f"/{i}": Reply(page(str(i))) for i in range(9)})
    settings = replace(QUICK, most=4)
    counts = [what(collect(ledger, feeds=(f"{site.url}/feed",), settings=settings)).count("fetched") for _ in range(3)]
    assert counts == [5, 4, 1]


def test_a_page_is_no_feed_even_where_it_is_known_as_a_page(site: Site, ledger: Ledger) -> None:
    site.pages["/a"] = Reply(page(), headers=(("ETag", "1"),))
    collect(ledger, f"{site.url}/a")
    assert "not a feed" in reason(collect(ledger, feeds=(f"{site.url}/a",)))


def test_a_run_that_was_cut_short_is_gone_on_with(site: Site, ledger: Ledger) -> None:
    site.pages.update({f"/{i}": Reply(page(str(i))) for i in range(4)})
    addresses = [f"{site.url}/{i}" for i in range(4)]
    run = Collector(ledger, QUICK).run(addresses)
    assert [next(run).what, next(run).what] == ["fetched", "fetched"]
    while len(site.paths()) > len(list(ledger.pages())) + 1:
        time.sleep(0.01)
    outcomes = collect(ledger, *addresses, taken=False)
    assert sorted(what(outcomes)) == ["fetched", "fetched", "known", "known"]
    assert len(ledger.waiting()) == 4
    assert sorted(captured(ledger)) == sorted(page(str(i)) for i in range(4))


def test_one_host_that_does_not_answer_does_not_hold_up_the_rest(site: Site, ledger: Ledger) -> None:
    site.pages["/robots.txt"] = Reply(b"", "text/plain")
    site.pages.update({f"/{i}": Reply(b"half", length=99) for i in range(30)})
    outcomes = collect(ledger, *(f"{site.url}/{i}" for i in range(30)))
    assert what(outcomes) == ["refused"] * 30
    assert len(site.paths()) <= 6
