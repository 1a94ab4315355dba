"""What changed in the chronicle between two runs: how an archive answers `dateline diff`."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from dateline.archive import history
from dateline.archive import schema as s
from dateline.archive.history import Known
from dateline.archive.store import Store
from dateline.chronicle.changes import Change, Step, changes, in_question
from dateline.chronicle.question import Question
from dateline.errors import ReadingError
from dateline.records import Actor, Linked, Record


class Difference(Record, frozen=True, kw_only=True):
    """The changes from one state of an archive to another, and the steps that made them.

    ``before`` and ``after`` are states: what a run left, or (``decisions``) what persons' decisions made of that. ``titles`` has
    the titles of the reports that changed.
    """

    before: Known
    after: Known
    steps: list[Step]
    changes: list[Change]
    titles: dict[str, str | None]


def difference(store: Store, before: int | None, after: int | None, question: Question) -> Difference:
    """What changed between two runs, in the answer to a question.

    Args:
        store: the archive.
        before: the earlier run; None: the one before the last.
        after: the later run; None: as everything stands now, decisions since the last run included.
        question: which lines are asked for: those that answer it before or after.

    Raises:
        ReadingError: there is no such run, or what it left is not kept any more; or the question asks for no date.
    """
    with store.snapshot(), store.read() as cx:
        known = {state.state: state for state in history.states(cx)}
        if not known:
            raise ReadingError("diff", "nothing was linked yet: there is no chronicle to compare")
        first = history.at(cx, _before_last(cx) if before is None else before)
        last = max(known) if after is None else history.at(cx, after)
        if last < first:
            raise ReadingError(f"run {after}", f"is older than run {before}: name the older one first")
        made = history.steps(cx, first, last)
        found = changes(history.between(cx, first, last), made)
    linked = Linked(
        actors=store.linked("actors", Actor), statements=[], figures=[], events=[], commitments=[], disputes=[]
    )
    try:
        asked = in_question(found, linked, question)
    except ValueError as error:
        option, _, why = str(error).partition(": ")
        raise ReadingError(option, why) from None
    return Difference(before=known[first], after=known[last], steps=made, changes=asked, titles=_titles(made))


def _before_last(cx: Connection) -> int:
    last = cx.scalar(select(func.max(s.runs.c.id)))
    run = cx.scalar(select(func.max(s.runs.c.id)).where(s.runs.c.id < (last or 0)))
    if run is None:
        raise ReadingError("diff", "there was only one run so far: there is nothing to compare it with")
    return int(run)


def _titles(made: Sequence[Step]) -> dict[str, str | None]:
    return {
        id: state.title for step in made for id, sides in step.reports.items() for state in sides if state is not None
    }
