"""A document as the reading model sees it: word pieces, what the parse says of each token, and windows over them.

The base encoder knows no capitals and no marks, so both stand beside each piece as features of their own, with the parser's
tag, dependency, entity type and vector of the token. Pieces nest in tokens, so what the model says is said of tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from dateline.read.document import pipeline
from dateline.read.quotes import Quotation, quotations
from dateline.read.word_pieces import pieces
from dateline.records import Part

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

INNER = 276  # pieces of a window whose tokens are judged in it
BEFORE, AFTER = 24, 16  # pieces of context around them
LONGEST_TOKEN = 8  # pieces; what a longer one (a web address) has more is not read

# Shapes of a token. Marks of punctuation are told apart because the vocabulary folds some of them.
_MARKS = {
    ",": 6, ".": 7, ":": 8, "-": 9, "–": 9, "—": 9, "--": 9, "(": 10, "[": 10, ")": 11, "]": 11, '"': 12, "“": 13, "”": 14,
    "``": 15, "''": 16, "'": 17, "’": 17, "‘": 18, "?": 19, "!": 20, ";": 21, "„": 13, "«": 13, "»": 14, "…": 22, "...": 22,
}  # fmt: skip
_LOWER, _CAPITAL, _CAPITALS, _MIXED, _DIGITS, _OTHER, _GOES_ON = 1, 2, 3, 4, 5, 23, 24
SHAPES = 25
_OPENS, _CLOSES, _INSIDE, _GOING_ON, _STRAY = 1, 2, 3, 4, 5
QUOTES = 6
_SENTENCE, _PARAGRAPH, _HEADING = 1, 2, 3
BOUNDARIES = 6  # inside, at a sentence's or paragraph's start; the same three in a heading

# How a token stands to a cue: in another sentence, or on the way over the parse. The way goes up so many steps and down by
# one edge, whose label and side count; what hangs below that edge shares its way.
UPS = 4
_FAR_BEFORE, _BEFORE, _NEXT, _FAR_AFTER, _UNTOLD = range(5)
_NEAR = [*range(9), 10, 12, 15, 19, 24, 31, 40, 52, 68, 90, 120, 160, 220]  # ends of the distance classes
DISTANCES = 2 * len(_NEAR) + 1
QUOTED = 7  # where a token's quotation stands to the cue
VECTOR = 96


@dataclass(frozen=True)
class Labels:
    """The parser's labels, in the order of their numbers in the model; 0 stands for any other."""

    tags: tuple[str, ...]
    deps: tuple[str, ...]
    entities: tuple[str, ...]

    @property
    def paths(self) -> int:
        """How many ways there are from a cue to a token."""
        return 5 + 2 * UPS * (len(self.deps) + 1) + UPS


@cache
def labels() -> Labels:
    """The labels of the shipped parser."""
    nlp = pipeline()
    return Labels(*(tuple(nlp.get_pipe(name).labels) for name in ("tagger", "parser", "ner")))  # type: ignore[attr-defined]


@dataclass(frozen=True, eq=False)
class Window:
    """Tokens ``first`` to ``last`` of an input, of which ``begin`` to ``end`` are judged in it; half-open."""

    first: int
    last: int
    begin: int
    end: int


@dataclass(frozen=True, eq=False)
class Input:
    """What the model is told of a text. Positions count the tokens that are read: no white space, no furniture.

    ``tokens`` are their indexes in the parse, ``pieces`` the vocabulary's numbers, those of token ``n`` from ``offsets[n]`` to
    ``offsets[n + 1]``; ``features`` has one row a token: shape, quotation, boundary, tag, dependency, entity. ``heads``,
    ``left`` and ``right`` are the governors and the edges of the subtrees as positions; ``sentences`` numbers the sentences,
    ``quoted`` the quotations (-1 outside).
    """

    tokens: Ints
    pieces: Ints
    offsets: Ints
    features: Ints
    vectors: Floats
    heads: Ints
    left: Ints
    right: Ints
    sentences: Ints
    quoted: Ints

    def windows(self, inner: int = INNER) -> list[Window]:
        """Windows of whole paragraphs, or of whole sentences where a paragraph is too long for one.

        In each of them at most ``inner`` pieces are judged.
        """
        starts = self.features[:, 2] % _HEADING
        runs = _runs(np.flatnonzero(starts == _PARAGRAPH).tolist(), len(self.tokens))
        units: list[tuple[int, int]] = []
        for begin, end in runs:
            if self._size(begin, end) <= inner:
                units.append((begin, end))
                continue
            first = np.flatnonzero(starts[begin + 1 : end] == _SENTENCE) + begin + 1
            for a, b in _runs([begin, *first.tolist()], end, begin):
                units += self._cut(a, b, inner)
        packed: list[list[int]] = []
        for begin, end in units:
            if packed and self._size(packed[-1][0], end) <= inner:
                packed[-1][1] = end
            else:
                packed.append([begin, end])
        return [self._window(begin, end) for begin, end in packed]

    def _size(self, begin: int, end: int) -> int:
        return int(self.offsets[end] - self.offsets[begin])

    def _cut(self, begin: int, end: int, inner: int) -> list[tuple[int, int]]:
        """A sentence in pieces that fit; almost always one."""
        found = []
        while self._size(begin, end) > inner:
            cut = int(np.searchsorted(self.offsets, self.offsets[begin] + inner, side="right")) - 1
            found.append((begin, cut))
            begin = cut
        return [*found, (begin, end)]

    def _window(self, begin: int, end: int) -> Window:
        first = int(np.searchsorted(self.offsets, self.offsets[begin] - BEFORE, side="left"))
        last = int(np.searchsorted(self.offsets, self.offsets[end] + AFTER, side="right")) - 1
        return Window(max(0, first), min(len(self.tokens), last), begin, end)

    def relations(self, cue: int, window: Window) -> tuple[Ints, Ints, Ints]:
        """How each token of a window stands to a cue: distance, way over the parse, quotation."""
        places = np.arange(window.first, window.last)
        distance = np.sign(places - cue) * np.searchsorted(_NEAR, np.abs(places - cue)) + len(_NEAR)
        return distance, self._paths(cue, window), self._quoted(cue, window)

    def _paths(self, cue: int, window: Window) -> Ints:
        first, last = window.first, window.last
        there = self.sentences[first:last] - self.sentences[cue]
        way = np.select(
            [there < -1, there == -1, there == 1, there > 1], [_FAR_BEFORE, _BEFORE, _NEXT, _FAR_AFTER], _UNTOLD
        )
        count = len(labels().deps) + 1
        chain = [cue]
        while self.heads[chain[-1]] != chain[-1] and len(chain) < 12:
            chain.append(int(self.heads[chain[-1]]))
        deps = self.features[:, 4]
        heads = self.heads[first:last]
        for ups in range(len(chain) - 1, -1, -1):
            at = chain[ups]
            level = min(ups, UPS - 1)
            for child in (np.flatnonzero(heads == at) + first).tolist():
                if child == at or (ups and child == chain[ups - 1]):
                    continue
                a, b = max(first, int(self.left[child])), min(last, int(self.right[child]) + 1)
                way[a - first : b - first] = 5 + (2 * level + (child > at)) * count + deps[child]
            if ups:  # the branch that the cue hangs on is filled by the next lower level
                below = chain[ups - 1]
                a, b = max(first, int(self.left[below])), min(last, int(self.right[below]) + 1)
                way[a - first : b - first] = _UNTOLD
            if first <= at < last:
                way[at - first] = 5 + 2 * UPS * count + level
        return way.astype(np.int64)

    def _quoted(self, cue: int, window: Window) -> Ints:
        quoted = self.quoted[window.first : window.last]
        own = int(self.quoted[cue])
        before = self.quoted[: cue + 1]
        last = int(before.max(initial=-1)) if own < 0 else own
        choices = [quoted < 0, (quoted == own), quoted == last, quoted == last + 1, quoted < last]
        return np.select(choices, [0, 1, 2, 3, 4], 5)


def of(doc: Doc, text: str, parts: Sequence[Part]) -> Input:
    """The input of a parsed text."""
    kinds = _kinds(doc, parts)
    array = doc.to_array(["TAG", "DEP", "ENT_TYPE", "HEAD", "IS_SPACE", "SENT_START"])
    kept = np.flatnonzero((array[:, 4] == 0) & (kinds != _FURNITURE))
    position = np.full(len(doc) + 1, -1, dtype=np.int64)
    position[kept] = np.arange(len(kept))
    texts = [doc[int(i)].text for i in kept]
    cut = [pieces(t)[:LONGEST_TOKEN] or (_UNKNOWN,) for t in texts]
    offsets = np.concatenate([[0], np.cumsum([len(p) for p in cut])]).astype(np.int64)
    heads = position[kept + array[kept, 3].astype(np.int64)]
    heads = np.where(heads < 0, np.arange(len(kept)), heads)
    left, right = _edges(heads)
    sentence = np.cumsum(array[:, 5].astype(np.int64) == 1)[kept]
    found = quotations(text, parts)
    starts = np.array([doc[int(i)].idx for i in kept], dtype=np.int64)
    features = np.zeros((len(kept), 6), dtype=np.int64)
    features[:, 0] = [_shape(t) for t in texts]
    features[:, 1], quoted = _quotes(starts, texts, found)
    features[:, 2] = _boundaries(starts, sentence, kinds[kept], parts)
    known = labels()
    for column, names in enumerate((known.tags, known.deps, known.entities)):
        features[:, 3 + column] = _numbers(array[kept, column], names, doc)
    return Input(
        kept, np.array([i for p in cut for i in p], dtype=np.int64), offsets, features,
        np.asarray(doc.tensor, dtype=np.float32)[kept].reshape(len(kept), VECTOR), heads, left, right, sentence, quoted,
    )  # fmt: skip


_FURNITURE, _BODY, _HEAD = 0, 1, 2


def _kinds(doc: Doc, parts: Sequence[Part]) -> Ints:
    """For each token, whether it is furniture, text or heading."""
    starts = np.array([t.idx for t in doc], dtype=np.int64)
    kinds = np.zeros(len(doc), dtype=np.int64)
    for part in parts:
        if part.kind != "furniture":
            a, b = np.searchsorted(starts, [part.start, part.end])
            kinds[a:b] = _HEAD if part.kind in ("heading", "title", "side_title") else _BODY
    return kinds


def _runs(starts: list[int], end: int, begin: int = 0) -> list[tuple[int, int]]:
    """The stretches between some starts, from ``begin`` to ``end``."""
    return [(a, b) for a, b in pairwise(sorted({begin, *starts, end})) if a < b]


def _edges(heads: Ints) -> tuple[Ints, Ints]:
    """The first and last position in the subtree of each token."""
    left = np.arange(len(heads))
    right = np.arange(len(heads))
    while True:
        lower, upper = left.copy(), right.copy()
        np.minimum.at(lower, heads, left)
        np.maximum.at(upper, heads, right)
        if (lower == left).all() and (upper == right).all():
            return left, right
        left, right = lower, upper


def _quotes(starts: Ints, texts: Sequence[str], found: Sequence[Quotation]) -> tuple[Ints, Ints]:
    quote = np.array([_STRAY if _MARKS.get(t, 0) in (12, 13, 14, 15, 16) else 0 for t in texts], dtype=np.int64)
    quoted = np.full(len(starts), -1, dtype=np.int64)
    for number, q in enumerate(found):
        a, b, c, d = np.searchsorted(starts, [q.start, q.inner_start, q.inner_end, q.end])
        quote[b:c] = _GOING_ON if q.continues else _INSIDE
        quote[a:b] = _OPENS
        quote[c:d] = _CLOSES
        quoted[a:d] = number
    return quote, quoted


def _boundaries(starts: Ints, sentence: Ints, kinds: Ints, parts: Sequence[Part]) -> Ints:
    edge = np.zeros(len(starts), dtype=np.int64)
    edge[np.flatnonzero(np.diff(sentence, prepend=-1))] = _SENTENCE
    firsts = np.searchsorted(starts, [p.start for p in parts if p.kind != "furniture"])
    edge[firsts[firsts < len(starts)]] = _PARAGRAPH
    return np.asarray(edge + _HEADING * (kinds == _HEAD), dtype=np.int64)


def _numbers(hashes: npt.NDArray[np.uint64], names: tuple[str, ...], doc: Doc) -> Ints:
    """The numbers of some labels given as spaCy's hashes."""
    known = np.array([doc.vocab.strings[name] for name in names], dtype=np.uint64)
    order = np.argsort(known)
    at = order[np.minimum(np.searchsorted(known[order], hashes), len(known) - 1)]
    return np.asarray(np.where(known[at] == hashes, at + 1, 0), dtype=np.int64)


@lru_cache(maxsize=100_000)
def _shape(token: str) -> int:
    if (mark := _MARKS.get(token)) is not None:
        return mark
    if any(c.isdigit() for c in token):
        return _DIGITS
    if not any(c.isalpha() for c in token):
        return _OTHER
    if token.islower():
        return _LOWER
    if token.isupper():
        return _CAPITALS if len(token) > 1 else _CAPITAL
    return _CAPITAL if token[0].isupper() and token[1:].islower() else _MIXED


_UNKNOWN = 100
BEGIN, END = 101, 102  # the pieces before and after a window


def piece_features(source: Input, window: Window) -> tuple[Ints, Ints, Ints, Floats]:
    """One window as the encoder takes it.

    Returns:
        The pieces with those of begin and end around them; the features of each, seven columns (the last tells a token's first
        piece from the others); the place of each token's first piece; the vector of each piece's token.
    """
    a, b = int(source.offsets[window.first]), int(source.offsets[window.last])
    numbers = np.concatenate([[BEGIN], source.pieces[a:b], [END]])
    lengths = np.diff(source.offsets[window.first : window.last + 1])
    owners = np.repeat(np.arange(window.first, window.last), lengths)
    firsts = source.offsets[window.first : window.last] - a
    rows = np.zeros((len(numbers), 6), dtype=np.int64)
    rows[1:-1] = source.features[owners]
    later = np.ones(len(owners), dtype=bool)
    later[firsts] = False
    rows[1:-1][later, 0] = _GOES_ON
    vectors = np.zeros((len(numbers), VECTOR), dtype=np.float32)
    vectors[1:-1] = source.vectors[owners]
    return numbers, rows, firsts + 1, vectors
