"""A capture to its article and metadata, told by its format. Nothing of a capture is executed or fetched."""

from __future__ import annotations

from dateline.capture import eml, html, mapped, pdf, text
from dateline.capture.charset import decode
from dateline.capture.findings import Findings, finish
from dateline.records import Extract, RawCapture

# Bytes of a page or text that is looked at; a longer one is kept, and costs neither minutes nor memory.
_LONGEST = 8 << 20


def extract(raw: RawCapture) -> Extract:
    """The article, its metadata and its side matter; ``no_article`` is the reason where there is none.

    Never raises for what a capture holds: a page that cannot be taken apart has no article, and says so.
    """
    try:
        return finish(raw, _examine(raw))
    except Exception as error:  # a hostile page may break any parser; the reason goes to the list, the rest goes on
        return finish(raw, Findings(no_article=f"it could not be taken apart ({type(error).__name__}: {error})"))


def _examine(raw: RawCapture) -> Findings:
    if raw.format == "mapped":
        return mapped.examine(raw)
    if raw.format == "pdf":
        return pdf.examine(raw.data)
    if raw.format == "mail":
        return eml.examine(raw.data)
    if len(raw.data) > _LONGEST:
        return Findings(no_article=f"it is larger than {_LONGEST >> 20} MB: no article is that long")
    page = decode(raw.data, raw.charset)
    if raw.format == "html":
        return html.examine(page, raw.url, raw.captured)
    return text.examine(page)
