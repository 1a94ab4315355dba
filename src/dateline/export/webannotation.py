"""The pins of a chronicle as W3C Web Annotations (JSON-LD), for annotation tools and other archives.

Source: Web Annotation Data Model, W3C Recommendation of 23 February 2017 (text position and text quote selectors).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from dateline.chronicle.chronicle import Chronicle
from dateline.records import Entry, Pin

_CONTEXT = 32  # characters before and after the words


def web_annotations(chronicle: Chronicle, text_of: Callable[[Pin], str]) -> Iterator[str]:
    """The lines of one AnnotationCollection, one annotation a line.

    Args:
        chronicle: what to annotate with: the line of an entry is the body, each of its pins a target.
        text_of: the whole text that a pin counts in. Positions count Unicode code points, half-open, as the model asks.
    """
    yield '{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationCollection",'
    yield f'"label": "Chronicle", "total": {len(chronicle)}, "first": {{"type": "AnnotationPage", "startIndex": 0, "items": ['
    for at, entry in enumerate(chronicle, start=1):
        yield msgspec.json.encode(_annotation(chronicle, entry, text_of)).decode() + "," * (at < len(chronicle))
    yield "]}}"


def _annotation(chronicle: Chronicle, entry: Entry, text_of: Callable[[Pin], str]) -> dict[str, object]:
    told = {"text": entry.text, "date": entry.date, "status": entry.status}
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:dateline:{entry.id}",
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {"type": "TextualBody", "value": entry.text, "format": "text/plain", "purpose": "describing"},
            *(
                {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": "tagging"}
                for value in (told["date"], told["status"])
                if value
            ),
        ],
        "target": [_target(chronicle, pin, text_of(pin)) for pin in entry.pins],
    }


def _target(chronicle: Chronicle, pin: Pin, text: str) -> dict[str, object]:
    report = chronicle.report(pin.report)
    canonical = next((capture.url for capture in report.captures if capture.url), None)
    return {
        "source": f"urn:dateline:{pin.report}:{pin.version}",
        **({"canonical": canonical} if canonical else {}),
        "selector": [
            {"type": "TextPositionSelector", "start": pin.start, "end": pin.end},
            {
                "type": "TextQuoteSelector",
                "exact": pin.text,
                "prefix": text[max(pin.start - _CONTEXT, 0) : pin.start],
                "suffix": text[pin.end : pin.end + _CONTEXT],
            },
        ],
    }
