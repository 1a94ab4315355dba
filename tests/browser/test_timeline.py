"""The timeline: smooth with ten thousand lines, imprecise dates as stretches, by mouse and by keyboard."""

from __future__ import annotations

import json
import random
import re
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from dateline.web.chronicle import MARK
from tests.browser.conftest import Opener, Watched

EPOCH = date(1970, 1, 1).toordinal()
STATUSES = ("happened", "ongoing", "planned", "conditional", "possible", "cancelled", "denied")
SMOOTH = 1000 / 60
"""Milliseconds of work for which a frame has room at sixty a second: some three times what ours takes."""


def mark(number: int, start: float | None, end: float | None, precision: str, **more: Any) -> list[Any]:
    row = dict.fromkeys(MARK) | {
        "id": f"e{number:016x}",
        "start": start,
        "end": end,
        "precision": precision,
        "status": STATUSES[number % 7],
        "text": f"The ferry number {number} left the quay.",
        "origins": 1,
    }
    return [(row | more)[name] for name in MARK]


def ten_thousand() -> list[list[Any]]:
    """Lines over forty years, most of them in two, some dated to a month or a year only."""
    rng = random.Random(7)
    found = []
    for number in range(10_000):
        year = rng.choice((rng.randint(1985, 2024), 2014, 2022, 2022))
        first = date(year, rng.randint(1, 12), rng.randint(1, 28)).toordinal() - EPOCH
        length, precision = rng.choices(((1, "day"), (30, "month"), (365, "year"), (9, "span~")), (80, 10, 5, 5))[0]
        found.append(mark(number, first, first + length, precision, lat=48 + rng.random(), lon=37.0, place="Selm"))
    return found


def served(page: Page, marks: list[list[Any]]) -> None:
    """Let the chronicle's page get these marks for its timeline and map."""

    def answer(route: Route) -> None:
        route.fulfill(body=json.dumps({"fields": MARK, "marks": marks}), content_type="application/json")

    page.route("**/chronicle/marks.json*", answer)


def with_marks(watched: Watched, marks: list[list[Any]]) -> Page:
    """The chronicle's page with these marks in its timeline."""
    served(watched.page, marks)
    return watched.open("/")


def settled(page: Page) -> None:
    """Wait until what was done is drawn and told: by the page's own frames and timers, however slow the machine is."""
    page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 250))))"
    )


def note(page: Page) -> str:
    """What the timeline says of its view, once it has come to rest."""
    settled(page)
    return page.locator("#timeline-note").inner_text()


def shown(page: Page) -> tuple[int, int]:
    found = re.search(r": ([\d,]+) of ([\d,]+) dated", note(page))
    assert found
    return int(found[1].replace(",", "")), int(found[2].replace(",", ""))


FRAMES = """async () => {
  const view = document.querySelector("#timeline .chart-view"), box = view.getBoundingClientRect();
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const gaps = [], work = [];
  let last = await frame();
  for (let step = 0; step < 150; step += 1) {
    const wheel = step < 70 ? {deltaY: -60} : step < 100 ? {deltaX: 40} : {deltaY: 60};
    view.dispatchEvent(new WheelEvent("wheel", {...wheel, clientX: box.left + box.width * 0.66, clientY: box.top + 90, bubbles: true, cancelable: true}));
    const now = await frame();
    work.push(performance.now() - now);
    gaps.push(now - last);
    last = now;
  }
  const at = (list, share) => list.sort((a, b) => a - b)[Math.floor(share * (list.length - 1))];
  return {count: gaps.length, median: at(gaps, 0.5), p95: at(gaps, 0.95), drawing: at(work, 0.5), drawing95: at(work, 0.95)};
}"""


def test_ten_thousand_lines_move_smoothly(tab: Opener, sample_app: str) -> None:
    page = with_marks(tab(sample_app), ten_thousand())
    assert shown(page)[1] == 10_000
    # The time that the page's own thread works, not the time that goes by: what else the machine does is not ours.
    tools = page.context.new_cdp_session(page)
    tools.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked() -> float:
        told = {each["name"]: each["value"] for each in tools.send("Performance.getMetrics")["metrics"]}
        return float(told["TaskDuration"]) * 1000

    before = worked()
    frames = page.evaluate(FRAMES)
    assert frames["count"] == 150
    assert (worked() - before) / frames["count"] < SMOOTH


def test_it_zooms_from_decades_to_hours(tab: Opener, sample_app: str) -> None:
    page = with_marks(tab(sample_app), ten_thousand())
    page.focus("#timeline .chart-view")
    page.keyboard.press("Home")
    whole = note(page)
    assert re.match(r"\d+ \w+ 198\d to \d+ \w+ 202\d", whole)
    for _ in range(18):
        page.keyboard.press("+")
    first, last = re.findall(r"\d+ \w{3} \d{4}", note(page))[:2]
    assert first == last, "the closest view is within one day"
    page.keyboard.press("ArrowRight")
    for _ in range(20):
        page.keyboard.press("-")
    assert note(page) == whole


def test_wheel_and_drag_move_the_view(tab: Opener, sample_app: str) -> None:
    page = with_marks(tab(sample_app), ten_thousand())
    before = shown(page)[0]
    box = page.locator("#timeline .chart-view").bounding_box()
    assert box
    page.mouse.move(box["x"] + 400, box["y"] + 120)
    page.wait_for_timeout(450)
    for _ in range(5):
        page.mouse.wheel(0, -200)
    assert shown(page)[0] < before
    near = note(page)
    page.mouse.down()
    page.mouse.move(box["x"] + 100, box["y"] + 120, steps=4)
    page.mouse.up()
    assert note(page) != near


def test_the_arrow_keys_go_from_line_to_line(tab: Opener, sample_app: str) -> None:
    day = date(2024, 2, 5).toordinal() - EPOCH
    marks = [
        mark(0, day, day + 1, "day", status="planned", outcome="took place", outcome_entry=f"e{1:016x}"),
        mark(1, day + 3, day + 4, "day", status="happened", place="Selm", origins=3),
        mark(2, day - 4, day + 25, "month", status="happened"),
        mark(3, None, None, "day"),
    ]
    page = with_marks(tab(sample_app), marks)
    assert "3 of 3 dated lines, 1 undated" in note(page)
    page.focus("#timeline .chart-view")
    page.keyboard.press("Home")
    note(page)
    said = page.locator("#timeline [role=status]")
    told = []
    for _ in range(3):
        page.keyboard.press("ArrowDown")
        settled(page)
        told.append(said.inner_text())
        assert page.locator("#timeline .card").is_visible()
    assert told[0].startswith("February 2024, happened.")
    assert told[1].startswith("5 February 2024, planned.")
    assert "Announced; outcome: took place." in told[1]
    assert told[2].startswith("8 February 2024, happened.")
    assert "Selm · 3 origins" in page.locator("#timeline .card").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#timeline .card").is_hidden()


def test_a_line_of_the_timeline_opens(tab: Opener, sample_app: str) -> None:
    page = tab(sample_app).open("/")
    page.focus("#timeline .chart-view")
    page.keyboard.press("ArrowDown")
    settled(page)
    page.keyboard.press("Enter")
    settled(page)
    assert page.evaluate("Boolean(document.activeElement.closest('article.line'))") or "/entry/" in page.url


@pytest.mark.parametrize("by", ["button", "brush"])
def test_a_stretch_of_time_is_asked_in_the_address(tab: Opener, sample_app: str, by: str) -> None:
    page = tab(sample_app).open("/?about=Geneva")
    every = page.locator("[data-row]").count()
    box = page.locator("#timeline .chart-view").bounding_box()
    assert box
    if by == "button":
        page.focus("#timeline .chart-view")
        for _ in range(5):
            page.keyboard.press("+")
        note(page)
        page.click("button:has-text('Only these days')")
    else:
        page.keyboard.down("Shift")
        page.mouse.move(box["x"] + 200, box["y"] + 100)
        page.mouse.down()
        page.mouse.move(box["x"] + 300, box["y"] + 100, steps=3)
        page.mouse.up()
        page.keyboard.up("Shift")
    page.wait_for_url(re.compile(r"about=Geneva.*since=\d{4}-\d\d-\d\d&until=\d{4}-\d\d-\d\d"))
    assert page.locator("[data-row]").count() < every


def test_signs_are_told_by_shape_where_colours_are_forced(tab: Opener, sample_app: str) -> None:
    page = tab(sample_app, forced_colors="active").open("/")
    paths = page.locator("#timeline .signs path").evaluate_all("(all) => all.map((each) => each.getAttribute('d'))")
    assert len(paths) > 2
    assert len(set(paths)) == len(paths)
    drawn = "(c => new Set(c.getContext('2d').getImageData(0, 0, c.width, c.height).data).size)(document.querySelector('#timeline canvas'))"
    assert page.evaluate(drawn) > 3
