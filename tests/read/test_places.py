from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.read import places
from dateline.read.document import Document
from dateline.records import Part, Place


def read(text: str) -> list[Place]:
    return places.find(Document.of(text, [Part(start=0, end=len(text), kind="body")]))


def place(text: str, words: str) -> Place:
    found = [p for p in read(text) if p.text == words]
    assert found, f"{words} not among {[p.text for p in read(text)]}"
    return found[0]


# ── what is found ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_name_identity_and_coordinates() -> None:
    found = place("The delegations met in Kiev on Monday.", "Kiev")
    assert (found.name, found.geonameid, found.country, found.precision) == ("Kyiv", 703448, "UA", "city")
    assert found.lat == pytest.approx(50.45, abs=0.1)
    assert found.use == "literal"


def test_article_and_possessive_are_no_part_of_the_name() -> None:
    assert place("Protests spread across the United States on Friday.", "United States").name == "United States"
    assert place("The ships entered Ukraine’s territorial waters.", "Ukraine").start == 18


def test_a_list_gives_one_place_each() -> None:
    text = "Fighting went on in Syria, Iraq and Yemen, the agency said."
    assert [p.text for p in read(text)] == ["Syria", "Iraq", "Yemen"]


def test_a_place_that_nobody_knows_stays_unknown() -> None:
    found = place("The patrol was ambushed near the village of Drumvolica on Tuesday.", "Drumvolica")
    assert (found.geonameid, found.lat, found.lon, found.precision) == (None, None, None, None)
    assert found.use == "literal"


def test_a_surname_is_no_place() -> None:
    text = "Whitney Houston sang at the gala. Later Houston thanked the orchestra."
    assert "Houston" not in [p.text for p in read(text)]


def test_seas_regions_and_counties() -> None:
    assert place("Two warships sailed into the Black Sea.", "Black Sea").precision == "region"
    assert place("Shelling resumed in the Donbass overnight.", "Donbass").name == "Donbas"
    county = place("A fire broke out in Harris County, Texas, on Sunday.", "Harris County")
    assert county.precision == "province"
    assert county.lat == pytest.approx(29.8, abs=0.5)


def test_the_part_of_a_land_is_told() -> None:
    found = place("The conflict in eastern Ukraine began years ago.", "Ukraine")
    assert (found.name, found.precision) == ("eastern Ukraine", "region")


def test_the_kind_of_region_is_told() -> None:
    text = "Separatists hold parts of the Donetsk and Luhansk regions of Ukraine."
    assert [(p.text, p.precision) for p in read(text)[:2]] == [("Donetsk", "province"), ("Luhansk", "province")]
    seattle = place("The governor of Washington state spoke in Seattle.", "Washington")
    assert (seattle.precision, round(seattle.lat or 0)) == ("province", 47)


def test_furniture_is_not_read() -> None:
    text = "Shells fell on Kharkiv.\n\nMore from Paris"
    parts = [Part(start=0, end=23, kind="body"), Part(start=25, end=len(text), kind="furniture")]
    assert [p.text for p in places.find(Document.of(text, parts))] == ["Kharkiv"]


# ── which one is meant ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_one_that_lies_where_the_text_says() -> None:
    found = place("A tornado struck Paris, Texas, on Sunday.", "Paris")
    assert (found.country, round(found.lat or 0)) == ("US", 34)
    assert place("A tornado struck Springfield, Mo., on Sunday.", "Springfield").lat == pytest.approx(37.2, abs=0.2)


def test_in_a_part_of_it() -> None:
    assert place("Protests went on in Tripoli, in northern Lebanon, on Friday.", "Tripoli").country == "LB"
    assert place("Protests went on in Tripoli on Friday.", "Tripoli").country == "LY"


def test_the_large_one_where_nothing_else_is_said() -> None:
    assert place("The ministers flew to Paris on Sunday.", "Paris").country == "FR"


def test_the_one_near_the_others() -> None:
    text = "Police in Georgia closed the roads between Atlanta, Macon and Savannah. The governor visited Athens."
    assert place(text, "Athens").country == "US"
    assert place(text, "Georgia").country == "US"
    text = "Russian troops entered Georgia from South Ossetia, Tbilisi said. The president of Armenia offered help."
    assert place(text, "Georgia").country == "GE"


def test_once_told_it_stays_so() -> None:
    text = "The plant in Moscow, Idaho, will close. Workers in Moscow were told on Friday."
    assert {p.country for p in read(text) if p.text == "Moscow"} == {"US"}


# ── how it is used ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "words", "use"),
    [
        ("Kiev denied the report.", "Kiev", "government"),
        ("Moscow said that it would answer.", "Moscow", "government"),
        ("The Kremlin rejected the offer.", "Kremlin", "government"),
        ("Talks with Moscow broke down.", "Moscow", "government"),
        ("Relations between Ankara and Athens are tense.", "Ankara", "government"),
        ("The allies assured Kiev of their support.", "Kiev", "government"),
        ("The troops responded to Kiev’s provocations.", "Kiev", "government"),
        ("Sanctions were imposed on Russia.", "Russia", "government"),
        ("Thousands marched in Moscow on Sunday.", "Moscow", "literal"),
        ("He was born in Russia.", "Russia", "literal"),
        ("The convoy left Kiev at dawn.", "Kiev", "literal"),
        ("Snow covered Moscow’s streets.", "Moscow", "literal"),
        ("Guards stood outside the Kremlin.", "Kremlin", "literal"),
        ("Ukraine was attacked from three sides.", "Ukraine", "literal"),
        ("Ukrainian soldiers held the bridge.", "Ukrainian", "demonym"),
        ("Many Russians left the country.", "Russians", "demonym"),
        ("US warships passed the strait.", "US", "demonym"),
        ("The Bank of England raised its rate.", "England", "name"),
    ],
)
def test_use(text: str, words: str, use: str) -> None:
    assert place(text, words).use == use


def test_a_place_line_tells_where() -> None:
    assert place("MOSCOW, April 3 (Agency) — The bridge was closed on Tuesday.", "MOSCOW").use == "literal"


def test_a_demonym_leads_to_its_land() -> None:
    assert place("Ukrainian soldiers held the bridge.", "Ukrainian").name == "Ukraine"
    assert place("Chechen fighters held the bridge.", "Chechen").name == "Chechnya"


# ── whatever the text ─────────────────────────────────────────────────────────────────────────────────────────────

WORDS = st.sampled_from(
    ["Kiev", "the", "US", "Paris", ",", "Texas", "in", "said", "Moscow’s", "“", "”", "\n", "Mr.", "Houston", "N.C.", "(", ")",
     "-", "Ukrainian", "EU", "of", "and", "St.", "U.S.", "…", "é", "Sea", "Black", "7", "’s", "West"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=25).map(" ".join)))
def test_spans_hold_their_words_in_order_without_overlap(text: str) -> None:
    found = read(text) if text.strip() else []
    for one in found:
        assert text[one.start : one.end] == one.text
        assert one.text == one.text.strip() != ""
        assert (one.lat is None) == (one.lon is None)
    for before, after in pairwise(found):
        assert before.end <= after.start


# ── states that no table knows ────────────────────────────────────────────────────────────────────────────────────

NEWS = (
    "Dorvania closed its border with Tesk on Monday. The Dorvanian foreign minister spoke of a provocation. Troops were "
    "seen in Dorvania near the river. Dorvania denied that shots were fired."
)


def test_a_state_that_no_table_knows_acts_and_makes_an_adjective() -> None:
    found = [(p.text, p.name, p.use) for p in read(NEWS)]
    assert ("Dorvanian", "Dorvania", "demonym") in found
    uses = [use for text, _, use in found if text == "Dorvania"]
    assert uses == ["government", "literal", "government"]


def test_a_small_town_alone_may_be_another() -> None:
    found = place("The road to Olney was closed on Monday.", "Olney")
    assert found.geonameid is None
    assert place("The road to Olney, Illinois, was closed on Monday.", "Olney").country == "US"
    assert place("The road to Kharkiv was closed on Monday.", "Kharkiv").country == "UA"


@pytest.mark.parametrize(("country", "meant"), [(None, "CA"), ("NZ", "NZ"), ("IE", "CA")])
def test_of_places_about_as_large_the_one_at_home_is_meant(country: str | None, meant: str) -> None:
    text = "A man was arrested in Hamilton on Monday, police said."
    [found] = places.find(Document.of(text, [Part(start=0, end=len(text), kind="body")]), country)
    assert found.country == meant


def test_a_capital_stays_one_in_a_paper_of_a_country_with_a_town_of_its_name() -> None:
    text = "The minister flew to Paris on Monday."
    [found] = places.find(Document.of(text, [Part(start=0, end=len(text), kind="body")]), "US")
    assert found.country == "FR"
