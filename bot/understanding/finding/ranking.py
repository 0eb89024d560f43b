"""How what speaks for a statement is weighed, and what tells how well the best of them answer.

The weights stand in `weights.json`, learnt by `scripts/finding_weights.py`: none of them names a word, so that they
hold for another field's knowledge base as well.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.understanding.finding.features import NAMES
from bot.understanding.linear import Matrix
from bot.understanding.vocabulary import Vector

FILE = Path(__file__).with_name("weights.json")
SHOWN = 4  # statements that an answer has


@dataclass(frozen=True)
class Ranking:
    """Linear weights by feature name; those left out count nothing. Scores are logarithms of shares."""

    weights: Vector

    @classmethod
    def load(cls, file: Path = FILE) -> Ranking:
        """The weights that come with the package."""
        data = json.loads(file.read_text("utf-8"))
        return cls(np.array([data["ranking"].get(name, 0.0) for name in NAMES], np.float32))

    def scores(self, rows: Matrix) -> Vector:
        """One score a statement, from its features: shape (n,)."""
        found: Vector = np.einsum("ij,j->i", rows, self.weights)
        return found


def evidence(rows: Matrix, scores: Vector, refused: float) -> dict[str, float]:
    """What tells how likely the best statements answer; `rows` and `scores` best first.

    `refused` is how much nearer than the nearest statement a message is that is none of our business.
    """
    first = scores[0]
    shares = np.exp(scores - first)
    shares /= shares.sum()
    second = scores[1] if len(scores) > 1 else first
    return {
        **dict(zip(NAMES, rows[0].tolist(), strict=True)),
        "score": float(first),
        "refused": refused,
        "ahead": float(first - second),
        "ahead_of_shown": float(first - scores[min(SHOWN, len(scores)) - 1]),
        "share": float(shares[0]),
        "share_of_two": float(shares[:2].sum()),
        "near_shown": float(rows[:SHOWN, NAMES.index("near_own")].mean()),
    }
