"""Lists of records that a notebook and a table program take as they are."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from dateline.errors import DatelineError

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T", bound=msgspec.Struct)

_SHOWN = 20  # rows in a notebook
_CELL = 120  # characters


class Rows(list[T]):
    """Records of one noun: a list, with a table for pandas and for a notebook."""

    def to_pandas(self) -> pd.DataFrame:
        """One row a record, one column a field; nested records (a pin, a place) become columns ``pin.start`` and so on.

        Raises:
            DatelineError: the extra ``tables`` is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise DatelineError("to_pandas", "needs the extra 'tables': pip install dateline[tables]") from error
        return pd.DataFrame([dict(_flat(msgspec.to_builtins(row))) for row in self])

    def _repr_html_(self) -> str:
        """The first rows as a table, every word escaped."""
        shown = [dict(_flat(msgspec.to_builtins(row))) for row in self[:_SHOWN]]
        columns = list(dict.fromkeys(name for row in shown for name in row))
        head = "".join(f"<th>{escape(name)}</th>" for name in columns)
        body = "".join(
            "<tr>" + "".join(f"<td dir='auto'>{_cell(row.get(name))}</td>" for name in columns) + "</tr>"
            for row in shown
        )
        more = f"<p>{len(self)} rows</p>" if len(self) > len(shown) else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _flat(row: dict[str, Any], before: str = "") -> Iterable[tuple[str, Any]]:
    for name, value in row.items():
        if isinstance(value, dict) and value:
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        words = "; ".join(each if isinstance(each, str) else msgspec.json.encode(each).decode() for each in value)
    else:
        words = str(value)
    return escape(words if len(words) <= _CELL else f"{words[:_CELL]}…")
