from __future__ import annotations

import pytest

from dateline.chronicle.entries import entries
from dateline.chronicle.question import Question, select
from dateline.link.linker import link
from tests.link.build import Build


def _asked(**asked: object) -> list[str]:
    one = Build("r1", "Ilya Marchenko visited Tarn on Monday. The dam broke on Friday.", origin="Wire")
    visitor = one.actor("Ilya Marchenko")
    one.event("visited", "2024-02-05", actors=[visitor], place=one.place("Tarn"))
    one.event("broke", "2024-02-09")
    two = Build(
        "r2",
        "Ilia Martchenko went to Tarn on Monday. A vote is set for March. In 1999 the dam was built.",
        origin="own: Post",
    )
    two.event("went", "2024-02-05", actors=[two.actor("Ilia Martchenko")], place=two.place("Tarn"), type="CONSULT")
    two.event("vote", "2024-03", "planned")
    two.event("built", "1999", background=True)
    tellings = [one.done(), two.done()]
    linked = link(tellings)
    return [line.text for line in select(entries(linked, tellings), linked, Question(**asked))]  # type: ignore[arg-type]


def test_an_actor_is_found_by_any_of_its_names() -> None:
    assert _asked(about="Ilia Martchenko") == _asked(about="Ilya Marchenko") == _asked(about="marchenko")
    assert all("archenko" in text or "artchenko" in text for text in _asked(about="Ilya Marchenko"))


def test_words_must_all_be_there_in_any_form() -> None:
    assert _asked(about="dams") == ["In 1999 the dam was built.", "The dam broke on Friday."]
    assert _asked(about="dam building") == ["In 1999 the dam was built."]
    assert _asked(about="nothing of the kind") == []


def test_a_place_is_where_it_happened() -> None:
    assert all("Tarn" in text for text in _asked(place="Tarn"))
    assert _asked(place="Tarn")
    assert _asked(place="Velm") == []


def test_dates_count_by_what_they_cover() -> None:
    assert _asked(since="2024-03-15") == ["A vote is set for March."]
    assert _asked(until="2000") == ["In 1999 the dam was built."]
    assert _asked(since="2024-02-09", until="2024-02-09") == ["The dam broke on Friday."]


def test_status_and_origins() -> None:
    assert _asked(status="planned") == ["A vote is set for March."]
    assert all("Tarn" in text for text in _asked(min_origins=2))


@pytest.mark.parametrize("field", ["since", "until"])
def test_a_date_that_is_none_is_refused(field: str) -> None:
    with pytest.raises(ValueError, match=field):
        _asked(**{field: "soon"})
