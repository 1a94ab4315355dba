"""PDFs made by hand: lines of Helvetica at given places, so that every test knows what stands on the sheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

WIDTH, HEIGHT = 595, 842


class Put(NamedTuple):
    """A line of type: its words, how far from the left and from the top it stands, its size, and whether it is bold."""

    words: str
    left: float
    top: float
    size: float = 10
    bold: bool = False


def column(words: str, left: float, top: float, letters: int, size: float = 10, leading: float = 12) -> list[Put]:
    """Words set as lines of so many letters, one under the other."""
    lines, line = list[str](), ""
    for word in words.split():
        if len(line) + len(word) + 1 > letters and line:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    lines.append(line)
    return [Put(line, left, top + i * leading, size) for i, line in enumerate(lines)]


def pdf(pages: Iterable[Iterable[Put]], info: dict[str, str] | None = None, tail: bytes = b"") -> bytes:
    """A PDF with these pages; ``tail`` goes into its trailer (an /Encrypt dictionary, for instance)."""
    sheets = [_sheet(page) for page in pages]
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(sheets), b" ".join(b"%d 0 R" % (6 + 2 * i) for i in range(len(sheets)))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        b"<< %s >>" % b" ".join(b"/%s %s" % (key.encode(), _string(value)) for key, value in (info or {}).items()),
    ]
    for i, sheet in enumerate(sheets):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>" % (WIDTH, HEIGHT, 7 + 2 * i)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(sheet), sheet))
    out, places = b"%PDF-1.4\n", list[int]()
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info 5 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, tail, len(out))
    )


def _sheet(page: Iterable[Put]) -> bytes:
    return b"\n".join(
        b"BT /F%d %g Tf %g %g Td %s Tj ET"
        % (2 if put.bold else 1, put.size, put.left, HEIGHT - put.top, _string(put.words))
        for put in page
    )


def _string(words: str) -> bytes:
    raw = words.encode("cp1252")
    return b"(%s)" % raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
