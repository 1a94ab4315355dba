"""One identity for every actor over all reports: states with their capitals, organisations with their acronyms, persons by name and role."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dateline.link import names, roles
from dateline.link.sentences import sentence_around
from dateline.read import names as people
from dateline.read.states import organisation_named, state_named, state_of_adjective, state_of_seat
from dateline.records import Actor, ActorKind, ActorName, ReadActor, Role, Telling, content_id

_CAPITALS = (
    r"(?P<state>{S})['’]s\s+capital(?:\s+city)?(?:\s+of|,)?\s+(?P<city>{C})",
    r"(?P<adjective>{A})\s+capital(?:\s+city)?(?:\s+of|,)?\s+(?P<city>{C})",
    r"(?P<city>{C}),\s+(?:the\s+)?capital\s+(?:city\s+)?of\s+(?P<state>{S})",
    r"(?P<city>{C}),\s+(?:the\s+)?(?P<adjective>{A})\s+capital",
    r"(?P<city>{C}),\s+(?P<state>{S})['’]s\s+capital",
    r"capital\s+(?:city\s+)?of\s+(?P<state>{S}),\s+(?P<city>{C})",
    r"(?P<state>{S}).{{0,60}}?\bthe\s+capital,\s+(?P<city>{C})",
)
# An adjective of a state is what stands before an office that only states have.
_GOVERNED = re.compile(
    r"\b([A-Z][a-z]+(?:n|sh|ese|ic|i))\s+(?:(?:[Pp]resident|[Pp]rime [Mm]inister|[Gg]overnment|[Pp]arliament|[Aa]rmy|[Nn]avy|[Cc]abinet)\b"
    r"|(?:[Ff]oreign|[Dd]efen[cs]e|[Ii]nterior|[Ff]inance) (?:[Mm]inist(?:er|ry)|[Ss]ecretary)\b)"
)
# A body of government said to be in a city: the city is the seat of whose government it is.
_SEATED = re.compile(
    r"\b(?:[Mm]inistry|[Pp]arliament|[Gg]overnment|[Cc]abinet|[Pp]residency|[Aa]dministration|authorities)\s+in\s+(?P<city>{C})"
    r"|\bsaid in\s+(?P<said>{C})"
)
_CITY = r"(?!(?:In|At|From|Near|To|The|And|But|Since|On|Outside|Around)\s)[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+)?"
_EXPANDED = re.compile(
    r"((?:[A-ZÀ-Þ][\w'’-]*)(?:\s+(?:[A-ZÀ-Þ][\w'’-]*|of|for|and|the|in|on|to|&)){1,9})\s+\(([A-ZÀ-Þ]{2,7})\)"
)
_ROLE_REACH = 31  # days beyond the reports that call somebody so in which a role alone still names them


@dataclass
class _Local:
    """One actor of one Reading, with the words it is mentioned by. ``only_place``: never but where something is."""

    report: str
    id: str
    name: str
    kind: ActorKind
    mentions: list[str]
    roles: list[str]
    day: str | None
    only_place: bool


@dataclass
class _Identity:
    """One actor over the archive while it grows. ``fixed`` is a canonical name from a list."""

    kind: ActorKind
    fixed: str | None = None
    members: list[_Local] = field(default_factory=list)
    variants: dict[str, str] = field(default_factory=dict)

    def add(self, local: _Local, reason: str) -> None:
        """Take a member in; the first reason for a name stays."""
        self.members.append(local)
        self.variants.setdefault(local.name, reason)


class Identities:
    """Which actor of the archive each Reading's actor is.

    ``adjectives`` are those of states that no list knows. ``actors`` holds those that have a name. One only described ("a spokeswoman", "residents", "the ministry") is nobody beyond
    its report: it keeps its words and has no id.
    """

    def __init__(
        self, identities: Iterable[_Identity], locals_: Iterable[_Local], adjectives: Mapping[str, str]
    ) -> None:
        self.actors: list[Actor] = []
        self.adjectives = adjectives
        self._ids: dict[tuple[str, str], str] = {}
        self._names: dict[tuple[str, str], str] = {(local.report, local.id): local.name for local in locals_}
        self._by_id: dict[str, str] = {}
        self._called: dict[str, str | None] = {}
        taken: set[str] = set()
        for identity in sorted(identities, key=_prominence):
            name = _canonical(identity)
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
                    names=_names(identity, name),
                    roles=_roles(identity, adjectives),
                )
            )
            self._by_id[id_] = name
            for variant in self.actors[-1].names:
                plain = names.plain(variant.name)
                self._called[plain] = None if self._called.get(plain, id_) != id_ else id_
            for local in identity.members:
                self._ids[local.report, local.id] = id_
                self._names[local.report, local.id] = name

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


def identify(tellings: Sequence[Telling]) -> Identities:
    """Join the actors of all Readings."""
    locals_ = [_local(telling, actor) for telling in tellings for actor in telling.reading.actors]
    unlisted = _unlisted_states(tellings, locals_)
    adjectives = {adjective: names.plain(state) for state in unlisted.values() for adjective in _adjectives(state)}
    people_named = {names.plain(local.name) for local in locals_ if local.kind == "person" and " " in local.name}
    for local in locals_:
        if local.kind in ("organisation", "group") and names.plain(local.name) in people_named:
            local.kind = "person"
    persons = _persons(
        [local for local in locals_ if local.kind == "person" and not local.only_place], _company(locals_), adjectives
    )
    capitals = _capitals(tellings, unlisted, adjectives, locals_, persons)
    states: dict[str, _Identity] = {}
    organisations: list[_Local] = []
    for local in locals_:
        state, reason = _state(local, unlisted, capitals)
        if state is not None:
            states.setdefault(state, _Identity("state", fixed=state)).add(local, reason)
        elif local.kind != "person" and not local.only_place:
            organisations.append(local)
    for name, identity in states.items():
        for local in identity.members:
            for mention in local.mentions:
                bare = re.sub(r"['’]s?$", "", mention.removeprefix("the ").removeprefix("The "))
                if why := _alias(bare, name, unlisted, capitals):
                    identity.variants.setdefault(bare, why)
    found = [
        *states.values(),
        *_organisations(organisations, _acronyms(tellings, organisations), adjectives),
        *persons,
    ]
    return Identities(found, locals_, adjectives)


# ── one Reading's actor ───────────────────────────────────────────────────────────────────────────────────────────


def _local(telling: Telling, actor: ReadActor) -> _Local:
    called: list[str | None] = []
    mentions = list(dict.fromkeys(span.text for span in actor.mentions))
    if actor.kind == "person" and people.parts_of(actor.name):
        for mention in mentions:
            called.append(roles.split_mention(mention, actor.name)[0])
        called += [roles.around(telling.text, span.start, span.end) for span in actor.mentions]
    literal = {(place.start, place.end) for place in telling.reading.places if place.use == "literal"}
    only_place = bool(actor.mentions) and all((span.start, span.end) in literal for span in actor.mentions)
    return _Local(
        telling.report,
        actor.id,
        actor.name,
        actor.kind,
        mentions,
        [role for role in called if role],
        (telling.published or "")[:10] or None,
        only_place,
    )


def _company(locals_: Iterable[_Local]) -> dict[str, set[str]]:
    """The names of states and organisations in each report: what tells that two reports are about one world."""
    found: dict[str, set[str]] = defaultdict(set)
    for local in locals_:
        if local.kind in ("state", "organisation") and _named(local.name):
            found[local.report].add(names.plain(local.name))
    return found


def _named(name: str) -> bool:
    """Whether words have a capital beyond an opening article."""
    return any(word[:1].isupper() for word in re.sub(r"^(?:[Tt]he|[Aa]n?)\s", "", name).split())


# ── states ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _unlisted_states(tellings: Sequence[Telling], locals_: Iterable[_Local]) -> dict[str, str]:
    """States that no list knows, by plain name: those that Readings call so, and words whose adjective stands before an office of
    state in some report ("Varnia", where there is a "Varnian president").
    """
    governed = {
        match[1].lower() for t in tellings for match in _GOVERNED.finditer(t.text) if not state_of_adjective(match[1])
    }
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for telling in tellings if governed else ():
        for word in set(re.findall(r"\b[A-Z][a-z]{2,}\b", telling.text)):
            if not governed.isdisjoint(_adjectives(word)) and not state_named(word) and word.lower() not in governed:
                counts[names.plain(word)][word] += 1
    for local in locals_:
        bare = re.sub(r"^[Tt]he ", "", local.name)
        if (
            local.kind == "state"
            and names.plain(bare) not in governed
            and not state_named(bare)
            and not state_of_seat(bare)
        ):
            counts[names.plain(bare)][bare] += 1
    return {plain: min(spellings, key=lambda s: (-spellings[s], s)) for plain, spellings in counts.items()}


def _adjectives(state: str) -> list[str]:
    """How the adjective of a state's name may be made, in lower case."""
    name = names.plain(state)
    forms = [name + "n", name + "ian", name + "an", name + "ish", name + "ese", name + "i"]
    if name[-1:] in "aeiouy":
        forms += [name[:-1] + ending for ending in ("an", "ian", "ish", "ese", "ic", "i")]
    if name.endswith("land"):
        forms += [name[:-4] + "ish", name[:-4] + "ic", name + "ic", name + "er"]
    return forms


def _capitals(
    tellings: Sequence[Telling],
    unlisted: Mapping[str, str],
    adjectives: Mapping[str, str],
    locals_: Iterable[_Local],
    persons: Iterable[_Identity],
) -> dict[str, str]:
    """Capitals of unlisted states, by plain name: what texts call so, what Readings joined with the state, and where its officials
    and ministries are said to be. A city of two states is nobody's.
    """
    if not unlisted:
        return {}
    claims: dict[str, Counter[str]] = defaultdict(Counter)
    states = "|".join(re.escape(state) for state in sorted(unlisted.values(), key=len, reverse=True))
    forms = "|".join(re.escape(form.title()) for form in sorted(adjectives, key=len, reverse=True))
    patterns = [re.compile(p.format(S=states, A=forms, C=_CITY)) for p in _CAPITALS]
    seated = re.compile(_SEATED.pattern.replace("{C}", _CITY))
    servants = _servants(unlisted, persons, adjectives)
    for telling in tellings:
        for pattern in patterns if "capital" in telling.text else ():
            for match in pattern.finditer(telling.text):
                groups = match.groupdict()
                state = (
                    names.plain(groups["state"])
                    if groups.get("state")
                    else adjectives[names.plain(groups["adjective"])]
                )
                claims[names.plain(match["city"])][state] += 3
        for match in seated.finditer(telling.text):
            sentence = sentence_around(telling.text, telling.parts, match.start(), match.end()).text
            for surname, state in servants[telling.report]:
                if surname in sentence:
                    claims[names.plain(match["city"] or match["said"])][state] += 1
    for local in locals_:
        plain = names.plain(local.name)
        if plain in unlisted and local.kind == "state":
            for mention in local.mentions:
                other = names.plain(mention)
                if (
                    other != plain
                    and other not in adjectives
                    and re.fullmatch(_CITY, mention)
                    and not state_of_adjective(mention)
                ):
                    claims[other][plain] += 1
    return {
        city: next(iter(votes))
        for city, votes in claims.items()
        if len(votes) == 1 and city not in unlisted and not state_named(city)
    }


def _servants(
    unlisted: Mapping[str, str], persons: Iterable[_Identity], adjectives: Mapping[str, str]
) -> dict[str, set[tuple[str, str]]]:
    """The officials of unlisted states by the reports that speak of them: surname as written, and the one state they serve."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for identity in persons:
        words = {word for local in identity.members for role in local.roles for word in names.key(role, adjectives)}
        served = words & unlisted.keys()
        if len(served) == 1:
            for local in identity.members:
                found[local.report].add((local.name.split()[-1], next(iter(served))))
    return found


def _state(local: _Local, unlisted: Mapping[str, str], capitals: Mapping[str, str]) -> tuple[str | None, str]:
    """The state that an actor is, by list or learned, and why."""
    plain = names.plain(local.name)
    if local.kind == "person":
        learned = unlisted.get(plain) or unlisted.get(capitals.get(plain, ""))
        return learned, "same name" if plain in unlisted else "capital of"
    if known := state_named(local.name):
        return known.name, "same name" if names.plain(known.name) == plain else "alias"
    if plain in capitals and capitals[plain] in unlisted:
        return unlisted[capitals[plain]], "capital of"
    if local.kind == "state" and (known := state_of_seat(local.name)):
        return known.name, "capital of"
    if plain in unlisted and (local.kind == "state" or len(plain.split()) == 1):
        return unlisted[plain], "same name"
    return None, ""


def _alias(mention: str, state: str, unlisted: Mapping[str, str], capitals: Mapping[str, str]) -> str | None:
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


# ── organisations and groups ──────────────────────────────────────────────────────────────────────────────────────


def _acronyms(tellings: Sequence[Telling], locals_: Iterable[_Local]) -> dict[str, str]:
    """Acronyms that reports expand, each with its one expansion; an acronym of two bodies is left out."""
    expansions: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)

    def learn(short: str, long: str) -> None:
        expansions[names.plain(short)].setdefault(names.key(long), long)

    for telling in tellings:
        for match in _EXPANDED.finditer(telling.text):
            tokens = match[1].split()
            for i in range(len(tokens)):
                if tokens[i][0].isupper() and names.acronym(" ".join(tokens[i:])) == match[2]:
                    learn(match[2], " ".join(tokens[i:]))
                    break
    for local in locals_:
        forms = [local.name, *local.mentions]
        for short in filter(names.is_acronym, forms):
            for long in forms:
                if names.acronym(re.sub(r"^[Tt]he ", "", long)) == short.replace(".", "") and not names.is_acronym(
                    long
                ):
                    learn(short, re.sub(r"^[Tt]he ", "", long))
    return {short: next(iter(longs.values())) for short, longs in expansions.items() if len(longs) == 1}


def _organisations(
    locals_: Iterable[_Local], acronyms: Mapping[str, str], adjectives: Mapping[str, str]
) -> list[_Identity]:
    found: dict[tuple[str, ...], _Identity] = {}
    for local in locals_:
        if not names.is_body(local.name, adjectives):
            continue
        known = organisation_named(local.name)
        long = acronyms.get(names.plain(local.name)) if names.is_acronym(local.name) else None
        if long and (known_long := organisation_named(long)):
            known = known_long
        fixed = known.name if known else None
        key = names.key(fixed or long or local.name, adjectives)
        identity = found.setdefault(key, _Identity(local.kind, fixed=fixed))
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
                identity.variants.setdefault(bare, "acronym")
    return list(found.values())


# ── persons ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _persons(
    locals_: Sequence[_Local], company: Mapping[str, set[str]], adjectives: Mapping[str, str]
) -> list[_Identity]:
    full = [local for local in locals_ if len(people.parts_of(local.name)) > 1 and names.is_person(local.name)]
    single = [local for local in locals_ if len(people.parts_of(local.name)) == 1 and names.is_person(local.name)]
    described = [local for local in locals_ if not names.is_person(local.name)]
    found = _by_full_name(full)
    by_surname: dict[str, list[_Identity]] = defaultdict(list)
    for identity in found:
        for key in {names.block(people.parts_of(name)[-1]) for name in identity.variants}:
            by_surname[key].append(identity)
    for local in sorted(single, key=lambda local: (local.report, local.id)):
        surname = people.parts_of(local.name)[-1]
        holders = [
            identity
            for identity in by_surname[names.block(surname)]
            if any(names.same_surname(surname, people.parts_of(name)[-1]) for name in identity.variants)
        ]
        near = [identity for identity in holders if _acquainted(local, identity, company, adjectives)]
        if len(holders) == len(near) == 1:
            near[0].add(local, "surname")
        elif not holders or all(len(people.parts_of(name)) == 1 for holder in holders for name in holder.variants):
            identity = near[0] if near else _Identity("person")
            identity.add(local, "same name")
            if not near:
                found.append(identity)
                by_surname[names.block(surname)].append(identity)
        else:
            identity = _Identity("person")
            identity.add(local, "same name")
            found.append(identity)
    holders_of: dict[tuple[str, ...], list[_Identity]] = defaultdict(list)
    for identity in found:
        for office in {names.key(role, adjectives) for local in identity.members for role in local.roles}:
            holders_of[office].append(identity)
    for local in described:
        role = names.role(local.name)
        office = names.key(role, adjectives) if role else ()
        if len(office) < 2:
            continue
        held = [identity for identity in holders_of[office] if _in_office(identity, office, local.day, adjectives)]
        if len(held) == 1:
            held[0].add(local, "role")
    for identity in found:
        for local in identity.members:
            for mention in local.mentions if names.is_person(local.name) else ():
                _, name = roles.split_mention(mention, local.name)
                if name and names.is_person(name):
                    same = names.plain(name) == names.plain(local.name)
                    alone = len(people.parts_of(name)) == 1
                    identity.variants.setdefault(
                        name, "same name" if same else "surname in the same report" if alone else "spelling"
                    )
    return found


def _by_full_name(locals_: Sequence[_Local]) -> list[_Identity]:
    """Join full names that are one name; one that may be either of two people (an initial) stays alone."""
    by_name: dict[str, list[_Local]] = defaultdict(list)
    for local in locals_:
        by_name[" ".join(people.parts_of(local.name))].append(local)
    blocks: dict[str, list[_Identity]] = defaultdict(list)
    # Names with initials come last, so that all they may stand for are known.
    for plain in sorted(by_name, key=lambda name: (min(map(len, name.split()[:-1])) == 1, -len(by_name[name]), name)):
        block = blocks[names.block(plain.split()[-1])]
        matches = [
            identity for identity in block if all(names.same_person(plain, other) for other in identity.variants)
        ]
        identity = matches[0] if len(matches) == 1 else _Identity("person")
        if len(matches) != 1:
            block.append(identity)
        for local in sorted(by_name[plain], key=lambda local: (local.report, local.id)):
            same = any(names.plain(local.name) == names.plain(other) for other in identity.variants)
            identity.add(local, "same name" if same or not identity.members else "spelling")
    return [identity for block in blocks.values() for identity in block]


def _acquainted(
    local: _Local, identity: _Identity, company: Mapping[str, set[str]], adjectives: Mapping[str, str]
) -> bool:
    """Whether a surname in one report may be taken for the person of another: same role, or states or organisations in common."""
    here = {names.key(role, adjectives) for role in local.roles}
    there = {names.key(role, adjectives) for member in identity.members for role in member.roles}
    return not here.isdisjoint(there) or any(
        not company[local.report].isdisjoint(company[member.report]) for member in identity.members
    )


def _in_office(identity: _Identity, key: tuple[str, ...], day: str | None, adjectives: Mapping[str, str]) -> bool:
    days = [m.day for m in identity.members if m.day and any(names.key(role, adjectives) == key for role in m.roles)]
    if day is None or not days:
        return False
    low, high, here = (date.fromisoformat(d).toordinal() for d in (min(days), max(days), day))
    return low - _ROLE_REACH <= here <= high + _ROLE_REACH


# ── how an identity is shown ──────────────────────────────────────────────────────────────────────────────────────


def _prominence(identity: _Identity) -> tuple[int, str, str]:
    return (
        -len({local.report for local in identity.members}),
        _canonical(identity),
        min(local.report for local in identity.members),
    )


def _canonical(identity: _Identity) -> str:
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


def _names(identity: _Identity, canonical: str) -> list[ActorName]:
    reasons = {
        canonical: "same name",
        **{name: reason for name, reason in identity.variants.items() if name != canonical},
    }
    return [
        ActorName(name=name, reason=reason)
        for name, reason in sorted(reasons.items(), key=lambda item: (item[0] != canonical, item[0]))
    ]


def _roles(identity: _Identity, adjectives: Mapping[str, str]) -> list[Role]:
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
