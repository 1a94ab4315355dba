"""Numbers that stand for what was counted before them, without saying again of what: "The union spoke of 40", "its figure is 71"."""

from __future__ import annotations

import re

_SAYING = r"(?:says?|said|claims?|claimed|insists?|insisted)"
_COUNT = (
    r"(?:(?:real|true|actual|correct|final|overall|total|death|right) )*"
    r"(?:figure|number|toll|total|count|tally|estimate|reckoning|share|turnout|crowd|cost|price|bill|loss|losses|damage)"
)
_BEING = (
    r"(?:(?:was|were|is|are|had been|would be|could be|might be|may be|must be|has to be|had to be|stands at|stood at|had reached|reached"
    r"|came to|had been put at|was put at)(?: (?:actually|really|in fact|only|just|close|closer|near|nearer|to|some|as|high|low|many|few|no))*)"
)
_HEDGE = r"(?: (?:about|around|some|only|just|nearly|almost|over|under|at|least|most|more|less|fewer|than))*"
# It must be said of nothing new: "the figure was closer to 90", "there were 20,000".
_STANDS_FOR = re.compile(
    rf"(?:\b(?:it|they|that|this|(?:the|its|their|his|her|a) {_COUNT}) {_BEING}"
    rf"|\b(?:(?:its|their|his|her|an?) (?:own )?|(?:the|own) )(?:estimate|figure|count|tally|reckoning) of"
    rf"){_HEDGE}\s+[\"“]?$",
    re.IGNORECASE,
)
# "organisers claimed 20,000", "there were 20,000"
_BARE = re.compile(rf"\b(?:there (?:were|was|are|had been|have been)|{_SAYING}){_HEDGE}\s+[\"“]?$", re.IGNORECASE)
# "the number of missing could be as high as 400"
_NUMBER_OF = re.compile(
    rf"\b(?:number|toll|total|count) of (?:the )?(?P<what>[\w’'-]+(?: [\w’'-]+)?) {_BEING}{_HEDGE}\s+[\"“]?$",
    re.IGNORECASE,
)
_LAST = re.compile(r"\b(?:it|they|he|she)(?: (?:has|have|had|only|just|actually))* ([\w’'-]+)\s+$", re.IGNORECASE)
_CLOSED = re.compile(
    r"^[\"”’]*\s*(?:percent|per cent|percentage points?|%|(?:[\w-]+illion|thousand|lakh|crore)\b)?[\"”’]*\s*"
    r"(?:$|[.,;:–—)]|(?:and|but|while|whereas|in|on|at|by|during|a|per)\b)"
)
_OFFICIAL = re.compile(
    r"\b(?:official|confirmed|government['’]s) (?:\w+ ){0,2}?(?:toll|figures?|count|number|total|tally|estimates?|results?|turnout|data)\b[^.;,]{0,40}$"
    r"|\b(?:death )?toll\b[^.;,]{0,80}$",
    re.IGNORECASE,
)


def stands_for(before: str, after: str, own: bool) -> bool:
    """Whether a number names nothing that it counts, so that it is of what was counted before it.

    Args:
        before: the words of its sentence before it.
        after: those after it.
        own: it has a unit of its own ("percent", "crowns"), which what it is compared with must share.
    """
    closed = _CLOSED.match(after) is not None
    return (_STANDS_FOR.search(before) is not None and (own or closed)) or (_BARE.search(before) is not None and closed)


def verb_before(before: str, after: str) -> str | None:
    """The word right before a number that nothing counted follows ("it had won 38."), which may tell what is counted, else None."""
    words = _LAST.search(before)
    return words[1] if words and _CLOSED.match(after) else None


def number_of(before: str) -> str | None:
    """Of what a number is said to be the number, where the words before it say so: "the number of missing could be as high as"."""
    found = _NUMBER_OF.search(before)
    return found["what"] if found else None


def official(before: str) -> bool:
    """Whether a number is the official one or the toll, whoever tells it."""
    return _OFFICIAL.search(before) is not None
