"""A question to a chronicle: about whom or what, where, between when; and the lines that answer it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.edtf import Bounds, bounds
from dateline.link.names import plain
from dateline.link.words import stem, words
from dateline.read.names import same_surname
from dateline.records import Entry, Linked, Record, Status

NAMED = 100
"""Actors that words may name at most; what more of them go by ("ministry") is a word like others and means none of them."""


class Question(Record, frozen=True, kw_only=True):
    """What is asked; what is left out asks nothing.

    ``about`` is an actor by any of its names, a place, or words that a line must all have. ``since`` and ``until`` are EDTF dates;
    a line is in between when its own date has a day in common with them. ``min_origins`` is the least number of origins.
    """

    about: str | None = None
    since: str | None = None
    until: str | None = None
    place: str | None = None
    status: Status | None = None
    min_origins: int = 1


def select(entries: Sequence[Entry], linked: Linked, question: Question) -> list[Entry]:
    """The lines that answer a question, in the order given.

    Raises:
        ValueError: ``since`` or ``until`` is no date.
    """
    span = _between(question)
    actors = _actors(question.about, linked) if question.about else set()
    return [
        entry
        for entry in entries
        if len(entry.origins) >= question.min_origins
        and question.status in (None, entry.status)
        and (span is None or _within(entry, span))
        and (not question.place or _at(entry, question.place))
        and (not question.about or _about(entry, question.about, actors))
    ]


def _between(question: Question) -> Bounds | None:
    if not question.since and not question.until:
        return None
    since, until = bounds(question.since), bounds(question.until)
    for name, given, read in (("since", question.since, since), ("until", question.until, until)):
        if given and read is None:
            raise ValueError(f"{name}: {given!r} is no date; write 2021, 2021-03 or 2021-03-09")
    everything = bounds("0001/9999")
    assert everything is not None
    return Bounds(since.first if since else everything.first, until.last if until else everything.last)


def _within(entry: Entry, span: Bounds) -> bool:
    covered = bounds(entry.date)
    return covered is not None and covered.meets(span)


def _at(entry: Entry, place: str) -> bool:
    return entry.place is not None and has_words(place, entry.place.name)


def _actors(about: str, linked: Linked) -> set[str]:
    """The names of all actors that go by what is asked for: a whole name, or some words of it ("Lind" for Olga Lind)."""
    asked = set(plain(about).split())
    named = [
        actor.name for actor in linked.actors if any(asked <= set(plain(name.name).split()) for name in actor.names)
    ]
    return set(named) if len(named) <= NAMED else set()


def _about(entry: Entry, about: str, actors: set[str]) -> bool:
    if not actors.isdisjoint(entry.actors) or _at(entry, about):
        return True
    names = {about, *actors}
    return any(has_words(name, entry.text) for name in names)


def has_words(asked: str, text: str) -> bool:
    """Whether a text has all the words asked for, by stem or in another spelling of a name ("Donbass" for "Donbas")."""
    has = words(text)
    stems = {stem(word) for word in has}
    proper = {plain(word) for word in has if word[:1].isupper()}

    def found(word: str) -> bool:
        return stem(word) in stems or (word[:1].isupper() and any(same_surname(plain(word), name) for name in proper))

    return all(found(word) for word in re.findall(r"\w[\w'’.-]*", asked))
