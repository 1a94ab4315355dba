import pytest

from dateline.capture.country import country_of
from dateline.capture.extract import extract
from dateline.capture.streams import capture
from tests.capture.test_html import BODY, page


@pytest.mark.parametrize(
    ("url", "locale", "country"),
    [
        ("https://velm.co.uk/bridge", None, "GB"),
        ("https://www.velm.ie/bridge", "en_US", "IE"),
        ("https://web.archive.org/web/20210101000000/https://velm.ca/bridge", None, "CA"),
        ("https://velm.tv/bridge", None, None),
        ("https://velm.example/bridge", "de_AT", "AT"),
        ("https://velm.example/bridge", "de-CH", "CH"),
        ("https://velm.example/bridge", "en_US", None),
        ("https://velm.example/bridge", "de", None),
        ("https://velm.eu/bridge", None, None),
        ("https://192.0.2.1/bridge", None, None),
        (None, None, None),
    ],
)
def test_the_country_of_a_paper(url: str | None, locale: str | None, country: str | None) -> None:
    assert country_of(url, locale) == country


def test_an_extract_says_where_its_country_was_found() -> None:
    head = "<meta property='og:locale' content='de_AT'>"
    made = extract(capture(page(f"<article>{BODY}</article>", head).encode(), "", "html", url="https://velm.example/b"))
    assert (made.country, made.found["country"]) == ("AT", "page")
    made = extract(capture(page(f"<article>{BODY}</article>", head).encode(), "", "html", url="https://velm.ie/b"))
    assert (made.country, made.found["country"]) == ("IE", "address")
    assert extract(capture(BODY.encode(), "", "html")).country is None
