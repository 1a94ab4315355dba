"""What one named party does to another in a sentence: one of 15 roots, by two linear models, one over the words, the parse and the
lexicon of events, one over what the words of each place in the parse mean together.

Each is a ridge regression (their weights in ``data/relations.npz`` and ``data/relation_meanings.npz``, made by
``training.relations``); what speaks for a root by both together decides.
"""

from __future__ import annotations

from typing import NamedTuple

from dateline.read.document import parse
from dateline.read.linear import linear
from dateline.read.relation_features import Shown, Stretch, shown
from dateline.read.relation_words import found_roots
from dateline.records import Part

PENTA = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "YIELD"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
"""The coarse class of each root: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict."""

_RANKS = 3  # roots of the lexicon that the model looks at


class Relation(NamedTuple):
    """A root with its coarse class; ``conflict`` is True for the two classes of conflict."""

    root: str
    penta: int
    conflict: bool


def relation(text: str, source: Stretch | None, target: Stretch | None) -> Relation:
    """What the source does to the target.

    Args:
        text: a sentence or two.
        source: start and end of the words for the party that acts, None where it is not named.
        target: the same for the party acted upon.

    Returns:
        One of 15 roots as the PLV corpus draws them: PLOVER's, with YIELD for CONCEDE and RETREAT.
    """
    told = described(text, source, target)
    model = linear("relations")
    scores = model.scores(told.words.items()) + linear("relation_meanings").scores(told.meanings.items())
    root = model.labels[int(scores.argmax())]
    return Relation(root, PENTA[root], PENTA[root] > 2)


def described(text: str, source: Stretch | None, target: Stretch | None) -> Shown:
    """What a sentence shows of two of its parties: what the models are trained and asked with."""
    doc = parse(text, [Part(start=0, end=len(text), kind="body")])
    return shown(doc, source, target, found_roots(doc, source, target)[:_RANKS])
