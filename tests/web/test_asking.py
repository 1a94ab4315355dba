from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from dateline.archive.browse import FACETS
from dateline.errors import ReadingError
from dateline.web.asking import asked

VALUE = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def again(url: str) -> QueryParams:
    return QueryParams(urlsplit(url).query)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "about": VALUE,
            "since": VALUE,
            "place": VALUE,
            "status": VALUE,
            "actor": VALUE,
            "origin": VALUE,
            "min_origins": st.sampled_from(["1", "2", "17"]),
            "sort": st.sampled_from(["date", "-date", "origins"]),
        },
    ),
    st.integers(1, 99),
)
def test_an_address_says_all_that_is_asked(params: dict[str, str], page: int) -> None:
    first = asked("entries", QueryParams(params))
    second = asked("entries", again(first.url(page)))
    assert second.ask == first.ask
    assert second.page == page
    assert asked("entries", again(first.download("csv"))).ask == first.ask


def test_links_add_and_take_values() -> None:
    here = asked("entries", QueryParams("status=planned&about=A+%26+B"))
    more = asked("entries", again(here.with_("status", "denied")))
    assert more.chosen("status") == ("planned", "denied")
    assert more.ask.about == "A & B"
    assert asked("entries", again(more.less("status", "planned"))).chosen("status") == ("denied",)
    assert asked("entries", again(here.with_("place", "Ostrel"))).ask.place == "Ostrel"
    assert asked("entries", again(here.less("place", "Ostrel"))).ask.place is None
    assert "about" not in here.but(about="")
    assert here.url().startswith("/?")
    assert asked("events", QueryParams()).download("json") == "/events.json"
    assert asked("entries", QueryParams()).download("json") == "/chronicle.json"


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=x", "page=99999999999999999999", "min_origins=²", "sort=views"]
)
def test_what_cannot_be_asked_is_refused(query: str) -> None:
    with pytest.raises(ReadingError):
        asked("entries", QueryParams(query))


def test_a_facet_of_another_list_means_nothing() -> None:
    assert "unit" not in FACETS["entries"]
    assert asked("entries", QueryParams("unit=people&x=1")).ask.terms == ()
    assert not asked("entries", QueryParams("about=++")).narrowed
