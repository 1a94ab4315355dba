"""Statements: who said what to whom, how and when, with the words that show it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.capture.layout import layout
from dateline.read import actors, places, statements, times
from dateline.read.actors import Actors
from dateline.read.document import Document
from dateline.read.model import Saying
from dateline.records import Part, Statement


def found(text: str, parts: list[Part] | None = None) -> tuple[list[Statement], Actors]:
    document = Document.of(text, parts or layout(text), date(2021, 12, 6))
    who = actors.find(document, places.find(document))
    return statements.find(document, who, times.find(document)), who


def only(text: str) -> Statement:
    result, _ = found(text)
    assert len(result) == 1, [[span.text for span in s.content] for s in result]
    return result[0]


def content(statement: Statement) -> list[str]:
    return [span.text for span in statement.content]


def source(statement: Statement) -> str | None:
    return statement.source.text if statement.source else None


def speakers(text: str) -> list[str | None]:
    result, who = found(text)
    return [who.named(s.speaker) if s.speaker else None for s in result]


@pytest.mark.parametrize(
    ("text", "who", "said"),
    [
        ("Pavla Horn said that the bridge was safe.", "Pavla Horn", ["that the bridge was safe"]),
        ("Pavla Horn said the bridge was safe.", "Pavla Horn", ["the bridge was safe"]),
        ("The bridge is safe, Pavla Horn said.", "Pavla Horn", ["The bridge is safe"]),
        ("According to Pavla Horn, the bridge is safe.", "Pavla Horn", ["the bridge is safe"]),
        ("The bridge is safe, according to Pavla Horn.", "Pavla Horn", ["The bridge is safe"]),
        ("Officials say the bridge is safe.", "Officials", ["the bridge is safe"]),
        ("The mayor warned that the bridge could fall.", "The mayor", ["that the bridge could fall"]),
        ("The mayor urged drivers to stay away.", "The mayor", ["drivers to stay away"]),
        ("The mayor called on drivers to stay away.", "The mayor", ["drivers to stay away"]),
        ("The mayor appealed to drivers to stay away.", "The mayor", ["drivers to stay away"]),
        ("The army accused the rebels of shelling the town.", "The army", ["the rebels of shelling the town"]),
        ("The minister promised to rebuild the bridge.", "The minister", ["rebuild the bridge"]),
        ("The minister ruled out early elections.", "The minister", ["early elections"]),
        ("The ministers criticised the plan.", "The ministers", ["the plan"]),
        ("The union threatened to close the port.", "The union", ["close the port"]),
        ("It is expected that the mayor will resign.", None, ["that the mayor will resign"]),
    ],
)
def test_indirect_speech(text: str, who: str | None, said: list[str]) -> None:
    statement = only(text)
    assert source(statement) == who
    assert content(statement) == said
    assert statement.mode == "indirect"


@pytest.mark.parametrize(
    ("text", "who", "said"),
    [
        ("“The bridge is safe,” Horn said.", "Horn", ["“The bridge is safe,”"]),
        ("“The bridge is safe,” said Pavla Horn, an engineer.", "Pavla Horn, an engineer", ["“The bridge is safe,”"]),
        ('"The bridge is safe," said Horn.', "Horn", ['"The bridge is safe,"']),
        ("``The bridge is safe,'' Horn said.", "Horn", ["``The bridge is safe,''"]),
        ("‘The bridge is safe,’ Horn said.", "Horn", ["‘The bridge is safe,’"]),
        ("Horn said: “The bridge is safe.”", "Horn", ["“The bridge is safe.”"]),
        ("“The bridge,” she said, “is safe.”", "she", ["“The bridge,”", "“is safe.”"]),
        (
            "“The bridge is safe,” Horn said. “Nobody was hurt.”",
            "Horn",
            ["“The bridge is safe,”", "“Nobody was hurt.”"],
        ),
        ("“The bridge is safe, “Horn said.", "Horn", ["“The bridge is safe, “"]),
        (
            "“The bridge is safe.\n\n“Nobody was hurt,” Horn said.",
            "Horn",
            ["“The bridge is safe.", "“Nobody was hurt,”"],
        ),
        (
            "“The bridge is safe,” Horn said.\n\n“Nobody was hurt. We go on.”",
            "Horn",
            ["“The bridge is safe,”", "“Nobody was hurt. We go on.”"],
        ),
    ],
)
def test_direct_speech(text: str, who: str, said: list[str]) -> None:
    statement = only(text)
    assert source(statement) == who
    assert content(statement) == said
    assert statement.mode == "direct"


def test_words_in_marks_inside_indirect_speech_make_it_mixed() -> None:
    statement = only("Pavla Horn said that the bridge was “safe as a house” in any storm.")
    assert statement.mode == "mixed"
    assert content(statement) == ["that the bridge was “safe as a house” in any storm"]


def test_titles_and_scare_quotes_are_no_statements() -> None:
    assert found("The film “War and Rivers” opened in May. The so-called “peace plan” was burned.")[0] == []


def test_a_quotation_as_heading_belongs_to_the_running_speaker_without_a_source() -> None:
    text = "“The bridge is safe,” Horn said.\n\n“Nobody will drown”\n\nOn Monday the river rose."
    edges = [(0, 32, "body"), (34, 53, "heading"), (55, len(text), "body")]
    parts = [Part(start=a, end=b, kind=k) for a, b, k in edges]  # type: ignore[arg-type]
    result, who = found(text, parts)
    heading = result[1]
    assert content(heading) == ["“Nobody will drown”"]
    assert heading.source is None
    assert heading.cue is None
    assert heading.speaker is not None
    assert who.named(heading.speaker) == "Horn"


def test_this_was_announced_takes_the_sentence_before() -> None:
    text = "The bridge will reopen in May. This was announced by Mayor Pavla Horn on Monday."
    statement = only(text)
    assert content(statement) == ["The bridge will reopen in May"]
    assert source(statement) == "Mayor Pavla Horn"
    assert statement.date == "2021-12-06"


def test_a_statement_inside_another_knows_its_parent() -> None:
    text = "The Gazette reported that the ministry had announced a ceasefire."
    result, who = found(text)
    assert [content(s)[0] for s in result] == ["that the ministry had announced a ceasefire", "a ceasefire"]
    assert [s.parent for s in result] == [None, 0]
    assert result[1].speaker is not None
    assert who.named(result[1].speaker) == "the ministry"


@pytest.mark.parametrize(
    ("text", "denial", "question", "refusal"),
    [
        ("The army denied that it had shelled the town.", True, False, False),
        ("The army denies any part in the attack.", True, False, False),
        ("The army did not deny the attack.", False, False, False),
        ("The army dismissed the allegation.", True, False, False),
        ("The army rejected the plan.", False, False, False),
        ("The army said the report was false.", True, False, False),
        ("The army said the town was quiet.", False, False, False),
        ("“Who fired first?” the mayor asked.", False, True, False),
        ("The mayor asked whether the army had fired first.", False, True, False),
        ("The mayor asked the army to leave.", False, False, False),
        ("The ministry declined to comment.", False, False, True),
        ("The ministry did not respond to requests for comment.", False, False, True),
        ("The minister said he was not ready to discuss the plan.", False, False, True),
    ],
)
def test_marks(text: str, denial: bool, question: bool, refusal: bool) -> None:
    statement = only(text)
    assert (statement.denial, statement.question, statement.refusal) == (denial, question, refusal)


def test_medium_occasion_addressee_and_date() -> None:
    text = "In an interview with Anna Lee on Monday, Pavla Horn told reporters that the bridge was safe."
    result, _who = found(text)
    statement = result[0]
    assert statement.occasion is not None
    assert statement.occasion.text.startswith("an interview with Anna Lee")
    assert statement.date == "2021-12-06"
    written = only("Pavla Horn said in a letter published by the Gazette that the bridge was safe.")
    assert written.medium is not None
    assert written.medium.text == "a letter published by the Gazette"
    told = found("Pavla Horn told Anna Lee that the bridge was safe.")
    assert told[0][0].addressee is not None
    assert told[1].named(told[0][0].addressee) == "Anna Lee"


def test_who_is_asked_is_not_who_asks() -> None:
    result, who = found("Asked whether she would resign, Pavla Horn said that she would stay.")
    asked, answered = result
    assert asked.question
    assert asked.source is None
    assert asked.speaker is None
    assert answered.speaker is not None
    assert who.named(answered.speaker) == "Pavla Horn"


def test_an_editors_insertion_is_not_the_speakers() -> None:
    text = "“They will close it (the bridge – Ed.) in May,” Pavla Horn said. “We asked him [the mayor] to wait.”"
    statement = only(text)
    assert [span.text for span in statement.insertions] == ["(the bridge – Ed.)", "[the mayor]"]


def test_a_denied_and_an_answered_claim_have_their_own_speakers() -> None:
    text = (
        "The army said the rebels had shelled the town. The rebels' spokesman, Tarik Omondi, denied it was them. "
        "“There was no shelling by us,” he said."
    )
    assert speakers(text) == ["The army", "Tarik Omondi", "Tarik Omondi"]


def test_first_person_in_a_quotation_is_its_speaker() -> None:
    text = "“We will rebuild it,” Pavla Horn said."
    _, who = found(text)
    id = who.at(1, 3)
    assert id is not None
    assert who.named(id) == "Pavla Horn"


def test_a_photograph_says_nothing() -> None:
    assert found("The picture shows one of two ships in the harbour.")[0] == []


PIECES = [
    "“",
    "”",
    '"',
    "Horn said",
    "that",
    "the bridge",
    "is safe",
    ",",
    ".",
    "\n\n",
    " ",
    "?",
    "she",
    "denied",
    "According to",
    "to",
    ":",
]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
def test_every_span_holds_the_words_at_its_offsets(text: str) -> None:
    result, who = found(text)
    ids = {record.id for record in who.records}
    for number, statement in enumerate(result):
        assert statement.content
        single = [statement.source, statement.cue, statement.occasion, statement.medium]
        for span in [*statement.content, *statement.insertions, *(s for s in single if s is not None)]:
            assert text[span.start : span.end] == span.text
        assert statement.parent is None or (statement.parent != number and 0 <= statement.parent < len(result))
        assert statement.speaker is None or statement.speaker in ids
        assert statement.addressee is None or statement.addressee in ids


def test_a_condition_belongs_to_the_threat() -> None:
    statement = only("The union threatened on Monday to close the port if wages were cut.")
    assert content(statement) == ["close the port if wages were cut"]
    assert statement.date == "2021-12-06"


def test_what_is_denied_is_what_was_said_before() -> None:
    text = "The army said its guns were gone. The rebels denied this."
    result, _ = found(text)
    assert content(result[0]) == content(result[1]) == ["its guns were gone"]
    assert [s.denial for s in result] == [False, True]


def test_an_election_is_called_and_nobody_named() -> None:
    assert found("The president called an emergency session.")[0] == []


def test_a_bare_quotation_takes_over_the_source_before_it() -> None:
    text = "Pavla Horn said she was tired. “I have not slept for two days.”"
    result, _ = found(text)
    assert [source(s) for s in result] == ["Pavla Horn", "Pavla Horn"]
    assert [s.mode for s in result] == ["indirect", "direct"]


def test_a_dateline_with_a_colon_says_nothing() -> None:
    result, _ = found("TARN: The toll in the mine collapse has risen to 58, the district office said on Monday.")
    assert [source(s) for s in result] == ["the district office"]


def test_two_heads_in_one_cue_make_one_statement() -> None:
    text = "Pavla Horn said and repeated that the bridge was safe."
    document = Document.of(text, layout(text), date(2021, 12, 6))
    who = actors.find(document, places.find(document))
    heads = [token.i for token in document.doc if token.text in ("said", "repeated")]
    content = tuple(range(heads[1] + 1, len(document.doc) - 1))
    marked = [Saying(head, 0.9, 0.9, (0, 1), tuple(range(heads[0], heads[1] + 1)), content) for head in heads]
    told = statements.find(document, who, times.find(document), marked)
    assert [(source(s), [span.text for span in s.content]) for s in told] == [
        ("Pavla Horn", ["that the bridge was safe"])
    ]
