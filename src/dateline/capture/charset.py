"""Bytes to characters, whatever the sender claimed.

What decodes as UTF-8 and is not plain ASCII is UTF-8: no other charset is written that way by chance. Only then the
claims count, the transport's first and the page's own next, and only where the result looks like text in some language.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

_BOMS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
# What browsers take these labels for.
_MEANT = {
    "iso-8859-1": "windows-1252",
    "latin-1": "windows-1252",
    "latin1": "windows-1252",
    "us-ascii": "windows-1252",
    "ascii": "windows-1252",
    "iso-8859-9": "windows-1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
}
_FALLBACK = "windows-1252"
_META = re.compile(
    rb"<(?:meta\b[^>]{0,200}?\bcharset|\?xml\b[^>]{0,100}?\bencoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I
)
_HEAD = 4096  # bytes in which a page states its charset
_STRAY_NULS = 2
_LOOKED_AT = 100_000  # bytes that the detector sees
_FEW_BROKEN = 0.02
_FOREIGN = 0.4  # share of a Latin text's letters beyond ASCII from which on it is rather another alphabet misread
_C1 = re.compile("[\x80-\x9f]")
_LETTER = re.compile(r"[^\W\d_]")
_UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufeff]")


def decode(data: bytes, claimed: str | None = None) -> str:
    """The text of some bytes. Never fails: what cannot be decoded becomes U+FFFD, control characters are left out.

    Args:
        data: the bytes of a page or a text.
        claimed: the charset that a transport header named, if any; it may lie.
    """
    return _UNFIT.sub("", _decode(data, claimed)).replace("\r\n", "\n").replace("\r", "\n")


def clean(text: str) -> str:
    """A text without control characters and lone surrogates, which no store takes; line ends as ``\\n``."""
    return _UNFIT.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def encoding_of(head: bytes) -> str:
    """The name of the encoding of a long text, by its first bytes; for texts that are read piece by piece."""
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    cut = head[: max(head.rfind(b"\n"), 0)] or head
    try:
        cut.decode("utf-8")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(cut).best()
        return best.encoding if best else _FALLBACK
    return "utf-8"


def looks_binary(data: bytes) -> bool:
    """Whether bytes are no text in any charset: too many control characters, above all NULs (unless it is UTF-16/32).

    A few stray ones are in many a page that a broken system made; readers of it never saw them.
    """
    head = data[:8192]
    if any(head.startswith(bom) for bom, _ in _BOMS) or _wide(head):
        return False
    control = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 or byte == 127 for byte in head)
    return head.count(0) > max(_STRAY_NULS, 0.001 * len(head)) or control > 0.02 * len(head)


def _decode(data: bytes, claimed: str | None) -> str:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, "replace")
    if wide := _wide(data[:8192]):
        return data.decode(wide, "replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if not text.isascii() or not _is_escaped(claimed):
            return text
    for name in _claims(data, claimed):
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if _plausible(text):
            return text
    text = data.decode("utf-8", "replace")
    beyond = sum(char > "\x7f" for char in text)
    return text if text.count("\ufffd") <= max(1, _FEW_BROKEN * beyond) else _guess(data)


def _claims(data: bytes, claimed: str | None) -> Iterator[str]:
    meta = _META.search(data[:_HEAD])
    for name in (claimed, meta[1].decode("ascii", "ignore") if meta else None):
        if name:
            name = name.strip(" \"'").lower()
            try:
                codecs.lookup(name)
            except (LookupError, ValueError):
                continue
            if not name.startswith(("utf", "unicode")):
                yield _MEANT.get(name, name)


def _is_escaped(claimed: str | None) -> bool:
    """Whether the claimed charset writes other alphabets in ASCII bytes."""
    return bool(claimed) and (claimed or "").lower().startswith(("iso-2022", "hz"))


def _plausible(text: str) -> bool:
    letters = _LETTER.findall(text[:_LOOKED_AT])
    latin = [char for char in letters if char < "\u0250"]
    foreign = sum(char > "\x7f" for char in latin)
    return not _C1.search(text[:_LOOKED_AT]) and foreign <= _FOREIGN * max(len(latin), 1)


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_LOOKED_AT]).best()
    return data.decode(best.encoding if best else _FALLBACK, "replace")


def _wide(head: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of Latin text is NUL."""
    if len(head) < 8 or b"\0" not in head:
        return None
    even, odd = head[::2].count(0) / len(head[::2]), head[1::2].count(0) / len(head[1::2])
    name = "utf-16-le" if odd > 0.4 and even < 0.05 else "utf-16-be" if even > 0.4 and odd < 0.05 else None
    text = head.decode(name, "replace") if name else ""
    return name if sum(char.isprintable() or char.isspace() for char in text) > 0.95 * len(text) else None
