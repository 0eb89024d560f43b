"""Questions → statements, best first, each with a weight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.knowledge.base import KnowledgeBase
from bot.understanding.encoder import encoder
from bot.understanding.finding.features import COVERED, NEAR, Asked, Features
from bot.understanding.finding.index import Index
from bot.understanding.finding.ranking import Ranking, evidence
from bot.understanding.linear import Matrix
from bot.understanding.question import Asking, FoundStatement
from bot.understanding.statements import Statement

SAME_MATTER = 1.0  # what it counts that a statement stands in the guide of the sentence just given
KEPT = 12  # statements of a ranking that are handed on


class Finder:
    """Finds statements of one knowledge base, all or those `chosen`. Never changes: safe to share."""

    def __init__(self, base: KnowledgeBase, chosen: Sequence[Statement] | None = None) -> None:
        self.index = Index(base, chosen)
        self.features = Features(base, self.index)
        self.ranking = Ranking.load()

    def find(self, questions: Sequence[Asked]) -> tuple[Asking, ...]:
        """The statements that may answer each question of a message."""
        return tuple(map(self._found, questions))

    def candidates(self, asked: Asked) -> tuple[npt.NDArray[np.intp], Matrix]:
        """The places of the statements that may answer, and what speaks for each."""
        texts = asked.views()
        unique = list(dict.fromkeys(texts))
        rows = encoder().encode(unique)
        return self.features.candidates(asked, rows[[unique.index(text) for text in texts]])

    def _found(self, asked: Asked) -> Asking:
        places, rows = self.candidates(asked)
        direction = encoder().encode([asked.text])[0]
        kind, near = self.index.refused(direction)
        scores = self.ranking.scores(rows) + SAME_MATTER * self.index.of_file(asked.file, places)
        repeats = self.index.repeats(asked.said, places)
        again = bool(len(places)) and bool(repeats[scores.argmax()])
        out = repeats | self.index.other_prices(asked.matters, places)
        out |= self.index.other_amounts(asked.topics, places) | self.index.abroad(asked.country, asked.guides, places)
        kept = ~out
        if asked.paid:
            kept &= ~self.index.amounts(places)
        places, rows, scores = places[kept], rows[kept], scores[kept]
        if not len(places):
            return Asking(asked.text, (), kind, again=again)
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        order = np.argsort(-scores, kind="stable")[:KEPT]
        found = tuple(
            FoundStatement(
                self.index.statements[place],
                float(shares[at]),
                *self.index.nearest(int(place), direction),
                like=float(rows[at, NEAR]),
                covered=float(rows[at, COVERED]),
            )
            for at, place in zip(order, places[order], strict=True)
        )
        like_ours = self.index.near_ours(direction) - near
        refused = min(near - float(rows[:, NEAR].max()), -like_ours)
        told = {**evidence(rows[order], scores[order], refused), "like_ours": like_ours}
        return Asking(asked.text, found, kind, told, again=again)
