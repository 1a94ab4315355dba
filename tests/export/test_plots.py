from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.chronicle.series import Line, Point, Series
from dateline.export.axes import Axes, amount
from dateline.export.plot import MARKS, plots
from dateline.export.svg import svg
from dateline.records import FigureRow, Pin

_SVG = "{http://www.w3.org/2000/svg}"


def _point(day: str | None, low: float | None, high: float | None = None, words: str = "12", **fields: Any) -> Point:
    bound = fields.pop("bound", "exact")
    pin = Pin(report="r1", version="v1", start=0, end=len(words), text=words)
    figure = FigureRow(
        id="n1", of="people", value=low, bound=bound, trend=None, unit="people", as_of=None, claimant=None, claimant_id=None,
        date=day, report="r1", pin=pin,
    )  # fmt: skip
    held = {"first_day": day, "last_day": day, "novelty": "new", **fields}
    return Point(figure=figure, low=low, high=low if high is None else high, **held)


def _series(*lines: list[Point], of: str = "killed or dead") -> Series:
    named = [Line(claimant=f"Side {i}", claimant_id=None, named=True, points=points) for i, points in enumerate(lines)]
    return Series(of=of, about="Tarn", unit="-", lines=named)


TOLL = _series(
    [
        _point("2024-02-06", 9, words="at least nine", bound="over"),
        _point("2024-02-08", 12),
        _point("2024-02-10", 9, novelty="repeat"),
    ],
    [
        _point("2024-02-07", 200, 250, "between 200 and 250"),
        _point(None, 3),
        _point("2024-02-09", None, words="dozens"),
    ],
)


def test_amounts_say_their_bounds() -> None:
    assert amount(_point("2024-02-06", 9, words="at least nine", bound="over")) == "≥9"
    assert amount(_point("2024-02-06", 13000, words="more than 13,000", bound="over")) == ">13,000"
    assert amount(_point("2024-02-06", 18, words="up to 18", bound="under")) == "≤18"
    assert amount(_point("2024-02-06", 5e6, words="about 5 million", bound="about")) == "≈5m"
    assert amount(_point("2024-02-06", 200, 250)) == "200–250"
    assert amount(_point("2024-02-06", None, words="dozens")) == "dozens"


def test_text_holds_one_line_a_claimant_with_every_count() -> None:
    lines = list(plots([TOLL], 100))
    assert lines[0] == "killed or dead · Tarn"
    assert lines[1] == "  ● Side 0: ≥9 (2024-02-06) → 12 (2024-02-08) → again 9 (2024-02-10)"
    assert lines[2] == "  ▲ Side 1: 200–250 (2024-02-07) → 3 (undated) → dozens (2024-02-09)"
    drawn = "\n".join(lines[3:])
    assert drawn.count("●") == 2, "a repeat has no mark of its own"
    assert drawn.count("▲") == 1
    assert drawn.count("×") == 2, "the repeat, and what its sign means"


def test_a_range_and_days_that_are_not_sure_are_drawn_as_bars() -> None:
    drawn = "\n".join(
        plots([_series([_point("2024-02-29", 10, 90, first_day="2024-02-01"), _point("2024-03-20", 50)])])
    )
    column = re.findall(r"│.*│", drawn)
    assert len(column) >= 4
    assert "─" * 20 in drawn


def test_the_svg_is_xml_without_scripts_that_holds_every_claim() -> None:
    tree = ElementTree.fromstring(svg([TOLL]))
    titles = [element.text or "" for element in tree.iter(f"{_SVG}title")]
    assert "Side 0, 2024-02-06: “at least nine” (people), report r1" in titles
    words = [element.text for element in tree.iter(f"{_SVG}text")]
    assert "Side 0: ≥9 (2024-02-06), 12 (2024-02-08), again 9 (2024-02-10)" in words
    assert not list(tree.iter(f"{_SVG}script"))
    hollow = [e for e in tree.iter(f"{_SVG}path") if e.get("class") == "hollow"]
    assert len(hollow) == 1


def test_nothing_to_plot_is_said() -> None:
    assert list(plots([])) == ["Nothing is counted twice."]
    ElementTree.fromstring(svg([]))
    ElementTree.fromstring(svg([_series([_point(None, None, words="dozens")])]))


_days = st.none() | st.dates().map(lambda day: day.isoformat())
_numbers = st.none() | st.floats(-1e15, 1e15) | st.integers(-5, 5).map(float)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(_days, _numbers, st.text(max_size=20)), min_size=1, max_size=4), min_size=1, max_size=10
    ),
    st.text(max_size=30),
)
def test_any_counts_and_words_can_be_plotted(claims: list[list[tuple[str | None, float | None, str]]], of: str) -> None:
    made = _series(*([_point(day, value, words=words) for day, value, words in line] for line in claims), of=of)
    tree = ElementTree.fromstring(svg([made]))
    for element in tree.iter():
        assert "nan" not in (element.get("d") or "")
    width = 60
    rows = list(plots([made], width))
    if Axes.of(made) is not None:
        assert any(row.rstrip().endswith(("─", "┬")) for row in rows)
    assert sum(row[:3].strip() in MARKS and bool(row.strip()) for row in rows) >= len(made.lines)
