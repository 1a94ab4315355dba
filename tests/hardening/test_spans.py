"""Every span's words are the words, whatever stands in the text: marks that join, other planes, other line ends, other directions."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import Literal, get_args

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dateline import read
from dateline.capture.layout import layout
from dateline.read.quotes import quotations
from tests.hardening.judge import parted, spans
from tests.hardening.seeds import LEAD, TEXT

_SENTENCES = (
    "Mayor Ada Novak said on Monday that more than 1,300 people had left Velm since 6 December 2021.",
    "“Nobody likes to walk an hour for bread,” she told reporters in Geneva.",
    "The governor denied it: between 20 and 30 had gone, 5,000–10,000 at most.",
    "Kyiv said ‘we will not’ last week; Moscow threatened to close the road if talks failed in March.",
    "In April of the same year about $1.5 billion was promised, the ministry's spokesman said.",
    "At least twelve soldiers were killed near Donetsk, Ukraine's army reported, citing Reuters.",
    "By Per Lind date 2021-12-06",
    "See also:",
    "- Ferry to run",
    "Timeline",
    "3 May 1945: the bridge was blown up.",
    "(Reuters) -",
)
_GLUE = (
    "", " ", "  ", "\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\n\n\n", "\t", "\u00a0", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\u200b", "\u200d", "\ufeff", "\u00ad", "\x00",
)  # fmt: skip
_MARKS = (
    "\u0301", "\u0327\u0301", "\u20dd", "\ufe0f", "\u202e", "\u202d", "\u202c", "\u2066", "\u2069", "\u200e", "\u200f", "\U0001f600", "\U0001f1fa\U0001f1e6", "\U0001d400",
    "\u0130", "\u0131", "ß", "ﬁ", "ǆ", "\u1e9e", "ſ", "İi", "𝟐𝟎", "٢٠٢١", "二〇二一年", "½", "²", "№", "“", "”", "«", "»", "„", "'", '"', "``", "''", "[", "]", "(", ")", "…", "...",
    "—", "\ud800", "\udfff", "<b>", "&amp;", "%", "$", "€", "’s", "\u0000", "\u0085", "\x1c", "a" * 300,
)  # fmt: skip
_piece = st.sampled_from(_SENTENCES) | st.sampled_from(_MARKS) | st.text(max_size=12)
_mixed = st.lists(st.tuples(_piece, st.sampled_from(_GLUE)), max_size=9).map(
    lambda every: "".join(a + b for a, b in every)
)


@st.composite
def _strewn(draw: st.DrawFn) -> str:
    """An article with marks strewn between its letters."""
    text = draw(st.sampled_from((TEXT, LEAD, "\n\n".join(_SENTENCES))))
    for _ in range(draw(st.integers(1, 12))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(_MARKS + _GLUE)) + text[at:]
    return text


_Form = Literal["NFC", "NFD", "NFKC", "NFKD"]
_forms: st.SearchStrategy[_Form] = st.sampled_from(get_args(_Form))
_normal = st.builds(unicodedata.normalize, _forms, _strewn())
_other_case = _strewn().map(str.upper) | _strewn().map(str.lower) | _strewn().map(str.swapcase)
_texts = _mixed | _strewn() | _normal | _other_case


def _check(text: str) -> None:
    given = read(text, published="2021-12-08", title="Velm gives up its bridge", language="en")
    assert list(spans(text, given)) == []


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(_texts)
def test_the_words_at_every_span_are_its_words(text: str) -> None:
    _check(text)


@pytest.mark.soak
@settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
@given(_texts)
def test_the_words_at_every_span_are_its_words_in_many_texts(text: str) -> None:
    _check(text)


@settings(max_examples=300, deadline=None)
@given(_texts)
def test_the_parts_of_any_text_cover_it_in_order(text: str) -> None:
    assert list(parted(text, layout(text))) == []


@settings(max_examples=300, deadline=None)
@given(_texts)
def test_quotations_lie_in_the_text_and_do_not_cross(text: str) -> None:
    parts = layout(text)
    found = quotations(text, parts)
    assert all(0 <= each.start < each.inner_start <= each.inner_end <= each.end <= len(text) for each in found)
    assert all(any(part.start <= each.start and each.end <= part.end for part in parts) for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(_strewn())
def test_a_text_is_read_the_same_twice(text: str) -> None:
    assume(text.strip())
    assert read(text, published="2021-12-08", language="en") == read(text, published="2021-12-08", language="en")
