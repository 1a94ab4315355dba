"""Which decisions stand, and where persons disagree."""

from __future__ import annotations

import msgspec
import pytest

from dateline.errors import ReadingError
from dateline.records import Decision
from dateline.review import exchange
from dateline.review.anchors import Whereabouts
from dateline.review.decide import Desk, corrected, decision, judged, value_of
from dateline.review.judge import review
from dateline.review.standing import alive, standings
from tests.link.build import Build
from tests.review.press import report

TEXT = "Olga Brandt said 40 barges lay idle at Selm on Monday. Piet Harms denied it. Two pilots were hurt in March."


def build() -> Build:
    built = Build("r1", TEXT)
    olga, piet = built.actor("Olga Brandt"), built.actor("Piet Harms")
    built.say("40 barges lay idle at Selm on Monday", olga, "said")
    built.say("it", piet, "denied", denial=True)
    built.count("40", 40, "barges", "barge", claimant=olga)
    built.event("hurt", "2024-03")
    return built


TELLING = build().done()
REPORT = report(TEXT, "r1", ("c1",), TELLING.version)


def made(by: str, verdict: str, at: str, *, over: tuple[Decision, ...] = (), **changes: object) -> Decision:
    """A decision on who said the first statement."""
    subject = Desk(REPORT, TELLING.reading, over).at("statement", 17, 53)
    assert subject is not None
    now = None if verdict == "reject" else corrected(subject, changes)
    found = decision(verdict, "statement", [judged(subject, now)], by, supersedes=subject.by)  # type: ignore[arg-type]
    return msgspec.structs.replace(found, at=at)


def speakers(*decisions: Decision) -> list[str | None]:
    [telling] = review([TELLING], [REPORT], decisions).tellings
    names = {actor.id: actor.name for actor in telling.reading.actors}
    return [names.get(statement.speaker or "") for statement in telling.reading.statements]


def test_persons_who_disagree_are_both_queued_and_the_first_stays_in_force() -> None:
    lena = made("Lena", "correct", "2024-05-01", speaker="Piet Harms")
    ida = made("Ida", "reject", "2024-05-02")
    for order in ([lena, ida], [ida, lena]):
        reviewed = review([TELLING], [REPORT], order)
        [outcome] = reviewed.outcomes
        assert (outcome.state, outcome.decision, outcome.rivals) == ("disagreed", lena.id, [ida.id])
    assert speakers(ida, lena) == ["Piet Harms", "Piet Harms"]
    settled = made("Ida", "confirm", "2024-05-03", over=(lena, ida))
    assert set(settled.supersedes) == {lena.id, ida.id}
    assert [one.state for one in review([TELLING], [REPORT], [lena, ida, settled]).outcomes] == ["applied"]


def test_persons_who_agree_do_not() -> None:
    one, other = made("Lena", "confirm", "2024-05-01"), made("Ida", "confirm", "2024-05-02")
    assert [outcome.state for outcome in review([TELLING], [REPORT], [one, other]).outcomes] == ["applied"]


def test_the_later_of_one_who_saw_the_earlier_holds_until_it_is_undone() -> None:
    first = made("Lena", "reject", "2024-05-01")
    second = made("Lena", "correct", "2024-05-02", over=(first,), speaker="Ida Morse")
    assert speakers(first) == ["Piet Harms"]
    assert speakers(first, second) == ["Ida Morse", "Piet Harms"]
    assert speakers(first, second, decision("undo", "statement", (), "Lena", of=second.id)) == ["Piet Harms"]


def test_undoing_can_be_undone() -> None:
    first = made("Lena", "reject", "2024-05-01")
    undo = decision("undo", "statement", (), "Lena", of=first.id)
    redo = decision("undo", "statement", (), "Lena", of=undo.id)
    assert alive([first, undo]) == []
    assert alive([first, undo, redo]) == [first]


def test_a_corrected_speaker_whom_only_others_name_is_an_actor_of_the_report() -> None:
    [telling] = review([TELLING], [REPORT], [made("Lena", "correct", "2024-05-01", speaker="Ida Morse")]).tellings
    added = next(actor for actor in telling.reading.actors if actor.name == "Ida Morse")
    assert (added.kind, added.mentions) == ("person", [])


def test_corrected_words_are_the_words_at_that_place() -> None:
    decided = made("Lena", "correct", "2024-05-01", content="40 barges lay idle")
    [telling] = review([TELLING], [REPORT], [decided]).tellings
    [span] = telling.reading.statements[0].content
    assert TEXT[span.start : span.end] == span.text == "40 barges lay idle"
    with pytest.raises(ReadingError, match="does not say"):
        made("Lena", "correct", "2024-05-01", content="50 barges lay idle")


@pytest.mark.parametrize(
    ("kind", "name", "given", "value"),
    [
        ("figure", "value", "1,300", 1300),
        ("figure", "value", "20-30", [20, 30]),
        ("figure", "value", "none", None),
        ("event", "date", "2024-03/2024-05", "2024-03/2024-05"),
        ("event", "actors", "Olga Brandt; Piet Harms", ["Olga Brandt", "Piet Harms"]),
        ("event", "place", "", None),
        ("statement", "denial", "Yes", True),
    ],
)
def test_values_are_taken_as_persons_write_them(kind: str, name: str, given: str, value: object) -> None:
    assert value_of(kind, name, given, TEXT, 0) == value


@pytest.mark.parametrize(
    ("kind", "name", "given"),
    [
        ("figure", "value", "many"),
        ("event", "date", "soon"),
        ("event", "status", "over"),
        ("statement", "denial", "?"),
        ("event", "hat", "x"),
    ],
)
def test_values_that_cannot_be_are_refused(kind: str, name: str, given: str) -> None:
    with pytest.raises(ReadingError, match=name):
        value_of(kind, name, given, TEXT, 0)


def test_decisions_travel_as_lines_and_altered_ones_are_refused() -> None:
    first = decision("reject", "statement", made("Lena", "reject", "2024-05-01").parts, "Lena", "no such words")
    assert exchange.parsed(exchange.lines([first])) == [first]
    [line] = exchange.lines([first])
    with pytest.raises(ReadingError, match="altered"):
        exchange.parsed([line.replace("Lena", "Ida!")])
    with pytest.raises(ReadingError, match="line 1"):
        exchange.parsed(["{}"])


def test_a_decision_of_another_archive_finds_its_report_by_its_words() -> None:
    first = made("Lena", "reject", "2024-05-01")
    elsewhere = report(TEXT + " More.", "r77", ("c77",), "v77")
    [one] = standings([first], Whereabouts([elsewhere]))
    assert one.found is not None
    assert one.found.report == "r77"
    twice = report(TEXT + " Again.", "r78", ("c78",), "v78")
    [one] = standings([first], Whereabouts([elsewhere, twice]))
    assert one.found is None, "of two it could be it is neither"
