"""What converters leave of a page's markup in a plain text: Markdown, link addresses, tags. Out of it come clean lines that know what they were.

A scrape may be wrapped at a fixed width, with its links written out in brackets, by number or behind the words, and with its
lists and headings marked. None of that is said by the page, but it tells menus from prose.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

LONGEST = 1_000_000  # characters of a scrape that are looked at
_NARROWEST, _WIDEST = 45, 110  # line lengths at which programs wrap
_FEWEST_FULL = 8  # lines up to the width that show that a text is wrapped
_BEYOND = 0.02  # share of long lines that may be wider: addresses cannot be broken
_NEAR = 14

_OPEN, _CLOSE = "\ue000", "\ue001"  # where a link's words begin and end, while the lines are being made
_MARKS = re.compile(f"[{_OPEN}{_CLOSE}]")
_BLOCK = re.compile(r"<(?P<name>script|style|noscript|svg)\b[^<>]*>|<!--", re.IGNORECASE)
_TAG = re.compile(r"</?(?P<name>[a-zA-Z][\w-]*)(?:\s[^<>]*)?/?>")
_INLINE = frozenset(["a", "abbr", "b", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u", "time", "wbr", "ins", "del"])  # fmt: skip
_ADDRESS = r"(?:https?|ftp|whatsapp|mailto|tel|sms|javascript|data|viber|tg|fb-messenger):"
_TARGET = r"\((?:[^()\n]|\([^()\n]*\)){0,3000}\)"
_LINK = re.compile(rf"(?P<image>!?)\[(?P<words>[^\[\]]{{0,2000}})\](?:{_TARGET}|\[[\w^ -]{{0,40}}\])")
_REFERENCE = re.compile(r"^[ \t]*\[[^\[\]\n]{1,60}\]:[ \t]*\S.*$", re.MULTILINE)
_BRACKETED = re.compile(
    rf"\s?\((?=(?:{_ADDRESS}|//|www\.|/[\w?#(-]|/\)|#[\w-]*\)|\?[\w-]+=|[\w-]+\.(?:html?|php|aspx?)\b))[^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)?"
)
_BARE = re.compile(
    rf"(?:(?:https?|ftp|whatsapp)://|\b(?:mailto|javascript):|\bwww\.)\S+|<{_ADDRESS}[^<>\s]*>", re.IGNORECASE
)
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3}|~~)(?=\S)(.{1,400}?)(?<=\S)\1(?!\w)")
_STRAY = re.compile(r"(?<![\w*])\*{2,3}(?![\w*])|\*\*|(?<!\S)_{1,2}(?!\S)|(?<!\w)__\s")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~$&])")
_HEADING = re.compile(r"(#{1,6})(?:\s+|(?=[^\s#\d]))")
_RULED = re.compile(r"[ \t]*(?:=+|-+|[*_](?:[ \t]*[*_]){2,})[ \t]*$")
_ITEM = re.compile(r"(?:[-*+•·▪◦‣○]|\d{1,3}[.)])[ \t]+|[•▪◦‣○](?=\S)")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_MARKED = re.compile(
    r"\[\[|\]\(|\]\[\d|^#{1,6} |^\[\d+\]: |\((?:https?://|/\w)|</?(?:p|div|span|a|br|img|li|ul|b|i|em|strong|h[1-6]|t[dr])\b",
    re.MULTILINE,
)
_BEGINS = re.compile(r"[ \t]*(?:#{1,6}\s|[-*+•]\s|\d{1,3}[.)]\s|>|\[[^\]\n]{1,60}\]:\s|\||[=_*-]{3,}[ \t]*$)")
_GOES_ON = re.compile(r"\s[a-zß-ÿ]{1,3}$")
"""Small words that no line ends with: "the", "at", "und"."""
_JOINED_ON = re.compile(r"[a-zß-ÿ,;:)]")
_STOPS = '.!?…:"”’»*'


@dataclass(frozen=True)
class Line:
    """A line of a scrape without the remains of markup, and what they told of it."""

    words: str
    links: int = 0
    """Links in it."""
    linked: int = 0
    """Characters that stand in links."""
    level: int = 0
    """The heading's level, 0 for no heading."""
    item: bool = False
    """Whether it is marked as an item of a list."""
    image: bool = False
    """Whether a picture stands in it."""
    gap: bool = True
    """Whether it stands apart from the line before."""


def is_marked(text: str) -> bool:
    """Whether a text holds remains of markup: at least three."""
    found = _MARKED.finditer(text[:LONGEST])
    return sum(1 for _, _ in zip(range(3), found, strict=False)) == 3


def lines(text: str) -> list[Line]:
    """The lines of a scrape in order; paragraphs that were wrapped are one line, lines without words are left out."""
    text = _MARKS.sub("", text[:LONGEST])
    marked = is_marked(text)
    if marked:
        text = _without_tags(text)
    text = _unwrapped(text)
    if marked:
        text = _with_links_marked(text)
    return list(_joined(_lines(text, marked)))


def _without_tags(text: str) -> str:
    """The text without scripts, styles, comments and tags; blocks stand on lines of their own. Linear in the text's length."""
    kept: list[str] = []
    at = 0
    never_closed = set[str]()
    for match in _BLOCK.finditer(text):
        name = (match["name"] or "!").lower()
        if match.start() < at or name in never_closed:
            continue
        closing = "-->" if name == "!" else f"</{name}"
        end = text.find(closing, match.end())
        end = text.lower().find(closing, match.end()) if end < 0 and name != "!" and len(text) < LONGEST // 8 else end
        if end < 0:
            never_closed.add(name)
            continue
        kept.append(text[at : match.start()])
        at = end + len(closing)
    text = " ".join([*kept, text[at:]])
    text = _TAG.sub(lambda tag: "" if tag["name"].lower() in _INLINE else "\n", text)
    return html.unescape(text) if "&" in text else text


def _unwrapped(text: str) -> str:
    """The text with lines that were wrapped at a fixed width put together again."""
    rows = text.replace("\r\n", "\n").split("\n")
    width = _width(rows)
    if width is None:
        return text
    kept: list[str] = []
    last = ""  # the last row as it was wrapped
    for row in rows:
        first = row.split(None, 1)[:1]
        if kept and first and last.strip() and not _BEGINS.match(row) and len(last) + 1 + len(first[0]) > width:
            broken = len(last) >= width and "://" in last.rsplit(None, 1)[-1]
            hyphen = last[-1:] == "-" and last[-2:-1].isalpha() and first[0][0].isalpha()
            kept[-1] += ("" if broken or hyphen else " ") + row.strip()
        else:
            kept.append(row)
        last = row
    return "\n".join(kept)


def _width(rows: list[str]) -> int | None:
    """The width that rows were wrapped at, None where they were not."""
    long = sorted(len(row) for row in rows if len(row) >= _NARROWEST and " " in row.strip())
    if len(long) < _FEWEST_FULL:
        return None
    width = long[int((1 - _BEYOND) * (len(long) - 1))]
    full = sum(width - _NEAR < length <= width for length in long)
    return width if width <= _WIDEST and full >= max(_FEWEST_FULL, 0.25 * len(long)) else None


def _with_links_marked(text: str) -> str:
    """The text with the words of each link between marks, and without addresses, numbers of links and pictures."""
    text = _REFERENCE.sub("", text)
    for _ in range(3):  # links may hold pictures, and pictures links
        text, count = _LINK.subn(_marked, text)
        if not count:
            break
    text = _BRACKETED.sub(_OPEN + _CLOSE, text)
    return _BARE.sub(_OPEN + _CLOSE, text)


def _marked(link: re.Match[str]) -> str:
    if link["image"]:
        return "\ue002"
    rows = [row.strip() for row in link["words"].split("\n")]
    inner = [row for row in rows if row]
    if len(inner) <= 1:
        return f"{_OPEN}{''.join(inner)}{_CLOSE}"
    return "\n" + "\n".join(f"{_HEADING.sub('', row)}".join((_OPEN, _CLOSE)) for row in inner) + "\n"


def _lines(text: str, marked: bool) -> Iterator[Line]:
    gap = True
    for row in re.split(r"[\n\r\v\f\x85\u2028\u2029]", text):
        bare = row.strip()
        if not _MARKS.sub("", bare).strip(" []|*_#-\ue002"):
            gap = gap or not bare or bool(_RULED.match(bare))
            continue
        level, item = 0, False
        bare = _QUOTE.sub("", bare, count=1) if bare[0] == ">" else bare
        for _ in range(2):
            lead = _MARKS.sub("", bare[:12])
            if heading := _HEADING.match(lead):
                level = len(heading[1])
                bare = _behind(bare, heading.end())
            elif mark := _ITEM.match(lead):
                if mark[0][0].isdigit() and not marked:
                    break
                item = True
                bare = _behind(bare, mark.end())
        words = _ESCAPED.sub(r"\1", bare) if marked else bare
        if marked:
            words = _STRAY.sub("", _EMPHASIS.sub(r"\2", words))
        image = "\ue002" in words
        links = words.count(_OPEN)
        linked = sum(len(piece.partition(_CLOSE)[0]) for piece in words.split(_OPEN)[1:])
        words = " ".join(_MARKS.sub("", words).replace("\ue002", " ").split())
        if marked:
            words = re.sub(r"\s+([,.;:!?)])(?=\s|$)", r"\1", words)
            words = (
                words.strip("[]|` ")
                if (words[:1] == "[" and words.count("[") != words.count("]")) or words[:1] == "|"
                else words
            )
        if words:
            yield Line(
                words=words, links=links, linked=min(linked, len(words)), level=level, item=item, image=image, gap=gap
            )
            gap = False


def _behind(row: str, count: int) -> str:
    """A row without its first characters, link marks not counted but kept."""
    at = kept = 0
    marks = ""
    while at < len(row) and kept < count:
        if row[at] in (_OPEN, _CLOSE):
            marks += row[at]
        else:
            kept += 1
        at += 1
    return marks + row[at:].lstrip()


def _joined(rows: Iterator[Line]) -> Iterator[Line]:
    """The lines, one that goes on with the sentence of the line before joined to it: links may stand on lines of their own."""
    last: Line | None = None
    for line in rows:
        if last is None:
            last = line
        elif (
            not line.gap
            and not line.item
            and not line.level
            and not last.level
            and (_JOINED_ON.match(line.words) or _GOES_ON.search(last.words))
            and last.words[-1] not in _STOPS
            and len(last.words.split()) > 4
        ):
            last = replace(
                last,
                words=f"{last.words} {line.words}",
                links=last.links + line.links,
                linked=last.linked + line.linked,
                image=last.image or line.image,
            )
        else:
            yield last
            last = line
    if last is not None:
        yield last
