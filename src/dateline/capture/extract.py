"""A capture to its article and metadata, told by its format. Nothing of a capture is executed or fetched."""

from __future__ import annotations

from dateline.capture import text
from dateline.capture.charset import decode
from dateline.capture.findings import finish
from dateline.records import Extract, RawCapture


def extract(raw: RawCapture) -> Extract:
    """The article, its metadata and its side matter; ``no_article`` is the reason where there is none.

    Never raises for what a capture holds: a page that cannot be taken apart has no article, and says so.
    """
    return finish(raw, text.examine(decode(raw.data, raw.charset)))
