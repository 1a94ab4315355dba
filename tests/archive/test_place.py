"""Where archives are, and what is said of a place that cannot hold one: one clear line, never a password."""

from __future__ import annotations

import multiprocessing
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

import dateline
from dateline.archive.archive import Archive
from dateline.archive.dialect import WAIT, Either, Every, Has
from dateline.archive.place import Place
from dateline.archive.postgresql import _query
from dateline.archive.sqlite import Sqlite, _match
from dateline.cli import app
from dateline.errors import ArchiveError
from tests.archive.test_archive import content
from tests.conftest import Where
from tests.postgresql import Server
from tests.press import article, folder


def test_an_address_is_told_without_its_password() -> None:
    place = Place.of("postgresql://desk:s3cret@db.example.org:5433/pile?sslmode=require&password=other")
    assert str(place) == "postgresql://desk@db.example.org:5433/pile"
    assert (place.path, place.name) == (None, "pile")
    assert Place.of("postgres:///pile?host=/run/postgresql").url.database == "pile"
    assert Place.of(Path("a/b.db")).name == "b.db"
    assert str(Place.of("a/b.db")) == "a/b.db"
    with pytest.raises(ArchiveError, match="no address") as said:
        Place.of("postgresql://desk:s3cret@db:port/pile")
    assert "s3cret" not in str(said.value)


def told(*words: str) -> str:
    done = CliRunner().invoke(app, list(words))
    assert isinstance(done.exception, ArchiveError), done.output
    assert "\n" not in str(done.exception)
    assert "s3cret" not in str(done.exception)
    return str(done.exception)


def test_a_database_that_holds_no_archive_says_so(server: Server) -> None:
    bare = server.bare()
    assert "there is no archive here yet" in told("status", "--archive", bare)
    server.sql("CREATE TABLE stamps (id int)", bare.rpartition("/")[2])
    assert "not made by Dateline" in told("status", "--archive", bare)
    gone = f"{server.address}/gone"
    assert 'database "gone" does not exist' in told("status", "--archive", gone)
    server.sql("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0")
    assert "UTF8" in told("add", __file__, "--archive", f"{server.address}/latin")


def test_a_server_that_is_not_there_or_lets_nobody_in_says_so(server: Server) -> None:
    assert "Connection refused" in told("status", "--archive", "postgresql://desk:s3cret@127.0.0.1:9/pile")
    server.sql("CREATE ROLE guest LOGIN PASSWORD 'right'")
    hba = server.home / "data" / "pg_hba.conf"
    before = hba.read_text()
    hba.write_text(f"host all guest 127.0.0.1/32 scram-sha-256\n{before}")
    server.sql("SELECT pg_reload_conf()")
    try:
        wrong = f"postgresql://guest:s3cret@127.0.0.1:{server.port}/postgres"
        assert "password authentication failed" in told("status", "--archive", wrong)
    finally:
        hba.write_text(before)
        server.sql("SELECT pg_reload_conf()")


def test_a_server_that_goes_away_is_told_of_and_comes_back(server: Server, tmp_path: Path) -> None:
    address = server.new()
    with dateline.open(address) as archive:
        end = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{address.rpartition('/')[2]}'"

        def cut_off() -> None:
            with archive.store.write() as cx:
                server.sql(end)
                cx.execute(text("DELETE FROM meta"))

        with pytest.raises(dateline.StorageError, match="terminat"):
            cut_off()
        archive.add([folder(tmp_path / "in", 1)], read=False)
        assert not list(archive.verify())


def test_two_archives_fit_into_two_schemas_of_one_database(server: Server, tmp_path: Path) -> None:
    bare = server.bare()
    for name in ("one", "two"):
        server.sql(f"CREATE SCHEMA {name}", bare.rpartition("/")[2])
        with dateline.open(f"{bare}?options=-csearch_path%3D{name}") as archive:
            archive.add([folder(tmp_path / name, 1 if name == "one" else 3)], read=False)
            assert archive.status()["counts"]["captures"] == (1 if name == "one" else 3)


def test_words_longer_than_an_index_takes_are_kept_and_found(place: Callable[[str], Where], tmp_path: Path) -> None:
    rare = "".join(chr(0x4E00 + (i * 7919) % 20000) for i in range(2500))
    url = f"https://paper.example/{''.join(f'{i * 7919:x}' for i in range(900))}"
    (tmp_path / "long.jsonl").write_text(f'{{"text": "{article(1)} {rare}", "url": "{url}"}}'.replace("\n", "\\n"))
    with dateline.open(place("a")) as archive:
        run = archive.add([tmp_path / "long.jsonl"], read=False)
        assert (run.counts["captures new"], run.refused) == (1, [])
        [report] = archive.reports()
        assert [found.report for found in archive.search(rare)] == [report.id]
        assert report.captures[0].url == url
        assert not list(archive.verify())


QUERIES = (
    "ferry",
    "ferry the",
    "Grey Heron",
    "grey-heron",
    "crews’",
    "Haldar minister",
    "“",
    "seventeen dead ferry",
    "1",
    "de",
)


def test_both_databases_find_and_rank_alike(sample_file: Path, server: Server) -> None:
    address = server.new()
    with dateline.open(sample_file) as one:
        one.copy(address)
        with dateline.open(address) as other:
            for words in QUERIES:
                assert [each.report for each in one.search(words)] == [each.report for each in other.search(words)], (
                    words
                )
            assert one.search("ferry the")


def test_what_is_looked_for_on_the_shelf_is_said_in_both_languages() -> None:
    wanted = Either((Every((Has("stems", "it.s"), Has("names", 'a"b'))), Has("stems", "")))
    assert _match(wanted) == '((stems:"it.s" AND names:"a""b") OR stems:"")'
    assert _query(wanted) == "(('stems it.s' & '''') | '''')"


def test_who_looks_does_not_wait_for_who_writes(a_copy: Where) -> None:
    with dateline.open(a_copy) as archive, archive.store.write() as cx:
        cx.execute(text("DELETE FROM entries"))
        with dateline.open(a_copy) as other:
            assert other.chronicle()
            assert other.search("ferry")
    with dateline.open(a_copy) as archive:
        assert not archive.chronicle()


def test_who_opens_waits_for_who_makes_the_file(tmp_path: Path) -> None:
    at = tmp_path / "a.db"
    making = sqlite3.connect(at, check_same_thread=False, isolation_level=None)
    making.execute("BEGIN EXCLUSIVE")
    making.execute("CREATE TABLE made (one)")
    done = threading.Timer(0.3, making.execute, ["COMMIT"])
    done.start()
    Sqlite().engine(Place.of(at)).connect().close()
    done.join()
    making.close()


def test_what_cannot_be_opened_is_said_at_once(tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(ArchiveError, match="cannot be opened"):
        dateline.open(tmp_path)  # a folder
    assert time.monotonic() - began < WAIT / 2


def standing(at: Where) -> dict[str, object]:
    """What an archive holds but its runs and the Readings of wordings that no report has any more."""
    with dateline.open(at) as archive:
        return {**content(at), "readings": archive.store.readings()}


def _add(at: Where, sources: list[Path], begin: object) -> None:
    begin.wait()  # type: ignore[attr-defined]
    with Archive(at) as archive:
        archive.add(sources)


def test_two_that_add_at_the_same_time_both_finish_and_nothing_is_doubled(
    place: Callable[[str], Where], tmp_path: Path
) -> None:
    files = sorted(folder(tmp_path / "in", 12).iterdir())
    halves = [files[:8], files[4:]]  # four of them are in both
    context = multiprocessing.get_context("fork")
    begin = context.Barrier(2)
    both = [context.Process(target=_add, args=(place("both"), half, begin)) for half in halves]
    for process in both:
        process.start()
    for process in both:
        process.join(300)
        assert process.exitcode == 0
    with dateline.open(place("both")) as archive:
        archive.add([])
        assert not list(archive.verify())
        assert [run["ended"] is not None for run in archive.status()["runs"]] == [True] * 3
    for half in halves:
        with dateline.open(place("one after the other")) as archive:
            archive.add(half)
    assert standing(place("both")) == standing(place("one after the other"))


def test_without_the_driver_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ArchiveError, match=r"pip install 'dateline\[postgresql\]'"):
        dateline.open("postgresql://desk@127.0.0.1:9/pile")
