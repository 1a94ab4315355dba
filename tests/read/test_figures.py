from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.read import times
from dateline.read.document import Document
from dateline.read.figures import find
from dateline.records import Figure, Part, Span, Statement


class Everybody:
    """Actors of whom each stretch is one, whose id is its words."""

    def __init__(self, text: str) -> None:
        self.text = text

    def at(self, start: int, end: int) -> str:
        return self.text[start:end]


def figures(text: str, statements: list[Statement] | None = None) -> list[Figure]:
    """The figures of a text of one paragraph, published on 8 December 2021."""
    document = Document.of(text, [Part(start=0, end=len(text), kind="body")], date(2021, 12, 8))
    return find(document, times.find(document), Everybody(text), statements or [])


def statement(text: str, content: str, speaker: str) -> Statement:
    """A statement whose content is some words of the text."""
    start = text.index(content)
    return Statement(
        source=None,
        cue=None,
        content=[Span(start=start, end=start + len(content), text=content)],
        mode="indirect",
        speaker=speaker,
        addressee=None,
        occasion=None,
        medium=None,
        date=None,
        denial=False,
        question=False,
        refusal=False,
        insertions=[],
        parent=None,
    )


@pytest.mark.parametrize(
    ("text", "words", "value", "bound", "unit"),
    [
        ("About 3,300 civilians were killed.", "About 3,300", 3300, "about", "civilian"),
        ("More than 13,000 people have died.", "More than 13,000", 13000, "over", "people"),
        ("At least five Novan soldiers fell.", "At least five", 5, "over", "novan soldier"),
        ("Two destroyers passed.", "Two", 2, "exact", "destroyer"),
        ("One soldier was killed.", "One", 1, "exact", "soldier"),
        ("Dozens of people were hurt.", "Dozens", None, "about", "people"),
        ("Some 700 Arda Novans came.", "Some 700", 700, "about", "arda novan"),
        ("They sent up to 500 more men.", "up to 500", 500, "under", "man"),
        ("The road is 40 km long.", "40", 40, "exact", "kilometre"),
        ("Aid of $2.3 billion was sent.", "$2.3 billion", 2_300_000_000, "exact", "dollar"),
        ("Rent is 3,500 euros a month.", "3,500", 3500, "exact", "euro per month"),
        ("A 15-year-old boy was hurt.", "15", 15, "exact", "year of age"),
        ("Some 24 per cent of adults agree.", "Some 24", 24, "about", "percentage"),
        ("It holds between 60 and 70 boats.", "between 60 and 70", (60, 70), "exact", "boat"),
        ("It will draw 350 to 400 MW.", "350 to 400", (350, 400), "exact", "megawatt"),
        ("It is a 12 page report.", "12", 12, "exact", "page"),
        ("The union spoke of seventeen dead.", "seventeen", 17, "exact", "dead"),
        ("It admitted 23 people.", "23", 23, "exact", "people"),
        ("They handed over two boxes.", "two", 2, "exact", "box"),
        ("They dug 46 graves.", "46", 46, "exact", "grave"),
        ("A man of 58 was hurt.", "58", 58, "exact", "year of age"),
        ("The number of victims rose to thirteen.", "thirteen", 13, "exact", "victim"),
        ("It left 30 working wells.", "30", 30, "exact", "well"),
        ("She will be 35 by May.", "35", 35, "exact", "year of age"),
        ("Life expectancy for men in the valley is around 73.", "around 73", 73, "about", "year of age"),
        ("There were 50 or more voters.", "50 or more", 50, "over", "voter"),
        ("A third of the villages burned.", "A third", 1 / 3, "exact", "-"),
    ],
)
def test_values_bounds_and_units(text: str, words: str, value: object, bound: str, unit: str) -> None:
    (figure,) = figures(text)
    assert (figure.text, figure.value, figure.bound, figure.unit) == (words, value, bound, unit)


@pytest.mark.parametrize(
    "text",
    [
        "On May 5, 2014 the army moved.",
        "One of the men left and no one came.",
        "The third man lives at 10:30 on Route 66.",
        "Ana Ruiz, 44, said so.",
        "The home side won 3-1.",
        "He bought an iPhone 11 there.",
        "The fire at 6016 Dublin Road was put out.",
        "It needs the newest iOS 4.",
        "Call 555-123-4567 now.",
        "They drew up a five-year plan.",
    ],
)
def test_what_counts_nothing(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "trends"),
    [
        ("Exports fell 7 per cent to 20 million tonnes.", ["down", None]),
        ("The index was up 58 points.", ["up"]),
        ("Prices rose by more than 3 per cent.", ["up"]),
        ("Prices rose to 300 euros.", [None]),
        ("They gave up 300 tanks.", [None]),
        ("The court dropped two charges.", [None]),
    ],
)
def test_trends(text: str, trends: list[str | None]) -> None:
    assert [f.trend for f in figures(text)] == trends


def test_a_part_of_those_counted_before() -> None:
    assert [(f.value, f.unit) for f in figures("It admitted 23 people, six of them children.")] == [
        (23, "people"),
        (6, "child"),
    ]


def test_a_unit_named_once_holds_for_its_neighbour() -> None:
    assert [(f.value, f.unit) for f in figures("It lost 28 of Nova's 93 towns.")] == [(28, "town"), (93, "town")]
    assert [(f.value, f.unit) for f in figures("The index fell 64 points to 4,577.")] == [
        (64, "point"),
        (4577, "point"),
    ]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("The exchange stood at 1,630 up 58 points.", ["point", "point"]),
        ("The index closed at 1,463 points and the other rose 1 per cent to 1,333.", ["point", "percentage", "point"]),
        ("We saw 300 men who came and 200 who stayed.", ["man", "man"]),
        ("Exports rose by 2 per cent and imports by 1.", ["percentage", "percentage"]),
    ],
)
def test_a_unit_taken_over_from_far(text: str, units: list[str]) -> None:
    assert [f.unit for f in figures(text)] == units


def test_a_trend_told_once_holds_for_its_neighbour() -> None:
    assert [f.trend for f in figures("Ostra was down 2 per cent, Dornex by 3 per cent.")] == ["down", "down"]
    assert [f.trend for f in figures("Ostra was up 2 per cent, Dornex slumped by 3 per cent.")] == ["up", "down"]


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("About 3,300 civilians were killed in the valley.", "civilians were killed"),
        ("They hold 600 people with foreign passports.", "people with foreign passports"),
        ("Exports to Nova fell 7 per cent.", "Exports to Nova"),
        ("Some 24 per cent of adults agree.", "adults"),
        ("A third of the villages burned.", "villages"),
        ("About 40 stalls burned down.", "stalls burned down"),
        ("The number of people killed in the attack rose to twelve.", "people killed in the attack"),
        ("He signed a $150,000 contract.", "contract"),
    ],
)
def test_what_is_counted_or_measured(text: str, of: str) -> None:
    (figure,) = figures(text)
    assert figure.of is not None
    assert figure.of.text == of


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("In total, since 2014, more than 13,000 people have died.", "2014/.."),
        ("By early 2019 about 3,300 civilians had been killed.", "2019~"),
        ("More than 13,000 people have died.", None),
        ("The toll now stands at 13; a woman died on 3 April.", None),
        ("They made 20 boats, which pleased the port that was built in 1991.", None),
    ],
)
def test_as_of(text: str, as_of: str | None) -> None:
    assert [f.as_of for f in figures(text)] == [as_of]


def test_the_claimant_is_the_speaker_of_the_innermost_statement() -> None:
    text = "Nova reported that Arda had said that 40 men died."
    outer = statement(text, "Arda had said that 40 men died", "nova")
    inner = statement(text, "40 men died", "arda")
    assert [f.claimant for f in figures(text, [outer, inner])] == ["arda"]


def test_the_claimant_is_according_to_whom() -> None:
    assert [f.claimant for f in figures("According to the council, 40 men died.")] == ["the council"]
    assert [f.claimant for f in figures("The council met. In all, 40 men died.")] == [None]


def test_furniture_is_not_read() -> None:
    text = "Share this with 40 friends"
    document = Document.of(text, [Part(start=0, end=len(text), kind="furniture")], None)
    assert find(document, [], Everybody(text), []) == []


WORDS = st.lists(
    st.sampled_from(
        [
            "about",
            "3,300",
            "two",
            "soldiers",
            "%",
            "$",
            "million",
            "of",
            "the",
            "killed",
            "to",
            "and",
            "between",
            "5",
            "to",
            "7",
            "rose",
            "fell",
            "by",
            "up",
            "dozens",
            "one",
            "in",
            "five",
            "half",
            "a",
            "third",
            "dozen",
            "km",
            "m",
            "10W",
            "-3",
            "–",
            "2019",
            "year-old",
            "years",
            ",",
            ".",
            "(",
            ")",
            "more",
            "than",
            "at",
            "least",
            "per",
            "day",
            "hot",
            "and",
            "cold",
        ]
    ),
    max_size=14,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(WORDS | st.text(max_size=60))
def test_spans_hold_their_words(text: str) -> None:
    position = 0
    for figure in figures(text) if text.strip() else []:
        assert position <= figure.start < figure.end
        position = figure.end
        assert text[figure.start : figure.end] == figure.text
        if figure.of is not None:
            assert text[figure.of.start : figure.of.end] == figure.of.text
