"""Claims: what is asserted or denied in the reports, by whom, and what it is about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from dateline.edtf import bounds
from dateline.link import names
from dateline.link.cast import Cast
from dateline.link.said import statement_id
from dateline.link.sentences import clip, sentence_around
from dateline.link.told import Happening
from dateline.link.words import content, kinds
from dateline.records import Dispute, DisputeSide, Pin, Span, StatementRow, Telling, content_id

NEAR = 700
"""Characters back in which a bare "denied this" finds its claim."""

_REJECTS = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:es?|ed|ing)|contradict(?:s|ed|ing)?"
    r"|(?:call|brand|describ|label)\w*\s[^.]{0,80}?\b(?:fabrication|lies?|false|baseless|invent\w+|nonsense|untrue|absurd"
    r"|premature|exaggerat\w+|inflated|wrong|misleading|propaganda|fantasy|fiction|unfounded))\b",
    re.IGNORECASE,
)
# Words of a statement that by themselves say no to another: "That is not true", "No such order was given".
_SAYS_NO = re.compile(
    r"^[\"“‘']*(?:(?:that|this|it|all (?:of )?(?:that|this))(?:['’]s| is| was)? (?:\w+ )?"
    r"(?:not true|not so|untrue|false|a lie|lies|wrong|nonsense|baseless|unfounded|(?:an )?invent\w+|(?:a )?fabrication)"
    r"|no such \w+|nothing of the (?:kind|sort)|there (?:is|are|was|were|has been|have been|had been) no such)\b",
    re.IGNORECASE,
)
# "The ministry rejects reports that …": the sentence itself says no, wherever its statement begins.
_OPENS = re.compile(
    r"^\W*(?:[\w'’-]+\s+){1,4}?(?:has |have |had )?(?:den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)?|refute[sd]?)\b"
)
NOT = re.compile(r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|\w+n['’]t)\b", re.IGNORECASE)
"""Words that say no."""


@dataclass(frozen=True, eq=False)
class Claim:
    """Something asserted or denied: a statement, or what a report tells in its own voice.

    ``source`` are the words for who says it, where a statement has them.
    ``about`` is what its content is about, ``names`` the states, persons and bodies that its sentence speaks of, ``side`` those
    that the speaker belongs to.
    """

    telling: Telling
    row: StatementRow | None
    source: Span | None
    shown: Span
    start: int
    end: int
    by: str | None
    by_id: str | None
    about: frozenset[str]
    names: frozenset[str]
    side: frozenset[str]
    negative: bool
    denial: bool

    @property
    def day(self) -> date | None:
        """The day of the report."""
        covered = bounds(self.telling.published)
        return covered.first if covered else None


class Position(Protocol):
    """Of a claim, what is compared over reports; see `Claim`."""

    @property
    def by(self) -> str | None: ...  # noqa: D102
    @property
    def about(self) -> frozenset[str]: ...  # noqa: D102
    @property
    def names(self) -> frozenset[str]: ...  # noqa: D102
    @property
    def side(self) -> frozenset[str]: ...  # noqa: D102
    @property
    def denial(self) -> bool: ...  # noqa: D102


class Claims:
    """Everything asserted, by report and in the order of the text."""

    def __init__(
        self,
        tellings: Sequence[Telling],
        cast: Cast,
        statements: Sequence[StatementRow],
        happenings: Sequence[Happening],
    ) -> None:
        self._cast = cast
        self._sides = {id: self._terms(cast.named(id), *called) for id, called in cast.roles.items()}
        self.by_report: dict[str, list[Claim]] = defaultdict(list)
        by_report = {telling.report: telling for telling in tellings}
        said = {statement_id(telling, s): (s.source, s.cue) for telling in tellings for s in telling.reading.statements}
        for row in statements:
            if not row.question and not row.refusal:
                self.by_report[row.report].append(self._said(by_report[row.report], row, *said[row.id]))
        for happening in happenings:
            for told in happening.told:
                here = self.by_report[told.telling.report]
                if (
                    told.group in ("fact", "denied")
                    and not told.event.background
                    and not any(_same_sentence(c, told.sentence) for c in here)
                ):
                    here.append(self._told(told.telling, told.sentence, told.event.trigger, told.event.actors))
        for claims in self.by_report.values():
            claims.sort(key=lambda c: (c.start, c.end))

    def _terms(self, *texts: str) -> frozenset[str]:
        return frozenset(word for text in texts for word in names.key(text, self._cast.adjectives) if len(word) > 2)

    def _said(self, telling: Telling, row: StatementRow, source: Span | None, cue: Span | None) -> Claim:
        start, end = row.pin.start, row.pin.end
        if cue and abs(cue.start - start) < NEAR:
            start, end = min(start, cue.start), max(end, cue.end)
        shown = sentence_around(telling.text, telling.parts, start, end)
        rejects = bool(cue and _REJECTS.search(telling.text, cue.start, shown.end)) or bool(_SAYS_NO.search(row.text))
        rejects = rejects or bool(_OPENS.search(shown.text))
        if cue and (rejects or row.denial):
            shown = sentence_around(telling.text, telling.parts, cue.start, cue.end)
        return Claim(
            telling=telling, row=row, source=source, shown=shown, start=row.pins[0].start, end=row.pins[-1].end, by=row.speaker, by_id=row.speaker_id,
            about=about(row.text), names=self._terms(row.text), side=self._side(row.speaker_id, row.speaker),
            negative=bool(NOT.search(row.text)), denial=row.denial or rejects,
        )  # fmt: skip

    def _told(self, telling: Telling, sentence: Span, trigger: Span, agents: Sequence[str]) -> Claim:
        rejects = _REJECTS.search(telling.text, sentence.start, sentence.end)
        by = by_id = None
        if rejects:
            agent = agents[0] if agents else self._mentioned(telling, sentence.start, trigger.start)
            by_id = self._cast.id_of(telling.report, agent) or self._cast.called(
                telling.text[sentence.start : rejects.start()]
            )
            by = self._cast.named(by_id) if by_id else self._cast.name_of(telling.report, agent)
        return Claim(
            telling=telling, row=None, source=None, shown=sentence, start=sentence.start, end=sentence.end, by=by, by_id=by_id,
            about=about(telling.text[rejects.end() : sentence.end] if rejects else sentence.text), names=self._terms(sentence.text),
            side=self._side(by_id, by), negative=bool(NOT.search(sentence.text)), denial=bool(rejects),
        )  # fmt: skip

    def spoken_by(self, claim: Claim, start: int, end: int) -> Claim:
        """The claim as the words of the actor mentioned last in a stretch of its report; as it is where there is none."""
        actor = self._mentioned(claim.telling, start, end)
        if actor is None:
            return claim
        id_ = self._cast.id_of(claim.telling.report, actor)
        by = self._cast.name_of(claim.telling.report, actor)
        return replace(claim, by=by, by_id=id_, side=self._side(id_, by))

    @staticmethod
    def _mentioned(telling: Telling, start: int, end: int) -> str | None:
        """The Reading's actor mentioned last in a stretch of text."""
        before = [
            (span.end, actor.id)
            for actor in telling.reading.actors
            for span in actor.mentions
            if start <= span.start and span.end <= end
        ]
        return max(before, default=(0, None))[1]

    def _side(self, id: str | None, name: str | None) -> frozenset[str]:
        return self._sides.get(id, frozenset()) if id else self._terms(name or "")


def about(text: str) -> frozenset[str]:
    """What words are about: their stems, and the kinds of happening they name, so that "death" meets "killed"."""
    return content(text) | {f"kind {kind}" for kind in kinds(text)}


def _same_sentence(claim: Claim, sentence: Span) -> bool:
    return claim.shown.start < sentence.end and sentence.start < claim.shown.end


def opposed(claim: Position, denial: Position) -> bool:
    """Whether a claim may be what a denial is about: not itself a denial, not the same speaker's nor that of one who speaks for them."""
    if claim is denial or claim.denial or (claim.by is not None and claim.by == denial.by):
        return False
    low, high = sorted((claim.side, denial.side), key=len)
    return not low or not low <= high


def overlapping(one: Claim, other: Claim) -> bool:
    """Whether two claims share words of one report."""
    return one.telling.report == other.telling.report and one.start < other.end and other.start < one.end


def dispute(sides: Sequence[Claim]) -> Dispute:
    """A dispute over what the last side denies."""
    shown = [
        DisputeSide(
            by=c.by,
            text=clip(c.shown.text),
            report=c.telling.report,
            date=(c.row.date if c.row else None) or (c.telling.published or "")[:10] or None,
            pin=pin(c.telling, c.shown),
        )
        for c in sides
    ]
    denial = sides[-1]
    return Dispute(
        id=content_id("d", *(f"{side.pin.version} {side.pin.start}-{side.pin.end}" for side in shown)),
        about=denial.row.text if denial.row else clip(denial.shown.text),
        sides=shown,
        statements=[c.row.id for c in sides if c.row],
        figures=[],
    )


def pin(telling: Telling, span: Span) -> Pin:
    """The pin of a span in a telling's version."""
    return Pin(report=telling.report, version=telling.version, start=span.start, end=span.end, text=span.text)
