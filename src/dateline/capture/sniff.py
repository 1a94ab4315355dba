"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

import re
from typing import Literal

from dateline.capture.charset import decode, looks_binary

HEAD = 65_536
Kind = Literal["warc", "zip", "pdf", "mhtml", "mail", "mbox", "feed", "json", "html", "text"]

_MAGIC = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x7fELF": "a program",
    b"MZ": "a program",
    b"SQLite format 3": "an SQLite database",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"\xfd7zXZ": "an xz archive",
    b"BZh": "a bzip2 archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"PAR1": "a Parquet table",
    b"ID3": "a sound file",
    b"OggS": "a sound file",
    b"\x1a\x45\xdf\xa3": "a video",
}
_MAIL_HEADER = re.compile(rb"\A(?:[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)+", re.ASCII)
# A message has From, Date and Subject, or something that only mail programs write.
_MAIL_FIELDS = re.compile(rb"^(from|date|subject):", re.IGNORECASE | re.MULTILINE)
_SENDER = re.compile(rb"^from:[^\n]*(?:\n[ \t][^\n]*)*@", re.IGNORECASE | re.MULTILINE)
_MAIL_MARKS = re.compile(
    rb"^(?:received|return-path|delivered-to|message-id|mime-version|x-mailer|dkim-signature|list-unsubscribe):",
    re.IGNORECASE | re.MULTILINE,
)
_MBOX = re.compile(rb"\AFrom \S[^\n]{0,200}\d{4}[^\n]{0,20}\r?\n(?=[\w-]+:)")
_PDF = b"%PDF-"
_BEFORE_PDF = 1024  # bytes that may stand before a PDF's mark
_PROLOG = re.compile(
    r"\A\s*(?:<\?xml[^>]*\?>|<!--.*?-->|<\?[^>]*\?>|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?\s*>|\s+)*",
    re.DOTALL | re.IGNORECASE,
)
_ROOT = re.compile(r"<([\w:.-]+)")
_TAG = re.compile(
    r"</?(?:html|head|body|meta|title|div|p|a|span|article|section|main|header|h[1-6]|ul|li|table|img|br|script|link|figure|time)\b[^<>]*>",
    re.IGNORECASE,
)
_HTML_ROOTS = frozenset(
    [
        "html",
        "head",
        "body",
        "article",
        "main",
        "div",
        "section",
        "p",
        "meta",
        "title",
        "h1",
        "header",
        "span",
        "table",
        "script",
        "link",
        "!doctype",
    ]
)
_FEED_ROOTS = frozenset({"rss", "feed", "rdf:rdf", "channel"})
_FEW_TAGS = 6


def kind_of(head: bytes) -> Kind:
    """The kind of a file by its first bytes (unpacked).

    Raises:
        ValueError: nothing that can be taken; the message says what it is.
    """
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.lstrip().startswith(_PDF) or (_PDF in head[:_BEFORE_PDF] and looks_binary(head)):
        return "pdf"
    for magic, name in _MAGIC.items():
        if head.startswith(magic) and (len(magic) > 3 or looks_binary(head)):
            raise ValueError(f"it is {name}, not a page or a text")
    if looks_binary(head):
        raise ValueError("it is a binary file, not a page or a text")
    if mail := _MAIL_HEADER.match(head):
        if re.search(rb"^(?:snapshot-content-location|from:\s*<saved by)", mail[0], re.I | re.M):
            return "mhtml"
        if _is_mail(mail[0]):
            return "mail"
        if re.search(rb"^content-type:\s*multipart/related", mail[0], re.I | re.M):
            return "mhtml"
    if (separator := _MBOX.match(head)) and (mail := _MAIL_HEADER.match(head[separator.end() :])) and _is_mail(mail[0]):
        return "mbox"
    return _kind_of_text(decode(head))


def _is_mail(header: bytes) -> bool:
    """Whether the lines at a file's start are a message's header, and not those of a text that begins alike."""
    fields = {match[1].lower() for match in _MAIL_FIELDS.finditer(header)}
    sent = len(fields) == 3 and _SENDER.search(header)
    return bool(sent or ({b"from", b"subject"} <= fields and _MAIL_MARKS.search(header)))


def _kind_of_text(head: str) -> Kind:
    words = head.lstrip("\ufeff \t\r\n")
    if re.match(r"\{\s*(?:\"|\}|$)|\[\s*(?:\{|\]|$)", words):
        return "json"
    if words.startswith("<"):
        if re.match(r"<!doctype\s+html", words, re.IGNORECASE):
            return "html"
        rest = words[len((_PROLOG.match(words) or [""])[0]) :]
        root = found[1].lower() if (found := _ROOT.match(rest)) else ""
        if root in _FEED_ROOTS:
            return "feed"
        if root in _HTML_ROOTS:
            return "html"
        if words.startswith("<?xml"):
            raise ValueError(f"it is XML of a kind that is not known (<{root}>)")
    return "html" if len(_TAG.findall(head)) >= _FEW_TAGS else "text"
