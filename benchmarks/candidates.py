"""Simpler topic recognisers, to measure ours beside: nearest phrasing, and TF-IDF with the best five.

A module of the benchmarks; run by itself it measures all candidates on the held-out phrasings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz, process

from bot.knowledge.load import load
from bot.settings import KnowledgeSettings, read_settings
from bot.understanding.features import Featuriser
from bot.understanding.learning import labelled, learn
from bot.understanding.topics import OUTSIDE, Example, TopicRecogniser
from bot.understanding.vocabulary import word_vectors

BEST = 5


class Nearest:
    """The class of the phrasing that rapidfuzz finds most alike."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self._labels = [example.label for example in examples]
        self._texts = [" ".join(example.words) for example in examples]

    def best(self, words: Sequence[str]) -> str:
        found = process.extractOne(" ".join(words), self._texts, scorer=fuzz.token_set_ratio)
        return self._labels[found[2]] if found else ""


class BestFive:
    """The class whose five phrasings nearest by TF-IDF are nearest together; nothing is trained."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self._labels = [example.label for example in examples]
        self._featuriser, rows = Featuriser.learn([example.words for example in examples], None)
        postings: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for at, row in enumerate(rows):
            for column, value in zip(row.columns.tolist(), row.values.tolist(), strict=True):
                postings[column].append((at, value))
        self._postings = {
            column: (np.array([at for at, _ in found]), np.array([value for _, value in found], np.float32))
            for column, found in postings.items()
        }

    def best(self, words: Sequence[str]) -> str:
        row = self._featuriser.row(words)
        likeness = np.zeros(len(self._labels), np.float32)
        for column, value in zip(row.columns.tolist(), row.values, strict=True):
            at, values = self._postings[column]
            likeness[at] += value * values
        by_label: dict[str, list[float]] = defaultdict(list)
        for index in np.argsort(-likeness)[: 40 * BEST]:
            found = by_label[self._labels[index]]
            if len(found) < BEST:
                found.append(float(likeness[index]))
        return max(by_label, key=lambda label: sum(by_label[label]))


class Linear:
    """Our recogniser, with or without word vectors."""

    def __init__(self, recogniser: TopicRecogniser) -> None:
        self._recogniser = recogniser

    def best(self, words: Sequence[str]) -> str:
        scores = self._recogniser.scores(words)
        return self._recogniser.classes[int(np.where(self._recogniser.topical, scores, -np.inf).argmax())]


def main() -> None:
    base = load(read_settings(KnowledgeSettings).resolved())
    learnt = learn(base)

    def examples(*, held_out: bool) -> list[Example]:
        return [Example(learnt.templates.of_phrasing(text), label) for text, label in labelled(base, held_out=held_out)]

    train = examples(held_out=False)
    ours = [example for example in train if not example.label.startswith(OUTSIDE)]
    held = [example for example in examples(held_out=True) if not example.label.startswith(OUTSIDE)]
    candidates = {
        "nearest phrasing (rapidfuzz token_set_ratio)": Nearest(ours),
        "TF-IDF of words and n-grams, best five": BestFive(ours),
        "linear model on the same": Linear(TopicRecogniser.learn(train, None)),
        "linear model, word vectors beside": Linear(TopicRecogniser.learn(train, word_vectors())),
    }
    print(
        f"topic of {len(held)} held-out phrasings, learnt from {len(ours)} (one label each: near topics count as wrong)"
    )
    for name, candidate in candidates.items():
        right = sum(candidate.best(example.words) == example.label for example in held)
        print(f"  {name:46s} {right / len(held):.1%}")


if __name__ == "__main__":
    main()
