"""Saved questions: what somebody asks again and again, and which lines are new since they last looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec
from sqlalchemy import delete, select, update

from dateline.archive import schema as s
from dateline.archive.dialect import upsert
from dateline.archive.store import Store
from dateline.chronicle.question import Question
from dateline.errors import ArchiveError, ReadingError
from dateline.records import Entry


@dataclass(frozen=True)
class Saved:
    """A question under a name: when it was last looked at (None: never), and the lines that had been shown by then."""

    name: str
    question: Question
    looked: str | None
    seen: frozenset[str]

    def new(self, entries: list[Entry]) -> list[Entry]:
        """Those of the lines that answer now which were not there when somebody last looked."""
        return [entry for entry in entries if _mark(entry) not in self.seen]


def save(store: Store, name: str, question: Question) -> None:
    """Save a question under a name, in the place of one of that name.

    Raises:
        ReadingError: the name is empty.
    """
    if not name.strip():
        raise ReadingError("name", "is empty")
    row = {"name": name.strip(), "question": msgspec.json.encode(question).decode(), "looked": None, "seen": "[]"}
    with store.write() as cx:
        cx.execute(upsert(s.questions, "name", change=row).values(**row))


def drop(store: Store, name: str) -> None:
    """Forget a question.

    Raises:
        ArchiveError: there is none of that name.
    """
    with store.write() as cx:
        if not cx.execute(delete(s.questions).where(s.questions.c.name == name)).rowcount:
            raise ArchiveError(name, "no question is saved under that name")


def questions(store: Store) -> list[Saved]:
    """All saved questions by name."""
    with store.read() as cx:
        return [
            Saved(
                row.name,
                msgspec.json.decode(row.question, type=Question),
                row.looked,
                frozenset(msgspec.json.decode(row.seen, type=list[str])),
            )
            for row in cx.execute(select(s.questions).order_by(s.questions.c.name))
        ]


def look(store: Store, name: str, entries: list[Entry]) -> None:
    """Note that somebody has now seen the lines that answer a question."""
    seen = msgspec.json.encode(sorted({_mark(entry) for entry in entries})).decode()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with store.write() as cx:
        cx.execute(update(s.questions).where(s.questions.c.name == name).values(looked=now, seen=seen))


def _mark(entry: Entry) -> str:
    """What a line is known by: its words and its date, which outlive ids. A line that moved or was reworded is new."""
    return f"{entry.date} {entry.text}"
