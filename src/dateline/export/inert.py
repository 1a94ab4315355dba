"""Characters that show nothing or turn the words around them, made visible: a page shows what a capture really holds."""

from __future__ import annotations

import re

# Directions, marks of no width, blanks that are none, and letters of tags: what can hide or reorder words.
_HIDDEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
# Joiners have work to do in Arabic, Indic scripts and emoji; between Latin letters, digits and signs they only hide.
_JOINERS = "(?<=[\x00-\u024f])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\u024f])"
_SPOT = re.compile(f"[{_HIDDEN}]|{_JOINERS}")
_SOFT_HYPHEN = "\u00ad"


def visible(text: str) -> str:
    """A text in which every hidden character stands by its code: ``⟨U+202E⟩``. Controls of the keyboard stand by their sign (␛).

    Line breaks and tabs stay. A soft hyphen goes: it is a place to break a word, and means nothing else.
    """
    return _SPOT.sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    char = found[0]
    if char == _SOFT_HYPHEN:
        return ""
    if ord(char) < 0x20:
        return chr(0x2400 + ord(char))
    if char == "\x7f":
        return "\u2421"
    return f"⟨U+{ord(char):04X}⟩"
