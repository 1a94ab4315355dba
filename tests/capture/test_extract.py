import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.capture.extract import extract
from dateline.capture.streams import capture
from dateline.records import Extract

LEAD = "The council of Velm voted on Monday to close the old bridge for good, after an engineer found cracks in two pillars."
NEXT = "Mayor Ada Novak said the decision had been hard. “Nobody likes to walk an hour for bread,” she told reporters."


def check(found: Extract) -> None:
    for part in found.parts:
        assert found.text[part.start : part.end].strip() == found.text[part.start : part.end] != ""
    assert "\n\n".join(found.text[p.start : p.end] for p in found.parts) == found.text
    assert found.headings == [found.text[p.start : p.end] for p in found.parts if p.kind == "heading"]
    msgspec.json.encode(found)


def test_a_scrape() -> None:
    text = f"date 2021-12-06 {LEAD}\n\nCracks in two pillars\n\n{NEXT}\n\nBy Ada Novak, Per Lind"
    found = extract(capture(text.encode(), "x.txt", "text"))
    check(found)
    assert found.text == f"{LEAD}\n\nCracks in two pillars\n\n{NEXT}"
    assert (found.date, found.authors, found.language, found.path) == (
        "2021-12-06",
        ["Ada Novak", "Per Lind"],
        "en",
        "x.txt",
    )
    assert found.found == {"date": "leading date stamp", "authors": "byline at the end", "language": "text"}
    assert found.no_article is None


def test_a_credit_below_the_text_is_its_origin() -> None:
    found = extract(capture(f"{LEAD}\n{NEXT}\n(QPA)".encode(), "", "text"))
    assert found.text.endswith("she told reporters.")
    assert found.origin is not None
    assert (found.origin.name, found.origin.basis, found.own_reporting) == ("QPA", "(QPA)", False)


def test_a_row_counts_before_what_its_text_says() -> None:
    fields: dict[str, str | list[str] | None] = {
        "text": f"By Per Lind date 2020-01-01 {LEAD}\n{NEXT}",
        "title": "Velm gives up its bridge | Velm Courier",
        "authors": ["Ada Novak", "Newsroom"],
        "date": "2021-12-06T10:30:00Z",
        "publisher": "Velm Courier",
        "url": "https://velm.example/1",
    }
    found = extract(capture(b"{}", "", "mapped", fields=fields))
    check(found)
    assert found.text.startswith(LEAD)
    assert (found.title, found.authors, found.date) == ("Velm gives up its bridge", ["Ada Novak"], "2021-12-06")
    assert (found.published, found.url) == ("2021-12-06T10:30:00+00:00", "https://velm.example/1")


def test_a_date_that_is_no_date_stays_unknown() -> None:
    found = extract(capture(b"{}", "", "mapped", fields={"text": LEAD, "date": "the day before"}))
    assert found.date is None
    assert "date" not in found.found


def test_a_row_with_markup_in_its_text() -> None:
    found = extract(capture(b"{}", "", "mapped", fields={"text": f"<p>{LEAD}</p><p>{NEXT}</p><script>x()</script>"}))
    assert found.text == f"{LEAD}\n\n{NEXT}"


def test_an_empty_text_says_so() -> None:
    assert extract(capture(b" \n ", "", "text")).no_article == "there is no text in it"


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["html", "text"]))
def test_nothing_breaks_it(data: bytes, kind: str) -> None:
    check(extract(capture(data, "", "html" if kind == "html" else "text")))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div>", "<table>", "<td>", "<h1>", LEAD, "<!--", "<script>", "<figure>", "&#0;", "]]>"]
        ),
        max_size=20,
    )
)
def test_no_markup_breaks_it(pieces: list[str]) -> None:
    check(extract(capture("".join(pieces).encode(), "", "html")))
