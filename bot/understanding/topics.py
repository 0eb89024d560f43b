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
        return Training.of(examples, vectors).train()

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


@dataclass(frozen=True)
class Training:
    """Examples made ready for training: `signs` as for `linear.train`, shape (examples, classes)."""

    classes: tuple[str, ...]
    featuriser: Featuriser
    rows: list[Row]
    signs: npt.NDArray[np.float32]

    @classmethod
    def of(cls, examples: Sequence[Example], vectors: WordVectors | None) -> Training:
        """Learn the features of `examples`, and what each is an example of."""
        classes = sorted({example.label for example in examples})
        if any(name.startswith(OUTSIDE) for name in classes):
            classes += OURS
        featuriser, rows = Featuriser.learn([example.words for example in examples], vectors)
        return cls(tuple(classes), featuriser, rows, targets(examples, classes))

    def train(self, only: npt.NDArray[np.intp] | None = None) -> TopicRecogniser:
        """A recogniser that learnt from all examples, or from `only` those."""
        at = np.arange(len(self.rows)) if only is None else only
        model = train([self.rows[index] for index in at], self.signs[at], len(self.featuriser.columns))
        return TopicRecogniser(self.classes, self.featuriser, model)

    def unseen(self) -> npt.NDArray[np.float32]:
        """The scores of each example by a model that did not learn from it: shape (examples, classes)."""
        scores = np.zeros(self.signs.shape, np.float32)
        halves = np.array_split(np.random.default_rng(1).permutation(len(self.rows)), 2)
        for learnt, unseen in (halves, halves[::-1]):
            model = self.train(learnt).model
            for at in unseen:
                scores[at] = model.scores(self.rows[at])
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
