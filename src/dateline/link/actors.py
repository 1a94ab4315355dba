"""One identity for every actor over all reports."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from dateline.link import names
from dateline.link.bodies import acronyms, bodies
from dateline.link.governments import (
    adjectives_of,
    alias_of,
    capitals_of,
    governed_adjectives,
    state_of,
    unlisted_states,
)
from dateline.link.identity import Identity, Local, canonical, local_of, names_of, prominence, roles_of
from dateline.link.persons import by_full_name, company, full_names, persons
from dateline.link.ruled import ruled
from dateline.read.names import gender_of
from dateline.records import Actor, ActorKind, ActorRuling, Telling, content_id


class Identities:
    """Which actor of the archive each Reading's actor is.

    ``adjectives`` are those of states that no list knows. ``actors`` holds those that have a name. One only described ("a spokeswoman", "residents", "the ministry") is nobody beyond
    its report: it keeps its words and has no id.
    """

    def __init__(self, identities: Iterable[Identity], locals_: Iterable[Local], adjectives: Mapping[str, str]) -> None:
        self.actors: list[Actor] = []
        self.adjectives = adjectives
        self._ids: dict[tuple[str, str], str] = {}
        self._names: dict[tuple[str, str], str] = {(local.report, local.id): local.name for local in locals_}
        self._by_id: dict[str, str] = {}
        self._called: dict[str, str | None] = {}
        taken: set[str] = set()
        for identity in sorted(identities, key=prominence):
            name = canonical(identity)
            reports = sorted({local.report for local in identity.members})
            id_ = content_id("a", identity.kind, name)
            if id_ in taken:
                id_ = content_id("a", identity.kind, name, reports[0])
            taken.add(id_)
            self.actors.append(
                Actor(
                    id=id_,
                    name=name,
                    kind=identity.kind,
                    names=names_of(identity, name),
                    roles=roles_of(identity, adjectives),
                )
            )
            self._by_id[id_] = name
            for variant in self.actors[-1].names:
                plain = names.plain(variant.name)
                self._called[plain] = None if self._called.get(plain, id_) != id_ else id_
            for local in identity.members:
                self._ids[local.report, local.id] = id_
                self._names[local.report, local.id] = name

    @cached_property
    def states(self) -> frozenset[str]:
        """The plain names of all states told of."""
        return frozenset(
            names.plain(name.name) for actor in self.actors if actor.kind == "state" for name in actor.names
        )

    def id_of(self, report: str, local: str | None) -> str | None:
        """The archive's id of a Reading's actor, None for one that is only described."""
        return self._ids.get((report, local)) if local is not None else None

    def name_of(self, report: str, local: str | None) -> str | None:
        """The archive's name of a Reading's actor, its own words where it is only described."""
        return self._names.get((report, local)) if local is not None else None

    def called(self, words: str) -> str | None:
        """The id of the one actor that goes by some words alone, None where none or several do."""
        return self._called.get(names.plain(words))

    def named(self, id: str) -> str:
        """The name of an archive-wide id."""
        return self._by_id[id]


def identify(tellings: Sequence[Telling], rulings: Sequence[ActorRuling] = ()) -> Identities:
    """Join the actors of all Readings; what persons ruled holds over what names tell."""
    locals_ = [local_of(telling, actor) for telling in tellings for actor in telling.reading.actors]
    _settle_kinds(locals_)
    governed = governed_adjectives(tellings)
    unlisted = unlisted_states(tellings, locals_, governed)
    adjectives = {adjective: names.plain(state) for state in unlisted.values() for adjective in adjectives_of(state)}
    capitals = capitals_of(tellings, unlisted, adjectives, locals_, by_full_name(full_names(locals_)), governed)
    places = {
        names.plain(place.text) for t in tellings for place in t.reading.places if place.use == "literal"
    } | adjectives.keys()
    states: dict[str, Identity] = {}
    others: list[Local] = []
    for local in locals_:
        state, reason = state_of(local, unlisted, capitals)
        if state is None:
            no_actor = local.only_place or names.plain(local.name) in places
            others.extend([] if no_actor else [local])
            continue
        identity = states.setdefault(state, Identity("state", fixed=state))
        identity.add(local, reason)
        for mention in local.mentions:
            bare = re.sub(r"^[Tt]he |['’]s?$", "", mention)
            if why := alias_of(bare, state, unlisted, capitals):
                identity.variants.setdefault(bare, why)
    people = [local for local in others if local.kind == "person"]
    rest = [local for local in others if local.kind != "person"]
    found = [
        *states.values(),
        *bodies(rest, acronyms(tellings, rest), adjectives),
        *persons(people, company(locals_), adjectives),
    ]
    return Identities(ruled(found, rulings), locals_, adjectives)


def _settle_kinds(locals_: Sequence[Local]) -> None:
    """Give a name of several words that Readings call by several kinds the kind that most do, a person's where the given name is one."""
    kinds: dict[str, Counter[ActorKind]] = defaultdict(Counter)
    for local in locals_:
        if local.kind != "state" and " " in local.name:
            kinds[names.plain(local.name)][local.kind] += 1
    for local in locals_:
        told = kinds.get(names.plain(local.name))
        if told and len(told) > 1:
            person = gender_of(local.name) is not None
            local.kind = max(told, key=lambda kind: (told[kind] + 0.5 * (person == (kind == "person")), kind))
