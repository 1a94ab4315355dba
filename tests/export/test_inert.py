from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.export.inert import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain – “words” née Åse\n\ttab", "plain – “words” née Åse\n\ttab"),
        ("\u202egnp.exe", "⟨U+202E⟩gnp.exe"),
        ("pay\u200bpal", "pay⟨U+200B⟩pal"),
        ("a\u200db", "a⟨U+200D⟩b"),
        ("\x1b[31mred", "␛[31mred"),
        ("nul\x00", "nul␀"),
        ("\x9b", "⟨U+009B⟩"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\U000e0041tag", "⟨U+E0041⟩tag"),
        ("\ud800lone", "⟨U+D800⟩lone"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("क्\u200dष", "क्\u200dष"),
    ],
)
def test_hidden_characters_stand_by_their_codes(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_nothing_turns_or_hides_words(text: str) -> None:
    shown = visible(text)
    assert not any(
        unicodedata.bidirectional(char) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
        for char in shown
    )
    assert not any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t\r" for char in shown)
    assert visible(shown) == shown
