from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.edtf import bounds
from dateline.read.document import Document
from dateline.read.times import find, tense
from dateline.records import Part, Time

WEDNESDAY = date(2021, 12, 8)


def times(text: str, published: date | None = WEDNESDAY) -> list[Time]:
    """The times of a text of one paragraph."""
    return find(Document.of(text, [Part(start=0, end=len(text), kind="body")], published))


def told(text: str, published: date | None = WEDNESDAY) -> list[tuple[str, str, str, str | None]]:
    """Each time as its words, type, value and EDTF date."""
    return [(t.text, t.type, t.value, t.edtf) for t in times(text, published)]


# ── dates that are named ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "words", "value", "edtf"),
    [
        ("He was born on 12 May 1961.", "12 May 1961", "1961-05-12", "1961-05-12"),
        ("It rained on Monday, Dec. 6, 2021.", "Monday, Dec. 6, 2021", "2021-12-06", "2021-12-06"),
        ("The file is dated 2021-12-01.", "2021-12-01", "2021-12-01", "2021-12-01"),
        ("The file is dated 15.11.2021.", "15.11.2021", "2021-11-15", "2021-11-15"),
        ("The file is dated 3/5/2021.", "3/5/2021", "2021-XX-XX", "2021"),
        ("It was signed in March 2021.", "March 2021", "2021-03", "2021-03"),
        ("It was signed in early March 2021.", "early March 2021", "2021-03", "2021-03~"),
        ("The war broke out in early 2014.", "early 2014", "2014", "2014~"),
        ("It was over by the end of 2014.", "the end of 2014", "2014", "2014~"),
        ("The bridge was built in the 1990s.", "the 1990s", "199", "199X"),
        ("The castle is of the 15th century.", "the 15th century", "14", "14XX"),
        ("The river froze in the winter of 2013.", "the winter of 2013", "2013-WI", "2013-24"),
        ("Prices rose in the third quarter of 2020.", "the third quarter of 2020", "2020-Q3", "2020-07/2020-09"),
        ("Prices rose in Q2 2020.", "Q2 2020", "2020-Q2", "2020-04/2020-06"),
        ("It fell in the first half of 2020.", "the first half of 2020", "2020-H1", "2020-01/2020-06"),
        ("It lasted from May 3-5, 2014.", "May 3-5, 2014", "2014-05-03/2014-05-05", "2014-05-03/2014-05-05"),
        ("It covers the 2019-2021 period.", "2019-2021", "2019/2021", "2019/2021"),
        ("Roads should be safe by 2120.", "2120", "2120", "2120"),
    ],
)
def test_named_dates_need_no_anchor(text: str, words: str, value: str, edtf: str) -> None:
    for published in (WEDNESDAY, None):
        assert told(text, published) == [(words, "DATE", value, edtf)]
    assert times(text)[0].basis == "stated"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The law takes effect on January 1.", "2022-01-01"),
        ("The law took effect on January 1.", "2021-01-01"),
        ("The vote is planned for January 10.", "2022-01-10"),
        ("She died on December 20.", "2020-12-20"),
        ("Envoys were invited to talks on December 20.", "2021-12-20"),
        ("He spoke at a meeting in September.", "2021-09"),
        ("He will speak at a meeting in September.", "2022-09"),
        ("Since November the road has been shut.", "2021-11"),
        ("He was last seen last March.", "2021-03"),
        ("They met on Sunday, December 5.", "2021-12-05"),
        ("They met on the 5th of April.", "2021-04-05"),
        ("The talks will run from 3 to 5 May.", "2022-05-03/2022-05-05"),
        ("They will meet on the 20th.", "2021-12-20"),
        ("It was closed in July last year.", "2020-07"),
    ],
)
def test_bare_dates_go_by_tense_and_nearness(text: str, value: str) -> None:
    assert [t.value for t in times(text)] == [value]
    assert times(text)[0].basis == "relative"


def test_a_weekday_beside_a_bare_date_decides_its_year() -> None:
    assert [t.value for t in times("They meet again on Thursday, 8 December.")] == ["2022-12-08"]


@pytest.mark.parametrize(
    "text",
    [
        "It may fall again and they march on.",
        "Jan Novak and April Jones came.",
        "About 2000 people and 1990 soldiers came.",
        "Article 5, Resolution 2202 and Boeing 737 were named.",
        "The index closed at 1462.93 points.",
        "This Week is a programme.",
        "He was 37 years old.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert times(text) == []


# ── dates told from the anchor ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "value", "edtf"),
    [
        ("The minister arrived on Friday.", "2021-12-03", "2021-12-03"),
        ("The minister will arrive on Friday.", "2021-12-10", "2021-12-10"),
        ("The minister said he would arrive on Friday.", "2021-12-10", "2021-12-10"),
        ("The minister said on Wednesday he was tired.", "2021-12-08", "2021-12-08"),
        ("It burned on Monday last week.", "2021-11-29", "2021-11-29"),
        ("Sunday's vote was calm.", "2021-12-05", "2021-12-05"),
        ("She left last Friday.", "2021-12-03", "2021-12-03"),
        ("It happened the day before yesterday.", "2021-12-06", "2021-12-06"),
        ("She leaves tomorrow.", "2021-12-09", "2021-12-09"),
        ("It was put off until next week.", "2021-W50", "2021-12-13/2021-12-19"),
        ("Exports fell last year.", "2020", "2020"),
        ("Exports fell last month.", "2021-11", "2021-11"),
        ("The vote is due by the end of the month.", "2021-12", "2021-12~"),
        ("She resigned two weeks ago.", "2021-11-24", "2021-11-24"),
        ("She resigned ten years ago.", "2011", "2011"),
        ("It rained this spring.", "2021-SP", "2021-21"),
    ],
)
def test_relative_dates(text: str, value: str, edtf: str) -> None:
    assert [(t.value, t.edtf, t.basis) for t in times(text)] == [(value, edtf, "relative")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The minister arrived on Friday.", "XXXX-WXX-5"),
        ("The law took effect on January 1.", "XXXX-01-01"),
        ("He spoke in September.", "XXXX-09"),
        ("She left yesterday.", "XXXX-XX-XX"),
        ("It was put off until next week.", "XXXX-WXX"),
    ],
)
def test_without_a_publication_day_nothing_is_guessed(text: str, value: str) -> None:
    assert [(t.value, t.edtf) for t in times(text, None)] == [(value, None)]


def test_an_unnamed_monday_stays_unresolved() -> None:
    assert told("It was on a Monday.") == [("Monday", "DATE", "XXXX-WXX-1", None)]


def test_a_date_can_lean_on_the_one_named_before() -> None:
    found = told(
        "In 2014 the war began. A year later a truce was signed. On 3 May 2016 it broke; the next day shells fell."
    )
    assert [edtf for _, _, _, edtf in found] == ["2014", "2015", "2016-05-03", "2016-05-04"]


def test_a_bare_clock_is_of_the_day_told_of() -> None:
    text = "The ship sank on Monday. It was built in 1978 and checked on 3 May 2020. A gale had risen at 5.15 p.m. that day."
    assert [t.edtf for t in times(text) if t.type == "TIME"] == ["2021-12-06"]


def test_days_cannot_be_counted_from_a_year() -> None:
    assert told("In 2014 the war began. Two days later the city fell.")[1] == (
        "Two days later",
        "DURATION",
        "P2D",
        None,
    )


def test_the_date_named_before_may_stand_in_the_paragraph_before() -> None:
    text = "The war began on 3 May 2016.\nThe next day shells fell."
    cut = text.index("\n")
    parts = [Part(start=0, end=cut, kind="body"), Part(start=cut + 1, end=len(text), kind="body")]
    assert [t.edtf for t in find(Document.of(text, parts, WEDNESDAY))] == ["2016-05-03", "2016-05-04"]


# ── times of day, lengths, sets, references ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It burst at 10:30 a.m. on Tuesday.", ("10:30 a.m. on Tuesday", "TIME", "2021-12-07T10:30", "2021-12-07")),
        (
            "At 6 a.m. on 24 February 2020 it began.",
            ("6 a.m. on 24 February 2020", "TIME", "2020-02-24T06:00", "2020-02-24"),
        ),
        ("It burst around 1.30pm today.", ("around 1.30pm today", "TIME", "2021-12-08T13:30", "2021-12-08")),
        ("They left at eight o'clock.", ("eight o'clock", "TIME", "2021-12-08T08:00", "2021-12-08")),
        ("Flour ran out by Tuesday noon.", ("Tuesday noon", "TIME", "2021-12-07T12:00", "2021-12-07")),
        ("Shells fell on Tuesday night.", ("Tuesday night", "TIME", "2021-12-07TNI", "2021-12-07")),
        ("Shells fell last night.", ("last night", "TIME", "2021-12-07TNI", "2021-12-07")),
        ("The war lasted seven years.", ("seven years", "DURATION", "P7Y", None)),
        ("They were held for 48 hours.", ("48 hours", "DURATION", "PT48H", None)),
        ("They were held for 2 1/2 years.", ("2 1/2 years", "DURATION", "P2Y6M", None)),
        ("Shells fell in recent days.", ("recent days", "DURATION", "PXD", None)),
        ("It was a three-day visit.", ("three-day", "DURATION", "P3D", None)),
        ("He visits every Friday.", ("every Friday", "SET", "XXXX-WXX-5", None)),
        ("The paper appears weekly.", ("weekly", "SET", "P1W", None)),
        ("Now he knows.", ("Now", "DATE", "PRESENT_REF", None)),
        ("They had recently moved.", ("recently", "DATE", "PAST_REF", None)),
        ("They fear for the future.", ("the future", "DATE", "FUTURE_REF", None)),
    ],
)
def test_other_expressions(text: str, expected: tuple[str, str, str, str | None]) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met from March to June 2020.", [("March", "2020-03"), ("June 2020", "2020-06")]),
        ("It lasted from November to February 2015.", [("November", "2014-11"), ("February 2015", "2015-02")]),
        ("In January and February 2015 it froze.", [("January", "2015-01"), ("February 2015", "2015-02")]),
        ("From 28 May to 3 June 2020 it rained.", [("28 May", "2020-05-28"), ("3 June 2020", "2020-06-03")]),
        ("The winter of 2014/15 was mild.", [("The winter of 2014", "2014-24")]),
        ("In 2014/15 the mill ran.", [("2014/15", "2014/2015")]),
        ("It is dated 07.12.2021.", [("07.12.2021", "2021-12-07")]),
    ],
)
def test_both_ends_of_a_range_have_the_year_that_one_names(text: str, expected: list[tuple[str, str]]) -> None:
    for published in (WEDNESDAY, None):
        assert [(t.text, t.edtf) for t in times(text, published)] == expected


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        ("They met on Good Friday 2022.", "Good Friday 2022", "2022-04-15"),
        ("The council met on Easter Sunday.", "Easter Sunday", "2021-04-04"),
        ("The guns fell silent for Orthodox Easter 2022.", "Orthodox Easter 2022", "2022-04-24"),
        ("The council will meet after New Year.", "New Year", "2022-01-01"),
        ("The council will vote on the last Friday of January.", "the last Friday of January", "2022-01-28"),
        ("The council met on the first Monday in October 2020.", "the first Monday in October 2020", "2020-10-05"),
    ],
)
def test_named_days_that_the_calendar_settles(text: str, words: str, edtf: str) -> None:
    assert [(t.text, t.edtf) for t in times(text)] == [(words, edtf)]


@pytest.mark.parametrize(
    "text",
    [
        "The fast of Ramadan was kept.",
        "They marched on Bloody Sunday and voted on Super Tuesday.",
        "They wished her a Happy New Year.",
        "They kept the Lunar New Year.",
        "They parade on Independence Day.",
    ],
)
def test_named_days_that_it_does_not_settle_are_left_out(text: str) -> None:
    assert times(text) == []


def test_how_often_is_a_set() -> None:
    found = told("They met twice a week and dined once a year.")
    assert [(words, value) for words, _, value, _ in found] == [("twice a week", "P1W"), ("once a year", "P1Y")]


# ── sections ──────────────────────────────────────────────────────────────────────────────────────────────────────

BODY = "On Tuesday the two presidents spoke by telephone."
CAPTIONS = (
    "In early March the army moved north.",
    "On April 8 the president visited the front.",
    "On April 10 he will meet his colleague.",
    "Shelling has grown since Monday.",
)


def gallery(captions: tuple[str, ...] = CAPTIONS, day: str | None = None) -> Document:
    """An article of December with a gallery below it."""
    text, parts = BODY, [Part(start=0, end=len(BODY), kind="body")]
    for caption in captions:
        start = len(text) + 2
        text += "\n\n" + caption
        parts.append(Part(start=start, end=len(text), kind="side", date=day))
    return Document.of(text, parts, date(2021, 12, 8))


def test_captions_of_another_time_lean_on_it() -> None:
    article, *side = find(gallery())
    assert (article.value, article.basis) == ("2021-12-07", "relative")
    assert [(t.value, t.edtf, t.basis) for t in side] == [
        ("2021-03", "2021-03~", "section"),
        ("2021-04-08", "2021-04-08", "section"),
        ("2021-04-10", "2021-04-10", "section"),
        ("XXXX-WXX-1", None, "section"),
    ]


def test_captions_of_the_days_of_the_article_lean_on_it() -> None:
    _, *side = find(gallery(("On December 2 the army moved.", "On December 10 he will meet his colleague.")))
    assert [(t.value, t.basis) for t in side] == [("2021-12-02", "relative"), ("2021-12-10", "relative")]


def test_a_sections_own_date_is_its_anchor() -> None:
    _, *side = find(gallery(("On Friday the army moved.", "It was warned yesterday."), day="2021-04-12"))
    assert [(t.value, t.basis) for t in side] == [("2021-04-09", "section"), ("2021-04-11", "section")]


def test_furniture_is_not_read() -> None:
    text = "Published on 3 May 2021"
    assert find(Document.of(text, [Part(start=0, end=len(text), kind="furniture")], WEDNESDAY)) == []


# ── what always holds ─────────────────────────────────────────────────────────────────────────────────────────────


def test_tense_of_a_deadline_is_future() -> None:
    text = "The court has given them until Tuesday to answer."
    document = Document.of(text, [Part(start=0, end=len(text), kind="body")], WEDNESDAY)
    start = text.index("Tuesday")
    assert tense(document, start, start + 7) == "future"


WORDS = st.lists(
    st.sampled_from(
        [
            "on",
            "in",
            "the",
            "last",
            "next",
            "early",
            "late",
            "Monday",
            "Friday",
            "May",
            "March",
            "Dec.",
            "5",
            "31",
            "2014",
            "1990s",
            "year",
            "years",
            "ago",
            "week",
            "quarter",
            "third",
            "of",
            "from",
            "to",
            "until",
            "every",
            "night",
            "10",
            "a.m.",
            "noon",
            "2021-02-30",
            "99/99/2014",
            "million",
            "1/2",
            "half",
            "season",
            "summer",
            "fall",
            ",",
            "before",
            "earlier",
            "later",
            "20,000",
            "century",
            "this",
            "that",
            "same",
            "coming",
        ]
    ),
    max_size=14,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(WORDS | st.text(max_size=60), st.sampled_from([WEDNESDAY, None, date(1, 1, 1), date(9999, 12, 31)]))
def test_spans_hold_their_words(text: str, published: date | None) -> None:
    found = find(Document.of(text, [Part(start=0, end=len(text), kind="body")], published)) if text.strip() else []
    position = 0
    for time in found:
        assert position <= time.start < time.end
        assert text[time.start : time.end] == time.text
        assert time.edtf is None or bounds(time.edtf) is not None
        position = time.end
