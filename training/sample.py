"""Build the compressed captures of the sample press from the pages under ``training/sample``.

``python -m training.sample [PRESS]`` writes a crawl and a gzipped page into the packaged press, or into another folder.
Nothing in the result depends on the clock or on chance; how the bytes are compressed depends on the zlib at hand.
"""

from __future__ import annotations

import gzip
import json
import sys
import uuid
from pathlib import Path

SOURCES = Path(__file__).parent / "sample"
PRESS = Path(__file__).parent.parent / "src" / "dateline" / "sample" / "press"
CRAWL = "crawl/lakes-2024.warc.gz"
PAGE = "selm-post/inquiry-opens.html.gz"
_REASONS = {200: "OK", 404: "Not Found"}


def _record(kind: str, url: str | None, date: str, content_type: str, payload: bytes) -> bytes:
    """One WARC record, compressed as a gzip member of its own."""
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {url} {date}").urn
    fields = [("WARC-Type", kind), ("WARC-Record-ID", f"<{name}>"), ("WARC-Date", date)]
    fields += [("WARC-Target-URI", url)] if url else []
    fields += [("Content-Type", content_type), ("Content-Length", str(len(payload)))]
    head = "WARC/1.0\r\n" + "".join(f"{key}: {value}\r\n" for key, value in fields) + "\r\n"
    return gzip.compress(head.encode() + payload + b"\r\n\r\n", mtime=0)


def crawl(sources: Path = SOURCES) -> bytes:
    """A WARC of the pages listed in ``crawl.json``: warcinfo, then for each page its request and its response."""
    records = [_record("warcinfo", None, "2024-02-06T09:30:00Z", "application/warc-fields", b"software: sample\r\n")]
    for page in json.loads((sources / "crawl.json").read_text(encoding="utf-8")):
        host, path = page["url"].removeprefix("https://").split("/", 1)
        body = (sources / "crawl" / page["file"]).read_bytes()
        coded = gzip.compress(body, mtime=0) if page["encoding"] == "gzip" else body
        asked = f"GET /{path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: sample\r\n\r\n"
        head = (
            f"HTTP/1.1 {page['status']} {_REASONS[page['status']]}\r\nContent-Type: text/html; charset=utf-8\r\n"
            + (f"Content-Encoding: {page['encoding']}\r\n" if page["encoding"] != "identity" else "")
            + f"Content-Length: {len(coded)}\r\n\r\n"
        )
        http = "application/http; msgtype="
        records.append(_record("request", page["url"], page["date"], http + "request", asked.encode()))
        records.append(_record("response", page["url"], page["date"], http + "response", head.encode() + coded))
    return b"".join(records)


def build(press: Path = PRESS, sources: Path = SOURCES) -> list[Path]:
    """Write the compressed captures into a press folder and give their paths."""
    made = {CRAWL: crawl(sources), PAGE: gzip.compress((sources / PAGE).with_suffix("").read_bytes(), mtime=0)}
    for name, data in made.items():
        (press / name).parent.mkdir(parents=True, exist_ok=True)
        (press / name).write_bytes(data)
    return [press / name for name in made]


if __name__ == "__main__":
    for written in build(Path(sys.argv[1]) if len(sys.argv) > 1 else PRESS):
        print(written)
