"""Review with the keyboard alone, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

import dateline
from dateline.records import Decision
from tests.browser.conftest import Opener, serving


@pytest.fixture
def app(browser: Browser, a_copy: Path) -> Iterator[tuple[str, Path]]:
    with serving(a_copy) as base:
        yield base, a_copy


def kept(path: Path) -> list[Decision]:
    with dateline.open(path) as archive:
        return archive.reviews.decisions()


def looked_at(page: Page) -> str | None:
    """The id of what is shown."""
    return page.locator('.review-keys input[name="id"]').first.get_attribute("value")


def press(page: Page, key: str) -> None:
    """Press a key that leads to another page, and wait for it."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_keys_confirm_reject_skip_correct_and_undo(tab: Opener, app: tuple[str, Path]) -> None:
    base, path = app
    page = tab(base).open("/review?kind=statements&by=Lena")
    first = page.url
    place = page.locator(".count strong")
    expect(place).to_have_text("1")
    expect(page.locator(".review-card mark").first).not_to_be_empty()
    press(page, "a")
    expect(place).to_have_text("2")
    press(page, "x")
    third = looked_at(page)
    press(page, " ")
    fourth = looked_at(page)
    press(page, "k")
    assert looked_at(page) == third
    press(page, "j")
    assert looked_at(page) == fourth
    assert [one.verdict for one in kept(path)] == ["confirm", "reject"]
    page.keyboard.press("e")
    speaker = page.locator("#f-speaker")
    expect(speaker).to_be_visible()
    speaker.fill("Ida Morse")
    press(page, "Enter")
    assert [one.verdict for one in kept(path)] == ["confirm", "reject", "correct"]
    press(page, "Backspace")
    assert [one.verdict for one in kept(path)] == ["confirm", "reject"]
    assert looked_at(page) == fourth, "the person is back at what was undone"
    page.keyboard.press("/")
    expect(page.locator("#about")).to_be_focused()
    page.keyboard.type("xa")
    assert [one.verdict for one in kept(path)] == ["confirm", "reject"], "keys in a field are letters"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    assert len(kept(path)) == 2, "an open dialog takes the keys"
    assert page.url != first


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/review", "/review/shown?kind=figures", "/review/queue", "/review/decisions"])
def test_pages_of_review_are_accessible(tab: Opener, sample_app: str, path: str, scheme: str) -> None:
    page = tab(sample_app, width=360 if scheme == "dark" else 1280, color_scheme=scheme).open(path)
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")] == []
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "nothing runs over the edge"


def test_buttons_show_their_keys(tab: Opener, sample_app: str) -> None:
    page = tab(sample_app).open("/review")
    shown = page.locator(".review-keys kbd").all_inner_texts()
    assert {"a", "x", "Space", "e", "j"} <= set(shown)
