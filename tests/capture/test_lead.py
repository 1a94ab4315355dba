import pytest
from lxml import html

from dateline.capture.lead import lead_of

LEAD = "The old bridge of Velm is shut for good, the council decided on Monday."
BODY = ["An engineer had found cracks in two of the pillars, and nobody wanted to pay for the mending of them.", "End."]
META = f'<meta name="description" content="{LEAD}">'


def lead(between: str, head: str = "", body: list[str] = BODY) -> str | None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in body)
    page = f"<html><head>{head}</head><body><h1>Velm gives up its bridge</h1>{between}<div>{text}</div></body></html>"
    return lead_of(html.document_fromstring(page), "Velm gives up its bridge", body)


def test_a_lead_is_known_by_its_class_or_by_the_description() -> None:
    assert lead(f"<div class='article-intro'><p>{LEAD}</p></div>") == LEAD
    assert lead(f"<div class='x'><p>{LEAD}</p></div>", META) == LEAD
    assert lead(f"<div class='x'><p>{LEAD}</p></div>") is None


@pytest.mark.parametrize(
    "between",
    [
        f"<h2>{LEAD}</h2>",
        f"<p class='subtitle'>{LEAD}</p>",
        f"<p class='intro'>{LEAD.rstrip('.')}</p>",
        f"<p class='intro'>{LEAD.rstrip('.')} ...</p>",
        f"<div class='related'><p>{LEAD}</p></div>",
        f"<a href='/x'><span>{LEAD}</span></a>",
        "<p class='intro'>Too short.</p>",
        "",
    ],
)
def test_second_headlines_and_teasers_are_none(between: str) -> None:
    assert lead(between, META) is None


def test_a_lead_that_the_body_holds_is_not_taken_twice() -> None:
    assert lead(f"<p class='intro'>{LEAD}</p>", META, [LEAD, *BODY]) is None


def test_what_stands_below_the_first_paragraph_is_none() -> None:
    assert lead(f"<p>{BODY[0]}</p><p class='intro'>{LEAD}</p>", META) is None
