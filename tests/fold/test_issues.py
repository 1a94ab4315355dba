"""Issues of one bulletin stay apart, edits of one report do not."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.fold.issues import two_issues
from dateline.fold.same import Body, same_report
from dateline.fold.words import prose
from tests.fold.bulletins import CASUALTIES, EDITS, MARKET, MATCHES, QUAKE, QUAKE_CORRECTED, WEATHER
from tests.fold.press import HARBOUR, SCHOOL, scanned, typeset

MONDAY, TUESDAY = "2031-03-03", "2031-03-04"
BULLETINS = {"casualties": CASUALTIES, "market": MARKET, "weather": WEATHER, "matches": MATCHES}
ISSUES = [
    pytest.param(one, other, id=f"{name} {i}{j}")
    for name, issues in BULLETINS.items()
    for (i, one), (j, other) in combinations(enumerate(issues), 2)
]


def same(one: str, other: str, day: str | None = None, another: str | None = None) -> bool:
    a, b = Body(one, day), Body(other, another)
    assert same_report(a, b) == same_report(b, a)
    return same_report(a, b)


@pytest.mark.parametrize(("one", "other"), ISSUES)
def test_issues_of_a_bulletin_are_reports_of_their_own(one: str, other: str) -> None:
    assert not same(one, other, MONDAY, TUESDAY)
    assert not same(one, other)


@pytest.mark.parametrize(("one", "other"), ISSUES)
def test_captures_of_an_issue_are_one_report(one: str, other: str) -> None:
    for text in (one, other):
        for copy in (typeset(text), text.upper(), scanned(text, share=0.02), f"Home\nNews\nSport\n{text}"):
            assert same(text, copy, MONDAY, TUESDAY)
            assert same(text, copy)


def test_bulletins_of_two_places_on_one_day() -> None:
    assert not same(MATCHES[0], MATCHES[1], MONDAY, MONDAY)
    assert not same(WEATHER[0], WEATHER[2], MONDAY, MONDAY)


def test_figures_brought_up_to_date_on_the_day_are_a_version() -> None:
    later = CASUALTIES[0]
    for old, new in (("3 civ", "4 civ"), ("11 were", "15 were"), ("5 people", "8 people"), ("23 or", "31 or"),
                     ("1204", "1205"), ("2877", "2881"), ("14 settlements", "16 settlements")):  # fmt: skip
        later = later.replace(old, new)
    assert same(CASUALTIES[0], later, MONDAY, MONDAY)


@pytest.mark.parametrize(("old", "new"), EDITS.values(), ids=EDITS.keys())
def test_an_edit_is_no_new_issue(old: str, new: str) -> None:
    assert same(old, new)
    assert same(old, new, MONDAY, MONDAY)
    assert same(old, new, MONDAY, TUESDAY)


def test_scans_and_strangers_are_no_issues() -> None:
    for one, other in ((QUAKE, scanned(QUAKE, share=0.05)), (HARBOUR, SCHOOL), (QUAKE, QUAKE_CORRECTED), ("", HARBOUR)):
        assert not two_issues((prose(one), MONDAY), (prose(other), TUESDAY))


@settings(deadline=None)
@given(st.text(alphabet="ab AB 12 .\n"), st.text(alphabet="ab AB 12 .\n"))
def test_any_two_texts_either_way(one: str, other: str) -> None:
    a, b = (prose(one), MONDAY), (prose(other), None)
    assert two_issues(a, b) == two_issues(b, a)
    assert not two_issues(a, a)
