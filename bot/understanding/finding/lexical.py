"""A lexical score: which statements share the rarer words of a question (BM25, Robertson and Zaragoza 2009)."""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

import numpy as np
import numpy.typing as npt

from bot.knowledge import names
from bot.knowledge.names import singular
from bot.understanding import cache
from bot.understanding.vocabulary import Vector

SATURATION, BY_LENGTH = 1.2, 0.75  # the usual k1 and b
_WORD = re.compile(r"[a-z0-9]+")


def words(text: str) -> list[str]:
    """The words of a text in lower case and singular."""
    return [singular(word) for word in _WORD.findall(text.lower())]


class Lexical:
    """An inverted index of texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Kept in the cache: to take the words of all statements apart takes a quarter of a second."""
        self.size = len(texts)
        key = _key(texts)
        arrays = cache.load(key)
        try:
            self._take(arrays or {})
        except (KeyError, ValueError):
            arrays = _postings([words(text) for text in texts])
            cache.store(key, arrays)
            self._take(arrays)

    def _take(self, arrays: cache.Arrays) -> None:
        found = str(arrays["words"]).split()
        self._words = {word: at for at, word in enumerate(found)}
        self._starts = arrays["starts"].tolist()
        self._places = np.asarray(arrays["places"], np.int32)
        self._weights = np.asarray(arrays["weights"], np.float32)
        if len(self._starts) != len(found) + 1 or not len(self._places) == len(self._weights) == self._starts[-1]:
            raise ValueError("stored by another version")

    def _posting(self, word: str) -> slice:
        """Where what is kept of a word stands."""
        at = self._words.get(word)
        return slice(0, 0) if at is None else slice(self._starts[at], self._starts[at + 1])

    def rarity(self, word: str) -> float:
        """How much a word tells: 0 for one in every text, more for rarer ones."""
        posting = self._posting(word)
        return _rarity(posting.stop - posting.start, self.size)

    def scores(self, question: Iterable[str]) -> Vector:
        """The score of every text, shape (n,), from 0."""
        total = np.zeros(self.size, np.float32)
        for word in set(question):
            posting = self._posting(word)
            total[self._places[posting]] += self._weights[posting]
        return total

    def has(self, word: str, texts: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
        """Which of some texts have a word: shape (n,)."""
        places = self._places[self._posting(word)]
        if not len(places):
            return np.zeros(len(texts), np.bool_)
        found: npt.NDArray[np.bool_] = places.take(places.searchsorted(texts), mode="clip") == texts
        return found


def _rarity(used: int, size: int) -> float:
    return log(1 + (size - used + 0.5) / (used + 0.5))


def _postings(documents: Sequence[Sequence[str]]) -> cache.Arrays:
    """The words, behind one another the places of each and its weight there; `starts` is where each begins."""
    size = len(documents)
    mean = sum(map(len, documents)) / max(1, size)
    found: dict[str, tuple[list[int], list[float]]] = {}
    for at, document in enumerate(documents):
        norm = SATURATION * (1 - BY_LENGTH + BY_LENGTH * len(document) / max(1.0, mean))
        for word, count in Counter(document).items():
            places, weights = found.setdefault(word, ([], []))
            places.append(at)
            weights.append(count * (SATURATION + 1) / (count + norm))
    scaled = [
        np.array(weights, np.float32) * np.float32(_rarity(len(places), size)) for places, weights in found.values()
    ]
    return {
        "words": np.array(" ".join(found)),
        "starts": np.cumsum([0, *(len(places) for places, _ in found.values())]),
        "places": np.array([place for places, _ in found.values() for place in places], np.int32),
        "weights": np.concatenate(scaled) if scaled else np.zeros(0, np.float32),
    }


def _key(texts: Sequence[str]) -> str:
    digest = hashlib.sha256(cache.code_digest(sys.modules[__name__], names).encode())
    digest.update("\n".join(texts).encode())
    return digest.hexdigest()
