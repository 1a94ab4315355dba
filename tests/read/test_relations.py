"""Relations between two named parties, in invented sentences."""

from __future__ import annotations

import pytest

from dateline.read.relations import PENTA, relation


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("[Varnia] accused [Kestria] of shelling the market.", "ACCUSE"),
        ("[Varnia] threatened to shell [Kestria].", "THREATEN"),
        ("[Varnia] refused to meet [Kestria].", "REJECT"),
        ("[Varnia] will hold talks with [Kestria].", "AGREE"),
        ("[Varnia] held talks with [Kestria].", "CONSULT"),
        ("[Varnia] lifted the blockade of [Kestria].", "YIELD"),
        ("[Varnia] withdrew its troops from [Kestria].", "YIELD"),
        ("[Varnia] will not lift the ban on [Kestria].", "REJECT"),
        ("[Varnia] said that [Kestria] must disarm.", "REQUEST"),
        ("[Varnia] sent peacekeeping troops to [Kestria].", "AID"),
        ("[Varnia] sent troops to the border with [Kestria].", "MOBILIZE"),
    ],
)
def test_relation(text: str, root: str) -> None:
    plain = text.replace("[", "").replace("]", "")
    first, second = plain.index("Varnia"), plain.index("Kestria")
    assert relation(plain, (first, first + 6), (second, second + 7)).root == root


def test_a_party_may_be_missing() -> None:
    assert relation("Two men were arrested.", None, (0, 7)).root == "COERCE"
    assert relation("Rain fell.", None, None).root in PENTA


@pytest.mark.parametrize(
    ("text", "penta", "conflict"),
    [
        ("Varnia met Kestria.", 1, False),
        ("Varnia sent food aid to Kestria.", 2, False),
        ("Varnia accused Kestria.", 3, True),
        ("Varnia bombed Kestria.", 4, True),
    ],
)
def test_the_coarse_class_follows_the_root(text: str, penta: int, conflict: bool) -> None:
    at = text.index("Kestria")
    found = relation(text, (0, 6), (at, at + 7))
    assert (found.penta, found.conflict) == (penta, conflict)


def test_who_the_parties_are_changes_nothing() -> None:
    one = relation("Varnia accused Kestria of fraud.", (0, 6), (15, 22))
    other = relation("Police accused doctors of fraud.", (0, 6), (15, 22))
    assert one == other
