"""Messages as numbers: TF-IDF of words, pairs of words and character n-grams, and the mean of word vectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from bot.understanding.vocabulary import Vector, WordVectors

SHORTEST, LONGEST = 3, 4  # characters of an n-gram
MARKS = "<="  # a word that starts with one is no word of the message: `<kind>` of a thing, or …
HINT = "="  # … the very thing: a weak feature
HINT_WEIGHT = 0.4
VECTOR_WEIGHT = 1.0
KEPT_WORDS = 20_000  # whose n-grams are remembered


@dataclass(frozen=True)
class Row:
    """One message: `columns` (n,) and their `values` (n,), and the `dense` part (d,)."""

    columns: npt.NDArray[np.intp]
    values: Vector
    dense: Vector


@lru_cache(maxsize=KEPT_WORDS)
def grams(word: str) -> tuple[str, ...]:
    """The character n-grams of a word and its edges."""
    padded = f" {word} "
    return tuple(
        padded[at : at + size] for size in range(SHORTEST, LONGEST + 1) for at in range(len(padded) - size + 1)
    )


def word_features(words: Sequence[str]) -> list[str]:
    """Words and neighbouring pairs; the ends of the message count as words."""
    plain = [word for word in words if word[0] != HINT]
    pairs = zip(["^", *plain], [*plain, "$"], strict=True)
    return [f"w{word}" for word in words] + [f"b{left}_{right}" for left, right in pairs]


class Featuriser:
    """Learns columns and their weights from messages, then turns messages into rows."""

    def __init__(self, columns: dict[str, int], weights: Vector, vectors: WordVectors | None) -> None:
        self.columns = columns
        self.weights = weights
        self._vectors = vectors
        self._pieces = lru_cache(maxsize=KEPT_WORDS)(self._pieces_of)

    @classmethod
    def learn(cls, messages: Sequence[Sequence[str]], vectors: WordVectors | None) -> tuple[Featuriser, list[Row]]:
        """Columns for all features of `messages`, weighted by inverse document frequency, and their rows."""
        columns: dict[str, int] = {}
        for words in messages:
            for feature in word_features(words):
                columns.setdefault(feature, len(columns))
        for word in dict.fromkeys(word for words in messages for word in words if word[0] not in MARKS):
            for gram in grams(word):
                columns.setdefault(f"c{gram}", len(columns))
        learnt = cls(columns, np.ones(len(columns), np.float32), vectors)
        found = [(Counter(learnt._known(words)), Counter(learnt._grams(words))) for words in messages]
        seen = np.zeros(len(columns), np.intp)
        for part in found:
            for counts in part:
                seen[list(counts)] += 1
        learnt.weights = (np.log((1 + len(messages)) / (1 + seen)) + 1).astype(np.float32)
        hints = [at for feature, at in columns.items() if feature.startswith(f"w{HINT}")]
        learnt.weights[hints] *= np.float32(HINT_WEIGHT)
        return learnt, [learnt._row(*part, words) for part, words in zip(found, messages, strict=True)]

    def row(self, words: Sequence[str]) -> Row:
        """The row of one message; words and n-grams each have length 1, unknown ones are left out."""
        return self._row(Counter(self._known(words)), Counter(self._grams(words)), words)

    def _known(self, words: Sequence[str]) -> list[int]:
        """The columns of the words and pairs that were learnt."""
        columns = self.columns
        return [columns[feature] for feature in word_features(words) if feature in columns]

    def _grams(self, words: Iterable[str]) -> list[int]:
        """The columns of the character n-grams within words; slots have none."""
        return [column for word in words if word[0] not in MARKS for column in self._pieces(word)]

    def _pieces_of(self, word: str) -> tuple[int, ...]:
        columns = self.columns
        return tuple(columns[feature] for feature in map("c".__add__, grams(word)) if feature in columns)

    def _row(self, features: Mapping[int, int], pieces: Mapping[int, int], words: Sequence[str]) -> Row:
        one, one_values = self._part(features)
        other, other_values = self._part(pieces)
        dense = np.zeros(0, np.float32)
        if self._vectors:
            dense = self._vectors.mean(word for word in words if word[0] not in MARKS) * np.float32(VECTOR_WEIGHT)
        return Row(np.concatenate((one, other)), np.concatenate((one_values, other_values)), dense)

    def _part(self, counts: Mapping[int, int]) -> tuple[npt.NDArray[np.intp], Vector]:
        at = np.fromiter(counts.keys(), np.intp, len(counts))
        row = self.weights[at]
        if len(counts) and max(counts.values()) > 1:
            row *= 1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))
        length = float(np.sqrt(row @ row))
        return at, row / np.float32(length) if length else row
