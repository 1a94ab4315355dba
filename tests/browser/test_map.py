"""The map: points for exact places, areas for imprecise ones, and a list that tells the same."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

import dateline.web
from tests.browser.conftest import Opener
from tests.browser.test_timeline import mark, settled, with_marks

VENDOR = Path(dateline.web.__file__).parent / "static" / "vendor"


def at(number: int, name: str, lat: float | None, lon: float | None, precision: str | None, country: str) -> list[Any]:
    where = {"place": name, "lat": lat, "lon": lon, "place_precision": precision, "country": country}
    return mark(number, 19_000, 19_001, "day", **where)


def tinted(page: Page) -> float:
    """The share of the map's pixels that have the colour of places in them."""
    return float(
        page.evaluate(
            """() => {
              const canvas = document.querySelector("#map canvas");
              const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
              let count = 0;
              for (let i = 0; i < data.length; i += 4) if (data[i] - data[i + 2] > 24) count += 1;
              return count / (data.length / 4);
            }"""
        )
    )


def test_imprecise_places_are_areas_and_exact_ones_points(tab: Opener, sample_app: str) -> None:
    city = at(0, "Kyiv", 50.45, 30.52, "city", "UA")
    share = {}
    for name, marks in {
        "city": [city],
        "region": [city, at(1, "Polissia", 51.0, 28.5, "region", "UA")],
        "country": [city, at(1, "Ukraine", 49.0, 32.0, "country", "UA")],
    }.items():
        page = with_marks(tab(sample_app, color_scheme="light"), marks)
        page.click("#map button:has-text('World')")
        settled(page)
        share[name] = tinted(page)
    assert 0 < share["city"] < share["region"] < share["country"] < 0.05


def test_the_list_asks_for_a_place(tab: Opener, sample_app: str) -> None:
    page = tab(sample_app, color_scheme="light").open("/?status=happened")
    assert re.match(r"\d+ of \d+ lines at \d+ places?", page.locator("#map-note").inner_text())
    page.click("#map summary")
    names = page.locator("#map .place-list a").all_inner_texts()
    assert "Geneva" in names
    page.click("#map .place-list a:has-text('Geneva')")
    page.wait_for_url(re.compile("status=happened.*place=Geneva"))
    assert page.locator("[data-row]").count() > 0


def test_a_click_on_a_point_asks_for_its_place(tab: Opener, sample_app: str) -> None:
    page = with_marks(tab(sample_app), [at(0, "Kyiv", 50.45, 30.52, "city", "UA")])
    page.locator("#map .chart-view").click()  # the only place is in the middle
    page.wait_for_url("**place=Kyiv**")


def test_places_of_unknown_position_are_listed(tab: Opener, sample_app: str) -> None:
    marks = [at(0, "Selm", None, None, None, ""), at(1, "Selm", None, None, None, ""), mark(2, 1, 2, "day")]
    page = with_marks(tab(sample_app), marks)
    assert page.locator("#map canvas").count() == 0
    page.click("#map summary")
    assert "Selm 2 ?" in page.locator("#map .place-list").inner_text()
    assert "1 line without a place" in page.locator("#map details").inner_text()


def test_the_keyboard_moves_the_map(tab: Opener, sample_app: str) -> None:
    page = with_marks(tab(sample_app), [at(0, "Kyiv", 50.45, 30.52, "city", "UA")])
    picture = "document.querySelector('#map canvas').toDataURL()"
    page.focus("#map .chart-view")
    seen = set()
    for key in ("+", "ArrowLeft", "ArrowUp", "-", "Home", "End"):
        page.keyboard.press(key)
        settled(page)
        seen.add(page.evaluate(picture))
    assert len(seen) >= 5


def test_vendored_files_are_what_they_are_said_to_be() -> None:
    told = (VENDOR / "VENDORED.md").read_text(encoding="utf-8")
    sums = dict(re.findall(r"^\| (\S+) \|.*\| ([0-9a-f]{64}) \|$", told, re.MULTILINE))
    files = {path.name for path in VENDOR.iterdir() if path.suffix in (".js", ".json")}
    assert set(sums) == files
    for name, digest in sums.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest, name
