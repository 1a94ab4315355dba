"""A real browser for the tests: Debian's chromium, one for all of them, looking at one running app a pile."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, sync_playwright

import dateline
from dateline import sample
from dateline.web.app import create_app
from tests.hostile import folder as hostile_folder

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
PATIENCE = 15_000  # milliseconds for one step in the browser, on a machine that has other work


@dataclass
class Watched:
    """A tab and everything in it that should not happen."""

    page: Page
    base: str
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._spoken)
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("dialog", self._dialog)
        self.page.on("request", self._asked)
        self.page.on("download", lambda download: self.wrong.append(f"download: {download.url}"))
        self.page.on("popup", lambda popup: self.wrong.append(f"popup: {popup.url}"))

    def open(self, path: str) -> Page:
        """Go to a page of the app and wait until its views are drawn."""
        answer = self.page.goto(self.base + path, wait_until="load")
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until nothing is being loaded and what was loaded is drawn."""
        self.page.wait_for_load_state("networkidle")
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def _spoken(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(f"console: {message.text}")

    def _dialog(self, dialog: Dialog) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.base).netloc:
            self.wrong.append(f"request: {request.url}")


Opener = Callable[..., Watched]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without one the test is skipped, or fails where DATELINE_REQUIRE_BROWSER says that there must be one."""
    if not Path(CHROMIUM).exists():
        missing = "no chromium on this machine (apt-get install chromium)"
        if os.environ.get("DATELINE_REQUIRE_BROWSER"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM)
        yield opened
        opened.close()


@contextmanager
def serving(archive: Path) -> Iterator[str]:
    """The web app over an archive, and its address."""
    server = uvicorn.Server(uvicorn.Config(create_app(archive), host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    waited = time.monotonic()
    while not server.started:
        assert thread.is_alive(), "the app did not start"
        assert time.monotonic() - waited < 30, "the app does not come up"
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def sample_app(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over the packaged sample."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    with dateline.open(path) as archive:
        archive.add([Path(sample.__file__).parent / "press"])
    with serving(path) as base:
        yield base


@pytest.fixture(scope="session")
def hostile_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of captures that try everything."""
    home = tmp_path_factory.mktemp("hostile")
    path = home / "hostile.db"
    with dateline.open(path) as archive:
        archive.add([hostile_folder(home / "in")])
    return path


@pytest.fixture(scope="session")
def hostile_app(browser: Browser, hostile_archive: Path) -> Iterator[str]:
    """The app over the hostile captures."""
    with serving(hostile_archive) as base:
        yield base


@pytest.fixture
def tab(browser: Browser) -> Iterator[Opener]:
    """Open a watched tab on an app: ``tab(base, width=…, **context options)``. What went wrong in it fails the test."""
    opened: list[Watched] = []

    def new(base: str, width: int = 1280, height: int = 800, **options: Any) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
        opened.append(Watched(context.new_page(), base))
        return opened[-1]

    yield new
    for watched in opened:
        watched.page.context.close()
    assert [wrong for watched in opened for wrong in watched.wrong] == []
