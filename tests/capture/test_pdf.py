from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.capture.extract import extract
from dateline.capture.find import find
from dateline.records import Extract, RawCapture, Refusal
from tests.capture.print_shop import Put, column, pdf

LEAD = (
    "The council of Velm voted on Monday to close the old bridge for good, after an engineer found cracks in two of "
    "its pillars during an inspection that had been put off for three years."
)
NEXT = (
    "Mayor Ada Novak said the decision had been hard. Nobody likes to walk an hour for bread, she told reporters after "
    "the vote, which went on until midnight and ended with nine votes against four."
)
LAST = (
    "A ferry is to run from January, and it will cost two crowns for everyone who lives on the other side of the river."
)
TITLE = [Put("Velm gives up its bridge", 60, 120, 24, True)]
STAMP = [Put("By Jan Walter", 60, 150, 10), Put("6 December 2021", 60, 164, 10)]


def taken(data: bytes, tmp_path: Path) -> Extract:
    path = tmp_path / "it"
    path.write_bytes(data)
    (raw,) = find([path])
    assert isinstance(raw, RawCapture), raw
    assert raw.format == "pdf"
    return extract(raw)


def refused(data: bytes, tmp_path: Path) -> str:
    path = tmp_path / "it"
    path.write_bytes(data)
    (raw,) = find([path])
    assert isinstance(raw, Refusal), raw
    return raw.reason


def test_an_article_in_one_column(tmp_path: Path) -> None:
    page = [*TITLE, *STAMP, *column(LEAD, 60, 200, 80), *column(NEXT, 60, 260, 80), *column(LAST, 60, 320, 80)]
    found = taken(pdf([page]), tmp_path)
    assert (found.title, found.authors, found.date) == ("Velm gives up its bridge", ["Jan Walter"], "2021-12-06")
    assert found.text == f"{LEAD}\n\n{NEXT}\n\n{LAST}"
    assert found.found["title"] == "largest type on the first page"
    assert found.language == "en"


def test_codes_that_are_no_letters_do_not_reach_a_store(tmp_path: Path) -> None:
    page = [*TITLE, *column(LEAD.replace("Monday", "Mon\x04day\x01"), 60, 200, 80), *column(NEXT, 60, 260, 80)]
    data = pdf([page], {"Title": "Velm\x00 gives\x02 up its bridge", "Author": "Ada\x1f Novak"})
    for found in (taken(data, tmp_path), taken(pdf([page]), tmp_path)):
        told = " ".join(filter(None, (found.text, found.title, *found.authors)))
        assert not set(told) & set(map(chr, (*range(9), *range(14, 32)))), ascii(told)
        assert "Mon\ufffdday" in found.text


def test_the_bytes_are_kept_as_they_came_and_may_be_gzipped(tmp_path: Path) -> None:
    data = pdf([[*TITLE, *column(LEAD, 60, 200, 80)]])
    path = tmp_path / "it"
    path.write_bytes(gzip.compress(data))
    (raw,) = find([path])
    assert isinstance(raw, RawCapture)
    assert raw.data == data


@pytest.mark.parametrize("by_rows", [False, True], ids=["column after column", "row after row"])
def test_columns_are_read_one_after_the_other(tmp_path: Path, by_rows: bool) -> None:
    columns = [*column(LEAD, 60, 200, 38), *column(NEXT, 60, 280, 38), *column(LAST, 310, 200, 38)]
    if by_rows:
        columns.sort(key=lambda put: (put.top, put.left))
    found = taken(pdf([[*TITLE, *columns]]), tmp_path)
    assert found.text == f"{LEAD}\n\n{NEXT}\n\n{LAST}"


def test_a_line_across_the_columns_parts_what_is_above_from_what_is_below(tmp_path: Path) -> None:
    page = [
        *column(LEAD, 60, 100, 38),
        *column(NEXT, 310, 100, 38),
        Put("The ferry is to be paid for by those on the other bank", 60, 240, 16, True),
        *column(LAST, 60, 270, 38),
        *column("Nobody had asked them. " + LEAD, 310, 270, 38),
    ]
    found = taken(pdf([page]), tmp_path)
    order = [found.text.index(words[:30]) for words in (LEAD, NEXT, LAST, "Nobody had asked them")]
    assert order == sorted(order)


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page(tmp_path: Path) -> None:
    words = NEXT.split()
    one, two, three = " ".join(words[:14]), " ".join(words[14:25]), " ".join(words[25:])
    pages = [
        [*TITLE, *column(LEAD, 60, 200, 38), *column(one, 60, 290, 38), *column(two, 310, 200, 38)],
        [*column(f"{three}", 60, 100, 80), *column(LAST, 60, 160, 80)],
    ]
    assert f"\n\n{NEXT}\n\n" in taken(pdf(pages), tmp_path).text


def test_hyphens_at_line_ends_are_undone_but_not_those_of_a_word(tmp_path: Path) -> None:
    lines = [
        "The well-known engineer asked the council for an inspec-",
        "tion of the pillars and got none, he said on Monday. A well-",
        "known firm from Kessin had offered it for nothing at all.",
    ]
    page = [*TITLE, *(Put(line, 60, 200 + 12 * i) for i, line in enumerate(lines))]
    found = taken(pdf([page]), tmp_path)
    assert "an inspection of the pillars" in found.text
    assert "A well-known firm" in found.text


def test_running_heads_and_page_numbers_go_and_the_text_stays_whole(tmp_path: Path) -> None:
    pages = [
        [
            Put(f"VELM COURIER  {number}", 60, 30, 8),
            *(TITLE if number == 1 else []),
            *column(body, 60, 200, 80),
            Put(f"Page {number} of 3", 280, 815, 8),
        ]
        for number, body in enumerate([LEAD, NEXT, LAST], 1)
    ]
    assert taken(pdf(pages), tmp_path).text == f"{LEAD}\n\n{NEXT}\n\n{LAST}"


def test_headings_are_told_by_their_type_and_captions_are_side_matter(tmp_path: Path) -> None:
    caption = "The old bridge at Velm on Sunday, a day before the vote."
    page = [
        *TITLE,
        *column(LEAD, 60, 200, 80),
        Put("What comes next", 60, 260, 12, True),
        *column(NEXT, 60, 280, 80),
        Put(caption, 60, 350, 7),
        *column(LAST, 60, 380, 80),
    ]
    found = taken(pdf([page]), tmp_path)
    assert found.headings == ["What comes next"]
    assert [item.text for item in found.side] == [caption]
    assert found.text == f"{LEAD}\n\nWhat comes next\n\n{NEXT}\n\n{LAST}"


def test_indented_paragraphs_without_a_gap(tmp_path: Path) -> None:
    first = column(LEAD, 60, 200, 70)
    second = column(NEXT, 60, 200 + 12 * len(first), 70)
    second[0] = second[0]._replace(left=72)
    found = taken(pdf([[*TITLE, *first, *second]]), tmp_path)
    assert found.text == f"{LEAD}\n\n{NEXT}"


def test_the_title_is_the_articles_and_the_paper_above_it_the_publisher(tmp_path: Path) -> None:
    page = [Put("The Velm Courier", 60, 60, 34, True), *TITLE, *column(LEAD, 60, 200, 80), *column(NEXT, 60, 260, 80)]
    found = taken(pdf([page]), tmp_path)
    assert (found.title, found.publisher) == ("Velm gives up its bridge", "The Velm Courier")
    assert "Courier" not in found.text


def test_a_title_in_the_files_properties_counts_where_it_stands_on_the_page(tmp_path: Path) -> None:
    page = [Put("SPECIAL EDITION FOR THE REGION", 60, 60, 30), *TITLE, *column(LEAD, 60, 200, 80)]
    found = taken(pdf([page], {"Title": "Velm gives up its bridge | Velm Courier"}), tmp_path)
    assert (found.title, found.found["title"]) == ("Velm gives up its bridge", "pdf:Title")


def test_a_page_that_a_browser_printed_gives_its_address_and_the_time_of_printing(tmp_path: Path) -> None:
    page = [
        Put("12/7/21, 9:15 AM", 30, 20, 8),
        *TITLE,
        *column(LEAD, 60, 200, 80),
        Put("https://velm-courier.example/bridge", 30, 825, 8),
    ]
    facts = {"Producer": "Skia/PDF m120", "CreationDate": "D:20211207091500+01'00'"}
    path = tmp_path / "it"
    path.write_bytes(pdf([page], facts))
    (raw,) = find([path])
    assert isinstance(raw, RawCapture)
    assert raw.captured == "2021-12-07T09:15:00+01:00"
    found = extract(raw)
    assert found.url == "https://velm-courier.example/bridge"
    assert found.date is None, "the day of printing is not the day of publication"
    assert found.text == LEAD


def test_a_scan_without_a_text_layer_is_no_article(tmp_path: Path) -> None:
    found = taken(pdf([[], []]), tmp_path)
    assert found.no_article is not None
    assert "scan without a text layer" in found.no_article
    assert found.text == ""


def test_what_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    whole = pdf([[*TITLE]])
    assert "broken" in refused(whole[:200], tmp_path)
    assert "broken" in refused(pdf([]), tmp_path), "there are no pages in it"
    locked = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -64 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >> "
        b"/ID [<00> <00>]"
    )
    assert "password" in refused(pdf([[*TITLE]], tail=locked), tmp_path)


def test_a_text_that_only_mentions_the_mark_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "it"
    path.write_text(f"A file that begins with %PDF- is a PDF.\n\n{LEAD}\n")
    (raw,) = find([path])
    assert isinstance(raw, RawCapture)
    assert raw.format == "text"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_pdf_never_raises(data: st.DataObject) -> None:
    whole = bytearray(pdf([[*TITLE, *column(LEAD, 60, 200, 80)], [*column(NEXT, 60, 100, 80)]]))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    from dateline.records import content_id

    found = extract(RawCapture(id=content_id("c", "x"), data=bytes(whole), path="it", format="pdf"))
    assert all(found.text[part.start : part.end].strip() for part in found.parts)


def test_a_title_of_several_lines_is_one(tmp_path: Path) -> None:
    title = [
        Put("Velm gives up its old bridge after", 60, 100, 24, True),
        Put("cracks are found in two pillars", 60, 128, 24, True),
    ]
    found = taken(pdf([[*title, *column(LEAD, 60, 200, 80), *column(NEXT, 60, 260, 80)]]), tmp_path)
    assert found.title == "Velm gives up its old bridge after cracks are found in two pillars"
    assert found.text == f"{LEAD}\n\n{NEXT}"


def test_the_menus_of_a_web_page_that_was_printed_go(tmp_path: Path) -> None:
    menu = [
        Put(words, 60, 40 + 30 * i)
        for i, words in enumerate(["Home", "All our sections and topics", "Sign in or register"])
    ]
    teasers = [
        Put(f"{words} in pictures and in numbers", 60, 500 + 30 * i)
        for i, words in enumerate(["Bread", "Wine", "Cheese"])
    ]
    article = [
        *(put._replace(top=put.top + 80) for put in TITLE),
        *column(LEAD, 60, 240, 80),
        *column(NEXT, 60, 300, 80),
    ]
    facts = {"Producer": "Skia/PDF m120", "Title": "Velm gives up its bridge - Velm Courier"}
    found = taken(pdf([[*menu, *article, *teasers]], facts), tmp_path)
    assert found.title == "Velm gives up its bridge"
    assert found.text == f"{LEAD}\n\n{NEXT}"


def test_a_headline_that_differs_from_the_stated_title_is_the_title(tmp_path: Path) -> None:
    page = [Put("Most read", 60, 60, 30), *TITLE, *column(LEAD, 60, 200, 80), *column(NEXT, 60, 260, 80)]
    facts = {"Producer": "Skia/PDF m120", "Title": "Why Velm gives up its old bridge - Velm Courier"}
    assert taken(pdf([page], facts), tmp_path).title == "Velm gives up its bridge"
    facts["Title"] = "Ferry to run from January - Velm Courier"
    found = taken(pdf([[*page, Put("https://www.velm-courier.example/1", 30, 825, 8)]], facts), tmp_path)
    assert (found.title, found.found["title"]) == ("Ferry to run from January", "pdf:Title")
