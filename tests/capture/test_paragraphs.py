import itertools

from hypothesis import given
from hypothesis import strategies as st

from dateline.capture.paragraphs import paragraphs


def words(text: str) -> list[str]:
    return [text[p.start : p.end] for p in paragraphs(text)]


def test_lines_and_blank_lines_part_paragraphs() -> None:
    assert words("One.\nTwo.\r\n\r\n  Three.  \n") == ["One.", "Two.", "Three."]


WRAPPED = """The council of Velm met on Monday in the old town hall and talked
for six hours about the bridge, which has been closed since the
flood of last spring took away two of its four pillars.

The mayor said that the money was there but the stone was not. A
second meeting is to be held before the end of the month, and it
will be open to everybody who lives on the river.
"""


def test_hard_wrapped_lines_are_joined() -> None:
    first, second = words(WRAPPED)
    assert first.endswith("four pillars.")
    assert second.startswith("The mayor said")


def test_hard_wrapped_without_blank_lines_breaks_where_a_line_ends_early() -> None:
    assert len(words(WRAPPED.replace("\n\n", "\n"))) == 2


def test_lines_that_are_paragraphs_stay_apart() -> None:
    text = "The council met on Monday and talked for hours.\nThe mayor said nothing.\nThe bridge is shut.\nIt rained.\n"
    assert len(words(text)) == 4


@given(st.text(max_size=400))
def test_paragraphs_are_in_order_and_bare(text: str) -> None:
    found = paragraphs(text)
    for p in found:
        assert text[p.start : p.end] == text[p.start : p.end].strip() != ""
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert "".join(text.split()) == "".join("".join(text[p.start : p.end].split()) for p in found)
