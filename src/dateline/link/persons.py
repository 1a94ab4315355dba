"""Persons over all reports: by full name, by surname where only one can be meant, by an office they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dateline.link import names, roles
from dateline.link.identity import Identity, Local
from dateline.read import names as people

_ROLE_REACH = 31  # days beyond the reports that call somebody so in which a role alone still names them


def company(locals_: Iterable[Local]) -> dict[str, set[str]]:
    """The names of states and organisations in each report: what tells that two reports are about one world."""
    found: dict[str, set[str]] = defaultdict(set)
    for local in locals_:
        if local.kind in ("state", "organisation") and names.named(local.name):
            found[local.report].add(names.plain(local.name))
    return found


def full_names(locals_: Iterable[Local]) -> list[Local]:
    """Those that are called by given and family name."""
    return [
        local for local in locals_ if local.kind == "person" and names.is_person(local.name) and _length(local.name) > 1
    ]


def surname_block(local: Local) -> str:
    """A key that all share who may be one person by their full names."""
    return names.block(people.parts_of(local.name)[-1])


def persons(locals_: Sequence[Local], company: Mapping[str, set[str]], adjectives: Mapping[str, str]) -> list[Identity]:
    """Join persons: first full names, then surnames alone, then those only called by their office.

    ``company`` holds the states and organisations of each report, ``adjectives`` those of states that no list knows.
    """
    found = by_full_name(full_names(locals_))
    by_surname: dict[str, list[Identity]] = defaultdict(list)
    for identity in found:
        for key in {names.block(people.parts_of(name)[-1]) for name in identity.variants}:
            by_surname[key].append(identity)
    single = [local for local in locals_ if names.is_person(local.name) and _length(local.name) == 1]
    for local in sorted(single, key=lambda local: (local.report, local.id)):
        block = by_surname[names.block(people.parts_of(local.name)[-1])]
        meant = _meant(local, block, company, adjectives)
        if meant is None:
            meant = Identity("person")
            found.append(meant)
            block.append(meant)
        meant.add(local, "same name" if not meant.members else "surname")
    _by_office([local for local in locals_ if not names.is_person(local.name)], found, adjectives)
    for identity in found:
        for local in identity.members:
            for name, reason in local.spellings:
                identity.call(local, name, reason)
    return found


def _meant(
    local: Local, block: Sequence[Identity], company: Mapping[str, set[str]], adjectives: Mapping[str, str]
) -> Identity | None:
    """Whom a surname alone means: the only one of that name, who shares an office or the company; where there are several, the only
    one who is written just so, else the only one of the office. None where that leaves none or several.
    """
    surname = people.parts_of(local.name)[-1]
    holders = [h for h in block if any(names.same_surname(surname, people.parts_of(name)[-1]) for name in h.variants)]
    near = [h for h in holders if _acquainted(local, h, company, adjectives)]
    if len(holders) == len(near) == 1:
        return near[0]
    written = [h for h in near if any(surname == people.parts_of(name)[-1] for name in h.variants)]
    if len(written) == 1 and _length(next(iter(written[0].variants))) > 1:
        return written[0]
    called = [h for h in near if _same_office(local, h, adjectives)]
    return called[0] if len(called) == 1 else None


def _by_office(described: Iterable[Local], found: Sequence[Identity], adjectives: Mapping[str, str]) -> None:
    """Give those who are only called by their office to the one person who holds it then."""
    holders: dict[tuple[str, ...], list[Identity]] = defaultdict(list)
    for identity in found:
        for office in _offices(identity, adjectives):
            holders[office].append(identity)
    for local in described:
        role = names.role(local.name)
        office = names.key(role, adjectives) if role else ()
        held = [identity for identity in holders[office] if _in_office(identity, office, local.day, adjectives)]
        if len(office) > 1 and len(held) == 1:
            held[0].add(local, "role")


def spellings(name: str, mentions: Iterable[str]) -> list[tuple[str, str]]:
    """The names that the mentions of a person give, roles apart, each with its reason; none of one that is only described."""
    found = []
    for mention in mentions if names.is_person(name) else ():
        _, called = roles.split_mention(mention, name)
        if called and names.is_person(called):
            same = names.plain(called) == names.plain(name)
            reason = "same name" if same else "spelling" if _length(called) > 1 else "surname in the same report"
            found.append((called, reason))
    return found


def by_full_name(locals_: Sequence[Local]) -> list[Identity]:
    """Join full names that are one name; one that may be either of two people (an initial) stays alone."""
    by_name: dict[str, list[Local]] = defaultdict(list)
    for local in locals_:
        by_name[" ".join(people.parts_of(local.name))].append(local)
    blocks: dict[str, list[Identity]] = defaultdict(list)
    # Names with initials come last, so that all they may stand for are known.
    for plain in sorted(by_name, key=lambda name: (min(map(len, name.split()[:-1])) == 1, -len(by_name[name]), name)):
        block = blocks[names.block(plain.split()[-1])]
        matches = [
            identity for identity in block if all(names.same_person(plain, other) for other in identity.variants)
        ]
        identity = matches[0] if len(matches) == 1 else Identity("person")
        if len(matches) != 1:
            block.append(identity)
        for local in sorted(by_name[plain], key=lambda local: (local.report, local.id)):
            same = any(names.plain(local.name) == names.plain(other) for other in identity.variants)
            identity.add(local, "same name" if same or not identity.members else "spelling")
    return [identity for block in blocks.values() for identity in block]


def _acquainted(
    local: Local, identity: Identity, company: Mapping[str, set[str]], adjectives: Mapping[str, str]
) -> bool:
    """Whether a surname in one report may be a person of another: the same office, or states or organisations in common."""
    met = any(not company[local.report].isdisjoint(company[member.report]) for member in identity.members)
    return met or _same_office(local, identity, adjectives)


def _same_office(local: Local, identity: Identity, adjectives: Mapping[str, str]) -> bool:
    """Whether one is called what the other is, or part of it ("President", "Chilean President")."""
    here = [set(names.key(role, adjectives)) for role in local.roles]
    return any(
        one and (one <= set(office) or set(office) <= one) for one in here for office in _offices(identity, adjectives)
    )


def _offices(identity: Identity, adjectives: Mapping[str, str]) -> set[tuple[str, ...]]:
    return {names.key(role, adjectives) for local in identity.members for role in local.roles}


def _length(name: str) -> int:
    return len(people.parts_of(name))


def _in_office(identity: Identity, key: tuple[str, ...], day: str | None, adjectives: Mapping[str, str]) -> bool:
    days = [m.day for m in identity.members if m.day and any(names.key(role, adjectives) == key for role in m.roles)]
    if day is None or not days:
        return False
    low, high, here = (date.fromisoformat(d).toordinal() for d in (min(days), max(days), day))
    return low - _ROLE_REACH <= here <= high + _ROLE_REACH
