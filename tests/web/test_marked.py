from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.records import Part
from dateline.web.marked import Note, blocks, segments

NOTES = st.lists(
    st.builds(
        lambda kind, start, length, number: Note(kind, start, start + length, number),
        st.sampled_from(["time", "place", "event", "pin"]),
        st.integers(0, 60),
        st.integers(0, 30),
        st.integers(1, 9),
    ),
    max_size=8,
)


def test_overlapping_notes_are_split_at_each_others_borders() -> None:
    found = segments("abcdefgh", 0, 8, [Note("statement", 0, 5, 1), Note("event", 3, 7, 2)])
    assert [(s.text, s.numbers) for s in found] == [("abc", [1]), ("de", [1, 2]), ("fg", [2]), ("h", [])]
    assert found[1].innermost == 2
    assert found[1].kinds == ["statement", "event"]
    assert found[3].innermost is None


@given(st.text(min_size=60, max_size=90), NOTES)
def test_segments_are_the_text_and_each_note_covers_its_words(text: str, notes: list[Note]) -> None:
    found = segments(text, 0, len(text), notes)
    assert "".join(segment.text for segment in found) == text
    assert all(text[s.start : s.start + len(s.text)] == s.text for s in found)
    for note in notes:
        covered = "".join(segment.text for segment in found if note in segment.notes)
        assert covered.startswith(text[note.start : note.end]) or note.end <= note.start


@given(st.text(alphabet="ab \n", max_size=60), NOTES, st.lists(st.integers(0, 60), max_size=6))
def test_blocks_lose_no_word(text: str, notes: list[Note], cuts: list[int]) -> None:
    edges = sorted({cut for cut in cuts if cut <= len(text)})
    parts = [Part(start=a, end=b, kind="side") for a, b in zip(edges[::2], edges[1::2], strict=False)]
    found = blocks(text, parts, notes)
    told = "".join(segment.text for block in found for segment in block.segments)
    assert "".join(told.split()) == "".join(text.split())


def test_a_paragraph_knows_what_it_is() -> None:
    text = "Body words.\n\nIn pictures\n\nA caption."
    parts = [
        Part(start=0, end=11, kind="body"),
        Part(start=13, end=24, kind="side_title", title="In pictures", date="2024-04"),
        Part(start=26, end=36, kind="side", title="In pictures", date="2024-04"),
    ]
    found = blocks(text, parts, [Note("pin", 26, 36, 0)])
    assert [(b.kind, b.date) for b in found] == [("body", None), ("side_title", "2024-04"), ("side", "2024-04")]
    assert found[2].segments[0].kinds == ["pin"]
    assert found[2].segments[0].numbers == []
