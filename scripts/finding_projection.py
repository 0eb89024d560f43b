"""Learn `bot/understanding/finding/projection.npy`: how the encoder's directions are turned so that a question
comes to lie near the statement that answers it.

Run by hand, in an environment of its own, after many ways of asking were added:

    python scripts/finding_projection.py

It learns from the statements of the knowledge base and from how people ask for each (`asked`): a question is to be
nearer to its own statement, or to another way of asking for it, than to all others of its batch. The turn is one
matrix of 384 by 384, held near the identity: a few thousand pairs say little about the rest of the language. Plain
numpy, a few minutes on one processor.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from bot.knowledge.load import load
from bot.understanding.encoder import SIZE
from bot.understanding.finding.directions import PROJECTION, directions
from bot.understanding.finding.index import placed
from bot.understanding.statements import statements

EPOCHS, BATCH, RATE = 10, 256, 1e-3
SHARPNESS = 20.0  # of cosines when they become chances
HELD = 0.003  # how strongly the matrix is held near the identity
BACKWARD = 0.4  # how much telling questions apart by their statement counts beside telling statements apart
BY_ASKING = 0.5  # share of questions that are drawn to another way of asking instead of the statement
NEIGHBOURS = 60  # statements: in every second round a batch is of one part of the knowledge base
FIRST, SECOND, TINY = 0.9, 0.999, 1e-8  # Adam, Kingma and Ba 2015


def unit(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / lengths, lengths


def softmax(scores: np.ndarray) -> np.ndarray:
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shares / shares.sum(axis=1, keepdims=True)


def slope(matrix: np.ndarray, asked: np.ndarray, meant: np.ndarray, owners: np.ndarray) -> np.ndarray:
    """The gradient of the loss of one batch: `meant[i]` is what `asked[i]` should be near."""
    (left, left_length), (right, right_length) = unit(asked @ matrix), unit(meant @ matrix)
    scores = left @ right.T * SHARPNESS
    same = (owners[:, None] == owners[None, :]) & ~np.eye(len(owners), dtype=bool)
    scores[same] = -1e4
    size, target = len(owners), np.eye(len(owners))
    wrong = (softmax(scores) - target) / size + BACKWARD * (softmax(scores.T) - target).T / size
    wrong[same] = 0
    pull_left, pull_right = wrong @ right * SHARPNESS, wrong.T @ left * SHARPNESS
    pull_left = (pull_left - (pull_left * left).sum(1, keepdims=True) * left) / left_length
    pull_right = (pull_right - (pull_right * right).sum(1, keepdims=True) * right) / right_length
    return asked.T @ pull_left + meant.T @ pull_right + 2 * HELD * (matrix - np.eye(SIZE))


def learn(said: np.ndarray, asked: np.ndarray, owners: np.ndarray) -> np.ndarray:
    """The matrix: from statements (n, 384), askings (m, 384) and the statement of each asking (m)."""
    mixed = np.random.default_rng(0)
    of_owner: dict[int, list[int]] = {}
    for at, owner in enumerate(owners):
        of_owner.setdefault(int(owner), []).append(at)
    matrix, mean, spread, step = np.eye(SIZE), np.zeros((SIZE, SIZE)), np.zeros((SIZE, SIZE)), 0
    for epoch in range(EPOCHS):
        order = mixed.permutation(len(asked))
        if epoch % 2:
            order = np.argsort(owners + mixed.integers(0, NEIGHBOURS, len(owners)))
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            meant = said[owners[batch]].copy()
            for row, at in enumerate(batch):
                others = [other for other in of_owner[int(owners[at])] if other != at]
                if others and mixed.random() < BY_ASKING:
                    meant[row] = asked[mixed.choice(others)]
            step += 1
            found = slope(matrix, asked[batch], meant, owners[batch])
            mean, spread = FIRST * mean + (1 - FIRST) * found, SECOND * spread + (1 - SECOND) * found**2
            matrix -= RATE * mean / (1 - FIRST**step) / (np.sqrt(spread / (1 - SECOND**step)) + TINY)
    return matrix


def main() -> None:
    base = load(Path(__file__).resolve().parent.parent / "knowledge")
    found = statements(base)
    pairs = [(at, text) for at, item in enumerate(found) for text in dict.fromkeys(item.asked)]
    said = directions([placed(base, item) for item in found]).astype(np.float64)
    asked = directions([text for _, text in pairs]).astype(np.float64)
    matrix = learn(said, asked, np.array([at for at, _ in pairs]))
    np.save(PROJECTION, matrix.astype(np.float16))
    print(f"learnt from {len(pairs)} ways of asking for {len({at for at, _ in pairs})} statements")


if __name__ == "__main__":
    main()
