"""The sample press and its gold agree with each other; no step of the street is needed to see it."""

from __future__ import annotations

import gzip
import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from training import sample

HERE = Path(__file__).parent.parent
GOLD: dict[str, list[dict[str, Any]]] = json.loads(
    (HERE / "benchmarks" / "sample" / "gold.json").read_text(encoding="utf-8")
)
LEAST = {
    "captures": 36,
    "reports": 16,
    "entries": 25,
    "statements": 30,
    "figures": 12,
    "commitments": 6,
    "disputes": 4,
    "actors": 4,
}
FIELDS = {
    "captures": {"path", "report", "version"},
    "reports": {"id", "published", "title_contains", "authors", "publisher_any", "origin"},
    "entries": {"date", "words_any", "status", "origins", "place_any", "place_not_any"},
    "not_entries": {"date", "words_any", "status", "why"},
    "statements": {"report", "speaker_any", "words", "mode", "denial", "parent_speaker_any"},
    "not_statements": {"report", "words", "why"},
    "figures": {"of_any", "value", "bound", "claimant_any", "date", "near"},
    "commitments": {"words_any", "due", "kind", "outcome"},
    "not_commitments": {"words_any", "why"},
    "disputes": {"sides_any", "words_any"},
    "actors": {"name_any", "must_share", "must_not_share"},
}
MAY = {"key", "insertion", "roles_any", "pin_any", "unless_question"}


def plain(text: str) -> str:
    """Lower case, without tags, entities and quotation marks, single spaces."""
    text = html.unescape(re.sub(r"<[^>]*>", "", html.unescape(text)))
    return re.sub(r"\s+", " ", re.sub("[\"'“”‘’„«»]", "", text)).strip().lower()


def decoded(path: Path) -> str:
    """The characters of a file, decompressed."""
    data = path.read_bytes()
    data = gzip.decompress(data) if path.suffix == ".gz" else data
    return data.decode("cp1252" if path.suffix == ".htm" else "utf-8")


def press() -> list[Path]:
    """All files of the press."""
    return sorted(path for path in sample.PRESS.rglob("*") if path.is_file())


def printed() -> list[str]:
    """The characters of all captures, the crawl's pages taken from their sources."""
    files = [path for path in press() if path != sample.PRESS / sample.CRAWL]
    return [decoded(path) for path in [*files, *sorted((sample.SOURCES / "crawl").iterdir())]]


def source(capture: dict[str, Any]) -> str:
    """What a gold capture says, markup taken off but nothing else."""
    path, key = sample.PRESS / capture["path"], capture.get("key")
    if capture["path"] == sample.CRAWL:
        pages = json.loads((sample.SOURCES / "crawl.json").read_text(encoding="utf-8"))
        return decoded(sample.SOURCES / "crawl" / next(page["file"] for page in pages if page["url"] == key))
    if key is None:
        return decoded(path)
    if path.suffix == ".jsonl":
        return next(str(row["text"]) for row in map(json.loads, decoded(path).splitlines()) if row["source"] == key)
    if path.suffix == ".json":
        return next(str(item["content_html"]) for item in json.loads(decoded(path))["items"] if item["url"] == key)
    return next(item for item in re.split(r"</item>|</entry>", decoded(path)) if key in item)


TEXTS: dict[str, list[str]] = {}
for _capture in GOLD["captures"]:
    TEXTS.setdefault(_capture["report"], []).append(plain(source(_capture)))


def begins(text: str, words: list[str]) -> bool:
    """Whether a word of the text begins with one of the words."""
    return any(re.search(r"(?<!\w)" + re.escape(plain(word)), text) for word in words)


def somewhere(groups: list[list[str]]) -> bool:
    """Whether some capture has one word of each group within a stretch as long as a line may be."""
    for text in (text for texts in TEXTS.values() for text in texts):
        words = text.split()
        lines = (" ".join(words[start : start + 120]) for start in range(0, len(words), 30))
        if any(all(begins(line, group) for group in groups) for line in lines):
            return True
    return False


def test_every_gold_capture_is_there_and_is_listed_once() -> None:
    assert all((sample.PRESS / capture["path"]).is_file() for capture in GOLD["captures"])
    places = [(capture["path"], capture.get("key")) for capture in GOLD["captures"]]
    assert len(places) == len(set(places))
    assert {capture["report"] for capture in GOLD["captures"]} == {report["id"] for report in GOLD["reports"]}


def test_the_gold_is_large_enough_and_complete() -> None:
    assert {kind: len(GOLD[kind]) for kind, least in LEAST.items() if len(GOLD[kind]) < least} == {}
    assert sum(len(items) for kind, items in GOLD.items() if kind.startswith("not_")) >= 10
    for kind, fields in FIELDS.items():
        for item in GOLD[kind]:
            assert fields <= set(item) <= fields | MAY, (kind, item)


@pytest.mark.parametrize("item", GOLD["statements"] + GOLD["not_statements"], ids=lambda item: item["words"][:40])
def test_statements_stand_in_their_report(item: dict[str, Any]) -> None:
    assert any(plain(item["words"]) in text for text in TEXTS[item["report"]])
    assert any(plain(item.get("insertion", "")) in text for text in TEXTS[item["report"]])


@pytest.mark.parametrize("item", GOLD["figures"], ids=lambda item: item["near"])
def test_figures_stand_in_some_report(item: dict[str, Any]) -> None:
    assert any(plain(item["near"]) in text for texts in TEXTS.values() for text in texts)


@pytest.mark.parametrize("kind", ["entries", "commitments"])
def test_lines_can_be_found_in_the_words_of_a_capture(kind: str) -> None:
    assert [item["words_any"] for item in GOLD[kind] if not somewhere(item["words_any"])] == []


def test_sides_of_a_dispute_speak_in_the_press() -> None:
    missing = [side for item in GOLD["disputes"] for side in item["words_any"] if not somewhere([side])]
    assert missing == []


def test_the_names_that_are_one_actor_are_in_the_press() -> None:
    names = [name for actor in GOLD["actors"] for name in actor["must_share"] + actor["must_not_share"]]
    assert [name for name in names if not somewhere([[name]])] == []


@pytest.mark.parametrize("report", GOLD["reports"], ids=lambda report: report["id"])
def test_heads_and_authors_are_printed_somewhere(report: dict[str, Any]) -> None:
    whole = plain(" ".join(printed()))
    assert [title for title in report["title_contains"] if plain(title) not in whole] == []
    assert [author for author in report["authors"] or [] if plain(author) not in whole] == []


def test_compressed_captures_come_from_their_sources(tmp_path: Path) -> None:
    for made in sample.build(tmp_path):
        packed = sample.PRESS / made.relative_to(tmp_path)
        assert gzip.decompress(made.read_bytes()) == gzip.decompress(packed.read_bytes())


def test_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = sample.build(tmp_path / "1"), sample.build(tmp_path / "2")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_the_press_is_small_and_its_addresses_are_nobodys() -> None:
    assert sum(path.stat().st_size for path in press()) < 1_000_000
    hosts = {host for text in printed() for host in re.findall(r"https?://([\w.-]+)", text)}
    real = {host for host in hosts if not host.endswith(".example")}
    assert real <= {"schema.org", "ogp.me", "purl.org", "www.w3.org", "jsonfeed.org"}


def test_every_file_of_the_press_is_in_the_gold_but_the_two_without_an_article() -> None:
    without_article = {"tolsk-courier/index.html", "selm-post/2024-04-02-wreck.html"}
    files = {path.relative_to(sample.PRESS).as_posix() for path in press()}
    assert files == {capture["path"] for capture in GOLD["captures"]} | without_article


def test_the_page_about_the_sample_tells_of_every_report() -> None:
    page = (HERE / "docs" / "sample.md").read_text(encoding="utf-8")
    told = {name: int(number) for name, number in re.findall(r"^\| `(\w+)` \| (\d+) \|", page, re.MULTILINE)}
    assert told == {report: len(texts) for report, texts in TEXTS.items()}
