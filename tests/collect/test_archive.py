"""Collecting into an archive, and by command."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import dateline
from dateline.archive.ledger import Ledger
from dateline.archive.store import Store
from dateline.cli import app
from dateline.collect.collector import Outcome
from tests.collect.site import Reply, Site, page, serving
from tests.collect.test_collector import OLD, QUICK, rss


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as made:
        made.pages.update({f"/{i}": Reply(page(f"Bridge {i}")) for i in range(4)})
        made.pages["/feed"] = rss(*((f"/{i}", OLD) for i in range(4)))
        yield made


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, list(words))
    return done.exit_code, done.stdout, done.stderr


def collected(path: Path) -> list[str]:
    """The addresses of the captures that are in an archive, checked to be whole."""
    with dateline.open(path) as archive:
        assert list(archive.verify()) == []
        refs = [ref for report in archive.reports() for ref in report.captures]
        assert all(page(f"Bridge {(ref.url or '')[-1]}") == archive.raw(ref.id).data for ref in refs)
        return sorted(ref.url or "" for ref in refs)


def test_what_is_collected_becomes_captures_of_reports(site: Site, tmp_path: Path) -> None:
    with dateline.open(tmp_path / "it.db") as archive:
        did = archive.collect([f"{site.url}/0"], settings=QUICK, read=False)
        assert did.counts["captures new"] == 1
        (report,) = archive.reports()
        (ref,) = report.captures
        assert (ref.path, ref.url) == (f"{site.url}/0", f"{site.url}/0")
        assert ref.captured
        again = archive.collect([f"{site.url}/0"], settings=QUICK, read=False)
        assert (again.counts["captures new"], again.counts["pages unchanged"]) == (0, 1)


@pytest.mark.parametrize("after", [1, 2, 4])
def test_a_run_that_was_killed_is_finished_without_fetching_anything_twice(
    after: int, site: Site, tmp_path: Path
) -> None:
    path = tmp_path / "it.db"
    child = os.fork()
    if not child:
        try:
            left = after

            def heard(outcome: Outcome) -> None:
                nonlocal left
                left -= outcome.what == "fetched" and outcome.kind == "page"
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)

            with dateline.open(path) as archive:
                archive.collect(feeds=[f"{site.url}/feed"], settings=QUICK, read=False, heard=heard)
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    with dateline.open(path) as archive:
        kept = sum(1 for _ in archive.fetched())
        assert kept == after
        archive.collect(feeds=[f"{site.url}/feed"], settings=QUICK, read=False)
    assert collected(path) == [f"{site.url}/{i}" for i in range(4)]
    pages = [asked for asked in site.paths() if asked != "/feed"]
    assert len(pages) <= 4 + 1, "at most the one that was on its way is asked for again"


def test_an_answer_that_holds_no_page_is_named_and_not_looked_at_again(site: Site, tmp_path: Path) -> None:
    site.pages["/a"] = Reply(b"\x00\x01\x02" * 99, "text/html")
    with dateline.open(tmp_path / "it.db") as archive:
        did = archive.collect([f"{site.url}/a"], settings=QUICK, read=False)
        assert [refusal.path for refusal in did.refused] == [f"{site.url}/a"]
        assert archive.collect([], settings=QUICK, read=False).refused == []


def test_a_pdf_is_fetched_as_well(site: Site, tmp_path: Path) -> None:
    from tests.capture.print_shop import Put, column, pdf
    from tests.collect.site import LEAD

    site.pages["/it.pdf"] = Reply(
        pdf([[Put("Velm gives up its bridge", 60, 120, 24), *column(LEAD, 60, 200, 80)]]), "application/pdf"
    )
    site.pages["/broken.pdf"] = Reply(b"%PDF-1.4 and no more", "application/pdf")
    with dateline.open(tmp_path / "it.db") as archive:
        did = archive.collect([f"{site.url}/it.pdf", f"{site.url}/broken.pdf"], settings=QUICK, read=False)
        assert [report.title for report in archive.reports()] == ["Velm gives up its bridge"]
        assert [refusal.reason for refusal in did.refused] == ["its PDF is broken or cut off"]


def test_the_commands(site: Site, tmp_path: Path) -> None:
    options = ("--archive", str(tmp_path / "it.db"), "--no-read", "--allow-private", "--delay", "0")
    file = tmp_path / "page.html"
    file.write_bytes(page("From a file"))
    code, out, err = run("add", f"{site.url}/0", str(file), f"{site.url}/none", "--json", *options)
    assert code == 1
    counts = [json.loads(line)["counts"] for line in out.splitlines()]
    assert [count["captures new"] for count in counts] == [1, 1]
    assert f"fetched: {site.url}/0\n" in err
    assert f"refused: {site.url}/none: not there (404)" in err

    names = tmp_path / "feeds.txt"
    names.write_text(f"# ours\n\n{site.url}/feed\n")
    code, _, err = run("watch", "--list", str(names), *options)
    assert code == 0
    assert err.count("fetched: ") == 4, "the feed and three pages: one was known"

    warc = tmp_path / "it.warc.gz"
    code, out, err = run("fetched", "--archive", str(tmp_path / "it.db"), "--warc", str(warc))
    assert (code, len(out.splitlines())) == (0, 4)
    with dateline.open(tmp_path / "again.db") as archive:
        assert archive.add([warc], read=False).counts["captures new"] == 4


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["watch"], "name a feed"),
        (["watch", "feeds.txt"], "--list"),
        (["watch", "https://velm.example/", "--every", "soon"], "no length of time"),
        (["watch", "--list", "nowhere.txt"], "nowhere.txt"),
    ],
)
def test_wrong_usage(words: list[str], why: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, [*words, "--archive", str(tmp_path / "it.db")])
    assert done.exit_code != 0
    assert why in f"{done.output}{done.exception}"
    assert not (tmp_path / "it.db").exists()


def test_without_leave_nothing_on_this_machine_is_asked(site: Site, tmp_path: Path) -> None:
    code, _, err = run("add", f"{site.url}/0", "--archive", str(tmp_path / "it.db"), "--no-read")
    assert (code, site.asked) == (1, [])
    assert "private network" in err


def test_records_that_were_damaged_or_must_go(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "it.db"
    with dateline.open(path) as archive:
        archive.collect([f"{site.url}/0", f"{site.url}/1"], settings=QUICK, read=False)
        (first, _) = archive.fetched()
        data = bytearray(first.data)
        data[len(data) // 2] ^= 255
    with sqlite3.connect(path) as file:
        file.execute("UPDATE answers SET data = ? WHERE url = ?", (bytes(data), f"{site.url}/0"))
    store = Store(path)
    ledger = Ledger(store)
    assert [url for url, _ in ledger.damaged()] == [f"{site.url}/0"]
    with dateline.open(path) as archive:
        assert [problem.what for problem in archive.verify()] == [f"fetched:{site.url}/0"]
    ledger.forget(hashlib.sha256(page("Bridge 0")).hexdigest())
    assert [kept.url for kept in ledger.pages()] == [f"{site.url}/1"]
    assert list(ledger.damaged()) == []
    assert ledger.waiting() == []
    store.close()
