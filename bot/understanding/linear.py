"""A linear classifier in numpy: one class against all others, squared hinge loss.

Trained by dual coordinate descent (Hsieh et al., ICML 2008, algorithm 1, L2-loss: what
liblinear does), here for all classes of a message at once: there is no step size to choose,
and a few rounds are enough.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.understanding.features import Row
from bot.understanding.vocabulary import Vector

COST = 1.0  # C of the support vector machine
ROUNDS = 8  # fewer, and what is learnt would hang on the order of the messages
Matrix = npt.NDArray[np.float32]


class LinearModel:
    """`weights` has the shape (columns + dense + 1, classes); the last row is the bias."""

    def __init__(self, weights: Matrix, columns: int) -> None:
        self.weights = weights
        self._columns = columns
        self._tail = weights[columns:-1]
        self._bias = weights[-1]

    def scores(self, row: Row) -> Vector:
        """One score a class: about 1 for a sure yes, -1 for a sure no."""
        found: Vector = row.values @ self.weights[row.columns] + self._bias
        return found + row.dense @ self._tail if len(row.dense) else found


def train(rows: Sequence[Row], signs: Matrix, columns: int, rounds: int = ROUNDS, cost: float = COST) -> LinearModel:
    """Learn from `rows`; `signs`, shape (rows, classes), are 1 where a row belongs to a class, -1 where it
    does not, and 0 where a class is not to learn from it. The same input gives the same model.
    """
    classes = signs.shape[1]
    dense = [np.append(row.dense, np.float32(1)) for row in rows]
    weights = np.zeros((columns + len(dense[0]), classes), np.float32)
    tail = weights[columns:]
    duals = np.zeros((len(rows), classes), np.float32)
    slack = np.float32(1 / (2 * cost))
    curvature = [np.float32(row.values @ row.values + one @ one) + slack for row, one in zip(rows, dense, strict=True)]
    order = np.random.default_rng(0)  # only to shuffle, always the same way
    for _ in range(rounds):
        for at in order.permutation(len(rows)):
            row, tail_row, sign, dual = rows[at], dense[at], signs[at], duals[at]
            gathered = weights[row.columns]
            margin = sign * (row.values @ gathered + tail_row @ tail)
            step = np.maximum(dual - (margin - 1 + slack * dual) / curvature[at], 0) - dual
            if not step.any():
                continue
            dual += step
            change = step * sign
            gathered += row.values[:, None] * change
            weights[row.columns] = gathered
            tail += tail_row[:, None] * change
    return LinearModel(weights, columns)
