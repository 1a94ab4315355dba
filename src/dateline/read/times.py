"""The times of a report: TIMEX3 expressions, each resolved against the day that its part of the report leans on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import groupby

from spacy.tokens import Token

from dateline.read.calendar import Period, day_or_none
from dateline.read.document import Document
from dateline.read.timex import Context, Rule, Sense, Tense, rules, words_of
from dateline.records import Basis, Part, Time

_FUTURE_AUXILIARIES = frozenset({"will", "shall", "'ll", "’ll", "wo", "would"})
_AHEAD = frozenset(
    [
        "plan",
        "expect",
        "schedule",
        "set",
        "due",
        "slate",
        "intend",
        "hope",
        "want",
        "promise",
        "vow",
        "pledge",
        "aim",
        "prepare",
        "propose",
        "ask",
        "urge",
        "call",
        "agree",
        "decide",
        "ready",
        "likely",
        "continue",
        "order",
        "threaten",
        "hop",
        "mean",
        "tell",
        "need",
        "try",
        "seek",
        "demand",
        "force",
        "require",
        "allow",
    ]
)
_TIMETABLED = frozenset(
    [
        "begin",
        "start",
        "open",
        "close",
        "end",
        "expire",
        "resume",
        "depart",
        "leave",
        "arrive",
        "vote",
        "convene",
        "conclude",
        "take",
        "go",
        "enter",
    ]
)
_LOOKING_AHEAD = _AHEAD | frozenset(
    [
        "invite",
        "announce",
        "declare",
        "postpone",
        "delay",
        "move",
        "extend",
        "say",
        "book",
        "reserve",
        "subpoena",
        "summon",
        "convene",
        "be",
    ]
)
"""Verbs whose past still leaves a date open: what was announced on Monday for March may lie ahead."""
_DEADLINES = frozenset({"by", "until", "till"})


_CONTEMPORARY = timedelta(days=30)
_LATELY = timedelta(days=7)
_TOGETHER = timedelta(days=90)


def find(document: Document) -> list[Time]:
    """The times of everything but furniture, in order, none overlapping another."""
    article = _Anchor(document.published)
    sections = _sections(document)
    found: list[Time] = []
    told = _Named()
    for part in document.parts:
        if part.kind != "furniture":
            named = told if part.kind in ("body", "heading") else _Named()
            found += (time for time, _ in _in_part(document, part, sections.get(part.start, article), named))
    return found


@dataclass
class _Named:
    """The stretches of the calendar that a text has named last: any, a quarter, a day near its anchor."""

    last: Period | None = None
    quarter: Period | None = None
    lately: Period | None = None

    def note(self, period: Period, day: date | None) -> None:
        """Remember a stretch just named in a part that leans on a day."""
        self.last = period
        if period.grain == "day" and day is not None and abs(period.start - day) <= _LATELY:
            self.lately = period
        if period.grain == "quarter":
            self.quarter = period


# ── what a part leans on ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Anchor:
    """The day that a part's bare dates lean on. ``exact`` is False where only its month or so is sure."""

    day: date | None
    section: bool = False
    exact: bool = True


def _sections(document: Document) -> dict[int, _Anchor]:
    """For each side part that leans on another day than the article, by its start: what it leans on."""
    anchors: dict[int, _Anchor] = {}
    for group in _groups(document.parts):
        common = _common_day(document, group)
        for part in group:
            if part.date is not None and (own := _stated(part.date)) is not None:
                anchors[part.start] = own
            elif common is not None:
                anchors[part.start] = _Anchor(common, section=True, exact=False)
    return anchors


def _groups(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """The runs of side matter that nothing of the article interrupts."""
    for side, run in groupby((p for p in parts if p.kind != "furniture"), lambda p: p.kind in ("side", "side_title")):
        if side:
            yield list(run)


def _stated(edtf: str) -> _Anchor | None:
    """The anchor that a part's own date gives: the last day of the month or year where it names no day."""
    numbers = [int(n) for n in re.findall(r"\d+", edtf.split("/")[-1])[:3]]
    match numbers:
        case [year, month, day]:
            found = day_or_none(year, month, day)
            return _Anchor(found, section=True) if found else None
        case [year, month] if 1 <= month <= 12:
            return _Anchor(Period("month", date(year, month, 1)).end, section=True, exact=False)
        case [year]:
            return _Anchor(date(year, 12, 31), section=True, exact=False)
    return None


def _common_day(document: Document, group: Sequence[Part]) -> date | None:
    """The day on which the items of one group were last written, where that lies well before the publication.

    Captions are kept long after their day: where at least two dates without a year, each taken as the last such date before
    the publication, stand close together and none stands near the publication, the group is of the latest of them.
    """
    if document.published is None:
        return None
    before = _Anchor(document.published, section=True)
    bare: list[date] = []
    for part in group:
        for time, sense in _in_part(document, part, before, _Named()):
            period = sense.period
            if period is None or period.grain not in ("day", "month"):
                continue
            if sense.bare:
                bare.append(period.start)
            elif not sense.relative and document.published - period.end < _CONTEMPORARY and time.type == "DATE":
                return None
    if len(bare) < 2:
        return None
    last = max(bare)
    together = sum(last - day <= _TOGETHER for day in bare)
    if document.published - last <= _CONTEMPORARY or together < 2 or 2 * together <= len(bare):
        return None
    return last


# ── reading a part ────────────────────────────────────────────────────────────────────────────────────────────────


def _in_part(document: Document, part: Part, anchor: _Anchor, named: _Named) -> Iterator[tuple[Time, Sense]]:
    """The times of one part. At each place the first rule whose match makes sense is taken, longer matches first."""
    text = document.text[part.start : part.end]
    words = words_of(text)
    matches = [
        (m.start(), -m.end(), order, rule, m)
        for order, rule in enumerate(rules())
        if rule.may_match(words)
        for m in rule.pattern.finditer(text)
    ]
    matches.sort(key=lambda item: item[:3])
    position = 0
    for start, _, _, rule, m in matches:
        if start < position:
            continue
        context = Context(
            day=anchor.day,
            limit=document.published if anchor.section else None,
            find_tense=partial(tense, document, part.start + start, part.start + m.end()),
            before=text[max(0, start - 40) : start],
            after=text[m.end() : m.end() + 40],
            last=named.last,
            quarter=named.quarter,
            lately=named.lately,
        )
        sense = _sense(rule, m, context)
        if sense is not None and not anchor.exact and _too_fine(sense):
            sense = _sense(rule, m, replace(context, day=None, last=None))
        if sense is None:
            continue
        if sense.period is not None and not sense.derived:
            named.note(sense.period, anchor.day)
        position = m.end()
        span = document.span(part.start + start, part.start + position)
        basis: Basis = "stated" if not sense.relative else "section" if anchor.section else "relative"
        time = Time(
            start=span.start,
            end=span.end,
            text=span.text,
            type=sense.type,
            value=sense.value,
            edtf=sense.edtf,
            basis=basis,
        )
        yield time, sense


def _too_fine(sense: Sense) -> bool:
    """Whether an expression counts days or weeks from its anchor, which says nothing where that day is not sure."""
    return (
        sense.relative
        and not sense.bare
        and sense.period is not None
        and sense.period.grain in ("day", "weekend", "week")
    )


def _sense(rule: Rule, m: re.Match[str], context: Context) -> Sense | None:
    """A match's sense; None as well where it points outside the calendar ("20,000 years ago")."""
    try:
        return rule.build(m, context)
    except (OverflowError, ValueError):
        return None


def tense(document: Document, start: int, end: int) -> Tense | None:
    """The tense of the verb that a stretch hangs on: "would" and plans count as future, None where no verb tells."""
    span = document.doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    token: Token = span.root
    preposition = token.head.lower_ if token.head.pos_ in ("ADP", "SCONJ") else ""
    if span.root.dep_ in ("compound", "nmod", "amod", "poss") and span.root.head.pos_ == "NOUN":
        return None
    if re.search(r"\b(?:effective|due|expiring)\s+$", document.text[max(0, start - 12) : start]):
        return "future"
    if preposition == "since" or document.text[end : end + 2] in ("'s", "’s"):
        return "past"
    for head in token.ancestors:
        if head.pos_ not in ("VERB", "AUX"):
            continue
        found = _verb_tense(head)
        if found is not None:
            if found == "past" and head.tag_ == "VBD" and _hangs_on(token, head) and head.lemma_ not in _LOOKING_AHEAD:
                return "done"
            open_end = found == "present" or any(t.lower_ in ("has", "have") for t in head.children)
            return "future" if open_end and preposition in _DEADLINES else found
    return None


def _hangs_on(token: Token, verb: Token) -> bool:
    """Whether a date stands under a verb with nothing but a preposition between them."""
    head = token.head
    return head == verb or (head.pos_ == "ADP" and head.lower_ not in _DEADLINES and head.head == verb)


def _verb_tense(verb: Token) -> Tense | None:
    """The tense of one verb with its auxiliaries; None for a bare participle or infinitive that says nothing by itself."""
    auxiliaries = [t for t in verb.children if t.dep_ in ("aux", "auxpass")]
    words = {t.lower_ for t in auxiliaries}
    if "had" in words:
        return "past"
    if words & _FUTURE_AUXILIARIES or "going" in words:
        # "could have fallen on Tuesday" looks back
        return "past" if "have" in words else "future"
    if words & {"had", "has", "have", "was", "were", "did", "'d", "’d"} or verb.tag_ == "VBD":
        if verb.tag_ == "VBG" and verb.lower_ == "going":
            return "future"
        return "past"
    if "to" in words and verb.tag_ == "VB":
        governor = verb.head
        if governor != verb and any(t.lower_ == "had" for t in governor.children):
            return "past"
        if governor.lemma_.lower() in _AHEAD or governor.tag_ in ("VBZ", "VBP", "NN", "NNS"):
            return "future"
        return _verb_tense(governor) if governor != verb and governor.pos_ in ("VERB", "AUX") else "future"
    if verb.tag_ in ("VBZ", "VBP") and verb.lemma_ in _TIMETABLED:
        return "future"
    if verb.tag_ in ("VBZ", "VBP") or words & {"is", "are", "'s", "’s", "'re", "’re", "am"}:
        return "future" if verb.tag_ in ("VBG", "VBN") and verb.lemma_ in _AHEAD | {"go"} else "present"
    if verb.tag_ == "VBN" and not auxiliaries:
        return "future" if verb.lemma_ in ("schedule", "expect", "plan", "slate") else "past"
    if verb.tag_ == "VB" and not auxiliaries:
        return "future"
    return None
