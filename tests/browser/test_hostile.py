"""Hostile captures on every page: nothing of them runs, loads, leads away or hides, and their words stand there as they are."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.request import urlopen

import pytest

import dateline
from dateline.export.inert import visible
from dateline.records import Pin, ReportRow
from tests.browser.conftest import Opener, Watched
from tests.browser.test_pages import LISTS
from tests.test_cli import dateline as command

HARM = r"""() => {
  const found = [];
  const say = (what, node) => found.push(`${what}: ${node.outerHTML.slice(0, 160)}`);
  if (window.__owned) found.push("something ran");
  const urls = new Set(["href", "src", "action", "formaction", "data", "ping", "srcset", "poster", "xlink:href", "data-src", "data-page"]);
  for (const node of document.querySelectorAll("*")) {
    if (/^(iframe|object|embed|base|img|video|audio|style|animate|set|foreignobject)$/i.test(node.tagName)) say("an element", node);
    if (node.tagName === "SCRIPT" && !/^\/static\/[\w./]+$/.test(node.getAttribute("src") ?? "")) say("a script", node);
    for (const {name, value} of node.attributes) {
      if (/^on/i.test(name) || /^hx-on/i.test(name) || name === "style" || name === "http-equiv" || name === "autofocus") say(name, node);
      if (urls.has(name) && node.tagName !== "path" && !/^([/](?![/\\])|[?#]|$)/.test(value)) say(name, node);
      if (name.startsWith("hx-") && value.includes("evil")) say(name, node);
    }
  }
  const hidden = (document.title + document.body.textContent).match(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e0fff}]/gu);
  if (hidden) found.push(`hidden characters: ${[...new Set(hidden)].map((each) => each.codePointAt(0).toString(16))}`);
  return found;
}"""


def harm(watched: Watched, path: str) -> list[str]:
    """What a page lets a capture do, with the page."""
    page = watched.open(path)
    found = list(page.evaluate(HARM))
    if page.url != watched.base + path:
        found.append(f"it led to {page.url}")
    found += [f"it lets {each}" for each in watched.wrong]
    watched.wrong.clear()
    return [f"{path}: {each}" for each in found]


@pytest.fixture(scope="module")
def paths(hostile_app: str, hostile_archive: Path) -> dict[str, list[str]]:
    """Every page there is of the hostile archive, by kind."""

    def ids(noun: str) -> list[str]:
        with urlopen(f"{hostile_app}/{noun}.json") as answer:
            return [row["id"] for row in json.load(answer)]

    with dateline.open(hostile_archive) as archive:
        captures = [ref.id for row in archive.reports() for ref in row.captures]
    return {
        "lists": [
            *LISTS,
            "/?page=2",
            "/statements?page=3",
            "/search?q=%3Cscript%3E",
            "/?about=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        ],
        "reports": [f"/report/{id_}" for id_ in ids("reports")[::2]],
        "compared": [f"/report/{id_}/captures" for id_ in ids("reports")[::6]],
        "captures": [f"/capture/{id_}" for id_ in captures[::3]],
        "actors": [f"/actor/{id_}" for id_ in ids("actors")[:8]],
        "entries": [f"/entry/{id_}" for id_ in ids("chronicle")[::24]],
    }


@pytest.mark.parametrize("kind", ["lists", "reports", "compared", "captures", "actors", "entries"])
def test_nothing_of_a_capture_runs_loads_or_hides(
    tab: Opener, hostile_app: str, paths: dict[str, list[str]], kind: str
) -> None:
    watched = tab(hostile_app)
    assert paths[kind]
    assert [found for path in paths[kind] for found in harm(watched, path)] == []


def test_the_words_shown_are_the_words(tab: Opener, hostile_app: str, hostile_archive: Path) -> None:
    with dateline.open(hostile_archive) as archive:
        rows = archive.reports()
        texts = {row.id: archive.text(whole(row)) for row in rows}
    watched = tab(hostile_app)
    for row in rows[::3]:
        page = watched.open(f"/report/{row.id}")
        assert squeezed(str(page.locator("#words").text_content())) == squeezed(visible(texts[row.id]))
        assert squeezed(str(page.locator("h1").text_content())) == squeezed(visible(row.title or "Without a title"))


def whole(row: ReportRow) -> Pin:
    return Pin(report=row.id, version=str(row.versions[-1]["id"]), start=0, end=0, text="")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_timeline_and_map_show_words_not_markup(tab: Opener, hostile_app: str) -> None:
    watched = tab(hostile_app)
    page = watched.open("/")
    page.focus("#timeline .chart-view")
    page.keyboard.press("Home")
    for _ in range(25):
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(30)
    assert page.locator("#timeline .card .told").inner_text()
    page.click("#map summary")
    assert page.evaluate(HARM.replace('name === "style"', "false")) == []


def test_a_raw_capture_is_plain_text(hostile_app: str, paths: dict[str, list[str]]) -> None:
    for path in paths["captures"]:
        for kind, type_ in (("raw.txt", "text/plain"), ("bytes", "application/octet-stream")):
            with urlopen(f"{hostile_app}{path}/{kind}") as answer:
                assert answer.headers.get_content_type() == type_
                assert answer.headers["x-content-type-options"] == "nosniff"
                assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_an_exported_page_is_harmless_as_well(tab: Opener, hostile_archive: Path, tmp_path: Path) -> None:
    exported = tmp_path / "chronicle.html"
    done = command("export", "html", exported, "--archive", hostile_archive)
    assert done.returncode == 0, done.stderr
    watched = tab("")
    page = watched.page
    page.goto(exported.as_uri())
    watched.settle()
    assert page.locator("body").inner_text().count("window.__owned=1") > 20
    found = page.evaluate(HARM)
    own = (
        "style: ",
        "an element: <style",
        "a script: <script",
        'http-equiv: <meta http-equiv="Content-Security-Policy"',
    )
    assert [each for each in found if not each.startswith(own)] == []
    assert page.locator("script").count() <= 1
    assert page.url == exported.as_uri()
