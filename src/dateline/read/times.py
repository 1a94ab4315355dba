"""The times of a report: TIMEX3 expressions, each resolved against the day that its part of the report leans on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from spacy.tokens import Token

from dateline.read.calendar import Period
from dateline.read.document import Document
from dateline.read.timex import Context, Rule, Sense, Tense, rules
from dateline.records import Part, Time

_FUTURE_AUXILIARIES = frozenset({"will", "shall", "'ll", "’ll", "wo", "would"})
_AHEAD = frozenset(
    ["plan", "expect", "schedule", "set", "due", "slate", "intend", "hope", "want", "promise", "vow", "pledge", "aim", "prepare", "propose", "ask", "urge", "call", "agree", "decide", "ready", "likely", "continue", "order", "threaten", "hop", "mean", "tell", "need", "try", "seek", "demand", "force", "require", "allow"]
)
_DEADLINES = frozenset({"by", "until", "till"})


def find(document: Document) -> list[Time]:
    """The times of everything but furniture, in order, none overlapping another."""
    found: list[Time] = []
    anchors = _anchors(document)
    for part in document.parts:
        if part.kind != "furniture":
            found += _in_part(document, part, *anchors.get(part.start, (document.published, False)))
    return found


# ── what a part leans on ──────────────────────────────────────────────────────────────────────────────────────────


def _anchors(document: Document) -> dict[int, tuple[date | None, bool]]:
    """For each part apart from the article, by its start: its day, and whether it is told as past of that day."""
    return {}


# ── reading a part ────────────────────────────────────────────────────────────────────────────────────────────────


def _in_part(document: Document, part: Part, day: date | None, section: bool) -> Iterator[Time]:
    """The times of one part. At each place the first rule whose match makes sense is taken, longer matches first."""
    text = document.text[part.start : part.end]
    matches = [
        (m.start(), -m.end(), order, rule, m) for order, rule in enumerate(rules()) for m in rule.pattern.finditer(text)
    ]
    matches.sort(key=lambda item: item[:3])
    last: Period | None = None
    position = 0
    for start, negative_end, _, rule, m in matches:
        if start < position:
            continue
        context = Context(
            day=day,
            backward=section,
            find_tense=lambda a=part.start + start, b=part.start - negative_end: tense(document, a, b),
            before=text[max(0, start - 40) : start],
            after=text[-negative_end : 40 - negative_end],
            last=last,
        )
        sense = _sense(rule, m, context)
        if sense is None:
            continue
        last = sense.period or last
        position = -negative_end
        span = document.span(part.start + start, part.start + position)
        yield Time(
            start=span.start,
            end=span.end,
            text=span.text,
            type=sense.type,
            value=sense.value,
            edtf=sense.edtf,
            basis="section" if section and sense.relative else "relative" if sense.relative else "stated",
        )


def _sense(rule: Rule, match: object, context: Context) -> Sense | None:
    """A match's sense; None as well where it points outside the calendar ("20,000 years ago")."""
    try:
        return rule.build(match, context)  # type: ignore[arg-type]
    except (OverflowError, ValueError):
        return None


def tense(document: Document, start: int, end: int) -> Tense | None:
    """The tense of the verb that a stretch hangs on: "would" and plans count as future, None where no verb tells."""
    span = document.doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    token: Token = span.root
    preposition = token.head.lower_ if token.head.pos_ in ("ADP", "SCONJ") else ""
    if preposition == "since" or document.text[end : end + 2] in ("'s", "’s"):
        return "past"
    for head in token.ancestors:
        if head.pos_ not in ("VERB", "AUX"):
            continue
        found = _verb_tense(head)
        if found is not None:
            return "future" if found == "present" and preposition in _DEADLINES else found
    return None


def _verb_tense(verb: Token) -> Tense | None:
    """The tense of one verb with its auxiliaries; None for a bare participle or infinitive that says nothing by itself."""
    auxiliaries = [t for t in verb.children if t.dep_ in ("aux", "auxpass")]
    words = {t.lower_ for t in auxiliaries}
    if words & _FUTURE_AUXILIARIES or "going" in words:
        # "could have fallen on Tuesday" looks back
        return "past" if "have" in words else "future"
    if words & {"had", "has", "have", "was", "were", "did", "'d", "’d"} or verb.tag_ == "VBD":
        if verb.tag_ == "VBG" and verb.lower_ == "going":
            return "future"
        return "past"
    if "to" in words and verb.tag_ == "VB":
        governor = verb.head
        if governor.lemma_.lower() in _AHEAD or governor.tag_ in ("VBZ", "VBP", "NN", "NNS"):
            return "future"
        return _verb_tense(governor) if governor != verb and governor.pos_ in ("VERB", "AUX") else "future"
    if verb.tag_ in ("VBZ", "VBP") or words & {"is", "are", "'s", "’s", "'re", "’re", "am"}:
        return "future" if verb.tag_ in ("VBG", "VBN") and verb.lemma_ in _AHEAD | {"go"} else "present"
    if verb.tag_ == "VBN" and not auxiliaries:
        return "future" if verb.lemma_ in ("schedule", "expect", "plan", "slate", "due", "set") else "past"
    if verb.tag_ == "VB" and not auxiliaries:
        return "future"
    return None
