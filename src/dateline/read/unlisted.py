"""States and places that no list knows, learned from the text that speaks of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.read.document import Document
from dateline.read.names import is_title, words
from dateline.read.states import state_named, state_of_adjective
from dateline.records import Place

# An adjective's ending, and what stands in its place in the state's name: Varnian/Varnia, Selmish/Selm, Orlese/Orl.
_ENDINGS = (
    ("n", ""),
    ("an", ""),
    ("ian", ""),
    ("ian", "ia"),
    ("ese", ""),
    ("ish", ""),
    ("i", ""),
    ("ic", "ia"),
    ("ene", "ia"),
)
_SHORTEST = 4
STATELY = frozenset(
    [
        "foreign",
        "defence",
        "defense",
        "interior",
        "prime",
        "vice",
        "deputy",
        "finance",
        "health",
        "justice",
        "transport",
        "energy",
        "economy",
        "trade",
        "education",
        "culture",
        "home",
        "state",
        "national",
        "federal",
        "chief",
        "acting",
        "interim",
        "former",
        "ex",
        "then",
        "first",
        "junior",
        "senior",
        "troops",
        "soldiers",
        "border",
        "capital",
        "territory",
        "citizens",
        "soil",
        "side",
    ]
)
"""Words that stand beside a state's name or adjective, or before the noun of an office."""
_LOCATIVE = frozenset({"in", "near", "outside", "inside", "across", "throughout"})
_AREA_OF = frozenset(
    {"town", "village", "city", "port", "river", "region", "province", "district", "island", "lake", "capital"}
)
_NAME = r"([A-Z][\w’'-]+)"
_CAPITAL_PATTERNS = (
    (rf"\b{_NAME} capital,? {_NAME}", 1, 2),
    (rf"\b{_NAME}, the {_NAME} capital\b", 2, 1),
    (rf"\b{_NAME}[’']s capital,? {_NAME}", 1, 2),
    (rf"\bcapital of {_NAME}, {_NAME}", 1, 2),
    (rf"\b{_NAME}, (?:the )?capital of {_NAME}", 2, 1),
)


@dataclass(frozen=True)
class Unlisted:
    """What one text teaches: ``states`` by name, ``adjectives`` and ``capitals`` with the state's code, ``places``.

    The code of a state that no list knows is its name after a tilde.
    """

    states: dict[str, str] = field(default_factory=dict)
    adjectives: dict[str, str] = field(default_factory=dict)
    capitals: dict[str, str] = field(default_factory=dict)
    places: frozenset[str] = frozenset()

    def code(self, word: str) -> str | None:
        """The code of the state that a name, an adjective or a capital learned here belongs to."""
        return self.states.get(word) or self.adjectives.get(word) or self.capitals.get(word)

    @classmethod
    def of(cls, document: Document, places: Sequence[Place]) -> Unlisted:
        """Learn from a document. Places that the gazetteer knows are not taken for states."""
        known = {place.text for place in places if place.lat is not None}
        adjectives = _adjectives(document, known)
        states = {code[1:]: code for code in adjectives.values()}
        return cls(states, adjectives, _capitals(document.text, states, adjectives), _places(document))


def _adjectives(document: Document, known: set[str]) -> dict[str, str]:
    """Adjectives whose state's name stands in the text too, before a noun that only states have."""
    tokens = [t for t in document.tokens if t.text[:1].isupper()]
    capitalised = {t.text for t in tokens}
    found: dict[str, str] = {}
    for token in tokens:
        word = token.text
        if (
            word in found
            or state_of_adjective(word)
            or not _national(token.nbor(1).text if token.i + 1 < len(document.doc) else "")
        ):
            continue
        for ending, instead in _ENDINGS:
            name = word.removesuffix(ending) + instead
            if (
                word.endswith(ending)
                and len(name) >= _SHORTEST
                and name in capitalised
                and name not in known
                and not state_named(name)
            ):
                found[word] = "~" + name
                break
    return found


def _national(word: str) -> bool:
    lists = words()
    low = word.lower()
    return (
        is_title(word)
        or low in lists.organisations
        or low in lists.governments
        or low in lists.groups
        or low in STATELY
    )


def _capitals(text: str, states: dict[str, str], adjectives: dict[str, str]) -> dict[str, str]:
    """Capitals that the text names as such, with the state's code."""
    found: dict[str, str] = {}
    if "capital" not in text:
        return found
    for pattern, state_group, city_group in _CAPITAL_PATTERNS:
        for m in re.finditer(pattern, text):
            word, city = m[state_group], re.sub(r"[’']s?$", "", m[city_group])
            listed = state_of_adjective(word) or state_named(word)
            code = states.get(word) or adjectives.get(word) or (listed.iso if listed else None)
            if code is not None:
                found[city] = code
    return found


def _places(document: Document) -> frozenset[str]:
    """Names that stand where only a place can: "in Ruvo", "the village of Ruvo"."""
    found: set[str] = set()
    doc = document.tokens
    for token in doc[1:]:
        if (
            token.pos_ != "PROPN"
            or not token.text[:1].isupper()
            or token.dep_ == "compound"
            or token.ent_type_ in ("DATE", "TIME", "EVENT")
        ):
            continue
        before = doc[token.i - 1].lower_
        if before in _LOCATIVE or (before == "of" and token.i > 1 and doc[token.i - 2].lemma_.lower() in _AREA_OF):
            found.add(token.text)
    return frozenset(found)
