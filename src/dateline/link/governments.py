"""States and their seats: those of the list, and those that only the reports tell of, with the capitals that stand for them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

from dateline.link import names
from dateline.link.identity import Local
from dateline.link.persons import by_full_name, full_names, surname_block
from dateline.link.traces import CITY, Trace
from dateline.read.states import state_named, state_of_adjective, state_of_seat

_CAPITALS = (
    r"(?P<state>{S})['’]s\s+capital(?:\s+city)?(?:\s+of|,)?\s+(?P<city>{C})",
    r"(?P<adjective>{A})\s+capital(?:\s+city)?(?:\s+of|,)?\s+(?P<city>{C})",
    r"(?P<city>{C}),\s+(?:the\s+)?capital\s+(?:city\s+)?of\s+(?P<state>{S})",
    r"(?P<city>{C}),\s+(?:the\s+)?(?P<adjective>{A})\s+capital",
    r"(?P<city>{C}),\s+(?P<state>{S})['’]s\s+capital",
    r"capital\s+(?:city\s+)?of\s+(?P<state>{S}),\s+(?P<city>{C})",
    r"(?P<state>{S}).{{0,60}}?\bthe\s+capital,\s+(?P<city>{C})",
)


def governed_adjectives(traces: Iterable[Trace]) -> frozenset[str]:
    """Adjectives of states that no list knows, in lower case: they stand before an office of state ("the Varnian president")."""
    return frozenset(word for trace in traces for word in trace.governed)


def unlisted_states(traces: Iterable[Trace], locals_: Iterable[Local], governed: Set[str]) -> dict[str, str]:
    """States that no list knows, by plain name: those that Readings call so, and words whose adjective is a state's."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    words = Counter(word for trace in traces for word in trace.capitalised) if governed else Counter()
    for word, number in words.items():
        if not governed.isdisjoint(adjectives_of(word)) and not state_named(word) and word.lower() not in governed:
            counts[names.plain(word)][word] += number
    for local in locals_:
        if local.kind != "state":
            continue
        bare = re.sub(r"^[Tt]he ", "", local.name)
        if names.plain(bare) not in governed and not state_named(bare) and not state_of_seat(bare):
            counts[names.plain(bare)][bare] += 1
    return {plain: min(spellings, key=lambda s: (-spellings[s], s)) for plain, spellings in counts.items()}


def adjectives_of(state: str) -> list[str]:
    """How the adjective of a state's name may be made, in lower case."""
    name = names.plain(state)
    forms = [name + "n", name + "ian", name + "an", name + "ish", name + "ese", name + "i"]
    if name[-1:] in "aeiouy":
        forms += [name[:-1] + ending for ending in ("an", "ian", "ish", "ese", "ic", "i")]
    if name.endswith("land"):
        forms += [name[:-4] + "ish", name[:-4] + "ic", name + "ic", name + "er"]
    return forms


def capitals_of(
    traces: Sequence[Trace],
    unlisted: Mapping[str, str],
    adjectives: Mapping[str, str],
    locals_: Sequence[Local],
    governed: Set[str],
) -> dict[str, str]:
    """Capitals of unlisted states, by plain name: what texts call so, what Readings joined with the state, and where its officials
    and ministries are said to be. A city of two states is nobody's, and what has an adjective of its own in ``governed`` is a state.
    """
    if not unlisted:
        return {}
    claims: dict[str, Counter[str]] = defaultdict(Counter)
    states = "|".join(re.escape(state) for state in sorted(unlisted.values(), key=len, reverse=True))
    forms = "|".join(re.escape(form.title()) for form in sorted(adjectives, key=len, reverse=True))
    patterns = [re.compile(p.format(S=states, A=forms, C=CITY)) for p in _CAPITALS]
    sure = {state for state in unlisted if not governed.isdisjoint(adjectives_of(state))}
    servants = _servants(
        sure or unlisted.keys(), {trace.report for trace in traces if trace.seated}, locals_, adjectives
    )
    for trace in traces:
        for line in trace.capitals:
            for pattern in patterns:
                for match in pattern.finditer(line):
                    groups = match.groupdict()
                    state = (
                        names.plain(groups["state"])
                        if groups.get("state")
                        else adjectives[names.plain(groups["adjective"])]
                    )
                    claims[names.plain(match["city"])][state] += 3
        for city, sentence in trace.seated:
            for surname, state in servants[trace.report]:
                if surname in sentence:
                    claims[names.plain(city)][state] += 1
    for local in locals_:
        plain = names.plain(local.name)
        if plain in unlisted and local.kind == "state":
            for mention in local.mentions:
                other = names.plain(mention)
                if (
                    other != plain
                    and other not in adjectives
                    and re.fullmatch(CITY, mention)
                    and not state_of_adjective(mention)
                ):
                    claims[other][plain] += 1
    return {
        city: next(iter(votes))
        for city, votes in claims.items()
        if len(votes) == 1 and city not in votes and governed.isdisjoint(adjectives_of(city)) and not state_named(city)
    }


def _servants(
    states: Set[str], reports: Set[str], locals_: Sequence[Local], adjectives: Mapping[str, str]
) -> dict[str, set[tuple[str, str]]]:
    """The officials of some states by those of some reports that speak of them: surname as written, and the one state they serve."""
    full = full_names(locals_)
    blocks = {surname_block(local) for local in full if local.report in reports}
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for identity in by_full_name([local for local in full if surname_block(local) in blocks]):
        words = {word for local in identity.members for role in local.roles for word in names.key(role, adjectives)}
        served = words & states
        if len(served) == 1:
            for local in identity.members:
                found[local.report].add((local.name.split()[-1], next(iter(served))))
    return found


def state_of(local: Local, unlisted: Mapping[str, str], capitals: Mapping[str, str]) -> tuple[str | None, str]:
    """The state that an actor is, by list or learned, and why."""
    plain = names.plain(local.name)
    if local.kind == "person":
        learned = unlisted.get(capitals.get(plain, plain))
        return learned, "capital of" if plain in capitals else "same name"
    if known := state_named(local.name):
        return known.name, "same name" if names.plain(known.name) == plain else "alias"
    if plain in capitals and capitals[plain] in unlisted:
        return unlisted[capitals[plain]], "capital of"
    if local.kind == "state" and (known := state_of_seat(local.name)):
        return known.name, "capital of"
    if plain in unlisted and (local.kind == "state" or len(plain.split()) == 1):
        return unlisted[plain], "same name"
    return None, ""


def alias_of(mention: str, state: str, unlisted: Mapping[str, str], capitals: Mapping[str, str]) -> str | None:
    """Why a mention is a name of a state, or None where it is only words about it."""
    plain = names.plain(mention)
    if plain == names.plain(state):
        return "same name"
    known = state_named(mention)
    if known and known.name == state:
        return "alias"
    seat = state_of_seat(mention)
    if (seat and seat.name == state) or unlisted.get(capitals.get(plain, "")) == state:
        return "capital of"
    return None
