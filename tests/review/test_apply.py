"""The promise of review: a decision outlives every later reader. It is applied or queued; none is lost; undoing restores."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.records import Reading
from dateline.review import fields as f
from dateline.review.anchors import Whereabouts
from dateline.review.decide import decision
from dateline.review.judge import Reviewed, review
from dateline.review.standing import standings
from tests.review.press import TEXT, decided, readings, report, telling

REPORT = report()


def fields_of(reading: Reading, kind: str, text: str = TEXT) -> list[f.Fields]:
    cast = f.Cast(text, reading, lambda _: None)
    return [f.fields(kind, item, cast) for item in getattr(reading, f.LISTS[kind])]


def outcomes(reviewed: Reviewed) -> dict[tuple[str, int], Any]:
    found = {(one.decision, one.part): one for one in reviewed.outcomes}
    assert len(found) == len(reviewed.outcomes), "an outcome a part"
    return found


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_every_decision_outlives_every_later_reader(data: st.DataObject) -> None:
    first = data.draw(readings(), "the reader at the time")
    made = data.draw(decided(REPORT, first), "decisions")
    later = data.draw(st.one_of(readings(), st.just(first)), "a later reader")
    reviewed = review([telling(REPORT, later)], [REPORT], made)
    reading = reviewed.tellings[0].reading
    became = outcomes(reviewed)
    heads = {one.decision.id for one in standings(made, Whereabouts([REPORT]))}
    assert heads, "some decision is always in force"
    over = {id for one in made for id in one.supersedes}
    assert {one.id for one in made} <= heads | over, "none is lost"
    for one in made:
        if one.id not in heads:
            continue
        outcome = became[one.id, 0]
        assert outcome.state in ("applied", "changed")
        kind, part = one.kind or "", one.parts[0]
        found = fields_of(reading, kind)
        if part.now is not None:
            wanted = part.now
            if "no place any more" in outcome.why:  # another decision took its place from it, and the person is told
                wanted = {**wanted, "place": None}
            assert any(f.agree(kind, wanted, each) for each in found), "what a person says stands in the Reading"
        elif outcome.state == "applied" and outcome.reader is not None:
            assert len(found) < len(getattr(later, f.LISTS[kind])) + len(made), "what a person rejects does not"
            assert part.was not in found
        if outcome.state == "applied" and outcome.reader is not None:
            assert f.agree(kind, outcome.reader, part.was) or f.agree(kind, outcome.reader, part.now)
        if outcome.state == "changed":
            assert outcome.why, "the person is told why"
    check_whole(reading)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_undoing_restores_exactly(data: st.DataObject) -> None:
    reading = data.draw(readings())
    made = data.draw(decided(REPORT, reading))
    undone = [decision("undo", one.kind, (), "Lena", of=one.id) for one in made]
    reviewed = review([telling(REPORT, reading)], [REPORT], [*made, *undone])
    assert reviewed.tellings[0].reading == reading
    assert reviewed.outcomes == []
    # One step back is the state before that step.
    before = review([telling(REPORT, reading)], [REPORT], made[:-1])
    after = review([telling(REPORT, reading)], [REPORT], [*made, undone[-1]])
    assert after.tellings == before.tellings
    # And undoing the undoing is the state with it.
    again = decision("undo", made[-1].kind, (), "Lena", of=undone[-1].id)
    whole = review([telling(REPORT, reading)], [REPORT], made)
    assert review([telling(REPORT, reading)], [REPORT], [*made, undone[-1], again]).tellings == whole.tellings


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_the_same_reader_leaves_nothing_to_ask(data: st.DataObject) -> None:
    reading = data.draw(readings())
    made = data.draw(decided(REPORT, reading))
    reviewed = review([telling(REPORT, reading)], [REPORT], made)
    # Decisions may take from each other: no event takes place where a person says that there is no place.
    asked = [one.why for one in reviewed.outcomes if one.state != "applied" and "no place any more" not in one.why]
    assert asked == []
    untouched = {one.kind for one in made}
    for kind, name in f.LISTS.items():
        if kind not in untouched | {"place"}:
            assert [f.spans(kind, each) for each in fields_of(reviewed.tellings[0].reading, kind)] == [
                f.spans(kind, each) for each in fields_of(reading, kind)
            ], name


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_words_are_found_again_in_another_version_or_shown_as_orphaned(data: st.DataObject) -> None:
    reading = data.draw(readings())
    made = data.draw(decided(REPORT, reading))
    cut = data.draw(st.integers(0, len(TEXT)))
    put = data.draw(st.sampled_from(["", "By our own staff. ", "Selm. ", TEXT[:40]]))
    gone = data.draw(st.integers(0, 30))
    text = TEXT[:cut] + put + TEXT[cut + gone :]
    edited = report(text)
    empty = Reading(id="r1", language="en", read=True, why_not=None)
    reviewed = review([telling(edited, empty)], [edited], made)
    became = outcomes(reviewed)
    for one in standings(made, Whereabouts([edited])):
        outcome = became[one.decision.id, one.index]
        anchor = one.part.anchor
        if outcome.state == "orphaned":
            continue
        assert text[outcome.start : outcome.end] == anchor.text, "never a lookalike"
        assert text[: outcome.start].endswith(anchor.before)
        assert text[outcome.end :].startswith(anchor.after)
    check_whole(reviewed.tellings[0].reading, text)


def check_whole(reading: Reading, text: str = TEXT) -> None:
    """All spans say what stands there, all ids and indexes lead somewhere."""
    ids = {actor.id for actor in reading.actors}
    for actor in reading.actors:
        assert all(text[m.start : m.end] == m.text for m in actor.mentions)
    for n, statement in enumerate(reading.statements):
        assert statement.parent is None or (0 <= statement.parent < len(reading.statements) and statement.parent != n)
        assert {statement.speaker, statement.addressee} <= ids | {None}
        assert all(text[s.start : s.end] == s.text for s in statement.content)
    for event in reading.events:
        assert event.statement is None or 0 <= event.statement < len(reading.statements)
        assert event.place is None or 0 <= event.place < len(reading.places)
        assert set(event.actors) | set(event.recipients) <= ids
        assert text[event.trigger.start : event.trigger.end] == event.trigger.text
    for figure in reading.figures:
        assert figure.claimant in ids | {None}
        assert text[figure.start : figure.end] == figure.text
    for place in reading.places:
        assert text[place.start : place.end] == place.text
