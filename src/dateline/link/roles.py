"""Roles: what persons are called besides their names, read off the words at and around their mentions."""

from __future__ import annotations

import re

from dateline.link.names import plain, role
from dateline.read.names import parts_of, same_given, same_surname

_WORDS = r"(?:[^\W\d_][\w'’.-]*\s+){0,7}?[^\W\d_][\w'’.-]*"
_AFTER = re.compile(rf"\s*,(?:\s*\d{{1,3}}\s*,)?\s+((?:[Tt]he\s+|[Aa]n?\s+)?{_WORDS})\s*(?=[,.;)]|\s(?:said|told)\b)")
_BEFORE = re.compile(rf"(?:^|[\s“\"(])((?:[Tt]he|[Ii]ts|[Aa]n?)\s+{_WORDS}),\s+$")


def split_mention(mention: str, name: str) -> tuple[str | None, str | None]:
    """A mention's role and name part, None for what it does not have.

    >>> split_mention("Ukrainian President Volodymyr Zelenskyy", "Volodymyr Zelensky")
    ('Ukrainian President', 'Volodymyr Zelenskyy')
    """
    known = parts_of(name)
    tokens = mention.split()
    for i, token in enumerate(tokens):
        bare = plain(token).strip("-'")
        if (
            bare
            and token[:1].isupper()
            and (same_surname(bare, known[-1]) or (len(bare) > 1 and same_given(bare, known[0])))
        ):
            return role(" ".join(tokens[:i])), re.sub(r"(?:['’]s?|,)$", "", " ".join(tokens[i:]))
    return role(mention), None


def around(text: str, start: int, end: int) -> str | None:
    """The role in apposition to the mention at ``text[start:end]``: "…, the Danish foreign minister," after it or before it."""
    for found in (_AFTER.match(text, end, end + 120), _BEFORE.search(text[max(0, start - 100) : start])):
        if found and (called := role(found[1])) and not _names_another(found[1]):
            return called
    return None


def _names_another(words: str) -> bool:
    """Whether a role is followed by somebody's name ("Foreign Minister Jens Holm"): the words then begin another mention."""
    return (
        role(words) is not None
        and role(words.split()[-1]) is None
        and not re.search(r"\s(?:of|for|to|at|in|on)\s", words)
    )
