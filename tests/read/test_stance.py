"""Denials, questions, refusals, and cues that report nothing said."""

from __future__ import annotations

import pytest
from spacy.tokens import Token

from dateline.read.cues import candidates
from dateline.read.document import parse
from dateline.read.stance import Stance, cannot_answer, only_names, only_supposed, stance


def word(text: str, form: str) -> Token:
    return next(token for token in parse(text, []) if token.lower_ == form)


def held(text: str, form: str) -> Stance:
    """The stance of the cue with a form, with the content that its frame gives it."""
    head = word(text, form)
    found = next(c for c in candidates(head.sent) if c.head.i == head.i and c.content)
    spans = [head.doc[first : last + 1] for first, last in found.content]
    return stance(head, found.lemma, found.frame, [list(span) for span in spans], [span.text for span in spans])


@pytest.mark.parametrize(
    ("text", "cue", "denial"),
    [
        ("The army denied that it had fired.", "denied", True),
        ("The army did not deny that it had fired.", "deny", False),
        ("The army dismissed the allegation.", "dismissed", True),
        ("The army dismissed the general.", "dismissed", False),
        ("The army said there was no truth in the story.", "said", True),
        ("The army said it had nothing to do with the blast.", "said", True),
        ("The army said the story was true.", "said", False),
        ("The broker pleaded not guilty to fraud.", "pleaded", True),
        ("The broker pleaded guilty to fraud.", "pleaded", False),
    ],
)
def test_denials(text: str, cue: str, denial: bool) -> None:
    assert held(text, cue).denial is denial


@pytest.mark.parametrize(
    ("text", "cue", "refusal"),
    [
        ("The bank declined to elaborate on the plan.", "declined", True),
        ("The bank declined to buy its rival.", "declined", False),
        ("The bank would not say who had signed.", "say", True),
        ("The bank said nobody had signed.", "said", False),
    ],
)
def test_refusals(text: str, cue: str, refusal: bool) -> None:
    assert held(text, cue).refusal is refusal


def test_no_comment_is_a_refusal_whoever_says_it() -> None:
    assert stance(None, "", "direct", [[]], ["“No comment,”"]).refusal
    assert not stance(None, "", "direct", [[]], ["“No comment was made about it,”"]).refusal


def test_a_statement_of_questions_only_is_a_question() -> None:
    assert stance(None, "", "direct", [[], []], ["“Who?”", "“And when?”"]).question
    assert not stance(None, "", "direct", [[], []], ["“Who?”", "“I did.”"]).question


@pytest.mark.parametrize(
    ("text", "cue", "supposed"),
    [
        ("If the minister says the mine is safe, the work goes on.", "says", True),
        ("Suppose the court says the deal is void.", "says", True),
        ("The price, that is to say the whole of it, was paid.", "say", True),
        ("The master refused to say how many boats had been lost.", "say", True),
        ("The minister says the mine is safe.", "says", False),
        ("The minister says the mine is closed if it rains.", "says", False),
        ("People suppose the court says so.", "says", False),
    ],
)
def test_suppositions(text: str, cue: str, supposed: bool) -> None:
    assert only_supposed(word(text, cue), None) is supposed


def test_nobody_says_nothing() -> None:
    head = word("Nobody has said that the school will close.", "said")
    assert only_supposed(head, word("Nobody has said that the school will close.", "nobody"))


def test_names_and_missing_answers() -> None:
    assert only_names(word("A report titled “Dust” was printed.", "titled"))
    assert not only_names(word("The critics called the report a scandal.", "called"))
    assert cannot_answer("respond", word("The bank did not respond.", "respond"))
    assert not cannot_answer("respond", word("The bank responded.", "responded"))
