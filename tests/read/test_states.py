import pytest

from dateline.read.states import (
    organisation_named,
    organisations,
    state_named,
    state_of_adjective,
    state_of_code,
    state_of_seat,
    states,
)


@pytest.mark.parametrize(
    ("name", "iso"),
    [
        ("Ukraine", "UA"),
        ("the Russian Federation", "RU"),
        ("US", "US"),
        ("U.S.", "US"),
        ("the United States", "US"),
        ("UK", "GB"),
        ("DPRK", "KP"),
        ("Congo", "CD"),
        ("GEORGIA", "GE"),
        ("Scotland", "GB-SCT"),
        ("EU", "EU"),
        ("Russia’s", "RU"),
    ],
)
def test_names(name: str, iso: str) -> None:
    found = state_named(name)
    assert found is not None
    assert found.iso == iso


def test_letters_count_in_short_names() -> None:
    assert state_named("us") is None
    assert state_named("dr congo") is None


@pytest.mark.parametrize(("word", "iso"), [("Ukrainian", "UA"), ("Poles", "PL"), ("American", "US"), ("Briton", "GB")])
def test_demonyms(word: str, iso: str) -> None:
    found = state_of_adjective(word)
    assert found is not None
    assert found.iso == iso


@pytest.mark.parametrize(
    ("name", "iso"),
    [
        ("Moscow", "RU"),
        ("the Kremlin", "RU"),
        ("Kyiv", "UA"),
        ("Kiev", "UA"),
        ("Downing Street", "GB"),
        ("Brussels", "EU"),
    ],
)
def test_seats(name: str, iso: str) -> None:
    found = state_of_seat(name)
    assert found is not None
    assert found.iso == iso


def test_organisations() -> None:
    found = organisation_named("the OSCE")
    assert found is not None
    assert found == organisation_named("Organization for Security and Cooperation in Europe")
    assert organisation_named("Rotary Club of Nowhere") is None


def test_every_entry_is_found_by_its_own_names() -> None:
    for state in states():
        assert state_of_code(state.iso) is state
        for name in (state.name, *state.names):
            assert state_named(name) is not None, name
        for word in (*state.adjectives, *state.people):
            assert state_of_adjective(word) is not None, word
        for name in (*state.capital_names, *state.seats):
            assert state_of_seat(name) is not None, name
        if state.parent:
            assert state_of_code(state.parent) is not None
    assert len({state.iso for state in states()}) == len(states())
    for organisation in organisations():
        assert organisation_named(organisation.name) == organisation
