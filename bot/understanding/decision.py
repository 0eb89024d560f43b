"""How sure we are, as a chance: and from that whether to answer, to ask back, or to say that we do not know.

Two chances are learnt from what models say about phrasings they did not learn from: that a
message is our business at all, and, if it is, that the best topic is what it asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.understanding.question import Decision
from bot.understanding.vocabulary import Vector

ANSWER_FROM = 0.5  # a wrong answer costs more than asking back, but asking back costs too
MAX_CHOICES = 4
TIE = 0.25  # two topics whose scores are nearer than this are both answered, if one of them is likely enough
CHOICE_WITHIN = 0.6  # a choice offered scores at most this much below the best one
CLIP = 1.5
MAX_OUT_OF_VOCABULARY = 3.0
OUTSIDE_COUNTS = 2.0  # a message that is none of our business weighs this much: we cannot list all their kinds
ROUNDS = 15
RIDGE = 1.0
TINY = 1e-6
DoubleMatrix = npt.NDArray[np.float64]


class Thresholds(NamedTuple):
    """The chance that a message is our business from which it is answered, and from which we ask back."""

    answer: float
    clarify: float


NAMED = Thresholds(0.0, 0.5)
GUIDED = Thresholds(0.6, 0.5)  # it uses words of a guide
UNNAMED = Thresholds(0.8, 0.5)  # it names nothing of ours: most such messages in the world are not for us
ELLIPTICAL = Thresholds(0.945, 0.8)  # it leans on the conversation


@dataclass(frozen=True)
class Evidence:
    """What the confidence in the best topic is computed from.

    `score` is the best topic's, `ahead` how much that is above the next topic, `above` how much
    the next is above the third, `inside` how much the best is above the best class of messages
    that are none of our business, `ours` the score of being ours at all; `named` whether
    something of ours is named (or in the conversation), `guided` whether words of a guide are
    used; `strange` how far its telling words are from those of our phrasings on average,
    `out_of_vocabulary` in sum; `owed` how usual it is to name something when asking for this topic.
    """

    score: float
    ahead: float
    above: float
    inside: float
    ours: float
    named: bool
    guided: bool
    strange: float
    out_of_vocabulary: float
    owed: float

    @property
    def _unknown(self) -> float:
        return min(self.out_of_vocabulary, MAX_OUT_OF_VOCABULARY)

    def belonging(self) -> list[float]:
        """What tells whether the message is our business; the last is the constant."""
        named = float(self.named)
        return [
            _clip(self.inside), _clip(self.ours), named, float(self.guided), self.strange * named,
            self.strange * (1 - named), self._unknown * (1 - named), self.owed * (1 - named), 1.0,
        ]  # fmt: skip

    def fitting(self) -> list[float]:
        """What tells whether the best topic is what is asked; the last is the constant."""
        return [_clip(self.score), _clip(self.ahead), float(self.named), self._unknown, 1.0]

    def fitting_either(self) -> list[float]:
        """What tells whether one of the two best topics is asked; the last is the constant."""
        return [_clip(self.score), _clip(self.ahead), _clip(self.above), float(self.named), 1.0]


def _clip(value: float) -> float:
    return max(-CLIP, min(value, CLIP))


def summit(
    scores: Vector, topical: npt.NDArray[np.bool_], outside: npt.NDArray[np.bool_]
) -> tuple[int, int, float, float, float, float]:
    """The two best classes of ours, the best score, and how far it is above the next, the next above
    the third, and the best above the best outside.
    """
    ours = np.where(topical, scores, -np.inf)
    best = int(ours.argmax())
    first = float(ours[best])
    ours[best] = -np.inf
    next_best = int(ours.argmax())
    second = max(float(ours[next_best]), -CLIP)
    ours[next_best] = -np.inf
    third = max(float(ours.max()), -CLIP)
    other = max(float(np.where(outside, scores, -np.inf).max()), -CLIP)
    return best, next_best, first, first - second, second - third, first - other


@dataclass(frozen=True)
class Calibration:
    """Logistic regressions: weights for `Evidence.belonging`, `Evidence.fitting` and `Evidence.fitting_either`."""

    belonging: tuple[float, ...]
    fitting: tuple[float, ...]
    either: tuple[float, ...]

    @classmethod
    def learn(cls, seen: Sequence[Evidence], ours: Sequence[bool], places: Sequence[int]) -> Calibration:
        """Fit to messages that are `ours` or not, whose right topic was the best (place 0), the next (1) or neither."""
        counts = [1.0 if own else OUTSIDE_COUNTS for own in ours]
        own = [float(mine) for mine in ours]
        return cls(
            _fit([item.belonging() for item in seen], ours, counts),
            _fit([item.fitting() for item in seen], [place == 0 for place in places], own),
            _fit([item.fitting_either() for item in seen], [place <= 1 for place in places], own),
        )

    def chances(self, seen: Evidence) -> Chances:
        """What the evidence is worth."""
        ours = _logistic(self.belonging, seen.belonging())
        best = _logistic(self.fitting, seen.fitting())
        return Chances(ours, ours * best, ours * max(best, _logistic(self.either, seen.fitting_either())))


@dataclass(frozen=True)
class Chances:
    """That a message is ours; that the best topic is what it asks; that it asks one of the two best."""

    ours: float
    best: float
    either: float

    def with_ours(self, ours: float) -> Chances:
        """The same, were the message our business with another chance."""
        share = ours / self.ours
        return Chances(ours, self.best * share, self.either * share)


def blended(one: float, other: float, share: float, more: float = 0.0) -> float:
    """The chance between two, `share` of the way to `one` on the scale of log-odds, and `more` beyond."""
    first, second = (log(max(chance, TINY) / max(1 - chance, TINY)) for chance in (one, other))
    return 1 / (1 + exp(-(share * first + (1 - share) * second + more)))


def _logistic(weights: Sequence[float], row: Sequence[float]) -> float:
    total = sum(weight * value for weight, value in zip(weights, row, strict=True))
    return float(1 / (1 + np.exp(-max(-30.0, min(30.0, total)))))


def _fit(features: Sequence[Sequence[float]], right: Sequence[bool], counts: Sequence[float]) -> tuple[float, ...]:
    """Logistic regression by Newton's method with a small ridge; `counts` are the weights of the rows."""
    rows: DoubleMatrix = np.array(features, np.float64)
    target, weight = np.array(right, np.float64), np.array(counts, np.float64)
    size = rows.shape[1]
    ridge = np.diag([RIDGE] * (size - 1) + [1e-6])
    found = np.zeros(size)
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        slope = rows.T @ (weight * (chance - target)) + ridge @ found
        curve = (rows * (weight * chance * (1 - chance))[:, None]).T @ rows + ridge
        found -= np.linalg.solve(curve, slope)
    return tuple(found.tolist())


def decide(confidence: float, ours: float, bar: Thresholds, choices: int, clarified: bool) -> Decision:
    """Answer, clarify among `choices` readings, or unknown; never clarify twice in a row.

    `confidence` is the chance that the reading is right, `ours` that the message is our business.
    """
    if confidence >= ANSWER_FROM and ours >= bar.answer:
        return "answer"
    if ours < bar.clarify:
        return "unknown"
    if bar is NAMED and (clarified or choices == 1):
        return "answer"
    return "unknown" if clarified or (choices == 1 and confidence < ANSWER_FROM) else "clarify"
