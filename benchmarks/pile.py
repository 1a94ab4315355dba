"""Reports that are read already, as many as wanted: the packaged sample over and over, each time with other names, ids and years.

A name is exchanged for one of the same length wherever it stands, so every span still holds its words.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from dateline.archive.archive import Archive
from dateline.archive.store import Store
from dateline.records import Reading, Report, Telling, Version

_ID = re.compile(r'"([rv])([0-9a-f]{16})"')
_YEAR = re.compile(r'("(?:published|date|edtf|value|as_of)":")(\d{4})')
_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnprstvwz"
_YEARS = 8
_SHORTEST = 4  # letters of a name that is exchanged

_decode = msgspec.json.Decoder(Telling).decode


def told(archive: Archive) -> list[str]:
    """The reports of an archive as JSON, each with its Reading."""
    readings: dict[str, Reading] = archive.store.readings()
    found = []
    for report in archive.store.reports():
        if report.id in readings and readings[report.id].read:
            current = report.current
            found.append(
                Telling(
                    report=report.id, version=current.id, title=report.title, published=report.published, publisher=report.publisher,
                    origin="", text=current.text, parts=current.parts, reading=readings[report.id],
                )
            )  # fmt: skip
    return [msgspec.json.encode(telling).decode() for telling in found]


def copies(reports: Sequence[str], number: int, first: int = 0) -> Iterator[Telling]:
    """So many reports made of some, from the ``first`` on."""
    for n in range(first, first + number):
        yield _copy(reports[n % len(reports)], n // len(reports))


def put(store: Store, tellings: Iterable[Telling]) -> None:
    """Put reports with their Readings into an archive that has none of them."""
    batch: list[Telling] = []
    for telling in tellings:
        batch.append(telling)
        if len(batch) >= 200:
            _put(store, batch)
            batch.clear()
    _put(store, batch)


def _put(store: Store, tellings: Sequence[Telling]) -> None:
    rows = [
        (
            Report(
                id=one.report, title=one.title, published=one.published, authors=[], publisher=one.publisher, language="en",
                origin=None, own_reporting=None, from_={}, captures=[f"c{one.report[1:]}"],
                versions=[Version(id=one.version, text=one.text, parts=one.parts, captures=[f"c{one.report[1:]}"])],
            ),
            one.reading,
        )
        for one in tellings
    ]  # fmt: skip
    with store.write() as cx:
        store.put_reports(cx, [report for report, _ in rows])
    store.put_readings(rows, "benchmark")


def _copy(line: str, n: int) -> Telling:
    """The nth copy of a report."""
    names = _names(_decode(line))
    line = _ID.sub(lambda found: f'"{found[1]}{hashlib.sha256(f"{found[2]} {n}".encode()).hexdigest()[:16]}"', line)
    line = _YEAR.sub(lambda found: found[1] + str(int(found[2]) - n % _YEARS), line)
    if names:
        each = "|".join(map(re.escape, sorted(names)))
        line = re.sub(rf"\b({each})\b", lambda found: _other(found[1], n), line)
    return _decode(line)


def _names(telling: Telling) -> set[str]:
    """Family names and towns: what makes two copies two worlds. The states stay, as they do from one story to the next."""
    reading = telling.reading
    found = {actor.name.split()[-1] for actor in reading.actors if actor.kind == "person" and " " in actor.name}
    found |= {place.name for place in reading.places if place.precision in ("city", "point")}
    return {name for name in found if name.isalpha() and name.isascii() and len(name) >= _SHORTEST}


def _other(word: str, n: int) -> str:
    chance = random.Random(f"{word} {n}")
    made = "".join(chance.choice(_VOWELS if letter in _VOWELS else _CONSONANTS) for letter in word.lower())
    return made.capitalize()
