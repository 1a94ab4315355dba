"""The dateline of a report: "KYIV, Dec 5 (Agency) –" before its first sentence. Where and whence it comes, no part of what it says."""

from __future__ import annotations

import re

_MONTH = r"\b(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\."
_DATELINE = re.compile(
    rf"\s*[A-ZÀ-Þ](?:[^.\n—–]|{_MONTH}){{1,60}}?\s*(?:\([^()\n]{{1,40}}\)\s*)?(?:[—–]|--?)\s+(?=[“\"‘'A-ZÀ-Þ0-9])"
)
_LEAST = 3  # letters of a town in capitals that needs no date or agency beside it


def dateline_end(text: str, start: int, end: int) -> int | None:
    """Where the first sentence begins in a paragraph that a dateline opens, None where none does.

    A dateline names a town in capitals ("OSLO –", "PORT ARDLEY, Osmara, Sept. 6 (Halyard) —"), or has an agency in brackets
    or a day ("Oslo, 5 May –", "Oslo (Agency) -").
    """
    found = _DATELINE.match(text, start, end)
    if found is None:
        return None
    words = found.group().strip()
    town = re.split(r"[\s,(]", words, maxsplit=1)[0]
    shouted = town.isupper() and len(town) >= _LEAST
    return found.end() if shouted or "(" in words or any(map(str.isdigit, words)) else None
