"""Hostile captures through the commands and every export: a spreadsheet calculates nothing, a terminal obeys nothing, no markup
stands where a reader of the format would take it for its own, and nothing is written beside what was asked for."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.hostile import EVIL, OWN, folder
from tests.test_cli import Done, dateline

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
FORMULA = re.compile(r"\s*[=+@\t\r-](?!\d)")
LISTS = ("chronicle", "reports", "statements", "figures", "events", "actors", "commitments", "disputes")


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the hostile captures, made by the command, alone in its folder."""
    home = tmp_path_factory.mktemp("hostile") / "deep" / "deeper"
    home.mkdir(parents=True)
    folder(home.parent / "in")
    done = dateline("add", "../in", "--archive", "pile.db", cwd=home)
    assert done.returncode == 0, done.stderr
    assert not STEERING.search(done.stderr.replace("\r", ""))
    return home / "pile.db"


def export(pile: Path, format: str) -> str:
    done = dateline("export", format, "-", "--archive", pile)
    assert done.returncode == 0, done.stderr
    return done.stdout


def strings(value: Any) -> Iterator[str]:
    """All strings in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def test_nothing_is_written_beside_the_archive(pile: Path) -> None:
    assert {path.name for path in pile.parent.iterdir()} <= {"pile.db", "pile.db-wal", "pile.db-shm"}
    assert {path.name for path in pile.parent.parent.iterdir()} == {"deeper", "in"}
    assert not list(pile.parent.parent.parent.rglob("owned*"))
    assert not Path("/tmp/owned.warc").exists()


@pytest.mark.parametrize("name", LISTS)
def test_a_terminal_is_not_steered(pile: Path, name: str) -> None:
    done: Done = dateline(name, "--archive", pile)
    assert done.stdout.strip()
    assert not STEERING.findall(done.stdout)


@pytest.mark.parametrize("format", ["text", "md"])
def test_text_holds_no_markup_of_a_capture(pile: Path, format: str) -> None:
    told = export(pile, format)
    assert OWN in told.replace("\\", ""), "the words themselves stand there"
    assert not STEERING.findall(told)
    if format == "md":
        assert not re.findall(r"(?<!\\)<(?:script|img|svg|iframe|style|meta|base|object|a|p)\b", told)
        assert not re.findall(r"(?<!\\)!\[", told)
        assert not re.findall(r"(?<!\\)\]\((?!#)[^)]*(?:javascript:|" + re.escape(EVIL) + ")", told)


def test_a_spreadsheet_calculates_nothing(pile: Path) -> None:
    rows = list(csv.reader(io.StringIO(export(pile, "csv"))))
    assert len(rows) > 20
    assert len({len(row) for row in rows}) == 1
    assert [cell for row in rows for cell in row if FORMULA.match(cell)] == []


def test_polecat_rows_keep_their_columns(pile: Path) -> None:
    lines = export(pile, "polecat").splitlines()
    assert len({line.count("\t") for line in lines}) == 1
    assert [cell for line in lines for cell in line.split("\t") if FORMULA.match(cell)] == []


def test_a_calendar_holds_what_it_should_and_no_more(pile: Path) -> None:
    told = export(pile, "ics")
    calendar = Calendar.from_ical(told)
    assert {part.name for part in calendar.walk()} <= {"VCALENDAR", "VEVENT"}
    assert not re.findall(r"^(?:ATTACH|VALARM|URL:javascript)", told, re.MULTILINE | re.IGNORECASE)


def test_timelinejs_gets_text_not_markup(pile: Path) -> None:
    # TimelineJS puts these strings into its page as markup.
    for told in strings(json.loads(export(pile, "timelinejs"))):
        assert not re.search(r"<(?:script|img|svg|iframe|style|meta|base|object|embed|form)\b", told), told[:200]
        assert not re.match(r"\s*javascript:", told, re.IGNORECASE)


@pytest.mark.parametrize("format", ["geojson", "annotations"])
def test_json_is_json(pile: Path, format: str) -> None:
    found = list(strings(json.loads(export(pile, format))))
    assert any(OWN in each for each in found), "the words themselves stand there"


def test_lines_of_json_are_one_object_each(pile: Path) -> None:
    for line in export(pile, "plover").splitlines():
        assert isinstance(json.loads(line), dict)


def test_every_noun_lands_in_the_folder_named(pile: Path, tmp_path: Path) -> None:
    home = tmp_path / "out"
    done = dateline("export", "jsonl", home, "--archive", pile, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"out"}
    for path in home.iterdir():
        assert re.fullmatch(r"\w+\.jsonl", path.name)
        assert all(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def test_a_citation_breaks_out_of_nothing(pile: Path) -> None:
    rows = [json.loads(line) for line in dateline("reports", "--json", "--archive", pile).stdout.splitlines()]
    for row in rows[:12]:
        told = dateline("cite", row["id"], "--format", "bibtex", "--archive", pile).stdout
        assert told.count("{") - told.count("\\{") == told.count("}") - told.count("\\}")
        assert not STEERING.findall(told)
        assert not re.findall(r"(?<!\\)\\input", told)
