"""One actor while it grows: what each report calls it, and what all of that comes to."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from dateline.link import names
from dateline.read import names as people
from dateline.records import ActorKind, ActorName, Role


@dataclass(slots=True)
class Local:
    """One actor of one report, with the words it is mentioned by and the names that these give a person, each with its reason.
    ``only_place``: never but where something is.
    """

    report: str
    id: str
    name: str
    kind: ActorKind
    mentions: list[str]
    roles: list[str]
    day: str | None
    only_place: bool
    spellings: list[tuple[str, str]]


@dataclass
class Identity:
    """One actor over the archive while it grows. ``fixed`` is a canonical name from a list, ``given`` the names by what gave them:
    report and id of a member.
    """

    kind: ActorKind
    fixed: str | None = None
    members: list[Local] = field(default_factory=list)
    variants: dict[str, str] = field(default_factory=dict)
    given: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def add(self, local: Local, reason: str) -> None:
        """Take a member in; the first reason for a name stays."""
        self.members.append(local)
        self.call(local, local.name, reason)

    def call(self, local: Local, name: str, reason: str) -> None:
        """Take in a name that a member gives."""
        self.variants.setdefault(name, reason)
        self.given.setdefault((local.report, local.id), []).append(name)


def prominence(identity: Identity) -> tuple[int, str, str]:
    """The key that puts those first that most reports speak of."""
    return (
        -len({local.report for local in identity.members}),
        canonical(identity),
        min(local.report for local in identity.members),
    )


def canonical(identity: Identity) -> str:
    """The name an identity goes by: the list's, or the fullest that most reports use."""
    if identity.fixed:
        return identity.fixed
    counts = Counter(name for name, _ in {(local.name, local.report) for local in identity.members})
    if identity.kind == "person":
        counts = Counter({name: n for name, n in counts.items() if names.is_person(name)}) or counts
        most = max(min(len(people.parts_of(name)), 2) for name in counts)
        counts = Counter({name: n for name, n in counts.items() if min(len(people.parts_of(name)), 2) == most})
    else:
        long = Counter({name: n for name, n in counts.items() if not names.is_acronym(name)})
        counts = long or counts
    name = min(counts, key=lambda name: (-counts[name], -len(name), name))
    return re.sub(r"^[Tt]he ", "", name) if identity.kind != "person" else name


def names_of(identity: Identity, canonical: str) -> list[ActorName]:
    """All names with the reason for each, the one it goes by first."""
    reasons = {
        canonical: "same name",
        **{name: reason for name, reason in identity.variants.items() if name != canonical},
    }
    return [
        ActorName(name=name, reason=reason)
        for name, reason in sorted(reasons.items(), key=lambda item: (item[0] != canonical, item[0]))
    ]


def roles_of(identity: Identity, adjectives: Mapping[str, str]) -> list[Role]:
    """Every role with the first and last day that reports use it; a bare "president" is left out beside a fuller one."""
    if identity.kind != "person":
        return []
    spellings: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    days: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for local in identity.members:
        for role in local.roles:
            key = names.key(role, adjectives)
            spellings[key][role] += 1
            days[key].extend([local.day] if local.day else [])
    fuller = [key for key in spellings if not any(set(key) < set(other) for other in spellings)]
    found = [
        Role(
            role=min(spellings[key], key=lambda s: (-spellings[key][s], s)),
            from_=min(days[key], default=None),
            to=max(days[key], default=None),
        )
        for key in fuller
    ]
    return sorted(found, key=lambda role: (role.from_ or "", role.role))
