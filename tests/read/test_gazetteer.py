import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.read.gazetteer import abbreviated, candidates, fold, sites


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Saint-Étienne", "st etienne"),
        ("St. Étienne", "st etienne"),
        ("The Hague", "hague"),
        ("N'Djamena", "ndjamena"),
        ("Çanakkale", "canakkale"),
        ("Łódź", "lodz"),
        ("Fort", "fort"),
        ("", ""),
    ],
)
def test_fold(name: str, key: str) -> None:
    assert fold(name) == key


@given(st.text())
def test_folding_twice_changes_nothing_and_no_text_breaks_a_look_up(name: str) -> None:
    assert fold(fold(name)) == fold(name) or fold(name).startswith(("the ", "saint ", "fort ", "mount "))
    sites(name)
    candidates(name)


def test_cities_know_their_country_region_and_id() -> None:
    kyiv = sites("Kiev")[0]
    assert (kyiv.geonameid, kyiv.country, kyiv.precision) == (703448, "UA", "city")
    assert kyiv.lat == pytest.approx(50.45, abs=0.1)
    assert {site.admin1 for site in sites("Springfield") if site.country == "US"} >= {"IL", "MA", "MO"}


def test_more_than_cities() -> None:
    assert any(s.feature == "country" and s.country == "UA" for s in sites("Ukraine"))
    assert any(s.feature == "province" and s.admin1 == "TX" for s in sites("Texas"))
    assert any(s.feature == "county" and s.admin1 == "GA" for s in sites("DeKalb County"))
    assert [s.feature for s in sites("Black Sea")] == ["water"]
    assert any(s.feature == "land" for s in sites("Donbass"))
    assert any(s.feature == "continent" for s in sites("Africa"))


def test_states_by_their_other_names() -> None:
    assert any(s.feature == "country" and s.country == "US" for s in candidates("U.S."))
    assert any(s.feature == "country" and s.country == "KP" for s in candidates("DPRK"))
    assert candidates("EU") == ()


def test_kinds_and_parts() -> None:
    odesa = candidates("Odesa region")
    assert odesa
    assert odesa[0].precision == "province"
    assert odesa[0].country == "UA"
    assert any(s.admin1 == "GA" and s.precision == "region" for s in candidates("Northeast Georgia"))
    assert candidates("Nowheria Fields") == ()


def test_abbreviations_count_only_where_they_are_asked_for() -> None:
    assert abbreviated("Calif.")[0].name == "California"
    assert abbreviated("ON")[0].name == "Ontario"
    assert not any(s.name == "Ontario" for s in sites("ON"))
