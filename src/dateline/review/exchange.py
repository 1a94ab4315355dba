"""Decisions as JSON lines: to be kept apart, handed to others, taken in again. Taken in twice they change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from dateline.errors import ReadingError
from dateline.records import Decision
from dateline.review.decide import id_of


def lines(decisions: Iterable[Decision]) -> Iterator[str]:
    """Decisions as lines, in their order."""
    return (msgspec.json.encode(decision).decode() for decision in decisions)


def parsed(given: Iterable[str]) -> list[Decision]:
    """The decisions of some lines; empty lines are passed over.

    Raises:
        ReadingError: a line is no decision, or was altered after it was made (its id says so).
    """
    decode = msgspec.json.Decoder(Decision).decode
    found = []
    for number, line in enumerate(given, 1):
        if not line.strip():
            continue
        try:
            decision = decode(line)
        except (msgspec.DecodeError, UnicodeError) as error:
            raise ReadingError(f"line {number}", f"is no decision ({error})") from None
        if id_of(decision) != decision.id:
            raise ReadingError(f"line {number}", f"was altered after it was made: {decision.id} is not its id")
        found.append(decision)
    return found
