"""How quick the web app is in a real browser: pages of an archive of 10,000 reports, frames of a timeline of 10,000 lines.

Needs Debian's chromium. The big archive is the sample many times over (see `benchmarks.big`), made once under build/bench.
"""

from __future__ import annotations

import statistics

from playwright.sync_api import Page, sync_playwright

from benchmarks.big import big_archive
from benchmarks.harness import OUT
from tests.browser.conftest import CHROMIUM, serving
from tests.browser.test_timeline import FRAMES, served, ten_thousand

REPORTS = 10_000
PAGES = (
    "/",
    "/?about=bridge&status=planned",
    "/reports",
    "/actors",
    "/statements?page=200",
    "/figures",
    "/disputes",
    "/search?q=bridge",
)
_TIMES = 5
_TIMED = """() => {
  const [page] = performance.getEntriesByType("navigation");
  return [page.responseEnd - page.requestStart, page.loadEventEnd - page.startTime];
}"""


def run() -> None:
    """Measure and print."""
    path = OUT / f"big-{REPORTS}.db"
    if not path.exists():
        OUT.mkdir(parents=True, exist_ok=True)
        big_archive(path, REPORTS)
    with serving(path) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        print("page                                     answered   loaded  (ms, median of 5)")
        for address in PAGES:
            answered, loaded = pages(page, base + address)
            print(f"{address:40} {answered:8.0f} {loaded:8.0f}")
        page.goto(base, wait_until="networkidle")
        print("timeline of all lines:", page.locator("#timeline-note").inner_text())
        frames("timeline of all lines", page)
        served(page, ten_thousand())
        page.goto(base, wait_until="networkidle")
        frames("timeline of 10,000 lines", page)
        browser.close()


def pages(page: Page, address: str) -> tuple[float, float]:
    """The median times until a page has been answered and until it is loaded, in milliseconds."""
    times = []
    for _ in range(_TIMES):
        page.goto(address, wait_until="load")
        times.append(page.evaluate(_TIMED))
    return statistics.median(each[0] for each in times), statistics.median(each[1] for each in times)


def frames(name: str, page: Page) -> None:
    """The times of a timeline's frames while it is zoomed and moved, in milliseconds."""
    page.wait_for_timeout(1000)
    best = min((page.evaluate(FRAMES) for _ in range(3)), key=lambda told: told["median"])
    print(
        f"{name}: frame median {best['median']:.1f}, p95 {best['p95']:.1f}; drawing median {best['drawing']:.1f}, p95 {best['drawing95']:.1f} ms"
    )
