"""How sure we are, as a chance: and from that whether to answer, to ask back, or to say that we do not know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.understanding.question import Decision
from bot.understanding.vocabulary import Vector

ANSWER_FROM = 0.5  # a wrong answer costs more than asking back, but asking back costs too
CLARIFY_FROM = 0.25
MAX_CHOICES = 4
CHOICE_WITHIN = 0.6  # a choice offered scores at most this much below the best one
CLIP = 1.5
ROUNDS = 12
RIDGE = 1.0
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Evidence:
    """What the confidence in the best topic is computed from.

    `score` is the best topic's, `ahead` how much that is above the next topic, `inside` how much
    above the best class of messages that are none of our business; `named` whether something of
    ours is named (or in the conversation); `strange` the share of its words no phrasing uses.
    """

    score: float
    ahead: float
    inside: float
    named: bool
    strange: float

    def row(self) -> list[float]:
        """The features of the regression; the last is the constant."""
        named = float(self.named)
        return [
            self.score, min(self.ahead, CLIP), max(-CLIP, min(self.inside, CLIP)), named, self.strange,
            self.strange * (1 - named), 1.0,
        ]  # fmt: skip


FEATURES = 7


def evidence(scores: Vector, outside: npt.NDArray[np.bool_], named: bool, strange: float) -> Evidence:
    """Read the scores of all classes, of which `outside` are none of our business."""
    inside_scores = scores[~outside]
    best = int(inside_scores.argmax())
    first = float(inside_scores[best])
    second = float(np.partition(inside_scores, -2)[-2]) if len(inside_scores) > 1 else -1.0
    other = float(scores[outside].max()) if outside.any() else -1.0
    return Evidence(first, first - second, first - other, named, strange)


class Calibration:
    """Logistic regression from `Evidence` to the chance that the best topic is right."""

    def __init__(self, weights: Sequence[float]) -> None:
        self.weights = np.asarray(weights, np.float64)

    @classmethod
    def learn(cls, seen: Sequence[Evidence], right: Sequence[bool]) -> Calibration:
        """Fit by Newton's method with a small ridge."""
        rows: Matrix = np.array([item.row() for item in seen], np.float64)
        target = np.array(right, np.float64)
        weights = np.zeros(FEATURES)
        ridge = np.diag([RIDGE] * (FEATURES - 1) + [0.0])
        for _ in range(ROUNDS):
            chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
            slope = rows.T @ (chance - target) + ridge @ weights
            curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + ridge + 1e-9 * np.eye(FEATURES)
            weights -= np.linalg.solve(curve, slope)
        return cls(weights.tolist())

    def chance(self, seen: Evidence) -> float:
        """The chance that the best topic is right, 0..1."""
        return float(1 / (1 + np.exp(-np.clip(np.dot(self.weights, seen.row()), -30, 30))))


def decide(confidence: float, choices: int, clarified: bool) -> Decision:
    """Answer, clarify among `choices` readings, or unknown; never clarify twice in a row."""
    if confidence >= ANSWER_FROM:
        return "answer"
    if confidence >= CLARIFY_FROM and choices > 1 and not clarified:
        return "clarify"
    return "answer" if clarified and confidence >= CLARIFY_FROM else "unknown"
