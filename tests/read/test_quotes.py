"""Quotation marks paired into quotations, tidy or careless."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.capture.layout import layout
from dateline.read.quotes import insertions, quotations


def marked(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotations(text, layout(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We go," she said. "Now."', ['"We go,"', '"Now."']),
        ("“We go,” she said.", ["“We go,”"]),
        ("``We go,'' she said.", ["``We go,''"]),
        ("''We go,'' she said.", ["''We go,''"]),
        ("«We go», she said.", ["«We go»"]),
        ("‘We will go,’ he said. The crews’ union isn’t here.", ["‘We will go,’"]),
        # An opening mark set where a closing one belongs, with a space on its wrong side.
        ("“They will pay. “", ["“They will pay. “"]),
        ("“It goes beyond the river, “Orlo said.", ["“It goes beyond the river, “"]),
        ("“He said “no” and left,” Orlo said.", ["“He said “no” and left,”"]),
        ('A plank of 5" and one of 7" lay there.', []),
        ("It isn't the crews' boat.", []),
    ],
)
def test_marks_are_paired(text: str, expected: list[str]) -> None:
    assert marked(text) == expected


def test_a_quotation_over_two_paragraphs_continues() -> None:
    text = "“The bridge is closed.\n\n“It opens in May,” Orlo said."
    first, second = quotations(text, layout(text))
    assert not first.continues
    assert second.continues
    assert text[first.inner_start : first.inner_end] == "The bridge is closed."


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "“The bridge is closed.\n\nNobody was hurt."
    assert marked(text) == ["“The bridge is closed."]


@pytest.mark.parametrize("inserted", ["[the governor]", "[sic]", "(the region – Ed.)", "(of the town. - Ed.)"])
def test_insertions_of_an_editor_are_told(inserted: str) -> None:
    text = f"“We asked him {inserted} to come.”"
    found = insertions(text, 0, len(text))
    assert [text[a:b] for a, b in found] == [inserted]


def test_a_speakers_own_bracket_is_no_insertion() -> None:
    text = "“We asked (twice) for help.”"
    assert insertions(text, 0, len(text)) == []


@given(st.text(alphabet="ab .,\n“”‘’\"'`«»„()-0", max_size=80))
def test_quotations_lie_in_order_within_the_text(text: str) -> None:
    found = quotations(text, layout(text))
    edges = [edge for q in found for edge in (q.start, q.end)]
    assert edges == sorted(edges)
    assert all(0 <= q.start <= q.inner_start <= q.inner_end <= q.end <= len(text) for q in found)
