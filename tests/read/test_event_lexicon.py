"""The event lexicon: its file is clean, and the key that asks for most wins."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from dateline.read.document import pipeline
from dateline.read.event_lexicon import lexicon

TYPES = {
    *(
        "AGREE",
        "CONSULT",
        "SUPPORT",
        "CONCEDE",
        "COOPERATE",
        "AID",
        "RETREAT",
        "REQUEST",
        "ACCUSE",
        "REJECT",
        "THREATEN",
    ),
    *("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", None),
}


def test_no_key_stands_twice_and_every_class_and_type_is_known() -> None:
    data = json.loads(files("dateline").joinpath("data", "events.json").read_text("utf-8"))
    seen: set[tuple[str, str]] = set()
    for trigger in data["triggers"]:
        assert trigger["type"] in TYPES
        for kind in ("verbs", "nouns"):
            for key in trigger[kind]:
                assert (kind, key) not in seen, key
                seen.add((kind, key))
    wanted = {key.partition(":")[2] for kind, key in seen if kind == "verbs"}
    assert {w[1:] for w in wanted if w.startswith("@")} <= {*data["object_classes"], "actor", "any"}


@pytest.mark.parametrize(
    ("text", "words", "type_"),
    [
        ("The court released a ruling.", "released", None),
        ("The court released a journalist.", "released", "RETREAT"),
        ("The police set the thieves free.", "set free", "RETREAT"),
        ("The firm returned the painting.", "returned", "RETREAT"),
        ("The envoy returned.", "returned", None),
        ("The union dropped its demand.", "dropped demand", "CONCEDE"),
        ("The union called a meeting for Monday.", None, None),
        ("The union called for a meeting.", "called for", "REQUEST"),
        ("Soldiers fired on the boat.", "fired on", "ASSAULT"),
        ("Soldiers fired on Monday.", None, None),
    ],
)
def test_the_key_that_asks_for_most_wins(text: str, words: str | None, type_: str | None) -> None:
    verb = next(token for token in pipeline()(text) if token.pos_ == "VERB")
    match = lexicon().verb(verb)
    assert (match and " ".join(token.text for token in match.tokens), match and match.sense.type) == (words, type_)
