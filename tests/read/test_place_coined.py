"""Places that no gazetteer lists, in invented sentences: what makes a place of a name, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.read import places
from dateline.read.document import Document
from dateline.records import Part


def found(text: str) -> dict[str, str]:
    document = Document.of(text, [Part(start=0, end=len(text), kind="body")])
    listed = places.find(document)
    assert all(text[place.start : place.end] == place.text for place in listed)
    return {place.text: place.use for place in listed}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Two houses burnt down in Varmoor on Friday.", "Varmoor"),
        ("The patrol was ambushed near Drumvolica.", "Drumvolica"),
        ("A conveyor collapsed at Skarn Hill before dawn.", "Skarn Hill"),
        ("They signed it at the Old Customs House after lunch.", "Old Customs House"),
        ("Police fired tear gas in Quay Street.", "Quay Street"),
        ("A bridge at Pell’s Crossing was swept away.", "Pell’s Crossing"),
        ("The company opened two gates of the Cawdle dam.", "Cawdle dam"),
        ("Divers searched the Tessen River on Monday.", "Tessen River"),
        ("The ferry sank off Cape Torrin.", "Cape Torrin"),
        ("A fire broke out in the village of Ombrel.", "Ombrel"),
        ("The prime minister visited Larkmoor on Friday.", "Larkmoor"),
        ("Protesters marched to Ruvola on Wednesday.", "Ruvola"),
        ("LARKMOOR, Osmara, Oct. 25 (Halyard) — At least 14 people died on Monday.", "LARKMOOR"),
        ("Larkmoor, August 2022. A girl shows a ewe.", "Larkmoor"),
    ],
)
def test_a_name_is_a_place_by_how_it_is_spoken_of(text: str, name: str) -> None:
    assert found(text).get(name) == "literal"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He has worked at Brightwell Systems since May.", "Brightwell Systems"),
        ("Shares in Northwater fell by three per cent.", "Northwater"),
        ("In Parliament, the minister was asked about it.", "Parliament"),
        ("The march on the High Court was peaceful.", "High Court"),
        ("The strikers sent a letter to Vasquell.", "Vasquell"),
        ("He smiled at Vasquell and left.", "Vasquell"),
        ("The talks will be held in September.", "September"),
    ],
)
def test_bodies_persons_and_months_are_no_places(text: str, name: str) -> None:
    assert not any(name in words for words in found(text))


def test_a_part_of_an_unknown_name_is_not_taken_for_a_known_place() -> None:
    listed = found("Two ships lay in Marrow Bay. Marrow Bay denied it within the hour.")
    assert set(listed) == {"Marrow Bay"}


def test_a_name_once_told_is_a_place_elsewhere_too() -> None:
    text = "The mayor spoke in Larkmoor on Friday. Edna Prowse, the mayor of Larkmoor, said that 30 people had died."
    document = Document.of(text, [Part(start=0, end=len(text), kind="body")])
    assert [place.text for place in places.find(document)] == ["Larkmoor", "Larkmoor"]


def test_an_unlisted_place_has_no_coordinates() -> None:
    text = "The patrol was ambushed near Drumvolica."
    place = places.find(Document.of(text, [Part(start=0, end=len(text), kind="body")]))[0]
    assert (place.geonameid, place.lat, place.lon, place.precision) == (None, None, None, None)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "in",
                "at",
                "the",
                "of",
                "to",
                "Marrow",
                "Bay",
                "'s",
                "-",
                "Larkmoor",
                ",",
                "visited",
                "Mr",
                "LARKMOOR",
                "—",
                "(",
                ")",
                "Hill",
                "dam",
                ".",
            ]
        )
    )
)
def test_any_words_give_spans_that_hold_their_words(words: list[str]) -> None:
    found(" ".join(words))
