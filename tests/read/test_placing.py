"""Where an event was: its clause, its sentence, the sentence before, the caption's head, the dateline."""

from __future__ import annotations

from datetime import date

from dateline.read.reader import read
from dateline.records import Part


def where(text: str, trigger: str, parts: list[Part] | None = None) -> str | None:
    parts = parts or [Part(start=0, end=len(text), kind="body")]
    reading = read(text, published=date(2022, 10, 28), parts=parts, language="en")
    events = [event for event in reading.events if trigger in event.trigger.text]
    assert events, f"{trigger} not among {[event.trigger.text for event in reading.events]}"
    place = events[0].place
    return None if place is None else reading.places[place].text


def test_the_place_of_its_own_clause() -> None:
    text = "Both sides signed an agreement at the Old Customs House in Marrow Bay on Friday."
    assert where(text, "signed") == "Old Customs House"
    assert where("A bomb exploded at a market in Ostrel, Varnia, on Tuesday.", "exploded") == "Ostrel"
    assert where("Rebels shelled the port of Kessin on Sunday.", "shelled") == "Kessin"
    assert where("The prime minister visited Larkmoor on Friday.", "visited") == "Larkmoor"


def test_the_place_of_the_clause_beside_it() -> None:
    assert where("Three miners were killed when a conveyor collapsed at Skarn Hill.", "killed") == "Skarn Hill"
    assert where("The team that visited Ostrel on Wednesday found four craters.", "found") == "Ostrel"


def test_a_place_deep_in_another_deed_is_not_where_it_happened() -> None:
    text = "The minister resigned on Friday after a newspaper printed a letter that freed the first ship to leave Port Ardley."
    assert where(text, "resigned") is None


def test_where_something_was_said_is_not_where_it_happened() -> None:
    text = "The minister said in Marrow Bay on Monday that rebels had attacked a convoy."
    assert where(text, "attacked") is None


def test_a_saying_put_in_is_elsewhere() -> None:
    text = "At least six people were killed and ten wounded when shells hit the market in the border town of Ostrel on Monday, the ministry in Tolsk said, in the deadliest attack in years."
    assert where(text, "killed") == "Ostrel"


def test_where_somebody_came_from_is_not_where_they_came() -> None:
    assert where("Two helicopters arrived from Vantria on Tuesday evening.", "arrived") is None


def test_there_and_the_sentence_after_share_the_place() -> None:
    assert where("The two sides met in Marrow Bay on Friday. Their talks had resumed there on Tuesday.", "resumed") == (
        "Marrow Bay"
    )
    assert where("A shop was looted in Ostrel on Friday. Police arrested two men.", "arrested") == "Ostrel"
    assert where("A shop was looted in Ostrel on Friday. In Congress, senators met.", "met") is None


def test_a_caption_begins_with_its_place() -> None:
    text = "Skarn Hill, 9 February 2022. Police arrested two men."
    assert where(text, "arrested", [Part(start=0, end=len(text), kind="side", title="Pictures")]) == "Skarn Hill"


def test_the_dateline_places_the_first_sentence_alone() -> None:
    told = (
        "PORT ARDLEY, Osmara, Oct. 27 (Halyard) — Dockers walked off the job on Thursday. Two men resigned on Friday."
    )
    assert where(told, "walked off") == "PORT ARDLEY"
    assert where(told, "resigned") is None
    named = "LARKMOOR, Osmara, Oct. 25 (Halyard) — At least 14 people were killed in Haddowvale on Monday."
    assert where(named, "killed") == "Haddowvale"
    capital = "PARIS, Oct. 25 (Halyard) — Rebels attacked a convoy on Monday."
    assert where(capital, "attacked") is None
