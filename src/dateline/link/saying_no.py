"""The words by which somebody says no to what another said: verbs of denying, names for what is not true, plain answers."""

from __future__ import annotations

import re

from dateline.link.words import words

_WORDS = re.compile(r"[\w'’-]+|[.,;:–—“”\"]")

ACCOUNTS = (
    "account accounts accusation accusations allegation allegations assertion assertions characterisation characterization charge"
    " charges claim claims conclusion conclusions complaint complaints count description estimate estimates figure figures finding findings"
    " narrative notion number numbers reasoning remark remarks report reports reporting rumour rumours rumor rumors speculation"
    " statement story suggestion suggestions tally theory toll version"
)
"""What somebody is said to have said, as another calls it."""

_DECIDED = frozenset(
    words(
        "amendment amendments appeal appeals application applications bid bill budget call calls candidacy case ceasefire complaint"
        " complaints compromise contract deal demand demands extradition injunction invitation lawsuit lawsuits mediation motion nomination"
        " offer offers petition petitions plan plans plea pleas proposal proposals request requests resignation resolution suit takeover talks"
        " treaty truce ultimatum"
    )
)
"""What is rejected or dismissed by a decision, which says nothing on what is so."""

_GRANTED = frozenset(words("access asylum bail boarding entry leave licence license parole permission visa visas"))
"""What is denied to somebody who asks for it."""

_TOLD = frozenset(words(ACCOUNTS)) - _DECIDED
_UNTRUE = (
    r"absurd\w*|baseless|bogus|exaggerat\w+|fabricat\w+|fairy[- ]tales?|fak(?:e|es|ery)|false\w*|fantas(?:y|ies)|far[- ]fetched|fiction\w*"
    r"|groundless|hoax|hogwash|inaccurate|incorrect|inflated|invent\w+|laughable|lies?|ludicrous|misleading|myth|nonsens\w+|not true"
    r"|outrageous|premature|preposterous|propaganda|ridiculous|rubbish|slander\w*|smears?|spurious|unfounded|unsubstantiated|untrue"
    r"|wide of the mark|without (?:any )?(?:basis|foundation|merit)|wrong"
)
_ITS = r"(?:the|this|that|these|those|such|his|her|their|its|our|my|[A-Z][\w'’.-]+['’]s?)"
_ACCOUNT = rf"(?:{'|'.join(ACCOUNTS.split())})"
REJECTS = re.compile(
    rf"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:es?|ed|ing)|rebut(?:s|ted|ting)?|contradict(?:s|ed|ing)?"
    rf"|(?:disput|contest|challeng)(?:es?|s|ed|ing)\s+(?:(?:that|this|it)\b(?!\s+[a-z])|(?:that|this)(?=\s+(?:the|he|she|it|they|any|there)\b)"
    rf"|{_ITS}\s+(?:[\w’'-]+\s+){{0,3}}?{_ACCOUNT}\b)"
    rf"|(?:call|brand|describ|label)\w*\s[^.]{{0,80}}?\b(?:{_UNTRUE}))\b",
    re.IGNORECASE,
)
"""A verb that says no to what another said; whether it does there, `rejects` tells."""

_IS = r"(?:['’]s|\s+(?:is|are|was|were|has been|have been|had been))"
_SAYS_NO = re.compile(
    rf"^(?:that\s+)?[\"“‘']*(?:(?:that|this|it|those|these|(?:all|none|not a word) of (?:that|this|it)"
    rf"|{_ITS}\s+(?:[\w’'-]+\s+)?{_ACCOUNT}){_IS}\s+[\"“‘']*(?:[\w'’-]+\s+){{0,2}}?(?:{_UNTRUE}|not so|not the case|true)"
    r"|(?:that|this|it)\s+(?:never happened|did(?: not|n['’]t) happen|has no basis)"
    r"|(?:there (?:is|was|were|are|has been|had been) )?[\"“‘']*(?:no|not (?:a shred|a scrap|an iota|any))[\"“”’']*(?: \w+){0,2}?"
    r" (?:evidence|proof|truth)[\"”’']* (?:for|of|to|in) (?:that|this|it|any such|such)\b"
    r"|(?:(?:i|we|he|she|it|they) (?:(?:has|have|had|did) )?(?:do|does|done|did|say|says|said) )?nothing of the (?:kind|sort)"
    r"|no such \w+|nothing of the (?:kind|sort)|there (?:is|are|was|were|has been|have been|had been) no such)\b",
    re.IGNORECASE,
)
_TRUE = re.compile(r"\btrue\b", re.IGNORECASE)
_NONE_OF = re.compile(
    r"^(?:that\s+)?[\"“‘']*(?:none|not a word) of|\b(?:not|hardly|scarcely|far from) (?:\w+ )?true\b", re.IGNORECASE
)
# "The ministry rejects reports that …": the sentence itself says no, wherever its statement begins.
_OPENS = re.compile(
    r"^\W*(?:[\w'’-]+\s+){1,4}?(?:has |have |had )?(?:den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)?|refute[sd]?)\b"
)
_POINTS = re.compile(rf"\b(?:that|this|it|those|these|nothing of the|{_ACCOUNT})\b", re.IGNORECASE)
# What is called something: "this absurd", "her statement an invention", but not "the claim that the weir was low".
_CALLED = re.compile(
    rf"(?:(?:that|this|it)\b|{_ITS}\s+(?:[\w’'-]+\s+)?{_ACCOUNT}\b(?!\s+(?:that|of|by|in|about|from|to)\b))(?:\s+(?!(?:is|was|are|were)\b)[\w’'“‘\"-]+){{0,3}}?\s+[\"“‘']*(?:{_UNTRUE})\b",
    re.IGNORECASE,
)
_THAT = re.compile(r"\s+(?:that|to say)\b")
_LONGEST = 8  # words from a verb to the head of its object


def rejects(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first verb in a stretch of text that says no to what another said; a decision on an appeal or a plan is none."""
    return next((m for m in REJECTS.finditer(text, start, end) if not _decides(text, m, end)), None)


def decides(text: str, start: int, end: int) -> bool:
    """Whether every verb of rejecting in a stretch decides on something, and there is one."""
    return rejects(text, start, end) is None and REJECTS.search(text, start, end) is not None


def says_no(said: str) -> bool:
    """Whether words by themselves say no to another: "That is not true", "No such order was given", "There is no proof of this"."""
    found = _SAYS_NO.search(said)
    return found is not None and (not _TRUE.search(found[0]) or _NONE_OF.search(found[0]) is not None)


def answers(said: str) -> bool:
    """Whether words that say no point at what stood before them: "That is a lie", "her statement an invention", "no proof of this: …"."""
    if _CALLED.match(said):
        return True
    found = _SAYS_NO.search(said)
    if found is None or not says_no(said) or _THAT.match(said[found.end() :]):
        return False
    return _POINTS.search(found[0]) is not None


def opens_with_denial(sentence: str) -> int:
    """Where the first verb of a sentence ends that is a denial from its first words on ("The ministry rejects reports …"), else 0."""
    verb = _OPENS.search(sentence)
    return verb.end() if verb is not None and not decides(sentence, 0, len(sentence)) else 0


def _decides(text: str, verb: re.Match[str], end: int) -> bool:
    """Whether the object of a verb is a thing that one decides on: "dismissed the appeal", "was denied bail"."""
    things = _GRANTED if verb[0].lower().startswith("den") else _DECIDED
    for word in _WORDS.findall(text[verb.end() : min(end, verb.end() + 120)])[:_LONGEST]:
        word = word.lower()
        if word in _TOLD or word in ("that", "as", "having", "being", ".", ",", ";", ":"):
            return False
        if word in things:
            return True
    return False
