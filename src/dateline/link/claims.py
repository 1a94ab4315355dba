"""Claims: what is asserted or denied in the reports, by whom, and what it is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Protocol

from dateline.edtf import bounds
from dateline.link import names
from dateline.link.cast import Cast
from dateline.link.said import statement_id
from dateline.link.saying_no import REJECTS, decides, opens_with_denial, rejections, rejects, says_no
from dateline.link.sentences import clip, sentence_around
from dateline.link.told import Happening
from dateline.link.words import content, kinds
from dateline.records import ActorKind, Dispute, DisputeSide, FigureRow, Pin, Span, StatementRow, Telling, content_id

NEAR = 700
"""Characters back in which a bare "denied this" finds its claim."""

# What a person wrote speaks for that person: "His report recommended …".
_DOCUMENT = re.compile(
    r"(?:his|her) (?:own )?(?:report|letter|memo\w*|study|paper|book|article|e?-?mail|diary|notes?|findings|affidavit|testimony|post)\b",
    re.IGNORECASE,
)
_GAP = 3  # characters between two sentences next to each other
_CLOSE = 5  # characters before a verb that may hold its no
_SUBJECT = re.compile(
    r"((?:(?:The|Its|His|Her|Their) )?(?:[\w'’-]+ ){0,2}[\w'’-]+)(?: (?:has|have|had|later|also|flatly|firmly|strongly))* "
)
_OWN = re.compile(r"(?:its|their) \w+$", re.IGNORECASE)
MATTERS = {
    "theft": "steal stole stolen theft thief rob robbed robbery embezzle embezzlement siphon loot",
    "bribe": "bribe bribery bribes kickback corrupt corruption",
    "contact": "speak spoke spoken talk talked phone telephone rang ring call meet met contact conversation assure write wrote",
    "harm": "poison poisoning hack hacking abduct abduction kidnap torture sabotage beat beaten assault touch harm",
}
"""Matters that have no event of their own, with the words for them."""

NOT = re.compile(r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|\w+n['’]t)\b", re.IGNORECASE)
"""Words that say no."""


@dataclass(frozen=True, eq=False)
class Claim:
    """Something asserted or denied: a statement, or what a report tells in its own voice.

    ``source`` and ``cue`` are the words for who says it and for the saying, where a statement has them.
    ``about`` is what its content is about, ``names`` the states, persons and bodies that its sentence speaks of, ``side`` those
    that the speaker belongs to.
    """

    telling: Telling
    row: StatementRow | None
    source: Span | None
    cue: Span | None
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
        figures: Sequence[FigureRow] = (),
    ) -> None:
        self._cast = cast
        self._sides = {id: self._terms(cast.named(id), *called) for id, called in cast.roles.items()}
        self.by_report: dict[str, list[Claim]] = defaultdict(list)
        by_report = {telling.report: telling for telling in tellings}
        said = {statement_id(telling, s): s for telling in tellings for s in telling.reading.statements}
        self._cues: dict[str, list[int]] = {
            telling.report: sorted(s.cue.start for s in telling.reading.statements if s.cue and s.parent is None)
            for telling in tellings
        }
        for row in statements:
            if not row.question and not row.refusal:
                self.by_report[row.report].append(
                    self._said(by_report[row.report], row, said[row.id].source, said[row.id].cue)
                )
        for figure in figures:
            here = self.by_report[figure.report]
            if figure.claimant is not None and not any(_holds(c, figure.pin) for c in here):
                here.append(self._counted(by_report[figure.report], figure))
        for happening in happenings:
            for told in happening.told:
                here = self.by_report[told.telling.report]
                if (
                    told.group in ("fact", "denied")
                    and not told.event.background
                    and not any(_same_sentence(c, told.sentence) for c in here)
                ):
                    here.append(self._told(told.telling, told.sentence, told.event.trigger, told.event.actors))
        for telling in tellings:
            here = self.by_report[telling.report]
            for verb in REJECTS.finditer(telling.text):
                sentence = sentence_around(telling.text, telling.parts, verb.start(), verb.end())
                if (
                    not any(_same_sentence(c, sentence) for c in here)
                    and rejects(telling.text, sentence.start, sentence.end)
                    and (
                        self._mentioned(telling, sentence.start, verb.start())
                        or _subject(telling.text[sentence.start : verb.start()])
                    )
                ):
                    trigger = Span(start=verb.start(), end=verb.end(), text=verb[0])
                    here.append(self._told(telling, sentence, trigger, ()))
        for claims in self.by_report.values():
            claims.sort(key=lambda c: (c.start, c.end))
            for i, claim in enumerate(claims):
                claims[i] = _owned(claim, claims[:i])

    def _terms(self, *texts: str) -> frozenset[str]:
        return frozenset(word for text in texts for word in names.key(text, self._cast.adjectives) if len(word) > 2)

    def _said(self, telling: Telling, row: StatementRow, source: Span | None, cue: Span | None) -> Claim:
        start, end = row.pin.start, row.pin.end
        if cue and abs(cue.start - start) < NEAR:
            start, end = min(start, cue.start), max(end, cue.end)
        shown = sentence_around(telling.text, telling.parts, start, end)
        first = min([row.pins[0].start, *(span.start for span in (source, cue) if span)])
        opens = opens_with_denial(shown.text)
        denial = says_no(row.text) or bool(opens and (cue is None or first < shown.start + opens))
        if cue:
            # "confirmed the visit but denied the rest": the second verb is of another statement.
            after = bisect_right(self._cues[telling.report], cue.start)
            until = min([shown.end, *self._cues[telling.report][after : after + 1]])
            verbs = rejections(telling.text, cue.start, until)
            denial = denial or any(not any(p.start <= verb.start() < p.end for p in row.pins) for verb in verbs)
            denial = denial or (row.denial and not decides(telling.text, cue.start, until))
        denial = denial or (row.denial and cue is None)
        if cue and denial:
            shown = sentence_around(telling.text, telling.parts, cue.start, cue.end)
        by, by_id = row.speaker, row.speaker_id
        if by_id is None and source is not None and _DOCUMENT.match(source.text):
            author = self._mentioned(telling, 0, source.start, "person")
            by, by_id = self._cast.name_of(telling.report, author) or by, self._cast.id_of(telling.report, author)
        return Claim(
            telling=telling, row=row, source=source, cue=cue, shown=shown, start=row.pins[0].start, end=row.pins[-1].end, by=by, by_id=by_id,
            about=about(row.text), names=self._terms(row.text), side=self._side(by_id, by),
            negative=bool(NOT.search(row.text)) or _not_said(telling, cue), denial=denial,
        )  # fmt: skip

    def _counted(self, telling: Telling, row: FigureRow) -> Claim:
        """A number on somebody's word that stands in no statement: "Two traders put it at 180"."""
        shown = sentence_around(telling.text, telling.parts, row.pin.start, row.pin.end)
        return Claim(
            telling=telling, row=None, source=None, cue=None, shown=shown, start=row.pin.start, end=row.pin.end, by=row.claimant,
            by_id=row.claimant_id, about=about(shown.text), names=self._terms(shown.text),
            side=self._side(row.claimant_id, row.claimant), negative=False, denial=False,
        )  # fmt: skip

    def _told(self, telling: Telling, sentence: Span, trigger: Span, agents: Sequence[str]) -> Claim:
        verb = rejects(telling.text, sentence.start, sentence.end)
        by = by_id = None
        if verb:
            agent = agents[0] if agents else self._mentioned(telling, sentence.start, trigger.start)
            by_id = self._cast.id_of(telling.report, agent) or self._cast.called(
                telling.text[sentence.start : verb.start()]
            )
            by = self._cast.named(by_id) if by_id else self._cast.name_of(telling.report, agent)
            by = by or _subject(telling.text[sentence.start : verb.start()])
        return Claim(
            telling=telling, row=None, source=None, cue=None, shown=sentence, start=sentence.start, end=sentence.end, by=by, by_id=by_id,
            about=about(telling.text[verb.end() : sentence.end] if verb else sentence.text), names=self._terms(sentence.text),
            side=self._side(by_id, by), negative=bool(NOT.search(sentence.text)), denial=bool(verb),
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
    def _mentioned(telling: Telling, start: int, end: int, kind: ActorKind | None = None) -> str | None:
        """The Reading's actor, of a kind if wanted, mentioned last in a stretch of text."""
        before = [
            (span.end, actor.id)
            for actor in telling.reading.actors
            for span in actor.mentions
            if kind in (None, actor.kind) and start <= span.start and span.end <= end
        ]
        return max(before, default=(0, None))[1]

    def _side(self, id: str | None, name: str | None) -> frozenset[str]:
        return self._sides.get(id, frozenset()) if id else self._terms(name or "")


@cache
def _matters() -> dict[str, frozenset[str]]:
    return {matter: content(words) for matter, words in MATTERS.items()}


@lru_cache(maxsize=20_000)
def about(text: str) -> frozenset[str]:
    """What words are about: their stems, and the kinds of happening and the matters they name, so that "death" meets "killed"."""
    stems = content(text)
    matters = {f"kind {matter}" for matter, words in _matters().items() if not stems.isdisjoint(words)}
    return stems | {f"kind {kind}" for kind in kinds(text)} | matters


def _not_said(telling: Telling, cue: Span | None) -> bool:
    """Whether the verb of saying is itself said not to be so: "did not provide"."""
    return cue is not None and NOT.search(telling.text, max(0, cue.start - _CLOSE), cue.end) is not None


def _subject(before: str) -> str | None:
    """The few words before a verb at the head of a sentence, where they name who does it: "The union"."""
    found = _SUBJECT.fullmatch(before)
    return found[1] if found and not names.nobody(found[1]) else None


def _holds(claim: Claim, pin: Pin) -> bool:
    return claim.row is not None and any(p.start <= pin.start and pin.end <= p.end for p in claim.row.pins)


def _owned(claim: Claim, before: Sequence[Claim]) -> Claim:
    """A claim said by what is "its" or "theirs" as the words of whoever speaks before in the same sentence."""
    if claim.by_id is not None or claim.source is None or not _OWN.match(claim.source.text):
        return claim
    for owner in reversed(before):
        if owner.shown == claim.shown and owner.by is not None and owner.source and not _OWN.match(owner.source.text):
            return replace(claim, by=owner.by, by_id=owner.by_id, side=owner.side)
    return claim


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


def next_to(one: Claim, other: Claim) -> bool:
    """Whether the sentence of one claim is followed by that of another of its report."""
    return 0 <= other.shown.start - one.shown.end <= _GAP


def by_statement(report: Iterable[Claim]) -> dict[str, Claim]:
    """The claims of a report that are statements, by statement: what another one's ``parent`` is looked up in."""
    return {claim.row.id: claim for claim in report if claim.row}


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
