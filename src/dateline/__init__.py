"""Dateline: from captured news to a chronicle, every line pinned to the exact words.

In short::

    import dateline

    reading = dateline.read(text, published="2021-12-06")
    with dateline.open("pile.db") as archive:
        archive.add(["saved-pages/", "crawl.warc.gz"])
        for entry in archive.chronicle(about="Donbas", since="2021-03"):
            print(entry.date, entry.text, entry.reports)

Offsets count Unicode code points and are half-open; dates are EDTF strings.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import dateline.read as _room  # noqa: F401  (bound now: loaded later it would take the name of the function below)
from dateline.errors import ArchiveError, CaptureError, DatelineError, ReadingError, StorageError

if TYPE_CHECKING:
    from dateline.archive.archive import Archive
    from dateline.records import Part, Reading

__all__ = ["ArchiveError", "CaptureError", "DatelineError", "ReadingError", "StorageError", "open", "read"]


def open(place: str | Path) -> Archive:
    """Open an archive, made where there is none.

    Args:
        place: a file, or the address of a PostgreSQL database (``postgresql://user@host/database``).

    Raises:
        ArchiveError: it cannot be opened, is no archive, or was made by a later version of Dateline.
    """
    from dateline.archive.archive import Archive

    return Archive(place)


def read(
    text: str,
    *,
    published: str | date | None = None,
    title: str | None = None,
    parts: Sequence[Part] | None = None,
    language: str | None = None,
    id: str | None = None,
    country: str | None = None,
) -> Reading:
    """Read one text without an archive: times, places, actors, statements, figures and events, each with its spans.

    Args:
        text: the report; every offset in the Reading counts in this string.
        published: the publication day; without it relative times stay unresolved.
        title: the headline, if it is not part of the text.
        parts: which stretch of the text is what; without them the sections are found here.
        language: ISO 639-1 code, found here if not given.
        id: handed through to the Reading.
        country: where its paper is published (ISO 3166-1 alpha-2), for names of several places.

    Raises:
        ReadingError: ``published`` is not a date.
    """
    from dateline.read.reader import read

    return read(text, published=published, title=title, parts=parts, language=language, id=id, country=country)
