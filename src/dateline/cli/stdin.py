"""JSON lines on standard input, each checked, a bad one refused by its number."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import msgspec

from dateline.cli.terminal import located, say

# The longest line on standard input, in bytes.
_LONGEST_LINE = 64 * 1024 * 1024


def json_lines(refused: list[Any], *needed: str, may: Sequence[str] = ()) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number and object of every JSON line on standard input.

    A line that is none, that lacks a string that is ``needed``, or holds something else for one that it ``may`` hold, is refused.
    """
    from dateline.records import Refusal

    if sys.stdin.isatty():
        say("reading JSON lines from the terminal; end with Ctrl-D")
    for number, line in enumerate(_bounded_lines(sys.stdin.buffer), start=1):
        if line is not None and not line.strip():
            continue
        row, reason = _object(line)
        if reason is None:
            row = {"id": None, **row}
            if missing := [name for name in ("id", *needed) if not isinstance(row.get(name), str)]:
                reason = f"{missing[0]!r} is missing, or no string"
            elif odd := [name for name in may if not isinstance(row.get(name), str | None)]:
                reason = f"{odd[0]!r} is no string"
        if reason is None:
            yield number, row
        else:
            refuse(refused, Refusal(path="-", record=f"line {number}", reason=reason))


def _object(line: bytes | None) -> tuple[dict[str, Any], str | None]:
    """The object in a line of JSON, or why there is none."""
    if line is None:
        return {}, f"longer than {_LONGEST_LINE >> 20} MB"
    try:
        row = msgspec.json.decode(line.removeprefix(codecs.BOM_UTF8))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return {}, f"not JSON ({error})"
    return (row, None) if isinstance(row, dict) else ({}, "not a JSON object")


def _bounded_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream as they come, None for one that is too long to be taken."""
    while line := stream.readline(_LONGEST_LINE):
        if len(line) < _LONGEST_LINE or line.endswith(b"\n"):
            yield line
            continue
        while (rest := stream.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
            pass
        yield None


def refuse(refused: list[Any], refusal: Any) -> None:
    """Keep a refusal for the exit status, and name it at once."""
    refused.append(refusal)
    say(f"refused: {located(refusal.path, refusal.record)}: {refusal.reason}")
