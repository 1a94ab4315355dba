"""The gazetteer: places by name, from one SQLite file that ships with the package.

The file is opened read-only on the first look-up of a process and never loaded as a whole. It is built by
``python -m training.gazetteer``.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, cast

import msgspec

from dateline.read.states import state_named
from dateline.records import Precision

Feature = Literal["city", "county", "province", "country", "continent", "spot", "water", "land"]

_LIGATURES = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_DROPPED = re.compile(r"[.'’‘`ʼʻ]")
_SPACED = re.compile(r"[^\w]+|_")
_SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}

_UNIT = re.compile(
    r"^(?P<stem>.+?)[\s-]+(?P<unit>county|parish|province|oblast|region|district|governorate|prefecture|state|department"
    r"|raion|rayon|voivodeship|canton|city|town|township|metro area|area)$",
    re.IGNORECASE,
)
_UNIT_OF = re.compile(r"^(?:city|town|village|state|province|county|port|republic) of (?P<stem>.+)$", re.IGNORECASE)
_TOWN_UNITS = frozenset({"city", "town", "township", "metro area", "area"})
_UNITS_NAMED_AFTER_CITIES = frozenset(
    {"province", "oblast", "region", "district", "governorate", "prefecture", "raion", "rayon", "voivodeship", "canton"}
)
_PART = re.compile(
    r"^(?:(?:north|south)[\s-]?(?:east|west)(?:ern)?|(?:north|south|east|west)(?:ern)?|[NSEW]\.|central|metro|greater"
    r"|downtown|mid|upper|lower|historic|mainland)[\s-]+(?P<stem>[A-Z].+)$",
    re.IGNORECASE,
)


class Site(msgspec.Struct, frozen=True):
    """A place of the gazetteer.

    ``geonameid`` is None for a place that GeoNames was not the source of. ``admin1`` is GeoNames' code of the first-level
    region (``CA`` in ``US``); with ``feature`` "province" it is the region's own. ``population`` is 0 where unknown.
    """

    geonameid: int | None
    name: str
    feature: Feature
    precision: Precision
    lat: float
    lon: float
    country: str | None
    admin1: str | None
    population: int


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """The key a name is kept under: no case, accents, dots, apostrophes or leading article; hyphens as spaces.

    >>> fold("The St. Gallen–Côte d'Or")
    'st gallen cote dor'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = plain.casefold().translate(_LIGATURES)
    words = _SPACED.sub(" ", _DROPPED.sub("", plain)).split()
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(_SHORT.get(word, word) for word in words) if len(words) > 1 else " ".join(words)


@lru_cache(maxsize=20_000)
def sites(name: str) -> tuple[Site, ...]:
    """All places of a name, most populous first; empty if there is none."""
    return _look(fold(name), 0)


@lru_cache(maxsize=2_000)
def abbreviated(name: str) -> tuple[Site, ...]:
    """The provinces and states of an abbreviation that only counts beside another name: "Calif.", "TX", "Ont."."""
    return _look(fold(name), 1)


@lru_cache(maxsize=20_000)
def candidates(name: str) -> tuple[Site, ...]:
    """The places a name can mean, also by a state's other names and by the kind or part of a place that it says.

    "Odesa region" is the province of that name, else the surroundings of the city; "Northeast Georgia" a region of Georgia.
    """
    found = list(sites(name))
    if state := state_named(name):
        if state.kind == "union":
            return ()
        found += [site for site in sites(state.name) if site.feature != "city" and site not in found]
    if name.endswith(".") or (name.isupper() and len(name) < 4):
        found += [site for site in abbreviated(name) if site not in found]
    if not found and (match := _UNIT.match(name)):
        found = _of_unit(match["stem"], match["unit"].lower())
    if not found and (match := _UNIT_OF.match(name)):
        found = list(sites(match["stem"]))
    if not found and (match := _PART.match(name)):
        wide = ("country", "province", "region")
        found = [
            msgspec.structs.replace(site, precision="region") if site.precision in wide else site
            for site in candidates(match["stem"])
        ]
    return tuple(found)


def _of_unit(stem: str, unit: str) -> list[Site]:
    found = sites(stem)
    cities = [site for site in found if site.feature == "city"]
    if unit in _TOWN_UNITS:
        return cities
    provinces = [site for site in found if site.feature == "province"]
    if provinces or unit not in _UNITS_NAMED_AFTER_CITIES:
        return provinces
    return [msgspec.structs.replace(site, precision="province") for site in cities]


def _look(key: str, short: int) -> tuple[Site, ...]:
    if not key:
        return ()
    found = _connection().execute(
        "SELECT geonameid, p.name, feature, precision, lat, lon, country, admin1, population"
        " FROM name n JOIN place p ON p.id = n.place WHERE n.key = ? AND n.short = ? ORDER BY population DESC, p.id",
        (key, short),
    )
    return tuple(Site(*row) for row in found)


@cache
def _connection() -> sqlite3.Connection:
    # The file is only ever read, so the connection may be shared by threads.
    path = cast(Path, files("dateline") / "data" / "gazetteer.sqlite")
    return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
