"""Copies of a whole archive: from a file to a server and back, and backups, while others go on writing.

A copy is of one state of the archive, and it is there as a whole or not at all: a file gets its name when it is done, a database
its rows in one transaction. Each record is compared with the one that it was copied from before that. What can be derived (the
indexes of words, the shelf) is made anew.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any, cast

import msgspec
from sqlalchemy import Connection, Row, Table, delete, func, select

from dateline.archive import schema as s
from dateline.archive import shelf
from dateline.archive.place import Place
from dateline.archive.store import Store
from dateline.errors import ArchiveError, StorageError
from dateline.records import Report

Watch = Callable[[int, int], None]
"""Called with the number of records that are copied and checked, and of all."""

_DERIVED = (s.shelf, s.terms, s.tagged)
OWN = ("schema", "shelved", "shelf key")
"""What of `dateline.archive.schema.meta` is not copied, as it is of the database that holds it."""

_NUMBERED = (s.runs, s.answers, s.decisions)
_ROWS = 500  # rows or
_BYTES = 8_000_000  # bytes that are taken at a time

TABLES: tuple[Table, ...] = tuple(table for table in s.metadata.sorted_tables if table not in _DERIVED)
"""What is copied, each table after those that it refers to."""


def copy(source: Store, target: Place, watch: Watch = lambda *_: None, *, replace: bool = False) -> int:
    """Copy an archive to where none is.

    Args:
        source: the archive; others may write to it meanwhile.
        target: where to.
        watch: told how far it is.
        replace: put it in the place of a file that is there.

    Returns:
        The number of records.

    Raises:
        ArchiveError: there is something at the target, or it cannot be written; what was there is as it was.
        StorageError: a copied record is not what it was copied from, or a database failed.
    """
    if target.path is None:
        return _into_database(source, target, watch)
    if target.path.exists() and not replace:
        raise ArchiveError(target, "is there already: move it away first")
    folder = target.path.absolute().parent
    if not folder.is_dir():
        raise ArchiveError(target, "cannot be written (there is no folder for it)")
    try:
        beside = Path(tempfile.mkdtemp(prefix=f".{target.path.name}.", dir=folder))
    except OSError as error:
        raise ArchiveError(target, f"cannot be written ({error.strerror})") from error
    try:
        made = beside / target.path.name
        number = _pages(source, made, watch) if source.place.path else _into_database(source, Place.of(made), watch)
        _put(made, target.path, replace)
        return number
    except OSError as error:
        raise ArchiveError(target, f"cannot be written ({error.strerror})") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _put(made: Path, target: Path, replace: bool) -> None:
    """Give a finished file its name, on disk."""
    if Path(f"{target}-wal").exists():  # it would be taken for the new file's
        raise ArchiveError(target, "is in use, or was not closed: nothing was replaced")
    if target.exists() and not replace:
        raise ArchiveError(target, "came into being meanwhile: move it away first")
    with made.open("rb+") as file:
        os.fsync(file.fileno())
    made.replace(target)
    folder = os.open(target.absolute().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _pages(source: Store, target: Path, watch: Watch) -> int:
    """Copy a file page by page, which SQLite does while others write."""
    import sqlite3

    with source.read() as cx:
        held = cast(sqlite3.Connection, cx.connection.driver_connection)
        into = sqlite3.connect(target)
        try:
            held.backup(into, progress=lambda _, left, total: watch(total - left, total))
        except sqlite3.Error as error:
            raise StorageError(target, str(error)) from error
        finally:
            into.close()
    made = Store(target)
    try:
        if (said := made.integrity()) != "ok":
            raise StorageError(target, said)
        with made.read() as cx:
            return sum(_count(cx, table) for table in TABLES)
    finally:
        made.close()


def _into_database(source: Store, target: Place, watch: Watch) -> int:
    """Copy record by record into an empty archive, in one transaction."""
    made = Store(target)
    try:
        with source.read() as old, made.write() as new:
            if any(_count(new, table) for table in TABLES if table is not s.meta):
                raise ArchiveError(target, "holds an archive already: name an empty database")
            new.execute(delete(s.meta).where(s.meta.c.key != "schema"))
            numbers = {table: _count(old, table) for table in TABLES}
            total = 2 * sum(numbers.values())
            done = 0
            for table in TABLES:
                for rows in _batches(_rows(old, table)):
                    made.dialect.fill(new, table, [column.name for column in table.columns], rows)
                    done += len(rows)
                    watch(done, total)
            for table in TABLES:
                _compare(target, table, old, new)
                done += numbers[table]
                watch(done, total)
            _index(new, made)
            shelf.refresh(new)
            for table in _NUMBERED:
                made.dialect.numbered(new, table)
        return total // 2
    finally:
        made.close()


def _count(cx: Connection, table: Table) -> int:
    return cx.scalar(select(func.count()).select_from(table)) or 0


def _rows(cx: Connection, table: Table) -> Iterator[Row[Any]]:
    """All rows of a table, in the same order whatever the database."""
    key = list(table.primary_key.columns) or list(table.columns)
    query = select(table).order_by(*(column.nulls_first() if column.nullable else column for column in key))
    if table is s.meta:
        query = query.where(s.meta.c.key.not_in(OWN))
    return iter(cx.execute(query, execution_options={"yield_per": _ROWS}))


def _batches(rows: Iterator[Row[Any]]) -> Iterator[list[Row[Any]]]:
    batch: list[Row[Any]] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += sum(len(value) for value in row if isinstance(value, bytes | str))
        if len(batch) >= _ROWS or size >= _BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _compare(target: Place, table: Table, old: Connection, new: Connection) -> None:
    for row, copied in zip_longest(_rows(old, table), _rows(new, table)):
        if row is None or copied is None or tuple(row) != tuple(copied):
            raise StorageError(target, f"a record of {table.name} is not what it was copied from; nothing was kept")


def _index(cx: Connection, store: Store) -> None:
    """Put the words of all reports into the index."""
    r, v = s.reports.c, s.versions.c
    query = select(r.id, r.row, v.text).join_from(s.reports, s.versions, (v.report == r.id) & (v.id == r.current))
    decode = msgspec.json.Decoder(Report).decode
    for id, row, words in cx.execute(query, execution_options={"yield_per": _ROWS}):
        store.dialect.put_report_words(cx, s.row_of(id), id, decode(row).title or "", words)
