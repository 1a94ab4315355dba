import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.capture import bylines


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("By Ada Novak", ["Ada Novak"]),
        ("By Ada Novak, Per Lind and Zoé de la Cour", ["Ada Novak", "Per Lind", "Zoé de la Cour"]),
        ("Von Ada Novak, 12. März 2024", ["Ada Novak"]),
        ("By Ada Novak, Velm Courier staff writer", ["Ada Novak"]),
        ("By our foreign desk", []),
    ],
)
def test_lines_that_are_bylines(text: str, authors: list[str]) -> None:
    assert bylines.line(text) == authors


@pytest.mark.parametrize(
    "text",
    [
        "By Monday the water had risen to the second floor of the town hall.",
        "By all accounts Ada Novak had left the country before the vote was taken.",
        "Ada Novak said that she would stay.",
        "",
    ],
)
def test_sentences_are_none(text: str) -> None:
    assert bylines.line(text) is None


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("Ada Novak, Per Lind", ["Ada Novak", "Per Lind"]),
        ("Ada Novak in Velm", ["Ada Novak"]),
        ("The bridge is shut", None),
        ("Ada Novak said no", None),
    ],
)
def test_bare_names(text: str, authors: list[str] | None) -> None:
    assert bylines.bare(text) == authors


@pytest.mark.parametrize(
    ("field", "authors"),
    [
        ("By Ada Novak", ["Ada Novak"]),
        ("Ada Novak; Per Lind", ["Ada Novak", "Per Lind"]),
        ("Posted on 3 May 2021 by Ada Novak", ["Ada Novak"]),
        ("ADA NOVAK", ["Ada Novak"]),
        ("Ada Novak, PhD", ["Ada Novak"]),
        ("Perry Lund Jr.", ["Perry Lund Jr."]),
        ("Newsroom", []),
        ("Reuters", []),
        ("QPA", []),
        ("https://social.example/adanovak", []),
        ("Photograph by Per Lind", []),
        ("Ada Novak am 21. April 2020", ["Ada Novak"]),
        ("Ada Novak, Orun News, Velm", ["Ada Novak"]),
        ("Ada Novak Fr, 22. Mai 2020", ["Ada Novak"]),
        ("AuthorAda Novak", ["Ada Novak"]),
        ("Velm Verlag GmbH & Co. KG", []),
        ("Landesanstalt für Wald und Forst", []),
        ("The Velm Courier", []),
        ("Aug", []),
        ("April Lind", ["April Lind"]),
    ],
)
def test_author_fields(field: str, authors: list[str]) -> None:
    assert bylines.persons(bylines.split(field)) == authors


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Posted by Ada", ["Ada"]),
        ("06.05.2014 13:30 von Ada", ["Ada"]),
        ("04.02.2022 | 13:10 Uhr | Ada Novak", ["Ada Novak"]),
        ("Erstellt von Ada am Dienstag 6. Mai 2014", ["Ada"]),
        ("04.02.2022 | Velm", None),
        ("On 4 February 2022 the council met.", None),
        ("", None),
    ],
)
def test_lines_that_say_who_posted(line: str, authors: list[str] | None) -> None:
    assert bylines.signed(line) == authors


@pytest.mark.parametrize(
    ("name", "kept"),
    [("tlow", True), ("ThE_PaiN", True), ("c1ph4", True), ("admin", False), ("two words", False), ("2024", False)],
)
def test_handles(name: str, kept: bool) -> None:
    assert bylines.handle(name) == (name if kept else None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada Novak The council of Velm voted on Monday to close the old bridge for good.", "Ada Novak"),
        ("Ada van Novak In the north people are waiting for the bridge to open again.", "Ada van Novak"),
        ("Ada Novak President Per Lind threatened on Thursday to close the bridge for good.", "Ada Novak"),
        ("Ada Novak threatened on Thursday to close the bridge for good, unless it was paid for.", None),
        ("President Ada Novak threatened on Thursday to close the bridge for good, unless it was paid for.", None),
        ("South Orun President Per Lind threatened on Thursday to close the bridge for good.", None),
        ("Velmian President Per Lind threatened on Thursday to close the bridge for good.", None),
        ("Breaking News The council of Velm voted on Monday to close the old bridge for good.", None),
    ],
)
def test_names_glued_before_a_sentence(text: str, name: str | None) -> None:
    found = bylines.glued(text)
    assert (found and (found.authors, text[: found.end])) == (name and ([name], name))


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for read in (bylines.line, bylines.bare, bylines.signed, bylines.handle, bylines.is_label, bylines.glued):
        read(text)
    assert all(name.strip() for name in bylines.persons(bylines.split(text)))
