from __future__ import annotations

from dateline.link.linker import link
from dateline.records import Dispute, Telling
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
