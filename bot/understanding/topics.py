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
from bot.understanding.linear import ROUNDS, LinearModel, Solution, train
from bot.understanding.vocabulary import Vector, WordVectors

ENTITY_SLOTS = frozenset(("<role>", "<certification>", "<degree>", "<term>"))
OUTSIDE = "!"
OURS = ("~named", "~unnamed", "~elliptical")
"""More classes: all that is our business, learnt apart by whether something is named, left out, or left out
because the conversation is about it."""
ELLIPTICAL = OURS[2]
FIRST_ROUNDS, FURTHER_ROUNDS = 6, 4  # of training: without the unseen ones, then with them
UNSEEN = 3  # one example of so many is set aside to learn how sure to be


@dataclass(frozen=True)
class Example:
    """A message as a template, its class, whether it uses the words of a guide, and whether it steers
    the conversation: a meta topic.
    """

    words: tuple[str, ...]
    label: str
    guided: bool = False
    steers: bool = False


class TopicRecogniser:
    """Scores of every class for a template; the classes are sorted by name."""

    def __init__(self, classes: Sequence[str], featuriser: Featuriser, model: LinearModel) -> None:
        self.classes = tuple(classes)
        self.featuriser = featuriser
        self.model = model
        self.outside = np.array([name.startswith(OUTSIDE) for name in classes], bool)
        self._ours = {name: self.classes.index(name) for name in OURS if name in classes}
        self.topical = np.array([name not in OURS and not name.startswith(OUTSIDE) for name in classes], bool)

    @classmethod
    def learn(cls, examples: Sequence[Example], vectors: WordVectors | None) -> TopicRecogniser:
        """Train on `examples`."""
        return Training.of(examples, vectors).train()

    def belongs(self, scores: Vector, named: bool) -> float:
        """The score of being our business at all; 1 where nothing else was learnt."""
        return float(scores[self._ours[OURS[0] if named else OURS[1]]]) if self._ours else 1.0

    def elliptical(self, scores: Vector) -> float:
        """The score of being our business in a conversation about something that is not named; 1 as above."""
        return float(scores[self._ours[ELLIPTICAL]]) if self._ours else 1.0

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
        model = LinearModel(np.asarray(arrays["weights"], np.float16), len(columns))
        return cls(str(arrays["classes"]).split("\n"), featuriser, model)


@dataclass(frozen=True)
class Training:
    """Examples made ready for training: `signs` as for `linear.train`, shape (examples, classes).

    The first `labelled` of them have a class of their own; the others only are examples of `ELLIPTICAL`.
    """

    classes: tuple[str, ...]
    featuriser: Featuriser
    rows: list[Row]
    signs: npt.NDArray[np.float32]
    labelled: int

    @classmethod
    def of(
        cls, examples: Sequence[Example], vectors: WordVectors | None, elliptical: Sequence[Sequence[str]] = ()
    ) -> Training:
        """Learn the features of `examples`, and what each is an example of; `elliptical` are messages of ours
        that lean on the conversation.
        """
        classes = sorted({example.label for example in examples})
        if any(name.startswith(OUTSIDE) for name in classes):
            classes += OURS
        featuriser, rows = Featuriser.learn([example.words for example in examples], vectors)
        signs = targets(examples, classes)
        if ELLIPTICAL in classes:
            more = np.zeros((len(elliptical), len(classes)), np.float32)
            more[:, classes.index(ELLIPTICAL)] = 1
            rows += [featuriser.row(words) for words in elliptical]
            signs = np.concatenate([signs, more])
        return cls(tuple(classes), featuriser, rows, signs, len(examples))

    def train(self, start: Solution | None = None) -> TopicRecogniser:
        """A recogniser that learnt from all examples, perhaps from a `start` that `unseen` gave."""
        columns = len(self.featuriser.columns)
        rounds = ROUNDS if start is None else FURTHER_ROUNDS
        solution = train(self.rows, self.signs, columns, rounds, start)
        return TopicRecogniser(self.classes, self.featuriser, LinearModel(solution.weights, columns))

    def unseen(self) -> Unseen:
        """What a model that did not learn from some of the examples says of them."""
        mixed = np.random.default_rng(1).permutation(self.labelled)
        unseen, learnt = np.split(mixed, [self.labelled // UNSEEN])
        columns = len(self.featuriser.columns)
        solution = train([self.rows[at] for at in learnt], self.signs[learnt], columns, FIRST_ROUNDS)
        model = LinearModel(solution.weights, columns)
        scores = np.array([model.scores(self.rows[at]) for at in unseen], np.float32)
        duals = np.zeros_like(self.signs)
        duals[learnt] = solution.duals
        return Unseen(unseen, scores, Solution(solution.weights, duals))


@dataclass(frozen=True)
class Unseen:
    """The places of some examples, shape (n,), their scores by a model that learnt from all others,
    shape (n, classes), and where that model's training came to: from there all are learnt sooner.
    """

    at: npt.NDArray[np.intp]
    scores: npt.NDArray[np.float32]
    start: Solution


def targets(examples: Sequence[Example], classes: Sequence[str]) -> npt.NDArray[np.float32]:
    """Which classes each example belongs to, as signs: shape (examples, classes)."""
    number = {name: at for at, name in enumerate(classes)}
    signs = np.full((len(examples), len(classes)), -1, np.float32)
    signs[np.arange(len(examples)), [number[example.label] for example in examples]] = 1
    for ours in OURS:
        if ours in number:
            signs[:, number[ours]] = [_sign(example, ours) for example in examples]
    return signs


def _sign(example: Example, ours: str) -> int:
    """Whether an example is one of a class of `OURS`."""
    if is_named(example.words) != (ours == OURS[0]):
        return 0
    if example.label.startswith(OUTSIDE):
        return -1
    return 0 if ours == ELLIPTICAL and example.steers else 1


def is_named(template: Sequence[str]) -> bool:
    """Whether a template names an entity."""
    return not ENTITY_SLOTS.isdisjoint(template)
