"""What no pattern foresees, learnt from examples: a light model reads all parts, the encoder the doubtful ones.

Both score every kind of need and every group of them; a score is about 1 for a sure yes and -1 for a sure no.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from bot.understanding.cache import Arrays
from bot.understanding.encoder import SIZE, encoder
from bot.understanding.features import Featuriser, Row
from bot.understanding.finding.directions import directions
from bot.understanding.linear import LinearModel, train
from bot.understanding.listening.parts import Phrase
from bot.understanding.vocabulary import Vector, word_vectors

ROUNDS = 12
PLAIN = "plain"
GATE = -0.2  # score of the light model for some group of needs, from which the encoder reads a part
FEW, LOW_GATE = 2, -0.7  # with so few parts it reads more of them
A_PART = 0.15  # what each doubling of the parts, roughly, takes from a score
KNOWN = 0.5  # share of the words of a part that must be known, or nothing is said of it
CLOSELY = 3  # parts of a message that the encoder reads at most: each takes some milliseconds


@dataclass(frozen=True)
class ClassifiedMessage:
    """One message to learn from: its words, its kind of need, and the group of that."""

    words: Phrase
    kind: str
    group: str


class Classifier:
    """Scores parts of messages. `classes` are the groups of needs (but the plain one), then the kinds."""

    def __init__(self, classes: Sequence[str], groups: int, featuriser: Featuriser, light: npt.NDArray[np.float32],
                 close: npt.NDArray[np.float32]) -> None:  # fmt: skip
        self.classes = tuple(classes)
        self._groups = groups
        self._featuriser = featuriser
        columns = len(featuriser.columns)
        self._light, self._close = LinearModel(light, columns), LinearModel(close, columns)
        self._vectors = word_vectors()

    @classmethod
    def learn(cls, examples: Sequence[ClassifiedMessage]) -> Classifier:
        """Both models from `examples`, always the same from the same."""
        groups = sorted({item.group for item in examples} - {PLAIN})
        kinds = sorted({item.kind for item in examples} - {PLAIN})
        signs = np.full((len(examples), len(groups) + len(kinds)), -1, np.float32)
        for at, item in enumerate(examples):
            if item.group != PLAIN:
                signs[at, [groups.index(item.group), len(groups) + kinds.index(item.kind)]] = 1
        featuriser, rows = Featuriser.learn([item.words for item in examples], None)
        vectors, texts = word_vectors(), [" ".join(item.words) for item in examples]
        light = [
            Row(row.columns, row.values, vectors.mean(item.words)) for row, item in zip(rows, examples, strict=True)
        ]
        close = [Row(row.columns, row.values, found) for row, found in zip(rows, directions(texts), strict=True)]
        columns = len(featuriser.columns)
        models = (train(part, signs, columns, ROUNDS).weights.astype(np.float16) for part in (light, close))
        return cls((*groups, *kinds), len(groups), featuriser, *(model.astype(np.float32) for model in models))

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Everything learnt, to be stored."""
        return {
            "classes": np.array("\n".join(self.classes)),
            "groups": np.array(self._groups),
            "columns": np.array("\n".join(self._featuriser.columns)),
            "idf": self._featuriser.weights,
            "light": self._light.weights.astype(np.float16),
            "close": self._close.weights.astype(np.float16),
        }

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Classifier:
        """The classifier that `arrays` were taken from. Raises `KeyError` or `ValueError` for others."""
        columns = {feature: at for at, feature in enumerate(str(arrays["columns"]).split("\n"))}
        featuriser = Featuriser(columns, np.asarray(arrays["idf"], np.float32), None)
        light, close = (np.asarray(arrays[name], np.float32) for name in ("light", "close"))
        classes = str(arrays["classes"]).split("\n")
        if light.shape[0] != len(columns) + word_vectors().size + 1 or close.shape[0] != len(columns) + SIZE + 1:
            raise ValueError("stored by another version")
        return cls(classes, int(arrays["groups"]), featuriser, light, close)

    def scores(self, parts: Sequence[Phrase]) -> dict[str, float]:
        """The best score of each class over the parts that the encoder reads; -1 where it reads none.

        The two models err in different places, so their mean counts; and the more parts there are, the more likely
        it is that one of them only looks like a need.
        """
        best = dict.fromkeys(self.classes, -1.0)
        parts = [words for words in parts if self._reads(words)]
        rows = [self._featuriser.row(words) for words in parts]
        first = [self._lightly(row, words) for row, words in zip(rows, parts, strict=True)]
        gate = GATE if len(parts) > FEW else LOW_GATE
        doubtful = sorted(range(len(parts)), key=lambda at: -first[at][: self._groups].max())[:CLOSELY]
        for at in doubtful:
            if first[at][: self._groups].max() < gate:
                break
            direction = encoder().encode([" ".join(parts[at])])[0]
            found = (self._close.scores(Row(rows[at].columns, rows[at].values, direction)) + first[at]) / 2
            for name, score in zip(self.classes, found.tolist(), strict=True):
                best[name] = max(best[name], score - A_PART * log(len(parts)))
        return best

    def _reads(self, words: Phrase) -> bool:
        """Whether most of the words are in the language of the examples: of others the models know nothing."""
        return sum(word in self._vectors.rank for word in words) > len(words) * KNOWN

    def _lightly(self, row: Row, words: Phrase) -> Vector:
        return self._light.scores(Row(row.columns, row.values, self._vectors.mean(words)))
