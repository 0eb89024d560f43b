"""The topic recogniser: learns from the phrasings of the knowledge base what is asked.

Messages that are none of our business are classes of their own (their names start with
`OUTSIDE`), so that they have somewhere to go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.understanding.features import Featuriser, Row
from bot.understanding.linear import LinearModel, train
from bot.understanding.vocabulary import Vector, WordVectors

OUTSIDE = "!"
OURS = "~"  # one more class: every message that is our business


@dataclass(frozen=True)
class Example:
    """A message as a template, its class, and whether it uses the words of a guide."""

    words: tuple[str, ...]
    label: str
    guided: bool = False


class TopicRecogniser:
    """Scores of every class for a template; the classes are sorted by name."""

    def __init__(self, classes: Sequence[str], featuriser: Featuriser, model: LinearModel) -> None:
        self.classes = tuple(classes)
        self.featuriser = featuriser
        self.model = model
        self.outside = np.array([name.startswith(OUTSIDE) for name in classes], bool)
        self.ours = self.classes.index(OURS) if OURS in classes else None
        self.topical = np.array([name != OURS and not name.startswith(OUTSIDE) for name in classes], bool)

    @classmethod
    def learn(cls, examples: Sequence[Example], vectors: WordVectors | None) -> TopicRecogniser:
        """Train on `examples`."""
        classes = sorted({example.label for example in examples})
        if any(name.startswith(OUTSIDE) for name in classes):
            classes.append(OURS)
        featuriser = Featuriser.learn([example.words for example in examples], vectors)
        rows = [featuriser.row(example.words) for example in examples]
        return cls(classes, featuriser, train(rows, targets(examples, classes), len(featuriser.columns)))

    def scores(self, words: Sequence[str]) -> Vector:
        """One score a class, about -1 (no) to 1 (yes)."""
        return self.model.scores(self.featuriser.row(words))

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Everything learnt, to be stored."""
        return {
            "classes": np.array("\n".join(self.classes)),
            "columns": np.array("\n".join(self.featuriser.columns)),
            "idf": self.featuriser.weights,
            "weights": self.model.weights.astype(np.float16),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[np.generic]], vectors: WordVectors | None) -> TopicRecogniser:
        """The recogniser that `arrays` were taken from, its weights rounded to half precision."""
        columns = {feature: at for at, feature in enumerate(str(arrays["columns"]).split("\n"))}
        featuriser = Featuriser(columns, np.asarray(arrays["idf"], np.float32), vectors)
        model = LinearModel(np.asarray(arrays["weights"], np.float32), len(columns))
        return cls(str(arrays["classes"]).split("\n"), featuriser, model)


def cross_scores(
    examples: Sequence[Example], rows: Sequence[Row], classes: Sequence[str], columns: int, folds: int = 2
) -> npt.NDArray[np.float32]:
    """Scores of each example by a model that did not learn from it: shape (examples, classes)."""
    wanted = targets(examples, classes)
    fold = np.random.default_rng(1).permutation(len(examples)) % folds
    scores = np.zeros((len(examples), len(classes)), np.float32)
    for held in range(folds):
        learn = np.flatnonzero(fold != held)
        model = train([rows[at] for at in learn], wanted[learn], columns)
        for at in np.flatnonzero(fold == held):
            scores[at] = model.scores(rows[at])
    return scores


def targets(examples: Sequence[Example], classes: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Which classes each example belongs to: shape (examples, classes)."""
    number = {name: at for at, name in enumerate(classes)}
    wanted = np.zeros((len(examples), len(classes)), bool)
    wanted[np.arange(len(examples)), [number[example.label] for example in examples]] = True
    if OURS in number:
        wanted[:, number[OURS]] = [not example.label.startswith(OUTSIDE) for example in examples]
    return wanted
