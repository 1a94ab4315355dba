"""The benchmark of a pile scores what an archive holds, never the nothing that is left where an add went wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.sample import GOLD, pile
from tests.press import folder


def test_a_pile_of_which_nothing_was_read_is_no_score(tmp_path: Path) -> None:
    press = tmp_path / "press"
    press.mkdir()
    (press / "empty.html").write_bytes(b"")
    with pytest.raises(RuntimeError, match=r"holds no reports; dateline add said: refused: .*empty\.html"):
        pile(press, GOLD, tmp_path / "out")


def test_an_add_that_did_not_come_to_its_end_is_no_score(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "sitecustomize.py").write_text(
        "import sys\nsys.modules['dateline.read.reader'] = None\n", encoding="utf-8"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(broken), *filter(None, [os.environ.get("PYTHONPATH")])]))
    with pytest.raises(RuntimeError, match=r"ended with 3: .*mistake in Dateline"):
        pile(folder(tmp_path / "press", 2), GOLD, tmp_path / "out")
