"""Linear models over named features, as they ship: one row of weights a feature, one column a label."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Linear(NamedTuple):
    """A multinomial logistic regression: ``matrix`` has a row for each of ``rows``, a column for each of ``labels``."""

    rows: dict[str, int]
    labels: list[str]
    matrix: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, features: Iterable[tuple[str, float]]) -> NDArray[np.float32]:
        """How much speaks for each label; features that the model does not know say nothing."""
        known = [(row, weight) for name, weight in features if (row := self.rows.get(name)) is not None]
        if not known:
            return self.bias
        places, weights = zip(*known, strict=True)
        return self.bias + np.asarray(weights, np.float32) @ self.matrix[list(places)]

    def best(self, features: Iterable[tuple[str, float]]) -> str:
        """The label that most speaks for."""
        return self.labels[int(self.scores(features).argmax())]


@cache
def linear(name: str) -> Linear:
    """The shipped model ``data/NAME.npz``, which `training.linear` writes."""
    with as_file(files("dateline").joinpath("data", f"{name}.npz")) as path, np.load(path, allow_pickle=False) as held:
        names = held["names"].tobytes().decode().split("\0")
        return Linear(
            {feature: row for row, feature in enumerate(names)},
            held["labels"].tobytes().decode().split("\0"),
            held["matrix"].astype(np.float32),
            held["bias"].astype(np.float32),
        )
