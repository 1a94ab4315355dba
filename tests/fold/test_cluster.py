from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.fold.cluster import fold
from tests.fold.press import HARBOUR, MENU, SCHOOL, scanned, typeset

PILE = {
    "h-copy": HARBOUR,
    "h-page": MENU + HARBOUR,
    "h-scan": scanned(HARBOUR),
    "h-start": HARBOUR[: len(HARBOUR) // 3],
    "s-copy": SCHOOL,
    "s-type": typeset(SCHOOL),
    "none": "",
    "word": "Velmora",
}


def test_reports_of_a_pile() -> None:
    reports = fold(PILE.items())
    assert {name for name, report in reports.items() if report == "h-copy"} == {"h-copy", "h-page", "h-scan", "h-start"}
    assert {name for name, report in reports.items() if report == "s-copy"} == {"s-copy", "s-type"}
    assert reports["none"] == "none"
    assert reports["word"] == "word"


def test_an_empty_pile() -> None:
    assert fold([]) == {}


@settings(max_examples=25, deadline=None)
@given(st.permutations(sorted(PILE)))
def test_the_order_does_not_matter(names: list[str]) -> None:
    assert fold((name, PILE[name]) for name in names) == fold(PILE.items())
