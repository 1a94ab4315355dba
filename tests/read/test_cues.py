"""Cues: which words attribute, in which frame, and what hangs on them."""

from __future__ import annotations

import pytest

from dateline.read.cues import Candidate, candidates, strength
from dateline.read.document import pipeline


def framed(text: str, lemma: str) -> Candidate:
    doc = pipeline()(text)
    return next(c for sentence in doc.sents for c in candidates(sentence) if c.lemma == lemma)


@pytest.mark.parametrize(
    ("lemma", "frame"),
    [
        ("say", "clause"),
        ("deny", "object"),
        ("accuse", "object+of"),
        ("call", "on+to"),
        ("rule out", "object"),
        ("vow", "to"),
    ],
)
def test_reporting_verbs_attribute(lemma: str, frame: str) -> None:
    assert strength(lemma, frame) >= 0.5


@pytest.mark.parametrize(
    ("lemma", "frame"), [("eat", "object"), ("run", "to"), ("say", "object+of"), ("xyz", "clause")]
)
def test_other_verbs_do_not(lemma: str, frame: str) -> None:
    assert strength(lemma, frame) < 0.3


def test_british_spelling_counts_as_the_american_one() -> None:
    assert strength("criticise", "object") == strength("criticize", "object") > 0


def test_a_rare_frame_is_judged_by_the_plainer_one() -> None:
    assert 0 < strength("condemn", "object+beneath") < strength("condemn", "object")


@pytest.mark.parametrize(
    ("text", "lemma", "frame", "source", "content"),
    [
        ("The mayor said that it rained.", "say", "clause", "mayor", "that it rained"),
        ("It rained, the mayor said.", "say", "clause before", "mayor", "It rained"),
        ("The mayor called on drivers to wait.", "call", "on+to", "mayor", "drivers to wait"),
        ("The mayor vowed to stay.", "vow", "to", "mayor", "stay"),
        ("Residents saying they saw smoke left the town.", "say", "clause", "Residents", "they saw smoke"),
        ("She left, saying that it rained.", "say", "clause", "She", "that it rained"),
        ("The plan was announced by the mayor on Monday.", "announce", "passive:bare", "mayor", None),
    ],
)
def test_frames(text: str, lemma: str, frame: str, source: str, content: str | None) -> None:
    candidate = framed(text, lemma)
    assert candidate.frame == frame
    assert candidate.source is not None
    assert candidate.source.text == source
    words = [candidate.head.doc[a : b + 1].text for a, b in candidate.content]
    assert words == ([content] if content else [])


def test_a_sentence_before_a_semicolon_is_no_content() -> None:
    candidate = framed("Berlin would send aid; Paris rejected the plan.", "reject")
    assert candidate.frame == "object"


def test_a_verb_taken_for_a_compounds_noun_keeps_its_subject() -> None:
    candidate = framed("Ukrainian media report that the minister is scheduled to meet with the French envoy.", "report")
    assert candidate.source is not None
    assert candidate.source.text == "media"
