from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest

from dateline.link import circles as at_circles
from dateline.link import ties as at
from dateline.link.circles import circles
from dateline.link.outlines import Outline, outline, tied
from dateline.link.ties import Index, Marks, Retied, close, marks
from dateline.records import Telling
from tests.link.build import Build, identified
from tests.link.test_circles import pile


def outlines(tellings: list[Telling]) -> dict[str, Outline]:
    """The outlines of some reports as an archive of them knows their actors."""
    players = {each.report: each for each in identified(tellings).players()}
    return {telling.report: outline(telling, players[telling.report]) for telling in tellings}


def found(tellings: list[Telling]) -> dict[tuple[str, str], float]:
    """The ties of some reports, by their marks."""
    told = outlines(tellings)
    pairs = Index({id: marks(one) for id, one in told.items()}).candidates(told)
    return {pair: strength for pair in pairs if (strength := tied(told[pair[0]], told[pair[1]]))}


def _meeting(report: str, text: str, published: str, **fields: str) -> Telling:
    build = Build(report, text, published)
    actor, place = build.actor("Anna Berg"), build.place("Velmar")
    build.event(fields.pop("trigger", "met"), actors=[actor], place=place, type="CONSULT", **fields)
    return build.done()


def test_two_reports_of_one_event_are_tied_whenever_they_came() -> None:
    one = _meeting("r1", "Anna Berg met the dockers' union in Velmar on Monday.", "2024-02-06", date="2024-02-05")
    two = _meeting("r2", "In Velmar the union met minister Anna Berg.", "2025-06-01", date="2024-02-05")
    other = _meeting("r3", "Anna Berg met the dockers' union in Velmar on Monday.", "2024-03-06", date="2024-03-05")
    assert found([one, two, other]).keys() == {("r1", "r2")}


def test_a_plan_is_tied_to_what_came_of_it() -> None:
    plan = _meeting(
        "r1", "Anna Berg will visit the shipyard in Velmar on 12 March.", "2024-02-06", trigger="visit", date="2024-03-12",
        status="planned", kind="announced",
    )  # fmt: skip
    outcome = _meeting(
        "r2", "Anna Berg visited the shipyard in Velmar on Tuesday.", "2024-03-13", trigger="visited", date="2024-03-12"
    )
    before = _meeting(
        "r3", "Anna Berg visited the shipyard in Velmar last year.", "2024-01-13", trigger="visited", date="2023-03-12"
    )
    assert found([plan, outcome, before]).keys() == {("r1", "r2")}


def test_what_called_a_plan_off_later_is_tied_to_it() -> None:
    plan = _meeting(
        "r1", "Anna Berg will visit the shipyard in Velmar on 12 March.", "2024-02-06", trigger="visit", date="2024-03-12",
        status="planned", kind="announced",
    )  # fmt: skip
    off = Build("r2", "The visit of the minister to the shipyard has been cancelled, her office said.", "2024-02-20")
    off.event("cancelled")
    assert found([plan, off.done()]).keys() == {("r1", "r2")}


def test_a_denial_is_tied_to_the_claim_of_the_week_before() -> None:
    claim = Build("r1", "Lars Holm said the harbour office secretly sold the quay to smugglers.", "2024-02-06")
    claim.say("the harbour office secretly sold the quay to smugglers", speaker=claim.actor("Lars Holm"), cue="said")
    denial = Build("r2", "Eva Lind denied that the harbour office had sold the quay to smugglers.", "2024-02-12")
    denial.say(
        "the harbour office had sold the quay to smugglers", speaker=denial.actor("Eva Lind"), cue="denied", denial=True
    )
    late = Build("r3", denial.text, "2024-05-12")
    late.say(
        "the harbour office had sold the quay to smugglers", speaker=late.actor("Eva Lind"), cue="denied", denial=True
    )
    assert found([claim.done(), denial.done(), late.done()]).keys() == {("r1", "r2")}


@pytest.mark.parametrize("seed", range(3))
def test_marks_find_whatever_is_tied(seed: int) -> None:
    told = outlines(pile(seed, 25))
    index = Index({id: marks(one) for id, one in told.items()})
    looked_at = {frozenset(pair) for pair in index.candidates(told)}
    missed = [
        pair for pair in combinations(told, 2) if tied(told[pair[0]], told[pair[1]]) and set(pair) not in looked_at
    ]
    assert missed == []
    assert all(tied(told[a], told[b]) == tied(told[b], told[a]) for a, b in combinations(told, 2))


def test_what_very_many_reports_tell_hangs_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at, "KNOWN", 5)
    told = [
        _meeting(f"r{n}", "Anna Berg met the dockers' union in Velmar on Monday.", "2024-02-06", date="2024-02-05")
        for n in range(9)
    ]
    monkeypatch.setattr(at_circles, "FEW", 0)
    assert len(circles([one.report for one in told], found(told))) == 1


def _marked(seed: int, reports: int) -> dict[str, Marks]:
    chance = random.Random(seed)

    def some(most: int) -> set[int]:
        return {chance.randint(0, 12) for _ in range(chance.randint(0, most))}

    made = {}
    for n in range(reports):
        own, asked = some(6), some(3)
        made[f"r{n}"] = Marks(np.array(sorted(own), dtype=np.int64), np.array(sorted(asked - own), dtype=np.int64))
    return made


@pytest.mark.parametrize("seed", range(60))
def test_what_changes_is_found_again_as_if_all_was_looked_at(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at, "KNOWN", 5)
    monkeypatch.setattr(at, "FIRST", 2)
    chance = random.Random(seed)
    before, after = _marked(seed, 14), _marked(seed + 100, 14)
    changed = set(chance.sample(sorted(before), 3)) | {"r90"}
    gone = chance.choice(sorted(changed - {"r90"}))
    now = {id: (after if id in changed else before)[id] for id in before if id != gone} | {"r90": after["r0"]}
    looked_at = set(Index(before).candidates(before))
    again = Retied(before, now, changed)
    dropped, fresh = again.gone(looked_at), list(again.fresh())
    assert (looked_at - dropped) | set(fresh) == set(Index(now).candidates(now))
    assert len(set(fresh)) == len(fresh)
    assert (looked_at - dropped).isdisjoint(fresh)


@pytest.mark.parametrize("seed", range(20))
def test_pairs_are_looked_at_alone_as_among_all(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at, "KNOWN", 5)
    monkeypatch.setattr(at, "FIRST", 2)
    marked = _marked(seed, 14)
    assert close(marked, list(combinations(sorted(marked), 2))) == set(Index(marked).candidates(marked))


def test_what_comes_where_few_tell_the_same_asks_about_no_other_pair() -> None:
    before, more = _marked(5, 14), _marked(6, 1)["r0"]
    again = Retied(before, before | {"r90": more}, ["r90"])
    assert again.gone(set(Index(before).candidates(before))) == set()
    assert all("r90" in pair for pair in again.fresh())


def test_marks_outlive_packing() -> None:
    one = next(iter(_marked(3, 1).values()))
    same = Marks.unpack(one.pack())
    assert (same.own.tolist(), same.asked.tolist()) == (one.own.tolist(), one.asked.tolist())
    assert len(Marks.unpack(b"").own) == 0
