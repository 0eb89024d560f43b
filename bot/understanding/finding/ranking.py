"""How what speaks for a statement is weighed, and what tells how well the best of them answer.

The weights stand in `weights.json`, learnt by `scripts/finding_weights.py`: none of them names a word, so that they
hold for another field's knowledge base as well.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.understanding.finding.features import NAMES, VIEWS
from bot.understanding.linear import Matrix
from bot.understanding.vocabulary import Vector

FILE = Path(__file__).with_name("weights.json")
SHOWN = 4  # statements that an answer has
NEAREST = [NAMES.index(f"near_{view}") for view in VIEWS]


@dataclass(frozen=True)
class Ranking:
    """A linear model and a small network of one layer beside it. Scores are logarithms of shares.

    `linear` has shape (len(NAMES),), `hidden` (len(NAMES), n), `bias` and `out` (n,).
    """

    linear: Vector
    hidden: Matrix
    bias: Vector
    out: Vector

    @classmethod
    def load(cls, file: Path = FILE) -> Ranking:
        """The weights that come with the package; names that the file lacks count nothing."""
        return cls.of(json.loads(file.read_text("utf-8"))["ranking"])

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Ranking:
        """The weights as they stand in the file: `features` has the linear weight and those of the network by name."""
        none = [0.0] * (1 + len(data["bias"]))
        rows = np.array([data["features"].get(name, none) for name in NAMES], np.float32)
        return cls(rows[:, 0], rows[:, 1:], np.array(data["bias"], np.float32), np.array(data["out"], np.float32))

    def as_data(self, digits: int = 4) -> dict[str, Any]:
        """What `of` reads."""
        rows = np.concatenate([self.linear[:, None], self.hidden], axis=1)
        features = {name: _rounded(row, digits) for name, row in zip(NAMES, rows, strict=True)}
        return {"features": features, "bias": _rounded(self.bias, digits), "out": _rounded(self.out, digits)}

    def scores(self, rows: Matrix) -> Vector:
        """One score a statement, from its features: shape (n,)."""
        layer = np.maximum(np.einsum("ij,jk->ik", rows, self.hidden) + self.bias, 0.0)
        found: Vector = np.einsum("ij,j->i", rows, self.linear) + np.einsum("ij,j->i", layer, self.out)
        return found


def _rounded(values: Vector, digits: int) -> list[float]:
    return [round(float(value), digits) for value in values]


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
        "near_best": float(rows[0, NEAREST].max()),
        "near_shown": float(rows[:SHOWN, NAMES.index("near_own")].mean()),
    }
