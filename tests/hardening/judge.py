"""What may come of a capture, whatever it holds: records whose every span is exact, or refusals that name a foreseen reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from dateline import read
from dateline.capture.extract import extract
from dateline.capture.find import find
from dateline.records import Extract, Part, RawCapture, Reading, Refusal, Span

_UNFORESEEN = re.compile(r"\b\w*(?:Error|Exception|Warning|Interrupt|StopIteration)\b(?=[:)])")
_UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Judged(NamedTuple):
    """What came of a file: counts by kind of outcome, why anything was refused, and whatever must not be."""

    outcomes: Counter[str]
    reasons: list[str]
    wrong: list[str]


def judge(path: Path, reading: bool = False) -> Judged:
    """Take a file in as ``dateline add`` does; with ``reading`` read what it holds, too."""
    outcomes, reasons, wrong = Counter[str](), list[str](), list[str]()
    named: list[tuple[str, str | None]] = []
    for found in find([path]):
        if isinstance(found, Refusal):
            outcomes["refusal"] += 1
            named.append((found.path, found.record))
            reasons.append(found.reason)
            wrong += _refused(found)
            continue
        outcomes["capture"] += 1
        made = extract(found)
        outcomes["article" if made.no_article is None else "no article"] += 1
        wrong += [f"{found.record}: {each}" for each in extracted(found, made)]
        if reading and made.text:
            outcomes["read"] += 1
            given = read(made.text, published=made.date, title=made.title, parts=made.parts, language="en")
            wrong += [f"{found.record}: {each}" for each in spans(made.text, given)]
    wrong += [f"named {times} times: {name}" for name, times in Counter(named).items() if times > 1]
    if not outcomes:
        wrong.append("passed over in silence")
    return Judged(outcomes, reasons, wrong)


def _refused(refusal: Refusal) -> Iterator[str]:
    if not refusal.reason.strip():
        yield f"refused without a reason: {refusal}"
    if _UNFORESEEN.search(refusal.reason):
        yield f"refused by accident: {refusal.record}: {refusal.reason[:300]}"


def extracted(raw: RawCapture, made: Extract) -> Iterator[str]:
    """What is wrong with an extract."""
    if made.no_article and _UNFORESEEN.search(made.no_article):
        yield f"taken apart by accident: {made.no_article[:300]}"
    if raw.id != made.id:
        yield "the extract has another id than its capture"
    for words in strings(msgspec.to_builtins(made)):
        if _UNFIT.search(words):
            yield f"no store takes {words[:80]!r}"
    if bool(made.text) == bool(made.no_article) and not made.text:
        yield "there is neither a text nor a reason why not"
    yield from parted(made.text, made.parts)
    if made.headings != [made.text[part.start : part.end] for part in made.parts if part.kind == "heading"]:
        yield "the headings are not those of the parts"
    for day in (made.date, made.published and made.published[:10]):
        if day is not None and not _is_day(day):
            yield f"{day!r} is no day"


def _is_day(day: str) -> bool:
    try:
        return bool(_DAY.fullmatch(day) and date.fromisoformat(day))
    except ValueError:
        return False


def parted(text: str, parts: list[Part]) -> Iterator[str]:
    """What is wrong with the parts of a text: they stand in order, and no word stands between them."""
    at = 0
    for part in parts:
        if not at <= part.start < part.end <= len(text):
            yield f"a part lies at {part.start} to {part.end}, the last one ended at {at} of {len(text)}"
        elif re.search(r"\w", text[at : part.start]):
            yield f"no part covers {text[at : part.start][:80]!r}"
        at = part.end
    if re.search(r"\w", text[at:]):
        yield f"no part covers {text[at:][:80]!r}"


def spans(text: str, given: Reading) -> Iterator[str]:
    """What is wrong with a Reading: words that do not stand where they are said to stand, ids and places that lead nowhere."""
    for span in walk(given):
        if not 0 <= span.start < span.end <= len(text) or text[span.start : span.end] != span.text:
            yield f"a {type(span).__name__} at {span.start} to {span.end} says {span.text[:80]!r}, not {text[span.start : span.end][:80]!r}"
    actors = {actor.id for actor in given.actors}
    for statement in given.statements:
        if not {statement.speaker, statement.addressee} - {None} <= actors:
            yield f"nobody is {statement.speaker} or {statement.addressee}"
        if statement.parent is not None and not 0 <= statement.parent < len(given.statements):
            yield f"a statement stands in no. {statement.parent} of {len(given.statements)}"
    for event in given.events:
        if not {*event.actors, *event.recipients} <= actors:
            yield f"nobody is {event.actors} or {event.recipients}"
        if event.place is not None and not 0 <= event.place < len(given.places):
            yield f"an event is at no. {event.place} of {len(given.places)}"
        if event.statement is not None and not 0 <= event.statement < len(given.statements):
            yield f"an event is told in no. {event.statement} of {len(given.statements)}"
    for figure in given.figures:
        if figure.claimant is not None and figure.claimant not in actors:
            yield f"nobody is {figure.claimant}"


def walk(value: Any) -> Iterator[Span]:
    """All spans in a record, those within spans too."""
    if isinstance(value, Span):
        yield value
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from walk(getattr(value, name))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from walk(each)


def strings(value: Any) -> Iterator[str]:
    """All strings in what JSON can say."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from (key, *strings(each))
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)
