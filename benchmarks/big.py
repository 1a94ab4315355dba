"""An archive of any size for measuring pages: the packaged sample many times over, each time with other ids, years and names.

What is linked is copied as it is, so it has the make-up of a real archive; nothing is read again. Every pin still holds its words.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, text

from dateline.archive import schema as s
from dateline.archive import shelf
from dateline.archive.archive import Archive
from dateline.sample import PRESS

_ID = re.compile(r"\b([a-z]{1,2})([0-9a-f]{16})\b")
_YEAR = re.compile(r'("(?:date|due|as_of|published|from|to)":")(\d{4})')
_NUMBERED = re.compile(r"0\d{14}\t")
_DATED = re.compile(r"\d{4}-")
_NAMES_EACH = 20  # copies that share their actors' names, as reports of one season do
_YEARS = 30
_BATCH = 2_000


def big_archive(path: Path, reports: int, sample: Path | None = None) -> Path:
    """Make an archive with at least some number of reports, and say where it is.

    Args:
        path: where; it must not be there.
        reports: how many reports at least.
        sample: an archive of the sample, where one is there already; it is left as it is.
    """
    if sample is not None:
        shutil.copyfile(sample, path)
    with Archive(path) as archive:
        if sample is None:
            archive.add([PRESS])
        store = archive.store
        with store.write() as cx:
            tables = {table: [dict(row) for row in cx.execute(select(table)).mappings()] for table in _tables()}
            words = [dict(row) for row in cx.execute(text("SELECT report, title, text FROM report_words")).mappings()]
            copies = -(-reports // max(len(tables[s.reports]), 1)) - 1
            for table, rows in tables.items():
                _write(cx, table, rows, copies)
            put = text("INSERT INTO report_words (report, title, text) VALUES (:report, :title, :text)")
            for n in range(1, copies + 1):
                cx.execute(put, [{**row, "report": _copied(row["report"], n)} for row in words])
            cx.execute(s.meta.delete().where(s.meta.c.key == "shelved"))
            shelf.refresh(cx)
    return path


def _tables() -> tuple[Any, ...]:
    return (s.captures, s.sightings, s.reports, s.versions, s.readings, *s.LINKED.values())


def _write(cx: Connection, table: Any, rows: list[dict[str, Any]], copies: int) -> None:
    batch: list[dict[str, Any]] = []
    for n in range(1, copies + 1):
        for row in rows:
            batch.append(_row(row, n, table in s.LINKED.values()))
            if len(batch) >= _BATCH:
                cx.execute(insert(table), batch)
                batch.clear()
    if batch:
        cx.execute(insert(table), batch)


def _row(row: dict[str, Any], n: int, linked: bool) -> dict[str, Any]:
    """The nth copy of a row of a table; raw bytes are shared."""
    made = {
        name: _copied(value, n) if isinstance(value, str) and name not in ("sha256", "text", "reader") else value
        for name, value in row.items()
    }
    if made.get("published"):
        made["published"] = _moved(made["published"], n)
    if linked:
        made["seq"] = _placed(_copied(row["seq"], n), n)
        made["row"] = _renamed(made["row"], n // _NAMES_EACH)
    return made


def _copied(value: str, n: int) -> str:
    """A text with the ids and years of its nth copy."""
    value = _ID.sub(lambda found: found[1] + _other(found[2], n), value)
    return _YEAR.sub(lambda found: found[1] + str(int(found[2]) - n % _YEARS), value)


def _placed(seq: str, n: int) -> str:
    """What puts a row in its place, so many years earlier: it begins with a day's number (after 0) or with a year."""
    years = n % _YEARS
    if _NUMBERED.match(seq):
        return f"0{int(seq[1:8]) - round(years * 365.2425):07}{seq[8:]}"
    return f"{int(seq[:4]) - years}{seq[4:]}" if _DATED.match(seq) else seq


def _moved(date: str, n: int) -> str:
    return f"{int(date[:4]) - n % _YEARS}{date[4:]}"


@lru_cache(maxsize=200_000)
def _other(digits: str, n: int) -> str:
    return hashlib.sha256(f"{digits} {n}".encode()).hexdigest()[:16]


def _renamed(value: str, season: int) -> str:
    """Names of actors and speakers with the number of their season, so that the archive has as many as a real one."""
    if not season:
        return value
    named = re.sub(r'("(?:speaker|claimant|name)":"[^"\\]+)"', rf'\1 {season}"', value)
    return re.sub(r'"(?:actors|by|recipients)":\[[^\]]*\]', lambda f: _each(f[0], season), named)


def _each(names: str, season: int) -> str:
    head, _, rest = names.partition(":")
    return head + ":" + re.sub(r'"((?:[^"\\]|\\.)*)"', rf'"\1 {season}"', rest)
