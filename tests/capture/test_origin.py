import pytest

from dateline.capture.origin import credit, credit_line


@pytest.mark.parametrize(
    ("lead", "name"),
    [
        ("VELM, Dec 5 (Reuters) - The council met.", "Reuters"),
        ("VELM, Ostland (AP) — The council met.", "Associated Press"),
        ("VELM, March 2 (QPA) – The council met.", "QPA"),
        ("Velm (dpa) - Der Rat trat zusammen.", "dpa"),
        ("VELM, December 5. /TASS/. The council met.", "TASS"),
    ],
)
def test_datelines(lead: str, name: str) -> None:
    given = credit(lead)
    assert given.origin is not None
    assert given.origin.name == name
    assert given.own_reporting is False
    assert given.origin.basis in lead


@pytest.mark.parametrize(
    "lead",
    [
        "The council met, according to a report by Reuters.",
        "Ada Novak (57) – the mayor – said nothing.",
        "Reuters reported on Monday that the bridge was shut.",
        "VELM — The council met.",
    ],
)
def test_a_source_of_the_story_is_no_origin(lead: str) -> None:
    assert credit(lead).origin is None


def test_bylines_credit_lines_and_copyright() -> None:
    assert (made := credit("The council met.", bylines=["By Ada Novak, Associated Press"]).origin)
    assert made.name == "Associated Press"
    made = credit("The council met.", bylines=["Reporting by the Quill Press Agency"]).origin
    assert made is not None
    assert made.name == "Quill Press Agency"
    made = credit("The council met.", copyrights=["© 2021 Agence France-Presse. All rights reserved."]).origin
    assert made is not None
    assert made.name == "Agence France-Presse"
    assert credit("The council met.", copyrights=["© 2021 Velm Courier"]).origin is None


def test_an_agency_that_only_helped_is_no_origin() -> None:
    assert (
        credit("The council met.", bylines=["Quill Press Agency contributed to this report", "– with QPA"]).origin
        is None
    )


def test_own_reporting() -> None:
    assert credit("The council met.", bylines=["By Ada Novak, staff writer"]).own_reporting is True
    assert credit("The council met.", bylines=["By Ada Novak"]).own_reporting is None
    given = credit("VELM, Dec 5 (QPA) – The council met.", publisher="Quill Press Agency")
    assert given.own_reporting is True
    assert given.origin is not None
    assert given.origin.name == "Quill Press Agency"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("(QPA)", "QPA"),
        ("Text: Quill Press Agency", "Quill Press Agency"),
        ("(Reuters, dpa)", "Reuters"),
        ("The bridge is shut", None),
    ],
)
def test_credit_lines(line: str, name: str | None) -> None:
    assert credit_line(line) == name
