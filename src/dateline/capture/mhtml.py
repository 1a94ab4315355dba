"""MHTML: a page saved by a browser with its pictures in one file."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime

from dateline.capture.multipart import check_parts
from dateline.capture.streams import BadInput, capture
from dateline.records import RawCapture


def page(data: bytes, path: str) -> RawCapture:
    """The page itself, with its address and the time it was saved.

    Raises:
        BadInput: there is no page in it, or there are parts within parts without end.
    """
    check_parts(data)
    message = message_from_bytes(data)
    part = _root(message)
    content = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(content, bytes) or not content.strip():
        raise BadInput("there is no page in this MHTML file")
    return capture(
        content,
        path,
        "html",
        url=_line(message.get("Snapshot-Content-Location")) or _line(part.get("Content-Location")),
        captured=_moment(message.get("Date")),
        charset=part.get_content_charset(),
    )


def _root(message: Message) -> Message | None:
    """The part that is named as the start, else the first page."""
    pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = message.get_param("start")
    return next((part for part in pages if start and part.get("Content-ID") == start), pages[0] if pages else None)


def _line(value: str | None) -> str | None:
    return "".join(str(value).split()) or None if value else None


def _moment(value: str | None) -> str | None:
    try:
        return parsedate_to_datetime(str(value)).isoformat() if value else None
    except ValueError:
        return None
