from __future__ import annotations

from dateline.chronicle.entries import entries
from dateline.link.linker import link
from dateline.records import Entry, Telling
from tests.link.build import Build


def _lines(*tellings: Telling) -> list[Entry]:
    return entries(link(tellings), tellings)


def test_lines_stand_in_order_of_date_and_the_undated_last() -> None:
    build = Build("r1", "It rained. In March the dam broke. On 5 March the mayor fled. In 1999 the dam was built.")
    build.event("rained")
    build.event("broke", "2023-03")
    build.event("fled", "2023-03-05")
    build.event("built", "1999", background=True)
    assert [line.date for line in _lines(build.done())] == ["1999", "2023-03", "2023-03-05", None]


def test_a_line_is_a_sentence_word_for_word_and_its_first_pin() -> None:
    build = Build("r1", "The night was calm. On Monday the dam at Tarn broke, drowning the mill. All slept.")
    build.event("broke", "2024-02-05", place=build.place("Tarn"))
    (line,) = _lines(build.done())
    assert line.text == "On Monday the dam at Tarn broke, drowning the mill."
    assert line.pins[0].text == line.text
    assert line.place is not None
    assert line.place.name == "Tarn"


def test_several_events_of_one_sentence_and_date_are_one_line() -> None:
    build = Build("r1", "On Monday the dam broke, drowning the mill.")
    build.event("broke", "2024-02-05")
    build.event("drowning", "2024-02-05")
    assert len(_lines(build.done())) == 1


def test_two_dates_in_one_sentence_are_two_lines() -> None:
    build = Build("r1", "The council met on Monday and agreed to repair the dam in May.")
    build.event("met", "2024-02-05")
    build.event("repair", "2024-05", "planned")
    assert [(line.date, line.status) for line in _lines(build.done())] == [
        ("2024-02-05", "happened"),
        ("2024-05", "planned"),
    ]


def test_origins_are_counted_not_copies() -> None:
    tellings = []
    for report, text, origin in (
        ("r1", "On Monday the dam at Tarn broke.", "Wire"),
        ("r2", "The dam at Tarn broke on Monday.", "Wire"),
        ("r3", "On Monday, the dam at Tarn broke early.", "own: Gazette"),
    ):
        build = Build(report, text, origin=origin)
        build.event("broke", "2024-02-05", place=build.place("Tarn"))
        tellings.append(build.done())
    (line,) = _lines(*tellings)
    assert sorted(line.reports) == ["r1", "r2", "r3"]
    assert line.origins == ["Wire", "own: Gazette"]


def test_what_points_back_brings_the_sentence_before() -> None:
    build = Build("r1", "Mayor Olga Lind signed the plan on Monday. She resigned an hour later.")
    build.event("resigned", "2024-02-05")
    (line,) = _lines(build.done())
    assert line.text == build.text


def test_statements_figures_and_disputes_stand_with_their_line() -> None:
    build = Build("r1", "Norway said four dockers died on Monday. Sweden denied that four dockers died.")
    norway = build.actor("Norway", "state")
    build.say("four dockers died on Monday", norway, "said")
    build.say("that four dockers died", build.actor("Sweden", "state"), "denied", denial=True)
    build.count("four", 4, of="dockers", claimant=norway)
    build.event("died", "2024-02-05")
    linked = link([build.done()])
    (line,) = entries(linked, [build.done()])
    assert line.statements == [linked.statements[0].id]
    assert line.figures == [linked.figures[0].id]
    assert line.disputes == [linked.disputes[0].id]


def test_how_long_or_how_old_something_is_stands_under_no_line() -> None:
    build = Build("r1", "On Monday a boy of 12 dug 3 wells in 5 hours at lot 40.")
    for words, value, unit, of in (("12", 12, "year of age", "boy"), ("3", 3, "well", "wells"), ("5", 5, "hour", None)):
        build.count(words, value, of=of, unit=unit)
    build.count("40", 40, of=None, unit="-")
    build.event("dug", "2024-02-05")
    linked = link([build.done()])
    (line,) = entries(linked, [build.done()])
    assert [f.pin.text for f in linked.figures if f.id in line.figures] == ["3"]


def test_what_is_announced_is_shown_as_announced() -> None:
    build = Build("r1", "The council announced a vote for 9 March: it will vote on the dam then.")
    build.event("announced", "2024-02-05")
    build.event("will vote", "2024-03-09", "planned", kind="announced")
    (line,) = _lines(build.done())
    assert (line.date, line.status) == ("2024-03-09", "planned")
    assert line.commitment == link([build.done()]).commitments[0].id


def test_what_goes_on_about_the_same_day_goes_on_in_the_line() -> None:
    build = Build("r1", "On Monday Mayor Olga Lind visited the mill. She awarded the millers. On Friday it burned.")
    build.event("visited", "2024-02-05")
    build.event("awarded", "2024-02-05")
    build.event("burned", "2024-02-09")
    assert [line.text for line in _lines(build.done())] == [
        "On Monday Mayor Olga Lind visited the mill. She awarded the millers.",
        "On Friday it burned.",
    ]


def test_a_dateline_is_no_part_of_a_line() -> None:
    build = Build("r1", "TARN, Feb 6 (Wire) – The dam broke on Monday.")
    build.event("broke", "2024-02-05")
    (line,) = _lines(build.done())
    assert line.text == "The dam broke on Monday."


def test_a_place_that_only_another_report_knows_is_found_in_the_words() -> None:
    one = Build("r1", "Tarn lies on a lake.")
    one.place("Tarn")
    two = Build("r2", "The dam in the village of Tarn broke on Monday.")
    two.event("broke", "2024-02-05")
    (line,) = _lines(one.done(), two.done())
    assert line.place is not None
    assert line.place.name == "Tarn"
