"""Pages without an article, each an invented one of a kind that crawls are full of."""

from __future__ import annotations

import time

import pytest

from dateline.capture.extract import extract
from dateline.capture.streams import capture
from dateline.records import Extract
from tests.capture.test_html import BODY, PARAGRAPHS, page

MENU = "<nav>" + "".join(f"<a href='/{name}'>{name}</a> " for name in ("News", "Region", "Sport", "Letters")) + "</nav>"
HEADS = [
    "Council of Velm votes to close the old bridge",
    "Ferry to run every half hour from Thursday",
    "Bear seen in a suburb for the third time",
    "Masons look for a pillar that the flood took",
    "Orun to pay for new school on the hill",
    "Baker of Velm wins the long race again",
    "Rain keeps the market square empty at noon",
    "Two candidates left for the office of mayor",
    "Library asks readers to bring back old maps",
]


def teasers(text: str = "The council met on Monday. <a href='#'>More</a>") -> str:
    return "".join(f"<div><h3><a href='/{i}'>{head}</a></h3><p>{text}</p></div>" for i, head in enumerate(HEADS))


def found(body: str, head: str = "", url: str | None = None) -> Extract:
    return extract(capture(page(body, head).encode(), "x.html", "html", url=url))


@pytest.mark.parametrize(
    ("body", "head", "url", "reason"),
    [
        (f"{MENU}<h1>Page not found</h1><p>The page may have moved.</p>{teasers()}", "", None, "an error page"),
        (f"{MENU}<h1>Sorry, we can’t find that page</h1><p>Try again.</p>", "", None, "an error page"),
        (f"<h1>Search results for bridge</h1>{teasers()}", "", None, "a page of search results"),
        (f"<h1>Velm Courier</h1>{teasers()}", "", "https://velm.example/search?q=bridge", "a page of search results"),
        (f"{MENU}<h1>Region</h1>{teasers()}", "", "https://velm.example/region/", "an index page"),
        (f"{MENU}<h1>Region</h1>{teasers(PARAGRAPHS[0])}", "", None, "an index page"),
        ("<iframe src='https://velm.example/inner.html'></iframe>", "", None, "a page of frames"),
        (
            "<h1>Velm Courier</h1><form><input name='user'><input type='password' name='word'></form><p>Forgotten it?</p>",
            "",
            None,
            "a page to log in",
        ),
        ("<h1>A long night</h1><p>Subscribe now to continue reading this story.</p>", "", None, "a paywall"),
        (
            "<h1>Your privacy</h1><p>We and our 214 partners store cookies on your device.</p>"
            "<p>With your consent we use cookies for personalised advertising.</p><button>Accept all cookies</button>",
            "",
            None,
            "cookies",
        ),
        ("<div id='root'></div><script src='/app.js'></script>", "", None, "an empty shell"),
        (
            "<noscript>You need to enable JavaScript to run this app.</noscript><div id='app'></div>",
            "",
            None,
            "an empty shell",
        ),
        (
            "<h1>The ferry at dawn</h1><video src='/ferry.mp4'></video><p>01:32</p>",
            "<meta property='og:type' content='video.other'>",
            None,
            "a video without a text",
        ),
        (
            "<main><h1>Five seasons in Velm</h1>" + "<figure><img src='/x.jpg'></figure>" * 5 + "</main>",
            "",
            None,
            "5 pictures without a text",
        ),
    ],
)
def test_what_is_there_instead_is_said(body: str, head: str, url: str | None, reason: str) -> None:
    made = found(body, head, url)
    assert made.no_article is not None
    assert reason in made.no_article
    assert made.text == ""


def test_a_frameset() -> None:
    markup = "<html><head><title>Velm Courier</title></head><frameset cols='20%,80%'><frame src='a.html'><frame src='b.html'></frameset></html>"
    made = extract(capture(markup.encode(), "x.html", "html"))
    assert "a page of frames" in (made.no_article or "")


@pytest.mark.parametrize(
    "around",
    [
        "{body}<h2>Most read</h2>" + teasers(),
        "<form><input type='password'></form>{body}",
        "<p>Subscribe now to continue reading.</p>{body}",
        "<div>We use cookies. Our partners use cookies. Cookies need your consent.</div>{body}",
        "<noscript>Please enable JavaScript.</noscript><div id='root'>{body}</div>",
        "<video src='/x.mp4'></video>{body}",
        "<iframe src='https://velm.example/ad'></iframe>{body}",
        "<figure><img src='/x.jpg'></figure>" * 5 + "{body}",
    ],
)
def test_an_article_beside_it_stays_one(around: str) -> None:
    made = found(around.format(body=f"<article><h1>Velm gives up its bridge</h1>{BODY}</article>"))
    assert made.no_article is None
    assert PARAGRAPHS[2] in made.text


def test_a_short_notice_stays_an_article() -> None:
    made = found(
        f"{MENU}<article><h1>Bridge closed</h1><p>{PARAGRAPHS[0]}</p></article>",
        "<meta property='og:type' content='article'>",
    )
    assert made.no_article is None
    assert made.text == PARAGRAPHS[0]


def test_nesting_that_is_broken_loses_no_paragraph() -> None:
    broken = "<div><p><b>" + "</div><i><p>".join(PARAGRAPHS) + "</span></td></i><table><tr>"
    made = found(f"<article><h1>Velm gives up its bridge</article>{broken}")
    assert all(text in made.text for text in PARAGRAPHS)


def test_a_very_long_page_is_bounded_in_time() -> None:
    filler = "".join(f"<div class='x'><a href='/{i}'>Some headline about number {i}</a></div>" for i in range(15_000))
    started = time.process_time()
    made = found(f"<article><h1>Velm gives up its bridge</h1>{BODY}</article>{filler}")
    assert time.process_time() - started < 60
    assert PARAGRAPHS[0] in made.text
