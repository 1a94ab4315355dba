"""The tables of a result: which folder holds which rows."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from dateline.scale.storage import Storage

if TYPE_CHECKING:
    import pyarrow as pa

CAPTURES = "captures"
"""Every capture as it came, with its extract; ``seq`` is its place in the order of the input."""

WORDINGS = "wordings"
"""What of a capture is compared: the words, their digest (null: there are none), the keys. One row a capture with an article."""

REFUSED = "refused"
"""Every input that could not be taken, with its reason; what broke a report stands in files named ``report-…``."""

FOLDED = "folded"
"""The extracts once more, brought together by the partition in which their report is."""

REPORTS = "reports"
"""Every report, its Reading, and the refusal where it could not be read."""

DONE = "done"
"""One small file a finished partition: what is in it. What has none is not there."""


@cache
def schema(name: str) -> pa.Schema:
    """The columns of a table. Records stand in it as their JSON."""
    import pyarrow as pa

    text, number = pa.string(), pa.int64()
    columns = {
        CAPTURES: {"id": text, "seq": number, "raw": text, "data": pa.binary(), "extract": text, "captured": text},
        WORDINGS: {"id": text, "digest": number, "day": text, "words": pa.binary(), "keys": pa.list_(number)},
        REFUSED: {"path": text, "record": text, "reason": text},
        REPORTS: {"id": text, "report": text, "reading": text, "failed": text},
    }
    return pa.schema(list(columns[name].items()))


def part(table: str, number: int, of: str = "part") -> str:
    """The file of a partition of a table."""
    return f"{table}/{of}-{number:05}.parquet"


def json(record: msgspec.Struct) -> str:
    """A record as a table holds it."""
    return msgspec.json.encode(record).decode()


def note(out: Storage, table: str, number: int, told: dict[str, Any]) -> None:
    """Note that a partition is finished, and what is to be known of it."""
    out.write(f"{DONE}/{table}-{number:05}.json", msgspec.json.encode(told))


def told(out: Storage, table: str, number: int) -> dict[str, Any] | None:
    """What is known of a finished partition, None where it is not finished."""
    found = out.read(f"{DONE}/{table}-{number:05}.json")
    return msgspec.json.decode(found) if found else None


def finished(out: Storage, table: str) -> set[int]:
    """The partitions of a table that are finished."""
    ends = (name.removesuffix(".json").rpartition("-") for name, _ in out.names(DONE))
    return {int(number) for start, _, number in ends if start == f"{DONE}/{table}"}
