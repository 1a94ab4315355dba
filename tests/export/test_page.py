from __future__ import annotations

import hashlib
from base64 import b64encode
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from dateline.archive.archive import Archive
from dateline.export.page import page, segments
from dateline.records import Pin


def rendered(archive: Archive) -> str:
    return "\n".join(page(archive.chronicle(), archive.text, "Lisbon <b>"))


def test_every_link_leads_to_the_words_it_rests_on(archive: Archive) -> None:
    tree: Any = html.fromstring(rendered(archive))
    links = [link.get("href") for link in tree.iter("a")]
    assert len(links) >= 10
    for link in links:
        assert link.startswith("#w-")
        assert len(tree.xpath("//*[@id=$id]", id=link[1:])) == 1


def test_the_text_at_an_anchor_begins_with_the_pins_words(archive: Archive) -> None:
    tree: Any = html.fromstring(rendered(archive))
    for entry in archive.chronicle():
        for pin in entry.pins:
            at = tree.get_element_by_id(f"w-{pin.report}-{pin.version}-{pin.start}-{pin.end}")
            text = at.text_content()
            assert pin.text.startswith(text.split("⟨")[0][: len(pin.text)])


def test_nothing_of_a_capture_becomes_markup_and_nothing_is_loaded(archive: Archive) -> None:
    written = rendered(archive)
    tree: Any = html.fromstring(written)
    assert [each.tag for each in tree.iter("script", "img", "iframe", "link", "object", "svg", "b")] == []
    assert not [name for each in tree.iter() for name in each.attrib if name.startswith("on") or name == "src"]
    assert "<script>alert(1)" in tree.text_content()  # as words
    assert "\u202e" not in written
    assert "⟨U+202E⟩" in written


def test_the_policy_allows_its_own_style_alone(archive: Archive) -> None:
    tree: Any = html.fromstring(rendered(archive))
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    style = tree.xpath("//style")[0].text
    assert "default-src 'none'" in policy
    assert f"'sha256-{b64encode(hashlib.sha256(style.encode()).digest()).decode()}'" in policy


def test_an_empty_chronicle_is_a_page(archive: Archive) -> None:
    assert "0 entries" in "\n".join(page(archive.chronicle("Nowhere at all"), archive.text))


@given(st.text(min_size=1, max_size=60), st.data())
def test_segments_give_back_the_text_whatever_the_pins(text: str, data: st.DataObject) -> None:
    pins = []
    for _ in range(data.draw(st.integers(0, 5))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        pins.append(Pin(report="r", version="v", start=start, end=end, text=text[start:end]))
    cut = segments(text, pins)
    assert "".join(each.text for each in cut) == text
    assert sum(len(each.text) for each in cut if each.marked) == len({i for p in pins for i in range(p.start, p.end)})
    assert sum(len(each.anchors) for each in cut) == len(pins)
