from __future__ import annotations

import pytest

from dateline.link.linker import link
from dateline.records import Commitment, Telling
from tests.link.build import Build


def _plan(text: str = "The ministers will meet in Tarn on 20 March, the council said.", **fields: object) -> Build:
    build = Build("r1", text, "2024-03-01")
    council = (
        build.actor("ministers", "group", "The ministers") if "The ministers" in text else build.actor("Rovia", "state")
    )
    given: dict[str, object] = {"status": "planned", "kind": "announced", "date": "2024-03-20", "actors": [council]}
    build.event("meet" if "meet" in text else "close", **{**given, **fields})  # type: ignore[arg-type]
    return build


def _one(*tellings: Telling) -> Commitment:
    (found,) = link(tellings).commitments
    return found


def test_nothing_told_later_is_no_report() -> None:
    found = _one(_plan().done())
    assert (found.outcome, found.outcome_entry, found.due, found.by) == ("no report", None, "2024-03-20", ["ministers"])


def test_a_meeting_announced_and_held_took_place() -> None:
    later = Build("r2", "The ministers met in Tarn on Wednesday.", "2024-03-21")
    later.event("met", "2024-03-20")
    tellings = [_plan().done(), later.done()]
    found = _one(*tellings)
    assert found.outcome == "took place"
    assert found.outcome_entry == next(event.entry for event in link(tellings).events if event.status == "happened")


def test_a_meeting_of_another_day_or_told_before_decides_nothing() -> None:
    other = Build("r2", "The ministers met in Tarn on Wednesday.", "2024-04-21")
    other.event("met", "2024-04-17")
    earlier = Build("r0", "The ministers met in Tarn on Wednesday.", "2024-02-21")
    earlier.event("met", "2024-02-21")
    assert _one(_plan().done(), other.done(), earlier.done()).outcome == "no report"


def test_called_off_and_put_off_are_told_apart() -> None:
    for words, trigger, outcome in (
        ("The meeting of the ministers in Tarn was called off on Monday.", "called off", "cancelled"),
        ("The meeting of the ministers in Tarn was postponed on Monday.", "postponed", "postponed"),
    ):
        later = Build("r2", words, "2024-03-18")
        later.event(trigger, "2024-03-18")
        assert _one(_plan().done(), later.done()).outcome == outcome


def test_what_is_put_off_in_another_clause_is_not_this() -> None:
    later = Build("r2", "The ministers spoke in Tarn on Monday, and a football match was postponed.", "2024-03-18")
    later.event("postponed", "2024-03-18")
    assert _one(_plan().done(), later.done()).outcome == "no report"


def test_a_threat_keeps_its_condition_and_finds_its_outcome() -> None:
    threat = _plan(
        "Rovia will close the river port on 20 March if the tolls stay.", kind="threatened", status="conditional"
    )
    threat.events[0] = threat.events[0].__class__(
        **{f: getattr(threat.events[0], f) for f in threat.events[0].__struct_fields__ if f != "condition"},
        condition=threat.span("if the tolls stay"),
    )
    later = Build("r2", "Rovia closed the river port to all ships on Wednesday.", "2024-03-21")
    later.event("closed", "2024-03-20", actors=[later.actor("Rovia", "state")])
    found = _one(threat.done(), later.done())
    assert (found.kind, found.condition, found.outcome) == ("threatened", "if the tolls stay", "took place")


def test_a_bare_promise_is_a_commitment_and_a_report_of_one_is_none() -> None:
    build = Build("r1", "Minister Olga Lind promised a new bridge.", "2024-03-01")
    build.event("promised", actors=[build.actor("Olga Lind")])
    assert _one(build.done()).kind == "promised"
    past = Build("r1", "Minister Olga Lind promised a new bridge.", "2024-03-01")
    past.event("promised", "1999", background=True)
    assert link([past.done()]).commitments == []


def test_one_plan_in_two_reports_is_one_commitment() -> None:
    again = Build("r2", "In Tarn, the ministers will meet on 20 March.", "2024-03-02")
    again.event("meet", "2024-03-20", status="planned", kind="announced", actors=[again.actor("ministers", "group")])
    assert _one(_plan().done(), again.done()).reports == ["r1", "r2"]


def test_a_plan_told_of_only_when_it_is_called_off_is_a_commitment() -> None:
    build = Build("r1", "The opening of the mill museum, planned for Saturday, has been cancelled.", "2024-03-06")
    build.time("Saturday", "2024-03-02")
    build.event("cancelled", None, "cancelled")
    found = _one(build.done())
    assert (found.kind, found.due, found.outcome) == ("announced", "2024-03-09", "cancelled")


def test_harm_on_a_condition_is_a_threat() -> None:
    build = Build("r1", "If no ship has sailed by 9 March, Rovia will cancel its loan.", "2024-03-01")
    build.time("9 March", "2024-03-09")
    build.event("cancel", None, "planned", kind="announced", actors=[build.actor("Rovia", "state")])
    found = _one(build.done())
    assert (found.kind, found.due) == ("threatened", "2024-03-09")


@pytest.mark.parametrize(
    ("text", "trigger", "kind"),
    [
        ("If nothing is paid, the guards will walk out on 9 March.", "walk", "threatened"),
        ("Unless the dam is repaired, Tarn Water will petition the Supreme Court.", "petition", "threatened"),
        ("If the gate is not opened, Rovia will recall its ambassador.", "recall", "threatened"),
        ("If it rains, the guards will sing in the hall.", "sing", "announced"),
        ("If the strike ends, the trains will run on Monday.", "run", "announced"),
    ],
)
def test_a_reprisal_on_a_condition_is_a_threat(text: str, trigger: str, kind: str) -> None:
    build = Build("r1", text, "2024-03-01")
    build.event(trigger, None, "conditional", kind="announced")
    assert _one(build.done()).kind == kind


def test_a_promise_that_is_denied_is_none() -> None:
    build = Build("r1", "The ministry rejects reports that Olga Lind promised anybody a bridge.", "2024-03-01")
    build.event("promised", actors=[build.actor("Olga Lind")])
    assert link([build.done()]).commitments == []


def test_what_has_gone_on_since_the_day_took_place() -> None:
    plan = Build("r1", "Soldiers will begin driving the relief buses of Tarn on 9 March.", "2024-03-08")
    plan.event("begin driving", "2024-03-09", "planned", kind="announced", actors=[plan.actor("Soldiers", "group")])
    since = Build("r2", "Army drivers, who had run the relief buses of Tarn since 9 March, went home.", "2024-03-30")
    since.event("run", "2024-03-09/..", actors=[since.actor("Army drivers", "group")])
    assert _one(plan.done(), since.done()).outcome == "took place"


def test_what_was_over_before_the_plan_was_told_does_not_fulfil_it() -> None:
    plan = Build("r1", "The union of Tarn will demonstrate at the harbour within 14 days.", "2024-03-08")
    plan.event(
        "demonstrate", "2024-03-08/2024-03-22", "planned", kind="announced", actors=[plan.actor("union", "group")]
    )
    before = Build("r2", "The union of Tarn demonstrated at the harbour on 7 March.", "2024-03-30")
    before.event("demonstrated", "2024-03-07", actors=[before.actor("union", "group")])
    assert _one(plan.done(), before.done()).outcome == "no report"


def test_a_cancelled_visit_elsewhere_does_not_cancel_this_one() -> None:
    build = Build("r1", "Olga Lind will visit Tarn on Wednesday. She cancelled a trip to Velm.", "2024-03-18")
    lind = build.actor("Olga Lind")
    build.event("visit", "2024-03-20", "planned", kind="announced", actors=[lind])
    build.event("cancelled", None, "cancelled", actors=[lind])
    assert _one(build.done()).outcome == "no report"


def _due_in_court() -> Build:
    plan = Build("r1", "Nine men were arrested, the police said. They are due in court on Tuesday.", "2024-03-01")
    plan.event(
        "due in court", "2024-03-05", status="planned", kind="announced", actors=[plan.actor("Nine men", "group")]
    )
    return plan


def test_a_plan_that_points_back_is_known_by_what_it_points_to() -> None:
    later = Build("r2", "Eight of those arrested in Tarn were freed on Tuesday after a hearing.", "2024-03-06")
    later.event("freed", "2024-03-05")
    assert _one(_due_in_court().done(), later.done()).outcome == "took place"


def test_another_thing_of_the_same_day_decides_nothing() -> None:
    later = Build("r2", "Four houses burned down in Tarn on Tuesday.", "2024-03-06")
    later.event("burned", "2024-03-05")
    assert _one(_due_in_court().done(), later.done()).outcome == "no report"


def _visit() -> Build:
    plan = Build("r1", "Chancellor Ada Moll will visit Tarn on Wednesday, her office said.", "2024-03-01")
    given = {"status": "planned", "kind": "announced", "place": plan.place("Tarn")}
    plan.event("visit", "2024-03-06", actors=[plan.actor("Ada Moll")], **given)
    return plan


def test_a_visit_took_place_where_its_guest_did_something_there_that_day() -> None:
    there = Build("r2", "Ada Moll walked down the pier on Wednesday. In Tarn nobody cheered.", "2024-03-07")
    there.event("walked", "2024-03-06", actors=[there.actor("Ada Moll")])
    assert _one(_visit().done(), there.done()).outcome == "took place"


def test_a_visit_is_not_told_by_what_its_guest_did_elsewhere() -> None:
    elsewhere = Build("r2", "Ada Moll opened a school in Velm on Wednesday.", "2024-03-07")
    elsewhere.event("opened", "2024-03-06", actors=[elsewhere.actor("Ada Moll")])
    assert _one(_visit().done(), elsewhere.done()).outcome == "no report"


def test_what_is_put_off_to_a_day_is_due_then() -> None:
    build = Build("r1", "The judge adjourned the hearing of the ferry owners until 20 March.", "2024-03-01")
    build.time("20 March", "2024-03-20")
    build.event("adjourned the hearing", status="cancelled")
    found = _one(build.done())
    assert (found.due, found.kind, found.outcome) == ("2024-03-20", "announced", "no report")
    later = Build(
        "r2", "The hearing of the ferry owners was put back on Wednesday after the judge fell ill.", "2024-03-21"
    )
    later.event("put back", "2024-03-20", status="cancelled")
    assert next(c for c in link([build.done(), later.done()]).commitments if c.due == "2024-03-20").outcome in (
        "postponed",
        "cancelled",
    )


def test_who_has_until_a_day_must_act_by_then() -> None:
    build = Build("r1", "The fee is void, the court ruled, and the board has until 28 March to repay it.", "2024-03-20")
    build.time("28 March", "2024-03-28")
    build.event("ruled", "2024-03-20")
    assert _one(build.done()).due == "2024-03-28"


def test_what_was_put_off_to_a_day_long_past_is_no_plan() -> None:
    build = Build("r1", "The judge adjourned the hearing until 20 March.", "2024-05-01")
    build.time("20 March", "2024-03-20")
    build.event("adjourned the hearing", status="cancelled")
    assert link([build.done()]).commitments == []


def test_a_promise_withdrawn_in_its_own_sentence_is_off() -> None:
    build = Build(
        "r1", "A fee that Rovia had promised to repeal in May will not be withdrawn, the council said.", "2024-03-01"
    )
    build.event("repeal", "2024-05", status="planned", kind="promised", actors=[build.actor("Rovia", "state")])
    assert _one(build.done()).outcome == "cancelled"


def test_a_relative_that_does_not_point_back() -> None:
    promise = Build("r1", "Rovia promised nine masons for the mill.", "2024-03-01")
    promise.event("promised", actors=[promise.actor("Rovia", "state")])
    later = Build(
        "r2", "Nine masons of Rovia mended the mill. The choir called off a fair that was due in May.", "2024-03-04"
    )
    later.event("called off a fair", status="cancelled")
    found = next(c for c in link([promise.done(), later.done()]).commitments if c.kind == "promised")
    assert found.outcome == "no report"


def test_this_week_points_at_no_plan() -> None:
    promise = Build("r1", "Rovia promised nine masons for the mill.", "2024-03-01")
    promise.event("promised", actors=[promise.actor("Rovia", "state")])
    later = Build(
        "r2", "Nine masons of Rovia mended the mill. A tax on tea will not be raised this week.", "2024-03-04"
    )
    later.event("raised", status="cancelled")
    found = next(c for c in link([promise.done(), later.done()]).commitments if c.kind == "promised")
    assert found.outcome == "no report"


def test_what_was_planned_and_put_off_in_one_sentence_is_postponed() -> None:
    build = Build(
        "r1", "A march, which the guild had announced for 20 March, has been put off for a week.", "2024-03-19"
    )
    build.event("put", "2024-03-20", status="cancelled")
    found = _one(build.done())
    assert (found.due, found.outcome) == ("2024-03-20", "postponed")
