"""Words that cannot both be true of one thing: rigged and fair, guilty and innocent, taken and still in our hands."""

from __future__ import annotations

import re
from functools import cache

_OPPOSITES = (
    ("rigged|rigging|fraudulent|fraud|stolen|tainted", "free and fair|fair|clean|transparent|regular"),
    ("guilty|guilt", "innocent|innocence"),
    ("legal|lawful|constitutional|legitimate", "illegal|unlawful|unconstitutional|illegitimate"),
    ("safe|harmless", "unsafe|dangerous|hazardous|toxic|poisonous"),
    ("alive|living|survived", "dead|died|killed"),
    (
        "voluntar(?:y|ily)|willingly|consensual|consented|of (?:his|her|their|its) own (?:free )?(?:will|accord)",
        "forced|forcibly|coerced|under duress|against (?:his|her|their|its) will|driven out|made to",
    ),
    ("owe|owes|owed", "paid|repaid|settled"),
    ("won|victory|victorious", "lost|defeat|defeated"),
    ("genuine|authentic|real", "forged|forgery|fake|faked|doctored|fabricated"),
    ("civilians?|passers-?by|bystanders?", "militants?|terrorists?|fighters|combatants|insurgents|gunmen"),
    (
        "taken|captured|seized|fallen|overrun|liberated",
        "still (?:in|under) (?:our|their|its|government|rebel) (?:hands|control)|repelled|repulsed|held|holding|retaken|contested",
    ),
    ("unarmed", "armed|opened fire|carried (?:a )?(?:guns?|kni(?:fe|ves)|weapons?)|pulled (?:a )?(?:gun|knife)"),
    ("peaceful(?:ly)?|calm", "violent(?:ly)?|riot(?:ed|ing|ers)?|rampage"),
    ("closed|shut|sealed", "open"),
    (
        "collapsed|broken down|broke down|failed|over|ended",
        "continuing|continue|under way|underway|going on|ongoing|still (?:on|going|in progress)|making progress",
    ),
    ("empty", "full|packed|loaded"),
    (
        "complied|complies|in compliance|within the (?:law|rules)",
        "breach(?:ed)?|violat(?:ed|ion|ions)|broke the (?:law|rules)",
    ),
    ("resigned|quit|stepped down", "sacked|fired|dismissed|removed|forced out"),
    (
        "suicide|killed (?:himself|herself|themselves)|hanged (?:himself|herself)",
        "murder(?:ed)?|homicide|was killed|strangled",
    ),
)
"""Pairs of alternatives, each a pattern of whole words."""

# "in May", "on Monday", "in 2019"
_WHEN = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|\d{4})\b"
)
_CONTRARY = re.compile(
    r"\bthe (?:exact |very |complete )?(?:opposite|reverse)\b(?! (?:bank|corner|direction|end|side|way))|\bquite the contrary\b",
    re.IGNORECASE,
)


@cache
def _pairs() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (re.compile(rf"\b(?:{a})\b", re.IGNORECASE), re.compile(rf"\b(?:{b})\b", re.IGNORECASE)) for a, b in _OPPOSITES
    )


def opposite(one: str, other: str) -> bool:
    """Whether words say of something what cannot be so where the other words are true of it, at the same time and of as much."""
    when = [set(_WHEN.findall(words)) for words in (one, other)]
    if all(when) and when[0].isdisjoint(when[1]):
        return False
    return any(
        bool(a.search(one)) != bool(b.search(one))
        and bool(a.search(other)) != bool(b.search(other))
        and bool(a.search(one)) != bool(a.search(other))
        for a, b in _pairs()
    )


def contrary(words: str) -> bool:
    """Whether words say that the opposite of what was said is so."""
    return _CONTRARY.search(words) is not None
