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
        "The council met, according to a report by the engineers.",
        "The council met, according to Reuters.",
        "Ada Novak (57) – the mayor – said nothing.",
        "Reuters reported on Monday that the bridge was shut.",
        "VELM — The council met.",
    ],
)
def test_a_source_of_the_story_is_no_origin(lead: str) -> None:
    assert credit(lead).origin is None


@pytest.mark.parametrize(
    ("lead", "name"),
    [
        ("The council met, according to a report by Reuters.", "Reuters"),
        (
            "The pillars are hollow, according to an investigation by the Velm Courier, which saw the plans.",
            "Velm Courier",
        ),
        ("The talks, first reported by the Orun Times, broke off on Monday.", "Orun Times"),
    ],
)
def test_a_lead_that_rests_on_one_report(lead: str, name: str) -> None:
    given = credit(lead)
    assert given.origin is not None
    assert (given.origin.name, given.own_reporting, given.where) == (name, None, "lead")
    assert given.origin.basis in lead


@pytest.mark.parametrize(
    "line",
    [
        "This article was originally published by Velm Courier.",
        "Originally published on Velm Courier",
        "The post Velm gives up its bridge appeared first on Velm Courier.",
        "Republished with permission from the Velm Courier",
    ],
)
def test_a_text_that_stood_elsewhere_before(line: str) -> None:
    given = credit("The council met.", ending=line)
    assert given.origin is not None
    assert (given.origin.name, given.own_reporting, given.where) == ("Velm Courier", False, "republication line")


def test_a_paper_that_signs_its_own_dateline() -> None:
    given = credit("VELM (KVLM) — The council met.", publisher="KVLM Velm")
    assert given.own_reporting is True


def test_datelines_with_a_stop_or_in_small_letters() -> None:
    assert (made := credit("Velm, Jun 11 (efe-epa).- The council met.").origin)
    assert made.name == "EFE"


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
