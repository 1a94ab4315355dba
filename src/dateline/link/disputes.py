"""Disputes: a claim and its denial, an assertion and its contradiction, two figures for one thing. Shown, never judged."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise

from dateline.edtf import bounds
from dateline.link.actors import Identities
from dateline.link.events import Happening
from dateline.link.sentences import clip, sentence_around
from dateline.link.words import content, kinds, overlap
from dateline.records import (
    Dispute,
    DisputeSide,
    FigureRow,
    Pin,
    Statement,
    StatementRow,
    Telling,
    content_id,
)  # fmt: skip

_REJECTS = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ial)|reject\w*|dismiss\w*|refut\w*|disput\w*|contradict\w*|disclaim\w*)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|\w+n['’]t)\b", re.IGNORECASE)
_DAYS = 14  # between a claim and a denial of it in another report
_SAME_REPORT, _OTHER_REPORT = 0.3, 0.5  # which share of the denial's words the claim must have
_COUNTED = frozenset({"death", "injury", "arrest", "evacuation", "deployment", "sinking", "protest"})


@dataclass(frozen=True)
class _Claim:
    """A statement or a plain assertion that a denial may be about."""

    telling: Telling
    row: StatementRow | None
    statement: Statement | None
    text: str
    pin: Pin
    by: str | None
    by_id: str | None
    stems: frozenset[str]
    negative: bool
    denial: bool

    @property
    def day(self) -> date | None:
        """The day of the report."""
        covered = bounds(self.telling.published)
        return covered.first if covered else None


def disputes(
    tellings: Sequence[Telling],
    identities: Identities,
    statements: Sequence[StatementRow],
    figures: Sequence[FigureRow],
    happenings: Sequence[Happening],
) -> list[Dispute]:
    """All disputes, in the order in which the reports first show them."""
    claims = _claims(tellings, statements, happenings)
    found = {
        dispute.id: dispute for dispute in [*_denials(claims), *_contradictions(claims), *_figures(tellings, figures)]
    }
    return sorted(found.values(), key=lambda d: (min(side.date or "9999" for side in d.sides), d.id))


# ── claims and denials ────────────────────────────────────────────────────────────────────────────────────────────


def _claims(
    tellings: Sequence[Telling], statements: Sequence[StatementRow], happenings: Sequence[Happening]
) -> dict[str, list[_Claim]]:
    """Everything asserted, by report and in the order of the text: statements, and events told in the report's own voice."""
    rows = {(row.report, row.pin.start, row.pin.end, row.id): row for row in statements}
    by_pin: dict[tuple[str, int, int], list[StatementRow]] = defaultdict(list)
    for (report, start, end, _), row in rows.items():
        by_pin[report, start, end].append(row)
    found: dict[str, list[_Claim]] = defaultdict(list)
    for telling in tellings:
        for statement in telling.reading.statements:
            if not statement.content or statement.question or statement.refusal:
                continue
            held = by_pin[telling.report, statement.content[0].start, statement.content[0].end]
            if not held:
                continue
            row = held.pop(0)
            cue = statement.cue.text if statement.cue else ""
            found[telling.report].append(
                _Claim(
                    telling,
                    row,
                    statement,
                    row.text,
                    row.pin,
                    row.speaker,
                    row.speaker_id,
                    _about(row.text),
                    bool(_NOT.search(row.text)),
                    statement.denial or bool(_REJECTS.search(cue)),
                )
            )
    for happening in happenings:
        for t in happening.told:
            if t.group == "fact" and t.event.statement is None and not t.event.background:
                pin = Pin(
                    report=t.telling.report,
                    version=t.telling.version,
                    start=t.sentence.start,
                    end=t.sentence.end,
                    text=t.sentence.text,
                )
                text = clip(t.sentence.text)
                if not any(c.pin == pin for c in found[t.telling.report]):
                    found[t.telling.report].append(
                        _Claim(t.telling, None, None, text, pin, None, None, _about(text), False, False)
                    )
    for claims in found.values():
        claims.sort(key=lambda c: (c.pin.start, c.pin.end))
    return found


def _about(text: str) -> frozenset[str]:
    """What words are about: their stems, and the kinds of happening they name, so that "death" meets "killed"."""
    return content(text) | {f"kind {kind}" for kind in kinds(text)}


def _denials(claims: dict[str, list[_Claim]]) -> list[Dispute]:
    """Every denial with the claim that it is about: the nearest in its own report, else the likest of another report of those days."""
    by_stem: dict[str, list[_Claim]] = defaultdict(list)
    for report in claims.values():
        for claim in report:
            if not claim.denial:
                for stem in claim.stems:
                    by_stem[stem].append(claim)
    found = []
    for report in claims.values():
        for denial in (claim for claim in report if claim.denial):
            denied = _denied_here(denial, report) or _denied_elsewhere(denial, by_stem)
            if denied:
                found.append(_dispute(denial.text, [denied, denial]))
    return found


def _denied_here(denial: _Claim, report: Sequence[_Claim]) -> _Claim | None:
    def fit(claim: _Claim) -> float:
        back = denial.pin.start - claim.pin.start
        near = 1 / (1 + abs(back) / 400)
        return (
            overlap(denial.stems, claim.stems) + 0.4 * near + (0.1 if back > 0 else 0.0) + (0.1 if claim.row else 0.0)
        )

    options = [c for c in report if _opposed(c, denial) and overlap(denial.stems, c.stems) >= _SAME_REPORT]
    return max(options, key=fit, default=None)


def _denied_elsewhere(denial: _Claim, by_stem: dict[str, list[_Claim]]) -> _Claim | None:
    pool = {
        id(c): c
        for stem in sorted(denial.stems, key=lambda s: len(by_stem[s]))[:6]
        if len(by_stem[stem]) <= 400
        for c in by_stem[stem]
    }
    options = [
        c
        for c in pool.values()
        if c.telling.report != denial.telling.report
        and _opposed(c, denial)
        and c.day
        and denial.day
        and 0 <= (denial.day - c.day).days <= _DAYS
        and len(denial.stems & c.stems) >= 3
        and overlap(denial.stems, c.stems) >= _OTHER_REPORT
    ]
    return max(
        options,
        key=lambda c: (overlap(denial.stems, c.stems), c.row is not None, c.pin.report, -c.pin.start),
        default=None,
    )


def _opposed(claim: _Claim, denial: _Claim) -> bool:
    """Whether a claim may be what a denial is about: not itself a denial, not the same speaker's, not the same words."""
    if claim is denial or claim.denial:
        return False
    if claim.by_id is not None and claim.by_id == denial.by_id:
        return False
    inside = (
        claim.pin.report == denial.pin.report and claim.pin.start < denial.pin.end and denial.pin.start < claim.pin.end
    )
    return not inside


def _contradictions(claims: dict[str, list[_Claim]]) -> list[Dispute]:
    """Statements of two speakers next to each other, one of which says that there is not what the other speaks of."""
    found = []
    for report in claims.values():
        spoken = [claim for claim in report if claim.row is not None and not claim.denial]
        for one, two in pairwise(spoken):
            if one.by_id is None or two.by_id is None or one.by_id == two.by_id or one.negative == two.negative:
                continue
            negative = one if one.negative else two
            other = two if one.negative else one
            if len(negative.stems) <= 12 and overlap(negative.stems, other.stems) >= 0.6:
                found.append(_dispute(negative.text, [other, negative]))
    return found


def _dispute(about: str, sides: Sequence[_Claim]) -> Dispute:
    shown = [
        DisputeSide(
            by=c.by,
            text=c.text,
            report=c.telling.report,
            date=(c.row.date if c.row else None) or (c.telling.published or "")[:10] or None,
            pin=c.pin,
        )
        for c in sides
    ]
    return Dispute(
        id=content_id("d", *(f"{side.pin.version} {side.pin.start}-{side.pin.end}" for side in shown)),
        about=about,
        sides=shown,
        statements=[c.row.id for c in sides if c.row],
        figures=[],
    )


# ── figures ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _figures(tellings: Sequence[Telling], figures: Sequence[FigureRow]) -> list[Dispute]:
    """Two claimants' figures for one thing on one day that cannot both be right. A toll that grows over days is no dispute."""
    texts = {telling.report: telling for telling in tellings}
    blocks: dict[tuple[str, str], list[tuple[FigureRow, str, frozenset[str]]]] = defaultdict(list)
    for row in figures:
        if row.value is None or (isinstance(row.value, tuple) and len(row.value) != 2):
            continue
        telling = texts[row.report]
        sentence = sentence_around(telling.text, telling.parts, row.pin.start, row.pin.end).text
        counted = kinds(row.of) & _COUNTED or kinds(row.unit) & _COUNTED or {row.unit}
        for kind in counted:
            blocks[kind, (row.as_of or row.date or "")[:7]].append((row, sentence, content(sentence)))
    found = []
    for (kind, _), block in blocks.items():
        for (a, text_a, stems_a), (b, text_b, stems_b) in combinations(block[:200], 2):
            if (
                (a.claimant is None and b.claimant is None)
                or a.claimant == b.claimant
                or not _contradict(a, b)
                or not _one_day(a, b)
            ):
                continue
            share = overlap(stems_a, stems_b)
            if share < (0.15 if a.report == b.report else 0.3) and not (kind in _COUNTED and a.report == b.report):
                continue
            sides = [
                DisputeSide(by=row.claimant, text=clip(text), report=row.report, date=row.date, pin=row.pin)
                for row, text in ((a, text_a), (b, text_b))
            ]
            found.append(
                Dispute(
                    id=content_id("d", a.id, b.id),
                    about=f"{a.of}: {a.pin.text} / {b.pin.text}",
                    sides=sides,
                    statements=[],
                    figures=[a.id, b.id],
                )
            )
    return found


def _contradict(a: FigureRow, b: FigureRow) -> bool:
    low_a, high_a = _range(a)
    low_b, high_b = _range(b)
    return high_a < low_b or high_b < low_a


def _range(row: FigureRow) -> tuple[float, float]:
    """What a figure allows: "more than" has no upper end, "about" leaves a tenth."""
    value = row.value if isinstance(row.value, tuple) else (row.value, row.value)
    low, high = float(value[0] or 0), float(value[1] or 0)
    if row.bound == "over":
        return low, float("inf")
    if row.bound == "under":
        return float("-inf"), high
    return (low * 0.9, high * 1.1) if row.bound == "about" else (low, high)


def _one_day(a: FigureRow, b: FigureRow) -> bool:
    one, two = bounds(a.as_of or a.date), bounds(b.as_of or b.date)
    if one is None or two is None:
        return a.report == b.report
    return one.meets(two, slack=int(a.report != b.report))
