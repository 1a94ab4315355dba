"""The engine finds the reports that one machine finds."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np
import pytest

from dateline.fold.cluster import LIMIT
from dateline.fold.cluster import fold as fold_alone
from dateline.fold.same import Body
from dateline.fold.sketch import sketch
from dateline.records import Extract
from dateline.scale.capturing import capture
from dateline.scale.engine import Engine
from dateline.scale.folding import connected, fold, groups, neighbours, stars, strangers
from dateline.scale.plan import plan, settle
from dateline.scale.storage import Storage
from dateline.scale.tables import CAPTURES, part
from tests.press import article


def _connected(pairs: list[tuple[int, int]]) -> dict[int, int]:
    """The smallest member of each one's group, by the plainest of ways."""
    of = {each: each for pair in pairs for each in pair}
    for _ in of:
        for a, b in pairs:
            of[a] = of[b] = min(of[a], of[b])
    return of


@pytest.mark.parametrize("seed", range(3))
def test_stars_are_the_connected_components(engine: Engine, seed: int) -> None:
    import daft

    rng = random.Random(seed)
    path = [(number, number + 1) for number in range(40)]
    loose = [(a, a + rng.randint(1, 9)) for a in rng.sample(range(-500, -100), 60)]
    pairs = path + loose + [(-(2**62), 2**62), (2**62 - 1, 2**62)]
    rng.shuffle(pairs)
    given = daft.from_pydict({"a": [a for a, _ in pairs], "b": [b for _, b in pairs]})
    expected = _connected(pairs)
    for way in (stars, connected):
        found = way(given).to_pydict()
        assert dict(zip(found["b"], found["a"], strict=True)) == {a: b for a, b in expected.items() if a != b}
        assert len(found["b"]) == len(set(found["b"]))


def test_no_pairs_are_no_components(engine: Engine) -> None:
    import daft

    none = daft.from_pydict({name: np.array([], dtype=np.int64) for name in "ab"})
    assert stars(none).count_rows() == connected(none).count_rows() == 0


def test_of_a_long_list_each_is_compared_with_the_first() -> None:
    digests = random.Random(1).sample(range(10_000), LIMIT + 20)
    order = sorted(digests)
    assert set(neighbours(digests, digests)) == set(pairwise(order))
    found = set(strangers(digests, digests))
    assert found == {(a, b) for at, a in enumerate(order) for b in order[at + 1 :] if at < LIMIT}
    assert not set(strangers(digests, [1] * len(digests)))
    of = [digest % 3 for digest in digests]
    assert set(strangers(digests, of)) == {(a, b) for a, b in found if a % 3 != b % 3}


def _edited(text: str, rng: random.Random) -> str:
    """A text as another capture has it: a word changed, cut short, or with something around it."""
    how = rng.randrange(4)
    words = text.split(" ")
    if how == 0:
        words[rng.randrange(len(words))] = "elsewhere"
    elif how == 1:
        words = words[: int(len(words) * rng.uniform(0.5, 0.9))]
    elif how == 2:
        words = ["Home", "|", "News", "|", "Sport\n\n", *words]
    return " ".join(words)


def _texts(number: int) -> list[str]:
    rng = random.Random(7)
    texts = [article(seed) for seed in range(number // 3)]
    return [*texts, *(_edited(rng.choice(texts), rng) for _ in range(number - len(texts)))]


def test_groups_are_those_of_one_machine(engine: Engine) -> None:
    import daft

    bodies = [Body(text, f"2024-01-{1 + at % 28:02}") for at, text in enumerate(_texts(300))]
    rows = daft.from_pydict(
        {
            "digest": [body.digest for body in bodies],
            "day": [body.day for body in bodies],
            "words": [body.words.astype("<u4").tobytes() for body in bodies],
            "keys": [sketch(body).view(np.int64).tolist() for body in bodies],
        }
    )
    found = groups(rows).to_pydict()
    labels = dict(zip(found["digest"], found["label"], strict=True))
    alone = fold_alone((str(at), body) for at, body in enumerate(bodies))
    assert 0 < len(set(alone.values())) < 200
    ours: dict[int, set[int]] = {}
    theirs: dict[str, set[int]] = {}
    for at, body in enumerate(bodies):
        ours.setdefault(labels.get(body.digest, body.digest), set()).add(at)
        theirs.setdefault(alone[str(at)], set()).add(at)
    assert sorted(map(sorted, ours.values())) == sorted(map(sorted, theirs.values()))


def test_hundreds_of_captures_come_together_by_report(engine: Engine, tmp_path: Path) -> None:
    source, out = tmp_path / "in", Storage(str(tmp_path / "out"))
    source.mkdir()
    texts = [*_texts(240), " ", article(1), article(1)]
    for file in range(3):
        rows = [{"text": text, "url": f"https://x.example/{at}"} for at, text in enumerate(texts) if at % 3 == file]
        (source / f"{file}.jsonl").write_bytes(b"\n".join(map(msgspec.json.encode, rows)))
    made = plan(Storage(str(source)), None, 3)
    settle(out, made)
    for number in range(len(made.captures)):
        capture(out, made, number)
    found: dict[str, set[str]] = {}
    for number, files in fold(out, 5).items():
        for row in (row for file in files for rows in out.rows(file) for row in rows):
            found.setdefault(row["report"], set()).add(row["id"])
            assert int(row["report"][1:], 16) % 5 == number
    extracts = [
        msgspec.json.decode(row["extract"], type=Extract)
        for number in range(len(made.captures))
        for rows in out.rows(part(CAPTURES, number))
        for row in rows
    ]
    alone = fold_alone({e.id: (e.id, Body(e.text, e.date)) for e in extracts if e.no_article is None}.values())
    expected: dict[str, set[str]] = {}
    for id, report in alone.items():
        expected.setdefault(report, set()).add(id)
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, expected.values()))
