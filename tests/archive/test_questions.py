"""Saved questions: what is new since somebody last looked."""

from __future__ import annotations

import pytest

import dateline
from dateline.errors import ArchiveError, ReadingError
from tests.conftest import Where


def test_what_is_new_is_new_until_somebody_looks(a_copy: Where) -> None:
    with dateline.open(a_copy) as archive:
        archive.save_question("ferry", "Grey Heron", since="2024")
        asked = list(archive.chronicle("Grey Heron", since="2024"))
        assert asked
        assert list(archive.new_entries("ferry", peek=True)) == asked
        assert list(archive.new_entries("ferry")) == asked
        assert list(archive.new_entries("ferry")) == []
        assert list(archive.new_entries("ferry", everything=True)) == asked
        [saved] = archive.questions()
        assert saved.looked is not None
        # A line that a person corrects is another line; the rest stays seen.
        archive.reviews.decide(asked[0].id, "correct", {"date": "2024-12-31"}, by="Lena")
        archive.relink()
        assert [line.date for line in archive.new_entries("ferry")] == ["2024-12-31"]
        archive.drop_question("ferry")
        assert archive.questions() == []


def test_what_cannot_be_asked_is_not_saved(a_copy: Where) -> None:
    with dateline.open(a_copy) as archive:
        with pytest.raises(ReadingError, match="since"):
            archive.save_question("x", since="soon")
        with pytest.raises(ReadingError, match="name"):
            archive.save_question(" ")
        for wrong in (archive.drop_question, archive.new_entries):
            with pytest.raises(ArchiveError, match="no question"):
                wrong("x")
