"""Speakers that typography tells: names behind dashes, labels before turns."""

from __future__ import annotations

import pytest

from tests.read.test_statements import content, found, source

QUESTION = "Nine residents told us what they think of the new bridge."
VOICES = [
    ("“We were promised a bridge in spring. It is autumn now. Who believes in it?”", "Sonja Hermel"),
    ("”It is a disgrace. Nobody asked us.”", "Karl de Brun"),
    ("“He made jokes about the ‘old’ ferry! I laughed with him.”", "Azuna González"),
]


@pytest.mark.parametrize("dash", ["―", "—", "–", "--"])
@pytest.mark.parametrize("gap", ["", " ", "\N{NO-BREAK SPACE}"])
@pytest.mark.parametrize("end", ["", "\N{NO-BREAK SPACE}"])
def test_voices_are_told_by_the_names_behind_them(dash: str, gap: str, end: str) -> None:
    text = "\n\n".join([QUESTION, *(f"{said}{gap}{dash} {name}{end}" for said, name in VOICES)])
    told = [(source(s), content(s)) for s in found(text)[0] if s.parent is None]
    assert told[-3:] == [(name, [said]) for said, name in VOICES]


def test_the_turns_of_a_transcript_are_their_speakers() -> None:
    turns = [
        ("HORN", "When will the bridge open? People ask us every day."),
        ("VELD", "Look, it opens when it is safe."),
        ("HORN", "So not this year."),
        ("VELD", "I have not said that. We will see."),
    ]
    text = "\n\n".join([QUESTION, *(f"{name}: {said}" for name, said in turns)])
    told = [(source(s), content(s)) for s in found(text)[0] if s.parent is None][-4:]
    assert [name for name, _ in told] == [name for name, _ in turns]
    assert all(said.startswith(words[0][:20]) for (_, words), (_, said) in zip(told, turns, strict=True))


def test_turns_are_told_by_names_in_small_letters_too_where_the_text_names_them() -> None:
    text = (
        "Mara Horn, who runs the bridge for the town, spoke to Radio Quay on Monday.\n\n"
        "Radio Quay: When will the bridge open?\n\nHorn: It opens when it is safe. If the piers hold, that is in May.\n\n"
        "Radio Quay: People ask us every day.\n\nHorn: They ask me too. I tell them [the callers] the same."
    )
    told = {content(s)[0]: s for s in found(text)[0] if s.parent is None and source(s) in ("Horn", "Radio Quay")}
    assert "It opens when it is safe. If the piers hold, that is in May" in told
    last = told["They ask me too. I tell them [the callers] the same"]
    assert last.mode == "direct"
    assert [span.text for span in last.insertions] == ["[the callers]"]
    assert source(told["People ask us every day"]) == "Radio Quay"
    assert told["When will the bridge open?"].question
    assert not last.question


def test_a_letter_before_a_turn_names_nobody() -> None:
    turns = [
        "Q: When will it open?",
        "A: It opens when it is safe.",
        "Q: So not this year.",
        "A: We will see about it.",
    ]
    statements, _ = found("\n\n".join([QUESTION, *turns]))
    assert not any(source(s) in ("Q", "A") and s.mode == "direct" for s in statements)


def test_a_list_of_dates_and_places_has_no_speakers() -> None:
    text = "Open days are held twice.\n\n" + "\n\n".join(
        [
            "When: Monday, 3 May, from ten",
            "Where: The old quay",
            "When: Friday, 7 May, from noon",
            "Where: The new bridge",
        ]
    )
    assert found(text)[0] == []


def test_a_dash_behind_a_quotation_that_no_name_follows_is_no_signature() -> None:
    statements, _ = found(
        "“The bridge is safe”, the mayor said. “It will stand” – with that he opened it.\n\nHe had been late."
    )
    assert [(source(s), content(s)) for s in statements] == [("the mayor", ["“The bridge is safe”", "“It will stand”"])]
    assert statements[0].cue is not None
    assert statements[0].cue.text == "said"
