"""The day of the story: what a fresh report tells without a day of its own, in short invented reports read as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

import dateline
from dateline import read
from dateline.records import Part

LEAD = "BELM, April 9 - Police raided the offices of the Ardesh Post on Thursday, officials said."


def dates(text: str, published: str = "2021-04-09") -> dict[str, str | None]:
    return {event.trigger.text: event.date for event in read(text, published=published).events}


@pytest.mark.parametrize(
    ("paragraph", "trigger", "date"),
    [
        ("Soldiers arrested the editor, Vera Lund.", "arrested", "2021-04-08~"),
        ("Officials said soldiers arrested 12 printers.", "arrested", "2021-04-08~"),
        ("The army has seized nine boats.", "seized", "2021-04-08~"),
        ("Lund has called off the general strike.", "called off the general strike", "2021-04-08~"),
        ("Lund said she was arrested.", "arrested", None),  # of herself: at any time
        ("Soldiers once arrested the editor.", "arrested", None),
        ("“They arrested my brother,” said Lund.", "arrested", None),
        ("Soldiers had arrested the editor.", "arrested", None),
        ("Soldiers arrested the editor, who was born in 1960.", "arrested", "2021-04-08~"),
        ("Soldiers arrested the editor in 2016.", "arrested", "2016"),
    ],
)
def test_a_deed_without_a_day_is_of_about_the_day_of_the_story(paragraph: str, trigger: str, date: str | None) -> None:
    text = f"{LEAD}\n\nThe Post is a small paper.\n\nIt has nine readers.\n\n{paragraph}"
    assert dates(text)[trigger] == date


def test_a_report_that_turned_to_an_earlier_time_has_left_the_story() -> None:
    turned = "The last such case was in 2009. Soldiers arrested the owner.\n\nA court jailed him."
    text = f"{LEAD}\n\nThe Post is a small paper.\n\nIt has nine readers.\n\n{turned}"
    found = dates(text)
    assert found["arrested"] != "2021-04-08~"
    assert found["jailed"] is None


def test_a_report_whose_beginning_names_no_day_near_it_has_no_day_of_the_story() -> None:
    text = "The Post is a small paper.\n\nIt has nine readers.\n\nIt hates them.\n\nSoldiers arrested the editor."
    assert dates(text)["arrested"] is None


def test_what_was_said_on_a_day_was_done_by_then() -> None:
    text = "Dockers in Velm have voted to strike over a plan to close two quays, their union said on Wednesday."
    assert dates(text)["voted"] == "2021-04-07~"


def test_a_day_that_opens_a_sentence_is_that_of_what_is_put_into_it() -> None:
    text = "The judges were slow. On Thursday, an hour before the vote, it came: the ballots, the court ruled, must be counted again."
    assert dates(text)["ruled"] == "2021-04-08"


@pytest.mark.parametrize(
    ("text", "trigger", "date"),
    [
        ("On Thursday police arrested the editor, two days after soldiers raided the paper.", "raided", "2021-04-06"),
        ("A court on Thursday freed the editor a week after police raided the paper.", "raided", "2021-04-01"),
        ("A court on Thursday freed the editor hours after police raided the paper.", "raided", "2021-04-08"),
        ("A court on Thursday freed the editor after police raided the paper.", "raided", None),
    ],
)
def test_days_are_counted_back_from_the_verb_above(text: str, trigger: str, date: str | None) -> None:
    assert dates(text)[trigger] == date


@pytest.mark.parametrize(
    ("text", "status", "date"),
    [
        (
            "The minister's visit to Velm, scheduled for April 20 to 22, stands cancelled.",
            "cancelled",
            "2021-04-20/2021-04-22",
        ),
        ("The hearing had been due to resume on April 1 but was put back to April 30.", "cancelled", "2021-04-01"),
        ("Talks planned for Monday have been pushed back.", "cancelled", "2021-04-12"),
    ],
)
def test_what_is_called_off_has_the_day_it_was_planned_for(text: str, status: str, date: str) -> None:
    assert [(e.status, e.date) for e in read(text, published="2021-04-09").events] == [(status, date)]


@pytest.mark.parametrize(
    "text",
    ["Suppose the minister resigned tomorrow.", "Imagine the army arrested the editor.", "Assume a court jailed him."],
)
def test_a_supposition_is_no_event(text: str) -> None:
    assert read(text, published="2021-04-09").events == []


def test_that_month_is_of_the_year_named_last() -> None:
    text = "In January 2014 the firm cut off three towns. The quarrel ended when an accord was signed that March."
    assert dates(text)["signed"] == "2014-03"


def test_a_line_of_a_chronology_and_a_caption_have_their_own_day() -> None:

    lines = [
        "2006: Lock opens to ships",
        "3 May 2014: Police arrested two pilots",
        "The mayor takes the oath, 7 June 2016",
        "1 July 2031: Tunnel opens",
    ]
    text = "\n\n".join(lines)
    parts = [Part(start=(at := text.index(line)), end=at + len(line), kind="side", title="Key dates") for line in lines]
    found = {e.trigger.text: (e.status, e.date) for e in read(text, published="2021-04-09", parts=parts).events}
    assert ("happened", "2014-05-03") in found.values()
    assert found["takes the oath"] == ("happened", "2016-06-07")
    assert len(found) == 3, "what is to come has not happened"


def test_an_abbreviated_currency_ends_no_sentence() -> None:
    text = "The government announced a grant of Rs. 4,000 each on Monday."
    (event,) = read(text, published="2021-04-09").events
    assert event.date == "2021-04-05"


def test_a_house_is_named_with_what_it_is_of_and_an_office_is_no_place() -> None:
    house = read("The ceremony will take place on April 20 in the Palace of the Republic.", published="2021-04-09")
    assert [place.name for place in house.places] == ["Palace of the Republic"]
    office = read("He spent nine years in the Office of the Registrar.", published="2021-04-09")
    assert "Office" not in [place.name for place in office.places]


def test_a_refusal_with_a_day_is_the_line_and_not_what_was_refused(tmp_path: Path) -> None:
    text = "VELM, April 9 - A court in Velm on Thursday refused to extradite a banker, Ivo Karst, to Ardesh."
    (tmp_path / "court.txt").write_text(f"Court keeps banker\n2021-04-09\n\n{text}\n", encoding="utf-8")
    with dateline.open(str(tmp_path / "news.db")) as archive:
        archive.add([str(tmp_path / "court.txt")])
        lines = [(entry.status, entry.date) for entry in archive.chronicle()]
    assert lines == [("happened", "2021-04-08")]
