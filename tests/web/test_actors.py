from __future__ import annotations

import pytest

from dateline.records import Actor, ActorName, Pin, Role, StatementRow
from dateline.web.actors import mentions

LIND = Actor(
    id="a1",
    name="Olga Lind",
    kind="person",
    names=[
        ActorName(name="Olga Lind", reason="same name"),
        ActorName(name="Lind", reason="surname in the same report"),
    ],
    roles=[Role(role="harbour director", from_=None, to=None)],
)


def said(words: str, addressee: str | None = None) -> StatementRow:
    pin = Pin(report="r1", version="v1", start=0, end=len(words), text=words)
    return StatementRow(
        id="s1",
        speaker="Marta Lind",
        speaker_id="a2",
        text=words,
        mode="indirect",
        denial=False,
        question=False,
        refusal=False,
        addressee=addressee,
        date=None,
        report="r1",
        pin=pin,
        pins=[pin],
        insertions=[],
        parent=None,
    )


@pytest.mark.parametrize(
    ("words", "addressee", "about"),
    [
        ("Olga Lind will resign", None, True),
        ("that Lind had promised it", None, True),
        ("that Ms Lind had promised it", None, True),
        ("that Director Lind had promised it", None, True),
        ("Marta Lind will lead the inquiry", None, False),
        ("the inquiry is late", None, False),
        ("the inquiry is late", "Olga Lind", True),
        ("the Lindberg report is late", None, False),
    ],
)
def test_whose_name_it_is(words: str, addressee: str | None, about: bool) -> None:
    assert mentions(LIND, said(words, addressee)) is about
