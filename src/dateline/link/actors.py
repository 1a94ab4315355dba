"""One identity for every actor over all reports."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dateline.link import names
from dateline.link.bodies import acronyms, bodies
from dateline.link.cast import Player, Players
from dateline.link.governments import (
    adjectives_of,
    alias_of,
    capitals_of,
    governed_adjectives,
    state_of,
    unlisted_states,
)
from dateline.link.identity import Identity, Local, names_of, prominence, roles_of
from dateline.link.order import ordered
from dateline.link.persons import company, persons
from dateline.link.ruled import ruled
from dateline.link.traces import Trace
from dateline.read.names import gender_of
from dateline.records import Actor, ActorKind, ActorRuling, content_id


class Identities:
    """Which actor of the archive each report's actor is. ``actors`` holds those that have a name, those of most reports first."""

    def __init__(
        self, identities: Iterable[Identity], traces: Sequence[Trace], kinds: Mapping[tuple[str, str], ActorKind],
        adjectives: Mapping[str, str],
    ) -> None:  # fmt: skip
        self.actors: list[Actor] = []
        self.order: dict[str, str] = {}
        """Where each actor stands among all, by id: as a text that sorts so."""
        self._adjectives = adjectives
        self._traces = traces
        self._kinds = kinds
        self._players: dict[tuple[str, str], tuple[str, str, ActorKind, list[str]]] = {}
        taken: set[str] = set()
        for key, identity in sorted(((prominence(one), one) for one in identities), key=lambda pair: pair[0]):
            spoken_of, name, first = key
            id_ = content_id("a", identity.kind, name)
            if id_ in taken:
                id_ = content_id("a", identity.kind, name, first)
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
            self.order[id_] = ordered(f"{10**9 + spoken_of:010}", name, first)
            given = {name for each in identity.given.values() for name in each}
            others = [name for name in identity.variants if name not in given]  # a person gave them
            for local in identity.members:
                own = [n for n in identity.given.get((local.report, local.id), ()) if n in identity.variants]
                called = list(dict.fromkeys([*own, *others]))
                self._players[local.report, local.id] = (name, id_, identity.kind, called)

    def players(self) -> Iterator[Players]:
        """The actors of every report, in the order of the traces."""
        for trace in self._traces:
            found = []
            for named in trace.actors:
                key = (trace.report, named.id)
                if key in self._players:
                    name, id_, kind, called = self._players[key]
                    found.append(Player(named.id, name, id_, kind, called, named.roles))
                else:
                    found.append(Player(named.id, named.name, None, self._kinds.get(key, named.kind), [], named.roles))
            words = {word.lower() for word in trace.capitalised} & self._adjectives.keys()
            yield Players(trace.report, found, {word: self._adjectives[word] for word in sorted(words)})


def identify(traces: Sequence[Trace], rulings: Sequence[ActorRuling] = ()) -> Identities:
    """Join the actors of all reports; what persons ruled holds over what names tell. The order of the traces makes no difference."""
    traces = sorted(traces, key=lambda trace: (trace.day or "9999", trace.report))
    locals_ = [local for trace in traces for local in trace.locals()]
    _settle_kinds(locals_)
    governed = governed_adjectives(traces)
    unlisted = unlisted_states(traces, locals_, governed)
    adjectives = {adjective: names.plain(state) for state in unlisted.values() for adjective in adjectives_of(state)}
    capitals = capitals_of(traces, unlisted, adjectives, locals_, governed)
    places = {place for trace in traces for place in trace.places} | adjectives.keys()
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
                identity.call(local, bare, why)
    people = [local for local in others if local.kind == "person"]
    rest = [local for local in others if local.kind != "person"]
    found = [
        *states.values(),
        *bodies(rest, acronyms(traces, rest), adjectives),
        *persons(people, company(locals_), adjectives),
    ]
    kinds = {(local.report, local.id): local.kind for local in locals_}
    return Identities(ruled(found, rulings), traces, kinds, adjectives)


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
