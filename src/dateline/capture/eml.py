"""E-mail newsletters: a message is one capture, whatever articles it holds; an mbox file is one capture a message.

The sender is the publisher (or the author, where a person writes), the subject the title, the Date header the day. The
body is the HTML part's, read in the blocks in which it is written, or else the plain text's; what newsletters put
around it (preview text, "view in browser", "unsubscribe", postal addresses) goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr, parsedate_to_datetime

from lxml.html import HtmlElement

from dateline.capture import bylines, text
from dateline.capture.charset import decode
from dateline.capture.dates import Moment
from dateline.capture.findings import Findings, one_line
from dateline.capture.furniture import is_furniture
from dateline.capture.markup import tree_of
from dateline.capture.multipart import check_parts
from dateline.capture.streams import LARGEST, BadInput, Readable, capture
from dateline.capture.titles import fold
from dateline.records import PartKind, RawCapture, Refusal

_MOST_PARTS = 1000
_STEP = 1 << 20
_MBOX = re.compile(rb"(?:\A|\n)From \S[^\n]{0,200}\d{4}[^\n]{0,20}\r?\n(?=[\w-]+:)")
_SEPARATOR = 400  # bytes that may be held back while the next separator is not yet whole
_BLOCK_NAMES = """
    address article aside blockquote body center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header
    hr li main nav ol p pre section table tbody td tfoot th thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "title", "img", "svg"})
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?![.\d])|max-height\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_BIG = re.compile(r"font-size\s*:\s*(\d+)", re.IGNORECASE)
_HEADING_PIXELS = 20
_HEADING = 160
_SENTENCE = re.compile(r"[.:;,…][\"”’'»)]*$")
_FILLERS = re.compile("[\u034f\u200b-\u200f\u2060\ufeff\u00ad\u2007]+")

# The lines of a newsletter's own furniture. What begins the tail is cut with all that follows it.
_TAIL = re.compile(
    r"\bunsubscribe\b|\bopt[- ]out\b|(?:manage|update|change|edit) your (?:e-?mail )?(?:preferences|subscriptions?|settings)"
    r"|you(?:['’]re| are)? (?:are )?(?:receiving|received|get(?:ting)?|got) this (?:e-?mail|message|newsletter|because)"
    r"|this (?:e-?mail|message|newsletter) (?:was|is|has been) sent (?:to|by|from)|sent to (?:you|\S+@\S+)"
    r"|abmelden|abbestellen|se désabonner|désinscri|darse de baja|cancelar (?:la |su )?suscripción|disiscriviti|afmelden"
    r"|wypisz się|отписаться|відписатися|no longer wish to receive",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"\W*(?:(?:view|read|open|see|web|online) (?:this |the )?(?:(?:e-?mail|message|newsletter|post|issue|it|online|version)\b ?)?"
    r"(?:in|on|with|as)? ?(?:your|a|the|an)? ?(?:web ?)?(?:browser|online|app|version|webpage|website)?"
    r"|(?:e-?mail|newsletter|images?|pictures?) not display(?:ing|ed).*|(?:trouble|problems?|having trouble) (?:viewing|reading).*"
    r"|forward(?:ed)? (?:this|to a friend).*|was this (?:e-?mail |newsletter )?forwarded to you.*|like|comment|restack|share|subscribe(?: now)?"
    r"|upgrade to paid|im browser (?:ansehen|anzeigen|öffnen)|online ansehen|voir (?:en ligne|dans le navigateur)|ver en (?:el )?navegador"
    r"|read (?:more|on|the full (?:story|article)|full (?:story|article))|continue reading|weiterlesen|mehr lesen|lire la suite|leer más"
    r"|privacy policy|terms of (?:use|service)|contact us|about us|help)\W*",
    re.IGNORECASE,
)
_TAIL_FROM = 0.5  # of the blocks: an earlier "unsubscribe" is only a line
_SIGNATURE = re.compile(r"\n-- ?\n")
_FORWARDED = re.compile(r"^\s*(?:(?:fwd?|fw|wg|tr|rv|i|doorst)\s*:\s*)+", re.IGNORECASE)
_FORWARD_HEAD = re.compile(
    r"(?:-{2,}\s*(?:forwarded message|original message|weitergeleitete nachricht)\s*-{2,}|begin forwarded message:)\s*"
    r"((?:\s*(?:from|date|sent|subject|to|cc|reply-to|von|datum|gesendet|betreff|an)\s*:[^\n]*\n)+)",
    re.IGNORECASE,
)
_FORWARD_FIELD = re.compile(r"^\s*(from|date|sent|subject|von|datum|gesendet|betreff)\s*:\s*(.+)$", re.I | re.M)
_FIELDS = {"von": "from", "datum": "date", "gesendet": "date", "sent": "date", "betreff": "subject"}
_PERSON_AT = re.compile(r"^(?P<person>.{3,60}?)\s+(?:from|at|of|@|via|von|bei|de|chez)\s+(?P<paper>.{2,80})$", re.I)
_NO_REPLY = re.compile(r"^(?:no-?reply|donotreply|do-not-reply|newsletters?|news|info|mail(?:er)?|hello|team)$", re.I)

Block = tuple[PartKind, str]


def message(data: bytes, path: str, record: str | None = None) -> RawCapture:
    """A message as a capture.

    Raises:
        BadInput: there is no text in it, or there are parts within parts without end.
    """
    check_parts(data)
    parsed = _parsed(data)
    if not any(_content(part).strip() for part in _text_parts(parsed)):
        raise BadInput("there is no text in this message")
    return capture(data, path, "mail", record=record, captured=_received(parsed))


def mailbox(stream: Readable, path: str) -> Iterator[RawCapture | Refusal]:
    """The messages of an mbox file, each a capture; one that cannot be taken is named."""
    for number, data in enumerate(_messages(stream), 1):
        name = f"message {number}"
        if data is None:
            yield Refusal(path=path, record=name, reason=f"it is larger than {LARGEST >> 20} MB")
            continue
        try:
            yield message(data, path, name)
        except (BadInput, ValueError, LookupError, RecursionError) as error:
            yield Refusal(path=path, record=name, reason=str(error))


def _messages(stream: Readable) -> Iterator[bytes | None]:
    """The messages of an mbox without their separators; None for one that is too large."""
    rest, begun, too_large = b"", False, False
    while piece := stream.read(_STEP):
        rest += piece
        found = list(_MBOX.finditer(rest, 0))
        ends = [match for match in found if match.end() < len(rest)]
        at = 0
        for match in ends:
            if begun:
                yield None if too_large else rest[at : match.start() + 1]
            begun, too_large, at = True, False, match.end()
        rest = rest[at:]
        if len(rest) > LARGEST:
            rest, too_large = rest[-_SEPARATOR:], True
    if begun:
        yield None if too_large else rest


def examine(data: bytes) -> Findings:
    """The findings in a message."""
    parsed = _parsed(data)
    page, plain = _bodies(parsed)
    findings = _from_page(page) if page else _from_text(plain)
    if not findings.blocks and page and plain:
        findings = _from_text(plain)
    fields = {name: str(value) for name in ("from", "date", "subject", "list-id") if (value := parsed.get(name))}
    _describe(findings, fields, page or plain)
    if page and (address := _web_address(page)):
        findings.url = address
    if findings.blocks and findings.blocks[0][1] == findings.title:
        del findings.blocks[0]
    if not findings.blocks:
        findings.no_article = "a message without a text of its own"
    return findings


# ── the message and its parts ─────────────────────────────────────────────────────────────────────────────────────


def _parsed(data: bytes) -> EmailMessage:
    """The message; where it does nothing but carry another one, that one."""
    parsed = message_from_bytes(data, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    own = [part for part in _parts(parsed, inner=False) if part.get_content_maintype() == "text"]
    carried = next((part for part in _parts(parsed, inner=False) if part.get_content_type() == "message/rfc822"), None)
    if carried is not None and sum(len(_content(part).split()) for part in own) < 40:
        inner = carried.get_payload()
        if isinstance(inner, list) and inner and isinstance(inner[0], EmailMessage):
            return inner[0]
    return parsed


def _parts(parsed: Message, inner: bool) -> Iterator[EmailMessage]:
    """The parts of a message, not more than there may be; without ``inner`` not those of a message that it carries."""
    waiting, seen = [parsed], 0
    while waiting and seen < _MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        assert isinstance(part, EmailMessage)
        yield part
        if part.is_multipart() and (inner or part.get_content_type() != "message/rfc822"):
            children = part.get_payload()
            waiting = [child for child in children if isinstance(child, Message)] + waiting


def _text_parts(parsed: EmailMessage) -> list[EmailMessage]:
    return [
        part
        for part in _parts(parsed, inner=True)
        if part.get_content_type() in ("text/html", "text/plain") and not part.is_attachment()
    ]


def _bodies(parsed: EmailMessage) -> tuple[str, str]:
    """The HTML and the plain text of a message, parts of one kind one after the other."""
    parts = _text_parts(parsed)
    kinds = {
        kind: "\n".join(_content(part) for part in parts if part.get_content_type() == kind)
        for kind in ("text/html", "text/plain")
    }
    return kinds["text/html"], kinds["text/plain"]


def _content(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    words = decode(data, part.get_content_charset()) if isinstance(data, bytes) else ""
    if part.get_content_type() == "text/plain" and part.get_param("format", "") == "flowed":
        words = re.sub(r" \n(?!\s|-- \n)", " ", words)
    return words


def _received(parsed: EmailMessage) -> str | None:
    """When the newest server took the message in."""
    newest = next(iter(parsed.get_all("received") or []), None)
    moment = _date(str(newest).rpartition(";")[2]) if newest else None
    return moment.isoformat() if moment else None


def _date(words: str) -> datetime | None:
    try:
        return parsedate_to_datetime(" ".join(words.split()))
    except (ValueError, TypeError, IndexError):
        return None


# ── the body ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _from_page(page: str) -> Findings:
    tree = tree_of(page)
    blocks = _without_furniture(list(_blocks(tree))) if tree is not None else []
    return Findings(blocks=blocks)


def _blocks(tree: HtmlElement) -> Iterator[Block]:
    """What a mail shows, block by block, in order; a short block in large or bold type is a heading."""
    run: list[str] = []
    shown = {"heading": False, "letters": 0, "strong": 0}

    def flush() -> Iterator[Block]:
        words = one_line(_FILLERS.sub("", "".join(run)))
        strong = shown["strong"] >= 0.9 * shown["letters"] > 0
        if re.search(r"\w", words):
            is_heading = (shown["heading"] or strong) and len(words) <= _HEADING and not _SENTENCE.search(words)
            yield ("heading" if is_heading else "body"), words
        run.clear()
        shown.update(heading=False, letters=0, strong=0)

    def put(words: str | None, strong: bool, heading: bool) -> None:
        if words:
            run.append(words)
            size = len("".join(words.split()))
            shown["letters"] += size
            shown["strong"] += size * strong
            if size and heading:
                shown["heading"] = True

    def walk(element: HtmlElement, strong: bool, heading: bool) -> Iterator[Block]:
        if not isinstance(element.tag, str) or element.tag in _UNSEEN or _HIDDEN.search(element.get("style") or ""):
            return
        strong = strong or element.tag in ("b", "strong")
        big = _BIG.search(element.get("style") or "")
        heading = int(big[1]) >= _HEADING_PIXELS if big else heading or bool(re.fullmatch(r"h[1-6]", element.tag))
        if element.tag == "a" and _LINE.fullmatch(one_line("".join(element.itertext()))):
            return
        block = element.tag in _BLOCKS
        if block:
            yield from flush()
        if element.tag == "br":
            run.append("\n")
            if len(run) > 1 and run[-2:] == ["\n", "\n"]:
                yield from flush()
        put(element.text, strong, heading)
        for child in element:
            yield from walk(child, strong, heading)
            put(child.tail, strong, heading)
        if block:
            yield from flush()

    yield from walk(tree, False, False)
    yield from flush()


def _from_text(plain: str) -> Findings:
    words = _SIGNATURE.split(_unquoted(plain), maxsplit=1)[0]
    findings = text.examine(words)
    findings.blocks = _without_furniture(findings.blocks)
    return findings


def _unquoted(plain: str) -> str:
    """The text without a reply's quotation; where nearly all is quoted, the quotation without its marks."""
    lines = plain.split("\n")
    quoted = [line for line in lines if line.startswith(">")]
    if 2 * sum(map(len, quoted)) > len(plain):
        return "\n".join(re.sub(r"^(?:> ?)+", "", line) for line in lines)
    return "\n".join(line for line in lines if not line.startswith(">"))


def _without_furniture(blocks: list[Block]) -> list[Block]:
    """The blocks without a newsletter's furniture: its tail, its lines, and headings of nothing."""
    end = next(
        (
            i
            for i, (_, words) in enumerate(blocks)
            if i >= _TAIL_FROM * len(blocks) and _TAIL.search(words) and len(words) < 500
        ),
        len(blocks),
    )
    kept = [
        (kind, words)
        for kind, words in blocks[:end]
        if not _LINE.fullmatch(words) and not is_furniture(words) and not (_TAIL.search(words) and len(words) < 200)
    ]
    while kept and kept[-1][0] == "heading":
        kept.pop()
    return kept


# ── metadata ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _describe(findings: Findings, fields: dict[str, str], body: str) -> None:
    """Title, date, publisher and authors by the headers; of a forwarded newsletter by those that it quotes."""
    where = "mail"
    head = _FORWARD_HEAD.search(re.sub(r"<br\s*/?>|</(?:div|p|tr)>", "\n", body)[:20_000]) if body else None
    if head and _FORWARDED.match(fields.get("subject", "")):
        quoted = {
            _FIELDS.get(m[1].lower(), m[1].lower()): re.sub(r"<[^@>]*>|&lt;|&gt;", " ", m[2]).strip()
            for m in _FORWARD_FIELD.finditer(head[1])
        }
        fields, where = {**fields, **quoted}, "forwarded mail"
        _drop_forward_head(findings, quoted)
    if subject := one_line(_FORWARDED.sub("", fields.get("subject", ""))):
        findings.title, findings.found["title"] = subject, f"{where}:Subject"
    if (date := fields.get("date")) and (when := _date(date)):
        findings.moment, findings.found["date"] = Moment(when.date().isoformat(), when.isoformat()), f"{where}:Date"
    name, address = parseaddr(fields.get("from", ""))
    _sender(findings, one_line(name).strip("\"'"), address, where)


def _drop_forward_head(findings: Findings, quoted: dict[str, str]) -> None:
    """Take the lines that repeat the forwarded message's headers from the body."""
    values = {fold(value) for value in quoted.values()}
    findings.blocks = [
        (kind, words)
        for i, (kind, words) in enumerate(findings.blocks)
        if i > 8
        or not (
            re.match(
                r"-{2,}|begin forwarded message|(?:from|date|sent|subject|to|von|datum|an|betreff)\s*:", words, re.I
            )
            or fold(words) in values
        )
    ]


def _sender(findings: Findings, name: str, address: str, where: str) -> None:
    found = f"{where}:From"
    if match := _PERSON_AT.match(name):
        person = bylines.person(match["person"])
        if person:
            findings.authors, findings.found["authors"] = [person], found
            findings.publisher, findings.found["publisher"] = match["paper"].strip(), found
            return
    local, _, host = address.partition("@")
    person = bylines.person(name) if name else None
    if person and _is_persons(person, local, host):
        if not findings.authors:
            findings.authors, findings.found["authors"] = [person], found
        return
    publisher = name or (host if _NO_REPLY.match(local) else "")
    if publisher:
        findings.publisher, findings.found["publisher"] = publisher, found


def _is_persons(name: str, local: str, host: str) -> bool:
    """Whether an address is a person's own: it holds the first name, or the last one at a host that is not named alike."""
    first, *others = (fold(piece) for piece in name.split())
    at_named_host = any(len(piece) > 3 and piece in fold(host) for piece in (first, *others))
    return first in fold(local) or bool(others and others[-1] in fold(local) and not at_named_host)


def _web_address(page: str) -> str | None:
    """Where the same issue stands on the web: the link to view it in a browser, no tracker among them."""
    tree = tree_of(page)
    for link in tree.iter("a") if tree is not None else ():
        words = one_line("".join(link.itertext()))
        target = (link.get("href") or "").strip()
        if re.match(r"\W*(?:view|read|open|see)\b.{0,30}\b(?:browser|online|web)\b", words, re.I) and re.match(
            r"https?://[^\s?]+$", target
        ):
            return target
    return None
