"""Review of a whole archive: decided, linked, read again by another reader, handed on. The press is invented."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import pytest

import dateline
from dateline.archive import archive as street
from dateline.archive.archive import Archive
from dateline.archive.reviews import REVIEWABLE
from dateline.archive.steps import Read
from dateline.errors import ArchiveError, ReadingError
from dateline.records import Reading, Report
from tests.conftest import Where

LISTS = ("statements", "figures", "events", "actors", "commitments", "disputes")


@pytest.fixture
def archive(a_copy: Where) -> Iterator[Archive]:
    """A copy of the sample's archive that a test may change."""
    with dateline.open(a_copy) as opened:
        yield opened


@pytest.fixture
def another_reader(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Reading], Reading]], None]:
    """Let the next reading be made by a reader that finds what it found before, but for what a function changes."""

    def put(change: Callable[[Reading], Reading]) -> None:
        held: dict[str, Reading] = {}

        def read(reports: Sequence[Report]) -> list[Read]:
            return [(change(held[report.id]), None) for report in reports]

        original = street.Archive.reread

        def reread(self: Archive, **options: Any) -> Any:
            held.update(self.store.readings())
            return original(self, **options)

        monkeypatch.setattr(street, "read_reports", read)
        monkeypatch.setattr(street.Archive, "reread", reread)

    return put


def everything(archive: Archive) -> list[object]:
    return [*(getattr(archive, name)() for name in LISTS), list(archive.chronicle())]


def test_what_is_rejected_leaves_the_lists_and_undoing_brings_all_back(archive: Archive) -> None:
    before, reviews = everything(archive), archive.reviews
    entry, statement, figure = archive.chronicle()[5], archive.statements()[3], archive.figures()[3]
    made = [reviews.decide(row.id, "reject", by="Lena") for row in (entry, statement, figure)]
    assert reviews.pending()
    archive.relink()
    assert not reviews.pending()
    assert entry.text not in [line.text for line in archive.chronicle()]
    assert statement.pin not in [row.pin for row in archive.statements()]
    assert figure.pin not in [row.pin for row in archive.figures()]
    assert not list(archive.verify())
    for one in reversed(made):
        reviews.undo(one.id, by="Lena")
    archive.relink()
    assert everything(archive) == before


def test_a_corrected_date_moves_the_line_and_says_that_a_person_set_it(archive: Archive) -> None:
    entry = archive.chronicle()[5]
    archive.reviews.decide(entry.id, "correct", {"date": "1999-12-31"}, by="Lena", why="misprint")
    archive.relink()
    [moved] = [line for line in archive.chronicle() if line.date == "1999-12-31"]
    assert (moved.text, moved.date_basis, moved.reviewed) == (entry.text, "person", "corrected")


def test_decisions_outlive_a_reader_that_finds_something_else(
    archive: Archive, another_reader: Callable[[Callable[[Reading], Reading]], None]
) -> None:
    reviews = archive.reviews
    kept, changed, gone = [row for row in archive.statements() if row.speaker_id][:3]
    for row in (kept, changed):
        reviews.decide(row.id, "confirm", by="Lena")
    reviews.decide(gone.id, "correct", {"speaker": "Ida Morse"}, by="Lena")

    def other(reading: Reading) -> Reading:
        statements = []
        for statement in reading.statements:
            place = statement.content[0].start if statement.content else -1
            if reading.id == changed.report and place == changed.pin.start:
                statement = msgspec.structs.replace(statement, denial=not statement.denial, speaker=None)
            if reading.id == gone.report and place == gone.pin.start:
                continue
            statements.append(msgspec.structs.replace(statement, parent=None))
        actors = [msgspec.structs.replace(actor, id=f"x{actor.id}") for actor in reading.actors]
        renamed = [
            msgspec.structs.replace(
                s,
                speaker=s.speaker and f"x{s.speaker}",
                addressee=s.addressee and f"x{s.addressee}",
            )
            for s in statements
        ]
        events = [
            msgspec.structs.replace(
                e, actors=[f"x{a}" for a in e.actors], recipients=[f"x{a}" for a in e.recipients], statement=None
            )
            for e in reading.events
        ]
        figures = [msgspec.structs.replace(g, claimant=g.claimant and f"x{g.claimant}") for g in reading.figures]
        return msgspec.structs.replace(reading, statements=renamed, actors=actors, events=events, figures=figures)

    another_reader(other)
    archive.reread()
    rows = {(row.report, row.pin.start): row for row in archive.statements()}
    assert rows[kept.report, kept.pin.start].speaker == kept.speaker
    assert rows[changed.report, changed.pin.start].speaker == changed.speaker
    assert rows[changed.report, changed.pin.start].denial == changed.denial
    assert rows[gone.report, gone.pin.start].speaker == "Ida Morse"
    queued = {one.decision.parts[0].anchor.text: one.first for one in reviews.queue()}
    assert len(queued) == 2
    assert {one.state for one in queued.values()} == {"changed"}
    assert sorted(one.why for one in queued.values()) == [
        "the reader does not find this any more",
        "the reader now gives another speaker, denial",
    ]
    assert not list(archive.verify())
    # Keeping them settles it, until the reader says something new.
    for one in reviews.queue():
        reviews.keep(one.decision.id, by="Lena")
    assert reviews.queue() == []
    archive.relink()
    assert reviews.queue() == []
    assert {(row.report, row.pin.start): row.speaker for row in archive.statements()} == {
        place: row.speaker for place, row in rows.items()
    }


def test_decisions_taken_in_again_change_nothing_and_keep_who_and_when(
    archive: Archive, copied: Callable[[], Where]
) -> None:
    reviews = archive.reviews
    first = reviews.decide(archive.statements()[0].id, "reject", by="Lena", why="no such words")
    reviews.note(archive.figures()[0].id, "ask the harbour office", by="Ida")
    lines = list(reviews.export())
    archive.relink()
    before = everything(archive)
    assert (reviews.import_(lines).new, reviews.import_(lines).known) == (0, 2)
    with dateline.open(copied()) as other:
        assert other.reviews.import_([*lines, ""]).new == 2
        other.relink()
        assert everything(other) == before
        assert list(other.reviews.export()) == lines
        assert other.reviews.decisions()[0] == first
        with pytest.raises(ReadingError, match="line 1"):
            other.reviews.import_(['{"id": 1}'])


def test_rates_count_what_holds(archive: Archive) -> None:
    reviews, rows = archive.reviews, archive.statements()
    reviews.decide(rows[0].id, "confirm", by="Lena")
    reviews.decide(rows[1].id, "reject", by="Lena")
    reviews.decide(rows[1].id, "confirm", by="Lena")
    reviews.decide(rows[2].id, "correct", {"speaker": "Ida Morse"}, by="Lena")
    reviews.undo(by="Lena")
    assert reviews.rates() == {"statement": {"looked at": 2, "confirmed": 2, "corrected": 0, "rejected": 0}}
    assert archive.status()["reviews"] == reviews.rates()
    todo = set(reviews.todo("statements"))
    assert todo == {row.id for row in rows} - {rows[0].id, rows[1].id}


def test_every_row_can_be_looked_at_and_decided_on(archive: Archive) -> None:
    reviews = archive.reviews
    for noun in REVIEWABLE:
        id = next(iter(reviews.todo(noun)))
        sight = reviews.sight(id)
        assert [sight.text[start:end] for start, end in sight.marked]
        assert reviews.decide(id, "confirm", by="Lena").parts
        assert reviews.sight(id).decisions
    archive.relink()
    assert all(one.state == "applied" for each in reviews.outcomes().values() for one in each)
    marked = [row for name in LISTS for row in getattr(archive, name)() if row.reviewed]
    assert {type(row).__name__ for row in marked} >= {
        "StatementRow",
        "FigureRow",
        "EventRow",
        "Commitment",
        "Dispute",
        "Actor",
    }


def test_a_time_and_a_place_are_addressed_by_where_they_stand(archive: Archive) -> None:
    report = next(row for row in archive.reports() if row.read)
    reading = archive.reading(report.id)
    assert reading is not None
    place = reading.places[0]
    made = archive.reviews.decide(f"place:{report.id}@{place.start}-{place.end}", "correct", {"use": "name"}, by="Lena")
    assert made.parts[0].now is not None
    assert made.parts[0].now["use"] == "name"
    with pytest.raises(ArchiveError, match="no time is read there"):
        archive.reviews.decide(f"time:{report.id}@0-1", "confirm", by="Lena")
    with pytest.raises(ArchiveError, match="no address"):
        archive.reviews.decide("hat:r1@0-1", "confirm", by="Lena")
    with pytest.raises(ArchiveError, match="nothing of that id"):
        archive.reviews.decide("s0", "confirm", by="Lena")


def test_nothing_that_was_decided_is_ever_changed_on_disk(archive: Archive) -> None:
    reviews = archive.reviews
    first = reviews.decide(archive.statements()[0].id, "reject", by="Lena")
    before = list(reviews.export())
    reviews.undo(first.id, by="Lena")
    archive.relink()
    after = list(reviews.export())
    assert after[: len(before)] == before
    assert json.loads(after[-1])["of"] == first.id
    with pytest.raises(ReadingError, match="undone already"):
        reviews.undo(first.id, by="Lena")
