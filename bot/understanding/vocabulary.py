"""The table of static word vectors (see `vectors/README.md`), which is also our list of English words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

FOLDER = Path(__file__).resolve().parent / "vectors"
Vector = npt.NDArray[np.float32]


class WordVectors:
    """What words mean. `rank` maps a word to its row; frequent words come first."""

    def __init__(self, folder: Path = FOLDER) -> None:
        words = (folder / "words.txt").read_text("utf-8").split()
        self.rank = {word: row for row, word in enumerate(words)}
        self._table: npt.NDArray[np.int8] = np.load(folder / "vectors.npy", allow_pickle=False)
        self.size = int(self._table.shape[1])

    def mean(self, words: Iterable[str]) -> Vector:
        """The direction of the words together: shape (size,), of length 1, or 0 where none is known."""
        rows = [self.rank[word] for word in words if word in self.rank]
        if not rows:
            return np.zeros(self.size, np.float32)
        total: Vector = self._table[rows].sum(axis=0, dtype=np.float32)
        length = float(np.sqrt(total @ total))
        return np.divide(total, np.float32(length or 1.0))

    def direction(self, word: str) -> Vector | None:
        """The direction of one word, of length 1, or None where it is not known."""
        return self.mean((word,)) if word in self.rank else None

    def common(self, word: str, among: int) -> bool:
        """Whether the word is among the most frequent English words."""
        return self.rank.get(word, among) < among


def likeness(directions: Vector, direction: Vector) -> Vector:
    """The cosine of each of `directions`, shape (n, size), with one direction, shape (n,)."""
    found: Vector = directions @ direction
    return found


@cache
def word_vectors() -> WordVectors:
    """The table that comes with the package, read once."""
    return WordVectors()
