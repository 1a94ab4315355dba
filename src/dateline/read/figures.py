"""The figures of a report: quantities with value, bound, trend, unit, what they count, as of when and on whose word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dateline.read.claimants import Actors, Claimants
from dateline.read.counting import (
    FATES,
    MORE,
    NUMBER_NEXT,
    counted_before,
    tallied,
    token_at,
    with_shared_units,
    with_unit,
)
from dateline.read.document import Document
from dateline.read.quantities import Quantity, hedged, joined, scan
from dateline.read.units import SPANS_OF_TIME, measures, unit_name, unit_pattern
from dateline.records import Figure, Span, Statement, Time

TRENDS: dict[str, Literal["up", "down"]] = {
    **dict.fromkeys(
        "rise gain climb jump increase advance surge soar grow leap rally rocket spike expand swell".split(),  # noqa: SIM905
        "up",
    ),
    **dict.fromkeys(
        [
            "fall",
            "drop",
            "decline",
            "lose",
            "slip",
            "slide",
            "tumble",
            "sink",
            "shed",
            "plunge",
            "decrease",
            "plummet",
            "shrink",
            "dip",
            "cut",
            "reduce",
            "retreat",
            "slump",
            "contract",
            "crash",
            "dive",
            "ease",
            "lower",
        ],
        "down",
    ),
}


def find(document: Document, times: Sequence[Time], actors: Actors, statements: Sequence[Statement]) -> list[Figure]:
    """The figures of everything but furniture, in order, none overlapping another.

    Left out: dates and clocks (``times`` tells them), ordinals, scores, numbers in names, and "one of the".
    """
    dates = [(t.start, t.end) for t in times if t.type not in ("DURATION", "SET")]
    found: list[Figure] = []
    claimants = Claimants(document, actors, statements)
    for sentence in document.sentences:
        for quantity in _quantities(document, sentence, dates):
            span = document.span(quantity.start, quantity.end)
            found.append(
                Figure(
                    start=span.start,
                    end=span.end,
                    text=span.text,
                    value=quantity.value,
                    bound=quantity.bound,
                    trend=quantity.trend,
                    unit=quantity.unit or "-",
                    of=_measured(document, quantity, sentence),
                    claimant=claimants.of(quantity, sentence),
                    as_of=_as_of(document, quantity, sentence, times),
                )
            )
    return found


def _quantities(document: Document, sentence: Tokens, dates: Sequence[tuple[int, int]]) -> list[Quantity]:
    """The quantities of a sentence, ranges joined, units, hedges and trends known."""
    text, start, end = document.text, sentence.start_char, sentence.end_char
    found = [q for q, form in scan(text, start, end, dates) if not _counts_nothing(document, q, form, dates)]
    found = list(joined(text, [with_unit(document, q, end) for q in found]))
    found = [tallied(document, q) for q in with_shared_units(text, found)]
    found = [_with_hedge(document, q, start) for q in found if not _is_set_apart(document, q)]
    return _with_shared_trends(document, [_with_trend(document, q) for q in found])


def _with_hedge(document: Document, q: Quantity, start: int) -> Quantity:
    """The quantity with the hedge before it, if that is no particle of a verb ("handed over two boxes")."""
    wide = hedged(document.text, q, start)
    token = token_at(document, wide.start)
    return q if wide.start < q.start and token is not None and token.dep_ == "prt" else wide


# ── numbers that count nothing ────────────────────────────────────────────────────────────────────────────────────

_ONE_STANDS_ALONE = re.compile(
    r"(?i)\s+(?:of|another|day|could|can|must|should|would|is|was|who|that|thing|way|side|hand|point|which|more|and|has)\b"
    r"|[-–]|\s*[.,;:!?)]"
)
_NOT_A_COUNT_BEFORE = re.compile(
    r"(?i)\b(?:no|this|that|the|which|any|every|each|another|some|new|last|first|next|right|wrong|other|big|good|a)\s+$"
)


def _counts_nothing(document: Document, q: Quantity, form: str, dates: Sequence[tuple[int, int]]) -> bool:
    """Whether the parse shows a number to be part of a name ("iPhone 11"), or "one" to be a pronoun."""
    token = token_at(document, q.core)
    if token is None:
        return True
    if form == "words" and q.value == 1:
        return not _counts_one(document, q, token)
    if form == "words" and token.text[0].isupper() and token.i > token.sent.start and token.nbor(-1).pos_ == "PROPN":
        return True
    if form != "digits" or q.unit is not None or unit_pattern().match(document.text, q.end):
        return False
    previous = token.nbor(-1) if token.i > token.sent.start else None
    named = previous is not None and (previous.pos_ == "PROPN" or previous.text[1:] != previous.lower_[1:])
    if previous is None or not named or any(a <= previous.idx < b for a, b in dates):
        return False
    following = token.nbor(1) if token.i + 1 < token.sent.end else None
    bare = isinstance(q.value, int) and "," not in document.text[q.core : q.end] and q.end - q.core <= 4
    return bare and (following is None or following.tag_ not in ("NNS", "JJ"))


def _counts_one(document: Document, q: Quantity, token: Token) -> bool:
    """Whether "one" is a count ("one soldier", "one to two years") and no pronoun ("one of the", "the one", "one day")."""
    text = document.text
    if NUMBER_NEXT.match(text, q.end):
        return True
    if _ONE_STANDS_ALONE.match(text, q.end) or _NOT_A_COUNT_BEFORE.search(text[max(0, q.start - 12) : q.start]):
        return False
    return token.dep_ == "nummod" and token.head.i > token.i


def _is_set_apart(document: Document, q: Quantity) -> bool:
    """Whether a number without a unit numbers a list ("3. Vote") or is an age beside a name ("Ana Ruiz, 44, said")."""
    if q.unit is not None:
        return False
    before, after = document.text[max(0, q.start - 40) : q.start], document.text[q.after : q.after + 20]
    if re.search(r"(?:^|\n)\s*$", before) and re.match(r"[.)]\s", after):
        return True
    return (
        before.endswith(", ") and bool(re.match(r"\s*[,.]", after)) and isinstance(q.value, int) and 0 < q.value < 120
    )


# ── rise or fall ──────────────────────────────────────────────────────────────────────────────────────────────────


def _with_trend(document: Document, q: Quantity) -> Quantity:
    """The quantity with its trend where it is the amount of a rise or fall, and not the level reached."""
    before = document.text[max(0, q.start - 30) : q.start].lower()
    if q.trend or q.value is None or re.search(r"\b(?:to|at|from|of)\s*$", before):
        return q
    if direct := re.search(r"(\w+)?\W+(up|down)(?:\s+by)?\s*$", before):
        given = re.match(r"g[ai]v|mak|made|pick|set", direct[1] or "")
        return q if given else replace(q, trend="up" if direct[2] == "up" else "down")
    token = token_at(document, q.core)
    if token is None or q.unit is None or q.unit.split(" per ")[0] in SPANS_OF_TIME:
        return q
    verb = next((t for t in token.ancestors if t.pos_ == "VERB"), None)
    if verb is None or verb.i > token.i or len(document.text[verb.idx : q.start].split()) > 4:
        return q
    trend = TRENDS.get(verb.lemma_.lower())
    # "fell by 20 boats" is a fall, "dropped two charges" is none.
    measured = q.unit.split(" per ")[0] in measures() or before.endswith("by ")
    return replace(q, trend=trend) if trend and measured else q


def _with_shared_trends(document: Document, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The quantities with a trend told once for several: "A was down 2 per cent, B by 3 per cent"."""
    found = list(quantities)
    for i, q in enumerate(found[1:], 1):
        last = found[i - 1]
        gap = document.text[last.after : q.start]
        if q.trend is None and q.unit == last.unit and re.fullmatch(r",?\s(?:and\s)?[^,.;]{1,40}\sby\s+", gap):
            between = document.doc.char_span(last.after, q.start, alignment_mode="expand") or ()
            if not any(t.lemma_.lower() in TRENDS for t in between):
                found[i] = replace(q, trend=last.trend)
    return found


# ── what, and when ─────────────────────────────────────────────────────────────────────────────────────

_SAYING = frozenset({"say", "tell", "report", "add", "think", "believe", "fear", "hope", "warn"})
_REACH = 8
"""How many words from the noun counted its verb or clause may end and still tell what is counted."""


def _measured(document: Document, q: Quantity, sentence: Tokens) -> Span | None:
    """What is counted or measured: the noun counted with its verb or clause, "of …" behind a share, or the subject."""
    token = token_at(document, q.core)
    if token is None:
        return None
    counted = counted_before(document, q) if q.after == q.end else None
    if counted is not None:
        last = counted.right_edge if counted.right_edge.i < counted.i + _REACH else counted
        return document.span(counted.idx, last.idx + len(last))
    noun = token_at(document, q.after - 1) if q.after > q.end else None
    if (
        noun is not None
        and (noun.pos_ in ("NOUN", "PROPN") or noun.lower_ in FATES)
        and noun.idx >= q.end
        and unit_name(noun.text) is None
    ):
        return _counted_words(document, q, token, noun, sentence)
    told = _share_of(document, q, token, sentence) or _holder(document, q, token)
    return told if told or q.unit in SPANS_OF_TIME else _subject(document, token)


def _counted_words(document: Document, q: Quantity, token: Token, noun: Token, sentence: Tokens) -> Span:
    """The noun counted with what tells which ones: its verb ("civilians were killed") or clause."""
    first = noun
    for word in document.doc[token.i : noun.i]:
        if word.idx >= q.end and word.pos_ not in ("DET", "PRON", "PUNCT") and word.lower_ not in ("of", *MORE):
            first = word
            break
    last = noun
    verb = noun.head
    if noun.dep_ in ("nsubj", "nsubjpass") and noun.i < verb.i < noun.i + _REACH:
        told = verb.pos_ == "VERB" and verb.lemma_ not in _SAYING
        particle = verb.nbor(1) if verb.i + 1 < sentence.end and verb.nbor(1).dep_ == "prt" else verb
        last = particle if told else noun
    else:
        clause = next((t for t in noun.rights if t.dep_ in ("acl", "prep")), None)
        if clause is not None and clause.right_edge.i < min(noun.i + _REACH, sentence.end):
            last = clause.right_edge
    if re.search(r"[\d,;]", document.text[noun.idx : last.idx]):
        last = noun
    return document.span(first.idx, last.idx + len(last))


def _share_of(document: Document, q: Quantity, token: Token, sentence: Tokens) -> Span | None:
    """The words behind "24 per cent of", "$2 billion in"."""
    follower = next((t for t in document.doc[token.i : sentence.end] if t.idx >= q.after), None)
    joins = ("of",) if q.unit in (None, "-", *SPANS_OF_TIME) else ("of", "in")
    if follower is None or follower.lower_ not in joins:
        return None
    held = next((t for t in follower.children if t.dep_ == "pobj"), None)
    return _phrase(document, held, follower.i + 1) if held is not None and held.pos_ != "PRON" else None


def _holder(document: Document, q: Quantity, token: Token) -> Span | None:
    """The noun that a measure stands before: "a $150,000 contract"."""
    for head in token.ancestors:
        if head.pos_ in ("VERB", "AUX"):
            return None
        if head.pos_ in ("NOUN", "PROPN") and head.idx >= q.after and unit_name(head.text) is None:
            first = next(
                t for t in document.doc[token.i : head.i + 1] if t.idx >= q.after and (t.is_alpha or t == head)
            )
            return document.span(first.idx, head.idx + len(head))
    return None


def _subject(document: Document, token: Token) -> Span | None:
    """The subject of the verb over a measure: "exports to China fell 7 per cent"."""
    for verb in token.ancestors:
        if verb.pos_ not in ("VERB", "AUX"):
            continue
        subject = next((t for t in verb.children if t.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is not None and subject.i < token.i and subject.pos_ != "PRON":
            return _phrase(document, subject, subject.left_edge.i)
        if verb.dep_ not in ("conj", "xcomp", "advcl", "aux", "pcomp", "ccomp"):
            return None
    return None


def _phrase(document: Document, head: Token, first: int) -> Span:
    """A noun with what stands before it, its article apart, and a short "of …" behind it."""
    start = document.doc[max(first, head.left_edge.i)]
    if start.pos_ == "DET" and start.i < head.i:
        start = start.nbor(1)
    preposition = next((t for t in head.rights if t.dep_ == "prep" and t.right_edge.i < head.i + _REACH), None)
    end = preposition.right_edge if preposition is not None else head
    return document.span(start.idx, end.idx + len(end))


def _as_of(document: Document, q: Quantity, sentence: Tokens, times: Sequence[Time]) -> str | None:
    """The EDTF date of the time that goes with the figure's verb, or with one above it; an open interval behind "since"."""
    near = [t for t in times if sentence.start_char <= t.start < sentence.end_char and t.edtf and t.type == "DATE"]
    token = token_at(document, q.core)
    if token is None or not near:
        return None
    verbs = _verbs_over(token)
    ranked = []
    for t in near:
        word = token_at(document, t.end - 1)
        over = _verbs_over(word) if word is not None else []
        within = word is not None and (token in word.ancestors or (not over and not verbs))
        apart = ";" in document.text[min(q.end, t.end) : max(q.start, t.start)]
        if not apart and (within or (over and over[0] in verbs)):
            ranked.append((0 if within else verbs.index(over[0]), max(q.start - t.end, t.start - q.end), t))
    if not ranked:
        return None
    time = min(ranked, key=lambda item: item[:2])[2]
    assert time.edtf is not None  # kept above
    if re.search(r"(?i)\bsince\s*(?:the\s+)?$", document.text[max(0, time.start - 10) : time.start]):
        return f"{time.edtf.split('/')[0]}/.."
    return time.edtf


def _verbs_over(token: Token) -> list[Token]:
    """The verbs that a word hangs on, nearest first."""
    return [t for t in (token, *token.ancestors) if t.pos_ in ("VERB", "AUX")]
