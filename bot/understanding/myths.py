"""False claims that circulate, recognised where a message repeats one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz

from bot.knowledge.base import KnowledgeBase
from bot.understanding.features import MARKS
from bot.understanding.learning import Learnt
from bot.understanding.vocabulary import likeness

LIKENESS = 0.8  # cosine of the word vectors, from which the words are compared
WORDS_ALIKE = 80  # of 100, rapidfuzz: in any order, extra words allowed
MIN_WORDS = 4
COMPARED = 5


class Myths:
    """The phrasings of all myths, by meaning and by words."""

    def __init__(self, base: KnowledgeBase, learnt: Learnt) -> None:
        self._vectors = learnt.vectors
        self._claims: list[tuple[str, str, frozenset[str]]] = []
        directions = []
        for myth in base.myths.values():
            for phrasing in myth.phrasings:
                template = learnt.templates.of_phrasing(phrasing)
                self._claims.append((myth.id, _plain(template), frozenset(myth.entities)))
                directions.append(self._direction(template))
        self._directions = np.array(directions, np.float32).reshape(len(directions), self._vectors.size)

    def find(self, template: Sequence[str], entities: Sequence[str]) -> str | None:
        """The myth that a message repeats about `entities`, or None."""
        if not self._claims or len(template) < MIN_WORDS:
            return None
        near = likeness(self._directions, self._direction(template))
        text = _plain(template)
        best, best_score = None, float(WORDS_ALIKE)
        for at in np.argsort(-near)[:COMPARED]:
            if near[at] < LIKENESS:
                break
            myth, claim, about = self._claims[at]
            score = fuzz.token_sort_ratio(claim, text)
            if score >= best_score and (not about or not about.isdisjoint(entities)):
                best, best_score = myth, score
        return best

    def _direction(self, template: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        return self._vectors.mean(word for word in template if word[0] not in MARKS)


def _plain(template: Sequence[str]) -> str:
    return " ".join(word for word in template if word[0] != "=")
