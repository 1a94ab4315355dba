"""Round after round of adding, reading again, deciding and copying, each killed at some moment: nothing finished is lost, nothing
doubled, and what comes out in the end is what comes out undisturbed."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import dateline
from dateline.archive.archive import Archive
from dateline.archive.place import Place
from dateline.archive.store import Store
from tests.archive.child import ended
from tests.archive.test_copying import records
from tests.archive.test_place import standing
from tests.conftest import Where
from tests.press import folder

KINDS = ("add", "reread", "review", "copy")


def apart(work: Callable[[], object], seconds: float | None = None) -> bool:
    """Do something in a process of its own, which is killed after some seconds; whether it came to its end."""
    status = ended(work, seconds)
    assert status in (0, -signal.SIGKILL), "it failed by itself"
    return status == 0


class Desk:
    """What goes on in an archive: a pile of files that are added a few at a time, decisions, readings, copies."""

    def __init__(self, at: Where, source: Path, fresh: Callable[[], Where]) -> None:
        self.at = at
        self.files = sorted(source.iterdir())
        self.fresh = fresh
        self.begun = 0
        self.copied: Where | None = None

    def work(self, kind: str, rng: random.Random) -> Callable[[], object]:
        """The next piece of work of a kind."""
        if kind == "add":
            self.begun = min(self.begun + 2, len(self.files))
            return lambda: self._opened(lambda archive: archive.add(self.files[: self.begun]))
        if kind == "copy":
            self.copied = target = self.fresh()
            return lambda: self._opened(lambda archive: archive.copy(target))
        if kind == "reread":
            return lambda: self._opened(lambda archive: archive.reread())
        seed = rng.random()
        return lambda: self._opened(lambda archive: self._decide(archive, random.Random(seed)))

    def _opened(self, do: Callable[[Archive], object]) -> None:
        with dateline.open(self.at) as archive:
            do(archive)

    def _decide(self, archive: Archive, rng: random.Random) -> None:
        archive.relink()
        if rows := archive.statements():
            archive.reviews.decide(rng.choice(rows).id, rng.choice(["confirm", "reject"]), by="Lena")
            archive.relink()


@pytest.mark.parametrize("rounds", [8, pytest.param(300, marks=pytest.mark.soak)], ids=["short", "soak"])
def test_rounds_that_are_killed_lose_and_double_nothing(
    place: Callable[[str], Where], fresh: Callable[[], Where], tmp_path: Path, rounds: int
) -> None:
    rng = random.Random(rounds)
    source = folder(tmp_path / "in", 16)
    kinds = [*KINDS, *rng.choices(KINDS, k=rounds - len(KINDS))]
    desk = Desk(place("killed"), source, fresh)
    with dateline.open(place("whole")) as archive:
        archive.add([source])  # and what is loaded once is loaded: what is forked has it
    whole = Desk(place("tried"), source, fresh)
    took = {}
    for kind in KINDS:
        began = time.monotonic()
        apart(whole.work(kind, rng))
        took[kind] = time.monotonic() - began
    kept: tuple[int, int] = (0, 0)
    killed = 0
    for kind in kinds:
        killed += not apart(desk.work(kind, rng), rng.uniform(0, 1.1 * took[kind]))
        if Store.exists(Place.of(desk.at)):
            with dateline.open(desk.at) as archive:
                assert not list(archive.verify()), kind
                now = archive.status()["counts"]["captures"], len(archive.reviews.decisions())
                assert now >= kept, (kind, now, kept)
                kept = now
        if kind == "copy" and desk.copied is not None and Store.exists(Place.of(desk.copied)):
            copied = records(desk.copied)
            assert not any(rows for name, rows in copied.items() if name != "meta") or copied == records(desk.at)
    assert killed > rounds / 3, "most of it was through before it was killed: the test shows little"
    with dateline.open(desk.at) as archive:
        archive.add([source])
        archive.reread(changed=True)
        decided = list(archive.reviews.export())
        assert not list(archive.verify())
    with dateline.open(place("whole")) as archive:
        archive.reviews.import_(decided)
        archive.relink()
    one, other = standing(place("killed")), standing(place("whole"))
    for name in one:
        assert one[name] == other[name], name
