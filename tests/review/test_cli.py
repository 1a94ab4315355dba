"""The command review, through the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import dateline as api
from tests.test_cli import dateline, lines


@pytest.fixture
def pile(a_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATELINE_ARCHIVE", str(a_copy))
    monkeypatch.setenv("DATELINE_REVIEWER", "Lena Okker")
    return a_copy


def test_keys_on_lines_decide_one_by_one(pile: Path) -> None:
    every = len(lines(dateline("statements", "--json")))
    done = dateline(
        "review",
        "--kind",
        "statements",
        stdin="a\nx\nzz\ne speaker=Ida Morse, date=2024-05-01\nn ask her\nu\nbackspace\n?\nq\n",
    )
    assert done.returncode == 0
    assert f"1 of {every}" in done.stdout
    assert "⟦" in done.stdout
    for told in (
        "confirmed",
        "rejected",
        "corrected: ",
        "noted",
        "undone: note",
        "undone: corrected",
        "There is no key 'zz'",
    ):
        assert told in done.stdout
    held = lines(dateline("review", "list", "--json"))
    assert [(one["verdict"], one["by"], one["state"]) for one in held] == [
        ("confirm", "Lena Okker", "applied"),
        ("reject", "Lena Okker", "applied"),
    ]
    assert len(lines(dateline("statements", "--json"))) == every - 1
    assert len(lines(dateline("review", "list", "--rejected", "--json"))) == 1


def test_commands_decide_and_tell_what_was_wrong(pile: Path, sample_file: Path) -> None:
    figure = lines(dateline("figures", "--json"))[0]
    done = dateline("review", "correct", figure["id"], "value=41", "--why", "misread", "--json")
    [made] = lines(done)
    assert made["parts"][0]["now"]["value"] == 41
    assert lines(dateline("figures", "--json"))[0]["value"] == 41
    for arguments, wrong in (
        (("correct", figure["id"], "value=many"), "is no number"),
        (("correct", figure["id"], "many"), "FIELD=VALUE"),
        (("confirm", "s0"), "nothing of that id"),
        (("undo", "j0"), "no such decision"),
        (("split", figure["id"]), "say which"),
        (("merge", figure["id"]), "two or more"),
        (("import", str(sample_file)), "UTF-8"),
        (("import", str(pile.parent)), "cannot be read"),
        (("import", str(pile.parent / "none.jsonl")), "cannot be read"),
    ):
        done = dateline("review", *arguments)
        assert (done.returncode, wrong in done.stderr) == (2, True), (arguments, done.stderr)
    dateline("review", "undo")
    assert lines(dateline("figures", "--json"))[0]["value"] == figure["value"]


def test_a_note_of_several_lines_comes_back(pile: Path, tmp_path: Path) -> None:
    figure = lines(dateline("figures", "--json"))[0]
    note = "One line,\u2028another,\x85and a third"
    dateline("review", "confirm", figure["id"], "--why", note)
    dateline("review", "export", tmp_path / "mine.jsonl")
    assert note in (tmp_path / "mine.jsonl").read_text(encoding="utf-8")
    for taken in (
        dateline("review", "import", tmp_path / "mine.jsonl", "--json"),
        dateline("review", "import", "-", "--json", stdin=(tmp_path / "mine.jsonl").read_text(encoding="utf-8")),
    ):
        assert lines(taken)[0]["known"] == 1, taken.stderr
    dateline("review", "undo")


def test_what_there_is_to_look_at_is_listed(pile: Path) -> None:
    todo = lines(dateline("review", "--kind", "disputes", "--json"))
    assert todo
    assert {"id", "kind", "text", "marked", "fields"} <= todo[0].keys()
    chance = [row["id"] for row in lines(dateline("review", "--kind", "disputes", "--json", "--shuffle", "7"))]
    assert sorted(chance) == sorted(row["id"] for row in todo)
    assert chance == [row["id"] for row in lines(dateline("review", "--kind", "disputes", "--json", "--shuffle", "7"))]


def test_status_tells_the_rate_and_the_queue(pile: Path, tmp_path: Path) -> None:
    with api.open(pile) as archive:
        row = archive.statements()[0]
        archive.reviews.decide(row.id, "confirm", by="Lena Okker")
    dateline("review", "export", tmp_path / "lena.jsonl")
    with api.open(pile) as archive:
        archive.reviews.undo(by="Lena Okker")
        archive.reviews.decide(row.id, "reject", by="Ida")
        other = archive.reviews.decisions()[0]
    told = dateline("status").stdout
    assert "of 1 statement looked at, 0 confirmed, 0 corrected, 1 rejected" in told
    # What Lena decided and undid comes back from a colleague, as a line of their own.
    line = json.loads((tmp_path / "lena.jsonl").read_text())
    from dateline.archive.decisions import append
    from dateline.review.decide import decision

    with api.open(pile) as archive:
        append(archive.store, [decision("confirm", "statement", [*other.parts], "Piet")])
        parts = archive.reviews.decisions(undone=True)[0].parts
        append(archive.store, [decision("confirm", "statement", parts, "Ada")])
    queue = dateline("review", "queue")
    assert "persons decided differently" in queue.stdout
    assert "to look at again" in dateline("status").stdout
    again = dateline("review", "import", tmp_path / "lena.jsonl", "--json")
    assert lines(again)[0]["known"] == 1
    assert line["by"] == "Lena Okker"
    kept = lines(dateline("review", "queue", "--json"))[0]["decision"]["id"]
    dateline("review", "keep", kept)
    assert lines(dateline("review", "queue", "--json")) == []
