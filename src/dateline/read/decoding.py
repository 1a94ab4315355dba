"""From the model's marks to stretches of tokens: the likeliest course of roles over a text for each cue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dateline.read.model_input import Floats, Ints

OUTSIDE, SOURCE, CUE, CONTENT = range(4)  # what a token is to a cue


@dataclass(frozen=True)
class Penalties:
    """What it costs to begin a stretch, and to break off and take up again, in nats."""

    source: float = 0.3
    cue: float = 1.0
    content: float = 2.0


_USUAL = Penalties()


def courses(scores: Floats, cues: Ints, penalties: Penalties = _USUAL) -> Ints:
    """The likeliest role of each token to each cue, by Viterbi over the scores with a cost for each change of role.

    Args:
        scores: for each cue and token, the logarithm of how likely each of the four roles is; shape (cues, tokens, 4).
        cues: the place of each cue's head among the tokens, which has the role of a cue.

    Returns:
        Roles, of shape (cues, tokens).
    """
    rows, length, roles = scores.shape
    entry = np.array([0.0, penalties.source, penalties.cue, penalties.content], dtype=np.float32)
    change = np.where(np.eye(roles, dtype=bool), 0.0, -entry[None, :]).astype(np.float32)
    forced = scores.copy()
    forced[np.arange(rows), cues] = -1e4
    forced[np.arange(rows), cues, CUE] = 0.0
    if not rows or not length:
        return np.zeros((rows, length), dtype=np.int64)
    best = forced[:, 0] - entry
    back = np.zeros((length, rows, roles), dtype=np.int64)
    for n in range(1, length):
        ways = best[:, :, None] + change
        back[n] = ways.argmax(axis=1)
        best = ways.max(axis=1) + forced[:, n]
    course = np.zeros((rows, length), dtype=np.int64)
    last = best.argmax(axis=1)
    for n in range(length - 1, -1, -1):
        course[:, n] = last
        last = back[n][np.arange(rows), last]
    return course
