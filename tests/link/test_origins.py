from __future__ import annotations

from dateline.link.origins import full_names


def test_an_acronym_stands_for_the_one_name_that_spells_it() -> None:
    assert full_names(["CPA", "Corvia Press Agency", "Reuters"]) == {"CPA": "Corvia Press Agency"}
    assert full_names(["C.P.A.", "Corvia Press Agency"]) == {"C.P.A.": "Corvia Press Agency"}


def test_an_acronym_of_two_names_or_of_none_stays() -> None:
    assert full_names(["CPA", "Corvia Press Agency", "Central Press Agency"]) == {}
    assert full_names(["CPA", "Agence Corvia"]) == {}
    assert full_names(["Corvia Press Agency"]) == {}
