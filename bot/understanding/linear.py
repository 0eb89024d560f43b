"""A linear classifier in numpy: one class against all others, squared hinge loss.

Trained by dual coordinate descent (Hsieh et al., ICML 2008, algorithm 1, L2-loss: what
liblinear does), here for all classes of a message at once: there is no step size to choose,
and a few rounds are enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.understanding.features import Row
from bot.understanding.vocabulary import Vector

COST = 1.0  # C of the support vector machine
ROUNDS = 8  # fewer, and what is learnt would hang on the order of the messages
Matrix = npt.NDArray[np.float32]


class LinearModel:
    """`weights` has the shape (columns + dense + 1, classes), in half precision perhaps; the last row is the bias."""

    def __init__(self, weights: Matrix | npt.NDArray[np.float16], columns: int) -> None:
        self.weights = weights
        self._tail = weights[columns:-1].astype(np.float32)
        self._bias = weights[-1].astype(np.float32)

    def scores(self, row: Row) -> Vector:
        """One score a class: about 1 for a sure yes, -1 for a sure no."""
        found: Vector = row.values @ self.weights[row.columns].astype(np.float32) + self._bias
        return found + row.dense @ self._tail if len(row.dense) else found


@dataclass(frozen=True)
class Solution:
    """Where training came to: the weights as in `LinearModel`, and the `duals`, shape (rows, classes), behind them."""

    weights: Matrix
    duals: Matrix


def train(
    rows: Sequence[Row],
    signs: Matrix,
    columns: int,
    rounds: int = ROUNDS,
    start: Solution | None = None,
) -> Solution:
    """Learn from `rows`; `signs`, shape (rows, classes), are 1 where a row belongs to a class, -1 where it
    does not, and 0 where a class is not to learn from it. The same input gives the same solution.

    From a `start` that solved it for some of the rows (the duals of the others are 0) fewer rounds are needed.
    """
    classes = signs.shape[1]
    dense = [np.append(row.dense, np.float32(1)) for row in rows]
    size = columns + len(dense[0])
    weights = np.zeros((size, classes), np.float32) if start is None else start.weights.copy()
    duals = np.zeros((len(rows), classes), np.float32) if start is None else start.duals.copy()
    tail = weights[columns:]
    slack = np.float32(1 / (2 * COST))
    rates = [1 / np.float32(row.values @ row.values + one @ one + slack) for row, one in zip(rows, dense, strict=True)]
    # A dual times its sign keeps that sign: of what belongs it is never below 0, of what does not never above.
    lowest = np.where(signs < 0, np.float32(-np.inf), np.float32(0))
    highest = np.where(signs > 0, np.float32(np.inf), np.float32(0))
    order = np.random.default_rng(0)  # only to shuffle, always the same way
    for _ in range(rounds):
        for at in order.permutation(len(rows)).tolist():
            row, one, dual, rate = rows[at], dense[at], duals[at], rates[at]
            gathered = weights.take(row.columns, axis=0)
            short = signs[at] - row.values @ gathered - one @ tail
            found = dual + rate * (short - slack * dual)
            np.maximum(found, lowest[at], out=found)
            np.minimum(found, highest[at], out=found)
            change = found - dual
            duals[at] = found
            gathered += row.values[:, None] * change
            weights[row.columns] = gathered
            tail += one[:, None] * change
    return Solution(weights, duals)
