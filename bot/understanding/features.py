"""Messages as numbers: TF-IDF of words, pairs of words and character n-grams, and the mean of word vectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

import numpy as np
import numpy.typing as npt

from bot.understanding.vocabulary import Vector, WordVectors

SHORTEST, LONGEST = 3, 4  # characters of an n-gram
MARKS = "<="  # a word that starts with one is no word of the message: `<kind>` of a thing, or …
HINT = "="  # … the very thing: a weak feature
HINT_WEIGHT = 0.4
VECTOR_WEIGHT = 1.0


@dataclass(frozen=True)
class Row:
    """One message: `columns` (n,) and their `values` (n,), and the `dense` part (d,)."""

    columns: npt.NDArray[np.intp]
    values: Vector
    dense: Vector


@lru_cache(maxsize=20_000)
def grams(word: str) -> tuple[str, ...]:
    """The character n-grams of a word and its edges."""
    padded = f" {word} "
    return tuple(
        padded[at : at + size] for size in range(SHORTEST, LONGEST + 1) for at in range(len(padded) - size + 1)
    )


def word_features(words: Sequence[str]) -> Counter[str]:
    """Words and neighbouring pairs; the ends of the message count as words."""
    plain = [word for word in words if word[0] != HINT]
    found = Counter(f"w{word}" for word in words)
    found.update(f"b{left}_{right}" for left, right in zip(["^", *plain], [*plain, "$"], strict=True))
    return found


def gram_features(words: Iterable[str]) -> Counter[str]:
    """Character n-grams within words; slots have none."""
    return Counter(f"c{gram}" for word in words if word[0] not in MARKS for gram in grams(word))


class Featuriser:
    """Learns columns and their weights from messages, then turns messages into rows."""

    def __init__(self, columns: dict[str, int], weights: Vector, vectors: WordVectors | None) -> None:
        self.columns = columns
        self.weights = weights
        self._vectors = vectors
        self.dense_size = vectors.size if vectors else 0

    @classmethod
    def learn(cls, messages: Sequence[Sequence[str]], vectors: WordVectors | None) -> tuple[Featuriser, list[Row]]:
        """Columns for all features of `messages`, weighted by inverse document frequency, and their rows."""
        found = [(word_features(words), gram_features(words)) for words in messages]
        seen: Counter[str] = Counter()
        for words, pieces in found:
            seen.update(words.keys())
            seen.update(pieces.keys())
        weights = np.array([log((1 + len(messages)) / (1 + n)) + 1 for n in seen.values()], np.float32)
        learnt = cls({feature: column for column, feature in enumerate(seen)}, weights, vectors)
        return learnt, [learnt._row(*features, words) for features, words in zip(found, messages, strict=True)]

    def row(self, words: Sequence[str]) -> Row:
        """The row of one message; words and n-grams each have length 1, unknown ones are left out."""
        return self._row(word_features(words), gram_features(words), words)

    def _row(self, features: Counter[str], pieces: Counter[str], words: Sequence[str]) -> Row:
        parts = [self._part(features), self._part(pieces)]
        dense = np.zeros(0, np.float32)
        if self._vectors:
            dense = self._vectors.mean(word for word in words if word[0] not in MARKS) * np.float32(VECTOR_WEIGHT)
        return Row(
            np.concatenate([columns for columns, _ in parts]), np.concatenate([values for _, values in parts]), dense
        )

    def _part(self, features: Counter[str]) -> tuple[npt.NDArray[np.intp], Vector]:
        columns, values = [], []
        get = self.columns.get
        for feature, count in features.items():
            column = get(feature)
            if column is not None:
                columns.append(column)
                values.append(HINT_WEIGHT if feature[1] == HINT else 1.0 if count == 1 else 1 + log(count))
        at = np.array(columns, np.intp)
        row = np.array(values, np.float32) * self.weights[at]
        length = float(np.sqrt(row @ row))
        return at, row / np.float32(length) if length else row
