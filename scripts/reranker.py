"""Learn how what speaks for a statement is weighed: a linear model and a small network beside it.

The candidates of a question that answer it are to have all of the softmax's shares (a list-wise loss, Cao and others
2007). What is learnt is the mean of a few networks that differ in where they begin and what they see.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from bot.understanding.finding.features import NAMES
from bot.understanding.finding.ranking import Ranking

SIZE, NETWORKS = 16, 3  # units of a network, and how many there are
STEPS, BATCH, RATE = 300, 512, 0.015
RIDGE, DROPPED = 0.001, 0.3  # of the weights' squares; share of the units that a step does not see
FIRST, SECOND, TINY = 0.9, 0.999, 1e-8  # Adam, Kingma and Ba 2015
FAR = -1e9


def learn(rows: Sequence[np.ndarray], right: Sequence[np.ndarray], counts: Sequence[float]) -> Ranking:
    """From questions whose candidates have `rows` of features, some of which are `right`; `counts`: how much each is
    worth.
    """
    every = np.concatenate(rows)
    deviation = every.std(axis=0)
    deviation = np.where(deviation > 1e-6, deviation, 1.0)  # noqa: PLR2004 - a column of one value
    mean = every.mean(axis=0)
    size = max(map(len, rows))
    table = np.zeros((len(rows), size, len(NAMES)), np.float32)
    good, there = np.zeros((len(rows), size), bool), np.zeros((len(rows), size), bool)
    for at, (found, answers) in enumerate(zip(rows, right, strict=True)):
        table[at, : len(found)] = (found - mean) / deviation
        good[at, : len(found)], there[at, : len(found)] = answers, True
    nets = [_network(table, good, there, np.array(counts, np.float32), seed) for seed in range(NETWORKS)]
    linear = np.mean([net[0] for net in nets], axis=0) / deviation
    hidden = np.concatenate([net[1] for net in nets], axis=1) / deviation[:, None]
    bias = np.concatenate([net[2] for net in nets]) - mean @ hidden
    return Ranking(linear, hidden, bias, np.concatenate([net[3] for net in nets]) / NETWORKS)


def _network(
    table: np.ndarray, good: np.ndarray, there: np.ndarray, counts: np.ndarray, seed: int
) -> tuple[np.ndarray, ...]:
    """Linear weights, and weights, biases and outer weights of the network's units."""
    chance = np.random.default_rng(seed)
    wide = table.shape[2]
    values = [
        np.zeros(wide),
        chance.uniform(-1, 1, (wide, SIZE)) / np.sqrt(wide),
        np.zeros(SIZE),
        chance.uniform(-1, 1, SIZE) / np.sqrt(SIZE),
    ]
    means, squares = [np.zeros_like(one) for one in values], [np.zeros_like(one) for one in values]
    for step, chosen in enumerate(_batches(len(table), chance), start=1):
        kept = (chance.random(SIZE) >= DROPPED) / (1 - DROPPED)
        slopes = _slopes(table[chosen], good[chosen], there[chosen], counts[chosen], values, kept)
        rate = RATE * (1 - step / STEPS)
        for at, slope in enumerate(slopes):
            means[at] = FIRST * means[at] + (1 - FIRST) * slope
            squares[at] = SECOND * squares[at] + (1 - SECOND) * slope**2
            values[at] -= rate * means[at] / (1 - FIRST**step) / (np.sqrt(squares[at] / (1 - SECOND**step)) + TINY)
    return tuple(values)


def _batches(count: int, chance: np.random.Generator) -> Iterator[np.ndarray]:
    for _ in range(STEPS):
        yield chance.permutation(count)[:BATCH]


def _slopes(
    table: np.ndarray,
    good: np.ndarray,
    there: np.ndarray,
    counts: np.ndarray,
    values: Sequence[np.ndarray],
    kept: np.ndarray,
) -> list[np.ndarray]:
    """How the loss of some questions changes with each of the values, the ridge included."""
    linear, hidden, bias, out = values
    layer = np.maximum(table @ hidden + bias, 0.0) * kept
    scores = np.where(there, table @ linear + layer @ out, FAR)
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    wanted = shares * good
    wanted /= np.maximum(wanted.sum(axis=1, keepdims=True), 1e-12)
    pull = (shares - wanted) * (counts / counts.sum())[:, None]
    units = pull[:, :, None] * out * kept * (layer > 0)
    return [
        np.einsum("ij,ijk->k", pull, table) + 2 * RIDGE * linear,
        np.tensordot(table, units, axes=((0, 1), (0, 1))) + 2 * RIDGE * hidden,
        units.sum(axis=(0, 1)),
        np.einsum("ij,ijk->k", pull, layer) + 2 * RIDGE * out,
    ]
