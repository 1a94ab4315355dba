from __future__ import annotations

import pytest

from dateline.capture.placeline import dateline_end


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("TOLSK, Feb 6 (CPA) – At least nine people were killed.", "At least"),
        ("PORT ARDLEY, Osmara, Sept. 6 (Halyard) — About 4,600 dockers walked off.", "About"),
        ("OSLO - The ferry sank.", "The ferry"),
        ("Oslo, 5 May – “We are ready,” she said.", "“We are"),
        ("Oslo (Agency) -- Police closed the road.", "Police"),
    ],
)
def test_a_dateline_ends_where_the_first_sentence_begins(line: str, rest: str) -> None:
    text = f"Head\n\n{line}"
    end = dateline_end(text, 6, len(text))
    assert end is not None
    assert text[end:].startswith(rest)


@pytest.mark.parametrize(
    "line",
    [
        "The mayor – a former nurse – resigned.",
        "Police closed the road.",
        "UN – the body – met.",
        "The number fell. By 5 May – Easter Sunday – it was four.",
        "",
    ],
)
def test_other_dashes_are_none(line: str) -> None:
    assert dateline_end(line, 0, len(line)) is None
