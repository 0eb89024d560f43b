"""A lexical score: which statements share the rarer words of a question (BM25, Robertson and Zaragoza 2009)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

import numpy as np
import numpy.typing as npt

from bot.understanding.entities import singular
from bot.understanding.vocabulary import Vector

SATURATION, BY_LENGTH = 1.2, 0.75  # the usual k1 and b
_WORD = re.compile(r"[a-z0-9]+")


def words(text: str) -> list[str]:
    """The words of a text in lower case and singular."""
    return [singular(word) for word in _WORD.findall(text.lower())]


class Lexical:
    """An inverted index of texts."""

    def __init__(self, texts: Sequence[Iterable[str]]) -> None:
        documents = [list(text) for text in texts]
        self.size = len(documents)
        mean = sum(map(len, documents)) / max(1, self.size)
        found: dict[str, tuple[list[int], list[float]]] = {}
        for at, document in enumerate(documents):
            norm = SATURATION * (1 - BY_LENGTH + BY_LENGTH * len(document) / max(1.0, mean))
            for word, count in Counter(document).items():
                places, weights = found.setdefault(word, ([], []))
                places.append(at)
                weights.append(count * (SATURATION + 1) / (count + norm))
        self._postings: dict[str, tuple[npt.NDArray[np.int32], Vector]] = {
            word: (np.array(places, np.int32), np.array(weights, np.float32) * np.float32(self._rarity(len(places))))
            for word, (places, weights) in found.items()
        }

    def _rarity(self, used: int) -> float:
        return log(1 + (self.size - used + 0.5) / (used + 0.5))

    def rarity(self, word: str) -> float:
        """How much a word tells: 0 for one in every text, more for rarer ones."""
        return self._rarity(len(self._postings[word][0]) if word in self._postings else 0)

    def scores(self, question: Iterable[str]) -> Vector:
        """The score of every text, shape (n,), from 0."""
        total = np.zeros(self.size, np.float32)
        for word in set(question):
            if word in self._postings:
                places, weights = self._postings[word]
                total[places] += weights
        return total
