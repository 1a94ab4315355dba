"""Every page in a real browser: nothing goes wrong, nothing is asked elsewhere, it can be read by all and used by keyboard."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Opener

LISTS = (
    *("/", "/reports", "/actors", "/statements", "/figures", "/events", "/commitments", "/disputes", "/origins"),
    *("/status", "/review", "/search?q=bridge"),
)
ONE = (
    "/report/{reports}",
    "/report/{reports}/captures",
    "/actor/{actors}",
    "/entry/{chronicle}",
    "/capture/{captures}",
)
ASKED = ("/?about=Geneva&since=2024", "/?status=planned&sort=-date", "/?about=nobody-of-this-name", "/reports?page=2")
SERIOUS = ("serious", "critical")


def rows(base: str, noun: str) -> Any:
    with urlopen(f"{base}/{noun}.json") as answer:
        return json.load(answer)


@pytest.fixture(scope="module")
def named(sample_app: str) -> dict[str, str]:
    """The id of a row of each noun: of the report with most captures, of an actor who speaks, …"""
    reports = sorted(rows(sample_app, "reports"), key=lambda row: -len(row["captures"]))
    actors = [row["speaker_id"] for row in rows(sample_app, "statements") if row["speaker_id"]]
    told = sorted(rows(sample_app, "chronicle"), key=lambda row: -len(row["pins"]))
    return {
        "reports": reports[0]["id"],
        "captures": reports[0]["captures"][0]["id"],
        "actors": max(set(actors), key=actors.count),
        "chronicle": told[0]["id"],
    }


def violations(page: Page, **options: Any) -> Iterator[str]:
    """What the accessibility check finds that is serious, with where."""
    for found in Axe().run(page, options=options or None).response["violations"]:
        if found["impact"] in SERIOUS:
            for node in found["nodes"][:3]:
                yield f"{found['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"


@pytest.mark.parametrize("path", [*LISTS, *ONE, *ASKED])
def test_page_is_sound_and_accessible(tab: Opener, sample_app: str, named: dict[str, str], path: str) -> None:
    watched = tab(sample_app, color_scheme="light")
    page = watched.open(path.format(**named))
    assert page.title().endswith("Dateline")
    assert page.locator("h1").count() == 1
    assert list(violations(page)) == []
    page.emulate_media(color_scheme="dark")
    watched.settle()
    assert list(violations(page, runOnly=["color-contrast"])) == []
    page.set_viewport_size({"width": 360, "height": 740})
    watched.settle()
    across = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert across <= 0, f"{across} pixels too wide at 360"


def test_a_line_opens_its_exact_words(tab: Opener, sample_app: str) -> None:
    page = tab(sample_app).open("/")
    link = page.locator("article.line a.words").nth(3)
    said = link.inner_text()
    link.click()
    page.wait_for_url("**/report/**")
    pinned = page.locator("#words .k-pin").all_inner_texts()
    assert plain("".join(pinned)) == plain(said)
    assert page.locator("#pin").first.is_visible()
    assert page.evaluate(
        "(e => e.top >= 0 && e.bottom <= innerHeight)(document.getElementById('pin').getBoundingClientRect())"
    )


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_keyboard_alone_is_enough(tab: Opener, sample_app: str) -> None:
    page = tab(sample_app).open("/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the page"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("bridge")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=bridge*")
    page.keyboard.press("j")
    first = focused(page)
    page.keyboard.press("j")
    assert first
    assert focused(page) != first
    page.keyboard.press("k")
    assert focused(page) == first
    page.keyboard.press("Enter")
    page.wait_for_url("**/report/**")
    page.keyboard.press("?")
    assert page.locator("dialog[open]").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText.trim()"))


def test_every_stop_of_the_tab_key_is_seen(tab: Opener, sample_app: str) -> None:
    page = tab(sample_app).open("/?about=Geneva")
    stops = 0
    for _ in range(60):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const e = document.activeElement;
            if (e === document.body) return null;
            const style = getComputedStyle(e), box = e.getBoundingClientRect();
            return {drawn: style.outlineStyle !== "none" || style.boxShadow !== "none", wide: box.width, what: e.outerHTML.slice(0, 90)}; }"""
        )
        if seen is None:
            break
        stops += 1
        assert seen["drawn"], f"no sign of focus: {seen['what']}"
        assert seen["wide"] > 0, f"focus on nothing: {seen['what']}"
    assert stops > 20


@pytest.mark.parametrize("path", ["/", "/reports"])
def test_pages_work_without_javascript(tab: Opener, sample_app: str, path: str) -> None:
    page = tab(sample_app, java_script_enabled=False).page
    page.goto(sample_app + path)
    page.fill("#about", "Geneva")
    page.click("button:has-text('Show')")
    page.wait_for_url("**about=Geneva**")
    assert page.locator("[data-row]").count() > 0
