from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.chronicle.entries import entries
from dateline.link.linker import link
from dateline.link.sentences import LONGEST
from dateline.records import Linked, Pin, Telling
from tests.link.build import Build


def _press() -> list[Telling]:
    one = Build("r1", "Norway said four people died in Tarn on Monday. It will meet Sweden on Friday.", "2024-02-06")
    norway = one.actor("Norway", "state")
    said = one.say("four people died in Tarn on Monday", norway, "said")
    one.count("four", 4, of="people", claimant=norway)
    one.event("died", "2024-02-05", place=one.place("Tarn"), statement=said)
    one.event(
        "meet", "2024-02-09", "planned", actors=[norway], recipients=[one.actor("Sweden", "state")], kind="announced"
    )
    two = Build("r2", "Sweden denied that four had died in Tarn. On Friday Sweden met Norway.", "2024-02-10")
    sweden = two.actor("Sweden", "state")
    two.say("that four had died in Tarn", sweden, "denied", denial=True)
    two.event("met", "2024-02-09", actors=[sweden], recipients=[two.actor("Norway", "state")])
    return [one.done(), two.done()]


def _pins(linked: Linked) -> list[Pin]:
    found = [pin for statement in linked.statements for pin in (statement.pin, *statement.pins)]
    found += [pin for event in linked.events for pin in event.pins]
    found += [figure.pin for figure in linked.figures] + [commitment.pin for commitment in linked.commitments]
    return found + [side.pin for dispute in linked.disputes for side in dispute.sides]


def test_everything_is_found_and_pinned() -> None:
    tellings = _press()
    linked = link(tellings)
    assert {actor.name for actor in linked.actors} == {"Norway", "Sweden"}
    assert [row.speaker for row in linked.statements] == ["Norway", "Sweden"]
    assert [row.claimant for row in linked.figures] == ["Norway"]
    assert [row.outcome for row in linked.commitments] == ["took place"]
    assert len(linked.disputes) == 1
    texts = {telling.report: telling.text for telling in tellings}
    assert all(texts[pin.report][pin.start : pin.end] == pin.text for pin in _pins(linked))


def test_linking_again_or_in_another_order_gives_the_same() -> None:
    tellings = _press()
    assert link(tellings) == link(tellings[::-1])


def test_nothing_gives_nothing() -> None:
    assert link([]) == Linked(actors=[], statements=[], figures=[], events=[], commitments=[], disputes=[])


def test_ids_are_unique_and_refer_to_rows() -> None:
    tellings = _press()
    linked = link(tellings)
    lines = {line.id for line in entries(linked, tellings)}
    for rows in (linked.actors, linked.statements, linked.figures, linked.events, linked.commitments, linked.disputes):
        ids = [row.id for row in rows]
        assert len(ids) == len(set(ids))
    assert {row.entry for row in linked.events} == lines
    assert {row.outcome_entry for row in linked.commitments if row.outcome_entry} <= lines
    assert {id_ for dispute in linked.disputes for id_ in dispute.statements} <= {row.id for row in linked.statements}


_WORDS = [
    "Norway",
    "Sweden",
    "met",
    "killed",
    "denied",
    "said",
    "the",
    "port",
    "Tarn",
    "no",
    "“",
    "”",
    ".",
    ",",
    "\n\n",
    "12",
    "in",
    "called off",
]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.lists(st.sampled_from(_WORDS), min_size=3, max_size=40), st.data()), min_size=1, max_size=3)
)
def test_no_reading_breaks_it(reports: list[tuple[list[str], st.DataObject]]) -> None:
    tellings = []
    for n, (given_words, data) in enumerate(reports):
        build = Build(
            f"r{n}", " ".join(given_words) + " met.", data.draw(st.sampled_from(["2024-02-06", "2024-02-07", None]))
        )
        spans = [word for word in set(given_words) if word.strip(" \n")] + ["met"]
        picked = st.sampled_from(sorted(spans))
        actors = [
            build.actor(data.draw(picked), data.draw(st.sampled_from(["person", "state", "organisation", "group"])))
            for _ in range(2)
        ]
        for _ in range(data.draw(st.integers(0, 4))):
            build.event(
                data.draw(picked), data.draw(st.sampled_from(["2024-02-05", "2024-02", "9999-12", "../2020", None])),
                data.draw(st.sampled_from(["happened", "planned", "conditional", "cancelled", "denied", "possible", "ongoing"])),
                actors=data.draw(st.lists(st.sampled_from(actors), max_size=2)), kind=data.draw(st.sampled_from(["announced", None])),
            )  # fmt: skip
            build.say(data.draw(picked), data.draw(st.sampled_from([*actors, None])), denial=data.draw(st.booleans()))
            build.count(
                data.draw(picked),
                data.draw(st.sampled_from([1, (1, 2), None, 2.5])),
                claimant=data.draw(st.sampled_from([*actors, None])),
            )
        tellings.append(build.done())
    linked = link(tellings)
    texts = {telling.report: telling.text for telling in tellings}
    assert all(texts[pin.report][pin.start : pin.end] == pin.text for pin in _pins(linked))
    for line in entries(linked, tellings):
        assert line.pins
        assert len(line.text.split()) <= LONGEST
        assert all(texts[pin.report][pin.start : pin.end] == pin.text for pin in line.pins)
    assert msgspec.json.encode(linked) == msgspec.json.encode(link(tellings[::-1]))
