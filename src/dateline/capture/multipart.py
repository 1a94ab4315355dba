"""Parts within parts of a message, bounded before it is parsed: the parser goes down by recursion, and holds each line against all of them."""

from __future__ import annotations

import re

from dateline.capture.streams import BadInput

_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
_MOST = 100  # boundaries that a message may declare
_MOST_COMPARED = 20_000_000  # lines times boundaries


def check_parts(data: bytes) -> None:
    """Raise `BadInput` where a message has parts within parts without end."""
    declared = sum(1 for _ in _BOUNDARY.finditer(data))
    if declared > _MOST or declared * data.count(b"\n") > _MOST_COMPARED:
        raise BadInput("it has too many parts within parts")
