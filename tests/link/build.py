"""Tellings made by hand: the words that matter are looked up in the text, so that no offset is counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dateline.capture.layout import layout
from dateline.edtf import bounds
from dateline.link.actors import Identities, identify
from dateline.link.cast import Cast
from dateline.link.traces import trace
from dateline.records import Figure, Place, ReadActor, ReadEvent, Reading, Span, Statement, Telling, Time


class Build:
    """One report with its Reading, built piece by piece. Words given must stand in the text; the first place counts."""

    def __init__(self, report: str, text: str, published: str | None = "2024-02-06", origin: str | None = None) -> None:
        self.report, self.text, self.published = report, text, published
        self.origin = origin or f"unknown: {report}"
        self.actors: list[ReadActor] = []
        self.places: list[Place] = []
        self.times: list[Time] = []
        self.statements: list[Statement] = []
        self.figures: list[Figure] = []
        self.events: list[ReadEvent] = []

    def span(self, words: str) -> Span:
        start = self.text.index(words)
        return Span(start=start, end=start + len(words), text=words)

    def actor(self, name: str, kind: Any = "person", *mentions: str) -> str:
        id_ = f"a{len(self.actors) + 1}"
        spans = [self.span(words) for words in (mentions or (name,))]
        self.actors.append(ReadActor(id=id_, name=name, kind=kind, mentions=spans))
        return id_

    def place(self, name: str, precision: Any = "city", country: str | None = None) -> int:
        span = self.span(name)
        self.places.append(
            Place(
                start=span.start, end=span.end, text=name, name=name, geonameid=None, lat=None, lon=None, country=country,
                precision=precision, use="literal",
            )
        )  # fmt: skip
        return len(self.places) - 1

    def time(self, words: str, edtf: str) -> None:
        span = self.span(words)
        self.times.append(
            Time(start=span.start, end=span.end, text=words, type="DATE", value=edtf, edtf=edtf, basis="stated")
        )

    def say(self, content: str, speaker: str | None = None, cue: str | None = None, **fields: Any) -> int:
        given: dict[str, Any] = {
            "source": None, "mode": "indirect", "addressee": None, "occasion": None, "medium": None, "date": None, "denial": False,
            "question": False, "refusal": False, "insertions": [], "parent": None,
        }  # fmt: skip
        spans = [self.span(words) for words in content.split(" … ")]
        self.statements.append(
            Statement(cue=self.span(cue) if cue else None, content=spans, speaker=speaker, **{**given, **fields})
        )
        return len(self.statements) - 1

    def count(self, words: str, value: Any, of: str | None = None, unit: str = "person", **fields: Any) -> None:
        span = self.span(words)
        given: dict[str, Any] = {"bound": "exact", "trend": None, "claimant": None, "as_of": None}
        self.figures.append(
            Figure(
                start=span.start, end=span.end, text=words, value=value, unit=unit, of=self.span(of) if of else None,
                **{**given, **fields},
            )
        )  # fmt: skip

    def event(self, trigger: str, date: str | None = None, status: Any = "happened", **fields: Any) -> None:
        given: dict[str, Any] = {
            "type": None, "mode": None, "context": [], "actors": [], "recipients": [], "place": None, "condition": None,
            "statement": None, "background": False, "date_basis": "stated" if date else None,
        }  # fmt: skip
        assert date is None or bounds(date)
        self.events.append(ReadEvent(trigger=self.span(trigger), date=date, status=status, **{**given, **fields}))

    def done(self) -> Telling:
        reading = Reading(
            id=self.report, language="en", read=True, why_not=None, times=self.times, places=self.places, actors=self.actors,
            statements=self.statements, figures=self.figures, events=self.events,
        )  # fmt: skip
        return Telling(
            report=self.report, version="v" + self.report, title=None, published=self.published, publisher=None, origin=self.origin,
            text=self.text, parts=layout(self.text), reading=reading,
        )  # fmt: skip


def identified(tellings: Sequence[Telling]) -> Identities:
    """Who is who in some reports."""
    return identify([trace(telling) for telling in tellings])


def cast_of(tellings: Sequence[Telling]) -> Cast:
    """The actors of some reports as an archive of them knows them."""
    return Cast(identified(tellings).players())
