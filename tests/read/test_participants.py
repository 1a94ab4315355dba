"""Who acts and who is acted upon, and the main verbs that the parser loses."""

from __future__ import annotations

import pytest

from dateline.read import participants
from dateline.read.clauses import lost_subject, objects
from dateline.read.document import pipeline


@pytest.mark.parametrize(
    ("text", "lemma", "acting", "upon"),
    [
        ("Vesk accused Brandt.", "accuse", ["Vesk"], ["Brandt"]),
        ("Brandt was accused by Vesk.", "accuse", ["Vesk"], ["Brandt"]),
        ("Vesk and Reyl accused Brandt.", "accuse", ["Vesk", "Reyl"], ["Brandt"]),
        ("Vesk urged Brandt to leave.", "leave", ["Brandt"], []),
        ("Vesk, who accused Brandt, left.", "accuse", ["Vesk"], ["Brandt"]),
        ("Vesk came and accused Brandt.", "accuse", ["Vesk"], ["Brandt"]),
    ],
)
def test_subjects_and_recipients(text: str, lemma: str, acting: list[str], upon: list[str]) -> None:
    verb = next(token for token in pipeline()(text) if token.lemma_ == lemma)
    assert [t.text for t in participants.subjects(verb)] == acting
    assert [t.text for t in participants.recipients(verb)] == upon


def test_the_parties_of_a_noun() -> None:
    noun = next(token for token in pipeline()("Vesk's attack on Brandt failed.") if token.text == "attack")
    acting, upon = participants.of_noun(noun)
    assert ([t.text for t in acting], [t.text for t in upon]) == (["Vesk"], ["Brandt"])


def test_objects_are_found_behind_quantities_and_particles() -> None:
    verb = next(token for token in pipeline()("They freed dozens of prisoners.") if token.text == "freed")
    assert [t.text for t in objects(verb)] == ["dozens", "prisoners"]


def test_a_verb_with_its_own_subject_is_not_lost() -> None:
    assert all(lost_subject(token) is None for token in pipeline()("Vesk, a judge, accused Brandt."))
