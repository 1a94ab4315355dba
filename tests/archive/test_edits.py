from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import dateline
from dateline.archive.edits import Change, changes
from dateline.cli import app
from dateline.export.edits import edits
from dateline.records import Part, Version
from tests.conftest import Where
from tests.fold.press import HARBOUR


def version(text: str) -> Version:
    parts, at = [], 0
    for paragraph in text.split("\n\n"):
        parts.append(Part(start=at, end=at + len(paragraph), kind="body"))
        at += len(paragraph) + 2
    return Version(id="v", text=text, parts=parts, captures=[])


def between(old: str, new: str) -> list[Change]:
    a, b = version(old), version(new)
    found = changes(a, b)
    for change in found:
        for span, text in ((change.old, old), (change.new, new)):
            assert span is None or text[span.start : span.end] == span.text
    return found


def edit(*pairs: tuple[str, str]) -> str:
    text = HARBOUR
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def test_a_figure_that_changed_is_named_with_what_it_counts() -> None:
    (change,) = between(HARBOUR, edit(("18 million crowns", "21.5 million crowns")))
    assert change.kind == "changed"
    ((old, new),) = [(each.old, each.new) for each in change.figures]
    assert old is not None
    assert new is not None
    assert old.startswith("18 million")
    assert new.startswith("21.5 million")
    assert change.before.endswith("expected to cost")


def test_a_figure_in_words_is_one_too() -> None:
    (change,) = between(HARBOUR, edit(("about forty boats", "about sixty boats")))
    assert [(each.old, each.new) for each in change.figures] == [("forty boats", "sixty boats")]


def test_a_quotation_that_changed_is_named_as_a_whole() -> None:
    (change,) = between(HARBOUR, edit(("wait for the first accident", "wait for the first death")))
    (exchange,) = change.quotations
    assert exchange.old == "We are not going to wait for the first accident,"
    assert exchange.new == "We are not going to wait for the first death,"
    assert change.figures == []


def test_a_sentence_that_was_added_and_one_that_was_removed() -> None:
    sentence = ' Nobody was hurt, "as far as we know", when 3 lorries sank in.'
    longer = edit(("below the waterline.", f"below the waterline.{sentence}"))
    (added,) = between(HARBOUR, longer)
    assert (added.kind, added.old) == ("added", None)
    assert [(each.old, each.new) for each in added.figures] == [(None, "3 lorries sank in")]
    assert [(each.old, each.new) for each in added.quotations] == [(None, "as far as we know")]
    (removed,) = between(longer, HARBOUR)
    assert (removed.kind, removed.new) == ("removed", None)


def test_changes_a_word_apart_are_told_as_one() -> None:
    (change,) = between(HARBOUR, edit(("called the notice far too short", "found a notice much too brief")))
    assert change.old is not None
    assert change.new is not None
    assert (change.old.text, change.new.text) == ("called the notice far too short", "found a notice much too brief")


def test_the_same_words_have_no_changes() -> None:
    assert between(HARBOUR, HARBOUR) == []


@pytest.fixture
def archive(place: Callable[[str], Where], tmp_path: Path) -> Where:
    """An archive with a report in three versions and one that was never edited."""
    texts = [
        HARBOUR,
        edit(("18 million crowns", "21 million crowns")),
        edit(("18 million crowns", "21 million crowns"), ("wait for the first accident", "wait for the first death")),
    ]
    path = place("it")
    with dateline.open(path) as opened:
        for day, text in enumerate(texts, 6):
            body = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
            file = tmp_path / f"{day}.html"
            file.write_text(
                f"<!doctype html><html><head><title>Quay to close</title><meta property='article:published_time' content='2021-12-{day:02}'>"
                f"</head><body><article><h1>Quay to close</h1>{body}</article></body></html>"
            )
            opened.add([file], read=False)
        other = tmp_path / "other.txt"
        other.write_text(
            "Velm has a new mayor. Ada Novak was chosen on Monday by nine votes against four, after a night of talks.\n"
        )
        opened.add([other], read=False)
    return path


def test_the_command_shows_what_changed(archive: Where) -> None:
    done = CliRunner().invoke(app, ["reports", "--versions", "--archive", str(archive)])
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].startswith("Quay to close · 2021-12-06")
    assert "{+21+}" in done.stdout
    assert "figure changed: 18 million crowns" in done.stdout
    assert "quotation changed: We are not going to wait for the first accident, → We are" in done.stdout
    assert "1 report with several versions" in done.stderr

    done = CliRunner().invoke(app, ["reports", "--versions", "--json", "--archive", str(archive)])
    (row,) = (json.loads(line) for line in done.stdout.splitlines())
    assert len(row["versions"]) == 3
    assert [(step["from"], step["to"]) for step in row["steps"]] == [
        (row["versions"][i]["id"], row["versions"][i + 1]["id"]) for i in range(2)
    ]
    done = CliRunner().invoke(
        app, ["reports", "--versions", "--about", "no such words", "--json", "--archive", str(archive)]
    )
    assert done.stdout == ""


def test_versions_that_differ_in_nothing_that_is_told_say_so(archive: Where) -> None:
    with dateline.open(archive) as opened:
        (report,) = opened.edits()
    import msgspec

    empty = msgspec.structs.replace(report, steps=[msgspec.structs.replace(step, changes=[]) for step in report.steps])
    assert any("nothing but side matter" in line for line in edits([empty]))
