"""Which of the places of a name a report means: what it names around it, how large they are, what it says contains them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import asin, cos, log10, radians, sin, sqrt

import msgspec

from dateline.read.document import Document
from dateline.read.gazetteer import Site, abbreviated, fold, sites
from dateline.read.place_names import Naming
from dateline.read.states import state_named, state_of_seat

_EARTH_DIAMETER_KM = 12742.0
_UNIT = re.compile(
    r"^(?P<stem>.+?)[\s-]+(?P<unit>county|parish|province|oblast|region|district|governorate|prefecture|state|department"
    r"|raion|rayon|voivodeship|canton|city|town|village|township|metro area|area)$",
    re.IGNORECASE,
)
_UNIT_OF = re.compile(r"^(?:city|town|village|state|province|county|port|republic) of (?P<stem>.+)$", re.IGNORECASE)
_TOWN_UNITS = frozenset({"city", "town", "village", "township", "metro area", "area"})

# The weight of a place by itself, in powers of ten of inhabitants.
_BASE = {
    "country": 2.0,
    "province": 0.5,
    "city": 0.0,
    "county": 4.3,
    "continent": 2.0,
    "land": 6.8,
    "water": 6.6,
    "spot": 6.4,
}
_PROVINCE_AT_LEAST = 5.0
_SEAT = 2.0
_COUNTRY, _ADMIN1, _NEAR, _CAPITAL_OF_NAMED = 3.0, 2.5, 2.0, 1.0
_NEAR_KM = 150.0
_PASSES = 3


def distance(a: Site, b: Site) -> float:
    """Great-circle distance in kilometres."""
    p, q = radians(a.lat), radians(b.lat)
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(b.lon - a.lon) / 2) ** 2
    return _EARTH_DIAMETER_KM * asin(min(1.0, sqrt(h)))


def resolve(document: Document, namings: Sequence[Naming]) -> list[Site | None]:
    """For each naming the place it means, None where none is known."""
    return _Resolver(document, namings).sites()


def candidates(name: str, *, contained: bool = False) -> list[Site]:
    """The places a name can mean; with ``contained``, abbreviations of provinces too ("Calif.")."""
    found = list(sites(name))
    if state := state_named(name):
        found = [site for site in found if site.feature != "city" or contained]
        found += [site for site in sites(state.name) if site.feature != "city" and site not in found]
    if contained:
        found += [site for site in abbreviated(name) if site not in found]
    if not found and (match := _UNIT.match(name)):
        found = _of_unit(match["stem"], match["unit"].lower())
    if not found and (match := _UNIT_OF.match(name)):
        found = list(sites(match["stem"]))
    return found


def _of_unit(stem: str, unit: str) -> list[Site]:
    """What "Odesa region" can mean: a province of that name, else the surroundings of the city."""
    found = sites(stem)
    if unit in _TOWN_UNITS:
        return [site for site in found if site.feature == "city"]
    provinces = [site for site in found if site.feature == "province"]
    if provinces:
        return provinces
    return [msgspec.structs.replace(site, precision="province") for site in found if site.feature == "city"]


@dataclass
class _Case:
    """One name of the report with its namings, what it can mean and what it is taken for."""

    options: list[Site]
    namings: list[int] = field(default_factory=list)
    choice: Site | None = None


class _Resolver:
    def __init__(self, document: Document, namings: Sequence[Naming]) -> None:
        self.text = document.text
        self.doc = document.doc
        self.namings = namings
        self.container = self._containers()
        self.cases: dict[tuple[str, str | None], _Case] = {}
        self.case_of: list[_Case] = []
        for i, naming in enumerate(namings):
            outer = self.container.get(i)
            key = (fold(naming.name), fold(namings[outer].name) if outer is not None else None)
            if key not in self.cases:
                self.cases[key] = _Case(candidates(naming.name, contained=self._is_container(i)))
            self.cases[key].namings.append(i)
            self.case_of.append(self.cases[key])

    def sites(self) -> list[Site | None]:
        for case in self.cases.values():
            case.choice = max(case.options, key=self._prior, default=None)
        for _ in range(_PASSES):
            self._choose()
        self._one_sense()
        return [case.choice for case in self.case_of]

    def _choose(self) -> None:
        country: dict[str, float] = defaultdict(float)
        admin1: dict[tuple[str | None, str], float] = defaultdict(float)
        total = 0.0
        votes: list[tuple[_Case, Site, float]] = []
        for case in self.cases.values():
            if case.choice is not None:
                weight = sqrt(len(case.namings)) * self._confidence(case)
                votes.append((case, case.choice, weight))
        for _, site, weight in votes:
            total += weight
            if site.country:
                country[site.country] += weight
                if site.admin1:
                    admin1[site.country, site.admin1] += weight
        for case in self.cases.values():
            if len(case.options) < 2 and not self._outer(case):
                continue
            own = next((weight for other, _, weight in votes if other is case), 0.0)
            rest = max(total - own, 1.0)

            def value(site: Site, case: _Case = case, own: float = own, rest: float = rest) -> float:
                mine = case.choice
                same_country = mine is not None and mine.country == site.country
                score = self._prior(site)
                if site.country:
                    got = country[site.country] - (own if same_country else 0.0)
                    score += _COUNTRY * max(got, 0.0) / rest
                    if site.admin1 and site.feature != "country":
                        same = same_country and mine is not None and mine.admin1 == site.admin1
                        got = admin1[site.country, site.admin1] - (own if same else 0.0)
                        score += _ADMIN1 * max(got, 0.0) / rest
                if site.feature in ("city", "county", "spot"):
                    score += _NEAR * self._nearness(site, case, votes)
                return score

            options = case.options
            if (outer := self._outer(case)) and outer.options:
                options = [s for s in case.options if any(_within(s, o) for o in outer.options if o != s)]
                if outer.choice and (inside := [s for s in options if _within(s, outer.choice)]):
                    options = inside
            case.choice = max(options, key=value, default=None)

    def _nearness(self, site: Site, case: _Case, votes: list[tuple[_Case, Site, float]]) -> float:
        near = 0.0
        for other, there, weight in votes:
            if other is not case and there.feature in ("city", "county", "spot") and distance(site, there) < _NEAR_KM:
                near += min(weight, 1.0)
        return min(near, 2.0) / 2.0

    def _one_sense(self) -> None:
        """A name that was once said to be in a place means the same where it stands alone."""
        told: dict[str, Site] = {}
        for (name, outer), case in self.cases.items():
            if outer is not None and case.choice is not None and case.choice.feature == "city":
                told.setdefault(name, case.choice)
        for (name, outer), case in self.cases.items():
            if outer is None and name in told and case.choice is not None and case.choice.feature == "city":
                case.choice = told[name]

    def _prior(self, site: Site) -> float:
        people = log10(site.population + 1) if site.population else 0.0
        if site.feature == "province":
            people = max(people, _PROVINCE_AT_LEAST)
        score = _BASE[site.feature] + (people if site.feature in ("country", "province", "city", "continent") else 0.0)
        if site.feature == "city" and (state := state_of_seat(site.name)) and state.iso == site.country:
            score += _SEAT
        return score

    def _confidence(self, case: _Case) -> float:
        """How much a choice tells about the others: little where another place comes close to it."""
        if case.choice is None or len(case.options) == 1:
            return 1.0
        if any(self.container.get(i) is not None for i in case.namings):
            return 1.0
        first, second = sorted((self._prior(site) for site in case.options), reverse=True)[:2]
        return min(1.0, 0.3 + 0.35 * (first - second))

    def _containers(self) -> dict[int, int]:
        """For each naming followed by ", NAME" (or in brackets) the naming that is said to contain it."""
        outer = {}
        for i, (naming, following) in enumerate(zip(self.namings, self.namings[1:], strict=False)):
            gap = self.text[self._end(naming) : self.doc[following.first].idx]
            if naming.form == following.form == "name" and re.fullmatch(r",\s{1,2}|\s\(", gap):
                options = candidates(following.name, contained=True)
                inner = candidates(naming.name)
                if any(_within(a, b) for a in inner for b in options) or (not inner and abbreviated(following.name)):
                    outer[i] = i + 1
        return outer

    def _is_container(self, i: int) -> bool:
        return i in self.container.values()

    def _outer(self, case: _Case) -> _Case | None:
        outer = self.container.get(case.namings[0])
        return self.case_of[outer] if outer is not None else None

    def _end(self, naming: Naming) -> int:
        last = self.doc[naming.last - 1]
        return int(last.idx) + len(last)


def _within(inner: Site, outer: Site) -> bool:
    """Whether a place can lie in another, as far as codes and distances tell."""
    if inner.country and outer.country and inner.country != outer.country:
        return False
    match outer.feature:
        case "country":
            return inner.feature != "country" and inner.country == outer.country
        case "province":
            if inner.feature in ("country", "province", "continent"):
                return False
            if inner.admin1 and outer.admin1:
                return inner.admin1 == outer.admin1
            return distance(inner, outer) < 500
        case "county":
            return inner.feature in ("city", "spot") and distance(inner, outer) < 80
        case "city":
            return inner.feature in ("city", "spot") and inner != outer and distance(inner, outer) < 60
        case "land" | "continent":
            return inner.feature != "continent" and distance(inner, outer) < 3000
    return False
