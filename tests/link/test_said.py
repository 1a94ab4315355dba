from __future__ import annotations

from dateline.link.said import figure_rows, statement_rows
from tests.link.build import Build, cast_of


def test_a_statement_has_its_speaker_by_the_name_of_the_archive() -> None:
    build = Build("r1", "“It rained,” said Oslo. “A lot.”")
    build.say("“It rained,” … “A lot.”", build.actor("Oslo", "state"), "said", mode="direct")
    (row,) = statement_rows([build.done()], cast_of([build.done()]))
    assert (row.speaker, row.text, row.date) == ("Norway", "“It rained,” … “A lot.”", "2024-02-06")
    assert [pin.text for pin in row.pins] == ["“It rained,”", "“A lot.”"]


def test_paragraphs_of_one_quotation_are_not_parted() -> None:
    build = Build("r1", "“It rained.\n\n“It froze,” said Oslo.")
    build.say("“It rained. … “It froze,”", build.actor("Oslo", "state"), "said", mode="direct")
    (row,) = statement_rows([build.done()], cast_of([build.done()]))
    assert row.text == "“It rained. “It froze,”"


def test_a_source_that_the_reading_knows_nobody_by_is_looked_up_by_its_words() -> None:
    known = Build("r0", "Olga Lind left.")
    known.actor("Olga Lind")
    build = Build("r1", "Olga Lind said it rained. She said it snowed. Divers said it froze.")
    build.say("it rained", source=build.span("Olga Lind"))
    build.say("it snowed", source=build.span("She"))
    build.say("it froze", source=build.span("Divers"))
    tellings = [known.done(), build.done()]
    rows = statement_rows(tellings, cast_of(tellings))
    assert [row.speaker for row in rows] == ["Olga Lind", None, "Divers"]
    assert rows[0].speaker_id is not None
    assert rows[2].speaker_id is None


def test_a_nested_statement_leads_to_the_one_around_it() -> None:
    build = Build("r1", "Oslo reported that Stockholm had announced a fair.")
    outer = build.say("that Stockholm had announced a fair", build.actor("Oslo", "state"), "reported")
    build.say("a fair", build.actor("Stockholm", "state"), "announced", parent=outer)
    around, within = statement_rows([build.done()], cast_of([build.done()]))
    assert within.parent == around.id
    assert around.parent is None


def test_a_figure_keeps_its_report_s_day_and_its_claimant() -> None:
    build = Build("r1", "Oslo said about 40 boats sank in January.", "2024-02-06")
    build.count(
        "about 40", 40, of="boats", unit="boat", bound="about", claimant=build.actor("Oslo", "state"), as_of="2024-01"
    )
    (row,) = figure_rows([build.done()], cast_of([build.done()]))
    assert (row.of, row.claimant, row.date, row.as_of, row.pin.text) == (
        "boats",
        "Norway",
        "2024-02-06",
        "2024-01",
        "about 40",
    )
