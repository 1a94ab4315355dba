from __future__ import annotations

from typing import Any

from lxml import html

from training.pages import pages


def test_pages_are_the_same_for_the_same_seed_and_hold_their_article_among_other_things() -> None:
    made = list(pages(6, seed=3))
    assert made == list(pages(6, seed=3))
    assert len({page.markup for page in made}) == 6
    for page in made:
        tree: Any = html.fromstring(page.markup)
        words = " ".join(tree.text_content().split())
        for paragraph in page.body.split("\n"):
            assert " ".join(paragraph.split()) in words
        assert len(words) > 1.1 * len(page.body)
