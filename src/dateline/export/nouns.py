"""Every noun of an archive as one file each: JSON lines, or Parquet with typed columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from dateline.errors import DatelineError
from dateline.records import Record


def jsonl(folder: Path, nouns: dict[str, tuple[type[Record], Sequence[Record]]]) -> list[Path]:
    """Write ``NAME.jsonl`` for every noun: its records as they are, one a line.

    Args:
        folder: where to; made if it is not there.
        nouns: name, type and records of each noun.

    Raises:
        OSError: a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, (_, rows) in nouns.items():
        path = folder / f"{name}.jsonl"
        with path.open("wb") as file:
            file.writelines(msgspec.json.encode(row) + b"\n" for row in rows)
        written.append(path)
    return written


def parquet(folder: Path, nouns: dict[str, tuple[type[Record], Sequence[Record]]]) -> list[Path]:
    """Write ``NAME.parquet`` for every noun: columns as the record's fields, typed the same whatever the rows hold.

    A figure's value is a list of one number or two (a range); lists and pins are nested columns.

    Raises:
        DatelineError: the extra ``tables`` is not installed.
        OSError: a file cannot be written.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise DatelineError("parquet", "needs the extra 'tables': pip install dateline[tables]") from error
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, (kind, rows) in nouns.items():
        schema = pa.schema([pa.field(field, arrow) for field, arrow in _fields(kind, pa)])
        table = pa.Table.from_pylist([_row(msgspec.to_builtins(row), schema, pa) for row in rows], schema=schema)
        path = folder / f"{name}.parquet"
        pq.write_table(table, path, compression="zstd")
        written.append(path)
    return written


def _fields(kind: type[Record], pa: Any) -> list[tuple[str, Any]]:
    hints = get_type_hints(kind)
    info = msgspec.structs.fields(kind)
    return [(field.encode_name, _arrow(hints[field.name], pa)) for field in info]


def _arrow(hint: Any, pa: Any) -> Any:
    """The Arrow type of a field: a number that may be a range is a list of numbers, a mapping a list of pairs."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        kinds = [argument for argument in arguments if argument is not type(None)]
        if any(get_origin(each) is tuple for each in kinds):
            return pa.list_(pa.float64())
        if set(kinds) == {str, list[str]}:
            return pa.list_(pa.string())
        return pa.float64() if set(kinds) == {int, float} else _arrow(kinds[0], pa)
    if origin is Literal or hint is str:
        return pa.string()
    if origin is list:
        return pa.list_(_arrow(arguments[0], pa))
    if origin is dict:
        return pa.map_(pa.string(), _arrow(arguments[1], pa))
    if isinstance(hint, type) and issubclass(hint, Record):
        return pa.struct([pa.field(name, arrow) for name, arrow in _fields(hint, pa)])
    return {int: pa.int64(), float: pa.float64(), bool: pa.bool_()}[hint]


def _row(value: dict[str, Any], schema: Any, pa: Any) -> dict[str, Any]:
    return {field.name: _fit(value.get(field.name), field.type, pa) for field in schema}


def _fit(value: Any, arrow: Any, pa: Any) -> Any:
    """A value in the shape of its Arrow type."""
    if value is None:
        return None
    if pa.types.is_list(arrow):
        values = value if isinstance(value, list | tuple) else [value]
        return [_fit(each, arrow.value_type, pa) for each in values]
    if pa.types.is_map(arrow):
        return [(key, _fit(each, arrow.item_type, pa)) for key, each in value.items()]
    if pa.types.is_struct(arrow):
        return {field.name: _fit(value.get(field.name), field.type, pa) for field in arrow}
    return value
