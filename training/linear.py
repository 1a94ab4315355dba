"""Making the linear models that `dateline.read.linear` runs: multinomial logistic regression over named features."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

DATA = Path(__file__).parent.parent / "src" / "dateline" / "data"

Features = Mapping[str, float]


class Fitted(NamedTuple):
    """A model with the column of each of its features."""

    names: dict[str, int]
    model: LogisticRegression

    def predict(self, rows: Sequence[Features]) -> list[str]:
        """The label of each row."""
        return list(self.model.predict(_matrix(rows, self.names)))

    def save(self, name: str) -> None:
        """Write ``data/NAME.npz``. Two labels are written as two columns, the first of zeros."""
        weights, bias = self.model.coef_.T, self.model.intercept_
        if weights.shape[1] == 1:
            weights, bias = np.hstack([np.zeros_like(weights), weights]), np.append(0.0, bias)
        path = DATA / f"{name}.npz"
        np.savez_compressed(
            path,
            names=np.frombuffer("\0".join(self.names).encode(), np.uint8),
            labels=np.frombuffer("\0".join(self.model.classes_).encode(), np.uint8),
            matrix=weights.astype(np.float16),
            bias=bias.astype(np.float32),
        )
        print(f"{path}: {len(self.names)} features, {len(self.model.classes_)} labels")


def fit(rows: Sequence[Features], labels: Sequence[str], *, strength: float, least: int, balanced: bool) -> Fitted:
    """A model of some rows.

    Args:
        rows: the features of each row and how much each weighs.
        labels: the label of each row.
        strength: inverse of the regularisation.
        least: how many rows must show a feature for it to count.
        balanced: whether rare labels weigh as much as frequent ones.
    """
    counts = Counter(name for row in rows for name in row)
    names = {name: at for at, name in enumerate(sorted(name for name, number in counts.items() if number >= least))}
    model = LogisticRegression(C=strength, max_iter=300, tol=1e-3, class_weight="balanced" if balanced else None)
    return Fitted(names, model.fit(_matrix(rows, names), labels))


def _matrix(rows: Sequence[Features], names: Mapping[str, int]) -> csr_matrix:
    entries = [
        (number, names[name], weight)
        for number, row in enumerate(rows)
        for name, weight in row.items()
        if name in names
    ]
    places, columns, values = zip(*entries, strict=True)
    return csr_matrix((values, (places, columns)), shape=(len(rows), len(names)), dtype=np.float64)
