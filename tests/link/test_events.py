from __future__ import annotations

from dateline.link.events import happenings
from dateline.link.told import Happening
from dateline.records import Telling
from tests.link.build import Build, cast_of


def _found(*tellings: Telling) -> list[Happening]:
    return happenings(tellings, cast_of(tellings))


def _attack(report: str, text: str, trigger: str, date: str | None, **fields: object) -> Build:
    build = Build(report, text)
    place = build.place("Tarn") if "Tarn" in text else None
    build.event(trigger, date, place=place, **fields)
    return build


def test_two_reports_of_one_attack_are_one_event_with_both_pins() -> None:
    one = _attack("r1", "Rockets hit the grain port of Tarn on Monday, killing four dockers.", "hit", "2024-02-05")
    two = _attack("r2", "The port of Tarn was shelled on Monday; nine dockers are dead.", "shelled", "2024-02-05")
    (event,) = _found(one.done(), two.done())
    assert event.row.reports == ["r1", "r2"]
    assert {pin.text for pin in event.row.pins} == {"hit", "shelled"}
    assert event.row.place is not None
    assert event.row.place.name == "Tarn"


def test_another_day_town_or_kind_is_another_event() -> None:
    first = _attack("r1", "Rockets hit the grain port of Tarn on Monday.", "hit", "2024-02-05")
    later = _attack("r2", "Rockets hit the grain port of Tarn on Friday.", "hit", "2024-02-09")
    other = Build("r3", "Rockets hit the grain port of Velm on Monday.")
    other.event("hit", "2024-02-05", place=other.place("Velm"))
    kind = _attack("r4", "A fair opened in the grain port of Tarn on Monday.", "opened", "2024-02-05")
    assert len(_found(first.done(), later.done(), other.done(), kind.done())) == 4


def test_who_attacks_whom_matters_and_who_meets_whom_does_not() -> None:
    def report(name: str, text: str, trigger: str, agent: str, other: str) -> Telling:
        build = Build(name, text)
        first, second = build.actor(agent, "state"), build.actor(other, "state")
        build.event(trigger, "2024-02-05", actors=[first], recipients=[second])
        return build.done()

    attack = report("r1", "Norway attacked Sweden on Monday.", "attacked", "Norway", "Sweden")
    back = report("r2", "Sweden attacked Norway on Monday.", "attacked", "Sweden", "Norway")
    assert len(_found(attack, back)) == 2
    talks = report("r1", "Norway met Sweden on Monday for talks on fish.", "met", "Norway", "Sweden")
    again = report("r2", "Sweden met Norway on Monday for talks on fish.", "met", "Sweden", "Norway")
    assert len(_found(talks, again)) == 1


def test_a_planned_and_a_happened_event_stay_two() -> None:
    plan = _attack("r1", "The parties will meet in Tarn on Monday.", "meet", "2024-02-05", status="planned")
    fact = _attack("r2", "The parties met in Tarn on Monday.", "met", "2024-02-05")
    assert len(_found(plan.done(), fact.done())) == 2


def test_a_day_inferred_from_publication_may_be_one_off_and_the_stated_day_wins() -> None:
    stated = _attack("r1", "Rockets hit the grain port of Tarn on Monday.", "hit", "2024-02-05")
    guessed = _attack("r2", "Rockets hit the grain port of Tarn.", "hit", "2024-02-06", date_basis="publication")
    (event,) = _found(guessed.done(), stated.done())
    assert (event.row.date, event.row.date_basis) == ("2024-02-05", "stated")


def test_an_imprecise_date_takes_in_the_precise_one_but_never_two_days() -> None:
    month = _attack("r0", "Rockets hit the grain port of Tarn in February.", "hit", "2024-02")
    first = _attack("r1", "Rockets hit the grain port of Tarn on Monday.", "hit", "2024-02-05")
    later = _attack("r2", "Rockets hit the grain port of Tarn on Friday.", "hit", "2024-02-09")
    found = _found(month.done(), first.done(), later.done())
    assert sorted(event.row.date or "" for event in found) == ["2024-02-05", "2024-02-09"]


def test_events_of_one_sentence_and_date_share_a_line() -> None:
    build = _attack("r1", "Rockets hit the port of Tarn on Monday, killing four dockers.", "hit", "2024-02-05")
    build.event("killing", "2024-02-05")
    hit, killing = _found(build.done())
    assert hit.row.entry == killing.row.entry
    assert hit.row.id != killing.row.id


def test_an_announcement_shares_the_line_of_what_is_announced() -> None:
    build = Build("r1", "The council announced on Friday that it would meet in Tarn on Monday.")
    build.event("announced", "2024-02-02")
    build.event("meet", "2024-02-05", status="planned")
    announced, meet = _found(build.done())
    assert announced.row.entry == meet.row.entry
    assert announced.row.date == "2024-02-02"


def test_the_sentence_that_says_most_is_the_line() -> None:
    text = "It was hit again, he said."
    vague = Build("r1", text)
    vague.event("hit", "2024-02-05", place=None)
    clear = _attack(
        "r2", "Rockets hit the grain port of Tarn on Monday, said harbour master Olga Lind.", "hit", "2024-02-05"
    )
    other = _attack("r3", "Rockets hit the grain port of Tarn on Monday.", "hit", "2024-02-05")
    event = max(_found(vague.done(), clear.done(), other.done()), key=lambda h: len(h.told))
    assert "grain port" in event.row.text
    assert event.row.text == event.line.sentence.text


def test_the_order_of_reports_does_not_matter() -> None:
    tellings = [
        _attack(f"r{i}", f"Rockets hit the grain port of Tarn on Monday, {word}.", "hit", "2024-02-05").done()
        for i, word in enumerate(["police said", "killing four", "for hours"])
    ]
    assert [h.row for h in _found(*tellings)] == [h.row for h in _found(*tellings[::-1])]
