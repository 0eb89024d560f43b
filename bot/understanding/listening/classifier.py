"""What no pattern foresees, learnt from examples: a light model reads all of a message, the encoder the whole of it
and its likeliest parts.

Both models score every kind of need and every group of them; a score is about 1 for a sure yes and -1 for a sure no.
Beside them stands how much nearer a message lies to examples of a need than to others (the logarithm of the ratio of
two kernel densities): what is worded in many ways has no one direction. What all of it comes to is weighed in
`weighing.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from bot.knowledge.listening import NeedGroup
from bot.understanding.cache import Arrays
from bot.understanding.encoder import SIZE, encoder
from bot.understanding.features import Featuriser, Row
from bot.understanding.finding.directions import PackedDirections, directions
from bot.understanding.linear import LinearModel, train
from bot.understanding.listening.parts import Phrase
from bot.understanding.neighbours import Neighbours
from bot.understanding.vocabulary import Vector, word_vectors

ROUNDS = 12
PLAIN = "plain"
LONG = 40  # words: of a message above this the encoder reads …
VERY_LONG = 100  # words: above this the parts speak for the whole, of which the encoder reads the beginning only
MOST_PARTS = 10  # more of them make nothing less likely
SHARPNESS = 32.0  # of cosines in the densities: only what is near counts
FAINT = 1e-9  # the least density
SCALE = 127  # directions of examples are kept in bytes
CLOSELY = 3  # … so many parts for danger besides the whole and the likeliest part: each takes a millisecond or two
HOPELESS = -0.7  # the light model's score from which the encoder may read a part; below it next to no need lies
DANGER: NeedGroup = "crisis"  # a plea in a long story is the one thing that must not be passed over


@dataclass(frozen=True)
class ClassifiedMessage:
    """One message to learn from: as it is written, its words, its kind of need, and the group of that."""

    text: str
    words: Phrase
    kind: str
    group: str


@dataclass(frozen=True)
class NeedEvidence:
    """What both models say of a message for one class and how `near` its examples are, each of the whole and of the
    part that says most, and how many `parts` it has and which share of its words is `unknown`."""

    close: float
    light: float
    near: float
    close_part: float
    light_part: float
    near_part: float
    parts: float
    unknown: float


class Classifier:
    """Scores messages. `classes` are the groups of needs (but the plain one), then the kinds."""

    def __init__(
        self,
        classes: Sequence[str],
        groups: int,
        featuriser: Featuriser,
        models: tuple[npt.NDArray[np.float16], npt.NDArray[np.float16]],
        known: npt.NDArray[np.int8],
        needs: npt.NDArray[np.bool_],
    ) -> None:
        light, close = models
        self.classes = tuple(classes)
        self._groups = groups
        self._featuriser = featuriser
        columns = len(featuriser.columns)
        self._light, self._close = LinearModel(light, columns), LinearModel(close, columns)
        self._vectors = word_vectors()
        self._kept = known, needs
        self._known = Neighbours(PackedDirections(known, np.full(len(known), SCALE, np.float32)))
        members = np.concatenate([needs, ~needs], axis=1)  # of each class, and those of none
        self._shares = (members / np.maximum(members.sum(axis=0), 1)).astype(np.float32)

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
        vectors, read = word_vectors(), directions([item.text for item in examples])
        light = [
            Row(row.columns, row.values, vectors.mean(item.words)) for row, item in zip(rows, examples, strict=True)
        ]
        close = [Row(row.columns, row.values, found) for row, found in zip(rows, read, strict=True)]
        columns = len(featuriser.columns)
        models = [train(part, signs, columns, ROUNDS).weights.astype(np.float16) for part in (light, close)]
        known = np.round(np.asarray(read) * SCALE).astype(np.int8)
        return cls((*groups, *kinds), len(groups), featuriser, (models[0], models[1]), known, signs > 0)

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Everything learnt, to be stored."""
        return {
            "classes": np.array("\n".join(self.classes)),
            "groups": np.array(self._groups),
            "columns": np.array("\n".join(self._featuriser.columns)),
            "idf": self._featuriser.weights,
            "light": self._light.weights,
            "close": self._close.weights,
            "known": self._kept[0],
            "needs": self._kept[1],
        }

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Classifier:
        """The classifier that `arrays` were taken from. Raises `KeyError` or `ValueError` for others."""
        columns = {feature: at for at, feature in enumerate(str(arrays["columns"]).split("\n"))}
        featuriser = Featuriser(columns, np.asarray(arrays["idf"], np.float32), None)
        light, close = (np.asarray(arrays[name], np.float16) for name in ("light", "close"))
        classes = str(arrays["classes"]).split("\n")
        if light.shape[0] != len(columns) + word_vectors().size + 1 or close.shape[0] != len(columns) + SIZE + 1:
            raise ValueError("stored by another version")
        known, needs = np.asarray(arrays["known"], np.int8), np.asarray(arrays["needs"], np.bool_)
        return cls(classes, int(arrays["groups"]), featuriser, (light, close), known, needs)

    def evidence(self, text: str, words: Phrase, parts: Sequence[Phrase]) -> dict[str, NeedEvidence]:
        """What speaks for each class: `text` as it is looked up for answers (then the encoder has read it already),
        the `words` of it that are meant, and the parts in which they stand.
        """
        if not words:
            return {}
        row = self._featuriser.row(words)
        parts = [part for part in parts if part != words] or [words]
        rows = [self._featuriser.row(part) for part in parts]
        lightly = np.array([self._lightly(row, part) for row, part in zip(rows, parts, strict=True)])
        likeliest = self._likeliest(lightly, CLOSELY if len(words) > LONG else 0) if parts != [words] else []
        texts = [text, *(" ".join(parts[at]) for at in likeliest)]
        score, near = self._closely([row, *(rows[at] for at in likeliest)], texts)
        whole = score[0], near[0], self._lightly(row, words)
        said = slice(1, None) if likeliest else slice(None)
        best = score[said].max(axis=0), near[said].max(axis=0), lightly.max(axis=0)
        unknown = sum(word not in self._vectors.rank for word in words) / len(words)
        if len(words) > VERY_LONG:
            close, near_all, light = (np.maximum(one, part) for one, part in zip(whole, best, strict=True))
            whole = close, near_all, light
        many = log(min(len(parts), MOST_PARTS))
        (close, near, light), (close_part, near_part, light_part) = whole, best
        found = np.stack([close, light, near, close_part, light_part, near_part], axis=1).tolist()
        return {name: _evidence(says, many, unknown) for name, says in zip(self.classes, found, strict=True)}

    def _likeliest(self, scores: npt.NDArray[np.float32], many: int) -> list[int]:
        """The part that says most of any need, then of the others so `many` as say most of danger: of all of them
        those that are not hopeless.
        """
        need = scores[:, : self._groups].max(axis=1)
        danger = scores[:, self.classes.index(DANGER)] if DANGER in self.classes else need
        order = [(need, int(need.argmax())), *((danger, int(at)) for at in np.argsort(-danger, kind="stable")[:many])]
        return list(dict.fromkeys(at for score, at in order if score[at] > HOPELESS))

    def _lightly(self, row: Row, words: Phrase) -> Vector:
        return self._light.scores(Row(row.columns, row.values, self._vectors.mean(words)))

    def _closely(self, rows: Sequence[Row], texts: Sequence[str]) -> tuple[Vector, Vector]:
        """The score of each class by the encoder, and how much nearer its examples are than others: a row for each
        text.
        """
        read = encoder().encode(texts)
        here, elsewhere = np.split(np.array([self._density(direction) for direction in read]), 2, axis=1)
        given = zip(rows, read, strict=True)
        score = np.array([self._close.scores(Row(row.columns, row.values, direction)) for row, direction in given])
        return score, np.log(here + FAINT) - np.log(elsewhere + FAINT)

    def _density(self, direction: Vector) -> Vector:
        places, near = self._known.nearest(direction)
        found: Vector = np.exp(SHARPNESS * (near - 1)) @ self._shares[places]
        return found


def _evidence(says: Sequence[float], parts: float, unknown: float) -> NeedEvidence:
    close, light, near, close_part, light_part, near_part = says
    return NeedEvidence(close, light, near, close_part, light_part, near_part, parts, unknown)
