"""The keys by which near-duplicates find each other in an index."""

from __future__ import annotations

from dateline.fold.same import Body


def sketch(text: str | Body) -> tuple[int, ...]:
    """The keys of a text: the smallest numbers of its runs of words, signed 64-bit, the same in every process.

    At most `same.KEYS`. Two texts that share a share *s* of their runs share about *s* of their keys, and the keys of a
    part are among the keys of its whole as far as they lie in it: a truncation to 30 % shares about 19 of 64. A text with
    fewer runs has fewer keys, a text without words none. Texts that share a key are candidates for `same_report`.
    """
    body = text if isinstance(text, Body) else Body(text)
    return tuple(sorted(body.keys))
