"""A PDF: the article in its text layer, its title, date and authors, or the reason why there is none.

The letters and their places come from PDFium, which is quick and takes what browsers take; `dateline.capture.typeset`
makes lines and paragraphs of them. Nothing in a PDF is executed: no scripts, no forms, no attachments, no links.
"""

from __future__ import annotations

import base64
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from ctypes import byref
from itertools import pairwise
from math import pi
from typing import Any, NamedTuple

from dateline.capture import bylines, dates, text
from dateline.capture.charset import clean
from dateline.capture.findings import Findings, one_line
from dateline.capture.streams import BadInput, capture
from dateline.capture.titles import fold, host_of, without_site
from dateline.capture.typeset import Line, Paragraph, paragraphs, without_running_heads
from dateline.records import PartKind, RawCapture, SideMatter

_MOST_PAGES = 400
_MOST_LETTERS = 3_000_000
# Bytes that what is drawn may unpack to: by itself, all of it, and by itself where it is so many times its size.
_LARGEST_DRAWING, _LARGEST_DRAWINGS, _LARGEST_PACKED, _RATIO = 32 << 20, 256 << 20, 4 << 20, 50
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_MOST_STREAMS = 200_000
_BEFORE_STREAM = 1000  # bytes in which the description of a stream is looked for
_SHRINKING = re.compile(rb"/(?:Flate|LZW|RunLength)Decode\b")
_STEP = 1 << 16
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_UNREADABLE = 0.3  # share of letters without a meaning from which on a text layer is of no use
# Gaps in heights of a letter: between words, between columns, between two pieces with nothing to compare them with.
_WORD_GAP, _WIDE, _WIDER = 0.12, 0.8, 2.5
_WIDER_THAN_USUAL = 2.2
_OTHER_ROW = 0.6
_UPRIGHT = 0.1  # radians
_BOLD = 600
_LARGE, _SMALL = 1.12, 0.87  # of the body's type: headings are larger, captions and notes smaller
_SMALL_SHARE = 0.4  # of all letters: so much small print is no small print
_HEADING = 200
_TITLE_WORDS = 3
_MASTHEAD_WORDS = 5
_ALIKE = 0.5
_MENU_PAGES = 4  # that the menus of a printed web page may fill before its article begins
_CAPTION_WORDS = 6
_BELOW = 0.5  # share of the text from which on what stands below the title is the article
_PROSE = 40  # characters of a paragraph of prose, at least
_LINE_COSTS = 15  # words of prose that a line without a sentence outweighs
_SENTENCE = re.compile(r"[.!?…][\"”’'»)]*$")
_ADDRESS = re.compile(r"https?://\S+(?<!…)(?<!\.\.\.)")  # a long one is cut off in print
_PRINTED = re.compile(r"skia|mozilla|firefox|webkit|quartz pdfcontext", re.IGNORECASE)  # what prints web pages
_PRINT_HEAD = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d{2}(?: ?[AP]M)?(?:\s.*)?", re.IGNORECASE)
_PDF_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:(Z)|([+-]\d\d)'?(\d\d)?)?")
_FILE_TITLE = re.compile(r"^(?:microsoft \w+ - .*|untitled.*|.*\.(?:docx?|indd|qxp|pdf|html?|tex|odt|pages))$", re.I)
_NO_LETTER = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")  # codes by which a broken font calls its letters
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}


def page(data: bytes, path: str, record: str | None = None) -> RawCapture:
    """The PDF as a capture, with the time at which a browser printed it, where one did.

    Raises:
        BadInput: it is encrypted, broken, or unpacks to more than any article is.
    """
    with _opened(data) as document:
        facts = _facts(document)
    return capture(data, path, "pdf", record=record, captured=_moment(facts) if _is_print(facts) else None)


def check(data: bytes) -> None:
    """Raise `BadInput` where a PDF cannot be opened."""
    with _opened(data):
        pass


def examine(data: bytes) -> Findings:
    """The findings in a PDF.

    Raises:
        BadInput: it cannot be opened.
    """
    with _opened(data) as document:
        facts = _facts(document)
        lines = list(_lines(document))
    if not lines:
        return Findings(no_article="a scan without a text layer: there are no letters in it, only pictures")
    letters = Counter(_is_letter(char) for line in lines for char in line.text if not char.isspace())
    if letters[False] > _UNREADABLE * letters.total():
        return Findings(no_article="its fonts do not say which letters they draw")
    lines, edges = without_running_heads(lines)
    printed = _is_print(facts)
    address = next((m[0] for line in edges + lines if printed and (m := _ADDRESS.fullmatch(line.text.strip()))), None)
    if printed:
        lines = [line for line in lines if line.text.strip() != address and not _PRINT_HEAD.fullmatch(line.text)]
    return _article(paragraphs(lines), facts, address)


def _facts(document: Any) -> dict[str, str]:
    """What a PDF says of itself: title, authors, the programs that made it."""
    return {name: clean(value) for name, value in document.get_metadata_dict(skip_empty=True).items()}


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    import pypdfium2

    _check_streams(data)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR:
            raise BadInput("it is a PDF that only opens with a password") from error
        raise BadInput("its PDF is broken or cut off") from error
    try:
        yield document
    finally:
        document.close()


def _check_streams(data: bytes) -> None:
    """Raise `BadInput` where a stream that is no picture unpacks to too much: PDFium would hold all of it and every letter in it."""
    total = 0
    for number, match in enumerate(_STREAM.finditer(data)):
        if number >= _MOST_STREAMS:
            raise BadInput("its PDF has too many parts")
        told = data[max(0, match.start() - _BEFORE_STREAM) : match.start()]
        told = told[told.rfind(b"obj") + 1 :]
        if b"/Image" in told:
            continue
        if len(_SHRINKING.findall(told)) > 1:
            raise BadInput("its PDF is packed several times over")
        written = _letters_undone(data, match.end()) if b"ASCII85Decode" in told else None
        size, packed, first = _unpacked(data, match.end()) if written is None else _unpacked(written, 0)
        total += size
        much = max(_LARGEST_PACKED, _RATIO * packed)
        if size > min(much, _LARGEST_DRAWING) or total > _LARGEST_DRAWINGS or _swells(first):
            raise BadInput("its PDF unpacks to more than an article can be")


def _unpacked(data: bytes, start: int) -> tuple[int, int, bytes]:
    """The size of the zlib stream at a place, unpacked and packed, as far as may matter, and its first bytes; 0 where there is none."""
    if not _is_zlib(data[start : start + 2]):
        return 0, 0, b""
    unpacker, size, at, first = zlib.decompressobj(), 0, start, b""
    with suppress(zlib.error):
        while at < len(data) and not unpacker.eof and size <= _LARGEST_DRAWING:
            piece = unpacker.decompress(unpacker.unconsumed_tail or data[at : at + _STEP], _STEP)
            at += 0 if unpacker.unconsumed_tail else _STEP
            first = first or piece
            size += len(piece)
    return size, max(1, min(at, len(data)) - start - len(unpacker.unused_data)), first


def _letters_undone(data: bytes, start: int) -> bytes:
    """The bytes of a stream that is written in letters; nothing where it is not."""
    try:
        return base64.a85decode(data[start : data.index(b"~>", start)].removeprefix(b"<~"))
    except ValueError:
        return b""


def _swells(data: bytes) -> bool:
    """Whether the beginning of what was unpacked unpacks to far more again."""
    if not _is_zlib(data[:2]):
        return False
    unpacker = zlib.decompressobj()
    try:
        return len(unpacker.decompress(data, _LARGEST_PACKED + 1)) > _RATIO * len(data)
    except zlib.error:
        return False


def _is_zlib(head: bytes) -> bool:
    return len(head) == 2 and head[0] & 0x0F == 8 and (head[0] * 256 + head[1]) % 31 == 0


# ── letters to lines ──────────────────────────────────────────────────────────────────────────────────────────────


def _lines(document: Any) -> Iterator[Line]:
    import pypdfium2

    left = _MOST_LETTERS
    for number in range(min(len(document), _MOST_PAGES)):
        try:
            sheet = document[number]
            letters = sheet.get_textpage()
        except pypdfium2.PdfiumError:  # one broken page must not cost the others
            continue
        count = min(letters.count_chars(), left)
        left -= count
        yield from _lines_of(letters, count, number, sheet.get_height())
        letters.close()
        sheet.close()


class _Glyph(NamedTuple):
    """A letter and its box, in points from the page's upper left corner; a blank has the box of the letter before it."""

    char: str
    left: float
    right: float
    top: float
    bottom: float
    bold: bool

    @property
    def size(self) -> float:
        return max(self.bottom - self.top, 0.1)


def _lines_of(letters: Any, count: int, number: int, height: float) -> Iterator[Line]:
    """The upright lines of one page, in pieces where there is a wide gap in one."""
    row: list[_Glyph] = []
    for glyph in _glyphs(letters, count, height):
        if glyph is None or (row and not _in_row(row[-1], glyph)):
            yield from _pieces(row, number, height)
            row = []
        if glyph is not None and (row or glyph.char != " "):
            row.append(glyph)
    yield from _pieces(row, number, height)


def _in_row(last: _Glyph, glyph: _Glyph) -> bool:
    """Whether a letter goes on a row: at the same height and not back to the left."""
    apart = abs((glyph.top + glyph.bottom) - (last.top + last.bottom)) / 2
    return apart <= _OTHER_ROW * max(glyph.size, last.size) and glyph.left >= last.left - glyph.size


def _glyphs(letters: Any, count: int, height: float) -> Iterator[_Glyph | None]:
    """The upright letters of a page in the order in which they are drawn; None where PDFium sees a line's end."""
    from pypdfium2 import raw

    rect, last = raw.FS_RECTF(), None
    for i in range(count):
        code = raw.FPDFText_GetUnicode(letters, i)
        char = "\ufffd" if _NO_LETTER.match(chr(code)) else chr(code)
        if char in "\r\n":
            yield None
            continue
        if raw.FPDFText_IsHyphen(letters, i) == 1 or code in (0x02, 0xFFFE):
            char = "-"
        if char.isspace() or raw.FPDFText_IsGenerated(letters, i) == 1:
            if last is not None:
                yield last._replace(char=" " if char.isspace() else char)
            continue
        angle = raw.FPDFText_GetCharAngle(letters, i)
        if min(abs(angle), abs(angle - 2 * pi)) > _UPRIGHT or not raw.FPDFText_GetLooseCharBox(letters, i, byref(rect)):
            continue
        bold = raw.FPDFText_GetFontWeight(letters, i) >= _BOLD
        last = _Glyph(char, rect.left, rect.right, height - rect.top, height - rect.bottom, bold)
        yield last


def _pieces(row: Sequence[_Glyph], number: int, height: float) -> Iterator[Line]:
    """A row as one line, or several where a gap is far wider than those between its words."""
    gaps = [after.left - before.right for before, after in pairwise(row)]
    wide = [gap for gap in gaps if gap > _WORD_GAP * row[0].size]
    usual = sorted(wide)[(len(wide) - 1) // 2] if len(wide) > 1 else 0.0
    start = 0
    for i, gap in enumerate(gaps, 1):
        if gap > max((_WIDE if usual else _WIDER) * row[i].size, _WIDER_THAN_USUAL * usual):
            yield from _line(row[start:i], number, height)
            start = i
    yield from _line(row[start:], number, height)


def _line(row: Sequence[_Glyph], number: int, height: float) -> Iterator[Line]:
    written = "".join(glyph.char for glyph in row).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if written := written.translate(_LIGATURES).strip():
        yield Line(
            page=number,
            text=written,
            left=min(glyph.left for glyph in row),
            right=max(glyph.right for glyph in row),
            top=min(glyph.top for glyph in row),
            bottom=max(glyph.bottom for glyph in row),
            size=Counter(round(glyph.size, 1) for glyph in row).most_common(1)[0][0],
            bold=2 * sum(glyph.bold for glyph in row) > len(row),
            height=height,
        )


def _is_letter(char: str) -> bool:
    """Whether a letter has a meaning: not one of a font's own, nor one that could not be told."""
    return char != "\ufffd" and unicodedata.category(char) not in ("Co", "Cn", "Cc")


# ── paragraphs to findings ────────────────────────────────────────────────────────────────────────────────────────


def _article(found: Sequence[Paragraph], facts: dict[str, str], address: str | None) -> Findings:
    """What the paragraphs say, their type taken into account: title, headings, captions; the rest as in a plain text."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for each in found:
        sizes[round(each.size * 2) / 2] += len(each.text)
        bold[each.bold] += len(each.text)
    usual, all_bold = sizes.most_common(1)[0][0], bold[True] > bold[False]
    small = [each for each in found if each.size < _SMALL * usual]
    if sum(len(each.text) for each in small) > _SMALL_SHARE * sizes.total():
        small = []
    text_of = [each for each in found if each not in small]
    printed = _is_print(facts)

    def is_heading(each: Paragraph) -> bool:
        stands_out = each.size > _LARGE * usual or (each.bold and not all_bold)
        return stands_out and len(each.text) <= _HEADING and not _SENTENCE.search(each.text.rstrip("?!"))

    title, where, masthead = _title(text_of, usual, facts)
    if title is not None:
        text_of = _from(text_of, title)
    whole = fold(" ".join(each.text for each in text_of if each.size <= _LARGE * usual))
    kept = [
        each
        for each in text_of
        if each not in (title, masthead) and not (each.size > _LARGE * usual and fold(each.text) in whole)
    ]
    pieces = ([title.text] if title else []) + [each.text for each in kept]
    findings = text.examine("\n\n".join(pieces))
    findings.url = address
    headings = {each.text for each in kept if is_heading(each)}
    findings.blocks = [(_kind(kind, words, headings), words) for kind, words in findings.blocks]
    if printed:
        findings.blocks = _running_prose(findings.blocks)
    while findings.blocks and findings.blocks[-1][0] == "heading":
        findings.blocks.pop()
    if title:
        findings.title, findings.found["title"] = title.text, where
        findings.blocks = [block for block in findings.blocks if block[1] != title.text]
    elif printed and (stated := one_line(facts.get("Title", ""))) and not _FILE_TITLE.match(stated):
        findings.title, findings.found["title"] = (
            without_site(stated, [findings.publisher, host_of(findings.url)]),
            "pdf:Title",
        )
    if masthead and not findings.publisher:
        findings.publisher, findings.found["publisher"] = masthead.text, "masthead"
    if not findings.authors and (given := facts.get("Author")):
        findings.authors = bylines.persons(bylines.split(given))
        if findings.authors:
            findings.found["authors"] = "pdf:Author"
    findings.side += [
        SideMatter(title=None, date=dates.item_date(each.text), text=each.text)
        for each in small
        if len(each.text.split()) >= _CAPTION_WORDS and _SENTENCE.search(each.text)
    ]
    return findings


def _from(found: Sequence[Paragraph], title: Paragraph) -> list[Paragraph]:
    """The title and what follows it, where that is most of the text: what stands above are menus and other articles."""
    at = found.index(title)
    below = sum(len(each.text) for each in found[at:])
    return list(found[at:]) if below > _BELOW * sum(len(each.text) for each in found) else list(found)


def _running_prose(blocks: Sequence[tuple[PartKind, str]]) -> list[tuple[PartKind, str]]:
    """The stretch of a printed web page with the most prose: a paragraph adds its words, a line that is none takes some.

    Menus and lists of other articles fall off at both ends, and comments with them, whose names and buttons outweigh them.
    """
    best, start, total = (0, 0, 0), 0, 0
    for i, (kind, words) in enumerate(blocks):
        if total <= 0:
            start, total = i, 0
        if _SENTENCE.search(words):
            total += len(words.split()) if len(words) >= _PROSE else 0
        elif kind != "heading":
            total -= _LINE_COSTS
        if total > best[0]:
            best = (total, start, i + 1)
    return list(blocks[best[1] : best[2]]) or list(blocks)


def _kind(kind: PartKind, words: str, headings: set[str]) -> PartKind:
    return "heading" if one_line(words) in headings else kind


def _title(
    found: Sequence[Paragraph], usual: float, facts: dict[str, str]
) -> tuple[Paragraph | None, str, Paragraph | None]:
    """The title on the first page, what tells it, and the paper's name above it where the page begins with that."""
    first = [each for each in found if each.page == found[0].page]
    stated = one_line(facts.get("Title", ""))
    if stated and not _FILE_TITLE.match(stated):
        near = [each for each in found if each.page <= found[0].page + (_MENU_PAGES if _is_print(facts) else 0)]
        alike = [each for each in near if len(each.text) > 8 and fold(each.text) in fold(stated)]
        told = max(alike, key=lambda each: (len(each.text), each.size), default=None)
        if told is not None and (told.size > _LARGE * usual or 2 * len(told.text) > len(stated)):
            return told, "pdf:Title", _masthead(first, told)
        if _is_print(facts):  # the page may show another headline than it states, but one that has words in common
            heads = [each for each in near if each.size > _LARGE * usual and _are_alike(each.text, stated)]
            told = max(heads, key=lambda each: (len(_shared(each.text, stated)), each.size), default=None)
            return told, "largest type" if told else "", _masthead(first, told) if told else None
    large = [each for each in first if each.size > _LARGE * usual and len(each.text) <= _HEADING]
    heads = sorted((each for each in large if len(each.text.split()) >= _TITLE_WORDS), key=lambda each: -each.size)
    if not heads:
        return None, "", None
    title = heads[0]
    if len(heads) > 1 and title is first[0] and len(title.text.split()) <= _MASTHEAD_WORDS and title.text.istitle():
        title = heads[1]
    return title, "largest type on the first page", _masthead(first, title)


def _are_alike(words: str, other: str) -> bool:
    """Whether a heading of some words has at least half of them in common with another."""
    return len(words.split()) >= _TITLE_WORDS and len(_shared(words, other)) >= _ALIKE * len(words.split())


def _shared(words: str, other: str) -> set[str]:
    return ({fold(word) for word in words.split()} & {fold(word) for word in other.split()}) - {""}


def _masthead(first: Sequence[Paragraph], title: Paragraph) -> Paragraph | None:
    """The paper's name: large type of a few words with capitals, at the very top, above the title."""
    top = first[0]
    words = top.text.split()
    is_name = top is not title and len(words) <= _MASTHEAD_WORDS and (top.text.istitle() or top.text.isupper())
    return top if is_name and top.size >= title.size else None


def _is_print(facts: dict[str, str]) -> bool:
    """Whether a browser printed a web page."""
    return bool(_PRINTED.search(f"{facts.get('Creator', '')} {facts.get('Producer', '')}"))


def _moment(facts: dict[str, str]) -> str | None:
    """The time at which the file was made (ISO 8601), None where it does not say."""
    match = _PDF_DATE.match(facts.get("CreationDate", ""))
    if not match:
        return None
    year, month, day, hour, minute, second, utc, hours, minutes = match.groups()
    zone = "+00:00" if utc else f"{hours}:{minutes or '00'}" if hours else ""
    return f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{zone}"
