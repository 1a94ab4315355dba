"""Take the pictures in docs/screenshots of the sample's pages: ``python -m docs.screenshots``. Needs Debian's chromium.

They are stored with few colours, which makes a page of text a third as large and looks the same.
"""

from __future__ import annotations

import base64
import struct
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

import dateline
from dateline import sample
from tests.browser.conftest import CHROMIUM, serving

HERE = Path(__file__).parent / "screenshots"
MOST = 150_000  # bytes of a picture


class Picture(NamedTuple):
    """A page as it is shown: its address, the keys or clicks that come first, the window, and the colours."""

    name: str
    path: str
    acts: tuple[str, ...] = ()
    width: int = 1200
    height: int = 800
    dark: bool = False


def pictures(report: str, actor: str) -> tuple[Picture, ...]:
    """What is shown, given a report with several captures and an actor who speaks."""
    return (
        Picture("chronicle", "/"),
        Picture(
            "chronicle-dark", "/?about=bridge", ("focus #timeline .chart-view", "press Home", "press End"), dark=True
        ),
        Picture("chronicle-phone", "/", width=360, height=740),
        Picture("report", f"/report/{report}"),
        Picture("captures", f"/report/{report}/captures"),
        Picture("actor", f"/actor/{actor}"),
        Picture("disputes", "/disputes"),
        Picture("figures", "/figures"),
    )


def main() -> None:
    """Take all of them."""
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "sample.db"
        with dateline.open(path) as archive:
            archive.add([Path(sample.__file__).parent / "press"])
            reports = max(archive.reports(), key=lambda row: (len(row.versions), len(row.captures)))
            speakers = [row.speaker_id for row in archive.statements() if row.speaker_id]
        with serving(path) as base, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM)
            for each in pictures(reports.id, max(sorted(set(speakers)), key=speakers.count)):
                data = taken(browser, base, each)
                assert len(data) < MOST, f"{each.name}: {len(data)} bytes"
                (HERE / f"{each.name}.png").write_bytes(data)
                print(f"{each.name}: {len(data) / 1000:.0f} kB")
            browser.close()


def taken(browser: Browser, base: str, picture: Picture) -> bytes:
    """A picture as a PNG file."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(base + picture.path, wait_until="networkidle")
    for act in picture.acts:
        verb, _, object_ = act.partition(" ")
        do: dict[str, Callable[[str], None]] = {
            "focus": page.focus,
            "click": page.click,
            "press": page.keyboard.press,
        }
        do[verb](object_)
    page.wait_for_timeout(600)
    data = indexed(pixels(page.screenshot(), context.new_page()))
    context.close()
    return data


def pixels(png: bytes, page: Page) -> np.ndarray:
    """A picture's height × width × 3 bytes, unpacked by the browser on an empty page."""
    told = page.evaluate(
        """async (png) => {
          const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
          const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
          context.drawImage(picture, 0, 0);
          const {data} = context.getImageData(0, 0, picture.width, picture.height);
          let text = "";
          for (let i = 0; i < data.length; i += 30000) text += String.fromCharCode(...data.subarray(i, i + 30000));
          return [picture.width, picture.height, btoa(text)];
        }""",
        base64.b64encode(png).decode(),
    )
    width, height, data = told
    return np.frombuffer(base64.b64decode(data), np.uint8).reshape(height, width, 4)[:, :, :3]


def indexed(image: np.ndarray, colours: int = 255) -> bytes:
    """A picture as a PNG with a palette: its most frequent colours, every other replaced by the nearest of them."""
    flat = image.reshape(-1, 3).astype(np.int32)
    codes = (flat[:, 0] << 16) | (flat[:, 1] << 8) | flat[:, 2]
    values, inverse, counts = np.unique(codes, return_inverse=True, return_counts=True)
    # Colours that differ by little share a place, or the shades of the letters' edges would take them all.
    frequent = np.argsort(-counts, kind="stable")
    shades, first = np.unique((values[frequent] >> 3) & 0x1F1F1F, return_index=True)
    totals = np.bincount(np.searchsorted(shades, (values >> 3) & 0x1F1F1F), counts)
    order = frequent[first[np.argsort(-totals, kind="stable")]]
    palette = np.stack([(values[order[:colours]] >> shift) & 255 for shift in (16, 8, 0)], axis=1)
    exact = np.stack([(values >> shift) & 255 for shift in (16, 8, 0)], axis=1)
    nearest = np.empty(len(values), np.uint8)
    for start in range(0, len(values), 4096):
        far = ((exact[start : start + 4096, None, :] - palette[None, :, :]) ** 2).sum(axis=2)
        nearest[start : start + 4096] = far.argmin(axis=1)
    rows = nearest[inverse].reshape(image.shape[:2])
    packed = zlib.compress(np.pad(rows, ((0, 0), (1, 0))).tobytes(), 9)  # each row after the number of its filter, none
    head = struct.pack(">IIBBBBB", image.shape[1], image.shape[0], 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", palette.astype(np.uint8).tobytes()), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )


if __name__ == "__main__":
    main()
