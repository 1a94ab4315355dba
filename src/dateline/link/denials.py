"""Denials and the claims that they deny, in one report or over several."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache

from dateline.link.claims import NEAR, Claim, Position, about, by_statement, dispute, next_to, opposed, overlapping
from dateline.link.saying_no import ACCOUNTS, CHARGES, COUNTS, GUILT, POINTERS, answers, says_no, whose
from dateline.link.words import content, overlap, words
from dateline.records import Dispute, Span

# "that figure": what is denied is a number.
_NUMBERED = re.compile(rf"\b(?:{'|'.join(COUNTS.split())})\b", re.IGNORECASE)
_A_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundreds?|thousands?|millions?|billions?|dozens?"
    r"|half|third|quarter)\b",
    re.IGNORECASE,
)
# What points to a deed that was told before.
_PART = re.compile(
    rf"\b(?:{'|'.join(f'{GUILT} {CHARGES}'.split())}|responsible|part|role|hand|being behind|accounts?|version)\b",
    re.IGNORECASE,
)
_DEEDS = frozenset(
    f"kind {kind}" for kind in words("attack gunfire death injury blast seizure arrest sinking theft bribe harm blaze")
)
# Who denies by telling it otherwise.
_OTHERWISE = re.compile(r"\b(?:contradict|disput|rebut)\w*", re.IGNORECASE)
# Whoever speaks for somebody named just before: "a spokesman said", "its lawyer added", "company spokeswoman Ada Moll said".
_VOICE = re.compile(
    r"(?:(?:an?|the|its|his|her|their|one|senior|company|firm|group|ministry|union|bank|party|government|department|agency|club)\s+)*"
    r"(?:(?:spokes(?:man|woman|person|people)|lawyers?|attorneys?|statement)\b|(?:officials?|representatives?|counsel|aides?)$)"
    r"|(?:he|she|it|they)$",
    re.IGNORECASE,
)
# Whoever speaks for a state that was named just before.
_OFFICE = re.compile(
    r"\b(?:minist(?:er|ry)|president|premier|chancellor|ambassador|general|colonel|admiral)\b", re.IGNORECASE
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
_TOLD_OF = frozenset(words(f"{ACCOUNTS} said claimed alleged asserted reported stated"))
_NOTHING: frozenset[str] = frozenset()
_SAME = 0.8  # from which overlap on what a report is denied to have told is what another said
_ALIKE = 0.3  # from which overlap on what the denying side says instead tells which claim it answers

DAYS = 14
"""Days between a claim and a denial of it in another report."""

SHARED = 3
"""Things that a claim and a denial of it in another report must both be about."""

_LIKE = 0.4  # which share of them, where one side names the other
_MUCH_LIKE = 0.6  # which share of them else


def denials(claims: Mapping[str, Sequence[Claim]], states: Set[str] = frozenset()) -> Iterable[Dispute]:
    """Every denial with the claim that it is about: the likest in its own report, else in another report of those days.

    ``states`` are the plain names of states.
    """
    by_stem: dict[str, list[Claim]] = defaultdict(list)
    for report in claims.values():
        for claim in report:
            if not claim.denial:
                for stem in claim.about:
                    by_stem[stem].append(claim)
    for report in claims.values():
        against: dict[tuple[int, object], list[Claim]] = {}
        for denial in (claim for claim in report if claim.denial):
            own = _goes_on(denial, report, states)
            denied = _denied_here(denial, report, own) or next(
                filter(None, (_denied_elsewhere(denial, asked, by_stem) for asked in asked_elsewhere(denial, report))),
                None,
            )
            reported = _report_denied(denial)
            if reported and not (denied and overlap(named_in(denial), denied.about) >= _SAME):
                yield dispute([reported, denial])
            elif denied:
                # Who denies one claim twice in a report disputes it once.
                sides = against.setdefault((id(denied), denial.by or denial.start), [denied])
                sides += [denial] if own is None or own.denial else [denial, own]
        yield from map(dispute, against.values())


def _goes_on(denial: Claim, report: Sequence[Claim], states: Set[str]) -> Claim | None:
    """What the denying side says in the very next sentence: "The firm disputes that. No offer was made, a spokesman said."."""
    more = any(
        claim is not denial and claim.by == denial.by and denial.start <= claim.start < denial.shown.end
        for claim in report
    )
    if more or not _bare(denial) or (denial.row and says_no(denial.row.text)):
        return None
    otherwise = _OTHERWISE.search(denial.shown.text)
    for claim in report:
        between = denial.telling.text[denial.shown.end : claim.shown.start]
        if between != " " or claim.row is None or claim.row.parent or not (claim.negative or otherwise):
            continue
        words = claim.source.text if claim.source else ""
        low, high = sorted((claim.side, denial.side), key=len)
        office = _OFFICE.search(words) and denial.side & states and not claim.side & states
        if claim.by == denial.by or (low and low <= high) or _VOICE.match(words) or office:
            return claim
    return None


def asked_elsewhere(denial: Claim, report: Iterable[Claim]) -> list[frozenset[str]]:
    """What the claim is about that a denial of something in another report denies, the likelier first: what the denial names; else what
    its side says instead in the same sentence ("It killed 31, the union said, denying the figure of the ministry"). Nothing where
    neither is enough to know a claim by.
    """
    instead = next(
        (
            c.about - _pointed()
            for c in report
            if c.row and not c.denial and c.by == denial.by and c.shown == denial.shown and not overlapping(c, denial)
        ),
        _NOTHING,
    )
    return [asked for asked in dict.fromkeys((named_in(denial), instead)) if len(asked) >= SHARED]


@cache
def _pointed() -> frozenset[str]:
    """The stems of words that only point, and the kinds that they name: but a toll is of deaths."""
    return content(POINTERS) | (about(POINTERS) - about(COUNTS))


def _bare(denial: Claim) -> bool:
    """Whether a denial only points at what it denies."""
    return not named_in(denial) or bool(_SUCH.search(denial.shown.text))


def named_in(denial: Claim) -> frozenset[str]:
    """What a denial itself says to be denied; nothing where it only points at it."""
    return frozenset() if denial.row and answers(denial.row.text) else denial.about - _pointed()


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
        denial, row=None, source=None, cue=None, shown=span, start=span.start, end=span.end, by=next(named, None), by_id=None,
        side=frozenset(), denial=False,
    )  # fmt: skip


def _denied_here(denial: Claim, report: Sequence[Claim], own: Claim | None) -> Claim | None:
    """The claim of the denial's own report that it is likest to be about; ``own`` is what the denying side says instead."""
    named = named_in(denial)
    bare = _bare(denial)
    hints = own.about if own and bare else frozenset()
    deed = bool(_PART.search(denial.row.text if denial.row else denial.shown.text))
    owner = whose(denial.shown.text)
    counted = bare and _NUMBERED.search(denial.row.text if denial.row else denial.shown.text)
    outer = by_statement(report)

    def fit(claim: Claim) -> float:
        back = denial.start - claim.start
        near = 1 / (1 + abs(back) / 300)
        score = overlap(named, claim.about) + 0.5 * near + (0.1 if back > 0 else 0.0) + (0.2 if claim.row else 0.0)
        score += 0.4 if denial.side & claim.names else 0.0
        score += (0.6 if bare else 0.2) if claim.side & denial.names else 0.0
        score -= 0.3 if claim.row and _within_named(claim, outer) else 0.0
        score += 0.5 if denial.about >= _ACCUSES and about(claim.shown.text) >= _ACCUSES else 0.0
        score += 0.3 if deed and claim.about & _DEEDS else 0.0
        score += 0.5 * alike if (alike := overlap(hints, claim.about)) >= _ALIKE else 0.0
        return score + (1.0 if claim.row and denial.row and overlapping(claim, denial) else 0.0)

    def fits(claim: Claim) -> bool:
        if not opposed(claim, denial):
            return False
        if overlapping(claim, denial):
            return claim.row is not None and claim.by is not None and _quoted_by(denial, claim)
        if owner and owner.lower() not in (claim.by or "").lower():
            return False
        if counted and not _A_NUMBER.search(claim.row.text if claim.row else claim.shown.text):
            return False
        back = denial.start - claim.start
        if bare and 0 < back <= NEAR and (not named or named & claim.about):
            return True
        if (
            claim.row
            and claim.by
            and denial.row
            and denial.row.denial
            and next_to(claim, denial)
            and named & content(claim.by)
        ):
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


def _within_named(claim: Claim, outer: Mapping[str, Claim]) -> bool:
    """Whether a claim stands in another's words, unless those are of nobody named: "According to an aide he had said …"."""
    if claim.row is None or claim.row.parent is None:
        return False
    around = outer.get(claim.row.parent)
    return around is None or around.by_id is not None or claim.by_id is None


def _quoted_by(denial: Claim, claim: Claim) -> bool:
    """Whether what a denial denies is what another said: "The union says so. The firm denies this", "rejected the union's claim that"."""
    if claim.end <= denial.shown.start:
        return True
    told = claim.cue is not None and not _TOLD_OF.isdisjoint(claim.cue.text.lower().split())
    return told and denial.shown.start < claim.start and claim.end <= denial.shown.end


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
    return [claim for claim in report if claim.denial and _denied_here(claim, report, None) is None]


def _denied_elsewhere(denial: Claim, asked: frozenset[str], by_stem: Mapping[str, list[Claim]]) -> Claim | None:
    """The claim of another report that is likest to be about what is asked for."""
    rare = [
        stem for stem in sorted(asked, key=lambda s: (len(by_stem.get(s, ())), s)) if len(by_stem.get(stem, ())) <= 400
    ][:6]
    pool = {id(claim): claim for stem in rare for claim in by_stem.get(stem, ())}
    options = [
        c
        for c in pool.values()
        if c.telling.report != denial.telling.report
        and c.day
        and denial.day
        and 0 <= (denial.day - c.day).days <= DAYS
        and denies(denial, c, asked)
    ]
    return max(
        options, key=lambda c: (overlap(asked, c.about), c.row is not None, c.telling.report, -c.start), default=None
    )
