"""Disputes: a claim and its denial, an assertion and its contradiction, two figures for one thing. Shown, never judged."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from dateline.edtf import bounds
from dateline.link import names
from dateline.link.actors import Identities
from dateline.link.counts import counter, counting_words
from dateline.link.said import statement_id
from dateline.link.sentences import clip, sentence_around
from dateline.link.told import Happening
from dateline.link.words import content, kinds, overlap
from dateline.records import Dispute, DisputeSide, FigureRow, Pin, Span, StatementRow, Telling, content_id

_REJECTS = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:es?|ed|ing)|contradict(?:s|ed|ing)?"
    r"|(?:call|brand|describ|label)\w*\s[^.]{0,80}?\b(?:fabrication|lies?|false|baseless|invent\w+|nonsense|untrue|absurd))\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|\w+n['’]t)\b", re.IGNORECASE)
_CONTESTED = re.compile(r"\b(?:disput\w+|disagree\w*|contradict\w+|conflicting|matter of opinion)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b(?:counts?|tolls?|numbers?|figures?|estimates?|how many|how much)\b", re.IGNORECASE)
# Words that only point at what somebody else said.
_POINTERS = (
    "this it that accusation accusations claim claims charge charges allegation allegations report reports account involvement part"
    " responsibility version remark remarks fabrication lie false any such having been made in called rejected denied dismissed"
)
_ACCUSES = frozenset({"kind accusation"})
# Kinds of happening that one side may be accused of.
_DEEDS = frozenset(
    f"kind {kind}" for kind in ("attack", "gunfire", "death", "blast", "seizure", "arrest", "deployment", "sinking")
)
_AHEAD = re.compile(
    r"\b(?:will|would|threaten\w*|promis\w+|plan(?:s|ned)|urg\w+|call(?:s|ed) (?:on|for))\b", re.IGNORECASE
)
_DAYS = 14  # between a claim and a denial of it in another report
_NEAR = 700  # characters back in which a bare "denied this" finds its claim
_AROUND = 450  # characters around a sentence that calls a number disputed
_NEXT = 160  # characters between a number and another count of the same
_COUNTED = frozenset({"death", "injury", "arrest", "evacuation", "deployment", "sinking", "protest"})


@dataclass(frozen=True, eq=False)
class _Claim:
    """Something asserted or denied: a statement, or what a report tells in its own voice.

    ``about`` is what its content is about, ``names`` the states, persons and bodies that its sentence speaks of, ``side`` those
    that the speaker belongs to.
    """

    telling: Telling
    row: StatementRow | None
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


def disputes(
    tellings: Sequence[Telling],
    identities: Identities,
    statements: Sequence[StatementRow],
    figures: Sequence[FigureRow],
    happenings: Sequence[Happening],
) -> list[Dispute]:
    """All disputes, in the order in which the reports first show them."""
    claims = _Claims(tellings, identities, statements, happenings).by_report
    shown: dict[frozenset[tuple[str, int]], Dispute] = {}
    denials = list(_denials(claims))
    denied = {(side.report, side.pin.start) for dispute in denials for side in dispute.sides}
    for dispute in [*denials, *_contradictions(claims, denied, identities.states), *_figures(tellings, figures)]:
        shown.setdefault(frozenset((side.report, side.pin.start) for side in dispute.sides), dispute)
    return sorted(shown.values(), key=lambda d: (min(side.date or "9999" for side in d.sides), d.id))


# ── claims ────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Claims:
    """Everything asserted, by report and in the order of the text."""

    def __init__(
        self,
        tellings: Sequence[Telling],
        identities: Identities,
        statements: Sequence[StatementRow],
        happenings: Sequence[Happening],
    ) -> None:
        self._identities = identities
        self._sides = {actor.id: self._terms(actor.name, *(r.role for r in actor.roles)) for actor in identities.actors}
        self.by_report: dict[str, list[_Claim]] = defaultdict(list)
        by_report = {telling.report: telling for telling in tellings}
        cues = {statement_id(telling, s): s.cue for telling in tellings for s in telling.reading.statements}
        for row in statements:
            if not row.question and not row.refusal:
                self.by_report[row.report].append(self._said(by_report[row.report], row, cues[row.id]))
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
        return frozenset(
            word for text in texts for word in names.key(text, self._identities.adjectives) if len(word) > 2
        )

    def _said(self, telling: Telling, row: StatementRow, cue: Span | None) -> _Claim:
        start, end = row.pin.start, row.pin.end
        if cue and abs(cue.start - start) < _NEAR:
            start, end = min(start, cue.start), max(end, cue.end)
        shown = sentence_around(telling.text, telling.parts, start, end)
        rejects = bool(cue and _REJECTS.search(telling.text, cue.start, shown.end))
        if cue and (rejects or row.denial):
            shown = sentence_around(telling.text, telling.parts, cue.start, cue.end)
        return _Claim(
            telling=telling, row=row, shown=shown, start=row.pins[0].start, end=row.pins[-1].end, by=row.speaker, by_id=row.speaker_id,
            about=_about(row.text), names=self._terms(row.text), side=self._side(row.speaker_id, row.speaker),
            negative=bool(_NOT.search(row.text)), denial=row.denial or rejects,
        )  # fmt: skip

    def _told(self, telling: Telling, sentence: Span, trigger: Span, agents: Sequence[str]) -> _Claim:
        rejects = _REJECTS.search(telling.text, sentence.start, sentence.end)
        by = by_id = None
        if rejects:
            agent = agents[0] if agents else self._subject(telling, sentence, trigger)
            by_id = self._identities.id_of(telling.report, agent) or self._identities.called(
                telling.text[sentence.start : rejects.start()]
            )
            by = self._identities.named(by_id) if by_id else self._identities.name_of(telling.report, agent)
        return _Claim(
            telling=telling, row=None, shown=sentence, start=sentence.start, end=sentence.end, by=by, by_id=by_id,
            about=_about(telling.text[rejects.end() : sentence.end] if rejects else sentence.text), names=self._terms(sentence.text),
            side=self._side(by_id, by), negative=bool(_NOT.search(sentence.text)), denial=bool(rejects),
        )  # fmt: skip

    def _subject(self, telling: Telling, sentence: Span, trigger: Span) -> str | None:
        """The actor mentioned last before the trigger in its sentence."""
        before = [
            (span.end, actor.id)
            for actor in telling.reading.actors
            for span in actor.mentions
            if sentence.start <= span.start and span.end <= trigger.start
        ]
        return max(before, default=(0, None))[1]

    def _side(self, id: str | None, name: str | None) -> frozenset[str]:
        return self._sides.get(id, frozenset()) if id else self._terms(name or "")


def _about(text: str) -> frozenset[str]:
    """What words are about: their stems, and the kinds of happening they name, so that "death" meets "killed"."""
    return content(text) | {f"kind {kind}" for kind in kinds(text)}


def _same_sentence(claim: _Claim, sentence: Span) -> bool:
    return claim.shown.start < sentence.end and sentence.start < claim.shown.end


# ── claims and denials ────────────────────────────────────────────────────────────────────────────────────────────


def _denials(claims: Mapping[str, Sequence[_Claim]]) -> Iterable[Dispute]:
    """Every denial with the claim that it is about: the likest in its own report, else in another report of those days."""
    by_stem: dict[str, list[_Claim]] = defaultdict(list)
    for report in claims.values():
        for claim in report:
            if not claim.denial:
                for stem in claim.about:
                    by_stem[stem].append(claim)
    for report in claims.values():
        for denial in (claim for claim in report if claim.denial):
            denied = _denied_here(denial, report) or _denied_elsewhere(denial, by_stem)
            if denied:
                yield _dispute([denied, denial])


def _denied_here(denial: _Claim, report: Sequence[_Claim]) -> _Claim | None:
    bare = denial.about <= _about(_POINTERS)
    named = denial.about - _about(_POINTERS)

    def fit(claim: _Claim) -> float:
        back = denial.start - claim.start
        near = 1 / (1 + abs(back) / 300)
        score = overlap(named, claim.about) + 0.5 * near + (0.1 if back > 0 else 0.0) + (0.2 if claim.row else 0.0)
        score += 0.4 if denial.side & claim.names else 0.0
        score += 0.2 if claim.side & denial.names else 0.0
        score -= 0.3 if claim.row and claim.row.parent else 0.0
        score += 0.5 if denial.about >= _ACCUSES and _about(claim.shown.text) >= _ACCUSES else 0.0
        return score + (1.0 if claim.row and denial.row and _over(claim, denial) else 0.0)

    def fits(claim: _Claim) -> bool:
        if not _opposed(claim, denial):
            return False
        if _over(claim, denial):
            return claim.row is not None and claim.by is not None
        if bare:
            return 0 < denial.start - claim.start <= _NEAR
        pointed = bool(denial.side & claim.names or claim.side & denial.names)
        return overlap(named, claim.about) >= ((0.15 if pointed else 0.3) if claim.row else 0.5)

    return max((claim for claim in report if fits(claim)), key=fit, default=None)


def _denied_elsewhere(denial: _Claim, by_stem: Mapping[str, list[_Claim]]) -> _Claim | None:
    named = denial.about - _about(_POINTERS)
    rare = [
        stem for stem in sorted(named, key=lambda s: (len(by_stem.get(s, ())), s)) if len(by_stem.get(stem, ())) <= 400
    ][:6]
    pool = {id(claim): claim for stem in rare for claim in by_stem.get(stem, ())}
    options = [
        c
        for c in pool.values()
        if c.telling.report != denial.telling.report
        and _opposed(c, denial)
        and c.day
        and denial.day
        and 0 <= (denial.day - c.day).days <= _DAYS
        and len(named & c.about) >= 3
        and overlap(named, c.about) >= (0.4 if denial.side & c.names or c.side & denial.names else 0.6)
    ]
    return max(
        options, key=lambda c: (overlap(named, c.about), c.row is not None, c.telling.report, -c.start), default=None
    )


def _opposed(claim: _Claim, denial: _Claim) -> bool:
    """Whether a claim may be what a denial is about: not itself a denial, not the same speaker's nor that of one who speaks for them."""
    if claim is denial or claim.denial or (claim.by is not None and claim.by == denial.by):
        return False
    low, high = sorted((claim.side, denial.side), key=len)
    return not low or not low <= high


def _over(one: _Claim, other: _Claim) -> bool:
    return one.telling.report == other.telling.report and one.start < other.end and other.start < one.end


def _contradictions(
    claims: Mapping[str, Sequence[_Claim]], denied: Set[tuple[str, int]], states: Set[str]
) -> Iterable[Dispute]:
    """Statements of two speakers, one of which says that there is not what the other speaks of: next to each other and in the same
    words; or under a sentence that calls the matter disputed; or where one accuses and the accused says no. ``denied`` are the
    places of claims whose denial is already found, ``states`` the plain names of states.
    """
    for report in claims.values():
        spoken = [
            c for c in report if c.row is not None and not c.denial and (c.telling.report, c.shown.start) not in denied
        ]
        settled: set[int] = set()
        for i, one in enumerate(spoken):
            for gap, two in enumerate(spoken[i + 1 : i + 4]):
                if (
                    one.by is None
                    or two.by is None
                    or one.by == two.by
                    or one.negative == two.negative
                    or _over(one, two)
                ):
                    continue
                no, yes = (one, two) if one.negative else (two, one)
                shared = no.about & yes.about
                same = gap == 0 and len(no.about) <= 16 and overlap(_stems(no), _stems(yes)) >= 0.5
                contested = gap == 0 and bool(shared) and bool(_contested(one))
                accused = (
                    bool(no.side & yes.names & states) and bool(shared & _DEEDS) and not _AHEAD.search(yes.shown.text)
                )
                if (same or contested or accused) and id(no) not in settled:
                    settled.add(id(no))
                    yield _dispute([yes, no])


def _stems(claim: _Claim) -> frozenset[str]:
    """What a claim is about, by its own words alone."""
    return frozenset(stem for stem in claim.about if not stem.startswith("kind "))


def _contested(claim: _Claim) -> re.Match[str] | None:
    """A sentence shortly before a claim that calls the matter disputed."""
    return _CONTESTED.search(claim.telling.text, max(0, claim.shown.start - 160), claim.shown.start)


def _dispute(sides: Sequence[_Claim]) -> Dispute:
    """A dispute over what the last side denies."""
    shown = [
        DisputeSide(
            by=c.by,
            text=clip(c.shown.text),
            report=c.telling.report,
            date=(c.row.date if c.row else None) or (c.telling.published or "")[:10] or None,
            pin=_pin(c.telling, c.shown),
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


def _pin(telling: Telling, span: Span) -> Pin:
    return Pin(report=telling.report, version=telling.version, start=span.start, end=span.end, text=span.text)


# ── figures ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class _Count:
    """A figure with its sentence and the kinds of happening that it counts."""

    row: FigureRow
    telling: Telling
    sentence: Span
    counted: frozenset[str]


def _figures(tellings: Sequence[Telling], figures: Sequence[FigureRow]) -> Iterable[Dispute]:
    """Two claimants' figures for one thing at one time that cannot both be right. A toll that grows over days is no dispute."""
    texts = {telling.report: telling for telling in tellings}
    counts = []
    for row in figures:
        if row.value is not None and row.claimant is not None:
            telling = texts[row.report]
            sentence = sentence_around(telling.text, telling.parts, row.pin.start, row.pin.end)
            counts.append(_Count(row, telling, sentence, _counted(row, telling, sentence)))
    blocks: dict[tuple[str, str], list[_Count]] = defaultdict(list)
    for count in counts:
        for kind in count.counted:
            blocks[kind, (count.row.as_of or count.row.date or "")[:7]].append(count)
    for block in blocks.values():
        for a, b in combinations(block[:200], 2):
            if _rivals(a, b) and _one_time(a.row, b.row) and _one_matter(a, b):
                yield _figure_dispute(a, b)
    by_report: dict[str, list[_Count]] = defaultdict(list)
    for count in counts:
        by_report[count.row.report].append(count)
    for report, counted in by_report.items():
        counted.sort(key=lambda count: count.row.pin.start)
        for i, b in enumerate(counted):
            # "the union spoke of 40" sets its number against the one before it.
            if _recount(b):
                before = [a for a in counted[max(0, i - 3) : i] if b.row.pin.start - a.row.pin.end <= _NEXT]
                against = next((a for a in reversed(before) if _rivals(a, b) and _alike(a, b)), None)
                if against is not None:
                    yield _figure_dispute(against, b)
        telling = texts[report]
        for match in _CONTESTED.finditer(telling.text):
            if not _NUMBER.search(sentence_around(telling.text, telling.parts, match.start(), match.end()).text):
                continue
            near = [c for c in counted if -_AROUND <= c.row.pin.start - match.start() <= _AROUND]
            for a, b in combinations(near, 2):
                if _rivals(a, b) and _alike(a, b) and a.counted == b.counted:
                    yield _figure_dispute(a, b)


def _recount(count: _Count) -> bool:
    """Whether the words around a number say that somebody counts."""
    start, end = count.row.pin.start, count.row.pin.end
    return bool(counter(count.telling, start, end) or counting_words(count.telling, start, end))


def _counted(row: FigureRow, telling: Telling, sentence: Span) -> frozenset[str]:
    """The kinds of happening that a figure counts, by the words for what is counted and those right after the number."""
    after = telling.text[row.pin.end : min(sentence.end, row.pin.end + 40)]
    return (kinds(row.of) | kinds(" ".join(after.split()[:5]))) & _COUNTED


def _rivals(a: _Count, b: _Count) -> bool:
    """Two claimants, two values that cannot both be right."""
    low_a, high_a = _range(a.row)
    low_b, high_b = _range(b.row)
    return a.row.claimant != b.row.claimant and (high_a < low_b or high_b < low_a)


def _range(row: FigureRow) -> tuple[float, float]:
    """What a figure allows: "more than" has no upper end, "about" leaves a tenth."""
    value = row.value if isinstance(row.value, tuple) else (row.value, row.value)
    low, high = float(value[0] or 0), float(value[1] or 0)
    if row.bound == "over":
        return low, float("inf")
    if row.bound == "under":
        return float("-inf"), high
    return (low * 0.9, high * 1.1) if row.bound == "about" else (low, high)


def _one_time(a: FigureRow, b: FigureRow) -> bool:
    one, two = bounds(a.as_of or a.date), bounds(b.as_of or b.date)
    if one is None or two is None:
        return a.report == b.report
    return one.meets(two, slack=int(a.report != b.report))


def _one_matter(a: _Count, b: _Count) -> bool:
    """Whether two counts of one kind are of one happening: of one report next to each other, or in like words."""
    if a.row.report == b.row.report:
        return abs(a.row.pin.start - b.row.pin.start) <= _AROUND
    return overlap(content(a.sentence.text), content(b.sentence.text)) >= 0.3


def _alike(a: _Count, b: _Count) -> bool:
    """Whether two numbers near a contested one may be it: not counts of two things, and not of quite another size."""
    if a.counted and b.counted and not a.counted & b.counted:
        return False
    if a.row.unit != b.row.unit and "-" not in (a.row.unit, b.row.unit) and not a.counted | b.counted:
        return False
    low_a, low_b = (
        abs(float((r.value if not isinstance(r.value, tuple) else r.value[0]) or 0)) for r in (a.row, b.row)
    )
    return max(low_a, low_b) <= 4 * min(low_a, low_b)


def _figure_dispute(a: _Count, b: _Count) -> Dispute:
    return Dispute(
        id=content_id("d", a.row.id, b.row.id),
        about=f"{a.row.of}: {a.row.pin.text} / {b.row.pin.text}",
        sides=[
            DisputeSide(
                by=c.row.claimant,
                text=clip(c.sentence.text),
                report=c.row.report,
                date=c.row.date,
                pin=_pin(c.telling, c.sentence),
            )
            for c in (a, b)
        ],
        statements=[],
        figures=[a.row.id, b.row.id],
    )
