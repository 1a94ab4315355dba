"""Relations between two named parties, in invented sentences."""

from __future__ import annotations

import pytest

from dateline.read.relations import relation


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
        ("The hills of [Varnia] are as green as those of [Kestria].", None),
    ],
)
def test_relation(text: str, root: str | None) -> None:
    plain = text.replace("[", "").replace("]", "")
    first, second = plain.index("Varnia"), plain.index("Kestria")
    assert relation(plain, (first, first + 6), (second, second + 7)) == root


def test_a_party_may_be_missing() -> None:
    assert relation("Two men were arrested.", None, (0, 7)) == "COERCE"
    assert relation("Rain fell.", None, None) is None
