"""Captured words made harmless to look at: what would steer a screen or hide in it is shown as a sign of its own."""

from __future__ import annotations

import re

# Controls but line ends, the marks that turn the direction of writing round or isolate it (Unicode UAX 9), and what has no
# width of its own and no work to do: blanks and joiners of words, byte order marks, letters of tags.
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e0fff]"
)


def visible(words: str) -> str:
    """Words whose control characters, marks of direction and hidden characters stand as ``⟨U+202E⟩``; everything else is as it was."""
    return _STEERING.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", words)
