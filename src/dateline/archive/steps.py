"""The steps of the street that need nothing but what they are given, a batch at a time: any process can take them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from dateline.capture.extract import extract
from dateline.records import Extract, RawCapture, Reading, Refusal, Report

_TRIAL = "On Monday Ada Novak said that twelve people had left Geneva."

Taken = tuple[Extract, Refusal | None]
"""What a capture holds, and the refusal where it could not be taken apart."""

Read = tuple[Reading, Refusal | None]
"""What a report says, and the refusal where it could not be read."""


def take_apart(raws: Sequence[RawCapture]) -> list[Taken]:
    """What captures hold; where taking one apart fails by a mistake of ours, nothing, and the refusal that tells of it."""
    return [_taken_apart(raw) for raw in raws]


def _taken_apart(raw: RawCapture) -> Taken:
    try:
        return extract(raw), None
    except Exception as error:  # a mistake of ours in one capture must not cost the others
        return given_up(raw.id, raw.path, raw.record, error)


def given_up(id: str, path: str, record: str | None, error: Exception) -> tuple[Extract, Refusal]:
    """The empty extract of a capture that broke a step, and its refusal."""
    why = f"it could not be taken apart ({_named(error)})"
    empty = Extract(
        id=id,
        path=path,
        url=None,
        text="",
        parts=[],
        title=None,
        authors=[],
        date=None,
        published=None,
        publisher=None,
        language=None,
        origin=None,
        own_reporting=None,
        headings=[],
        side=[],
        found={},
        no_article=why,
    )
    return empty, Refusal(path=path, record=record, reason=why)


def read_reports(reports: Sequence[Report]) -> list[Read]:
    """What reports say, each by its current text; where reading one fails by a mistake of ours, nothing, and the refusal that tells of it.

    Where the reader cannot be started at all (a model that is not to be had), that is no report's fault: it is raised.
    """
    _try_reader()
    return [_read(report) for report in reports]


@cache
def _try_reader() -> None:
    """Read a sentence, once a process."""
    from dateline.read.reader import read

    read(_TRIAL, published="2024-01-01", language="en")


def _read(report: Report) -> Read:
    from dateline.read.reader import read  # loading it takes seconds, and taking captures apart does without

    current = report.current
    try:
        reading = read(
            current.text,
            published=report.published,
            title=report.title,
            parts=current.parts,
            language=report.language,
            id=report.id,
            country=report.country,
        )
    except Exception as error:  # a mistake of ours in one report must not cost the others
        why = f"reading failed ({_named(error)})"
        empty = Reading(id=report.id, language=report.language, read=False, why_not=why)
        return empty, Refusal(path=report.title or report.id, record=report.id, reason=why)
    return reading, None


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".encode("utf-8", "backslashreplace").decode()
