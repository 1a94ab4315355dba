"""Which of the places of a name a report means: what it says contains them, what it names around them, how large they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import asin, cos, log10, radians, sin, sqrt

from dateline.read.document import Document
from dateline.read.gazetteer import Site, abbreviated, candidates, fold
from dateline.read.place_names import Naming
from dateline.read.states import state_named, state_of_seat

_EARTH_DIAMETER_KM = 12742.0
_NEAR_KM = 150.0
_NEAR_DEGREES = 1.4  # of latitude, a little more than `_NEAR_KM`
_PASSES = 3
_OPTIONS = 40
_KNOWN_ALONE = 100_000
_GAP_BEFORE_CONTAINER = re.compile(
    r",\s{1,2}|\s\(|,?\s+in\s+(?:the\s+)?(?:(?:north|south|east|west|-)*ern\s+|central\s+|neighbou?ring\s+)?"
)
_LOCAL = frozenset({"city", "county", "spot"})


@dataclass(frozen=True)
class Weights:
    """What speaks for a place, in powers of ten of inhabitants.

    The first eight are a feature's own weight, to which inhabitants are added for those that have them. ``seat``: a capital.
    ``alias``: found by another than its usual name. ``shadowed``: a town that shares its name with a state, or a province
    with its own largest city. ``nation`` and ``admin1``: the share of the report's other places in the same country and
    region; ``near``: other places close by; ``told``: what the same name was elsewhere said to be in; ``home``: the country of the
    paper, which tells between places whose sizes are not far apart. ``hesitation`` is how many other places it takes until
    their share counts half.
    """

    country: float = 2.0
    province: float = 0.5
    city: float = 0.0
    county: float = 4.3
    continent: float = 2.0
    land: float = 6.8
    water: float = 6.6
    spot: float = 6.4
    seat: float = 2.5
    alias: float = -1.5
    shadowed: float = -2.0
    nation: float = 4.5
    admin1: float = 4.5
    near: float = 2.5
    told: float = 3.5
    home: float = 2.0
    hesitation: float = 3.0


WEIGHTS = Weights()


def distance(a: Site, b: Site) -> float:
    """Great-circle distance in kilometres."""
    p, q = radians(a.lat), radians(b.lat)
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(b.lon - a.lon) / 2) ** 2
    return _EARTH_DIAMETER_KM * asin(min(1.0, sqrt(h)))


def resolve(
    document: Document, namings: Sequence[Naming], weights: Weights = WEIGHTS, country: str | None = None
) -> list[Site | None]:
    """For each naming the place it means; None where none is known, or none that lies where the text puts it.

    ``country`` is the paper's own (ISO 3166-1 alpha-2), if known.
    """
    return _Resolver(document, namings, weights, country).sites()


@dataclass
class _Case:
    """One name of the report in one setting, with its namings, what it can mean and what it is taken for.

    ``outer`` is the case that is said to contain it ("Texas" in "Paris, Texas"), ``holds`` whether this one contains one.
    """

    key: str
    options: list[tuple[Site, float]] = field(default_factory=list)
    namings: int = 0
    outer: _Case | None = None
    holds: bool = False
    choice: Site | None = None


@dataclass
class _Votes:
    """What the other places of a report say: weight by country, by region, and each place with its weight."""

    total: float = 0.0
    country: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    admin1: dict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    places: list[tuple[_Case, Site, float]] = field(default_factory=list)


class _Resolver:
    def __init__(
        self, document: Document, namings: Sequence[Naming], weights: Weights, country: str | None = None
    ) -> None:
        self.home = country
        self.text = document.text
        self.doc = document.doc
        self.namings = namings
        self.weights = weights
        self.cases: dict[tuple[str, str, str], _Case] = {}
        outer = self._containers()
        inner = {container: i for i, container in outer.items()}
        self.case_of = [self._case(i, outer.get(i), inner.get(i)) for i in range(len(namings))]
        for i, container in outer.items():
            self.case_of[i].outer = self.case_of[container]

    def sites(self) -> list[Site | None]:
        for case in self.cases.values():
            case.choice = max(case.options, key=lambda option: option[1], default=(None, 0.0))[0]
        for _ in range(_PASSES):
            votes = self._vote()
            told = self._told()
            for case in self.cases.values():
                if case.outer is not None:
                    self._choose_pair(case, case.outer, votes, told)
                elif not case.holds and len(case.options) > 1:
                    values = ((site, self._value(site, prior, case, votes, told)) for site, prior in case.options)
                    case.choice = max(values, key=lambda option: option[1])[0]
        self._doubt()
        return [case.choice for case in self.case_of]

    def _doubt(self) -> None:
        """Leave a smaller town unknown where nothing else in the report lies in its country: it is mostly another."""
        chosen = [(case, case.choice) for case in self.cases.values() if case.choice is not None]
        lone = [
            case
            for case, site in chosen
            if site.feature == "city"
            and site.population < _KNOWN_ALONE
            and site.country != self.home
            and not any(there.country == site.country and other.key != case.key for other, there in chosen)
        ]
        for case in lone:
            case.choice = None

    # ── cases ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _case(self, i: int, outer: int | None, inner: int | None) -> _Case:
        name = self.namings[i].name
        around = [fold(self.namings[j].name) if j is not None else "" for j in (outer, inner)]
        key = (fold(name), around[0], around[1])
        case = self.cases.get(key)
        if case is None:
            found = [*candidates(name)]
            if inner is not None:
                found += [site for site in abbreviated(name) if site not in found]
            options = [(site, self._prior(site, name, found, contained=outer is not None)) for site in found]
            options = sorted(options, key=lambda option: -option[1])[:_OPTIONS]
            case = self.cases[key] = _Case(key[0], options, holds=inner is not None)
        case.namings += 1
        return case

    def _containers(self) -> dict[int, int]:
        """For each naming followed by ", NAME", "(NAME" or "in NAME" the naming that is said to contain it."""
        outer = {}
        for i, (naming, following) in enumerate(zip(self.namings, self.namings[1:], strict=False)):
            last = self.doc[naming.last - 1]
            gap = self.text[last.idx + len(last) : self.doc[following.first].idx]
            if naming.form == following.form == "name" and _GAP_BEFORE_CONTAINER.fullmatch(gap):
                short = abbreviated(following.name)
                around = [*candidates(following.name), *short]
                within = candidates(naming.name)
                listed = not short and any(_peers(a, b) for a in within for b in around)
                if not listed and any(_within(a, b) for a in within for b in around):
                    outer[i] = i + 1
        return outer

    # ── values ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _prior(self, site: Site, name: str, options: Sequence[Site], *, contained: bool) -> float:
        weights = self.weights
        score: float = getattr(weights, site.feature)
        if site.feature in ("country", "city", "continent"):
            score += log10(site.population + 1)
        elif site.feature == "province":
            score += max(log10(site.population + 1), 5.0)
        if site.feature == "city":
            state = state_of_seat(name)
            if state and state.iso == site.country:
                score += weights.seat
            if not contained and state_named(name):
                score += weights.shadowed
            score += weights.alias * _strangeness(fold(name), fold(site.name))
        if site.feature == "province" and any(_is_its_city(other, site) for other in options):
            score += weights.shadowed
        if self.home and site.country == self.home and site.feature != "country":
            score += weights.home
        return score

    def _value(self, site: Site, prior: float, case: _Case, votes: _Votes, told: dict[str, set[Site]]) -> float:
        weights = self.weights
        score = prior
        own = next((weight for other, _, weight in votes.places if other is case), 0.0)
        rest = votes.total - own + weights.hesitation
        mine = case.choice
        if site.country:
            same = mine is not None and mine.country == site.country
            score += weights.nation * max(votes.country[site.country] - own * same, 0.0) / rest
            if site.admin1 and site.feature != "country":
                same = same and mine is not None and mine.admin1 == site.admin1
                score += weights.admin1 * max(votes.admin1[site.country, site.admin1] - own * same, 0.0) / rest
        if site.feature in _LOCAL:
            near = (
                min(weight, 1.0)
                for other, there, weight in votes.places
                if other is not case and there.feature in _LOCAL and _near(site, there)
            )
            score += weights.near * min(sum(near), 2.0) / 2.0
        if site in told.get(case.key, ()):
            score += weights.told
        return score

    def _choose_pair(self, case: _Case, outer: _Case, votes: _Votes, told: dict[str, set[Site]]) -> None:
        """The best pair of a place and one that contains it; the place stays unknown where no pair fits."""
        insides = [(site, self._value(site, prior, case, votes, told)) for site, prior in case.options]
        outsides = [(site, self._value(site, prior, outer, votes, told)) for site, prior in outer.options]
        pairs = [(a + b, i, o) for i, a in insides for o, b in outsides if _within(i, o)]
        best = max(pairs, key=lambda pair: pair[0], default=None)
        if best is not None:
            case.choice, outer.choice = best[1], best[2]

    def _vote(self) -> _Votes:
        votes = _Votes()
        for case in self.cases.values():
            if (site := case.choice) is None:
                continue
            weight = sqrt(case.namings) * self._confidence(case)
            votes.total += weight
            votes.places.append((case, site, weight))
            if site.country:
                votes.country[site.country] += weight
                if site.admin1:
                    votes.admin1[site.country, site.admin1] += weight
        return votes

    def _told(self) -> dict[str, set[Site]]:
        """The places of names that the text puts in another, or another in."""
        told: dict[str, set[Site]] = defaultdict(set)
        for case in self.cases.values():
            if case.choice is not None and (case.outer is not None or case.holds):
                told[case.key].add(case.choice)
        return told

    @staticmethod
    def _confidence(case: _Case) -> float:
        """How much a choice tells about the others: little where another place comes close to it."""
        if len(case.options) == 1 or case.outer is not None or case.holds:
            return 1.0
        return min(1.0, 0.3 + 0.35 * (case.options[0][1] - case.options[1][1]))


def _near(a: Site, b: Site) -> bool:
    return abs(a.lat - b.lat) < _NEAR_DEGREES and distance(a, b) < _NEAR_KM


def _strangeness(key: str, usual: str) -> float:
    """How far a name is from a place's usual one: 0 for the same, less than 1 for another spelling of it."""
    if usual in (key, f"{key} city", f"{key} dc"):
        return 0.0
    return 1.0 if key[:3] != usual[:3] else 0.6


def _peers(one: Site, other: Site) -> bool:
    """Whether two places side by side are rather items of a list: two countries, two provinces of one country."""
    if one.feature == "country" or other.feature == "country":
        return one.feature == other.feature
    return one.feature == other.feature == "province" and one.country == other.country


def _is_its_city(city: Site, province: Site) -> bool:
    return (
        city.feature == "city"
        and (city.country, city.admin1) == (province.country, province.admin1)
        and city.population > 0.2 * province.population
    )


def _within(inner: Site, outer: Site) -> bool:
    """Whether a place can lie in another, as far as codes and distances tell."""
    if inner == outer or (inner.country and outer.country and inner.country != outer.country):
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
        case "land":
            return inner.feature != "continent" and distance(inner, outer) < 600
    return False
