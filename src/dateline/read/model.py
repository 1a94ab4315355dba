"""Our own reading model: one pass of a small encoder over a text, and what its heads say of the tokens.

A head finds the cues of statements; a second, much smaller network tells for each likely cue which tokens are its source and
its content, and whether it is a cue at all. So statements may overlap, stand inside one another and be broken up. How the model
was trained is told in ``training/statements.py``, what it can and cannot do in ``docs/models.md``.

Every window is one call, because the activations' scale in int8 comes from all that is in a call: a text reads the same alone
and among others.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import onnxruntime as ort

from dateline.read import model_input
from dateline.read.decoding import CONTENT, CUE, OUTSIDE, SOURCE, courses
from dateline.read.document import Document
from dateline.read.model_input import Floats, Input, Ints, piece_features

LIKELY = 0.18  # below this chance a token is not looked at as a cue: no rule could speak for it then
_LEAST, _NEVER = 1e-3, 1e-4  # chances below which nothing is told apart


@dataclass(frozen=True, eq=False)
class Saying:
    """What the model takes for a statement, as indexes of tokens in the parse, in order.

    ``chance`` is how likely ``head`` is the head of a cue at all, ``certain`` how likely the tokens of its content are content if
    it is, in the mean; ``source`` may be empty.
    """

    head: int
    chance: float
    certain: float
    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]


def marks(document: Document) -> list[Saying]:
    """Read a document with the model: one pass over its windows."""
    source = model_input.of(document.doc, document.text, document.parts)
    found: list[_Found] = []
    reader, pairs = _sessions()
    for window in source.windows():
        pieces, rows, firsts, vectors = piece_features(source, window)
        given = {"pieces": pieces, "rows": rows, "vectors": vectors, "firsts": firsts}
        chances, of_cue, of_token = reader.run(None, given)
        judged = slice(window.begin - window.first, window.end - window.first)
        chance = 1 / (1 + np.exp(-chances[:, 0]))
        cues = np.flatnonzero(chance[judged] >= LIKELY) + judged.start
        if len(cues):
            related = np.stack([np.stack(source.relations(int(cue) + window.first, window)) for cue in cues])
            told = pairs.run(None, {"of_cue": of_cue[cues], "of_token": of_token, "relations": related})[0]
            found += [
                _Found(window.first, int(c), _both(chance[c], t[c, CUE]), _given(t, int(c)))
                for c, t in zip(cues, told, strict=True)
            ]
    sayings = [_saying(source, f, course) for f, course in zip(found, _courses(found), strict=True)]
    return [s for s in sayings if s.content]


def _both(first: float, second: float) -> float:
    """The chance of a cue after both have looked: the head alone, and the pairs (a logarithm) with what would belong to it."""
    odds = math.log(first / max(1e-6, 1 - first)) + second - math.log(max(1e-6, 1 - math.exp(second)))
    return 1 / (1 + math.exp(-odds / 2))


def _given(told: Floats, cue: int) -> Floats:
    """How likely each role is if the cue is one: the pairs share their doubt about it out to all tokens, and `_both` weighs it."""
    roles = np.exp(told)
    roles[:, SOURCE:] /= max(float(roles[cue, CUE]), _LEAST)
    roles[:, OUTSIDE] = 1 - roles[:, SOURCE:].sum(axis=1)
    return np.log(np.maximum(roles, _NEVER))


@dataclass(frozen=True, eq=False)
class _Found:
    """A likely cue: its place in its window, and how likely each role of each token there is, if it is a cue (logarithms)."""

    first: int
    cue: int
    chance: float
    told: Floats


def _courses(found: list[_Found]) -> Ints:
    """The roles of the tokens to each cue; all cues at once, because the steps along the text cost most."""
    longest = max((len(f.told) for f in found), default=0)
    told = np.full((len(found), longest, 4), -30.0, dtype=np.float32)
    told[:, :, OUTSIDE] = 0
    for row, f in zip(told, found, strict=True):
        row[: len(f.told)] = f.told
    return courses(told, np.array([f.cue for f in found], dtype=np.int64))


def _saying(source: Input, found: _Found, course: Ints) -> Saying:
    def tokens(role: int) -> tuple[int, ...]:
        return tuple(source.tokens[np.flatnonzero(course == role) + found.first].tolist())

    head = int(source.tokens[found.first + found.cue])
    told = np.exp(found.told[course[: len(found.told)] == CONTENT, CONTENT])
    certain = float(told.mean()) if len(told) else 0.0
    return Saying(head, found.chance, certain, tokens(SOURCE), tokens(CUE), tokens(CONTENT))


@cache
def _sessions() -> tuple[ort.InferenceSession, ort.InferenceSession]:
    """The encoder with its heads, and what relates cues to tokens; loaded once a process."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    data = files("dateline.data")
    reader, pairs = (
        ort.InferenceSession(data.joinpath(name).read_bytes(), options, providers=["CPUExecutionProvider"])
        for name in ("reader.onnx", "pairs.onnx")
    )
    return reader, pairs
