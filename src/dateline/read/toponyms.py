"""What a name is by itself: a place's usual name, an adjective, an abbreviation, a word too common to tell."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

from dateline.read.gazetteer import Feature, Site, abbreviated, candidates, fold, sites
from dateline.read.place_lexicon import GENERIC, TITLES
from dateline.read.states import state_named, state_of_adjective, state_of_seat

_TAIL = re.compile(r"(?:[’']s?|[-–—,;:”“\"]+)+$")
_ABBREVIATION = re.compile(r"(?:[A-Z]\. ?){2,}$|(?:[A-Z]\. ?)?[A-Z][a-z]{1,4}\.$|[A-Z]{3}$")
_INITIALS = re.compile(r"(?:[A-Z]\. ?){2,}$")
# A city or province this large is taken for itself where it stands with a capital and the parser said nothing.
_LARGE_CITY = 300_000
_LARGE_PROVINCE = 500_000
_METROPOLIS = 1_000_000
_KEPT = 20_000  # answers: most names of a report are asked about several times


@cache
def demonyms() -> dict[str, str]:
    """Adjectives and peoples of places that are no states, with the place: "Chechen" of Chechnya."""
    table = (files("dateline") / "data" / "demonyms.json").read_bytes()
    return msgspec.json.decode(table, type=dict[str, str])


@lru_cache(maxsize=_KEPT)
def demonym_of(words: str) -> str | None:
    """The name of the place that an adjective or a people belongs to, None for any other word."""
    if state := state_of_adjective(words):
        return None if state_named(words) else state.name
    return demonyms().get(words)


@lru_cache(maxsize=_KEPT)
def bare_name(words: str) -> str:
    """A name without a possessive or punctuation at its end, the dot of an abbreviation left."""
    bare = _TAIL.sub("", words)
    whole = not bare.endswith(".") or _INITIALS.search(bare) or is_abbreviation(bare)
    return bare if whole else bare.rstrip(".")


def derived(name: str) -> list[str]:
    """The adjectives and peoples that a name makes: "Kestrian" and "Kestrians" of "Kestria"."""
    if len(name) < 4 or not name.isalpha():
        return []
    adjectives = [name + "n"] if name.endswith("a") else [name + "ian", name + "ese", name.rstrip("eo") + "an"]
    return [*adjectives, *(adjective + "s" for adjective in adjectives if adjective.endswith("n"))]


@lru_cache(maxsize=_KEPT)
def is_known(words: str) -> bool:
    """Whether the gazetteer or the table of states knows a name."""
    return bool(state_named(words) or state_of_seat(words) or candidates(words))


@lru_cache(maxsize=_KEPT)
def is_abbreviation(words: str) -> bool:
    """Whether this is an abbreviation that stands for itself: "N.C.", "Calif.", "NSW", not "MO" or "Miss"."""
    return bool(_ABBREVIATION.fullmatch(words) and abbreviated(words)) and words.lower().rstrip(".") not in TITLES


@lru_cache(maxsize=_KEPT)
def is_generic(words: str) -> bool:
    """Whether a name is made of words too common to be taken for a place."""
    return all(word in GENERIC for word in words.lower().split()) and not state_named(words)


def has_feature(words: str, feature: Feature) -> bool:
    """Whether a place of this name is of a kind."""
    return any(site.feature == feature for site in sites(words))


def is_large(words: str) -> bool:
    """Whether a place of this name is a country, a continent, a sea, a region, a large province or a large city."""
    return any(_is_large(site) for site in sites(words))


def _is_large(site: Site) -> bool:
    if site.feature == "province":
        return site.population >= _LARGE_PROVINCE
    return site.feature in ("country", "continent", "water", "land") or site.population >= _LARGE_CITY


def is_well_known(words: str) -> bool:
    """Whether this is the usual name of a large place, or a capital's."""
    key = fold(words)
    return any(_is_large(s) and (fold(s.name) == key or state_of_seat(words)) for s in sites(words))


def is_large_town(words: str) -> bool:
    """Whether a large city goes by this name."""
    return any(site.feature == "city" and site.population >= _LARGE_CITY for site in sites(words))


def is_metropolis(words: str) -> bool:
    """Whether this is the usual name of a city of a million or more."""
    key = fold(words)
    return any(s.feature == "city" and s.population >= _METROPOLIS and fold(s.name) == key for s in sites(words))


@lru_cache(maxsize=_KEPT)
def is_usual_name(words: str) -> bool:
    """Whether this is a place's usual name, or a capital's."""
    key = fold(words)
    return any(fold(site.name) == key for site in sites(words)) or bool(state_of_seat(words))


def is_town(words: str) -> bool:
    """Whether this is the usual name of a town."""
    return not is_generic(words) and any(s.feature == "city" and fold(s.name) == fold(words) for s in sites(words))
