"""The reading model: what it is given, what it says, and that a text reads the same wherever it stands."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from dateline.capture.layout import layout
from dateline.read import model, model_input
from dateline.read.document import Document
from dateline.read.model_input import AFTER, BEFORE, INNER, Input
from dateline.records import Part

SAID = (
    "The old bridge at Kamen will be closed for two years, the ministry of transport said on Monday. “We have no choice,” "
    "Pavla Horn, the minister, told reporters. “The pillars are worn out.”\n\n"
    "The town’s mayor disagreed and called the decision a mistake."
)


def document(text: str, parts: list[Part] | None = None) -> Document:
    return Document.of(text, parts or layout(text))


def given(text: str) -> Input:
    made = document(text)
    return model_input.of(made.doc, made.text, made.parts)


def words(made: Document, tokens: tuple[int, ...]) -> str:
    return " ".join(made.doc[i].text for i in tokens)


def test_finds_who_said_what() -> None:
    made = document(SAID)
    found = {words(made, s.cue): s for s in model.marks(made) if s.chance > 0.5}
    assert words(made, found["said"].source) == "the ministry of transport"
    assert words(made, found["said"].content).startswith("The old bridge at Kamen will be closed")
    quoted = next(s for s in found.values() if "told" in words(made, s.cue))
    assert words(made, quoted.source).startswith("Pavla Horn")
    assert "We have no choice" in words(made, quoted.content)


def test_a_text_without_statements_has_none() -> None:
    made = document(
        "The old bridge at Kamen is closed. It was built in 1931 and is 240 metres long. Cars use the new one."
    )
    assert [s for s in model.marks(made) if s.chance > 0.5] == []


@pytest.mark.parametrize("text", ["", " \n\n ", "No.", "“", "x" * 3000, "a " * 900, "“Yes,” he said. " * 300])
def test_odd_texts_are_read(text: str) -> None:
    made = document(text, [Part(kind="body", start=0, end=len(text))] if text.strip() else [])
    said = model.marks(made)
    for saying in said:
        assert saying.head in saying.cue
        assert not {*saying.cue} & {*saying.content}
        assert not {*saying.source} & {*saying.content}


def test_furniture_is_not_read() -> None:
    parts = [Part(kind="furniture", start=0, end=len(SAID))]
    assert model.marks(document(SAID, parts)) == []


def test_every_token_is_judged_in_one_window() -> None:
    source = given(f"{SAID}\n\n" * 20)
    windows = source.windows()
    judged = [n for w in windows for n in range(w.begin, w.end)]
    assert judged == list(range(len(source.tokens)))
    for w in windows:
        assert w.first <= w.begin < w.end <= w.last
        assert source.offsets[w.end] - source.offsets[w.begin] <= INNER
        assert source.offsets[w.last] - source.offsets[w.first] <= INNER + BEFORE + AFTER


def test_a_paragraph_too_long_for_a_window_is_cut_between_sentences() -> None:
    source = given("The mayor said that the old bridge at Kamen would be closed for two years. " * 60)
    starts = source.features[:, 2]
    assert len(source.windows()) > 1
    assert all(starts[w.begin] > 0 for w in source.windows())


def test_a_text_reads_the_same_alone_and_after_others() -> None:
    alone = model.marks(document(SAID))
    for other in ("Rain fell in the night. " * 40, "“No,” she said."):
        model.marks(document(other))
    again = model.marks(document(SAID))
    assert [(s.chance, s.source, s.cue, s.content) for s in alone] == [
        (s.chance, s.source, s.cue, s.content) for s in again
    ]


def _contents(text: str) -> list[tuple[int, ...]]:
    return [s.content for s in model.marks(document(text))]


@pytest.mark.parametrize("way", ["fork", "spawn"])
def test_works_in_another_process(way: str) -> None:
    here = _contents(SAID)
    with ProcessPoolExecutor(1, mp_context=get_context(way)) as pool:
        assert pool.submit(_contents, SAID).result(timeout=120) == here


def test_the_way_over_the_parse_tells_a_subject_from_a_clause() -> None:
    made = document("The ministry said that the bridge was closed.")
    source = model_input.of(made.doc, made.text, made.parts)
    (window,) = source.windows()
    said = next(n for n, i in enumerate(source.tokens) if made.doc[int(i)].text == "said")
    distance, way, quoted = source.relations(said, window)
    assert way[0] == way[1] != way[said]  # the ministry, as one branch
    assert len({*way[said + 1 : said + 6].tolist()}) == 1  # the clause, as another
    assert way[1] != way[said + 1]
    assert distance[said + 1] == distance[said] + 1
    assert {*quoted.tolist()} == {0}
