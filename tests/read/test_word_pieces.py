from __future__ import annotations

from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from dateline.read.word_pieces import LONGEST, pieces, vocabulary


@cache
def reference() -> Tokenizer:
    tokenizer = Tokenizer(WordPiece(vocabulary(), unk_token="[UNK]", max_input_chars_per_word=LONGEST))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


def test_words_are_cut_into_the_longest_known_pieces() -> None:
    by_number = {number: piece for piece, number in vocabulary().items()}
    assert [by_number[n] for n in pieces("Kharkivites")] == ["k", "##har", "##ki", "##vite", "##s"]
    assert [by_number[n] for n in pieces("Müller’s")] == ["muller", "’", "s"]
    assert [by_number[n] for n in pieces("$3.5bn")] == ["$", "3", ".", "5", "##bn"]


@pytest.mark.parametrize("token", ["", " ", "\x00", "́"])
def test_nothing_visible_has_no_pieces(token: str) -> None:
    assert pieces(token) == ()


# Characters of the basic plane that this Python knows: later ones have other categories there.
_KNOWN = st.characters(max_codepoint=0xFFFF, exclude_categories=["Cn", "Cs"])


@given(st.one_of(st.text(_KNOWN, max_size=30), st.text("abcdeéßİ'’“”-–€$ \t\n中1.,ﬁ\u200b\u0301", max_size=30)))
@example("x" * (LONGEST + 1))
@example("``Yes,'' Zelenskiy’s 1,234.5%")
def test_pieces_are_those_of_the_reference(token: str) -> None:
    assert list(pieces(token)) == reference().encode(token, add_special_tokens=False).ids
