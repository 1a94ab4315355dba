import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.read.toponyms import (
    bare_name,
    demonym_of,
    derived,
    is_abbreviation,
    is_generic,
    is_known,
    is_large,
    is_metropolis,
    is_town,
    is_usual_name,
    is_well_known,
)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Ukrainian", "Ukraine"),
        ("Poles", "Poland"),
        ("Chechen", "Chechnya"),
        ("Texans", "Texas"),
        ("US", None),
        ("Selm", None),
    ],
)
def test_demonym_of(words: str, place: str | None) -> None:
    assert demonym_of(words) == place


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        ("Kiev’s", "Kiev"),
        ("Kiev.", "Kiev"),
        ("N.C.", "N.C."),
        ("Calif.", "Calif."),
        ("Syria,”", "Syria"),
        ("U.S.", "U.S."),
    ],
)
def test_bare_name(words: str, bare: str) -> None:
    assert bare_name(words) == bare


@given(st.text())
def test_a_bare_name_is_how_the_words_begin(words: str) -> None:
    assert words.startswith(bare_name(words))


def test_derived() -> None:
    assert "Dorvanians" in derived("Dorvania")
    assert "Teskian" in derived("Tesk")
    assert derived("Al") == []


def test_abbreviations_stand_for_themselves_only_as_such() -> None:
    assert is_abbreviation("N.C.")
    assert is_abbreviation("Calif.")
    assert not is_abbreviation("MO")
    assert not is_abbreviation("Ms.")


def test_what_a_name_is() -> None:
    assert is_known("Kharkiv")
    assert not is_known("Drumvolica")
    assert is_generic("North Side")
    assert not is_generic("United States")
    assert is_large("Black Sea")
    assert not is_large("Olney")
    assert is_metropolis("Kharkiv")
    assert not is_metropolis("Kharkov")
    assert is_usual_name("Olney")
    assert is_town("Olney")
    assert is_well_known("Kiev")
    assert not is_well_known("Judah")
