from __future__ import annotations

import random

from dateline.chronicle.series import Line, Series, series
from dateline.link.linker import link
from dateline.records import Origin, Report, Telling, Version
from tests.link.build import Build


def _report(telling: Telling) -> Report:
    return Report(
        id=telling.report,
        title=telling.title,
        published=telling.published,
        authors=[],
        publisher=None,
        language="en",
        origin=Origin(name=telling.origin, basis="made"),
        own_reporting=None,
        from_={},
        captures=[],
        versions=[Version(id=telling.version, text=telling.text, parts=telling.parts, captures=[])],
    )


def of(*tellings: Telling, about: str | None = None) -> list[Series]:
    """The series of some tellings."""
    return series(link(tellings), map(_report, tellings), about)


def _toll(report: str, day: str, words: str, value: int, who: str | None = "The fire brigade") -> Telling:
    says = f", {who} said" if who else ""
    build = Build(report, f"The mill at Tarn burned down on Monday. In Tarn {words} people were killed{says}.", day)
    claimant = build.actor(who, "organisation") if who else None
    build.event("burned down", "2024-02-05", place=build.place("Tarn"))
    build.count(words, value, "people were killed", "people", claimant=claimant)
    return build.done()


def _values(line: Line) -> list[tuple[float | None, str]]:
    return [(point.low, point.novelty) for point in line.points]


def test_a_claimants_counts_stand_on_one_line_in_order() -> None:
    (found,) = of(_toll("r2", "2024-02-08", "twelve", 12), _toll("r1", "2024-02-06", "nine", 9))
    (line,) = found.lines
    assert _values(line) == [(9, "first"), (12, "new")]
    assert [point.last_day for point in line.points] == ["2024-02-06", "2024-02-08"]
    assert found.about == "Tarn"


def test_an_older_count_said_again_is_a_repeat() -> None:
    days = (
        ("2024-02-06", "nine", 9),
        ("2024-02-08", "twelve", 12),
        ("2024-02-09", "nine", 9),
        ("2024-02-10", "twelve", 12),
    )
    (found,) = of(*(_toll(f"r{i}", *day) for i, day in enumerate(days)))
    assert _values(found.lines[0]) == [(9, "first"), (12, "new"), (9, "repeat"), (12, "repeat")]


def test_every_claimant_has_a_line_and_no_numbers_are_added() -> None:
    (found,) = of(
        _toll("r1", "2024-02-06", "nine", 9),
        _toll("r2", "2024-02-06", "four", 4, "The Tarn council"),
        _toll("r3", "2024-02-06", "six", 6, None),
    )
    assert sorted(number for line in found.lines for number, _ in _values(line) if number) == [4, 6, 9]
    assert {line.named for line in found.lines} == {True, False}
    assert len(found.lines) == 3


def test_counts_of_two_happenings_are_two_series() -> None:
    other = Build(
        "r9", "A ferry sank off Brine on Tuesday. Off Brine 30 people were killed, the coast guard said.", "2024-02-07"
    )
    other.count("30", 30, "people were killed", "people", claimant=other.actor("the coast guard", "organisation"))
    again = Build("r8", "Off Brine 31 people were killed, the coast guard said.", "2024-02-08")
    again.count("31", 31, "people were killed", "people", claimant=again.actor("the coast guard", "organisation"))
    found = of(
        _toll("r1", "2024-02-06", "nine", 9), _toll("r2", "2024-02-08", "twelve", 12), other.done(), again.done()
    )
    assert sorted(tuple(p.low for p in s.points) for s in found) == [(9, 12), (30, 31)]
    (asked,) = of(
        _toll("r1", "2024-02-06", "nine", 9),
        _toll("r2", "2024-02-08", "twelve", 12),
        other.done(),
        again.done(),
        about="dead Brine",
    )
    assert asked.about == "Brine"


def test_wounded_are_not_dead_and_parts_refusals_and_lengths_are_no_counts() -> None:
    text = (
        "In Tarn nine people were killed and 31 wounded, not 40, the brigade said. Two of the wounded died after six hours."
        " In Tarn nine people were killed."
    )
    build = Build("r1", text, "2024-02-06")
    build.count("nine", 9, "people were killed", "people")
    build.count("31", 31, "wounded", "wounded")
    build.count("40", 40, "wounded", "-")
    build.count("Two", 2, "wounded", "wounded")
    build.count("six", 6, None, "hour")
    other = _toll("r2", "2024-02-07", "nine", 9)
    (found,) = of(build.done(), other)
    assert {point.low for point in found.points} == {9}


def test_as_of_when_decides_unless_it_is_the_day_of_what_is_counted() -> None:
    def left(report: str, day: str, words: str, value: int, as_of: str | None) -> Telling:
        build = Build(report, f"In Tarn {words} villagers have fled the flood, the council said.", day)
        build.count(
            words,
            value,
            "villagers have fled",
            "villager",
            as_of=as_of,
            claimant=build.actor("the council", "organisation"),
        )
        return build.done()

    (found,) = of(left("r1", "2024-03-01", "900", 900, "2024-02"), left("r2", "2024-02-20", "400", 400, "2024/.."))
    days = {point.low: (point.first_day, point.last_day) for point in found.points}
    assert days == {900: ("2024-02-01", "2024-02-29"), 400: ("2024-02-20", "2024-02-20")}
    (found,) = of(_toll("r1", "2024-02-06", "nine", 9), _toll("r2", "2024-02-08", "twelve", 12))
    assert [point.last_day for point in found.points] == ["2024-02-06", "2024-02-08"]


def test_wars_of_other_years_keep_apart() -> None:
    old = Build("r3", "The fire at Tarn in 1961 took 200 lives. In 1961 Tarn had no brigade.", "2024-02-07")
    old.count("200", 200, "lives", "life")
    found = of(_toll("r1", "2024-02-06", "nine", 9), _toll("r2", "2024-02-08", "twelve", 12), old.done())
    assert [{p.low for p in s.points} for s in found] == [{9, 12}]


def test_order_of_reports_makes_no_difference() -> None:
    told = [
        _toll(f"r{i}", f"2024-02-{6 + i:02}", words, value)
        for i, (words, value) in enumerate([("nine", 9), ("ten", 10), ("nine", 9)])
    ]
    expected = of(*told)
    for seed in range(5):
        assert of(*random.Random(seed).sample(told, len(told))) == expected


def test_where_only_words_tell_what_is_counted_they_must_be_alike_and_so_the_size() -> None:
    def crates(report: str, day: str, words: str, value: int) -> Telling:
        build = Build(report, f"The harbour of Tarn holds {words} crates of salt, the union said.", day)
        build.count(words, value, "crates of salt", "crate", claimant=build.actor("the union", "organisation"))
        return build.done()

    found = of(
        crates("r1", "2024-02-06", "40", 40),
        crates("r2", "2024-02-08", "60", 60),
        crates("r3", "2024-02-09", "9000", 9000),
    )
    assert [[p.low for p in s.points] for s in found] == [[40, 60]]


def test_a_number_that_one_report_gives_twice_is_no_series() -> None:
    build = Build("r1", "In Tarn nine people were killed. Nine people were killed in Tarn.", "2024-02-06")
    build.count("nine", 9, "people were killed", "people")
    build.count("Nine", 9, "people were killed", "people")
    assert of(build.done()) == []
