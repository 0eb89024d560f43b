"""The topic recogniser trained, or taken from the cache where it was trained on the very same before.

What is kept hangs on nothing but the examples and the modules that make features and train: an edit anywhere
else, in the content or in the code, costs no training.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from logging import getLogger

import numpy as np
import numpy.typing as npt

from bot.understanding import cache, features, linear, topics, vocabulary
from bot.understanding.topics import Example, TopicRecogniser, Training
from bot.understanding.vocabulary import WordVectors

MANY = 1000  # examples from which the wait is announced: a second or two
log = getLogger(__name__)


@dataclass(frozen=True)
class Trained:
    """The recogniser, and what one that had not seen them says of some examples: their places, shape (n,), and
    scores, shape (n, classes). `key` is where it is kept.
    """

    recogniser: TopicRecogniser
    at: npt.NDArray[np.intp]
    scores: npt.NDArray[np.float32]
    key: str


def trained(examples: Sequence[Example], elliptical: Sequence[Sequence[str]], vectors: WordVectors) -> Trained:
    """Train as `Training` does; the weights are rounded to half precision, as they are kept."""
    key = key_of(examples, elliptical)
    kept = recalled(key, vectors)
    if kept is not None:
        return kept
    if len(examples) >= MANY:
        log.warning("learning from %d phrasings for the first time: this takes a while", len(examples))
    training = Training.of(examples, vectors, elliptical)
    held_back = training.unseen()
    arrays = training.train(held_back.start).arrays()
    cache.store(key, {**arrays, "unseen": held_back.at, "scores": held_back.scores})
    return Trained(TopicRecogniser.from_arrays(arrays, vectors), held_back.at, held_back.scores, key)


def recalled(key: str, vectors: WordVectors) -> Trained | None:
    """What is kept under a key; None where there is nothing, or something else."""
    arrays = cache.load(key)
    if arrays is None:
        return None
    try:
        recogniser = TopicRecogniser.from_arrays(arrays, vectors)
        return Trained(
            recogniser, np.asarray(arrays["unseen"], np.intp), np.asarray(arrays["scores"], np.float32), key
        )  # fmt: skip
    except (KeyError, ValueError, IndexError):
        return None


def key_of(examples: Sequence[Example], elliptical: Sequence[Sequence[str]]) -> str:
    """A hash of all that decides what is learnt."""
    digest = hashlib.sha256(cache.code_digest(features, linear, topics, vocabulary).encode())
    for example in examples:
        digest.update(f"{example.label}\0{example.steers}\0{' '.join(example.words)}\n".encode())
    for words in elliptical:
        digest.update(f"{' '.join(words)}\n".encode())
    return digest.hexdigest()
