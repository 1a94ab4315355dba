"""One text to its Reading: the steps in their order. Pure: no database, no network, no other report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dateline.capture.language import language_of
from dateline.capture.layout import layout
from dateline.errors import ReadingError
from dateline.read import actors, events, figures, places, statements, times
from dateline.read.document import Document
from dateline.records import Part, Reading

LANGUAGES = frozenset({"en"})
LONGEST = 400_000  # characters; the parse needs memory for all of them at once, and no report is that long
_HALF = re.compile("[\ud800-\udfff]")  # no such text can be written down
READER = "5"  # raised with every change of what `read` gives: `dateline reread --changed` goes by it


def read(
    text: str,
    *,
    published: str | date | None = None,
    title: str | None = None,
    parts: Sequence[Part] | None = None,
    language: str | None = None,
    id: str | None = None,
    country: str | None = None,
) -> Reading:
    """Read one text.

    Args:
        text: the report; every offset in the Reading counts in this string.
        published: the publication day (``YYYY-MM-DD``, a longer ISO 8601 time, or a date); without it relative times stay unresolved.
        title: the headline, if it is not part of the text.
        parts: which stretch of the text is what; without them the sections are found here.
        language: ISO 639-1 code, found here if not given.
        id: handed through to the Reading.
        country: where its paper is published (ISO 3166-1 alpha-2); of places of one name whose sizes are not far apart, the
            one at home is meant.

    Raises:
        ReadingError: ``published`` is not a date.
    """
    day = _day(published)
    if _HALF.search(text):
        return Reading(
            id=id, language=language, read=False, why_not="the text holds half a character (a lone surrogate)"
        )
    language = language or language_of(text)
    if not text.strip():
        return Reading(id=id, language=language, read=False, why_not="the text is empty")
    if language not in LANGUAGES:
        return Reading(id=id, language=language, read=False, why_not=f"language {language or 'unknown'} is not read")
    if len(text) > LONGEST:
        return Reading(id=id, language=language, read=False, why_not=f"the text is longer than {LONGEST:,} characters")
    document = Document.of(text, layout(text) if parts is None else parts, day, title)
    time = times.find(document)
    place = places.find(document, country)
    actor = actors.find(document, place)
    statement = statements.find(document, actor, time)
    return Reading(
        id=id,
        language=language,
        read=True,
        why_not=None,
        times=time,
        places=place,
        actors=actor.records,
        statements=statement,
        figures=figures.find(document, time, actor, statement),
        events=events.find(document, time, place, actor, statement),
    )


def _day(published: str | date | None) -> date | None:
    if not isinstance(published, str):
        return published
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        raise ReadingError(published, "not a date like 2021-12-06") from None
