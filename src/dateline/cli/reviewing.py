"""Going through readings one by one in the terminal: each in its surroundings, its words marked, a key a decision."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from dateline.errors import DatelineError
from dateline.export.inert import visible
from dateline.review.phrases import PAST, told, words

if TYPE_CHECKING:
    from dateline.archive.browse import Noun
    from dateline.archive.reviews import Queued, Reviews
    from dateline.archive.sights import Sight
    from dateline.records import Decision

KEYS: Final = {
    "a": "confirm",
    "x": "reject",
    "space": "skip",
    "e": "correct",
    "n": "note",
    "backspace": "undo",
    "j": "next",
    "k": "previous",
    "/": "search",
    "?": "keys",
    "q": "quit",
}
"""The keys, in the terminal as in the browser."""

_SPOKEN = {" ": "space", "s": "space", "": "space", "u": "backspace", "\x7f": "backspace", "\b": "backspace"}


@dataclass
class Session:
    """One person going through a list. `press` takes a key and gives the lines to show; ``over`` tells that it is done.

    ``ask`` asks for a line of words where a key needs some, given what for.
    """

    reviews: Reviews
    noun: Noun
    by: str
    ask: Callable[[str], str]
    about: str | None = None
    shuffled: int | None = None
    again: bool = False
    over: bool = False
    made: list[Decision] = field(default_factory=list)
    _ids: list[str] = field(default_factory=list)
    _at: int = 0

    def __post_init__(self) -> None:
        self._find(self.about)

    def _find(self, about: str | None) -> None:
        self.about = about
        self._ids = list(self.reviews.todo(self.noun, about, shuffled=self.shuffled, again=self.again))
        self._at = 0

    def shown(self) -> Iterator[str]:
        """What is to be looked at now, and the keys."""
        if self._at >= len(self._ids):
            about = f" about {self.about}" if self.about else ""
            yield f"Nothing more to look at among the {self.noun}{about}."
            yield _keys("/", "backspace", "q") if self._ids or self.about else _keys("q")
            return
        id = self._ids[self._at]
        yield f"── {self._at + 1} of {len(self._ids)} ── {self.noun} ── {id}"
        try:
            yield from lines(self.reviews.sight(id))
        except DatelineError as error:
            yield visible(str(error))
        yield _keys(*KEYS)

    def press(self, key: str) -> Iterator[str]:
        """Do what a key (or the word for it) says; what a person should know of it."""
        name, _, words = key.partition(" ") if len(key) > 1 else (key, "", "")
        name = _SPOKEN.get(name, name)
        name = next((k for k, meaning in KEYS.items() if meaning == name), name)
        if name.startswith("/") and len(name) > 1:
            name, words = "/", f"{name[1:]} {words}".strip()
        if name not in KEYS:
            yield f"There is no key {key!r}: ? shows them."
            return
        try:
            yield from self._do(name, words)
        except DatelineError as error:
            yield visible(str(error))

    def _do(self, key: str, words: str) -> Iterator[str]:
        if key == "q":
            self.over = True
        elif key == "?":
            yield from (f"  {key:>9}  {meaning}" for key, meaning in KEYS.items())
        elif key == "/":
            self._find(words or self.ask("about (nothing: everything)") or None)
        elif key == "k":
            self._at = max(0, self._at - 1)
        elif key in ("j", "space"):
            self._at = min(len(self._ids), self._at + 1)
        elif key == "backspace":
            yield from self._undo()
        elif self._at >= len(self._ids):
            yield "There is nothing here to decide on."
        elif key == "n":
            self.made.append(self.reviews.note(self._ids[self._at], words or self.ask("note"), by=self.by))
            yield "noted"
        elif key == "e":
            given = words or self.ask("what is right (field=value, several apart by commas before a field)")
            if given.strip():
                self._decide("correct", changes(split(given)))
                yield f"corrected: {visible(given)}"
        else:
            self._decide("confirm" if key == "a" else "reject", None)
            yield PAST[KEYS[key]]

    def _decide(self, choice: Any, what: dict[str, str] | None) -> None:
        self.made.append(self.reviews.decide(self._ids[self._at], choice, what, by=self.by))
        self._at += 1

    def _undo(self) -> Iterator[str]:
        if not self.made:
            yield "You have decided nothing yet that could be undone (dateline review undo undoes earlier decisions)."
            return
        last = self.made.pop()
        self.reviews.undo(last.id, by=self.by)
        yield f"undone: {PAST.get(last.verdict, last.verdict)}"
        if last.verdict != "note":
            self._at = max(0, self._at - 1)


def lines(sight: Sight, width: int = 100) -> Iterator[str]:
    """One thing in its surroundings, its words in ⟦brackets⟧, its fields, and who decided what on it."""
    day = (sight.published or "undated")[:10]
    yield visible(f"{sight.kind} in “{sight.title or 'untitled'}”, {day}")
    marked, at = "", 0
    for start, end in sight.marked:
        marked += f"{sight.text[at:start]}⟦{sight.text[start:end]}⟧"
        at = end
    marked += sight.text[at:]
    for paragraph in marked.splitlines():
        yield from (
            visible(line)
            for line in textwrap.wrap(paragraph, width, initial_indent="  │ ", subsequent_indent="  │ ") or ["  │"]
        )
    yield from (visible(line) for line in field_lines(sight))
    for pin in sight.more:
        yield visible(f"  also {pin.report}: {' '.join(pin.text.split())[:80]}")
    for decision in sight.decisions:
        why = f": {decision.why}" if decision.why else ""
        yield visible(
            f"  {PAST.get(decision.verdict, decision.verdict)} by {decision.by}, {decision.at[:10]}{why}  [{decision.id}]"
        )
    for note in sight.notes:
        yield visible(f"  note by {note.by}, {note.at[:10]}: {note.why}  [{note.id}]")


def field_lines(sight: Sight) -> Iterator[str]:
    """The fields of a sight, and beside each what the reader finds where a person says something else."""
    if sight.fields is None:
        yield "  rejected"
    shown = sight.fields or sight.reader or {}
    for name, value in shown.items():
        shown_value = words(value)
        reader = sight.reader.get(name) if sight.reader and sight.fields else value
        yield f"  {name.replace('_', ' '):>10}  {shown_value}" + (
            f"   (the reader: {words(reader)})" if reader != value else ""
        )


def split(given: str) -> list[str]:
    """Assignments in one line, apart by commas where a field follows."""
    return [part.strip() for part in re.split(r",\s*(?=[a-z_]+=)", given) if part.strip()]


def changes(assignments: Sequence[str]) -> dict[str, str]:
    """What ``field=value`` says.

    Raises:
        DatelineError: it is not that.
    """
    found = {}
    for one in assignments:
        name, sign, value = one.partition("=")
        if not sign or not name.strip():
            raise DatelineError(one, "is not FIELD=VALUE, as in date=2024-03-09")
        found[name.strip().replace(" ", "_").replace("-", "_")] = value.strip()
    return found


def queued(one: Queued) -> Iterator[str]:
    """A decision that waits in the queue: what it was, what became of it, and what can be done."""
    decision, outcome = one.decision, one.first
    yield visible(f"{decision.id}  {told(decision)}  by {decision.by}, {decision.at[:10]}")
    yield from (
        visible(line)
        for line in textwrap.wrap(one.words, 96, initial_indent="    ⟦", subsequent_indent="     ", max_lines=3)
    )
    yield visible(f"    {outcome.state}: {outcome.why}")
    part = decision.parts[outcome.part]
    mine, theirs = part.now, outcome.reader
    if outcome.state == "changed" and theirs is not None:
        for name in theirs:
            if (mine or {}).get(name) != theirs[name]:
                yield visible(
                    f"    {name.replace('_', ' '):>10}  you: {words((mine or {}).get(name))}   the reader: {words(theirs[name])}"
                )
    for rival in outcome.rivals:
        yield f"    against {rival}"


def _keys(*keys: str) -> str:
    return "  ".join(f"[{key}] {KEYS[key]}" for key in keys)
