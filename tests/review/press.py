"""An invented report, Readings of it by readers of every kind, and decisions on them."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from hypothesis import strategies as st

from dateline.records import (
    Decision,
    Figure,
    Part,
    Place,
    ReadActor,
    ReadEvent,
    Reading,
    Report,
    ReviewKind,
    Span,
    Statement,
    Telling,
    Time,
    Version,
    content_id,
)
from dateline.review import fields as f
from dateline.review.decide import Desk, decision, judged

TEXT = (
    "Olga Brandt said on Monday that 40 barges lay idle at Selm. The harbour office denied it. \n\n"
    "“We counted 25 barges, not more,” Piet Harms of the harbour office told reporters in Lower Hask. "
    "He expected the lock to open on 9 May. Olga Brandt had threatened to close the ferry if no pilot came by Friday. \n\n"
    "Two pilots were hurt when a crane fell at Selm in March. The union of pilots promised a strike."
)
NAMES = ("Olga Brandt", "Piet Harms", "harbour office", "union of pilots")
PLACES = ("Selm", "Lower Hask")
DATES = (None, "2024-03", "2024-05-06", "2024-05-09")
_WORDS = [match.span() for match in re.finditer(r"\w+", TEXT)]


def span(start: int, end: int, text: str = TEXT) -> Span:
    return Span(start=start, end=end, text=text[start:end])


def spanned(words: str, text: str = TEXT) -> Span:
    return span(text.index(words), text.index(words) + len(words), text)


def report(text: str = TEXT, id: str = "r1", captures: tuple[str, ...] = ("c1",), version: str | None = None) -> Report:
    part = Part(start=0, end=len(text), kind="body")
    held = Version(id=version or content_id("v", text), text=text, parts=[part], captures=list(captures))
    return Report(
        id=id, title="The barges", published="2024-05-07", authors=[], publisher=None, language="en", origin=None,
        own_reporting=None, from_={}, captures=list(captures), versions=[held],
    )  # fmt: skip


def telling(of: Report, reading: Reading) -> Telling:
    return Telling(
        report=of.id, version=of.current.id, title=of.title, published=of.published, publisher=None, origin="own: the Courier",
        text=of.current.text, parts=of.current.parts, reading=reading,
    )  # fmt: skip


@st.composite
def stretches(draw: st.DrawFn) -> Span:
    first = draw(st.integers(0, len(_WORDS) - 1))
    last = min(len(_WORDS) - 1, first + draw(st.integers(0, 8)))
    return span(_WORDS[first][0], _WORDS[last][1])


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """What some reader makes of the report: any spans, any fields, whatever ids it likes."""
    prefix = draw(st.sampled_from(["a", "who"]))
    known = draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=1))
    actors = [
        ReadActor(id=f"{prefix}{n}", name=name, kind="person" if name in NAMES[:2] else "organisation", mentions=[spanned(name)])
        for n, name in enumerate(known)
    ]  # fmt: skip
    who = st.sampled_from([None, *(actor.id for actor in actors)])
    crew = st.lists(st.sampled_from([actor.id for actor in actors]), unique=True, max_size=2)
    places = [_place(name) for name in draw(st.lists(st.sampled_from(PLACES), unique=True))]
    where = st.sampled_from([None, *range(len(places))])
    heads = draw(st.lists(stretches(), max_size=5, unique_by=lambda s: (s.start, s.end)))
    statements: list[Statement] = []
    for head in heads:
        statements.append(
            Statement(
                source=None, cue=None, content=[head], mode=draw(st.sampled_from(["direct", "indirect"])), speaker=draw(who),
                addressee=None, occasion=None, medium=None, date=draw(st.sampled_from(DATES)), denial=draw(st.booleans()), question=False,
                refusal=False, insertions=[], parent=draw(st.sampled_from([None, *range(len(statements))])),
            )
        )  # fmt: skip
    told = st.sampled_from([None, *range(len(statements))])
    figures = [
        Figure(
            start=at.start, end=at.end, text=at.text, value=draw(st.sampled_from([None, 2, 25, 40, (20, 30)])), bound="exact", trend=None,
            unit=draw(st.sampled_from(["barge", "pilot"])), of=None, claimant=draw(who), as_of=draw(st.sampled_from(DATES)),
        )
        for at in draw(st.lists(stretches(), max_size=3, unique_by=lambda s: (s.start, s.end)))
    ]  # fmt: skip
    events = []
    for at in draw(st.lists(stretches(), min_size=1, max_size=4, unique_by=lambda s: (s.start, s.end))):
        date = draw(st.sampled_from(DATES))
        events.append(
            ReadEvent(
                trigger=at, type=draw(st.sampled_from([None, "PROTEST", "THREATEN"])), mode=None, context=[], actors=draw(crew),
                recipients=draw(crew), date=date, date_basis="stated" if date else None, place=draw(where), condition=None,
                statement=draw(told), background=draw(st.booleans()), status=draw(st.sampled_from(["happened", "planned", "denied"])),
            )
        )  # fmt: skip
    times = [
        Time(start=at.start, end=at.end, text=at.text, type="DATE", value="2024-05", edtf=draw(st.sampled_from(DATES)), basis="relative")
        for at in draw(st.lists(stretches(), max_size=2, unique_by=lambda s: (s.start, s.end)))
    ]  # fmt: skip
    return Reading(
        id="r1", language="en", read=True, why_not=None, times=times, places=places, actors=actors, statements=statements,
        figures=figures, events=events,
    )  # fmt: skip


def _place(name: str) -> Place:
    at = spanned(name)
    return Place(
        start=at.start, end=at.end, text=name, name=name, geonameid=None, lat=None, lon=None, country=None, precision="city",
        use="literal",
    )  # fmt: skip


CHANGES: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "time": {"edtf": st.sampled_from(DATES)},
    "place": {"use": st.sampled_from(["literal", "government", "name"])},
    "statement": {"speaker": st.sampled_from([None, *NAMES, "Ida Morse"]), "denial": st.booleans(), "date": st.sampled_from(DATES)},
    "figure": {"value": st.sampled_from([None, 7, [1, 2]]), "claimant": st.sampled_from([None, *NAMES])},
    "event": {
        "date": st.sampled_from(DATES),
        "place": st.sampled_from([None, *PLACES, "Geneva"]),
        "actors": st.lists(st.sampled_from([*NAMES, "Ida Morse"]), unique=True, max_size=2),
        "status": st.sampled_from(["happened", "planned", "denied"]),
    },
}  # fmt: skip


@st.composite
def decided(draw: st.DrawFn, of: Report, reading: Reading) -> list[Decision]:
    """Some decisions of one person, one after the other, on what a reader found; the later see the earlier."""
    made: list[Decision] = []
    for _ in range(draw(st.integers(1, 5))):
        desk = Desk(of, reading, made)
        cast = f.Cast(of.current.text, desk.reading, lambda _: None)
        targets = [
            (kind, f.spans(kind, f.fields(kind, item, cast)))
            for kind, name in f.LISTS.items()
            for item in getattr(desk.reading, name)
        ]
        if not targets:  # all is rejected
            break
        kind, spans = draw(st.sampled_from(targets))
        subject = desk.subject(kind, spans)  # type: ignore[arg-type]
        if subject is None:
            assert kind == "place"  # one that a decision on an event made: it is that decision's
            continue
        verdict = draw(st.sampled_from(["confirm", "correct", "reject"]))
        now = subject.now
        assert now is not None
        if verdict == "correct":
            name = draw(st.sampled_from(sorted(CHANGES[kind])))
            now = {**now, name: draw(CHANGES[kind][name])}
        part = judged(subject, None if verdict == "reject" else now)
        made.append(_decision(verdict, kind, part, subject.by, draw))  # type: ignore[arg-type]
    return made


def _decision(verdict: Any, kind: ReviewKind, part: Any, over: Any, draw: st.DrawFn) -> Decision:
    made = decision(verdict, kind, [part], "Lena", None, over)
    return msgspec.structs.replace(made, id=f"{made.id}-{draw(st.integers(0, 10**9))}")
