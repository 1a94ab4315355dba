"""Making the linear models that `dateline.read.linear` runs: logistic and ridge regression over named features."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

DATA = Path(__file__).parent.parent / "src" / "dateline" / "data"

Features = Mapping[str, float]


class Fitted(NamedTuple):
    """A model with the column of each of its features: weights of shape (features, labels), a bias a label."""

    names: dict[str, int]
    labels: list[str]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]

    def scores(self, rows: Sequence[Features]) -> NDArray[np.float64]:
        """How much speaks for each label of each row."""
        return np.asarray(_matrix(rows, self.names) @ self.weights + self.bias)

    def save(self, name: str) -> None:
        """Write ``data/NAME.npz``."""
        path = DATA / f"{name}.npz"
        np.savez_compressed(
            path,
            names=np.frombuffer("\0".join(self.names).encode(), np.uint8),
            labels=np.frombuffer("\0".join(self.labels).encode(), np.uint8),
            matrix=self.weights.astype(np.float16),
            bias=self.bias.astype(np.float32),
        )
        print(f"{path}: {len(self.names)} features, {len(self.labels)} labels")


def fit(rows: Sequence[Features], labels: Sequence[str], *, strength: float, least: int) -> Fitted:
    """A multinomial logistic regression. Two labels are two columns, the first of zeros.

    Args:
        rows: the features of each row and how much each weighs.
        labels: the label of each row.
        strength: inverse of the regularisation.
        least: how many rows must show a feature for it to count.
    """
    names = _names(rows, least)
    model = LogisticRegression(C=strength, max_iter=300, tol=1e-3).fit(_matrix(rows, names), labels)
    weights, bias = model.coef_.T, model.intercept_
    if weights.shape[1] == 1:
        weights, bias = np.hstack([np.zeros_like(weights), weights]), np.append(0.0, bias)
    return Fitted(names, list(model.classes_), weights, bias)


def ridge(
    rows: Sequence[Features], labels: Sequence[str], counts: Sequence[float], *, strictness: float, least: int
) -> Fitted:
    """A ridge regression on whether each label holds, solved over the rows, which are far fewer than the features.

    A row weighs with the root of how rare its label is, so that rare labels are heard, times its part in ``counts``. ``strictness`` is
    the regularisation, the other arguments are those of `fit`.
    """
    names = _names(rows, least)
    shown = _matrix(rows, names)
    known = sorted(set(labels))
    holds = np.array([[label == one for one in known] for label in labels], dtype=np.float64)
    weight = 1 / np.sqrt(holds @ holds.sum(axis=0))
    weight *= np.asarray(counts) / weight.mean()
    alike = (shown @ shown.T).toarray() + 1.0  # the bias is a feature that every row shows
    alike[np.diag_indices_from(alike)] += strictness / weight
    solved = np.linalg.solve(alike, holds)
    return Fitted(names, known, np.asarray(shown.T @ solved), solved.sum(axis=0))


def _names(rows: Sequence[Features], least: int) -> dict[str, int]:
    """The column of each feature that enough rows show."""
    counts = Counter(name for row in rows for name in row)
    return {name: at for at, name in enumerate(sorted(name for name, number in counts.items() if number >= least))}


def _matrix(rows: Sequence[Features], names: Mapping[str, int]) -> csr_matrix:
    entries = [
        (number, names[name], weight)
        for number, row in enumerate(rows)
        for name, weight in row.items()
        if name in names
    ]
    places, columns, values = zip(*entries, strict=True)
    return csr_matrix((values, (places, columns)), shape=(len(rows), len(names)), dtype=np.float64)
