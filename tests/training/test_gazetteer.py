import sqlite3
from pathlib import Path

from training.gazetteer import Entry, Sources, build, entries


def county(fips: str, name: str, state: str) -> dict[str, str]:
    return {"fips": fips, "name": name, "state": state}


def town(name: str, state: str, number: int | None, lat: float, country: str = "US") -> dict[str, object]:
    return {
        "name": name,
        "country_code": country,
        "state_code": state,
        "county_id": number,
        "latitude": str(lat),
        "longitude": "10.0",
    }


def city(number: int, name: str, lat: float, admin1: str, country: str = "UA") -> dict[str, object]:
    return {
        "geonameid": number,
        "name": name,
        "latitude": lat,
        "longitude": 10.0,
        "countrycode": country,
        "admin1code": admin1,
        "population": 20_000,
        "alternatenames": ["Selm an der Tolsk", "SLM", "Сельм", "Xy"],
    }


def invented() -> Sources:
    return Sources(
        cities=[city(1, "Selm", 50.0, "07"), city(2, "Anvil", 40.0, "OH", "US")],
        countries={"UA": {"geonameid": 3, "name": "Ukraine", "population": 40_000_000}},
        continents=[{"geonameId": 4, "name": "Europe", "lat": "48.0", "lng": "9.0", "population": 700_000_000}],
        us_states={"OH": {"geonameid": 5}},
        us_counties=[
            county("1", "Abel County", "OH"),
            county("2", "St. Mark County", "OH"),
            county("3", "Tor County", "OH"),
            county("4", "Sedge County", "PA"),
            county("5", "Zed County", "PA"),
        ],
        nations=[{"iso2": "UA", "latitude": "49.0", "longitude": "32.0"}],
        regions=[
            {
                "name": "Tolska",
                "country_code": "UA",
                "state_code": "T",
                "latitude": "50.1",
                "longitude": "10.1",
            }
        ],
        towns=[
            town("Selm", "T", None, 50.01, "UA"),
            town("A", "OH", 1, 40.0),
            town("B", "OH", 1, 42.0),
            town("C", "OH", 7, 43.0),
            town("D", "OH", 9, 44.0),
            town("E", "PA", 8, 45.0),
        ],
        extra=[
            {
                "name": "Grey Sea",
                "names": ["the Grey"],
                "kind": "sea",
                "precision": "region",
                "lat": 1.0,
                "lon": 2.0,
                "country": None,
            }
        ],
        abbreviations={"cities": {"1": ["Selmgrad"]}, "provinces": {"UA-T": ["Tol."]}},
    )


def by_name() -> dict[str, Entry]:
    return {entry.name: entry for entry in entries(invented())}


def test_names_are_pruned_to_those_that_english_news_may_use() -> None:
    assert by_name()["Selm"].names == ("Selm an der Tolsk", "Selmgrad")


def test_a_region_gets_the_code_of_the_cities_in_it() -> None:
    region = by_name()["Tolska"]
    assert (region.admin1, region.population, region.short) == ("07", 20_000, ("Tol.",))


def test_counties_are_named_in_alphabetical_order_and_stand_amid_their_towns() -> None:
    found = by_name()
    assert found["Abel County"].lat == 41.0
    assert found["St. Mark County"].lat == 43.0
    assert found["Tor County"].lat == 44.0


def test_a_county_number_of_an_incomplete_state_lies_between_its_neighbours() -> None:
    found = by_name()
    assert found["Sedge County"].lat == 45.0
    assert "Zed County" not in found


def test_the_file_is_the_same_byte_for_byte(tmp_path: Path) -> None:
    one, two = tmp_path / "one.sqlite", tmp_path / "two.sqlite"
    assert build(one, entries(invented())) == build(two, entries(invented()))
    assert one.read_bytes() == two.read_bytes()
    build(one, entries(invented()))
    assert one.read_bytes() == two.read_bytes()


def test_keys_lead_to_places(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    build(path, entries(invented()))
    db = sqlite3.connect(path)
    rows = db.execute("SELECT p.name, short FROM name n JOIN place p ON p.id = n.place WHERE key = ?", ("tol",))
    assert rows.fetchall() == [("Tolska", 1)]
    rows = db.execute("SELECT p.feature FROM name n JOIN place p ON p.id = n.place WHERE key = ?", ("grey sea",))
    assert rows.fetchall() == [("water",)]
    db.close()
