"""Piles of invented texts, as large as wanted."""

from __future__ import annotations

import random

_SYLLABLES = "ba ce di fo gu ka le mi no pu ra se ti vo wu za".split()  # noqa: SIM905


def text(seed: int, words: int = 120) -> str:
    """A text of its own for each seed, in sentences."""
    rng = random.Random(seed)
    said = ["".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(1, 4))) for _ in range(words)]
    return " ".join(" ".join(said[at : at + 12]).capitalize() + "." for at in range(0, words, 12))


NOTICE = text(-1, 60)
"""What stands under every text of one outlet."""
