"""Which lines of a whole page's text are its article: a small convolution over the lines, after what is told by each.

Every line is described by its length, its stops, its links, how its words are written and how it lies to the rest; a
dilated convolution over these descriptions weighs a line by itself and by the lines around it (the idea of Kohlschütter,
Fankhauser and Nejdl, 2010, with neighbours further off). Its weights were learned by training/scrapes.py. No word of any
language is known to it but those of notices and of lines that lead away from an article.
"""

from __future__ import annotations

import itertools
import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from dateline.capture.furniture import is_caption, is_furniture, leads_to_related
from dateline.capture.remains import Line

Matrix = NDArray[np.float32]

_IDEOGRAPH = "\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"[{_IDEOGRAPH}]|[^\W_{_IDEOGRAPH}]+(?:['’][^\W_{_IDEOGRAPH}]+)?")
_SENTENCE_END = re.compile(r"[.!?…。！？](?:\s*[\"”’'»)\]*_])*$")
_INNER_STOP = re.compile(r"[.!?…](?:[\"”’'»)\]])*\s+(?=[\"“„«‘'(]?[A-ZÀ-ÞЀ-Я\d])")
_STAMP = re.compile(r"\b\d{1,2}[:.h]\d{2}\b|\b(?:19|20)\d{2}\b|\bago\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b")
_QUOTES = re.compile(r"[\"“”„«»]")
_ADDRESSED = frozenset(
    [
        "you",
        "your",
        "yours",
        "our",
        "we",
        "us",
        "i",
        "my",
        "me",
        "ihr",
        "ihre",
        "ihnen",
        "sie",
        "wir",
        "unsere",
        "vous",
        "votre",
        "vos",
        "nous",
        "notre",
        "usted",
        "su",
        "nuestro",
        "twój",
        "nasz",
    ]
)
_NOTICES = frozenset(
    [
        "cookie",
        "cookies",
        "copyright",
        "newsletter",
        "newsletters",
        "subscribe",
        "subscriber",
        "subscribers",
        "subscription",
        "login",
        "password",
        "privacy",
        "javascript",
        "browser",
        "terms",
        "email",
        "advertise",
        "advertisement",
        "disclaimer",
        "trademark",
        "rights",
        "reserved",
        "unsubscribe",
        "signup",
        "account",
        "abonnieren",
        "abonnement",
        "anmelden",
        "datenschutz",
        "impressum",
        "abonner",
        "abonnez",
        "suscríbete",
        "reply",
        "website",
        "register",
        "comment",
        "comments",
        "kommentar",
        "kommentare",
        "commentaires",
        "comentarios",
    ]
)
_COMMENTS = re.compile(
    r"(?:\d+\s+)?(?:comments?|kommentare?|commentaires?|comentarios|commenti|responses?|replies|leave a (?:reply|comment)|join the (?:conversation|discussion)|post a comment|letters|what do you think|discussion|reviews?)\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"\b(?:says|said|wrote|writes|schrieb|sagt|dit|dice)\s*:|\b(?:reply|replies|antworten|répondre|responder|upvotes?|likes?|permalink|report abuse)\b[\W\d]*$"
    r"|\b(?:\d+|an?|one) (?:second|minute|hour|day|week|month|year)s? ago\b|^(?:posted|geschrieben|publié) (?:by|von|par)\b|\bvotes?\b",
    re.IGNORECASE,
)
_TEASER = re.compile(r"(?:\.\.\.|…)[\W]*$")
_SHORT = 80  # characters of a line that may stand on other pages too
_LATER = 200  # lines below a heading of comments that may be comments
_PROSE = 12  # words from which on a line may be prose
_LONG_WORD = 5
_LONGEST_TITLE = 30  # words
_ONE_LINE = 1500  # characters of a line that are a whole dump
_ALONE = 400  # characters of a text's only line that may be one
_COSTS = ((0.2, 0.9), (1.0, 0.7), (1.6, 0.5))
"""What a word costs in prose and in a menu: one with a small letter, one without letters, one with a capital."""
_CHANGE = 5.0


def pieces(lines: Sequence[Line]) -> list[Line]:
    """The lines with those that are a whole page on one line parted at their sentences, and where menus run into prose."""
    parted: list[Line] = []
    for line in lines:
        if len(line.words) < (_ALONE if len(lines) == 1 else _ONE_LINE):
            parted.append(line)
            continue
        for words in _runs(line.words):
            share = len(words) / len(line.words)
            part = replace(
                line, words=words, links=round(line.links * share), linked=round(line.linked * share), gap=False
            )
            parted.append(part)
    return parted


def _runs(text: str) -> list[str]:
    """The sentences of a text in which menus and prose follow each other, each stretch of a menu by itself.

    The two are told apart by their capitals: the likeliest course through both (Viterbi), with a price for every change.
    """
    words = list(re.finditer(r"\S+", text))
    prose, menu = 0.0, 0.0
    came: list[tuple[bool, bool]] = []  # for each word: whether the course to prose, and to menu, comes from prose
    for word in words:
        first = next((c for c in word[0] if c.isalpha()), "")
        in_prose, in_menu = _COSTS[1 if not first else 2 if first.isupper() else 0]
        stays, leaves = prose <= menu + _CHANGE, prose + _CHANGE < menu
        prose, menu = (prose if stays else menu + _CHANGE) + in_prose, (prose + _CHANGE if leaves else menu) + in_menu
        came.append((stays, leaves))
    cuts = {0, len(text)}
    state = prose <= menu
    for i in range(len(words) - 1, 0, -1):
        before = came[i][0] if state else came[i][1]
        if before != state:
            # a sentence begins with the capital before its first small letter
            at = i - 1 if state and i > 1 and words[i - 1][0].lstrip("“\"‘'(„«")[:1].isupper() else i
            cuts.add(words[at].start())
        state = before
    cuts |= {match.end() for match in _INNER_STOP.finditer(text)}
    bounds = sorted(cuts)
    return [piece for a, b in itertools.pairwise(bounds) if (piece := text[a:b].strip())]


def likelihoods(lines: Sequence[Line]) -> Matrix:
    """For each line how likely it is the article's, from 0 to 1."""
    if not lines:
        return np.zeros(0, dtype=np.float32)
    model = _model()
    values = (describe(lines) - model["mean"]) / model["scale"]
    for i, dilation in enumerate(model["dilations"].astype(int).tolist()):
        values = _convolved(values, model[f"weight{i}"], model[f"bias{i}"], dilation)
        values = np.maximum(values, 0)
    logits = values @ model["out"] + model["out_bias"]
    return np.asarray((1 + np.tanh(logits[:, 0] / 2)) / 2, dtype=np.float32)


def _convolved(values: Matrix, weight: Matrix, bias: Matrix, dilation: int) -> Matrix:
    """A convolution over the rows; ``weight`` is (taps, in, out), rows beyond the ends are nought."""
    taps = len(weight)
    reach = dilation * (taps // 2)
    padded = np.pad(values, ((reach, reach), (0, 0)))
    result = np.broadcast_to(bias, (len(values), len(bias))).copy()
    for tap in range(taps):
        result += padded[tap * dilation : tap * dilation + len(values)] @ weight[tap]
    return result


@cache
def _model() -> dict[str, Matrix]:
    stored = json.loads((files("dateline") / "data" / "scrapes.json").read_text(encoding="utf-8"))
    return {name: np.array(values, dtype=np.float32) for name, values in stored["weights"].items()}


def describe(lines: Sequence[Line]) -> Matrix:
    """The description of each line, one row a line."""
    told = [_told(line) for line in lines]
    counts = Counter(one.key for one in told)
    prose = [i for i, one in enumerate(told) if one.prose]
    held: Counter[str] = Counter()
    for i in prose:
        held.update(told[i].long)
    total = sum(one.count for one in told) or 1
    all_prose = sum(told[i].count for i in prose) or 1
    longest = max((one.count for one in told), default=1) or 1
    first, last = _heaviest(told)
    one_line = float(
        any(len(line.words) >= _ONE_LINE for line in lines)
        or (len(lines) > 1 and not any(line.gap for line in lines[1:]))
    )
    seen: set[str] = set()
    passed = passed_prose = 0
    comments, related, heading, items, signed = _LATER, _LATER, _LATER, 0, 0
    titles = set().union(
        *(one.long for i, one in enumerate(told) if one.line.level == 1 or (i == 0 and one.count <= _LONGEST_TITLE))
    )
    rows: list[list[float]] = []
    for i, one in enumerate(told):
        line = one.line
        others = sum(held[word] > (1 if one.prose else 0) for word in one.long)
        comments = 0 if one.comments else min(comments + 1, _LATER)
        related = 0 if one.related else min(related + 1, _LATER)
        heading = 0 if line.level else min(heading + 1, _LATER)
        signed += one.signed
        items = items + 1 if line.item else 0
        rows.append(
            [
                *one.values,
                float(counts[one.key] > 1),
                float(one.key in seen),
                others / max(len(one.long), 1),
                min(len(one.long), 20) / 20,
                i / len(told),
                passed / total,
                passed_prose / all_prose,
                one.count / longest,
                math.log1p(total) / 5,
                float(first <= i <= last),
                math.log1p(max(first - i, 0)),
                math.log1p(max(i - last, 0)),
                math.log1p(comments),
                math.log1p(related),
                math.log1p(heading),
                math.log1p(items),
                math.log1p(signed),
                len(one.long & titles) / max(len(titles), 1),
                one_line,
                all_prose / total,
            ]
        )
        seen.add(one.key)
        passed += one.count
        passed_prose += one.count if one.prose else 0
    return np.array(rows, dtype=np.float32)


def _told(line: Line) -> _Told:
    return _told_again(line) if len(line.words) <= _SHORT else _Told(line)


@lru_cache(maxsize=4096)  # the pages of a site have the same menus and notices
def _told_again(line: Line) -> _Told:
    return _Told(line)


class _Told:
    """What a line tells by itself."""

    def __init__(self, line: Line) -> None:
        words = _WORD.findall(line.words)
        letters = [word for word in words if word[0].isalpha()]
        count = len(words) or 1
        lower = [word for word in letters if not word[0].isupper()]
        folded = [word.casefold() for word in words]
        linked = line.linked / max(len(line.words), 1)
        stops = len(_INNER_STOP.findall(line.words))
        ends = _SENTENCE_END.search(line.words) is not None
        self.line = line
        self.count = len(words)
        self.key = " ".join(folded)
        self.lower = len(lower)
        self.prose = len(words) >= _PROSE and linked < 0.5 and len(lower) > 0.5 * len(letters)
        self.long = {word for word in folded if len(word) >= _LONG_WORD}
        self.comments = len(line.words) <= 60 and _COMMENTS.match(line.words) is not None
        self.related = leads_to_related(line.words)[0]
        self.signed = len(line.words) <= 160 and _SIGNED.search(line.words) is not None
        self.furniture = is_furniture(line.words)
        self.values = [
            math.log1p(len(words)),
            float(len(words) < 3),
            float(len(words) >= _PROSE),
            float(ends),
            math.log1p(stops),
            len(lower) / max(len(letters), 1),
            (len(words) - len(letters)) / count,
            sum(word.isupper() and len(word) > 1 for word in letters) / count,
            linked,
            min(line.links / count, 1.0),
            float(line.links > 0),
            float(line.level > 0),
            float(line.level == 1),
            float(line.item),
            float(line.image),
            float(line.gap),
            float(self.furniture),
            float(self.related),
            float(is_caption(line.words)),
            float(self.comments),
            min(sum(word in _NOTICES for word in folded), 4) / 4,
            sum(word in _ADDRESSED for word in folded) / count,
            float(line.words[:1].islower()),
            float(_QUOTES.search(line.words) is not None),
            min(line.words.count(",") / count, 1.0),
            float(_STAMP.search(line.words) is not None),
            sum(len(word) <= 3 and not word[0].isupper() for word in letters) / count,
            float(line.words.rstrip()[-1:] == ":"),
            float(any(mark in line.words for mark in ("|", "»", "›", "©"))),
            float(sum(map(line.words.count, "{}=;<>[]")) > 0.2 * count),
            float(ends and len(words) >= _PROSE),
            float(self.signed),
            float(_TEASER.search(line.words) is not None),
        ]


def _heaviest(told: Sequence[_Told]) -> tuple[int, int]:
    """The first and last line of the stretch that is most like running prose, by the sum of what its words add."""
    best = running = 0.0
    first = last = start = 0
    for i, one in enumerate(told):
        unlinked = 1 - one.line.linked / max(len(one.line.words), 1)
        weight = (2 * one.lower - one.count) * unlinked if one.prose else -min(one.count, 20) - 2.0
        if running <= 0:
            running, start = 0.0, i
        running += weight
        if running > best:
            best, first, last = running, start, i
    return first, last
