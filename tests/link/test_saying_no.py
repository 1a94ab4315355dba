from __future__ import annotations

import pytest

from dateline.link.saying_no import answers, decides, opens_with_denial, rejects, says_no, whose


@pytest.mark.parametrize(
    "sentence",
    [
        "The mill denies that the weir was low.",
        "The mill disputes that.",
        "The mill disputed his account of the night.",
        "The mill contested the union's figure.",
        "The mill rejected claims that the plan was his.",
        "The mill called the letter preposterous.",
        "The mill dismissed the charge.",
    ],
)
def test_a_verb_says_no_to_what_another_said(sentence: str) -> None:
    assert rejects(sentence, 0, len(sentence))
    assert not decides(sentence, 0, len(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "The court dismissed the miller's second appeal.",
        "The council rejected a plan to move the weir.",
        "The judge denied him bail.",
        "The guards were denied entry.",
    ],
)
def test_a_decision_is_no_denial(sentence: str) -> None:
    assert rejects(sentence, 0, len(sentence)) is None
    assert decides(sentence, 0, len(sentence))


def test_a_disputed_thing_is_no_denial() -> None:
    sentence = "The disputed border lies at the weir, and two clubs contest the cup."
    assert rejects(sentence, 0, len(sentence)) is None
    assert not decides(sentence, 0, len(sentence))


@pytest.mark.parametrize(
    "words",
    [
        "That is simply not true",
        "“This is a lie",
        "that figure was wide of the mark",
        "the report was false",
        "there was “not a shred” of evidence for that: the gate was shut",
        "Not a word of it is true",
        "that never happened",
    ],
)
def test_words_that_say_no_by_themselves(words: str) -> None:
    assert says_no(words)


@pytest.mark.parametrize(
    "words", ["That is true", "the report was late", "there was evidence of a flood", "it is what it is"]
)
def test_words_that_do_not(words: str) -> None:
    assert not says_no(words)


def test_an_answer_points_back_and_holds_no_claim_of_its_own() -> None:
    assert answers("That is a lie")
    assert not answers("It is false that the weir was low")
    assert not answers("No such order was given")


def test_a_sentence_opens_with_denial() -> None:
    assert opens_with_denial("The harbour office rejects reports of a sale.")
    assert not opens_with_denial("The harbour office rejects the appeal of the crews.")


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor dismissed four harbour masters in May.",
        "The council has rejected bills painted as harsh.",
        "The offers were refused, unanswered and dismissed.",
        "It would deny him a quick trial.",
        "They denied the permit.",
    ],
)
def test_what_is_turned_down_is_not_called_untrue(sentence: str) -> None:
    assert rejects(sentence, 0, len(sentence)) is None


def test_whose_account_is_denied() -> None:
    assert whose("Berg dismissed Olga Lind's charges about the weir.") == "Lind"
    assert whose("Berg dismissed the charges about Lind's weir.") is None


def test_a_claim_may_be_rejected_by_somebody() -> None:
    sentence = "The weir was low, a claim rejected by the mill."
    assert rejects(sentence, 0, len(sentence))
