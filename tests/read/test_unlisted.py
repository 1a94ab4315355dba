"""States, capitals and places that no list knows, learned from the text."""

from __future__ import annotations

import pytest

from dateline.capture.layout import layout
from dateline.read import actors, places
from dateline.read.document import Document
from dateline.read.unlisted import Unlisted


def learned(text: str) -> Unlisted:
    document = Document.of(text, layout(text))
    return Unlisted.of(document, places.find(document))


def test_a_state_is_learned_from_its_adjective() -> None:
    found = learned("Orvania closed its border. The Orvanian president gave no reason.")
    assert found.adjectives == {"Orvanian": "~Orvania"}
    assert found.code("Orvania") == found.code("Orvanian") == "~Orvania"


@pytest.mark.parametrize(
    "sentence",
    [
        "Rain fell on Selgrad, the Orvanian capital.",
        "Rain fell on Orvania's capital, Selgrad.",
        "Rain fell on the capital of Orvania, Selgrad.",
        "Rain fell on Selgrad, the capital of Orvania.",
        "Rain fell on the Orvanian capital Selgrad.",
    ],
)
def test_a_capital_is_learned_where_the_text_names_it_as_one(sentence: str) -> None:
    found = learned(f"Orvania closed its border. The Orvanian president gave no reason. {sentence}")
    assert found.capitals == {"Selgrad": "~Orvania"}


def test_a_city_with_an_adjective_is_no_state() -> None:
    assert learned("Texas voted on Monday. The Texan president of the club stayed at home.").states == {}


def test_a_learned_state_acts_under_its_name_its_government_and_its_capital() -> None:
    text = (
        "Orvania closed its border. The Orvanian government gave no reason. "
        "Rain fell on Selgrad, the Orvanian capital. Selgrad said it would wait."
    )
    document = Document.of(text, layout(text))
    states = [r for r in actors.find(document, places.find(document)).records if r.kind == "state"]
    assert [r.name for r in states] == ["Orvania"]
    assert [span.text for span in states[0].mentions] == ["Orvania", "The Orvanian government", "Selgrad"]


def test_names_after_a_place_preposition_are_places() -> None:
    assert learned("Shells fell in Ruvo and near the village of Terna.").places >= {"Ruvo", "Terna"}
