import json
import time

import pytest

from dateline.capture.extract import extract
from dateline.capture.html import examine
from dateline.capture.streams import capture

PARAGRAPHS = [
    "The council of Velm voted on Monday to close the old bridge for good, after an engineer found cracks in two pillars.",
    "Mayor Ada Novak said the decision had been hard. “Nobody likes to walk an hour for bread,” she told reporters in Velm.",
    "The ferry will run every half hour from Thursday, and school children will not have to pay for it, the council said.",
    "A new bridge would cost about 12 million crowns. The money is to come from the regional fund, which has yet to agree.",
    "The old bridge was finished in 1931 by masons from the town. A flood took away one of its pillars in April 2013.",
]
BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{body}</body></html>"


def texts(body: str, head: str = "", **options: str) -> list[str]:
    return [text for _, text in examine(page(body, head), **options).blocks]


def test_the_article_without_what_stands_around_it() -> None:
    around = """
      <div id="consent"><p>We and our 214 partners store cookies on your device.</p><button>Accept all</button></div>
      <nav><ul><li><a href="/w">World</a></li><li><a href="/s">Sport</a></li></ul></nav>
      <article><p class="kicker">REGION / URGENT</p><h1>Velm gives up its bridge</h1><p class="by">By Ada Novak</p>
      {body}<p>(Quill Press Agency)</p></article>
      <aside class="more"><h2>Most read</h2><ul><li><a href="/1">Bear seen in suburb for third time</a></li></ul></aside>
      <footer><p>© 2021 Velm Courier. All rights reserved.</p></footer>"""
    found = examine(page(around.format(body=BODY), "<title>Velm gives up its bridge | Velm Courier</title>"))
    assert [text for _, text in found.blocks[:5]] == PARAGRAPHS
    assert found.title == "Velm gives up its bridge"
    assert found.authors == ["Ada Novak"]


def test_headings_are_kept_as_headings() -> None:
    body = BODY.replace("<p>The ferry", "<h2>What comes instead</h2><p>The ferry")
    assert ("heading", "What comes instead") in examine(page(f"<article>{body}</article>")).blocks


def test_paragraphs_written_as_divisions() -> None:
    soup = "".join(f"<div class='par'>{text}</div>" for text in PARAGRAPHS)
    menu = "<div class='nav'><a>Home</a> <a>Programmes</a></div>"
    foot = (
        "<div class='hd'>Tonight</div><div>19.05 The Long Table</div><div class='ft'>Radio Velm. Fee number 0800.</div>"
    )
    assert texts(f"{menu}<div><div class='tx'>{soup}</div></div><div>{foot}</div>") == PARAGRAPHS


def test_an_article_in_chunks() -> None:
    first = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:3])
    second = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[3:])
    chunks = f"<div class='chunk'>{first}</div><div class='ad'>Advertisement</div><div class='chunk'>{second}</div>"
    assert texts(f"<article><div>{chunks}</div></article>") == PARAGRAPHS


def test_metadata_from_linked_data() -> None:
    data = {
        "@graph": [
            {"@type": "WebPage", "name": "x"},
            {"@type": "NewsArticle", "headline": "Velm gives up its bridge", "datePublished": "2021-12-06T10:30:00+01:00",
             "dateModified": "2021-12-08T08:00:00+01:00", "author": [{"@type": "Person", "name": "Ada Novak"}],
             "publisher": {"@id": "#paper"}},
            {"@type": "Organization", "@id": "#paper", "name": "Velm Courier"},
        ]
    }  # fmt: skip
    head = f"<script type='application/ld+json'>{json.dumps(data)}</script><title>Velm gives up its bridge - Velm Courier</title>"
    found = examine(page(f"<article><h1>Velm gives up its bridge</h1>{BODY}</article>", head))
    assert (found.title, found.authors, found.publisher) == ("Velm gives up its bridge", ["Ada Novak"], "Velm Courier")
    assert found.moment == ("2021-12-06", "2021-12-06T10:30:00+01:00")
    assert found.found["date"] == "json-ld"


def test_broken_linked_data_is_passed_over() -> None:
    head = (
        "<script type='application/ld+json'>{broken</script><script type='application/ld+json'>"
        + "[" * 5000
        + "</script>"
        "<meta property='article:published_time' content='2021-12-06'>"
    )
    assert examine(page(BODY, head)).moment == ("2021-12-06", "2021-12-06")


def test_the_site_is_no_part_of_the_title() -> None:
    head = "<title>Velm Courier: Velm gives up its bridge</title>"
    body = f"<h1><a href='/'>Velm Courier</a></h1><h3 class='entry-title'>Velm gives up its bridge</h3>{BODY}"
    assert examine(page(body, head)).title == "Velm gives up its bridge"
    head = "<title>A long night | Velm Courier</title><meta property='og:site_name' content='Velm Courier'>"
    assert examine(page(BODY, head)).title == "A long night"


def test_no_publication_date_after_the_capture() -> None:
    head = "<meta name='date' content='2024-01-01'>"
    found = examine(page(f"<article>{BODY}</article>", head), captured="2021-12-07T08:00:00Z")
    assert found.moment is None or found.moment.day <= "2021-12-08"
    assert found.moment is None or found.moment.day != "2024-01-01"


def test_the_local_day_where_only_utc_is_stated() -> None:
    head = "<meta property='article:published_time' content='2021-12-07T02:10:00Z'>"
    found = examine(page(BODY, head), url="https://velm.example/2021/12/06/bridge")
    assert found.moment == ("2021-12-06", "2021-12-06")


def test_a_year_alone_makes_no_publication_day() -> None:
    found = examine(page(f"<article>{BODY}</article><footer>Copyright 2016 Velm Courier</footer>"))
    assert found.moment is None


def test_the_paper_behind_a_byline_is_no_author() -> None:
    head = "<meta property='og:site_name' content='Velm Courier'>"
    found = examine(page(f"<h1>A long night</h1><span>By Ada Novak, Velm Courier, Old Town</span>{BODY}", head))
    assert found.authors == ["Ada Novak"]


def test_captions_and_galleries_are_side_matter() -> None:
    figure = "<figure><img src='x.jpg'><figcaption>The old bridge of Velm in winter. <small>Photo: Per Lind/QPA</small></figcaption></figure>"
    slides = "".join(
        f"<figure><figcaption><b>{title}</b> {text}</figcaption></figure>"
        for title, text in [
            ("Masons at work", "Velm, 14 November 2013. Masons mend a pillar after the flood of spring."),
            ("A path of ice", "Velm, April 2014. People walk over the frozen river to buy bread."),
        ]
    )
    box = "<aside class='factbox'><h3>The bridge in figures</h3><ul><li>Built in 1931</li><li>Four pillars of granite</li></ul></aside>"
    body = f"<article>{figure}{BODY}{box}<section class='gallery'><h2>Five seasons</h2>{slides}</section></article>"
    found = examine(page(body))
    assert [text for _, text in found.blocks] == PARAGRAPHS
    side = {(item.title, item.date): item.text for item in found.side}
    assert side[(None, None)] == "The old bridge of Velm in winter."
    assert side["Masons at work", "2013-11-14"].startswith("Velm, 14 November 2013.")
    assert side["A path of ice", "2014-04"].endswith("to buy bread.")
    assert side["The bridge in figures", None] == "Built in 1931\n\nFour pillars of granite"


def test_side_matter_right_behind_the_article_is_its_own() -> None:
    gallery = "<section class='gallery'><h2>Velm by water</h2>" + "".join(
        f"<figure><figcaption>{text}</figcaption></figure>"
        for text in ("The ferry leaves for the first time, 3 May 2014", "Anglers wait below the mill, June 2016")
    )
    dates = "<aside class='factbox'><h3>Key dates</h3><ul><li>1931: Bridge opens</li><li>2013: Flood takes a pillar</li></ul></aside>"
    others = "<aside class='most-read'><ul><li>Bear seen in suburb for the third time this week</li></ul></aside>"
    beyond = "<section class='gallery'><p>Pictures of another story, of a bear that was seen in a suburb</p></section>"
    found = examine(page(f"<article>{BODY}</article>{gallery}</section>{dates}{others}{beyond}"))
    assert [text for _, text in found.blocks] == PARAGRAPHS
    assert [(item.title, item.text) for item in found.side] == [
        ("Velm by water", "The ferry leaves for the first time, 3 May 2014"),
        ("Velm by water", "Anglers wait below the mill, June 2016"),
        ("Key dates", "1931: Bridge opens\n\n2013: Flood takes a pillar"),
    ]


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<h1>Page not found</h1><p>Try the search.</p>", "error page"),
        ("<h1>403 Forbidden</h1>", "error page"),
        ("<h1>A long night</h1><p>Subscribe to continue reading.</p>", "paywall"),
        ("<p> </p>", "no article text"),
    ],
)
def test_pages_without_an_article_say_why(html: str, reason: str) -> None:
    found = examine(page(html))
    assert found.blocks == []
    assert reason in (found.no_article or "")


def test_an_index_page() -> None:
    teasers = "".join(
        f"<div class='teaser'><h2><a href='/{i}'>Some headline about number {i}</a></h2><p>Two short words. <a>More</a></p></div>"
        for i in range(20)
    )
    found = examine(page(f"<h1>Region</h1>{teasers}"), url="https://velm.example/region/")
    assert found.no_article is not None


def test_hostile_pages_are_bounded() -> None:
    started = time.monotonic()
    deep = examine("<div>" * 20_000 + "x" + "</div>" * 20_000)
    wide = examine("<p>" + "<b>x</b>" * 20_000)
    assert time.monotonic() - started < 60
    assert deep.no_article is not None or deep.blocks is not None
    assert wide.found is not None


def test_nothing_is_executed_or_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a page made the program use the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    head = "<base href='http://velm.example/'><link rel='stylesheet' href='x.css'><script src='http://velm.example/x.js'></script>"
    entity = '<!DOCTYPE html [<!ENTITY x SYSTEM "http://velm.example/x">]>'
    assert examine(entity + page(f"<iframe src='http://velm.example'></iframe><article>{BODY}</article>", head)).blocks


STATED = '<meta property="article:published_time" content="2024-02-09T02:11:03+00:00">'


def dated(head: str, line: str) -> str | None:
    found = examine(page(f"<article><h1>Velm gives up its bridge</h1>{line}{BODY}</article>", head))
    return found.moment.day if found.moment else None


def test_the_day_that_the_paper_shows() -> None:
    assert dated("", "<div>8 February 2024</div>") == "2024-02-08"
    # the paper's own day, where the stated time is in UTC
    assert dated(STATED, "<div>8 February 2024</div>") == "2024-02-08"
    assert dated(STATED, "<div>3 February 2024</div>") == "2024-02-09"
    # a field that may be of a change
    assert dated('<meta name="date" content="2024-02-12">', "<div>8 February 2024</div>") == "2024-02-08"
    # a day that cannot be decided
    assert dated('<meta name="date" content="02/08/2024 12:00">', "<div>08.02.2024</div>") == "2024-02-08"


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("<p><strong>Author:</strong> Ada Novak<br><b>Source:</b> Orun</p>", ["Ada Novak"]),
        ("<span>By </span><span>Ada Novak</span>", ["Ada Novak"]),
        ("<small>08.02.2024 | 13:10 | Ada Novak</small>", ["Ada Novak"]),
        ("<a rel='author' href='/a'>tlow</a>", ["tlow"]),
        ("<meta name='author' content='Velm Verlag GmbH'><p class='byline'>Ada Novak</p>", ["Ada Novak"]),
    ],
)
def test_authors_of_a_page(line: str, authors: list[str]) -> None:
    assert examine(page(f"<article><h1>Velm gives up its bridge</h1>{line}{BODY}</article>")).authors == authors


def test_who_signs_below_the_article() -> None:
    assert examine(page(f"<article>{BODY}<p><em>Ada Novak</em></p></article>")).authors == ["Ada Novak"]
    assert examine(page(f"<article><p><em>Ada Novak</em></p>{BODY}</article>")).authors == []


def test_the_field_that_names_all_authors() -> None:
    head = """<script type="application/ld+json">{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Ada Novak"}}</script>
      <meta name="author" content="Ada Novak, Per Lind">"""
    assert examine(page(f"<article>{BODY}</article>", head)).authors == ["Ada Novak", "Per Lind"]


def test_a_page_that_was_published_elsewhere_first() -> None:
    head = "<link rel='canonical' href='https://orun.example/2021/bridge'>"
    taken = extract(
        capture(page(f"<article>{BODY}</article>", head).encode(), "", "html", url="https://velm.test/bridge")
    )
    assert taken.origin is not None
    assert (taken.origin.name, taken.origin.basis) == ("orun.example", "https://orun.example/2021/bridge")
    assert (taken.own_reporting, taken.found["origin"], taken.url) == (
        False,
        "canonical",
        "https://orun.example/2021/bridge",
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://m.orun.example/bridge",
        "https://www.orun.co.uk/bridge",
        "https://web.archive.org/web/20210101000000/x",
        None,
    ],
)
def test_a_site_under_another_host_is_the_same(url: str | None) -> None:
    head = "<link rel='canonical' href='https://orun.example/2021/bridge'>"
    taken = extract(capture(page(f"<article>{BODY}</article>", head).encode(), "", "html", url=url))
    assert taken.origin is None


def test_a_desk_of_the_paper_is_no_author() -> None:
    head = "<meta property='og:site_name' content='QPA'><meta name='author' content='Ada Novak, QPA Business'>"
    assert examine(page(f"<article>{BODY}</article>", head)).authors == ["Ada Novak"]
