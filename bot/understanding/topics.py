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

ENTITY_SLOTS = frozenset(("<role>", "<certification>", "<degree>", "<term>"))
OUTSIDE = "!"
OURS = ("~named", "~unnamed")  # more classes: all that is our business, learnt apart by whether something is named


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
        self.ours = {name == OURS[0]: self.classes.index(name) for name in OURS if name in classes}
        self.topical = np.array([name not in OURS and not name.startswith(OUTSIDE) for name in classes], bool)

    @classmethod
    def learn(cls, examples: Sequence[Example], vectors: WordVectors | None) -> TopicRecogniser:
        """Train on `examples`."""
        classes = sorted({example.label for example in examples})
        if any(name.startswith(OUTSIDE) for name in classes):
            classes += OURS
        featuriser = Featuriser.learn([example.words for example in examples], vectors)
        rows = [featuriser.row(example.words) for example in examples]
        return cls(classes, featuriser, train(rows, targets(examples, classes), len(featuriser.columns)))

    def belongs(self, scores: Vector, named: bool) -> float:
        """The score of being our business at all; 1 where nothing else was learnt."""
        return float(scores[self.ours[named]]) if self.ours else 1.0

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


def targets(examples: Sequence[Example], classes: Sequence[str]) -> npt.NDArray[np.float32]:
    """Which classes each example belongs to, as signs: shape (examples, classes)."""
    number = {name: at for at, name in enumerate(classes)}
    signs = np.full((len(examples), len(classes)), -1, np.float32)
    signs[np.arange(len(examples)), [number[example.label] for example in examples]] = 1
    for ours in OURS:
        if ours in number:
            signs[:, number[ours]] = [
                0 if is_named(example.words) != (ours == OURS[0]) else -1 if example.label.startswith(OUTSIDE) else 1
                for example in examples
            ]
    return signs


def is_named(template: Sequence[str]) -> bool:
    """Whether a template names an entity."""
    return any(word in ENTITY_SLOTS for word in template)
