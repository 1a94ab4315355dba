"""Coverage-guided fuzzing of the parsers of our own, with atheris: ``python -m tests.hardening.guided TARGET [libFuzzer options]``.

A target takes any bytes and asserts what must hold; what it raises, libFuzzer keeps as a file of bytes and prints. Every find becomes a
test. Atheris is no dependency: `test_guided` runs this where it is installed (``pip install dateline[fuzz]``).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise


def _words(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def layout(data: bytes) -> None:
    """The parts of any text cover it in order."""
    from dateline.capture import layout as room
    from tests.hardening.judge import parted

    text = _words(data)
    assert list(parted(text, room.layout(text))) == []


def quotes(data: bytes) -> None:
    """Quotations lie in their parts and do not cross."""
    from dateline.read.quotes import insertions, quotations
    from dateline.records import Part

    text = _words(data)
    found = quotations(text, [Part(start=0, end=len(text), kind="body")] if text else [])
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(0 <= start < end <= len(text) for start, end in insertions(text, 0, len(text)))


def edtf(data: bytes) -> None:
    """Any string has bounds in order, or none."""
    from dateline.edtf import bounds, sort_key

    covered = bounds(_words(data))
    assert covered is None or covered.first <= covered.last
    sort_key(_words(data))


def dates(data: bytes) -> None:
    """A date that was found is a day of the calendar."""
    from datetime import date

    from dateline.capture.dates import at, item_date, parse

    text = _words(data)
    if moment := parse(text):
        date.fromisoformat(moment.day)
    if found := at(text):
        assert 0 < found.end <= len(text)
    item_date(text)


def sniff(data: bytes) -> None:
    """Any bytes are of some kind, or refused in words."""
    from dateline.capture.charset import decode
    from dateline.capture.sniff import kind_of

    decode(data).encode()
    with suppress(ValueError):
        assert kind_of(data)


def feeds(data: bytes) -> None:
    """A feed gives items or a refusal."""
    from dateline.capture.feed import items
    from dateline.capture.streams import BadInput

    try:
        list(items(b"<rss><channel>" + data, "feed.xml"))
    except BadInput:
        return


def mail(data: bytes) -> None:
    """A message is taken apart or refused."""
    from dateline.capture.eml import examine, message
    from dateline.capture.streams import BadInput

    whole = b"From: Velm Courier <news@velm.example>\r\nSubject: x\r\nMIME-Version: 1.0\r\n" + data
    try:
        message(whole, "x.eml")
    except BadInput:
        return
    examine(whole)


def mapping(data: bytes) -> None:
    """A row of any fields is mapped to texts."""
    from dateline.capture.mapping import mapped

    try:
        row = json.loads(data)
    except (ValueError, RecursionError):
        return
    if isinstance(row, dict):
        for value in mapped({**row, "text": row}, None).values():
            assert value is None or isinstance(value, str | list)


def codings(data: bytes) -> None:
    """Any body is unpacked to bytes, never more than the limit of them."""
    from dateline.capture.codings import unpacked
    from dateline.capture.streams import BadInput

    names = ("gzip", "deflate", "br", "zstd", "chunked", "x")
    with suppress(BadInput):
        assert len(unpacked(data[3:], [names[byte % len(names)] for byte in data[:3]], 1 << 20)) <= max(
            len(data), 1 << 20
        )


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each for each in (layout, quotes, edtf, dates, sniff, feeds, mail, mapping, codings)
}


def main() -> None:
    """Fuzz the target that is named first."""
    import atheris

    name = sys.argv[1]
    with atheris.instrument_imports(include=["dateline"]):
        TARGETS[name](b"")
        TARGETS[name](b"{}")
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
