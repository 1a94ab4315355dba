"""Who counts: the words by which a number is said to be somebody's count."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dateline.link.sentences import sentence_around
from dateline.records import ReadActor, Span, Telling

_COUNTS = re.compile(
    r"['’]s? (?:own )?(?:figure|estimate|count|number|tally|total|toll) (?:is|was|stands at|stood at)\b[^.;,]{0,20}$|"
    r"\b(?:puts?|sets?|(?:counts?|estimates?|lists?)(?! of)|reckons?|reckoned|counted|estimated|tallied|listed|spoke of|speaks? of|talks? of|talked of)\b"
    r"[^.;,]{0,60}$"
)
_LIST_OF = re.compile(r"\b(?:list|count|tally|toll) of (?:the )?$")
_HAS = re.compile(r"\b(?:has|had|have|shows?|stands? at|stood at)\s+(?:\w+\s+){0,2}$")
_BY_COUNT = re.compile(
    r"^(?:[^.;]{0,90}?\bby the (?:count|reckoning|estimate) of|[^.;,\d]{0,30}?\b(?:claimed|given|cited|estimated|announced|put forward) by) (?:the )?"
)
_BY_WHOM = re.compile(_BY_COUNT.pattern + r"((?:[\w'’-]+ ?){1,4})(?=[.,;:]|$)")
_CLOSE = 30  # characters between who counts and the verb


def counter(telling: Telling, start: int, end: int) -> str | None:
    """The Reading's actor who counts what the number at ``start`` to ``end`` says, where the words say so, else None.

    "The union puts it at 40", "the list of the union has 40 names", "400 by the count of the police".
    """
    sentence = sentence_around(telling.text, telling.parts, start, end)
    mentions = list(_mentions(telling, sentence))
    if verb := _COUNTS.search(telling.text[sentence.start : start]):
        at = sentence.start + verb.start()
        first = [actor.id for actor, span in mentions if span.start - sentence.start <= 4 and span.end <= at]
        close = [(span.end, actor.id) for actor, span in mentions if at - _CLOSE <= span.end <= at]
        return max(close)[1] if close else first[0] if first else None
    if verb := _HAS.search(telling.text[sentence.start : start]):
        at = sentence.start + verb.start()
        listed = [
            a.id
            for a, s in mentions
            if s.end <= at <= s.end + 2 and _LIST_OF.search(telling.text[sentence.start : s.start])
        ]
        return listed[0] if listed else None
    if after := _BY_COUNT.search(telling.text[end : sentence.end]):
        at = end + after.end()
        return next((actor.id for actor, span in mentions if span.start <= at < span.end), None)
    return None


def counting_words(telling: Telling, start: int, end: int) -> str | None:
    """The few words for who counts, None where there are none: "The harbour office put the figure at 60", "by the count of the police"."""
    sentence = sentence_around(telling.text, telling.parts, start, end)
    verb = _COUNTS.search(telling.text[sentence.start : start])
    after = None if verb else _BY_WHOM.search(telling.text[end : sentence.end])
    words = after[1] if after else telling.text[sentence.start : sentence.start + verb.start()].strip() if verb else ""
    return words if 0 < len(words.split()) <= 4 and words[0].isalpha() else None


def _mentions(telling: Telling, sentence: Span) -> Iterable[tuple[ReadActor, Span]]:
    for actor in telling.reading.actors:
        for mention in actor.mentions:
            if sentence.start <= mention.start and mention.end <= sentence.end:
                yield actor, mention
