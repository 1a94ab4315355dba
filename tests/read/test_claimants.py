from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.read import actors, places, statements, times
from dateline.read.document import Document
from dateline.read.figures import find
from dateline.records import Part, PartKind


class Named:
    """Actors of whom each stretch with a noun is one, whose id is its words."""

    def __init__(self, text: str) -> None:
        self.text = text

    def at(self, start: int, end: int) -> str:
        return self.text[start:end]


def claims(text: str, kind: PartKind = "body") -> list[tuple[str, str | None]]:
    """The figures of a text of one paragraph, each with its claimant, where every noun is an actor."""
    document = Document.of(text, [Part(start=0, end=len(text), kind=kind)], None)
    return [(f.text, f.claimant) for f in find(document, times.find(document), Named(text), [])]


def claimed(text: str) -> list[tuple[str, str | None]]:
    """The same with the actors and statements that the text is read to have."""
    document = Document.of(text, [Part(start=0, end=len(text), kind="body")], None)
    time, who = times.find(document), actors.find(document, places.find(document))
    told = statements.find(document, who, time)
    return [
        (f.text, who.named(f.claimant) if f.claimant is not None else None) for f in find(document, time, who, told)
    ]


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("The union counts 41 victims.", "The union"),
        ("The harbour office put the toll at 22.", "The harbour office"),
        ("Marenco puts its losses at 70 million dollars.", "Marenco"),
        ("The bank expects a loss of 40 million euros for the year.", "The bank"),
        ("The Treasury speaks of 36 million euros in lost duty.", "The Treasury"),
        ("The coast guard closed its count of the dead at 34.", "its"),
        ("The list of the Blue Cross has 36 names.", "the Blue Cross"),
        ("The ministry's list has 36 names.", "The ministry"),
        ("Some 9,000 people marched, by the count of the police.", "the police"),
        ("The number of dead is put at 30 by the union.", "the union"),
        ("In all, 40 men died, according to the council.", "the council"),
        ("The clinic, which counts everybody who comes, speaks of 35.", "The clinic"),
    ],
)
def test_who_counts(text: str, claimant: str) -> None:
    assert [who for _, who in claims(text)][-1:] == [claimant]


@pytest.mark.parametrize(
    "text",
    [
        "Some 9,000 people marched through the town.",
        "The army raised the number of tanks to 300.",
        "The company has offered 4.5 percent.",
        "Floods killed 61 people in the valley.",
        "The number of victims rose to 12.",
        "Police arrested 40 people after the ministry put the damage aside.",
    ],
)
def test_the_reports_own_counts_have_no_claimant(text: str) -> None:
    assert {who for _, who in claims(text)} == {None}


def test_two_sides_of_one_sentence() -> None:
    assert claims("Some 900 people came, by the count of the police; the federation spoke of 1,500.") == [
        ("Some 900", "the police"),
        ("1,500", "the federation"),
    ]
    assert claims("The office speaks of 36 boats, the harbour chamber of up to 50 boats.") == [
        ("36", "The office"),
        ("up to 50", "the harbour chamber"),
    ]
    assert claims("The police counted 40 arrests, the lawyers 61.")[-1] == ("61", "the lawyers")


def test_a_number_added_to_another_has_its_source() -> None:
    assert claimed("At least 40 people were killed, officials said, and 112 were injured.") == [
        ("At least 40", "officials"),
        ("112", "officials"),
    ]
    assert claims("The clinic reported 17 injured, three of them seriously.") == [
        ("17", "The clinic"),
        ("three", "The clinic"),
    ]


def test_whose_count_it_is_may_stand_in_a_possessive() -> None:
    text = "By the union's count, 4,000 workers walked out; the company said 1,200."
    assert claimed(text) == [("4,000", "the union"), ("1,200", "the company")]


def test_a_sentence_may_go_on_with_the_source_before() -> None:
    assert [who for _, who in claims("The clinic counted 40 dead. Another 12 people were missing.")] == [
        "The clinic"
    ] * 2
    assert [who for _, who in claims("The clinic counted 40 dead. Some 12 boats sank.")] == ["The clinic", None]
    own = claimed("Kestrel Mining said on Monday that it had closed a pit. It loaded 300 tonnes of ore in May.")
    assert own == [("300", "Kestrel Mining")]


def test_a_heading_has_no_claimant() -> None:
    assert claims("The union counts 41 victims", "heading") == [("41", None)]


def test_what_is_denied_or_asked_is_not_the_speakers() -> None:
    assert claimed("The ministry denied that 40 soldiers had died.") == [("40", None)]
    assert claimed("The ministry said that 40 soldiers had died.") == [("40", "The ministry")]


def test_the_innermost_word_counts() -> None:
    assert claimed("Mayor Ann Lee said the ministry had put the toll at 30.") == [("30", "the ministry")]


WORDS = (
    "the union counts 41 of 1,500 by count police ; , and puts its toll at 22 according to said It Another more . not denied that"
    " list has names which"
)
TEXTS = st.lists(st.sampled_from(WORDS.split()), max_size=16).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_any_words_are_taken(text: str) -> None:
    for _, who in claims(text) if text.strip() else []:
        assert who is None or who in text
