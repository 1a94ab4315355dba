"""Small whole captures of every format that comes in, and of formats in one another; all words are invented."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
import quopri
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.capture import inputs
from tests.capture.print_shop import Put, column, pdf
from tests.press import article

LEAD = (
    "Mayor Ada Novak said on Monday that more than 1,300 people had left Velm since 6 December 2021. “Nobody likes to "
    "walk an hour for bread,” she told reporters in Geneva. The governor denied it: between 20 and 30 had gone."
)
PAGE = f"""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Velm gives up its bridge – Velm Courier</title>
<link rel="canonical" href="https://velm.example/bridge"><meta property="og:site_name" content="Velm Courier">
<meta name="author" content="Per Lind"><meta property="article:published_time" content="2021-12-06T10:00:00+01:00">
<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":"NewsArticle","headline":"Velm gives up its bridge",
"datePublished":"2021-12-06","author":[{{"@type":"Person","name":"Per Lind"}}],"publisher":{{"@id":"#p"}}}},{{"@id":"#p","name":"Velm Courier"}}]}}</script>
</head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<article><h1>Velm gives up its bridge</h1><p class="byline">By <a rel="author">Per Lind</a>, <time datetime="2021-12-06">6 December 2021</time></p>
<p>VELM (Reuters) - {inputs.LEAD}</p><h2>A long way round</h2><p>{LEAD}</p><blockquote>“It will be missed.”</blockquote>
<figure><img src="a.jpg" alt="The bridge"><figcaption>The bridge in April 2021.</figcaption></figure>
<aside class="factbox"><h3>Key dates</h3><ul><li>1921: opened</li><li>3 May 1945: blown up</li></ul></aside>
<table><tr><td>Closed</td><td>12</td></tr></table><p>{inputs.NEXT}</p></article>
<div class="related">See also: <a href="/ferry">Ferry to run</a></div><footer>© 2021 Velm Courier</footer></body></html>"""
TEXT = f"Velm gives up its bridge\n\nBy Per Lind date 2021-12-06\n\n{inputs.LEAD}\n\n{LEAD}\n\nSee also:\n- Ferry to run\n- Ten recipes for autumn\n"
ROW = {
    "title": "Velm gives up its bridge",
    "authors": ["Per Lind", "Ada Novak"],
    "date": "2021-12-06T10:00:00Z",
    "source": {"name": "Velm Courier"},
    "url": "https://velm.example/bridge",
    "language": "en",
    "text": TEXT,
}
MAIL_HEAD = (
    "From: Velm Courier <news@velm.example>\r\nTo: reader@home.example\r\nSubject: =?utf-8?B?VmVsbSBnaXZlcyB1cA==?= its bridge\r\n"
    "Date: Mon, 6 Dec 2021 10:00:00 +0100\r\nMessage-ID: <1@velm.example>\r\nMIME-Version: 1.0\r\n"
    "Received: from a.example by b.example; Mon, 6 Dec 2021 10:00:05 +0100\r\n"
)


@dataclass(frozen=True)
class Seed:
    """A format: its name, and how its inner bytes become a capture in it (most have only one skin)."""

    name: str
    inner: bytes
    wrap: Callable[[bytes], bytes] = bytes

    @property
    def whole(self) -> bytes:
        return self.wrap(self.inner)


def _record(payload: bytes, kind: str = "text/html; charset=utf-8", encoding: str | None = None) -> bytes:
    out = io.BytesIO()
    headers = [("Content-Type", kind), *([("Content-Encoding", encoding)] if encoding else [])]
    writer = WARCWriter(out, gzip=False)
    writer.write_record(
        writer.create_warc_record(
            "https://velm.example/bridge",
            "response",
            payload=io.BytesIO(payload),
            http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
            warc_headers_dict={
                "WARC-Date": "2021-12-06T10:00:00Z",
                "WARC-Record-ID": "<urn:uuid:00000000-0000-4000-8000-000000000001>",
            },
        )
    )
    return out.getvalue()


def _zipped(payload: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in (("datapackage.json", b"{}"), ("archive/a.warc.gz", gzip.compress(payload, mtime=0))):
            packed.writestr(zipfile.ZipInfo(name, (2021, 12, 6, 10, 0, 0)), data)
    return out.getvalue()


def _mail(payload: bytes) -> bytes:
    html = quopri.encodestring(payload).replace(b"\n", b"\r\n")
    return (
        MAIL_HEAD.encode()
        + b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n'
        + TEXT.encode().replace(b"\n", b"\r\n")
        + b"\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + html
        + b"\r\n--b--\r\n"
    )


def _forwarded(payload: bytes) -> bytes:
    return (
        MAIL_HEAD.encode()
        + b'Content-Type: multipart/mixed; boundary="o"\r\n\r\n--o\r\nContent-Type: message/rfc822\r\n\r\n'
        + payload
        + b"\r\n--o--\r\n"
    )


def _mbox(payload: bytes) -> bytes:
    start = b"From news@velm.example Mon Dec  6 10:00:00 2021\n"
    plain = (
        MAIL_HEAD.replace("\r\n", "\n").encode() + b"Content-Type: text/plain; charset=utf-8\n\n" + payload + b"\n\n"
    )
    return start + plain + start + plain.replace(b"Velm", b"Selm")


def _mhtml(payload: bytes) -> bytes:
    return (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://velm.example/bridge\r\nDate: Mon, 6 Dec 2021 10:00:00 +0100\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(payload)
        + b"\r\n--b--\r\n"
    )


def _rss(payload: bytes) -> bytes:
    return inputs.RSS.replace(f"<p>{inputs.LEAD}</p><p>{inputs.NEXT}</p>".encode(), payload)


def _pdf_stream(payload: bytes) -> bytes:
    """A PDF whose one page is drawn by a packed stream."""
    made, packed = sheet(TEXT), zlib.compress(payload)
    start, end = made.index(b"<< /Length"), made.index(b"endstream")
    body = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\n" % (len(packed), packed)
    return made[:start] + body + made[end:]


def sheet(words: str) -> bytes:
    """A PDF of one page."""
    lines = [Put("Velm gives up its bridge", 60, 70, 20)]
    top = 110.0
    for paragraph in words.split("\n\n"):
        lines += column(paragraph, 60, top, 80)
        top = lines[-1].top + 24
    return pdf(
        [lines], {"Title": "Velm gives up its bridge", "Author": "Per Lind", "CreationDate": "D:20211206100000Z"}
    )


def _drawn(made: bytes) -> bytes:
    start = made.index(b"stream\n") + len(b"stream\n")
    return made[start : made.index(b"\nendstream")]


def _table(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _line(payload: bytes) -> bytes:
    return json.dumps({**ROW, "text": payload.decode("utf-8", "surrogateescape")}).encode()


@cache
def seeds() -> tuple[Seed, ...]:
    """All formats, the plain ones first."""
    page, text = PAGE.encode(), TEXT.encode()
    flat = {key: str(value) for key, value in ROW.items()}
    rows = [ROW, {**ROW, "title": "Ferry to run", "text": article(3)}]
    items = {"status": "ok", "articles": rows}
    return (
        Seed("html", page),
        Seed("text", text),
        Seed("mhtml", inputs.MHTML),
        Seed("warc", inputs.warc(2, gzipped=False)),
        Seed("warc.gz", inputs.warc(2)),
        Seed("wacz", inputs.wacz()),
        Seed("rss", inputs.RSS),
        Seed("atom", inputs.ATOM),
        Seed("json feed", inputs.JSON_FEED),
        Seed("json", json.dumps(rows, indent=1).encode()),
        Seed("json object", json.dumps(items).encode()),
        Seed("json lines", "\n".join(map(json.dumps, rows)).encode()),
        Seed("csv", _table([flat, {**flat, "text": article(4)}])),
        Seed("pdf", sheet(TEXT)),
        Seed("eml", _mail(page)),
        Seed("mbox", _mbox(text)),
        Seed("gzip", gzip.compress(text, mtime=0)),
        Seed("html in gzip", page, lambda inner: gzip.compress(inner, mtime=0)),
        Seed("html in warc", page, _record),
        Seed("html in gzip in warc", page, lambda inner: _record(gzip.compress(inner, mtime=0), encoding="gzip")),
        Seed("gzip in warc", gzip.compress(page, mtime=0), lambda inner: _record(inner, encoding="gzip")),
        Seed("pdf in warc", sheet(TEXT), lambda inner: _record(inner, "application/pdf")),
        Seed("warc in wacz", _record(page), _zipped),
        Seed("html in mhtml", page, _mhtml),
        Seed("html in eml", page, _mail),
        Seed("eml in eml", _mail(page), _forwarded),
        Seed("text in mbox", text, _mbox),
        Seed("html in rss", f"<p>{inputs.LEAD}</p><p>{LEAD}</p>".encode(), _rss),
        Seed("text in json lines", text, _line),
        Seed("drawing in pdf", _drawn(sheet(TEXT)), _pdf_stream),
    )
