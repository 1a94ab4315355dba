import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.capture.layout import lay_out, layout, own_date

LEAD = "The council of Velm voted on Monday to close the old bridge for good, after an engineer found cracks in two pillars."
NEXT = "Mayor Ada Novak said the decision had been hard. “Nobody likes to walk an hour for bread,” she told reporters."
LAST = "The ferry will run every half hour from Thursday, and school children will not have to pay for it, the council said."


def told(text: str) -> list[tuple[str, str]]:
    return [(part.kind, text[part.start : part.end]) for part in layout(text)]


def body(text: str) -> list[str]:
    return [words for kind, words in told(text) if kind == "body"]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n\r\n", " \n \n"])
def test_clean_text_is_all_body(between: str) -> None:
    assert told(between.join([LEAD, NEXT, LAST])) == [("body", LEAD), ("body", NEXT), ("body", LAST)]


@pytest.mark.parametrize(
    ("stamp", "authors", "day"),
    [
        ("By Ada Novak, Per Lind date 2021-12-06", ["Ada Novak", "Per Lind"], "2021-12-06"),
        (" date 2021-12-06", [], "2021-12-06"),
        ("2021-12-06", [], "2021-12-06"),
        ("Published: December 6, 2021 10:30 GMT | Updated: December 7, 2021", [], "2021-12-06"),
        ("By Ada Novak | Posted on 6 Dec 2021 -", ["Ada Novak"], "2021-12-06"),
        ("date 2021-12-06 Velm Courier / QPA", [], "2021-12-06"),
    ],
)
def test_a_leading_stamp_is_split_off_within_its_line(stamp: str, authors: list[str], day: str) -> None:
    text = f"{stamp} {LEAD}\n\n{NEXT}"
    result = lay_out(text)
    assert body(text) == [LEAD, NEXT]
    assert told(text)[0][0] == "furniture"
    assert result.authors == authors
    assert result.moment is not None
    assert result.moment.day == day
    assert result.found["date"] == "leading date stamp"


def test_a_sentence_that_begins_with_a_date_stays_whole() -> None:
    text = "On 6 December 2021 the bridge was closed.\nDecember 6, 2021, was a bad day for Velm, the mayor said."
    assert [kind for kind, _ in told(text)] == ["body", "body"]


def test_a_dateline_is_body() -> None:
    text = f"VELM, Dec 6 (QPA) – {LEAD}\n{NEXT}"
    assert body(text)[0].startswith("VELM, Dec 6 (QPA)")


def test_byline_at_the_end() -> None:
    text = f"{LEAD}\n{NEXT}\nBy Ada Novak, Per Lind"
    result = lay_out(text)
    assert (result.authors, result.found["authors"]) == (["Ada Novak", "Per Lind"], "byline at the end")
    assert body(text) == [LEAD, NEXT]


def test_title_byline_and_stamp_above() -> None:
    text = f"Velm Courier\nVelm gives up its bridge\nBy Ada Novak\n6 December 2021, 18:30\n\n{LEAD}\n\n{NEXT}\n\n© 2021 Velm Courier"
    result = lay_out(text)
    assert result.title == "Velm gives up its bridge"
    assert result.authors == ["Ada Novak"]
    assert result.moment == ("2021-12-06", "2021-12-06T18:30")
    assert result.publisher == "Velm Courier"
    assert body(text) == [LEAD, NEXT]


def test_one_line_dump_with_its_title() -> None:
    text = f"Velm gives up its bridge - Velm Courier December 6, 2021 {LEAD} {NEXT} {LAST} {NEXT}"
    result = lay_out(text)
    assert (result.title, result.publisher) == ("Velm gives up its bridge", "Velm Courier")
    assert result.moment == ("2021-12-06", "2021-12-06")
    assert body(text)[0].startswith(LEAD)


def test_headings_and_a_quotation_as_a_heading() -> None:
    text = "\n".join([LEAD, "Cracks in two pillars", NEXT, "“Nobody likes to walk”", LAST])
    assert [kind for kind, _ in told(text)] == ["body", "heading", "body", "heading", "body"]


def test_markdown_headings() -> None:
    assert told(f"{LEAD}\n\n## What now?\n\n{NEXT}")[1] == ("heading", "What now?")


def test_see_also_with_markers_series_and_titles() -> None:
    items = [("A bridge is built", "Masons from Velm finished the bridge in early 1931. It took them four years."),
             ("A flood", "In April 2013 the river rose by three metres. Two pillars stood in the water for a week.")]  # fmt: skip
    listed = "\n".join(f"-\nPictures of a bridge\n{title}\n{text}" for title, text in items)
    text = f"{LEAD}\n{NEXT}\nSee also:\n{listed}\nBy Ada Novak"
    parts = layout(text)
    assert body(text) == [LEAD, NEXT]
    sides = [part for part in parts if part.kind == "side"]
    assert [(part.title, text[part.start : part.end]) for part in sides] == items
    assert [text[p.start : p.end] for p in parts if p.kind == "side_title"] == [title for title, _ in items]
    assert ("furniture", "Pictures of a bridge") in told(text)
    assert lay_out(text).authors == ["Ada Novak"]


def test_gallery_without_markers_has_its_own_dates() -> None:
    text = (
        f"{LEAD}\n{NEXT}\n{LAST}\nSee also:\nPictures: a bridge in five seasons\nMasons at work\nVelm, 14 November 2013. Masons"
        " mend a pillar after the flood.\nA path of ice\nVelm, April 2014. People walk over the frozen river.\nTram line 6 is late"
    )
    sides = [(part.title, part.date) for part in layout(text) if part.kind == "side"]
    assert sides == [("Masons at work", "2013-11-14"), ("A path of ice", "2014-04")]
    assert body(text) == [LEAD, NEXT, LAST]


def test_a_link_in_the_middle_does_not_end_the_article() -> None:
    text = f"{LEAD}\nRead more: Why ferries are slow\n{NEXT}\nRead also:\nA short history of ferries\n{LAST}"
    assert body(text) == [LEAD, NEXT, LAST]


def test_timeline_box() -> None:
    text = f"{LEAD}\n{NEXT}\nKey dates of the bridge\n1931: The bridge is built\n12 April 2013: A flood takes a pillar"
    assert [(p.kind, p.date) for p in layout(text)][2:] == [
        ("side_title", None),
        ("side", "1931"),
        ("side", "2013-04-12"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "We use cookies to make this site better for you.",
        "Sign up for our newsletter",
        "Share on Facebook",
        "© 2021 Velm Courier. All rights reserved.",
        "Tags: bridge, Velm, ferry",
        "(Reporting by Ada Novak; Editing by Per Lind)",
        "Photo: Ada Novak/QPA",
        "https://velm.example/bridge",
        "qpa/velm/an",
    ],
)
def test_furniture_lines(line: str) -> None:
    text = f"{LEAD}\n{line}\n{NEXT}"
    assert told(text)[1] == ("furniture", line)
    assert body(text) == [LEAD, NEXT]


def test_a_caption_is_side_matter() -> None:
    caption = "File photo: The old bridge of Velm, seen from the ferry in a winter long ago. (Photo by Ada Novak)"
    assert told(f"{LEAD}\n{caption}\n{NEXT}")[1] == ("side", caption)


def test_menus_and_footers_of_a_dumped_page() -> None:
    menu = "Skip to content\nVelm Courier\nMenu\nRegion\nMarkets\nIdeas\nPodcasts\nHome > Region > Velm"
    foot = "Read next\nThe quiet boom in used organs\nSign up for our newsletter\nYour weekly letter\nAbout us\nCareers"
    text = f"{menu}\nVelm gives up its bridge\n6 December 2021 10:30 CET\n{LEAD}\n{NEXT}\n{LAST}\n{foot}"
    assert body(text) == [LEAD, NEXT, LAST]
    assert lay_out(text).title == "Velm gives up its bridge"


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("Velm, April 2014. Ice.", "2014-04"),
        ("Ice on the river (12 April 2014)", "2014-04-12"),
        ("In April 2014 ice came.", None),
    ],
)
def test_own_date(words: str, date: str | None) -> None:
    assert own_date(words) == date


LINES = st.sampled_from(
    [LEAD, NEXT, "See also:", "-", "- an item", "Key dates", "1931: built", "By Ada Novak", "2021-12-06", "A heading", "Menu",
     "Advertisement", "date 2021-12-06 " + LEAD, "Photo: QPA", "", "1/9", "## H", "© 2021 Velm"]
)  # fmt: skip


@given(st.lists(LINES, max_size=14).map("\n".join) | st.text(max_size=300))
def test_parts_are_in_order_and_miss_nothing_but_marks(text: str) -> None:
    parts = layout(text)
    for part in parts:
        assert text[part.start : part.end] == text[part.start : part.end].strip() != ""
    assert all(a.end <= b.start for a, b in itertools.pairwise(parts))
    kept = "".join(text[p.start : p.end] for p in parts)
    assert len("".join(kept.split())) >= len("".join(text.split())) - 6 * len(parts)


@pytest.mark.parametrize("mark", ["-", "|", "–"])
def test_the_paper_behind_the_title(mark: str) -> None:
    result = lay_out(f"Velm gives up its bridge {mark} Velm Courier\n{LEAD}\n{NEXT}")
    assert (result.title, result.publisher) == ("Velm gives up its bridge", "Velm Courier")


def test_a_name_without_by_between_the_stamp_and_the_article() -> None:
    text = "2024-02-09 Ada Novak President Per Lind threatened on Thursday to close the old bridge of Velm for good."
    laid = lay_out(text)
    assert laid.authors == ["Ada Novak"]
    assert [(part.kind, text[part.start : part.end]) for part in laid.parts] == [
        ("furniture", "2024-02-09 Ada Novak"),
        ("body", "President Per Lind threatened on Thursday to close the old bridge of Velm for good."),
    ]
