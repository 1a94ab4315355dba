"""What persons decided on identities, put in force over what names and evidence tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations, product

from dateline.link.identity import Identity, Local, canonical
from dateline.link.names import plain
from dateline.records import ActorRuling, Called, EventRuling

JOINED = "a person says so"
"""The reason of a name that a person joined with another."""

Trigger = tuple[str, int, int]


def ruled(found: Sequence[Identity], rulings: Sequence[ActorRuling]) -> list[Identity]:
    """Identities after what persons ruled, one ruling after the other. A ruling on whom nobody tells of has no effect."""
    identities = list(found)
    for ruling in rulings:
        meant = [identity for called in ruling.of if (identity := _meant(called, identities)) is not None]
        if ruling.verb == "join":
            _join(list({id(identity): identity for identity in meant}.values()), identities)
        elif ruling.verb == "part" and len(ruling.of) == 2:
            home = _meant(ruling.of[0], identities)
            if home is not None:
                _part(home, ruling.of[1], identities)
        elif meant and ruling.verb == "name":
            meant[0].fixed = ruling.name
            meant[0].kind = ruling.kind or meant[0].kind
            meant[0].variants.setdefault(ruling.name or "", JOINED)
        elif meant and ruling.verb == "drop":
            identities = [identity for identity in identities if identity is not meant[0]]
    return identities


def _meant(called: Called, identities: Sequence[Identity]) -> Identity | None:
    """Whom a decision means: who goes by the name, of several the one of the kind, or the one known in the report; else who is."""
    name = plain(called.name)
    named = [
        i for i in identities if any(plain(variant) == name for variant in i.variants) or plain(i.fixed or "") == name
    ]
    there = [i for i in identities if any((m.report, m.id) == (called.report, called.local) for m in i.members)]
    both = [i for i in named if any(i is other for other in there)]
    kind = [i for i in named if i.kind == called.kind]
    for choice in (both, kind, named, there):
        if len(choice) == 1:
            return choice[0]
    return None


def _join(meant: Sequence[Identity], identities: list[Identity]) -> None:
    if len(meant) < 2:
        return
    first = meant[0]
    first.fixed = first.fixed or canonical(first)  # a person named it first
    for other in meant[1:]:
        first.members.extend(other.members)
        for name in ([other.fixed] if other.fixed else []) + list(other.variants):
            first.variants.setdefault(name, JOINED)
        identities[:] = [identity for identity in identities if identity is not other]


def _part(home: Identity, other: Called, identities: list[Identity]) -> None:
    """Take those out of an identity that go by a name, in one report or in all, and the name with them."""
    name = plain(other.name)

    def goes(local: Local) -> bool:
        if other.only_there and local.report != other.report:
            return False
        return plain(local.name) == name or (local.report, local.id) == (other.report, other.local)

    out = [local for local in home.members if goes(local)]
    if len(out) == len(home.members):
        return  # the identity is that name: nothing would be left to part it from
    home.members = [local for local in home.members if not any(local is gone for gone in out)]
    if not any(plain(local.name) == name for local in home.members):
        home.variants = {variant: reason for variant, reason in home.variants.items() if plain(variant) != name}
    if out:
        apart = Identity(other.kind)
        for local in out:
            apart.add(local, "same name")
        identities.append(apart)


def pairs_ruled(
    triggers: Sequence[Trigger], rulings: Sequence[EventRuling]
) -> tuple[list[tuple[int, int]], set[tuple[int, int]]]:
    """Which tellings, by index, persons put together, and which they keep apart (both ways round); the last word counts."""
    at: dict[Trigger, list[int]] = defaultdict(list)
    for i, trigger in enumerate(triggers):
        at[trigger].append(i)
    said: dict[tuple[int, int], str] = {}
    for ruling in rulings:
        sides = [[i for trigger in side for i in at.get(trigger, ())] for side in ruling.sides]
        if ruling.verb == "join":
            everyone = sorted({i for side in sides for i in side})
            said |= dict.fromkeys(combinations(everyone, 2), "join")
        else:
            for one, other in combinations(sides, 2):
                said |= {(min(pair), max(pair)): "part" for pair in product(one, other) if pair[0] != pair[1]}
    together = sorted(pair for pair, verb in said.items() if verb == "join")
    apart = {pair for pair, verb in said.items() if verb == "part"}
    return together, apart | {(j, i) for i, j in apart}
