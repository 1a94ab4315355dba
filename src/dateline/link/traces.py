"""What of a report tells who is who over an archive: its names, and the words by which states, capitals and acronyms are learned.

Identities are found from traces alone, so that an archive can be linked without all of its texts at hand.
"""

from __future__ import annotations

import re

from dateline.link import names, roles
from dateline.link.identity import Local
from dateline.link.persons import spellings
from dateline.link.sentences import sentence_around
from dateline.read import names as people
from dateline.read.states import state_of_adjective
from dateline.records import ActorKind, ReadActor, Record, Telling

CITY = r"(?!(?:In|At|From|Near|To|The|And|But|Since|On|Outside|Around)\s)[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+)?"
"""What may be the name of a city."""

# An adjective of a state is what stands before an office that only states have.
_GOVERNED = re.compile(
    r"\b([A-Z][a-z]+(?:n|sh|ese|ic|i))\s+(?:(?:[Pp]resident|[Pp]rime [Mm]inister|[Gg]overnment|[Pp]arliament|[Aa]rmy|[Nn]avy|[Cc]abinet)\b"
    r"|(?:[Ff]oreign|[Dd]efen[cs]e|[Ii]nterior|[Ff]inance) (?:[Mm]inist(?:er|ry)|[Ss]ecretary)\b)"
)
# A body of government said to be in a city: the city is the seat of whose government it is.
_SEATED = re.compile(
    r"\b(?:[Mm]inistry|[Pp]arliament|[Gg]overnment|[Cc]abinet|[Pp]residency|[Aa]dministration|authorities)\s+in\s+(?P<city>{C})"
    r"|\bsaid in\s+(?P<said>{C})".replace("{C}", CITY)
)
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{2,}\b")
_EXPANDED = re.compile(
    r"((?:[A-ZÀ-Þ][\w'’-]*)(?:\s+(?:[A-ZÀ-Þ][\w'’-]*|of|for|and|the|in|on|to|&)){1,9})\s+\(([A-ZÀ-Þ]{2,7})\)"
)


class Named(Record, frozen=True, array_like=True):
    """One actor of a report: its id there, name and kind, its mentions, the roles at them, whether it is never but a place, and the
    names that the mentions give a person, each with its reason.
    """

    id: str
    name: str
    kind: ActorKind
    mentions: list[str]
    roles: list[str]
    only_place: bool
    spellings: list[tuple[str, str]]


class Trace(Record, frozen=True, array_like=True):
    """What a report holds towards identities.

    ``governed`` are words in lower case that stand before offices of state, ``capitalised`` its capitalised words, ``capitals`` the
    lines that speak of a capital, ``seated`` cities where officials are said to be, with the sentences, ``expanded`` acronyms with
    what they stand for, ``places`` the plain names of literal places.
    """

    report: str
    day: str | None
    actors: list[Named]
    governed: list[str]
    capitalised: list[str]
    capitals: list[str]
    seated: list[tuple[str, str]]
    expanded: list[tuple[str, str]]
    places: list[str]

    def locals(self) -> list[Local]:
        """The actors as they are joined."""
        return [
            Local(
                self.report,
                one.id,
                one.name,
                one.kind,
                one.mentions,
                one.roles,
                self.day,
                one.only_place,
                one.spellings,
            )
            for one in self.actors
        ]


def trace(telling: Telling) -> Trace:
    """The trace of a report."""
    text, reading = telling.text, telling.reading
    seated = [
        (match["city"] or match["said"], sentence_around(text, telling.parts, match.start(), match.end()).text)
        for match in _SEATED.finditer(text)
    ]
    return Trace(
        report=telling.report,
        day=(telling.published or "")[:10] or None,
        actors=[_named(telling, actor) for actor in reading.actors],
        governed=sorted({m[1].lower() for m in _GOVERNED.finditer(text) if not state_of_adjective(m[1])}),
        capitalised=sorted(set(_CAPITALISED.findall(text))),
        capitals=[line for line in text.splitlines() if "capital" in line] if "capital" in text else [],
        seated=seated,
        expanded=[pair for match in _EXPANDED.finditer(text) if (pair := _expanded(match))],
        places=sorted({names.plain(place.text) for place in reading.places if place.use == "literal"}),
    )


def _expanded(match: re.Match[str]) -> tuple[str, str] | None:
    """An acronym and the words before it that spell it."""
    tokens = match[1].split()
    for i in range(len(tokens)):
        long = " ".join(tokens[i:])
        if tokens[i][0].isupper() and names.acronym(long) == match[2]:
            return match[2], long
    return None


def _named(telling: Telling, actor: ReadActor) -> Named:
    name = " ".join(actor.name.split())
    called: list[str | None] = []
    mentions = list(dict.fromkeys(" ".join(span.text.split()) for span in actor.mentions))
    if actor.kind == "person" and people.parts_of(actor.name):
        for mention in mentions:
            called.append(roles.split_mention(mention, actor.name)[0])
        called += [roles.around(telling.text, span.start, span.end) for span in actor.mentions]
    literal = {(place.start, place.end) for place in telling.reading.places if place.use == "literal"}
    only_place = bool(actor.mentions) and all((span.start, span.end) in literal for span in actor.mentions)
    return Named(
        actor.id,
        name,
        actor.kind,
        mentions,
        [role for role in called if role],
        only_place,
        spellings(name, mentions),
    )
