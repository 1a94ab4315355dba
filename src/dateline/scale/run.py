"""A whole run on many machines: capture, fold, read; each step takes what is left of it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from dateline.capture.mapping import FieldMapping
from dateline.errors import DatelineError, WorkerError
from dateline.scale.capturing import capture
from dateline.scale.engine import Engine
from dateline.scale.folding import fold
from dateline.scale.plan import plan, plan_of, settle
from dateline.scale.reading import read
from dateline.scale.storage import Storage
from dateline.scale.tables import CAPTURES, FOLDED, REPORTS, finished, note, told

Watch = Callable[[str, int, int], None]
"""Called with the name of a step, how many of its partitions are finished, and of how many."""

_FOLD_TRIES = 3


@dataclass(frozen=True)
class Result:
    """What a run made: how many of everything, and the seconds of processor time of each step."""

    counts: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=dict)


def run(
    source: Storage,
    out: Storage,
    engine: Engine,
    *,
    mapping: FieldMapping | str | None = None,
    partitions: int | None = None,
    watch: Watch = lambda *_: None,
) -> Result:
    """Take captures from one place, fold and read them, and put what comes of it into another.

    What an earlier run finished that was stopped is not done again.

    Raises:
        CaptureError: there is nothing to take.
        DatelineError: the result of something else is in the place.
        WorkerError: a partition fails again and again.
    """
    if f"{out.address}/".startswith(f"{source.address}/"):
        raise DatelineError(out, "lies within the input: name a folder outside of it")
    made = plan(source, mapping, partitions)
    settle(out, made)
    inputs = range(len(made.captures))
    engine.each(out, _capture, CAPTURES, inputs, partial(watch, "capturing"))
    if finished(out, FOLDED) != {0}:
        watch("folding", 0, 1)
        _fold(out, made.reports)
    watch("folding", 1, 1)
    engine.each(out, _read, REPORTS, range(made.reports), partial(watch, "reading"))
    return result(out)


def result(out: Storage) -> Result:
    """What came of a run, as far as it is finished."""
    counts: Counter[str] = Counter()
    seconds: dict[str, float] = {}
    for table, step in ((CAPTURES, "capturing"), (FOLDED, "folding"), (REPORTS, "reading")):
        known = [each for number in sorted(finished(out, table)) if (each := told(out, table, number))]
        for each in known:
            counts += Counter(each["counts"])
        seconds[step] = sum(each["cpu"] for each in known)
    counts["refused"] += len(plan_of(out).refused)
    return Result(counts, seconds)


def _capture(out: Storage, number: int) -> dict[str, Any]:
    return {"counts": capture(out, plan_of(out), number)}


def _read(out: Storage, number: int) -> dict[str, Any]:
    folded = told(out, FOLDED, 0)
    assert folded is not None
    return {"counts": read(out, folded["files"].get(str(number), []), number)}


def _fold(out: Storage, partitions: int) -> None:
    """Fold the whole set, which is one piece for who begins again: the engine itself replaces the workers that it loses."""
    for attempt in range(_FOLD_TRIES):
        began = time.process_time()
        try:
            files = fold(out, partitions)
        except Exception as error:
            if attempt + 1 == _FOLD_TRIES:
                raise WorkerError(f"folding fails again and again ({type(error).__name__}: {error})") from error
        else:
            known = {str(number): names for number, names in files.items()}
            note(out, FOLDED, 0, {"files": known, "counts": {}, "cpu": time.process_time() - began})
            return
