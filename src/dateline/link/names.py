"""Names compared over reports: what a name comes to, and what only describes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from dateline.read import names as people
from dateline.read.states import state_named, state_of_adjective

_LEGAL = frozenset(
    {"inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "plc", "ag", "gmbh"}
)
_LINKS = frozenset({"of", "the", "for", "and", "on", "in", "to", "de", "du", "la"})
_SPELLINGS = {
    "organisation": "organization", "defence": "defense", "centre": "center", "labour": "labor", "programme": "program",
    "affairs": "foreign",
}  # fmt: skip
_SHORT_FORMS = (
    "joseph joe", "william bill will", "robert bob rob", "michael mike", "james jim", "thomas tom", "richard dick rick",
    "edward ed ted", "anthony tony", "benjamin ben", "daniel dan", "david dave", "donald don", "samuel sam", "stephen steven steve",
    "andrew andy", "christopher chris", "matthew matt", "kenneth ken", "ronald ron", "timothy tim", "alexander alex",
    "nicholas nick", "gregory greg", "lawrence larry", "charles charlie", "elizabeth liz beth", "katherine kate kathy",
    "margaret maggie", "susan sue", "deborah debbie", "jeffrey jeff", "philip phil", "patrick pat", "peter pete",
)  # fmt: skip
_NONE: Mapping[str, str] = MappingProxyType({})


@lru_cache(maxsize=100_000)
def plain(name: str) -> str:
    """A name for comparing as written: lower case, no accents, no article, no possessive, single spaces."""
    bare = (
        "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
        .lower()
        .replace("’", "'")
    )
    return re.sub(r"^the ", "", " ".join(re.sub(r"'s?(?!\w)|[^\w\s&'-]", "", bare).split()))


def same_person(one: str, other: str) -> bool:
    """Whether two full names (given and family name at least) are one name, short forms and middle names allowed for."""
    a, b = people.parts_of(one), people.parts_of(other)
    if len(a) < 2 or len(b) < 2 or not same_surname(a[-1], b[-1]):
        return False
    short = any(plain(a[0]) in forms.split() and plain(b[0]) in forms.split() for forms in _SHORT_FORMS)
    if not short and not people.same_given(a[0], b[0]) and _bones(a[0]) != _bones(b[0]):
        return False
    return len(a) == 2 or len(b) == 2 or people.same_given(a[1], b[1])


def same_surname(one: str, other: str) -> bool:
    """Whether two family names can be one, the endings of Slavic adjectives allowed for ("-oy", "-yi", "-iy")."""
    if people.same_surname(one, other):
        return True
    a, b = (re.subn(r"[aeo]?[iyj]+$", "", plain(word)) for word in (one, other))
    return a[1] == b[1] == 1 and len(a[0]) > 3 and people.skeleton(a[0]) == people.skeleton(b[0])


@lru_cache(maxsize=100_000)
def block(surname: str) -> str:
    """A key that two spellings of one family name share."""
    return people.skeleton(re.sub(r"[aeo]?[iyj]+$", "", plain(surname)) or surname)


def _bones(given: str) -> str:
    """A given name's consonants but for "g" and "h", which languages write for each other, so that Yevhen meets Yevgeni."""
    bare = people.skeleton(given)
    return bare[:1] + re.sub(r"[aeioughjy]", "", bare[1:])


def key(name: str, adjectives: Mapping[str, str] = _NONE) -> tuple[str, ...]:
    """What the name of an organisation or a role comes to whatever its word order, spelling and legal form: "Russian Ministry of
    Defence" and "Russia's Defense Ministry" have one key. ``adjectives`` are those of states that no list knows, in lower case,
    with their states.
    """
    found = (adjectives.get(word, word) for word in _parts(name))
    return tuple(sorted({word for word in found if word and word not in _LINKS and word not in _LEGAL}))


@lru_cache(maxsize=100_000)
def _parts(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared."""
    return tuple(map(_part, re.findall(r"[^\W_]+(?:[-'’.&][^\W_]+)*", name)))


@lru_cache(maxsize=100_000)
def _part(word: str) -> str:
    """A word of a name as it is compared: a state for its adjective, one spelling for several."""
    state = state_of_adjective(word) or state_named(word)
    lower = plain(word)
    return plain(state.name) if state else _SPELLINGS.get(lower, lower)


def acronym(name: str) -> str:
    """The initials of a name's capitalised words, "" where it has fewer than two."""
    initials = [word[0] for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper()]
    return "".join(initials) if len(initials) > 1 else ""


@lru_cache(maxsize=100_000)
def is_acronym(name: str) -> bool:
    """Whether a name is written as an acronym: two to seven capitals, full stops apart."""
    return bool(re.fullmatch(r"(?:[A-ZÀ-Þ]\.?){2,7}", re.sub(r"^[Tt]he ", "", name.strip())))


def nobody(words: str) -> bool:
    """Whether words stand for somebody without telling who it is ("she", "others", "the two")."""
    return words.lower() in _NOBODY


@lru_cache(maxsize=100_000)
def named(name: str) -> bool:
    """Whether words have a capital beyond an opening article."""
    return any(word[:1].isupper() for word in re.sub(r"^(?:[Tt]he|[Aa]n?)\s", "", name).split())


@lru_cache(maxsize=100_000)
def is_person(name: str) -> bool:
    """Whether words are a person's name and not a description ("the Danish foreign minister", "a spokeswoman for the port")."""
    parts = people.parts_of(name)
    return (
        bool(parts)
        and parts[-1][:1].isupper()
        and all(part[:1].isupper() or len(part) <= 3 for part in parts)
        and role(name) is None
    )


def is_body(name: str, adjectives: Mapping[str, str] = _NONE) -> bool:
    """Whether words name an organisation or a group and do not just describe one.

    "Danish Defence Ministry" and "Danish Refugee Council" do; "the ministry", "Danish soldiers", "Parliament" do not.
    """
    proper = _proper(name)
    if any(not state and plain_ not in adjectives and not generic for plain_, state, generic in proper):
        return True
    states = sum(state or plain_ in adjectives for plain_, state, _ in proper)
    return 0 < states < len(proper)


@lru_cache(maxsize=100_000)
def _proper(name: str) -> tuple[tuple[str, bool, bool], ...]:
    """The words of a name with a capital that is its own: plain, and whether each is a state's, and one that only describes."""
    tokens = name.split()
    if (
        len(tokens) > 1
        and tokens[0].lower() not in ("the", "a", "an")
        and not any(word[:1].isupper() for word in tokens[1:])
    ):
        name = name[:1].lower() + name[1:]  # a capital that may only begin the sentence
    lists = people.words()
    generic = lists.organisations | lists.groups | lists.governments | lists.roles | _GENERIC
    proper = [
        word for word in re.findall(r"[^\W\d_][\w'’.-]*", name) if word[0].isupper() and word not in ("The", "A", "An")
    ]
    return tuple(
        (lower := plain(word), bool(state_of_adjective(word) or state_named(word)), lower in generic) for word in proper
    )


@lru_cache(maxsize=100_000)
def role(words: str) -> str | None:
    """The office or trade in some words, without its article: "Danish foreign minister"; None where they name none."""
    bare = words.strip(" ,.;:–-")
    while (shorter := _ARTICLES.sub("", bare)) != bare:
        bare = shorter
    bare = re.sub(r"['’]s?$", "", bare)
    if not bare or len(bare.split()) > 9 or bare.split()[0].lower() in _NO_ROLE:
        return None
    first, *_ = _TAIL.split(bare, maxsplit=1)
    return bare if _is_office(first.split()[-1]) or _is_office(bare.split()[-1]) else None


_ARTICLES = re.compile(r"^(?:the|a|an|its|his|her|their|our|this|that|mr|mrs|ms)\.?\s+", re.IGNORECASE)
_NO_ROLE = frozenset(
    {"was", "is", "were", "are", "has", "had", "who", "whose", "which", "and", "but", "or", "said", "not", "when", "as"}
)
_TAIL = re.compile(r"\s+(?:of|for|to|at|in|on)\s+")
_NOBODY = frozenset(
    {
        "i", "we", "you", "he", "she", "it", "they", "who", "which", "that", "this", "one", "anyone", "anybody", "someone", "somebody",
        "everyone", "everybody", "nobody", "no one", "none", "each", "both", "some", "many", "others", "other", "another", "those",
        "these", "the two", "both sides", "the others", "the other",
    }
)  # fmt: skip
# Words of names that only say what a body is for, beside those of `people.words`.
_GENERIC = frozenset(
    {
        "affairs", "border", "central", "city", "coast", "defence", "defense", "district", "economy", "education", "emergency",
        "emergencies", "finance", "fire", "foreign", "general", "health", "information", "interior", "justice", "local", "media",
        "national", "news", "opposition", "presidential", "press", "regional", "rescue", "security", "services", "state", "supreme",
        "town", "transport", "unit",
    }
)  # fmt: skip


def _is_office(word: str) -> bool:
    lower = word.lower().strip(".,'’")
    offices = people.words().roles
    return lower in offices or lower.rpartition("-")[2] in offices
