"""Plain text to parts: which paragraph of a scrape is body, heading, side matter or furniture."""

from __future__ import annotations

import re

from dateline.records import Part


def layout(text: str) -> list[Part]:
    """The parts of a plain text, one a paragraph, in order; offsets into ``text`` as given."""
    return [Part(start=m.start(), end=m.end(), kind="body") for m in re.finditer(r"\S[^\n]*(?<=\S)", text)]
