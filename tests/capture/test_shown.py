import pytest
from lxml import html

from dateline.capture.shown import shown

LONG = "The council of Velm voted on Monday to close the old bridge for good, after cracks were found in it. " * 8


def day(above: str = "", below: str = "", title: str | None = "Velm gives up its bridge") -> str | None:
    page = f"<html><body>{above}<h1>Velm gives up its bridge</h1>{below}<p>{LONG}</p></body></html>"
    found = shown(html.document_fromstring(page), title)
    return found.day if found else None


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("<div>6 May 2014</div>", "2014-05-06"),
        ("<p>Published: 06.05.2014 10:16 Uhr</p>", "2014-05-06"),
        ("<span>06.05.14</span>", "2014-05-06"),
        ("<span>2014年05月06日</span>", "2014-05-06"),
        ("<div><b>Date:</b> 06.05.2014 <span>- Ada Novak</span></div>", "2014-05-06"),
        ("<p>Updated: 6 May 2014</p>", None),
        ("<p><b>Last updated</b> 6 May 2014</p>", None),
        ("<div class='related-stories'><a>6 May 2014</a></div>", None),
        ("<p>On 6 May 2014 the engineers found the first of the cracks.</p>", None),
        ("<dl><dt>Joined</dt><dd>6 May 2014</dd></dl>", None),
        ("<script>6 May 2014</script>", None),
        (f"<p>{LONG}</p><p>6 May 2014</p>", None),
    ],
)
def test_the_date_below_the_headline(below: str, expected: str | None) -> None:
    assert day(below=below) == expected


def test_a_date_just_above_the_headline_counts_where_none_stands_below() -> None:
    assert day(above="<small>6 May 2014</small>") == "2014-05-06"
    assert day(above="<small>6 May 2014</small>", below="<small>7 May 2014</small>") == "2014-05-07"
    assert day(above=f"<p>6 May 2014</p><p>{LONG}</p>") is None


def test_without_a_headline_there_is_none() -> None:
    assert shown(html.document_fromstring("<p>6 May 2014</p>"), None) is None
