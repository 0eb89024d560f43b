"""Questions → statements, best first, each with a weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from bot.knowledge.base import KnowledgeBase
from bot.understanding.encoder import encoder
from bot.understanding.finding.directions import turned
from bot.understanding.finding.features import NAMES, Asked, Features, Matrix
from bot.understanding.finding.index import Index
from bot.understanding.finding.ranking import Ranking, evidence
from bot.understanding.question import Asking, Found
from bot.understanding.vocabulary import Vector

NEAR = NAMES.index("near")
KEPT = 12  # statements of a ranking that are handed on
BEFORE = 0.2  # how much the question before counts beside one that leans on it
WHOLE = 0.5  # how much the whole message counts beside the part that asks: the story says for whom


class Finder:
    """Finds statements of one knowledge base. Never changes after construction: safe to share."""

    def __init__(self, base: KnowledgeBase, ranking: Ranking | None = None) -> None:
        self.index = Index(base)
        self.features = Features(base, self.index)
        self.ranking = ranking or Ranking.load()

    def find(self, whole: Asked, parts: Sequence[str] = (), before: str = "") -> tuple[Asking, ...]:
        """The statements that may answer each part of a message that asks, or the whole of it.

        `before` is the question before, where this one may lean on it.
        """
        places, rows = self._candidates(whole)
        scores = self.ranking.scores(rows)
        if before:
            told = self._everywhere(replace(whole, text=before))
            scores = ((scores + BEFORE * told[places]) / (1 + BEFORE)).astype(np.float32)
        if not parts:
            return (self._asking(whole.text, places, rows, scores),)
        told = self._everywhere(whole)
        found = []
        for part in parts:
            places, rows = self._candidates(replace(whole, text=part))
            both = (self.ranking.scores(rows) + WHOLE * told[places]) / (1 + WHOLE)
            found.append(self._asking(part, places, rows, both.astype(np.float32)))
        return tuple(found)

    def _everywhere(self, asked: Asked) -> Vector:
        """The score of every statement; of those that are no candidates that of the last one."""
        places, rows = self._candidates(asked)
        scores = self.ranking.scores(rows)
        found: Vector = np.full(self.index.size, scores.min(initial=0.0), np.float32)
        found[places] = scores
        return found

    def _candidates(self, asked: Asked) -> tuple[npt.NDArray[np.intp], Matrix]:
        return self.features.candidates(asked, _direction(asked.text))

    def _asking(self, text: str, places: npt.NDArray[np.intp], rows: Matrix, scores: Vector) -> Asking:
        direction = _direction(text)
        kind, near = self.index.refused(direction)
        if not len(places):
            return Asking(text, (), kind)
        shares = np.exp((scores - scores.max()) * self.ranking.sharpness)
        shares /= shares.sum()
        order = np.argsort(-scores, kind="stable")[:KEPT]
        found = tuple(
            Found(self.index.statements[place], float(shares[at]), *self.index.nearest(int(place), direction))
            for at, place in zip(order, places[order], strict=True)
        )
        refused = near - float(rows[:, NEAR].max())
        return Asking(text, found, kind, evidence(rows[order], scores[order], refused))


def _direction(text: str) -> Vector:
    direction: Vector = turned(encoder().encode([text]))[0]
    return direction
