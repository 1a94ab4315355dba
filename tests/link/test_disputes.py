from __future__ import annotations

import pytest

from dateline.link.circles import FEW
from dateline.link.linker import link
from dateline.records import Dispute, Span, Telling
from tests.link.build import Build


def _found(*tellings: Telling) -> list[Dispute]:
    return link(tellings).disputes


def _sides(dispute: Dispute) -> list[str | None]:
    return [side.by for side in dispute.sides]


def _accused() -> Build:
    build = Build(
        "r1", "Norway said Sweden had moved the border stones at night. Sweden denied moving any border stones."
    )
    norway, sweden = build.actor("Norway", "state"), build.actor("Sweden", "state")
    build.say("Sweden had moved the border stones at night", norway, "said")
    build.say("moving any border stones", sweden, "denied", denial=True)
    return build


def test_a_denial_stands_against_the_claim_it_denies() -> None:
    (dispute,) = _found(_accused().done())
    assert _sides(dispute) == ["Norway", "Sweden"]
    assert dispute.sides[1].text == "Sweden denied moving any border stones."
    assert dispute.about == "moving any border stones"
    assert len(dispute.statements) == 2


def test_every_side_is_pinned_to_its_words() -> None:
    telling = _accused().done()
    for side in _found(telling)[0].sides:
        assert telling.text[side.pin.start : side.pin.end] == side.pin.text


def test_a_bare_denial_is_of_what_was_said_just_before() -> None:
    build = Build("r1", "Norway said the stones had been moved. It rained. Sweden denied the accusation.")
    build.say("the stones had been moved", build.actor("Norway", "state"), "said")
    build.event("denied", actors=[build.actor("Sweden", "state")])
    (dispute,) = _found(build.done())
    assert _sides(dispute) == ["Norway", "Sweden"]


def test_nobody_disputes_himself_or_his_own_ministry() -> None:
    build = Build(
        "r1", "Norway said the stones were old. The Norwegian Foreign Ministry denied that the stones were old."
    )
    build.say("the stones were old", build.actor("Norway", "state"), "said")
    ministry = build.actor("Norwegian Foreign Ministry", "organisation")
    build.say("that the stones were old", ministry, "denied", denial=True)
    assert _found(build.done()) == []


def test_a_denial_may_answer_another_report_of_those_days() -> None:
    claim = Build("r1", "Norway said Sweden had moved the border stones at night.", "2024-02-05")
    claim.say("Sweden had moved the border stones at night", claim.actor("Norway", "state"), "said")
    denial = Build("r2", "Sweden denied having moved the border stones.", "2024-02-07")
    denial.say("having moved the border stones", denial.actor("Sweden", "state"), "denied", denial=True)
    (dispute,) = _found(claim.done(), denial.done())
    assert [side.report for side in dispute.sides] == ["r1", "r2"]
    late = Build("r2", denial.text, "2024-05-07")
    late.say("having moved the border stones", late.actor("Sweden", "state"), "denied", denial=True)
    assert _found(claim.done(), late.done()) == []


def test_there_were_none_contradicts_what_speaks_of_them() -> None:
    build = Build("r1", "Norway said it answered provocations. According to the OSCE, there were no provocations.")
    build.say("it answered provocations", build.actor("Norway", "state"), "said")
    build.say("there were no provocations", build.actor("OSCE", "organisation"), "According to")
    (dispute,) = _found(build.done())
    assert dispute.sides[1].by == "Organization for Security and Co-operation in Europe"


def _tolls(second: str = "nineteen", value: int = 19, published: str = "2024-02-06") -> list[Telling]:
    one = Build("r1", "Police in Tarn said twelve dockers died in the port fire.", "2024-02-06")
    one.count("twelve", 12, of="dockers", claimant=one.actor("Police in Tarn", "organisation"))
    two = Build("r2", f"The Dockers Union said {second} dockers died in the port fire.", published)
    two.count(second, value, of="dockers", claimant=two.actor("Dockers Union", "organisation"))
    return [one.done(), two.done()]


def test_two_tolls_of_two_claimants_are_a_dispute() -> None:
    (dispute,) = _found(*_tolls())
    assert len(dispute.figures) == 2
    assert dispute.about == "dockers: twelve / nineteen"


def test_equal_or_growing_tolls_are_none() -> None:
    assert _found(*_tolls("twelve", 12)) == []
    assert _found(*_tolls(published="2024-02-19")) == []


def test_more_than_ten_does_not_contradict_twelve() -> None:
    one, _ = _tolls()
    two = Build("r2", "The Dockers Union said more than ten dockers died in the port fire.", "2024-02-06")
    two.count("more than ten", 10, of="dockers", bound="over", claimant=two.actor("Dockers Union", "organisation"))
    assert _found(one, two.done()) == []


def test_one_count_is_set_against_the_one_before_it() -> None:
    build = Build("r1", "Olga Lind said that 90 percent stayed out. The mill put the figure at 60 percent.")
    build.count("90", 90, unit="percentage", claimant=build.actor("Olga Lind"))
    build.count("60", 60, unit="percentage")
    (dispute,) = _found(build.done())
    assert _sides(dispute) == ["Olga Lind", "The mill"]


def test_two_numbers_of_two_things_are_no_dispute() -> None:
    build = Build("r1", "Olga Lind spoke of eleven weeks. Oskar Berg spoke of nine percent.")
    build.count("eleven", 11, unit="week", claimant=build.actor("Olga Lind"))
    build.count("nine", 9, unit="percentage", claimant=build.actor("Oskar Berg"))
    assert _found(build.done()) == []


def _by_turns(text: str, first: tuple[str, str], second: tuple[str, str]) -> list[Dispute]:
    """The disputes of a report in which two people say one thing each, given as name and content."""
    build = Build("r1", text)
    for name, content in (first, second):
        build.say(content, build.actor(name))
    return _found(build.done())


def test_a_figure_called_premature_is_denied() -> None:
    build = Build("r1", "Olga Lind said that thirty boats had sunk. The harbour office called that figure premature.")
    build.say("that thirty boats had sunk", build.actor("Olga Lind"), "said")
    build.say("that figure premature", build.actor("harbour office", "organisation"), "called")
    (dispute,) = _found(build.done())
    assert _sides(dispute) == ["Olga Lind", "harbour office"]


@pytest.mark.parametrize("no", ["That is not true", "That was a lie", "No such order was given", "Nothing of the kind"])
def test_words_that_say_no_answer_what_was_said_just_before(no: str) -> None:
    build = Build("r1", f"Olga Lind said an order had been given to cut the nets. “{no},” Oskar Berg said.")
    build.say("an order had been given to cut the nets", build.actor("Olga Lind"), "said")
    build.say(f"“{no},”", build.actor("Oskar Berg"), "Berg said", mode="direct")
    (dispute,) = _found(build.done())
    assert _sides(dispute) == ["Olga Lind", "Oskar Berg"]


def test_no_such_thing_is_not_set_against_what_speaks_of_another() -> None:
    build = Build("r1", "“I thank the pilots,” Olga Lind said. “There is no such promise,” Oskar Berg said.")
    build.say("“I thank the pilots,”", build.actor("Olga Lind"), "Lind said", mode="direct")
    build.say("“There is no such promise,”", build.actor("Oskar Berg"), "Berg said", mode="direct")
    assert _found(build.done()) == []


def test_who_denies_one_claim_twice_in_a_report_disputes_it_once() -> None:
    build = Build(
        "r1",
        "Norway said Sweden had moved the border stones. Sweden denied it at once. Sweden denied moving any border stones.",
    )
    norway, sweden = build.actor("Norway", "state"), build.actor("Sweden", "state")
    build.say("Sweden had moved the border stones", norway, "said")
    build.say("it", sweden, "denied it", denial=True)
    build.say("moving any border stones", sweden, "denied moving", denial=True)
    (dispute,) = _found(build.done())
    assert _sides(dispute) == ["Norway", "Sweden", "Sweden"]


def test_one_shared_word_far_away_is_no_denial() -> None:
    filler = "The boats came in with the tide and the market was full. " * 20
    build = Build(
        "r1",
        f"Olga Lind said the tower of Tarn was painted. {filler}Oskar Berg denied selling fish from Tarn by night.",
    )
    build.say("the tower of Tarn was painted", build.actor("Olga Lind"), "said")
    build.say("selling fish from Tarn by night", build.actor("Oskar Berg"), "denied", denial=True)
    assert _found(build.done()) == []


def test_a_sentence_that_rejects_is_no_claim_for_a_later_denial() -> None:
    build = Build(
        "r1", "The harbour office rejects reports of a secret sale. “There was no secret sale,” Oskar Berg said."
    )
    build.say("reports of a secret sale", build.actor("harbour office", "organisation"))
    build.say("“There was no secret sale,”", build.actor("Oskar Berg"), "Berg said", mode="direct")
    assert _found(build.done()) == []


def test_disagreement_sets_a_speaker_against_the_one_before() -> None:
    build = Build(
        "r1", "Olga Lind said the mayor had ended the strike. Mr Berg disagreed. The rain had ended it, he said."
    )
    build.actor("Oskar Berg", "person", "Mr Berg")
    build.say("the mayor had ended the strike", build.actor("Olga Lind"), "said")
    at = build.text.index("he said")
    build.say("The rain had ended it", None, "he said", source=Span(start=at, end=at + 2, text="he"))
    (dispute,) = _found(build.done())
    assert _sides(dispute) == ["Olga Lind", "Oskar Berg"]
    assert dispute.sides[1].text == "The rain had ended it, he said."


def test_what_was_done_so_gainsays_that_nobody_did() -> None:
    assert _by_turns(
        "Olga Lind said that no captain had complained. The oldest of them had done so by letter, Oskar Berg said.",
        ("Olga Lind", "that no captain had complained"),
        ("Oskar Berg", "The oldest of them had done so by letter"),
    )


@pytest.mark.parametrize(
    ("one", "two", "disputed"),
    [
        ("the blaze at the mill was arson", "a short circuit had caused it", True),
        ("the blaze at the mill was arson", "somebody had set it alight", False),
        ("the strikers threw stones first", "the police charged without warning", True),
        ("the strikers threw stones in the yard", "the police charged without warning", False),
    ],
)
def test_two_causes_and_two_beginners_cannot_both_be(one: str, two: str, disputed: bool) -> None:
    text = f"Olga Lind said {one}. Oskar Berg said {two}."
    assert bool(_by_turns(text, ("Olga Lind", one), ("Oskar Berg", two))) == disputed


def test_a_refused_number_is_not_the_speakers_own() -> None:
    one = Build("r1", "Police in Tarn said that nine dockers died in the port fire.", "2024-02-06")
    one.count("nine", 9, of="dockers", claimant=one.actor("Police in Tarn", "organisation"))
    two = Build("r2", "Three dockers, not nine, lost their lives in the port fire, the mill said.", "2024-02-06")
    mill = two.actor("the mill", "organisation")
    two.count("Three", 3, of="dockers", claimant=mill)
    two.count("nine", 9, of="dockers", claimant=mill)
    (dispute,) = _found(one.done(), two.done())
    assert dispute.about == "dockers: nine / Three"


def test_at_least_nine_is_not_twelve_where_both_are_tallies() -> None:
    build = Build("r1", "At least nine dockers died, the police said. The union put the number of dead at twelve.")
    build.count("At least nine", 9, of="dockers", bound="over", claimant=build.actor("the police", "organisation"))
    build.count("twelve", 12, of="dead", unit="dead", claimant=build.actor("The union", "organisation"))
    (dispute,) = _found(build.done())
    assert len(dispute.figures) == 2


def test_one_word_in_common_does_not_make_a_no_gainsay_a_neighbour() -> None:
    assert not _by_turns(
        "Olga Lind said the fare plan would cost less. Oskar Berg said the clerks were not asked about the plan.",
        ("Olga Lind", "the fare plan would cost less"),
        ("Oskar Berg", "the clerks were not asked about the plan"),
    )


def test_two_who_say_no_are_on_one_side() -> None:
    build = Build("r1", "Olga Lind said the new fares were not fair. Oskar Berg dismissed those new fares.")
    build.say("the new fares were not fair", build.actor("Olga Lind"), "said")
    build.say("those new fares", build.actor("Oskar Berg"), "dismissed", denial=True)
    assert _found(build.done()) == []


def test_a_denial_of_warnings_answers_who_said_that_he_warned() -> None:
    build = Build(
        "r1", "Norway said cracks had been shown to the mill in May. It rained. Sweden denied receiving any complaint."
    )
    build.say("cracks had been shown to the mill in May", build.actor("Norway", "state"), "said")
    build.say("receiving any complaint", build.actor("Sweden", "state"), "denied", denial=True)
    (dispute,) = _found(build.done())
    assert _sides(dispute) == ["Norway", "Sweden"]


def test_a_denied_report_is_the_other_side() -> None:
    build = Build("r1", "Ada Moll denied a report in the Tarn Echo that she had offered to leave.")
    moll = build.actor("Ada Moll")
    build.actor("Tarn Echo", "organisation")
    build.say("that she had offered to leave", moll, "denied", denial=True)
    (dispute,) = _found(build.done())
    assert _sides(dispute) == ["Tarn Echo", "Ada Moll"]
    assert dispute.sides[0].text == "she had offered to leave."


def test_what_the_denying_side_says_instead_stands_beside_its_denial() -> None:
    build = Build(
        "r1",
        "Olga Lind said the mill had offered to keep the lock open. The mill disputes that. No offer was made, a spokesman said.",
    )
    build.say("the mill had offered to keep the lock open", build.actor("Olga Lind"), "said")
    build.say("that.", build.actor("The mill", "organisation"), "disputes")
    at = build.text.index("a spokesman")
    build.say("No offer was made", None, "spokesman said", source=Span(start=at, end=at + 11, text="a spokesman"))
    (dispute,) = _found(build.done())
    assert _sides(dispute) == ["Olga Lind", "The mill", "a spokesman"]
    assert dispute.about == "No offer was made"


def test_another_sides_next_sentence_is_not_the_denials() -> None:
    build = Build(
        "r1", "Olga Lind said the weir was low. The mill denied that. No boat has come since, Oskar Berg said."
    )
    build.say("the weir was low", build.actor("Olga Lind"), "said")
    build.say("that.", build.actor("The mill", "organisation"), "denied", denial=True)
    build.say("No boat has come since", build.actor("Oskar Berg"), "Berg said")
    (dispute,) = _found(build.done())
    assert _sides(dispute) == ["Olga Lind", "The mill"]


def test_a_court_that_dismisses_an_appeal_disputes_nothing() -> None:
    build = Build("r1", "Olga Lind said she would appeal in May. The court dismissed the appeal of Olga Lind.")
    build.say("she would appeal in May", build.actor("Olga Lind"), "said")
    build.say("the appeal of Olga Lind", build.actor("The court", "organisation"), "dismissed", denial=True)
    assert _found(build.done()) == []


def test_that_one_was_gainsays_that_none_was() -> None:
    assert _by_turns(
        "No letter was ever sent, Olga Lind said. Oskar Berg insists that one was.",
        ("Olga Lind", "No letter was ever sent"),
        ("Oskar Berg", "that one was"),
    )


def test_a_number_in_no_statement_can_be_called_wrong() -> None:
    build = Build("r1", "Olga Lind put it at 180 crowns a barrel; the mill said that figure was wide of the mark.")
    build.count("180", 180, unit="crown", claimant=build.actor("Olga Lind"))
    build.say("that figure was wide of the mark", build.actor("the mill", "organisation"), "said")
    (dispute,) = _found(build.done())
    assert _sides(dispute) == ["Olga Lind", "the mill"]


def test_a_denied_figure_is_a_claim_with_a_number() -> None:
    build = Build(
        "r1", "Olga Lind said 30 boats had sunk. Oskar Berg said the wind was strong. The mill disputed that figure."
    )
    build.say("30 boats had sunk", build.actor("Olga Lind"), "Lind said")
    build.say("the wind was strong", build.actor("Oskar Berg"), "Berg said")
    build.say("that figure", build.actor("The mill", "organisation"), "disputed")
    (dispute,) = _found(build.done())
    assert _sides(dispute) == ["Olga Lind", "The mill"]


def test_a_denied_part_in_a_deed_is_about_the_deed() -> None:
    build = Build(
        "r1",
        "Olga Lind said she was poisoned in Tarn. Oskar Berg said the soup was from the mill. Sweden denied any involvement.",
    )
    build.say("she was poisoned in Tarn", build.actor("Olga Lind"), "Lind said")
    build.say("the soup was from the mill", build.actor("Oskar Berg"), "Berg said")
    build.say("any involvement", build.actor("Sweden", "state"), "denied", denial=True)
    (dispute,) = _found(build.done())
    assert _sides(dispute) == ["Olga Lind", "Sweden"]


def test_what_somebody_wrote_is_that_persons_word() -> None:
    build = Build(
        "r1", "Oskar Berg saw the weir. His report called for a new gate. The mill disputed his account of it."
    )
    build.actor("Oskar Berg")
    at = build.text.index("His report")
    build.say("for a new gate", None, "called", source=Span(start=at, end=at + 10, text="His report"))
    build.say("his account of it", build.actor("The mill", "organisation"), "disputed")
    (dispute,) = _found(build.done())
    assert _sides(dispute) == ["Oskar Berg", "The mill"]


@pytest.mark.parametrize(
    ("text", "first", "second", "unit", "disputed"),
    [
        (
            "The board put turnout at 61 percent. Monitors said it was no more than 44 percent.",
            61,
            44,
            "percentage",
            True,
        ),
        ("The board said turnout was 61 percent. Monitors said wages rose by 44 percent.", 61, 44, "percentage", False),
        ("The board counted a crowd of 5000. Monitors claimed 20000.", 5000, 20000, "-", True),
        ("The board counted a crowd of 5000. Monitors sold 20000 flags.", 5000, 20000, "-", False),
    ],
)
def test_a_number_that_names_nothing_is_set_against_the_one_before(
    text: str, first: int, second: int, unit: str, disputed: bool
) -> None:
    build = Build("r1", text)
    build.count(str(first), first, unit=unit, claimant=build.actor("The board", "organisation"))
    build.count(str(second), second, unit=unit, claimant=build.actor("Monitors", "group"))
    assert bool(_found(build.done())) == disputed


def test_the_number_of_a_thing_is_set_against_another_of_it() -> None:
    build = Build(
        "r1",
        "More than 180 people are missing, Olga Lind said. Oskar Berg said the number of missing could be as high as 400.",
    )
    build.count("More than 180", 180, bound="over", claimant=build.actor("Olga Lind"))
    build.count("400", 400, of="missing", unit="missing", claimant=build.actor("Oskar Berg"))
    (dispute,) = _found(build.done())
    assert _sides(dispute) == ["Olga Lind", "Oskar Berg"]


def test_shares_of_two_groups_for_and_against_one_thing_are_rivals() -> None:
    build = Build(
        "r1",
        "Of the votes, 87 percent of those cast backed a walkout, Olga Lind said. Half of the staff had backed a strike, said Oskar Berg.",
    )
    build.count("87", 87, unit="percentage", claimant=build.actor("Olga Lind"))
    build.count("Half", 0.5, unit="-", claimant=build.actor("Oskar Berg"))
    assert len(_found(build.done())) == 1


def test_who_counts_more_than_the_official_toll_disputes_it() -> None:
    def found(more: str, value: int) -> list[Dispute]:
        build = Build("r1", f"The official death toll stood at 79. Open Door says {more}.")
        build.count("79", 79, of="death toll", unit="-", claimant=None)
        build.count(str(value), value, claimant=build.actor("Open Door", "organisation"))
        return _found(build.done())

    (dispute,) = found("at least 143 people died", 143)
    assert _sides(dispute) == [None, "Open Door"]
    assert dispute.about == "death toll: 79 / 143"
    assert found("143 people are missing", 143) == []
    assert found("60 people died at the mill", 60) == []


@pytest.mark.parametrize(
    ("one", "two", "disputed"),
    [
        ("the siren had not sounded", "it had sounded at two", True),
        ("the siren had not sounded", "it was painted red", False),
        ("the strike was not over", "the strike had lasted ten days", False),
        ("the mill had promised a roof", "no promise was ever made", True),
        ("the police had beaten her", "nobody had touched her", True),
        ("the vote was rigged", "it was free and fair", True),
        ("the new law protects tenants", "it does the opposite", True),
        ("the cup was won in May", "it was lost in June", False),
        ("there was no deal", "there was one, and that it was signed", True),
    ],
)
def test_two_speakers_in_a_row_who_cannot_both_be_right(one: str, two: str, disputed: bool) -> None:
    text = f"Olga Lind said {one}. Oskar Berg said {two}."
    assert bool(_by_turns(text, ("Olga Lind", one), ("Oskar Berg", two))) == disputed


def test_they_who_say_otherwise_are_a_side_without_a_name() -> None:
    build = Build("r1", "The mill said they owed it nine crowns. They said they had paid.")
    build.say("they owed it nine crowns", build.actor("The mill", "organisation"), "said")
    at = build.text.index("They said")
    build.say("they had paid", None, "They said", source=Span(start=at, end=at + 4, text="They"))
    (dispute,) = _found(build.done())
    assert _sides(dispute) == ["The mill", None]


def test_what_somebody_is_told_to_have_said_is_not_set_against_the_teller() -> None:
    build = Build(
        "r1", "Olga Lind said that Oskar Berg claimed no promise was made. He made a promise, Olga Lind said."
    )
    berg = build.actor("Oskar Berg")
    lind = build.actor("Olga Lind")
    outer = build.say("that Oskar Berg claimed no promise was made", lind, "Lind said")
    build.say("no promise was made", berg, "claimed", parent=outer)
    assert _found(build.done()) == []


def test_a_verb_of_denying_that_no_statement_holds_is_a_denial_too() -> None:
    build = Build("r1", "Olga Lind said the crews had left of their own will. The union contests that account.")
    build.say("the crews had left of their own will", build.actor("Olga Lind"), "said")
    (dispute,) = _found(build.done())
    assert _sides(dispute) == ["Olga Lind", "The union"]


def test_a_promise_in_a_denied_report_is_nobodys_claim() -> None:
    build = Build("r1", "The mill rejects reports that Oskar Berg has promised a roof.")
    mill, berg = build.actor("The mill", "organisation"), build.actor("Oskar Berg")
    outer = build.say("reports that Oskar Berg has promised a roof", mill, "rejects", denial=True)
    build.say("a roof", berg, "has promised", parent=outer)
    (dispute,) = _found(build.done())
    assert _sides(dispute) == [None, "The mill"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("the boats would come on Friday", "they were not asked about the boats"),
        ("the captain will take a raise", "not to take a raise"),
        ("nine in ten would vote for the mayor", "they would not vote at all"),
    ],
)
def test_a_no_to_something_else_or_to_what_is_to_be_gainsays_nothing(one: str, two: str) -> None:
    assert not _by_turns(f"Olga Lind said {one}. Oskar Berg said {two}.", ("Olga Lind", one), ("Oskar Berg", two))


def test_whose_account_is_denied_is_the_other_side() -> None:
    build = Build(
        "r1",
        "Norway said the weir was low. Olga Lind said the weir was open. Oskar Berg dismissed Norway's account of the weir.",
    )
    build.say("the weir was low", build.actor("Norway", "state"), "Norway said")
    build.say("the weir was open", build.actor("Olga Lind"), "Lind said")
    build.say("Norway's account of the weir", build.actor("Oskar Berg"), "dismissed", denial=True)
    (dispute,) = _found(build.done())
    assert _sides(dispute) == ["Norway", "Oskar Berg"]


def test_a_verb_of_denying_within_what_is_said_makes_no_denial_of_it() -> None:
    build = Build(
        "r1", "Norway said the weir was low. Oskar Berg charged that the letters contradict that account of the weir."
    )
    build.say("the weir was low", build.actor("Norway", "state"), "Norway said")
    build.say("that the letters contradict that account of the weir", build.actor("Oskar Berg"), "charged")
    assert _found(build.done()) == []


def test_what_stands_beside_a_denial_may_itself_be_gainsaid() -> None:
    build = Build(
        "r1",
        "Olga Lind said the two had argued about kiosks. The mill disputes that. No offer was made, a spokesman said."
        " The union insists that one was.",
    )
    build.say("the two had argued about kiosks", build.actor("Olga Lind"), "Lind said")
    build.say("that.", build.actor("The mill", "organisation"), "disputes")
    at = build.text.index("a spokesman")
    build.say("No offer was made", None, "spokesman said", source=Span(start=at, end=at + 11, text="a spokesman"))
    build.say("that one was", build.actor("The union", "organisation"), "insists")
    assert sorted(map(_sides, _found(build.done())), key=len) == [
        ["The union", "a spokesman"],
        ["Olga Lind", "The mill", "a spokesman"],
    ]


@pytest.mark.parametrize("others", [0, FEW])
def test_a_denied_figure_of_another_report_is_found_by_the_figure_given_instead(others: int) -> None:
    first = Build("r1", "An earthquake killed 14 people in Tarn on Monday, the ministry said.", "2024-03-05")
    first.say("An earthquake killed 14 people in Tarn on Monday", first.actor("the ministry", "organisation"), "said")
    text = "The earthquake in Tarn on Monday killed 31 people, the union said, denying the figure of the ministry."
    other = Build("r2", text, "2024-03-06")
    union = other.actor("the union", "organisation")
    other.say("The earthquake in Tarn on Monday killed 31 people", union, "said")
    other.say("the figure of the ministry", union, "denying", denial=True)
    more = [Build(f"r9{n}", f"Ferry {n} left the quay.", "2024-03-05").done() for n in range(others)]
    (found,) = link([first.done(), other.done(), *more]).disputes
    assert {side.report for side in found.sides} == {"r1", "r2"}
