"""The sample press, the second, the third, the fourth and their golds agree with each other; no step of the street is needed to see it."""

from __future__ import annotations

import csv
import email
import gzip
import html
import io
import json
import re
from dataclasses import dataclass, field
from email import policy
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from training import sample

HERE = Path(__file__).parent.parent
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
    """The characters of a file, decompressed; of a saved page, those of its HTML."""
    data = path.read_bytes()
    if path.suffix == ".mhtml":
        saved = email.message_from_bytes(data, policy=policy.default)
        return "".join(part.get_content() for part in saved.walk() if part.get_content_type() == "text/html")
    data = gzip.decompress(data) if path.suffix == ".gz" else data
    return data.decode("cp1252" if path.suffix == ".htm" else "utf-8")


@dataclass(frozen=True)
class Pile:
    """A press with its gold, the page that tells of it, and what the gold must hold at least."""

    name: str
    press: Path
    gold_path: Path
    page: Path
    least: dict[str, int]
    least_must_nots: int
    without_article: frozenset[str] = frozenset()
    gold: dict[str, list[dict[str, Any]]] = field(init=False)
    texts: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "gold", json.loads(self.gold_path.read_text(encoding="utf-8")))
        texts: dict[str, list[str]] = {}
        for capture in self.gold["captures"]:
            texts.setdefault(capture["report"], []).append(plain(self.source(capture)))
        object.__setattr__(self, "texts", texts)

    def files(self) -> list[Path]:
        """All files of the press."""
        return sorted(path for path in self.press.rglob("*") if path.is_file())

    def printed(self) -> list[str]:
        """The characters of all captures, the crawl's pages taken from their sources."""
        crawl = self.press / sample.CRAWL
        pages = sorted((sample.SOURCES / "crawl").iterdir()) if crawl.is_file() else []
        return [decoded(path) for path in [*(file for file in self.files() if file != crawl), *pages]]

    def source(self, capture: dict[str, Any]) -> str:
        """What a gold capture says, markup taken off but nothing else."""
        path, key = self.press / capture["path"], capture.get("key")
        if capture["path"] == sample.CRAWL:
            pages = json.loads((sample.SOURCES / "crawl.json").read_text(encoding="utf-8"))
            return decoded(sample.SOURCES / "crawl" / next(page["file"] for page in pages if page["url"] == key))
        if key is None:
            return decoded(path)
        if path.suffix == ".jsonl":
            rows = map(json.loads, decoded(path).splitlines())
            return next(
                str(row.get("text") or row.get("maintext") or row["plaintext"])
                for row in rows
                if key in (row.get("source"), row.get("url"), row.get("html", {}).get("requested_url"))
            )
        if path.suffix == ".csv":
            return next(row["text"] for row in csv.DictReader(io.StringIO(decoded(path))) if row["url"] == key)
        if path.suffix == ".json":
            return next(str(item["content_html"]) for item in json.loads(decoded(path))["items"] if item["url"] == key)
        return next(
            item for item in re.split(r"</item>|</entry>|^WARC/1\.0", decoded(path), flags=re.MULTILINE) if key in item
        )

    def somewhere(self, groups: list[list[str]]) -> bool:
        """Whether some capture has one word of each group within a stretch as long as a line may be."""
        for text in (text for texts in self.texts.values() for text in texts):
            words = text.split()
            lines = (" ".join(words[start : start + 120]) for start in range(0, len(words), 30))
            if any(all(begins(line, group) for group in groups) for line in lines):
                return True
        return False


def begins(text: str, words: list[str]) -> bool:
    """Whether a word of the text begins with one of the words."""
    return any(re.search(r"(?<!\w)" + re.escape(plain(word)), text) for word in words)


SAMPLE = Pile(
    name="sample",
    press=sample.PRESS,
    gold_path=HERE / "benchmarks" / "sample" / "gold.json",
    page=HERE / "docs" / "sample.md",
    least={
        "captures": 36,
        "reports": 16,
        "entries": 25,
        "statements": 30,
        "figures": 12,
        "commitments": 6,
        "disputes": 4,
        "actors": 4,
    },
    least_must_nots=10,
    without_article=frozenset({"tolsk-courier/index.html", "selm-post/2024-04-02-wreck.html"}),
)


def _beside(name: str, must_nots: int, **least: int) -> Pile:
    """A pile that lies with the benchmarks, and what its gold holds at least."""
    at = HERE / "benchmarks" / name
    gold, page = at / "gold.json", at / "README.md"
    return Pile(name=name, press=at / "press", gold_path=gold, page=page, least=least, least_must_nots=must_nots)


_FEW = {
    "captures": 20,
    "reports": 9,
    "entries": 20,
    "statements": 25,
    "figures": 12,
    "commitments": 5,
    "disputes": 3,
    "actors": 5,
}
SECOND, THIRD = _beside("second", 8, **_FEW), _beside("third", 8, **_FEW)
FOURTH = _beside(
    "fourth",
    40,
    captures=40,
    reports=20,
    entries=60,
    statements=120,
    figures=60,
    commitments=35,
    disputes=30,
    actors=20,
)
PILES = [SAMPLE, SECOND, THIRD, FOURTH]
of_each_pile = pytest.mark.parametrize("pile", PILES, ids=lambda pile: pile.name)


def items(*kinds: str) -> pytest.MarkDecorator:
    """Parametrise a test over the gold items of some kinds in all piles."""
    cases = [
        pytest.param(pile, item, id=f"{pile.name}-{str(item.get('words') or item.get('near') or item.get('id'))[:40]}")
        for pile in PILES
        for kind in kinds
        for item in pile.gold[kind]
    ]
    return pytest.mark.parametrize(("pile", "item"), cases)


@of_each_pile
def test_every_gold_capture_is_there_and_is_listed_once(pile: Pile) -> None:
    captures = pile.gold["captures"]
    assert all((pile.press / capture["path"]).is_file() for capture in captures)
    places = [(capture["path"], capture.get("key")) for capture in captures]
    assert len(places) == len(set(places))
    assert {capture["report"] for capture in captures} == {report["id"] for report in pile.gold["reports"]}


@of_each_pile
def test_the_gold_is_large_enough_and_complete(pile: Pile) -> None:
    assert {kind: len(pile.gold[kind]) for kind, least in pile.least.items() if len(pile.gold[kind]) < least} == {}
    must_nots = sum(len(listed) for kind, listed in pile.gold.items() if kind.startswith("not_"))
    assert must_nots >= pile.least_must_nots
    for kind, fields in FIELDS.items():
        for item in pile.gold[kind]:
            assert fields <= set(item) <= fields | MAY, (kind, item)


@items("statements", "not_statements")
def test_statements_stand_in_their_report(pile: Pile, item: dict[str, Any]) -> None:
    assert any(plain(item["words"]) in text for text in pile.texts[item["report"]])
    assert any(plain(item.get("insertion", "")) in text for text in pile.texts[item["report"]])


@items("figures")
def test_figures_stand_in_some_report(pile: Pile, item: dict[str, Any]) -> None:
    assert any(plain(item["near"]) in text for texts in pile.texts.values() for text in texts)


@of_each_pile
@pytest.mark.parametrize("kind", ["entries", "commitments"])
def test_lines_can_be_found_in_the_words_of_a_capture(pile: Pile, kind: str) -> None:
    assert [item["words_any"] for item in pile.gold[kind] if not pile.somewhere(item["words_any"])] == []


@of_each_pile
def test_must_nots_are_bait_that_is_printed(pile: Pile) -> None:
    baits = [item["words_any"] for kind in ("not_entries", "not_commitments") for item in pile.gold[kind]]
    whole = plain(" ".join(pile.printed()))
    assert [groups for groups in baits if not all(begins(whole, group) for group in groups)] == []


@of_each_pile
def test_sides_of_a_dispute_speak_in_the_press(pile: Pile) -> None:
    sides = [side for item in pile.gold["disputes"] for side in item["words_any"]]
    assert [side for side in sides if not pile.somewhere([side])] == []


@of_each_pile
def test_the_names_that_are_one_actor_are_in_the_press(pile: Pile) -> None:
    names = [name for actor in pile.gold["actors"] for name in actor["must_share"] + actor["must_not_share"]]
    assert [name for name in names if not pile.somewhere([[name]])] == []


@items("reports")
def test_heads_and_authors_are_printed_somewhere(pile: Pile, item: dict[str, Any]) -> None:
    whole = plain(" ".join(pile.printed()))
    assert [title for title in item["title_contains"] if plain(title) not in whole] == []
    assert [author for author in item["authors"] or [] if plain(author) not in whole] == []


def test_compressed_captures_come_from_their_sources(tmp_path: Path) -> None:
    for made in sample.build(tmp_path):
        packed = sample.PRESS / made.relative_to(tmp_path)
        assert gzip.decompress(made.read_bytes()) == gzip.decompress(packed.read_bytes())


def test_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = sample.build(tmp_path / "1"), sample.build(tmp_path / "2")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


@of_each_pile
def test_the_press_is_small_and_its_addresses_are_nobodys(pile: Pile) -> None:
    assert sum(path.stat().st_size for path in pile.files()) < 1_000_000
    hosts = {host for text in pile.printed() for host in re.findall(r"https?://([\w.-]+)", text)}
    real = {host for host in hosts if not host.endswith(".example")}
    assert real <= {"schema.org", "ogp.me", "purl.org", "www.w3.org", "jsonfeed.org"}


@of_each_pile
def test_every_file_of_the_press_is_in_the_gold_but_those_without_an_article(pile: Pile) -> None:
    files = {path.relative_to(pile.press).as_posix() for path in pile.files()}
    assert files == {capture["path"] for capture in pile.gold["captures"]} | pile.without_article


@of_each_pile
def test_the_page_about_the_press_tells_of_every_report(pile: Pile) -> None:
    page = pile.page.read_text(encoding="utf-8")
    told = {name: int(number) for name, number in re.findall(r"^\| `(\w+)` \| (\d+) \|", page, re.MULTILINE)}
    assert told == {report: len(texts) for report, texts in pile.texts.items()}


@pytest.mark.parametrize(("one", "other"), list(permutations(PILES, 2)), ids=lambda pile: pile.name)
def test_no_two_presses_share_a_name(one: Pile, other: Pile) -> None:
    names = {name for actor in one.gold["actors"] for name in actor["must_share"] if not name.isupper()}
    assert [name for name in names if other.somewhere([[name]])] == []
