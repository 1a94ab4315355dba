from __future__ import annotations

import pytest

pytest.importorskip("sklearn", reason="needs the extra 'training'")

from dateline.read.relations import PENTA
from training.relations import EXAMPLES, unmarked


def test_marks_become_spans() -> None:
    text, source, target = unmarked("[The army] shelled {the town}.")
    assert text == "The army shelled the town."
    assert source is not None
    assert target is not None
    assert (text[slice(*source)], text[slice(*target)]) == ("The army", "the town")


def test_every_example_has_a_root_and_a_party() -> None:
    lines = [line for line in EXAMPLES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert len(lines) > 150
    for line in lines:
        root, marked = line.split("\t")
        assert root in PENTA
        _, source, target = unmarked(marked)
        assert source or target
