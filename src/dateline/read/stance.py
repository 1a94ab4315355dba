"""How somebody stands to what is said: denying it, asking it, refusing to say anything; and what is only supposed to be said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

_DENYING = frozenset({"deny", "denial", "refute", "rebut", "repudiate", "disavow"})
_REJECTING = frozenset({"reject", "dismiss", "brush aside", "brush off", "wave away", "scoff", "rubbish"})
# Who rejects one of these denies something; who rejects a plan or an offer does not.
_CLAIMS = frozenset([
    "claim", "allegation", "accusation", "charge", "report", "suggestion", "assertion", "rumor", "rumour", "statement",
    "speculation", "insinuation", "notion",
])  # fmt: skip
_UNTRUE = frozenset([
    "false", "untrue", "baseless", "unfounded", "groundless", "fabricated", "fabrication", "lie", "lies", "nonsense",
    "fake", "hoax", "libel", "slander",
])  # fmt: skip
_TRUTH = _UNTRUE | {"true"}
_NOT_SO = re.compile(
    r"\b(?:no|not a grain of|not a word of|any) truth (?:in|to)\b"
    r"|\bnot (?:a )?true\b|\bn['’]t true\b"
    r"|\b(?:had|have|has) nothing to do with\b"
    r"|\bnever (?:happened|took place)\b|\bdid(?:n['’]t| not) happen\b"
    r"|^\W*not guilty\b",
    re.IGNORECASE,
)
_ASKING = frozenset({"ask", "wonder", "inquire", "enquire", "query"})
_REFUSING = frozenset({"refuse", "decline", "refusal"})
_SAYING = frozenset([
    "comment", "say", "answer", "discuss", "elaborate", "respond", "speak", "confirm", "disclose", "reveal", "talk",
    "specify", "identify", "divulge", "explain", "address",
])  # fmt: skip
_NOT_ANSWERING = frozenset({"respond", "reply", "answer", "return"})
_NO_COMMENT = re.compile(r"\W*no comments?\W*", re.IGNORECASE)
_AROUND = 3  # words
_SUPPOSING = frozenset({"suppose", "imagine", "assume", "pretend"})
_CONDITIONS = frozenset({"if", "unless", "until", "lest"})
_NOBODY = frozenset({"nobody", "none", "nothing"})
# "A report titled “…”", "known as “…”": what follows is a name.
_NAMING = frozenset(
    {"title", "entitle", "know", "call", "name", "dub", "nickname", "label", "headline", "caption", "brand"}
)
# Words of saying that say nothing: "that is to say", "needless to say", "to say the least".
_PHRASES = re.compile(
    r"\b(?:(?:that is|needless|not|suffice it) to say|to say (?:the least|nothing of)|so to speak|goes? without saying)\b"
)


@dataclass(frozen=True)
class Stance:
    """Whether a statement denies its content, asks it, or refuses to say anything."""

    denial: bool = False
    question: bool = False
    refusal: bool = False


def stance(
    head: Token | None, lemma: str, frame: str, content: Sequence[Sequence[Token]], words: Sequence[str]
) -> Stance:
    """The stance of a statement.

    Args:
        head: the cue's main word, None where there is no cue.
        lemma: its lemma with its particle ("brush off").
        frame: how the content hangs on it, as `dateline.read.cues` names frames; "before" for a content in the sentence before.
        content: the tokens of each span of the content.
        words: the text of each span of the content.
    """
    return Stance(
        _denial(head, lemma, frame, content, words),
        _question(lemma, frame, words),
        _refusal(head, lemma, content, words),
    )


def cannot_answer(lemma: str, head: Token) -> bool:
    """Whether a cue is an answer that was not given: "did not respond to questions"."""
    return lemma in _NOT_ANSWERING and negated(head)


def asks(lemma: str) -> bool:
    """Whether a cue asks."""
    return lemma in _ASKING


def untrue(word: Token) -> bool:
    """Whether a word calls something untrue."""
    return word.lower_ in _UNTRUE


def only_supposed(head: Token, source: Token | None) -> bool:
    """Whether a cue reports nothing said: a condition, a supposition, a phrase, or words that nobody said.

    "If the minister says …", "Suppose the court says …", "that is to say", "Nobody has said that …", "refused to say how …".
    """
    if source is not None and (source.lower_ in _NOBODY or _no_one(source)):
        return True
    if head.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in _CONDITIONS for c in head.children):
        return True
    above = head.head
    if only_names(head) or (head.dep_ == "xcomp" and above.lemma_.lower() in _REFUSING):
        return True
    if head.dep_ in ("ccomp", "conj") and above.lemma_.lower() in _SUPPOSING and _imperative(above):
        return True
    return _PHRASES.search(_near(head)) is not None


def _near(word: Token) -> str:
    """The words around a word in its sentence, three on each side, in lower case."""
    first, last = word, word
    for _ in range(_AROUND):
        first = first if first.i == 0 or first.is_sent_start else first.nbor(-1)
        after = last.nbor() if last.i + 1 < len(last.doc) else last
        last = last if after.is_sent_start else after
    return str(word.doc[first.i : last.i + 1].text.lower())


def only_names(participle: Token) -> bool:
    """Whether a participle tells what something is called: "a report titled “…”", "the gorge known as “…”"."""
    if participle.tag_ != "VBN" or participle.lemma_.lower() not in _NAMING:
        return False
    return not any(c.dep_ in ("aux", "auxpass") for c in participle.children)


def negated(head: Token | None) -> bool:
    """Whether a word has a "not" of its own."""
    return head is not None and any(c.dep_ == "neg" for c in head.children)


def _no_one(source: Token) -> bool:
    return any(c.lower_ in ("no", "neither") and c.dep_ in ("det", "cc", "preconj") for c in source.children)


def _imperative(verb: Token) -> bool:
    """Whether a verb has no subject and is no participle or tensed form."""
    return verb.tag_ in ("VB", "VBP") and not any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in verb.children)


def _denial(
    head: Token | None, lemma: str, frame: str, content: Sequence[Sequence[Token]], words: Sequence[str]
) -> bool:
    """Said not to be so: "denied that …", "rejected the claim", "said the report was false"."""
    if negated(head):
        return False
    if lemma in _DENYING:
        return True
    if frame == "before" and head is not None:
        return any(untrue(t) for t in head.subtree)
    tokens = [t for span in content for t in span]
    if frame == "predicate" and any(untrue(t) for t in tokens):
        return True
    if lemma in _REJECTING:
        return any(t.lemma_.lower() in _CLAIMS for t in tokens)
    if any(_NOT_SO.search(text) for text in words):
        return True
    told = (t for t in tokens if t.lower_ in _TRUTH)
    return any(
        (untrue(t) and t.dep_ in ("acomp", "attr", "oprd", "ROOT") and not negated(t.head))
        or (t.lower_ == "true" and t.dep_ == "acomp" and negated(t.head))
        for t in told
    )


def _question(lemma: str, frame: str, words: Sequence[str]) -> bool:
    if all(text.rstrip("”\"'’ ").endswith("?") for text in words):
        return True
    return lemma in _ASKING and not frame.endswith(("to", "for", "of"))


def _refusal(head: Token | None, lemma: str, content: Sequence[Sequence[Token]], words: Sequence[str]) -> bool:
    """Declined to say anything: "refused to comment", "would not say whether", "was not ready to discuss this", "no comment"."""
    if len(words) == 1 and _NO_COMMENT.fullmatch(words[0]):
        return True
    if head is None:
        return False
    first = content[0] if content else ()
    if lemma in _REFUSING:
        return any(t.lemma_ in _SAYING for t in first[:3])
    if negated(head) and lemma in _SAYING | _NOT_ANSWERING:
        return True
    return any(t.lemma_ in ("ready", "willing") and negated(t.head) for t in first) and any(
        t.lemma_ in _SAYING for t in first
    )
