"""Words compared across reports: stems, what a sentence is about, and families of words for one kind of happening."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_SUFFIXES = (
    "ations ation ments ment ings ing ions ion ers er ors or ies ied ed es ly als al s y e".split()  # noqa: SIM905
)
_ENDS = ("at", "iz", "is")
# Last letters that differ between forms of a word ("provoke", "provocation"; "deny", "denial").
_LAST = {"c": "k", "i": "", "y": ""}


class _Lists(msgspec.Struct, frozen=True):
    """Words of happenings: ``stop`` tell nothing, ``light`` verbs little, ``acts`` say or settle something about another event;
    ``forms`` are irregular ones by their base; ``families`` hold the words for one kind of happening, a word may be in two.
    """

    stop: str
    light: str
    acts: str
    forms: dict[str, str]
    families: dict[str, str]


class _Table:
    """The lists made ready for looking up."""

    def __init__(self, lists: _Lists) -> None:
        self.stop = frozenset(lists.stop.split())
        self.forms = {form: base for base, forms in lists.forms.items() for form in forms.split()}
        self.light = frozenset(_stem(word, self.forms) for word in lists.light.split())
        self.acts = frozenset(_stem(word, self.forms) for word in lists.acts.split())
        self.families: dict[str, frozenset[str]] = {}
        for name, members in lists.families.items():
            for member in members.split():
                key = _stem(member, self.forms)
                self.families[key] = self.families.get(key, frozenset()) | {name}


@cache
def _table() -> _Table:
    return _Table(msgspec.json.decode(files("dateline.data").joinpath("happenings.json").read_bytes(), type=_Lists))


def _stem(word: str, forms: dict[str, str]) -> str:
    word = word.lower().replace("’", "'").removesuffix("'s").strip("'-.")
    word = forms.get(word, word)
    for _ in range(2):
        suffix = next((s for s in _SUFFIXES if word.endswith(s) and len(word) - len(s) >= 3), "")
        word = word.removesuffix(suffix)
        if suffix and len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
            word = word[:-1]
    for end in _ENDS:
        if word.endswith(end) and len(word) > 5:
            word = word.removesuffix(end)
    return word[:-1] + _LAST.get(word[-1:], word[-1:])


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A crude stem: forms of a word and words made from it mostly have one in common."""
    return _stem(word, _table().forms)


def words(text: str) -> list[str]:
    """The words of a text, hyphens, apostrophes and inner full stops kept."""
    return _WORD.findall(text)


@lru_cache(maxsize=20_000)
def content(text: str) -> frozenset[str]:
    """The stems of a text's words that say what it is about, numbers among them."""
    stop = _table().stop
    return frozenset(stem(word) for word in words(text) if word.lower() not in stop)


@lru_cache(maxsize=20_000)
def families(text: str) -> frozenset[str]:
    """What kinds of happening the words name: families, and stems of words in none.

    Light verbs ("hold", "carry out") count only where they stand alone.
    """
    table = _table()
    stems = [stem(word) for word in words(text) if word.lower() not in table.stop]
    heavy = [s for s in stems if s not in table.light] or stems
    named = frozenset(name for s in heavy for name in table.families.get(s, ()))
    return named or frozenset(heavy)


def is_act(trigger: str) -> bool:
    """Whether a trigger only says or settles something about another event ("announced", "called off"), if there is one beside it."""
    table = _table()
    return all(
        stem(word) in table.acts
        for word in words(trigger)
        if word.lower() not in table.stop or stem(word) in table.acts
    )


def kinds(text: str) -> frozenset[str]:
    """The families alone that any word of a text is in."""
    table = _table().families
    return frozenset(name for word in words(text) for name in table.get(stem(word), ()))


def related(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets of families name one kind of happening."""
    return not one.isdisjoint(other)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Which share of the smaller set's members both have; 0 where one is empty."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
