import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.fold import cluster
from dateline.fold.cluster import LIMIT, fold
from dateline.fold.same import Body, same_report
from tests.fold.bulletins import CASUALTIES, WEATHER
from tests.fold.pile import NOTICE, text
from tests.fold.press import HARBOUR, MENU, SCHOOL, scanned, typeset

PILE = {
    "h-copy": HARBOUR,
    "h-page": MENU + HARBOUR,
    "h-scan": scanned(HARBOUR),
    "h-start": HARBOUR[: len(HARBOUR) // 3],
    "s-copy": SCHOOL,
    "s-type": typeset(SCHOOL),
    "none": "",
    "none-2": " … ",
    "word": "Velmora",
}
BODIES = {name: Body(text) for name, text in PILE.items()}


def test_reports_of_a_pile() -> None:
    reports = fold(BODIES.items())
    assert {name for name, report in reports.items() if report == "h-copy"} == {"h-copy", "h-page", "h-scan", "h-start"}
    assert {name for name, report in reports.items() if report == "s-copy"} == {"s-copy", "s-type"}
    assert (reports["none"], reports["none-2"]) == ("none", "none-2")
    assert reports["word"] == "word"


def test_an_empty_pile() -> None:
    assert fold([]) == {}


@settings(max_examples=25, deadline=None)
@given(st.permutations(sorted(PILE)))
def test_the_order_does_not_matter(names: list[str]) -> None:
    assert fold((name, Body(PILE[name])) for name in names) == fold(BODIES.items())


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Counter[bool]:
    """How many pairs were compared, and what came of it."""
    count: Counter[bool] = Counter()

    def counted(a: Body, b: Body) -> bool:
        same = same_report(a, b)
        count[same] += 1
        return same

    monkeypatch.setattr(cluster, "same_report", counted)
    return count


def test_copies_are_not_compared_at_all(compared: Counter[bool]) -> None:
    reports = fold((f"{i}", Body(text(1))) for i in range(20 * LIMIT))
    assert set(reports.values()) == {"0"}
    assert not compared


def test_a_report_of_many_wordings_takes_no_more_than_its_size(compared: Counter[bool]) -> None:
    rng = random.Random(1)
    size = 8 * LIMIT
    wordings = [f"{text(1)} Seen {rng.randrange(10**6)} times by {i} readers." for i in range(size)]
    reports = fold((f"{i}", Body(wording)) for i, wording in enumerate(wordings))
    assert set(reports.values()) == {"0"}
    assert sum(compared.values()) < 2 * size


def test_a_notice_under_many_reports_makes_no_explosion(compared: Counter[bool]) -> None:
    size = 16 * LIMIT
    reports = fold((f"{i}", Body(f"{text(i)} {NOTICE}")) for i in range(size))
    assert len(set(reports.values())) == size
    assert sum(compared.values()) < 2 * LIMIT * size


def test_issues_of_bulletins_stay_apart_in_a_pile() -> None:
    texts = [*CASUALTIES, *WEATHER]
    pile = [(f"{i}{kind}", Body(kind + each)) for i, each in enumerate(texts) for kind in ("", MENU, "Sport. ")]
    reports = fold(pile)
    assert {id: report[0] for id, report in reports.items()} == {id: id[0] for id, _ in pile}
    assert len(set(reports.values())) == len(texts)
