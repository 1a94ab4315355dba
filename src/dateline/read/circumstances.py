"""Around a cue: when something was said, on what occasion, in which medium, to whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from dateline.read.actors import Actors
from dateline.read.document import Document
from dateline.records import Span, Time

_MEDIA = frozenset([
    "television", "tv", "radio", "newspaper", "magazine", "article", "op-ed", "column", "editorial", "statement", "tweet", "post",
    "letter", "video", "blog", "report", "broadcast", "facebook", "twitter", "telegram", "instagram", "youtube", "tiktok", "weibo",
    "linkedin", "email", "memo", "release", "book", "memoir", "essay", "podcast", "website", "message", "note", "channel", "page",
    "documentary", "communique", "communiqué", "declaration", "dispatch", "diary", "filing", "affidavit", "pamphlet", "leaflet",
    "petition", "bulletin", "newsletter", "journal", "thread", "clip", "recording", "program", "programme", "show",
])  # fmt: skip
_OCCASIONS = frozenset([
    "interview", "speech", "conference", "briefing", "meeting", "summit", "rally", "debate", "conversation", "call", "hearing", "visit",
    "talks", "address", "ceremony", "event", "session", "broadcast", "appearance", "testimony", "lecture", "forum", "trial", "trip",
    "news-conference", "remarks", "gathering", "exchange", "phone-in", "reception", "convention", "vigil", "sermon", "sitting", "panel",
    "opening", "inauguration", "launch", "congress", "assembly", "funeral", "commemoration", "festival", "parade", "tour", "luncheon",
    "dinner", "breakfast", "banquet", "roundtable", "seminar", "workshop", "symposium", "fundraiser", "negotiation", "inquest", "inquiry",
])  # fmt: skip
_INTRODUCING = frozenset({"in", "on", "during", "at", "to", "via", "through", "after", "with", "over"})
_SPEAKING = frozenset({"speak", "talk", "appear", "testify"})
_WRITING = frozenset({"write", "blog", "publish", "editorialize"})
_SAYING = _WRITING | {"say", "tell", "claim", "argue", "add", "announce", "insist", "warn", "explain"}
# What somebody did to a document or an occasion on the day that stands beside it: "a letter dated 2 March".
_ISSUED = frozenset(
    {
        "date",
        "publish",
        "release",
        "post",
        "issue",
        "air",
        "broadcast",
        "print",
        "record",
        "hold",
        "deliver",
        "send",
        "sign",
    }
)
# "Made the remarks": what was said, told apart from how.
_SAID = frozenset(
    {"remark", "comment", "statement", "announcement", "claim", "accusation", "appeal", "declaration", "admission"}
)
_PLACES = frozenset({"GPE", "LOC", "FAC", "DATE", "TIME", "NORP", "CARDINAL", "PERSON"})


@dataclass(frozen=True)
class Circumstances:
    """What stands around a cue; None for what is not told."""

    date: str | None = None
    occasion: Span | None = None
    medium: Span | None = None
    addressee: str | None = None


@dataclass(frozen=True)
class Remark:
    """A sentence that only tells how something was said elsewhere: "She made the remarks in an interview on Sunday." """

    speaker: str
    start: int
    end: int
    told: Circumstances


def remarks(document: Document, actors: Actors, times: Sequence[Time]) -> list[Remark]:
    """The sentences of a document that tell how their subject said what stands around them."""
    found = []
    for sentence in document.sentences:
        root = sentence.root
        subject = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        made = root.lemma_ == "make" and any(c.dep_ == "dobj" and c.lemma_.lower() in _SAID for c in root.children)
        spoke = root.lemma_ in ("speak", "interview") and not any(c.dep_ in ("ccomp", "neg") for c in root.children)
        speaker = actors.at(subject.idx, subject.idx + len(subject)) if subject is not None else None
        if speaker is not None and (made or spoke):
            told = circumstances(document, actors, times, root, (root.i,), ())
            found.append(Remark(speaker, sentence.start_char, sentence.end_char, told))
    return found


def completed(
    told: Circumstances, all_remarks: Sequence[Remark], speaker: str | None, start: int, end: int, text: str
) -> Circumstances:
    """What is told of a statement between two offsets, its gaps filled from its speaker's nearest remark in the same paragraph or the next."""
    near = [
        remark
        for remark in all_remarks
        if remark.speaker == speaker
        and text[min(end, remark.end) : max(start, remark.start)].strip().count("\n\n") <= 1
    ]
    if not near:
        return told
    other = min(near, key=lambda remark: max(remark.start - end, start - remark.end)).told
    return Circumstances(
        told.date or other.date,
        told.occasion or other.occasion,
        told.medium or other.medium,
        told.addressee or other.addressee,
    )


def circumstances(
    document: Document,
    actors: Actors,
    times: Sequence[Time],
    head: Token | None,
    cue: Sequence[int],
    content: Sequence[tuple[int, int]],
) -> Circumstances:
    """What the cue's sentence tells outside the content."""
    if head is None:
        return Circumstances()
    sentence = head.sent

    def outside(token: Token) -> bool:
        return not any(start <= token.idx < end for start, end in content)

    date = _date(times, head, content)
    occasion = medium = None
    addressee = None
    for token in document.tokens_in(sentence):
        if token.dep_ != "prep" or not outside(token) or token.lower_ not in _INTRODUCING or token.i in cue:
            continue
        noun = next((c for c in token.children if c.dep_ == "pobj"), None)
        if noun is None or not outside(noun):
            continue
        span = _phrase(document, noun, lambda t: outside(t) and t.i not in cue)
        span = _dateless(document, times, span)
        introduced = token.lower_
        if introduced in ("in", "on", "via", "through") and (_is_medium(noun) or _names_medium(token, noun, head)):
            medium = medium or span
            addressee = addressee or _partner(noun, actors, "to")
        elif introduced in ("in", "during", "at", "after", "on") and _is_occasion(token, noun):
            occasion = occasion or span
            addressee = addressee or _partner(noun, actors, "with")
        elif introduced == "to" and token.head == head:
            addressee = addressee or actors.at(noun.idx, noun.idx + len(noun))
    return Circumstances(date, occasion, medium, addressee)


def _is_medium(noun: Token) -> bool:
    return noun.lemma_.lower() in _MEDIA


def _names_medium(preposition: Token, noun: Token, cue: Token) -> bool:
    """Whether a name is where it was said: "wrote in the Courier", "said on Radio Nord"."""
    if noun.pos_ != "PROPN" or noun.ent_type_ in _PLACES or preposition.head != cue:
        return False
    return cue.lemma_.lower() in (_WRITING if preposition.lower_ == "in" else _SAYING)


def _is_occasion(preposition: Token, noun: Token) -> bool:
    """Whether something was said on an occasion: one of the known ones, or whatever one was "speaking at"."""
    speaking = preposition.head
    at = speaking.lemma_.lower() in _SPEAKING and speaking.tag_ == "VBG" and preposition.lower_ in ("at", "during")
    return noun.lemma_.lower() in _OCCASIONS or (at and noun.ent_type_ not in _PLACES)


def _dateless(document: Document, times: Sequence[Time], span: Span) -> Span:
    """A phrase without the day at its end: "a hearing in February" is a hearing."""
    time = next((t for t in times if span.start < t.start < span.end <= t.end), None)
    if time is None:
        return span
    before = document.text[span.start : time.start].split()
    linked = before[-1].lower() in ("in", "on", "at", "last", "late", "early") if before else False
    if not linked or len(before) < 2:
        return span
    start = document.text.rindex(before[-1], span.start, time.start)
    return document.span(span.start, start)


def _phrase(document: Document, noun: Token, free: Callable[[Token], bool]) -> Span:
    """A noun's phrase, as far as its tokens are free."""
    doc = noun.doc
    first = last = noun.i
    while first > noun.left_edge.i and free(doc[first - 1]):
        first -= 1
    while last < noun.right_edge.i and free(doc[last + 1]):
        last += 1
    while last > noun.i and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    return document.of_tokens(doc[first : last + 1])


def _partner(noun: Token, actors: Actors, preposition: str) -> str | None:
    """With whom a conversation was, to whom a letter: "in a call with X", "in a letter to X"."""
    for child in noun.children:
        if child.lower_ == preposition:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return actors.at(inner.idx, inner.idx + len(inner))
    return None


def _date(times: Sequence[Time], head: Token, content: Sequence[tuple[int, int]]) -> str | None:
    """The day on which it was said: a date outside the content that hangs on the cue, else the only one in its sentence."""
    sentence = head.sent
    free = [
        time
        for time in times
        if sentence.start_char <= time.start < sentence.end_char
        and time.edtf is not None
        and time.type in ("DATE", "TIME")
        and not any(start <= time.start < end for start, end in content)
    ]
    loose: list[Time] = []
    for time in free:
        token = next((t for t in sentence if t.idx <= time.start < t.idx + len(t)), None)
        while token is not None and token != head and token.head != token:
            token = token.head
            issued = token.dep_ == "acl" and token.lemma_.lower() in _ISSUED
            if token.pos_ in ("VERB", "AUX") and not issued:
                break
        if token == head:
            return time.edtf
        if token is not None and token.pos_ not in ("VERB", "AUX"):
            loose.append(time)
    return loose[0].edtf if len(loose) == 1 else None
