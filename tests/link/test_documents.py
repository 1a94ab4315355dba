from __future__ import annotations

from typing import Any

import pytest

from dateline.link.documents import linked_documents
from dateline.read.reader import read
from dateline.records import Telling

TEXTS = {
    "a": "An earthquake struck Port Ambry on 4 March 2024 and killed eleven people. Mayor Ilse Brandt visited the market hall of Port Ambry.",
    "b": "Mayor Ilse Brandt said the earthquake in Port Ambry on 4 March 2024 killed eleven people in the market hall of Port Ambry.",
    "c": "Shares of the steelmaker Varlex rose by 4 percent in Lisbon after it did not announce new job cuts.",
}


def telling(id: str, text: str) -> Telling:
    return Telling(
        report=id,
        version=id,
        title=None,
        published="2024-03-06",
        publisher=None,
        origin=f"unknown: {id}",
        text=text,
        parts=[],
        reading=read(text, published="2024-03-06", id=id),
    )


@pytest.fixture(scope="module")
def rows() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in linked_documents([telling(*item) for item in TEXTS.items()])}


def instances(row: dict[str, Any], layer: str, words: str) -> set[str]:
    return {mention["instance"] for mention in row[layer] if mention["text"] == words}


def test_every_mention_is_its_words(rows: dict[str, dict[str, Any]]) -> None:
    for id, row in rows.items():
        for layer in ("events", "entities", "places", "times"):
            for mention in row[layer]:
                assert TEXTS[id][mention["start"] : mention["end"]] == mention["text"]


def test_documents_of_one_happening_share_story_events_actors_and_times(rows: dict[str, dict[str, Any]]) -> None:
    assert rows["a"]["cluster"] == rows["b"]["cluster"] != rows["c"]["cluster"]
    assert instances(rows["a"], "events", "earthquake") == instances(rows["b"], "events", "earthquake") != set()
    assert instances(rows["a"], "events", "killed") == instances(rows["b"], "events", "killed") != set()
    assert instances(rows["a"], "times", "4 March 2024") == instances(rows["b"], "times", "4 March 2024") != set()


def test_sayings_are_mentions_too_and_what_did_not_happen_is_told(rows: dict[str, dict[str, Any]]) -> None:
    assert instances(rows["b"], "events", "said")
    assert not {mention["text"] for row in rows.values() for mention in row["events"]} & {"the", "Mayor", "of", "hall"}


def test_the_same_verb_in_another_story_is_another_event(rows: dict[str, dict[str, Any]]) -> None:
    of_quake = {mention["instance"] for mention in rows["a"]["events"]}
    assert of_quake.isdisjoint(mention["instance"] for mention in rows["c"]["events"])
