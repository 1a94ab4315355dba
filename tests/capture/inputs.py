"""Real bytes of every container, made with the usual libraries; all words are invented."""

from __future__ import annotations

import io
import json
import zipfile

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

LEAD = "The council of Velm voted on Monday to close the old bridge for good, after an engineer found cracks in two pillars."
NEXT = "Mayor Ada Novak said the decision had been hard. “Nobody likes to walk an hour for bread,” she told reporters."
TEXT = f"{LEAD}\n\n{NEXT}"
PAGE = (
    "<!doctype html><html><head><meta charset='utf-8'><title>Velm gives up its bridge</title></head>"
    f"<body><article><h1>Velm gives up its bridge</h1><p>{LEAD}</p><p>{NEXT}</p></article></body></html>"
)


def warc(pages: int = 3, gzipped: bool = True) -> bytes:
    """A WARC with a warcinfo record, pages, a picture, a missing page, robots.txt, a request and a text resource."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzipped)
    writer.write_record(writer.create_warcinfo_record("velm.warc", {"software": "test"}))

    def response(url: str, kind: str, body: bytes, status: str = "200 OK") -> None:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(body),
                http_headers=headers,
                warc_headers_dict={"WARC-Date": "2021-12-06T10:00:00Z"},
            )
        )

    for i in range(pages):
        response(
            f"https://velm.example/{i}", "text/html; charset=utf-8", PAGE.replace("bridge", f"bridge {i}").encode()
        )
    response("https://velm.example/x.png", "image/png", b"\x89PNG\r\n")
    response("https://velm.example/gone", "text/html", PAGE.encode(), "404 Not Found")
    response("https://velm.example/robots.txt", "text/plain", b"User-agent: *")
    request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "velm.example")], is_http_request=True)
    writer.write_record(writer.create_warc_record("https://velm.example/0", "request", http_headers=request))
    writer.write_record(
        writer.create_warc_record(
            "https://velm.example/t", "resource", payload=io.BytesIO(TEXT.encode()), warc_content_type="text/plain"
        )
    )
    return out.getvalue()


def wacz() -> bytes:
    """A WACZ with two WARCs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("archive/a.warc.gz", warc(1))
        archive.writestr("archive/b.warc", warc(1, gzipped=False))
    return out.getvalue()


MHTML = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://velm.example/bridge\r\nSubject: Velm\r\n"
    "Date: Mon, 6 Dec 2021 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--B--"\r\n\r\n'
    "----B--\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
    f"Content-Location: https://velm.example/bridge\r\n\r\n{PAGE}\r\n----B--\r\nContent-Type: image/png\r\n"
    "Content-Transfer-Encoding: base64\r\nContent-Location: https://velm.example/x.png\r\n\r\niVBORw0KGgo=\r\n----B----\r\n"
).encode()

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Velm Courier – Region</title><link>https://velm-courier.example/</link><language>en-gb</language>
<item><title>Velm gives up its bridge</title><link>https://velm-courier.example/1</link><dc:creator>Ada Novak</dc:creator>
<pubDate>Mon, 06 Dec 2021 10:00:00 +0100</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{LEAD}</p><p>{NEXT}</p>]]></content:encoded></item>
<item><title>Ferry to run</title><link>https://velm-courier.example/2</link><description>{NEXT}</description></item>
</channel></rss>""".encode()

ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Velm Notebook</title><id>urn:x</id><updated>2021-12-09T00:00:00Z</updated>
<entry><title>Bread</title><id>urn:1</id><link href="https://notebook.example/bread"/><published>2021-12-06T21:10:00+01:00</published>
<updated>2021-12-09T00:00:00Z</updated><author><name>Per Lind</name></author>
<content type="html">&lt;p&gt;{LEAD}&lt;/p&gt;</content></entry></feed>""".encode()

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Radio Velm",
        "language": "en",
        "items": [
            {
                "id": "1",
                "url": "https://radio.example/1",
                "title": "Bridge",
                "content_html": f"<p>{LEAD}</p>",
                "date_published": "2021-12-06T10:00:00+01:00",
                "authors": [{"name": "Ada Novak"}],
            },
            {"id": "2", "url": "https://radio.example/2", "title": "No words"},
        ],
    }
).encode()
