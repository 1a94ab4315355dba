"""Documents linked without an archive: every mention of events, actors, places and times, with what they share across documents.

Wider than a chronicle: words of saying and states are mentions too. Mentions of events are joined inside a story (`stories`) by
lemma; actors by the cast of the link step; places and times by what they were resolved to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dateline.link.actors import identify
from dateline.link.cast import Cast
from dateline.link.stories import stories
from dateline.link.traces import trace
from dateline.read.document import parse
from dateline.read.event_words import event_words
from dateline.records import Part, Span, Telling

Mention = dict[str, Any]

_CERTAINTY = {"possible": "POSSIBLE", "conditional": "POSSIBLE", "planned": "PROBABLE"}


def linked_documents(tellings: Sequence[Telling]) -> Iterator[dict[str, Any]]:
    """One row a document, in order: ``id``, ``cluster`` (its story) and the layers ``events``, ``entities``, ``places``, ``times``.

    A mention is ``start``, ``end`` (code points, half-open), ``text`` and ``instance``, a name shared by all mentions of the same
    thing in all documents.
    """
    clusters = stories([telling.text for telling in tellings])
    cast = Cast(identify([trace(telling) for telling in tellings]).players())
    for telling, cluster in zip(tellings, clusters, strict=True):
        story = f"s{cluster}"
        yield {
            "id": telling.report,
            "cluster": story,
            "events": list(_events(telling, story)),
            "entities": list(_entities(telling, cast)),
            "places": [
                _mention(place, str(place.geonameid) if place.geonameid else f"{story} {place.name.lower()}")
                for place in telling.reading.places
            ],
            "times": [_mention(time, f"{time.type} {time.value}") for time in telling.reading.times],
        }


def _events(telling: Telling, story: str) -> Iterator[Mention]:
    text = telling.text
    statuses = {
        at: event.status for event in telling.reading.events for at in range(event.trigger.start, event.trigger.end)
    }
    for token in event_words(parse(text, telling.parts or [Part(start=0, end=len(text), kind="body")])):
        status = statuses.get(token.idx)
        yield {
            "start": token.idx,
            "end": token.idx + len(token),
            "text": token.text,
            "instance": f"{story} {token.lemma_.lower()}",
            "polarity": "NEG" if status in ("cancelled", "denied") else "POS",
            "certainty": _CERTAINTY.get(status or "", "CERTAIN"),
        }


def _entities(telling: Telling, cast: Cast) -> Iterator[Mention]:
    for actor in telling.reading.actors:
        shared = cast.id_of(telling.report, actor.id) or f"{telling.report} {actor.id}"
        for span in actor.mentions:
            yield _mention(span, shared)


def _mention(span: Span, instance: str) -> Mention:
    return {"start": span.start, "end": span.end, "text": span.text, "instance": instance}
