"""Denials and the claims that they deny, in one report or over several."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dateline.link.claims import NEAR, Claim, Position, about, dispute, opposed, overlapping
from dateline.link.words import overlap
from dateline.records import Dispute, Span

# Words that only point at what somebody else said.
_POINTERS = (
    "this it that these those accusation accusations claim claims charge charges allegation allegations report reports account"
    " involvement part responsibility version remark remarks fabrication lie lies false true untrue nonsense any such having been"
    " made in kind sort rejected denied dismissed figure number estimate count premature exaggerated inflated wrong misleading"
    " absurd ridiculous invention fantasy fiction slander smear unfounded baseless complaint complaints warning warnings wrongdoing"
    " knowledge receiving received"
)
# What is denied was spoken of just before.
_SUCH = re.compile(r"\b(?:any|no) such\b|\bof the (?:kind|sort)\b", re.IGNORECASE)
_POINTS = re.compile(r"^(?:that|this|it)\s*[:;–—]", re.IGNORECASE)
_REPORT_THAT = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|dismiss\w*|reject\w*|refut\w*)\s+(?:(?:a|an|the|media|press|news|newspaper|earlier|recent)\s+)*"
    r"(?:reports?|rumou?rs?|suggestions?|speculation)\b[^.;“”\"]{0,60}?\bthat\s+",
    re.IGNORECASE,
)
_ACCUSES = frozenset({"kind accusation"})

DAYS = 14
"""Days between a claim and a denial of it in another report."""

SHARED = 3
"""Things that a claim and a denial of it in another report must both be about."""

_LIKE = 0.4  # which share of them, where one side names the other
_MUCH_LIKE = 0.6  # which share of them else


def denials(claims: Mapping[str, Sequence[Claim]]) -> Iterable[Dispute]:
    """Every denial with the claim that it is about: the likest in its own report, else in another report of those days."""
    by_stem: dict[str, list[Claim]] = defaultdict(list)
    for report in claims.values():
        for claim in report:
            if not claim.denial:
                for stem in claim.about:
                    by_stem[stem].append(claim)
    for report in claims.values():
        against: dict[tuple[int, object], list[Claim]] = {}
        for denial in (claim for claim in report if claim.denial):
            denied = _denied_here(denial, report) or _denied_elsewhere(denial, by_stem)
            if denied is None and (reported := _report_denied(denial)) is not None:
                yield dispute([reported, denial])
            if denied:
                # Who denies one claim twice in a report disputes it once.
                against.setdefault((id(denied), denial.by or denial.start), [denied]).append(denial)
        yield from map(dispute, against.values())


def named_in(denial: Claim) -> frozenset[str]:
    """What a denial is about, apart from words that only point at what somebody else said."""
    return denial.about - about(_POINTERS)


def _report_denied(denial: Claim) -> Claim | None:
    """What a denial says to have been reported, as a claim of nobody named or of who reports it: "denied a report that …"."""
    text = denial.telling.text
    reported = _REPORT_THAT.search(text, denial.shown.start, denial.shown.end)
    if reported is None:
        return None
    span = Span(start=reported.end(), end=denial.shown.end, text=text[reported.end() : denial.shown.end])
    named = (
        actor.name
        for actor in denial.telling.reading.actors
        for mention in actor.mentions
        if reported.start() < mention.start and mention.end <= reported.end()
    )
    return replace(
        denial, row=None, source=None, shown=span, start=span.start, end=span.end, by=next(named, None), by_id=None,
        side=frozenset(), denial=False,
    )  # fmt: skip


def _denied_here(denial: Claim, report: Sequence[Claim]) -> Claim | None:
    named = named_in(denial)
    bare = not named or bool(_SUCH.search(denial.shown.text))

    def fit(claim: Claim) -> float:
        back = denial.start - claim.start
        near = 1 / (1 + abs(back) / 300)
        score = overlap(named, claim.about) + 0.5 * near + (0.1 if back > 0 else 0.0) + (0.2 if claim.row else 0.0)
        score += 0.4 if denial.side & claim.names else 0.0
        score += 0.2 if claim.side & denial.names else 0.0
        score -= 0.3 if claim.row and claim.row.parent else 0.0
        score += 0.5 if denial.about >= _ACCUSES and about(claim.shown.text) >= _ACCUSES else 0.0
        return score + (1.0 if claim.row and denial.row and overlapping(claim, denial) else 0.0)

    def fits(claim: Claim) -> bool:
        if not opposed(claim, denial):
            return False
        if overlapping(claim, denial):
            return claim.row is not None and claim.by is not None
        back = denial.start - claim.start
        if bare and 0 < back <= NEAR and (not named or named & claim.about):
            return True
        # Who says no as well is on the denial's side, unless it denies a no: "denied that: all of them had sounded".
        no = claim.negative and not denial.negative and not _POINTS.search(denial.row.text if denial.row else "")
        if not named or no or (claim.negative and back < 0):
            return False
        pointed = bool(denial.side & claim.names or claim.side & denial.names)
        if _shared(named, claim.about) < min(2, len(named)) and not 0 < back <= NEAR:
            return False
        return overlap(named, claim.about) >= ((0.15 if pointed else 0.3) if claim.row else 0.5)

    return max((claim for claim in report if fits(claim)), key=fit, default=None)


def _shared(one: frozenset[str], other: frozenset[str]) -> int:
    """How many things two sets are both about; a stem and its kind of happening are one."""
    both = one & other
    kinds = sum(word.startswith("kind ") for word in both)
    return max(kinds, len(both) - kinds)


def denies(denial: Position, claim: Position, named: frozenset[str]) -> bool:
    """Whether a denial, which is about ``named``, may be of a claim in another report."""
    pointed = denial.side & claim.names or claim.side & denial.names
    return (
        len(named & claim.about) >= SHARED
        and overlap(named, claim.about) >= (_LIKE if pointed else _MUCH_LIKE)
        and opposed(claim, denial)
    )


def unanswered(report: Sequence[Claim]) -> list[Claim]:
    """The denials of a report that are about nothing in it."""
    return [claim for claim in report if claim.denial and _denied_here(claim, report) is None]


def _denied_elsewhere(denial: Claim, by_stem: Mapping[str, list[Claim]]) -> Claim | None:
    named = named_in(denial)
    rare = [
        stem for stem in sorted(named, key=lambda s: (len(by_stem.get(s, ())), s)) if len(by_stem.get(stem, ())) <= 400
    ][:6]
    pool = {id(claim): claim for stem in rare for claim in by_stem.get(stem, ())}
    options = [
        c
        for c in pool.values()
        if c.telling.report != denial.telling.report
        and c.day
        and denial.day
        and 0 <= (denial.day - c.day).days <= DAYS
        and denies(denial, c, named)
    ]
    return max(
        options, key=lambda c: (overlap(named, c.about), c.row is not None, c.telling.report, -c.start), default=None
    )
