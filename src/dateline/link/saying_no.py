"""The words by which somebody says no to what another said: verbs of denying, names for what is not true, plain answers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from dateline.link.words import words

_WORDS = re.compile(r"[\w'’-]+|[.,;:–—“”\"]")

COUNTS = "count counts estimate estimates figure figures number numbers tallies tally toll tolls total totals"
"""What a number is called that somebody gave."""

CHARGES = "accusation accusations allegation allegations charge charges"
"""What somebody said against another."""

ACCOUNTS = (
    f"{COUNTS} {CHARGES} account accounts assertion assertions characterisation characterization claim claims conclusion conclusions"
    " complaint complaints description finding findings narrative notion reasoning remark remarks report reports reporting rumour rumours"
    " rumor rumors speculation statement story suggestion suggestions theory version"
)
"""What somebody is said to have said, as another calls it."""

GUILT = "blame complicity involvement responsibility wrongdoing"
"""What somebody has in a deed, as whoever denies it calls it."""

_UNTRUE_WORDS = (
    "absurd absurdity absurdly baseless bogus exaggerated exaggerating exaggeration exaggerations fabricated fabricating fabrication"
    " fabrications fake fakery fakes false falsehood falsehoods falsely fantasies fantasy fiction fictional fictitious fictions groundless"
    " hoax hogwash inaccurate incorrect inflated invent invented inventing invention inventions laughable lie lies ludicrous misleading myth"
    " nonsense nonsensical outrageous premature preposterous propaganda ridiculous rubbish slander slanderous slanders smear smears spurious"
    " unfounded unsubstantiated untrue wrong"
)
"""What is not so is called."""

POINTERS = (
    f"{ACCOUNTS} {GUILT} {_UNTRUE_WORDS} this it that these those part role any such having been made in kind sort rejected denied dismissed"
    " denial true warning warnings knowledge receiving received two both pair either ever wide mark point guilty guilt innocent innocence"
    " plead pleaded malicious"
)
"""Words of a denial that only point at what is denied, or at its being denied."""

_GRANTED = frozenset(
    words(
        "access application applications asylum bail benefits boarding coverage entry extension leave licence license parole permission permit"
        " permits petition promotion relief request requests tenure visa visas"
    )
)
"""What is denied to somebody who asks for it."""

_TOLD = frozenset(
    words(
        f"{ACCOUNTS} {GUILT} argument arguments comments concerns criticism criticisms evidence fears idea link links possibility talk"
    )
)
"""What is rejected or dismissed as not so; anything else is by a decision, which says nothing on what is so."""

_POINTING = frozenset(words("that this it them these those as any"))
_PERSONS = frozenset(words("him her them us me you"))
_UNTRUE = (
    rf"{'|'.join(_UNTRUE_WORDS.split())}|fairy[- ]?tales?|far[- ]fetched|not true|wide of the mark"
    r"|without (?:any )?(?:basis|foundation|merit)"
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
_WHOSE = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject\w*|dismiss\w*|refut\w*|rebut\w*|disput\w*|contest\w*|challeng\w*|call\w*|describ\w*)\s+(?:[A-Z][\w.’'-]+\s+){0,3}?"
    rf"([A-Z][\w-]+)['’]s? (?:[a-z][\w-]+ ){{0,2}}?(?:{_ACCOUNT}|comments?|criticisms?)\b"
)
_NEAR = 2  # words after a verb in which a pointer is its object
_LONGEST = 8  # words from a verb to the head of its object


def rejections(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The verbs in a stretch of text that say no to what another said; a decision on an appeal or a plan is none."""
    return (m for m in REJECTS.finditer(text, start, end) if not _decides(text, m, end))


def rejects(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first of them, None where there is none."""
    return next(rejections(text, start, end), None)


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
    after = [word.lower() for word in _WORDS.findall(text[verb.end() : min(end, verb.end() + 120)])[:_LONGEST]]
    if verb[0].lower().startswith(("reject", "dismiss")):
        if after[:1] == ["by"]:
            after = [word.lower() for word in _WORDS.findall(text[max(0, verb.start() - 40) : verb.start()])[-3:]]
        near = itertools.takewhile(lambda word: word not in ".;:", after)
        return not any(word in _TOLD or (i < _NEAR and word in _POINTING) for i, word in enumerate(near))
    if verb[0].lower().startswith("den"):
        if after[:1] and after[0] in _PERSONS and after[1:2] != ["."]:
            return True
        for word in after:
            if word in ("that", "having", "being", ".", ",", ";", ":"):
                return False
            if word in _GRANTED:
                return True
    return False


def whose(denial: str) -> str | None:
    """Whose account is denied, by the last word of the name: "dismissed Olga Lind's charges about the weir" gives "Lind"."""
    found = _WHOSE.search(denial)
    return found[1] if found else None
