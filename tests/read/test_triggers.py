"""What tells an event, and when it was: sentences of plain verbs, plans, captions and things called off, read as a whole."""

from __future__ import annotations

import pytest

from dateline.read.reader import read
from dateline.records import Part, ReadEvent

PUBLISHED = "2023-05-20"  # a Saturday


def told(text: str, *parts: Part) -> list[ReadEvent]:
    return read(text, published=PUBLISHED, language="en", parts=list(parts) or None).events


def the(events: list[ReadEvent], words: str) -> ReadEvent:
    found = [event for event in events if words in event.trigger.text]
    assert found, (words, [event.trigger.text for event in events])
    return found[0]


@pytest.mark.parametrize(
    ("text", "words", "when"),
    [
        ("Nobody had expected it. The Orla River burst its banks on Tuesday, the town hall said.", "burst", "2023-05-16"),
        ("It was late. Forty people fled after the levee gave way on Tuesday, the mayor said.", "gave", "2023-05-16"),
        ("Critics spoke of the man who sold the shipyard to a cousin in 2016.", "sold", "2016"),
        ("It was a long week. A ban passed by the council for the use of nets lapsed at noon on Tuesday.", "lapsed", "2023-05-16"),
        ("He was calm. “The consul gave me her word on 3 May,” Mr Dorn told reporters.", "word", "2023-05-03"),
        ("Few forget June 1994, when soldiers fired on a crowd in Harrow.", "fired on", "1994-06"),
        ("It was a hard night. Nine people died after a boiler exploded in the mill on Tuesday.", "died", "2023-05-16"),
    ],
)  # fmt: skip
def test_deeds_with_a_time_of_their_own_are_events(text: str, words: str, when: str) -> None:
    event = the(told(text), words)
    assert (event.status, event.date) == ("happened", when)


@pytest.mark.parametrize(
    ("text", "words", "when"),
    [
        ("The panel was named. It will sit for the first time on 14 June 2023.", "sit", "2023-06-14"),
        ("Six men were named. They are due in court next Tuesday.", "due in court", "2023-05-23"),
        ("Work on the pier will begin again on Monday, both firms announced.", "begin", "2023-05-22"),
        ("Talks between Orla and Dern, called off last month, will resume on Monday, the envoy said.", "resume", "2023-05-22"),
        ("The first grants would be made before the end of June 2023, Ms Vane said.", "made", "2023-06~"),
        ("The board, Watermark, will decide by 9 June 2023 whether to raise the fee.", "decide", "2023-06-09"),
        ("Her appeal will be heard on 9 June 2023.", "heard", "2023-06-09"),
        ("The mayor told the council that masons will begin moving the stones tomorrow.", "moving", "2023-05-21"),
        ("The fee would be refunded within a week, she said.", "refunded", "2023-05-20/2023-05-27"),
        ("The panel would submit its findings in 10 days, Ms Vane said.", "submit", "2023-05-30~"),
        ("The shipyard will seek damages by 9 June 2023, its lawyer said.", "seek damages", "2023-06-09"),
        ("The firm was named. First refunds are planned for 9 June 2023.", "refunds", "2023-06-09"),
    ],
)  # fmt: skip
def test_plans_in_plain_words_are_announced(text: str, words: str, when: str) -> None:
    event = the(told(text), words)
    assert (event.status, event.kind, event.date) == ("planned", "announced", when)


@pytest.mark.parametrize("text", ["It will cost the town nine millions by 2025.", "The yard will seek damages."])
def test_a_state_to_come_or_one_without_a_day_is_none(text: str) -> None:
    assert told(text) == []


def test_somebodys_own_words_on_a_condition_commit() -> None:
    event = the(
        told("“If they touch the pension fund, we shall bring out the harbour pilots,” said Ada Moll."), "bring"
    )
    assert event.status == "conditional"
    assert event.condition is not None
    assert event.condition.text == "If they touch the pension fund"


@pytest.mark.parametrize(
    "text",
    [
        "It was quiet. Dr Moll has held the chair since 2014.",
        "The firm wants help for the year that ends on 31 May 2024.",
        "People go to the sea. They give what they have.",
        "Would they make it by Monday?",
        "It was quiet. The plan makes sense in 2023.",
        "It was quiet. He hoped that the ship would come on Monday.",
        "It was quiet. People die on this road every year.",
        "If the pumps stopped on Monday, the cellars would fill.",
        "It was quiet. The hall holds 300 people, and the road to it goes through a wood.",
    ],
)
def test_states_habits_questions_and_conditions_are_none(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "words", "when"),
    [
        ("The opening of the Orla museum, planned for 24 June 2023, has been cancelled.", "cancelled", "2023-06-24"),
        ("The march that the union had planned for 24 June 2023 has been cancelled.", "cancelled", "2023-06-24"),
        ("The first grants, promised for June 2023, have been postponed.", "postponed", "2023-06"),
        ("A second hearing, pencilled in for 24 June 2023, was scrapped.", "scrapped", "2023-06-24"),
        ("The visit to Orla, planned for 24 June 2023, has been shelved.", "shelved", "2023-06-24"),
        ("A march from Dern to the coast, which the guild had announced for 24 June 2023, was postponed.", "postponed", "2023-06-24"),
        ("The guild called off a strike that was due to begin on 24 June 2023.", "called off", "2023-06-24"),
        ("It was a setback. The first stone will not be laid on 24 June 2023 as announced.", "laid", "2023-06-24"),
        ("Talks between Orla and Dern, called off on Tuesday, will resume.", "called", "2023-05-16"),
    ],
)  # fmt: skip
def test_what_is_called_off_has_the_day_it_was_due(text: str, words: str, when: str) -> None:
    event = the(told(text), words)
    assert (event.status, event.date) == ("cancelled", when)


def test_a_strike_that_is_called_the_strike_is_no_plan() -> None:
    assert the(told("The union called the strike after the owners refused to pay."), "strike").status == "happened"
    assert the(told("The union called a strike for Monday."), "strike").status == "planned"


def test_a_caption_tells_of_its_own_day() -> None:
    body, caption = "The mill burned down on Tuesday.", "Relatives wait at the gate of the mine."
    text = f"{body}\n\n{caption}"
    start = len(body) + 2
    parts = (
        Part(start=0, end=len(body), kind="body"),
        Part(start=start, end=len(text), kind="side", title="At the gate", date="2019-02-09"),
    )
    event = the(told(text, *parts), "wait")
    assert (event.status, event.date, event.date_basis) == ("happened", "2019-02-09", "section")


def test_a_caption_without_a_date_tells_nothing() -> None:
    body, caption = "The mill burned down on Tuesday.", "Relatives wait at the gate of the mine."
    text = f"{body}\n\n{caption}"
    parts = (Part(start=0, end=len(body), kind="body"), Part(start=len(body) + 2, end=len(text), kind="side"))
    assert [e for e in told(text, *parts) if e.trigger.start >= len(body)] == []


def test_a_place_and_a_date_without_a_verb_set_the_scene() -> None:
    event = the(told("The fair drew many. London, August 2022. Nell Garrow, nine, shows her goat."), "shows")
    assert (event.date, event.date_basis) == ("2022-08", "section")


@pytest.mark.parametrize(
    ("text", "words", "status", "when"),
    [
        ("Few knew why. Monday’s raid was the first in Harrow.", "raid", "happened", "2023-05-15"),
        ("Few knew why. Many walls have stood empty since the earthquake of 3 May.", "earthquake", "happened", "2023-05-03"),
    ],
)  # fmt: skip
def test_a_noun_with_a_time_of_its_own_is_an_event(text: str, words: str, status: str, when: str) -> None:
    event = the(told(text), words)
    assert (event.status, event.date, event.background) == (status, when, True)


def test_a_noun_without_a_time_is_none() -> None:
    assert told("Few knew why. Talk of the raid and of an earthquake fills the papers.") == []


def test_how_something_will_be_on_a_day_is_announced() -> None:
    event = the(told("Few knew why. The upper pass will be open again on 14 June 2023."), "open")
    assert (event.status, event.kind, event.date) == ("planned", "announced", "2023-06-14")


def test_who_says_we_is_who_commits() -> None:
    text = "“We will rebuild the pier by June 2023,” Mayor Ada Moll said."
    reading = read(text, published=PUBLISHED, language="en")
    event = the(reading.events, "rebuild")
    assert event.actors == [reading.statements[0].speaker] != [None]


def test_an_if_behind_an_insertion_is_a_condition() -> None:
    event = the(
        told("“If they [the owners] touch the pension fund, we shall bring out the pilots,” said Ada Moll."), "bring"
    )
    assert event.status == "conditional"


def test_a_union_commits_on_a_condition_and_what_merely_would_follow_does_not() -> None:
    event = the(told("It was late. The guild will picket the mill on Monday if no offer is made."), "picket")
    assert (event.status, event.kind, event.date) == ("conditional", "announced", "2023-05-22")
    assert told("It was late. The guild would repaint the mill if it had more members.") == []


def test_what_is_agreed_to_be_done_is_planned() -> None:
    event = the(told("Orla Ferries agreed to keep nine kiosks until the end of 2024."), "keep")
    assert (event.type, event.status, event.kind) == ("AGREE", "planned", "announced")


def test_a_no_of_the_condition_is_not_one_of_the_deed() -> None:
    event = the(
        told("It has a week. If it does not, cooks and porters will picket the mill on Monday, the guild said."),
        "picket",
    )
    assert event.status in ("planned", "conditional")


def test_a_weekday_by_which_something_must_be_done_is_still_to_come() -> None:
    event = the(told("She said she would call a strike unless the fee was cut by noon on Thursday."), "strike")
    assert (event.status, event.date) == ("conditional", "2023-05-25")
