"""The channel that a feed says an item came from is its origin, unless the text itself credits somebody."""

from __future__ import annotations

from pathlib import Path

from dateline.capture.extract import extract
from dateline.capture.find import find
from dateline.records import Extract, RawCapture

ITEM = """<item><title>{title}</title><link>https://hub.example/{name}</link><pubDate>Mon, 04 Mar 2024 09:00:00 GMT</pubDate>
{source}<description>{text}</description></item>"""
TEXT = (
    "The mayor of Port Ambry opened the night ferry on Monday and thanked the crews who had worked through the winter. "
    "About 200 people came to the quay, and the first boat left at nine in the evening for the islands in the sound."
)


def items(tmp_path: Path) -> dict[str, Extract]:
    rows = [
        ITEM.format(
            title="Night ferry opens",
            name="a",
            source='<source url="https://bay.example/rss">Bay Gazette</source>',
            text=TEXT,
        ),
        ITEM.format(title="Night ferry to open", name="b", source="", text=TEXT),
        ITEM.format(
            title="Ferry runs", name="c", source='<source url="https://hub.example/rss">Hub</source>', text=TEXT
        ),
        ITEM.format(
            title="Ferry",
            name="d",
            source='<source url="https://bay.example/rss">Bay Gazette</source>',
            text=f"PORT AMBRY (Reuters) - {TEXT}",
        ),
    ]
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Hub</title>{"".join(rows)}</channel></rss>'
    path = tmp_path / "feed.xml"
    path.write_text(feed, encoding="utf-8")
    found = [extract(capture) for capture in find([path]) if isinstance(capture, RawCapture)]
    return {str(each.url).rpartition("/")[2]: each for each in found}


def test_the_source_of_an_item_is_its_origin(tmp_path: Path) -> None:
    found = items(tmp_path)
    origin = found["a"].origin
    assert origin is not None
    assert (origin.name, origin.basis) == ("Bay Gazette", "source: Bay Gazette")
    assert found["a"].found["origin"] == "field"


def test_without_one_or_with_the_feeds_own_name_it_stays_unknown(tmp_path: Path) -> None:
    found = items(tmp_path)
    assert found["b"].origin is None
    assert found["c"].origin is None


def test_what_the_text_credits_counts_for_more(tmp_path: Path) -> None:
    origin = items(tmp_path)["d"].origin
    assert origin is not None
    assert origin.name == "Reuters"
