"""Events, told by short invented sentences: what is an event, its status, and the words that carry it."""

from __future__ import annotations

from dateline.capture.layout import layout
from dateline.read import events
from dateline.read.document import Document
from dateline.records import ReadEvent


class NoActors:
    """Knows nobody."""

    def at(self, start: int, end: int) -> str | None:
        """Nobody is mentioned anywhere."""
        return None


def told(text: str) -> list[ReadEvent]:
    document = Document.of(text, layout(text))
    return events.find(document, [], [], NoActors(), [])


def test_a_plain_past_verb_happened() -> None:
    (event,) = told("The army arrested two editors in the capital.")
    assert (event.trigger.text, event.type, event.mode, event.status) == ("arrested", "COERCE", "arrest", "happened")


def test_a_light_verb_takes_its_sense_from_its_object() -> None:
    (event,) = told("The two presidents will hold a video call on Friday.")
    assert (event.trigger.text, event.type, event.status) == ("hold a video call", "CONSULT", "planned")
    assert event.kind == "announced"


def test_a_state_is_no_event() -> None:
    assert told("The valley lies between two rivers and has four bridges.") == []
