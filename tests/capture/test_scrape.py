"""The article in dumps of whole pages, of an invented page in the ways in which programs dump them."""

from __future__ import annotations

import pytest

from dateline.capture.extract import extract
from dateline.capture.likelihood import describe, likelihoods, pieces
from dateline.capture.remains import lines
from dateline.capture.scrape import scrape_of
from dateline.capture.streams import capture
from dateline.records import Extract
from tests.capture.test_html import PARAGRAPHS

TITLE = "Velm gives up its bridge"
MENU = ["Home", "News", "Region", "Sport", "Letters", "Weather", "Obituaries", "Classifieds", "Newsletter", "Log in"]
RELATED = [
    "Bear seen in a suburb for the third time",
    "Baker of Velm wins the long race",
    "Rain keeps the market empty",
]
FOOT = ["About us", "Contact", "Terms of use", "Privacy", "Advertise", "Archive", "Jobs"]
STAMPS = ["By Ada Novak", "6 December 2021"]
RIGHTS = "© 2021 Velm Courier. All rights reserved."
COOKIES = (
    "We use cookies to give you the best experience on our website. By continuing you agree to our privacy policy."
)


def markdown() -> str:
    def links(names: list[str]) -> str:
        return "\n".join(f"* [{name}](https://velm.example/{i})" for i, name in enumerate(names))

    return (
        f"{COOKIES} [More](/privacy)\n\n{links(MENU)}\n\n# {TITLE}\n\n{STAMPS[0]}\n\n{STAMPS[1]}\n\n[Share](/s) [Print](/p)\n\n"
        + "\n\n".join(PARAGRAPHS[:3])
        + f"\n\n## What comes instead\n\n{PARAGRAPHS[3]}\n\n[{PARAGRAPHS[4][:24]}](/flood){PARAGRAPHS[4][24:]}\n\n"
        + f"### Related stories\n\n{links(RELATED)}\n\n### Sections\n\n{links(FOOT)}\n\n{RIGHTS}\n"
    )


def plain() -> str:
    above = [f"{TITLE} | Velm Courier", *MENU, "", TITLE, *STAMPS, "Share", "Print", ""]
    below = ["", "Related stories", *RELATED, "", *FOOT, RIGHTS, COOKIES]
    return "\n".join([*above, *PARAGRAPHS, *below])


def one_line() -> str:
    return " ".join(plain().split())


def found(text: str) -> Extract:
    return extract(capture(text.encode(), "x.txt", "text"))


@pytest.mark.parametrize("dump", [markdown, plain])
def test_the_article_in_a_dump(dump: object) -> None:
    assert callable(dump)
    made = found(dump())
    assert [part for part in made.text.split("\n\n") if part != "What comes instead"] == PARAGRAPHS
    assert (made.title, made.date, made.authors) == (TITLE, "2021-12-06", ["Ada Novak"])
    assert made.no_article is None


def test_headings_of_a_dump() -> None:
    assert found(markdown()).headings == ["What comes instead"]


def test_the_article_in_one_line() -> None:
    made = found(one_line())
    assert all(text in made.text.replace("\n\n", " ") for text in PARAGRAPHS[1:])
    assert "Obituaries" not in made.text
    assert "Privacy" not in made.text


def test_an_article_that_stands_there_twice_is_taken_once() -> None:
    made = found(markdown() + "\n\n" + "\n\n".join(PARAGRAPHS))
    assert made.text.count(PARAGRAPHS[2]) == 1


def test_a_page_of_links_has_no_article() -> None:
    links = "\n".join(f"* [{head} number {i}](https://velm.example/{i})" for i in range(12) for head in RELATED)
    made = found(f"# Region\n\n{links}\n")
    assert made.text == ""
    assert "without an article" in (made.no_article or "")


def test_an_article_alone_is_no_page() -> None:
    assert scrape_of("\n\n".join([TITLE, *STAMPS, *PARAGRAPHS])) is None
    assert scrape_of("\n\n".join(PARAGRAPHS)) is None
    assert scrape_of("") is None


def test_every_line_is_weighed_in_the_same_way_again() -> None:
    rows = pieces(lines(markdown()))
    assert len(describe(rows)) == len(rows)
    weighed = likelihoods(rows)
    assert ((weighed >= 0) & (weighed <= 1)).all()
    assert (weighed == likelihoods(rows)).all()
    assert len(likelihoods([])) == 0
