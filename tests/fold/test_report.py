import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.capture.extract import extract as read_capture
from dateline.fold.report import merge
from dateline.records import Extract, Part, RawCapture, SideMatter
from tests.fold.press import HARBOUR, MENU, extract, scanned, typeset

BOX = SideMatter(title="The piles", date="2031-04", text="Driven in 1904.\nOak from the hills.")
PHOTO = SideMatter(title=None, date=None, text="A diver surfaces beside the quay with a piece of wood.")
EDITED = HARBOUR.replace("18 million", "21 million")


def compose(capture: Extract) -> tuple[str, list[Part]]:
    """The text and the parts of the report of one capture."""
    version = merge([(capture, None)]).current
    return version.text, version.parts


def test_a_text_joins_body_and_side_matter() -> None:
    body = "One.\n\nA heading\n\nTwo."
    kinds = [(0, 4, "body"), (6, 15, "heading"), (17, 21, "body")]
    parts = [Part(start=a, end=b, kind=kind) for a, b, kind in kinds]  # type: ignore[arg-type]
    text, parts = compose(extract("a", body, parts=parts, side=[BOX, PHOTO]))
    assert text == f"{body}\n\nThe piles\n\nDriven in 1904.\n\nOak from the hills.\n\n{PHOTO.text}"
    assert [(text[p.start : p.end], p.kind, p.title, p.date) for p in parts] == [
        ("One.", "body", None, None),
        ("A heading", "heading", None, None),
        ("Two.", "body", None, None),
        ("The piles", "side_title", "The piles", "2031-04"),
        ("Driven in 1904.", "side", "The piles", "2031-04"),
        ("Oak from the hills.", "side", "The piles", "2031-04"),
        (PHOTO.text, "side", None, None),
    ]


def test_a_text_leaves_furniture_out() -> None:
    parts = [Part(start=0, end=4, kind="body"), Part(start=6, end=16, kind="furniture")]
    assert compose(extract("a", "One.\n\nSee also:!", parts=parts))[0] == "One."


@given(st.text(), st.lists(st.builds(SideMatter, title=st.none() | st.text(), date=st.none(), text=st.text())))
def test_the_parts_hold_the_words(body: str, side: list[SideMatter]) -> None:
    text, parts = compose(extract("a", body, side=side))
    assert "\n\n".join(text[part.start : part.end] for part in parts) == text
    assert all(text[part.start : part.end].strip() for part in parts)


def test_each_field_names_its_capture() -> None:
    report = merge(
        [
            (extract("a", authors=["Nora Quill"]), None),
            (extract("b", published="2031-11-03", title="Quay closed", side=[BOX]), None),
        ]
    )
    assert (report.published, report.from_["published"]) == ("2031-11-03", "b")
    assert (report.authors, report.from_["authors"]) == (["Nora Quill"], "a")
    assert (report.title, report.from_["title"]) == ("Quay closed", "b")
    assert "publisher" not in report.from_
    assert len(report.versions) == 1
    assert "Oak from the hills." in report.current.text


def test_the_origins_own_outlet_counts_first() -> None:
    report = merge(
        [
            (
                extract("a", title="Port shut!", publisher="Evening Post", published="2031-11-03", origin="North Wire"),
                None,
            ),
            (extract("b", title="Quay closed", publisher="North Wire", published="2031-11-04"), None),
        ]
    )
    assert (report.title, report.publisher) == ("Quay closed", "North Wire")
    assert report.published == "2031-11-03"
    assert report.origin is not None
    assert (report.origin.name, report.from_["origin"]) == ("North Wire", "a")


def test_an_origin_is_named_in_full() -> None:
    names = ["NWA", "NWA", "North Wire Agency"]
    report = merge([(extract(id, origin=name), None) for id, name in zip("abc", names, strict=True)])
    assert report.origin is not None
    assert (report.origin.name, report.from_["origin"]) == ("North Wire Agency", "c")


def test_without_it_the_earliest_does() -> None:
    report = merge(
        [
            (extract("a", title="Later", publisher="Evening Post", published="2031-11-05"), None),
            (extract("b", title="Sooner", publisher="Morning Post", published="2031-11-03T06:00:00Z"), None),
        ]
    )
    assert (report.title, report.publisher, report.published) == ("Sooner", "Morning Post", "2031-11-03T06:00:00Z")


def test_guesses_count_where_nothing_is_stated() -> None:
    guessed = extract("a", title="Evening Post", published="2031-11-03", found={"title": "first line"})
    stated = extract("b", title="Quay closed", publisher="Morning Post", published="2031-11-05")
    assert merge([(guessed, None), (stated, None)]).title == "Quay closed"
    assert merge([(guessed, None)]).title == "Evening Post"
    named = extract("c", title="Morning Post", published="2031-11-01")
    assert merge([(named, None), (stated, None)]).title == "Quay closed"
    dated = extract("a", published="2011-01-01", found={"date": "page (htmldate)"})
    assert merge([(dated, None), (stated, None)]).published == "2031-11-05"


def test_days_that_cannot_be_are_not_believed() -> None:
    stray = [
        (extract("a", published="1999-01-01"), None),
        (extract("b", published="2031-11-04"), "2031-11-04T10:00:00Z"),
        (extract("c", published="2031-11-05"), None),
        (extract("d", published="soon"), None),
    ]
    assert merge(stray).published == "2031-11-04"
    assert merge([(extract("a", published="2032-01-01"), "2031-11-04T10:00:00Z")]).published is None


@given(
    st.lists(st.tuples(st.dates().map(str) | st.text(), st.datetimes().map(str) | st.text()), min_size=1, max_size=4)
)
def test_no_date_breaks_a_report(dates: list[tuple[str, str]]) -> None:
    captures = [(extract(f"{i}", published=day), captured) for i, (day, captured) in enumerate(dates)]
    assert merge(captures) == merge(captures[::-1])


def test_an_edited_text_is_a_version() -> None:
    report = merge(
        [
            (extract("a", EDITED, published="2031-11-03T18:00:00Z"), None),
            (extract("b", HARBOUR, published="2031-11-03T09:00:00Z"), None),
            (extract("c", HARBOUR[: len(HARBOUR) // 3]), None),
        ]
    )
    assert [version.captures[0] for version in report.versions] == ["b", "a"]
    assert "21 million" in report.current.text


def test_the_title_heads_the_current_version() -> None:
    old = extract("a", title="Quay to cost 18 million", publisher="North Wire", published="2031-11-03T09:00:00Z")
    new = extract("b", EDITED, title="Quay to cost 21 million", publisher="Post", published="2031-11-03T18:00:00Z")
    report = merge([(old, None), (new, None)])
    assert (report.title, report.publisher) == ("Quay to cost 21 million", "North Wire")


def test_versions_appear_as_captured() -> None:
    captures = [
        (extract("a", EDITED), "2031-11-03T09:00:00+00:00"),
        (extract("b", HARBOUR), "2031-11-03T10:00:00+02:00"),
    ]
    assert [version.captures for version in merge(captures).versions] == [["b"], ["a"]]


def test_what_a_capture_does_makes_no_version() -> None:
    texts = [HARBOUR, typeset(HARBOUR), scanned(HARBOUR), HARBOUR[: len(HARBOUR) // 3]]
    report = merge([(extract(name, text), None) for name, text in zip("abcd", texts, strict=True)])
    assert [sorted(version.captures) for version in report.versions] == [["a", "b", "c", "d"]]
    assert report.from_["text"] in "ab"


def test_side_matter_of_all_captures_once() -> None:
    again = SideMatter(title="The piles", date=None, text="Driven in 1904. Oak from the hills.")
    report = merge([(extract("a", side=[BOX, PHOTO]), None), (extract("b", side=[again]), None)])
    assert [p.kind for p in report.current.parts].count("side_title") == 1


def test_no_captures_no_report() -> None:
    with pytest.raises(ValueError, match="capture"):
        merge([])


CAPTURES = [
    (extract("a", HARBOUR, title="One", publisher="Evening Post", published="2031-11-05", origin="North Wire"), None),
    (extract("b", EDITED, title="Two", publisher="North Wire", published="2031-11-04"), "2031-11-04T10:00:00Z"),
    (extract("c", typeset(HARBOUR), authors=["Nora Quill"], side=[BOX]), "2031-11-06"),
    (extract("d", scanned(EDITED), side=[PHOTO], own_reporting=False), None),
    (extract("e", HARBOUR[:500], published="2031-11-03"), None),
    (extract("f", MENU + HARBOUR, published="2031-11-03T08:00:00Z", authors=["N. Quill"]), None),
]


@settings(max_examples=30, deadline=None)
@given(st.permutations(CAPTURES))
def test_the_order_of_captures_does_not_matter(captures: list[tuple[Extract, str | None]]) -> None:
    assert merge(captures) == merge(CAPTURES)


def test_the_seeds() -> None:
    seeds = Path(os.environ.get("DATELINE_DATA", Path(__file__).parents[3] / "shared" / "data")).parent / "seeds"
    if not seeds.is_dir():
        pytest.skip("the seeds are not here")
    raws = [
        RawCapture(id=path.name[:3], data=path.read_bytes(), path=str(path), format="text")
        for path in seeds.glob("*.txt")
    ]
    report = merge([(read_capture(raw), None) for raw in raws])
    assert report.published == "2021-12-06"
    assert report.from_["published"] == "001"
    assert report.authors == ["Jan Walter", "Kevin Mertens"]
    assert report.from_["authors"] == "000"
    assert len(report.versions) == 1
    assert [p.kind for p in report.current.parts].count("side_title") == 9
    body = " ".join(report.current.text[p.start : p.end] for p in report.current.parts if p.kind in ("body", "heading"))
    assert body.endswith("in the face of possible aggression from Russia.")
