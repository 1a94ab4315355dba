from __future__ import annotations

import pytest

from dateline.link.counts import counter, counting_words
from tests.link.build import Build


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The Dockers Union puts the number of the injured at 40.", "Dockers Union"),
        ("The Dockers Union, which keeps a list of its own, spoke of 40.", "Dockers Union"),
        ("The list of the Dockers Union has 40 names.", "Dockers Union"),
        ("Some 40 people were hurt, by the count of the Dockers Union.", "Dockers Union"),
        ("The Dockers Union's figure is 40.", "Dockers Union"),
        ("The Dockers Union reckons on 40.", "Dockers Union"),
        ("The Dockers Union met 40 people.", None),
        ("The mill sold 40 sacks, and the Dockers Union left.", None),
    ],
)
def test_who_counts(text: str, who: str | None) -> None:
    build = Build("r1", text)
    union = build.actor("Dockers Union", "organisation")
    start = text.index("40")
    assert counter(build.done(), start, start + 2) == (union if who else None)


def test_a_few_words_may_count() -> None:
    build = Build("r1", "The police put the figure at 40. After a long night in the hills of Tarn they put it at 50.")
    text = build.text
    assert counting_words(build.done(), text.index("40"), text.index("40") + 2) == "The police"
    assert counting_words(build.done(), text.index("50"), text.index("50") + 2) is None


def test_the_words_after_by_the_count_of_may_count() -> None:
    build = Build("r1", "Some 40 people marched, by the count of the harbour police; the union spoke of 70.")
    start = build.text.index("40")
    assert counting_words(build.done(), start, start + 2) == "harbour police"
