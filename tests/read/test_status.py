"""How a text looks at what a verb tells: tense, modals, governing verbs, negation, conditions."""

from __future__ import annotations

import pytest
from spacy.tokens import Token

from dateline.read.document import pipeline
from dateline.read.status import negated, noun_status, outlook


def word(text: str, form: str) -> Token:
    return next(token for token in pipeline()(text) if token.text == form)


@pytest.mark.parametrize(
    ("text", "form", "status"),
    [
        ("Rebels attacked the fort.", "attacked", "happened"),
        ("The fort has been attacked.", "attacked", "happened"),
        ("The fort is being attacked.", "attacked", "ongoing"),
        ("The fort will be attacked.", "attacked", "planned"),
        ("Rebels vowed to attack the fort.", "attack", "planned"),
        ("Rebels refused to attack the fort.", "attack", "cancelled"),
        ("Rebels tried to attack the fort.", "attack", "possible"),
        ("Rebels began to attack the fort.", "attack", "happened"),
        ("Rebels could attack the fort.", "attack", "possible"),
        ("Rebels denied that they had attacked the fort.", "attacked", "denied"),
        ("Rebels deny attacking the fort.", "attacking", "denied"),
        ("The general feared that rebels would attack the fort.", "attack", "possible"),
        ("The general urged rebels to attack the fort.", "attack", None),
        ("The general came to attack the fort.", "attack", None),
        ("Rebels should attack the fort.", "attack", None),
        ("Rebels would have attacked the fort.", "attacked", None),
        ("If rebels attack the fort, it will fall.", "attack", None),
        ("Nobody knows whether rebels attacked the fort.", "attacked", None),
        ("The ban on attacking the fort stands.", "attacking", None),
    ],
)
def test_outlook(text: str, form: str, status: str | None) -> None:
    found = outlook(word(text, form))
    assert (found and found.status) == status


def test_what_is_told_in_passing() -> None:
    told = outlook(word("The men who attacked the fort were caught.", "attacked"))
    assert told is not None
    assert told.passing


def test_the_words_before_a_noun_give_its_status() -> None:
    assert noun_status(word("The planned talks were short.", "talks")) == "planned"
    assert noun_status(word("The talks were short.", "talks")) is None


@pytest.mark.parametrize(
    "text", ["No one was killed.", "They never killed.", "They killed no one.", "They did not kill."]
)
def test_negated(text: str) -> None:
    assert negated(next(token for token in pipeline()(text) if token.lemma_ == "kill"))
