"""Whatever is typed, a command ends with 0, 1 or 2 and says what was wrong in a few words, and writes nowhere but where it was told."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.hardening.command_lines import line
from tests.hardening.seeds import LEAD, PAGE, ROW
from tests.test_cli import dateline, lines


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with some captures and their archive."""
    home = tmp_path_factory.mktemp("lines") / "outer" / "inner"
    (home / "in").mkdir(parents=True)
    (home / "in" / "page.html").write_text(PAGE, encoding="utf-8")
    (home / "in" / "text.txt").write_text(f"Ferry to run\n\nBy Ada Novak date 2021-12-08\n\n{LEAD}\n", encoding="utf-8")
    (home / "in" / "dump.jsonl").write_text(
        f'{{"title": "{ROW["title"]}", "text": "{LEAD}"}}\n{{"words": 5}}\n', encoding="utf-8"
    )
    assert dateline("add", "in", "--archive", "pile.db", cwd=home).returncode == 1
    return home


@pytest.fixture(scope="module")
def ids(pattern: Path) -> tuple[str, ...]:
    """Ids that the archive knows."""
    nouns = ("reports", "chronicle", "statements", "figures", "events", "actors")
    return tuple(
        row["id"] for noun in nouns for row in lines(dateline(noun, "--json", "--archive", pattern / "pile.db"))[:3]
    )


@pytest.mark.parametrize(
    ("first", "last"), [(0, 90), pytest.param(90, 4000, marks=pytest.mark.soak)], ids=["short", "soak"]
)
def test_any_command_line_ends_in_a_few_words(
    pattern: Path, ids: tuple[str, ...], first: int, last: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    ended, outer = Counter[int](), tmp_path / "outer"
    for number in range(first, last):
        given, stdin = line(number, ids)
        shutil.copytree(pattern.parent, outer)
        done = dateline(*given, stdin=stdin, cwd=outer / "inner")
        said = f"{number}: dateline {given} < {stdin[:200]!r}\n{done.stderr[-2000:]}"
        assert done.returncode in (0, 1, 2), said
        assert "Traceback" not in done.stderr, said
        assert "a mistake in Dateline" not in done.stderr, said
        assert done.returncode == 0 or done.stderr.strip(), said
        assert done.returncode != 2 or len(done.stderr.splitlines()) <= 3, said
        assert [path.name for path in outer.iterdir()] == ["inner"], said
        assert not list(tmp_path.rglob("owned*")), said
        if (pile := outer / "inner" / "pile.db").exists():
            assert dateline("status", "--archive", pile).returncode == 0, said
        ended[done.returncode] += 1
        shutil.rmtree(outer)
    print(f"command lines {first} to {last}, by exit status: {dict(sorted(ended.items()))}")
    assert set(ended) == {0, 1, 2}
