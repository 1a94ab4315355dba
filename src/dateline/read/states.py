"""States and international organisations by every name news gives them: names, adjectives, peoples, capitals, seats.

Lookups ignore a leading "the" and a final "'s"; letters count as they are written ("US" is a state, "us" is not), but a
name in capitals all through ("MOSCOW") is taken for the same name in small letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, TypeVar

import msgspec

StateKind = Literal["state", "union", "country", "territory", "disputed", "former"]


class State(msgspec.Struct, frozen=True):
    """A state or what the news treats like one.

    ``iso`` is the ISO 3166-1 code (``RU``), ``EU`` for the union, ``GB-SCT`` for a country within a state, and a code
    of our own beginning with ``X-`` for a disputed territory without one. ``parent`` is the code of the state that a
    ``country`` or ``territory`` belongs to. ``people`` are the nouns for its people, ``capital_names`` the spellings of
    its capital and of other cities that stand for its government, ``seats`` the houses that do ("Downing Street").
    """

    name: str
    iso: str
    kind: StateKind
    parent: str | None
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capital: str | None
    capital_names: tuple[str, ...]
    seats: tuple[str, ...]


class Organisation(msgspec.Struct, frozen=True):
    """An international organisation or movement, with its acronyms and other names."""

    name: str
    names: tuple[str, ...]


Entry = TypeVar("Entry", State, Organisation)

_KEPT = 20_000  # answers: most words of a report are asked about several times
# Where two entries share a name, the one that news means by it: "Brussels said" is the union, "London" the kingdom.
_RANK: dict[str, int] = {"union": 0, "state": 1, "country": 2, "territory": 3, "disputed": 4, "former": 5}


@cache
def states() -> tuple[State, ...]:
    """All states, the union, countries within states, territories, disputed and former states, by name."""
    return _load("states.json", tuple[State, ...])


@cache
def organisations() -> tuple[Organisation, ...]:
    """All organisations, by name."""
    return _load("organisations.json", tuple[Organisation, ...])


def state_of_code(iso: str) -> State | None:
    """The state with a code, as in `State.iso`."""
    return _codes().get(iso)


@lru_cache(maxsize=_KEPT)
def state_named(name: str) -> State | None:
    """The state of a name or abbreviation: "Russia", "the Russian Federation", "U.S.", "DPRK"."""
    return _look(_names(), name)


@lru_cache(maxsize=_KEPT)
def state_of_adjective(word: str) -> State | None:
    """The state of an adjective or of a noun for its people: "Ukrainian", "Russians", "a Pole"."""
    return _look(_demonyms(), word)


@lru_cache(maxsize=_KEPT)
def state_of_seat(name: str) -> State | None:
    """The state whose government a capital or a seat may stand for: "Moscow", "the Kremlin", "Downing Street".

    "Brussels" is the European Union, of which news speaks so more often than of Belgium.
    """
    return _look(_seats(), name)


@lru_cache(maxsize=_KEPT)
def organisation_named(name: str) -> Organisation | None:
    """The organisation of a name or acronym: "NATO", "the United Nations", "OSCE"."""
    return _look(_organisation_names(), name)


@cache
def _codes() -> dict[str, State]:
    return {state.iso: state for state in states()}


@cache
def _names() -> dict[str, State]:
    return _index(_ranked(), lambda state: (state.name, *state.names))


@cache
def _demonyms() -> dict[str, State]:
    return _index(_ranked(), lambda state: (*state.adjectives, *state.people))


@cache
def _seats() -> dict[str, State]:
    return _index(_ranked(), lambda state: (*state.capital_names, *state.seats))


@cache
def _organisation_names() -> dict[str, Organisation]:
    return _index(organisations(), lambda organisation: (organisation.name, *organisation.names))


def _ranked() -> list[State]:
    return sorted(states(), key=lambda state: _RANK[state.kind])


T = TypeVar("T")


def _load(file: str, kind: type[T]) -> T:
    return msgspec.json.decode((files("dateline") / "data" / file).read_bytes(), type=kind)


def _index(entries: Iterable[Entry], names: Callable[[Entry], Iterable[str]]) -> dict[str, Entry]:
    index: dict[str, Entry] = {}
    for entry in entries:
        for name in names(entry):
            index.setdefault(name, entry)
    return index


def _look(index: dict[str, Entry], name: str) -> Entry | None:
    return next((index[key] for key in _keys(name) if key in index), None)


@lru_cache(maxsize=_KEPT)
def _keys(name: str) -> tuple[str, ...]:
    """What a name may be listed under, the likeliest first."""
    bare = " ".join(name.replace("’", "'").split())
    if bare[:4] in ("the ", "The ", "THE "):
        bare = bare[4:]
    owner = bare.removesuffix("'s")
    keys = (bare,) if owner == bare else (bare, owner)
    return (*keys, owner.title()) if owner.isupper() and len(owner) > 3 else keys
