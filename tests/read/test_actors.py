"""Actors of a report: one identity over names, spellings, roles and pronouns."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.capture.layout import layout
from dateline.read import actors, places
from dateline.read.actors import Actors
from dateline.read.document import Document
from dateline.records import ReadActor


def found(text: str) -> Actors:
    document = Document.of(text, layout(text), date(2021, 12, 6))
    return actors.find(document, places.find(document))


def actor(result: Actors, name: str) -> ReadActor:
    return next(record for record in result.records if record.name == name)


def meant(result: Actors, text: str, words: str, after: str = "") -> str | None:
    start = text.index(words, text.index(after))
    id = result.at(start, start + len(words))
    return result.named(id) if id is not None else None


def mentions(record: ReadActor) -> list[str]:
    return [span.text for span in record.mentions]


def test_a_person_is_one_over_full_name_surname_and_role() -> None:
    text = (
        "Norwegian Trade Minister Erik Sundby visited the port on Monday. Sundby met dockers there. "
        "The Norwegian trade minister then flew home."
    )
    record = actor(found(text), "Erik Sundby")
    assert record.kind == "person"
    assert mentions(record) == ["Norwegian Trade Minister Erik Sundby", "Sundby", "The Norwegian trade minister"]


def test_transliterations_of_one_name_are_one_person() -> None:
    text = (
        "President Oleksandr Vyshnevskiy arrived on Friday.\n\nVyshnevsky met farmers.\n\n"
        "Later Oleksandr Vyshnevskyy left."
    )
    people = [record for record in found(text).records if record.kind == "person"]
    assert len(people) == 1
    assert len(people[0].mentions) == 3


def test_two_people_of_one_surname_stay_two() -> None:
    text = (
        "Jonas Weber opened the fair. His sister, Anna Weber, stayed away. Mr Weber spoke first. "
        "Mrs Weber sent a letter."
    )
    result = found(text)
    assert mentions(actor(result, "Jonas Weber"))[-1] == "Mr Weber"
    assert mentions(actor(result, "Anna Weber"))[-1] == "Mrs Weber"


def test_a_state_is_one_over_its_capital_and_seat_when_they_act() -> None:
    text = "Russia moved troops in March. Moscow denied it. The Kremlin said the drills were routine."
    record = actor(found(text), "Russia")
    assert record.kind == "state"
    assert mentions(record) == ["Russia", "Moscow", "The Kremlin"]


def test_a_capital_as_a_place_is_no_actor() -> None:
    text = "The concert in Moscow drew a large crowd. The band had played in Vienna before."
    assert all(record.kind != "state" for record in found(text).records)


def test_an_adjective_is_no_mention_of_the_state() -> None:
    text = "A Russian ship anchored off the coast. French wine was on board."
    assert all(record.kind != "state" for record in found(text).records)


def test_the_government_of_a_state_is_the_state() -> None:
    text = "Turkey closed the strait. The Turkish government gave no reason."
    assert mentions(actor(found(text), "Turkey")) == ["Turkey", "The Turkish government"]


def test_an_organisation_joins_its_acronym_and_the_ministry_its_name() -> None:
    text = (
        "The Lake Transport Authority (LTA) closed the line. The LTA gave no date.\n\n"
        "The Ministry of Health said two people died. The ministry later said three."
    )
    result = found(text)
    assert "LTA" in " ".join(mentions(actor(result, "Lake Transport Authority")))
    assert mentions(actor(result, "Ministry of Health"))[-1] == "The ministry"


def test_a_company_goes_by_its_first_word_and_as_the_company() -> None:
    text = (
        "Marenco Metals, which runs the smelter, rejected the demand, the wire service Ostwire reported. "
        "Marenco put the figure at 60 percent. The company said that it was losing money."
    )
    record = actor(found(text), "Marenco Metals")
    assert record.kind == "organisation"
    assert mentions(record) == ["Marenco Metals", "Marenco", "The company"]


def test_an_operator_is_whom_its_apposition_names() -> None:
    text = "The operator, Ostra Lines, said that 62 people were aboard. The operator apologised."
    assert mentions(actor(found(text), "Ostra Lines")) == ["The operator", "Ostra Lines", "The operator"]


def test_a_union_may_be_a_federation_by_name() -> None:
    text = "The Federation of Quarry Workers met in Oslo. The union voted to strike."
    assert mentions(actor(found(text), "Federation of Quarry Workers"))[-1] == "The union"


def test_whoever_counts_is_an_actor() -> None:
    text = "Some 900 people marched, by the count of the police. The Treasury speaks of 3 boats, the harbour chamber of up to 50."
    result = found(text)
    assert meant(result, text, "the police") is not None
    assert meant(result, text, "the harbour chamber") == "the harbour chamber"


def test_an_apposition_joins_role_and_name() -> None:
    text = "A spokesman for the rebels, Colonel Tarik Omondi, denied the attack. Omondi blamed the army."
    record = actor(found(text), "Tarik Omondi")
    assert mentions(record)[0] == "A spokesman for the rebels"
    assert mentions(record)[-1] == "Omondi"


def test_an_editors_sign_is_no_person() -> None:
    text = "“They will close it (the bridge – Ed.) in May,” Mayor Pavla Horn said."
    assert [record.name for record in found(text).records if record.kind == "person"] == ["Pavla Horn"]


def test_unnamed_groups_are_actors_where_they_speak_or_act() -> None:
    text = "Residents said they had heard shots. The road leads past many countries."
    names = [record.name for record in found(text).records]
    assert names == ["Residents"]


@pytest.mark.parametrize(
    ("text", "pronoun", "after", "name"),
    [
        ("Anna Lee met Peter Marsh. She thanked him.", "She", "Marsh", "Anna Lee"),
        ("Anna Lee met Peter Marsh. She thanked him.", "him", "She", "Peter Marsh"),
        ("Peter Marsh said that he would stay.", "he", "said", "Peter Marsh"),
        ("In his first call with aides, Peter Marsh promised help.", "his", "In", "Peter Marsh"),
        ("Turkey closed the strait. It gave no reason.", "It", "strait", "Turkey"),
        ("The rebels left the town. They burned the bridge.", "They", "town", "The rebels"),
    ],
)
def test_pronouns_are_resolved(text: str, pronoun: str, after: str, name: str) -> None:
    assert meant(found(text), text, pronoun, after) == name


def test_a_pronoun_that_means_nothing_stays_unresolved() -> None:
    text = "Turkey closed the strait. It is expected that ships will wait."
    assert meant(found(text), text, "It", "strait") is None


def test_a_phrase_means_its_head() -> None:
    text = "The rebels' commander, Tarik Omondi, spoke. Observers from the OSCE listened."
    result = found(text)
    assert meant(result, text, "Observers from the OSCE") == "Observers"
    assert meant(result, text, "The rebels' commander, Tarik Omondi") == "Tarik Omondi"


def test_the_first_person_is_whoever_is_heard() -> None:
    text = "“We will rebuild it,” Pavla Horn said."
    result = found(text)
    assert meant(result, text, "We") is None
    horn = actor(result, "Pavla Horn").id
    result.hear(0, text.index("Pavla"), horn)
    assert meant(result, text, "We") == "Pavla Horn"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="AnMr. the,’'\n–()“”Kievpresidtol ", max_size=120))
def test_mentions_are_the_words_at_their_offsets(text: str) -> None:
    result = found(text)
    for record in result.records:
        assert record.mentions
        for span in record.mentions:
            assert text[span.start : span.end] == span.text
            assert result.at(span.start, span.end) is not None


@pytest.mark.parametrize(("acronym", "name"), [("UN", "United Nations"), ("NATO", "NATO")])
def test_a_listed_organisation_has_a_name_that_people_use(acronym: str, name: str) -> None:
    assert [r.name for r in found(f"The {acronym} said the town was quiet.").records] == [name]
