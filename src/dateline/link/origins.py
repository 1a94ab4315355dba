"""One name for each origin over the whole archive, so that an agency under its letters and in full is one voice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable


def full_names(names: Iterable[str]) -> dict[str, str]:
    """The full name behind each acronym among some origins' names, where exactly one of the others spells it.

    ``CPA`` stands for ``Corvia Press Agency`` only if no ``Central Press Agency`` is there too.
    """
    every = set(names)
    by_initials: dict[str, set[str]] = defaultdict(set)
    for name in every:
        words = re.findall(r"[^\W\d_]+", name)
        if len(words) > 1 and any(len(word) > 1 for word in words):
            by_initials["".join(word[0] for word in words if word[0].isupper())].add(name)
    spelt = {name: by_initials.get(re.sub(r"[\W_]", "", name), set()) for name in every if len(name) > 1}
    return {name: next(iter(full)) for name, full in spelt.items() if len(full) == 1 and name not in full}
