"""Events, told by short invented sentences: what is an event, its status, date, place and parties, and the words that carry it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.read import events
from dateline.read.document import Document
from dateline.records import Basis, Part, Place, ReadEvent, Statement, Time

PUBLISHED = date(2023, 5, 20)


class Named:
    """Actors by their words: a token is the actor whose name it ends."""

    def __init__(self, text: str, *names: str) -> None:
        self._names = {(text.find(name) + len(name)): name for name in names if name in text}

    def at(self, start: int, end: int) -> str | None:
        return self._names.get(end)


def paragraphs(text: str) -> list[Part]:
    parts, start = [], 0
    for line in text.split("\n"):
        parts.append(Part(start=start, end=start + len(line), kind="body"))
        start += len(line) + 1
    return [part for part in parts if part.end > part.start]


def time(text: str, words: str, edtf: str, basis: Basis = "relative") -> Time:
    start = text.index(words)
    return Time(start=start, end=start + len(words), text=words, type="DATE", value=edtf, edtf=edtf, basis=basis)


def place(text: str, words: str, use: str = "literal") -> Place:
    start = text.index(words)
    return Place(
        start=start,
        end=start + len(words),
        text=words,
        name=words,
        geonameid=None,
        lat=None,
        lon=None,
        country=None,
        precision="city",
        use=use,  # type: ignore[arg-type]
    )


def statement(document: Document, words: str, *, denial: bool = False, question: bool = False) -> Statement:
    start = document.text.index(words)
    return Statement(
        source=None,
        cue=None,
        content=[document.span(start, start + len(words))],
        mode="indirect",
        speaker=None,
        addressee=None,
        occasion=None,
        medium=None,
        date=None,
        denial=denial,
        question=question,
        refusal=False,
        insertions=[],
        parent=None,
    )


def told(
    text: str,
    *names: str,
    times: dict[str, str] | None = None,
    places: tuple[str, ...] = (),
    published: date | None = PUBLISHED,
    parts: list[Part] | None = None,
) -> list[ReadEvent]:
    document = Document.of(text, parts or paragraphs(text), published)
    return events.find(
        document,
        [time(text, words, edtf) for words, edtf in (times or {}).items()],
        [place(text, words) for words in places],
        Named(text, *names),
        [],
    )


def one(text: str, *names: str, times: dict[str, str] | None = None, places: tuple[str, ...] = ()) -> ReadEvent:
    found = told(text, *names, times=times, places=places)
    assert len(found) == 1, [event.trigger.text for event in found]
    return found[0]


# ── what is an event, and of which kind ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "trigger", "type_", "mode"),
    [
        ("The army arrested two editors in the capital.", "arrested", "COERCE", "arrest"),
        ("The two presidents held talks in the palace.", "held talks", "CONSULT", None),
        ("The council imposed sanctions on the bank.", "imposed sanctions", "SANCTION", None),
        ("Rebels fired rockets at the harbour.", "fired rockets", "ASSAULT", "heavy-weapons"),
        ("The kidnappers released three hostages.", "released", "RETREAT", "release"),
        ("The publisher released a novel.", "released", None, None),
        ("The ministry called on both sides to show restraint.", "called on", "REQUEST", None),
        ("Miners went on strike over their wages.", "went on strike", "PROTEST", "strike"),
        ("The judge opened an inquiry into the fire.", "opened an inquiry", "ACCUSE", "investigate"),
        ("The navy sent warships to the strait.", "sent warships", "MOBILIZE", "troops"),
        ("Voters elected a new mayor.", "elected", None, None),
    ],
)
def test_the_lexicon_types_a_trigger(text: str, trigger: str, type_: str | None, mode: str | None) -> None:
    event = one(text)
    assert (event.trigger.text, event.type, event.mode, event.status) == (trigger, type_, mode, "happened")


@pytest.mark.parametrize(
    "text",
    [
        "The valley lies between two rivers and has four bridges.",
        "The minister said that the budget was balanced.",
        "The general wants peace and believes in it.",
        "Nobody was killed in the night.",
        "The army did not attack the village.",
        "The company designs ships to carry grain.",
        "Will the army attack the village?",
        "The spokesman declined to comment.",
        "The ferry crosses the strait every hour.\nThe guards patrol both banks of the river.",
    ],
)
def test_states_sayings_wishes_denied_and_habitual_deeds_are_no_events(text: str) -> None:
    assert told(f"A long winter is over.\nThe hills are green again.\n{text}") == []


def test_headings_tell_no_events() -> None:
    text = "Army arrests editors\nThe hills are green."
    parts = [Part(start=0, end=20, kind="heading"), Part(start=21, end=len(text), kind="body")]
    assert told(text, parts=parts) == []


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("A missile hit the station.", "ASSAULT"),
        ("A lorry hit the station.", None),
        ("The earthquake killed forty people.", None),
        ("Gunmen killed forty people.", "ASSAULT"),
        ("Forty people were killed in a crash.", None),
        ("Forty people were killed in an ambush.", "ASSAULT"),
    ],
)
def test_what_did_the_harm_says_of_what_kind_it_is(text: str, type_: str | None) -> None:
    assert one(text).type == type_


def test_a_verb_that_only_leads_to_another_is_not_counted() -> None:
    assert [e.trigger.text for e in told("In spring the army began to withdraw from the valley.")] == ["withdraw from"]


def test_an_unlisted_verb_is_an_event_where_a_time_makes_it_one() -> None:
    text = "The hills are green.\nThe lake is blue.\nDivers raised the anchor on Monday.\nDivers raise anchors."
    assert [e.trigger.text for e in told(text, times={"Monday": "2023-05-15"})] == ["raised the anchor"]


# ── status and commitment ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "status", "kind"),
    [
        ("The two leaders will meet in June.", "planned", "announced"),
        ("The two leaders are expected to meet in June.", "planned", "announced"),
        ("The two leaders are going to meet in June.", "planned", "announced"),
        ("The two leaders may meet in June.", "possible", None),
        ("The two leaders are meeting in the palace.", "ongoing", None),
        ("The two leaders will not meet in June.", "cancelled", None),
        ("The chairman called off the meeting.", "cancelled", None),
        ("The two leaders have met in the palace.", "happened", None),
        ("The two leaders will meet if the fighting ends.", "conditional", "announced"),
    ],
)
def test_status(text: str, status: str, kind: str | None) -> None:
    event = one(text)
    assert (event.status, event.kind) == (status, kind)


def test_a_threat_on_a_condition() -> None:
    threat, deed = told("The president threatened to close the border if the guns stay.")
    assert (threat.type, threat.status, threat.kind) == ("THREATEN", "happened", None)
    assert (deed.type, deed.status, deed.kind) == ("COERCE", "conditional", "threatened")
    assert deed.condition is not None
    assert deed.condition.text == "if the guns stay"


def test_a_promise_of_a_deed_that_the_lexicon_does_not_know() -> None:
    promise, deed = told("The mayor promised to paint the bridge.")
    assert (promise.status, deed.trigger.text, deed.status, deed.kind) == (
        "happened",
        "paint the bridge",
        "planned",
        "promised",
    )


def test_an_announced_noun_is_a_commitment() -> None:
    _, withdrawal = told("The general announced the withdrawal of two batteries.")
    assert (withdrawal.trigger.text, withdrawal.type, withdrawal.status, withdrawal.kind) == (
        "withdrawal",
        "RETREAT",
        "planned",
        "announced",
    )


def test_what_was_said_would_happen_is_planned() -> None:
    event = one("The ministry said it would deploy troops at the dam.")
    assert (event.status, event.kind) == ("planned", "announced")


def test_an_event_inside_a_denial_is_denied_and_inside_a_question_is_none() -> None:
    text = "The ministry insisted that its jets had bombed no village, after jets bombed the village."
    document = Document.of(text, paragraphs(text), PUBLISHED)
    content = "jets bombed the village"
    denied = events.find(document, [], [], Named(text), [statement(document, content, denial=True)])
    assert [(e.trigger.text, e.status, e.statement) for e in denied] == [("bombed", "denied", 0)]
    assert events.find(document, [], [], Named(text), [statement(document, content, question=True)]) == []


# ── who, when, where ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_passive_has_its_agent_as_actor_and_its_subject_as_recipient() -> None:
    event = one("Anna Vesk was arrested by the Guard.", "Vesk", "Guard")
    assert (event.actors, event.recipients) == (["Guard"], ["Vesk"])


def test_all_who_meet_are_actors() -> None:
    event = one("Ilse Brandt held talks with Tomas Reyl.", "Brandt", "Reyl")
    assert (event.actors, event.recipients) == (["Brandt", "Reyl"], [])


def test_the_subject_of_a_plan_is_found_above_it() -> None:
    assert one("Ilse Brandt is expected to visit the camp.", "Brandt").actors == ["Brandt"]


def test_the_subject_behind_an_insertion_that_the_parser_loses() -> None:
    text = (
        "Earlier, on May 3, Lethran Defense Minister Pavlo Creel, in an essay published by the Harbour Review, "
        "called on northern countries to support his country."
    )
    event = next(e for e in told(text, "Creel", times={"May 3": "2023-05-03"}) if e.type == "REQUEST")
    assert (event.actors, event.date, event.background) == (["Creel"], "2023-05-03", False)


def test_each_clause_has_its_own_time() -> None:
    text = "On Monday the council announced that the fair will open on Friday."
    found = told(text, times={"Monday": "2023-05-15", "Friday": "2023-05-26"})
    assert [(e.trigger.text, e.date) for e in found] == [("announced", "2023-05-15"), ("open", "2023-05-26")]


def test_a_clause_at_the_same_time_dates_the_main_one() -> None:
    text = "Nine people were killed when shells hit the market on Monday."
    assert {e.date for e in told(text, times={"Monday": "2023-05-15"})} == {"2023-05-15"}


def test_a_stretch_since_a_time_is_open_and_one_between_two_is_an_interval() -> None:
    assert one("Since 2014 many people have died there.", times={"2014": "2014"}).date == "2014/.."
    text = "Forty people were killed between 1 May and 9 May."
    assert one(text, times={"1 May": "2023-05-01", "9 May": "2023-05-09"}).date == "2023-05-01/2023-05-09"


def test_a_time_to_come_does_not_date_what_happened() -> None:
    text = "The hills are green.\nThe lake is blue.\nThe mayor called for a debate next week."
    event = one(text, times={"next week": "2023-05-22/2023-05-28"})
    assert (event.date, event.date_basis) == ("2023-05-20~", "publication")


def test_a_day_carries_over_to_the_next_sentence_and_about_that_day_to_the_next_paragraph() -> None:
    text = (
        "The hills are green. The lake is blue.\nOn Monday soldiers stormed the fort. They arrested the commander."
        "\nThe prisoners escaped."
    )
    dates = [(e.trigger.text, e.date) for e in told(text, times={"Monday": "2023-05-15"})]
    assert dates == [("stormed", "2023-05-15"), ("arrested", "2023-05-15"), ("escaped", "2023-05-15~")]


def test_the_lead_is_dated_by_publication_and_by_nothing_where_that_is_unknown() -> None:
    text = "Soldiers stormed the fort."
    assert (one(text).date, one(text).date_basis) == ("2023-05-20", "publication")
    assert [e.date for e in told(text, published=None)] == [None]


def test_what_was_long_ago_is_background() -> None:
    assert one("The fort was stormed in 1940.", times={"1940": "1940"}).background
    assert not one("The fort was stormed on Monday.", times={"Monday": "2023-05-15"}).background


def test_only_a_place_that_a_preposition_ties_to_it_is_where_it_happened() -> None:
    assert one("The ministers met in Selm.", places=("Selm",)).place == 0
    assert one("The ministers of Selm met.", places=("Selm",)).place is None
    text = "The ministers met in Selm."
    document = Document.of(text, paragraphs(text), PUBLISHED)
    acting = [place(text, "Selm", "government")]
    assert [e.place for e in events.find(document, [], acting, Named(text), [])] == [None]


# ── always ────────────────────────────────────────────────────────────────────────────────────────────────────────

_PIECES = [
    "The army", "President Dorn", "will", "has", "not", "attacked", "to meet", "the talks", "were held", "killed", "in Selm",
    "on Monday", "if", "that", "said", "announced", "refused", "and", ",", ".", "?", "“", "”", "\n", "no one", "who", "by",
    "threatened", "the ceasefire", "was", "called off", "🚢", "İ", "…", " – ", "(", ")", "dozens of", "release", "since",
]  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=30).map(" ".join))
def test_the_words_of_every_span_are_the_words_there(text: str) -> None:
    if not text.strip():
        return
    for event in told(text, "Dorn"):
        for span in (event.trigger, event.condition):
            assert span is None or text[span.start : span.end] == span.text != ""
