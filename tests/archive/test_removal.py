"""A capture that must go is gone, with what rested on it alone; its hash and the reason stay."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

import dateline
from dateline.archive.archive import Archive
from dateline.errors import ArchiveError, ReadingError
from tests.conftest import Where
from tests.press import article

SECRET = "Nobody but Quillon Zaverty knew of the tunnel under the tram line."


@pytest.fixture
def home(tmp_path: Path) -> Path:
    whole = article(7)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "kept.txt").write_text(article(3), encoding="utf-8")
    (tmp_path / "in" / "secret.txt").write_text(f"{article(4)}\n\n{SECRET}\n", encoding="utf-8")
    paragraphs = whole.split("\n\n")
    for name, body in {"first.txt": paragraphs[:3], "last.txt": paragraphs[1:], "whole.txt": paragraphs}.items():
        (tmp_path / "in" / name).write_text("\n\n".join(body), encoding="utf-8")
    return tmp_path


def capture(archive: Archive, name: str) -> str:
    return next(c.id for row in archive.reports() for c in row.captures if c.path.endswith(name))


def test_bytes_words_and_decisions_go_and_hash_and_reason_stay(
    home: Path, place: Callable[[str], Where], request: pytest.FixtureRequest
) -> None:
    with dateline.open(place("a")) as archive:
        archive.add([home / "in"])
        id = capture(archive, "secret.txt")
        row = next(
            row
            for row in archive.events()
            if row.reports == [next(r.id for r in archive.reports() if r.captures[0].id == id)]
        )
        archive.reviews.decide(row.id, "confirm", by="Lena")
        before = len(archive.reports())
        done = archive.remove(id, "the subject asked for it", by="Lena")
        assert done.sha256 == hashlib.sha256((home / "in" / "secret.txt").read_bytes()).hexdigest()
        assert done.decisions == 1
        assert archive.reviews.decisions(undone=True) == []
        assert len(archive.reports()) == before - 1
        assert archive.search("Zaverty") == []
        with pytest.raises(ArchiveError, match="no such capture"):
            archive.raw(id)
        assert archive.removed() == [done]
        assert not list(archive.verify())
        again = archive.add([home / "in"])
        assert [refusal.reason for refusal in again.refused] == [
            f"it was removed on {done.at[:10]}: the subject asked for it"
        ]
        assert len(archive.reports()) == before - 1
    files = list(home.glob("a.db*")) or request.getfixturevalue("server").files(place("a"))
    assert files
    for file in files:
        assert b"Zaverty" not in file.read_bytes(), file


def test_what_it_held_together_is_folded_anew(home: Path, place: Callable[[str], Where]) -> None:
    with dateline.open(place("a")) as archive:
        archive.add([home / "in"])
        together = next(row for row in archive.reports() if len(row.captures) == 3)
        archive.remove(capture(archive, "whole.txt"), "withdrawn", by="Lena")
        assert together.id not in {row.id for row in archive.reports() if len(row.captures) == 3}
        (home / "in" / "whole.txt").unlink()
        with dateline.open(place("b")) as fresh:
            fresh.add([home / "in"])
            assert [row.id for row in archive.reports()] == [row.id for row in fresh.reports()]
            assert list(archive.chronicle()) == list(fresh.chronicle())


def test_a_reason_is_needed_and_the_capture_must_be_there(home: Path, place: Callable[[str], Where]) -> None:
    with dateline.open(place("a")) as archive:
        archive.add([home / "in" / "kept.txt"], read=False)
        with pytest.raises(ReadingError, match="say why"):
            archive.remove(capture(archive, "kept.txt"), " ", by="Lena")
        with pytest.raises(ArchiveError, match="no such capture"):
            archive.remove("c0", "withdrawn", by="Lena")
        assert len(archive.reports()) == 1
