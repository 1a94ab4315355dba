"""Organisations and groups over all reports: one whatever the word order, with its acronym."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dateline.link import names
from dateline.link.identity import Identity, Local
from dateline.link.traces import Trace
from dateline.read.states import organisation_named


def acronyms(traces: Sequence[Trace], locals_: Iterable[Local]) -> dict[str, str]:
    """Acronyms that reports expand, each with its one expansion; an acronym of two bodies is left out."""
    expansions: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)

    def learn(short: str, long: str) -> None:
        expansions[names.plain(short)].setdefault(names.key(long), long)

    for trace in traces:
        for short, long in trace.expanded:
            learn(short, long)
    for local in locals_:
        forms = [local.name, *local.mentions]
        for short in filter(names.is_acronym, forms):
            for long in forms:
                if names.acronym(re.sub(r"^[Tt]he ", "", long)) == short.replace(".", "") and not names.is_acronym(
                    long
                ):
                    learn(short, re.sub(r"^[Tt]he ", "", long))
    return {short: next(iter(longs.values())) for short, longs in expansions.items() if len(longs) == 1}


def bodies(locals_: Iterable[Local], acronyms: Mapping[str, str], adjectives: Mapping[str, str]) -> list[Identity]:
    """Join organisations and groups that have a name; ``acronyms`` gives expansions by plain acronym."""
    found: dict[tuple[str, ...], Identity] = {}
    for local in locals_:
        if not names.is_body(local.name, adjectives):
            continue
        known = organisation_named(local.name)
        long = acronyms.get(names.plain(local.name)) if names.is_acronym(local.name) else None
        if long and (known_long := organisation_named(long)):
            known = known_long
        fixed = known.name if known else None
        key = names.key(fixed or long or local.name, adjectives)
        identity = found.setdefault(key, Identity(local.kind, fixed=fixed))
        if fixed and names.plain(fixed) != names.plain(local.name):
            reason = "acronym" if names.is_acronym(local.name) else "alias"
        elif long:
            reason = "acronym"
        else:
            reason = (
                "same name"
                if not identity.members or names.plain(identity.members[0].name) == names.plain(local.name)
                else "spelling"
            )
        identity.add(local, reason)
        for mention in local.mentions:
            bare = re.sub(r"^[Tt]he |['’]s?$", "", mention)
            if names.is_acronym(bare) and bare != local.name:
                identity.call(local, bare, "acronym")
    return list(found.values())
