from __future__ import annotations

from typing import Any

from lxml import html

from dateline.archive.archive import Archive


def test_a_notebook_shows_a_chronicle_as_words_in_a_table(archive: Archive) -> None:
    chronicle = archive.chronicle()
    shown = chronicle._repr_html_()
    tree: Any = html.fromstring(shown)
    assert [each.tag for each in tree.iter("script", "img")] == []
    assert len(tree.xpath("//tbody/tr")) == len(chronicle)
    first = [cell.text_content() for cell in tree.xpath("//tbody/tr[1]/td")]
    assert first == ["2024-03-04", "happened", chronicle[0].text, "2", "2"]
