import pytest

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
    ],
)
def test_author_fields(field: str, authors: list[str]) -> None:
    assert bylines.persons(bylines.split(field)) == authors
