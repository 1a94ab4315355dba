"""Merging and splitting of actors and events holds over what names and evidence tell, and is undone by undoing."""

from __future__ import annotations

from typing import Any

import msgspec

from dateline.link.linker import link
from dateline.records import Decision, Judged, Linked, Report, Telling
from dateline.review.decide import Desk, decision, judged, judged_actor
from dateline.review.judge import review
from tests.link.build import Build
from tests.review.press import report

FIRST = "Olga Brandt met the pilots on Monday. The Sundby Harbour Council closed the lock in Sundby on Monday after the storm."
SECOND = "The Harbour Board of Sundby said so. O. Brandt left. The lock in Sundby was closed on Monday after the storm, it said."


def tellings() -> tuple[list[Telling], list[Report]]:
    one = Build("r1", FIRST)
    brandt = one.actor("Olga Brandt")
    council = one.actor("Sundby Harbour Council", "organisation")
    one.say("closed the lock", council)
    one.event("met", "2024-02-05", actors=[brandt], type="CONSULT")
    one.event("closed", "2024-02-05", actors=[council], place=one.place("Sundby"))
    two = Build("r2", SECOND)
    board = two.actor("Harbour Board of Sundby", "organisation")
    two.actor("O. Brandt")
    two.say("said so", board)
    two.event("closed", "2024-02-05", actors=[board])
    told = [one.done(), two.done()]
    reports = [report(t.text, t.report, (f"c{t.report}",), t.version) for t in told]
    return told, reports


def linked(*made: Decision) -> tuple[Linked, dict[str, str]]:
    told, reports = tellings()
    reviewed = review(told, reports, made)
    found, outcomes = reviewed.settle(link(reviewed.tellings, reviewed.rulings))
    return found, {one.decision: one.state for one in outcomes}


def actors(found: Linked) -> dict[str, list[str]]:
    return {actor.name: [name.name for name in actor.names] for actor in found.actors}


def judged_named(name: str, **more: Any) -> Judged:
    told, reports = tellings()
    actor = next(a for a in link(told).actors if any(n.name == name for n in a.names))
    for t, of in zip(told, reports, strict=True):
        for local in t.reading.actors:
            if local.name == name:
                mention = local.mentions[0]
                own = name if more else None
                return judged_actor(actor, (of, mention.start, mention.end), None, name=own, **more)
    raise AssertionError(name)


def test_actors_are_merged_under_the_first_name_and_undone() -> None:
    before, _ = linked()
    parts = [judged_named("Harbour Board of Sundby"), judged_named("Sundby Harbour Council")]
    merge = decision("merge", "actor", parts, "Lena")
    found, states = linked(merge)
    assert "Sundby Harbour Council" not in actors(found)
    assert "Sundby Harbour Council" in actors(found)["Harbour Board of Sundby"]
    assert {row.speaker for row in found.statements} == {"Harbour Board of Sundby"}
    assert states[merge.id] == "applied"
    assert linked(merge, decision("undo", "actor", (), "Lena", of=merge.id))[0] == before


def test_a_name_is_split_from_an_actor() -> None:
    before, _ = linked()
    assert "O. Brandt" in actors(before)["Olga Brandt"]
    parts = [judged_named("Olga Brandt"), judged_named("O. Brandt", only_there=False)]
    split = decision("split", "actor", [parts[0], parts[1]], "Lena")
    found, states = linked(split)
    assert "O. Brandt" not in actors(found)["Olga Brandt"]
    assert "O. Brandt" in actors(found)
    assert states[split.id] == "applied"


def test_a_name_inside_a_report_is_split_with_what_is_said_under_it() -> None:
    built = Build("r9", "Norway said no. Oslo said yes. Norway left the talks.")
    norway = built.actor("Norway", "state", "Norway", "Oslo")
    built.say("no", norway, source=built.span("Norway"))
    built.say("yes", norway, source=built.span("Oslo"))
    telling = built.done()
    held = report(telling.text, "r9", ("c9",), telling.version)
    [actor] = link([telling]).actors
    home, name = (built.span(words) for words in ("Norway", "Oslo"))
    parts = [
        judged_actor(actor, (held, home.start, home.end), None),
        judged_actor(actor, (held, name.start, name.end), None, name="Oslo", only_there=False),
    ]
    reviewed = review([telling], [held], [decision("split", "actor", parts, "Lena")])
    found = link(reviewed.tellings, reviewed.rulings)
    assert [row.speaker for row in found.statements] == ["Norway", "Oslo"]
    assert "Oslo" not in [name.name for actor in found.actors if actor.name == "Norway" for name in actor.names]


def test_an_actor_is_renamed_and_rejected() -> None:
    part = judged_named("Sundby Harbour Council")
    renamed = decision(
        "correct", "actor", [msgspec.structs.replace(part, now={"name": "Council of Sundby", "kind": "group"})], "Lena"
    )
    found, states = linked(renamed)
    assert next(a for a in found.actors if a.name == "Council of Sundby").reviewed == "corrected"
    assert states[renamed.id] == "applied"
    rejected = decision("reject", "actor", [part], "Lena")
    found, states = linked(rejected)
    assert "Sundby Harbour Council" not in actors(found)
    assert next(row for row in found.statements if row.report == "r1").speaker_id is None
    assert states[rejected.id] == "applied"


def test_events_are_merged_and_split_by_their_tellings() -> None:
    told, reports = tellings()
    desks = [Desk(of, t.reading, ()) for t, of in zip(told, reports, strict=True)]
    subjects = []
    for desk, words in zip(desks, ("met", "closed"), strict=True):
        at = desk.report.current.text.index(words)
        subject = desk.at("event", at, at + len(words))
        assert subject is not None
        subjects.append(subject)
    before, _ = linked()
    parts = [judged(subject, subject.now) for subject in subjects]
    merge = decision("merge", "event", parts, "Lena")
    found, states = linked(merge)
    together = [row for row in found.events if {pin.report for pin in row.pins} == {"r1", "r2"}]
    assert any({pin.text for pin in row.pins} >= {"met", "closed"} for row in together)
    assert states[merge.id] == "applied"
    assert linked(merge, decision("undo", "event", (), "Lena", of=merge.id))[0] == before
    split = decision("split", "event", [parts[0], msgspec.structs.replace(parts[1], side=1)], "Lena")
    found, states = linked(merge, split)
    assert not any({pin.text for pin in row.pins} >= {"met", "closed"} for row in found.events)
    assert states[split.id] == "applied"


def test_who_is_not_told_of_any_more_is_queued() -> None:
    merge = decision(
        "merge", "actor", [judged_named("Harbour Board of Sundby"), judged_named("Sundby Harbour Council")], "Lena"
    )
    told, reports = tellings()
    reviewed = review(told[:1], reports, [merge])
    _, outcomes = reviewed.settle(link(reviewed.tellings, reviewed.rulings))
    assert {one.state for one in outcomes} == {"orphaned"}
    assert all("Harbour Board of Sundby" in one.why for one in outcomes)
